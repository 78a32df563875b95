//! An order (令) or announcement (公告) that promulgates a text: its number, its notice, and the title that the notice names.

use super::super::title::is_remark;
use super::super::{DAY, bare};
use super::RedHead;
use super::lines::{Mark, half_width};
use regex::Regex;
use std::sync::LazyLock;

/// Lines below a notice among which the title stands again.
const SIGNATURE_LINES: usize = 8;
/// Lines that the title goes over there.
const TITLE_LINES: usize = 3;
/// Longest line of a signature, in characters.
const SIGNATURE_CHARS: usize = 40;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(]?(?P<number>(?:(?:19|20)\d{2}年?)?第[\d〇零一二三四五六七八九十百]+号)[）)]?$")
        .expect("a constant pattern")
});
static PROMULGATES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:现(?:予|将)?(?:公布|发布|颁布)?)?《.*(?:公布|发布|颁布|通过|施行)").expect("a constant pattern")
});
static SIGNER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:\p{Han}{0,16}(?:长|主任|主席|总理)[:：]?\p{Han}{2,5}|\p{Han}{4,30}(?:政府|委员会|局|厅|部|会|院))$",
    )
    .expect("a constant pattern")
});

/// The number of an order below its mark, with the name of the order: 云桥县人民政府令第14号.
pub(super) fn number(line: &str, mark: &Mark) -> Option<String> {
    let kind = mark.kind?;
    let words = half_width(&bare(line));
    NUMBER.captures(&words).map(|found| format!("{}{kind}{}", mark.organs.join("、"), &found["number"]))
}

/// The notice with which lines begin, with its signature and the title below, if it stands there again; the title is the one
/// that the notice names unless it is `known`.
pub(super) fn notice(lines: &[&str], number: Option<&str>, known: Option<&str>) -> Option<RedHead> {
    let notice = lines.first().map(|line| line.trim()).filter(|line| PROMULGATES.is_match(line))?;
    let title = known.map(str::to_string).or_else(|| named(notice))?;
    let is_short = |line: &&&str| line.chars().count() <= SIGNATURE_CHARS;
    let short = lines.iter().skip(1).take(SIGNATURE_LINES).take_while(is_short).count();
    let own = plain(&title);
    let again = (1..=short).find_map(|from| {
        let is_own = |line: &str| own.strip_prefix(line).is_some_and(|rest| rest.is_empty() || is_remark(rest));
        let fits = |length: &usize| lines.get(from..from + length).is_some_and(|lines| is_own(&plain(&lines.concat())));
        (1..=TITLE_LINES).find(fits).map(|length| (from, from + length))
    });
    let signs = |line: &&&str| SIGNER.is_match(&bare(line)) || DAY.is_match(&bare(line));
    let signed = || 1 + lines.iter().skip(1).take(SIGNATURE_LINES).take_while(signs).count();
    let (end, used) = again.unwrap_or_else(|| (signed(), signed()));
    let told = lines.get(..end)?.iter().map(|line| line.trim().to_string());
    let history = number.map(str::to_string).into_iter().chain(told).collect();
    Some(RedHead { title, history, used, ..RedHead::default() })
}

/// The one title that a notice names, without its marks.
fn named(notice: &str) -> Option<String> {
    let from = notice.find('《')? + '《'.len_utf8();
    let mut depth = 1usize;
    for (at, c) in notice.get(from..)?.char_indices() {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let behind = notice.get(from + at + c.len_utf8()..)?;
            let one = !behind.starts_with(['、', '和', '及', '与', '《']);
            let title = bare(notice.get(from..from + at)?).replace('〈', "《").replace('〉', "》");
            return (one && title.chars().count() >= 2).then_some(title);
        }
    }
    None
}

/// A title without what two writings of it differ in.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
