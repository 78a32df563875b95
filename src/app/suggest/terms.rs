//! Terms of the corpus: words and runs of words that titles and headings have in common.

use crate::index::function_words::FUNCTION_WORDS;
use crate::text::words::Segmenter;
use rayon::prelude::*;
use std::collections::HashMap;

/// A term stands in so many instruments at least.
const INSTRUMENTS_MIN: u32 = 3;
/// So many terms are kept, the most frequent ones.
const TERMS_MAX: usize = 20_000;
/// Words of a term at most.
const WORDS_MAX: usize = 3;
/// Characters of a term at most.
const CHARS_MAX: usize = 8;
/// What joins others and begins and ends no term.
const JOINING: [&str; 8] = ["等", "等等", "关于", "以及", "若干", "有关", "第", "暂行"];

/// The terms of the titles and headings of each instrument, with the number of instruments that have them; the most frequent
/// first.
pub fn terms(instruments: &[Vec<&str>]) -> Vec<(String, u32)> {
    let count = |mut counts: HashMap<String, u32>, texts: &Vec<&str>| {
        let mut own: Vec<&str> = texts.iter().flat_map(|text| runs(text)).collect();
        own.sort_unstable();
        own.dedup();
        for term in own {
            match counts.get_mut(term) {
                Some(count) => *count += 1,
                None => drop(counts.insert(term.to_string(), 1)),
            }
        }
        counts
    };
    let join = |mut one: HashMap<String, u32>, other: HashMap<String, u32>| {
        for (term, count) in other {
            *one.entry(term).or_default() += count;
        }
        one
    };
    let counts = instruments.par_iter().fold(HashMap::new, count).reduce(HashMap::new, join);
    let mut terms: Vec<(String, u32)> = counts.into_iter().filter(|(_, count)| *count >= INSTRUMENTS_MIN).collect();
    terms.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    terms.truncate(TERMS_MAX);
    terms
}

/// Runs of neighbouring words of a folded text that may be terms.
fn runs(text: &str) -> Vec<&str> {
    let words = Segmenter::shared().words(text);
    let mut runs = Vec::new();
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    for (at, first) in words.iter().enumerate().filter(|(_, word)| !is_joining(word)) {
        let from = start_of(first);
        let mut end = from;
        for word in words.iter().skip(at).take(WORDS_MAX) {
            // A sign between two words parts them.
            if start_of(word) != end {
                break;
            }
            end += word.len();
            let Some(run) = text.get(from..end).filter(|run| run.chars().nth(CHARS_MAX).is_none()) else { break };
            let of_han = run.chars().nth(1).is_some() && !run.chars().any(|c| c.is_ascii());
            if of_han && !is_joining(word) {
                runs.push(run);
            }
        }
    }
    runs
}

fn is_joining(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word) || JOINING.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_instruments_have_in_common_is_a_term() {
        let instruments = vec![
            vec!["云桥县渡口安全管理条例", "监督检查"],
            vec!["渡口安全规定", "监督检查", "监督检查"],
            vec!["乡镇渡口安全办法", "监督和检查"],
        ];
        let terms = terms(&instruments);
        let count = |term: &str| terms.iter().find(|(known, _)| known == term).map(|(_, count)| *count);
        assert_eq!(count("渡口安全"), Some(3));
        assert_eq!(count("监督检查"), None, "only in two");
        assert!(terms.iter().all(|(term, _)| !term.starts_with('和') && !term.ends_with('和')), "{terms:?}");
    }
}
