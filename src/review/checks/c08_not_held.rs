//! C08 引用依据未入库，无法核验：供人工核对的清单。
//!
//! # 检查什么
//!
//! 名称或者文号不在库中，又没有近似的名称、没有取代它的文件。只作提示，报告中收拢为一张清单。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `根据《云溪县渡口安全巡查规则》，制定本方案。`
//! - `按照云溪政发〔2023〕9号文件执行。`
//!
//! # 不应报
//!
//! - `根据《中华人民共和国行政处罚法》，制定本办法。`
//! - `违反本办法第三条规定的，责令改正。`
//! - `应当取得《渡船船员适任证书》。`
//!
//! # 例外
//!
//! - 同一名称只列一次。
//! - 草案自己的文号和名称、所印发或者附带的文件、证照和文书的名称。

use super::{Check, cited};
use crate::review::cited::{Target, Unheld};
use crate::review::desk::Desk;
use crate::review::draft::Draft;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::words::pattern;
use crate::text::fold::fold_str;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "C08",
    name: "引用依据未入库，无法核验",
    severity: Severity::Info,
    basis: BASIS,
    manual: include_str!("c08_not_held.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "请人工核对该文件的名称、文号和时效。";

/// What is called by a title in book brackets and is no document of law: papers, forms, agreements.
const PAPERS: [&str; 25] = [
    "证",
    "证书",
    "执照",
    "证明",
    "表",
    "申请书",
    "通知书",
    "决定书",
    "告知书",
    "承诺书",
    "责任书",
    "协议",
    "协议书",
    "合同",
    "回执",
    "收据",
    "发票",
    "票据",
    "手册",
    "台账",
    "笔录",
    "凭证",
    "报告书",
    "清单",
    "意见书",
];

/// The line of an annex: 附件：1.渡口名录.
static ANNEX: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^\s*附(?:件|表|录)[0-9一二三四五六七八九十]*\s*[:：]?.*$"));

/// Whether a title or number is the draft's own: its number, its title, what it issues or has attached, or a paper.
fn is_own(draft: &Draft, unheld: &Unheld) -> bool {
    let plain = |words: &str| fold_str(words).replace([' ', '《', '》', '〈', '〉'], "");
    let asked = plain(&unheld.title);
    let number = draft.head.number.as_deref().map(plain);
    let title = draft.head.title.as_deref().map(plain).unwrap_or_default();
    // 云溪县养犬管理办法 is attached to the notice that issues it as a line of its own.
    let line = draft.text.lines().any(|line| plain(line) == asked);
    let annex = || ANNEX.find_iter(&draft.text).any(|line| plain(line.as_str()).contains(&asked));
    let paper = unheld.bracketed && PAPERS.iter().any(|paper| asked.ends_with(paper));
    !asked.is_empty() && (number.as_ref() == Some(&asked) || title.contains(&asked) || paper || line || annex())
}

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let (mut found, mut told) = (Vec::new(), BTreeSet::new());
    for cited in cited::spoken(desk) {
        let Target::Unheld(unheld) = &cited.target else { continue };
        let known = unheld.replaced.is_some() || unheld.near.is_some();
        if !known && !is_own(desk.draft, unheld) && told.insert(unheld.title.as_str()) {
            let name = if unheld.bracketed { format!("《{}》", unheld.title) } else { unheld.title.clone() };
            found.push(cited::info(cited, format!("{name}未入库，请人工核对。"), SUGGESTION));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Given;

    #[test]
    fn the_own_number_annexes_and_papers_are_not_asked_for() {
        let text = "云溪县人民政府关于印发渡口巡查办法的通知\n云政发〔2026〕7号\n根据《渡船安全规则》，制定本办法。\n附件：1.渡口名录";
        let draft = Draft::read(text, &Given::default());
        let own = |title: &str, bracketed| {
            let title = title.to_string();
            let unheld = Unheld { title, bracketed, replaced: None, near: None, number: None };
            is_own(&draft, &unheld)
        };
        assert!(own("云政发〔2026〕7号", false) && own("渡口巡查办法", true) && own("渡口名录", true));
        assert!(own("船员适任证书", true));
        assert!(!own("渡船安全规则", true) && !own("云政发〔2026〕8号", false));
    }
}
