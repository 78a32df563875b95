//! Byte offsets, as used inside the program, and Unicode code points, as used outside (contract: Values).

use std::cell::Cell;
use std::ops::Range;

/// Half-open range of Unicode code points.
pub type Points = (usize, usize);

/// The last character boundary at or before a byte offset; the end of the text for one beyond it.
pub fn boundary_before(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The first character boundary at or after a byte offset; the end of the text for one beyond it.
pub fn boundary_after(text: &str, byte: usize) -> usize {
    (byte..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// How many code points stand before a byte offset. An offset inside a character counts as its beginning, one beyond
/// the end as the end.
pub fn point_of(text: &str, byte: usize) -> usize {
    text[..boundary_before(text, byte)].chars().count()
}

/// The byte offset of a code point; the end of the text for one beyond it.
pub fn byte_of(text: &str, point: usize) -> usize {
    text.char_indices().nth(point).map_or(text.len(), |(at, _)| at)
}

/// Ranges of bytes as ranges of code points, in the order given. Linear if each begins near the one before, as matches do.
pub fn to_points(text: &str, ranges: &[Range<usize>]) -> Vec<Points> {
    let counter = Counter::new(text);
    ranges.iter().map(|range| (counter.point(range.start), counter.point(range.end))).collect()
}

/// Counts the code points of a text on from the last place asked for, forwards or back: many places of a long text cost
/// one pass, where [`point_of`] costs one each.
pub struct Counter<'a> {
    text: &'a str,
    /// Byte and code point of that place.
    last: Cell<(usize, usize)>,
}

impl<'a> Counter<'a> {
    /// Stands at the beginning of a text.
    pub fn new(text: &'a str) -> Counter<'a> {
        Counter { text, last: Cell::new((0, 0)) }
    }

    /// As [`point_of`].
    pub fn point(&self, byte: usize) -> usize {
        let byte = boundary_before(self.text, byte);
        let (last, point) = self.last.get();
        let point = match byte < last {
            true => point - self.text[byte..last].chars().count(),
            false => point + self.text[last..byte].chars().count(),
        };
        self.last.set((byte, point));
        point
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn offsets_inside_and_beyond_are_cut() {
        assert_eq!([0, 1, 2, 3, 4, 9].map(|byte| boundary_before("a法b", byte)), [0, 1, 1, 1, 4, 5]);
        assert_eq!([0, 1, 2, 3, 4, 9].map(|byte| boundary_after("a法b", byte)), [0, 1, 4, 4, 4, 5]);
        assert_eq!(point_of("a法b", 0), 0);
        assert_eq!(point_of("a法b", 2), 1);
        assert_eq!(point_of("a法b", 4), 2);
        assert_eq!(point_of("a法b", 99), 3);
        assert_eq!(byte_of("a法b", 2), 4);
        assert_eq!(byte_of("a法b", 99), 5);
        assert_eq!(to_points("a法b", &[4..5, 0..1, 1..4]), [(2, 3), (0, 1), (1, 2)]);
    }

    #[test]
    fn many_places_of_a_long_text_cost_one_pass() {
        let run = |size: usize| {
            let text = "法".repeat(size);
            let ranges: Vec<Range<usize>> = (0..size).map(|at| at * 3..at * 3 + 3).collect();
            assert_eq!(to_points(&text, &ranges).last(), Some(&(size - 1, size)));
        };
        crate::text::linear::assert_linear("to_points", run, 20_000, 160_000);
    }

    proptest! {
        #[test]
        fn there_and_back(text in "[a法𠮷é]{0,12}", point in 0usize..14) {
            let byte = byte_of(&text, point);
            prop_assert_eq!(point_of(&text, byte), point.min(text.chars().count()));
        }

        #[test]
        fn many_are_as_one(text in any::<String>(), ranges in prop::collection::vec((0usize..40, 0usize..40), 0..6)) {
            let ranges: Vec<Range<usize>> = ranges.into_iter().map(|(start, end)| start..end).collect();
            let each: Vec<Points> =
                ranges.iter().map(|range| (point_of(&text, range.start), point_of(&text, range.end))).collect();
            prop_assert_eq!(to_points(&text, &ranges), each);
        }
    }
}
