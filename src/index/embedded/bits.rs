//! A set of document numbers of one segment: one bit each.

use std::ops::Range;

/// A set of numbers below a fixed limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    limit: u32,
}

impl Bits {
    /// The empty set of numbers below `limit`.
    pub fn new(limit: u32) -> Bits {
        Bits { words: vec![0; (limit as usize).div_ceil(64)], limit }
    }

    /// The first number that cannot be in the set.
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// Adds a number; one beyond the limit is ignored.
    #[inline]
    pub fn insert(&mut self, number: u32) {
        if let Some(word) = self.words.get_mut(number as usize / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Whether a number is in the set.
    #[inline]
    pub fn contains(&self, number: u32) -> bool {
        self.words.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// Numbers `64 × place` and above, 64 of them, lowest bit first.
    #[inline]
    pub fn word(&self, place: usize) -> u64 {
        self.words.get(place).copied().unwrap_or(0)
    }

    /// Adds every number of a range.
    pub fn fill(&mut self, range: Range<u32>) {
        each_word(range, |place, mask| {
            if let Some(word) = self.words.get_mut(place) {
                *word |= mask;
            }
        });
    }

    /// Takes every number of a range out.
    pub fn clear(&mut self, range: Range<u32>) {
        each_word(range, |place, mask| {
            if let Some(word) = self.words.get_mut(place) {
                *word &= !mask;
            }
        });
    }

    /// How many numbers it holds.
    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// How many numbers are in both.
    pub fn count_common(&self, other: &Bits) -> u64 {
        self.words.iter().zip(&other.words).map(|(word, also)| u64::from((word & also).count_ones())).sum()
    }

    /// How many numbers of a range it holds.
    pub fn count_in(&self, range: Range<u32>) -> u64 {
        let mut count = 0;
        each_word(range, |place, mask| count += u64::from((self.word(place) & mask).count_ones()));
        count
    }

    /// Whether it holds any number of a range.
    pub fn any_in(&self, range: Range<u32>) -> bool {
        self.count_in(range) > 0
    }

    /// The first number from `from` on.
    pub fn next(&self, from: u32) -> Option<u32> {
        let first = from as usize / 64;
        let masked = self.word(first) & (u64::MAX << (from % 64));
        if masked != 0 {
            return Some(first as u32 * 64 + masked.trailing_zeros());
        }
        let rest = self.words.get(first + 1..)?;
        let place = rest.iter().position(|word| *word != 0)?;
        Some((first + 1 + place) as u32 * 64 + rest[place].trailing_zeros())
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The numbers in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(place, word)| ones(*word).map(move |bit| place as u32 * 64 + bit))
    }

    /// Keeps what is in both.
    pub fn and(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, also)| *word &= also);
    }

    /// Adds what is in the other.
    pub fn or(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, also)| *word |= also);
    }

    /// Takes out what is in the other.
    pub fn and_not(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, also)| *word &= !also);
    }
}

/// Places of the set bits of a word, ascending.
pub fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        (word != 0).then(|| {
            word &= word - 1;
            bit
        })
    })
}

fn each_word(range: Range<u32>, mut visit: impl FnMut(usize, u64)) {
    if range.is_empty() {
        return;
    }
    let (first, last) = (range.start as usize / 64, (range.end as usize - 1) / 64);
    for place in first..=last {
        let mut mask = u64::MAX;
        if place == first {
            mask &= u64::MAX << (range.start % 64);
        }
        if place == last {
            mask &= u64::MAX >> (63 - (range.end - 1) % 64);
        }
        visit(place, mask);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn agrees_with_a_set(
            numbers in proptest::collection::vec(0u32..300, 0..80),
            start in 0u32..300, length in 0u32..300, cut in 0u32..300,
        ) {
            let mut bits = Bits::new(300);
            numbers.iter().for_each(|number| bits.insert(*number));
            let mut set: BTreeSet<u32> = numbers.into_iter().collect();
            let range = start..(start + length).min(300);
            prop_assert_eq!(bits.count_in(range.clone()), set.range(range.clone()).count() as u64);
            prop_assert_eq!(bits.any_in(range.clone()), set.range(range.clone()).next().is_some());
            prop_assert_eq!(bits.next(start), set.range(start..).next().copied());
            bits.fill(range.clone());
            set.extend(range);
            bits.clear(0..cut);
            set.retain(|number| *number >= cut);
            prop_assert_eq!(bits.count(), set.len() as u64);
            prop_assert_eq!(bits.iter().collect::<Vec<_>>(), set.iter().copied().collect::<Vec<_>>());
            prop_assert!((0..300).all(|number| bits.contains(number) == set.contains(&number)));
        }
    }
}
