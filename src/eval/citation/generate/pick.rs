//! A random sentence of a random provision, and whether words stand in other texts of its instrument.

use crate::app::view::{BlockView, Holding, ReadingView};
use crate::app::{AppError, Asker, AuthorityLevel, Faju, Found, Kind, ProvisionKind, ValidityStatus};
use crate::law::identity::folded_title;
use crate::law::level::names_region;
use crate::rank::random::Random;
use crate::text::fold::fold_str;
use crate::text::numerals::chinese;
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Shortest and longest quotation, in letters and digits.
const CHARS: std::ops::RangeInclusive<usize> = 12..=400;
/// Versions kept read.
const KEPT_MAX: usize = 200;

/// A sentence or a whole 款 with the place it was taken from.
pub struct Picked {
    /// Provision id.
    pub id: String,
    /// Title of its instrument.
    pub title: String,
    /// 第十条之一.
    pub label: String,
    /// The words.
    pub words: String,
    instrument: usize,
    version: Rc<Read>,
}

/// A version, read.
struct Read {
    /// Label and words (letters and digits) of each article.
    articles: Vec<(String, String)>,
    /// Words of the whole text.
    words: String,
    view: ReadingView,
}

/// What there is to pick from.
pub struct Pool<'a> {
    faju: &'a Faju,
    asker: &'a Asker,
    holdings: Vec<Holding>,
    /// Holding and version, of those in force today and of those that have ended.
    standing: Vec<(usize, usize)>,
    ended: Vec<(usize, usize)>,
    read: RefCell<HashMap<String, Rc<Read>>>,
}

impl<'a> Pool<'a> {
    /// Instruments whose title no other bears, with versions in force or ended.
    pub fn of(faju: &'a Faju, asker: &'a Asker) -> Result<Pool<'a>, AppError> {
        let mut holdings = faju.inventory(None, asker)?;
        holdings.retain(|holding| holding.instrument.kind != Kind::Case);
        let mut bearers: HashMap<String, usize> = HashMap::new();
        for holding in &holdings {
            *bearers.entry(name(holding)).or_default() += 1;
        }
        holdings.retain(|holding| bearers.get(&name(holding)) == Some(&1));
        // A local title that does not say of which place is no sure citation.
        holdings.retain(|holding| {
            let region = holding.instrument.region.as_deref();
            region.is_none_or(|region| names_region(&holding.instrument.title, region))
        });
        let (mut standing, mut ended) = (Vec::new(), Vec::new());
        for (at, holding) in holdings.iter().enumerate() {
            let with = |wanted: &[ValidityStatus]| -> Vec<(usize, usize)> {
                let versions = holding.versions.iter().enumerate();
                versions.filter(|(_, version)| wanted.contains(&version.status)).map(|(v, _)| (at, v)).collect()
            };
            let in_force = with(&[ValidityStatus::InForce]);
            let unknown = with(&[ValidityStatus::Unknown]);
            // Two texts in force at once, or one of which nobody knows: what is the law today is not sure.
            if in_force.len() <= 1 && unknown.is_empty() {
                standing.extend(in_force);
                ended.extend(with(&[ValidityStatus::Amended, ValidityStatus::Repealed, ValidityStatus::Expired]));
            }
        }
        Ok(Pool { faju, asker, holdings, standing, ended, read: RefCell::default() })
    }

    fn read(&self, instrument: usize, version: usize) -> Result<Option<Rc<Read>>, AppError> {
        let Some(holding) = self.holdings.get(instrument) else { return Ok(None) };
        let Some(version) = holding.versions.get(version) else { return Ok(None) };
        let id = format!("{}@{}", holding.instrument.id, version.key);
        if let Some(read) = self.read.borrow().get(&id) {
            return Ok(Some(read.clone()));
        }
        let Found::Here(view) = self.faju.instrument(&id, None, self.asker)? else { return Ok(None) };
        let mut read = Read { articles: Vec::new(), words: String::new(), view };
        for block in &read.view.blocks {
            let BlockView::Provision { kind, label, text, .. } = block else { continue };
            let words = words(text);
            read.words.push_str(&words);
            read.words.push('\n');
            if *kind == ProvisionKind::Article {
                read.articles.push((label.clone(), words));
            }
        }
        let read = Rc::new(read);
        let mut kept = self.read.borrow_mut();
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(id, read.clone());
        Ok(Some(read))
    }

    /// A sentence of a random article of a random version, in force or ended; `None` if the article picked has none.
    pub fn pick(&self, random: &mut Random, ended: bool) -> Result<Option<Picked>, AppError> {
        let Some((instrument, version)) = random.choose(if ended { &self.ended } else { &self.standing }).copied()
        else {
            return Ok(None);
        };
        let Some(version) = self.read(instrument, version)? else { return Ok(None) };
        let articles: Vec<(&str, &str, &str)> = version
            .view
            .blocks
            .iter()
            .filter_map(|block| match block {
                BlockView::Provision { id, key, kind: ProvisionKind::Article, label, text, .. }
                    if !key.contains('~') =>
                {
                    Some((id.as_str(), label.as_str(), text.as_str()))
                }
                _ => None,
            })
            .collect();
        let Some((id, label, text)) = random.choose(&articles).copied() else { return Ok(None) };
        let units = units(text);
        let Some(words) = random.choose(&units).cloned() else { return Ok(None) };
        let title = version.view.instrument.title.clone();
        Ok(Some(Picked {
            id: id.to_string(),
            title,
            label: label.to_string(),
            words,
            instrument,
            version: version.clone(),
        }))
    }

    /// Whether changed words stand in no version of the instrument, but for those that only deny them.
    pub fn stands_nowhere(&self, picked: &Picked, changed: &str) -> Result<bool, AppError> {
        let changed = words(changed);
        let count = self.holdings.get(picked.instrument).map_or(0, |holding| holding.versions.len());
        for version in 0..count {
            let Some(read) = self.read(picked.instrument, version)? else { continue };
            let stands = |(at, _): (usize, &str)| !read.words.get(..at).is_some_and(|before| before.ends_with('不'));
            if read.words.match_indices(&changed).any(stands) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether words of an ended version stand in no text of today.
    pub fn does_not_stand_today(&self, picked: &Picked) -> Result<bool, AppError> {
        let wanted = words(&picked.words);
        let versions = self.standing.iter().filter(|(instrument, _)| *instrument == picked.instrument);
        for (instrument, version) in versions {
            if self.read(*instrument, *version)?.is_some_and(|read| read.words.contains(&wanted)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// An article that stands under another number now.
pub struct Moved {
    /// Title of its instrument.
    pub title: String,
    /// The old number.
    pub label: String,
    /// A sentence of it.
    pub words: String,
    /// A day on which the old number was right.
    pub day: Date,
}

impl Pool<'_> {
    /// The title of an instrument that is no longer in force.
    pub fn over(&self, random: &mut Random) -> Option<String> {
        let (at, _) = random.choose(&self.ended).copied()?;
        let holding = self.holdings.get(at)?;
        let over = |status| matches!(status, ValidityStatus::Repealed | ValidityStatus::Expired);
        let all = holding.versions.first().is_some_and(|version| over(version.status))
            && !holding.versions.iter().any(|version| version.status == ValidityStatus::InForce);
        all.then(|| holding.instrument.title.clone())
    }

    /// The title of an instrument in force with its number (国办发〔2018〕37号).
    pub fn numbered(&self, random: &mut Random) -> Option<(String, String)> {
        let (at, _) = random.choose(&self.standing).copied()?;
        let instrument = &self.holdings.get(at)?.instrument;
        let number = instrument.document_number.clone()?;
        Some((instrument.title.clone(), number))
    }

    /// A sentence of an article of an amended text that stands in the text in force, once and under another number.
    pub fn moved(&self, random: &mut Random) -> Result<Option<Moved>, AppError> {
        let Some(picked) = self.pick(random, true)? else { return Ok(None) };
        let current = self.standing.iter().find(|(instrument, _)| *instrument == picked.instrument);
        let Some(now) = current.map(|(instrument, version)| self.read(*instrument, *version)).transpose()?.flatten()
        else {
            return Ok(None);
        };
        // The words of an article begin with its number.
        let bare = |(label, words): &(String, String)| words.strip_prefix(label.as_str()).map(str::to_string);
        let old = picked.version.articles.iter().find(|(label, _)| *label == picked.label).and_then(bare);
        let holders: Vec<&String> = now
            .articles
            .iter()
            .filter(|article| old.is_some() && bare(article) == old)
            .map(|(label, _)| label)
            .collect();
        let day = picked.version.view.version.as_ref().and_then(|version| version.effective_from);
        Ok(match (holders.as_slice(), day) {
            ([label], Some(day)) if **label != picked.label => Some(Moved {
                title: picked.title.clone(),
                label: picked.label.clone(),
                words: picked.words.clone(),
                day,
            }),
            _ => None,
        })
    }
}

/// What an instrument is cited by: interpretations of the courts with or without the courts before 关于.
fn name(holding: &Holding) -> String {
    let title = folded_title(&holding.instrument.title);
    let about = title.find("关于").filter(|_| holding.instrument.level == Some(AuthorityLevel::JudicialInterpretation));
    about.and_then(|at| title.get(at..)).map_or(title.clone(), str::to_string)
}

impl Picked {
    /// Articles of the version.
    pub fn articles(&self) -> usize {
        self.version.articles.len()
    }

    /// Whether its last article bears as its number how many there are.
    pub fn is_counted_through(&self) -> bool {
        let last = self.version.articles.last().map(|(label, _)| label.as_str());
        last == Some(&format!("第{}条", chinese(self.articles() as u64)))
    }

    /// Whether the version has an article.
    pub fn has(&self, label: &str) -> bool {
        self.version.articles.iter().any(|(own, _)| own == label)
    }

    /// Another article of the same version that has not these words.
    pub fn other_article(&self, random: &mut Random) -> Option<String> {
        let wanted = words(&self.words);
        let others: Vec<&str> = self
            .version
            .articles
            .iter()
            .filter(|(label, words)| *label != self.label && !words.contains(&wanted))
            .map(|(label, _)| label.as_str())
            .collect();
        random.choose(&others).map(|label| (*label).to_string())
    }
}

/// Letters and digits of a text, folded.
fn words(text: &str) -> String {
    fold_str(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The paragraphs (with their lists) of an article and the sentences of each, without the number of the article.
fn units(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    for (at, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let line = if at == 0 { without_number(line) } else { line };
        match paragraphs.last_mut() {
            Some(last) if last.ends_with(['：', '；', ':', ';']) || line.starts_with(['（', '(']) => {
                last.push('\n');
                last.push_str(line);
            }
            _ => paragraphs.push(line.to_string()),
        }
    }
    let sentences = paragraphs
        .iter()
        .flat_map(|paragraph| paragraph.split_inclusive('。').map(str::trim).map(str::to_string).collect::<Vec<_>>());
    let mut units: Vec<String> = sentences.chain(paragraphs.iter().cloned()).collect();
    units.retain(|unit| CHARS.contains(&words(unit).chars().count()) && unit.ends_with('。') && is_balanced(unit));
    units
}

fn without_number(line: &str) -> &str {
    let number = line.find('条').filter(|_| line.starts_with('第'));
    let Some(rest) = number.and_then(|at| line.get(at + '条'.len_utf8()..)) else { return line };
    let insertion = rest.strip_prefix('之').map(|rest| rest.trim_start_matches(|c| "一二三四五六七八九十".contains(c)));
    insertion.unwrap_or(rest).trim_start()
}

/// Whether every quotation mark and bracket in it is opened and closed in order.
fn is_balanced(unit: &str) -> bool {
    let closes = |(open, close): &(char, char)| {
        let depth = unit.chars().try_fold(0usize, |depth, c| match c {
            c if c == *open => Some(depth + 1),
            c if c == *close => depth.checked_sub(1),
            _ => Some(depth),
        });
        depth == Some(0)
    };
    [('“', '”'), ('‘', '’'), ('（', '）'), ('《', '》')].iter().all(closes) && !unit.contains('"')
}
