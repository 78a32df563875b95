//! What is written down of what people do: that an act begins, how it ended, and the log of it all.

use super::error::AppError;
use super::service::Service;
use super::who::{By, Who};
use crate::audit::{self, Entry, Head, Verified};

impl Service {
    /// Writes down what somebody does or did. Without accounts there is no log.
    ///
    /// # Errors
    /// A log that cannot be written: then it must not be done.
    pub fn note(&self, who: &Who, what: &str, subject: &str, outcome: &str, detail: &str) -> Result<(), AppError> {
        if self.is_guarded()? { self.append(who, what, subject, outcome, detail) } else { Ok(()) }
    }

    /// Does something about people, and writes down that it begins and how it ended, also where it makes the first account.
    /// `what` is done to `subject`, with a `detail`.
    ///
    /// # Errors
    /// Those of the act; a log that cannot be written: then it is not done.
    pub(super) fn acted<T>(
        &self,
        who: &Who,
        (what, subject, detail): (&str, &str, &str),
        act: impl FnOnce() -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        self.append(who, what, subject, "begun", detail)?;
        let done = act();
        match &done {
            Ok(_) => self.append(who, what, subject, "done", detail)?,
            Err(error) => self.append(who, what, subject, "failed", error.code.name())?,
        }
        done
    }

    /// As [`Service::acted`], for what has its number only afterwards.
    pub(super) fn made<T>(
        &self,
        who: &Who,
        (what, detail): (&str, &str),
        make: impl FnOnce() -> Result<(i64, T), AppError>,
    ) -> Result<T, AppError> {
        self.append(who, what, "", "begun", detail)?;
        match make() {
            Ok((number, made)) => self.append(who, what, &number.to_string(), "done", detail).map(|()| made),
            Err(error) => {
                self.append(who, what, "", "failed", error.code.name())?;
                Err(error)
            }
        }
    }

    fn append(&self, who: &Who, what: &str, subject: &str, outcome: &str, detail: &str) -> Result<(), AppError> {
        self.audit.append(Entry { detail: detail.to_string(), ..entry(who, what, subject, outcome) })?;
        Ok(())
    }

    /// Entries of the log that fit, the latest first, at most so many.
    pub fn entries(&self, fits: &dyn Fn(&Entry) -> bool, most: usize) -> Result<Vec<Entry>, AppError> {
        let mut found = std::collections::VecDeque::new();
        self.audit.each(&mut |entry| {
            if fits(&entry) {
                found.push_back(entry);
            }
            if found.len() > most {
                found.pop_front();
            }
            true
        })?;
        Ok(found.into_iter().rev().collect())
    }

    /// Every entry of the log, the oldest first.
    pub fn each_entry(&self, visit: &mut dyn FnMut(Entry) -> bool) -> Result<(), AppError> {
        Ok(self.audit.each(visit)?)
    }

    /// Whether the log is whole, held against heads that were written elsewhere.
    pub fn verify_audit(&self, heads: &[Head]) -> Result<Verified, AppError> {
        Ok(audit::verify(self.audit.folder(), heads)?)
    }

    /// Where the log ends.
    pub fn audit_head(&self) -> Result<Head, AppError> {
        Ok(self.audit.head()?)
    }

    /// Drops whole months older than so many; how many were dropped.
    pub fn drop_audit(&self, months: u32, who: &Who) -> Result<usize, AppError> {
        let dropped = self.audit.drop_before(months, jiff::Timestamp::now())?;
        if dropped > 0 {
            // By it `verify` knows that what now comes first does so rightly.
            let mut first = 0;
            self.audit.each(&mut |entry| {
                first = entry.seq;
                false
            })?;
            self.note(who, "audit_drop", &first.to_string(), "done", &format!("{dropped} months"))?;
        }
        Ok(dropped)
    }
}

/// An entry without detail.
pub(super) fn entry(who: &Who, what: &str, subject: &str, outcome: &str) -> Entry {
    Entry {
        account: who.account.as_ref().map(|account| account.number),
        by: match &who.by {
            By::Unguarded | By::Nobody => "none".to_string(),
            By::Command => "command".to_string(),
            By::Session(_) => "session".to_string(),
            By::Key(key) => format!("key {}", key.id),
        },
        from: who.from.clone(),
        what: what.to_string(),
        subject: subject.to_string(),
        outcome: outcome.to_string(),
        request: who.request.clone(),
        ..Entry::default()
    }
}
