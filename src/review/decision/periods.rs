//! Periods in the sentences of a decision (期限): number, unit, and the words around them.

use super::reading::{Decision, Sentence};
use crate::review::words::pattern;
use crate::text::numerals;
use regex::{Captures, Regex};
use std::ops::Range;

/// Number and unit.
const PERIOD: &str =
    r"(?P<d>[0-9一二三四五六七八九十百零〇两壹贰叁肆伍陆柒捌玖拾佰]+)(?:个)?(?P<u>工作日|自然日|日|天|月|年)";

/// A period of a decision.
pub struct Told<'a> {
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Bytes of the decision.
    pub span: Range<usize>,
    /// How many units.
    pub count: u64,
    /// The unit: 日, 工作日, 月, 年.
    pub unit: &'static str,
}

impl Told<'_> {
    /// The words of the whole match, for a message.
    pub fn words(&self) -> String {
        let each = if self.unit == "月" { "个" } else { "" };
        format!("{}{each}{}", self.count, self.unit)
    }

    /// So many days; a month has thirty of them.
    pub fn days(&self) -> u64 {
        match self.unit {
            "月" => self.count.saturating_mul(30),
            "年" => self.count.saturating_mul(365),
            // Five working days are seven days.
            "工作日" => self.count.saturating_mul(7) / 5,
            _ => self.count,
        }
    }

    /// Whether it is so many months, told in months or in days.
    pub fn is_months(&self, months: u64) -> bool {
        match self.unit {
            "月" => self.count == months,
            "日" => (months * 30..=months * 31).contains(&self.count),
            _ => false,
        }
    }
}

/// A pattern with `<期>` for a period.
pub fn period(written: &str) -> Regex {
    pattern(&written.replace("<期>", PERIOD))
}

/// The periods that a pattern finds, in the order of the text.
pub fn all<'a>(decision: &'a Decision, pattern: &'a Regex) -> impl Iterator<Item = Told<'a>> {
    decision.sentences.iter().flat_map(move |sentence| {
        pattern.captures_iter(sentence.text()).filter_map(move |words| told(sentence, &words))
    })
}

fn told<'a>(sentence: &'a Sentence, words: &Captures<'_>) -> Option<Told<'a>> {
    let (number, unit) = (words.name("d")?, words.name("u")?);
    let count = numerals::parse(&plain(number.as_str()))?;
    let unit_name = match unit.as_str() {
        "工作日" => "工作日",
        "月" => "月",
        "年" => "年",
        _ => "日",
    };
    Some(Told { sentence, span: sentence.original(number.start()..unit.end()), count, unit: unit_name })
}

/// 陆拾 is 六十.
fn plain(number: &str) -> String {
    let pairs = ["壹一", "贰二", "叁三", "肆四", "伍五", "陆六", "柒七", "捌八", "玖九", "拾十", "佰百"];
    let one = |c: char| pairs.iter().find(|pair| pair.starts_with(c)).and_then(|pair| pair.chars().nth(1));
    number.chars().map(|c| one(c).unwrap_or(c)).collect()
}
