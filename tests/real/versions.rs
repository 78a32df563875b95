//! What the histories of the real corpus make of it: which texts are one version, and what is in force on which day.

use crate::bless::blessed;
use crate::packs;
use crate::real_data::real_data;
use faju::law::versions::{Placement, Untold, Verdict, VersionFacts, VersionInput, intervals, same_as_any, untold};
use faju::law::{Document, Event, Interval, Kind, ProvisionKind, ValidityStatus, history, identity, structure};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

/// The collections in the order of preference of their texts.
const PACKS: [(&str, &str); 8] = [
    ("lawrefbook", "laws/lawrefbook.tar.zst"),
    ("just-laws-md", "laws/just-laws-md.tar.zst"),
    ("flk-txt", "laws/flk-txt.tar.zst"),
    ("gov-cn-2019", "normative/gov-cn-2019.jsonl.zst"),
    ("enforcement-regs", "laws/enforcement-regs.tar.zst"),
    ("env-enforcement", "laws/env-enforcement.tar.zst"),
    ("verified-statutes", "laws/verified-statutes.tar.zst"),
    ("pbc-normative", "normative/pbc-normative.tar.zst"),
];

/// A text with what is read from it.
struct Text {
    pack: &'static str,
    path: String,
    document: Document,
    events: Vec<Event>,
    facts: VersionFacts,
    /// Keys of its articles, in order.
    articles: Vec<String>,
}

/// One version of an instrument: its texts and when it is in force.
struct Version<'a> {
    texts: Vec<&'a Text>,
    interval: Interval,
    remarks: Vec<String>,
    /// Whether a change ended it whose text is not here.
    lacks_next: bool,
    /// The change that made it, where only a later history tells.
    untold: Option<Untold>,
}

/// Every instrument of the collections, read once for all tests; `None` without the data.
fn texts(test: &str) -> Option<&'static [Text]> {
    static TEXTS: OnceLock<Vec<Text>> = OnceLock::new();
    let data = real_data(test)?;
    Some(TEXTS.get_or_init(|| {
        let read = |(pack, path): (&'static str, &'static str)| {
            let members = packs::members(&data.join(path));
            let documents = packs::read(&members).documents.into_iter();
            documents.filter(|(_, document)| document.kind != Kind::Case).map(move |(path, document)| {
                let structure = structure::parse(&document);
                let events = history::events(&document, &structure);
                let facts = VersionFacts::of(&document, &structure, &events);
                let articles = structure.provisions().filter(|(provision, _)| provision.kind == ProvisionKind::Article);
                let articles = articles.map(|(provision, _)| provision.key.clone()).collect();
                Text { pack, path, document, events, facts, articles }
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
    let placed = groups.into_iter().zip(intervals(&inputs)).zip(untold(&inputs));
    let version = |((texts, found), untold): ((Vec<&'static Text>, Placement), _)| Version {
        texts,
        interval: found.interval,
        remarks: found.remarks,
        lacks_next: found.teller.is_some(),
        untold,
    };
    placed.map(version).collect()
}

fn versions_of(texts: &'static [Text], title: &str) -> Vec<Version<'static>> {
    let of_title: Vec<&Text> = texts.iter().filter(|text| text.document.title == title).collect();
    assert!(!of_title.is_empty(), "{title}");
    versions(&of_title)
}

/// The key of a version: the best that one of its texts gives.
fn key(version: &Version<'_>) -> String {
    if let Some(untold) = &version.untold {
        return untold.act.key_date().to_string();
    }
    let keys = version.texts.iter().map(|text| {
        let key = identity::version_key(&text.document, &text.events).0;
        (!key.starts_with("u-"), text.events.iter().any(|event| event.kind.changes_text()), key)
    });
    keys.max().map(|(_, _, key)| key).unwrap_or_default()
}

/// Keys of the versions of a title with their status on a day, in order of the keys.
fn on(texts: &'static [Text], title: &str, day: Date) -> Vec<(String, ValidityStatus)> {
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

#[test]
fn a_change_without_a_text_ends_the_text_before_it() {
    let Some(texts) = texts("a_change_without_a_text_ends_the_text_before_it") else { return };
    // No text of the day asked is here; the older one ended on the day of the change that a later history names.
    for (title, day, ended) in [
        ("中华人民共和国职业病防治法", date(2018, 6, 1), date(2017, 11, 4)),
        ("中华人民共和国母婴保健法实施办法", date(2023, 1, 1), date(2022, 3, 29)),
        ("上海市优化营商环境条例", date(2022, 1, 1), date(2021, 10, 28)),
        ("北京市优化营商环境条例", date(2023, 1, 1), date(2022, 8, 29)),
    ] {
        let versions = versions_of(texts, title);
        assert!(versions.iter().all(|version| version.interval.status(day) != ValidityStatus::InForce), "{title}");
        assert!(versions.iter().any(|version| version.interval.ended_on == Some(ended)), "{title}");
    }
    // The file is the text of the change in the midst: it did not exist before.
    for (title, key, before) in [
        ("全国年节及纪念日放假办法", "2013-12-11", date(2010, 1, 1)),
        ("中华人民共和国专利法实施细则", "2010-01-09", date(2005, 1, 1)),
        ("军人抚恤优待条例", "2019-03-02", date(2015, 1, 1)),
        ("医疗机构管理条例", "2022-05-01", date(2017, 1, 1)),
    ] {
        let found = on(texts, title, before);
        let status = found.iter().find(|(known, _)| known == key).map(|(_, status)| *status);
        assert_eq!(status, Some(ValidityStatus::NotYetEffective), "{title}: {found:?}");
    }
    let all = instruments(texts);
    let versions: Vec<Version<'_>> = all.values().flat_map(|of_one| versions(of_one)).collect();
    let lacking = versions.iter().filter(|version| version.lacks_next).count();
    let told = versions.iter().filter(|version| version.untold.is_some()).count();
    assert_eq!((lacking, told), (5, 20));
}

/// Dates of one title, each with the paths of the files that bear it.
type Dated = Vec<(String, Vec<String>)>;

/// Titles of `laws/versions.tsv` that occur with two dates or more.
fn titles_with_dates(table: &str) -> BTreeMap<String, Dated> {
    let mut titles: BTreeMap<String, Dated> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let [title, _, date, sources] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let paths = sources.split(" | ").filter_map(|source| source.split_once(':'));
        let paths = paths.map(|(pack, path)| format!("{pack}/{path}").trim_end_matches("/README.md").to_string());
        titles.entry(title.to_string()).or_default().push((date.to_string(), paths.collect()));
    }
    titles
}

/// Where each file went: instrument and key of the version.
fn places(texts: &'static [Text]) -> HashMap<String, (String, String)> {
    let mut places = HashMap::new();
    for (id, of_one) in instruments(texts) {
        for version in versions(&of_one) {
            let key = key(&version);
            for text in &version.texts {
                let path = text.path.trim_end_matches("/README.md").to_string();
                places.insert(path, (id.clone(), key.clone()));
            }
        }
    }
    places
}

/// One line of the committed list as the program answers it: `date=key` for each date.
fn answered(instrument: &str, dates: &Dated, places: &HashMap<String, (String, String)>) -> (String, usize) {
    let mut own = BTreeSet::new();
    let mut cells = Vec::new();
    for (date, paths) in dates {
        let found: BTreeSet<&(String, String)> = paths.iter().filter_map(|path| places.get(path)).collect();
        own.extend(found.iter().filter(|(id, _)| id == instrument).map(|(_, key)| key.clone()));
        let name = |place: &&(String, String)| match place {
            (id, key) if id == instrument => key.clone(),
            (id, key) => format!("{id}@{key}"),
        };
        let names: Vec<String> = found.iter().map(name).collect();
        cells.push(format!("{date}={}", if names.is_empty() { "-".to_string() } else { names.join("/") }));
    }
    (cells.join(" "), own.len())
}

#[test]
fn titles_with_two_dates_are_told_apart() {
    let Some(texts) = texts("titles_with_two_dates_are_told_apart") else { return };
    let data = real_data("titles_with_two_dates_are_told_apart").unwrap();
    let table = std::fs::read_to_string(data.join("laws/versions.tsv")).unwrap();
    let titles = titles_with_dates(&table);
    let places = places(texts);
    let mut wrong = Vec::new();
    let (mut one, mut several) = (0, 0);
    let lines = include_str!("versions.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    for line in lines {
        let [id, rows, count, _why] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        // The title is not in the list: it is that whose files are texts of this instrument, on just these days.
        let days: Vec<&str> = rows.split(' ').filter_map(|row| row.split_once('=')).map(|(day, _)| day).collect();
        let of_line = |dates: &&Dated| {
            let same = dates.iter().map(|(date, _)| date.as_str()).eq(days.iter().copied());
            same && dates
                .iter()
                .flat_map(|(_, paths)| paths)
                .any(|path| places.get(path).is_some_and(|(at, _)| at == id))
        };
        let Some(dates) = titles.values().find(of_line) else {
            wrong.push(format!("{id}: no title of these days"));
            continue;
        };
        let count = ["none", "one", "two", "three"].iter().position(|name| *name == count).unwrap();
        let found = answered(id, dates, &places);
        if found != (rows.to_string(), count) {
            wrong.push(format!("{id}: {found:?}, not {rows} ({count})"));
        }
        one += usize::from(count == 1);
        several += usize::from(count > 1);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((one, several), (75, 117));
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
    assert_eq!((several.len(), torn.len()), (901, 4));
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
    assert_eq!((texts.len(), instruments.len(), count, unknown, ended, remarked), (6027, 4033, 4169, 146, 215, 1026));
}

/// Number and suffix of an article's key: `a10-1` → (10, 1).
fn number(key: &str) -> Option<(u32, u32)> {
    let rest = key.strip_prefix('a')?;
    let (number, suffix) = rest.split_once('-').unwrap_or((rest, "0"));
    Some((number.parse().ok()?, suffix.parse().ok()?))
}

/// Texts whose articles are not numbered through: `pack instrument@version`, with what is wrong first met.
fn misnumbered(texts: &[Text]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for text in texts {
        let mut last = (0, 0);
        // Articles inside annexes have numbers of their own.
        for key in text.articles.iter().filter(|key| !key.contains('.')) {
            let defect = match number(key) {
                None => Some(if key.contains('~') { "repeated" } else { "unread" }),
                Some(number) if number <= last => Some("falling"),
                Some(number) => {
                    last = number;
                    None
                }
            };
            if let Some(defect) = defect {
                let version = identity::version_key(&text.document, &text.events);
                let name = format!("{} {}@{version}", text.pack, identity::instrument_id(&text.document));
                found.entry(name).or_insert_with(|| format!("{defect} {key}"));
            }
        }
    }
    found
}

#[test]
fn article_numbers_are_read_and_ascend() {
    let Some(texts) = texts("article_numbers_are_read_and_ascend") else { return };
    assert!(texts.iter().map(|text| text.articles.len()).sum::<usize>() > 200_000);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/real/misnumbered.tsv");
    let found: String = misnumbered(texts).iter().map(|(name, defect)| format!("{name}\t{defect}\n")).collect();
    if blessed() {
        std::fs::write(file, &found).unwrap();
    }
    let known = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(found, known, "look at the files; if the sources are wrong, run with FAJU_BLESS=1");
}
