//! D06 发文字号不规范：发文字号没有用六角括号，写了“第”，或者编了虚位。
//!
//! # 检查什么
//!
//! 形如“机关代字＋年份＋序号”的发文字号。
//!
//! # 依据
//!
//! - GB/T 9704-2012《党政机关公文格式》7.2.5
//!
//! # 应报
//!
//! - `根据云政发[2017]10号文件精神。`
//! - `根据云政办发〔2018〕第037号文件。`
//!
//! # 不应报
//!
//! - `根据云政办发〔2013〕60号文件。`
//! - `根据国务院令第783号。`
//! - `参照（2015）云行终字第186号判决。`
//!
//! # 例外
//!
//! - 令号、公告号、案号。

use super::{Check, nothing};
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::words::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D06",
    name: "发文字号不规范",
    severity: Severity::Low,
    basis: BASIS,
    manual: include_str!("d06_document_number.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[Basis::External("GB/T 9704-2012《党政机关公文格式》7.2.5")];

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<org>\p{Han}{1,12})(?P<l>[〔\[［【（(〖﹝])(?P<y>(?:19|20)[0-9]{2})(?P<r>[〕\]］】）)〗﹞])(?P<di>第?)(?P<n>[0-9]{1,4})号",
    )
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    if !desk.budget.spend(desk.draft.text.len()) {
        return Vec::new();
    }
    NUMBER
        .captures_iter(&desk.draft.text)
        .filter_map(|words| {
            let part = |name| words.name(name).map_or("", |part| part.as_str());
            let brackets = part("l") == "〔" && part("r") == "〕";
            let plain = part("di").is_empty() && !part("n").starts_with('0');
            if brackets && plain || part("org").ends_with(['字', '令', '民', '刑', '行', '执', '终', '初']) {
                return None;
            }
            let (from, to) = (words.name("l")?.start(), words.get(0)?.end());
            let right = format!("〔{}〕{}号", part("y"), part("n").trim_start_matches('0'));
            Some(Found {
                span: from..to,
                severity: None,
                confidence: Confidence::High,
                certain: true,
                message: format!("发文字号应使用六角括号〔〕，不加“第”，不编虚位：{right}。"),
                suggestion: "按公文格式修改发文字号。",
                evidence: Vec::new(),
            })
        })
        .collect()
}
