//! Deterministic identities (contract: Identity).

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

id_type!(
    /// An instrument: a digest of kind, folded title and authority key.
    InstrumentId
);
id_type!(
    /// A version of an instrument: its promulgation date, else adoption date, else `u-` and a digest; `-2` for a second
    /// version of one day.
    VersionKey
);
id_type!(
    /// A document as received: `{instrument}@{version}`, or the id of a case.
    DocumentId
);
id_type!(
    /// A provision: `{instrument}@{version}/a10-1`, optionally followed by `/p2/s3/i1`.
    ProvisionId
);
