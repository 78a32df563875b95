//! Who asks, and where an id leads him.

use super::error::{AppError, ErrorCode};
use crate::law::Access;
use crate::query::Scope;
use jiff::civil::Date;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

/// Steps from one id to the one that holds.
const HOPS_MAX: usize = 4;

/// What an id leads to, through every id that it moved to.
///
/// # Errors
/// What `ask` answers; ids that lead in a circle.
pub fn follow<T>(id: &str, ask: impl Fn(&str) -> Result<Found<T>, AppError>) -> Result<T, AppError> {
    let mut id = id.to_string();
    for _ in 0..HOPS_MAX {
        match ask(&id)? {
            Found::Here(found) => return Ok(found),
            Found::Moved(to) => id = to,
        }
    }
    Err(AppError::new(ErrorCode::Conflict, format!("编号 {id} 互相指来指去；请运行 faju verify")))
}

/// Where an id leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<T> {
    /// Here.
    Here(T),
    /// To this canonical id.
    Moved(String),
}
