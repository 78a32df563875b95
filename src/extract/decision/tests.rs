use super::*;
use crate::extract::{FileInput, Packs};

pub(super) fn read(name: &str, text: &str) -> Document {
    let outcome = Packs::default().read(&FileInput { path: name, bytes: text.as_bytes() });
    let Outcome::Documents { documents, .. } = outcome else { panic!("{outcome:?}") };
    documents.into_iter().next().expect("a document").document
}

#[test]
fn a_decision_in_a_file_is_a_case_and_a_rule_about_decisions_is_none() {
    let decision =
        "云桥县综合行政执法局\n行政处罚决定书\n云综执罚决字〔2024〕第33号\n当事人：甲某\n甲某占道经营，处罚款二百元。";
    let case = read("决定.txt", decision);
    assert_eq!((case.kind, case.case_kind, case.level), (Kind::Case, Some(CaseKind::PenaltyDecision), None));
    for (name, letter) in [
        (
            "环境.txt",
            "云桥市生态环境局行政处罚决定书\n云环罚决字〔2023〕9号\n云桥铸造有限公司：\n统一社会信用代码：91210321MA10ABCD5X\n\
             一、环境违法事实和证据\n你公司除尘器未运行。\n二、行政处罚的依据、种类\n决定处以罚款人民币20万元。",
        ),
        (
            "土地.txt",
            "行 政 处 罚 决 定 书\n云自然资罚决字[2024]011号\n被处罚单位（人）：云桥镇村民委员会\n决定处罚如下：1、退还土地。",
        ),
        (
            "住建.txt",
            "云桥县住房和城乡建设局行政处罚决定书  云住建罚字（2021）第12号\n被处罚单位：云桥建设有限公司\n罚款三万元。",
        ),
        ("文旅.txt", "（云）文综罚字〔2023〕0007号\n行政处罚决定书\n当事人名称：云桥网络会所\n决定：罚款12000元。"),
    ] {
        let case = read(name, letter);
        assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::PenaltyDecision)), "{name}");
    }
    let table = "云桥监管分局行政处罚信息公开表（云金罚决字〔2025〕1-2号）\n\n| 序号 | 当事人名称 | 行政处罚内容 |\n| 1 | 云桥银行 | 罚款30万元 |\n";
    assert_eq!(read("公开表.md", table).case_kind, Some(CaseKind::PenaltyDecision));
    let judgment =
        "云桥县人民法院\n刑 事 判 决 书\n（2024）云0101刑初1号\n公诉机关云桥县人民检察院。\n被告人甲某犯盗窃罪。";
    assert_eq!(read("判决.md", judgment).case_kind, Some(CaseKind::Judgment));
    let typical = "# 张阿牛非法采砂案\n\n## 基本案情\n\n2023年5月，张阿牛在清水河采砂。\n\n## 处理结果\n\n罚款3万元。";
    assert_eq!(read("案例.md", typical).case_kind, Some(CaseKind::TypicalCase));
    let list = "2024年云桥县市场监管领域行政处罚典型案例\n案例一：云桥县老灶火锅店使用回收油案\n罚款10万元。\n案例二：张阿牛无证行医案\n罚款2万元。";
    assert_eq!(read("典型.txt", list).case_kind, Some(CaseKind::TypicalCase));
    for named in ["关于对张阿牛的行政处罚决定", "云桥县交通运输局关于给予云桥渡口公司行政处罚的公告"]
    {
        let case = read("决定.txt", &format!("{named}\n被处罚人：张阿牛\n张阿牛占道经营，决定罚款二百元。"));
        assert_eq!(case.kind, Kind::Case, "{named}");
    }
    for rule in [
        "云桥县行政处罚决定书制作规定\n第一条　当事人姓名应当写明。\n第二条　本规定自2024年1月1日起施行。",
        "关于印发行政处罚决定书格式的通知\n第一条　当事人栏应当填写。",
        "云桥县渡口办法\n第一条　当事人对行政处罚决定书不服的，可以申请复议。",
    ] {
        assert_ne!(read("规定.txt", rule).kind, Kind::Case, "{rule}");
    }
}

#[test]
fn papers_of_a_case_are_cases_whose_names_are_masked() {
    use CaseKind::*;
    for (name, kind, text) in [
        ("责令改正通知书", None, "张阿牛：\n经查，你于2024年3月4日占道经营，现责令你在2024年3月20日前改正。"),
        ("责令限期改正通知书", None, "当事人：张阿牛\n责令你限期改正。"),
        ("责令停止违法行为决定书", None, "当事人：张阿牛\n责令你立即停止。"),
        ("整改通知书", None, "张阿牛：\n你单位存在隐患。"),
        ("履行行政处罚决定催告书", Some(CoercionDecision), "张阿牛：\n你未履行罚款2000元的决定，请你履行。"),
        ("查封（扣押）决定书", Some(CoercionDecision), "当事人：张阿牛\n决定扣押白酒30瓶。"),
        ("行政复议决定书", Some(ReconsiderationDecision), "申请人：张阿牛\n决定如下：\n维持罚款500元的决定。"),
        ("听证告知书", Some(PenaltyDecision), "张阿牛：\n拟对你罚款5000元。"),
        ("不予处罚决定书", Some(PenaltyDecision), "当事人：张阿牛\n决定不予处罚。"),
        ("询问笔录", Some(InspectionRecord), "被询问人：张阿牛，电话13800001111，当事人。"),
        ("仲裁裁决书", Some(Judgment), "申请人：张阿牛\n裁决如下：支付工资5000元。"),
    ] {
        let case = read("a.txt", &format!("云桥县某某局\n{name}\n云某字〔2024〕3号\n{text}\n2024年3月5日"));
        assert_eq!((case.kind, case.case_kind), (Kind::Case, kind), "{name}");
        let masked = crate::law::mask::mask(&case).document;
        assert!(!masked.text.contains("阿牛"), "{}", masked.text);
        let record = crate::law::case_record::read(&masked).expect("a case");
        assert_eq!(record.penalties, [], "{name}");
    }
}

#[test]
fn documents_about_papers_of_a_case_are_none() {
    for text in [
        "关于印发责令改正通知书格式的通知\n当事人栏应当填写。",
        "云桥县行政复议决定书制作规范\n第一条　申请人姓名应当写明。",
        "责令改正通知书（式样）\n当事人：\n经查，你单位____。",
        "云桥县催告办法\n第一条　当事人逾期不履行的，应当送达催告书。",
        "云桥县人民政府关于规范行政复议工作的通知\n各乡镇人民政府：\n申请人不服行政复议决定书的，可以起诉。",
    ] {
        assert_ne!(read("规定.txt", text).kind, Kind::Case, "{text}");
    }
}

#[test]
fn a_paper_bears_the_name_that_stands_below_its_office() {
    for (text, title) in [
        (
            "云桥县城市管理局\n行 政 处 罚 决 定 书\n云城罚〔2024〕1号\n当事人：仇某\n罚款200元。",
            "云桥县城市管理局行政处罚决定书",
        ),
        ("云桥县人民法院\n刑事判决书\n（2024）云9901刑初1号\n被告人仇某，男。", "云桥县人民法院刑事判决书"),
        (
            "云桥县劳动人事争议仲裁委员会\n仲裁裁决书\n云劳人仲案〔2023〕12号\n申请人：仇某",
            "云桥县劳动人事争议仲裁委员会仲裁裁决书",
        ),
        (
            "云桥县人民政府\n关于对云桥县大顺公司行政处罚的决定\n云桥县大顺公司：\n对你公司罚款10万元。",
            "云桥县人民政府关于对云桥县大顺公司行政处罚的决定",
        ),
        ("云桥县水利局\n催告书  云水催〔2024〕3号\n仇某：\n你未履行罚款2000元的决定。", "云桥县水利局催告书"),
        ("云桥县水利局行政处罚决定书\n云水罚〔2024〕3号\n当事人：仇某\n罚款200元。", "云桥县水利局行政处罚决定书"),
    ] {
        let case = read("a.txt", text);
        assert_eq!((case.kind, case.title.as_str()), (Kind::Case, title));
    }
}

#[test]
fn a_typical_case_whose_captions_lead_their_paragraphs_is_masked() {
    let text = "# 云桥县某公司未保存监控案\n\n**基本案情**　2024年3月5日，负责人仇阿岭未保存录像。\n\n**处理结果**　对仇阿岭处1万元罚款。\n";
    let case = read("案例.md", text);
    assert_eq!(case.case_kind, Some(CaseKind::TypicalCase));
    assert!(!crate::law::mask::mask(&case).document.text.contains("阿岭"));
    let rule = "# 云桥县典型案例评选办法\n\n第一条　基本案情应当写明。\n基本案情：不少于三百字。";
    assert_ne!(read("办法.md", rule).kind, Kind::Case);
}

#[test]
fn decisions_that_say_on_whom_or_on_what_are_cases_whose_names_are_masked() {
    let bodies = [
        "经查，2024年3月4日妫阿岭在清水河采砂。决定对妫阿岭罚款二千元。",
        "妫阿岭：\n2024年3月4日你在清水河采砂。决定罚款二千元。",
        "当事人：妫阿岭\n2024年3月4日采砂，决定罚款二千元。",
        "依据有关规定，对妫阿岭罚款二千元。如不服本决定，可以申请行政复议。",
    ];
    let titles = [
        ("云桥县水利局关于妫阿岭非法采砂的行政处罚决定", Some(CaseKind::PenaltyDecision)),
        ("云桥县水利局关于妫阿岭违反《云桥县河道办法》的处罚决定", Some(CaseKind::PenaltyDecision)),
        ("关于对妫阿岭的处罚决定", Some(CaseKind::PenaltyDecision)),
        ("关于对妫阿岭轻微违法行为不予行政处罚的决定", Some(CaseKind::PenaltyDecision)),
        ("云桥县水利局关于对妫阿岭第二次非法采砂行为的处罚决定", Some(CaseKind::PenaltyDecision)),
        ("云桥县水利局关于给予妫阿岭行政处罚的决定", Some(CaseKind::PenaltyDecision)),
        ("云桥县公安局关于给予妫阿岭行政拘留处罚的决定书", Some(CaseKind::PenaltyDecision)),
        ("关于妫阿岭非法采砂案行政处罚决定的公告", Some(CaseKind::PenaltyDecision)),
        ("关于给予妫阿岭记过处分的决定", None),
        ("关于对妫阿岭采取出具警示函措施的决定", None),
    ];
    for (title, kind) in titles {
        for body in bodies {
            for text in [format!("{title}\n云水罚〔2024〕3号\n{body}"), format!("# {title}\n\n{body}")] {
                let case = read("53.md", &text);
                assert_eq!((case.kind, case.case_kind), (Kind::Case, kind), "{text}");
                let masked = crate::law::mask::mask(&case).document;
                assert!(!masked.text.contains("阿岭") && !masked.title.contains("阿岭"), "{title} {}", masked.text);
            }
        }
    }
    for title in [
        "云桥县水利局行政处罚裁量基准",
        "关于规范行政处罚决定书制作的通知",
        "关于修改《云桥县水行政处罚办法》的决定",
        "关于修改部分规章中行政处罚的决定",
        "云桥县人民政府关于委托乡镇实施行政处罚的决定",
        "云桥县人民政府关于相对集中行政处罚权的决定",
        "云桥县人民政府关于取消部分行政处罚的决定",
        "云桥县人民政府关于由城市管理局集中行使行政处罚权的决定",
        "关于对轻微违法行为不予行政处罚的通告",
        "关于公布行政处罚事项目录的决定",
        "云桥县人大常委会关于加强对行政处罚监督的决定",
        "关于对行政处罚裁量权行使情况进行检查的通报",
        "关于机构改革有关问题处理的决定",
    ] {
        let text = format!("{title}\n各乡镇人民政府：\n当事人违法的，经查属实后依法处罚，当事人可以申请行政复议。");
        assert_eq!(read("规定.txt", &text).kind, Kind::Normative, "{title}");
    }
}
