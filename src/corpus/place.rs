//! Places of records and frames. They are true inside one journal only.

use super::error::CorpusError;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Where one record stands; as text `segment:frame:line`, for example `1:43:7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Place {
    /// Number of the segment file, from 1.
    pub segment: u32,
    /// Byte offset of the frame in the segment file.
    pub frame: u64,
    /// Line inside the frame, from 0.
    pub line: u32,
}

/// A boundary between two frames, as text `segment:offset`: everything before it has been read.
///
/// It orders like the journal: a greater cursor is a later place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Cursor {
    /// Number of the segment file, from 1.
    pub segment: u32,
    /// Byte offset in the segment file.
    pub offset: u64,
}

impl Cursor {
    /// Before the first record.
    pub const START: Cursor = Cursor { segment: 1, offset: 0 };
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.segment, self.frame, self.line)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.segment, self.offset)
    }
}

/// Digits only, as `Display` writes them: no sign, no leading zero. So one place has one text.
fn number<N: FromStr>(text: &str) -> Option<N> {
    let plain = text == "0" || (text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

impl FromStr for Place {
    type Err = CorpusError;

    fn from_str(text: &str) -> Result<Self, CorpusError> {
        let read = || {
            let mut parts = text.splitn(3, ':');
            let (segment, frame, line) = (parts.next()?, parts.next()?, parts.next()?);
            Some(Place { segment: number(segment)?, frame: number(frame)?, line: number(line)? })
        };
        read().ok_or_else(|| CorpusError::NoPlace(text.to_string()))
    }
}

impl FromStr for Cursor {
    type Err = CorpusError;

    fn from_str(text: &str) -> Result<Self, CorpusError> {
        let read = || {
            let (segment, offset) = text.split_once(':')?;
            Some(Cursor { segment: number(segment)?, offset: number(offset)? })
        };
        read().ok_or_else(|| CorpusError::NoPlace(text.to_string()))
    }
}

macro_rules! as_text {
    ($name:ident) => {
        impl From<$name> for String {
            fn from(place: $name) -> String {
                place.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = CorpusError;

            fn try_from(text: String) -> Result<Self, CorpusError> {
                text.parse()
            }
        }
    };
}

as_text!(Place);
as_text!(Cursor);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_and_back(segment in any::<u32>(), frame in any::<u64>(), line in any::<u32>()) {
            let place = Place { segment, frame, line };
            prop_assert_eq!(place.to_string().parse::<Place>().unwrap(), place);
            let cursor = Cursor { segment, offset: frame };
            prop_assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }

        #[test]
        fn what_parses_is_written_so(text in "[0-9:+ ]{0,12}") {
            if let Ok(place) = text.parse::<Place>() {
                prop_assert_eq!(place.to_string(), text.clone());
            }
            if let Ok(cursor) = text.parse::<Cursor>() {
                prop_assert_eq!(cursor.to_string(), text);
            }
        }
    }

    #[test]
    fn a_place_is_a_string_in_json() {
        let place = Place { segment: 1, frame: 43, line: 7 };
        assert_eq!(serde_json::to_string(&place).unwrap(), "\"1:43:7\"");
        assert!(serde_json::from_str::<Place>("\"1:43\"").is_err());
        assert!(Cursor { segment: 2, offset: 0 } > Cursor { segment: 1, offset: 99 });
    }
}
