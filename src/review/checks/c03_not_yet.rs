//! C03 引用尚未施行的文件：所引文件在草案施行之日还没有施行。
//!
//! # 检查什么
//!
//! 所引文件已公布，但施行日期晚于草案的施行日期；草案没有日期的，以审查当日计。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `2024-07-01｜根据《公平竞争审查条例》，制定本细则。`
//! - `2020-12-01｜根据《中华人民共和国民法典》，制定本办法。`
//!
//! # 不应报
//!
//! - `2024-09-01｜根据《公平竞争审查条例》，制定本细则。`
//! - `根据《中华人民共和国民法典》，制定本办法。`
//!
//! # 例外
//!
//! - “《…》施行后，从其规定”说的是将来。

use super::{Check, cited};
use crate::review::cited::Target;
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};

/// The check.
pub static CHECK: Check = Check {
    code: "C03",
    name: "引用尚未施行的文件",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("c03_not_yet.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "推迟草案的施行日期，或者写明衔接办法。";

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for cited in cited::spoken(desk) {
        let Target::Held(held) = &cited.target else { continue };
        if let Some(day) = held.begins {
            let message = format!("《{}》自 {day} 起施行，早于该日的事项不能适用。", held.title);
            found.push(cited::certain(cited, message, SUGGESTION, None));
        }
    }
    found
}
