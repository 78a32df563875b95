//! C06 文件名称有误：书名号内的名称库中没有，但有近似的名称。
//!
//! # 检查什么
//!
//! 名称不在库中，而与库中一件文件的名称只差几个字，或者是一部法律的“实施条例”而库中没有这样的条例。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `根据《中华人民共和国行政处罚法实施条例》，制定本办法。`
//! - `根据《城市市容环境卫生管理条例》，制定本办法。`
//!
//! # 不应报
//!
//! - `根据《城市市容和环境卫生管理条例》，制定本办法。`
//! - `根据《云溪县渡口安全巡查工作方案》，开展巡查。`
//!
//! # 例外
//!
//! - 地方、部门自己的文件名称相近而各是一件的，不报。

use super::{Check, cited};
use crate::review::cited::Target;
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};

/// The check.
pub static CHECK: Check = Check {
    code: "C06",
    name: "文件名称有误",
    severity: Severity::Low,
    basis: BASIS,
    manual: include_str!("c06_title.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "核对文件名称。";

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for cited in cited::spoken(desk) {
        let Target::Unheld(unheld) = &cited.target else { continue };
        if let Some(near) = unheld.near.as_ref().filter(|_| unheld.replaced.is_none()) {
            let message = format!("库中没有《{}》，最接近的是《{near}》，请核对名称。", unheld.title);
            found.push(cited::likely(cited, message, SUGGESTION));
        }
    }
    found
}
