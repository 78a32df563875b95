//! Byte offsets, as used inside the program, and Unicode code points, as used outside (contract: Values).

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

/// Ranges of bytes as ranges of code points, in the order given. Linear if they are sorted by their beginning and do
/// not overlap, as matches are.
pub fn to_points(text: &str, ranges: &[Range<usize>]) -> Vec<Points> {
    let mut place = Place::default();
    ranges.iter().map(|range| (place.point(text, range.start), place.point(text, range.end))).collect()
}

/// A place in a text known both ways, from which the next one is counted on.
#[derive(Default)]
struct Place {
    byte: usize,
    point: usize,
}

impl Place {
    fn point(&mut self, text: &str, byte: usize) -> usize {
        let byte = boundary_before(text, byte);
        if byte < self.byte {
            *self = Place::default();
        }
        self.point += text[self.byte..byte].chars().count();
        self.byte = byte;
        self.point
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
