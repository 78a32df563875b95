//! Facts to law on the sample corpus.

use super::{asker, import, open};
use faju::app::view::matching::{MatchPage, MatchedView, PairedBy};
use faju::app::{ErrorCode, Faju};
use faju::law::Norm;
use std::collections::HashSet;
use std::sync::{Arc, mpsc};
use std::time::Duration;

const RULES: &str = "---\nkind: normative\naccess: public\n---\n# 云桥县渡口夜航管理办法\n\n\
第一条　为了规范渡口夜航，制定本办法。\n\n\
第二条　本办法所称夜航，是指日落以后摆渡。\n\n\
第三条　渡工夜航应当开启桅灯。\n\n\
第四条　禁止渡工酒后驾驶渡船。\n\n\
第五条　渡船载客不得超过核定人数。\n\n\
第六条　申请夜航许可，应当向县渡口管理机关提出书面申请。\n\n\
第七条　违反本办法第三条、第四条规定的，由县渡口管理机关处五百元罚款。\n\n\
第八条　违反本办法规定，渡船载客超过核定人数的，责令改正，给予警告。\n";

const FACTS: &str = "2024年5月6日晚九时许，张某在云桥县东渡口驾驶渡船摆渡乘客五人过河。\
    经查，张某当晚与友人聚餐，酒后驾驶渡船，且渡船未开启桅灯。县渡口管理机关接到举报后到场调查，制作了现场笔录。";

fn matched(faju: &Faju, text: &str, parameters: &[(&str, &str)]) -> MatchPage {
    let owned: Vec<(String, String)> = parameters.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
    faju.matching(text, &owned, &asker()).unwrap()
}

fn all(page: &MatchPage) -> Vec<(Norm, &MatchedView)> {
    page.groups.iter().flat_map(|group| group.provisions.iter().map(|one| (group.norm, one))).collect()
}

fn with_rules() -> (tempfile::TempDir, Faju) {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let file = folder.path().join("夜航.md");
    std::fs::write(&file, RULES).unwrap();
    import(&faju, &file);
    (folder, faju)
}

#[test]
fn facts_find_what_was_broken_and_what_punishes_it() {
    let (_folder, faju) = with_rules();
    let page = matched(&faju, FACTS, &[]);
    let label = |id: &str| id.rsplit('/').next().unwrap().to_string();
    let pairs: Vec<(String, String, PairedBy)> =
        page.pairs.iter().map(|pair| (label(&pair.duty), label(&pair.penalty), pair.by)).collect();
    for (duty, penalty, by) in
        [("a4", "a7", PairedBy::Citation), ("a3", "a7", PairedBy::Citation), ("a5", "a8", PairedBy::Words)]
    {
        assert!(pairs.contains(&(duty.into(), penalty.into(), by)), "{duty} {penalty}: {pairs:?}");
    }
    let norms: Vec<(Norm, String)> =
        all(&page).iter().map(|(norm, one)| (*norm, label(&one.hit.provision.id))).collect();
    for (norm, key) in [(Norm::Prohibition, "a4"), (Norm::Duty, "a3"), (Norm::Penalty, "a7"), (Norm::Penalty, "a8")] {
        assert!(norms.contains(&(norm, key.into())), "{norm:?} {key}: {norms:?}");
    }
    assert!(page.pieces.len() > 1 && page.length == FACTS.chars().count() as u64);
    let broken = all(&page).into_iter().find(|(_, one)| label(&one.hit.provision.id) == "a4").unwrap().1;
    let piece = page.pieces[broken.piece.unwrap()];
    let words: String = FACTS.chars().skip(piece.start).take(piece.end - piece.start).collect();
    assert!(words.contains("酒后驾驶渡船"), "{words}");
    assert!(broken.hit.provision.why.as_ref().unwrap().words.iter().any(|word| word.contains('酒')), "{broken:?}");
}

#[test]
fn a_partner_that_was_not_found_is_joined() {
    let (_folder, faju) = with_rules();
    let page = matched(&faju, "渡工夜航未开桅灯", &[("limit", "1")]);
    assert_eq!(page.found, 1);
    let joined: Vec<bool> = all(&page).iter().map(|(_, one)| one.rank.is_none()).collect();
    assert!(joined.contains(&true) && joined.contains(&false), "{page:?}");
    for (_, one) in all(&page).iter().filter(|(_, one)| one.rank.is_none()) {
        let id = &one.hit.provision.id;
        assert!(page.pairs.iter().any(|pair| pair.duty == *id || pair.penalty == *id), "{id}");
        assert!(one.hit.version.is_some() && one.hit.provision.text.starts_with('第'));
    }
}

#[test]
fn every_answer_holds_together() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let long = "当事人在人行道上堆放建筑材料，妨碍通行。经责令改正，拒不清理！".repeat(600);
    let texts = ["占道经营", FACTS, &long, "他说：“(未闭合 AND -”", "《虚无法》第三条 OR NOT"];
    for (text, limit) in texts.into_iter().flat_map(|text| ["1", "20", "100"].map(|limit| (text, limit))) {
        let page = matched(&faju, text, &[("limit", limit)]);
        let every = all(&page);
        let ids: HashSet<&str> = every.iter().map(|(_, one)| one.hit.provision.id.as_str()).collect();
        assert_eq!(ids.len(), every.len(), "each stands once");
        let mut ranks: Vec<u64> = every.iter().filter_map(|(_, one)| one.rank).collect();
        ranks.sort_unstable();
        assert_eq!(ranks, (1..=page.found).collect::<Vec<_>>());
        assert!(page.found <= limit.parse().unwrap());
        for (norm, one) in &every {
            assert_eq!(*norm, Norm::of(&one.hit.provision.text));
            assert_ne!(one.hit.instrument.kind.name(), "case", "law is asked for");
            let length = one.hit.provision.text.chars().count();
            assert!(one.hit.provision.highlights.iter().all(|range| range.end <= length));
            assert!(one.piece.is_none_or(|piece| piece < page.pieces.len()));
        }
        for pair in &page.pairs {
            assert!(ids.contains(pair.duty.as_str()) && ids.contains(pair.penalty.as_str()), "{pair:?}");
        }
        assert_eq!(page, matched(&faju, text, &[("limit", limit)]), "the same again");
    }
    let cases = matched(&faju, "占道经营", &[("kind", "case")]);
    assert!(all(&cases).iter().all(|(_, one)| one.hit.instrument.kind.name() == "case"));
    let whole = matched(&faju, "占道经营", &[("status", "all"), ("as_of", "2015-01-01"), ("level", "law")]);
    assert!(all(&whole).iter().all(|(_, one)| one.hit.instrument.level.is_some_and(|level| level.name() == "law")));
}

#[test]
fn what_cannot_be_matched_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let refused = |text: &str, parameters: &[(&str, &str)]| {
        let owned: Vec<(String, String)> = parameters.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        let error = faju.matching(text, &owned, &asker()).unwrap_err();
        (error.code, error.errors[0].parameter.clone().unwrap())
    };
    assert_eq!(refused(&"渡".repeat(20_001), &[]), (ErrorCode::TooLarge, "text".into()));
    assert!(faju.matching(&"渡".repeat(20_000), &[], &asker()).is_ok());
    for text in ["", " \n", "。！？"] {
        assert_eq!(refused(text, &[]), (ErrorCode::InvalidParameter, "text".into()));
    }
    for (name, value) in [("limit", "0"), ("limit", "101"), ("as_of", "昨天"), ("kind", "law")] {
        assert_eq!(refused("渡口", &[(name, value)]), (ErrorCode::InvalidParameter, name.into()));
    }
    for name in ["q", "sort", "cursor", "group", "colour"] {
        assert_eq!(refused("渡口", &[(name, "x")]), (ErrorCode::UnknownParameter, name.into()));
    }
}

/// What the first searches make of the index is made on the threads of the pool: whoever waits for it must not stand on one.
#[test]
fn the_first_searches_and_facts_at_once_do_not_wait_for_each_other() {
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let faju = Arc::new(open(folder.path()));
        let (done, answers) = mpsc::channel();
        for at in 0..8 {
            let (faju, done) = (faju.clone(), done.clone());
            std::thread::spawn(move || {
                let found = match at % 2 {
                    0 => matched(&faju, FACTS, &[]).found,
                    _ => {
                        let asked = [("q".to_string(), "当事人在人行道上堆放建筑材料怎么罚".to_string())];
                        faju.search(&asked, &asker()).unwrap().total.value
                    }
                };
                done.send(found).unwrap();
            });
        }
        for _ in 0..8 {
            answers.recv_timeout(Duration::from_secs(60)).expect("an answer: they wait for each other");
        }
    }
}
