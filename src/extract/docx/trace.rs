//! Where the text came from: for each piece of it, the bytes of the main part that hold it.
//!
//! Only [`super::traced`] asks for it; the plain reading keeps no piece. Text of a footnote is traced to the reference to
//! it, a number that Word makes to its paragraph: neither stands in the main part as text.

use std::ops::Range;

/// Most pieces that are kept. Text behind them is traced to the last one: a hostile file costs exactness, not memory.
const PIECES_MAX: usize = 4_000_000;
/// Most pieces of one text element that are told apart.
const SEGMENTS_MAX: usize = 100_000;

/// A piece of a text. Sizes of files and texts are limited far below what 32 bits hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Where it stands in the text.
    at: u32,
    bytes: u32,
    /// What holds it in the main part; nothing for a number that Word makes, at the start of its paragraph.
    from: u32,
    to: u32,
    /// Whether the bytes there are those of the text, one by one.
    is_exact: bool,
}

/// The pieces of a text, in its order. What lies between them was made by the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Trace(Vec<Piece>);

/// Words of the main part (正文部件), in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From the first to the last of them; in a text element only where that can be told, else the whole element.
    pub bytes: Range<usize>,
    /// Whether only the paragraph is known that holds them: they stand nowhere as text.
    pub is_paragraph: bool,
}

fn short(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

impl Trace {
    /// A text as a whole out of these bytes.
    pub(super) fn whole(text_bytes: usize, source: &Range<usize>) -> Self {
        let (from, to) = (short(source.start), short(source.end));
        Trace(vec![Piece { at: 0, bytes: short(text_bytes), from, to, is_exact: false }])
    }

    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the trace of a text that now stands at `at` of this one.
    pub(super) fn append(&mut self, other: Trace, at: usize) {
        let at = short(at);
        self.0.extend(other.0.into_iter().map(|piece| Piece { at: piece.at + at, ..piece }));
    }

    /// Keeps what lies in this part of the text, which becomes the whole of it.
    pub(super) fn cut(&mut self, kept: Range<usize>) {
        let (start, end) = (short(kept.start), short(kept.end));
        let cut = |piece: Piece| {
            let (from, to) = (piece.at.max(start), (piece.at + piece.bytes).min(end));
            let lost = from.saturating_sub(piece.at);
            let source = if piece.is_exact {
                (piece.from + lost, piece.from + to.saturating_sub(piece.at))
            } else {
                (piece.from, piece.to)
            };
            (from < to).then_some(Piece { at: from - start, bytes: to - from, from: source.0, to: source.1, ..piece })
        };
        self.0 = std::mem::take(&mut self.0).into_iter().filter_map(cut).collect();
    }

    /// Makes one piece of all from `from` on: the text there was written anew, and ends at `end`.
    pub(super) fn fuse(&mut self, from: usize, end: usize) {
        let first = self.0.partition_point(|piece| piece.at < short(from));
        let fused = self.0.split_off(first);
        let sources = (fused.iter().map(|piece| piece.from).min(), fused.iter().map(|piece| piece.to).max());
        if let (Some(source), Some(to)) = sources {
            self.0.push(Piece {
                at: short(from),
                bytes: short(end.saturating_sub(from)),
                from: source,
                to,
                is_exact: false,
            });
        }
    }

    /// The place of the words of a span; `None` if the trace is empty. Where a span holds nothing but what the reader
    /// made (line ends between paragraphs), the paragraph before it.
    pub(super) fn place(&self, span: &Range<usize>) -> Option<Place> {
        let (start, end) = (short(span.start), short(span.end));
        let first = self.0.partition_point(|piece| piece.at + piece.bytes <= start);
        let held = self.0.get(first..)?.iter().take_while(|piece| piece.at < end);
        let (mut from, mut to) = (None, None);
        for piece in held {
            let lost = start.saturating_sub(piece.at);
            let behind = (piece.at + piece.bytes).saturating_sub(end);
            let exact = |lost| if piece.is_exact { lost } else { 0 };
            let source = (piece.from + exact(lost), piece.to - exact(behind));
            from = Some(from.map_or(source.0, |from: u32| from.min(source.0)));
            if piece.from < piece.to {
                to = Some(to.map_or(source.1, |to: u32| to.max(source.1)));
            }
        }
        let near = || self.0.get(first.saturating_sub(1)).or_else(|| self.0.first());
        let from = from.or_else(|| near().map(|piece| piece.from))? as usize;
        let to = to.map(|to| to as usize);
        Some(Place { bytes: from..to.unwrap_or(from).max(from), is_paragraph: to.is_none() })
    }
}

/// A piece of the text of one element.
#[derive(Debug, Clone, Copy)]
struct Segment {
    bytes: usize,
    from: usize,
    to: usize,
}

/// What is known of places while a document is read.
#[derive(Default)]
pub(super) struct Tracer {
    /// The bytes of what was read last.
    here: Range<usize>,
    /// The pieces of the open text element.
    segments: Vec<Segment>,
    pieces: usize,
}

impl Tracer {
    /// Goes on to what stands there.
    pub(super) fn goes(&mut self, here: Range<usize>) {
        self.here = here;
    }

    /// Where the reading is.
    pub(super) fn here(&self) -> Range<usize> {
        self.here.clone()
    }

    /// Begins a text element.
    pub(super) fn begin_text(&mut self) {
        self.segments.clear();
    }

    /// Takes so many bytes of the open text element.
    pub(super) fn take_text(&mut self, bytes: usize) {
        let here = &self.here;
        let is_full = self.segments.len() >= SEGMENTS_MAX;
        match self.segments.last_mut().filter(|_| is_full) {
            Some(last) => (last.bytes, last.to) = (last.bytes + bytes, here.end),
            None => self.segments.push(Segment { bytes, from: here.start, to: here.end }),
        }
    }

    /// The trace of a text that what stands here puts.
    pub(super) fn mark(&mut self, bytes: usize) -> Trace {
        if self.pieces >= PIECES_MAX {
            return Trace::default();
        }
        self.pieces += 1;
        Trace::whole(bytes, &self.here)
    }

    /// The trace of the open text element: `kept` of its text `chunk` is put, less the characters that are not seen. Raised
    /// and lowered text is one piece: what it becomes hangs on all its characters.
    pub(super) fn text(&mut self, chunk: &str, kept: Range<usize>, is_seen: impl Fn(char) -> bool) -> Trace {
        let mut trace = Trace::default();
        let (mut at, mut begin) = (0, 0);
        for segment in std::mem::take(&mut self.segments) {
            let end = begin + segment.bytes;
            let (from, to) = (begin.max(kept.start), end.min(kept.end));
            let text = chunk.get(from..to.max(from)).unwrap_or_default();
            let is_exact = segment.to - segment.from == segment.bytes;
            for piece in text.split(|char| !is_seen(char)) {
                let here = piece.as_ptr() as usize - text.as_ptr() as usize;
                if piece.is_empty() || self.pieces >= PIECES_MAX {
                    at += piece.len();
                    continue;
                }
                let source = segment.from + (from - begin) + here;
                let source = if is_exact { source..source + piece.len() } else { segment.from..segment.to };
                self.pieces += 1;
                trace.0.push(Piece {
                    at: short(at),
                    bytes: short(piece.len()),
                    from: short(source.start),
                    to: short(source.end),
                    is_exact,
                });
                at += piece.len();
            }
            begin = end;
        }
        trace
    }

    /// The trace of a text that the whole open text element became.
    pub(super) fn text_as_one(&mut self, bytes: usize) -> Trace {
        let segments = std::mem::take(&mut self.segments);
        let source = segments.first().map(|first| first.from).zip(segments.last().map(|last| last.to));
        let Some((from, to)) = source.filter(|_| self.pieces < PIECES_MAX) else { return Trace::default() };
        self.pieces += 1;
        Trace::whole(bytes, &(from..to))
    }
}
