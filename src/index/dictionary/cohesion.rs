//! Cohesive runs of words: what stands together far oftener than its parts would by chance, among neighbours that change.
//!
//! Time is linear in the words of the texts. Memory is bounded: [`SLOTS`] counters tell which runs can be frequent at all,
//! and only those are counted exactly.

use std::collections::HashMap;

/// Words in a run at most.
const WORDS_MAX: usize = 4;
/// Characters in a run.
const CHARS: std::ops::RangeInclusive<usize> = 2..=6;
/// A run stands so often at least, and once more for every so many words of the corpus.
const COUNT_MIN: u32 = 12;
/// See [`COUNT_MIN`].
const WORDS_FOR_ONE_MORE: usize = 250_000;
/// And in so many texts.
const TEXTS_MIN: u32 = 6;
/// Natural logarithm of how much oftener it stands than its parts would by chance, at its best split.
const INFORMATION_MIN: f64 = 4.5;
/// Entropy, in nats, of what stands before and of what stands after it.
const BRANCHING_MIN: f64 = 1.5;
/// Counters of runs that may be frequent.
const SLOTS: usize = 1 << 24;

/// What parts sentences, in place of a word.
pub const PARTING: u32 = 0;

/// The cohesive runs of texts, as words, in no particular order. `chars` are the characters of each word and whether it may
/// begin or end a run.
pub fn cohesive(texts: &[&[u32]], chars: &[(usize, bool)]) -> Vec<Vec<u32>> {
    let words = texts.iter().map(|text| text.len()).sum::<usize>();
    let least = COUNT_MIN + u32::try_from(words / WORDS_FOR_ONE_MORE).unwrap_or(u32::MAX / 2);
    let mut sketch = vec![0_u16; SLOTS];
    each_run(texts, chars, |run, _, _| {
        let slot = &mut sketch[key(run) as usize % SLOTS];
        *slot = slot.saturating_add(1);
    });
    let mut counts: HashMap<u64, Count> = HashMap::new();
    each_run(texts, chars, |run, text, _| {
        let key = key(run);
        if u32::from(sketch[key as usize % SLOTS]) >= least.min(u16::MAX.into()) {
            counts.entry(key).or_default().add(text);
        }
    });
    drop(sketch);
    counts.retain(|_, count| count.all >= least && count.texts >= TEXTS_MIN);
    let mut found: HashMap<u64, Neighbours> = HashMap::new();
    each_run(texts, chars, |run, text, place| {
        let key = key(run);
        let Some(count) = counts.get(&key) else { return };
        if !found.contains_key(&key) && !is_candidate(run, chars, count.all, &counts, words) {
            return;
        }
        let neighbours = found.entry(key).or_insert_with(|| Neighbours { run: run.to_vec(), ..Neighbours::default() });
        let at = |place: Option<usize>| place.and_then(|place| texts[text].get(place)).copied().unwrap_or(PARTING);
        *neighbours.before.entry(at(place.checked_sub(1))).or_default() += 1;
        *neighbours.after.entry(at(Some(place + run.len()))).or_default() += 1;
    });
    let branching = |found: &Neighbours| entropy(&found.before).min(entropy(&found.after));
    found.into_values().filter(|found| branching(found) >= BRANCHING_MIN).map(|found| found.run).collect()
}

/// Calls with every run that may be counted, its text and its place.
fn each_run(texts: &[&[u32]], chars: &[(usize, bool)], mut visit: impl FnMut(&[u32], usize, usize)) {
    for (text, words) in texts.iter().enumerate() {
        for place in 0..words.len() {
            let mut length = 0;
            for (more, word) in words[place..].iter().take(WORDS_MAX).enumerate() {
                length += chars[*word as usize].0;
                if *word == PARTING || length > *CHARS.end() && more > 0 {
                    break;
                }
                visit(&words[place..=place + more], text, place);
            }
        }
    }
}

fn is_candidate(run: &[u32], chars: &[(usize, bool)], count: u32, counts: &HashMap<u64, Count>, words: usize) -> bool {
    let bounds = [run.first(), run.last()].into_iter().flatten().all(|word| chars[*word as usize].1);
    let length = run.iter().map(|word| chars[*word as usize].0).sum::<usize>();
    if run.len() < 2 || !bounds || !CHARS.contains(&length) {
        return false;
    }
    // A part is at least as frequent as the whole.
    let of = |part: &[u32]| counts.get(&key(part)).map_or(count, |part| part.all.max(count));
    let information = |at: usize| {
        let (before, after) = (f64::from(of(&run[..at])), f64::from(of(&run[at..])));
        (f64::from(count) * words as f64 / (before * after)).ln()
    };
    (1..run.len()).map(information).fold(f64::INFINITY, f64::min) >= INFORMATION_MIN
}

/// Entropy in nats. Every end of a sentence is a neighbour of its own.
fn entropy(neighbours: &HashMap<u32, u32>) -> f64 {
    let all = f64::from(neighbours.values().sum::<u32>());
    // In one order, so that rounding is the same on every run.
    let mut counts: Vec<(bool, u32)> = neighbours.iter().map(|(word, count)| (*word == PARTING, *count)).collect();
    counts.sort_unstable();
    let part = |(parting, count): (bool, u32)| match (parting, f64::from(count)) {
        (true, count) => count / all * all.ln(),
        (false, count) => -(count / all) * (count / all).ln(),
    };
    counts.into_iter().map(part).sum()
}

/// Names a run; of ten million runs no two have the same 64 bits but by rare chance.
fn key(run: &[u32]) -> u64 {
    let mix = |hash: u64, word: &u32| {
        let mixed = (hash ^ u64::from(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    };
    run.iter().fold(run.len() as u64, mix)
}

#[derive(Default)]
struct Count {
    all: u32,
    texts: u32,
    /// The text after the last one that has it.
    seen: usize,
}

impl Count {
    fn add(&mut self, text: usize) {
        self.all += 1;
        if self.seen != text + 1 {
            (self.seen, self.texts) = (text + 1, self.texts + 1);
        }
    }
}

#[derive(Default)]
struct Neighbours {
    run: Vec<u32>,
    before: HashMap<u32, u32>,
    after: HashMap<u32, u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words 1 to 8 of two characters; 9 joins.
    fn chars() -> Vec<(usize, bool)> {
        (0..2_000).map(|word| (usize::from(word > 0) * 2, word != 9)).collect()
    }

    fn found(run: &[u32], texts: usize) -> Vec<Vec<u32>> {
        // Among neighbours that change, in much other text.
        let other =
            |text: usize, place: usize| 10 + (((text * 1_000 + place) as u32).wrapping_mul(2_654_435_761) >> 9) % 1_900;
        let text = |number: usize| -> Vec<u32> {
            let stretch = |part: usize| (0..150).map(move |place| other(number, part * 150 + place));
            (0..6).flat_map(|part| run.iter().copied().chain(stretch(part)).collect::<Vec<u32>>()).collect()
        };
        let texts: Vec<Vec<u32>> = (0..texts).map(text).collect();
        cohesive(&texts.iter().map(Vec::as_slice).collect::<Vec<_>>(), &chars())
    }

    #[test]
    fn what_always_stands_together_among_changing_neighbours_is_a_word() {
        assert_eq!(found(&[1, 2], 10), [[1, 2]]);
        // Of a longer run only the whole: its parts have always the same neighbour.
        assert_eq!(found(&[1, 2, 3], 10), [[1, 2, 3]]);
    }

    #[test]
    fn what_is_rare_or_begins_with_what_joins_is_none() {
        assert!(found(&[1, 2], TEXTS_MIN as usize - 1).is_empty());
        assert!(found(&[9, 2], 10).is_empty() && found(&[1, 9], 10).is_empty());
        assert!(found(&[1, 2, 3, 4], 10).is_empty(), "longer than a word");
        assert!(found(&[1, PARTING, 2], 10).is_empty(), "two sentences");
    }
}
