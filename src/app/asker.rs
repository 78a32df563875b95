//! Who asks, and where an id leads him.

use crate::law::Access;
use crate::query::Scope;
use jiff::civil::Date;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// The widest access seen.
    pub access: Access,
    /// The departments that he belongs to: what is restricted to one of them is seen in searches and when it is opened. Citations,
    /// suggestions and feeds go by the access alone.
    pub departments: Vec<String>,
    /// Today, as the face knows it (the clock is asked in one place of the face).
    pub today: Date,
}

impl Asker {
    /// Somebody of no department.
    pub fn of(access: Access, today: Date) -> Asker {
        Asker { access, departments: Vec::new(), today }
    }

    /// What he sees.
    pub fn scope(&self) -> Scope {
        Scope { access: self.access, departments: self.departments.clone() }
    }
}

/// Where an id leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<T> {
    /// Here.
    Here(T),
    /// To this canonical id.
    Moved(String),
}
