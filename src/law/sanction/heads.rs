//! How many persons a sum falls on, and which.

use crate::law::amount::{self, Found};
use crate::text::numerals;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// 甲、乙等5人.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("等([0-9一二三四五六七八九十]{1,4})(?:名|人|家|户|个|位)").expect("a constant pattern")
});

/// How many persons the words before 各 and 分别 name; `None` if they name none: 张某、李某等5人各罚款200元.
pub(super) fn before_each(before: &str) -> Option<u32> {
    let end = ["各", "分别", "每人"].iter().filter_map(|word| before.find(word)).min().unwrap_or(before.len());
    let named = &before[..end];
    (named.contains('、') || COUNTED.is_match(named)).then(|| of(named))
}

/// The places of the persons that the words of a party name.
pub(super) fn members(text: &str, party: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = party.start;
    for (at, sign) in text[party.clone()].match_indices(['、', '，', '和', '及', '与']) {
        found.push(from..party.start + at);
        from = party.start + at + sign.len();
    }
    found.push(from..party.end);
    found.retain(|member| !member.is_empty());
    found
}

/// How many persons the words of a party name.
pub(super) fn of(words: &str) -> u32 {
    let counted = COUNTED.captures_iter(words).last().and_then(|found| found.get(1));
    if let Some(counted) = counted.and_then(|found| numerals::parse(found.as_str())) {
        return u32::try_from(counted).unwrap_or(1).clamp(1, 1001);
    }
    let marks = words.matches(['、', '，', '和', '及']).count().min(1000);
    u32::try_from(marks).map_or(1, |marks| marks + 1)
}

/// Numbers that share the unit of the sum behind them: 分别处以1000、2000、3000元.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[0-9][0-9.]{0,8}万?|[一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]{1,9})(?:[、和及与])")
        .expect("a constant pattern")
});
/// So many bytes in front of a sum such numbers are looked for.
const BARE_BYTES: usize = 120;

/// The sums in front of one that name no unit of their own, in a clause that begins at a place.
pub(super) fn without_unit(text: &str, from: usize, last: &Found) -> Vec<Found> {
    let mut from = from.max(last.span.start.saturating_sub(BARE_BYTES));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let (Some(before), Some(own)) = (text.get(from..last.span.start), text.get(last.span.clone())) else {
        return Vec::new();
    };
    let unit = own.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || is_numeral(c));
    let places: Vec<Range<usize>> = BARE.find_iter(before).map(|found| found.range()).collect();
    let mut end = before.len();
    let mut found = Vec::new();
    for place in places.iter().rev().take_while(|place| std::mem::replace(&mut end, place.start) == place.end) {
        let number = before[place.clone()].trim_end_matches(['、', '和', '及', '与']);
        let amount = amount::amounts(&format!("{number}{unit}")).into_iter().next().map(|one| one.amount);
        let Some(amount) = amount.filter(|amount| amount.is_money() && amount.fixed().is_some()) else { break };
        let start = from + place.start;
        found.push(Found { span: start..start + number.len(), amount });
    }
    found.reverse();
    found
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟".contains(c)
}
