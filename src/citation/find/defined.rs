//! Short names that a text defines: 《…》（以下简称《办法》）.

use super::super::mention::{Target, VersionNote};
use super::super::names::title_key;
use super::noted;
use std::collections::HashMap;
use std::ops::Range;

/// What a name stands for, and which text of it: 修订前的《…》（以下简称旧条例）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defined {
    /// The instrument.
    pub target: Target,
    /// The version that is meant.
    pub note: Option<VersionNote>,
}

impl From<Target> for Defined {
    fn from(target: Target) -> Defined {
        Defined { target, note: None }
    }
}

/// Names that are nothing but the word for a kind, and may end any longer name.
pub(super) const KINDS: [&str; 12] =
    ["法", "条例", "办法", "规定", "细则", "规则", "解释", "决定", "通知", "意见", "标准", "规范"];
/// Characters before such a name that belong to no longer name.
const BEFORE_KIND: &str = "据照按反合用守与和同及或、的由在于为以对将新旧原现前后过除是有从至与了行触符依出供提循处因";

/// A name that the text has defined, at the end of a stretch of it: its bytes, and what it stands for. What stands before it may
/// tell the version: 修改前公司法.
pub fn at_end(text: &str, words: Range<usize>, defined: &HashMap<String, Defined>) -> Option<(Range<usize>, Defined)> {
    if defined.is_empty() {
        return None;
    }
    let stretch = text.get(words.clone())?;
    stretch.char_indices().find_map(|(at, _)| {
        let tail = stretch.get(at..)?;
        let meant = defined.get(tail).or_else(|| defined.get(&title_key(tail)))?;
        let before = stretch.get(..at)?;
        let part = KINDS.contains(&tail) && !before.is_empty() && !before.ends_with(|c| BEFORE_KIND.contains(c));
        if before.ends_with('该') || part {
            return None;
        }
        let start = words.start + at;
        let note = noted::before(text.get(..start)?).or(meant.note);
        Some((start..words.end, Defined { target: meant.target.clone(), note }))
    })
}
