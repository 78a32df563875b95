//! The part of a text that shows why it was found.

use crate::app::view::Range;

/// A piece of a text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Whether it matched.
    pub hit: bool,
    /// The text.
    pub text: String,
}

/// At most about `length` code points of `text` around its first match, with the matches marked; … stands for what was
/// left out, and line breaks become spaces. `highlights` are ascending and do not overlap.
pub fn around(text: &str, highlights: &[Range], length: usize) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let (from, to) = window(&chars, highlights.first().map_or(0, |first| first.start), length);
    let mut pieces = Vec::new();
    let mut add = |hit: bool, from: usize, to: usize| {
        if let Some(part) = chars.get(from..to).filter(|part| !part.is_empty()) {
            pieces.push(Piece { hit, text: one_line(part) });
        }
    };
    let mut at = from;
    for range in highlights.iter().filter(|range| range.end > from && range.start < to) {
        let (start, end) = (range.start.clamp(at, to), range.end.clamp(at, to));
        add(false, at, start);
        add(true, start, end);
        at = end;
    }
    add(false, at, to);
    let dots = || Piece { hit: false, text: "…".to_string() };
    if from > 0 {
        pieces.insert(0, dots());
    }
    if to < chars.len() {
        pieces.push(dots());
    }
    pieces
}

/// Where to cut. A quarter of the room stands before the match, and the cut falls behind a mark of punctuation if one is near.
fn window(chars: &[char], first: usize, length: usize) -> (usize, usize) {
    if chars.len() <= length {
        return (0, chars.len());
    }
    let wanted = first.min(chars.len()).saturating_sub(length / 4).min(chars.len() - length);
    let near = (wanted.saturating_sub(length / 8)..wanted).rev();
    let from = near.into_iter().find(|at| *at > 0 && "，。；：、\n".contains(chars[at - 1])).unwrap_or(wanted);
    let from = if wanted <= length / 8 { 0 } else { from };
    (from, (from + length).min(chars.len()))
}

fn one_line(part: &[char]) -> String {
    let mut line = String::with_capacity(part.len() * 3);
    for &char in part {
        match char {
            '\n' | '\r' if line.ends_with([' ', '\u{3000}']) => {}
            '\n' | '\r' => line.push(' '),
            other => line.push(other),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, highlights: &[(usize, usize)], length: usize) -> String {
        let ranges: Vec<Range> = highlights.iter().map(|&(start, end)| Range { start, end }).collect();
        let pieces = around(text, &ranges, length);
        pieces.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn a_short_text_is_whole() {
        assert_eq!(shown("桥梁应当养护。\n桥梁", &[(0, 2), (8, 10)], 50), "[桥梁]应当养护。 [桥梁]");
    }

    #[test]
    fn a_long_text_is_cut_around_its_first_match() {
        let text = format!("{}罚款{}", "，甲乙丙丁".repeat(40), "戊".repeat(100));
        let cut = shown(&text, &[(200, 202)], 40);
        assert!(cut.starts_with("…甲") && cut.contains("[罚款]") && cut.ends_with("戊…"), "{cut}");
        assert!(cut.chars().count() < 50, "{cut}");
    }

    proptest! {
        #[test]
        fn any_text_and_any_ranges_make_an_excerpt(
            text in any::<String>(),
            ends in proptest::collection::vec(0usize..60, 0..8),
            length in 0usize..80,
        ) {
            let mut ends = ends;
            ends.sort_unstable();
            let ranges: Vec<Range> = ends.chunks_exact(2).map(|p| Range { start: p[0], end: p[1] }).collect();
            let length_shown: usize = around(&text, &ranges, length).iter().map(|p| p.text.chars().count()).sum();
            prop_assert!(length_shown <= length + 2);
        }
    }
}
