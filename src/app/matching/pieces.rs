//! A long text as the pieces that are searched one by one: a whole story of facts drowns the one sentence that matters.

use crate::text::fold::fold_str;
use crate::text::words::Segmenter;
use std::collections::{BinaryHeap, HashSet};
use std::ops::Range;

/// So many pieces at most, because each is a search.
const PIECES_MAX: usize = 24;
/// Characters that a piece has at least, unless it is the last.
const CHARS_MIN: usize = 8;
/// From so many characters on, a piece ends at a comma too, and at twice as many anywhere.
const CHARS_MANY: usize = 160;

/// The pieces of a text that are searched, as bytes of it, in its order; none if it is a single one. Of a text with too many
/// those are taken that bring most words which none before them has: names, dates and repetitions bring few.
pub fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = sentences(text);
    if pieces.len() > PIECES_MAX {
        pieces = telling(text, &pieces);
    }
    if pieces.len() > 1 { pieces } else { Vec::new() }
}

fn sentences(text: &str) -> Vec<Range<usize>> {
    let (mut pieces, mut start, mut length) = (Vec::new(), 0, 0);
    for (at, character) in text.char_indices() {
        length += 1;
        let ends = matches!(character, '。' | '；' | '！' | '？' | ';' | '!' | '?' | '\n');
        let pauses = matches!(character, '，' | ',' | '、' | '：');
        if length >= CHARS_MIN && ends || length >= CHARS_MANY && pauses || length >= 2 * CHARS_MANY {
            let end = at + character.len_utf8();
            pieces.push(start..end);
            (start, length) = (end, 0);
        }
    }
    pieces.push(start..text.len());
    let has_words =
        |piece: &Range<usize>| text.get(piece.clone()).is_some_and(|piece| piece.chars().any(char::is_alphanumeric));
    pieces.retain(has_words);
    pieces
}

/// The pieces that say most.
fn telling(text: &str, pieces: &[Range<usize>]) -> Vec<Range<usize>> {
    let words = |piece: &Range<usize>| {
        let folded = fold_str(text.get(piece.clone()).unwrap_or_default());
        let is_word = |word: &&str| word.chars().count() > 1 && !word.bytes().any(|byte| byte.is_ascii());
        Segmenter::shared().words(&folded).into_iter().filter(is_word).map(str::to_owned).collect::<HashSet<String>>()
    };
    let words: Vec<HashSet<String>> = pieces.iter().map(words).collect();
    let mut said: HashSet<&str> = HashSet::new();
    // What a piece brings only becomes less: the best is the one that is still the best when it is counted again.
    let mut heap: BinaryHeap<(usize, std::cmp::Reverse<usize>)> =
        words.iter().enumerate().map(|(at, words)| (words.len(), std::cmp::Reverse(at))).collect();
    let mut taken = Vec::new();
    while let Some((brought, at)) = heap.pop() {
        let brings = words[at.0].iter().filter(|word| !said.contains(word.as_str())).count();
        if brings < brought {
            heap.push((brings, at));
            continue;
        }
        if brings == 0 && !taken.is_empty() {
            break;
        }
        said.extend(words[at.0].iter().map(String::as_str));
        taken.push(at.0);
        if taken.len() == PIECES_MAX {
            break;
        }
    }
    taken.sort_unstable();
    taken.into_iter().map(|at| pieces[at].clone()).collect()
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

    #[test]
    fn of_many_those_that_say_something_new_are_taken() {
        let idle = "某年某月某日某时，某某到了某某那里。";
        let telling = "某某酒后驾驶渡船，撞毁航标，拒绝接受检查。";
        let text = format!("{}{telling}{}", idle.repeat(200), idle.repeat(200));
        let pieces = pieces(&text);
        assert!(pieces.len() > 1 && pieces.len() <= PIECES_MAX);
        assert!(pieces.iter().any(|piece| text[piece.clone()].contains("撞毁航标")));
    }

    proptest! {
        #[test]
        fn pieces_are_parts_of_the_text_in_its_order(text in "(\\PC|[。；\n]){0,400}", times in 1usize..30) {
            let text = text.repeat(times);
            let pieces = pieces(&text);
            prop_assert!(pieces.len() <= PIECES_MAX);
            let mut at = 0;
            for piece in pieces {
                prop_assert!(piece.start >= at && piece.end > piece.start && text.get(piece.clone()).is_some());
                at = piece.end;
            }
        }
    }
}
