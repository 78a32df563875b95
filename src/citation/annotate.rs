//! Puts what was resolved back into the text, as HTML.

use crate::text::mark::escape;
use std::ops::Range;

/// A stretch of text that becomes a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Where it leads; `None` for a citation that leads nowhere.
    pub href: Option<String>,
    /// What is said of it: the formal citation, or why it leads nowhere.
    pub title: String,
    /// `resolved ambiguous unknown`.
    pub outcome: &'static str,
}

/// The text with its links, escaped. Links that overlap an earlier one, or do not lie on characters, are left out; every
/// character of the text stands in the answer once.
pub fn html(text: &str, links: &[Link]) -> String {
    let mut ordered: Vec<&Link> = links.iter().collect();
    ordered.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    let mut out = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for link in ordered {
        let Some(words) = text.get(link.span.clone()).filter(|words| !words.is_empty()) else { continue };
        if link.span.start < done {
            continue;
        }
        out.push_str(&escape(&text[done..link.span.start]));
        let (title, words) = (escape(&link.title), escape(words));
        match &link.href {
            Some(href) => out.push_str(&format!(
                "<a class=\"cite {}\" href=\"{}\" title=\"{title}\">{words}</a>",
                link.outcome,
                escape(href)
            )),
            None => out.push_str(&format!("<span class=\"cite {}\" title=\"{title}\">{words}</span>", link.outcome)),
        }
        done = link.span.end;
    }
    out.push_str(&escape(&text[done..]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_put_in_and_everything_is_escaped() {
        let text = "依照《<渡口>法》第三条";
        let link = |span, href: Option<&str>| Link {
            span,
            href: href.map(str::to_string),
            title: "\"甲\"".to_string(),
            outcome: "resolved",
        };
        let start = "依照".len();
        let links = [link(start..text.len(), Some("/p/x?a=1&b")), link(start + 3..text.len(), None), link(1..2, None)];
        assert_eq!(
            html(text, &links),
            "依照<a class=\"cite resolved\" href=\"/p/x?a=1&amp;b\" title=\"&quot;甲&quot;\">《&lt;渡口&gt;法》第三条</a>"
        );
        assert_eq!(html("甲", &[]), "甲");
    }
}
