//! Amounts of money, multiples, shares and periods as laws and decisions write them (数额、倍数、比例、期限).
//!
//! [`amounts`] and [`periods`] read a text from front to back in linear time: `quantity` finds the numbers with their units,
//! `range` joins them by the words between them, `context` finds what a multiple is taken of, what an amount is counted per,
//! and its cap. Money is integer fen, ratios are integer millionths: nothing is ever rounded, and what is no whole fen is
//! not read.
//!
//! `以上`, `以下`, `以内` include the number, `不满`, `不足`, `超过` do not (Civil Code, version of 2020-05-28, article 1259).

mod context;
mod period;
mod quantity;
mod range;
#[cfg(test)]
mod tests;

use quantity::Unit;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Millionths in a whole: the unit of multiples and shares (一倍 = 1,000,000, 百分之三 = 30,000).
pub const PPM: u64 = 1_000_000;

/// An amount with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Bytes of the numbers and the words that bound them; base, unit and cap have spans of their own.
    pub span: Range<usize>,
    /// What is written there.
    pub amount: Amount,
}

/// An amount: a range or one number, of money or of a base (数额).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[doc(alias = "数额")]
pub struct Amount {
    /// What the bounds count.
    pub measure: Measure,
    /// Lower bound; `None` if the text names none.
    pub lo: Option<Bound>,
    /// Upper bound; `None` if the text names none. Equal to `lo` for a fixed amount.
    pub hi: Option<Bound>,
    /// What a multiple or share is taken of, if the text names it.
    pub base: Option<Base>,
    /// What it is counted per (每人, 每日).
    pub per: Option<Per>,
    /// A highest sum beside the range (但最高不超过十万元).
    pub cap: Option<Cap>,
}

impl Amount {
    /// The value if it is one number, in the unit of `measure`.
    pub fn fixed(&self) -> Option<u64> {
        match (self.lo, self.hi) {
            (Some(lo), Some(hi)) if lo == hi && lo.inclusive => Some(lo.value),
            _ => None,
        }
    }

    /// Whether it is money, in fen.
    pub fn is_money(&self) -> bool {
        self.measure == Measure::Money
    }
}

/// What the bounds of an amount count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 金额, in fen.
    Money,
    /// 倍数, in millionths of the base.
    Multiple,
    /// 比例 (百分之, %, 千分之, 万分之), in millionths of the base.
    Share,
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bound {
    /// Fen, or millionths of the base.
    pub value: u64,
    /// Whether the value itself belongs to the range.
    pub inclusive: bool,
}

/// What a multiple or share is taken of (基数).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[doc(alias = "基数")]
pub struct Base {
    /// Which one.
    pub kind: BaseKind,
    /// Bytes of the words that name it.
    pub span: Range<usize>,
}

/// Bases that laws take fines of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BaseKind {
    /// 违法所得, 非法所得, 违法收入.
    IllegalGains,
    /// 货值金额.
    GoodsValue,
    /// 违法经营额, 非法经营额.
    IllegalTurnover,
    /// 合同价款, 合同金额, 中标项目金额.
    ContractPrice,
    /// 工程造价, 工程费用.
    ProjectCost,
    /// 投资额.
    Investment,
    /// 税款.
    Tax,
    /// 罚款数额.
    FineAmount,
    /// 销售额, 营业额.
    Turnover,
    /// 收入.
    Income,
    /// 损失.
    Loss,
    /// 费用.
    Fee,
    /// 价款, 价值.
    Value,
    /// Any other sum; the words tell which.
    Other,
}

/// What an amount is counted per (计罚单位).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Per {
    /// The unit.
    pub unit: PerUnit,
    /// Bytes of the words (每平方米).
    pub span: Range<usize>,
}

/// Units that fines are counted per.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PerUnit {
    /// 人.
    Person,
    /// 日, 天; 按日.
    Day,
    /// 月.
    Month,
    /// 年.
    Year,
    /// 小时.
    Hour,
    /// 次.
    Time,
    /// 平方米.
    SquareMetre,
    /// 平方公里.
    SquareKilometre,
    /// 立方米.
    CubicMetre,
    /// 米.
    Metre,
    /// 公里.
    Kilometre,
    /// 亩.
    Mu,
    /// 公顷.
    Hectare,
    /// 吨.
    Tonne,
    /// 公斤, 千克.
    Kilogram,
    /// 辆, 台车.
    Vehicle,
    /// 只, 头, 匹, 羽, 尾.
    Animal,
    /// 株, 棵.
    Plant,
    /// 件, 个, 份, 台, 套 and other things counted.
    Piece,
    /// 户, 家.
    Household,
}

/// A highest sum (最高限额).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// Fen, or millionths of the base of the amount.
    pub bound: Bound,
    /// What `bound` counts.
    pub measure: Measure,
    /// Bytes of the words (最高不超过十万元).
    pub span: Range<usize>,
}

/// Unit of a period (期限单位).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    /// 小时.
    Hour,
    /// 日, 天: calendar days unless the law says otherwise.
    Day,
    /// 工作日.
    WorkingDay,
    /// 周, 星期.
    Week,
    /// 个月.
    Month,
    /// 年.
    Year,
}

/// One end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PeriodBound {
    /// How many units.
    pub count: u64,
    /// Of which unit; the two ends may differ (六个月以上三年以下).
    pub unit: PeriodUnit,
    /// Whether the number itself belongs to the range.
    pub inclusive: bool,
}

/// A period or a range of periods (期限).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[doc(alias = "期限")]
pub struct Period {
    /// Shortest; `None` if the text names none.
    pub lo: Option<PeriodBound>,
    /// Longest; `None` if the text names none. Equal to `lo` for a fixed period.
    pub hi: Option<PeriodBound>,
}

/// A period with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPeriod {
    /// Bytes of the numbers and the words that bound them.
    pub span: Range<usize>,
    /// What is written there.
    pub period: Period,
}

/// Amounts and periods of one text, both in order.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// As [`amounts`] gives them.
    pub amounts: Vec<Found>,
    /// As [`periods`] gives them.
    pub periods: Vec<FoundPeriod>,
}

/// Every amount of a text, in order. What cannot be told exactly (数百元, 一万五元) is left out.
pub fn amounts(text: &str) -> Vec<Found> {
    numbers(text).amounts
}

/// Every period of a text, in order; dates are none.
pub fn periods(text: &str) -> Vec<FoundPeriod> {
    numbers(text).periods
}

/// Amounts and periods, read at once.
pub fn numbers(text: &str) -> Numbers {
    let spans = range::spans(text, &quantity::quantities(text));
    let mut numbers = Numbers::default();
    for span in &spans {
        match span.unit() {
            Some(Unit::Period(_)) => numbers.periods.extend(period_of(span)),
            _ => {
                let Some(found) = context::amount(text, span, numbers.amounts.last()) else { continue };
                if let Some(cap) = context::as_cap(text, span, &found, numbers.amounts.last()) {
                    if let Some(capped) = numbers.amounts.last_mut() {
                        capped.amount.cap = Some(cap);
                    }
                    continue;
                }
                numbers.amounts.push(found);
            }
        }
    }
    numbers
}

fn period_of(span: &range::Span) -> Option<FoundPeriod> {
    let bound = |side: range::Side| match side.unit {
        Some(Unit::Period(unit)) => Some(PeriodBound { count: side.count?, unit, inclusive: side.inclusive }),
        _ => None,
    };
    let period = Period { lo: span.lo.and_then(bound), hi: span.hi.and_then(bound) };
    let complete = span.lo.is_some() == period.lo.is_some() && span.hi.is_some() == period.hi.is_some();
    complete.then(|| FoundPeriod { span: span.span.clone(), period })
}
