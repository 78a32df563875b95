//! P09 没收和重复处罚：没收的数额与认定的不符，认定没有违法所得而没收，有违法所得而没有没收，对同一行为两次罚款。
//!
//! # 检查什么
//!
//! 决定载明的违法所得与没收的数额逐项比较；依据规定没收违法所得、决定载明有违法所得而没有没收的，提示；
//! 违反和依据各只有一处，而对同一当事人有两项以上罚款的，请核对是否一事两罚。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第二十八条第二款
//! - 《中华人民共和国行政处罚法》第二十九条
//! - 《中华人民共和国行政处罚法》（2017年修正）
//!
//! # 应报
//!
//! - 所得：`违法所得3000元。⏎1.没收违法所得5000元；⏎2.罚款人民币2000元。`
//! - 所得：`当事人没有违法所得。⏎1.没收违法所得500元；⏎2.罚款人民币2000元。`
//! - 所得：`当事人没有违法所得。⏎1.罚款人民币2000元；⏎2.罚款人民币1500元。`
//!
//! # 不应报
//!
//! - 所得：`违法所得3000元。⏎1.没收违法所得3000元；⏎2.罚款人民币2000元。`
//! - 所得：`当事人没有违法所得。⏎罚款人民币2000元。`
//!
//! # 例外
//!
//! - 几个当事人、几个行为的，不判断。
//! - 违法所得依法退赔的部分不予没收。

use super::Purpose;
use super::era::Rule;
use super::penal::yuan;
use super::{DecisionCheck, Desk, OLD_PENALTY_LAW, PENALTY_LAW, info, likely, questions, shown};
use crate::law::amount::BaseKind;
use crate::law::sanction::PenaltyKind;
use crate::review::finding::{Basis, Confidence, Found, Severity};

/// The check.
pub static CHECK: DecisionCheck = DecisionCheck {
    code: "P09",
    name: "没收和重复处罚",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("p09_confiscation.rs"),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: PENALTY_LAW, place: "第二十八条第二款" },
    Basis::Provision { title: PENALTY_LAW, place: "第二十九条" },
    OLD_PENALTY_LAW,
];

const GAINS: &str = "使没收的数额与认定的违法所得一致；退赔、扣除的部分写明。";
const ONCE: &str = "同一违法行为只给予一次罚款；是几个行为的，分别写明事实和依据。";

fn judge(desk: &Desk<'_>) -> Vec<Found> {
    [gains(desk), unconfiscated(desk), twice(desk)].into_iter().flatten().collect()
}

/// That what is confiscated is not what was found.
fn gains(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    let found = *decision.bases.0.get(&BaseKind::IllegalGains)?;
    let mut taken = decision
        .record
        .penalties
        .iter()
        .filter(|one| one.kind == PenaltyKind::ConfiscateGains && !one.repeats)
        .filter_map(|one| Some((one, one.amount_fen?)));
    // Two sums are those of two acts.
    let ((one, sum), None) = (taken.next()?, taken.next()) else { return None };
    if sum == found || decision.text().contains("退赔") || decision.text().contains("退还") {
        return None;
    }
    let told = if found == 0 { "没有违法所得".to_string() } else { format!("违法所得{}", yuan(found)) };
    let message = format!("决定没收违法所得{}，与认定的“{told}”不符，请核对。", yuan(sum));
    Some(Found { confidence: Confidence::High, ..likely(one.span.clone(), message, GAINS) })
}

/// That gains were found, the basis takes them, and the decision does not.
fn unconfiscated(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    let found = decision.bases.0.get(&BaseKind::IllegalGains).copied().filter(|fen| *fen > 0)?;
    let takes = |kind| matches!(kind, PenaltyKind::ConfiscateGains | PenaltyKind::FineAndConfiscation);
    let ordered = decision.record.penalties.iter().any(|one| takes(one.kind));
    let law = desk.penal.iter().find(|law| {
        let kinds = law.tiers.iter().flat_map(|tier| &tier.penalties);
        kinds.into_iter().any(|penalty| takes(penalty.kind))
    })?;
    if ordered || decision.record.penalties.is_empty() || decision.text().contains("退赔") {
        return None;
    }
    let message = format!(
        "决定认定违法所得{}，《{}》{}规定没收违法所得，而决定没有没收（{}），请核对。",
        yuan(found),
        law.held.title,
        law.evidence.article,
        decision.era.cite(Rule::Gains)
    );
    Some(shown(info(decision.ordered(), message, GAINS), [law.evidence.clone()]))
}

/// That one party is fined twice under one basis for one violation.
fn twice(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    let mut fines = decision.fines();
    let (first, second) = (fines.next()?.0, fines.next()?.0);
    let asked = questions(decision);
    let count = |purpose| asked.iter().filter(|one| one.purpose == purpose && !one.procedural).count();
    let one_act = count(Purpose::Violated) == 1 && count(Purpose::Basis) == 1;
    let one_party = decision.record.fields.parties.len() == 1 && first.party == second.party && first.heads == 1;
    if !one_act || !one_party {
        return None;
    }
    let message = format!(
        "涉嫌：决定对同一当事人按同一依据两次罚款，请核对是否同一违法行为（{}）。",
        decision.era.cite(Rule::Once)
    );
    Some(Found { confidence: Confidence::Low, ..likely(second.span.clone(), message, ONCE) })
}
