//! What the corpus says of the citations of a draft: the answers to [`Question::Citations`](crate::review::Question).

use super::near::Near;
use super::superior;
use crate::app::citations::Graph;
use crate::app::error::{AppError, ErrorCode};
use crate::app::impact::Fates;
use crate::app::links::{Group, Version, stored};
use crate::citation::names::number_key;
use crate::citation::relations::{self, RelationKind};
use crate::citation::{self, Here, Known, Mention, Outcome, Reason, Resolution, Role, Shape, VersionNote, typed};
use crate::law::{Kind, ValidityStatus};
use crate::review::cited::{Before, Cited, Ended, Held, Misnumbered, Missing, Noted, PlaceCited, Target, Unheld};
use crate::review::theme::Theme;
use crate::review::{Draft, Evidence};
use jiff::civil::Date;
use std::collections::HashMap;
use std::ops::Range;

/// Bytes between a title and the number that belongs to it.
const BESIDE_BYTES_MAX: usize = 6;

/// A citation of a draft on its way through the corpus.
struct Asked<'a> {
    mention: &'a Mention,
    /// On the day of the review.
    today: Resolution,
    /// On the day of the draft, where that is another one.
    then: Option<Resolution>,
}

/// Looks the citations of one draft up.
pub struct Citations<'a, 'g> {
    graph: &'a Graph<'g>,
    draft: &'a Draft,
    /// Titles that are nearly those of the corpus.
    near: Near,
    /// What became of the provisions of one version in another, as far as it was asked.
    fates: HashMap<(String, String), Fates>,
}

impl<'a, 'g> Citations<'a, 'g> {
    pub fn new(graph: &'a Graph<'g>, draft: &'a Draft) -> Citations<'a, 'g> {
        Citations { graph, draft, near: Near::of(&graph.links.names), fates: HashMap::new() }
    }

    fn today(&self) -> Date {
        self.graph.reader.as_of
    }

    /// The citations of the draft, in order.
    pub fn all(&mut self) -> Result<Vec<Cited>, AppError> {
        let draft = self.draft;
        let body = draft.text.as_str();
        let spans = stored::provisions(&draft.structure, body);
        let shape = Shape::of(&draft.structure, body);
        let provisions: Vec<&crate::law::Provision> =
            draft.structure.provisions().map(|(provision, _)| provision).collect();
        let title = draft.head.title.as_deref().unwrap_or_default();
        let mut all: Vec<Cited> = Vec::new();
        let mentions = stored::mentions(Kind::Normative, title, body, &spans);
        let acted_on = acted_on(title, body, &mentions);
        for (at, mention) in mentions {
            let (Some(provision), Some((key, _))) = (provisions.get(at), spans.get(at)) else { continue };
            let here = Here {
                shape: Some(&shape),
                provision: key,
                part: crate::app::citations::part_at(provision, mention.span.start),
                region: draft.region.as_deref(),
                issuer: draft.head.issuer.as_deref(),
                on: Some(self.today()),
                dated: draft.day(),
                access: self.graph.asker().access,
                ..Here::default()
            };
            let names = &self.graph.links.names;
            let Some(today) = citation::resolve(&mention, names, &here) else { continue };
            let earlier = draft.day().filter(|day| *day < self.today());
            let then =
                earlier.and_then(|on| citation::resolve(&mention, names, &Here { on: Some(on), ..here.clone() }));
            let span = citation::narrow(body, &mention, names);
            let target = self.target(&Asked { mention: &mention, today, then })?;
            if is_number_of(all.last(), &span, &mention, &target) {
                continue;
            }
            // What a decision amends, repeals or extends is not cited as law.
            let role = match &mention.target {
                _ if mention.change.is_some() => Role::Amendment,
                citation::Target::Titled(key) if acted_on.contains_key(key) => acted_on[key],
                _ => mention.role,
            };
            all.push(Cited { span, role, target });
        }
        Ok(all)
    }

    fn target(&mut self, asked: &Asked<'_>) -> Result<Target, AppError> {
        if asked.mention.target == citation::Target::Own {
            let has_articles = self.draft.structure.article_count() > 0;
            return Ok(Target::Own(asked.today.reason.filter(|_| has_articles)));
        }
        match (asked.today.instruments.as_slice(), asked.today.reason) {
            ([], Some(Reason::NotInCorpus)) => Ok(self.unheld(asked.mention)),
            ([only], _) => {
                let links = self.graph.links;
                let known = links.place(only).and_then(|at| Some((links.names.all().get(at)?, &links.groups[at])));
                match known.filter(|(known, _)| known.kind != Kind::Case) {
                    Some((known, group)) => Ok(Target::Held(Box::new(self.held(asked, known, group)?))),
                    None => Ok(Target::Untold),
                }
            }
            _ => Ok(Target::Untold),
        }
    }

    fn unheld(&self, mention: &Mention) -> Target {
        let (title, bracketed) = match &mention.target {
            citation::Target::Titled(title) => (title.clone(), true),
            citation::Target::Numbered(number) => (number.clone(), false),
            _ => return Target::Untold,
        };
        let known = self.graph.links.unheld_message(&title, self.today());
        let old = || {
            let new = typed::replaced_by(&title)?;
            let over = typed::replaced_on(&title).is_none_or(|day| day <= self.today());
            over.then(|| format!("库中没有《{title}》的文本，它已由《{new}》取代"))
        };
        // 库中没有它的文本 alone says nothing of what became of it.
        let replaced = known.filter(|told| told.contains('，')).or_else(old);
        let near = if bracketed { self.near.to(&title) } else { None };
        let number = mention.beside.as_ref().and_then(|beside| beside.number.clone());
        Target::Unheld(Unheld { title, bracketed, replaced, near, number })
    }

    fn held(&mut self, asked: &Asked<'_>, known: &Known, group: &Group) -> Result<Held, AppError> {
        let on = self.today();
        let status_of = |version: &Version| version.interval.status(on);
        let current = group.versions.iter().find(|version| status_of(version) == ValidityStatus::InForce);
        let status = current.or(group.versions.first()).map(status_of);
        let ended = match (current, group.versions.first().map(status_of)) {
            (None, Some(ValidityStatus::Repealed | ValidityStatus::Expired)) => ended(self.graph, group)?,
            _ => None,
        };
        let mut held = Held {
            title: known.title.clone(),
            status,
            begins: self.begins(known, group),
            ended,
            noted: current.and_then(|current| noted(asked, known, current)),
            number: wrong_number(asked.mention, known, current)
                .filter(|_| replaced_number(asked.mention, known).is_none()),
            places: Vec::new(),
            missing: None,
        };
        if asked.mention.place.is_some() {
            self.places(asked, group, current, &mut held)?;
        }
        Ok(held)
    }

    /// The first day of what had not begun on the day of the draft. Of what was amended before its first text that is held nobody
    /// knows when it began.
    fn begins(&self, known: &Known, group: &Group) -> Option<Date> {
        known.versions.last().filter(|first| first.original)?;
        let day = self.draft.day().unwrap_or(self.today());
        let waits = |version: &Version| version.interval.status(day) == ValidityStatus::NotYetEffective;
        let first = group.versions.iter().filter_map(|version| version.interval.effective_from).min();
        // Before it was made known nobody could cite it: an older text of that title is meant, or what was only planned.
        let unknown = known.versions.last().and_then(|first| first.dated).is_some_and(|dated| dated > day);
        first.filter(|_| !unknown && !group.versions.is_empty() && group.versions.iter().all(waits))
    }

    fn places(
        &mut self,
        asked: &Asked<'_>,
        group: &Group,
        current: Option<&Version>,
        held: &mut Held,
    ) -> Result<(), AppError> {
        let Some(current) = current else { return Ok(()) };
        // A draft older than the last change means the text of its day.
        if let Some(then) = asked.then.as_ref().filter(|then| then.outcome == Outcome::Resolved)
            && let Some(old) = then.version.as_ref().filter(|old| **old != current.id)
        {
            for key in &then.places {
                let place = self.place_of_then(&held.title, (old, key), (group, current))?;
                held.places.extend(place);
            }
            return Ok(());
        }
        if let Some(reason) = asked.today.reason {
            held.missing = self.missing(asked, reason, current, &held.title)?;
            return Ok(());
        }
        let older = group.versions.iter().skip_while(|version| version.id != current.id).nth(1);
        for key in &asked.today.places {
            let Some(now) = evidence(self.graph, &held.title, &current.id, key)? else { continue };
            let label = crate::app::citations::label_of(key);
            let before = match older {
                Some(older) => self.before(&held.title, (&older.id, key), current)?,
                None => None,
            };
            let nearest = self.nearest(asked, group, key, &now)?;
            held.places.push(PlaceCited { label, now, before, older_draft: false, nearest });
        }
        Ok(())
    }

    /// The provision of the same instrument that has the words around a citation, where the one cited has few of them.
    fn nearest(
        &self,
        asked: &Asked<'_>,
        group: &Group,
        key: &str,
        now: &Evidence,
    ) -> Result<Option<Evidence>, AppError> {
        let sentence = self.draft.sentence_at(asked.mention.span.start);
        let theme = Theme::around(sentence);
        if !theme.may_be_elsewhere(&now.text) {
            return Ok(None);
        }
        let own = key.split('/').next().unwrap_or(key);
        let label = crate::app::citations::label_of(own);
        let found = superior::within(self.graph, &group.head.id, sentence)?;
        let others = found.into_iter().filter(|evidence| evidence.article != label);
        // Of equal ones the first, which the search has found nearest.
        let nearest = others
            .map(|evidence| (theme.share_in(&evidence.text), evidence))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        Ok(nearest.map(|(_, evidence)| evidence))
    }

    /// A place that an older draft cites, if it is not where it was.
    fn place_of_then(
        &mut self,
        title: &str,
        (old, key): (&str, &str),
        (_, current): (&Group, &Version),
    ) -> Result<Option<PlaceCited>, AppError> {
        let label = crate::app::citations::label_of(key);
        let before = self.before(title, (old, key), current)?;
        let now = evidence(self.graph, title, &current.id, key)?;
        let now = now.or_else(|| before.as_ref().map(|before| before.text.clone()));
        let older_draft = before.is_some();
        Ok(now.map(|now| PlaceCited { label, now, before, older_draft, nearest: None }))
    }

    /// What stood under a number before the current text, if it is elsewhere now.
    fn before(&mut self, title: &str, (old, key): (&str, &str), current: &Version) -> Result<Option<Before>, AppError> {
        let Some(text) = evidence(self.graph, title, old, key)? else { return Ok(None) };
        let pair = (old.to_string(), current.id.clone());
        if !self.fates.contains_key(&pair) {
            let fates = self.graph.fates(old, &current.id)?;
            self.fates.insert(pair.clone(), fates);
        }
        let Some(moved) = self.fates[&pair].moved_from(key) else { return Ok(None) };
        let moved_to = match &moved.to {
            Some(to) => evidence(self.graph, title, &current.id, to)?,
            None => None,
        };
        let changed_on = current.interval.effective_from.or(current.dated);
        Ok(Some(Before { text, moved_to, altered: moved.altered, changed_on }))
    }

    fn missing(
        &self,
        asked: &Asked<'_>,
        reason: Reason,
        current: &Version,
        title: &str,
    ) -> Result<Option<Missing>, AppError> {
        let Some(place) = asked.mention.place else { return Ok(None) };
        let shape = self.graph.links.names.by_id(current.id.split('@').next().unwrap_or_default());
        let shape = shape.and_then(|known| known.versions.iter().find(|version| version.id == current.id));
        let articles = shape.map_or(0, |version| version.shape.articles());
        let article = match place.at.article_key().filter(|_| reason == Reason::NoSuchPart) {
            Some(key) => evidence(self.graph, title, &current.id, &key)?,
            None => None,
        };
        let unheld = asked.then.as_ref().is_some_and(|then| then.version.is_none());
        let later = current.interval.effective_from.or(current.dated).filter(|_| unheld);
        Ok(Some(Missing { reason, label: place.at.label(), articles, article, later }))
    }
}

/// How an instrument ended, with the sentence that says so.
pub(super) fn ended(graph: &Graph<'_>, group: &Group) -> Result<Option<Ended>, AppError> {
    let card = graph.reader.card(&group.head.id)?;
    let Some(last) = card.versions.first() else { return Ok(None) };
    let place = graph.links.place(&group.head.id);
    let (mut by, mut shown) = (None, None);
    if let (Some(place), Some(proof)) = (place, &last.proofs.to) {
        let successor = graph.successor(place, proof).map(|found| found.instrument.title);
        by = successor.or_else(|| graph.repealed_by(place, proof).map(|head| head.title));
        let document = proof.document.clone().unwrap_or_default();
        shown = (!proof.quote.is_empty()).then(|| Evidence {
            title: by.clone().unwrap_or_else(|| group.head.title.clone()),
            version: document.split('/').next().unwrap_or_default().to_string(),
            article: document.split_once('/').map(|(_, key)| crate::app::citations::label_of(key)).unwrap_or_default(),
            text: proof.quote.clone(),
        });
    }
    Ok(Some(Ended { on: last.interval.ended_on, is_latest: last.interval.end_is_latest, by, proof: shown }))
}

/// A provision as it is shown beside a finding; `None` if that version has none.
pub(super) fn evidence(graph: &Graph<'_>, title: &str, version: &str, key: &str) -> Result<Option<Evidence>, AppError> {
    let article = key.split('/').next().unwrap_or(key);
    match graph.reader.provision_text(version, article) {
        Ok((_, text)) => Ok(Some(Evidence {
            title: title.to_string(),
            version: version.split_once('@').map_or(String::new(), |(_, key)| key.to_string()),
            article: crate::app::citations::label_of(key),
            text,
        })),
        Err(error) if error.code == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The titles that the draft declares repealed, or whose validity it extends, also in a list below the words that say so.
fn acted_on(title: &str, body: &str, mentions: &[(usize, Mention)]) -> HashMap<String, Role> {
    let mentions: Vec<Mention> = mentions.iter().map(|(_, mention)| mention.clone()).collect();
    let stated = relations::relations(title, body, &mentions).into_iter();
    let role = |kind| match kind {
        RelationKind::Repeals => Some(Role::Repeal),
        RelationKind::Extends => Some(Role::Amendment),
        RelationKind::Implements | RelationKind::Amends => None,
    };
    stated.filter_map(|relation| Some((relation.title, role(relation.kind)?))).collect()
}

/// Whether a mention is the number beside the title before it: 《…》（云政发〔2019〕3号) is cited once.
fn is_number_of(before: Option<&Cited>, span: &Range<usize>, mention: &Mention, target: &Target) -> bool {
    let Some(before) = before.filter(|_| matches!(mention.target, citation::Target::Numbered(_))) else { return false };
    let beside = span.start >= before.span.end && span.start - before.span.end <= BESIDE_BYTES_MAX;
    match (&before.target, target) {
        (Target::Held(title), Target::Held(number)) => beside && title.title == number.title,
        _ => false,
    }
}

/// A version that is named and is not the one in force.
fn noted(asked: &Asked<'_>, known: &Known, current: &Version) -> Option<Noted> {
    let day = current.changed.map(|(day, _)| day).or(current.dated)?;
    if let Some(number) = replaced_number(asked.mention, known) {
        return Some(Noted { said: number, current: day.to_string() });
    }
    let year = match asked.mention.note? {
        VersionNote::Year(year) | VersionNote::InYear(year) => i16::try_from(year).ok()?,
        _ => return None,
    };
    let other = match (&asked.today.version, asked.today.reason) {
        (Some(version), _) => *version != current.id,
        (None, Some(Reason::NoVersionOfThatDay)) => current.dated.is_some_and(|dated| dated.year() > year),
        _ => false,
    };
    other.then(|| Noted { said: format!("{year}年"), current: day.to_string() })
}

/// The number beside a title, if a text of the instrument repeals by name what bore it.
fn replaced_number(mention: &Mention, known: &Known) -> Option<String> {
    let written = mention.beside.as_ref()?.number.clone()?;
    known.versions.iter().any(|version| version.replaced.contains(&written)).then(|| display(&written))
}

/// A number beside a title that is none of its numbers, and its own.
fn wrong_number(mention: &Mention, known: &Known, current: Option<&Version>) -> Option<Misnumbered> {
    let written = mention.beside.as_ref()?.number.as_deref()?;
    if !matches!(mention.target, citation::Target::Titled(_) | citation::Target::Named(_)) {
        return None;
    }
    let of_current = current.and_then(|current| known.versions.iter().find(|version| version.id == current.id));
    let texts = of_current.into_iter().chain(&known.versions);
    let own: Vec<&String> = texts.flat_map(|version| &version.numbers).chain(&known.numbers).collect();
    let changed_by: Vec<&String> = known.versions.iter().flat_map(|version| &version.changed_by).collect();
    let plain = |number: &str| -> String { number.chars().map(bracket).filter(|c| !c.is_whitespace()).collect() };
    let is_order = written.contains('令');
    let same =
        |number: &&&String| if is_order { is_one_order(number, written) } else { plain(number) == plain(written) };
    let first = own.first().filter(|_| own.iter().chain(&changed_by).find(same).is_none())?;
    // 国办发〔2018〕第037号 is the same number, written wrongly.
    let right = own.iter().find(|number| number_key(number) == number_key(written)).unwrap_or(first);
    // An order and a document have numbers of different kinds: both may be its own.
    let is_changed = of_current.is_some_and(|version| !version.original);
    (is_order == right.contains('令')).then(|| Misnumbered {
        written: display(written),
        right: display(right),
        may_have_changed_it: is_order && is_changed && changed_by.is_empty(),
    })
}

/// Whether two numbers are of one order: 中华人民共和国国务院令第427号 and 国务院令427号, 国家市场监督管理总局令第22号 and
/// 市场监管总局令第22号. A document's number has one form.
fn is_one_order(one: &str, other: &str) -> bool {
    let key = |number: &str| number_key(number).replace("中华人民共和国", "");
    let (one, other) = (key(one), key(other));
    let (Some((organ, number)), Some((other_organ, other_number))) = (one.split_once('令'), other.split_once('令'))
    else {
        return one == other;
    };
    // The characters of the short name in their order.
    let shortens = |short: &str, long: &str| {
        let mut rest = long.chars();
        short.chars().nth(1).is_some() && short.chars().all(|c| rest.any(|other| other == c))
    };
    number == other_number && (organ == other_organ || shortens(organ, other_organ) || shortens(other_organ, organ))
}

fn bracket(c: char) -> char {
    match c {
        '[' | '［' | '(' | '（' | '【' | '﹝' | '〖' => '〔',
        ']' | '］' | ')' | '）' | '】' | '﹞' | '〗' => '〕',
        c => c,
    }
}

fn display(number: &str) -> String {
    number.chars().map(bracket).collect()
}
