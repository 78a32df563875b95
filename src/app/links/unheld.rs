//! What texts cite and the corpus does not hold: 《合同法》第五十二条 can be listed and followed although nothing of it is here.

use super::{Group, Incoming};
use crate::citation::{Base, Locator, Names, Place, Reason, Target, cited_title, typed};
use crate::law::{identity, versions};
use std::collections::HashMap;

/// Instruments that are cited or repealed by title and not held.
#[derive(Debug, Default)]
pub struct Unheld {
    /// Title without marks → what is known.
    titles: HashMap<String, Missing>,
}

/// An instrument that is not held.
#[derive(Debug, Default)]
pub struct Missing {
    /// Its folded title, as it was first cited.
    pub title: String,
    /// Citations of it.
    pub incoming: Vec<Incoming>,
    /// Where texts say that they repeal it: group, version, relation.
    pub repealed: Vec<(usize, usize, usize)>,
    /// The folded title of what took its place, where everybody knows that.
    pub replaced_by: Option<&'static str>,
}

impl Unheld {
    /// Gathers them from the citations that lead to nothing. A name without book brackets counts where a text gives it in
    /// brackets or repeals it: words before a place are no title by themselves.
    pub(super) fn of(groups: &[Group], names: &Names, outgoing: &[Incoming]) -> Unheld {
        let mut unheld = Unheld::default();
        for (group, version, at, title) in repeals(groups) {
            if names.titled(title).is_empty() {
                unheld.entry(title).repealed.push((group, version, at));
            }
        }
        let lost = |link: &&Incoming| link.resolution.reason == Some(Reason::NotInCorpus);
        let target = |link: &Incoming| &groups[link.group].versions[link.version].cites[link.cite].target;
        for in_brackets in [true, false] {
            for link in outgoing.iter().filter(lost) {
                let target = target(link);
                if matches!(target, Target::Titled(_)) == in_brackets
                    && let Some(title) = unheld.title_of(target)
                    && names.titled(title).is_empty()
                {
                    unheld.entry(title).incoming.push(link.clone());
                }
            }
        }
        unheld
    }

    fn entry(&mut self, title: &str) -> &mut Missing {
        let new = || Missing { title: title.to_string(), replaced_by: typed::replaced_by(title), ..Missing::default() };
        self.titles.entry(identity::without_marks(title)).or_insert_with(new)
    }

    /// The title that a mention of something not held gives.
    pub fn title_of<'t>(&self, target: &'t Target) -> Option<&'t str> {
        cited_title(target, |title| self.find(title).is_some() || typed::replaced_by(title).is_some())
    }

    /// How many citations of a title there are.
    pub fn cited(&self, title: &str) -> usize {
        self.find(title).map_or(0, |missing| missing.incoming.len())
    }

    /// What is known of a title.
    pub fn find(&self, title: &str) -> Option<&Missing> {
        self.titles.get(&identity::without_marks(&identity::folded_title(title)))
    }
}

/// Every repeal that a text states: group, version, place among the relations, title. A draft repeals nothing yet.
fn repeals(groups: &[Group]) -> impl Iterator<Item = (usize, usize, usize, &str)> {
    let made = groups.iter().enumerate().filter(|(_, of)| versions::draft(&of.head.title).is_none());
    made.flat_map(|(group, of)| {
        of.versions.iter().enumerate().flat_map(move |(version, of)| {
            let stated = of.relations.iter().enumerate().filter(|(_, stated)| stated.kind == "repeals");
            stated.map(move |(at, stated)| (group, version, at, stated.title.as_str()))
        })
    })
}

/// Whether a citation names a place that is asked for, or part of it. Of a text that is not here only numbers are known.
pub fn names(place: Option<&Place>, (at, to): &(Locator, Option<Locator>)) -> bool {
    let Some(place) = place.filter(|place| place.base == Base::Instrument) else { return false };
    let last = |at: &Locator, to: &Option<Locator>| to.and_then(|to| to.article).or(at.article);
    let (Some(from), Some(until)) = (place.at.article, last(&place.at, &place.to)) else { return false };
    let (Some(first), Some(end)) = (at.article, last(at, to)) else { return false };
    let (part, own) = (at.part_key(), place.at.part_key());
    let in_part = part.is_empty() || own == part || own.strip_prefix(&part).is_some_and(|rest| rest.starts_with('/'));
    from <= end && first <= until && in_part
}
