//! N05 法定数值错误：加处罚款比例、当场处罚数额等法定常数写错。
//!
//! # 检查什么
//!
//! 每日加处罚款不是百分之三，当场处罚的限额不是公民二百元、单位三千元的句子。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第五十一条
//! - 《中华人民共和国行政处罚法》第七十二条第一款第一项
//! - 《中华人民共和国行政强制法》第四十五条
//!
//! # 应报
//!
//! - `逾期不缴纳罚款的，每日按罚款数额的百分之五加处罚款。`
//! - `对公民处以五十元以下、对法人或者其他组织处以一千元以下罚款的，可以当场作出处罚决定。`
//!
//! # 不应报
//!
//! - `每日按罚款数额的百分之三加处罚款。`
//! - `税款滞纳金按日加收万分之五。`
//! - `对公民处以二百元以下罚款的，可以当场作出处罚决定。`
//!
//! # 例外
//!
//! - 税收、社会保险、海关等特别法的滞纳金。

use super::{Check, nothing};
use crate::law::amount::{Found as Amount, Measure, amounts};
use crate::review::desk::Desk;
use crate::review::draft::{Part, Sentence};
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::words::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "N05",
    name: "法定数值错误",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("n05_constant.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第五十一条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第七十二条第一款第一项" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第四十五条" },
];

/// Millionths of the fine that are added for each day.
const ADDED_PPM: u64 = 30_000;
/// Most that a citizen may be fined on the spot, in fen.
const CITIZEN_FEN: u64 = 20_000;
/// Most that an organisation may be fined on the spot, in fen.
const ORGANISATION_FEN: u64 = 300_000;
/// So many bytes before an amount tell whom it concerns.
const NEAR_BYTES: usize = 48;

static ADDED: LazyLock<Regex> = LazyLock::new(|| pattern("(?:每日|按日|每天)#*加处|加处罚款#*(?:每日|按日|每天)"));
static OTHER_LAW: LazyLock<Regex> = LazyLock::new(|| pattern("税|社会保险|海关|滞纳金"));
static ON_THE_SPOT: LazyLock<Regex> = LazyLock::new(|| pattern("当场(?:作出|处罚|决定)|简易程序"));

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in desk.draft.sentences.iter().filter(|sentence| sentence.part == Part::Body) {
        if !desk.budget.spend(sentence.text.len()) {
            break;
        }
        let (added, spot) = (ADDED.is_match(&sentence.text), ON_THE_SPOT.is_match(&sentence.text));
        if (added || spot) && !OTHER_LAW.is_match(&sentence.text) {
            let wrong = amounts(sentence.folded()).into_iter().filter_map(|one| wrong(sentence, &one, added, spot));
            found.extend(wrong);
        }
    }
    found
}

/// What the law says instead of an amount; `None` if it says the same.
fn wrong(sentence: &Sentence, one: &Amount, added: bool, spot: bool) -> Option<Found> {
    let value = one.amount.hi?.value;
    let right = match one.amount.measure {
        Measure::Share if added && value != ADDED_PPM => {
            "行政处罚法第七十二条第一款第一项规定每日按罚款数额的百分之三加处罚款"
        }
        Measure::Money if spot => on_the_spot(sentence.folded().get(..one.span.start)?, value)?,
        _ => return None,
    };
    let words = sentence.folded().get(one.span.clone())?;
    Some(Found {
        span: sentence.original_of_folded(one.span.clone()),
        severity: None,
        confidence: Confidence::High,
        certain: true,
        message: format!("本句数值“{words}”与法定数值不一致：{right}。"),
        suggestion: "按法定数值修改，或者只写“依照……的规定”。",
        evidence: Vec::new(),
    })
}

/// The limit for those whom the words before an amount name, if the amount is another.
fn on_the_spot(before: &str, fen: u64) -> Option<&'static str> {
    let near = before.len().saturating_sub(NEAR_BYTES);
    let near = before.get(crate::text::points::boundary_after(before, near)..)?;
    let whom = [
        ("公民", CITIZEN_FEN),
        ("个人", CITIZEN_FEN),
        ("法人", ORGANISATION_FEN),
        ("组织", ORGANISATION_FEN),
        ("单位", ORGANISATION_FEN),
    ];
    let (_, limit) = whom.iter().filter_map(|(name, limit)| near.rfind(name).map(|at| (at, *limit))).max()?;
    (fen != limit).then_some("行政处罚法第五十一条规定当场处罚的限额为对公民二百元以下、对法人或者其他组织三千元以下")
}
