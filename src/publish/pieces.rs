//! The lines of a provision: its number, its lines, and the tables written between them as `| a | b |`.

/// A line of a provision, or a run of lines that is a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A line: the number of the provision (only at the beginning of the first line, else empty) and what follows.
    Line {
        /// 第三十三条.
        label: &'a str,
        /// The rest of the line.
        rest: &'a str,
    },
    /// Lines that begin and end with `|`, as they stand.
    Table(Vec<&'a str>),
}

/// The pieces of a text whose first `label` bytes are its number; put together they are the text.
pub(crate) fn pieces(label: usize, text: &str) -> Vec<Piece<'_>> {
    let mut found: Vec<Piece<'_>> = Vec::new();
    let mut label = label;
    for line in text.split('\n') {
        if is_row(line) {
            match found.last_mut() {
                Some(Piece::Table(lines)) => lines.push(line),
                _ => found.push(Piece::Table(vec![line])),
            }
        } else {
            let (label, rest) = line.split_at(boundary(line, label));
            found.push(Piece::Line { label, rest });
        }
        label = 0;
    }
    found
}

/// The last place between letters that is not behind `at`.
fn boundary(line: &str, at: usize) -> usize {
    (0..=at.min(line.len())).rev().find(|place| line.is_char_boundary(*place)).unwrap_or(0)
}

/// The cells of a table's lines, and whether the first row is a header (a row of `---` follows it, and is left out).
pub(crate) fn table(lines: &[&str]) -> (bool, Vec<Vec<String>>) {
    let header = has_header(lines);
    let kept = lines.iter().enumerate().filter(|(number, _)| !(header && *number == 1));
    (header, kept.map(|(_, line)| cells(line)).collect())
}

/// Whether the second line is the row of `---` that makes the first one a header.
pub(crate) fn has_header(lines: &[&str]) -> bool {
    lines.get(1).is_some_and(|line| cells(line).iter().all(|cell| is_rule(cell)))
}

fn is_row(line: &str) -> bool {
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

/// `---`, `:--`, `:-:`.
fn is_rule(cell: &str) -> bool {
    let inner = cell.strip_prefix(':').unwrap_or(cell);
    let inner = inner.strip_suffix(':').unwrap_or(inner);
    !inner.is_empty() && inner.bytes().all(|byte| byte == b'-')
}

/// The cells between the bars, blanks around them left out; `\|` is a bar within a cell.
fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut found = vec![String::new()];
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        let escaped = letter == '\\' && letters.peek() == Some(&'|');
        match (letter, found.last_mut()) {
            ('|', _) => found.push(String::new()),
            (_, Some(cell)) => cell.push(if escaped { letters.next().unwrap_or(letter) } else { letter }),
            _ => {}
        }
    }
    found.iter().map(|cell| cell.trim_matches([' ', '\t']).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tables_and_the_number() {
        let text = "第三条　渡费如下：\n| 船 | 费 |\n| --- | :-: |\n| 小\\|舟 | 2元 |\n|\n　　另行公布。";
        let found = pieces("第三条".len(), text);
        let rows = vec!["| 船 | 费 |", "| --- | :-: |", "| 小\\|舟 | 2元 |"];
        assert_eq!(
            found,
            [
                Piece::Line { label: "第三条", rest: "　渡费如下：" },
                Piece::Table(rows.clone()),
                Piece::Line { label: "", rest: "|" },
                Piece::Line { label: "", rest: "　　另行公布。" },
            ]
        );
        let owned = |cells: [&str; 2]| cells.map(String::from).to_vec();
        assert_eq!(table(&rows), (true, vec![owned(["船", "费"]), owned(["小|舟", "2元"])]));
        assert_eq!(table(&["| a | |"]), (false, vec![owned(["a", ""])]));
    }

    #[test]
    fn a_number_beyond_the_line_or_within_a_letter_does_no_harm() {
        assert_eq!(
            pieces(100, "渡口\n桥"),
            [Piece::Line { label: "渡口", rest: "" }, Piece::Line { label: "", rest: "桥" }]
        );
        assert_eq!(pieces(4, "渡口"), [Piece::Line { label: "渡", rest: "口" }]);
    }
}
