//! Which case cites which articles, both ways: what precedents are compared by.
//!
//! What the versions of an instrument have under one number is taken as one article.

use super::{Incoming, Links};
use crate::app::cited_by::articles_of;
use crate::citation::{Outcome, Role};
use crate::law::Kind;
use std::collections::{BTreeSet, HashMap, HashSet};

/// An article: the place of its instrument among [`Links::groups`], and its key.
pub type Article = (usize, String);

/// The articles of all cases.
#[derive(Debug, Default)]
pub struct Applied {
    by_case: HashMap<usize, HashSet<Article>>,
    /// Those that a case applies (依据), not those that it only names.
    basis: HashMap<usize, BTreeSet<Article>>,
    /// Those that it says were violated.
    violated: HashMap<usize, BTreeSet<Article>>,
    by_article: HashMap<Article, Vec<usize>>,
    cases: usize,
}

impl Applied {
    /// Of the citations of everything.
    pub(super) fn of(links: &Links, resolved: &[Incoming]) -> Applied {
        let is_case = |group: usize| links.groups[group].head.kind == Kind::Case;
        let mut by_case: HashMap<usize, HashSet<Article>> = HashMap::new();
        let (mut basis, mut violated) = (HashMap::new(), HashMap::new());
        for link in resolved.iter().filter(|link| is_case(link.group)) {
            if let Some(place) = instrument_of(link, links) {
                let articles = articles_of(links, link).into_iter().filter(|key| key.starts_with('a'));
                let articles: Vec<Article> = articles.map(|key| (place, key)).collect();
                let of_role: Option<&mut HashMap<usize, BTreeSet<Article>>> =
                    match links.groups[link.group].versions[link.version].cites[link.cite].role {
                        Role::Basis => Some(&mut basis),
                        Role::Violation => Some(&mut violated),
                        _ => None,
                    };
                if let Some(of_role) = of_role {
                    of_role.entry(link.group).or_default().extend(articles.iter().cloned());
                }
                by_case.entry(link.group).or_default().extend(articles);
            }
        }
        let mut by_article: HashMap<Article, Vec<usize>> = HashMap::new();
        for (case, articles) in &by_case {
            articles.iter().for_each(|article| by_article.entry(article.clone()).or_default().push(*case));
        }
        by_article.values_mut().for_each(|cases| cases.sort_unstable());
        Applied {
            by_case,
            basis,
            violated,
            by_article,
            cases: (0..links.groups.len()).filter(|group| is_case(*group)).count(),
        }
    }

    /// The articles that a case cites.
    pub fn of_case(&self, case: usize) -> impl Iterator<Item = &Article> {
        self.by_case.get(&case).into_iter().flatten()
    }

    /// The articles that a case applies.
    pub fn applied_by(&self, case: usize) -> impl Iterator<Item = &Article> {
        self.basis.get(&case).into_iter().flatten()
    }

    /// The articles that a case says were violated.
    pub fn violated_in(&self, case: usize) -> impl Iterator<Item = &Article> {
        self.violated.get(&case).into_iter().flatten()
    }

    /// The cases that cite an article, in the order of the groups.
    pub fn cases_of(&self, article: &Article) -> &[usize] {
        self.by_article.get(article).map_or(&[], Vec::as_slice)
    }

    /// How rare an article is in cases: what nearly every judgment cites says little.
    pub fn rarity(&self, article: &Article) -> f64 {
        (1.0 + self.cases as f64 / self.cases_of(article).len().max(1) as f64).ln()
    }
}

/// The one instrument that a citation means.
fn instrument_of(link: &Incoming, links: &Links) -> Option<usize> {
    let [one] = link.resolution.instruments.as_slice() else { return None };
    let is_clear = link.resolution.outcome != Outcome::Ambiguous;
    links.place(one).filter(|place| is_clear && *place != link.group)
}
