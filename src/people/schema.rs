//! The tables and their versions. A file of any released version opens: what is missing is added in order.

use super::PeopleError;
use rusqlite::Connection;

/// What each version added, the first first. Never change one that was released.
const STEPS: [&str; 5] = [
    // Numbers of accounts are never given again: the audit log names them.
    "CREATE TABLE account (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        password TEXT,
        must_change INTEGER NOT NULL DEFAULT 0,
        disabled INTEGER NOT NULL DEFAULT 0,
        second_secret BLOB,
        second_offered BLOB,
        second_confirmed INTEGER NOT NULL DEFAULT 0,
        second_step INTEGER NOT NULL DEFAULT 0,
        made_at INTEGER NOT NULL,
        signed_in_at INTEGER
    ) STRICT;
    CREATE TABLE attempt (
        subject TEXT PRIMARY KEY,
        failures INTEGER NOT NULL,
        last_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE session (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
        token BLOB NOT NULL UNIQUE,
        began_at INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        origin TEXT NOT NULL,
        agent TEXT NOT NULL
    ) STRICT;
    CREATE INDEX session_account ON session(account);
    CREATE TABLE key (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
        name TEXT NOT NULL,
        token BLOB NOT NULL UNIQUE,
        rights TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        used_at INTEGER
    ) STRICT;
    CREATE INDEX key_account ON key(account);",
    "ALTER TABLE account ADD COLUMN departments TEXT NOT NULL DEFAULT '';",
    "CREATE TABLE demand (role TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;",
    // What people keep goes with their accounts. Proposals are nobody's: a receipt reads them.
    "CREATE TABLE saved_search (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        made_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX saved_search_account ON saved_search(account);
    CREATE TABLE dossier (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
        title TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX dossier_account ON dossier(account);
    CREATE TABLE dossier_entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        dossier INTEGER NOT NULL REFERENCES dossier(id) ON DELETE CASCADE,
        target TEXT NOT NULL,
        label TEXT NOT NULL,
        note TEXT NOT NULL,
        UNIQUE (dossier, target)
    ) STRICT;
    CREATE TABLE watch (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
        target TEXT NOT NULL,
        title TEXT NOT NULL,
        known TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        UNIQUE (account, target)
    ) STRICT;
    CREATE TABLE notice (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
        target TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX notice_account ON notice(account, id);
    CREATE TABLE hook (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
        url TEXT NOT NULL,
        secret TEXT NOT NULL,
        told INTEGER NOT NULL,
        failures INTEGER NOT NULL,
        next_at INTEGER,
        problem TEXT,
        made_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX hook_account ON hook(account);
    CREATE TABLE kept_review (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
        title TEXT NOT NULL,
        report BLOB NOT NULL,
        made_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX kept_review_account ON kept_review(account);
    CREATE TABLE kept_verdict (
        review INTEGER NOT NULL REFERENCES kept_review(id) ON DELETE CASCADE,
        finding TEXT NOT NULL,
        verdict TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (review, finding)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE proposal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        receipt BLOB NOT NULL UNIQUE,
        document TEXT NOT NULL,
        title TEXT NOT NULL,
        provision TEXT NOT NULL,
        reason TEXT NOT NULL,
        name TEXT NOT NULL,
        contact TEXT NOT NULL,
        state TEXT NOT NULL,
        answer TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX proposal_state ON proposal(state);",
    // One account is one person at a provider, and the other way round.
    "CREATE TABLE identity (
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
        PRIMARY KEY (issuer, subject),
        UNIQUE (issuer, account)
    ) STRICT, WITHOUT ROWID;",
];

/// Makes a connection safe and its file current.
pub fn prepare(connection: &Connection) -> Result<(), PeopleError> {
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What was deleted is not left in the file.
    connection.pragma_update(None, "secure_delete", true)?;
    // Two processes may meet a new file at once: whoever comes second finds it made.
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let made = advance(connection);
    connection.execute_batch(if made.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    made
}

fn advance(connection: &Connection) -> Result<(), PeopleError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version as usize > STEPS.len() {
        return Err(PeopleError::Newer(version));
    }
    for step in &STEPS[version as usize..] {
        connection.execute_batch(step)?;
    }
    Ok(connection.pragma_update(None, "user_version", STEPS.len() as u32)?)
}
