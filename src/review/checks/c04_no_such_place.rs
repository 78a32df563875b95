//! C04 引用条款不存在：条、款、项超出所引文件的实际结构。
//!
//! # 检查什么
//!
//! 所引的条、款、项、目在核验之日施行的文本中没有。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `根据《中华人民共和国行政许可法》第九十二条，制定本办法。`
//! - `依照《中华人民共和国行政强制法》第九条第六项的规定处理。`
//!
//! # 不应报
//!
//! - `依照《中华人民共和国行政强制法》第九条第五项的规定处理。`
//! - `依照《中华人民共和国民法典》第一千二百六十条执行。`
//!
//! # 例外
//!
//! - 库中文本不完整的，只提示无法核验。
//! - 旧文件所引的条号后来变化的，见 C05。

use super::{Check, cited};
use crate::citation::Reason;
use crate::review::cited::{Missing, Target};
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};

/// The check.
pub static CHECK: Check = Check {
    code: "C04",
    name: "引用条款不存在",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("c04_no_such_place.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "核对所引条、款、项的序号。";

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for cited in cited::spoken(desk) {
        let Target::Held(held) = &cited.target else { continue };
        let Some(missing) = held.missing.as_ref().filter(|_| held.ended.is_none()) else { continue };
        let evidence = missing.article.clone();
        match told(&held.title, missing) {
            Told::Wrong(message) => found.push(cited::certain(cited, message, SUGGESTION, evidence)),
            Told::Unverified(message) => found.push(cited::info(cited, message, SUGGESTION)),
            Told::Nothing => {}
        }
    }
    found
}

enum Told {
    Wrong(String),
    Unverified(String),
    Nothing,
}

fn told(title: &str, missing: &Missing) -> Told {
    let Missing { label, articles, .. } = missing;
    if let Some(day) = missing.later {
        return Told::Unverified(format!(
            "草案早于库中《{title}》的文本（{day} 起），该文本没有{label}，当时的文本库中没有，无法核验。"
        ));
    }
    match missing.reason {
        Reason::NoSuchArticle => Told::Wrong(format!("《{title}》共 {articles} 条，没有{label}。")),
        Reason::NoSuchPart => Told::Wrong(format!("《{title}》没有{label}：该条没有这一款、项或者目。")),
        Reason::NotInBook => Told::Wrong(format!("《{title}》{label}不在所说的编中。")),
        Reason::IncompleteText => Told::Unverified(format!("库中《{title}》的文本似不完整，没有{label}，无法核验。")),
        _ => Told::Nothing,
    }
}
