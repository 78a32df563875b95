use super::super::shape::Shape;
use super::*;
use crate::law::{AuthorityLevel, Document, Interval, Kind, structure};
use jiff::civil::date;
use proptest::prelude::*;

pub(super) const TODAY: Date = date(2026, 11, 26);

pub(super) fn known(title: &str, level: AuthorityLevel, versions: &[(i16, i16)]) -> Known {
    let text = "第一条　甲。\n第二条　乙：\n（一）丙；\n（二）丁。\n戊。\n第三条　己。\n第三条之一　庚。\n第三十三条　辛。\n壬。";
    let shape = Shape::of(&structure::parse(&Document::new(Kind::Legislation, title, text)), text);
    let version = |(from, to): &(i16, i16)| KnownVersion {
        id: format!("{title}@{from}"),
        interval: Interval {
            effective_from: Some(date(*from, 7, 1)),
            ended_on: (*to > 0).then(|| date(*to, 7, 1)),
            ended_by: (*to > 0).then_some(crate::law::EndedBy::Amendment),
            ..Interval::default()
        },
        dated: Some(date(*from, 3, 1)),
        numbers: Vec::new(),
        changed_by: Vec::new(),
        former: Vec::new(),
        replaced: Vec::new(),
        made: None,
        access: Access::Public,
        original: false,
        shape: shape.clone(),
    };
    Known {
        id: title.to_string(),
        title: format!("中华人民共和国{title}"),
        keys: vec![super::super::names::title_key(title)],
        kind: Kind::Legislation,
        level: Some(level),
        region: None,
        issuer: None,
        numbers: Vec::new(),
        versions: versions.iter().map(version).collect(),
    }
}

fn names() -> Names {
    let law = |title: &str| known(title, AuthorityLevel::Law, &[(2021, 0), (2009, 2021)]);
    let interpretation = |title: &str| known(title, AuthorityLevel::JudicialInterpretation, &[(2021, 0)]);
    let local = |title: &str| known(title, AuthorityLevel::LocalRegulation, &[(2020, 0)]);
    let mut all = vec![
        law("行政处罚法"),
        law("治安管理处罚法"),
        law("行政诉讼法"),
        law("食品安全法"),
        law("民法典"),
        law("刑法"),
        law("刑法修正案（十一）"),
        law("公司法"),
        law("反分裂国家法"),
        law("关于适用公司法若干问题的规定（二）"),
        law("道路交通安全法"),
        interpretation("最高人民法院关于审理渡口租赁纠纷案件适用法律问题的解释（一）"),
        interpretation("最高人民法院关于审理渡口租赁纠纷案件适用法律问题的解释（二）"),
        interpretation("最高人民法院关于审理摆渡合同案件适用法律若干问题的规定"),
        interpretation("内河渡口规则（1991）"),
        interpretation("渡口修正案（1999年）"),
        law("劳动合同法"),
        law("水污染防治法"),
        law("土壤污染防治法"),
        law("安全生产法"),
        law("未成年人网络保护法"),
        local("云桥县养犬管理条例"),
        local("云州省养犬管理条例"),
        local("上海市摆渡管理条例"),
    ];
    all.push(Known {
        numbers: vec!["国办发〔2018〕37号".to_string()],
        kind: Kind::Normative,
        level: None,
        ..known("云州办公厅关于虚构文件的通知", AuthorityLevel::NormativeDocument, &[(2018, 0)])
    });
    all.push(Known {
        numbers: vec!["中华人民共和国国务院令第752号".to_string()],
        ..known("虚构管理条例", AuthorityLevel::AdministrativeRegulation, &[(2022, 0)])
    });
    all.push(Known {
        numbers: vec!["国家虚构总局令第99号".to_string()],
        ..known("虚构检验办法", AuthorityLevel::DepartmentalRule, &[(2005, 0)])
    });
    all.push(Known {
        numbers: vec!["（2015）云行终字第186号".to_string()],
        kind: Kind::Case,
        level: None,
        keys: Vec::new(),
        ..known("c-1", AuthorityLevel::Law, &[(2015, 0)])
    });
    Names::new(all)
}

pub(super) fn answer(query: &str) -> Option<TypedAnswer> {
    look_up(&read(query)?, &names(), TODAY, Access::Public)
}

/// `instrument version place why`, of a clear answer.
pub(super) fn clear(query: &str) -> String {
    let Some(answer) = answer(query) else { return "words".to_string() };
    let listed: Vec<String> = answer
        .targets
        .iter()
        .map(|target| {
            let place = target.provision.as_deref().map(|place| format!("/{place}")).unwrap_or_default();
            let reason = target.reason.map(|reason| format!(" {reason:?}")).unwrap_or_default();
            format!("{}{place} {:?}{reason}", target.version, target.why)
        })
        .collect();
    format!("{}{}", if answer.is_clear() { "" } else { "? " }, listed.join(" | "))
}

#[test]
fn short_forms_notes_and_matters_are_read() {
    for (query, found) in [
        ("处罚法§33", "行政处罚法@2021/a33 Alias"),
        ("治安法旧版33条", "治安管理处罚法@2009/a33 Alias"),
        ("治安法旧33条", "治安管理处罚法@2009/a33 Alias"),
        ("旧版治安法33条", "治安管理处罚法@2009/a33 Alias"),
        ("新修订的公司法33条", "公司法@2021/a33 Title"),
        ("09年行政处罚法33条", "行政处罚法@2009/a33 Title"),
        ("09刑法33", "刑法@2009/a33 Title"),
        ("752号令 2条", "? 虚构管理条例@2022/a2 Number"),
        ("虚构管理条例(国务院令第752号)第2条", "虚构管理条例@2022/a2 Title"),
        ("虚构管理条例（国务院令第752号）", "虚构管理条例@2022 Title"),
        ("上海市摆渡条例2条", "上海市摆渡管理条例@2020/a2 Abbreviation"),
        ("行政处罚法 2 33", "行政处罚法@2021/a2 Title | 行政处罚法@2021/a33 Title"),
        ("第33条 行政处罚法", "行政处罚法@2021/a33 Title"),
        ("第三十三条第二款《行政处罚法》", "行政处罚法@2021/a33/p2 Title"),
        ("行政处罚法 2 条 （一）项", "行政处罚法@2021/a2/p1/s1 Title"),
        ("刑法修正案11 第3条", "刑法修正案（十一）@2021/a3 Title"),
        ("刑法修正案十一 第3条", "刑法修正案（十一）@2021/a3 Title"),
        ("刑法修正案(11)第3条", "刑法修正案（十一）@2021/a3 Title"),
        ("行政处罚法2(1)(2)", "行政处罚法@2021/a2/p1/s2 Title"),
        ("刑法3-1", "刑法@2021/a3-1 Title"),
        ("刑法33-2", "刑法@2021/a33/p2 Title"),
        ("民法典侵权编第33条", "民法典@2021/a33 Title"),
        ("民法典总则编 33", "民法典@2021/a33 Title"),
        ("行政处罚法第33条（2009修正）", "行政处罚法@2009/a33 Title"),
        ("处罚法33条第2款(2009)", "行政处罚法@2009/a33/p2 Alias"),
        ("刑法第三条之一（危险驾驶罪）", "刑法@2021/a3-1 Title"),
        ("刑法第三条之一【危险驾驶罪】", "刑法@2021/a3-1 Title"),
        ("内河渡口规则33条", "内河渡口规则（1991）@2021/a33 Title"),
        ("渡口修正案33条", "渡口修正案（1999年）@2021/a33 Title"),
        ("渡口租赁司法解释（二）3条", "最高人民法院关于审理渡口租赁纠纷案件适用法律问题的解释（二）@2021/a3 Alias"),
        ("摆渡合同司法解释 3", "最高人民法院关于审理摆渡合同案件适用法律若干问题的规定@2021/a3 Alias"),
        ("摆渡合同的规定第3条", "最高人民法院关于审理摆渡合同案件适用法律若干问题的规定@2021/a3 Alias"),
        ("摆渡合同解释第3条", "? "),
        ("刑法 3 条 故意杀人", "刑法@2021/a3 Title"),
        ("行政处罚法 第 33 条 首违 不罚", "行政处罚法@2021/a33 Title"),
        ("国务院752号令", "虚构管理条例@2022 Number"),
        ("国务院第752号令", "虚构管理条例@2022 Number"),
        ("行政处罚法2022 33", "行政处罚法@2021/a33 Title"),
        ("行政处罚法2022修订 33", "? 行政处罚法@2021 Title NoVersionOfThatDay"),
        ("渡口租赁纠纷案件解释一 3", "最高人民法院关于审理渡口租赁纠纷案件适用法律问题的解释（一）@2021/a3 Alias"),
        ("租赁纠纷司法解释二 3", "? 最高人民法院关于审理渡口租赁纠纷案件适用法律问题的解释（二）@2021/a3 Alias"),
        ("处罚法33条 首违不罚", "行政处罚法@2021/a33 Alias"),
        ("处罚法33条 许可 首违不罚", "行政处罚法@2021/a33 Alias"),
        ("行政处罚法 第 三 十 三 条", "行政处罚法@2021/a33 Title"),
        ("行政处罚法 第三 十三条", "行政处罚法@2021/a33 Title"),
        ("行政处罚法第三十 三条", "行政处罚法@2021/a33 Title"),
        ("行政处罚法 第 三十三 条 第 二 款", "行政处罚法@2021/a33/p2 Title"),
        ("处罚法33条首违不罚", "行政处罚法@2021/a33 Alias"),
        ("行政处罚法第33条第2款罚款", "行政处罚法@2021/a33/p2 Title"),
        ("处罚法33条例外", "words"),
        ("处罚法33条和许可", "words"),
        ("占道 处罚法33条", "行政处罚法@2021/a33 Alias"),
        ("流动 摊贩 行政处罚法第33条第2款", "行政处罚法@2021/a33/p2 Title"),
        ("占道 行政处罚法2009 33条", "行政处罚法@2009/a33 Title"),
        ("占道 国办发〔2018〕37号", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("占道 行政处罚法999条", "? 行政处罚法@2021 Title NoSuchArticle"),
        ("占道处罚法33条", "? "),
        ("占道 渔船法33条", "? "),
        ("北京 养犬管理条例3条", "? "),
        ("北京 安全生产法3条", "安全生产法@2021/a3 Title"),
        ("云桥县 养犬管理条例3条", "云桥县养犬管理条例@2020/a3 Title"),
    ] {
        assert_eq!(clear(query), found, "{query}");
    }
}

#[test]
fn citations_as_users_type_them() {
    for (query, found) in [
        ("行政处罚法", "行政处罚法@2021 Title"),
        ("中华人民共和国行政处罚法", "行政处罚法@2021 Title"),
        ("《行政处罚法》第三十三条", "行政处罚法@2021/a33 Title"),
        ("处罚法33条", "行政处罚法@2021/a33 Alias"),
        ("处罚法 33", "行政处罚法@2021/a33 Alias"),
        ("行政处罚法第33条第2款", "行政处罚法@2021/a33/p2 Title"),
        ("行政處罰法第33條第2款", "行政处罚法@2021/a33/p2 Title"),
        ("行政处罚法33条2款", "行政处罚法@2021/a33/p2 Title"),
        ("行政处罚法第二条第一款第（二）项", "行政处罚法@2021/a2/p1/s2 Title"),
        ("行政处罚法第2条第2项", "行政处罚法@2021/a2/p1/s2 Title"),
        ("行政处罚法第二条（二）", "行政处罚法@2021/a2/p1/s2 Title"),
        ("民法典3", "民法典@2021/a3 Title"),
        ("食安法 33", "食品安全法@2021/a33 Alias"),
        ("食全法33条", "食品安全法@2021/a33 Abbreviation"),
        ("xzcff33", "行政处罚法@2021/a33 Initials"),
        ("XZCFF 第33条", "行政处罚法@2021/a33 Initials"),
        ("mfd", "民法典@2021 Initials"),
        ("saf33", "食品安全法@2021/a33 Initials"),
        ("行诉法3条", "行政诉讼法@2021/a3 Alias"),
        ("治安处罚法 3", "治安管理处罚法@2021/a3 Alias"),
        ("刑法3之一", "刑法@2021/a3-1 Title"),
        ("刑法第3条之一", "刑法@2021/a3-1 Title"),
        ("公司法（2009）第3条", "公司法@2009/a3 Title"),
        ("公司法2009 3", "公司法@2009/a3 Title"),
        ("公司法2009年修正", "公司法@2009 Title"),
        ("2009年公司法第3条", "公司法@2009/a3 Title"),
        ("公司法2009", "公司法@2009 Title"),
        ("新公司法3条", "公司法@2021/a3 Title"),
        ("道交法第33条第1款", "道路交通安全法@2021/a33/p1 Alias"),
        ("刑法修正案十一", "刑法修正案（十一）@2021 Title"),
        ("刑法修正案（十一）", "刑法修正案（十一）@2021 Title"),
        ("刑法修正案11", "刑法修正案（十一）@2021 Title"),
        ("国办发2018 37号", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("国办发〔2018〕37号", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("国办发【2018】第37号", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("国办发201837", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("国务院办公厅国办发[2018]37号", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("国办发〔2018〕37号第三条", "云州办公厅关于虚构文件的通知@2018/a3 Number"),
        ("国务院令752", "虚构管理条例@2022 Number"),
        ("国令第752号", "虚构管理条例@2022 Number"),
        ("(2015)云行终字第186号", "c-1@2015 Number"),
        ("2015云行终字186号", "c-1@2015 Number"),
        ("云桥县养犬管理条例3", "云桥县养犬管理条例@2020/a3 Title"),
        ("刑法修正案十一 3", "刑法修正案（十一）@2021/a3 Alias"),
        ("刑法修正案（十一）3条", "刑法修正案（十一）@2021/a3 Title"),
        ("公司法司法解释二3条", "关于适用公司法若干问题的规定（二）@2021/a3 Alias"),
        ("公司法解释(二) 3", "关于适用公司法若干问题的规定（二）@2021/a3 Alias"),
        ("行政处罚法第三十三条第（二）款", "行政处罚法@2021/a33/p2 Title"),
        ("行政处罚法三十三条", "行政处罚法@2021/a33 Title"),
        ("行政处罚法三十三条二款", "行政处罚法@2021/a33/p2 Title"),
        ("行政处罚法第卅三条", "行政处罚法@2021/a33 Title"),
        ("行政处罚法第叁拾叁条第贰款", "行政处罚法@2021/a33/p2 Title"),
        ("请问行政处罚法33条", "行政处罚法@2021/a33 Title"),
        ("请问根据《行政处罚法》第33条", "行政处罚法@2021/a33 Title"),
        ("我想查行政处罚法第33条", "行政处罚法@2021/a33 Title"),
        ("帮我查一下处罚法33条", "行政处罚法@2021/a33 Alias"),
        ("国办发2018第37号", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("国务院第七百五十二号令", "虚构管理条例@2022 Number"),
        ("国务院令第七百五十二号", "虚构管理条例@2022 Number"),
        ("总局令第99号", "? 虚构检验办法@2005 Number"),
        ("总局令第98号", "? "),
    ] {
        assert_eq!(clear(query), found, "{query}");
    }
}

#[test]
fn more_that_officers_type() {
    for (query, found) in [
        ("国办发〔2018〕37", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("国办发【２０１８】３７", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("国办发〖2018〗37号", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("国办发［2018］37号全文", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("行政处罚法33(1)", "行政处罚法@2021/a33/p1 Title"),
        ("行政处罚法2(1)", "行政处罚法@2021/a2/p1/s1 Title"),
        ("行政处罚法第33条的第2款", "行政处罚法@2021/a33/p2 Title"),
        ("行政处罚法第33条 第2款的规定", "行政处罚法@2021/a33/p2 Title"),
        ("行政处罚法33条怎么规定的？", "行政处罚法@2021/a33 Title"),
        ("处罚法33条规定是什么", "行政处罚法@2021/a33 Alias"),
        ("民法典第三条的内容", "民法典@2021/a3 Title"),
        ("行政处罚法全文", "行政处罚法@2021 Title"),
        ("违反行政处罚法第33条", "行政处罚法@2021/a33 Title"),
        ("根据原行政处罚法第33条", "行政处罚法@2009/a33 Title"),
        ("刑法3-1", "刑法@2021/a3-1 Title"),
        ("xf33", "刑法@2021/a33 Initials"),
        ("XF3之一", "刑法@2021/a3-1 Initials"),
        ("行政处罚法(2009修正)33条", "行政处罚法@2009/a33 Title"),
        ("行政处罚法2009年版33条", "行政处罚法@2009/a33 Title"),
        ("行政处罚法（2009修正）", "行政处罚法@2009 Title"),
        ("原行政处罚法33条", "行政处罚法@2009/a33 Title"),
        ("旧处罚法 33", "行政处罚法@2009/a33 Alias"),
        ("修改前的行政处罚法33条", "行政处罚法@2009/a33 Title"),
        ("修正前行政处罚法33条", "行政处罚法@2009/a33 Title"),
        ("修改后的行政处罚法33条", "行政处罚法@2021/a33 Title"),
        ("《中华人民共和国行政处罚法第三十三条》", "行政处罚法@2021/a33 Title"),
        ("行政处罚法33.2", "行政处罚法@2021/a33/p2 Title"),
        ("国办发2018 37", "云州办公厅关于虚构文件的通知@2018 Number"),
        ("现行行政处罚法33条", "行政处罚法@2021/a33 Title"),
        ("新行政处罚法", "行政处罚法@2021 Title"),
        ("安生法第三十三条", "安全生产法@2021/a33 Alias"),
    ] {
        assert_eq!(clear(query), found, "{query}");
    }
}

/// What ends a title tells what a text is about; only of a law it is a name.
#[test]
fn the_end_of_a_title_is_no_clear_target() {
    let of = |title: &str, level: AuthorityLevel| known(title, level, &[(2021, 0)]);
    let (law, rule, local) = (AuthorityLevel::Law, AuthorityLevel::DepartmentalRule, AuthorityLevel::LocalRegulation);
    let names = Names::new(vec![
        of("虚构市场听证办法", rule),
        of("注册会计师法", law),
        of("户口登记条例", law),
        of("云桥县船舶登记条例", local),
        of("住房公积金管理条例", AuthorityLevel::AdministrativeRegulation),
    ]);
    let look = |query: &str| look_up(&read(query)?, &names, TODAY, Access::Public);
    for (query, clear, fitting) in [
        ("听证办法 5", false, 1),
        ("听证办法第3条", false, 1),
        ("听证办法", false, 1),
        ("虚构市场听证办法 3", true, 1),
        ("会计师法3条", true, 1),
        ("登记条例3条", false, 2),
        ("登记条例 3", false, 1),
        ("户口登记条例3条", true, 1),
        ("住房公积金条例3条", false, 1),
    ] {
        let answer = look(query).unwrap_or_else(|| panic!("{query}"));
        assert_eq!((answer.is_clear(), answer.fitting), (clear, fitting), "{query}");
    }
}

#[test]
fn megabytes_are_no_citation_and_cost_nothing() {
    for unit in ["条", "第三条", "33、", "1-", "(", "之", "x", "法"] {
        let query = unit.repeat(2_000_000 / unit.len());
        assert_eq!(read(&query), None);
        assert!(!goes_on("处罚法", &query) && !goes_on(&query, "33条"));
    }
}

#[test]
fn words_go_on_with_a_citation() {
    for (before, word) in [
        ("公司法2018", "20条"),
        ("公司法", "第20条"),
        ("民法典", "1043"),
        ("治安管理处罚法 第43条", "第2款"),
        ("处罚法", "33、34条"),
        ("国办发2018", "37号"),
        ("国办发(2018)", "第37号"),
    ] {
        assert!(goes_on(before, word), "{before} {word}");
    }
    for (before, word) in
        [("处罚法", "听证"), ("处罚法33条", "33"), ("处罚法", "2018"), ("处罚法", "37号"), ("", "33条")]
    {
        assert!(!goes_on(before, word), "{before} {word}");
    }
}

#[test]
fn several_are_listed_and_what_does_not_exist_is_said() {
    for (query, found) in [
        ("污染防治法3条", "? 水污染防治法@2021/a3 Suffix | 土壤污染防治法@2021/a3 Suffix"),
        ("养犬管理条例3条", "? 云州省养犬管理条例@2020/a3 Suffix | 云桥县养犬管理条例@2020/a3 Suffix"),
        ("行政处罚法第99条", "? 行政处罚法@2021 Title NoSuchArticle"),
        ("行政处罚法第33条第9款", "? 行政处罚法@2021/a33 Title NoSuchPart"),
        ("公司法（1985）", "? 公司法@2021 Title NoVersionOfThatDay"),
        ("行政处罚法第33条第2款第1目", "? 行政处罚法@2021/a33 Title NoSuchPart"),
        ("行政处罚法第33条第1目", "? 行政处罚法@2021/a33 Title NoSuchPart"),
        ("虚构安全法第5条", "? "),
        ("国办发〔2018〕38号", "? "),
        ("许可法12条", "? "),
        ("合同法52条", "? "),
    ] {
        assert_eq!(clear(query), found, "{query}");
    }
    assert_eq!(answer("许可法12条").unwrap().name, "行政许可法");
    assert_eq!(answer("合同法52条").unwrap().replaced_by, Some("民法典"));
}

#[test]
fn words_are_no_citation() {
    for query in [
        "",
        "流动摊贩占道",
        "没签合同被辞退怎么赔",
        "处罚",
        "行政处罚 听证",
        "33条",
        "第三十三条",
        "安全生产",
        "罚款 500",
        "罚款五百",
        "33",
        "2018",
        "本法第三条",
        "本办法第5条",
        "劳动合同第5条",
        "养犬管理条例",
        "违法",
        "管理办法",
        "行政执法",
        "怎么办法",
        "统一",
        "拆迁 2018",
        "2018年 处罚",
        "APP",
        "abcdef",
        "gdp 2018",
        "责令3号",
        "第三章",
        "处罚 33 听证",
        "处罚法 听证",
        "民法典 夫妻共同财产",
        "行政许可法 虚构法 33条",
        "行政处罚法33条 虚构强制法12条",
        "md5 33",
        "GB 2760-2014",
    ] {
        assert_eq!(clear(query), "words", "{query}");
    }
}

#[test]
fn what_an_asker_may_not_see_is_not_there() {
    let mut secret = known("云桥县养犬管理条例", AuthorityLevel::LocalRegulation, &[(2020, 0)]);
    secret.versions[0].access = Access::Internal;
    let names = Names::new(vec![secret]);
    let typed = read("云桥县养犬管理条例").unwrap();
    assert_eq!(look_up(&typed, &names, TODAY, Access::Public), None);
    assert!(look_up(&typed, &names, TODAY, Access::Internal).unwrap().is_clear());
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(query in "\\PC{0,130}|[行政处罚法第三条之一款项目0-9（）()《》 年号令a-z〔〕]{0,40}") {
        if let Some(typed) = read(&query) {
            let names = Names::new(vec![known("行政处罚法", AuthorityLevel::Law, &[(2021, 0)])]);
            let _ = look_up(&typed, &names, TODAY, Access::Public);
        }
    }

    #[test]
    fn every_place_of_a_law_is_read_as_written(article in 1u32..1261, insertion in 0u32..5, paragraph in 0u32..9) {
        let some = |number: u32| Some(number).filter(|number| *number > 0);
        let at = Locator { article: Some((article, insertion)), paragraph: some(paragraph), ..Locator::default() };
        let typed = read(&format!("虚构法{}", at.label())).unwrap();
        prop_assert_eq!(typed.named.unwrap().places.into_iter().map(|place| place.at).collect::<Vec<_>>(), [at]);
    }
}

#[test]
fn a_branch_of_law_names_no_law() {
    assert!(answer("国家法 5").is_none_or(|answer| answer.targets.is_empty()));
    assert!(!answer("分裂国家法3条").unwrap().targets.is_empty());
}

#[test]
fn a_whole_title_is_one_however_it_ends() {
    let titles = ["关于相互执行渡运裁决的安排", "渡船检验程序", "刑法修正案", "云桥县保障“最多等一班”改革规定"];
    let known = titles.map(|title| known(title, AuthorityLevel::LocalRegulation, &[(2020, 0)]));
    let names = Names::new(known.to_vec());
    let found = |typed: Option<Typed>| {
        look_up(&typed?, &names, TODAY, Access::Public).filter(TypedAnswer::is_clear).map(|answer| answer.name)
    };
    for title in titles {
        for query in [title.to_string(), format!("《{title}》")] {
            let typed = if query.contains('“') { title_with_quotes(&query) } else { read(&query) };
            assert_eq!(found(typed), Some(super::super::names::title_key(title)), "{query}");
        }
    }
    for words in ["渡运裁决的安排", "检验程序", "“最多等一班”改革", "《渡船》检验", "渡船在等一班"]
    {
        assert_eq!(found(read(words).or_else(|| title_with_quotes(words))), None, "{words}");
    }
}

#[test]
fn several_citations_in_one_query_are_parted() {
    for (query, parts) in [
        ("行政处罚法33条 行政许可法12条", vec!["行政处罚法33条", "行政许可法12条"]),
        ("《行政处罚法》第33条和《刑法》第3条", vec!["《行政处罚法》第33条", "《刑法》第3条"]),
        ("行政处罚法33条、34条，刑法3条", vec!["行政处罚法33条、34条", "刑法3条"]),
        ("《行政处罚法》第33条《刑法》第3条", vec!["《行政处罚法》第33条", "《刑法》第3条"]),
        ("行政处罚法 33条", vec!["行政处罚法 33条"]),
        ("期货和衍生品法3条", vec!["期货和衍生品法3条"]),
        ("行政处罚法 罚款", vec!["行政处罚法 罚款"]),
    ] {
        assert_eq!(pieces(query), parts, "{query}");
    }
}
