//! Markdown: CommonMark, tables as GitHub has them.

use super::pieces::{Piece, has_header, pieces};
use super::plain::one_line;
use super::{Block, Paper};

/// The paper as CommonMark.
///
/// Every line of a provision is a paragraph of its own, its number bold. A line rendered is the line that went in; so
/// these are escaped, and nothing else:
/// - anywhere, by a backslash: `\`, `` ` ``, `*`, `_`, `[`, `]`, `<`, `~`, and the `&` of an entity (`&lt;`);
/// - at the beginning of a line, by a backslash: `#`, `>`, `+`, `-`, `=`; the `.` or `)` of `1.` and `1)` before a
///   blank;
/// - blanks and tabs at either end of a line, and every carriage return, as `&#32;`, `&#9;`, `&#13;`.
///
/// Full-width blanks stay as they are. Lines `| a | b |` with a row of `---` stay a table; without one they are lines
/// of a paragraph with hard breaks. An empty line within a provision is an empty line, which no renderer shows.
pub fn markdown(paper: &Paper) -> String {
    let mut out = format!("# {}\n\n", heading_line(&paper.full_title()));
    for line in paper.subtitle.iter().filter(|line| !line.is_empty()) {
        push_paragraph(&mut out, &escaped_line(&one_line(line)));
    }
    let particulars = paper.particulars();
    for (name, value) in &particulars {
        out.push_str("- ");
        out.push_str(&escaped_line(&one_line(&format!("{name}：{value}"))));
        out.push('\n');
    }
    out.push_str(if particulars.is_empty() { "" } else { "\n" });
    for block in &paper.blocks {
        match block {
            Block::Heading { level, text } => {
                out.push_str(&"#".repeat(usize::from((*level).clamp(1, 5)) + 1));
                out.push(' ');
                push_paragraph(&mut out, &heading_line(text));
            }
            Block::Provision { label, text, .. } => push_provision(&mut out, *label, text),
            Block::Table(rows) => push_table(&mut out, rows),
            Block::Signature(text) => push_provision(&mut out, 0, text),
        }
    }
    if !paper.colophon.is_empty() {
        out.push_str("---\n\n");
        push_paragraph(&mut out, &escaped_line(&one_line(&paper.colophon)));
    }
    out.truncate(out.trim_end_matches('\n').len());
    out.push('\n');
    out
}

fn push_paragraph(out: &mut String, text: &str) {
    out.push_str(text);
    out.push_str("\n\n");
}

fn push_provision(out: &mut String, label: usize, text: &str) {
    for piece in pieces(label, text) {
        match piece {
            Piece::Line { label, rest } if can_be_bold(label) => {
                out.push_str("**");
                out.push_str(&inline(label));
                out.push_str("**");
                push_paragraph(out, &ends(&inline(rest)));
            }
            Piece::Line { label, rest } => push_paragraph(out, &escaped_line(&format!("{label}{rest}"))),
            Piece::Table(lines) => {
                let end = if has_header(&lines) { "\n" } else { "\\\n" };
                let lines: Vec<String> = lines.iter().map(|line| row_line(line)).collect();
                push_paragraph(out, &lines.join(end));
            }
        }
    }
}

/// `**` closes only behind a letter where a letter follows, and opens only before something that is no blank.
fn can_be_bold(label: &str) -> bool {
    label.starts_with(|letter: char| !letter.is_whitespace()) && label.ends_with(char::is_alphanumeric)
}

fn push_table(out: &mut String, rows: &[Vec<String>]) {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 {
        return;
    }
    for (number, row) in rows.iter().enumerate() {
        for column in 0..width {
            let cell = row.get(column).map_or("", String::as_str);
            out.push_str("| ");
            out.push_str(&inline(&one_line(cell)).replace('|', "\\|"));
            out.push(' ');
        }
        out.push_str("|\n");
        if number == 0 {
            out.push_str(&"| --- ".repeat(width));
            out.push_str("|\n");
        }
    }
    out.push('\n');
}

/// A heading: a `#` at its end would be taken for the closing of the heading.
fn heading_line(text: &str) -> String {
    let line = ends(&inline(&one_line(text)));
    match line.strip_suffix('#') {
        Some(rest) if !rest.ends_with('\\') => format!("{rest}\\#"),
        _ => line,
    }
}

/// A line `| a | b |`: `\|` in it stays.
fn row_line(line: &str) -> String {
    inline(line).replace("\\\\|", "\\|")
}

/// A whole line: what means something anywhere, at its beginning, and blanks at its ends.
fn escaped_line(line: &str) -> String {
    let mut out = inline(line);
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if out.starts_with(['#', '>', '+', '-', '=']) {
        out.insert(0, '\\');
    } else if digits > 0 && is_list_sign(&out[digits..]) {
        out.insert(digits, '\\');
    }
    ends(&out)
}

/// Whether digits before this number an item of a list: `.` or `)`, and a blank or nothing behind.
fn is_list_sign(rest: &str) -> bool {
    let behind = rest.strip_prefix(['.', ')']);
    behind.is_some_and(|behind| behind.is_empty() || behind.starts_with([' ', '\t']))
}

/// Escapes what means something anywhere in a line.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' => out.extend(['\\', letter]),
            '&' if is_entity(&text[at + 1..]) => out.push_str("\\&"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(letter),
        }
    }
    out
}

/// Whether what follows a `&` makes an entity of it: `lt;`, `#60;`. The longest name has 31 letters.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.bytes().take(32).position(|byte| !byte.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name[end..].starts_with(';'))
}

/// Blanks at the ends of a line as references: CommonMark cuts them off, or makes code or a break of them.
fn ends(line: &str) -> String {
    let blank = [' ', '\t'];
    let inner = line.trim_matches(blank);
    if inner.len() == line.len() {
        return line.to_owned();
    }
    let start = line.len() - line.trim_start_matches(blank).len();
    let reference = |text: &str| text.replace(' ', "&#32;").replace('\t', "&#9;");
    let (before, after) = (&line[..start], &line[start + inner.len()..]);
    format!("{}{inner}{}", reference(before), reference(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(label: usize, text: &str) -> String {
        let mut out = String::new();
        push_provision(&mut out, label, text);
        out
    }

    /// What CommonMark shows of a paragraph that has no markup but bold: enough of it to read back what is written
    /// here.
    fn shown(markdown: &str) -> String {
        let text = markdown.replace("&#32;", " ").replace("&#9;", "\t").replace("&#13;", "\r");
        let text = text.strip_prefix("**").map_or(text.clone(), |rest| rest.replacen("**", "", 1));
        let mut out = String::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let escape = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
            out.extend(if escape { letters.next() } else { Some(letter) });
        }
        out
    }

    #[test]
    fn ordinary_text_is_as_it_was() {
        let text = "第一条　为了加强渡口管理，根据《中华人民共和国某法》第2条第1.5款，制定本办法。\n　　（一）“渡口”——A&B公司 3-5 元 | 50% 。";
        assert_eq!(written(0, text), text.replace('\n', "\n\n") + "\n\n");
        let numbered = written("第一条".len(), text);
        assert!(numbered.starts_with("**第一条**　为了"), "{numbered}");
        assert!(written("（一）".len(), "（一）渡口").starts_with("（一）渡口"), "bold would not close");
    }

    #[test]
    fn what_means_something_is_escaped() {
        for (line, expected) in [
            ("# 一", "\\# 一"),
            ("> 一", "\\> 一"),
            ("- 一", "\\- 一"),
            ("+ 一", "\\+ 一"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("12. 一", "12\\. 一"),
            ("1) 一", "1\\) 一"),
            ("7.", "7\\."),
            ("1.5米", "1.5米"),
            ("    四格", "&#32;&#32;&#32;&#32;四格"),
            ("\t一", "&#9;一"),
            ("一  ", "一&#32;&#32;"),
            ("一\\", "一\\\\"),
            ("<script>", "\\<script>"),
            ("*a* _b_ `c` ~~d~~", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~"),
            ("![图](x)", "!\\[图\\](x)"),
            ("&lt; &#60; & 和", "\\&lt; \\&#60; & 和"),
            ("A&B &; &渡;", "A&B &; &渡;"),
            ("甲\r乙", "甲&#13;乙"),
        ] {
            assert_eq!(escaped_line(line), expected);
            assert_eq!(shown(&escaped_line(line)), line);
        }
    }

    #[test]
    fn provisions_read_back() {
        let text = "第九条　*渡* <b>&amp;\n　　1. 舟\n - 桥\n\u{1}]]>";
        let markdown = written("第九条".len(), text);
        let lines: Vec<String> = markdown.split("\n\n").filter(|line| !line.is_empty()).map(shown).collect();
        assert_eq!(lines.join("\n"), text);
    }

    #[test]
    fn tables_stay_tables() {
        let table = "| 船 | 费 |\n| --- | --- |\n| 小\\|舟 | <2 |";
        assert_eq!(written(0, table), "| 船 | 费 |\n| --- | --- |\n| 小\\|舟 | \\<2 |\n\n");
        assert_eq!(written(0, "| 船 |\n| 舟 |"), "| 船 |\\\n| 舟 |\n\n");
        let mut out = String::new();
        push_table(&mut out, &[vec!["a|b".into(), "c\nd".into()], vec!["e".into()], vec![]]);
        assert_eq!(out, "| a\\|b | c d |\n| --- | --- |\n| e |  |\n|  |  |\n\n");
    }

    #[test]
    fn a_whole_paper() {
        let paper = Paper {
            title: "渡口#".into(),
            excerpt: true,
            subtitle: vec!["（题注）".into()],
            facts: vec![("文号".into(), "云政发〔2020〕7号".into())],
            blocks: vec![Block::Heading { level: 9, text: "第一节 #".into() }, Block::Signature("县政府\n今日".into())],
            colophon: "法据导出".into(),
            ..Paper::default()
        };
        let expected = "# 渡口#（节录）\n\n（题注）\n\n- 文号：云政发〔2020〕7号\n\n###### 第一节 \\#\n\n县政府\n\n今日\n\n---\n\n法据导出\n";
        assert_eq!(markdown(&paper), expected);
    }
}
