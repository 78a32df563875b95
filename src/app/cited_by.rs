//! The journey against the arrows of the citation graph: who cites an instrument, a version or a provision.

use super::citations::{Graph, provision_refs, version_view};
use super::error::AppError;
use super::faju::Found;
use super::links::{Incoming, Links};
use super::search;
use super::view::Range;
use super::view::citations::{ArticleCount, CitedBy, CitedByFilter, CitedByPage, ProvisionRef};
use crate::citation::{self, Base, Locator, Place};
use crate::law::{Kind, ValidityStatus, identity};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Characters of a quotation on each side of a citation.
const QUOTE_CHARS: usize = 40;
/// Articles of a range that are counted one by one.
const RANGE_MAX: usize = 100;

impl Graph<'_> {
    /// Whether any version of an instrument has a place: it may be cited by a number that it has no more.
    pub(super) fn ever_had(&self, place: usize, key: &str) -> bool {
        let own = key.split('/').next().unwrap_or(key);
        let at = Locator::of_key(key.strip_prefix(own).unwrap_or_default().trim_start_matches('/'));
        let mut versions = self.links.names.all()[place].versions.iter();
        versions.any(|version| version.shape.place(own, &at).as_deref() == Some(key))
    }

    /// Who cites an instrument (in any version), a version, a case or a provision.
    pub fn cited_by(&self, id: &str, filter: &CitedByFilter) -> Result<Found<CitedByPage>, AppError> {
        if let Some(page) = self.cited_by_unheld(id, filter)? {
            return Ok(Found::Here(page));
        }
        if let Some(known) = self.held_by_title(id) {
            return Ok(Found::Moved(known));
        }
        let (version_id, key) = identity::split_provision_id(id).map_or((id, None), |(id, key)| (id, Some(key)));
        let card = self.reader.card(version_id)?;
        let in_version = version_id.contains('@');
        let canonical = match card.version(version_id) {
            Some(version) if in_version => version.id.clone(),
            _ => card.group.clone(),
        };
        if canonical != version_id {
            return Ok(Found::Moved(key.map_or(canonical.clone(), |key| format!("{canonical}/{key}"))));
        }
        let place = self.links.place(&card.group).ok_or_else(|| AppError::not_found(id))?;
        if key.is_some_and(|key| !self.ever_had(place, key)) {
            return Err(AppError::not_found(id));
        }
        let version = in_version.then_some(canonical.as_str());
        let mut found: Vec<&Incoming> = self
            .links
            .incoming(place)
            .iter()
            .filter(|link| link.is_of(self.links, version, key))
            .filter(|link| !filter.standing || self.stands(link))
            .collect();
        let mut counts = BTreeMap::new();
        for link in &found {
            *counts.entry(self.links.groups[link.group].head.kind.name()).or_default() += 1;
        }
        let articles = if key.is_none() { self.articles(place, &canonical, &found) } else { Vec::new() };
        found.retain(|link| filter.kinds.is_empty() || filter.kinds.contains(&self.links.groups[link.group].head.kind));
        // What was verified stands first.
        let is_doubtful = |link: &Incoming| key.is_some() && link.is_unverified();
        found.sort_by_key(|link| (is_doubtful(link), self.order(link)));
        let unverified = found.iter().filter(|link| is_doubtful(link)).count();
        let groups: HashSet<usize> = found.iter().map(|link| link.group).collect();
        let total = found.len();
        let page = found.into_iter().skip(filter.offset).take(filter.limit);
        let items = page.map(|link| self.citing(link)).collect::<Result<Vec<_>, _>>()?;
        let reached = filter.offset + items.len();
        let relations = self.related(place);
        Ok(Found::Here(CitedByPage {
            id: id.to_string(),
            instrument: search::instrument(&self.links.groups[place].head),
            unheld: None,
            total: total as u64,
            groups: groups.len() as u64,
            unverified: unverified as u64,
            counts,
            articles,
            relations_total: relations.len() as u64,
            relations: relations.into_iter().take(filter.relations_max.unwrap_or(usize::MAX)).collect(),
            next: (reached < total && !items.is_empty()).then_some(reached),
            items,
            sample: self.reader.sample,
        }))
    }

    pub fn stands(&self, link: &Incoming) -> bool {
        let group = &self.links.groups[link.group];
        let status = group.versions[link.version].interval.status(self.reader.as_of);
        group.head.kind == Kind::Case || matches!(status, ValidityStatus::InForce | ValidityStatus::Unknown)
    }

    /// Newest first, then in the order of the text.
    pub fn order(&self, link: &Incoming) -> (std::cmp::Reverse<Option<Date>>, usize, usize, usize) {
        let version = &self.links.groups[link.group].versions[link.version];
        (std::cmp::Reverse(version.dated), link.group, link.version, link.cite)
    }

    /// How often each article of an instrument is cited.
    fn articles(&self, place: usize, version: &str, found: &[&Incoming]) -> Vec<ArticleCount> {
        let known = &self.links.names.all()[place];
        let shown = known.versions.iter().find(|v| v.id == version).or_else(|| known.versions.first());
        let mut counts: HashMap<String, (u64, u64)> = HashMap::new();
        for link in found {
            let is_case = self.links.groups[link.group].head.kind == Kind::Case;
            for article in articles_of(self.links, link) {
                let (all, cases) = counts.entry(article).or_default();
                *all += 1;
                *cases += u64::from(is_case);
            }
        }
        let keys = shown.into_iter().flat_map(|version| version.shape.keys());
        keys.filter_map(|key| {
            let (count, cases) = *counts.get(key)?;
            Some(ArticleCount { key: key.to_string(), count, cases })
        })
        .collect()
    }

    /// A citation from elsewhere, with the words around it.
    pub fn citing(&self, link: &Incoming) -> Result<CitedBy, AppError> {
        let group = &self.links.groups[link.group];
        let version = &group.versions[link.version];
        let cite = &version.cites[link.cite];
        let mention = cite.mention();
        let (label, text) = self.reader.provision_text(&version.id, &cite.provision)?;
        let narrow = citation::narrow(&text, &mention, &self.links.names);
        let (quote, start) = quote(&text, &narrow);
        let words = text.get(narrow.clone()).unwrap_or_default();
        Ok(CitedBy {
            instrument: search::instrument(&group.head),
            version: version_view(group, version, self.reader.as_of),
            provision: ProvisionRef { id: identity::provision_id(&version.id, &cite.provision).0, label },
            span: Range { start, end: start + words.chars().count() },
            quote,
            role: cite.role,
            cited_version: link.resolution.version.clone(),
            cited_assumed: link.resolution.version.as_deref().and_then(|id| self.version(id)?.assumed).or_else(|| {
                let cited = link.resolution.version.as_deref().filter(|_| !link.resolution.places.is_empty())?;
                self.links.may_be_old_number(version, cited)
            }),
            provisions: provision_refs(&link.resolution),
            reason: link.resolution.reason,
        })
    }
}

/// Keys of the articles that a citation names, in the text that it means or by their numbers.
pub(super) fn articles_of(links: &Links, link: &Incoming) -> HashSet<String> {
    let cite = &links.groups[link.group].versions[link.version].cites[link.cite];
    let told = cite.place.filter(|place| link.is_unverified() && place.base == Base::Instrument);
    let Some(Place { at, to, .. }) = told else {
        return link.resolution.places.iter().map(|at| at.split('/').next().unwrap_or(at).to_string()).collect();
    };
    let (Some(first), last) = (at.article, to.and_then(|to| to.article)) else { return HashSet::new() };
    let between = (first.0 + 1..=last.map_or(first.0, |last| last.0)).take(RANGE_MAX).map(|number| (number, 0));
    let all = std::iter::once(first).chain(between).chain(last);
    all.filter_map(|article| Locator { article: Some(article), ..Locator::default() }.article_key()).collect()
}

/// Words around a span, and how many code points stand before it in them.
fn quote(text: &str, span: &std::ops::Range<usize>) -> (String, usize) {
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.char_indices().rev().take(QUOTE_CHARS).last().map_or(span.start, |(at, _)| at);
    let after = text.get(span.end..).unwrap_or_default();
    let end = after.char_indices().nth(QUOTE_CHARS).map_or(text.len(), |(at, _)| span.end + at);
    let lead = if start > 0 { "…" } else { "" };
    let tail = if end < text.len() { "…" } else { "" };
    let quote = format!("{lead}{}{tail}", text.get(start..end).unwrap_or_default());
    (quote, lead.chars().count() + text.get(start..span.start).unwrap_or_default().chars().count())
}
