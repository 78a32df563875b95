//! D02 名称不当：规范性文件的名称使用“法”“条例”。
//!
//! # 检查什么
//!
//! 草案标题以“条例”“法”结尾。草案为法规的不查。
//!
//! # 依据
//!
//! - 《规章制定程序条例》第七条
//!
//! # 应报
//!
//! - `云溪县电动车管理条例⏎第一条 为了加强管理，制定本条例。`
//! - `云溪镇村规民约处罚法⏎第一条 为了加强管理，制定本法。`
//! - `云溪县人民政府关于印发《云溪县电动车管理条例》的通知⏎第一条 为了加强管理，制定本条例。`
//!
//! # 不应报
//!
//! - `云溪县电动车管理办法⏎第一条 为了加强管理，制定本办法。`
//! - `云溪县关于贯彻《物业管理条例》的通知⏎一、总体要求`
//! - `中国共产党云溪县基层组织工作条例⏎第一条 为了加强工作，制定本条例。`
//! - `云溪县人民政府关于印发《云溪县电动车管理办法》的通知⏎第一条 为了加强管理，制定本办法。`
//!
//! # 例外
//!
//! - 标题中引用的上位法名称。

use super::{Check, nothing};
use crate::law::kind::AuthorityLevel;
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Confidence, Found, Severity};

/// The check.
pub static CHECK: Check = Check {
    code: "D02",
    name: "名称不当",
    severity: Severity::Low,
    basis: BASIS,
    manual: include_str!("d02_title.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[Basis::Provision { title: "规章制定程序条例", place: "第七条" }];

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let head = &desk.draft.head;
    let improper = |title: &&str| {
        let law = title.ends_with('法') && !["办法", "方法", "做法"].iter().any(|end| title.ends_with(end));
        law || title.ends_with("条例")
    };
    let Some(title) = head.title.as_deref().map(issued).filter(improper) else { return Vec::new() };
    // 党内法规 are named 条例 by their own rules.
    let of_party = |words: &str| ["中国共产党", "中共", "党委"].iter().any(|name| words.contains(name));
    let is_party = of_party(title) || head.issuer.as_deref().is_some_and(of_party);
    if desk.draft.level != AuthorityLevel::NormativeDocument || is_party {
        return Vec::new();
    }
    vec![Found {
        span: head.title_span.clone().unwrap_or(0..0),
        severity: None,
        confidence: Confidence::High,
        certain: true,
        message: format!("规范性文件名称“{title}”不得使用“法”“条例”。"),
        suggestion: "改用“办法”“规定”“实施细则”“通知”等名称。",
        evidence: Vec::new(),
    }]
}

/// The title of what a notice issues: 关于印发《云溪县电动车管理条例》的通知.
fn issued(title: &str) -> &str {
    let inner = ["关于印发《", "关于发布《", "关于公布《"].iter().find_map(|words| title.split_once(words));
    inner.and_then(|(_, rest)| rest.split_once('》')).map_or(title, |(inner, _)| inner)
}
