//! Personal data leave a document before it is recorded (去标识化), and the names of its file with them.

use crate::corpus::record::Masked;
use crate::law::mask::{self, MaskedSpan};
use crate::law::{Access, Document};
use crate::text::points::to_points;
use std::ops::Range;

/// What of a record or report is made of the name of its file.
pub struct Names {
    /// `{node}/{source}`: a file that belongs to no collection is its own source.
    pub origin: String,
    /// Path of the file inside what is imported.
    pub path: String,
    /// Path of the file as it is reported.
    pub shown: String,
}

/// A document as it is recorded, and what of it was masked.
pub struct Recorded {
    /// The document.
    pub document: Document,
    /// Where it came from.
    pub names: Names,
    /// What was masked.
    pub masked: Vec<Masked>,
    /// Whether nothing was masked because the user said so.
    pub unmasked: bool,
}

/// Masks a document and the names of its file; one that the user wants as it is becomes restricted.
pub fn recorded(mut document: Document, names: Names, unmasked: bool) -> Recorded {
    if unmasked {
        document.access = Some(Access::Restricted);
        return Recorded { document, names, masked: Vec::new(), unmasked };
    }
    let (masked, beside) = mask::mask_beside(&document, &[&names.origin, &names.path, &names.shown]);
    let mut texts = beside.into_iter().map(|masked| masked.text);
    let Names { origin, path, shown } = names;
    let mut next = |name: String| texts.next().unwrap_or(name);
    let names = Names { origin: next(origin), path: next(path), shown: next(shown) };
    let document = masked.document;
    Recorded { masked: in_points(&document, &masked.spans), document, names, unmasked }
}

/// Spans, which are in the order of the fields, in code points.
fn in_points(document: &Document, spans: &[MaskedSpan]) -> Vec<Masked> {
    let of_field = |spans: &[MaskedSpan]| {
        let text = spans.first().and_then(|span| mask::text_of(document, span.field, span.index)).unwrap_or_default();
        let ranges: Vec<Range<usize>> = spans.iter().map(|span| span.start..span.end).collect();
        let points = to_points(text, &ranges).into_iter().zip(spans);
        let masked = points.map(|((start, end), span)| {
            let MaskedSpan { field, index, kind, .. } = *span;
            Masked { field, index, start, end, kind }
        });
        masked.collect::<Vec<_>>()
    };
    spans.chunk_by(|one, other| (one.field, one.index) == (other.field, other.index)).flat_map(of_field).collect()
}
