//! The clean-up journey (清理): what a change or a repeal leaves pointing at nothing, at moved or at altered text.

use super::citations::{Graph, version_view};
use super::error::AppError;
use super::faju::Found;
use super::group::Text;
use super::links::{Incoming, Version};
use super::search;
use super::view::InstrumentHead;
use super::view::citations::ProvisionRef;
use super::view::impact::{ImpactFilter, ImpactItem, ImpactPage, ImpactState, Successor};
use crate::citation::{Reason, Role, relations};
use crate::law::compare::{self, Comparison, RowKind, Side};
use crate::law::structure::numbers::ordinal;
use crate::law::versions::Proof;
use crate::law::{EventKind, Kind, ValidityStatus, identity};
use crate::text::fold::fold_str;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// Where a place of an older text is now.
pub(super) struct MovedFrom {
    /// Its key now; `None` if nothing took it up.
    pub to: Option<String>,
    /// Whether its words changed on the way.
    pub altered: bool,
}

/// What became of the provisions of one version in another.
#[derive(Default)]
pub(super) struct Fates {
    /// Key → what, and where they are now.
    rows: HashMap<String, (RowKind, Vec<String>)>,
    /// Key of a provision → what it is like beside its counterpart, or without one.
    near: HashMap<String, Vec<String>>,
    /// 款 that went to another provision than the rest of theirs: key → key.
    moved: HashMap<String, String>,
    /// The words of each 款项目 of both, by its place (`a5/p2`), provisions in order.
    old: HashMap<String, String>,
    new: HashMap<String, Vec<(String, String)>>,
}

impl Fates {
    /// The older provisions that became one, by their keys, in order.
    pub(super) fn sources(&self, key: &str) -> Vec<String> {
        let became = |(_, keys): &(RowKind, Vec<String>)| keys.iter().any(|own| own.split('/').next() == Some(key));
        let mut found: Vec<String> =
            self.rows.iter().filter(|(_, row)| became(row)).map(|(from, _)| from.clone()).collect();
        found.sort();
        found
    }

    /// The 款项目 of an older article that became a place of the newer text, by its key below the article: the one of the same
    /// words, else the one of the same number if neither article has more 款项目 there than the other.
    pub(super) fn part_before(&self, article: &str, place: &str) -> Option<String> {
        let (provision, part) = place.split_once('/')?;
        let now = self.new.get(provision)?;
        let words = &now.iter().find(|(key, _)| key == place)?.1;
        let above = part.rsplit_once('/').map_or(String::new(), |(above, _)| format!("/{above}"));
        let beside = |key: &str, article: &str| {
            let own = key.strip_prefix(article)?.strip_prefix(above.as_str())?.strip_prefix('/')?;
            (!own.contains('/')).then(|| own.to_string())
        };
        let then: Vec<(&String, &str)> = self
            .old
            .iter()
            .filter(|(key, _)| beside(key, article).is_some())
            .map(|(key, own)| (key, bare(own)))
            .collect();
        let same: Vec<&String> = then.iter().filter(|(_, own)| *own == bare(words)).map(|(key, _)| *key).collect();
        let by_number = format!("{article}/{part}");
        let as_many = then.len() == now.iter().filter(|(key, _)| beside(key, provision).is_some()).count();
        let found = match same.as_slice() {
            [only] => *only,
            [] if as_many => then.iter().map(|(key, _)| *key).find(|key| **key == by_number)?,
            _ => same.into_iter().find(|key| **key == by_number)?,
        };
        found.strip_prefix(article)?.strip_prefix('/').map(str::to_string)
    }

    /// Where what stood under a place of the older text is now, if it is not there; `None` if it is.
    pub(super) fn moved_from(&self, place: &str) -> Option<MovedFrom> {
        let article = place.split('/').next().unwrap_or(place);
        let (kind, keys) = self.rows.get(article)?;
        let same = self.same_words(place, keys);
        let stays = matches!(kind, RowKind::Kept) || same.as_deref() == Some(place);
        let elsewhere = self.elsewhere(place);
        if stays || keys.iter().any(|key| key == article) && same.is_none() && elsewhere.is_none() {
            return None;
        }
        let altered = same.is_none() && !elsewhere.as_ref().is_some_and(|(_, same)| *same) && *kind != RowKind::Moved;
        let to = same.or(elsewhere.map(|(to, _)| to)).or_else(|| keys.first().cloned());
        Some(MovedFrom { to, altered })
    }

    /// The provision to which a 款 went by itself with what it holds, and whether its words are the same there.
    fn elsewhere(&self, place: &str) -> Option<(String, bool)> {
        let (article, part) = place.split_once('/')?;
        let paragraph = part.split('/').next()?;
        let to = self.moved.get(&format!("{article}/{paragraph}"))?;
        let words = self.old.get(&format!("{article}/{paragraph}"))?;
        let there = self.new.get(to.split('/').next()?)?.iter().find(|(key, _)| key == to);
        Some((to.clone(), there.is_some_and(|(_, now)| now == words)))
    }

    /// Where the 款 of a whole article went that left the rest of it.
    fn scattered(&self, place: &str) -> Vec<&String> {
        let of_article = |from: &str| from.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'));
        let mut parts: Vec<_> = self.moved.iter().filter(|(from, _)| of_article(from)).collect();
        parts.sort();
        parts.into_iter().map(|(_, to)| to).collect()
    }

    /// Where the words of a 款项目 stand so in the provisions that its own became: at the same place if they do, else at the
    /// only one.
    fn same_words(&self, place: &str, keys: &[String]) -> Option<String> {
        let words = self.old.get(place)?;
        let part = place.split_once('/')?.1;
        let depth = part.split('/').count();
        let fits = |found: &&(String, String)| {
            found.1 == *words && found.0.split('/').count() == depth + 1 && !words.is_empty()
        };
        let found: Vec<&(String, String)> =
            keys.iter().filter_map(|key| self.new.get(key)).flatten().filter(fits).collect();
        let same = found.iter().find(|(to, _)| to.split_once('/').is_some_and(|(_, own)| own == part));
        let only = found.first().filter(|_| found.len() == 1);
        only.or(same).map(|(to, _)| to.clone())
    }
}

/// The words of each 款项目 of a text, folded and without the number of the article, by provision. A provision that is not
/// divided is one 款.
fn parts(text: &Text) -> Vec<(String, Vec<(String, String)>)> {
    let body = &text.put.document.text;
    let words = |span: &std::ops::Range<usize>| {
        let words = body.get(span.clone()).unwrap_or_default().trim();
        let label = ordinal(words).and_then(|number| words.get(number.len..)?.strip_prefix('条')).map(str::trim_start);
        fold_str(label.unwrap_or(words)).trim().to_string()
    };
    let provisions = text.structure.provisions().map(|(provision, span)| {
        let key = &provision.key;
        let mut own: Vec<(String, String)> =
            provision.parts.iter().map(|part| (format!("{key}/{}", part.key), words(&part.span))).collect();
        if own.is_empty() {
            own.push((format!("{key}/p1"), words(span)));
        }
        (key.clone(), own)
    });
    provisions.collect()
}

/// The words of a 项 without its number and the sign at its end, which its place in the list decides.
fn bare(words: &str) -> &str {
    let numbered = words.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    numbered.map_or(words, |(_, rest)| rest).trim_end_matches([';', '.', '。', '；'])
}

impl Graph<'_> {
    /// Everything that cites an instrument (or one provision of it, by any version) and is touched by what became of it up to
    /// the day asked.
    pub fn impact(&self, id: &str, filter: &ImpactFilter) -> Result<Found<ImpactPage>, AppError> {
        if let Some(page) = self.impact_unheld(id, filter)? {
            return Ok(Found::Here(page));
        }
        if let Some(known) = self.held_by_title(id) {
            return Ok(Found::Moved(known));
        }
        let (head, key) = identity::split_provision_id(id).map_or((id, None), |(id, key)| (id, Some(key)));
        let card = self.reader.card(head)?;
        if head != card.group && card.version(head).is_none_or(|version| version.id != head) {
            let to = card.version(head).map_or(card.group.clone(), |version| version.id.clone());
            return Ok(Found::Moved(key.map_or(to.clone(), |key| format!("{to}/{key}"))));
        }
        let place = self.links.place(&card.group).ok_or_else(|| AppError::not_found(id))?;
        if key.is_some_and(|key| !self.ever_had(place, key)) {
            return Err(AppError::not_found(id));
        }
        let group = &self.links.groups[place];
        let on = self.reader.as_of;
        let now = group.versions.iter().find(|version| version.interval.status(on) == ValidityStatus::InForce);
        let only = Some(head).filter(|head| head.contains('@'));
        let mut fates: HashMap<String, Fates> = HashMap::new();
        let mut items = Vec::new();
        let mut counts = BTreeMap::new();
        let asked = self.links.incoming(place).iter().filter(|link| self.is_asked(link, filter));
        for link in asked.filter(|link| link.is_of(self.links, only, key)) {
            let found = self.found(link, place, now, &mut fates)?;
            let Some(state) = found.state else { continue };
            *counts.entry(state.name()).or_default() += 1;
            if filter.states.is_empty() || filter.states.contains(&state) {
                items.push((state, found.now, found.near, link));
            }
        }
        items.sort_by_key(|(state, _, _, link)| (*state, self.order(link)));
        let total = items.len();
        let page = items.into_iter().skip(filter.offset).take(filter.limit);
        let items = page
            .map(|(state, now, nearest, link)| {
                let (message, citation) = (state.chinese().to_string(), self.citing(link)?);
                Ok(ImpactItem { state, message, now, nearest, citation })
            })
            .collect::<Result<Vec<_>, AppError>>()?;
        let reached = filter.offset + items.len();
        let last = card.versions.first().filter(|_| now.is_none());
        let ended = last.and_then(|version| version.proofs.to.clone());
        Ok(Found::Here(ImpactPage {
            id: id.to_string(),
            instrument: search::instrument(&group.head),
            unheld: None,
            version: now.and_then(|version| version_view(group, version, on)),
            successor: ended.as_ref().and_then(|proof| self.successor(place, proof)),
            repealed_by: ended.as_ref().and_then(|proof| self.repealed_by(place, proof)),
            ended,
            as_of: on,
            known_to: self.known_to,
            total: total as u64,
            counts,
            next: (reached < total && !items.is_empty()).then_some(reached),
            items,
            sample: self.reader.sample,
        }))
    }

    /// What became of the places that a citation of an instrument names; `fates` are those of its versions compared so far.
    pub(super) fn found(
        &self,
        link: &Incoming,
        place: usize,
        now: Option<&Version>,
        fates: &mut HashMap<String, Fates>,
    ) -> Result<Fate, AppError> {
        let cite = &self.links.groups[link.group].versions[link.version].cites[link.cite];
        Ok(match (now, link.resolution.version.as_deref()) {
            (None, _) => Fate::of(self.ended(place)),
            (Some(now), Some(then)) if then != now.id => {
                let known = match fates.entry(then.to_string()) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(free) => free.insert(self.fates(then, &now.id)?),
                };
                fate(link, known, &now.id)
            }
            (Some(_), Some(_)) => Fate::of(reasoned(link)),
            // 根据《…》制定 names no text that could have changed.
            (Some(_), None) if cite.place.is_none() => Fate::default(),
            (Some(_), None) => Fate::of(Some(ImpactState::Unverifiable)),
        })
    }

    /// Citing documents that stand on the day asked, and cases if they are asked for. What repeals or amends has not to be
    /// cleaned up.
    pub(super) fn is_asked(&self, link: &Incoming, filter: &ImpactFilter) -> bool {
        let cite = &self.links.groups[link.group].versions[link.version].cites[link.cite];
        if cite.role == Role::Repeal || cite.change.is_some() {
            return false;
        }
        let kind = self.links.groups[link.group].head.kind;
        if kind == Kind::Case { filter.cases } else { filter.all || self.stands(link) }
    }

    /// What it means to cite an instrument of which no version is in force.
    fn ended(&self, place: usize) -> Option<ImpactState> {
        let versions = &self.links.groups[place].versions;
        let over =
            |status| matches!(status, ValidityStatus::Repealed | ValidityStatus::Expired | ValidityStatus::Amended);
        let statuses: Vec<ValidityStatus> =
            versions.iter().map(|version| version.interval.status(self.reader.as_of)).collect();
        (!statuses.is_empty() && statuses.iter().all(|status| over(*status))).then_some(ImpactState::Repealed)
    }

    /// The instrument that repealed one and took its place: by its title it has the same subject, or its sentence says so.
    pub(super) fn successor(&self, place: usize, proof: &Proof) -> Option<Successor> {
        let provision = proof.document.as_ref()?;
        let other = self.links.place(provision.split('@').next()?).filter(|other| *other != place)?;
        let (old, new) = (self.links.names.all().get(place)?, self.links.names.all().get(other)?);
        let why = relations::succeeds(&new.title, &old.title, &proof.quote)?;
        Some(Successor {
            instrument: search::instrument(&self.links.groups[other].head),
            why: why.chinese(),
            quote: proof.quote.clone(),
            provision: provision.clone(),
        })
    }

    /// The instrument whose text states the repeal that ended another.
    pub(super) fn repealed_by(&self, place: usize, proof: &Proof) -> Option<InstrumentHead> {
        let by = proof.document.as_ref().filter(|_| proof.event == EventKind::Repealed)?;
        let other = self.links.place(by.split(['@', '/']).next()?).filter(|other| *other != place)?;
        Some(search::instrument(&self.links.groups[other].head))
    }

    /// What became of each provision of a version in another of the same instrument.
    pub(super) fn fates(&self, old: &str, new: &str) -> Result<Fates, AppError> {
        let (Found::Here((_, old)), Found::Here((_, new))) = (self.reader.text(old)?, self.reader.text(new)?) else {
            return Ok(Fates::default());
        };
        let comparison: Comparison = compare::compare(
            Side { text: &old.put.document.text, structure: &old.structure },
            Side { text: &new.put.document.text, structure: &new.structure },
        );
        let keys = |structure: &crate::law::Structure| -> Vec<String> {
            structure.provisions().map(|(provision, _)| provision.key.clone()).collect()
        };
        let (old_keys, new_keys) = (keys(&old.structure), keys(&new.structure));
        let mut fates = Fates {
            old: parts(&old).into_iter().flat_map(|(_, own)| own).collect(),
            new: parts(&new).into_iter().collect(),
            ..Fates::default()
        };
        for row in &comparison.rows {
            let to: Vec<String> = row.new.iter().filter_map(|at| new_keys.get(*at).cloned()).collect();
            let near = row.nearest.iter().filter_map(|near| new_keys.get(near.at).cloned());
            // What is hardly its counterpart is only near.
            let (kind, to, near) = match row.doubtful {
                true => (RowKind::Removed, Vec::new(), to),
                false => (row.kind, to, near.collect()),
            };
            for key in row.old.iter().filter_map(|at| old_keys.get(*at)) {
                fates.rows.insert(key.clone(), (kind, to.clone()));
                fates.near.insert(key.clone(), near.clone());
            }
        }
        // What is new and most like an older provision may hold a part of it.
        for row in comparison.rows.iter().filter(|row| row.old.is_empty()) {
            let from = row.nearest.first().and_then(|near| old_keys.get(near.at));
            let to = row.new.iter().filter_map(|at| new_keys.get(*at).cloned());
            from.into_iter().for_each(|from| fates.near.entry(from.clone()).or_default().extend(to.clone()));
        }
        for part in &comparison.moved_parts {
            let (Some(from), Some(to)) = (old_keys.get(part.old), new_keys.get(part.new)) else { continue };
            if part.old_part.is_empty() {
                let to = format!("{to}/{}", part.new_part).trim_end_matches('/').to_string();
                fates.rows.insert(from.clone(), (RowKind::MovedChanged, vec![to]));
            } else {
                let to = format!("{to}/{}", part.new_part);
                fates.moved.insert(format!("{from}/{}", part.old_part), to);
            }
        }
        Ok(fates)
    }
}

/// What became of the places that a citation names.
#[derive(Default)]
pub(super) struct Fate {
    /// The worst; `None` if nothing.
    pub(super) state: Option<ImpactState>,
    /// Where they are now.
    pub(super) now: Vec<ProvisionRef>,
    /// What they are like besides.
    near: Vec<ProvisionRef>,
}

impl Fate {
    fn of(state: Option<ImpactState>) -> Fate {
        Fate { state, ..Fate::default() }
    }
}

/// A citation of the version in force can only be wrong by itself.
fn reasoned(link: &Incoming) -> Option<ImpactState> {
    match link.resolution.reason {
        Some(Reason::NoSuchArticle | Reason::NoSuchPart) => Some(ImpactState::Gone),
        Some(Reason::IncompleteText) => Some(ImpactState::Unverifiable),
        _ => None,
    }
}

/// What became of the places that a citation of an earlier version names.
fn fate(link: &Incoming, fates: &Fates, now: &str) -> Fate {
    if let Some(state) = reasoned(link) {
        return Fate::of(Some(state));
    }
    let mut found = Fate::default();
    for place in &link.resolution.places {
        let article = place.split('/').next().unwrap_or(place);
        let Some((kind, keys)) = fates.rows.get(article) else { continue };
        let (same, elsewhere) = (fates.same_words(place, keys), fates.elsewhere(place));
        // Its words stand where they stood, whatever became of the rest of the article.
        if same.as_ref() == Some(place) {
            continue;
        }
        let scattered = if same.is_none() { fates.scattered(place) } else { Vec::new() };
        let state = match kind {
            RowKind::Kept => continue,
            _ if same.is_some() => ImpactState::Moved,
            _ if elsewhere.as_ref().is_some_and(|(_, same)| *same) => ImpactState::Moved,
            _ if elsewhere.is_some() => ImpactState::MovedAltered,
            RowKind::Removed if !scattered.is_empty() => ImpactState::MovedAltered,
            RowKind::Removed => ImpactState::Gone,
            RowKind::Moved => ImpactState::Moved,
            RowKind::MovedChanged => ImpactState::MovedAltered,
            // Divided or joined, and nothing of it stands under its number.
            _ if !keys.iter().any(|key| key == article) => ImpactState::MovedAltered,
            _ => ImpactState::Altered,
        };
        found.state = found.state.map_or(Some(state), |known| Some(known.min(state)));
        let same = same.or(elsewhere.map(|(to, _)| to));
        let keys = same.as_ref().map_or(keys.as_slice(), std::slice::from_ref).iter().chain(scattered);
        keys.for_each(|key| named(&mut found.now, now, key));
        let near = fates.near.get(article).filter(|_| state != ImpactState::Moved);
        near.into_iter().flatten().for_each(|key| named(&mut found.near, now, key));
    }
    found
}

/// Adds a provision of a version, once.
fn named(to: &mut Vec<ProvisionRef>, version: &str, key: &str) {
    let id = format!("{version}/{key}");
    if !to.iter().any(|known| known.id == id) {
        to.push(ProvisionRef { id, label: super::citations::label_of(key) });
    }
}
