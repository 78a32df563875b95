//! Penalty clauses: who is punished, for what, when, how and how much (罚则、处罚决定).
//!
//! [`sanctions`] reads one provision (a law, a rule, a benchmark) into tiers, [`imposed`] what a decision orders.
//! `clauses` cuts the text, `condition` and `addressee` read what a tier hangs on, `measure` reads what it orders, `tiers`
//! puts them together, `weigh` compares them. Everything is read from front to back in linear time.
//!
//! What is read is a first order for people: the words stand beside it by their spans, and what is not told by them is `None`.

mod addressee;
mod boxes;
mod clauses;
mod condition;
mod floor;
mod heads;
mod imposed;
mod kind;
mod measure;
pub(in crate::law) mod proposed;
#[cfg(test)]
mod several_tests;
mod spaced;
mod standard;
#[cfg(test)]
mod tests;
mod tiers;
mod weigh;

pub(in crate::law) use imposed::{is_elsewhere, is_spared};
pub(in crate::law) use measure::things;

pub use condition::{Condition, ConditionKind};
pub use floor::Floor;
pub use imposed::{Imposed, fines_alone_fen, fines_fen, imposed, imposed_on};
pub use kind::{OrderKind, PenaltyKind};
pub use weigh::{Bases, FineRange, Incomparable, Obstacle, in_fen, legal_range, weigh};

use crate::law::amount::{self, Found, FoundPeriod};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Fen in a yuan.
pub const FEN_A_YUAN: u64 = 100;

/// One tier of a penalty clause (罚则档次): what follows on one condition for one class of addressees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[doc(alias = "罚则")]
pub struct Sanction {
    /// Bytes from its first condition or measure to its last measure.
    pub span: Range<usize>,
    /// Bytes of the act (违法行为): the words before the measures, or the lead of a list and its 项.
    pub act: Vec<Range<usize>>,
    /// Bytes of the 项 that shares the penalty of a lead.
    pub item: Option<Range<usize>>,
    /// Whom it strikes.
    pub addressee: Addressee,
    /// Bytes of the words that name the addressee.
    pub addressee_span: Option<Range<usize>>,
    /// On what it hangs; all of them, but for those that say 或者.
    pub conditions: Vec<Condition>,
    /// 责令改正 and other measures that are no penalties.
    pub orders: Vec<Order>,
    /// The penalties, in the order of the text.
    pub penalties: Vec<Penalty>,
    /// The least sums of which their multiples are taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub floors: Vec<Floor>,
}

/// Whom a tier strikes (处罚对象).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    /// 单位, 企业, 法人.
    Organisation,
    /// 个人, 公民.
    Individual,
    /// 直接负责的主管人员和其他直接责任人员.
    ResponsiblePerson,
    /// The text makes no difference.
    Any,
}

/// How a penalty is bound to be imposed (裁量授权).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// 处, 给予.
    Must,
    /// 可以处.
    May,
    /// 并处.
    MustAlso,
    /// 可以并处.
    MayAlso,
}

impl Modality {
    /// Whether the authority may leave it out.
    pub fn is_optional(self) -> bool {
        matches!(self, Self::May | Self::MayAlso)
    }
}

/// One penalty of a tier (处罚).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Penalty {
    /// Its kind.
    pub kind: PenaltyKind,
    /// Bytes of the word that names it.
    pub span: Range<usize>,
    /// Whether it must be imposed.
    pub modality: Modality,
    /// Whether it stands for the penalty before it (或者), not beside it.
    pub alternative: bool,
    /// Its amounts; several are alternatives (五千元以上二万元以下或者违法所得一倍以上五倍以下的罚款).
    pub amounts: Vec<Found>,
    /// Its period: of detention, imprisonment, a ban.
    pub period: Option<FoundPeriod>,
}

/// A measure that is no penalty (责令改正等).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its kind.
    pub kind: OrderKind,
    /// Bytes of the words.
    pub span: Range<usize>,
}

/// The tiers of the penalties of one provision, in the order of the text. A list of acts with one penalty gives its tiers
/// once for every 项; a provision that only orders (责令改正) gives one tier without penalties.
pub fn sanctions(text: &str) -> Vec<Sanction> {
    let numbers = amount::numbers(text);
    let mut tiers = tiers::read(text, &numbers);
    floor::assign(text, &numbers, &mut tiers);
    tiers
}
