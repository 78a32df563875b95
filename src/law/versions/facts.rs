//! What two texts are compared by.

use crate::law::document::Document;
use crate::law::event::{Event, EventSource};
use crate::law::history::{Act, acts};
use crate::law::provision::{ProvisionKind, Structure};
use crate::text::fold::fold_str;
use jiff::civil::Date;
use std::collections::HashMap;

/// What decides whether two texts are one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionFacts {
    /// The last making or changing of the text that is told.
    pub last_act: Option<Act>,
    /// Whether history lines tell of it; otherwise it is stated metadata, which does not say what its date is of.
    pub history_tells: bool,
    /// 文号 or number of the order, as far as it says its year: 令〔2024〕6号.
    pub number: Option<String>,
    /// A date of unknown kind (from a file name), until the history of another source says what happened on it.
    pub source_date: Option<Date>,
    /// The first day in force that the source states.
    pub effective_date: Option<Date>,
    /// Articles, units or paragraphs in order.
    pub units: Vec<Unit>,
}

/// One article (or unit) as far as it is compared. Digests are not kept beyond the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Key of the provision.
    pub key: String,
    /// Whether it is an article; preambles, annexes and units are not.
    pub is_article: bool,
    /// Digest of its words: without white space and punctuation, widths alike.
    pub digest: u64,
    /// Digest of its numbers, negations and modal verbs in order.
    pub weight: u64,
}

impl VersionFacts {
    /// The facts of one text. Linear in the text; without a structure articles are found by the beginnings of lines.
    pub fn of(document: &Document, structure: &Structure, events: &[Event]) -> VersionFacts {
        let last_act = acts(events).pop();
        let told = |event: &Event| event.source == EventSource::History && event.kind.makes_text();
        VersionFacts {
            last_act,
            history_tells: events.iter().any(told),
            number: number(document),
            source_date: document.source_date,
            effective_date: document.effective_date,
            units: units(&document.text, structure),
        }
    }

    /// How many articles it has.
    pub(super) fn article_count(&self) -> usize {
        self.units.iter().filter(|unit| unit.is_article).count()
    }

    /// Whether the article weighs the same in both texts: same numbers, negations and modal verbs.
    pub(super) fn weighs_like(&self, other: &VersionFacts, key: &str) -> bool {
        let weight = |facts: &VersionFacts| facts.units.iter().find(|unit| unit.key == key).map(|unit| unit.weight);
        weight(self).is_some() && weight(self) == weight(other)
    }
}

/// The number stated, else a history line that is nothing but the number of an order; numbers that start anew every year
/// only with their year.
fn number(document: &Document) -> Option<String> {
    let lines = document.history.iter().map(String::as_str);
    document.document_number.as_deref().into_iter().chain(lines).find_map(plain_number)
}

/// Characters of a line that is nothing but a number.
const NUMBER_CHARS_MAX: usize = 40;

/// `（中国云行令〔2024〕第6号）` → `中国云行令2024 6`: authority, year and number, however written.
fn plain_number(line: &str) -> Option<String> {
    if line.chars().count() > NUMBER_CHARS_MAX {
        return None;
    }
    let folded = fold_str(line);
    let bare = folded.trim_matches(|c: char| c.is_whitespace() || c == '(' || c == ')').strip_suffix('号')?;
    let digits = bare.len() - bare.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (head, number) = bare.split_at(bare.len() - digits);
    let head = head.trim_end_matches(|c: char| c.is_whitespace() || c == '第');
    let head = head.trim_end_matches(|c: char| !c.is_alphanumeric() || c == '年');
    let (authority, year) = head.split_at_checked(head.len().checked_sub(4)?)?;
    let authority = authority.trim_end_matches(|c: char| !c.is_alphanumeric());
    let year: u16 = year.parse().ok()?;
    let number: u32 = number.parse().ok()?;
    let is_name = !authority.is_empty() && authority.chars().all(|c| matches!(c, '一'..='\u{9fff}'));
    (is_name && (1949..2100).contains(&year)).then(|| format!("{authority}{year} {number}"))
}

fn units(text: &str, structure: &Structure) -> Vec<Unit> {
    let mut units: Vec<Unit> = structure
        .provisions()
        .filter(|(provision, _)| provision.kind != ProvisionKind::Signature)
        .filter_map(|(provision, span)| {
            let is_article = provision.kind == ProvisionKind::Article;
            Some(unit(provision.key.clone(), is_article, text.get(span.clone())?))
        })
        .collect();
    if units.is_empty() {
        units = units_of_lines(text);
    }
    units
}

/// Articles by the beginnings of lines; a text without articles line by line.
fn units_of_lines(text: &str) -> Vec<Unit> {
    let mut starts: Vec<(usize, String)> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if let Some(label) = article_label(line) {
            starts.push((at, label));
        }
        at += line.len() + 1;
    }
    if starts.is_empty() {
        let lines = text.split('\n').filter(|line| !line.trim().is_empty()).enumerate();
        return lines.map(|(number, line)| unit(format!("l{}", number + 1), false, line)).collect();
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut units = Vec::with_capacity(starts.len());
    let ends: Vec<usize> = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]).collect();
    for ((start, label), end) in starts.into_iter().zip(ends) {
        let count = seen.entry(label.clone()).or_default();
        *count += 1;
        let key = if *count == 1 { label } else { format!("{label}~{count}") };
        let whole = text.get(start..end).unwrap_or("");
        let words: String = whole.split('\n').filter(|line| !line.starts_with('#')).collect();
        units.push(unit(key, true, &words));
    }
    units
}

/// 第十条 or 第十条之一 with which a line begins, without white space.
fn article_label(line: &str) -> Option<String> {
    let bare = line.trim_start_matches(|c: char| c.is_whitespace() || c == '*');
    if !bare.starts_with(['第', '笫']) {
        return None;
    }
    let end = bare.char_indices().take(14).find(|(_, c)| *c == '条').map(|(at, c)| at + c.len_utf8())?;
    let number = bare.get("第".len()..end - "条".len())?;
    let is_number = |c: char| c.is_whitespace() || c.is_ascii_digit() || "零〇○一二三四五六七八九十百千".contains(c);
    if number.is_empty() || !number.chars().all(is_number) {
        return None;
    }
    let suffix: String = bare.get(end..)?.strip_prefix('之').map_or(String::new(), |rest| {
        let digits = rest.chars().take_while(|c| "一二三四五六七八九十".contains(*c));
        std::iter::once('之').chain(digits).collect()
    });
    Some(format!("第{}条{suffix}", number.split_whitespace().collect::<String>()))
}

fn unit(key: String, is_article: bool, text: &str) -> Unit {
    let (mut words, mut weight) = (Digest::default(), Digest::default());
    let mut last = ' ';
    let mut point = false;
    for c in if is_article { after_label(text) } else { text }.chars() {
        let plain = match c {
            '一'..='\u{9fff}' => c,
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '○' | '◯' => '〇',
            other => other,
        };
        if plain == '.' {
            point = last.is_ascii_digit();
            continue;
        }
        if !matters(plain) {
            continue;
        }
        let plain = plain.to_ascii_lowercase();
        if std::mem::take(&mut point) && plain.is_ascii_digit() {
            words.add('.');
            weight.add('.');
        }
        words.add(plain);
        if weighs(plain) {
            weight.add(plain);
        }
        last = plain;
    }
    Unit { key, is_article, digest: words.0, weight: weight.0 }
}

/// The words of an article without its 第十条, which sources write in different numerals and which the key says already.
fn after_label(text: &str) -> &str {
    let label = text.char_indices().take(24).find(|(_, c)| *c == '条').map(|(at, c)| at + c.len_utf8());
    label.and_then(|end| text.get(end..)).unwrap_or(text)
}

/// A quick digest of characters. It is compared only with others of the same process and guards nothing.
#[derive(Default)]
struct Digest(u64);

impl Digest {
    fn add(&mut self, c: char) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// Whether a character is part of the words.
fn matters(c: char) -> bool {
    matches!(c, '一'..='\u{9fff}' | '%' | '‰' | '〇') || c.is_alphanumeric()
}

/// Whether a difference in this character may be a difference in law: numbers, negation, must and may.
#[rustfmt::skip]
fn weighs(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '%' | '‰' | '〇' | '零' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
            | '百' | '千' | '万' | '亿' | '倍' | '半'
            | '不' | '无' | '未' | '非' | '免' | '禁' | '勿' | '否'
            | '应' | '须' | '必' | '可' | '得'
    )
}
