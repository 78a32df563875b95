//! Markdown marks that are no text: emphasis. Heading marks stay, the parser of structure reads them.

use std::borrow::Cow;

/// Text without `**` around words and without `*` around whole lines.
pub fn without_emphasis(text: &str) -> Cow<'_, str> {
    if !text.contains('*') {
        return Cow::Borrowed(text);
    }
    let lines: Vec<String> = text.split('\n').map(plain_line).collect();
    Cow::Owned(lines.join("\n"))
}

fn plain_line(line: &str) -> String {
    let line = line.replace("**", "");
    let bare = line.trim();
    match bare.strip_prefix('*').and_then(|inner| inner.strip_suffix('*')) {
        Some(inner) if !inner.contains('*') => inner.to_string(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn emphasis_goes_and_stars_stay() {
        assert_eq!(without_emphasis("**第一条**　甲\n*2020年通过*\n* 甲\n3*4"), "第一条　甲\n2020年通过\n* 甲\n3*4");
    }

    proptest! {
        #[test]
        fn only_stars_are_lost(text in "[*第一条 \n]{0,40}") {
            let plain = without_emphasis(&text);
            prop_assert_eq!(plain.matches('\n').count(), text.matches('\n').count());
            let letters = |s: &str| s.chars().filter(|c| *c != '*' && !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&plain), letters(&text));
        }
    }
}
