//! Words beyond those of the segmenter: what the corpus itself says often or by name. Derived once for a generation of the
//! index and frozen beside it, so that texts and questions are cut alike for as long as it lives.

mod harvest;

pub use harvest::{Harvest, Source};
use serde::{Deserialize, Serialize};

/// More new titles than this, in hundredths of those the dictionary knows, and it is to be made anew.
const NEW_TITLES_PERCENT: u64 = 2;

/// What an index is made with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dictionary {
    /// Words beyond those of the segmenter.
    pub words: Vec<String>,
    /// What they were derived from.
    pub growth: Growth,
}

/// How far a corpus has outgrown the dictionary that was derived from it. Titles of instruments, not of cases; what an
/// internal record says counts only where nothing is public.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Growth {
    /// End of the journal (opaque) that the dictionary was derived from; empty for an empty one.
    pub derived_to: String,
    /// Titles that the dictionary was derived from.
    pub known: Titles,
    /// Titles that came since.
    pub new: Titles,
}

/// Titles by the access of their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Titles {
    /// Of public texts.
    pub public: u64,
    /// Of texts that are internal only.
    pub internal: u64,
}

impl Titles {
    /// The sum.
    pub fn and(self, more: Titles) -> Titles {
        Titles { public: self.public + more.public, internal: self.internal + more.internal }
    }
}

impl Growth {
    /// New titles and known ones, of the access that the dictionary is derived from.
    pub fn titles(&self) -> (u64, u64) {
        match self.known.public > 0 || self.new.public > 0 {
            true => (self.new.public, self.known.public),
            false => (self.new.internal, self.known.internal),
        }
    }

    /// Whether so many new titles wait that the dictionary is to be made anew.
    pub fn waits(&self) -> bool {
        let (new, known) = self.titles();
        new * 100 > known * NEW_TITLES_PERCENT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_two_in_a_hundred_new_titles_wait() {
        let of = |known, new| Growth { known, new, ..Growth::default() };
        let public = |public| Titles { public, internal: 0 };
        assert!(!Growth::default().waits());
        assert!(!of(public(100), public(2)).waits());
        assert!(of(public(100), public(3)).waits());
        assert!(of(public(0), public(1)).waits());
        // Nobody outside can tell by the dictionary what came in inside.
        assert!(!of(public(100), Titles { public: 0, internal: 50 }).waits());
        let internal = |internal| Titles { public: 0, internal };
        assert!(of(internal(100), internal(3)).waits());
        assert!(of(internal(100), public(1)).waits());
    }
}
