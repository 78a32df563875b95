//! Files that hold a decision of an authority or a court (行政处罚决定书, 判决书): cases, whose personal data is masked.

use super::case_list;
use super::outcome::Outcome;
use crate::law::{CaseKind, Document, Kind};
use regex::Regex;
use std::sync::LazyLock;

/// Lines at the head of a text among which its name may stand.
const HEAD_LINES: usize = 8;
/// Longest heading of a part of a typical case, in characters.
const HEADING_CHARS: usize = 20;

/// A line, or a title, without its blanks, that names the kind of a decision at its end; its number may stand behind it.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^#{0,3}[\p{Han}（）()〔〕\d\-—_]{0,60}?(?:",
        r"(?P<penalty>(?:行政|简易程序|当场)?处罚(?:事先|听证|意见)?(?:决定书|告知书)|(?:行政处罚)?(?:听证|陈述申辩)(?:权利)?告知书|关于(?:对|给予)[^关第《]{1,40}处罚的?(?:决定|公告|通报|通告|决定的公告)|行政处罚(?:案件|结果)?(?:信息)?(?:公开|公示)(?:信息)?表)",
        r"|(?P<court>(?:刑事|民事|行政|执行|刑事附带民事|行政赔偿|国家赔偿)?(?:判决书|裁定书|调解书))",
        r")(?:[（(〔\[].{0,40}|(?:编号[：:]?)?[\p{Han}（）()]{1,20}[〔\[（(［【][12][0-9]{3}[〕\]）)］】].{1,24}号)?$"
    ))
    .expect("a constant pattern")
});
/// Whom a decision speaks to in a line of its own: 云桥铸造有限公司：.
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[\s　]*[\p{Han}（）()·A-Za-z0-9]{2,40}[：:][\s　]*$").expect("a constant pattern")
});
/// A line that begins an article: what has articles is a rule about decisions.
static ARTICLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^[\s　#*]*第[一1]条[\s　*]").expect("a constant pattern"));
/// What the body of a decision says whose parties no word names: it punishes or speaks to somebody.
const SPEAKS: [&str; 9] =
    ["姓名", "你公司", "你单位", "你（单位）", "你厂", "你店", "统一社会信用代码", "法定代表人", "身份证"];
/// What stands in the text of every such decision.
const PARTIES: [&str; 13] = [
    "当事人",
    "被处罚人",
    "被处罚单位",
    "违法行为人",
    "被告人",
    "原告",
    "上诉人",
    "申请人",
    "公诉机关",
    "罪犯",
    "申请执行人",
    "再审申请人",
    "赔偿请求人",
];

/// Makes a case of every document that is one by its name and its words, unless it says itself what it is.
pub(super) fn recognise(outcome: &mut Outcome) {
    let Outcome::Documents { documents, .. } = outcome else { return };
    let read = std::mem::take(documents);
    for mut extracted in read {
        if let Some(kind) = kind_of(&extracted.document) {
            to_case(&mut extracted.document, kind);
        } else if extracted.document.kind == Kind::Normative
            && let Some(cases) = case_list::split(&extracted.document)
        {
            documents.extend(cases);
            continue;
        }
        documents.push(extracted);
    }
}

/// Whether a text tells one typical case: 濮某非法采砂案, 基本案情 and 处理结果 below it.
fn is_typical(document: &Document) -> bool {
    let title = document.title.trim_end_matches(['。', '》', '”']);
    let named = title.ends_with('案') || title.contains("典型案例");
    let heads =
        |words: &str| document.text.lines().any(|line| line.chars().count() <= HEADING_CHARS && line.contains(words));
    named
        && ["基本案情", "案情简介", "简要案情", "案情回顾"].iter().any(|words| heads(words))
        && !ARTICLE.is_match(&document.text)
}

fn kind_of(document: &Document) -> Option<CaseKind> {
    if document.kind == Kind::Case {
        return None;
    }
    if is_typical(document) {
        return Some(CaseKind::TypicalCase);
    }
    let text = document.text.as_str();
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(HEAD_LINES);
    // 行 政 处 罚 决 定 书: titles are set with blanks.
    let folded = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let penal = std::iter::once(document.title.as_str())
        .chain(lines)
        .find_map(|line| NAMED.captures(&folded(line)).map(|found| found.name("penalty").is_some()))?;
    let named = PARTIES.iter().any(|word| text.contains(word));
    // Decisions in the layout of letters name no party by a word.
    let letter = || {
        let told = SPEAKS.iter().any(|word| text.contains(word)) || ADDRESSED.is_match(text);
        penal && told && !ARTICLE.is_match(text)
    };
    let kind = if penal { CaseKind::PenaltyDecision } else { CaseKind::Judgment };
    (named || letter()).then_some(kind)
}

fn to_case(document: &mut Document, kind: CaseKind) {
    document.kind = Kind::Case;
    document.case_kind = Some(kind);
    document.level = None;
    let number = document.document_number.take();
    if document.case_number.is_none() {
        document.case_number = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{FileInput, Packs};

    fn read(name: &str, text: &str) -> Document {
        let outcome = Packs::default().read(&FileInput { path: name, bytes: text.as_bytes() });
        let Outcome::Documents { documents, .. } = outcome else { panic!("{outcome:?}") };
        documents.into_iter().next().expect("a document").document
    }

    #[test]
    fn a_decision_in_a_file_is_a_case_and_a_rule_about_decisions_is_none() {
        let decision = "云桥县综合行政执法局\n行政处罚决定书\n云综执罚决字〔2024〕第33号\n当事人：甲某\n甲某占道经营，处罚款二百元。";
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
        let typical =
            "# 张阿牛非法采砂案\n\n## 基本案情\n\n2023年5月，张阿牛在清水河采砂。\n\n## 处理结果\n\n罚款3万元。";
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
}
