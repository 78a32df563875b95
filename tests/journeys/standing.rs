//! Why it is not there: the answer agrees with paging through everything.

use super::{asker, ids, open, search};
use faju::app::view::standing::{StandingCode, StandingOutcome, StandingPage};
use faju::app::view::{Item, SearchPage};
use faju::app::{Asker, ErrorCode, Faju};
use faju::law::Access;
use std::collections::HashMap;

fn owned(parameters: &[(&str, &str)]) -> Vec<(String, String)> {
    parameters.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

fn standing(faju: &Faju, parameters: &[(&str, &str)], provision: &str) -> StandingPage {
    faju.standing(&owned(parameters), provision, &asker()).unwrap()
}

/// Every page, followed by the cursor.
fn pages(faju: &Faju, parameters: &[(&str, &str)], limit: &str) -> Vec<SearchPage> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = search(faju, &[parameters, &[("limit", limit), ("cursor", &cursor)]].concat());
        let next = page.next.clone();
        all.push(page);
        match next {
            Some(next) => cursor = next,
            None => return all,
        }
    }
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        &choices[(self.0 >> 33) as usize % choices.len()]
    }
}

const QUERIES: [&str; 20] = [
    "",
    "罚款",
    "违法建设 罚款",
    "许可 听证 期限",
    "无证摆摊怎么处罚",
    "\"责令限期改正\"",
    "许可 -听证",
    "(罚款 OR 拘留) AND 情节严重",
    "罚款 AND NOT (许可 OR 听证)",
    "标题:条例 处罚",
    "标题:办法",
    "发布机关:人民政府",
    "第三条",
    "行政执法通则法3条",
    "管理条例2条",
    "公共空间管理法 占道",
    "总则",
    "引用:行政执法通则法",
    "当事人在人行道上堆放建筑材料，经责令改正后拒不清理，并且阻碍执法人员依法执行职务，应当怎样处理、由哪个机关处罚、罚款多少，是否需要听证，期限多长，能否申请行政复议或者提起行政诉讼",
    "不存在的词语组合鞰鞱",
];

const FILTERS: [&[(&str, &str)]; 9] = [
    &[],
    &[("status", "all")],
    &[("status", "all"), ("kind", "legislation,case")],
    &[("level", "local_regulation,law")],
    &[("as_of", "2015-01-01")],
    &[("status", "amended,repealed")],
    &[("promulgated_from", "2018-01-01")],
    &[("match", "all")],
    &[("rank", "lexical"), ("kind", "normative,legislation")],
];

#[test]
fn the_place_agrees_with_paging_through_everything() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let every = ids(&search(&faju, &[("status", "all"), ("group", "none"), ("limit", "1000")]));
    assert!(every.len() > 500, "{}", every.len());
    let mut dice = Dice(20261126);
    let (mut found, mut left_out) = (0, 0);
    for _ in 0..60 {
        let sort = *dice.of(&["relevance", "relevance", "relevance", "date", "date_asc", "authority"]);
        let base = [&[("q", *dice.of(&QUERIES)), ("sort", sort)], *dice.of(&FILTERS)].concat();
        let single = [base.clone(), vec![("group", "none")]].concat();
        let order: Vec<String> = pages(&faju, &single, "37").iter().flat_map(ids).collect();
        let grouped = pages(&faju, &base, "7");
        let groups: Vec<&Item> = grouped.iter().flat_map(|page| &page.items).collect();
        let place_of: HashMap<&str, usize> =
            groups.iter().enumerate().map(|(at, item)| (instrument(item), at + 1)).collect();
        for _ in 0..12 {
            // Half of them from what was found, so that both outcomes occur.
            let among = if order.is_empty() || *dice.of(&[true, false]) { &every } else { &order };
            let id = dice.of(among);
            let said = format!("{id} {base:?}");
            let rank = order.iter().position(|other| other == id).map(|at| at as u64 + 1);
            let page = standing(&faju, &single, id);
            assert_eq!(page.rank, rank, "{said}: {}", page.message);
            assert_eq!(page.outcome == StandingOutcome::Found, rank.is_some(), "{said}");
            assert_eq!(page.reasons.is_empty(), rank.is_some(), "{said}");
            assert_eq!(page.item.as_ref().unwrap().provision.id, *id);
            let page = standing(&faju, &base, id);
            let instrument = page.item.as_ref().unwrap().instrument.id.as_str();
            let group = rank.and(place_of.get(instrument)).map(|at| *at as u64);
            assert_eq!(page.rank, group, "{said}");
            if let Some(within) = page.within {
                let Item::Group(group) = groups[page.rank.unwrap() as usize - 1] else { panic!("groups") };
                let shown = group.provisions.iter().position(|provision| provision.id == *id);
                assert_eq!(within.matched, group.matched, "{said}");
                assert_eq!(within.shown, shown.is_some(), "{said}");
                assert!(shown.is_none_or(|at| within.place == Some(at as u64 + 1)), "{said}");
            }
            *(if rank.is_some() { &mut found } else { &mut left_out }) += 1;
        }
    }
    assert!(found > 150 && left_out > 150, "{found} {left_out}");
}

fn instrument(item: &Item) -> &str {
    match item {
        Item::Group(group) => &group.instrument.id,
        Item::Single(single) => &single.instrument.id,
    }
}

#[test]
fn the_cursor_of_a_page_keeps_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let asked = [("q", "罚款 许可"), ("group", "none"), ("limit", "5")];
    let first = search(&faju, &asked);
    let next = first.next.unwrap();
    let second = search(&faju, &[&asked[..], &[("cursor", &next)]].concat());
    let page = standing(&faju, &[&asked[..], &[("cursor", &next)]].concat(), &ids(&second)[2]);
    assert_eq!(page.rank, Some(8));
}

#[test]
fn a_citation_is_followed_as_in_the_search_box() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let law = &search(&faju, &[("q", "行政执法通则法3条"), ("group", "none"), ("limit", "1")]);
    let id = &ids(law)[0];
    let q = [("q", "罚款"), ("group", "none")];
    let expected = standing(&faju, &q, id);
    for asked in ["行政执法通则法第三条", "行政执法通则法3条", "《行政执法通则法》第三条", &format!(" {id} ")]
    {
        let page = standing(&faju, &q, asked);
        assert_eq!(page.asked, asked.trim());
        assert_eq!((page.outcome, page.rank, &page.message), (expected.outcome, expected.rank, &expected.message));
        assert_eq!(page.item.unwrap().provision.id, *id);
    }
    // A part of it, and the id of the instrument without its version, lead to the article.
    let (version, key) = id.split_once('/').unwrap();
    let group = version.split('@').next().unwrap();
    for asked in [format!("{id}/p1"), format!("{group}/{key}")] {
        assert_eq!(standing(&faju, &q, &asked).item.unwrap().provision.id, *id, "{asked}");
    }
    let nowhere = standing(&faju, &q, "行政执法通则法第九百条");
    assert_eq!(nowhere.outcome, StandingOutcome::NotInCorpus);
    assert!(nowhere.message.contains("没有这一条"), "{}", nowhere.message);
    let unheld = standing(&faju, &q, "虚无法第三条");
    assert!(unheld.message.contains("库中没有") && !unheld.message.contains("检索的结果"), "{}", unheld.message);
    for asked in ["管理条例2条", "行政执法通则法", group, "行政执法通则法3、4条", " "] {
        let error = faju.standing(&owned(&q), asked, &asker()).unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidParameter, "{asked}");
        assert_eq!(error.errors[0].parameter.as_deref(), Some("provision"), "{asked}");
    }
}

#[test]
fn the_status_is_told_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    for status in ["amended", "repealed", "not_yet_effective"] {
        let page = search(&faju, &[("q", ""), ("status", status), ("group", "none"), ("limit", "1")]);
        let Some(Item::Single(single)) = page.items.first() else { panic!("{status}") };
        let told = standing(&faju, &[("q", "")], &single.provision.id);
        let [reason] = told.reasons.as_slice() else { panic!("{told:?}") };
        assert_eq!(reason.code, StandingCode::Status);
        let version = single.version.as_ref().unwrap();
        let day = if status == "not_yet_effective" { version.effective_from } else { version.ended_on };
        assert!(reason.message.contains(&day.unwrap().to_string()), "{}", reason.message);
        assert!(reason.message.contains(version.status.chinese()), "{}", reason.message);
        if status == "amended" {
            assert!(reason.message.contains("的版本取代"), "{}", reason.message);
        }
    }
}

#[test]
fn what_one_may_not_see_is_told_like_what_does_not_exist() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let file = folder.path().join("内部.md");
    let body = "---\nkind: normative\naccess: internal\n---\n# 云桥县渡口内部规程\n\n第一条　渡口夜间停渡。\n";
    std::fs::write(&file, body).unwrap();
    super::import(&faju, &file);
    let id = ids(&search(&faju, &[("q", "渡口")]))[0].clone();
    let public = Asker { access: Access::Public, ..asker() };
    let q = owned(&[("q", "渡口")]);
    let absent = id.replace("/a1", "/a2");
    let mut answers = [&id, &absent].map(|id| {
        let page = faju.standing(&q, id, &public).unwrap();
        StandingPage { message: page.message.replace(id.as_str(), "ID"), asked: String::new(), ..page }
    });
    assert_eq!(answers[0].outcome, StandingOutcome::NotInCorpus);
    answers[1].took_ms = answers[0].took_ms;
    assert_eq!(answers[0], answers[1]);
    let named = |title: &str| faju.standing(&q, &format!("{title}第一条"), &public).unwrap();
    let (hidden, none) = (named("云桥县渡口内部规程"), named("云桥县渡口外部规程"));
    assert_eq!(hidden.message.replace("内部", ""), none.message.replace("外部", ""));
    assert_eq!(standing(&faju, &[("q", "渡口")], &id).outcome, StandingOutcome::Found);
}
