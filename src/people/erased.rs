//! What was redacted of a document goes out of what people keep of it, too: titles of watches and proposals, labels of dossiers, notices.
//! What they wrote themselves, and kept reviews, stay theirs.

use super::{People, PeopleError};
use rusqlite::params;

/// Where words of documents are kept: table, column with the id of the document, column with the words.
const KEPT: [(&str, &str, &str); 6] = [
    ("watch", "target", "title"),
    ("notice", "target", "title"),
    ("notice", "target", "text"),
    ("proposal", "document", "title"),
    ("proposal", "document", "provision"),
    ("dossier_entry", "target", "label"),
];

/// What stands where all of a document went.
const GONE: &str = "（已删去）";

impl People {
    /// Puts `sign` for each character of these words wherever they stand in what is kept of documents.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn erase_words(&self, words: &[String], sign: char) -> Result<(), PeopleError> {
        let connection = self.connection();
        for (table, _, column) in KEPT {
            let sql = format!("UPDATE {table} SET {column} = replace({column}, ?1, ?2) WHERE instr({column}, ?1) > 0");
            for words in words.iter().filter(|words| !words.is_empty()) {
                let signs: String = words.chars().map(|_| sign).collect();
                connection.execute(&sql, params![words, signs])?;
            }
        }
        drop(connection);
        self.leave_nothing_behind()
    }

    /// Takes everything out that is kept of the words of a document, its versions and provisions.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn erase_document(&self, id: &str) -> Result<(), PeopleError> {
        let connection = self.connection();
        let instrument = id.split(['@', '/']).next().unwrap_or(id);
        for (table, of, column) in KEPT {
            let sql = format!(
                "UPDATE {table} SET {column} = ?2
                 WHERE {column} != '' AND ({of} = ?1 OR {of} LIKE ?1 || '@%' OR {of} LIKE ?1 || '/%')"
            );
            connection.execute(&sql, params![instrument, GONE])?;
        }
        drop(connection);
        self.leave_nothing_behind()
    }

    /// Writes the log of the file back and empties it: what was deleted stands in it until then.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub(super) fn leave_nothing_behind(&self) -> Result<(), PeopleError> {
        // Whoever reads at this moment keeps the log; it is emptied the next time.
        self.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}
