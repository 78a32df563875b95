//! Sources of one version that have not the same articles: the one that is shown has lost none, and the page says so.

use super::{Cluster, Text};
use crate::app::citations::label_of;
use crate::app::sources;
use crate::law::versions::{begins_anew, lost, only_in_second};

/// Runs of articles that a remark names.
const RUNS_MAX: usize = 3;

/// Puts the most preferred text first that is no fragment of another one. What a narrower scope sees changes nothing for a
/// wider one, so only texts of the access of the first are weighed.
pub(super) fn complete_first(texts: &[Text], cluster: &mut Cluster) {
    let Some(access) = cluster.members.first().map(|at| texts[*at].access()) else { return };
    let open: Vec<usize> = cluster.members.iter().copied().filter(|at| texts[*at].access() == access).collect();
    if open.len() < 2 || open.iter().any(|at| texts[*at].is_case()) {
        return;
    }
    let is_fragment = |at: usize| open.iter().any(|other| !lost(&texts[at].facts, &texts[*other].facts).is_empty());
    if let Some(best) = open.iter().copied().find(|at| !is_fragment(*at)) {
        cluster.members.retain(|at| *at != best);
        cluster.members.insert(0, best);
    }
}

/// In Chinese, which articles each other source of a version lacks beside the text shown, or has beyond it.
pub(super) fn differing<'a>(shown: &Text, others: impl Iterator<Item = &'a Text>) -> Vec<String> {
    let mut remarks = Vec::new();
    for other in others.filter(|other| !other.is_case()) {
        let lacks = runs(&only_in_second(&other.facts, &shown.facts));
        let beyond = runs(&only_in_second(&shown.facts, &other.facts));
        let source = sources::plain(&other.put.origin);
        let told: Vec<String> = [("缺", lacks), ("多出", beyond)]
            .into_iter()
            .filter_map(|(what, runs)| runs.map(|runs| format!("{what}{runs}")))
            .collect();
        if !told.is_empty() {
            let anew = if begins_anew(&other.facts) {
                "（其条文编号重新开始，其后可能是别的文件）"
            } else {
                ""
            };
            let remark = format!("各来源的条文不一：来源 {source} 的文本比所示文本{}{anew}", told.join("，"));
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
    }
    remarks
}

/// Keys of articles in runs of following numbers: 第八十条至第九十六条.
fn runs(keys: &[&str]) -> Option<String> {
    let number = |key: &str| key.strip_prefix('a').and_then(|rest| rest.parse::<u32>().ok());
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for key in keys {
        let follows = |last: &str| number(last).zip(number(key)).is_some_and(|(last, own)| own == last + 1);
        match runs.last_mut() {
            Some((_, last)) if follows(last) => *last = key,
            _ => runs.push((key, key)),
        }
    }
    let named = runs.iter().take(RUNS_MAX).map(|(first, last)| match first == last {
        true => label_of(first),
        false => format!("{}至{}", label_of(first), label_of(last)),
    });
    let named = named.collect::<Vec<_>>().join("、");
    let more = if runs.len() > RUNS_MAX { format!("等{}条", keys.len()) } else { String::new() };
    (!keys.is_empty()).then(|| format!("{named}{more}"))
}
