//! Initials of pinyin, as people type names with a Chinese keyboard: 行政处罚法 → xzcff.
//!
//! A character may be read in several ways (行 xíng or háng), so a name has a set of letters for each of its characters
//! instead of a list of spellings: that stays as long as the name, however many readings its characters have.

use pinyin::ToPinyinMulti;

/// The letters with which each character of a text may begin, one set of `a`–`z` for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initials(Box<[u32]>);

impl Initials {
    /// The initials of a text. Digits, brackets and signs have none and are passed over; a small letter is its own.
    pub fn of(text: &str) -> Initials {
        Initials(text.chars().map(letters).filter(|set| *set != 0).collect())
    }

    /// How many letters are typed for it.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing in the text has an initial.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether small letters are the initials of the whole text, in one of its readings.
    pub fn are(&self, typed: &str) -> bool {
        typed.len() == self.len() && typed.chars().zip(&self.0).all(|(letter, set)| bit(letter) & set != 0)
    }
}

/// The set of a character.
fn letters(c: char) -> u32 {
    match c.to_pinyin_multi() {
        Some(readings) => {
            let initials = readings.into_iter().filter_map(|reading| reading.plain().chars().next());
            initials.fold(0, |set, letter| set | bit(letter))
        }
        None => bit(c),
    }
}

/// The set of one letter; empty for anything else.
fn bit(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn initials_of_names() {
        for (name, typed) in [
            ("行政处罚法", "xzcff"),
            ("行政处罚法", "hzcff"),
            ("长江保护法", "cjbhf"),
            ("民法典", "mfd"),
            ("刑法修正案(十一)", "xfxzasy"),
            ("WTO规则", "gz"),
        ] {
            assert!(Initials::of(name).are(typed), "{name} {typed}");
        }
        for (name, typed) in [("行政处罚法", "xzcf"), ("行政处罚法", "xzcffa"), ("行政处罚法", "bzcff"), ("", "a")]
        {
            assert!(!Initials::of(name).are(typed), "{name} {typed}");
        }
        assert!(Initials::of("").is_empty());
    }

    proptest! {
        #[test]
        fn one_set_for_each_character(text in "\\PC{0,60}", typed in "[a-z]{0,8}|\\PC{0,8}") {
            let initials = Initials::of(&text);
            prop_assert!(initials.len() <= text.chars().count());
            let _ = initials.are(&typed);
        }
    }
}
