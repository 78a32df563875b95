//! What law and earlier cases say of a penalty.

use super::precedents::Spread;
use super::{InstrumentHead, VersionView};
use crate::law::penalty::{Fits, Lighter};
use crate::law::sanction::{Addressee, FineRange};
use jiff::civil::Date;
use serde::Serialize;

/// What law and cases say of a penalty under an article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PenaltyPage {
    /// The case that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<InstrumentHead>,
    /// The instrument.
    pub instrument: InstrumentHead,
    /// The article on the day of the decision.
    pub decision: LawOfDay,
    /// The same on the day of the act; `null` if no day was given or the text is the same.
    pub act: Option<LawOfDay>,
    /// Which of both is the lighter; `null` where there is one text.
    pub lighter: Option<LighterView>,
    /// Which law applies: `act` or `decision`; `null` if it cannot be told.
    pub applies: Option<&'static str>,
    /// Whether the fine is one that this law allows; `null` if no amount was given.
    pub proposed: Option<Proposed>,
    /// What the discretion benchmarks in use say whose basis the article is (裁量基准).
    pub benchmarks: Vec<BenchmarkView>,
    /// The fines of the cases that applied the article, in any version.
    pub precedents: Compared,
    /// Whether this is the fictional sample.
    pub sample: bool,
    /// Chinese remarks.
    pub warnings: Vec<String>,
}

/// An article as it stood on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LawOfDay {
    /// The day.
    pub on: Date,
    /// The version.
    pub version: VersionView,
    /// Id of the provision, or of the 款 or 项 of it that was asked about.
    pub provision: String,
    /// 第三条, 第三条第二款.
    pub label: String,
    /// The whole article, verbatim.
    pub text: String,
    /// What it allows; of a 款 or 项 that was asked about, that alone.
    pub tiers: Vec<TierView>,
}

/// What follows on one condition for one class of addressees.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TierView {
    /// Its words.
    pub words: String,
    /// The act, or what of it this tier is for, in the words of the text: 上一年度没有销售额的.
    pub act: String,
    /// On what it hangs, in the words of the text.
    pub conditions: Vec<String>,
    /// Whom it strikes.
    pub addressee: Addressee,
    /// Its penalties, in Chinese.
    pub penalties: Vec<&'static str>,
    /// The fines that it allows, in fen; `null` if that cannot be told or it has none.
    pub fines: Option<FineRange>,
    /// In Chinese, why not.
    pub obstacle: Option<String>,
}

/// Which law is the lighter, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LighterView {
    /// Which.
    pub lighter: Lighter,
    /// In Chinese, with the rule.
    pub message: String,
}

/// A proposed fine beside the law that applies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposed {
    /// In fen.
    pub amount_fen: u64,
    /// Whether it is allowed.
    pub fits: Fits,
    /// Places of the tiers that allow it, from 0 on.
    pub tiers: Vec<usize>,
    /// In Chinese.
    pub message: String,
}

/// A violation in a discretion benchmark (裁量基准).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BenchmarkView {
    /// The document.
    pub instrument: InstrumentHead,
    /// Its version.
    pub version: Option<VersionView>,
    /// Provision id.
    pub provision: String,
    /// 十二.
    pub label: String,
    /// Number of the item in its table.
    pub number: Option<String>,
    /// The violation.
    pub violation: String,
    /// The provision that allows the penalty, in the words of the table.
    pub basis: Option<String>,
    /// Its tiers.
    pub tiers: Vec<BenchmarkTier>,
    /// How shares become a fine, in the words of the table; such a table has no ranges.
    pub method: Option<String>,
    /// Shares that the table has for it; they stand in its text.
    pub shares: u64,
    /// Notes to the whole item.
    pub notes: Vec<String>,
    /// What is doubtful about it, in Chinese.
    pub remark: Option<String>,
}

/// A tier of a benchmark (裁量档次).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BenchmarkTier {
    /// Degree of the violation.
    pub level: Option<String>,
    /// The circumstances, all of them together.
    pub circumstances: Vec<Circumstance>,
    /// Whether they lead to no penalty.
    pub exempt: bool,
    /// What follows.
    pub outcomes: Vec<BenchmarkOutcome>,
    /// Note to the tier.
    pub note: Option<String>,
    /// Whether the proposed fine lies in one of its ranges; `null` without an amount, or if it cannot be told.
    pub allows: Option<bool>,
}

/// A circumstance of a tier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Circumstance {
    /// Heading of its column.
    pub name: String,
    /// The circumstance.
    pub value: String,
}

/// What follows of a tier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BenchmarkOutcome {
    /// Heading of its column.
    pub heading: String,
    /// Verbatim.
    pub text: String,
    /// The fines in it.
    pub fines: Vec<BenchmarkFine>,
}

/// A fine of a tier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BenchmarkFine {
    /// Its words.
    pub words: String,
    /// Whom it strikes.
    pub addressee: Addressee,
    /// The fines that it allows, in fen; `null` if that cannot be told.
    pub range: Option<FineRange>,
}

/// The fines of earlier cases.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// 第三条: as it is now; older cases applied it under the number that it had.
    pub article: String,
    /// Cases that applied the article.
    pub cases: u64,
    /// Those with a fine that was read.
    pub fined: u64,
    /// How their fines lie; `null` if there is none.
    pub fines: Option<Spread>,
    /// Cases with a lower, the same and a higher fine than the proposed one.
    pub lower: u64,
    /// The same.
    pub equal: u64,
    /// The same.
    pub higher: u64,
    /// The cases with the nearest fines, the newest where none is proposed.
    pub nearest: Vec<NearCase>,
}

/// An earlier case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearCase {
    /// Which one.
    pub instrument: InstrumentHead,
    /// The day of its decision.
    pub decided_on: Option<Date>,
    /// Its fines, in fen.
    pub fines_fen: u64,
}
