//! Folding: one form for all ways of writing the same text, for matching only.
//!
//! Character by character: NFKC, the tables in `docs/folding/`, ASCII capitals to small letters. Characters that nobody
//! sees vanish; white space vanishes too, except that a run between two ASCII letters or digits becomes one space. The
//! rule and its reasons are in `docs/folding/README.md`.
//!
//! Two properties carry the search, and the tests below prove them on any text:
//!
//! - folding twice is folding once;
//! - the folding of a piece of a text is a piece of the folding of the text. So a quotation is found wherever the text
//!   stands, whatever is before and after it. (This is why NFKC is applied to each character alone: composing across
//!   characters would make the folding of a piece depend on what follows it.)

mod table;

use super::points::{boundary_after, boundary_before};
use std::ops::Range;
use table::{Class, Table};

/// A folded text and the way back from its bytes to those of the original.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    pieces: Vec<Piece>,
}

/// A stretch of folded text and where it came from. Pieces are in order and cover the folded text; between the originals
/// of two pieces lies what vanished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    folded: usize,
    original: usize,
    original_end: usize,
    /// Byte for byte the same in both texts; otherwise the piece is one thing that came from the whole original range.
    verbatim: bool,
}

impl Folded {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The folded text, without the map.
    pub fn into_string(self) -> String {
        self.text
    }

    /// The bytes of the original that a range of bytes of the folded text came from: the smallest range of whole
    /// characters. A part of what one character became (一 of ㈠) gives that character. A range beyond the end is cut
    /// to the text; an empty one gives an empty one.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = boundary_before(&self.text, range.start);
        let end = boundary_after(&self.text, range.end);
        let Some(first) = self.piece_at(start) else {
            let end = self.pieces.last().map_or(0, |piece| piece.original_end);
            return end..end;
        };
        let from = if first.verbatim { first.original + (start - first.folded) } else { first.original };
        if end <= start {
            return from..from;
        }
        // The last byte decides, so that what vanished after it stays out.
        let to = match self.piece_at(end - 1) {
            Some(last) if last.verbatim => last.original + (end - last.folded),
            Some(last) => last.original_end,
            None => from,
        };
        from..to
    }

    /// The piece that holds a byte of the folded text.
    fn piece_at(&self, byte: usize) -> Option<Piece> {
        if byte >= self.text.len() {
            return None;
        }
        let after = self.pieces.partition_point(|piece| piece.folded <= byte);
        self.pieces.get(after.checked_sub(1)?).copied()
    }
}

/// Folds a text and keeps the way back.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), pieces: Vec::new() };
    walk(text, &mut folded);
    folded
}

/// Folds a text. Faster than [`fold`], for who needs no way back.
pub fn fold_str(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Folds a text onto the end of a buffer, as if it stood alone: indexing reuses one buffer for many texts.
pub fn fold_into(text: &str, buffer: &mut String) {
    walk(text, &mut Appended { start: buffer.len(), buffer });
}

/// What takes the folded text, stretch by stretch.
trait Sink {
    /// What was written so far.
    fn written(&self) -> &str;
    /// A stretch that stays as it is.
    fn verbatim(&mut self, text: &str, range: Range<usize>);
    /// What a stretch became.
    fn replaced(&mut self, by: &str, range: Range<usize>);
    /// What one character became, if that is one character.
    fn replaced_char(&mut self, by: char, range: Range<usize>) {
        self.replaced(by.encode_utf8(&mut [0; 4]), range);
    }
}

/// Folded text behind other text, which it does not see.
struct Appended<'a> {
    buffer: &'a mut String,
    start: usize,
}

impl Sink for Appended<'_> {
    fn written(&self) -> &str {
        &self.buffer[self.start..]
    }

    fn verbatim(&mut self, text: &str, range: Range<usize>) {
        self.buffer.push_str(&text[range]);
    }

    fn replaced(&mut self, by: &str, _: Range<usize>) {
        self.buffer.push_str(by);
    }

    fn replaced_char(&mut self, by: char, _: Range<usize>) {
        self.buffer.push(by);
    }
}

impl Sink for Folded {
    fn written(&self) -> &str {
        &self.text
    }

    fn verbatim(&mut self, text: &str, range: Range<usize>) {
        self.piece(range.clone(), true);
        self.text.push_str(&text[range]);
    }

    fn replaced(&mut self, by: &str, range: Range<usize>) {
        self.piece(range, false);
        self.text.push_str(by);
    }
}

impl Folded {
    fn piece(&mut self, original: Range<usize>, verbatim: bool) {
        self.pieces.push(Piece {
            folded: self.text.len(),
            original: original.start,
            original_end: original.end,
            verbatim,
        });
    }
}

/// Walks over a text once. Stretches that stay as they are, most of any Chinese text, are handed over whole.
fn walk(text: &str, sink: &mut impl Sink) {
    let table = Table::shared();
    let mut kept = 0;
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let mut end = at + character.len_utf8();
        let class = table.class(character);
        if class != Class::Same {
            if kept < at {
                sink.verbatim(text, kept..at);
            }
            match class {
                Class::Same | Class::Unseen => {}
                Class::One(folded) => sink.replaced_char(folded, at..end),
                Class::Several => sink.replaced(&table.several(character), at..end),
                Class::Blank => {
                    end = blank_end(table, text, end);
                    let next = text[end..].chars().next();
                    if ends_in_ascii_word(sink.written()) && next.is_some_and(|next| table.begins_ascii_word(next)) {
                        sink.replaced(" ", at..end);
                    }
                }
            }
            kept = end;
        }
        at = end;
    }
    if kept < text.len() {
        sink.verbatim(text, kept..text.len());
    }
}

/// Where a run of white space ends that goes on at `at`; what nobody sees does not end it.
fn blank_end(table: &Table, text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let run = rest.find(|next| !matches!(table.class(next), Class::Blank | Class::Unseen));
    run.map_or(text.len(), |run| at + run)
}

fn ends_in_ascii_word(text: &str) -> bool {
    text.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests;
