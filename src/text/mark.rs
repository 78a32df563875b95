//! HTML with the matched places marked.

use super::points::Points;

/// A text as HTML, with `<mark>` around ranges of code points. Ranges in any order, overlapping, empty or beyond the end
/// do no harm: what any of them covers is marked once.
pub fn marked(text: &str, ranges: &[Points]) -> String {
    let mut ranges: Vec<Points> = ranges.iter().copied().filter(|(start, end)| start < end).collect();
    ranges.sort_unstable();
    if ranges.is_empty() {
        return escape(text);
    }
    let mut html = String::with_capacity(text.len() + ranges.len() * "<mark></mark>".len());
    let mut ranges = ranges.into_iter().peekable();
    let mut open_until = None;
    // What is before this is written.
    let mut from = 0;
    for (point, (at, _)) in text.char_indices().enumerate() {
        if open_until.is_some_and(|end| end <= point) && ranges.peek().is_none_or(|(start, _)| *start > point) {
            push_escaped(&text[from..at], &mut html);
            from = at;
            html.push_str("</mark>");
            open_until = None;
        }
        while let Some((_, end)) = ranges.next_if(|(start, _)| *start <= point) {
            if open_until.is_none() {
                push_escaped(&text[from..at], &mut html);
                from = at;
                html.push_str("<mark>");
            }
            open_until = open_until.max(Some(end));
        }
    }
    push_escaped(&text[from..], &mut html);
    if open_until.is_some() {
        html.push_str("</mark>");
    }
    html
}

/// A text as HTML, for the inside of an element or of a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(text, &mut html);
    html
}

fn push_escaped(text: &str, html: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(escaped);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_stand_around_what_matched() {
        assert_eq!(marked("责令<改正>", &[(0, 2), (3, 5)]), "<mark>责令</mark>&lt;<mark>改正</mark>&gt;");
        assert_eq!(marked("责令改正", &[(2, 9)]), "责令<mark>改正</mark>");
        assert_eq!(marked("责令改正", &[(2, 4), (0, 2)]), "<mark>责令改正</mark>");
        assert_eq!(marked("责令改正", &[(0, 3), (1, 2)]), "<mark>责令改</mark>正");
        assert_eq!(marked("责令", &[(1, 1), (7, 9)]), "责令");
        assert_eq!(escape(r#"<a href="x">&'"#), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    }

    proptest! {
        #[test]
        fn without_its_marks_it_is_the_escaped_text(
            text in "[<>&\"'法a]{0,12}",
            ranges in prop::collection::vec((0usize..14, 0usize..14), 0..5),
        ) {
            let html = marked(&text, &ranges);
            prop_assert_eq!(html.replace("<mark>", "").replace("</mark>", ""), escape(&text));
            let inside: String = html.split("<mark>").skip(1).filter_map(|part| part.split("</mark>").next()).collect();
            let covered = |point| ranges.iter().any(|(start, end)| (*start..*end).contains(&point));
            let expected: String = text.chars().enumerate().filter(|(point, _)| covered(*point)).map(|(_, c)| c).collect();
            prop_assert_eq!(inside, escape(&expected));
            prop_assert_eq!(html.matches("<mark>").count(), html.matches("</mark>").count());
        }
    }
}
