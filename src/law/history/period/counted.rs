//! From which event a period counts: 自印发之日起三年, 印发之日起三年.

use super::super::text::VERBS;
use super::behind_itself;

/// From what a period counts: 自…之日起.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The first day in force.
    FirstDay,
    /// The promulgation.
    Promulgation,
    /// What happens to something else: 自核发之日起.
    Other,
}

/// What happens on the first day in force, and at the promulgation.
const PROMULGATED: [&str; 8] = ["发布", "公布", "印发", "颁布", "下发", "公告", "出台", "发文"];
/// Characters between 自 and 之日: 自本办法正式施行之日起.
const EVENT_CHARS_MAX: usize = 12;
/// 自…之日起 with which words begin: from what it counts, and what stands behind it.
pub(super) fn counted_from(words: &str) -> Option<(From, &str)> {
    let bare = words.strip_prefix(['自', '从'])?;
    let near = bare.char_indices().nth(EVENT_CHARS_MAX).map_or(bare.len(), |(at, _)| at);
    let at = bare.get(..near)?.find("之日")?;
    let event = bare.get(..at)?;
    let rest = bare.get(at + "之日".len()..)?.trim_start_matches('起');
    let is = |verbs: &[&str]| verbs.iter().any(|verb| event.ends_with(verb));
    let from = match () {
        () if is(&VERBS) => From::FirstDay,
        () if is(&PROMULGATED) => From::Promulgation,
        () => From::Other,
    };
    Some((from, rest))
}

/// The same without 自: 印发之日起三年, behind the name of a period.
pub(super) fn counted_barely(words: &str) -> Option<(From, &str)> {
    let events = VERBS.iter().map(|verb| (From::FirstDay, verb));
    let events = events.chain(PROMULGATED.iter().map(|verb| (From::Promulgation, verb)));
    events.into_iter().find_map(|(from, verb)| {
        let bare = behind_itself(words).unwrap_or(words);
        let rest = bare.strip_prefix("正式").unwrap_or(bare).strip_prefix(*verb)?.strip_prefix("之日")?;
        Some((from, rest.trim_start_matches('起')))
    })
}
