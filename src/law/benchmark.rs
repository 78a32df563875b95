//! Discretion benchmarks (行政处罚裁量基准): from tables to records.
//!
//! A table says for a violation which circumstances lead to which range of fines. [`read`] recognises its columns by the words
//! of their headings (`columns`), never by their order, and goes through its rows (`rows`). Two kinds of tables are known:
//! those whose rows give ranges ([`Tier`]), and those whose rows give shares that are added up and multiplied by a sum
//! ([`Weight`]); the latter are kept as they are, with the words that tell how to count ([`Benchmark::method`]), and never
//! turned into ranges.
//!
//! Cells are kept verbatim; amounts point into them. `text` writes violations as the provisions of a document and reads them
//! again.

mod columns;
mod outcome;
mod rows;
#[cfg(test)]
mod tests;
mod text;

pub use outcome::Fine;
pub use text::{read_text, text};

use crate::text::table::{Place, Table};

/// What a table says of one violation (违法行为、裁量事项).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[doc(alias = "裁量基准")]
pub struct Benchmark {
    /// Number or code of the item (序号、事项编码).
    pub number: Option<String>,
    /// The violation (违法行为).
    pub violation: String,
    /// Heading within the table under which it stands, as a rule the law (《…法》); in lists of violations that are not
    /// punished their category (类别).
    pub section: Option<String>,
    /// Lines directly above its table.
    pub above: Vec<String>,
    /// The provision violated, with its text (违反条款).
    pub violated: Option<String>,
    /// The provision that allows the penalty, with its text (处罚依据); several parts are joined by a line break.
    pub basis: Option<String>,
    /// Its tiers in the order of the table.
    pub tiers: Vec<Tier>,
    /// Its shares in the order of the table.
    pub weights: Vec<Weight>,
    /// How shares become a fine, in the words of the table (计算方法).
    pub method: Option<String>,
    /// Notes to the whole item (备注).
    pub notes: Vec<String>,
    /// Where it begins.
    pub place: Option<Place>,
}

/// Circumstances and the range that they lead to (裁量档次).
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "裁量档次")]
pub struct Tier {
    /// Degree of the violation (违法程度、裁量等级), where the table has such a column.
    pub level: Option<String>,
    /// The circumstances; all of them together (适用情形).
    pub factors: Vec<Factor>,
    /// Whether they lead to no penalty (不予处罚): such tables have no ranges.
    pub exempt: bool,
    /// What follows; several if the table has a column for each addressee.
    pub outcomes: Vec<Outcome>,
    /// Note to this tier.
    pub note: Option<String>,
    /// The part of the basis that stands beside it, if its item has several.
    pub basis: Option<String>,
    /// Whether level and outcome are those of the tier above: their cells are blank and not merged with it.
    pub inherited: bool,
    /// Whether the table hides the row.
    pub hidden: bool,
    /// Where it stands.
    pub place: Place,
}

/// A circumstance (情节、裁量因素).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Heading of its column; those of all columns over which it goes, joined by `、`.
    pub name: String,
    /// The circumstance.
    pub value: String,
}

/// What follows of a tier (处罚幅度).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Heading of its column.
    pub heading: String,
    /// What the cell says.
    pub text: String,
    /// The fines in it, in order.
    pub fines: Vec<Fine>,
}

/// A share that a circumstance adds (裁量权重).
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "裁量权重")]
pub struct Weight {
    /// The factor (裁量要素).
    pub factor: String,
    /// Its degree (违法程度); `None` for a share that always counts (裁量起点).
    pub degree: Option<String>,
    /// What the share counts for, if the column says more than its heading (对个人).
    pub scope: Vec<String>,
    /// The cell.
    pub text: String,
    /// The share in millionths; `None` if the cell is no share.
    pub ppm: Option<u64>,
    /// Where it stands.
    pub place: Place,
}

/// What was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What.
    pub kind: IssueKind,
    /// Where.
    pub place: Place,
    /// The words concerned.
    pub text: String,
}

/// Kinds of issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IssueKind {
    /// A row below the heading that belongs to no violation.
    RowOutside,
    /// A tier with a blank cell among its circumstances: what stands above may hold for it, or nothing.
    BlankFactor,
    /// A tier whose outcome names no amount.
    NoAmount,
    /// The table repeats so much text (merged cells, labels) that the rest, from this row on, was not read.
    TooMuchText,
    /// A cell with bounds that contradict each other (七万元以下九万元以下).
    Contradiction,
}

/// What a table gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The violations in the order of the table.
    pub benchmarks: Vec<Benchmark>,
    /// What was not understood.
    pub issues: Vec<Issue>,
}

/// Reads a table. One without headings of a benchmark gives nothing.
pub fn read(table: &Table) -> Reading {
    rows::read(table)
}
