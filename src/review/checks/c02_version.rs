//! C02 引用旧版本：写明的版本（年份、修正次数）不是现行版本。
//!
//! # 检查什么
//!
//! 标题旁写明的年份、修正、修订与核验之日施行的版本不同。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `根据《中华人民共和国行政处罚法》（2017年修正）的规定，制定本办法。`
//! - `依据《中华人民共和国反垄断法》（2007年）第三十二条处理。`
//!
//! # 不应报
//!
//! - `根据《中华人民共和国行政处罚法》（2021年修订）的规定，制定本办法。`
//! - `根据《中华人民共和国行政处罚法》的规定，制定本办法。`
//!
//! # 例外
//!
//! - “适用行为时的《…》（2014年修订）”说的是过去。

use super::{Check, cited};
use crate::review::cited::Target;
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};

/// The check.
pub static CHECK: Check = Check {
    code: "C02",
    name: "引用旧版本",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("c02_version.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "改写为现行版本，或者不注明版本。";

/// Words that speak of acts before the draft.
const PAST: [&str; 5] = ["行为时", "施行前", "日前的行为", "日以前", "之前发生"];

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for cited in cited::spoken(desk) {
        let Target::Held(held) = &cited.target else { continue };
        // 适用行为时的《…》（2014年修订）: the version of then is meant.
        let sentence = desk.draft.sentence_at(cited.span.start);
        if PAST.iter().any(|words| sentence.contains(words)) {
            continue;
        }
        if let Some(noted) = held.noted.as_ref().filter(|_| held.ended.is_none()) {
            let message = format!("草案引用《{}》的{}文本；现行文本是 {} 的。", held.title, noted.said, noted.current);
            found.push(cited::certain(cited, message, SUGGESTION, None));
        }
    }
    found
}
