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
//!
//! # 例外
//!
//! - 同一名称只列一次。

use super::{Check, cited};
use crate::review::cited::Target;
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, Severity};

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

const BASIS: &[Basis] =
    &[Basis::External("《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）")];

use std::collections::BTreeSet;

const SUGGESTION: &str = "请人工核对该文件的名称、文号和时效。";

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let (mut found, mut told) = (Vec::new(), BTreeSet::new());
    for cited in cited::spoken(desk) {
        let Target::Unheld(unheld) = &cited.target else { continue };
        let known = unheld.replaced.is_some() || unheld.near.is_some();
        if !known && told.insert(unheld.title.as_str()) {
            let name = if unheld.bracketed { format!("《{}》", unheld.title) } else { unheld.title.clone() };
            found.push(cited::info(cited, format!("{name}未入库，请人工核对。"), SUGGESTION));
        }
    }
    found
}
