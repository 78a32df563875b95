//! Files that hold a decision of an authority or a court (行政处罚决定书, 判决书): cases, whose personal data is masked.

use super::outcome::Outcome;
use crate::law::{CaseKind, Document, Kind};
use regex::Regex;
use std::sync::LazyLock;

/// Lines at the head of a text among which its name may stand.
const HEAD_LINES: usize = 8;

/// A line, or a title, that names the kind of a decision at its end.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[#\s　]*[\p{Han}（）()〔〕\d\-—_ 　]{0,60}?(?:",
        r"(?P<penalty>(?:当场|不予|简易程序|免予|减轻)?行政处罚(?:事先告知|听证告知)?(?:决定书|告知书))",
        r"|(?P<court>(?:刑\s*事|民\s*事|行\s*政|执\s*行|刑事附带民事|行政赔偿|国家赔偿)?\s*(?:判\s*决\s*书|裁\s*定\s*书|调\s*解\s*书))",
        r")[\s　]*(?:[（(〔\[].{0,40})?$"
    ))
    .expect("a constant pattern")
});
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
    for extracted in documents {
        if let Some(kind) = kind_of(&extracted.document) {
            to_case(&mut extracted.document, kind);
        }
    }
}

fn kind_of(document: &Document) -> Option<CaseKind> {
    if document.kind == Kind::Case || !PARTIES.iter().any(|word| document.text.contains(word)) {
        return None;
    }
    let lines = document.text.lines().filter(|line| !line.trim().is_empty()).take(HEAD_LINES);
    let found = std::iter::once(document.title.as_str()).chain(lines).find_map(|line| NAMED.captures(line.trim()))?;
    Some(if found.name("penalty").is_some() { CaseKind::PenaltyDecision } else { CaseKind::Judgment })
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
        let judgment =
            "云桥县人民法院\n刑 事 判 决 书\n（2024）云0101刑初1号\n公诉机关云桥县人民检察院。\n被告人甲某犯盗窃罪。";
        assert_eq!(read("判决.md", judgment).case_kind, Some(CaseKind::Judgment));
        for rule in [
            "云桥县行政处罚决定书制作规定\n第一条　当事人姓名应当写明。\n第二条　本规定自2024年1月1日起施行。",
            "关于印发行政处罚决定书格式的通知\n第一条　当事人栏应当填写。",
            "云桥县渡口办法\n第一条　当事人对行政处罚决定书不服的，可以申请复议。",
        ] {
            assert_ne!(read("规定.txt", rule).kind, Kind::Case, "{rule}");
        }
    }
}
