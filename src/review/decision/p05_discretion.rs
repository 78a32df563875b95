//! P05 裁量没有依据或者不符：没有写明裁量理由、基准，罚款与所写的情节、档次不符。
//!
//! # 检查什么
//!
//! 罚款有幅度而没有写裁量基准、情节和理由的，提示；写明从轻而罚款在幅度上半段、写明从重而在下半段的，请核对；罚款不在裁量基准相应档次之内的报出。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第五条第二款
//! - 《中华人民共和国行政处罚法》第三十四条
//! - 《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2022〕27号）
//!
//! # 应报
//!
//! - 裁量：`本局决定从轻处罚。⏎罚款人民币4500元。`
//! - 裁量：`当事人违法情节较重，依照《云桥渡口处罚裁量基准》处罚。⏎罚款人民币1500元。`
//!
//! # 不应报
//!
//! - 裁量：`本局决定从轻处罚。⏎罚款人民币1500元。`
//! - 裁量：`当事人违法情节较轻，依照《云桥渡口处罚裁量基准》处罚。⏎罚款人民币1500元。`
//!
//! # 例外
//!
//! - 裁量基准没有入库的，不比较；特殊情况下依法可以调整适用裁量基准，请看决定的说明。
//! - 幅度以倍数计算而基数不详的，不比较。

use super::answers::{BenchmarkAnswer, is_whole};
use super::penal::yuan;
use super::{DecisionCheck, Desk, Form, PENALTY_LAW, info, likely, shown};
use crate::law::benchmark;
use crate::law::case_fields::{Listed, Tier};
use crate::law::sanction::{Addressee, FineRange, Imposed};
use crate::review::finding::{Basis, Confidence, Found, Severity};
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: DecisionCheck = DecisionCheck {
    code: "P05",
    name: "裁量没有依据或者不符",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("p05_discretion.rs"),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: PENALTY_LAW, place: "第五条第二款" },
    Basis::Provision { title: PENALTY_LAW, place: "第三十四条" },
    Basis::External("《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2022〕27号）"),
];

const SUGGESTION: &str = "写明裁量的情节、理由和所适用的裁量基准档次，使罚款与其相符。";

/// Words of reasons that the record has no value for.
static REASONS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("裁量|情节|从轻|从重|减轻|违法程度|危害程度|危害后果|初次|首次|配合|考虑到|鉴于|综合考虑|酌情|自由裁量")
        .expect("a constant pattern")
});

fn judge(desk: &Desk<'_>) -> Vec<Found> {
    let mut fines = desk.decision.fines();
    // With several sums it is not told which tier is of which.
    let (Some((one, fen)), None) = (fines.next(), fines.next()) else { return Vec::new() };
    let mut found: Vec<Found> = Vec::new();
    found.extend(unreasoned(desk, one));
    found.extend(against_words(desk, one, fen));
    found.extend(desk.answers.benchmarks.iter().filter_map(|answer| outside(desk, answer, one, fen)));
    found
}

/// The one range of the law, where it leaves a choice.
fn range(desk: &Desk<'_>) -> Option<(u64, u64)> {
    let [law] = desk.penal.as_slice() else { return None };
    let (min, max) = law.span(desk.decision.addressee())?;
    max.filter(|max| *max > min).map(|max| (min, max))
}

fn unreasoned(desk: &Desk<'_>, one: &Imposed) -> Option<Found> {
    let decision = desk.decision;
    let told = REASONS.is_match(decision.text());
    if decision.form != Form::Ordinary || !is_whole(decision) || told || range(desk).is_none() {
        return None;
    }
    let message = "决定没有写明裁量的情节、理由和裁量基准，请核对罚款数额如何确定。".to_string();
    Some(info(one.span.clone(), message, SUGGESTION))
}

/// 从轻 in the upper half, 从重 in the lower half of one tier.
fn against_words(desk: &Desk<'_>, one: &Imposed, fen: u64) -> Option<Found> {
    let [law] = desk.penal.as_slice() else { return None };
    let own: Vec<&FineRange> =
        law.fines.iter().filter_map(|range| range.as_ref().ok()).filter(|range| range.holds(fen)).collect();
    let [range] = own.as_slice() else { return None };
    let max = range.max_fen?;
    let middle = range.min_fen + max.saturating_sub(range.min_fen) / 2;
    let tiers = &desk.decision.record.fields.discretion.tiers;
    let says = |tier: Tier| tiers.iter().any(|read| read.value == tier);
    let (lighter, heavier) = (says(Tier::Lighter) && !says(Tier::Reduced), says(Tier::Heavier));
    let how = match (lighter, heavier) {
        (true, false) if fen > middle => "从轻处罚，罚款却在幅度的上半段",
        (false, true) if fen < middle => "从重处罚，罚款却在幅度的下半段",
        _ => return None,
    };
    let message =
        format!("涉嫌：决定写明{how}（{}至{}之间的{}），请核对裁量。", yuan(range.min_fen), yuan(max), yuan(fen));
    Some(shown(likely(one.span.clone(), message, SUGGESTION), [law.evidence.clone()]))
}

/// Words by which levels of benchmarks are called for what a decision says.
fn level(tier: Tier) -> &'static str {
    match tier {
        Tier::NoPenalty => "不予",
        Tier::Reduced => "减轻",
        Tier::Lighter => "从轻",
        Tier::Heavier => "从重",
        Tier::Slight => "轻微",
        Tier::Minor => "较轻",
        Tier::Ordinary | Tier::Middling => "一般",
        Tier::Grave => "较重",
        Tier::Severe => "严重",
    }
}

/// That the fine lies in no tier of the benchmark that the decision names.
fn outside(desk: &Desk<'_>, answer: &BenchmarkAnswer, one: &Imposed, fen: u64) -> Option<Found> {
    let decision = desk.decision;
    let said = &decision.record.fields.discretion.tiers;
    let named = |tier: &&benchmark::Tier| {
        let own = tier.level.as_deref().unwrap_or_default();
        said.iter().any(|read| own.contains(level(read.value)))
    };
    let tiers: Vec<&benchmark::Tier> = answer.benchmark.tiers.iter().filter(|tier| !tier.hidden).collect();
    let mut asked: Vec<&benchmark::Tier> = tiers.iter().copied().filter(named).collect();
    let is_named = !asked.is_empty();
    if !is_named {
        asked = tiers;
    }
    let mut any = false;
    for fine in asked.iter().flat_map(|tier| &tier.outcomes).flat_map(|outcome| &outcome.fines) {
        let other = decision.addressee().is_some_and(|own| fine.addressee != Addressee::Any && fine.addressee != own);
        match fine.range(&decision.bases) {
            _ if other => {}
            Ok(range) if range.holds(fen) => return None,
            Ok(_) => any = true,
            // A range that cannot be told may hold it.
            Err(_) => return None,
        }
    }
    if !any {
        return None;
    }
    let words: Vec<&str> = said.iter().map(|read| read.value.chinese()).collect();
    let (how, confidence) = if is_named {
        (format!("“{}”的档次", words.join("、")), Confidence::Medium)
    } else {
        ("任何一档".to_string(), Confidence::Low)
    };
    let (title, place) = (&answer.evidence.title, &answer.evidence.article);
    let message = format!(
        "涉嫌：罚款{}不在《{title}》{place}{how}的幅度之内，请核对裁量；调整适用裁量基准的，应当写明理由。",
        yuan(fen)
    );
    let found = Found { confidence, ..likely(one.span.clone(), message, SUGGESTION) };
    Some(shown(found, [answer.evidence.clone()]))
}
