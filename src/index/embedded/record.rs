//! What is stored of a provision: the part of its entry that it does not share with its version.

use crate::index::Entry;
use crate::index::entry::{GroupHead, VersionHead};
use crate::law::{Access, ProvisionKind};
use serde::{Deserialize, Serialize};

/// Version of the stored form, its first character.
const FORM: u8 = b'2';

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

/// The part of an entry that is its own, as text: tantivy reads stored bytes one by one, and a text at once.
pub fn encode(entry: &Entry) -> String {
    let path: usize = entry.path.iter().map(|heading| heading.len() + 2).sum();
    let mut stored = String::with_capacity(entry.text.len() + entry.id.len() + entry.label.len() + path + 16);
    stored.push(char::from(FORM));
    number(&mut stored, KINDS.iter().position(|kind| *kind == entry.kind).unwrap_or(0));
    number(&mut stored, entry.ordinal as usize);
    string(&mut stored, &entry.id);
    string(&mut stored, &entry.label);
    number(&mut stored, entry.path.len());
    entry.path.iter().for_each(|heading| string(&mut stored, heading));
    stored.push_str(&entry.text);
    stored
}

/// The entry that was stored, joined with the head of its version; `None` if the text is not what [`encode`] makes.
pub fn decode(stored: &str, head: &Head) -> Option<Entry> {
    let mut rest = stored;
    if take(&mut rest, 1)?.as_bytes() != [FORM] {
        return None;
    }
    let kind = *KINDS.get(read_number(&mut rest)?)?;
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
        text: rest.to_owned(),
        group: head.group.clone(),
        version: head.version.clone(),
        access: head.access,
        departments: head.departments.clone(),
    })
}

/// Bits of a number in one character.
const DIGIT_BITS: u32 = 5;
/// Says that another digit follows.
const MORE: u8 = 1 << DIGIT_BITS;
/// Added to a digit so that it is a printable character.
const DIGIT_FROM: u8 = b'0';

/// Five bits a character, lowest first; a further bit says that another follows.
fn number(stored: &mut String, mut value: usize) {
    while value >= usize::from(MORE) {
        stored.push(char::from(DIGIT_FROM + (value as u8 & (MORE - 1) | MORE)));
        value >>= DIGIT_BITS;
    }
    stored.push(char::from(DIGIT_FROM + value as u8));
}

fn string(stored: &mut String, text: &str) {
    number(stored, text.len());
    stored.push_str(text);
}

fn take<'a>(rest: &mut &'a str, length: usize) -> Option<&'a str> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn read_number(rest: &mut &str) -> Option<usize> {
    let mut value = 0;
    for shift in (0..u32::BITS).step_by(DIGIT_BITS as usize) {
        let digit = take(rest, 1)?.as_bytes()[0].checked_sub(DIGIT_FROM).filter(|digit| *digit < 2 * MORE)?;
        value |= usize::from(digit & (MORE - 1)) << shift;
        if digit < MORE {
            return Some(value);
        }
    }
    None
}

fn read_string(rest: &mut &str) -> Option<String> {
    let length = read_number(rest)?;
    take(rest, length).map(str::to_owned)
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
            let stored = encode(&entry);
            prop_assert_eq!(decode(&stored, &head), Some(entry));
            for (cut, _) in stored.char_indices().take(40) {
                let _ = decode(&stored[..cut], &head);
            }
        }

        #[test]
        fn no_text_makes_it_panic(stored in "2?[0-~]{0,12}\\PC{0,30}") {
            let entry = fiction::article("1", "2020-01-01", 1, "");
            let head: Head = serde_json::from_slice(&Head::bytes_of(&entry).unwrap()).unwrap();
            let _ = decode(&stored, &head);
        }
    }
}
