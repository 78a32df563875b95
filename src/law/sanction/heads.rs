//! How many persons a sum falls on, and which.

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
