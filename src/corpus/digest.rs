//! The digest by which equal content is recognised.

use super::record::{Put, RECORD_FORMAT};
use crate::law::{Document, DocumentId, InstrumentId};
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hex.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    hex
}

/// Digest of the canonical JSON of any value: keys sorted, no white space, nothing escaped that need not be (RFC 8785
/// for the values that documents hold). `jq -jcS .document | sha256sum` computes the same.
pub(super) fn digest_of_value(mut value: Value) -> String {
    value.sort_all_objects();
    sha256_hex(value.to_string().as_bytes())
}

impl Put {
    /// The digest in a tombstone behind which nothing remains.
    pub fn digest_of_nothing() -> String {
        sha256_hex(b"")
    }

    /// A record of `document`, received at `at`, with its digest.
    ///
    /// `path` is that of the file inside what was imported, `file_sha256` the digest (hex) of the original file.
    pub fn new(
        id: DocumentId,
        instrument: Option<InstrumentId>,
        origin: impl Into<String>,
        at: Timestamp,
        path: Option<String>,
        file_sha256: Option<String>,
        document: Document,
    ) -> Put {
        let digest = Put::digest_of(&document);
        let (origin, masked, sources) = (origin.into(), Vec::new(), Vec::new());
        let v = RECORD_FORMAT;
        Put { v, id, instrument, origin, at, digest, path, file_sha256, masked, unmasked: false, sources, document }
    }

    /// SHA-256 (hex) of the canonical JSON of a document. Absent fields do not enter it, so a field that a later version
    /// of the format adds leaves the digests of older documents as they are.
    pub fn digest_of(document: &Document) -> String {
        // A document has only string keys and no floats, so it always has a JSON form.
        digest_of_value(serde_json::to_value(document).unwrap_or(Value::Null))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Kind;

    /// An old sample: this digest stands in journals.
    #[test]
    fn the_digest_stays() {
        let mut document =
            Document::new(Kind::Legislation, "虚构市河道管理条例", "第一条 为了管理河道，\n制定本条例。");
        document.history = vec!["2020年1月1日通过".into()];
        let canonical = r#"{"history":["2020年1月1日通过"],"kind":"legislation","text":"第一条 为了管理河道，\n制定本条例。","title":"虚构市河道管理条例"}"#;
        assert_eq!(Put::digest_of(&document), sha256_hex(canonical.as_bytes()));
        // What `jq -jcS . | sha256sum` says.
        assert_eq!(Put::digest_of(&document), "21d803976764c0439d792afb9c92d4220f21d103203a85966954b485c312c87b");
    }

    #[test]
    fn hex_of_a_known_digest() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn every_field_counts() {
        let document = Document::new(Kind::Case, "甲案", "文");
        let mut other = document.clone();
        other.notes = vec!["注".into()];
        assert_ne!(Put::digest_of(&document), Put::digest_of(&other));
    }
}
