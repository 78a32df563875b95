//! The journeys on the sample corpus, through the facade that every face calls.

#[path = "journeys/acts.rs"]
mod acts;
#[path = "journeys/catalogue.rs"]
mod catalogue;
#[path = "journeys/citations.rs"]
mod citations;
#[path = "journeys/damage.rs"]
mod damage;
#[path = "journeys/dictionary.rs"]
mod dictionary;
#[path = "journeys/impact.rs"]
mod impact;
#[path = "journeys/imports.rs"]
mod imports;
#[path = "journeys/lacking.rs"]
mod lacking;
#[path = "journeys/long_files.rs"]
mod long_files;
#[path = "journeys/masking.rs"]
mod masking;
#[path = "journeys/matching.rs"]
mod matching;
#[path = "journeys/office.rs"]
mod office;
#[path = "journeys/penalty.rs"]
mod penalty;
#[path = "journeys/precedents.rs"]
mod precedents;
#[path = "journeys/published.rs"]
mod published;
#[path = "journeys/redactions.rs"]
mod redactions;
#[path = "journeys/renewed.rs"]
mod renewed;
#[path = "journeys/similar.rs"]
mod similar;
#[path = "journeys/sources.rs"]
mod sources;
#[path = "journeys/standing.rs"]
mod standing;
#[path = "journeys/suggest.rs"]
mod suggest;
#[path = "journeys/typed.rs"]
mod typed;
#[path = "journeys/validity.rs"]
mod validity;
#[path = "journeys/withdrawals.rs"]
mod withdrawals;

use faju::app::view::{BlockView, ImportReport, Item, SearchPage, Shown};
use faju::app::{Act, Asker, ComparisonRequest, ErrorCode, Faju, Found, ImportOptions, Progress, Settings};
use faju::law::{Access, ValidityStatus};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

struct Silent;

impl Progress for Silent {
    fn at(&self, _bytes: u64, _of_bytes: u64, _documents: u64) {}
}

fn asker() -> Asker {
    Asker::of(Access::Restricted, jiff::civil::date(2026, 11, 25))
}

fn open(data: &Path) -> Faju {
    Faju::open(Settings::of(data.to_path_buf())).unwrap()
}

fn import(faju: &Faju, path: impl Into<PathBuf>) -> ImportReport {
    faju.import(&[path.into()], &ImportOptions::default(), &Silent, &AtomicBool::new(false)).unwrap()
}

fn pairs(parameters: &[(&str, &str)]) -> Vec<(String, String)> {
    parameters.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

fn search(faju: &Faju, parameters: &[(&str, &str)]) -> SearchPage {
    faju.search(&pairs(parameters), &asker()).unwrap()
}

fn ids(page: &SearchPage) -> Vec<String> {
    let mut ids = Vec::new();
    for item in &page.items {
        match item {
            Item::Group(group) => ids.extend(group.provisions.iter().map(|provision| provision.id.clone())),
            Item::Single(single) => ids.push(single.provision.id.clone()),
        }
    }
    ids
}

#[test]
fn an_empty_directory_answers_from_the_sample_and_stays_empty() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let page = search(&faju, &[("q", "罚款")]);
    assert!(page.sample && page.total.value > 10 && faju.is_sample());
    assert!(page.warnings.iter().any(|warning| warning.contains("虚构")));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is written");
}

#[test]
fn importing_again_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let first = import(&faju, "corpus/sample");
    assert!(first.new >= 60 && first.refused == 0, "{:?}", first.files.iter().find(|file| file.outcome == "refused"));
    let cursor = search(&faju, &[]).corpus.cursor;
    let again = import(&faju, "corpus/sample");
    assert_eq!((again.new, again.updated, again.unchanged), (0, 0, first.new + first.updated));
    assert_eq!(search(&faju, &[]).corpus.cursor, cursor);
    let verified = faju.verify().unwrap();
    assert_eq!(verified.damage, Vec::<String>::new());
    assert_eq!(verified.records["put"], first.new);
}

#[test]
fn a_rebuilt_index_answers_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    import(&faju, "corpus/sample");
    let asked =
        [("q", "罚款 许可"), ("status", "all"), ("group", "none"), ("limit", "1000"), ("facets", "kind,status,year")];
    let learning = search(&faju, &asked);
    // The first one takes up the words of what was imported: they move ranks, never what is found.
    faju.rebuild(&Silent).unwrap();
    let before = search(&faju, &asked);
    assert_eq!((&learning.total, &learning.facets), (&before.total, &before.facets));
    faju.rebuild(&Silent).unwrap();
    let after = search(&faju, &asked);
    assert_eq!((ids(&before), &before.total, &before.facets), (ids(&after), &after.total, &after.facets));
    std::fs::remove_dir_all(folder.path().join("index")).unwrap();
    let again = search(&open(folder.path()), &asked);
    assert_eq!(ids(&after), ids(&again));
}

#[test]
fn export_and_import_give_the_same_corpus() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let faju = open(one.path());
    import(&faju, "corpus/sample");
    let mut bytes = Vec::new();
    let count = faju.export(&mut bytes).unwrap().documents;
    assert_eq!(count, faju.verify().unwrap().documents);
    let file = two.path().join("全部.jsonl");
    std::fs::write(&file, &bytes).unwrap();
    let other = open(two.path());
    let report = import(&other, &file);
    assert_eq!((report.new, report.refused), (count, 0), "{:?}", report.warnings);
    let mut again = Vec::new();
    other.export(&mut again).unwrap();
    let lines = |bytes: &[u8]| {
        let mut lines: Vec<String> = String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_string).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&bytes), lines(&again));
    let asked = [("q", "罚款"), ("status", "all"), ("group", "none"), ("limit", "1000")];
    let sorted = |faju: &Faju| {
        let mut ids = ids(&search(faju, &asked));
        ids.sort();
        ids
    };
    assert_eq!(sorted(&faju), sorted(&other));
}

#[test]
fn an_export_with_several_texts_of_one_version_loses_none_in_whatever_order_it_comes() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let texts = one.path().join("告示");
    std::fs::create_dir(&texts).unwrap();
    for (name, verb) in [("甲.md", "设"), ("乙.md", "设立")] {
        let articles = format!("第一条　渡口夜间停渡。\n第二条　渡口应当{verb}标志。\n第三条　渡口由县管理。\n");
        let text = format!("---\nkind: normative\naccess: public\n---\n# 云桥县渡口告示\n\n{articles}");
        std::fs::write(texts.join(name), text).unwrap();
    }
    let faju = open(one.path());
    assert_eq!(import(&faju, &texts).new, 2);
    assert_eq!(faju.state().unwrap().documents, 1, "two texts of one version");
    let mut bytes = Vec::new();
    assert_eq!(faju.export(&mut bytes).unwrap().documents, 2);
    let mut lines: Vec<&str> = std::str::from_utf8(&bytes).unwrap().lines().collect();
    lines.reverse();
    let file = two.path().join("全部.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let other = open(two.path());
    let report = import(&other, &file);
    assert_eq!((report.new, report.updated), (2, 0));
    let mut again = Vec::new();
    assert_eq!(other.export(&mut again).unwrap().documents, 2);
    assert_eq!(std::str::from_utf8(&again).unwrap().lines().collect::<Vec<_>>(), lines);
    assert_eq!(import(&other, &file).unchanged, 2);
}

#[test]
fn every_hit_can_be_read_verbatim() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let page = search(&faju, &[("q", ""), ("status", "all"), ("group", "none"), ("limit", "1000")]);
    assert!(page.total.value > 500);
    for item in &page.items {
        let Item::Single(single) = item else { panic!("grouped") };
        let Found::Here(view) = faju.provision(&single.provision.id, None, &asker()).unwrap() else { panic!("moved") };
        assert_eq!(
            (view.text, view.label, view.path),
            (single.provision.text.clone(), single.provision.label.clone(), single.provision.path.clone())
        );
    }
}

#[test]
fn an_instrument_is_read_on_any_day() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let page =
        search(&faju, &[("q", "标题:城乡公共空间管理法"), ("status", "all"), ("group", "none"), ("limit", "1000")]);
    let Some(Item::Single(single)) = page.items.first() else { panic!("nothing found") };
    let id = single.instrument.id.clone();
    let Found::Here(today) = faju.instrument(&id, None, &asker()).unwrap() else { panic!("moved") };
    assert!(today.versions.len() >= 2, "{:?}", today.versions);
    assert_eq!(today.version.as_ref().map(|version| version.status), Some(ValidityStatus::InForce));
    let first = today.versions.iter().filter_map(|version| version.effective_from).min().unwrap();
    let Found::Here(then) = faju.instrument(&id, Some(first), &asker()).unwrap() else { panic!("moved") };
    assert_ne!(then.version.as_ref().map(|v| &v.key), today.version.as_ref().map(|v| &v.key));
    assert!(then.blocks.iter().any(|block| matches!(block, BlockView::Provision { key, .. } if key == "a1")));
    let Found::Here(Shown::Provision(article)) =
        faju.show(&format!("{id}@{}/a1", then.version.unwrap().key), None, &asker()).unwrap()
    else {
        panic!("no provision")
    };
    assert_eq!(article.label, "第一条");
}

#[test]
fn acts_are_recorded_and_seen() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let act = Act::Withdraw { id: "x".to_string(), origin: None, reason: "误发".to_string() };
    assert_eq!(faju.act(act, &asker()).unwrap_err().code, ErrorCode::NotFound, "the sample cannot be changed");
    import(&faju, "corpus/sample");
    let page = search(&faju, &[("q", "标题:养犬"), ("kind", "normative"), ("status", "all"), ("group", "none")]);
    let Some(Item::Single(single)) = page.items.first() else { panic!("nothing found") };
    let id = format!("{}@{}", single.instrument.id, single.version.as_ref().unwrap().key);
    let correct = Act::Correct {
        id: id.clone(),
        field: "issuer".to_string(),
        value: "临江县更正局".into(),
        reason: "原件如此".to_string(),
        proof: "档案第三页".to_string(),
    };
    faju.act(correct, &asker()).unwrap();
    let Found::Here(read) = faju.instrument(&single.instrument.id, None, &asker()).unwrap() else { panic!("moved") };
    assert_eq!(read.instrument.issuer.as_deref(), Some("临江县更正局"));
    let Found::Here(document) = faju.document(&id, &asker()).unwrap() else { panic!("moved") };
    assert_ne!(document.records[0].document.issuer.as_deref(), Some("临江县更正局"), "as received");
    faju.act(Act::Withdraw { id: id.clone(), origin: None, reason: "误发".to_string() }, &asker()).unwrap();
    assert_eq!(faju.show(&id, None, &asker()).unwrap_err().code, ErrorCode::Gone);
    let before =
        search(&faju, &[("q", "罚款"), ("status", "all"), ("group", "none"), ("limit", "1000"), ("rank", "lexical")]);
    faju.rebuild(&Silent).unwrap();
    let after =
        search(&faju, &[("q", "罚款"), ("status", "all"), ("group", "none"), ("limit", "1000"), ("rank", "lexical")]);
    // The frequencies that rank near ties count replaced entries until they are merged away, and the new dictionary moves
    // ranks; what has the words is the same.
    let sorted = |page: &SearchPage| {
        let mut ids = ids(page);
        ids.sort();
        ids
    };
    assert_eq!(sorted(&before), sorted(&after));
    assert_eq!(faju.show(&id, None, &asker()).unwrap_err().code, ErrorCode::Gone);
}

#[test]
fn what_is_not_public_is_not_seen_by_the_public() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let file = folder.path().join("内部.jsonl");
    let record = |title: &str, access: &str| {
        format!(
            "{{\"kind\":\"normative\",\"title\":\"{title}\",\"issuer\":\"云桥县人民政府\",{access}\"text\":\"第一条　渡口夜间停渡。\"}}\n"
        )
    };
    let lines = record("云桥县内部渡口办法", "") + &record("云桥县公开渡口办法", "\"access\":\"public\",");
    std::fs::write(&file, lines).unwrap();
    let report = import(&faju, &file);
    assert!(report.warnings.iter().any(|warning| warning.contains("1 份文件未声明公开")), "{:?}", report.warnings);
    let public = Asker { access: Access::Public, ..asker() };
    let all = vec![
        ("q".to_string(), "渡口".to_string()),
        ("status".to_string(), "all".to_string()),
        ("group".to_string(), "none".to_string()),
    ];
    assert_eq!(faju.search(&all, &public).unwrap().total.value, 1);
    assert_eq!(faju.search(&all, &asker()).unwrap().total.value, 2);
    for id in ids(&faju.search(&all, &asker()).unwrap()) {
        let seen = ids(&faju.search(&all, &public).unwrap()).contains(&id);
        assert_eq!(faju.show(&id, None, &public).is_ok(), seen);
    }
    assert_eq!(faju.changes(None, 10, &public).unwrap().items.len(), 1);
    assert_eq!(faju.changes(None, 10, &asker()).unwrap().items.len(), 2);
}

/// Three versions of one instrument, the newest internal, and a successor under another title.
fn with_versions(folder: &Path) -> (Faju, String, String) {
    let faju = open(folder);
    let file = folder.join("渡口.jsonl");
    let record = |title: &str, day: &str, access: &str, text: &str| {
        format!(
            "{{\"kind\":\"normative\",\"title\":\"{title}\",\"issuer\":\"云桥县人民政府\",\"promulgation_date\":\"{day}\",\
             \"effective_date\":\"{day}\",\"access\":\"{access}\",\"text\":\"{text}\"}}\n"
        )
    };
    let night = "第一条　渡口夜间停渡，渡船不得载客。\\n第二条　违反第一条的，处三百元罚款。";
    let inserted =
        "第一条　渡口由交通运输局管理。\\n第二条　渡口夜间停渡，渡船不得载客。\\n第三条　违反第二条的，处五百元罚款。";
    let lines = record("云桥县渡口办法", "2020-01-01", "public", night)
        + &record("云桥县渡口办法", "2022-01-01", "public", inserted)
        + &record("云桥县渡口办法", "2024-01-01", "internal", "第一条　渡口一律撤销，另行建桥。")
        + &record("云桥县水上交通办法", "2025-01-01", "public", "第一条　渡口夜间停渡，渡船不得载客和载货。");
    std::fs::write(&file, lines).unwrap();
    let report = import(&faju, &file);
    assert_eq!((report.new, report.refused), (4, 0), "{:?}", report.files);
    let id = |title: &str| {
        let page = search(&faju, &[("q", &format!("标题:{title}")), ("status", "all"), ("group", "none")]);
        let Some(Item::Single(single)) = page.items.first() else { panic!("nothing found") };
        single.instrument.id.clone()
    };
    let ids = (id("云桥县渡口办法"), id("云桥县水上交通办法"));
    (faju, ids.0, ids.1)
}

#[test]
fn versions_and_instruments_are_compared_by_key_day_and_id() {
    let folder = tempfile::tempdir().unwrap();
    let (faju, ferry, traffic) = with_versions(folder.path());
    let compare = |request: ComparisonRequest| {
        let Found::Here(view) = faju.compare(&request, None, &asker()).unwrap() else { panic!("moved") };
        let key = |text: &faju::app::view::comparison::ComparedText| text.version.as_ref().unwrap().key.clone();
        let kinds: Vec<&str> = view.rows.iter().map(|row| row.kind.name()).collect();
        (key(&view.old), key(&view.new), kinds.join(" "))
    };
    let of = |from: Option<&str>, to: Option<&str>| ComparisonRequest {
        id: ferry.clone(),
        from: from.map(str::to_string),
        to: to.map(str::to_string),
        ..ComparisonRequest::default()
    };
    let keyed = |old: &str, new: &str, kinds: &str| (old.to_string(), new.to_string(), kinds.to_string());
    let first = keyed("2020-01-01", "2022-01-01", "added moved moved_changed");
    assert_eq!(compare(of(Some("2020-01-01"), Some("2022-01-01"))), first);
    assert_eq!(compare(of(Some("2021-06-30"), Some("2023-06-30"))), first, "days on which they were in force");
    assert_eq!(compare(of(None, Some("2022-01-01"))), first, "against the version before");
    assert_eq!(compare(of(None, None)).1, "2024-01-01");
    let named = ComparisonRequest { id: format!("{ferry}@2022-01-01"), ..ComparisonRequest::default() };
    assert_eq!(compare(named), first);
    let other = ComparisonRequest { with: Some(traffic), from: Some("2022-01-01".into()), ..of(None, None) };
    assert_eq!(compare(other).1, "2025-01-01");
}

#[test]
fn a_version_that_is_not_seen_is_not_compared() {
    let folder = tempfile::tempdir().unwrap();
    let (faju, ferry, _) = with_versions(folder.path());
    let public = Asker { access: Access::Public, ..asker() };
    let ask = |from: Option<&str>, to: Option<&str>, with: Option<String>| {
        let (from, to) = (from.map(str::to_string), to.map(str::to_string));
        faju.compare(&ComparisonRequest { id: ferry.clone(), with, from, to, only_changes: false }, None, &public)
    };
    let hidden = format!("{ferry}@2024-01-01");
    let named = ComparisonRequest { id: hidden.clone(), ..ComparisonRequest::default() };
    for refused in [
        ask(None, Some(&hidden), None),
        ask(Some(&hidden), None, None),
        ask(None, None, Some(hidden.clone())),
        faju.compare(&named, None, &public),
    ] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::NotFound);
    }
    // Its key is a day like any other to who does not see it.
    let Found::Here(view) = ask(None, Some("2024-01-01"), None).unwrap() else { panic!("moved") };
    assert_eq!(view.new.id, format!("{ferry}@2022-01-01"));
    let Found::Here(view) = ask(None, None, None).unwrap() else { panic!("moved") };
    assert!(view.old.versions.iter().all(|version| version.key != "2024-01-01"));
    assert_eq!(view.new.id, format!("{ferry}@2022-01-01"), "the newest that is seen");
    assert!(!serde_json::to_string(&view).unwrap().contains("建桥"));
}

#[test]
fn the_feed_tells_of_what_left_and_entered_a_scope() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let file = folder.path().join("渡口.jsonl");
    let record = |title: &str, access: &str| {
        format!(
            "{{\"kind\":\"normative\",\"title\":\"{title}\",\"issuer\":\"云桥县人民政府\",\"access\":\"{access}\",\"text\":\"第一条　{title}。\"}}\n"
        )
    };
    std::fs::write(&file, record("甲渡口办法", "public") + &record("乙渡口办法", "internal")).unwrap();
    import(&faju, &file);
    let public = Asker { access: Access::Public, ..asker() };
    let first = faju.changes(None, 10, &public).unwrap();
    assert_eq!(first.items.len(), 1);
    let id_of = |title: &str| {
        let all = faju.changes(None, 10, &asker()).unwrap().items;
        let put = all.into_iter().find(|item| item["document"]["title"] == title).unwrap();
        put["id"].as_str().unwrap().to_string()
    };
    let open_to = |title: &str, access: &str| Act::Correct {
        id: id_of(title),
        field: "access".to_string(),
        value: access.into(),
        reason: "审查".to_string(),
        proof: "批件".to_string(),
    };
    faju.act(open_to("乙渡口办法", "public"), &asker()).unwrap();
    faju.act(open_to("甲渡口办法", "internal"), &asker()).unwrap();
    let withdraw = Act::Withdraw { id: id_of("乙渡口办法"), origin: None, reason: "误发".to_string() };
    faju.act(withdraw, &asker()).unwrap();
    let types: Vec<String> = faju
        .changes(Some(&first.next), 10, &public)
        .unwrap()
        .items
        .iter()
        .map(|item| format!("{} {}", item["type"].as_str().unwrap(), item["document"]["title"].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(types, ["put 乙渡口办法", "withdraw -", "withdraw -"]);
    let public_hits = faju.search(&[("q".to_string(), "渡口".to_string())], &public).unwrap();
    assert_eq!(public_hits.total.value, 0);
}

#[test]
fn ids_that_prove_to_be_one_instrument_lead_to_one() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let file = folder.path().join("渡口.jsonl");
    let record = |issuer: &str, date: &str, text: &str| {
        format!(
            "{{\"kind\":\"normative\",\"title\":\"渡口办法\",{issuer}\"promulgation_date\":\"{date}\",\"access\":\"public\",\"text\":\"第一条　{text}。\"}}\n"
        )
    };
    let lines = record("\"issuer\":\"云桥县人民政府\",", "2020-01-01", "甲") + &record("", "2024-01-01", "乙");
    std::fs::write(&file, lines).unwrap();
    import(&faju, &file);
    let all = [("q", ""), ("status", "all"), ("group", "none")];
    let instruments = |page: &SearchPage| {
        let mut ids: Vec<String> = ids(page).iter().map(|id| id.split('@').next().unwrap().to_string()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let shown = ids(&search(&faju, &all));
    let two = instruments(&search(&faju, &all));
    assert_eq!(two.len(), 2);
    let relate = Act::Relate {
        id: two[0].clone(),
        relation: "same_as".to_string(),
        target: two[1].clone(),
        on: None,
        undo: false,
        reason: "同一文件".to_string(),
        proof: "档案".to_string(),
    };
    faju.act(relate, &asker()).unwrap();
    let check = |faju: &Faju| {
        let page = search(faju, &all);
        let one = instruments(&page);
        assert_eq!((one.len(), page.total.value), (1, 2), "{:?} of {shown:?}", ids(&page));
        let other = two.iter().find(|id| **id != one[0]).unwrap();
        assert!(matches!(faju.instrument(other, None, &asker()).unwrap(), Found::Moved(to) if to == one[0]));
        let Found::Here(view) = faju.instrument(&one[0], None, &asker()).unwrap() else { panic!("moved") };
        assert_eq!(view.versions.len(), 2);
        // The version ids under which the texts were shown before still lead to them.
        for id in &shown {
            assert!(faju.show(id, None, &asker()).is_ok(), "{id}");
        }
        one[0].clone()
    };
    let canonical = check(&faju);
    faju.rebuild(&Silent).unwrap();
    assert_eq!(check(&faju), canonical);
}
