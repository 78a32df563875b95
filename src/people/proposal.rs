//! Proposals of the public to review a normative document: read by those who answer them, and by whoever has the receipt.

use super::secret::{Token, digest};
use super::{People, PeopleError};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// Proposals without an answer that are taken in at most.
const OPEN_MAX: i64 = 5000;

/// Seconds after its end for which a proposal keeps name and address of who made it.
pub const CONTACT_SECONDS: i64 = 180 * 24 * 60 * 60;

/// How far a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// Came in.
    Received,
    /// Will be dealt with.
    Accepted,
    /// Will not be dealt with; the answer says why.
    Declined,
    /// Was answered.
    Answered,
}

impl ProposalState {
    /// Every state with its name and in Chinese.
    pub const ALL: [(ProposalState, &'static str, &'static str); 4] = [
        (ProposalState::Received, "received", "已收到"),
        (ProposalState::Accepted, "accepted", "已受理"),
        (ProposalState::Declined, "declined", "不予受理"),
        (ProposalState::Answered, "answered", "已答复"),
    ];

    /// The state of a name.
    pub fn named(name: &str) -> Option<ProposalState> {
        ProposalState::ALL.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    fn row(self) -> &'static (ProposalState, &'static str, &'static str) {
        // Every state has its row: a test proves it.
        ProposalState::ALL.iter().find(|row| row.0 == self).unwrap_or(&ProposalState::ALL[0])
    }

    /// The name in the interface.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        self.row().2
    }

    /// Whether nothing more follows.
    pub fn is_final(self) -> bool {
        matches!(self, ProposalState::Declined | ProposalState::Answered)
    }
}

/// What somebody proposes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposed {
    /// Id of the document.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Which provision is meant, as it was written.
    pub provision: String,
    /// What is wrong with it, and why.
    pub reason: String,
    /// Who proposes it; may be empty.
    pub name: String,
    /// How to reach him; may be empty.
    pub contact: String,
}

/// A proposal as those see it who answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its number.
    pub id: i64,
    /// What is proposed. Name and address are empty where they were not given, and some time after the end.
    pub proposed: Proposed,
    /// How far it is.
    pub state: ProposalState,
    /// The answer.
    pub answer: String,
    /// When it came, in seconds since 1970.
    pub made_at: i64,
    /// When the state last changed.
    pub changed_at: i64,
}

/// What every receipt begins with.
const RECEIPT: &str = "JY";

const COLUMNS: &str = "id, document, title, provision, reason, name, contact, state, answer, made_at, changed_at";

impl People {
    /// Takes a proposal in; its number and the receipt, which is shown once.
    ///
    /// # Errors
    /// Too many that wait, a file that cannot be written.
    pub fn propose(&self, proposed: &Proposed, now: i64) -> Result<(i64, Token), PeopleError> {
        let receipt = Token::short(RECEIPT)?;
        let connection = self.connection();
        let made = connection.execute(
            "INSERT INTO proposal (receipt, document, title, provision, reason, name, contact, state, answer, made_at, changed_at)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, 'received', '', ?8, ?8
             WHERE (SELECT count(*) FROM proposal WHERE state IN ('received', 'accepted')) < ?9",
            params![
                receipt.digest(),
                proposed.document,
                proposed.title,
                proposed.provision,
                proposed.reason,
                proposed.name,
                proposed.contact,
                now,
                OPEN_MAX
            ],
        )?;
        if made == 0 { Err(PeopleError::QueueFull) } else { Ok((connection.last_insert_rowid(), receipt)) }
    }

    /// The proposal of a receipt.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn proposal_of(&self, receipt: &str) -> Result<Option<Proposal>, PeopleError> {
        let connection = self.connection();
        let sql = format!("SELECT {COLUMNS} FROM proposal WHERE receipt = ?1");
        Ok(connection.query_row(&sql, [digest(&written(receipt))], read).optional()?)
    }

    /// A proposal.
    ///
    /// # Errors
    /// There is none of this number.
    pub fn proposal(&self, id: i64) -> Result<Proposal, PeopleError> {
        let connection = self.connection();
        let sql = format!("SELECT {COLUMNS} FROM proposal WHERE id = ?1");
        connection.query_row(&sql, [id], read).optional()?.ok_or_else(|| unknown(id))
    }

    /// Proposals behind so many, at most so many: those that wait first, the oldest of them first; then the others, the newest
    /// first.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn proposals(&self, behind: i64, most: i64) -> Result<Vec<Proposal>, PeopleError> {
        let connection = self.connection();
        let sql = format!(
            "SELECT {COLUMNS} FROM proposal ORDER BY state IN ('declined', 'answered'),
             CASE WHEN state IN ('declined', 'answered') THEN -changed_at ELSE id END, id LIMIT ?2 OFFSET ?1"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        Ok(statement.query_map([behind, most], read)?.collect::<Result<_, _>>()?)
    }

    /// How many proposals there are, and how many of them wait.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn count_proposals(&self) -> Result<(u64, u64), PeopleError> {
        let sql = "SELECT count(*), count(*) FILTER (WHERE state IN ('received', 'accepted')) FROM proposal";
        let counted = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        let (all, waiting) = self.connection().query_row(sql, [], counted)?;
        Ok((all.unsigned_abs(), waiting.unsigned_abs()))
    }

    /// Changes state and answer of a proposal.
    ///
    /// # Errors
    /// There is none of this number.
    pub fn answer_proposal(&self, id: i64, state: ProposalState, answer: &str, now: i64) -> Result<(), PeopleError> {
        let sql = "UPDATE proposal SET state = ?2, answer = ?3, changed_at = ?4 WHERE id = ?1";
        match self.connection().execute(sql, params![id, state.name(), answer, now])? {
            0 => Err(unknown(id)),
            _ => Ok(()),
        }
    }

    /// Takes names and addresses out of proposals that ended long ago; of how many.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn forget_contacts(&self, now: i64) -> Result<usize, PeopleError> {
        let sql = "UPDATE proposal SET name = '', contact = ''
                   WHERE state IN ('declined', 'answered') AND changed_at < ?1 AND (name <> '' OR contact <> '')";
        Ok(self.connection().execute(sql, [now - CONTACT_SECONDS])?)
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Proposal> {
    let state: String = row.get(7)?;
    Ok(Proposal {
        id: row.get(0)?,
        proposed: Proposed {
            document: row.get(1)?,
            title: row.get(2)?,
            provision: row.get(3)?,
            reason: row.get(4)?,
            name: row.get(5)?,
            contact: row.get(6)?,
        },
        state: ProposalState::named(&state).unwrap_or(ProposalState::Received),
        answer: row.get(8)?,
        made_at: row.get(9)?,
        changed_at: row.get(10)?,
    })
}

/// A receipt as it was given out, however it is typed.
fn written(receipt: &str) -> String {
    let letters: String = receipt.chars().filter(char::is_ascii_alphanumeric).collect();
    letters.to_ascii_uppercase().replace('O', "0").replace(['I', 'L'], "1")
}

fn unknown(id: i64) -> PeopleError {
    PeopleError::NotFound(format!("编号为 {id} 的建议"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_row() {
        for row in &ProposalState::ALL {
            assert_eq!((row.0.name(), ProposalState::named(row.1)), (row.1, Some(row.0)));
        }
    }
}
