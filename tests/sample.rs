//! The sample corpus: it is read without a refusal, it is fictional and says so, it covers what it promises to cover, and
//! what `corpus/README.md` says is planted in it is still there.

#[path = "support/real_data.rs"]
mod real_data;

use faju::extract::{FILE_BYTES_MAX, FileInput, Outcome, Packs};
use faju::law::history::events;
use faju::law::identity::{instrument_id, version_key};
use faju::law::structure::parse;
use faju::law::versions::{VersionInput, intervals};
use faju::law::{Access, AuthorityLevel, CaseKind, Document, Event, InstrumentId, Kind, ProvisionKind, ValidityStatus};
use jiff::civil::{Date, date};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What every record is marked with.
const FICTIONAL: &str = "示例数据（虚构）";
/// The sample is embedded in the program and must stay small.
const BYTES_MAX: usize = 400_000;
/// The day on which the sample is described in `corpus/README.md`.
const TODAY: Date = date(2026, 11, 25);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Every file of the sample: path below `corpus/sample/` and bytes.
fn files() -> Vec<(String, Vec<u8>)> {
    let top = root().join("sample");
    let mut found = Vec::new();
    let mut folders = vec![top.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(&top).unwrap().to_string_lossy().replace('\\', "/");
                found.push((below, std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Every document of the sample with the path of its file; a refused or skipped file fails.
fn documents() -> Vec<(String, Document)> {
    let files = files();
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let packs = Packs::of(&paths);
    assert_eq!(packs.found().count(), 0, "the sample looks like a published collection");
    let mut all = Vec::new();
    for (path, bytes) in &files {
        assert!(bytes.len() < FILE_BYTES_MAX);
        match packs.read(&FileInput { path, bytes }) {
            Outcome::Documents { documents, refused } => {
                assert!(refused.is_empty(), "{path}: {refused:?}");
                all.extend(documents.into_iter().map(|extracted| (path.clone(), extracted.document)));
            }
            other => panic!("{path}: {other:?}"),
        }
    }
    all
}

/// Versions by title and issuer, in order of their dates; cases are left out.
fn instruments(documents: &[(String, Document)]) -> BTreeMap<(String, String), Vec<&Document>> {
    let mut found: BTreeMap<_, Vec<&Document>> = BTreeMap::new();
    for (_, document) in documents.iter().filter(|(_, document)| document.kind != Kind::Case) {
        let key = (document.title.clone(), document.issuer.clone().unwrap_or_default());
        found.entry(key).or_default().push(document);
    }
    for versions in found.values_mut() {
        versions.sort_by_key(|version| version.promulgation_date);
    }
    found
}

/// Numbers of the articles of a text, as written but without spaces.
fn articles(text: &str) -> Vec<String> {
    let article = Regex::new(r"(?m)^[第笫]([一二三四五六七八九十百 ]+条(?:之[一二三四五六七八九十]+)?)　").unwrap();
    article.captures_iter(text).map(|found| found[1].replace(' ', "")).collect()
}

#[test]
fn it_is_large_enough_and_small_enough() {
    let documents = documents();
    let count = |kind: Kind| documents.iter().filter(|(_, document)| document.kind == kind).count();
    assert!(documents.len() >= 60, "{} documents", documents.len());
    assert_eq!((count(Kind::Legislation), count(Kind::Normative), count(Kind::Case)), (32, 34, 26));
    let bytes: usize = files().iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(bytes <= BYTES_MAX, "{bytes} bytes");
}

#[test]
fn every_level_and_kind_of_case_that_a_sample_can_have_occurs() {
    let documents = documents();
    let levels: BTreeSet<&str> =
        documents.iter().filter_map(|(_, document)| document.level).map(AuthorityLevel::name).collect();
    // A made-up constitution would help nobody.
    let wanted = AuthorityLevel::ALL.iter().filter(|(level, _, _)| *level != AuthorityLevel::Constitution);
    assert_eq!(levels, wanted.map(|(_, name, _)| *name).collect::<BTreeSet<_>>());
    let cases = |kind: CaseKind| documents.iter().filter(|(_, document)| document.case_kind == Some(kind)).count();
    let counts = [CaseKind::PenaltyDecision, CaseKind::TypicalCase, CaseKind::Judgment].map(cases);
    assert_eq!(counts, [20, 4, 2]);
    let county = |document: &Document| document.region.as_deref() == Some("990121") && document.kind == Kind::Normative;
    assert!(documents.iter().filter(|(_, document)| county(document)).count() >= 20);
}

#[test]
fn every_record_keeps_to_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../docs/interchange.schema.json")).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for (path, document) in documents() {
        let record = serde_json::to_value(&document).unwrap();
        let errors: Vec<String> = validator.iter_errors(&record).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
    }
}

#[test]
fn every_record_says_that_it_is_fictional_and_is_public() {
    for (path, document) in documents() {
        assert!(document.notes.iter().any(|note| note.contains(FICTIONAL)), "{path}: {}", document.title);
        assert_eq!(document.access, Some(Access::Public), "{path}");
        // No province of China has a code that begins with 99.
        let local = document.region.as_deref();
        assert!(local.is_none_or(|region| region.starts_with("99")), "{path}: region {local:?}");
        assert!(local.is_some() || path.starts_with("national/"), "{path}: no region");
    }
}

#[test]
fn no_title_is_that_of_a_real_law() {
    let Some(folder) = real_data::real_data("no_title_is_that_of_a_real_law") else { return };
    let bare = |title: &str| title.trim().replace("中华人民共和国", "");
    let real = std::fs::read_to_string(folder.join("lexicon").join("law-titles.txt")).unwrap();
    let real: BTreeSet<String> = real.lines().map(bare).collect();
    assert!(real.len() > 1000);
    for (path, document) in documents() {
        assert!(!real.contains(&bare(&document.title)), "{path}: {} is real", document.title);
    }
}

#[test]
fn versions_of_one_instrument_share_their_title_and_differ_in_their_dates() {
    let documents = documents();
    let instruments = instruments(&documents);
    let several: Vec<_> = instruments.iter().filter(|(_, versions)| versions.len() > 1).collect();
    assert_eq!(several.len(), 8);
    assert!(several.iter().any(|(_, versions)| versions.len() == 3));
    for ((title, _), versions) in several {
        for pair in versions.windows(2) {
            let dates = (pair[0].promulgation_date, pair[1].promulgation_date);
            let second_source = pair.iter().any(|version| version.origin.is_some());
            assert_eq!(dates.0 == dates.1, second_source, "{title}: {dates:?}");
            assert_ne!(pair[0].text, pair[1].text, "{title}");
        }
    }
}

#[test]
fn legislation_tells_its_history_and_a_later_version_tells_more() {
    let documents = documents();
    let event = Regex::new(r"^(?:（|根据)?\d{4}年\d{1,2}月\d{1,2}日.*(?:通过|公布|修正|修订|批准|施行)）?$").unwrap();
    for (path, document) in documents.iter().filter(|(_, document)| document.kind == Kind::Legislation) {
        assert!(document.history.iter().any(|line| event.is_match(line)), "{path}: {:?}", document.history);
    }
    let written = |document: &Document| document.history.concat().chars().count();
    for ((title, _), versions) in instruments(&documents) {
        // A second source of one version tells the same history.
        let one_source = |pair: &&[&Document]| pair.iter().all(|version| version.origin.is_none());
        for pair in versions.windows(2).filter(one_source).filter(|pair| pair[0].kind == Kind::Legislation) {
            assert!(written(pair[0]) < written(pair[1]), "{title}");
        }
    }
}

#[test]
fn dates_agree_with_each_other() {
    for (path, document) in documents() {
        let order = [document.adoption_date, document.written_date, document.promulgation_date];
        let known: Vec<Date> = order.into_iter().flatten().collect();
        assert!(known.is_sorted(), "{path}: {known:?}");
        let effective = document.effective_date.or(document.promulgation_date);
        assert!(document.promulgation_date <= effective, "{path}: in force before it was published");
        assert!(document.valid_until.is_none_or(|end| Some(end) > effective), "{path}: expired before it began");
        let known = known.into_iter().chain(document.decided_on).chain(document.asserted_on);
        assert!(known.max().is_none_or(|last| last <= TODAY), "{path}: made in the future");
        assert_eq!(document.kind == Kind::Case, document.decided_on.is_some(), "{path}");
    }
    let ahead: Vec<Date> = documents()
        .iter()
        .filter_map(|(_, document)| document.effective_date)
        .filter(|effective| *effective > TODAY)
        .collect();
    assert_eq!(ahead.len(), 2);
}

#[test]
fn articles_are_numbered_without_gaps() {
    let documents = documents();
    let longest = documents.iter().map(|(_, document)| articles(&document.text).len()).max();
    assert!(longest >= Some(80), "{longest:?}");
    for (path, document) in documents.iter().filter(|(_, document)| document.kind == Kind::Legislation) {
        let numbers = articles(&document.text);
        let inserted = |number: &String| number.contains('之');
        let plain: Vec<&String> = numbers.iter().filter(|number| !inserted(number)).collect();
        let expected: Vec<String> = (1..=plain.len()).map(|at| format!("{}条", chinese(at))).collect();
        assert_eq!(plain, expected.iter().collect::<Vec<_>>(), "{path}");
    }
}

/// Chinese numeral of a number below one hundred.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_string(),
        tens => format!("{}十", DIGITS[tens]),
    };
    tens + DIGITS[number % 10]
}

#[test]
fn the_structure_is_understood() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut issues = Vec::new();
    for (path, document) in documents() {
        let structure = parse(&document);
        if document.kind != Kind::Case {
            assert_eq!(structure.article_count(), articles(&document.text).len(), "{path}");
        }
        let unknown = structure.provisions().filter(|(provision, _)| provision.key.starts_with("section"));
        assert_eq!(unknown.count(), 0, "{path}: a section of {} that nobody knows", document.title);
        for (provision, _) in structure.provisions() {
            *counts.entry(provision.kind.name()).or_default() += 1;
        }
        issues.extend(structure.issues.into_iter().map(|issue| (path.clone(), issue.code)));
    }
    let misspelt = ["county/billboard-measures-2013.md", "national/roadside-occupation-regulation-2005.md"];
    assert_eq!(issues, misspelt.map(|path| (path.to_string(), "article_number_misspelt".to_string())));
    let kinds = [
        ProvisionKind::Annex,
        ProvisionKind::Article,
        ProvisionKind::CaseSection,
        ProvisionKind::NumberedUnit,
        ProvisionKind::Preamble,
        ProvisionKind::Signature,
    ];
    let counts: Vec<usize> = kinds.iter().map(|kind| counts.get(kind.name()).copied().unwrap_or(0)).collect();
    assert_eq!(counts, [5, 719, 114, 138, 24, 25]);
}

#[test]
fn decisions_in_running_text_are_divided_too() {
    let documents = documents();
    let keys = |number: &str| -> Vec<String> {
        let found = documents.iter().find(|(_, document)| document.case_number.as_deref() == Some(number)).unwrap();
        parse(&found.1).provisions().map(|(provision, _)| provision.key.clone()).collect()
    };
    for number in ["青环（临）罚〔2025〕12号", "临城管罚决〔2026〕9号"] {
        assert_eq!(keys(number), ["parties", "facts", "evidence", "reasons", "signature"], "{number}");
    }
    assert_eq!(keys("临城管罚决〔2025〕6号"), ["facts", "evidence", "reasons", "basis", "result"]);
}

/// Texts of one version by the keys of their versions, each with its events.
type Versions<'a> = BTreeMap<String, Vec<(&'a Document, Vec<Event>)>>;

/// Every version: the title of its instrument, its key and its status on a day.
fn states(documents: &[(String, Document)], on: Date) -> Vec<(String, String, ValidityStatus)> {
    let mut instruments: BTreeMap<InstrumentId, Versions> = BTreeMap::new();
    for (_, document) in documents.iter().filter(|(_, document)| document.kind != Kind::Case) {
        let events = events(document, &parse(document));
        let key = version_key(document, &events).to_string();
        let versions = instruments.entry(instrument_id(document)).or_default();
        versions.entry(key).or_default().push((document, events));
    }
    let mut found = Vec::new();
    for versions in instruments.values() {
        let inputs: Vec<VersionInput<'_>> = versions
            .values()
            .map(|sources| VersionInput::of(sources.iter().map(|(document, events)| (*document, events.as_slice()))))
            .collect();
        for ((key, sources), placed) in versions.iter().zip(intervals(&inputs)) {
            found.push((sources[0].0.title.clone(), key.clone(), placed.interval.status(on)));
        }
    }
    found
}

#[test]
fn versions_are_in_the_states_that_the_readme_names() {
    let states = states(&documents(), TODAY);
    let titles = |status: ValidityStatus| -> BTreeSet<&str> {
        states.iter().filter(|state| state.2 == status).map(|state| state.0.as_str()).collect()
    };
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let named = |label: &str| -> BTreeSet<&str> {
        let row = readme.lines().find_map(|line| line.strip_prefix(&format!("| {label} | "))).unwrap();
        row.trim_end_matches('|').split(", ").map(|name| name.split(" (").next().unwrap_or(name).trim()).collect()
    };
    assert_eq!(titles(ValidityStatus::NotYetEffective), named("not yet in force"));
    assert_eq!(titles(ValidityStatus::Repealed), named("repealed"));
    assert_eq!(titles(ValidityStatus::Expired), named("expired"));
    assert_eq!(titles(ValidityStatus::Unknown), named("unknown"));
    assert!(titles(ValidityStatus::InForce).is_superset(&named("in force, end already known")));
    assert_eq!(states.iter().filter(|state| state.2 == ValidityStatus::Amended).count(), 8);
}

#[test]
fn each_day_has_its_text() {
    let documents = documents();
    let on = |day: Date| -> Vec<String> {
        let all = states(&documents, day);
        let law = all.into_iter().filter(|state| state.0 == "城乡公共空间管理法" && state.2 == ValidityStatus::InForce);
        law.map(|state| state.1).collect()
    };
    assert_eq!(on(date(2014, 9, 30)), [""; 0]);
    assert_eq!(on(date(2019, 12, 31)), ["2014-06-26"]);
    assert_eq!(on(date(2020, 1, 1)), ["2019-08-26"]);
    assert_eq!(on(date(2024, 2, 29)), ["2019-08-26"]);
    assert_eq!(on(date(2024, 3, 1)), ["2023-12-29"]);
}

#[test]
fn what_is_cited_exists_unless_its_absence_is_planted() {
    let documents = documents();
    let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (_, document) in &documents {
        known.entry(&document.title).or_default().extend(articles(&document.text));
    }
    // A text printed below the notice that issued it is cited by its own title.
    let citation =
        Regex::new(r"《([^《》]+)》(?:（[^（）]+）)?第([一二三四五六七八九十百]+条(?:之[一二三四五六七八九十]+)?)")
            .unwrap();
    let mut absent = BTreeSet::new();
    let mut cited_by_cases = 0;
    for (path, document) in &documents {
        for found in citation.captures_iter(&document.text) {
            let there = known.get(&found[1]).is_some_and(|articles| articles.contains(&found[2]));
            if !there {
                absent.insert((path.clone(), found[0].to_string()));
            }
            cited_by_cases += usize::from(there && document.kind == Kind::Case);
        }
    }
    let planted = [("county/public-space-measures-2025.md", "《城乡公共空间管理法》第九十二条")];
    assert_eq!(absent, planted.map(|(path, words)| (path.to_string(), words.to_string())).into());
    assert!(cited_by_cases >= 40, "{cited_by_cases} citations in cases");
}

#[test]
fn what_the_readme_lists_is_there() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let row = Regex::new(r"(?m)^\| `([a-z]+/[a-z0-9-]+\.(?:md|jsonl))` \| ([^|]+) \|").unwrap();
    let files: BTreeMap<String, Vec<u8>> = files().into_iter().collect();
    let mut rows = 0;
    for found in row.captures_iter(&readme) {
        let body = files.get(&found[1]).unwrap_or_else(|| panic!("no file {}", &found[1]));
        let body = String::from_utf8_lossy(body);
        assert!(body.contains(found[2].trim()), "{} does not hold {}", &found[1], &found[2]);
        rows += 1;
    }
    assert_eq!(rows, 37);
}
