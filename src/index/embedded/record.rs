//! What is stored of a provision: the part of its entry that it does not share with its version.

use crate::index::Entry;
use crate::index::entry::{GroupHead, VersionHead};
use crate::law::{Access, ProvisionKind};
use serde::{Deserialize, Serialize};

/// Version of the stored form, its first byte.
const FORM: u8 = 1;

/// Kinds by the number under which they are stored.
const KINDS: [ProvisionKind; 6] = [
    ProvisionKind::Article,
    ProvisionKind::Preamble,
    ProvisionKind::NumberedUnit,
    ProvisionKind::Annex,
    ProvisionKind::Signature,
    ProvisionKind::CaseSection,
];

/// What all provisions of a version share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The instrument or case.
    pub group: GroupHead,
    /// The version.
    pub version: VersionHead,
    /// Who may read it.
    pub access: Access,
    /// Departments that may read it when restricted.
    pub departments: Vec<String>,
}

impl Head {
    /// The shared part of an entry as it is kept: JSON, the same bytes for the same head.
    pub fn bytes_of(entry: &Entry) -> Result<Vec<u8>, serde_json::Error> {
        #[derive(Serialize)]
        struct Borrowed<'a> {
            group: &'a GroupHead,
            version: &'a VersionHead,
            access: Access,
            departments: &'a [String],
        }
        serde_json::to_vec(&Borrowed {
            group: &entry.group,
            version: &entry.version,
            access: entry.access,
            departments: &entry.departments,
        })
    }

    /// Whether an entry has this head.
    pub fn is_of(&self, entry: &Entry) -> bool {
        self.group == entry.group
            && self.version == entry.version
            && self.access == entry.access
            && self.departments == entry.departments
    }
}

/// The part of an entry that is its own, as bytes.
pub fn encode(entry: &Entry) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entry.text.len() + entry.id.len() + 64);
    bytes.push(FORM);
    bytes.push(KINDS.iter().position(|kind| *kind == entry.kind).unwrap_or(0) as u8);
    number(&mut bytes, entry.ordinal as usize);
    string(&mut bytes, &entry.id);
    string(&mut bytes, &entry.label);
    number(&mut bytes, entry.path.len());
    entry.path.iter().for_each(|heading| string(&mut bytes, heading));
    bytes.extend_from_slice(entry.text.as_bytes());
    bytes
}

/// The entry that was stored, joined with the head of its version; `None` if the bytes are not what [`encode`] makes.
pub fn decode(bytes: &[u8], head: &Head) -> Option<Entry> {
    let mut rest = bytes;
    if take(&mut rest, 1)? != [FORM] {
        return None;
    }
    let kind = *KINDS.get(usize::from(take(&mut rest, 1)?[0]))?;
    let ordinal = u32::try_from(read_number(&mut rest)?).ok()?;
    let id = read_string(&mut rest)?;
    let label = read_string(&mut rest)?;
    let mut path = Vec::new();
    for _ in 0..read_number(&mut rest)? {
        path.push(read_string(&mut rest)?);
    }
    Some(Entry {
        id,
        ordinal,
        kind,
        label,
        path,
        text: std::str::from_utf8(rest).ok()?.to_owned(),
        group: head.group.clone(),
        version: head.version.clone(),
        access: head.access,
        departments: head.departments.clone(),
    })
}

/// Seven bits a byte, lowest first, the highest bit of a byte says that another follows.
fn number(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn string(bytes: &mut Vec<u8>, text: &str) {
    number(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn read_number(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..u32::BITS).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn read_string(rest: &mut &[u8]) -> Option<String> {
    let length = read_number(rest)?;
    std::str::from_utf8(take(rest, length)?).ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::suite::fiction;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_entry_comes_back(text in "\\PC{0,300}", path in proptest::collection::vec("\\PC{0,20}", 0..4), ordinal: u32) {
            let mut entry = fiction::article("1", "2020-01-01", 1, &text);
            entry.path = path;
            entry.ordinal = ordinal;
            let head: Head = serde_json::from_slice(&Head::bytes_of(&entry).unwrap()).unwrap();
            prop_assert!(head.is_of(&entry));
            let bytes = encode(&entry);
            prop_assert_eq!(decode(&bytes, &head), Some(entry));
            for cut in 0..bytes.len().min(40) {
                let _ = decode(&bytes[..cut], &head);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let entry = fiction::article("1", "2020-01-01", 1, "");
            let head: Head = serde_json::from_slice(&Head::bytes_of(&entry).unwrap()).unwrap();
            let _ = decode(&bytes, &head);
        }
    }
}
