//! P04 处罚超出依据：罚款数额不在依据的幅度之内，或者依据没有规定这一种类的处罚。
//!
//! # 检查什么
//!
//! 所引依据的罚则逐档读出幅度，倍数以决定载明的违法所得、货值金额为基数；罚款不在任何一档之内的报出。处罚的种类在所引依据中都没有的报出。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第四条
//! - 《中华人民共和国行政处罚法》第五条
//! - 《中华人民共和国行政处罚法》第三十二条
//!
//! # 应报
//!
//! - 结果：`对当事人罚款人民币60000元。`
//! - 结果：`对当事人罚款人民币200元。`
//! - 结果：`1.罚款人民币2000元；⏎2.吊销渡口经营许可证。`
//!
//! # 不应报
//!
//! - 结果：`对当事人罚款人民币2000元。`
//! - 结果：`决定对当事人减轻处罚，罚款人民币500元。`
//!
//! # 例外
//!
//! - 依据有未入库、未能确定的，幅度以倍数计算而基数不详的，不判断。
//! - 减轻处罚可以低于下限；几个行为合并处罚的，上限按各条、各行为合计。

use super::penal::{Penal, yuan};
use super::{DecisionCheck, Desk, Form, PENALTY_LAW, Purpose, info, likely, questions, shown};
use crate::law::case_fields::{SectionKind, Tier};
use crate::law::penalty::{Fits, fits};
use crate::law::sanction::{Addressee, Imposed, PenaltyKind};
use crate::review::finding::{Basis, Confidence, Found, Severity};
use std::collections::BTreeMap;

/// The check.
pub static CHECK: DecisionCheck = DecisionCheck {
    code: "P04",
    name: "处罚超出依据",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("p04_range.rs"),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: PENALTY_LAW, place: "第四条" },
    Basis::Provision { title: PENALTY_LAW, place: "第五条" },
    Basis::Provision { title: PENALTY_LAW, place: "第三十二条" },
];

const SUGGESTION: &str = "在所引依据规定的种类和幅度内处罚；有减轻情节的，写明理由和依据。";
const KIND_SUGGESTION: &str = "删去依据没有规定的处罚，或者补充规定该处罚的依据。";

fn judge(desk: &Desk<'_>) -> Vec<Found> {
    // A law that is not held may be the basis of any of the penalties.
    if desk.penal.is_empty() || !desk.is_all_known() {
        if desk.answers.of(Purpose::Basis).next().is_none() {
            return Vec::new();
        }
        let why = "所引依据有未入库、未能确定的，或者没有罚则";
        return desk.decision.fines().take(1).map(|(one, _)| uncompared(one, why)).collect();
    }
    let mut found: Vec<Found> = desk.decision.fines().filter_map(|(one, fen)| fine(desk, one, fen)).collect();
    found.extend(desk.decision.record.penalties.iter().filter_map(|one| kind(desk, one)));
    found
}

fn fine(desk: &Desk<'_>, one: &Imposed, fen: u64) -> Option<Found> {
    let decision = desk.decision;
    let addressee = struck(desk, one).or(decision.addressee());
    let mut untold = false;
    for law in &desk.penal {
        match fits(&law.tiers, &law.fines, fen, addressee).0 {
            Fits::Within => return None,
            Fits::Untold => untold = true,
            Fits::Outside | Fits::NoFine => {}
        }
    }
    let spans: Vec<(u64, Option<u64>)> = desk.penal.iter().filter_map(|law| law.span(addressee)).collect();
    if untold {
        let why = "幅度以倍数、单价计算，而基数在决定中没有载明";
        return Some(uncompared(one, why));
    }
    if spans.is_empty() {
        return None;
    }
    let lowest = spans.iter().map(|(min, _)| *min).min()?;
    // Several acts may be punished in one sum; two texts of one article are no two acts.
    let mut of_citation: BTreeMap<usize, Option<u64>> = BTreeMap::new();
    for law in &desk.penal {
        let Some((_, max)) = law.span(addressee) else { continue };
        let known = of_citation.entry(law.asked.span.start).or_insert(Some(0));
        *known = known.zip(max).map(|(known, max)| known.max(max));
    }
    let highest = of_citation.values().try_fold(0u64, |all, max| Some(all.saturating_add((*max)?)));
    let highest = highest.map(|max| max.saturating_mul(acts(desk)));
    let reduced = decision.record.fields.discretion.tiers.iter().any(|tier| tier.value == Tier::Reduced);
    let (how, confidence) = match highest {
        Some(max) if fen > max => (format!("高于上限{}", yuan(max)), confidence(desk)),
        _ if fen < lowest && reduced => return None,
        _ if fen < lowest => (format!("低于下限{}，而决定没有写明减轻处罚", yuan(lowest)), confidence(desk)),
        // What lies between is the sum of several, or falls into a gap between two tiers.
        _ if spans.len() > 1 || acts(desk) > 1 => return None,
        _ => ("不在任何一档的幅度之内".to_string(), Confidence::Low),
    };
    let laws: Vec<String> =
        desk.penal.iter().map(|law| format!("《{}》{}", law.held.title, law.evidence.article)).collect();
    let message = format!("涉嫌：罚款{}{how}（{}），请核对适用的档次和基数。", yuan(fen), laws.join("、"));
    let found = Found { confidence, ..likely(one.span.clone(), message, SUGGESTION) };
    Some(shown(found, desk.penal.iter().map(|law| law.evidence.clone())))
}

/// Whom a fine strikes beside the party: 对直接负责的主管人员处五千元罚款.
fn struck(desk: &Desk<'_>, one: &Imposed) -> Option<Addressee> {
    let words = desk.decision.text().get(one.party_span.clone()?)?;
    let is_person = ["主管人员", "责任人员", "直接责任", "负责人"].iter().any(|word| words.contains(word));
    is_person.then_some(Addressee::ResponsiblePerson)
}

/// One act, one article, one sum: then there is little doubt.
fn confidence(desk: &Desk<'_>) -> Confidence {
    let one = desk.penal.len() == 1 && desk.decision.fines().count() == 1 && acts(desk) == 1;
    if one { Confidence::High } else { Confidence::Medium }
}

/// How many acts there may be: provisions violated; of a row of a published table what its facts divide.
fn acts(desk: &Desk<'_>) -> u64 {
    let decision = desk.decision;
    let violated = questions(decision).iter().filter(|asked| asked.purpose == Purpose::Violated).count();
    let told = match decision.form {
        Form::Abstract => {
            let facts: String = decision.sections(SectionKind::Facts).collect();
            facts.split(['；', ';', '、']).filter(|part| !part.trim().is_empty()).count()
        }
        Form::Ordinary | Form::Spot => 1,
    };
    u64::try_from(violated.max(told).max(1)).unwrap_or(1)
}

/// That an amount was not held against its basis, and why: silence would read as approval.
fn uncompared(one: &Imposed, why: &str) -> Found {
    info(one.span.clone(), format!("罚款数额没有与依据的幅度比较：{why}。"), "请人工核对数额。")
}

/// The words by which an article allows a kind.
fn stems(kind: PenaltyKind) -> &'static [&'static str] {
    match kind {
        PenaltyKind::Warning => &["警告"],
        PenaltyKind::PublicCriticism => &["通报"],
        PenaltyKind::Fine => &["罚款", "以下罚", "处罚"],
        PenaltyKind::ConfiscateGoods => &["没收", "收缴"],
        PenaltyKind::SuspendLicence => &["暂扣", "扣留", "吊扣", "吊销", "暂停", "中止"],
        PenaltyKind::LowerQualification => &["降低", "降级", "资质", "吊销"],
        PenaltyKind::RevokeLicence => &["吊销", "撤销", "取消"],
        PenaltyKind::SuspendBusiness => &["停产", "停业", "停止", "关闭", "停工", "暂停"],
        PenaltyKind::CloseDown => &["关闭", "停业", "取缔", "停产"],
        PenaltyKind::RestrictPractice => &["从事", "禁止", "不得", "从业", "禁入", "终身", "资格"],
        PenaltyKind::Disqualification => &["资格", "禁止", "任职", "从业"],
        PenaltyKind::Detention => &["拘留"],
        // 违法所得 is confiscated by 行政处罚法 itself (article 28); the other kinds have no word of their own.
        _ => &[],
    }
}

fn kind(desk: &Desk<'_>, one: &Imposed) -> Option<Found> {
    let stems = stems(one.kind);
    let allows = |law: &Penal<'_>| stems.iter().any(|stem| law.evidence.text.contains(stem));
    // Another article than that which punishes may allow it: all that are applied are asked.
    let basis = desk.answers.of(Purpose::Basis).filter_map(|(_, law)| law.held());
    let mut texts = basis.flat_map(|held| held.found().into_iter().chain(held.changed()));
    if stems.is_empty()
        || desk.penal.iter().any(allows)
        || texts.any(|one| stems.iter().any(|stem| one.text.contains(stem)))
    {
        return None;
    }
    let laws: Vec<String> =
        desk.penal.iter().map(|law| format!("《{}》{}", law.held.title, law.evidence.article)).collect();
    let message = format!("涉嫌：所引的{}没有规定“{}”，请核对依据。", laws.join("、"), one.kind.chinese());
    let found = likely(one.span.clone(), message, KIND_SUGGESTION);
    Some(shown(found, desk.penal.iter().map(|law| law.evidence.clone())))
}
