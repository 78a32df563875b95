//! Provisions that fit facts or a draft clause, by what they do, with duties and penalties joined.

use super::{CorpusView, Range, SingleView};
use crate::law::Norm;
use serde::Serialize;

/// What fits a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatchPage {
    /// Code points of the text.
    pub length: u64,
    /// The pieces of the text that were each searched, as code points of it; none if it was searched as a whole only.
    pub pieces: Vec<Range>,
    /// Provisions that were found, without those that are joined only.
    pub found: u64,
    /// What was found, by what it does; groups without any are left out.
    pub groups: Vec<NormGroup>,
    /// Which provision is punished by which, best first. Both stand in the groups.
    pub pairs: Vec<PairView>,
    /// State of the corpus that answered.
    pub corpus: CorpusView,
    /// Whether this is the fictional sample.
    pub sample: bool,
    /// Chinese remarks.
    pub warnings: Vec<String>,
    /// Milliseconds the answer took.
    pub took_ms: f64,
    /// Id of the request.
    pub request_id: String,
}

/// Provisions that do the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NormGroup {
    /// What they do.
    pub norm: Norm,
    /// The provisions: what was found in its order, each followed by what is joined to it.
    pub provisions: Vec<MatchedView>,
}

/// A provision that fits, or one that belongs to such a provision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatchedView {
    /// The provision as a hit.
    #[serde(flatten)]
    pub hit: SingleView,
    /// Its place from 1 on among all that was found; `null` if it is only joined to one of them.
    pub rank: Option<u64>,
    /// Which piece of the text brought it most, by its place in `pieces`; `null` if that was the whole text, or nothing.
    pub piece: Option<usize>,
}

/// A provision and the one that punishes who does not obey it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PairView {
    /// Id of what commands or forbids.
    pub duty: String,
    /// Id of the penalty.
    pub penalty: String,
    /// By what it is known.
    pub by: PairedBy,
}

/// By what a pair is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PairedBy {
    /// The penalty names the number of the other: 违反本法第三十三条规定.
    Citation,
    /// The penalty repeats the words of the other: likely, and to be checked.
    Words,
}

impl PairedBy {
    /// In Chinese.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Citation => "按条号",
            Self::Words => "按用语，请核对",
        }
    }
}

/// What is joined to a provision, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partner<'a> {
    /// What it is to the provision: 罚则, or 违反的规定.
    pub what: &'static str,
    /// Its id.
    pub id: &'a str,
    /// 第三十三条; the id, where it is not on the page.
    pub label: &'a str,
    /// By what the pair is known, in Chinese.
    pub by: &'static str,
}

impl MatchPage {
    /// What is joined to a provision, in the order of the pairs.
    pub fn partners<'a>(&'a self, id: &'a str) -> impl Iterator<Item = Partner<'a>> {
        let own = self.pairs.iter().filter(move |pair| pair.duty == id || pair.penalty == id);
        own.map(move |pair| {
            let (what, id) = if pair.duty == id { ("罚则", &pair.penalty) } else { ("违反的规定", &pair.duty) };
            let all = self.groups.iter().flat_map(|group| &group.provisions);
            let found = all.map(|one| &one.hit.provision).find(|provision| provision.id == *id);
            Partner { what, id, label: found.map_or(id, |found| &found.label), by: pair.by.chinese() }
        })
    }
}
