//! C07 文号与文件名称不符：标题旁的文号不是该文件的文号，或者同一文件前后文号不同。
//!
//! # 检查什么
//!
//! 标题与文号并列时，与库中该文件的文号核对；同一标题在草案中带有两个不同文号的，也报。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `依照《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2022〕72号）执行。`
//! - `依照《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2021〕27号）执行。`
//!
//! # 不应报
//!
//! - `依照《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2022〕27号）执行。`
//! - `依照《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》执行。`
//!
//! # 例外
//!
//! - 转发件有两个文号；库中不知其文号的，不报。

use super::{Check, cited};
use crate::review::cited::Target;
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};

/// The check.
pub static CHECK: Check = Check {
    code: "C07",
    name: "文号与文件名称不符",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("c07_number.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "核对文号。";

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for cited in cited::spoken(desk) {
        let Target::Held(held) = &cited.target else { continue };
        if let Some((written, right)) = &held.number {
            let message = format!("《{}》的文号为{right}，草案写作{written}。", held.title);
            found.push(cited::certain(cited, message, SUGGESTION, None));
        }
    }
    found
}
