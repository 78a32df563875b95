//! A record as another journal has it: the line byte for byte, and what it says.

use super::digest::digest_of_value;
use super::frame::LINE_BYTES_MAX;
use super::record::{Put, RECORD_FORMAT, Record};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A line that is a record of a known format, its digest proved. Only [`Line::read`] makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    text: String,
    record: Record,
}

/// Why a line is no record that may be taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoLine {
    /// Longer than [`LINE_BYTES_MAX`].
    #[error("该行超过 {} 字节", LINE_BYTES_MAX)]
    TooLong,
    /// Not JSON, or not a record.
    #[error("不是库的记录：{0}")]
    NoRecord(String),
    /// A later format than this program's.
    #[error("是第 {0} 版格式，由更新的程序写成；请升级 faju 后加 --again 重新同步")]
    Newer(u64),
    /// The document is not what its digest says.
    #[error("内容与摘要不符")]
    Digest,
}

impl Line {
    /// Reads a line without its end.
    pub fn read(text: String) -> Result<Line, NoLine> {
        if text.len() > LINE_BYTES_MAX {
            return Err(NoLine::TooLong);
        }
        // JSON has none inside its strings, and one outside of them would be another line, or vanish when it is read again.
        if text.bytes().any(|byte| byte < b' ') {
            return Err(NoLine::NoRecord("含有控制字符".to_string()));
        }
        let none = |error: serde_json::Error| NoLine::NoRecord(error.to_string());
        let mut value: Value = serde_json::from_str(&text).map_err(none)?;
        match value.get("v").and_then(Value::as_u64) {
            Some(version) if version > u64::from(RECORD_FORMAT) => return Err(NoLine::Newer(version)),
            _ => {}
        }
        // From the text and not from the value, which forgets that a field stood there twice.
        let record: Record = match value.get("type").and_then(Value::as_str) {
            Some("put") => serde_json::from_str::<Put>(&text).map(|put| Record::Put(Box::new(put))),
            _ => serde_json::from_str(&text),
        }
        .map_err(none)?;
        if let Record::Put(put) = &record {
            let document = value.get_mut("document").map(Value::take).unwrap_or_default();
            // What stands there, and what this program understands of it: a field it does not know would count for nobody.
            if digest_of_value(document) != put.digest || Put::digest_of(&put.document) != put.digest {
                return Err(NoLine::Digest);
            }
        }
        Ok(Line { text, record })
    }

    /// As it stands, without its end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it says.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What it says, without the line.
    pub fn into_record(self) -> Record {
        self.record
    }
}

/// The SHA-256 of a line without its end, by which the same one is recognised.
pub fn line_digest(line: &str) -> [u8; 32] {
    Sha256::digest(line.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{Document, DocumentId, Kind};

    fn put() -> String {
        let document = Document::new(Kind::Case, "甲案", "渡口。");
        let put =
            Put::new(DocumentId("c-1".into()), None, "city/files", jiff::Timestamp::UNIX_EPOCH, None, None, document);
        serde_json::to_string(&Record::Put(Box::new(put))).unwrap()
    }

    #[test]
    fn a_line_is_kept_as_it_is_and_proved() {
        let line = put().replace(r#""type":"put","#, r#""type": "put", "#);
        let read = Line::read(line.clone()).unwrap();
        assert_eq!((read.text(), read.record().id().as_str()), (line.as_str(), "c-1"));
        assert_eq!(Line::read(put().replace("渡口", "港口")), Err(NoLine::Digest));
        assert_eq!(Line::read(put().replace(r#""v":1"#, r#""v":9"#)), Err(NoLine::Newer(9)));
        for bad in [put() + "\r", put().replace(r#""v":1"#, "\t\"v\":1"), "{}".into(), "[]".into(), "x".into()] {
            assert!(matches!(Line::read(bad.clone()), Err(NoLine::NoRecord(_))), "{bad}");
        }
        // Twice the same field: who reads the first and who reads the last would see different records.
        let twice = put().replace(r#""id":"c-1""#, r#""id":"c-1","id":"c-2""#);
        assert!(matches!(Line::read(twice), Err(NoLine::NoRecord(_))));
        // A field that nobody here knows is in the digest of the sender.
        let unknown = put().replace(r#""document":{"#, r#""document":{"later":1,"#);
        assert!(Line::read(unknown).is_err());
    }
}
