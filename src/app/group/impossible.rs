//! What persons or sources recorded that cannot well be: days before the making, ends before the beginning, one instrument of
//! two that have nothing in common. Only legislation that would begin before it was made is refused (`maintain`); of the rest the
//! document says so, and so does the answer to whoever records it.

use super::{Acts, CardVersion, Related, Text};
use crate::law::event::EventSource;
use crate::law::history;
use crate::law::versions::VersionFacts;
use crate::law::{EventKind, Kind, identity};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// With these words every such remark begins.
pub const TO_CHECK: &str = "请核对：";

/// Of four parts of the shorter of two texts at least one is in both if they are texts of one instrument.
const PARTS_PER_COMMON: usize = 4;

/// Remarks on what was recorded of a version; `is_oldest` is said of the first of its instrument.
pub(super) fn remark(version: &mut CardVersion, acts: &Acts, group: &str, is_oldest: bool) {
    let mut found = Vec::new();
    let corrected = |kind: EventKind| {
        let is = move |event: &&crate::law::Event| event.source == EventSource::Correction && event.kind == kind;
        version.events.iter().find(is).map(|event| event.date)
    };
    let made = history::acts(&version.events).last().map(|act| act.first_day);
    if let (Some(from), Some(made)) = (corrected(EventKind::Effective), made)
        && from < made
    {
        found.push(format!("更正的施行日期{from}早于{made}的制定（公布）"));
    }
    let from = version.interval.effective_from.or(version.dated);
    if let (Some(end), Some(from)) = (corrected(EventKind::Expired), from)
        && end <= from
    {
        found.push(format!("更正的有效期在{from}施行以前已满"));
    }
    // What a source says of the end; the words of a text amended article by article still tell the period of the first one.
    let is_stated =
        |event: &&crate::law::Event| (event.kind, event.source) == (EventKind::Expired, EventSource::Stated);
    if let (Some(end), Some(from)) = (version.events.iter().find(is_stated).map(|event| event.date), from)
        && end <= from
    {
        let last = end.yesterday().unwrap_or(end);
        found.push(format!("来源所注有效期至{last}，早于施行日期{from}，二者必有一误"));
    }
    let named = |id: &String| *id == version.id || version.aliases.contains(id) || id == group && is_oldest;
    let early = |related: &&Related| named(&related.0) && related.1.zip(from).is_some_and(|(on, from)| on < from);
    for (what, list) in [("废止", &acts.repeals), ("修改", &acts.amendments)] {
        for (_, on, ..) in list.iter().filter(early) {
            let (on, from) = (on.unwrap_or_default(), from.unwrap_or_default());
            found.push(format!("登记的{what}之日{on}早于本件的施行日期{from}"));
        }
    }
    version.remarks.extend(found.into_iter().map(|remark| format!("{TO_CHECK}{remark}")));
}

/// How a text names itself where it says why it was made.
static OWN_KIND: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("制定本(法|条例|规定|办法|规则|细则)").expect("a constant pattern"));

/// Why the text of a law can hardly be that of its title: 规定 in the title, and 制定本法 in the text.
pub fn other_text(text: &Text) -> Option<String> {
    let document = &text.put.document;
    let own = OWN_KIND.captures(&document.text)?.get(1)?.as_str();
    let title = document.title.trim_end_matches(|c| "）)试行暂（(".contains(c));
    let of_law = |title: &str| title.ends_with('法') && !title.ends_with("办法") || title.ends_with("法典");
    let strange = document.kind == Kind::Legislation && own == "法" && !of_law(title) && !title.contains("法（");
    let strange = strange && KINDS.iter().any(|kind| title.ends_with(kind));
    strange.then(|| format!("{TO_CHECK}标题为《{}》，而正文自称“本法”，可能是另一件文件的正文", document.title))
}

/// Kinds of instruments that never call themselves 本法.
const KINDS: [&str; 5] = ["规定", "办法", "条例", "细则", "规则"];

/// For each version why another text of the group can hardly be one of the same instrument although somebody says so: neither
/// titles nor words agree.
pub(super) fn strangers(texts: &[Text], versions: &[(CardVersion, Vec<usize>)], acts: &Acts) -> Vec<Option<String>> {
    let title = |text: &Text| identity::namesake_title(&text.put.document.title);
    let remark = |(version, members): &(CardVersion, Vec<usize>)| {
        let own = &texts[*members.first()?];
        let mut others = texts.iter().filter(|other| other.access() <= version.access && title(other) != title(own));
        let strange = others.find(|other| !has_common(&own.facts, &other.facts))?;
        let (one, other) = (&own.put.document.title, &strange.put.document.title);
        Some(format!("{TO_CHECK}登记为同一文件，而标题（《{one}》、《{other}》）和正文都不同"))
    };
    if acts.aliases.is_empty() {
        return vec![None; versions.len()];
    }
    versions.iter().map(remark).collect()
}

/// Whether two texts have a quarter of the shorter one in common, by whole articles or parts.
fn has_common(a: &VersionFacts, b: &VersionFacts) -> bool {
    let of_a: HashSet<u64> = a.units.iter().map(|unit| unit.digest).collect();
    let common = b.units.iter().filter(|unit| of_a.contains(&unit.digest)).count();
    common > 0 && common * PARTS_PER_COMMON >= a.units.len().min(b.units.len())
}
