//! Accounts.

use super::attempts::Subject;
use super::{People, PeopleError, Role, fit, password};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use serde::Serialize;

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Its number, never given again.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Departments that it belongs to, by the ids that restricted documents name.
    pub departments: Vec<String>,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// Whether it is switched off.
    pub disabled: bool,
    /// Whether a second factor is asked for.
    pub second_factor: bool,
    /// Whether its role demands one: until it has one, a session of it can do nothing else than set it up.
    pub second_demanded: bool,
    /// When it was made, in seconds since 1970.
    pub made_at: i64,
    /// When it last signed in.
    pub signed_in_at: Option<i64>,
}

/// A change of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another role.
    Role(Role),
    /// Switched off, or on again.
    Disabled(bool),
    /// Another password; `true`: to be changed at the next sign-in. Ends every session.
    Password(String, bool),
    /// No second factor any more.
    NoSecondFactor,
    /// Other departments.
    Departments(Vec<String>),
}

/// How many [`COLUMNS`] are: what is selected behind them begins there.
pub(super) const COLUMNS_LEN: usize = 10;

/// Columns of an account, in the order of [`read`].
pub(super) const COLUMNS: &str = "account.number, account.name, role, must_change, disabled, second_confirmed, account.made_at, signed_in_at, departments,
     EXISTS (SELECT 1 FROM demand WHERE demand.role = account.role)";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Account> {
    let role: String = row.get(2)?;
    Ok(Account {
        number: row.get(0)?,
        name: row.get(1)?,
        // A role that this program does not know may do what everybody may.
        role: Role::named(&role).unwrap_or(Role::Public),
        must_change: row.get(3)?,
        disabled: row.get(4)?,
        second_factor: row.get(5)?,
        made_at: row.get(6)?,
        signed_in_at: row.get(7)?,
        departments: parted(&row.get::<_, String>(8)?),
        second_demanded: row.get(9)?,
    })
}

/// How a sign-in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// He is who he says.
    Right(Account),
    /// The password is right; the second factor is still asked for.
    NeedsCode(Account),
    /// Name, password or code is wrong, or the account is switched off; the account, if there is one of the name.
    Wrong(Option<i64>),
    /// Too many failures: to be tried again after so many seconds.
    Wait(i64),
}

impl People {
    /// Whether anybody has an account.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn any(&self) -> Result<bool, PeopleError> {
        Ok(self.connection().query_row("SELECT EXISTS (SELECT 1 FROM account)", [], |row| row.get(0))?)
    }

    /// Makes an account.
    ///
    /// # Errors
    /// A name that is taken or cannot be one, a password that is not taken.
    pub fn add(
        &self,
        name: &str,
        role: Role,
        secret: &str,
        must_change: bool,
        now: i64,
    ) -> Result<Account, PeopleError> {
        if !is_name(name) {
            return Err(PeopleError::BadName);
        }
        fit(secret, name).map_err(PeopleError::Unfit)?;
        let kept = password::kept(secret)?;
        let made = self.connection().execute(
            "INSERT INTO account (name, role, password, must_change, made_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (name) DO NOTHING",
            params![name, role.row().name, kept, must_change, now],
        )?;
        if made == 0 {
            return Err(PeopleError::NameTaken(name.to_string()));
        }
        self.named(name)
    }

    /// All accounts, the oldest first.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn accounts(&self) -> Result<Vec<Account>, PeopleError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM account ORDER BY number"))?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    /// The account of a name.
    ///
    /// # Errors
    /// There is none.
    pub fn named(&self, name: &str) -> Result<Account, PeopleError> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE name = ?1");
        let found = self.connection().query_row(&sql, [name], read).optional()?;
        found.ok_or_else(|| PeopleError::NotFound(format!("名为“{name}”的账户")))
    }

    /// Demands a second factor of every account of a role from now on, or no longer.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn demand_second(&self, role: Role, demanded: bool) -> Result<(), PeopleError> {
        let sql = match demanded {
            true => "INSERT OR IGNORE INTO demand (role) VALUES (?1)",
            false => "DELETE FROM demand WHERE role = ?1",
        };
        self.connection().execute(sql, [role.row().name])?;
        Ok(())
    }

    /// Changes an account. Whatever takes something away ends its sessions.
    ///
    /// # Errors
    /// No such account, a password that is not taken, the last administrator.
    pub fn change(&self, number: i64, change: &Change) -> Result<(), PeopleError> {
        let kept = match change {
            Change::Password(secret, _) => {
                let name = self.name_of(number)?;
                fit(secret, &name).map_err(PeopleError::Unfit)?;
                Some(password::kept(secret)?)
            }
            _ => None,
        };
        if let Change::Departments(departments) = change
            && (departments.len() > DEPARTMENTS_MAX || !departments.iter().all(|department| is_department(department)))
        {
            return Err(PeopleError::BadDepartment);
        }
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = match change {
            Change::Role(role) => transaction
                .execute("UPDATE account SET role = ?2 WHERE number = ?1", params![number, role.row().name])?,
            Change::Disabled(disabled) => {
                transaction.execute("UPDATE account SET disabled = ?2 WHERE number = ?1", params![number, disabled])?
            }
            Change::Password(_, must_change) => transaction.execute(
                "UPDATE account SET password = ?2, must_change = ?3 WHERE number = ?1",
                params![number, kept, must_change],
            )?,
            Change::Departments(departments) => transaction.execute(
                "UPDATE account SET departments = ?2 WHERE number = ?1",
                params![number, departments.join(",")],
            )?,
            Change::NoSecondFactor => transaction.execute(
                "UPDATE account SET second_secret = NULL, second_offered = NULL, second_confirmed = 0, second_step = 0 WHERE number = ?1",
                [number],
            )?,
        };
        if changed == 0 {
            return Err(PeopleError::NotFound(format!("编号为 {number} 的账户")));
        }
        transaction.execute("DELETE FROM session WHERE account = ?1", [number])?;
        has_administrator(&transaction)?;
        transaction.commit()?;
        drop(connection);
        if *change == Change::Disabled(false) {
            self.forget_attempts(Subject::Name(&self.name_of(number)?))?;
        }
        Ok(())
    }

    /// Removes an account with everything that is its own. Its number is never given again.
    ///
    /// # Errors
    /// No such account, the last administrator.
    pub fn remove(&self, number: i64) -> Result<(), PeopleError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let others: i64 =
            transaction.query_row("SELECT count(*) FROM account WHERE number != ?1", [number], |row| row.get(0))?;
        if transaction.execute("DELETE FROM account WHERE number = ?1", [number])? == 0 {
            return Err(PeopleError::NotFound(format!("编号为 {number} 的账户")));
        }
        // Whoever removes the last account of all would open the service to everybody again.
        if others == 0 {
            return Err(PeopleError::LastAdministrator);
        }
        has_administrator(&transaction)?;
        transaction.commit()?;
        drop(connection);
        self.leave_nothing_behind()
    }

    fn name_of(&self, number: i64) -> Result<String, PeopleError> {
        let name =
            self.connection().query_row("SELECT name FROM account WHERE number = ?1", [number], |row| row.get(0));
        name.optional()?.ok_or_else(|| PeopleError::NotFound(format!("编号为 {number} 的账户")))
    }

    /// Whether somebody who is signed in knows his password.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn knows_password(
        &self,
        account: &Account,
        secret: &str,
        address: &str,
        now: i64,
    ) -> Result<Tried, PeopleError> {
        let wait = self.admit_attempt([Subject::Name(&account.name), Subject::Address(address)], now)?;
        if wait > 0 {
            return Ok(Tried::Wait(wait));
        }
        let sql = "SELECT password FROM account WHERE number = ?1";
        let kept: Option<Option<String>> =
            self.connection().query_row(sql, [account.number], |row| row.get(0)).optional()?;
        if !password::is_kept(secret, kept.flatten().as_deref()) {
            return Ok(Tried::Wrong(Some(account.number)));
        }
        self.forget_attempts(Subject::Name(&account.name))?;
        self.take_back(address)?;
        Ok(Tried::Right(account.clone()))
    }

    /// Tries a name with a password and, where one is asked for, a code of the second factor. Takes the same time whether the
    /// name exists or not.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn try_sign_in(
        &self,
        name: &str,
        secret: &str,
        code: Option<&str>,
        address: &str,
        now: i64,
    ) -> Result<Tried, PeopleError> {
        let subjects = [Subject::Name(name), Subject::Address(address)];
        let wait = self.admit_attempt(subjects, now)?;
        if wait > 0 {
            return Ok(Tried::Wait(wait));
        }
        let sql = format!("SELECT {COLUMNS}, password FROM account WHERE name = ?1");
        let found: Option<(Account, Option<String>)> =
            self.connection().query_row(&sql, [name], |row| Ok((read(row)?, row.get(COLUMNS_LEN)?))).optional()?;
        let is_right = password::is_kept(secret, found.as_ref().and_then(|(_, kept)| kept.as_deref()));
        let Some((account, _)) = found else { return Ok(Tried::Wrong(None)) };
        if !is_right || account.disabled {
            return Ok(Tried::Wrong(Some(account.number)));
        }
        if account.second_factor {
            match code {
                None => return Ok(Tried::NeedsCode(account)),
                Some(code) if !self.takes_code(account.number, code, now)? => {
                    return Ok(Tried::Wrong(Some(account.number)));
                }
                Some(_) => {}
            }
        }
        self.forget_attempts(Subject::Name(name))?;
        self.take_back(address)?;
        let sql = "UPDATE account SET signed_in_at = ?2 WHERE number = ?1";
        self.connection().execute(sql, params![account.number, now])?;
        Ok(Tried::Right(account))
    }
}

fn has_administrator(connection: &Connection) -> Result<(), PeopleError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM account WHERE role = 'administrator' AND NOT disabled)";
    match connection.query_row(sql, [], |row| row.get(0))? {
        true => Ok(()),
        false => Err(PeopleError::LastAdministrator),
    }
}

/// Departments of one account at most.
const DEPARTMENTS_MAX: usize = 32;

fn parted(departments: &str) -> Vec<String> {
    departments.split(',').filter(|department| !department.is_empty()).map(str::to_string).collect()
}

fn is_department(id: &str) -> bool {
    let sane = |char: char| char.is_alphanumeric() || "._-".contains(char);
    (1..=64).contains(&id.chars().count()) && id.chars().all(sane)
}

fn is_name(name: &str) -> bool {
    let sane = |char: char| char.is_alphanumeric() || "._-@".contains(char);
    (2..=64).contains(&name.chars().count()) && name.chars().all(sane)
}
