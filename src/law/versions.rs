//! One version or two, and when each version is in force.
//!
//! Two texts of one instrument are one version if their histories name the same last change, however many articles differ
//! (sources lose articles and letters). They are two if one history names a later change, even if a single article differs.
//! Only where a history is silent do the texts decide. Doubt is two versions and an issue, never one.

mod asserted;
mod complete;
mod decided;
mod disputed;
mod draft;
mod extended;
mod facts;
mod intervals;
mod later;
mod lineage;
mod missing;
mod opening;
mod proof;
mod repealed;
mod unread;

use super::history::Act;
pub use asserted::MAY_BE_OVER;
pub use complete::{begins_anew, lost, only_in_second};
pub use decided::Decided;
pub use draft::{draft, draft_of};
pub use extended::Extended;
pub use facts::{Unit, VersionFacts};
pub use intervals::{Asserted, Placement, VersionInput, intervals};
pub use missing::{Untold, untold};
pub use opening::opening;
pub use proof::{Proof, Proofs, end_by};
pub use repealed::{RepealDay, is_repeal_uncounted, repeal_day};
use std::collections::HashMap;

/// Whether two texts of one instrument are one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One version; how the texts differ.
    Same(Vec<Difference>),
    /// Two versions.
    Different,
    /// Two versions, and an issue on the document: why it is doubtful, in Chinese.
    Doubtful(String),
}

/// An article or unit in which two texts of one version differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Key of the provision, for example `a10-1`.
    pub key: String,
    /// How.
    pub kind: DifferenceKind,
    /// Whether it is an article; preambles, annexes and units are not.
    pub is_article: bool,
}

/// How two texts differ in one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Both have it, with different words.
    Words,
    /// Only the first text has it.
    OnlyFirst,
    /// Only the second text has it.
    OnlySecond,
}

/// Days between two dates given for one change: adopted by a meeting, promulgated later.
const ONE_CHANGE_DAYS_MAX: i32 = 62;
/// The same for the making of an instrument, which may wait longer for approval and promulgation.
const ONE_MAKING_DAYS_MAX: i32 = 200;
/// Of every fifty articles one may differ (98 % equal).
const ARTICLES_PER_DIFFERENCE: usize = 50;
/// Below this number of articles none may differ: one of two is half the text.
const TOLERANT_ARTICLES_MIN: usize = 3;

/// Whether two texts of one instrument are one version, by the rule of the contract (One version or two).
pub fn same_version(a: &VersionFacts, b: &VersionFacts) -> Verdict {
    let differences = differences(a, b);
    if (dated_by_other(a, b) || dated_by_other(b, a)) && mostly_equal(a, b, &differences) {
        return Verdict::Same(differences);
    }
    if (begun_by_other(a, b) || begun_by_other(b, a)) && nearly_equal(a, b, &differences) {
        return Verdict::Same(differences);
    }
    if same_number(a, b) {
        return Verdict::Same(differences);
    }
    let (Some(last_a), Some(last_b)) = (&a.last_act, &b.last_act) else {
        return by_text(a, b, differences);
    };
    let told = a.history_tells && b.history_tells;
    match compare(last_a, last_b) {
        Likeness::SameChange if told && one_is_dated_later(a, b) && reworded(a, b, &differences) => {
            Verdict::Doubtful("历史沿革所载最后一次变动相同，但来源日期更晚，正文多处不同".to_string())
        }
        Likeness::SameChange if told || mostly_equal(a, b, &differences) => Verdict::Same(differences),
        Likeness::SameChange => Verdict::Doubtful("来源所注日期相同，而正文大部分不同".to_string()),
        Likeness::Near => by_text(a, b, differences),
        Likeness::Other if !told => by_text(a, b, differences),
        Likeness::Other if differences.is_empty() && (not_kept_up(a, last_b) || not_kept_up(b, last_a)) => {
            Verdict::Same(differences)
        }
        Likeness::Other if differences.is_empty() && !a.units.is_empty() => {
            Verdict::Doubtful("历史沿革所载最后一次变动不同，而正文全同".to_string())
        }
        Likeness::Other => Verdict::Different,
    }
}

/// Whether a text is a further text of a version of which others are known. One of them proves it, but what a told history
/// denies, none of the others proves.
pub fn same_as_any<'a>(known: impl IntoIterator<Item = &'a VersionFacts>, text: &VersionFacts) -> Verdict {
    let mut proved = None;
    let mut denied = None;
    for facts in known {
        match same_version(facts, text) {
            same @ Verdict::Same(_) => proved = proved.or(Some(same)),
            denial if facts.history_tells && text.history_tells => return denial,
            denial => denied = denied.or(Some(denial)),
        }
    }
    proved.or(denied).unwrap_or(Verdict::Different)
}

/// Whether two texts bear one number, and no date contradicts: a number is given once, but a changed text keeps that of the
/// first.
fn same_number(a: &VersionFacts, b: &VersionFacts) -> bool {
    let act = |facts: &'_ VersionFacts| facts.last_act.clone();
    let agree = match (act(a), act(b)) {
        (Some(a), Some(b)) => matches!(compare(&a, &b), Likeness::SameChange | Likeness::Near),
        (a, b) => !a.or(b).is_some_and(|act| act.is_change()),
    };
    a.number.is_some() && a.number == b.number && agree
}

/// How the last changes that two histories name compare.
enum Likeness {
    /// By date or by decision the same.
    SameChange,
    /// Days apart as adoption and promulgation are, and no source gives both days.
    Near,
    /// Another change.
    Other,
}

fn compare(a: &Act, b: &Act) -> Likeness {
    if a.days().any(|day| b.days().any(|other| day == other)) {
        return Likeness::SameChange;
    }
    let apart = (a.key_date() - b.key_date()).get_days().abs();
    let decision = a.decision().zip(b.decision());
    if decision.is_some_and(|(a, b)| plain(a) == plain(b)) && apart <= ONE_CHANGE_DAYS_MAX {
        return Likeness::SameChange;
    }
    let most = if a.is_change() || b.is_change() { ONE_CHANGE_DAYS_MAX } else { ONE_MAKING_DAYS_MAX };
    if apart <= most { Likeness::Near } else { Likeness::Other }
}

/// Whether the source's own date of the first text, which its history does not explain, is the day of the last change that
/// the other history names. Then the first history was not kept up or is missing (LawRefBook often lacks the last line and
/// names the file by it).
fn dated_by_other(silent: &VersionFacts, told: &VersionFacts) -> bool {
    let (Some(date), Some(last)) = (silent.source_date, &told.last_act) else { return false };
    let unexplained = silent.last_act.as_ref().is_none_or(|act| act.last_day < last.first_day);
    told.history_tells && unexplained && last.days().any(|day| day == date)
}

/// Whether the only date of the first text is a day of effect that follows on the last change which the other history names.
/// Then it is that text on its first day: what an article of fifty has lost in it (numbers too) is the source's loss and no
/// change, or the history would tell of one.
fn begun_by_other(silent: &VersionFacts, told: &VersionFacts) -> bool {
    let (None, Some(begun), Some(last)) = (&silent.last_act, silent.effective_date, &told.last_act) else {
        return false;
    };
    let waited = (begun - last.last_day).get_days();
    told.history_tells && !silent.history_tells && (0..=ONE_MAKING_DAYS_MAX).contains(&waited)
}

/// Whether no more than one of fifty articles differs.
fn nearly_equal(a: &VersionFacts, b: &VersionFacts, differences: &[Difference]) -> bool {
    let (units, decisive) = decisive(a, b, differences);
    units >= TOLERANT_ARTICLES_MIN && decisive.len() * ARTICLES_PER_DIFFERENCE <= units
}

/// Whether the source's own date shows that a history was not kept up, if the texts are equal: it is later than the last
/// change told, and about that of the change that the other history names.
fn not_kept_up(facts: &VersionFacts, other: &Act) -> bool {
    let own = facts.last_act.as_ref().map(|act| act.last_day);
    let told = own.is_some_and(|own| other.last_day <= own);
    let dated = facts.source_date.filter(|date| own.is_none_or(|own| *date > own));
    !told && dated.is_some_and(|date| (date - other.last_day).get_days().abs() <= ONE_CHANGE_DAYS_MAX)
}

/// Whether just one source dates its text long after the last change that both tell, so that its history may lack one.
fn one_is_dated_later(a: &VersionFacts, b: &VersionFacts) -> bool {
    let later = |facts: &VersionFacts| {
        let last = facts.last_act.as_ref().map(|act| act.last_day);
        last.zip(facts.source_date).is_some_and(|(last, date)| (date - last).get_days() > ONE_MAKING_DAYS_MAX)
    };
    later(a) != later(b)
}

/// Whether more than a tenth of the articles have other words, beyond what copying does.
fn reworded(a: &VersionFacts, b: &VersionFacts, differences: &[Difference]) -> bool {
    let (units, decisive) = decisive(a, b, differences);
    let words = decisive.iter().filter(|difference| difference.kind == DifferenceKind::Words).count();
    words > 1 && words * 10 > units
}

/// A decision's title without what sources write differently.
fn plain(title: &str) -> String {
    title.replace("中华人民共和国", "").chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Where the histories do not decide: the articles do; where either text has none, all its parts.
fn by_text(a: &VersionFacts, b: &VersionFacts, differences: Vec<Difference>) -> Verdict {
    let (units, decisive) = decisive(a, b, &differences);
    let tolerated = if units < TOLERANT_ARTICLES_MIN { 0 } else { (units / ARTICLES_PER_DIFFERENCE).max(1) };
    if decisive.len() > tolerated {
        return Verdict::Different;
    }
    if decisive.iter().all(|difference| a.weighs_like(b, &difference.key)) {
        return Verdict::Same(differences);
    }
    Verdict::Doubtful("正文几乎全同，但数字、否定或者应当、可以的用语不同，且历史沿革未说明".to_string())
}

/// How many articles (or parts) the longer text has, and the differences in them.
fn decisive<'a>(a: &VersionFacts, b: &VersionFacts, differences: &'a [Difference]) -> (usize, Vec<&'a Difference>) {
    let (of_a, of_b) = (a.article_count(), b.article_count());
    if of_a == 0 || of_b == 0 {
        return (a.units.len().max(b.units.len()), differences.iter().collect());
    }
    (of_a.max(of_b), differences.iter().filter(|difference| difference.is_article).collect())
}

fn mostly_equal(a: &VersionFacts, b: &VersionFacts, differences: &[Difference]) -> bool {
    let (units, decisive) = decisive(a, b, differences);
    decisive.len() * 2 <= units
}

/// The articles in which two texts differ, in the order of the first, then those that only the second has.
pub fn differences(a: &VersionFacts, b: &VersionFacts) -> Vec<Difference> {
    let of_b: HashMap<&str, u64> = b.units.iter().map(|unit| (unit.key.as_str(), unit.digest)).collect();
    let of_a: HashMap<&str, u64> = a.units.iter().map(|unit| (unit.key.as_str(), unit.digest)).collect();
    let difference = |unit: &Unit, kind| Difference { key: unit.key.clone(), kind, is_article: unit.is_article };
    let first = a.units.iter().filter_map(|unit| match of_b.get(unit.key.as_str()) {
        None => Some(difference(unit, DifferenceKind::OnlyFirst)),
        Some(digest) if *digest != unit.digest => Some(difference(unit, DifferenceKind::Words)),
        Some(_) => None,
    });
    let second = b.units.iter().filter(|unit| !of_a.contains_key(unit.key.as_str()));
    first.chain(second.map(|unit| difference(unit, DifferenceKind::OnlySecond))).collect()
}

#[cfg(test)]
mod tests;
