//! The journeys of people: who asks, signing in, accounts, keys, and the record of what was done.
//!
//! Nothing of it has any effect until the first account is made: then whoever is not signed in is the public.

use super::auditing::entry;
use super::error::{AppError, ErrorCode};
pub use super::who::{By, Who};
use crate::audit::{Audit, AuditError, Entry};
pub use crate::people::{
    ABSOLUTE_SECONDS as SESSION_SECONDS, Account, Change, DAYS_MAX, Identity, Key, ROLES, Right, Role, Session,
};
use crate::people::{People, PeopleError, Token, Tried};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// What a sign-in leads to.
#[derive(Debug)]
pub enum Signed {
    /// A session.
    In(Token),
    /// The second factor is asked for.
    NeedsCode,
}

/// People and audit log of a data directory.
pub struct Service {
    pub(super) data: PathBuf,
    people: OnceLock<People>,
    opening: Mutex<()>,
    /// Once there were accounts there always are some.
    guarded: AtomicBool,
    pub(super) audit: Audit,
}

impl From<PeopleError> for AppError {
    fn from(error: PeopleError) -> Self {
        let code = match &error {
            PeopleError::Storage(_) | PeopleError::NoRandom => ErrorCode::Internal,
            PeopleError::Newer(_) => ErrorCode::UnsupportedFormat,
            PeopleError::NameTaken(_)
            | PeopleError::LastAdministrator
            | PeopleError::IdentityTaken
            | PeopleError::TooManyKeys(_)
            | PeopleError::TooMany(..) => ErrorCode::Conflict,
            PeopleError::QueueFull => ErrorCode::Overloaded,
            PeopleError::NotFound(_) => ErrorCode::NotFound,
            PeopleError::BadDepartment => {
                return AppError::parameter(ErrorCode::InvalidParameter, "departments", error.to_string());
            }
            PeopleError::BadIdentity => {
                return AppError::parameter(ErrorCode::InvalidParameter, "identity", error.to_string());
            }
            PeopleError::BadName => return AppError::parameter(ErrorCode::InvalidParameter, "name", error.to_string()),
            PeopleError::Unfit(_) => {
                return AppError::parameter(ErrorCode::InvalidParameter, "password", error.to_string());
            }
        };
        AppError::new(code, error.to_string())
    }
}

impl From<AuditError> for AppError {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Storage { .. } => {
                AppError::new(ErrorCode::ReadOnly, format!("{error}；为不漏记，这一操作没有进行"))
            }
            AuditError::Damaged { .. } => AppError::new(ErrorCode::Corrupt, error.to_string()),
        }
    }
}

impl Service {
    /// The service of a data directory. Makes nothing.
    pub fn of(data: &Path) -> Service {
        Service {
            data: data.to_path_buf(),
            people: OnceLock::new(),
            opening: Mutex::default(),
            guarded: AtomicBool::new(false),
            audit: Audit::of(data),
        }
    }

    /// The accounts, if there is a file of them.
    pub(super) fn people(&self) -> Result<Option<&People>, AppError> {
        if let Some(people) = self.people.get() {
            return Ok(Some(people));
        }
        let _opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if self.people.get().is_none()
            && let Some(people) = People::open(&self.data)?
        {
            let _ = self.people.set(people);
        }
        Ok(self.people.get())
    }

    pub(super) fn some_people(&self) -> Result<&People, AppError> {
        self.people()?.ok_or_else(|| AppError::new(ErrorCode::NotFound, "还没有账户；用 faju user add 建第一个管理员"))
    }

    /// Whether there are accounts. Asked with every request; cheap.
    pub fn is_guarded(&self) -> Result<bool, AppError> {
        if self.guarded.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let any = match self.people()? {
            Some(people) => people.any()?,
            None => false,
        };
        self.guarded.store(any, Ordering::Relaxed);
        Ok(any)
    }

    /// Who a request comes from: by its key, else by its session.
    ///
    /// # Errors
    /// A key that is wrong or has ended; a file that cannot be read. A session that has ended is nobody.
    pub fn who(
        &self,
        key: Option<&str>,
        session: Option<&str>,
        from: &str,
        request: &str,
        now: i64,
    ) -> Result<Who, AppError> {
        let who = |by, account| Who { by, account, from: from.to_string(), request: request.to_string() };
        if !self.is_guarded()? {
            return Ok(who(By::Unguarded, None));
        }
        let people = self.some_people()?;
        if let Some(token) = key {
            let found = people.of_key(token, now)?;
            let (account, key) =
                found.ok_or_else(|| AppError::new(ErrorCode::Unauthenticated, "密钥有误、已撤销或已过期"))?;
            return Ok(who(By::Key(key), Some(account)));
        }
        let found = session.map(|token| people.of_session(token, now)).transpose()?.flatten();
        Ok(found.map_or_else(|| who(By::Nobody, None), |(account, id)| who(By::Session(id), Some(account))))
    }

    /// Signs in.
    ///
    /// # Errors
    /// Wrong name, password or code, or too many failures (`rate_limited`); a log or file that cannot be written.
    pub fn sign_in(
        &self,
        name: &str,
        password: &str,
        code: Option<&str>,
        agent: &str,
        who: &Who,
        now: i64,
    ) -> Result<Signed, AppError> {
        let code = code.filter(|code| !code.trim().is_empty());
        let tried = self.some_people()?.try_sign_in(name, password, code, &who.from, now)?;
        self.signed(tried, ("", "账户名、口令或动态码有误，或账户已停用"), agent, who, now)
    }

    /// Signs in whom the identity provider vouched for.
    ///
    /// # Errors
    /// As [`Service::sign_in`]; nobody here is tied to him (`forbidden`).
    pub fn sign_in_as(
        &self,
        identity: &Identity,
        code: Option<&str>,
        agent: &str,
        who: &Who,
        now: i64,
    ) -> Result<Signed, AppError> {
        let tried = self.some_people()?.try_identity(identity, code, &who.from, now)?;
        if tried == Tried::Wrong(None) {
            self.note(who, "sign_in", "", "refused", "identity of no account")?;
            let detail = format!("这个统一身份（编号 {}）没有绑定账户；请把编号告诉管理员", identity.subject);
            return Err(AppError::new(ErrorCode::Forbidden, detail));
        }
        self.signed(tried, ("identity", "动态码有误，或账户已停用"), agent, who, now)
    }

    /// What somebody's trial leads to, written down with `how` he tried.
    fn signed(
        &self,
        tried: Tried,
        (how, wrong): (&str, &str),
        agent: &str,
        who: &Who,
        now: i64,
    ) -> Result<Signed, AppError> {
        let note = |account: Option<i64>, outcome: &str, detail: &str| {
            let entry = Entry { account, detail: detail.to_string(), ..entry(who, "sign_in", "", outcome) };
            self.audit.append(entry).map(drop)
        };
        match tried {
            Tried::Right(account) => {
                note(Some(account.number), "done", how)?;
                Ok(Signed::In(self.some_people()?.begin_session(account.number, &who.from, agent, now)?))
            }
            Tried::NeedsCode(_) => Ok(Signed::NeedsCode),
            Tried::Wrong(account) => {
                note(account, "refused", how)?;
                Err(AppError::new(ErrorCode::Unauthenticated, wrong))
            }
            Tried::Wait(seconds) => {
                note(None, "refused", "held back")?;
                let detail =
                    format!("失败次数过多，请 {seconds} 秒后再试；管理员可用 faju user set NAME --enable 解除");
                Err(AppError::new(ErrorCode::RateLimited, detail).after(seconds))
            }
        }
    }

    /// Ends the session of a request.
    pub fn sign_out(&self, who: &Who) -> Result<(), AppError> {
        let (By::Session(id), Some(account)) = (&who.by, &who.account) else { return Ok(()) };
        self.note(who, "sign_out", &id.to_string(), "done", "")?;
        Ok(self.some_people()?.end_session(account.number, *id)?)
    }

    /// Makes an account; the first one must be an administrator.
    pub fn add(&self, name: &str, role: Role, password: &str, who: &Who, now: i64) -> Result<Account, AppError> {
        if !self.is_guarded()? && role != Role::Administrator {
            let message = "第一个账户须是管理员（--role administrator）";
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "role", message));
        }
        People::create(&self.data)?;
        let people = self.some_people()?;
        // Whoever gets a password from somebody else chooses his own.
        let must_change = who.by != By::Command;
        self.made(who, ("account_add", role.row().name), || {
            let account = people.add(name, role, password, must_change, now)?;
            self.guarded.store(true, Ordering::Relaxed);
            Ok((account.number, account))
        })
    }

    /// Changes an account.
    pub fn change(&self, name: &str, change: &Change, who: &Who) -> Result<Account, AppError> {
        let people = self.some_people()?;
        let account = people.named(name)?;
        let detail = match change {
            Change::Role(role) => format!("role {}", role.row().name),
            Change::Disabled(true) => "disabled".to_string(),
            Change::Disabled(false) => "enabled".to_string(),
            Change::Password(..) => "password".to_string(),
            Change::NoSecondFactor => "no second factor".to_string(),
            Change::Departments(departments) => format!("departments {}", departments.join(",")),
        };
        self.acted(who, ("account_change", &account.number.to_string(), &detail), || {
            Ok(people.change(account.number, change)?)
        })?;
        Ok(people.named(name)?)
    }

    /// Removes an account with all that is its own.
    pub fn remove(&self, name: &str, who: &Who) -> Result<(), AppError> {
        let people = self.some_people()?;
        let number = people.named(name)?.number;
        self.acted(who, ("account_remove", &number.to_string(), ""), || Ok(people.remove(number)?))
    }

    /// Lets somebody whom an identity provider vouches for sign in as an account; `None`: nobody any more.
    pub fn tie(&self, name: &str, identity: Option<&Identity>, who: &Who) -> Result<Account, AppError> {
        let people = self.some_people()?;
        let account = people.named(name)?;
        let number = account.number.to_string();
        let detail = identity.map_or("no identity".to_string(), |identity| format!("identity {}", identity.mark()));
        self.acted(who, ("account_change", &number, &detail), || {
            let changed = match identity {
                Some(identity) => people.tie(account.number, identity),
                None => people.untie(account.number),
            };
            Ok(changed?)
        })?;
        Ok(account)
    }

    /// Who an account is at the identity providers.
    pub fn identities(&self, account: &Account) -> Result<Vec<Identity>, AppError> {
        Ok(self.some_people()?.identities(account.number)?)
    }

    /// Whether somebody who is signed in knows his password.
    ///
    /// # Errors
    /// He does not, or failed too often.
    pub fn knows_own_password(&self, password: &str, who: &Who, now: i64) -> Result<(), AppError> {
        self.known_password(own(who)?, password, who, now)
    }

    /// Demands a second factor of a role, or no longer.
    pub fn demand_second(&self, role: Role, demanded: bool, who: &Who) -> Result<(), AppError> {
        let people = self.some_people()?;
        let detail = format!("second factor {}", if demanded { "demanded" } else { "free" });
        self.acted(who, ("account_change", role.row().name, &detail), || Ok(people.demand_second(role, demanded)?))
    }

    /// Seconds for which an account is still held back after failures; 0: it is not.
    pub fn held_back(&self, account: &Account, now: i64) -> Result<i64, AppError> {
        Ok(self.some_people()?.held_back(&account.name, now)?)
    }

    /// All accounts.
    pub fn accounts(&self) -> Result<Vec<Account>, AppError> {
        Ok(self.people()?.map(People::accounts).transpose()?.unwrap_or_default())
    }

    /// The account of a name.
    pub fn account(&self, name: &str) -> Result<Account, AppError> {
        Ok(self.some_people()?.named(name)?)
    }

    /// Changes one's own password, which must be known.
    pub fn change_own_password(&self, old: &str, new: &str, who: &Who, now: i64) -> Result<(), AppError> {
        let account = own(who)?;
        let people = self.some_people()?;
        self.known_password(account, old, who, now)?;
        if old == new {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "new", "新口令与原口令相同"));
        }
        self.acted(who, ("password", &account.number.to_string(), ""), || {
            Ok(people.change(account.number, &Change::Password(new.to_string(), false))?)
        })
    }

    /// Offers a new second factor to somebody who knows his password and has a code of the old one: its secret in base 32. The old
    /// one holds until the new one is confirmed.
    pub fn offer_second(&self, password: &str, code: &str, who: &Who, now: i64) -> Result<String, AppError> {
        let account = own(who)?;
        self.known_password(account, password, who, now)?;
        if !self.some_people()?.renews_second(account, code, now)? {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "code", "须写现在的动态码；丢失了请找管理员"));
        }
        Ok(self.some_people()?.offer_second(account.number)?)
    }

    fn known_password(&self, account: &Account, password: &str, who: &Who, now: i64) -> Result<(), AppError> {
        match self.some_people()?.knows_password(account, password, &who.from, now)? {
            Tried::Right(_) => Ok(()),
            Tried::Wait(seconds) => {
                let detail = format!("失败次数过多，请 {seconds} 秒后再试");
                Err(AppError::new(ErrorCode::RateLimited, detail).after(seconds))
            }
            _ => Err(AppError::parameter(ErrorCode::InvalidParameter, "password", "口令有误")),
        }
    }

    /// Asks for the second factor from now on.
    pub fn confirm_second(&self, code: &str, who: &Who, now: i64) -> Result<(), AppError> {
        let account = own(who)?.number;
        let people = self.some_people()?;
        self.acted(who, ("second_factor", &account.to_string(), ""), || {
            if !people.confirm_second(account, code, now)? {
                return Err(AppError::parameter(ErrorCode::InvalidParameter, "code", "动态码有误；请核对手机上的时间"));
            }
            Ok(people.end_other_sessions(account, who.session())?)
        })
    }

    /// The sessions of an account that last.
    pub fn sessions(&self, account: &Account, now: i64) -> Result<Vec<Session>, AppError> {
        Ok(self.some_people()?.sessions(account.number, now)?)
    }

    /// Ends one of one's own sessions.
    pub fn end_session(&self, id: i64, who: &Who) -> Result<(), AppError> {
        let (people, account) = (self.some_people()?, own(who)?.number);
        self.acted(who, ("session_end", &id.to_string(), ""), || Ok(people.end_session(account, id)?))
    }

    /// Makes a key of an account, never with more rights than its account has.
    pub fn add_key(
        &self,
        account: &Account,
        name: &str,
        rights: &[Right],
        days: i64,
        who: &Who,
        now: i64,
    ) -> Result<(Key, Token), AppError> {
        let parameter =
            |name: &str, message: String| Err(AppError::parameter(ErrorCode::InvalidParameter, name, message));
        if name.trim().is_empty() || name.chars().count() > 64 {
            return parameter("name", "密钥须有名称，最多 64 个字".to_string());
        }
        if !(1..=DAYS_MAX).contains(&days) {
            return parameter("days", format!("密钥的有效期须为 1 至 {} 天", DAYS_MAX));
        }
        if let Some(right) = rights.iter().find(|right| !account.role.may(**right)) {
            return parameter("right", format!("{}没有“{}”的权限", account.role.row().chinese, right.chinese()));
        }
        if rights.contains(&Right::Own) {
            return parameter("right", "自己的账户只能登录后管理，不能交给密钥".to_string());
        }
        if rights.is_empty() {
            return parameter("right", "至少给出一项权限".to_string());
        }
        let people = self.some_people()?;
        self.made(who, ("key_add", &format!("account {}", account.number)), || {
            let made = people.add_key(account.number, name.trim(), rights, days, now)?;
            Ok((made.0.id, made))
        })
    }

    /// The keys of an account that have not ended.
    pub fn keys(&self, account: &Account, now: i64) -> Result<Vec<Key>, AppError> {
        Ok(self.some_people()?.keys(account.number, now)?)
    }

    /// Revokes a key of an account.
    pub fn end_key(&self, account: &Account, id: i64, who: &Who) -> Result<(), AppError> {
        let people = self.some_people()?;
        let detail = format!("account {}", account.number);
        self.acted(who, ("key_end", &id.to_string(), &detail), || Ok(people.end_key(account.number, id)?))
    }
}

pub(super) fn own(who: &Who) -> Result<&Account, AppError> {
    who.account.as_ref().ok_or_else(|| AppError::new(ErrorCode::Unauthenticated, "请先登录"))
}
