//! Which instrument the words before a place name: a title at their end, else a short name that everybody uses.

use super::super::find::name_begins;
use super::super::names::{Known, Names};
use super::super::typed::{interpretation, short_name_at_end};

/// The bearers of a title in book brackets that is a short name: 《民诉法解释》, 《公司法解释三》.
pub(super) fn short<'n>(key: &str, in_corpus: bool, names: &'n Names) -> Vec<&'n Known> {
    if let Some(known) = interpretation(key, names) {
        return vec![known];
    }
    let counts = key.ends_with('法') || key.ends_with("解释") || !in_corpus;
    short_name_at_end(key, names)
        .filter(|(name, _)| counts && name.len() == key.len())
        .map_or(Vec::new(), |found| found.1)
}

/// The name at the end of folded words with its bearers. Short names (食安法) count before a place alone, and only where they
/// begin as a name does: 农产品质量法 is no 质量法. Those of regulations (征收条例) may be of any place's, so that texts of a corpus
/// mean them only when they say the whole title.
pub(super) fn known<'w, 'n>(
    words: &'w str,
    placed: bool,
    in_corpus: bool,
    names: &'n Names,
) -> Option<(&'w str, Vec<&'n Known>)> {
    let numbered = words.get(name_begins(words)..).unwrap_or(words);
    if let Some(known) = interpretation(numbered, names) {
        return Some((numbered, vec![known]));
    }
    let titled = names.at_end_of(words);
    let short = if placed { short_name_at_end(words, names) } else { None };
    let Some((name, bearers)) = short else { return titled };
    let longer = titled.as_ref().is_none_or(|(title, _)| title.len() < name.len());
    let of_law = name.ends_with('法') || name.ends_with("解释");
    let begins = words.len() - name.len() == name_begins(words);
    if longer && begins && (of_law || !in_corpus) { Some((name, bearers)) } else { titled }
}
