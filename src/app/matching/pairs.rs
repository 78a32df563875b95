//! Which provision of a text punishes who does not obey which other one of it.

use crate::app::links::{Links, stored};
use crate::app::view::matching::PairedBy;
use crate::citation::{self, Here, Known, KnownVersion, Role, Target};
use crate::index::Entry;
use crate::law::norm::punished_acts;
use crate::law::{Access, Norm};
use std::collections::{BTreeMap, HashMap, HashSet};

/// So great a part of the words of a punished act stands in the provision that it breaks.
const SHARED: f64 = 0.6;
/// So many pairs of characters has an act that is looked for by its words.
const ACT_PAIRS: usize = 5;

/// The text whose provisions are joined.
pub struct Cited<'a> {
    /// Its instrument.
    pub known: &'a Known,
    /// The version.
    pub version: &'a KnownVersion,
    /// What can be cited.
    pub links: &'a Links,
    /// What the asker may see.
    pub access: Access,
}

/// The provisions of one version, each with what it does, and the pairs among them.
pub struct Law {
    /// The provisions in the order of the text.
    pub provisions: Vec<(Entry, Norm)>,
    /// Places of a duty and of its penalty.
    pub pairs: BTreeMap<(usize, usize), PairedBy>,
}

impl Law {
    /// Joins the provisions of a version, as far as it concerns those that were found.
    pub fn of(entries: Vec<Entry>, found: &HashSet<&str>, text: &Cited<'_>) -> Law {
        let mut provisions: Vec<(Entry, Norm)> = Vec::with_capacity(entries.len());
        for entry in entries {
            let norm = Norm::of(&entry.text);
            provisions.push((entry, norm));
        }
        provisions.sort_by_key(|(entry, _)| entry.ordinal);
        let mut law = Law { provisions, pairs: BTreeMap::new() };
        let mut words = Words::of(&law.provisions, found);
        for penalty in 0..law.provisions.len() {
            let (entry, norm) = &law.provisions[penalty];
            let is_found = found.contains(entry.id.as_str());
            if *norm != Norm::Penalty || !is_found && words.found.is_empty() && !words.other_found {
                continue;
            }
            let cited = law.cited(penalty, text);
            let by = if cited.is_empty() { PairedBy::Words } else { PairedBy::Citation };
            let duties = if cited.is_empty() { words.broken(&law.provisions, penalty, is_found) } else { cited };
            law.pairs.extend(duties.into_iter().map(|duty| ((duty, penalty), by)));
        }
        law
    }

    /// What a penalty names by its number, in its own text.
    fn cited(&self, penalty: usize, text: &Cited<'_>) -> Vec<usize> {
        let Cited { known, version, links, access } = text;
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
            access: *access,
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
}

/// The words of what commands or forbids, read when they are first asked for.
struct Words {
    /// Places of what commands or forbids.
    commanding: Vec<usize>,
    /// Those of them that were found.
    found: Vec<usize>,
    /// Whether anything else that may be broken was found.
    other_found: bool,
    sets: HashMap<usize, HashSet<[char; 2]>>,
}

impl Words {
    fn of(provisions: &[(Entry, Norm)], found: &HashSet<&str>) -> Words {
        let is_found = |at: &usize| found.contains(provisions[*at].0.id.as_str());
        let is = |at: usize, norms: &[Norm]| norms.contains(&provisions[at].1);
        let all = 0..provisions.len();
        let commanding: Vec<usize> = all.clone().filter(|at| is(*at, &[Norm::Duty, Norm::Prohibition])).collect();
        Words {
            found: commanding.iter().copied().filter(is_found).collect(),
            other_found: all.filter(is_found).any(|at| is(at, &[Norm::Procedure, Norm::Other])),
            commanding,
            sets: HashMap::new(),
        }
    }

    /// How much of an act a provision has.
    fn share(&mut self, provisions: &[(Entry, Norm)], at: usize, act: &HashSet<[char; 2]>) -> f64 {
        let own = self.sets.entry(at).or_insert_with(|| pairs_of(&provisions[at].0.text));
        act.iter().filter(|pair| own.contains(*pair)).count() as f64 / act.len() as f64
    }

    /// What a penalty repeats: for each act that it punishes the one provision that has most of its words, if they are enough.
    /// Of a penalty that was not found, only what it may have in common with what was.
    fn broken(&mut self, provisions: &[(Entry, Norm)], penalty: usize, is_found: bool) -> Vec<usize> {
        let mut broken = Vec::new();
        for act in punished_acts(&provisions[penalty].0.text) {
            let act = pairs_of(act);
            if act.len() < ACT_PAIRS {
                continue;
            }
            let found = self.found.clone();
            if !is_found && !found.into_iter().any(|at| self.share(provisions, at, &act) >= SHARED) {
                continue;
            }
            let mut best: Option<(f64, usize)> = None;
            for at in self.commanding.clone() {
                let share = self.share(provisions, at, &act);
                if share >= SHARED && best.is_none_or(|(most, _)| share > most) {
                    best = Some((share, at));
                }
            }
            broken.extend(best.map(|(_, at)| at).filter(|at| !broken.contains(at)));
        }
        broken
    }
}

/// Neighbouring Han characters.
fn pairs_of(text: &str) -> HashSet<[char; 2]> {
    let characters: Vec<char> = text.chars().collect();
    let is_word = |pair: &&[char]| pair.iter().all(|c| c.is_alphanumeric());
    characters.windows(2).filter(is_word).map(|pair| [pair[0], pair[1]]).collect()
}
