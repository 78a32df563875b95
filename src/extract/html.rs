//! HTML inside Markdown → text: tags away, table cells as `| a | b |`, entities resolved, every other character kept.

use std::borrow::Cow;

/// Text without HTML tags and with entities resolved. What is no known tag stays as it is (`<中华人民共和国…>` in titles).
pub fn text_of(markup: &str) -> String {
    if !markup.contains(['<', '&']) {
        return markup.to_string();
    }
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup;
    let mut in_table = 0usize;
    while let Some(at) = rest.find('<') {
        let before = rest.get(..at).unwrap_or("");
        push(&mut text, before, in_table > 0);
        rest = rest.get(at..).unwrap_or("");
        match tag(rest) {
            Some((name, closing, length)) => {
                put_tag(&mut text, &name, closing, &mut in_table);
                rest = rest.get(length..).unwrap_or("");
                // The break that the tag made stands for the one of the source behind it.
                let broken = text.ends_with('\n') && matches!(name.as_str(), "br" | "p" | "div" | "li" | "center");
                rest = rest.strip_prefix('\n').filter(|_| broken).unwrap_or(rest);
            }
            None => {
                text.push('<');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    push(&mut text, rest, in_table > 0);
    text
}

/// Between table tags the line breaks and indents of the source mean nothing.
fn push(text: &mut String, part: &str, in_table: bool) {
    let part = entities(part);
    if in_table {
        let words: Vec<&str> = part.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
        text.push_str(&words.join(""));
    } else {
        text.push_str(&part);
    }
}

fn put_tag(text: &mut String, name: &str, closing: bool, in_table: &mut usize) {
    match (name, closing) {
        ("table", false) => {
            *in_table += 1;
            break_line(text);
        }
        ("table", true) => {
            *in_table = in_table.saturating_sub(1);
            break_line(text);
        }
        ("tr", true) => text.push_str(" |\n"),
        ("td" | "th", false) => {
            let first = text.is_empty() || text.ends_with('\n');
            text.push_str(if first { "| " } else { " | " });
        }
        ("br", _) if *in_table > 0 => text.push(' '),
        ("br", _) | ("p" | "div" | "li" | "center", true) => break_line(text),
        _ => {}
    }
}

fn break_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// Elements that these collections use; anything else in angle brackets is text.
const ELEMENTS: [&str; 24] = [
    "p", "b", "i", "u", "br", "div", "span", "strong", "em", "center", "font", "table", "thead", "tbody", "tr", "td",
    "th", "a", "sup", "sub", "ul", "li", "badge", "pdf",
];

/// The tag with which a text begins: its name, whether it closes, its length in bytes.
fn tag(text: &str) -> Option<(String, bool, usize)> {
    let inside = text.strip_prefix('<')?;
    if let Some(comment) = inside.strip_prefix("!--") {
        return comment.find("-->").map(|end| (String::new(), true, end + "<!---->".len()));
    }
    let end = inside.find('>')?;
    let content = inside.get(..end)?;
    let (content, closing) = content.strip_prefix('/').map_or((content, false), |content| (content, true));
    let name: String = content.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    ELEMENTS.contains(&name.as_str()).then_some((name, closing, end + 2))
}

/// Named and numeric character references resolved; unknown ones stay.
fn entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let reference =
            rest.find(';').filter(|end| *end <= 10).and_then(|end| Some((character(rest.get(1..end)?)?, end + 1)));
        match reference {
            Some((c, length)) => {
                plain.push(c);
                rest = rest.get(length..).unwrap_or("");
            }
            None => {
                plain.push('&');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn character(name: &str) -> Option<char> {
    let named = match name {
        "emsp" => '\u{3000}',
        "ensp" | "nbsp" => ' ',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "ldquo" => '“',
        "rdquo" => '”',
        "middot" => '·',
        "times" => '×',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            return char::from_u32(code);
        }
    };
    Some(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_go_and_text_stays() {
        assert_eq!(text_of("<p id=\"t1\">&emsp;<b>第一条</b>&emsp;甲。</p>\n乙"), "\u{3000}第一条\u{3000}甲。\n乙");
        assert_eq!(text_of("《关于修改<云法>的决定》&lt;乙&gt; a<5 & b"), "《关于修改<云法>的决定》<乙> a<5 & b");
        assert_eq!(
            text_of("<table>\n  <tr>\n <td rowspan=\"2\">税目</td>\n<td>税率</td>\n</tr>\n</table>"),
            "| 税目 | 税率 |\n"
        );
        assert_eq!(text_of("甲<!-- 注 -->乙&#8212;&#x2014;"), "甲乙——");
    }

    proptest! {
        #[test]
        fn never_panics_and_plain_text_stays(text in "[<>&;/a-z#!\\-第一条 \n]{0,80}", plain in "[第一条。，\n ]{0,40}") {
            let _ = text_of(&text);
            prop_assert_eq!(text_of(&plain), plain);
        }
    }
}
