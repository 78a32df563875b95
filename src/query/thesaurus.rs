//! What people say and what the law says: a table from everyday words and abbreviations to legal terms.
//!
//! ```text
//! # a comment
//! 摆摊 摆地摊 => 流动摊贩 占用道路      each word on the left leads to every term on the right, and not back
//! 公积金 = 住房公积金                  each leads to the others
//! 摆摊 =>                              leads nowhere: takes back what another table says
//! ```
//!
//! One step is taken, never two. `docs/thesaurus.md` tells users how to write a table of their own.

use crate::text::fold::fold_str;
use crate::text::words::{Segmenter, is_word_character};
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

/// Characters of a word or term. One character stands in too many words to mean anything by itself.
const WORD_CHARACTERS: std::ops::RangeInclusive<usize> = 2..=20;
/// Words of so many characters may also stand inside the words of the question.
const INNER_FROM: usize = 3;
/// Terms that a word leads to.
const TERMS_MAX: usize = 8;
/// Terms that a question is given.
const EXPANDED_MAX: usize = 8;
/// Lines of a table.
const LINES_MAX: usize = 20_000;
/// Characters of a question that are looked at.
const LOOKED_AT: usize = 2_000;

static EMBEDDED: LazyLock<Result<Thesaurus, Fault>> = LazyLock::new(|| Thesaurus::read(include_str!("thesaurus.txt")));

/// A word of a question and the terms that are looked for besides it, all folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The word as it stands in the folded question.
    pub word: String,
    /// The terms.
    pub terms: Vec<String>,
}

/// What is wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1 on.
    pub line: usize,
    /// Chinese message with the remedy.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "第 {} 行：{}", self.line, self.message)
    }
}

/// A table of words, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thesaurus {
    /// By first character: words, the longest first, and what they lead to.
    leads: HashMap<char, Vec<(String, Vec<String>)>>,
}

impl Thesaurus {
    /// The table of this release.
    ///
    /// # Errors
    /// The fault, if there is one (a test keeps it out).
    pub fn embedded() -> Result<&'static Thesaurus, Fault> {
        EMBEDDED.as_ref().map_err(Fault::clone)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// The first line that cannot be used, and why.
    pub fn read(text: &str) -> Result<Thesaurus, Fault> {
        let mut leads: HashMap<String, (usize, Vec<String>)> = HashMap::new();
        for (place, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let fault = |message: String| Fault { line: place + 1, message };
            if place >= LINES_MAX {
                return Err(fault(format!("超过 {LINES_MAX} 行，请分开或删减")));
            }
            for (word, terms) in entries(line).map_err(fault)? {
                if let Some((earlier, _)) = leads.get(&word) {
                    return Err(fault(format!("“{word}”在第 {} 行已经写过，请合并", earlier + 1)));
                }
                leads.insert(word, (place, terms));
            }
        }
        Ok(Thesaurus::of(leads.into_iter().map(|(word, (_, terms))| (word, terms))))
    }

    fn of(entries: impl Iterator<Item = (String, Vec<String>)>) -> Thesaurus {
        let mut leads: HashMap<char, Vec<(String, Vec<String>)>> = HashMap::new();
        for (word, terms) in entries {
            if let Some(first) = word.chars().next() {
                leads.entry(first).or_default().push((word, terms));
            }
        }
        leads.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        Thesaurus { leads }
    }

    /// This table with another one, whose words replace those of this one.
    pub fn with(&self, other: &Thesaurus) -> Thesaurus {
        let theirs: HashSet<&str> = other.entries().map(|(word, _)| word).collect();
        let kept = self.entries().filter(|(word, _)| !theirs.contains(word));
        Thesaurus::of(kept.chain(other.entries()).map(|(word, terms)| (word.to_owned(), terms.to_vec())))
    }

    /// Every word with the terms it leads to, in no particular order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.leads.values().flatten().map(|(word, terms)| (word.as_str(), terms.as_slice()))
    }

    /// The terms that a question is given: for each of its words that leads somewhere, the longest first where several begin
    /// together, those that do not stand in it anyway. A word of two characters counts only where the question is cut
    /// before and behind it, so that 黑车 is not found in 黑车厢.
    pub fn expand(&self, question: &str) -> Vec<Expansion> {
        let folded = fold_str(question);
        let end = folded.char_indices().nth(LOOKED_AT).map_or(folded.len(), |(end, _)| end);
        let folded = &folded[..end];
        let cuts = LazyCell::new(|| cuts_of(folded));
        let is_cut = |at: usize, end: usize| cuts.contains(&at) && cuts.contains(&end);
        let mut expansions: Vec<Expansion> = Vec::new();
        let (mut from, mut count) = (0, 0);
        for (at, first) in folded.char_indices() {
            let Some(words) = self.leads.get(&first).filter(|_| at >= from) else { continue };
            let stands = |word: &str| {
                let found = folded[at..].starts_with(word);
                found && (word.chars().count() >= INNER_FROM || is_cut(at, at + word.len()))
            };
            let Some((word, terms)) = words.iter().find(|(word, _)| stands(word)) else { continue };
            from = at + word.len();
            let is_new = |term: &&String| {
                !folded.contains(term.as_str()) && !expansions.iter().any(|other| other.terms.contains(term))
            };
            let terms: Vec<String> = terms.iter().filter(is_new).take(EXPANDED_MAX - count).cloned().collect();
            count += terms.len();
            if !terms.is_empty() {
                expansions.push(Expansion { word: word.clone(), terms });
            }
        }
        expansions
    }
}

/// Where the words of a folded text begin and end.
fn cuts_of(folded: &str) -> HashSet<usize> {
    let words = Segmenter::shared().words(folded);
    let places = words.into_iter().map(|word| (word.as_ptr() as usize - folded.as_ptr() as usize, word.len()));
    places.flat_map(|(start, length)| [start, start + length]).collect()
}

/// What one line says.
fn entries(line: &str) -> Result<Vec<(String, Vec<String>)>, String> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(Vec::new());
    }
    if let Some((words, terms)) = line.split_once("=>") {
        let (words, terms) = (checked(words)?, checked(terms)?);
        if words.is_empty() {
            return Err("“=>”前面没有词".to_owned());
        }
        if terms.len() > TERMS_MAX {
            return Err(format!("“=>”后面超过 {TERMS_MAX} 个词，请只留最贴切的"));
        }
        // A word may stand among the terms of its line for the sake of the other words.
        let lead = |word: String| {
            let others: Vec<String> = terms.iter().filter(|term| **term != word).cloned().collect();
            match others.is_empty() && !terms.is_empty() {
                true => Err(format!("“{word}”只指向自己")),
                false => Ok((word, others)),
            }
        };
        return words.into_iter().map(lead).collect();
    }
    let same: Vec<&str> = line.split('=').collect();
    let members = same.iter().map(|word| checked(word)).collect::<Result<Vec<_>, _>>()?;
    if same.len() < 2 || members.iter().any(|words| words.len() != 1) || same.len() > TERMS_MAX + 1 {
        return Err("应写作“甲 乙 => 丙 丁”或“甲 = 乙”；注释以 # 开头".to_owned());
    }
    let members = members.concat();
    if let Some(word) = members.iter().enumerate().find_map(|(at, word)| members[..at].contains(word).then_some(word)) {
        return Err(format!("“{word}”写了两次"));
    }
    let others = |word: &String| members.iter().filter(|other| *other != word).cloned().collect();
    Ok(members.iter().map(|word| (word.clone(), others(word))).collect())
}

/// The words of a side, folded.
fn checked(side: &str) -> Result<Vec<String>, String> {
    let mut words: Vec<String> = Vec::new();
    for word in side.split_whitespace() {
        let folded = fold_str(word);
        if !WORD_CHARACTERS.contains(&folded.chars().count()) {
            return Err(format!("“{word}”应为 2 到 20 个字"));
        }
        if let Some(sign) = folded.chars().find(|c| !is_word_character(*c)) {
            return Err(format!("“{word}”中不能有“{sign}”"));
        }
        if words.contains(&folded) {
            return Err(format!("“{word}”写了两次"));
        }
        words.push(folded);
    }
    Ok(words)
}

#[cfg(test)]
#[path = "thesaurus_tests.rs"]
mod tests;
