//! What the corpus says of one citation of a draft (引用核验): facts only, no judgement.

use super::finding::Evidence;
use crate::citation::{Reason, Role};
use crate::law::ValidityStatus;
use jiff::civil::Date;
use std::ops::Range;

/// A citation of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Bytes of the draft.
    pub span: Range<usize>,
    /// What the sentence does with it.
    pub role: Role,
    /// What it leads to.
    pub target: Target,
}

impl Cited {
    /// Whether it speaks of the past, of a repeal, or of what is still to be made: 原《…》, 《…》同时废止, 研究制定《…》.
    pub fn is_aside(&self) -> bool {
        matches!(self.role, Role::Historic | Role::Repeal | Role::Planned | Role::Amendment)
    }
}

/// What a citation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The draft itself: 本办法第四十五条, 前款. Why there is no such place, if there is none.
    Own(Option<Reason>),
    /// A title or number that the corpus does not hold.
    Unheld(Unheld),
    /// One instrument of the corpus.
    Held(Box<Held>),
    /// Several instruments, or none that could be told.
    Untold,
}

/// What is known of a title that is not held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unheld {
    /// As cited, without brackets; of a number the number.
    pub title: String,
    /// Whether it stands in book brackets.
    pub bracketed: bool,
    /// In Chinese, what took its place by the day of the review: 库中没有《…》的文本，它已由《…》自 2015-01-01 起废止.
    pub replaced: Option<String>,
    /// The only instrument of the corpus with nearly the same title.
    pub near: Option<String>,
    /// The number beside the title, as written.
    pub number: Option<String>,
}

/// What is known of an instrument that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its title.
    pub title: String,
    /// Its status on the day of the review; `None` if no version tells.
    pub status: Option<ValidityStatus>,
    /// Whether it had not begun on the day of the draft, and when it does.
    pub begins: Option<Date>,
    /// How it ended, where it has by the day of the review.
    pub ended: Option<Ended>,
    /// A version that is named and is not the one in force.
    pub noted: Option<Noted>,
    /// A number beside its title that is not its own.
    pub number: Option<Misnumbered>,
    /// The places named; none for the whole instrument.
    pub places: Vec<PlaceCited>,
    /// Why a place could not be found, with the label as cited.
    pub missing: Option<Missing>,
}

/// A number beside a title that is not that of the instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misnumbered {
    /// As written.
    pub written: String,
    /// Its own.
    pub right: String,
    /// Whether it may be that of an order that changed the text: such orders are not always told.
    pub may_have_changed_it: bool,
}

/// The end of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// First day on which it no longer stood; `None` if nobody tells.
    pub on: Option<Date>,
    /// Whether that is only the day on which a source said that it was over, not since when.
    pub is_latest: bool,
    /// What took its place, else what repealed it.
    pub by: Option<String>,
    /// The sentence that says so.
    pub proof: Option<Evidence>,
}

/// A version named beside a title: （2017年修正）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// As the version is called in law: 2017年.
    pub said: String,
    /// The one in force: 2021-01-22.
    pub current: String,
}

/// A place that is not in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Why.
    pub reason: Reason,
    /// 第九十二条.
    pub label: String,
    /// Articles of the text; 款, 项 of the article where that is what lacks.
    pub articles: usize,
    /// The article, where it is there and only a part of it is not.
    pub article: Option<Evidence>,
    /// The first day of the text that was looked at, where the draft is older and the text of its day is not held.
    pub later: Option<Date>,
}

/// A place cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceCited {
    /// 第八条.
    pub label: String,
    /// The provision that bears the number in the text in force.
    pub now: Evidence,
    /// The provision that bore it before the last change, if it was another one.
    pub before: Option<Before>,
    /// Whether the draft is older than that change: then the older one is meant.
    pub older_draft: bool,
    /// The provision of the same instrument that is nearest to the words of the draft, if it is not this one.
    pub nearest: Option<Evidence>,
}

/// What a number stood for before the text was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// The text of then.
    pub text: Evidence,
    /// Where it is now; `None` if it has no counterpart.
    pub moved_to: Option<Evidence>,
    /// Whether its words are changed there.
    pub altered: bool,
    /// The day of the change.
    pub changed_on: Option<Date>,
}
