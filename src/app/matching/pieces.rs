//! A long text as the pieces that are searched one by one: a whole story of facts drowns the one sentence that matters.

use std::ops::Range;

/// So many pieces at most: of a longer text more sentences stand together in one. No sentence is left out.
const PIECES_MAX: usize = 24;
/// Characters that a piece has at least, unless it is the last.
const CHARS_MIN: usize = 8;

/// The pieces of a text as bytes of it; none if it is a single one.
pub fn pieces(text: &str) -> Vec<Range<usize>> {
    let chars = text.chars().count();
    let least = chars.div_ceil(PIECES_MAX).max(CHARS_MIN);
    let (mut pieces, mut start, mut length) = (Vec::new(), 0, 0);
    for (at, character) in text.char_indices() {
        length += 1;
        let ends = matches!(character, '。' | '；' | '！' | '？' | ';' | '!' | '?' | '\n');
        // A text without any full stop is cut at some character.
        if length >= least && (ends || length >= least * 2) {
            let end = at + character.len_utf8();
            pieces.push(start..end);
            (start, length) = (end, 0);
        }
    }
    pieces.push(start..text.len());
    let has_words =
        |piece: &Range<usize>| text.get(piece.clone()).is_some_and(|piece| piece.chars().any(char::is_alphanumeric));
    pieces.retain(has_words);
    if pieces.len() > 1 { pieces } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sentences_are_pieces_and_short_ones_stand_together() {
        let text = "张某。系渡工。\n某日夜间，他酒后驾驶渡船。渡船撞上桥墩；无人受伤。";
        let pieces: Vec<&str> = pieces(text).into_iter().map(|piece| &text[piece]).collect();
        assert_eq!(pieces, ["张某。系渡工。\n", "某日夜间，他酒后驾驶渡船。", "渡船撞上桥墩；无人受伤。"]);
        assert!(super::pieces("酒后驾驶渡船").is_empty() && super::pieces("").is_empty());
    }

    proptest! {
        #[test]
        fn nothing_that_says_something_is_lost(text in "(\\PC|[。；\n]){0,400}", times in 1usize..30) {
            let text = text.repeat(times);
            let pieces = pieces(&text);
            prop_assert!(pieces.len() <= PIECES_MAX + 1);
            let mut at = 0;
            for piece in &pieces {
                let lost = &text[at..piece.start];
                prop_assert!(!lost.chars().any(char::is_alphanumeric));
                at = piece.end;
            }
        }
    }
}
