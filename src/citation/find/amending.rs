//! Decisions that amend others (修改决定, 修正案): which instrument each stretch of one speaks of, and whether of the text
//! before the change (将第八条修改为) or after it (the new words in quotation marks).
//!
//! The instrument is the one that the heading or the opening sentence of the section names (一、修改《…》); where a section
//! names several, none. Quotation marks that do not match make a stretch that speaks of nothing that can be known.

use super::super::mention::Change;
use super::super::names::title_key;
use super::title;
use crate::law::structure::numbers::{leading, ordinal};
use crate::text::points::{boundary_after, boundary_before};
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Bytes before a quotation that tell what it is.
const LEAD_BYTES_MAX: usize = 240;
/// Bytes behind a title that tell whether it is amended.
const TAIL_BYTES_MAX: usize = 600;

/// A stretch of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Where the numbered unit begins in which it stands.
    pub unit: usize,
    /// Folded title of what it speaks of; `None` if nobody can know.
    pub key: Option<String>,
    /// Words that are given to the instrument or taken from it; `None` outside quotation marks.
    pub quoted: Option<Change>,
}

/// A decision, divided.
#[derive(Debug, Default)]
pub struct Amending {
    zones: Vec<Zone>,
    /// Folded titles of instruments whose articles get other numbers.
    renumbered: HashSet<String>,
    /// What it says it amends: folded titles with the bytes of the titles, in order.
    pub titles: Vec<(String, Range<usize>)>,
}

impl Amending {
    /// Divides a decision. `whole` is the instrument that its title names, if it names one.
    pub fn read(text: &str, whole: Option<&str>) -> Amending {
        let names = whole.map(str::to_string).into_iter().collect();
        let root = Unit { mark: None, start: 0, names, several: false };
        let mut reader = Reader { text, units: vec![root], quote: None, from: 0, amending: Amending::default() };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            reader.line(start..start + line.len());
            start += line.len();
        }
        if let Some(quote) = reader.quote.take() {
            reader.close(quote, start, false);
        }
        reader.amending
    }

    /// The stretch in which a byte of the text stands.
    pub fn zone(&self, at: usize) -> Option<&Zone> {
        let place = self.zones.partition_point(|zone| zone.span.end <= at);
        self.zones.get(place).filter(|zone| zone.span.contains(&at))
    }

    /// Whether the articles of an instrument get other numbers without all of them being told.
    pub fn is_renumbered(&self, key: &str) -> bool {
        self.renumbered.contains(key)
    }
}

/// How a unit is marked: 一、 （一） 1. （1）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Han,
    HanBracketed,
    Digit,
    DigitBracketed,
}

/// The mark at the beginning of a line, and where what follows it begins.
fn mark(line: &str) -> Option<(Mark, usize)> {
    let bare = line.trim_start_matches([' ', '\u{3000}', '\t']);
    let begin = line.len() - bare.len();
    let open = bare.chars().next().filter(|c| matches!(c, '（' | '('));
    let inner = &bare[open.map_or(0, char::len_utf8)..];
    let number = leading(inner)?;
    let is_digit = inner.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let close = inner.get(number.len..)?.chars().next()?;
    let fits = if open.is_some() { matches!(close, '）' | ')') } else { matches!(close, '、' | '.' | '．') };
    let mark = match (open.is_some(), is_digit) {
        (false, false) => Mark::Han,
        (true, false) => Mark::HanBracketed,
        (false, true) => Mark::Digit,
        (true, true) => Mark::DigitBracketed,
    };
    fits.then(|| (mark, begin + open.map_or(0, char::len_utf8) + number.len + close.len_utf8()))
}

/// A numbered unit with what its own words say it amends.
struct Unit {
    mark: Option<Mark>,
    start: usize,
    names: Vec<String>,
    /// 《…》等十九件.
    several: bool,
}

/// A quotation that has begun.
struct Quote {
    start: usize,
    depth: usize,
    key: Option<String>,
    change: Option<Change>,
}

struct Reader<'t> {
    text: &'t str,
    /// From the whole decision down to the unit that is read.
    units: Vec<Unit>,
    quote: Option<Quote>,
    /// Where the stretch outside quotation marks begins that is read.
    from: usize,
    amending: Amending,
}

impl Reader<'_> {
    fn line(&mut self, span: Range<usize>) {
        let line = self.text.get(span.clone()).unwrap_or_default();
        if self.quote.is_some() && is_instruction(line) {
            // A quotation that nobody closed: what was taken for its words is nothing that can be known.
            if let Some(quote) = self.quote.take() {
                self.close(quote, span.start, false);
            }
        }
        if self.quote.is_none() {
            self.from = span.start;
            if let Some((mark, _)) = mark(line) {
                self.enter(mark, span.start);
            }
        }
        for (at, c) in line.char_indices() {
            let begins = line.get(..at).is_some_and(|before| before.trim().is_empty());
            let (at, end) = (span.start + at, span.start + at + c.len_utf8());
            match (c, &mut self.quote) {
                ('“' | '「' | '"', None) => self.open(at, end),
                ('“' | '「', Some(quote)) if !begins => quote.depth += 1,
                ('”' | '」', Some(quote)) if quote.depth > 1 => quote.depth -= 1,
                ('”' | '」' | '"', Some(_)) => {
                    if let Some(quote) = self.quote.take() {
                        self.close(quote, at, true);
                    }
                    self.from = end;
                }
                _ => {}
            }
        }
        if self.quote.is_none() {
            self.lead(span.end);
        }
    }

    /// Enters a unit: it ends all that stand at its level or below it.
    fn enter(&mut self, mark: Mark, start: usize) {
        if let Some(level) = self.units.iter().position(|unit| unit.mark == Some(mark)) {
            self.units.truncate(level);
        }
        self.units.push(Unit { mark: Some(mark), start, names: Vec::new(), several: false });
    }

    /// What the unit speaks of: named by itself, else by the nearest above it that names any.
    fn key(&self) -> Option<String> {
        let unit = self.units.iter().rev().find(|unit| unit.several || !unit.names.is_empty())?;
        unit.names.first().filter(|_| unit.names.len() == 1 && !unit.several).cloned()
    }

    fn unit(&self) -> usize {
        self.units.last().map_or(0, |unit| unit.start)
    }

    /// Ends a stretch outside quotation marks.
    fn lead(&mut self, end: usize) {
        let span = self.from..end;
        let Some(words) = self.text.get(span.clone()).filter(|words| !words.trim().is_empty()) else { return };
        for found in amended_titles(self.text, span.clone()) {
            self.amending.titles.push((found.key.clone(), found.span));
            if let Some(unit) = self.units.last_mut() {
                unit.several |= found.and_others;
                // Two are as many as several.
                if unit.names.len() < 2 && !unit.names.contains(&found.key) {
                    unit.names.push(found.key);
                }
            }
        }
        let key = self.key();
        if let Some(key) = key.as_ref().filter(|_| renumbers(words)) {
            self.amending.renumbered.insert(key.clone());
        }
        let unit = self.unit();
        self.amending.zones.push(Zone { span, unit, key, quoted: None });
    }

    fn open(&mut self, at: usize, start: usize) {
        let before = self.amending.zones.last().and_then(|zone| zone.quoted);
        self.lead(at);
        let from = boundary_before(self.text, at.saturating_sub(LEAD_BYTES_MAX)).max(self.unit());
        let lead = self.text.get(from..at).unwrap_or_default();
        let change = match JOINED.is_match(self.text.get(self.from..at).unwrap_or_default()) {
            true => before,
            false => change(lead),
        };
        self.quote = Some(Quote { start, depth: 1, key: self.key(), change });
    }

    fn close(&mut self, quote: Quote, end: usize, whole: bool) {
        let unit = self.unit();
        let behind = self.text.get(end..).unwrap_or_default().trim_start_matches(['”', '」', '"', '，', ',', ' ']);
        let replaced = REPLACED.iter().any(|verb| behind.starts_with(verb));
        // “第九条”调整为“第八条”，“第十条”调整为“第九条”: the verb behind says more than what the quotation is joined to.
        let change = replaced.then_some(Change::Before).or(quote.change);
        let key = quote.key.filter(|_| whole && change.is_some());
        // Without a key its side says nothing.
        let quoted = Some(change.unwrap_or(Change::After));
        self.amending.zones.push(Zone { span: quote.start..end, unit, key, quoted });
    }
}

/// Verbs behind words that others take the place of.
const REPLACED: [&str; 6] = ["修改为", "改为", "调整为", "变更为", "修正为", "修订为"];

/// What joins quotations to a series.
static JOINED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s*[、，和与及]\s*$").expect("a fixed pattern"));

/// What the words before a quotation say of it: given to the instrument or taken from it.
fn change(lead: &str) -> Option<Change> {
    static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
        let place = r"(?:作为|改为|增加)[^，。；”]*";
        Regex::new(&format!(r"(?:(?:修改|改|修订|修正|表述|调整|变更)为|{place})(?:规定)?[，：:\s]*$"))
            .expect("a fixed pattern")
    });
    static TAKEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:中的?|删[去除]|将|把|末尾的|规定的)\s*$").expect("a fixed pattern"));
    if GIVEN.is_match(lead) {
        return Some(Change::After);
    }
    TAKEN.is_match(lead).then_some(Change::Before)
}

/// Whether words give articles other numbers.
fn renumbers(words: &str) -> bool {
    static RENUMBERS: LazyLock<Regex> = LazyLock::new(|| {
        let number = "[零〇一二两三四五六七八九十百千0-9]+";
        let several = format!("第{number}条(?:[、，和至及]*第{number}条)*");
        Regex::new(&format!(
            "顺序|序号|重新编排|合并|删[去除]{several}(?:$|[，。；：、和\\s])|{several}(?:相应)?改为第|增加{number}条[^之“]*$"
        ))
        .expect("a fixed pattern")
    });
    RENUMBERS.is_match(words)
}

/// Whether a line instructs to amend: it cannot be the new words of an article.
fn is_instruction(line: &str) -> bool {
    let Some(rest) = mark(line).and_then(|(_, end)| line.get(end..)) else { return false };
    let verbs = ["将", "删去", "删除", "修改", "对", "在", "把", ""];
    verbs.iter().filter_map(|verb| rest.strip_prefix(verb)).any(|rest| {
        let article = ordinal(rest).and_then(|number| rest.get(number.len..)).is_some_and(|r| r.starts_with('条'));
        article && rest.contains("修改") || rest.starts_with('《') && AMENDS.iter().any(|word| line.contains(word))
    })
}

/// Words of a sentence that amends.
const AMENDS: [&str; 12] =
    ["修改", "修正", "修订", "删去", "删除", "增加", "改为", "作如下", "作出如下", "作以下", "作出修改", "作为第"];

/// A title that a stretch says is amended.
struct Amended {
    key: String,
    /// Bytes with the brackets.
    span: Range<usize>,
    and_others: bool,
}

/// The titles that a stretch outside quotation marks says are amended.
fn amended_titles(text: &str, span: Range<usize>) -> Vec<Amended> {
    let mut found = Vec::new();
    let (mut at, mut before_end) = (span.start, None);
    while let Some(start) = text.get(at..span.end).and_then(|rest| rest.find('《')).map(|offset| at + offset) {
        let Some(title) = title::read(text, start) else {
            at = start + '《'.len_utf8();
            continue;
        };
        at = title.end.max(start + '《'.len_utf8());
        let joined = before_end
            .and_then(|end: usize| text.get(end..start))
            .is_some_and(|between| matches!(between.trim(), "" | "、" | "，" | "和" | "与" | "及" | "以及"));
        if !joined && !is_amended(text, start, title.end) {
            before_end = None;
            continue;
        }
        before_end = Some(title.end);
        let key = title_key(text.get(title.name).unwrap_or_default());
        if !key.is_empty() {
            let and_others = text.get(title.end..).is_some_and(|rest| rest.starts_with('等'));
            found.push(Amended { key, span: start..title.end, and_others });
        }
        if at >= span.end {
            break;
        }
    }
    found
}

/// Whether a title is amended by the sentence in which it stands: 修改《…》, 对《…》作如下修改, 将《…》第八条修改为, or a heading
/// that begins with it.
pub fn is_amended(text: &str, start: usize, end: usize) -> bool {
    let from = boundary_before(text, start.saturating_sub(LEAD_BYTES_MAX));
    let before = text.get(from..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let line = mark(line).and_then(|(_, end)| line.get(end..)).unwrap_or(line).trim();
    if ["修改", "修订", "修正"].iter().any(|verb| line.ends_with(verb)) {
        return true;
    }
    let led =
        line.is_empty() || ["对", "将", "把", "在", "关于", "删去", "删除"].iter().any(|verb| line.ends_with(verb));
    let basis = ["根据", "依据", "依照", "按照"].iter().any(|word| line.contains(word));
    let led = led || !basis && line.ends_with(['、', '和', '及', '与']);
    let to = boundary_after(text, (end + TAIL_BYTES_MAX).min(text.len()));
    let behind = text.get(end..to).unwrap_or_default();
    let behind = behind.find(['。', '；', '\n', '“']).and_then(|stop| behind.get(..stop)).unwrap_or(behind);
    let heading = line.is_empty() || line.ends_with("关于");
    let alone = heading && behind.trim_matches(|c: char| c.is_whitespace() || "：:".contains(c)).is_empty();
    // 将《…》第三条中的“…”修改为: the verb stands behind the quotation.
    led && (alone || behind.ends_with(['中', '的']) || AMENDS.iter().any(|word| behind.contains(word)))
}

/// Whether a place at `start` has the number of the text after the change: 作为第九条, 改为第九条.
pub fn is_new_number(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    ["作为", "改为", "调整为", "变更为"].iter().any(|word| before.ends_with(word))
}

#[cfg(test)]
mod tests;
