//! Pure: what the user asked, as a tree that no engine owns.
//!
//! [`parse`] reads the query language (its grammar is written there), [`interpreted`] says in Chinese how it was read,
//! [`Thesaurus`] which terms of the law its everyday words lead to.

mod interpret;
mod node;
mod parse;
mod thesaurus;

pub use interpret::interpreted;
pub use parse::{PLAIN_LENGTH_MAX, is_exact_total_default, parse, plain_words};
pub use thesaurus::{Expansion, Fault, Thesaurus};

use crate::law::case_fields::{Domain, Outcome, PartyKind, SectionKind, Tier};
use crate::law::sanction::PenaltyKind;
use crate::law::{AuthorityLevel, Kind, ValidityStatus};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// Which text a term is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// 正文: the text of provisions (the default).
    Text,
    /// 标题: the title of the instrument.
    Title,
    /// 文号、案号, matched as a whole or as a part.
    DocumentNumber,
    /// 发布机关.
    Issuer,
    /// 章节标题: headings above the provision.
    Heading,
    /// 引用: what provisions cite. `app` turns it into [`Node::Provisions`].
    Cites,
}

/// The tree of what was asked. Text is as typed; the engine folds and segments it.
///
/// In a tree that [`parse`] made, `And` and `Or` have two members or more, none of their own kind; `Not` stands only in an
/// `And` that also has a member to subtract from (if need be `All`), and never around another `Not`; `All` stands alone or
/// in such an `And`. No word or phrase is empty.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Everything (an empty query with filters).
    All,
    /// Plain words: ranked, any or all of them by [`Query::matching`]. Inside an `And` at least one must be there.
    Words {
        /// Where to look.
        field: Field,
        /// The words as typed, not segmented. White space parts words, so each piece between is folded and segmented by
        /// itself: folding the whole would join `上 海关` to 上海关.
        text: String,
    },
    /// An exact phrase: a substring of the folded field.
    Phrase {
        /// Where to look.
        field: Field,
        /// The phrase as typed.
        text: String,
    },
    /// Exactly these provisions: the answer to `引用:`.
    Provisions {
        /// Their ids.
        ids: Vec<String>,
        /// What was asked, as typed.
        text: String,
    },
    /// All of them.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    /// Not this one; only inside `And`, or alone (then against everything).
    Not(Box<Node>),
}

/// How unquoted words match (parameter `match`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matching {
    /// Any word; provisions with all words first for up to four words.
    #[default]
    Any,
    /// All words.
    All,
    /// The whole text as one phrase.
    Exact,
}

/// Which versions by status (parameter `status`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StatusFilter {
    /// In force or unknown on the day asked (the default); cases always.
    #[default]
    Default,
    /// Every status.
    All,
    /// Exactly these; cases never.
    Only(Vec<ValidityStatus>),
}

/// A closed range of dates, open where `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateRange {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Only what has no date.
    pub unknown: bool,
}

/// Filters that stand beside the words. Empty lists do not filter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filters {
    /// Families.
    pub kinds: Vec<Kind>,
    /// Levels.
    pub levels: Vec<AuthorityLevel>,
    /// Status on [`Query::as_of`].
    pub status: StatusFilter,
    /// Issuers, folded and compared as a whole.
    pub issuers: Vec<String>,
    /// Region codes; a code ending in zeros includes what lies below (`990000` the whole province).
    pub regions: Vec<String>,
    /// Inside one instrument.
    pub instrument: Option<String>,
    /// Promulgated between.
    pub promulgated: DateRange,
    /// Effective between.
    pub effective: DateRange,
    /// What cases must be; anything asked here leaves out what is no case.
    pub cases: CaseFilters,
}

/// Filters on what cases state and order. Empty lists do not filter; of a list one value is enough.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFilters {
    /// 执法领域.
    pub domains: Vec<Domain>,
    /// 案由, folded and compared as a whole.
    pub causes: Vec<String>,
    /// Kinds of penalties.
    pub penalties: Vec<PenaltyKind>,
    /// 裁量档次.
    pub tiers: Vec<Tier>,
    /// Kinds of parties.
    pub parties: Vec<PartyKind>,
    /// 结果.
    pub outcomes: Vec<Outcome>,
    /// Fines at least and at most, in fen.
    pub fines: (Option<u64>, Option<u64>),
    /// Only in these sections; their kinds are the keys of the provisions.
    pub sections: Vec<SectionKind>,
    /// Those that apply it: an id or a citation as people type it.
    pub applied: Option<String>,
    /// Those that say it was violated.
    pub violated: Option<String>,
    /// Exactly these cases: what `app` makes of the two above.
    pub ids: Option<BTreeSet<String>>,
}

/// What the asker may see, put into every query in one place (`app::scope`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The widest access seen without belonging to a department.
    pub access: crate::law::Access,
    /// Departments whose restricted records are seen too.
    pub departments: Vec<String>,
}

impl From<crate::law::Access> for Scope {
    fn from(access: crate::law::Access) -> Scope {
        Scope { access, departments: Vec::new() }
    }
}

impl Scope {
    /// Whether it sees what has an access and, where that is restricted, is for some departments.
    pub fn sees(&self, access: crate::law::Access, departments: &[String]) -> bool {
        access <= self.access || departments.iter().any(|department| self.departments.contains(department))
    }

    /// What the public sees.
    pub fn public() -> Self {
        Scope { access: crate::law::Access::Public, departments: Vec::new() }
    }

    /// Everything: the local command line.
    pub fn everything() -> Self {
        Scope { access: crate::law::Access::Restricted, departments: Vec::new() }
    }
}

/// Order of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest promulgation (or decision) first.
    DateDesc,
    /// Oldest first.
    DateAsc,
    /// Highest authority first, then relevance.
    Authority,
    /// Highest fine first; what has none last.
    FinesDesc,
    /// Lowest fine first; what has none last.
    FinesAsc,
}

/// Whether `total` must be exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Exact.
    Exact,
    /// A lower bound is enough and says so.
    Fast,
}

/// Facets that can be counted (parameter `facets`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Family.
    Kind,
    /// Level.
    Level,
    /// Status on the day asked.
    Status,
    /// Issuer.
    Issuer,
    /// Region.
    Region,
    /// Year of promulgation or decision.
    Year,
    /// 执法领域 of cases.
    Domain,
    /// 案由.
    Cause,
    /// Kind of penalty.
    Penalty,
    /// 裁量档次.
    Tier,
    /// Kind of party.
    Party,
    /// 结果.
    Outcome,
}

/// A whole question.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// As typed.
    pub raw: String,
    /// What it means.
    pub node: Node,
    /// How unquoted words match.
    pub matching: Matching,
    /// Filters.
    pub filters: Filters,
    /// What the asker may see.
    pub scope: Scope,
    /// The day on which status and versions are judged.
    pub as_of: Date,
    /// Whether `as_of` was asked for (then cases decided later are left out).
    pub as_of_asked: bool,
    /// Order.
    pub sort: Sort,
    /// Provision ids that come before everything else and in this order, whatever the words find: what was asked for by name.
    /// Filters leave them out if they were asked for, [`StatusFilter::Default`] does not. The id of a version or case stands
    /// for its first provision; of many ids the first sixteen are taken.
    pub first: Vec<String>,
    /// Terms of the law that rank beside plain words and find where these do not, from a [`Thesaurus`]. They have a say only
    /// where learned association has one ([`Query::open_words`]).
    pub expanded: Vec<Expansion>,
    /// Group hits under their instrument.
    pub grouped: bool,
    /// Groups (or provisions, when not grouped) on a page, 0 to 1000.
    pub limit: usize,
    /// How many to skip (for people; cursors are better).
    pub offset: usize,
    /// Continue after this place of an earlier answer.
    pub cursor: Option<String>,
    /// Exactness of the total.
    pub total: Total,
    /// Facets to count.
    pub facets: Vec<Facet>,
    /// Whether the heads of all groups that match are wanted ([`crate::index::Answer::heads`]).
    pub heads: bool,
    /// Whether highlights are wanted.
    pub highlight: bool,
    /// What ranks.
    pub rank: Rank,
    /// How much every hit shall say of what spoke for it.
    pub explain: Explain,
}

impl Query {
    /// What the program itself asks beside a query, with the same words, filters, scope and day: the first so many by words
    /// alone, counted exactly, with nothing to be shown.
    pub fn aside(&self, limit: usize) -> Query {
        Query {
            first: Vec::new(),
            expanded: Vec::new(),
            limit,
            total: Total::Exact,
            rank: Rank::Lexical,
            explain: Explain::Nothing,
            facets: Vec::new(),
            heads: false,
            highlight: false,
            ..self.clone()
        }
    }

    /// The plain words in which learned association and the thesaurus have a say: never where some were quoted, joined,
    /// excluded or all of them wanted. One character alone says too little.
    pub fn open_words(&self) -> Option<&str> {
        let Node::Words { field: Field::Text, text } = &self.node else { return None };
        let open = self.rank == Rank::Learned && self.sort == Sort::Relevance && self.matching == Matching::Any;
        (open && text.trim().chars().nth(1).is_some()).then_some(text)
    }
}

/// How much a hit says of what spoke for it (parameter `explain`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Explain {
    /// Nothing.
    #[default]
    Nothing,
    /// Its words and signals.
    Signals,
    /// These, and which words the learned association joined: that takes about a millisecond a hit.
    Everything,
}

/// What ranks plain words (parameter `rank`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rank {
    /// Words and learned association together.
    #[default]
    Learned,
    /// Words alone.
    Lexical,
}

/// A query that cannot be understood: where and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Bytes of the raw query.
    pub span: Range<usize>,
    /// Chinese message with the remedy.
    pub message: String,
}
