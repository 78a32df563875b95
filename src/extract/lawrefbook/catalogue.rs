//! `db.sqlite3` of LawRefBook, read from its bytes.

use super::super::header::numeric_date;
use jiff::civil::Date;
use rusqlite::Connection;
use std::collections::HashMap;
use std::io::Cursor;

/// What the database says of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// 法律, 行政法规, 司法解释, 案例 …
    pub level: String,
    /// A date whose kind differs from row to row (adoption, promulgation or amendment).
    pub publish: Option<Date>,
    /// First day in force.
    pub valid_from: Option<Date>,
    /// Whether the collection marks it as no longer valid.
    pub expired: bool,
    /// The newest date of any row. The database does not say when it was made; what it says, it said on this day at least.
    pub stated_on: Option<Date>,
}

/// Rows by path below the folder of the database, without the ending `.md`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    rows: HashMap<String, Row>,
}

const QUERY: &str = "SELECT c.folder, COALESCE(NULLIF(l.filename, ''), l.name), l.level, l.publish, l.valid_from, l.expired \
     FROM law l JOIN category c ON c.id = l.category_id";

impl Catalogue {
    /// Reads the bytes of a `db.sqlite3`. The error says in Chinese what is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        Self::rows_of(bytes).map_err(|error| format!("db.sqlite3 无法读取：{error}"))
    }

    fn rows_of(bytes: &[u8]) -> rusqlite::Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        connection.deserialize_read_exact("main", Cursor::new(bytes), bytes.len(), true)?;
        let mut statement = connection.prepare(QUERY)?;
        let mut found = statement.query([])?;
        let mut rows = HashMap::new();
        let mut newest = None;
        while let Some(row) = found.next()? {
            let (folder, name): (String, String) = (row.get(0)?, row.get(1)?);
            let day = |column| -> rusqlite::Result<Option<Date>> {
                Ok(row.get::<_, Option<String>>(column)?.as_deref().and_then(numeric_date))
            };
            let (publish, valid_from) = (day(3)?, day(4)?);
            newest = newest.max(publish);
            let path = match publish {
                Some(date) => format!("{folder}/{name}({date})"),
                None => format!("{folder}/{name}"),
            };
            let expired = row.get::<_, i64>(5)? != 0;
            rows.insert(path, Row { level: row.get(2)?, publish, valid_from, expired, stated_on: None });
        }
        rows.values_mut().for_each(|row: &mut Row| row.stated_on = newest);
        Ok(Catalogue { rows })
    }

    /// The row of a file, by its path below the folder of the database.
    pub fn row(&self, path: &str) -> Option<&Row> {
        let path = path.strip_suffix(".md").unwrap_or(path);
        self.rows.get(path).or_else(|| self.rows.get(super::header::split_name_date(path).0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn damaged_databases_are_errors(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let mut with_mark = b"SQLite format 3\0".to_vec();
            with_mark.extend(&bytes);
            prop_assert!(Catalogue::read(&bytes).is_err());
            prop_assert!(Catalogue::read(&with_mark).is_err());
        }
    }
}
