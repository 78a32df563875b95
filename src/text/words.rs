//! Chinese words of folded text, by the dictionary of jieba.
//!
//! Without jieba's hidden Markov model, which joins characters that no dictionary word covers. It would cost no time
//! (60 against 55 MB/s on the laws of LawRefBook) but changes one word in eighty there, by a guess that differs with the
//! neighbours, so that a word of the query may not be a word of the text. Characters without a word stand alone;
//! quotations and words inside words are the business of [`super::pairs`].

use jieba_rs::{Jieba, Token};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The version of the dictionary and algorithm: that of the crate. `tests` compares it with `Cargo.lock`.
const JIEBA: &str = "jieba-rs 0.11.0";

/// Characters of the shortest word that is looked for inside longer ones by us and not by jieba.
const LENGTH_OF_INNER_WORDS: usize = 4;

/// Cuts folded text into words. Always the same words for the same text and the same extra words.
#[derive(Debug, Clone)]
pub struct Segmenter {
    jieba: Jieba,
    fingerprint: String,
    /// Whether it knows more words than the dictionary.
    extended: bool,
}

impl Segmenter {
    /// A segmenter that knows more words than the dictionary, for example titles. They are folded first; their order
    /// does not matter. Each gets the frequency at which it just wins against its parts.
    pub fn new(extra_words: &[String]) -> Segmenter {
        let extra = folded(extra_words);
        let base = &Segmenter::shared().jieba;
        let mut jieba = base.clone();
        for word in &extra {
            // By the dictionary without extra words, so that no word's frequency hangs on the others.
            jieba.add_word(word, Some(base.suggest_freq(word)), None);
        }
        Segmenter { jieba, fingerprint: fingerprint(&extra), extended: !extra.is_empty() }
    }

    /// The segmenter of the dictionary alone. Its first use loads the dictionary (a tenth of a second,
    /// 33 MB).
    pub fn shared() -> &'static Segmenter {
        static SHARED: LazyLock<Segmenter> =
            LazyLock::new(|| Segmenter { jieba: Jieba::new(), fingerprint: fingerprint(&[]), extended: false });
        &SHARED
    }

    /// The words of a query, in order, each part of the text in one word; without punctuation and spaces.
    pub fn words<'a>(&self, folded: &'a str) -> Vec<&'a str> {
        self.jieba.cut(folded, false).into_iter().map(|token| token.word).filter(|word| is_word(word)).collect()
    }

    /// The words of a text for ranking: those of [`Segmenter::words`] and before each extra word the words of the dictionary
    /// that it is made of. So an extra word adds to what its parts say and takes nothing from it.
    pub fn words_and_parts<'a>(&self, folded: &'a str) -> Vec<&'a str> {
        let words = self.words(folded);
        if !self.extended {
            return words;
        }
        let shared = Segmenter::shared();
        let mut all = Vec::with_capacity(words.len());
        for word in words {
            if word.chars().nth(1).is_some() && !shared.knows(word) {
                let parts = shared.words(word);
                if parts.len() > 1 {
                    all.extend(parts);
                }
            }
            all.push(word);
        }
        all
    }

    /// The words of a text for the index: those of [`Segmenter::words`], and before each the shorter dictionary words
    /// inside it (of two characters or more). The position is the code point at which the word begins, so words inside
    /// a word stand inside it, and the positions of one word rise.
    pub fn index_words<'a>(&self, folded: &'a str, mut word: impl FnMut(&'a str, usize)) {
        for Token { word: text, start, end, .. } in self.jieba.cut_for_search(folded, false) {
            if !is_word(text) {
                continue;
            }
            // jieba offers words of two and three characters inside a word; a title holds longer ones.
            if end - start > LENGTH_OF_INNER_WORDS {
                for inner in self.jieba.cut_all(text) {
                    let length = inner.end - inner.start;
                    if length >= LENGTH_OF_INNER_WORDS && length < end - start && self.knows(inner.word) {
                        word(inner.word, start + inner.start);
                    }
                }
            }
            word(text, start);
        }
    }

    /// Whether the dictionary has a word.
    pub fn knows(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }

    /// The class of a word that the dictionary has: n, v, nr for names of persons.
    pub fn class(&self, word: &str) -> Option<String> {
        self.jieba.has_word(word).then(|| self.jieba.tag(word, false).first().map(|tag| tag.tag.to_string()))?
    }

    /// The fingerprint of a segmenter with these extra words, known without loading its dictionary.
    pub fn fingerprint_with(extra_words: &[String]) -> String {
        fingerprint(&folded(extra_words))
    }

    /// Names the dictionary and the extra words: two segmenters of one fingerprint cut alike.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

/// Whether a text has a letter, a digit or a Han character in it: punctuation and spaces are no words. Characters of
/// private use are, since they stand for rare Han characters.
pub fn is_word(text: &str) -> bool {
    text.chars().any(is_word_character)
}

/// Whether a character makes a text a word, see [`is_word`].
pub fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

fn folded(extra_words: &[String]) -> Vec<String> {
    let mut extra: Vec<String> = extra_words.iter().map(|word| super::fold::fold_str(word)).collect();
    extra.retain(|word| word.chars().any(is_word_character));
    extra.sort_unstable();
    extra.dedup();
    extra
}

fn fingerprint(extra: &[String]) -> String {
    let mut digest = Sha256::new();
    for word in extra {
        digest.update(word.as_bytes());
        digest.update([0]);
    }
    let digest: String = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{JIEBA} {digest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn indexed(segmenter: &Segmenter, text: &str) -> Vec<(String, usize)> {
        let mut words = Vec::new();
        segmenter.index_words(text, |word, position| words.push((word.to_owned(), position)));
        words
    }

    #[test]
    fn queries_are_cut_without_punctuation() {
        let words = Segmenter::shared().words("责令改正,处3万元罚款.abc 12");
        assert_eq!(words, ["责令", "改正", "处", "3", "万元", "罚款", "abc", "12"]);
        assert!(Segmenter::shared().words("").is_empty());
        assert!(Segmenter::shared().words(",. ()").is_empty());
    }

    #[test]
    fn the_index_has_the_words_inside_words() {
        let words = indexed(Segmenter::shared(), "在中华人民共和国");
        let at = |word: &str| words.iter().find(|(text, _)| text == word).map(|(_, position)| *position);
        assert_eq!(at("在"), Some(0));
        assert_eq!(at("中华人民共和国"), Some(1));
        assert_eq!(at("人民"), Some(3));
        assert_eq!(at("共和国"), Some(5));
    }

    #[test]
    fn extra_words_are_words() {
        let title = "县城镇燃气管理暂行规定".to_owned();
        let plain = Segmenter::shared();
        assert!(plain.words(&title).len() > 1);
        let more = Segmenter::new(&[title.clone(), "，".to_owned()]);
        assert_eq!(more.words(&format!("依据《{title}》")), ["依据", title.as_str()]);
        assert!(indexed(&more, &title).contains(&("燃气".to_owned(), 3)));
        let longer = format!("某某省{title}");
        let both = Segmenter::new(&[title.clone(), longer.clone()]);
        assert!(indexed(&both, &longer).contains(&(title, 3)));
    }

    #[test]
    fn an_extra_word_takes_nothing_from_its_parts() {
        let more = Segmenter::new(&["河道管理".to_owned()]);
        assert_eq!(more.words_and_parts("禁止河道管理,违者"), ["禁止", "河道", "管理", "河道管理", "违者"]);
        for text in ["禁止管理", "abc 河道"] {
            assert_eq!(more.words_and_parts(text), Segmenter::shared().words(text));
        }
        assert_eq!(Segmenter::shared().words_and_parts("河道管理"), ["河道", "管理"]);
    }

    #[test]
    fn fingerprints_tell_dictionaries_apart() {
        let one = Segmenter::new(&["某某条例".to_owned(), "某某办法".to_owned()]);
        let same = Segmenter::new(&["某某办法".to_owned(), "某某條例".to_owned(), "某某办法".to_owned()]);
        assert_eq!(one.fingerprint(), same.fingerprint());
        assert_ne!(one.fingerprint(), Segmenter::shared().fingerprint());
        assert_eq!(Segmenter::new(&[]).fingerprint(), Segmenter::shared().fingerprint());
        assert_eq!(Segmenter::fingerprint_with(&["某某辦法".to_owned(), "某某条例".to_owned()]), one.fingerprint());
    }

    #[test]
    fn the_fingerprint_names_the_version_in_use() {
        let lock = include_str!("../../Cargo.lock");
        let (name, version) = JIEBA.split_once(' ').unwrap();
        assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"")), "{JIEBA} is not what is built");
    }

    proptest! {
        #[test]
        fn every_word_stands_where_it_is_said_to_stand(text in "[责令改正中华人民共和国a1.,+ \u{E004}]{0,24}|\\PC{0,12}") {
            let characters: Vec<char> = text.chars().collect();
            let words = indexed(Segmenter::shared(), &text);
            for (word, position) in &words {
                let length = word.chars().count();
                prop_assert_eq!(&characters[*position..position + length].iter().collect::<String>(), word);
            }
            // What is asked for is in the index, in the same order.
            let mut index = words.iter().map(|(word, _)| word.as_str());
            for word in Segmenter::shared().words(&text) {
                prop_assert!(index.any(|indexed| indexed == word));
            }
            // Nothing but what is no word is left out.
            let mut covered = vec![false; characters.len()];
            for (word, position) in &words {
                covered[*position..position + word.chars().count()].fill(true);
            }
            for (character, covered) in characters.iter().zip(covered) {
                prop_assert!(covered || !is_word_character(*character));
            }
        }
    }
}
