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
//! - `2020-12-01｜《中华人民共和国民法典》将于2021年1月1日起施行，请做好学习宣传。`
//! - `2024-07-01｜县局制定了《公平竞争审查条例》，现印发给你们。`
//!
//! # 例外
//!
//! - “《…》施行后，从其规定”说的是将来；为其施行做准备、宣传学习的，也是。
//! - 草案自己印发、公布的文件。

use super::{Check, cited};
use crate::review::cited::Target;
use crate::review::desk::Desk;
use crate::review::draft::Draft;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::words::pattern;
use regex::Regex;
use std::sync::LazyLock;

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

/// What is said of a law before its day.
static PREPARES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "将(?:于|自)#{0,30}(?:施行|实施)|(?:施行|实施)(?:前|准备)|(?:施行|实施)(?:的)?(?:各项)?准备|学习|宣传|培训|即将(?:施行|实施)",
    )
});

/// Whether the draft itself gives out a document: 关于印发《…》的通知; 制定了《…》，现印发给你们.
fn issues(draft: &Draft, title: &str) -> bool {
    let named = format!("《{title}》");
    let given_out = |text: &str| {
        text.match_indices(&named).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let behind: String =
                text.get(at + named.len()..).unwrap_or_default().chars().take(GIVEN_OUT_CHARS).collect();
            ["印发", "发布", "公布"].iter().any(|word| before.ends_with(word)) && behind.starts_with("的通知")
                || GIVEN_OUT.is_match(&behind)
        })
    };
    draft.head.title.as_deref().is_some_and(given_out) || given_out(&draft.text)
}

/// So many characters behind a title tell that it is given out.
const GIVEN_OUT_CHARS: usize = 40;
static GIVEN_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern("^[^。;]{0,36}(?:现印发|印发给|现(?:予|将)?(?:公布|发布)|予以(?:公布|发布|印发)|已经#{0,12}(?:通过|同意))")
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for cited in cited::spoken(desk) {
        let Target::Held(held) = &cited.target else { continue };
        let sentence = desk.draft.sentence_at(cited.span.start);
        if let Some(day) = held.begins.filter(|_| !PREPARES.is_match(sentence) && !issues(desk.draft, &held.title)) {
            let message = format!("《{}》自 {day} 起施行，早于该日的事项不能适用。", held.title);
            found.push(cited::certain(cited, message, SUGGESTION, None));
        }
    }
    found
}
