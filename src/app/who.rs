//! Who makes a request, and what he may and sees.

use super::asker::Asker;
use crate::law::Access;
use crate::people::{Account, Key, Right, Role};
use jiff::civil::Date;

/// How somebody proved who he is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// There are no accounts: the server's own settings decide.
    Unguarded,
    /// Not at all.
    Nobody,
    /// The command line of this machine.
    Command,
    /// A browser's session, by its number.
    Session(i64),
    /// A key.
    Key(Key),
}

/// Who makes a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// How it is known.
    pub by: By,
    /// The account.
    pub account: Option<Account>,
    /// The address that it comes from; empty: unknown.
    pub from: String,
    /// Id of the request.
    pub request: String,
}

impl Who {
    /// Whoever sits at this machine.
    pub fn command() -> Who {
        Who { by: By::Command, account: None, from: String::new(), request: String::new() }
    }

    /// Number of the account.
    pub fn number(&self) -> Option<i64> {
        self.account.as_ref().map(|account| account.number)
    }

    /// The role.
    pub fn role(&self) -> Role {
        self.account.as_ref().map_or(Role::Public, |account| account.role)
    }

    /// Whether it may, as far as accounts decide.
    pub fn may(&self, right: Right) -> bool {
        match &self.by {
            By::Command => true,
            // There is nothing to administer, nobody whose own anything is, and no log that somebody else wrote.
            By::Unguarded => matches!(right, Right::Read | Right::Review | Right::Edit),
            By::Nobody => Role::Public.may(right),
            By::Session(_) => (self.is_settled() || right == Right::Own) && self.role().may(right),
            // What is one's own needs oneself: a key could make itself others.
            By::Key(key) => {
                right != Right::Own && !self.must_change() && self.role().may(right) && key.rights.contains(&right)
            }
        }
    }

    /// Whether nothing must be done with the account first.
    pub fn is_settled(&self) -> bool {
        !self.must_change() && !self.lacks_second()
    }

    /// Whether the password must be changed first.
    pub fn must_change(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.must_change)
    }

    /// Whether a second factor must be set up first. Programs with a key have none.
    pub fn lacks_second(&self) -> bool {
        let lacks = |account: &Account| account.second_demanded && !account.second_factor;
        matches!(self.by, By::Session(_)) && self.account.as_ref().is_some_and(lacks)
    }

    /// The number of its session, if it is one.
    pub fn session(&self) -> Option<i64> {
        match self.by {
            By::Session(id) => Some(id),
            _ => None,
        }
    }

    /// Whether an account is known.
    pub fn is_signed_in(&self) -> bool {
        self.account.is_some()
    }

    /// What it sees under a server's ceiling.
    pub fn asker(&self, ceiling: Access, today: Date) -> Asker {
        match (&self.by, &self.account) {
            (By::Unguarded | By::Command, _) => Asker::of(ceiling, today),
            (_, Some(account)) if self.is_settled() => seen_by(account, ceiling, today),
            _ => Asker::of(Access::Public, today),
        }
    }
}

/// What an account sees under a server's ceiling when nothing must be done with it first.
pub fn seen_by(account: &Account, ceiling: Access, today: Date) -> Asker {
    let access = if ceiling == Access::Public { Access::Public } else { account.role.row().sees };
    let departments = if access >= Access::Internal { account.departments.clone() } else { Vec::new() };
    Asker { access, departments, today }
}
