//! Neighbouring characters of folded text. Every text of two characters or more is a sequence of overlapping pairs, so
//! whoever knows where each pair stands finds every quotation.

/// The overlapping pairs of characters of a folded text, in order, punctuation and spaces included. A text of one
/// character has none: [`singles`] has it.
pub fn pairs(folded: &str) -> Pairs<'_> {
    Pairs { text: folded, first: 0, second: folded.chars().next().map_or(0, char::len_utf8) }
}

/// The characters of a folded text, in order, each as text.
pub fn singles(folded: &str) -> impl Iterator<Item = &str> {
    folded.char_indices().map(|(at, character)| &folded[at..at + character.len_utf8()])
}

/// See [`pairs`].
#[derive(Debug, Clone)]
pub struct Pairs<'a> {
    text: &'a str,
    /// Where the first character of the next pair begins.
    first: usize,
    /// Where its second character begins.
    second: usize,
}

impl<'a> Iterator for Pairs<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        let second = self.text[self.second..].chars().next()?;
        let end = self.second + second.len_utf8();
        let pair = &self.text[self.first..end];
        (self.first, self.second) = (self.second, end);
        Some(pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pairs_overlap_and_cross_punctuation() {
        assert_eq!(pairs("改正,3a").collect::<Vec<_>>(), ["改正", "正,", ",3", "3a"]);
        assert_eq!(pairs("改").count(), 0);
        assert_eq!(pairs("").count(), 0);
        assert_eq!(singles("改,a").collect::<Vec<_>>(), ["改", ",", "a"]);
    }

    proptest! {
        #[test]
        fn pairs_are_windows_of_two(text in any::<String>()) {
            let characters: Vec<char> = text.chars().collect();
            let expected: Vec<String> = characters.windows(2).map(|pair| pair.iter().collect()).collect();
            prop_assert_eq!(pairs(&text).collect::<Vec<_>>(), expected);
            prop_assert_eq!(singles(&text).collect::<String>(), text);
        }
    }
}
