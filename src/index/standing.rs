//! Where one provision stands in the answer to a query, or what keeps it out.

use super::{Entry, Hit, TotalCount};

/// The place of a provision in an answer, or why it has none.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// The index has no such provision, or none that the asker may see: nobody can tell these two apart.
    Absent,
    /// It is in the answer.
    Found(Box<Ranked>),
    /// It is not.
    LeftOut(Box<LeftOut>),
}

/// A provision in an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The provision as a hit, with what spoke for it if the query asks for that.
    pub hit: Hit,
    /// Its place from 1 on: among the provisions, or with groups the place of its group among the groups.
    pub rank: u64,
    /// With groups: its place in its own.
    pub within: Option<Within>,
    /// Counts of the answer.
    pub total: TotalCount,
}

/// The place of a provision in its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// From 1 on; `None` if the group is found, but not by this provision.
    pub place: Option<u64>,
    /// How many provisions of the group matched.
    pub matched: u64,
    /// Whether it is among those shown.
    pub shown: bool,
}

/// A provision that is not in an answer. At least one of the lists has something.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The provision.
    pub entry: Entry,
    /// Every filter that leaves it out, each judged by itself.
    pub filters: Vec<Sieve>,
    /// What the query asks of the text and the provision does not have.
    pub unmet: Vec<Unmet>,
    /// Whether learned association could have added it although it has none of the words, but others were nearer.
    pub could_be_added: bool,
}

/// A filter of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sieve {
    /// 类别.
    Kind,
    /// 时效性.
    Status,
    /// 效力位阶.
    Level,
    /// 制定机关.
    Issuer,
    /// 行政区划.
    Region,
    /// Inside one instrument.
    Instrument,
    /// 公布日期.
    Promulgated,
    /// 施行日期.
    Effective,
    /// A case decided after the day that was asked for.
    DecidedLater,
    /// What a case states or orders (领域、案由、处罚、档次、当事人、结果、罚款), or no case.
    CaseFacts,
    /// Not among the cases that apply an article.
    CaseArticles,
    /// Another section of a case, or none.
    Section,
}

/// A clause of a query that a provision does not fulfil, the innermost one.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet {
    /// What is wrong.
    pub why: UnmetWhy,
    /// The clause in the query language.
    pub clause: String,
    /// The words of it that are missing, or present where they are forbidden.
    pub words: Vec<String>,
    /// Of `OR`: what every branch lacks.
    pub branches: Vec<Unmet>,
}

/// What is wrong with a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnmetWhy {
    /// Its words or phrase are not there.
    Missing,
    /// It stands under `NOT`, and is there.
    Forbidden,
    /// None of the branches of an `OR` is fulfilled.
    NoBranch,
    /// It is none of the provisions that cite what was asked for.
    NotCiting,
}
