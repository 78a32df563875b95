//! Text in XML and HTML.

/// Whether XML 1.0 has the character at all.
fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// The text without what XML 1.0 forbids: U+FFFD in its place.
pub(crate) fn allowed(text: &str) -> String {
    text.chars().map(|letter| if is_allowed(letter) { letter } else { '\u{FFFD}' }).collect()
}

/// Appends a text so that a reader of XML or HTML sees it in text and attributes; what XML forbids becomes U+FFFD.
///
/// A carriage return is written as a reference, or else readers would make a line feed of it.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            _ if is_allowed(letter) => out.push(letter),
            _ => out.push('\u{FFFD}'),
        }
    }
}

/// The text as [`push_escaped`] writes it.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_control_characters() {
        assert_eq!(escaped("<a b='c'>&\"]]>\r"), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;]]&gt;&#13;");
        assert_eq!(escaped("\0\u{1}\u{b}\u{1f}\u{fffe}\u{ffff}\t\n渡\u{20000}"), "������\t\n渡\u{20000}");
        assert_eq!(allowed("渡\u{8}口"), "渡�口");
    }
}
