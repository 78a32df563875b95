//! The journeys of the citation graph: resolve a text, and read what a document cites.

use super::error::AppError;
use super::faju::{Asker, Found};
use super::group::Text;
use super::links::{Group, Links, stored};
use super::read::Reader;
use super::view::citations::{
    CitationView, CitationsView, CitesPage, ProvisionRef, RelationView, ResolveMost, ResolvePage,
};
use super::view::{InstrumentHead, Range, VersionView, begins_in_doubt};
use super::{search, typed_text};
use crate::citation::annotate::{self, Link};
use crate::citation::{self, Bare, Here, Known, KnownVersion, Mention, Outcome, Reason, Resolution, Shape, Target};
use crate::index::VersionHead;
use crate::law::{Provision, ValidityStatus, identity};
use crate::text::points::Counter;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What these journeys work with.
pub struct Graph<'a> {
    /// Who cites whom.
    pub links: &'a Links,
    /// Texts and cards.
    pub reader: &'a Reader<'a>,
    /// Newest date of a version in the corpus.
    pub known_to: Option<Date>,
}

impl Graph<'_> {
    pub(super) fn asker(&self) -> &Asker {
        self.reader.asker
    }

    /// Resolves the citations of texts from outside, on the day asked. With `within` 本法 and 第三条 mean that version. What
    /// is outside of `most` is counted and left off.
    pub fn resolve(
        &self,
        texts: &[String],
        within: Option<&str>,
        most: Option<ResolveMost>,
    ) -> Result<ResolvePage, AppError> {
        let own = within.map(|id| self.known_version(id)).transpose()?;
        let mut items = Vec::with_capacity(texts.len());
        let mut entries = most.map_or(usize::MAX, |most| most.entries);
        for text in texts {
            let here = Here {
                group: own.map_or("", |(known, _)| &known.id),
                version: own.map_or("", |(_, version)| &version.id),
                shape: own.map(|(_, version)| &version.shape),
                region: own.and_then(|(known, _)| known.region.as_deref()),
                issuer: own.and_then(|(known, _)| known.issuer.as_deref()),
                on: Some(self.reader.as_of),
                access: self.asker().access,
                ..Here::default()
            };
            let bare = if own.is_some() { Bare::Own } else { stored::bare_outside(text) };
            let (skip, in_text) = most.map_or((0, usize::MAX), |most| (most.skip, most.in_text));
            let mut found: Vec<(Mention, Resolution)> = Vec::new();
            let mut total = 0;
            let read = citation::unbroken(text);
            for mention in citation::find(&read, &bare) {
                let Some(cited) = self.cited(&read, &mention, &here) else { continue };
                total += 1;
                // Every place of a range is an entry too. The first that does not fit is the last: what is given has no gap.
                let cost = 1 + cited.1.places.len();
                if skip + found.len() + 1 == total && found.len() < in_text && cost <= entries {
                    entries -= cost;
                    found.push(cited);
                }
            }
            if own.is_none()
                && total == found.len()
                && let Some(cited) = typed_text::alone(text, &found, self.links, self.reader.as_of, self.asker().access)
            {
                (total, found) = (cited.len(), cited);
            }
            let quotations = super::quote::quotations(self.reader, text, &found)?;
            let mut view = CitationsView { total: total as u64, ..self.view(None, text, found) };
            for (citation, quotation) in view.citations.iter_mut().zip(quotations) {
                citation.quotation = quotation;
            }
            view.left_off = view.total.saturating_sub(skip as u64) - view.citations.len() as u64;
            items.push(view);
        }
        Ok(ResolvePage {
            total: items.iter().map(|item| item.total).sum(),
            left_off: items.iter().map(|item| item.left_off).sum(),
            items,
            as_of: self.reader.as_of,
            known_to: self.known_to,
            sample: self.reader.sample,
        })
    }

    fn known_version(&self, id: &str) -> Result<(&Known, &KnownVersion), AppError> {
        let group = id.split(['@', '/']).next().unwrap_or(id);
        let known = self.links.place(group).and_then(|place| self.links.names.all().get(place));
        let wanted = id.split('/').next().unwrap_or(id);
        let found = known.and_then(|known| {
            let version = known.versions.iter().find(|version| wanted == group || version.id == wanted)?;
            Some((known, version))
        });
        found.ok_or_else(|| AppError::not_found(id))
    }

    fn cited(&self, text: &str, mention: &Mention, here: &Here<'_>) -> Option<(Mention, Resolution)> {
        let mut resolution = citation::resolve(mention, &self.links.names, here)?;
        resolution.span = citation::narrow(text, mention, &self.links.names);
        Some((mention.clone(), resolution))
    }

    fn view(&self, id: Option<(String, String)>, text: &str, found: Vec<(Mention, Resolution)>) -> CitationsView {
        let counter = Counter::new(text);
        let citation = |(mention, resolution): &(Mention, Resolution)| {
            let (start, end) = (counter.point(resolution.span.start), counter.point(resolution.span.end));
            let words = text.get(resolution.span.clone()).unwrap_or_default();
            self.citation((words, Range { start, end }), mention, resolution)
        };
        let citations: Vec<CitationView> = found.iter().map(citation).collect();
        let links: Vec<Link> = found.iter().zip(&citations).map(|((_, r), view)| link(r, view)).collect();
        let (id, label) = id.unzip();
        let total = citations.len() as u64;
        CitationsView { id, label, citations, total, left_off: 0, html: annotate::html(text, &links) }
    }

    fn citation(&self, (text, span): (&str, Range), mention: &Mention, resolution: &Resolution) -> CitationView {
        let known: Vec<&Known> =
            resolution.instruments.iter().filter_map(|id| self.links.names.all().get(self.links.place(id)?)).collect();
        let version = resolution.version.as_deref().and_then(|id| self.version(id));
        CitationView {
            span,
            text: text.to_string(),
            form: form(&mention.target),
            role: mention.role,
            outcome: resolution.outcome,
            reason: resolution.reason,
            message: self
                .unheld_cited(mention, resolution)
                .or_else(|| message(resolution, version.as_ref(), self.reader.as_of))
                .or_else(|| self.changed_since_order(mention, resolution)),
            normal: known.first().filter(|_| known.len() == 1).map(|known| self.formal(known, mention, resolution)),
            instruments: known.iter().filter_map(|known| self.head(&known.id)).collect(),
            place: mention.place.and_then(|place| written(&place)),
            provisions: provision_refs(resolution),
            quotation: None,
            version,
        }
    }

    /// What became of something cited that is not held, where that is known.
    fn unheld_cited(&self, mention: &Mention, resolution: &Resolution) -> Option<String> {
        let title = self.links.unheld.title_of(&mention.target)?;
        (resolution.reason == Some(Reason::NotInCorpus))
            .then(|| self.links.unheld_message(title, self.reader.as_of))
            .flatten()
    }

    /// Says of an article cited by the order that first promulgated its regulation that the text was changed since:
    /// 《…条例》（1998年国务院令第253号）第二十八条.
    fn changed_since_order(&self, mention: &Mention, resolution: &Resolution) -> Option<String> {
        let number = match &mention.target {
            Target::Numbered(words) => words,
            _ => mention.beside.as_ref()?.number.as_ref()?,
        };
        let (_, version) = self.known_version(resolution.version.as_ref().filter(|_| mention.place.is_some())?).ok()?;
        let key = citation::names::number_key(number);
        let amended = version.made.is_some_and(|made| version.dated.is_some_and(|day| made < day));
        let is_first = amended && version.numbers.contains(&key) && !version.changed_by.contains(&key);
        let changed = version.dated.filter(|_| is_first && number.contains('令'))?;
        Some(format!("文号是原来发布的令，所示为{changed}修改后的文本"))
    }

    /// 《行政处罚法》（2021年修订）第三十三条第一款.
    fn formal(&self, known: &Known, mention: &Mention, resolution: &Resolution) -> String {
        let version = resolution.version.as_deref().and_then(|id| {
            let group = &self.links.groups[self.links.place(&known.id)?];
            group.versions.iter().find(|version| version.id == id)
        });
        let place = mention.place.filter(|p| p.base == citation::Base::Instrument && p.at.article.is_some());
        let counted = || match resolution.places.as_slice() {
            [] => String::new(),
            [first, .., last] => citation::formal::range(&label_of(first), &label_of(last)),
            [only] => label_of(only),
        };
        let label = place.map_or_else(counted, |place| {
            let first = place.at.label();
            place.to.map_or(first.clone(), |to| citation::formal::range(&first, &to.label()))
        });
        citation::formal::formal(&known.title, version.and_then(|version| version.changed), &label)
    }

    pub(super) fn head(&self, id: &str) -> Option<InstrumentHead> {
        self.links.place(id).map(|place| search::instrument(&self.links.groups[place].head))
    }

    pub(super) fn version(&self, id: &str) -> Option<VersionView> {
        let group = &self.links.groups[self.links.place(id.split('@').next()?)?];
        let version = group.versions.iter().find(|version| version.id == id)?;
        version_view(group, version, self.reader.as_of)
    }

    /// What an instrument, a version, a case or one provision cites.
    pub fn cites(&self, id: &str) -> Result<Found<CitesPage>, AppError> {
        let (version_id, key) = identity::split_provision_id(id).map_or((id, None), |(id, key)| (id, Some(key)));
        let (canonical, text) = match self.reader.text(version_id)? {
            Found::Here(found) => found,
            Found::Moved(to) => {
                return Ok(Found::Moved(key.map_or(to.clone(), |key| format!("{to}/{key}"))));
            }
        };
        let group = text.group().to_string();
        let place = self.links.place(canonical.split('@').next().unwrap_or(&group));
        let head = place.map(|at| &self.links.groups[at]).ok_or_else(|| AppError::not_found(id))?;
        let version = head.versions.iter().find(|version| version.id == canonical);
        let wanted = key.map(|key| key.split('/').next().unwrap_or(key));
        if let Some(key) = wanted
            && !text.structure.provisions().any(|(provision, _)| provision.key == key)
        {
            return Err(AppError::not_found(id));
        }
        let mut items: Vec<CitationsView> = self
            .annotated(&text, &head.head.id, &canonical, version)
            .into_iter()
            .filter(|item| !item.citations.is_empty())
            .filter(|item| wanted.is_none_or(|key| item.id.as_deref() == Some(&format!("{canonical}/{key}"))))
            .collect();
        if let Some(version) = version {
            let citations = items.iter_mut().flat_map(|item| &mut item.citations);
            citations.for_each(|citation| self.hedge(citation, &head.head.id, version));
        }
        let mut outcomes = BTreeMap::new();
        for citation in items.iter().flat_map(|item| &item.citations) {
            *outcomes.entry(outcome_name(citation.outcome)).or_default() += 1;
        }
        let relations = version.map(|version| self.relations(version, wanted)).unwrap_or_default();
        Ok(Found::Here(CitesPage {
            instrument: search::instrument(&head.head),
            version: version.and_then(|version| version_view(head, version, self.reader.as_of)),
            items,
            relations,
            assumed: version.and_then(super::links::Version::read_on_assumed),
            outcomes,
            sample: self.reader.sample,
        }))
    }

    /// Says of a citation of another instrument that its number may be an old one.
    fn hedge(&self, citation: &mut CitationView, own: &str, citing: &super::links::Version) {
        let cited = citation.provisions.first().and_then(|first| first.id.split('/').next());
        let cited = cited.filter(|cited| citation.outcome == Outcome::Resolved && !cited.starts_with(own));
        if let Some(hedge) = cited.and_then(|cited| self.links.may_be_old_number(citing, cited)) {
            citation.message = Some(citation.message.take().map_or(hedge.clone(), |said| format!("{said}；{hedge}")));
        }
    }

    fn relations(&self, version: &super::links::Version, key: Option<&str>) -> Vec<RelationView> {
        let stated = version.relations.iter().filter(|stated| key.is_none_or(|key| stated.provision == key));
        let view = |stated: &stored::Stated| RelationView {
            relation: stated.kind.clone(),
            title: stated.title.clone(),
            instruments: self
                .links
                .names
                .titled(&stated.title)
                .iter()
                .filter_map(|known| self.head(&known.id))
                .collect(),
            provision: Some(format!("{}/{}", version.id, stated.provision)).filter(|_| !stated.provision.is_empty()),
            quote: stated.quote.clone(),
        };
        stated.map(view).collect()
    }

    /// Every provision of a text with its citations, its own ones included.
    fn annotated(
        &self,
        text: &Text,
        group: &str,
        id: &str,
        version: Option<&super::links::Version>,
    ) -> Vec<CitationsView> {
        let document = &text.put.document;
        let body = document.text.as_str();
        let spans = stored::provisions(&text.structure, body);
        let provisions: Vec<&Provision> = text.structure.provisions().map(|(provision, _)| provision).collect();
        let shape = Shape::of(&text.structure, body);
        let mut found: Vec<Vec<(Mention, Resolution)>> = vec![Vec::new(); provisions.len()];
        for (at, mention) in stored::mentions(document.kind, &document.title, body, &spans) {
            let (Some(provision), Some((key, span))) = (provisions.get(at), spans.get(at)) else { continue };
            let here = Here {
                group,
                version: id,
                shape: Some(&shape),
                provision: key,
                part: part_at(provision, mention.span.start),
                region: document.region.as_deref(),
                issuer: document.issuer.as_deref(),
                on: version.and_then(super::links::Version::read_on),
                dated: version.and_then(|version| version.dated),
                access: self.asker().access,
            };
            let Some((mention, mut resolution)) = self.cited(body, &mention, &here) else { continue };
            resolution.span = resolution.span.start - span.start..resolution.span.end - span.start;
            found[at].push((mention, resolution));
        }
        let views = found.into_iter().enumerate().map(|(at, found)| {
            let (key, span) = &spans[at];
            let id = identity::provision_id(id, key).0;
            self.view(Some((id, provisions[at].label.clone())), body.get(span.clone()).unwrap_or_default(), found)
        });
        views.collect()
    }
}

/// The part of a provision in which a byte of the text stands.
pub(super) fn part_at(provision: &Provision, at: usize) -> &str {
    let holding = provision.parts.iter().rev().find(|part| part.span.contains(&at));
    holding.map_or("", |part| part.key.as_str())
}

fn form(target: &Target) -> &'static str {
    match target {
        Target::Titled(_) => "title",
        Target::Named(_) => "name",
        Target::Numbered(_) => "number",
        Target::Own | Target::Nameless => "own",
    }
}

fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Resolved => "resolved",
        Outcome::Ambiguous => "ambiguous",
        Outcome::Unknown => "unknown",
    }
}

/// The place as written, as a key.
fn written(place: &citation::Place) -> Option<String> {
    let key = |at: &citation::Locator| {
        let article = at.article_key()?;
        let part = at.part_key();
        Some(if part.is_empty() { article } else { format!("{article}/{part}") })
    };
    let first = key(&place.at).filter(|_| place.base == citation::Base::Instrument)?;
    Some(place.to.as_ref().and_then(key).map_or(first.clone(), |last| format!("{first}..{last}")))
}

/// What should be known of a citation beside where it leads.
fn message(resolution: &Resolution, version: Option<&VersionView>, on: Date) -> Option<String> {
    if let Some(reason) = resolution.reason {
        return Some(reason.chinese().to_string());
    }
    let version = version?;
    let status = (version.status != ValidityStatus::InForce && !resolution.instruments.is_empty())
        .then(|| format!("所引文本{}", version.status.chinese()));
    let said = status.into_iter().chain(version.assumed.clone()).chain(version.begins_in_doubt(on));
    let mut said: Vec<String> = said.collect();
    said.dedup();
    (!said.is_empty()).then(|| said.join("；"))
}

pub fn provision_refs(resolution: &Resolution) -> Vec<ProvisionRef> {
    let Some(version) = &resolution.version else { return Vec::new() };
    let places = resolution.places.iter();
    places.map(|key| ProvisionRef { id: format!("{version}/{key}"), label: label_of(key) }).collect()
}

/// `a10-1/p2/s3` → 第十条之一第二款第三项; other keys as they are.
pub fn label_of(key: &str) -> String {
    let chinese = |text: &str| text.parse().map(crate::text::numerals::chinese).unwrap_or_else(|_| text.to_string());
    let mut label = String::new();
    for part in key.split('/') {
        // Of several articles of one number the later ones are told apart: a6~4.
        let part = part.split('~').next().unwrap_or(part);
        let Some((unit, number)) = part.split_at_checked(1) else { continue };
        match unit {
            "a" => {
                let (number, insertion) = number.split_once('-').map_or((number, None), |(n, i)| (n, Some(i)));
                label += &format!("第{}条", chinese(number));
                label += &insertion.map(|i| format!("之{}", chinese(i))).unwrap_or_default();
            }
            "p" if number.parse::<u32>().is_ok() => label += &format!("第{}款", chinese(number)),
            "s" if number.parse::<u32>().is_ok() => label += &format!("第{}项", chinese(number)),
            "i" => label += &format!("第{}目", chinese(number)),
            // 五、35.: what people call it by.
            "n" => label += &number.split('.').map(chinese).collect::<Vec<_>>().join("、"),
            _ => label += part,
        }
    }
    label
}

fn link(resolution: &Resolution, view: &CitationView) -> Link {
    let href = view.provisions.first().map(|provision| format!("/p/{}", provision.id)).or_else(|| {
        let id = resolution.version.clone().or_else(|| resolution.instruments.first().cloned());
        id.filter(|_| resolution.instruments.len() == 1).map(|id| format!("/i/{id}"))
    });
    let title = match (&view.normal, &view.message) {
        (Some(normal), Some(message)) => format!("{normal}：{message}"),
        (Some(normal), None) => normal.clone(),
        (None, Some(message)) => message.clone(),
        (None, None) => view.text.clone(),
    };
    Link { span: resolution.span.clone(), href, title, outcome: outcome_name(resolution.outcome) }
}

/// A version as faces show it.
pub fn version_view(group: &Group, version: &super::links::Version, on: Date) -> Option<VersionView> {
    let head = VersionHead {
        key: version.key.clone(),
        id: version.id.clone(),
        interval: version.interval,
        dated: version.dated,
        origins: Vec::new(),
    };
    // The first day that a source states of a change is often only the day of the decision.
    let of_change = version.changed.map(|(day, _)| day).filter(|day| version.interval.effective_from == Some(*day));
    let doubt = of_change.filter(|_| version.stated).and_then(|day| begins_in_doubt(day, on));
    let assumed = version.assumed.clone().or(doubt);
    search::version(&group.head, &head, on).map(|view| VersionView { assumed, ..view })
}
