//! The tabs of the search page: everything, or one kind, each with how many provisions it has; and what was chosen, as chips that
//! go away when they are followed.

use super::facets::facet_name;
use super::links;
use super::search::{Choice, grouped};
use crate::app::view::SearchPage;
use crate::app::{Asker, Faju};
use crate::http::query_string::value;

/// Tabs: value of `kind` and name.
const TABS: [(&str, &str); 4] =
    [("", "全部"), ("legislation", "法律法规"), ("normative", "规范性文件"), ("case", "案例")];

/// Filters that only cases have: another tab leaves them behind.
const CASE_FILTERS: [&str; 9] =
    ["domain", "cause", "penalty", "tier", "party", "outcome", "section", "fines_from", "fines_to"];

/// Filters that are shown as chips, with their names; the values of lists one by one.
const CHIPS: [(&str, &str, bool); 21] = [
    ("status", "时效", true),
    ("level", "位阶", true),
    ("issuer", "机关", true),
    ("region", "地区", true),
    ("instrument", "只在一件文件内", false),
    ("cites", "引用", false),
    ("applied", "适用", false),
    ("violated", "违反", false),
    ("domain", "领域", true),
    ("cause", "案由", true),
    ("penalty", "处罚", true),
    ("tier", "裁量", true),
    ("party", "当事人", true),
    ("outcome", "结果", true),
    ("section", "案例的部分", true),
    ("fines_from", "罚款不少于", false),
    ("fines_to", "罚款不多于", false),
    ("promulgated_from", "公布不早于", false),
    ("promulgated_to", "公布不晚于", false),
    ("as_of", "按此日", false),
    ("match", "词语之间", false),
];

/// A filter that was chosen, and the search without it.
pub(super) struct Chip {
    pub says: String,
    pub href: String,
}

/// The tabs. With a kind chosen, the others are counted by a search of their own.
pub(super) fn tabs(app: &Faju, asked: &[(String, String)], page: Option<&SearchPage>, asker: &Asker) -> Vec<Choice> {
    let kind = value(asked, "kind").unwrap_or_default();
    let other = (!kind.is_empty()).then(|| {
        let changes = CASE_FILTERS.iter().map(|name| (*name, None)).chain([
            ("kind", None),
            ("facets", Some("kind")),
            ("limit", Some("1")),
            ("sort", None),
            ("explain", None),
        ]);
        app.search(&links::changed(asked, &changes.collect::<Vec<_>>()), asker).ok()
    });
    let page = match &other {
        Some(other) => other.as_ref(),
        None => page,
    };
    let count = |value: &str| {
        let page = page?;
        if value.is_empty() {
            return Some(page.total.value);
        }
        let counted = page.facets.get("kind").map(Vec::as_slice).unwrap_or_default();
        Some(counted.iter().find(|count| count.value == value).map_or(0, |count| count.count))
    };
    let tab = |(value, name): (&str, &str)| {
        let mut changes = vec![("kind", (!value.is_empty()).then_some(value))];
        if value != "case" {
            changes.extend(CASE_FILTERS.iter().map(|name| (*name, None)));
        }
        Choice {
            href: links::search(asked, &changes),
            name: name.to_string(),
            count: count(value),
            chosen: kind == value,
        }
    };
    TABS.map(tab).into()
}

/// What was chosen.
pub(super) fn chips(asked: &[(String, String)]) -> Vec<Chip> {
    let mut chips = Vec::new();
    for (name, says, is_list) in CHIPS {
        let Some(whole) = value(asked, name) else { continue };
        let values: Vec<&str> = if is_list { whole.split(',').collect() } else { vec![whole] };
        for own in &values {
            let others: Vec<&str> = values.iter().copied().filter(|other| other != own).collect();
            let rest = others.join(",");
            let href = links::search(asked, &[(name, (!rest.is_empty()).then_some(&rest))]);
            let shown = match (name, *own) {
                ("match", "any") => "任一".to_string(),
                ("match", "all") => "全部".to_string(),
                ("match", "exact") => "整句".to_string(),
                _ => facet_name(name, own),
            };
            chips.push(Chip { says: format!("{says}：{shown}"), href });
        }
    }
    chips
}

/// A word of a search that found nothing, in the whole corpus: whether it is there at all.
pub(super) struct Proof {
    pub says: String,
    pub href: Option<String>,
}

/// Words of a search that are looked for one by one, at most.
const PROVED_MAX: usize = 5;

/// Looks for every word as it stands, in everything that the asker may see, whatever its status and the filters.
pub(super) fn proofs(app: &Faju, words: &str, asker: &Asker) -> Vec<Proof> {
    let all = [("status".to_string(), "all".to_string()), ("limit".to_string(), "1".to_string())];
    let Ok(whole) = app.search(&all, asker) else { return Vec::new() };
    let mut list: Vec<String> = words
        .split_whitespace()
        .map(|word| word.replace(['"', '“', '”', '\\'], ""))
        .filter(|word| !word.is_empty())
        .collect();
    list.dedup();
    let proof = |word: &String| {
        let quoted = [("q".to_string(), format!("\"{word}\"")), all[0].clone()];
        let asked = [quoted.as_slice(), &all[1..]].concat();
        let found = app.search(&asked, asker).ok()?.total.value;
        let all = grouped(whole.total.value);
        Some(match found {
            0 => Proof {
                says: format!("“{word}”：全库 {all} 条中无此文字（逐字核对，不论时效）"), href: None
            },
            _ => Proof {
                says: format!("“{word}”：全库 {all} 条中有 {} 条含此文字 — 查看", grouped(found)),
                href: Some(links::search(&quoted, &[])),
            },
        })
    };
    list.iter().take(PROVED_MAX).filter_map(proof).collect()
}
