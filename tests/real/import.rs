//! The whole real corpus through the journeys: what was taken, what became one instrument, what is in force.

use crate::corpus::{Silent, asker, corpus, everything, settings};
use crate::real_data::real_data;
use faju::app::view::{Item, ReadingView};
use faju::app::{Asker, Faju, Found, ImportOptions};
use faju::law::ValidityStatus;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

/// Ids of the instruments with exactly this title.
fn instruments(faju: &Faju, title: &str) -> BTreeSet<String> {
    let query = format!("标题:\"{title}\"");
    let parameters = [("q", query.as_str()), ("status", "all"), ("limit", "1000"), ("highlight", "false")];
    let parameters: Vec<(String, String)> = parameters.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
    let page = faju.search(&parameters, &asker()).unwrap();
    let ids = page.items.into_iter().filter_map(|item| match item {
        Item::Group(group) if group.instrument.title.trim_start_matches("中华人民共和国") == title => {
            Some(group.instrument.id)
        }
        _ => None,
    });
    ids.collect()
}

fn read(faju: &Faju, id: &str, day: Date) -> ReadingView {
    match faju.instrument(id, Some(day), &Asker { today: day, ..asker() }).unwrap() {
        Found::Here(view) => view,
        Found::Moved(to) => panic!("{id} moved to {to}"),
    }
}

#[test]
fn every_file_not_taken_says_why() {
    let Some(corpus) = corpus("every_file_not_taken_says_why") else { return };
    for (pack, report) in &corpus.reports {
        eprintln!(
            "{pack}: read {}, new {}, updated {}, unchanged {}, refused {}, skipped {}; {:?}",
            report.read, report.new, report.updated, report.unchanged, report.refused, report.skipped, report.warnings
        );
        assert!(report.new > 0, "{pack}");
        for file in &report.files {
            let told = file.message.as_deref().is_some_and(|message| !message.is_empty());
            match file.outcome {
                "refused" => assert!(told && file.code.is_some() && file.articles.is_none(), "{file:?}"),
                "skipped" => assert!(told && file.articles.is_none(), "{file:?}"),
                _ => assert!(file.instrument.is_some() && file.articles.is_some(), "{file:?}"),
            }
        }
    }
}

#[test]
fn an_export_of_everything_can_be_imported_and_is_the_same() {
    let Some(corpus) = corpus("an_export_of_everything_can_be_imported_and_is_the_same") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("全部.jsonl");
    let exported = |faju: &Faju| {
        let mut bytes = Vec::new();
        let exported = faju.export(&mut bytes).unwrap();
        (exported.documents, bytes)
    };
    let (documents, bytes) = exported(&corpus.faju);
    assert!(bytes.len() > 64 << 20, "longer than a file that is read at once");
    std::fs::write(&file, &bytes).unwrap();
    let other = Faju::open(settings(folder.path().join("data"))).unwrap();
    let report = other.import(&[file], &ImportOptions::default(), &Silent, &AtomicBool::new(false)).unwrap();
    assert_eq!((report.read, report.new, report.refused), (1, documents, 0));
    let sorted = |bytes: &[u8]| {
        let mut lines: Vec<String> = std::str::from_utf8(bytes).unwrap().lines().map(str::to_string).collect();
        lines.sort_unstable();
        lines
    };
    let (again, other) = exported(&other);
    assert_eq!(again, documents);
    assert!(sorted(&bytes) == sorted(&other), "equal in content");
}

#[test]
fn the_same_law_from_several_packs_is_one_instrument() {
    let Some(corpus) = corpus("the_same_law_from_several_packs_is_one_instrument") else { return };
    for title in ["行政处罚法", "行政许可法", "食品安全法", "反垄断法", "民法典", "契税法"] {
        let ids = instruments(&corpus.faju, title);
        assert_eq!(ids.len(), 1, "{title}: {ids:?}");
        let id = ids.into_iter().next().unwrap();
        let view = read(&corpus.faju, &id, date(2026, 11, 24));
        let version = view.version.unwrap();
        assert_eq!(version.status, ValidityStatus::InForce, "{title}: {version:?}");
        assert!(version.origins.len() >= 2, "{title}: {:?}", version.origins);
        let mut keys: Vec<&str> = view.versions.iter().map(|version| version.key.as_str()).collect();
        keys.dedup();
        assert_eq!(keys.len(), view.versions.len(), "{title}: every version once");
    }
}

#[test]
fn what_another_text_repeals_has_its_sentence_as_proof() {
    let Some(corpus) = corpus("what_another_text_repeals_has_its_sentence_as_proof") else { return };
    for (title, day, proof) in [
        ("环境保护法", date(2026, 8, 15), "生态环境法典"),
        ("环境噪声污染防治法", date(2022, 6, 5), "噪声污染防治法"),
        ("公司登记管理条例", date(2022, 3, 1), "市场主体登记管理条例"),
        ("学位条例", date(2025, 1, 1), "学位法"),
    ] {
        let id = instruments(&corpus.faju, title).into_iter().next().unwrap();
        let version = read(&corpus.faju, &id, date(2026, 11, 24)).version.unwrap();
        assert_eq!((version.status, version.ended_on), (ValidityStatus::Repealed, Some(day)), "{title}");
        let to = version.proof.and_then(|proofs| proofs.to).unwrap();
        assert!(to.quote.contains(&format!("《中华人民共和国{title}》")), "{title}: {}", to.quote);
        let told = match corpus.faju.provision(&to.document.unwrap(), None, &asker()).unwrap() {
            Found::Here(view) => view,
            Found::Moved(to) => panic!("{to}"),
        };
        assert!(told.instrument.title.contains(proof), "{title}: {}", told.instrument.title);
        assert!(told.text.contains(&to.quote), "{title}: the sentence stands in the provision");
    }
}

#[test]
fn a_decision_that_is_here_ends_the_text_that_lacks_it() {
    let Some(corpus) = corpus("a_decision_that_is_here_ends_the_text_that_lacks_it") else { return };
    for (id, title) in [
        ("77bae4b344b4acf5", "商事类司法解释的决定"),
        ("a11862328a4cab04", "商事类司法解释的决定"),
        ("e4b20dfca1a42453", "民事诉讼类司法解释的决定"),
        ("0c7f7eff0a2f60b8", "知识产权类司法解释的决定"),
    ] {
        let before = read(&corpus.faju, id, date(2020, 12, 31));
        assert_eq!((before.version.unwrap().status, before.notice), (ValidityStatus::InForce, None), "{id}");
        let after = read(&corpus.faju, id, date(2021, 1, 1));
        assert_eq!(after.version.unwrap().status, ValidityStatus::Amended, "{id}");
        let notice = after.notice.unwrap();
        assert!(notice.contains(title) && notice.contains("库中没有"), "{notice}");
        assert!(after.relations.iter().any(|relation| relation.relation == "amends" && !relation.acts), "{id}");
    }
}

#[test]
fn the_trademark_law_changes_with_the_year_2027() {
    let Some(corpus) = corpus("the_trademark_law_changes_with_the_year_2027") else { return };
    let ids = instruments(&corpus.faju, "商标法");
    assert_eq!(ids.len(), 1);
    let id = ids.into_iter().next().unwrap();
    let status = |day: Date| {
        let version = read(&corpus.faju, &id, day).version.unwrap();
        (version.key[..4].to_string(), version.status)
    };
    assert_eq!(status(date(2026, 11, 24)), ("2019".to_string(), ValidityStatus::InForce));
    assert_eq!(status(date(2026, 12, 31)), ("2019".to_string(), ValidityStatus::InForce));
    assert_eq!(status(date(2027, 1, 1)), ("2026".to_string(), ValidityStatus::InForce));
    let today = read(&corpus.faju, &id, date(2026, 11, 24));
    let newest = today.versions.iter().find(|version| version.key.starts_with("2026")).unwrap();
    assert_eq!(newest.status, ValidityStatus::NotYetEffective);
}

#[test]
fn the_same_pack_again_adds_nothing() {
    let Some(corpus) = corpus("the_same_pack_again_adds_nothing") else { return };
    let data = real_data("the_same_pack_again_adds_nothing").unwrap();
    let before = corpus.faju.state().unwrap().cursor;
    let (options, stop) = (ImportOptions::default(), AtomicBool::new(false));
    for pack in ["laws/env-enforcement.tar.zst", "laws/just-laws-md.tar.zst", "cases/nfra-penalties.jsonl.zst"] {
        let report = corpus.faju.import(&[data.join(pack)], &options, &Silent, &stop).unwrap();
        assert_eq!((report.new, report.updated), (0, 0), "{pack}");
        assert!(report.unchanged > 0, "{pack}");
    }
    assert_eq!(corpus.faju.state().unwrap().cursor, before);
}

#[test]
fn what_is_found_is_what_was_received() {
    let Some(corpus) = corpus("what_is_found_is_what_was_received") else { return };
    let provisions = everything(&corpus.faju, &[("status", "all")]);
    assert!(provisions.len() > 200_000, "{}", provisions.len());
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, text) in provisions.iter().step_by(997) {
        let version = id.split('/').next().unwrap();
        let Found::Here(document) = corpus.faju.document(version, &asker()).unwrap() else { panic!("{id} moved") };
        let shown = &document.records[0].document.text;
        assert!(shown.contains(text.as_str()), "{id} is not verbatim");
        *kinds.entry(if version.contains('@') { "instrument" } else { "case" }).or_default() += 1;
    }
    assert_eq!(kinds.len(), 2, "{kinds:?}");
}

#[test]
fn a_rebuilt_index_is_the_same() {
    let Some(data) = real_data("a_rebuilt_index_is_the_same") else { return };
    let folder = tempfile::tempdir().unwrap();
    let faju = Faju::open(settings(folder.path().to_path_buf())).unwrap();
    let (options, stop) = (ImportOptions::default(), AtomicBool::new(false));
    // Packs that share instruments, one of them under ids that prove to be the same.
    for pack in ["laws/env-enforcement.tar.zst", "laws/just-laws-md.tar.zst", "laws/enforcement-regs.tar.zst"] {
        faju.import(&[data.join(pack)], &options, &Silent, &stop).unwrap();
    }
    let all = |faju: &Faju| everything(faju, &[("status", "all")]).into_iter().collect::<BTreeSet<_>>();
    let status = |faju: &Faju| {
        let asked = [("q", ""), ("status", "all"), ("limit", "0"), ("facets", "status,level,year")];
        let asked: Vec<(String, String)> = asked.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        faju.search(&asked, &asker()).unwrap().facets
    };
    let (before, facets) = (all(&faju), status(&faju));
    assert!(before.len() > 50_000, "{}", before.len());
    faju.rebuild(&Silent).unwrap();
    assert_eq!(status(&faju), facets);
    assert!(all(&faju) == before, "the rebuilt index holds other provisions");
}
