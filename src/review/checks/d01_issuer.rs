//! D01 制定主体不适格：制发机关是内设机构、临时机构、议事协调机构。
//!
//! # 检查什么
//!
//! 标题、落款中的发文机关是领导小组、指挥部、专班、联席会议、科股、执法大队等。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `云溪县扬尘治理工作领导小组办公室关于印发扬尘治理办法的通知`
//! - `云溪县河道整治指挥部关于限期清理河道的通告`
//!
//! # 不应报
//!
//! - `云溪县人民政府办公室关于印发养犬管理办法的通知`
//! - `云溪县卫生健康局关于印发管理办法的通知`
//!
//! # 例外
//!
//! - 政府办公室、部门办公室受权印发的文件。
//! - 法定的委员会。

use super::{Check, nothing};
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Confidence, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::words::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D01",
    name: "制定主体不适格",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("d01_issuer.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

static UNFIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:领导小组|指挥部|工作专班|专班|联席会议|协调小组|工作组|议事协调机构|法规处|执法大队|执法中队|[科股])(?:办公室)?$|(?:河长|林长|路长|田长|湖长)制?(?:工作)?办公室$|(?:局|委员会|厅)~{1,14}(?:大队|中队|科室|[科股])$",
    )
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let Some(issuer) = desk.draft.head.issuer.as_deref().filter(|issuer| UNFIT.is_match(issuer)) else {
        return Vec::new();
    };
    let span = desk.draft.head.title_span.clone().or_else(|| desk.draft.head.signature.clone()).unwrap_or(0..0);
    vec![Found {
        span,
        severity: None,
        confidence: Confidence::High,
        certain: false,
        message: format!(
            "制发机关“{issuer}”涉嫌为内设机构、临时机构或者议事协调机构，不得制发行政规范性文件，请核对。"
        ),
        suggestion: "改由有权的行政机关制发。",
        evidence: Vec::new(),
    }]
}
