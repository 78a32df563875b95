//! C01 引用已废止、失效文件：所引文件在核验之日已经废止、失效或者被新法取代。
//!
//! # 检查什么
//!
//! 所引文件在库中已废止或者失效，或者库中虽无其文本、但有文件载明它已废止或者被取代。核验之日是审查当日：旧文件引用后来废止的文件，也在清理之列。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `根据《中华人民共和国环境噪声污染防治法》第四十三条，夜间禁止产生超标噪声。`
//! - `规章应当依照《法规规章备案条例》的规定报送备案。`
//!
//! # 不应报
//!
//! - `根据《中华人民共和国行政处罚法》，制定本办法。`
//! - `原《中华人民共和国环境噪声污染防治法》施行期间的行为，不适用本办法。`
//! - `本办法施行前依照《中华人民共和国环境噪声污染防治法》作出的决定，继续有效。`
//!
//! # 例外
//!
//! - “原《…》”“《…》施行前”“当时的《…》”说的是过去。
//! - 引用决定、废止目录时不报。

use super::{Check, cited};
use crate::review::cited::{Ended, Target};
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::words::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "C01",
    name: "引用已废止、失效文件",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("c01_repealed.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "改引现行依据，并核对条文内容是否变化。";

/// What is said of a time that is past: 本办法施行前依照《…》订立的合同, 当时的《…》.
static PAST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:施行|实施|生效|[0-9]日|[0-9]年)(?:之|以)?前~{0,16}(?:依照|按照|根据|依据|适用|《)|(?:适用|依照|按照)?(?:当时|行为时|行为发生时)(?:有效)?的?《",
    )
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let ended = |cited: &crate::review::cited::Cited| match &cited.target {
        Target::Held(held) => held.ended.as_ref().map(|ended| (over(&held.title, ended), ended.proof.clone())),
        Target::Unheld(unheld) => unheld.replaced.as_ref().map(|told| (format!("{told}。"), None)),
        Target::Own(_) | Target::Untold => None,
    };
    let draft = desk.draft;
    let now = cited::spoken(desk).into_iter().filter(|cited| !PAST.is_match(draft.sentence_at(cited.span.start)));
    let all = now.filter_map(|cited| Some((cited, ended(cited)?)));
    all.map(|(cited, (message, proof))| cited::certain(cited, message, SUGGESTION, proof)).collect()
}

/// 《…》已于 2013-07-01 废止，现行依据为《…》。
fn over(title: &str, ended: &Ended) -> String {
    if let (true, Some(day)) = (ended.is_latest, ended.on) {
        return format!("《{title}》至迟在 {day} 已废止或者失效（来源在该日标注，自何日起不详）。");
    }
    let on = ended.on.map(|day| format!("于 {day} ")).unwrap_or_default();
    let by = ended.by.as_ref().map(|by| format!("，见《{by}》")).unwrap_or_default();
    format!("《{title}》已{on}废止或者失效{by}。")
}
