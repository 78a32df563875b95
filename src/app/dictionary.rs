//! The dictionary of a new index: what the journal holds when it is made, and the words of the user's file.

use super::corrections::Revised;
use super::error::AppError;
use super::faju::Settings;
use super::user_file::UserFile;
use crate::citation::typed::short_names;
use crate::corpus::record::reaches;
use crate::corpus::{CorpusError, Journal, Place, Put, Record, records};
use crate::index::dictionary::{Dictionary, Harvest, Source};
use crate::law::Kind;
use crate::text::fold::fold_str;
use crate::text::words::is_word_character;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;

/// Name of the user's file in the data directory.
const FILE: &str = "words.txt";
/// Characters of one of its words: a longer one is found by its pairs as well.
const CHARS: std::ops::RangeInclusive<usize> = 2..=32;
/// Bytes of journal lines that are read together.
const ROUND_BYTES: usize = 12 << 20;

/// Derives the dictionary for an index of a journal as it is now.
///
/// # Errors
/// What is wrong with the user's file, with its line; whatever keeps the journal from being read. What is damaged in the
/// journal is left out here and told by who projects it.
pub fn dictionary(settings: &Settings, journal: &Journal) -> Result<Dictionary, AppError> {
    let mut words = own(&settings.data.join(FILE))?;
    if journal.is_empty() {
        return Ok(Dictionary { words: sorted(words), ..Dictionary::default() });
    }
    let end = journal.end();
    let standing = standing(journal, &settings.node)?;
    let mut harvest = Harvest::default();
    each_round(journal, &mut |records| {
        let puts: Vec<Put> =
            records.into_par_iter().filter_map(|(place, record)| standing.put(place, record, &settings.node)).collect();
        harvest.take(&puts.iter().map(source).collect::<Vec<Source<'_>>>());
    })?;
    let (derived, mut growth) = harvest.words(short_names());
    words.extend(derived);
    growth.derived_to = end.to_string();
    Ok(Dictionary { words: sorted(words), growth })
}

/// Which records still stand, and the corrections of them.
struct Standing {
    places: HashSet<Place>,
    acts: HashMap<String, Vec<(Place, Record)>>,
}

impl Standing {
    /// The text of an instrument, as it stands.
    fn put(&self, place: Place, record: Record, own: &str) -> Option<Put> {
        let Record::Put(put) = record else { return None };
        // Cases are of persons: no word comes from them.
        if put.document.kind == Kind::Case || !self.places.contains(&place) {
            return None;
        }
        Some(match self.acts.get(put.id.as_str()) {
            Some(acts) => Revised::of(*put, acts, own).put,
            None => *put,
        })
    }
}

fn standing(journal: &Journal, own: &str) -> Result<Standing, AppError> {
    let mut latest: HashMap<String, HashMap<String, Place>> = HashMap::new();
    let mut acts: HashMap<String, Vec<(Place, Record)>> = HashMap::new();
    each_round(journal, &mut |records| {
        for (place, record) in records {
            match record {
                Record::Put(put) => drop(latest.entry(put.id.0).or_default().insert(put.origin, place)),
                Record::Withdraw(act) => {
                    if let Some(origins) = latest.get_mut(act.id.as_str()) {
                        origins.retain(|origin, _| !act.takes(origin, own));
                    }
                }
                Record::Correct(_) => acts.entry(record.id().0.clone()).or_default().push((place, record)),
                Record::Redact(act) => {
                    if let Some(origins) = latest.get_mut(act.id.as_str()) {
                        origins.retain(|origin, _| !reaches(act.node.as_deref(), origin, own));
                    }
                }
                Record::Relate(_) | Record::Erased(_) => {}
            }
        }
    })?;
    let places = latest.into_values().flat_map(HashMap::into_values).collect();
    Ok(Standing { places, acts })
}

fn each_round(journal: &Journal, visit: &mut dyn FnMut(Vec<(Place, Record)>)) -> Result<(), AppError> {
    let (mut frames, mut bytes) = (Vec::new(), 0);
    for frame in journal.scan_frames(None)? {
        match frame {
            Ok(frame) => {
                bytes += frame.text().len();
                frames.push(frame);
            }
            Err(CorpusError::Damaged(_)) => {}
            Err(error) => return Err(error.into()),
        }
        if bytes >= ROUND_BYTES {
            bytes = 0;
            visit(records(std::mem::take(&mut frames))?);
        }
    }
    visit(records(frames)?);
    Ok(())
}

fn source(put: &Put) -> Source<'_> {
    let document = &put.document;
    Source {
        instrument: put.instrument.as_ref().map_or(put.id.as_str(), |id| id.as_str()),
        title: &document.title,
        text: &document.text,
        access: document.access.unwrap_or_default(),
    }
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of the user's file, one a line; none without such a file.
fn own(path: &Path) -> Result<Vec<String>, AppError> {
    let file = UserFile { what: "词语文件", path };
    let text = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        about => file.text(about.map_or(0, |about| about.len()))?,
    };
    let mut words = Vec::new();
    for (line, text) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
        let word = text.split('#').next().unwrap_or_default().trim();
        if word.is_empty() {
            continue;
        }
        let folded = fold_str(word);
        if let Some(fault) = fault(word, &folded) {
            let message = format!("“{}”{fault}", word.chars().take(*CHARS.end()).collect::<String>());
            return Err(file.wrong_line(line, &format!("第 {line} 行：{message}"), &message));
        }
        words.push(folded);
    }
    Ok(words)
}

/// Why a line is no word. White space is looked for before folding, which takes it away between Han characters.
fn fault(word: &str, folded: &str) -> Option<&'static str> {
    let length = folded.chars().count();
    match () {
        () if length > *CHARS.end() => Some("超过 32 个字，请每行写一个词"),
        () if length < *CHARS.start() => Some("只有一个字；每个字本来就能单独查到，请删去"),
        () if word.contains(char::is_whitespace) || !folded.chars().all(is_word_character) => {
            Some("中有空格或标点，请每行写一个不带标点的词")
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::ErrorCode;

    #[test]
    fn the_words_of_the_user_are_read_line_by_line() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join(FILE);
        assert!(own(&file).unwrap().is_empty());
        fs::write(&file, "\u{FEFF}# 本县的词\n\n河長制  # 旧写法\r\n网格员\n").unwrap();
        assert_eq!(own(&file).unwrap(), ["河长制", "网格员"]);
        for (wrong, why) in
            [("甲", "一个字"), ("河 长", "空格"), ("河长、网格", "标点"), (&*"长".repeat(33), "超过 32")]
        {
            fs::write(&file, format!("网格员\n\n{wrong}\n")).unwrap();
            let error = own(&file).unwrap_err();
            assert!(error.detail.contains("第 3 行") && error.detail.contains(why), "{error}");
            assert!(error.detail.contains(FILE) && error.errors[0].line == Some(3), "{error}");
        }
        fs::write(&file, b"\xff").unwrap();
        assert_eq!(own(&file).unwrap_err().code, ErrorCode::NotText);
    }
}
