//! Whole clauses that a quotation leaves out without a mark of omission.

use std::ops::Range;

/// Stretches that a quotation may be made of.
const PIECES_MAX: usize = 8;
/// Ends of clauses in a quotation that are tried.
const MARKS_MAX: usize = 200;
/// Letters and digits of the shortest stretch: shorter ones stand anywhere.
const PIECE_CHARS_MIN: usize = 4;
/// Marks that end a clause, in folded texts.
const MARKS: [char; 6] = [',', '.', ';', ':', '!', '?'];

/// A clause left out: the place in the quotation, and its bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Byte of the quotation before which it is left out.
    pub at: usize,
    /// Bytes of the text.
    pub source: Range<usize>,
}

/// What a quotation leaves out of a text that has all its clauses, word for word and in their order; `None` if it has not, or
/// if nothing is left out.
pub fn skipped(quote: &str, source: &str) -> Option<Vec<Skipped>> {
    let quote = quote.trim_end_matches(MARKS);
    let ends: Vec<usize> = quote.match_indices(MARKS).map(|(at, mark)| at + mark.len()).take(MARKS_MAX).collect();
    let (mut at, mut from) = (0, 0);
    let mut found = Vec::new();
    for _ in 0..PIECES_MAX {
        let later = ends.iter().copied().filter(|end| *end > at);
        let ends = std::iter::once(quote.len()).chain(later.rev());
        let (end, place) = ends.take_while(|end| *end > at).find_map(|end| {
            let piece = quote.get(at..end)?;
            let enough = piece.chars().filter(|c| c.is_alphanumeric()).nth(PIECE_CHARS_MIN - 1).is_some();
            let rest = source.get(from..).filter(|_| enough)?;
            Some((end, from + rest.find(piece)?))
        })?;
        if at > 0 && place > from {
            let whole = source.get(..place)?.ends_with(MARKS);
            found.extend(whole.then_some(Skipped { at, source: from..place }));
            if !whole {
                return None;
            }
        }
        (from, at) = (place + (end - at), end);
        if at == quote.len() {
            return Some(found).filter(|found| !found.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_clauses_that_are_left_out_are_found() {
        let source = "渡口应当公示票价,不得擅自停渡.因大风停渡的,应当公告.违者处以五百元罚款.";
        let told = |quote: &str| {
            let found = skipped(quote, source)?;
            Some(found.iter().map(|one| &source[one.source.clone()]).collect::<Vec<_>>().join("|"))
        };
        for (quote, out) in [
            ("渡口应当公示票价,不得擅自停渡.违者处以五百元罚款.", Some("因大风停渡的,应当公告.")),
            ("渡口应当公示票价,因大风停渡的,违者处以五百元罚款", Some("不得擅自停渡.|应当公告.")),
            ("渡口应当公示票价,不得擅自停渡.", None),
            ("渡口应当公示票价,违者处以六百元罚款.", None),
            ("违者处以五百元罚款.渡口应当公示票价,", None),
            ("渡口应当公示票价,停渡.", None),
            ("", None),
        ] {
            assert_eq!(told(quote).as_deref(), out, "{quote}");
        }
    }
}
