//! The articles by which cases are compared.

use crate::app::citations::label_of;
use crate::app::links::applied::Article;
use crate::app::links::{Links, stored};
use crate::app::view::similar::ApplicableArticle;
use crate::citation::{self, Here, Outcome, Resolution};
use crate::query::Query;
use std::collections::{HashMap, HashSet};

/// An article that applies, or may.
#[derive(Debug, Clone, PartialEq)]
pub struct Applicable {
    /// Which one.
    pub article: Article,
    /// Whether it is cited.
    pub cited: bool,
    /// What it counts beside the others.
    pub weight: f64,
}

/// The articles that apply.
pub struct Applying<'l> {
    links: &'l Links,
    given: Vec<Applicable>,
}

impl<'l> Applying<'l> {
    /// Of these articles; each counts once.
    pub fn new(mut given: Vec<Applicable>, links: &'l Links) -> Applying<'l> {
        let mut known: HashSet<Article> = HashSet::new();
        given.retain(|one| known.insert(one.article.clone()));
        Applying { links, given }
    }

    /// How much alike the articles of each case are that cites one of them: the cosine of both lists, weighed by how rare an
    /// article is.
    pub fn likeness(&self) -> Vec<(usize, f64)> {
        let applied = &self.links.applied;
        let weights: HashMap<&Article, f64> =
            self.given.iter().map(|one| (&one.article, one.weight * applied.rarity(&one.article))).collect();
        let length = weights.values().map(|weight| weight * weight).sum::<f64>().sqrt();
        let mut cases: Vec<usize> = self.given.iter().flat_map(|one| applied.cases_of(&one.article)).copied().collect();
        cases.sort_unstable();
        cases.dedup();
        let likeness = |case: usize| {
            let (mut square, mut product) = (0.0, 0.0);
            for article in applied.of_case(case) {
                let rarity = applied.rarity(article);
                square += rarity * rarity;
                product += rarity * weights.get(article).copied().unwrap_or(0.0);
            }
            (case, (product / (length * square.sqrt()).max(f64::MIN_POSITIVE)).min(1.0))
        };
        cases.into_iter().map(likeness).collect()
    }

    /// Those of the list that a case cites.
    pub fn shared(&self, case: usize) -> impl Iterator<Item = ApplicableArticle> {
        let applied = &self.links.applied;
        let own: HashSet<&Article> = applied.of_case(case).collect();
        self.given.iter().filter(move |one| own.contains(&one.article)).map(|one| self.view(one))
    }

    /// The list for people.
    pub fn shown(&self) -> Vec<ApplicableArticle> {
        self.given.iter().map(|one| self.view(one)).collect()
    }

    fn view(&self, one: &Applicable) -> ApplicableArticle {
        let (place, key) = &one.article;
        let head = &self.links.groups[*place].head;
        ApplicableArticle {
            instrument: head.id.clone(),
            title: head.title.clone(),
            key: key.clone(),
            label: label_of(key),
            cited: one.cited,
            weight: (one.weight * 1000.0).round() / 1000.0,
            cases: self.links.applied.cases_of(&one.article).len() as u64,
        }
    }
}

/// The article in which a provision of an instrument lies: `a33` of `{version}/a33/p1`.
pub fn article_of(instrument: &str, provision: &str, links: &Links) -> Option<Article> {
    let key = provision.split_once('/')?.1.split('/').next().filter(|key| key.starts_with('a'))?;
    Some((links.place(instrument)?, key.to_string()))
}

/// The articles that a case cites, the rarest first.
pub fn of_case(id: &str, links: &Links) -> Vec<Applicable> {
    let Some(case) = links.place(id) else { return Vec::new() };
    let mut articles: Vec<&Article> = links.applied.of_case(case).collect();
    let rarity = |article: &Article| links.applied.rarity(article);
    articles.sort_by(|one, other| rarity(other).total_cmp(&rarity(one)).then_with(|| one.cmp(other)));
    articles.into_iter().map(|article| Applicable { article: article.clone(), cited: true, weight: 1.0 }).collect()
}

/// The articles that a text cites, in its order.
pub fn of_text(text: &str, links: &Links, query: &Query) -> Vec<Applicable> {
    let here = Here { on: Some(query.as_of), access: query.scope.access, ..Here::default() };
    let mut found: Vec<Applicable> = Vec::new();
    for mention in citation::find(text, &stored::bare_outside(text)) {
        let Some(Resolution { outcome: Outcome::Resolved, instruments, places, .. }) =
            citation::resolve(&mention, &links.names, &here)
        else {
            continue;
        };
        let Some(place) = instruments.first().and_then(|instrument| links.place(instrument)) else { continue };
        let keys = places.iter().filter_map(|place| place.split('/').next()).filter(|key| key.starts_with('a'));
        let articles = keys.map(|key| (place, key.to_string()));
        found.extend(articles.map(|article| Applicable { article, cited: true, weight: 1.0 }));
    }
    found
}
