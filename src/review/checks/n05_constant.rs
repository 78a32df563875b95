//! N05 法定数值错误：加处罚款比例、当场处罚数额、保证金上限等法定常数写错。
//!
//! # 检查什么
//!
//! 每日加处罚款不是百分之三，当场处罚的限额不是公民二百元、单位三千元，投标保证金超过百分之二、履约保证金超过百分之十的句子。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第五十一条
//! - 《中华人民共和国行政处罚法》第七十二条第一款第一项
//! - 《中华人民共和国行政强制法》第四十五条
//! - 《中华人民共和国招标投标法实施条例》第二十六条第一款
//! - 《中华人民共和国招标投标法实施条例》第五十八条
//!
//! # 应报
//!
//! - `逾期不缴纳罚款的，每日按罚款数额的百分之五加处罚款。`
//! - `对公民处以五十元以下、对法人或者其他组织处以一千元以下罚款的，可以当场作出处罚决定。`
//! - `招标人要求提交投标保证金的，投标保证金不得超过招标项目估算价的百分之五。`
//! - `中标人应当按中标合同金额的百分之十五提交履约保证金。`
//! - `加处罚款的数额可以超出罚款的数额。`
//!
//! # 不应报
//!
//! - `每日按罚款数额的百分之三加处罚款。`
//! - `税款滞纳金按日加收万分之五。`
//! - `对公民处以二百元以下罚款的，可以当场作出处罚决定。`
//! - `履约保证金不得超过中标合同金额的百分之十。`
//! - `加处罚款的数额不得超出罚款的数额。`
//! - `中小企业履约保证金减免百分之五十，投标保证金全免。`
//! - `合同履行满一年的，退还履约保证金的百分之八十。`
//! - `禁止按照百分之五收取投标保证金。`
//! - `不得按照每日百分之五加处罚款。`
//! - `投标保证金由过去的百分之五降为百分之二。`
//! - `每日按罚款数额的3%加处罚款，加处罚款达到罚款数额百分之一百的停止计算。`
//! - `公安派出所对公民处以五百元以下罚款的治安案件，可以当场作出处罚决定。`
//!
//! # 例外
//!
//! - 税收、社会保险、海关等特别法的滞纳金；治安管理、道路交通的当场处罚另有规定。
//! - 减免、退还保证金的比例，保证金的利息。

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
    Basis::Provision { title: "中华人民共和国招标投标法实施条例", place: "第二十六条第一款" },
    Basis::Provision { title: "中华人民共和国招标投标法实施条例", place: "第五十八条" },
];

/// Millionths of the fine that are added for each day.
const ADDED_PPM: u64 = 30_000;
/// Most that a citizen may be fined on the spot, in fen.
const CITIZEN_FEN: u64 = 20_000;
/// Most that an organisation may be fined on the spot, in fen.
const ORGANISATION_FEN: u64 = 300_000;
/// So many bytes before an amount tell whom it concerns.
const NEAR_BYTES: usize = 48;
/// So many bytes before a share tell of which deposit it is.
const DEPOSIT_BYTES: usize = 96;
/// So many bytes at most stand between a share and the deposit behind it: 15%提交的履约保证金.
const ADJACENT_BYTES: usize = 15;

static ADDED: LazyLock<Regex> = LazyLock::new(|| pattern("(?:每日|按日|每天)#*加处|加处罚款#*(?:每日|按日|每天)"));
static ABOVE: LazyLock<Regex> = LazyLock::new(|| pattern("加处罚款#{0,12}(?:超出|超过|高于)#{0,4}(?:罚款|罚没|本金)"));
static NO_MORE: LazyLock<Regex> = LazyLock::new(|| pattern("不得|不能|不应|不可|不超过|不再|未超过|限额"));
static OTHER_LAW: LazyLock<Regex> = LazyLock::new(|| pattern("税|社会保险|海关|滞纳金|治安|公安|派出所|交警|道路交通"));
/// What is said of a share that is no share to be paid.
static RELIEVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "减免|减收|减半|减按|减少|下调|下浮|降|优惠|免收|免除|全免|免缴|免交|退还|返还|退回|利息|计息|扣除|扣减|抵扣|抵作|支付至|由过去|原来",
    )
});
static FORBIDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern("(?:禁止|严禁|不准|取消|不再|(?:不得|不应)(?:按|以|要求|收取|向|再|擅自|每|对|另))#{0,14}$")
});
static DAILY: LazyLock<Regex> = LazyLock::new(|| pattern("每日|按日|每天|逐日|每逾期一日|一日"));
static REACHES: LazyLock<Regex> = LazyLock::new(|| pattern("(?:达到|超过|超出|高于|不得|上限|以)~{0,16}$"));
/// Deposits of tenders with the share that they may not exceed, in millionths, and the law.
const DEPOSITS: [(&str, u64, &str); 2] = [
    ("投标保证金", 20_000, "招标投标法实施条例第二十六条规定投标保证金不得超过招标项目估算价的2%"),
    ("履约保证金", 100_000, "招标投标法实施条例第五十八条规定履约保证金不得超过中标合同金额的10%"),
];
static ON_THE_SPOT: LazyLock<Regex> = LazyLock::new(|| pattern("当场(?:作出|处罚|决定)|简易程序"));

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in desk.draft.sentences.iter().filter(|sentence| sentence.part == Part::Body) {
        if !desk.budget.spend(sentence.text.len()) {
            break;
        }
        let (added, spot) = (ADDED.is_match(&sentence.text), ON_THE_SPOT.is_match(&sentence.text));
        let deposit = DEPOSITS.iter().any(|(name, ..)| sentence.text.contains(name));
        let above = ABOVE.find(&sentence.text).filter(|_| !NO_MORE.is_match(&sentence.text));
        if (added || spot || deposit || above.is_some()) && !OTHER_LAW.is_match(&sentence.text) {
            found.extend(above.map(|words| above_the_fine(sentence, words.range())));
            let wrong = amounts(sentence.folded()).into_iter().filter_map(|one| wrong(sentence, &one, added, spot));
            found.extend(wrong);
        }
    }
    found
}

/// What the law says instead of an amount; `None` if it says the same.
fn wrong(sentence: &Sentence, one: &Amount, added: bool, spot: bool) -> Option<Found> {
    let value = one.amount.hi?.value;
    let (before, clause) = around(sentence.folded(), &one.span)?;
    if FORBIDS.is_match(before) {
        return None;
    }
    let right = match one.amount.measure {
        Measure::Share if added && value != ADDED_PPM => {
            if !DAILY.is_match(clause) || REACHES.is_match(before) {
                return None;
            }
            "行政处罚法第七十二条第一款第一项规定每日按罚款数额的百分之三加处罚款"
        }
        Measure::Share if !added && RELIEVED.is_match(sentence.folded()) => return None,
        Measure::Share if !added => above_deposit(sentence.folded(), &one.span, value)?,
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

/// The words of the clause of an amount before it, and the whole clause.
fn around<'t>(text: &'t str, span: &std::ops::Range<usize>) -> Option<(&'t str, &'t str)> {
    let ends = [',', '。', ';', ':'];
    let start = text.get(..span.start)?.rfind(ends).map_or(0, |at| at + 1);
    let start = crate::text::points::boundary_after(text, start);
    let end = text.get(span.end..)?.find(ends).map_or(text.len(), |at| span.end + at);
    Some((text.get(start..span.start)?, text.get(start..end)?))
}

/// 加处罚款可以超出罚款: the law limits it to the fine itself.
fn above_the_fine(sentence: &Sentence, words: std::ops::Range<usize>) -> Found {
    Found {
        message: format!(
            "本句“{}”与法定限额不一致：行政处罚法第七十二条第一款第一项规定加处罚款的数额不得超出罚款的数额。",
            sentence.words(&words)
        ),
        span: sentence.original(&words),
        severity: None,
        confidence: Confidence::High,
        certain: false,
        suggestion: "按法定数值修改，或者只写“依照……的规定”。",
        evidence: Vec::new(),
    }
}

/// What the law says of the deposit that the words before a share, or just behind it, name, if the share is above its limit. Shares
/// of a fine are none of a deposit.
fn above_deposit(text: &str, span: &std::ops::Range<usize>, share: u64) -> Option<&'static str> {
    let from = crate::text::points::boundary_after(text, span.start.saturating_sub(DEPOSIT_BYTES));
    let before = text.get(from..span.start)?;
    let behind = text.get(span.end..)?.split([',', '。', ';']).next()?;
    let last =
        DEPOSITS.iter().filter_map(|deposit| Some((before.rfind(deposit.0)?, deposit))).max_by_key(|(at, _)| *at);
    let next = || {
        let near = |deposit: &&(&str, u64, &str)| behind.find(deposit.0).is_some_and(|at| at <= ADJACENT_BYTES);
        DEPOSITS.iter().find(near)
    };
    let (_, limit, law) = last.map(|(_, deposit)| deposit).or_else(next)?;
    (share > *limit && !behind.contains("罚款")).then_some(*law)
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
