//! A provision as paragraphs, with the places at which its 款, 项 and 目 begin.

use crate::app::view::{PartView, Range};

/// A line of the text.
#[derive(Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// How far it stands in: `para`, `sub` (项), `item` (目), `asis`.
    pub class: &'static str,
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
}

/// A run of text.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// Anchors of the parts that begin here.
    pub ids: Vec<String>,
    /// Whether this is the label of the provision (第十条).
    pub label: bool,
    /// The citation that it is, or a part of.
    pub cite: Option<Cite>,
    /// Whether it was searched for.
    pub hit: bool,
    /// The text, verbatim.
    pub text: String,
}

/// What stands out in a text: its citations, and what was searched for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Notes<'a> {
    /// Citations.
    pub cites: &'a [Cite],
    /// What was searched for.
    pub hits: &'a [Range],
}

/// A citation in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Where it leads; `None` if nowhere.
    pub href: Option<String>,
    /// What is said of it.
    pub title: String,
    /// `resolved ambiguous unknown`.
    pub class: &'static str,
}

/// Divides the text of a provision into its lines. `key` is the anchor of the provision; parts and citations count code
/// points.
pub fn paragraphs(key: &str, label: &str, text: &str, parts: &[PartView], notes: Notes<'_>) -> Vec<Paragraph> {
    let mut made = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let chars: Vec<char> = line.chars().collect();
        let end = at + chars.len();
        let inside: Vec<&PartView> = parts.iter().filter(|part| (at..=end).contains(&part.start)).collect();
        if !line.trim().is_empty() {
            let label = if made.is_empty() { label } else { "" };
            let cites = notes.cites.iter().filter(|cite| cite.start < end && at < cite.end).collect();
            let hits = notes.hits.iter().filter(|hit| hit.start < end && at < hit.end).copied().collect();
            let here = Here { at, chars: &chars, parts: &inside, cites, hits };
            made.push(Paragraph { class: class(line, &inside), pieces: pieces(key, label, &here) });
        }
        at = end + 1;
    }
    made
}

/// A line that brings its own white space in front is left as it is.
fn class(line: &str, parts: &[&PartView]) -> &'static str {
    if line.starts_with(char::is_whitespace) {
        return "asis";
    }
    let deepest = parts.first().and_then(|part| part.key.rsplit('/').next()).unwrap_or("");
    match deepest.chars().next() {
        Some('s') => "sub",
        Some('i') => "item",
        _ => "para",
    }
}

/// A line, with what begins and stands in it.
struct Here<'a> {
    at: usize,
    chars: &'a [char],
    parts: &'a [&'a PartView],
    cites: Vec<&'a Cite>,
    hits: Vec<Range>,
}

fn pieces(key: &str, label: &str, here: &Here<'_>) -> Vec<Piece> {
    let Here { at, chars, parts, cites, hits } = here;
    let at = *at;
    let labelled = label.chars().count();
    let has_label = labelled > 0 && chars.iter().take(labelled).copied().eq(label.chars());
    let mut cuts: Vec<usize> = parts.iter().map(|part| part.start - at).collect();
    cuts.extend(has_label.then_some(labelled));
    let bounds = cites.iter().map(|cite| [cite.start, cite.end]).chain(hits.iter().map(|hit| [hit.start, hit.end]));
    cuts.extend(bounds.flatten().map(|cut| cut.saturating_sub(at).min(chars.len())));
    cuts.push(0);
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().skip(1).copied().chain([chars.len()]);
    let piece = |(from, to): (&usize, usize)| Piece {
        ids: parts.iter().filter(|part| part.start - at == *from).map(|part| format!("{key}/{}", part.key)).collect(),
        label: has_label && *from < labelled,
        cite: cites.iter().find(|cite| cite.start <= at + from && at + to <= cite.end).map(|cite| (*cite).clone()),
        hit: hits.iter().any(|hit| hit.start <= at + from && at + to <= hit.end),
        text: chars.get(*from..to).unwrap_or_default().iter().collect(),
    };
    cuts.iter().zip(ends).map(piece).filter(|piece| !piece.ids.is_empty() || !piece.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(key: &str, start: usize, end: usize) -> PartView {
        PartView { key: key.into(), label: String::new(), start, end }
    }

    #[test]
    fn parts_begin_where_they_begin_and_the_label_stands_out() {
        let text = "第三条　甲：\n（一）乙；\n（二）丙。\n丁。";
        let parts = [part("p1", 4, 18), part("p1/s1", 7, 12), part("p1/s2", 13, 18), part("p2", 19, 21)];
        let made = paragraphs("a3", "第三条", text, &parts, Notes { cites: &[], hits: &[Range { start: 4, end: 5 }] });
        let classes: Vec<_> = made.iter().map(|paragraph| paragraph.class).collect();
        assert_eq!(classes, ["para", "sub", "sub", "para"]);
        assert_eq!(
            made[0].pieces[0],
            Piece { ids: vec![], label: true, cite: None, hit: false, text: "第三条".into() }
        );
        let hits: Vec<&str> = made.iter().flat_map(|p| &p.pieces).filter(|p| p.hit).map(|p| p.text.as_str()).collect();
        assert_eq!(hits, ["甲"]);
        let ids: Vec<_> = made.iter().flat_map(|p| &p.pieces).flat_map(|p| p.ids.clone()).collect();
        assert_eq!(ids, ["a3/p1", "a3/p1/s1", "a3/p1/s2", "a3/p2"]);
    }

    proptest! {
        #[test]
        fn no_character_is_lost(text in "[甲乙\n　 第一条]{0,40}", starts in proptest::collection::vec(0usize..50, 0..6)) {
            let parts: Vec<PartView> = starts.iter().map(|start| part("p1/s1", *start, start + 1)).collect();
            let cites: Vec<Cite> = starts
                .iter()
                .map(|start| Cite { start: *start, end: start + 3, href: None, title: String::new(), class: "unknown" })
                .collect();
            let hits: Vec<Range> = starts.iter().map(|start| Range { start: start + 1, end: start + 2 }).collect();
            let made = paragraphs("a1", "第一条", &text, &parts, Notes { cites: &cites, hits: &hits });
            let shown: Vec<String> =
                made.iter().map(|p| p.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect();
            let lines: Vec<&str> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
            prop_assert_eq!(shown, lines);
        }
    }
}
