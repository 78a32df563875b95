//! What the histories of the real corpus make of it: which texts are one version, and what is in force on which day.

use crate::packs;
use crate::real_data::real_data;
use faju::law::versions::{Verdict, VersionFacts, VersionInput, intervals, same_as_any, same_version};
use faju::law::{Document, Event, Interval, Kind, ValidityStatus, history, identity, structure};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

/// The packs in the order of preference of their texts.
const PACKS: [&str; 6] =
    ["just-laws-md", "flk-txt", "lawrefbook", "enforcement-regs", "env-enforcement", "verified-statutes"];

/// A text with what is read from it.
struct Text {
    pack: &'static str,
    path: String,
    document: Document,
    events: Vec<Event>,
    facts: VersionFacts,
}

/// One version of an instrument: its texts and when it is in force.
struct Version<'a> {
    texts: Vec<&'a Text>,
    interval: Interval,
    remarks: Vec<String>,
}

/// Every law of the six packs, read once for all tests; `None` without the data.
fn texts(test: &str) -> Option<&'static [Text]> {
    static TEXTS: OnceLock<Vec<Text>> = OnceLock::new();
    let data = real_data(test)?;
    Some(TEXTS.get_or_init(|| {
        let read = |pack: &'static str| {
            let members = packs::archive(&data.join(format!("laws/{pack}.tar.zst")));
            let documents = packs::read(&members).documents.into_iter();
            documents.filter(|(_, document)| document.kind != Kind::Case).map(move |(path, document)| {
                let structure = structure::parse(&document);
                let events = history::events(&document, &structure);
                let facts = VersionFacts::of(&document, &structure, &events);
                Text { pack, path, document, events, facts }
            })
        };
        PACKS.into_iter().flat_map(read).collect()
    }))
}

/// The texts of each instrument.
fn instruments(texts: &'static [Text]) -> BTreeMap<String, Vec<&'static Text>> {
    let mut found: BTreeMap<String, Vec<&Text>> = BTreeMap::new();
    for text in texts {
        found.entry(identity::instrument_id(&text.document).0).or_default().push(text);
    }
    found
}

/// The versions that texts of one instrument make, each text put to the first version it is the same as.
fn versions(texts: &[&'static Text]) -> Vec<Version<'static>> {
    let mut groups: Vec<Vec<&'static Text>> = Vec::new();
    for text in texts {
        let same = |group: &&mut Vec<&Text>| {
            matches!(same_as_any(group.iter().map(|known| &known.facts), &text.facts), Verdict::Same(_))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(text),
            None => groups.push(vec![text]),
        }
    }
    let inputs: Vec<VersionInput<'_>> = groups
        .iter()
        .map(|group| VersionInput::of(group.iter().map(|text| (&text.document, text.events.as_slice()))))
        .collect();
    let placed = intervals(&inputs);
    let placed = groups.into_iter().zip(placed);
    placed.map(|(texts, found)| Version { texts, interval: found.interval, remarks: found.remarks }).collect()
}

fn versions_of(texts: &'static [Text], title: &str) -> Vec<Version<'static>> {
    let of_title: Vec<&Text> = texts.iter().filter(|text| text.document.title == title).collect();
    assert!(!of_title.is_empty(), "{title}");
    versions(&of_title)
}

/// Keys of the versions of a title with their status on a day, in order of the keys.
fn on(texts: &'static [Text], title: &str, day: Date) -> Vec<(String, ValidityStatus)> {
    let key = |version: &Version<'_>| {
        let keys = version.texts.iter().map(|text| identity::version_key(&text.document, &text.events).0);
        keys.filter(|key| !key.starts_with("u-")).max().unwrap_or_default()
    };
    let mut found: Vec<_> =
        versions_of(texts, title).iter().map(|version| (key(version), version.interval.status(day))).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn the_trademark_law_changes_on_new_years_day() {
    use ValidityStatus::{Amended, InForce, NotYetEffective};
    let Some(texts) = texts("the_trademark_law_changes_on_new_years_day") else { return };
    let title = "中华人民共和国商标法";
    let keyed = |old, new| vec![("2019-04-23".to_string(), old), ("2026-06-26".to_string(), new)];
    assert_eq!(on(texts, title, date(2026, 11, 24)), keyed(InForce, NotYetEffective));
    assert_eq!(on(texts, title, date(2026, 12, 31)), keyed(InForce, NotYetEffective));
    assert_eq!(on(texts, title, date(2027, 1, 1)), keyed(Amended, InForce));
    assert_eq!(on(texts, title, date(2019, 10, 31)), keyed(NotYetEffective, NotYetEffective));
}

#[test]
fn old_texts_are_amended_although_no_source_says_so() {
    use ValidityStatus::{Amended, InForce};
    let Some(texts) = texts("old_texts_are_amended_although_no_source_says_so") else { return };
    let today = date(2026, 11, 24);
    for (title, old, new) in [
        ("中华人民共和国公司法", "2018-10-26", "2023-12-29"),
        ("中华人民共和国立法法", "2015-03-15", "2023-03-13"),
        ("中华人民共和国文物保护法", "2017-11-04", "2024-11-08"),
        ("中华人民共和国海洋环境保护法", "2017-11-04", "2023-10-24"),
        ("中华人民共和国监察法", "2018-03-20", "2024-12-25"),
        ("中华人民共和国统计法", "2009-06-27", "2024-09-13"),
        ("中华人民共和国反洗钱法", "2006-10-31", "2024-11-08"),
        ("中华人民共和国未成年人保护法", "2020-10-17", "2024-04-26"),
    ] {
        let found = on(texts, title, today);
        let status = |key: &str| found.iter().find(|(known, _)| known == key).map(|(_, status)| *status);
        assert_eq!((status(old), status(new)), (Some(Amended), Some(InForce)), "{title}: {found:?}");
        assert_eq!(found.iter().filter(|(_, status)| *status == InForce).count(), 1, "{title}: {found:?}");
    }
    assert_eq!(on(texts, "中华人民共和国行政处罚法", date(2021, 7, 14))[0].1, ValidityStatus::NotYetEffective);
    assert_eq!(on(texts, "中华人民共和国行政处罚法", date(2021, 7, 15))[0].1, InForce);
    let expected = [("2018-10-26", InForce), ("2023-12-29", ValidityStatus::NotYetEffective)];
    let eve = on(texts, "中华人民共和国公司法", date(2024, 6, 30));
    assert_eq!(eve.iter().map(|(key, status)| (key.as_str(), *status)).collect::<Vec<_>>(), expected);
}

#[test]
fn one_text_under_two_dates_is_one_version() {
    let Some(texts) = texts("one_text_under_two_dates_is_one_version") else { return };
    for title in ["中华人民共和国契税法", "公路安全保护条例", "中华人民共和国食品安全法实施条例"]
    {
        assert_eq!(versions_of(texts, title).len(), 1, "{title}");
    }
    assert_eq!(versions_of(texts, "中华人民共和国未成年人保护法").len(), 2, "131 of 132 articles are equal");
}

/// Dates of one title, each with the packs and paths that bear it.
type Dated = Vec<(String, Vec<(String, String)>)>;

/// Titles of `versions.tsv` that occur with two dates or more, with the paths of each date.
fn titles_with_dates(table: &str) -> BTreeMap<String, Dated> {
    let mut titles: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let [title, _, date, sources] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let paths = sources.split(" | ").filter_map(|source| source.split_once(':'));
        let paths = paths.map(|(pack, path)| (pack.to_string(), path.to_string())).collect();
        titles.entry(title.to_string()).or_default().push((date.to_string(), paths));
    }
    titles
}

#[test]
fn titles_with_two_dates_are_told_apart() {
    let Some(texts) = texts("titles_with_two_dates_are_told_apart") else { return };
    let data = real_data("titles_with_two_dates_are_told_apart").unwrap();
    let table = std::fs::read_to_string(data.join("laws/versions.tsv")).unwrap();
    let by_path: HashMap<String, &Text> =
        texts.iter().map(|text| (text.path.trim_end_matches("/README.md").to_string(), text)).collect();
    let find =
        |(pack, path): &(String, String)| by_path.get(format!("{pack}/{path}").trim_end_matches("/README.md")).copied();
    let (mut one, mut two, mut doubtful, mut unread) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (title, dates) in titles_with_dates(&table) {
        let first: Vec<Option<&Text>> = dates.iter().map(|(_, paths)| paths.iter().find_map(find)).collect();
        let pairs = first.windows(2);
        for pair in pairs {
            let [Some(a), Some(b)] = pair else {
                unread.push(title.clone());
                continue;
            };
            match same_version(&a.facts, &b.facts) {
                Verdict::Same(_) => one.push(title.clone()),
                Verdict::Different => two.push(title.clone()),
                Verdict::Doubtful(reason) => doubtful.push((title.clone(), reason)),
            }
        }
    }
    println!("one text under two dates: {one:?}");
    println!("doubtful: {doubtful:?}\nnot read: {unread:?}");
    let found = (one.len(), two.len(), doubtful.len(), unread.len());
    assert_eq!(found, (76, 119, 3, 2), "one text, two versions, doubtful, not read");
}

#[test]
fn a_title_in_several_packs_is_one_instrument() {
    let Some(texts) = texts("a_title_in_several_packs_is_one_instrument") else { return };
    let mut by_title: BTreeMap<String, (BTreeSet<&str>, BTreeSet<String>)> = BTreeMap::new();
    for text in texts {
        let (packs, ids) = by_title.entry(identity::folded_title(&text.document.title)).or_default();
        packs.insert(text.pack);
        ids.insert(identity::instrument_id(&text.document).0);
    }
    let several: Vec<_> = by_title.iter().filter(|(_, (packs, _))| packs.len() > 1).collect();
    let torn: Vec<_> = several.iter().filter(|(_, (_, ids))| ids.len() > 1).map(|(title, _)| title.as_str()).collect();
    println!("in several packs: {}, with several ids: {torn:?}", several.len());
    assert_eq!((several.len(), torn.len()), (897, 3));
}

#[test]
fn versions_and_intervals_of_all_packs() {
    let Some(texts) = texts("versions_and_intervals_of_all_packs") else { return };
    let instruments = instruments(texts);
    let (mut count, mut unknown, mut ended, mut remarked) = (0, 0, 0, 0);
    for of_one in instruments.values() {
        let versions = versions(of_one);
        count += versions.len();
        for version in &versions {
            unknown += usize::from(version.interval.effective_from.is_none());
            ended += usize::from(version.interval.ended_on.is_some());
            remarked += usize::from(!version.remarks.is_empty());
        }
        for day in [date(2015, 6, 1), date(2026, 11, 24)] {
            let in_force = versions.iter().filter(|version| version.interval.status(day) == ValidityStatus::InForce);
            assert!(in_force.count() <= 1, "{} on {day}", of_one[0].document.title);
        }
    }
    // Texts, instruments, versions; without a first day, ended, with a remark.
    assert_eq!((texts.len(), instruments.len(), count, unknown, ended, remarked), (5935, 3966, 4108, 107, 228, 869));
}
