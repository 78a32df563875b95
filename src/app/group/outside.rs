//! What the texts of other instruments do to a group: repeal it, tell the first day of its changes, extend its validity.

use crate::law::Access;
use crate::law::versions;
use jiff::civil::Date;

/// What the texts of other instruments say of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outside {
    /// Repeals.
    pub told: Vec<Told>,
    /// First days of versions.
    pub decided: Vec<ToldFirstDay>,
    /// Longer periods of validity, in the order of their making.
    pub extended: Vec<ToldExtension>,
    /// Suspensions.
    pub suspended: Vec<ToldSuspension>,
}

impl Outside {
    /// What a card keeps of it, to know whether it is still said.
    pub fn shown(&self) -> Vec<String> {
        let repeals = self.told.iter().map(|told| {
            let on = told.on.map(|on| on.to_string()).unwrap_or_default();
            format!("{on} {} {}", told.provision, told.quote.len())
        });
        let decided = self.decided.iter().map(|told| {
            let proof = &told.decided.proof;
            let amends = told.decided.amends.document.as_deref().unwrap_or_default();
            format!("{} {} {amends}", proof.date, proof.document.as_deref().unwrap_or_default())
        });
        let extended = self.extended.iter().map(|told| format!("{:?} {}", told.made, told.extended.proof.quote));
        let suspended = self.suspended.iter().map(|told| format!("{:?} {}", told.made, told.quote));
        repeals.chain(decided).chain(extended).chain(suspended).collect()
    }
}

/// When the changes begin that another instrument makes (修正案, 修改决定).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldFirstDay {
    /// The days of the decision and its words.
    pub decided: versions::Decided,
    /// Who may know of it.
    pub access: Access,
}

/// A longer period of validity that another instrument states (有效期延长至…).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldExtension {
    /// Its words.
    pub extended: versions::Extended,
    /// The number of what it extends, as far as it names one.
    pub number: Option<String>,
    /// The day on which it was made; it extends nothing younger.
    pub made: Option<Date>,
    /// Who may know of it.
    pub access: Access,
}

/// A repeal that the text of another instrument states (同时废止).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The first day without what is repealed; `None` if it follows from one that nobody can count.
    pub on: Option<Date>,
    /// The day on which the text that repeals was made; what is as young is not what it repeals.
    pub made: Option<Date>,
    /// Whether it bears the same title: then only what is known to be older is repealed.
    pub namesake: bool,
    /// The numbers with which it names what it repeals; what bears others is not that.
    pub numbers: Vec<String>,
    /// The sentence.
    pub quote: String,
    /// Id of the provision that says so.
    pub provision: String,
    /// Who may know of it.
    pub access: Access,
}

/// That another instrument suspends this one (暂停执行): it ends nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldSuspension {
    /// Title of the instrument.
    pub by: String,
    /// Its sentence.
    pub quote: String,
    /// The numbers with which it names what it suspends.
    pub numbers: Vec<String>,
    /// The day on which it was made; it suspends nothing younger.
    pub made: Option<Date>,
    /// Who may know of it.
    pub access: Access,
}
