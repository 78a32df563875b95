//! Names that are nothing but the word for a kind: 《条例》 that no remark defines, 原法.

use super::super::mention::{Target, VersionNote};
use super::Finder;
use super::defined::{Defined, KINDS};

/// Further words for kinds of instruments.
const MORE_KINDS: [&str; 5] = ["公告", "方案", "批复", "纪要", "章程"];
/// Papers of a case or of a form that are called by their kind alone: of which one nobody can know.
const PAPERS: [&str; 9] = ["决定书", "通知书", "告知书", "判决书", "裁定书", "调解书", "起诉书", "合同", "协议"];
/// Mentions that are looked back over.
const BACK_MAX: usize = 500;

impl Finder<'_> {
    /// What a folded title in book brackets means that the text has not defined. One that is only the word for a kind (《条例》)
    /// is that of the only such instrument whose full title was given before, else of nothing that is said.
    pub(super) fn titled(&self, key: String) -> Target {
        let kind = key.as_str();
        let is_kind = KINDS.contains(&kind) || MORE_KINDS.contains(&kind);
        if self.amending.is_some() || !(is_kind || PAPERS.contains(&kind)) {
            return Target::Titled(key);
        }
        if !is_kind {
            return Target::Nameless;
        }
        let titles = self.found.iter().rev().take(BACK_MAX).filter_map(|mention| match &mention.target {
            Target::Titled(title) if is_of_kind(title, kind) => Some(title),
            _ => None,
        });
        let mut titles: Vec<&String> = titles.collect();
        titles.dedup();
        match titles.as_slice() {
            [first, rest @ ..] if rest.iter().all(|title| title == first) => Target::Titled((*first).clone()),
            _ => Target::Nameless,
        }
    }

    /// What 原法 means: the text before a change of the instrument named last, where that is of the kind.
    pub(super) fn former(&self, kind: &str) -> Defined {
        let mut named = self.found.iter().rev().take(BACK_MAX).map(|mention| &mention.target);
        let last = named.find(|target| matches!(target, Target::Titled(_) | Target::Named(_)));
        let fits = |target: &&Target| match target {
            Target::Titled(name) | Target::Named(name) => is_of_kind(name, kind),
            _ => false,
        };
        let target = last.filter(|_| self.amending.is_none()).filter(fits).cloned();
        let note = target.as_ref().map(|_| VersionNote::Former);
        Defined { target: target.unwrap_or(Target::Nameless), note }
    }
}

/// Whether a title is more than the word for a kind and ends in it, a remark in brackets left out: 渡口条例(草案); 办法 is no 法.
fn is_of_kind(title: &str, kind: &str) -> bool {
    let bare = title.strip_suffix(')').and_then(|open| open.rsplit_once('(')).map_or(title, |(bare, _)| bare);
    bare.strip_suffix(kind).is_some_and(|before| !(before.is_empty() || kind == "法" && before.ends_with('办')))
}
