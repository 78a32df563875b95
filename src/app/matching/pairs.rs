//! Which provision of a text punishes who does not obey which other one of it.

use crate::app::links::{Links, stored};
use crate::app::view::matching::PairedBy;
use crate::citation::{self, Here, Known, KnownVersion, Role, Target};
use crate::index::Entry;
use crate::law::Norm;
use crate::law::norm::punished_acts;
use crate::query::Query;
use std::collections::{BTreeMap, HashSet};

/// So great a part of the words of a punished act stands in the provision that it breaks.
const SHARED: f64 = 0.6;
/// So many pairs of characters has an act that is looked for by its words.
const ACT_PAIRS: usize = 5;

/// The provisions of one version, each with what it does, and the pairs among them.
pub struct Law {
    /// The provisions in the order of the text.
    pub provisions: Vec<(Entry, Norm)>,
    /// Places of a duty and of its penalty.
    pub pairs: BTreeMap<(usize, usize), PairedBy>,
}

impl Law {
    /// Joins the provisions of a version.
    pub fn of(mut entries: Vec<Entry>, version: &KnownVersion, known: &Known, links: &Links, query: &Query) -> Law {
        entries.sort_by_key(|entry| entry.ordinal);
        let provisions: Vec<(Entry, Norm)> = entries
            .into_iter()
            .map(|entry| {
                let norm = Norm::of(&entry.text);
                (entry, norm)
            })
            .collect();
        let mut law = Law { provisions, pairs: BTreeMap::new() };
        for penalty in 0..law.provisions.len() {
            if law.provisions[penalty].1 != Norm::Penalty {
                continue;
            }
            let cited = law.cited(penalty, version, known, links, query);
            let by = if cited.is_empty() { PairedBy::Words } else { PairedBy::Citation };
            let duties = if cited.is_empty() { law.worded(penalty) } else { cited };
            law.pairs.extend(duties.into_iter().map(|duty| ((duty, penalty), by)));
        }
        law
    }

    /// What a penalty names by its number, in its own text.
    fn cited(&self, penalty: usize, version: &KnownVersion, known: &Known, links: &Links, query: &Query) -> Vec<usize> {
        let entry = &self.provisions[penalty].0;
        let key = entry.id.strip_prefix(&entry.version.id).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
        let here = Here {
            group: &known.id,
            version: &version.id,
            shape: Some(&version.shape),
            provision: key,
            part: "",
            region: known.region.as_deref(),
            issuer: known.issuer.as_deref(),
            on: version.interval.effective_from.or(version.dated),
            dated: version.dated,
            access: query.scope.access,
        };
        let mut keys: HashSet<String> = HashSet::new();
        for mention in citation::find(&entry.text, &stored::bare(entry.group.kind, &entry.group.title)) {
            // 依照第六十条处罚 names another penalty, no duty.
            if mention.target != Target::Own || mention.role == Role::Basis {
                continue;
            }
            let Some(resolution) = citation::resolve(&mention, &links.names, &here) else { continue };
            if resolution.version.as_deref() == Some(version.id.as_str()) {
                let articles = resolution.places.iter().filter_map(|place| place.split('/').next());
                keys.extend(articles.filter(|article| *article != key).map(str::to_string));
            }
        }
        let is_named = |entry: &Entry| entry.id.rsplit('/').next().is_some_and(|key| keys.contains(key));
        self.orders().filter(|at| is_named(&self.provisions[*at].0)).collect()
    }

    /// What may be broken: all but penalties and definitions.
    fn orders(&self) -> impl Iterator<Item = usize> {
        let is_order = |norm: Norm| !matches!(norm, Norm::Penalty | Norm::Definition);
        (0..self.provisions.len()).filter(move |at| is_order(self.provisions[*at].1))
    }

    /// What a penalty repeats: for each act that it punishes the one provision that has most of its words, if they are enough.
    fn worded(&self, penalty: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for act in punished_acts(&self.provisions[penalty].0.text) {
            let act = pairs_of(act);
            if act.len() < ACT_PAIRS {
                continue;
            }
            let share = |at: usize| {
                let own = pairs_of(&self.provisions[at].0.text);
                act.iter().filter(|pair| own.contains(*pair)).count() as f64 / act.len() as f64
            };
            let commanding = |at: &usize| matches!(self.provisions[*at].1, Norm::Duty | Norm::Prohibition);
            let shares = self.orders().filter(commanding).map(|at| (share(at), at));
            let best = shares.filter(|(share, _)| *share >= SHARED).max_by(|one, other| one.0.total_cmp(&other.0));
            found.extend(best.map(|(_, at)| at).filter(|at| !found.contains(at)));
        }
        found
    }
}

/// Neighbouring Han characters.
fn pairs_of(text: &str) -> HashSet<[char; 2]> {
    let characters: Vec<char> = text.chars().collect();
    let is_word = |pair: &&[char]| pair.iter().all(|c| c.is_alphanumeric());
    characters.windows(2).filter(is_word).map(|pair| [pair[0], pair[1]]).collect()
}
