//! Boxes of forms (☑罚款 □警告): what stands behind an empty one was not chosen.

/// Boxes that are empty.
const EMPTY: [char; 5] = ['□', '☐', '▢', '○', '〇'];
/// Boxes that are ticked.
const TICKED: [char; 7] = ['☑', '☒', '√', '✓', '✔', '■', '●'];

/// The text with blanks in the place of what was not chosen; `None` if it has no boxes to choose among. It has the same length in bytes.
/// What belongs to an empty box ends with the next box, clause or line.
pub(super) fn chosen(text: &str) -> Option<String> {
    // 〇 and ○ are figures too: they are boxes beside a ticked one alone.
    let ticked = text.contains(TICKED);
    let is_empty = |c: char| EMPTY.contains(&c) && (ticked || c != '〇' && c != '○');
    if !text.contains(is_empty) {
        return None;
    }
    let mut left = String::with_capacity(text.len());
    let mut out = false;
    let mut before = ' ';
    for c in text.chars() {
        let figure = matches!(c, '〇' | '○') && is_numeral(before);
        out = match c {
            _ if is_empty(c) && !figure => true,
            '\n' | '；' | ';' | '。' => false,
            _ if TICKED.contains(&c) => false,
            _ => out,
        };
        before = c;
        match c {
            _ if out => left.extend(std::iter::repeat_n(' ', c.len_utf8())),
            // What is ticked stands by itself.
            _ if TICKED.contains(&c) => left.push('；'),
            _ => left.push(c),
        }
    }
    Some(left)
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九〇○零年".contains(c)
}
