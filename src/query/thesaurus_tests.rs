use super::*;
use proptest::prelude::*;

fn told(table: &str, question: &str) -> String {
    let expansions = Thesaurus::read(table).unwrap().expand(question);
    expansions.iter().map(|one| format!("{}:{}", one.word, one.terms.join(","))).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_lead_to_terms_and_not_back() {
    let table = "# 摊\n摆摊 摆地摊 => 流动摊贩 占用道路\n公积金 = 住房公积金\n";
    assert_eq!(told(table, "门口摆地摊"), "摆地摊:流动摊贩,占用道路");
    assert_eq!(told(table, "流动摊贩"), "");
    assert_eq!(told(table, "住房公积金"), "", "it stands in it anyway");
    assert_eq!(told(table, "提取公积金"), "公积金:住房公积金");
    assert_eq!(told(table, "摆摊占用道路"), "摆摊:流动摊贩");
}

#[test]
fn a_short_word_is_found_only_where_the_question_is_cut() {
    assert_eq!(told("黑车 => 非法营运", "坐黑车被罚"), "黑车:非法营运");
    assert_eq!(told("车厢 => 车辆", "电车厢房"), "", "电车 厢房");
}

#[test]
fn a_longer_word_goes_before_a_shorter_one() {
    let table = "噪音 => 噪声\n噪音扰民 => 干扰他人正常生活\n";
    assert_eq!(told(table, "噪音扰民"), "噪音扰民:干扰他人正常生活");
    assert_eq!(told(table, "噪音大"), "噪音:噪声");
}

#[test]
fn a_question_is_given_few_terms_each_once() {
    let table = "甲甲 => 一一 二二 三三 四四 五五\n乙乙 => 一一 六六 七七 八八 九九\n丙丙丙 => 十十\n";
    let expansions = Thesaurus::read(table).unwrap().expand("甲甲 乙乙 丙丙丙 甲甲甲");
    assert!(expansions.iter().map(|one| one.terms.len()).sum::<usize>() <= EXPANDED_MAX);
}

#[test]
fn a_wrong_line_is_named_with_its_remedy() {
    let cases = [
        ("摆摊\n", 1, "应写作"),
        ("# 好\n\n摆摊 => 摊\n", 3, "2 到 20"),
        ("摆摊 => 摆摊\n", 1, "自己"),
        ("摆摊 => 流动摊贩\n地摊 摆摊 => 占道\n", 2, "第 1 行"),
        ("公积金 = 公积金\n", 1, "两次"),
        (" => 流动摊贩\n", 1, "前面没有词"),
        ("摆摊 => 流动，摊贩\n", 1, "不能有"),
        ("摆摊 => 一一 二二 三三 四四 五五 六六 七七 八八 九九\n", 1, "超过 8"),
        ("甲甲 乙乙 = 丙丙\n", 1, "应写作"),
    ];
    for (table, line, message) in cases {
        let fault = Thesaurus::read(table).unwrap_err();
        assert!(fault.line == line && fault.message.contains(message), "{table:?}: {fault}");
    }
}

#[test]
fn a_table_of_the_user_replaces_ours_word_by_word() {
    let ours = Thesaurus::read("摆摊 地摊 => 流动摊贩\n").unwrap();
    let both = ours.with(&Thesaurus::read("\u{feff}摆攤 =>\n夜市 => 临时经营\n").unwrap());
    let terms = |question| both.expand(question).into_iter().flat_map(|one| one.terms).collect::<Vec<_>>();
    assert!(terms("摆摊").is_empty(), "written in another form, and taken back");
    assert_eq!((terms("地摊"), terms("夜市")), (vec!["流动摊贩".to_owned()], vec!["临时经营".to_owned()]));
}

#[test]
fn the_table_of_this_release_is_sound() {
    let table = Thesaurus::embedded().unwrap();
    assert!(table.entries().count() >= 150, "{}", table.entries().count());
    let leads: HashMap<&str, &[String]> = table.entries().collect();
    for (word, terms) in &leads {
        assert!(!terms.is_empty(), "{word} leads nowhere");
        for term in *terms {
            let back = leads.get(term.as_str()).is_some_and(|back| back.iter().any(|back| back == word));
            let written = include_str!("thesaurus.txt")
                .lines()
                .any(|line| !line.contains("=>") && line.split('=').map(str::trim).any(|member| member == *word));
            assert!(!back || written, "{word} and {term} are the same: write =");
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(table in "([甲乙丙= >\n#、a]|\\PC){0,40}", question in "\\PC{0,30}") {
        if let Ok(table) = Thesaurus::read(&table) {
            for expansion in table.expand(&question) {
                prop_assert!(!expansion.terms.is_empty());
            }
        }
    }
}
