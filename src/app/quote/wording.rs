//! What is said of a quotation.

use super::super::view::citations::ProvisionRef;
use super::super::view::quotation::{DifferenceView, QuotationView};
use crate::citation::quote::{Bond, DifferenceKind, Verdict};
use crate::law::{EndedBy, Interval, ValidityStatus};
use jiff::civil::Date;

/// Fewest letters and digits of words without quotation marks that are held to be the law's, though they are not quite.
const BARE_CHARS_MIN: usize = 10;
/// Most characters in which words differ that are still made from those of the provision.
const OTHER_CHARS_MAX: usize = 6;

/// The end of a version.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub(super) on: Date,
    /// Whether that is only the day on which a source said that it was over.
    is_latest: bool,
}

impl Ending {
    pub(super) fn of(interval: &Interval) -> Option<Ending> {
        let is_latest = interval.end_is_latest || interval.ended_by == Some(EndedBy::Unknown);
        interval.ended_on.map(|on| Ending { on, is_latest })
    }
}

/// What a text is that has ended or has not begun.
pub(super) fn not_now(status: ValidityStatus) -> Option<Verdict> {
    match status {
        ValidityStatus::Amended | ValidityStatus::Repealed | ValidityStatus::Expired => Some(Verdict::Outdated),
        ValidityStatus::NotYetEffective => Some(Verdict::Premature),
        ValidityStatus::InForce | ValidityStatus::Unknown => None,
    }
}

/// The verdict for people, with what differs and where it stands.
pub(super) fn message(
    verdict: Verdict,
    found: &[ProvisionRef],
    differences: &[DifferenceView],
    ended: Option<Ending>,
) -> String {
    let mut message = verdict.chinese().to_string();
    let labels: Vec<&str> = found.iter().take(5).map(|place| place.label.as_str()).collect();
    if matches!(verdict, Verdict::Elsewhere | Verdict::NoSuchArticle | Verdict::Outdated) && !labels.is_empty() {
        message += &format!("（见{}）", labels.join("、"));
    }
    if let Some(Ending { on, is_latest }) = ended {
        let of = if verdict == Verdict::Outdated { "" } else { "所注明的文本" };
        message += &match is_latest {
            true => format!("，{of}至迟 {on} 已失效"),
            false => format!("，{of}自 {on} 起不再有效"),
        };
    }
    let told: Vec<String> = differences.iter().take(5).map(told).collect();
    if !told.is_empty() {
        message += &format!("：{}", told.join("；"));
    }
    message
}

fn told(difference: &DifferenceView) -> String {
    let DifferenceView { quoted, stands, .. } = difference;
    match (quoted.is_empty(), stands.is_empty()) {
        (true, _) => format!("缺“{stands}”"),
        (_, true) => format!("多“{quoted}”"),
        _ => format!("“{quoted}”原文为“{stands}”"),
    }
}

/// Whether words quote the provision cited, by how they are bound to it and what comparing them gave.
pub(super) fn is_quoted(bond: Bond, view: &QuotationView, words: &str) -> bool {
    use Verdict::{Altered, Elsewhere, Incomplete, NoSuchArticle, Outdated, Premature, Unchecked, Verbatim};
    let stands = matches!(view.verdict, Verbatim | Incomplete | Outdated | Premature);
    let chars = words.chars().filter(|c| c.is_alphanumeric()).count();
    match bond {
        Bond::Beside => true,
        Bond::Term => is_made_of_it(view),
        Bond::Later => is_surely_quoted(view),
        Bond::Name => stands || view.verdict == Unchecked || is_made_of_it(view),
        Bond::Bare => match view.verdict {
            Altered => {
                let is_near = is_surely_quoted(view) && differing(view) * 5 <= chars;
                chars >= BARE_CHARS_MIN && is_near && !has_own_sentence(view, words)
            }
            Elsewhere => chars >= BARE_CHARS_MIN,
            verdict => stands || matches!(verdict, NoSuchArticle | Unchecked),
        },
        // A sum that a decision imposes is another one than the law's range.
        Bond::Own => stands || chars >= BARE_CHARS_MIN && is_made_of_it(view) && !words.contains('元'),
    }
}

/// Whether a few words differ from those of the article by a few: 不 is left out, 可以 is put in.
pub(super) fn is_nearly_quoted(view: &QuotationView) -> bool {
    view.verdict == Verdict::Altered && is_surely_quoted(view)
}

/// Whether most of a sentence is not the provision's: behind the words of the law the writer goes on with 本案逾期。
fn has_own_sentence(view: &QuotationView, words: &str) -> bool {
    let count = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).count();
    let is_own = |sentence: &str| {
        let differs = view.differences.iter().map(|one| one.quoted.trim_end_matches('。'));
        differs.filter(|quoted| sentence.contains(*quoted)).any(|quoted| count(quoted) * 2 > count(sentence))
    };
    words.split('。').filter(|sentence| count(sentence) > 0).any(is_own)
}

/// Characters in which words differ from those of the provision, on the longer side.
fn differing(view: &QuotationView) -> usize {
    view.differences.iter().map(|one| one.quoted.chars().count().max(one.stands.chars().count())).sum()
}

/// Whether a few words in quotation marks are no term, but the words of the provision with one other number, or 可以 for 应当.
fn is_made_of_it(view: &QuotationView) -> bool {
    let numeral =
        |words: &str| words.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百千万两".contains(c));
    let differ: Vec<&DifferenceView> =
        view.differences.iter().filter(|one| one.kind != DifferenceKind::Punctuation).collect();
    let [only] = differ.as_slice() else { return false };
    let is_other = match only.kind {
        DifferenceKind::Number => numeral(&only.quoted) && numeral(&only.stands),
        DifferenceKind::Modality => !only.quoted.is_empty() && !only.stands.is_empty(),
        _ => false,
    };
    view.verdict == Verdict::Altered && is_other
}

/// Whether words that do not stand just beside a citation quote it: they are its words, or were made from them with a few others.
fn is_surely_quoted(view: &QuotationView) -> bool {
    let few = |words: &str| words.chars().count() <= OTHER_CHARS_MAX;
    match view.verdict {
        Verdict::Verbatim | Verdict::Incomplete | Verdict::Outdated | Verdict::Premature => true,
        Verdict::Altered => view.differences.iter().all(|one| few(&one.quoted) && few(&one.stands)),
        _ => false,
    }
}
