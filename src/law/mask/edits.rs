//! Several texts as one, edited together, with the places of what was edited.

use super::{MaskKind, MaskedText, TextSpan};
use std::ops::Range;

/// Between two pieces. A line break, because nothing personal reaches over one.
const BETWEEN: &str = "\n";

/// A stretch to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub mask: String,
    /// What is masked.
    pub kind: MaskKind,
}

/// The pieces, joined.
pub(super) struct Pieces {
    text: String,
    /// Bytes of each piece, and whether it is a party or a title.
    places: Vec<(Range<usize>, bool, bool)>,
    spans: Vec<(Range<usize>, MaskKind)>,
}

impl Pieces {
    /// Joins texts; `party` and `title` say of each by its number whether it is one.
    pub(super) fn new<'t>(
        texts: impl Iterator<Item = &'t str>,
        party: impl Fn(usize) -> bool,
        title: impl Fn(usize) -> bool,
    ) -> Pieces {
        let mut pieces = Pieces { text: String::new(), places: Vec::new(), spans: Vec::new() };
        for (at, text) in texts.enumerate() {
            if at > 0 {
                pieces.text.push_str(BETWEEN);
            }
            let start = pieces.text.len();
            pieces.text.push_str(text);
            pieces.places.push((start..pieces.text.len(), party(at), title(at)));
        }
        pieces
    }

    /// All of it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where the pieces that are parties lie.
    pub(super) fn parties(&self) -> impl Iterator<Item = Range<usize>> {
        self.places.iter().filter(|(_, party, _)| *party).map(|(range, ..)| range.clone())
    }

    /// Where the pieces that are titles lie.
    pub(super) fn titles(&self) -> impl Iterator<Item = Range<usize>> {
        self.places.iter().filter(|(.., title)| *title).map(|(range, ..)| range.clone())
    }

    /// Replaces stretches. Of two that overlap the longer one counts; one that reaches out of its piece is left.
    pub(super) fn apply(&mut self, mut edits: Vec<Edit>) {
        edits.iter_mut().for_each(|edit| self.grow(&mut edit.range));
        edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
        let mut kept: Vec<Edit> = Vec::new();
        for edit in edits {
            match kept.last_mut() {
                Some(last) if edit.range.start < last.range.end => {
                    if edit.range.len() > last.range.len() {
                        *last = edit;
                    }
                }
                _ => kept.push(edit),
            }
        }
        let mut text = String::with_capacity(self.text.len());
        let mut spans = Vec::with_capacity(kept.len() + self.spans.len());
        let mut moves = Moves::default();
        let mut from = 0;
        for edit in kept {
            text.push_str(&self.text[from..edit.range.start]);
            let start = text.len();
            text.push_str(&edit.mask);
            spans.push((start..text.len(), edit.kind));
            moves.note(edit.range.clone(), start..text.len());
            from = edit.range.end;
        }
        text.push_str(&self.text[from..]);
        // Older masks that a new one covers are part of it now.
        let old = std::mem::take(&mut self.spans).into_iter().filter(|(range, _)| !moves.covered(range));
        spans.extend(old.map(|(range, kind)| (moves.moved(range.start)..moves.moved(range.end), kind)));
        spans.sort_by_key(|(range, _)| range.start);
        for (range, ..) in &mut self.places {
            *range = moves.moved(range.start)..moves.moved(range.end);
        }
        self.text = text;
        self.spans = spans;
    }

    /// Widens a range over the masks that it cuts: of a mask nothing is left beside another one.
    fn grow(&self, range: &mut Range<usize>) {
        let first = self.spans.partition_point(|(mask, _)| mask.end <= range.start);
        let last = self.spans.partition_point(|(mask, _)| mask.start < range.end);
        for (mask, _) in self.spans.get(first..last).unwrap_or_default() {
            *range = range.start.min(mask.start)..range.end.max(mask.end);
        }
    }

    /// The pieces again, each with its spans.
    pub(super) fn into_parts(self) -> Vec<MaskedText> {
        let mut spans = self.spans.iter().peekable();
        let mut parts = Vec::with_capacity(self.places.len());
        for (place, ..) in &self.places {
            let mut inside = Vec::new();
            while let Some((range, kind)) = spans.next_if(|(range, _)| range.start < place.end) {
                inside.push(TextSpan { start: range.start - place.start, end: range.end - place.start, kind: *kind });
            }
            parts.push(MaskedText { text: self.text[place.clone()].to_string(), spans: inside });
        }
        parts
    }
}

/// Where places lie after edits. Edits come in order.
#[derive(Default)]
struct Moves {
    edits: Vec<(Range<usize>, Range<usize>)>,
}

impl Moves {
    fn note(&mut self, before: Range<usize>, after: Range<usize>) {
        self.edits.push((before, after));
    }

    /// The place that a byte outside of all edits, or at the edge of one, has afterwards.
    fn moved(&self, at: usize) -> usize {
        let next = self.edits.partition_point(|(before, _)| before.end <= at);
        let inside = self.edits.get(next).filter(|(before, _)| before.start < at);
        match (inside, next.checked_sub(1).and_then(|last| self.edits.get(last))) {
            (Some((_, after)), _) => after.start,
            (None, Some((before, after))) => at - before.end + after.end,
            (None, None) => at,
        }
    }

    /// Whether an edit touches a range.
    fn covered(&self, range: &Range<usize>) -> bool {
        let next = self.edits.partition_point(|(before, _)| before.end <= range.start);
        self.edits.get(next).is_some_and(|(before, _)| before.start < range.end)
    }
}
