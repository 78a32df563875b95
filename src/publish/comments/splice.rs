//! The main part with the marks in it.

use super::anchor::Anchors;
use std::fmt::Write;

/// A mark at a place, in the order in which those of one place stand: what ends there stands before what begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    End,
    /// Begins and ends.
    Point,
    Reference,
    Start,
}

/// The text with the marks of all comments; `ids` are theirs.
pub(super) fn marked(text: &str, anchors: &Anchors, ids: &[u32]) -> String {
    let mut marks: Vec<(usize, Mark, u32)> = Vec::with_capacity(anchors.spots.len() * 3);
    for (spot, &id) in anchors.spots.iter().zip(ids) {
        if spot.start == spot.end {
            marks.push((spot.start, Mark::Point, id));
        } else {
            marks.extend([(spot.start, Mark::Start, id), (spot.end, Mark::End, id)]);
        }
        marks.push((spot.reference, Mark::Reference, id));
    }
    marks.sort_unstable();
    // Bound here as well where it cannot be told what the prefix means there.
    let bound = if anchors.binds_w { String::new() } else { format!(" xmlns:w=\"{}\"", anchors.space) };
    let mut out = String::with_capacity(text.len() + marks.len() * 64);
    let mut done = 0;
    for group in marks.chunk_by(|one, other| one.0 == other.0) {
        let Some(&(at, ..)) = group.first() else { continue };
        out.push_str(text.get(done..at).unwrap_or_default());
        done = at;
        let split = anchors.splits.get(&at);
        out.push_str(split.map_or("", |split| split.close.as_str()));
        if anchors.paragraph_at == Some(at) {
            out.push_str(&format!("<w:p{bound}>"));
        }
        group.iter().for_each(|&(_, mark, id)| push(&mut out, mark, id, &bound));
        if anchors.paragraph_at == Some(at) {
            out.push_str("</w:p>");
        }
        out.push_str(split.map_or("", |split| split.open.as_str()));
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

fn push(out: &mut String, mark: Mark, id: u32, bound: &str) {
    let written = match mark {
        Mark::Start => write!(out, "<w:commentRangeStart{bound} w:id=\"{id}\"/>"),
        Mark::End => write!(out, "<w:commentRangeEnd{bound} w:id=\"{id}\"/>"),
        Mark::Point => {
            write!(out, "<w:commentRangeStart{bound} w:id=\"{id}\"/><w:commentRangeEnd{bound} w:id=\"{id}\"/>")
        }
        Mark::Reference => write!(out, "<w:r{bound}><w:commentReference w:id=\"{id}\"/></w:r>"),
    };
    // Writing into a string cannot fail.
    let _ = written;
}
