//! Other names of the same person: the given name alone (建民 of 王建民, 古丽 of 古丽·库尔班), and nicknames behind words like 绰号.

use super::super::persons::Persons;
use super::super::reading::is_han;
use super::super::words::WORDS;
use super::candidate::Finder;
use super::labels;
use regex::Regex;
use std::sync::LazyLock;

static NICKNAMES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:绰号|外号|诨名|诨号|小名|乳名|[^地]人称|花名|昵称|网名|艺名|别名|化名|曾用名)(?:是|为|叫|：|:|、)?[“\"‘「]([\\p{Han}]{2,6})[”\"’」]")
        .expect("a constant pattern")
});

/// Notes them.
pub(super) fn find(finder: &Finder<'_>, persons: &mut Persons) {
    for found in NICKNAMES.captures_iter(finder.reading.text).filter_map(|found| found.get(1)) {
        let name = found.as_str();
        // 老板, 大哥: what many are called names nobody.
        if name.contains('某') {
            continue;
        }
        if name.chars().count() > 2 || !labels::is_word(name) {
            persons.also(name, None);
        }
    }
    let names: Vec<String> = persons.names().map(str::to_string).collect();
    for name in names {
        if let Some(given) = given(&name) {
            persons.also(&given, Some(&name));
        }
    }
}

/// By what somebody of a name may be called without it.
fn given(name: &str) -> Option<String> {
    let chars: Vec<char> = name.chars().collect();
    if let Some(point) = chars.iter().position(|c| labels::is_point(*c)) {
        return (point > 2).then(|| chars[..point].iter().collect());
    }
    let alone = match chars[..] {
        [a, b, c, d] if WORDS.is_compound(a, b) => [c, d],
        // 和物业 would be read as 物业 of somebody called 和.
        [a, b, c] if !WORDS.is_doubtful(a) || WORDS.is_popular(a) => [b, c],
        _ => return None,
    };
    let given: String = alone.iter().collect();
    let word = WORDS.is_word(alone[0], alone[1]) || WORDS.is_region(&given);
    let formed = alone.iter().all(|c| is_han(*c) && !WORDS.is_never(*c));
    (formed && !word).then_some(given)
}
