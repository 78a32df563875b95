//! N02 增加处罚种类：上位法对同一行为没有规定这种处罚。
//!
//! # 检查什么
//!
//! 与 N01 相同的对照；草案的处罚种类在上位法对同一行为的各档中都没有的，报出。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第十一条
//! - 《中华人民共和国行政处罚法》第十二条
//! - 《中华人民共和国行政处罚法》第十三条
//! - 《中华人民共和国行政处罚法》第十四条
//!
//! # 应报
//!
//! - `转让、伪造或者变造检疫证明、检疫标志或者畜禽标识的，没收违法所得，处五千元以上五万元以下罚款，吊销营业执照。`
//! - `转让、伪造或者变造检疫证明、检疫标志或者畜禽标识的，处五千元以上五万元以下罚款，并予以行政拘留。`
//!
//! # 不应报
//!
//! - `责令限期改正。`
//! - `转让、伪造或者变造检疫证明、检疫标志或者畜禽标识的，没收违法所得，处五千元以上五万元以下罚款。`
//!
//! # 例外
//!
//! - 责令改正不是处罚种类。
//! - 行政法规、地方性法规补充设定的，须另行说明。

use super::Check;
use crate::law::sanction::PenaltyKind;
use crate::review::aligned::{self, Clause, Like, SAME_ACT};
use crate::review::beyond::names_all_kinds;
use crate::review::desk::Desk;
use crate::review::finding::{Confidence, Found, Severity};
use crate::review::question::Question;

use std::collections::BTreeSet;

/// The check.
pub static CHECK: Check = Check {
    code: "N02",
    name: "增加处罚种类",
    severity: Severity::High,
    basis: aligned::BASIS,
    manual: include_str!("n02_added_penalty.rs"),
    questions: |draft, settings| aligned::questions(draft, settings).into_iter().chain([Question::Citations]).collect(),
    judge,
};

const SUGGESTION: &str = "删除上位法没有规定的处罚种类。";

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for clause in aligned::clauses(desk.draft) {
        if !desk.budget.spend(clause.act.len()) {
            break;
        }
        if names_all_kinds(&clause, desk.answers.citations()) {
            continue;
        }
        let alike = aligned::alike(&clause, desk.answers);
        let same: Vec<&Like> = alike.iter().filter(|like| like.likeness >= SAME_ACT).collect();
        let allowed: BTreeSet<PenaltyKind> =
            same.iter().flat_map(|like| &like.tier.penalties).map(|penalty| penalty.kind).collect();
        let added: Vec<PenaltyKind> =
            clause.tier.penalties.iter().map(|penalty| penalty.kind).filter(|kind| !allowed.contains(kind)).collect();
        // Another tier of the article may have it, for a graver case.
        let named = |kind: &PenaltyKind| same.iter().any(|like| like.evidence.text.contains(kind.chinese()));
        let added: Vec<PenaltyKind> = added.into_iter().filter(|kind| !named(kind)).collect();
        if let (Some(like), [first, ..]) = (same.first(), added.as_slice()) {
            found.push(adds(&clause, like, *first));
        }
    }
    found
}

fn adds(clause: &Clause, like: &Like, kind: PenaltyKind) -> Found {
    let (title, article) = (&like.evidence.title, &like.evidence.article);
    let message = format!("涉嫌：上位法《{title}》{article}对相近行为没有规定“{}”，请核对。", kind.chinese());
    Found {
        span: clause.span.clone(),
        severity: None,
        confidence: Confidence::Low,
        certain: false,
        message,
        suggestion: SUGGESTION,
        evidence: vec![like.evidence.clone()],
    }
}
