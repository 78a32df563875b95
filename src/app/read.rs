//! The reading journey: an instrument on a day, a provision, a record as received. Text comes from the journal, verbatim.

use super::card::{Card, CardRecord, CardVersion, WithdrawnText, opening_key};
use super::corrections::Revised;
use super::error::{AppError, ErrorCode};
use super::faju::{Asker, Found};
use super::group::{self, Text, heading_text};
use super::matching::TEXT_POINTS_MAX;
use super::projector::group_of;
use super::search;
use super::shelf::{self, Shelf};
use super::view::relations::bracketed;
use super::view::{
    BlockView, CorrectionShown, DocumentRef, DocumentView, InstrumentHead, PartView, ProvisionView, ReadingView,
    RecordView, Shown, VersionView,
};
use crate::corpus::record::Redact;
use crate::corpus::{Put, Record};
use crate::index::{Engine, GroupHead};
use crate::law::versions::MAY_BE_OVER;
use crate::law::{Access, BlockKind, EndedBy, EventKind, Kind, Provision, ValidityStatus, identity};
use crate::text::points::Counter;
use jiff::civil::Date;
use std::ops::Range;

/// What is read from: an opened data directory.
pub struct Reader<'a> {
    /// Records.
    pub shelf: &'a Shelf,
    /// Cards.
    pub engine: &'a dyn Engine,
    /// Name of this node.
    pub node: &'a str,
    /// Whether this is the sample.
    pub sample: bool,
    /// Who asks.
    pub asker: &'a Asker,
    /// The day asked.
    pub as_of: Date,
}

/// A version and a text of it that the asker may read.
pub(super) struct Opened {
    pub(super) card: Card,
    pub(super) version: CardVersion,
    pub(super) text: Text,
    /// What persons corrected in it.
    pub(super) corrections: Vec<CorrectionShown>,
}

impl Reader<'_> {
    pub(super) fn sees(&self, access: Access) -> bool {
        access <= self.asker.access
    }

    /// The card that an id leads to, with only what the asker may see.
    pub fn card(&self, id: &str) -> Result<Card, AppError> {
        for text in self.engine.cards(id)? {
            let card = shelf::card(&text)?;
            let (group, withdrawn) = (card.group.clone(), card.withdrawn.clone());
            let redacted = card.redacted.clone();
            let seen = card.seen_by(self.asker.scope());
            let named = |gone: &WithdrawnText| gone.id == id || seen.is_none() && group == id;
            let stands = seen.as_ref().is_some_and(|card| card.version(id).is_some());
            let erased = |act: &Redact| {
                let named = act.id.as_str() == id || seen.is_none() && group == id;
                named && self.sees(act.access.unwrap_or(Access::Restricted))
            };
            if !stands && redacted.iter().any(erased) {
                return Err(AppError::new(ErrorCode::Gone, format!("“{id}”已删去，不再提供")));
            }
            if !stands && withdrawn.iter().any(|gone| named(gone) && self.sees(gone.access)) {
                return Err(AppError::new(ErrorCode::Gone, format!("“{id}”已撤回，不再提供")));
            }
            if let Some(card) = seen.filter(|card| card.is_called(id)) {
                return Ok(card);
            }
        }
        Err(AppError::not_found(id))
    }

    pub(super) fn open(&self, card: Card, at: usize) -> Result<Opened, AppError> {
        let version = card.versions.get(at).cloned().ok_or_else(|| AppError::not_found(&card.group))?;
        let record = version.records.first().ok_or_else(|| AppError::not_found(&version.id))?;
        let acts = self.shelf.read_all(&card.acts)?;
        let revised = Revised::of(self.put(record)?, &acts, self.node);
        let text = Text::revised(Some(record.place), revised.clone());
        let corrections = revised.seen(self.asker.access);
        Ok(Opened { card, version, text, corrections })
    }

    fn put(&self, record: &CardRecord) -> Result<Put, AppError> {
        match self.shelf.read(record.place)? {
            Record::Put(put) => Ok(*put),
            _ => Err(AppError::new(ErrorCode::Corrupt, "索引与记录不一致，请运行 faju rebuild")),
        }
    }

    /// An instrument on the day asked, one version of it, or a case.
    pub fn instrument(&self, id: &str) -> Result<Found<ReadingView>, AppError> {
        let card = self.card(id)?;
        if id.contains('@') {
            let at = card.versions.iter().position(|version| version.id == id);
            let Some(at) = at else {
                let version = card.version(id).ok_or_else(|| AppError::not_found(id))?;
                return Ok(Found::Moved(version.id.clone()));
            };
            let notice = self.in_doubt(&card, at);
            return Ok(Found::Here(self.reading(self.open(card, at)?, notice)?));
        }
        if id != card.group {
            return Ok(Found::Moved(card.group));
        }
        let (at, notice) = self.on_the_day(&card);
        Ok(Found::Here(self.reading(self.open(card, at)?, notice)?))
    }

    /// The version to show on the day asked, and a remark when none is known to be in force on it.
    pub(super) fn on_the_day(&self, card: &Card) -> (usize, Option<String>) {
        let status = |version: &CardVersion| version.interval.status(self.as_of);
        let find = |wanted: ValidityStatus| card.versions.iter().position(|version| status(version) == wanted);
        if card.versions.iter().all(|version| version.key == "-") {
            return (0, None);
        }
        if let Some(at) = find(ValidityStatus::InForce) {
            return (at, self.in_doubt(card, at));
        }
        if let Some(at) = find(ValidityStatus::Unknown) {
            return (at, Some(format!("这一文本在 {} 是否有效未知", self.as_of)));
        }
        let ended = card.versions.iter().position(|version| status(version) != ValidityStatus::NotYetEffective);
        if let Some(notice) = ended.and_then(|at| card.versions.get(at)).and_then(|version| self.lacking(card, version))
        {
            return (ended.unwrap_or_default(), Some(notice));
        }
        let (at, what) = match ended {
            Some(at) => (at, "已不再有效，所示为最后一个文本"),
            None => {
                let first = card.versions.len().saturating_sub(1);
                let changed = card.versions.get(first).is_some_and(CardVersion::is_changed);
                // The oldest text that is here is no first one: another was in force before it.
                (
                    first,
                    if changed {
                        "施行的文本库中没有，所示为其后的文本"
                    } else {
                        "尚未施行，所示为最早的文本"
                    },
                )
            }
        };
        (at, Some(format!("在 {} {what}", self.as_of)))
    }

    /// That a version may not have begun on the day asked, in Chinese.
    fn in_doubt(&self, card: &Card, at: usize) -> Option<String> {
        // What is the oldest text here may be the first one.
        let version = card.versions.get(at).filter(|version| version.is_changed())?;
        self.version(&card.head, version)?.begins_in_doubt(self.as_of)
    }

    /// That a version was changed and what the change made is not here, in Chinese.
    fn lacking(&self, card: &Card, version: &CardVersion) -> Option<String> {
        let (day, as_of) = (version.interval.ended_on?, self.as_of);
        if version.interval.ended_by != Some(EndedBy::Amendment) {
            return None;
        }
        let proof = version.proofs.to.as_ref();
        let decision = proof.and_then(|proof| proof.document.as_deref()).filter(|id| group_of(id) != card.group);
        let decision = decision.and_then(|id| self.card(group_of(id)).ok());
        let changed = match (decision, proof) {
            (Some(decision), _) => format!("为{}所修改", bracketed(&decision.head.title)),
            (None, Some(proof)) => format!("已被修改（{}）", proof.quote),
            (None, None) => "已被修改".to_string(),
        };
        Some(format!("这一文本自 {day} 起{changed}，{as_of} 施行的文本库中没有，所示为修改以前的文本"))
    }

    /// The text that an id leads to (an instrument on the day asked, a version, a case) with the id of its version.
    pub fn text(&self, id: &str) -> Result<Found<(String, Text)>, AppError> {
        let card = self.card(id)?;
        let at = if id.contains('@') {
            match card.versions.iter().position(|version| version.id == id) {
                Some(at) => at,
                None => {
                    let version = card.version(id).ok_or_else(|| AppError::not_found(id))?;
                    return Ok(Found::Moved(version.id.clone()));
                }
            }
        } else if id == card.group {
            self.on_the_day(&card).0
        } else {
            return Ok(Found::Moved(card.group));
        };
        let opened = self.open(card, at)?;
        Ok(Found::Here((opened.version.id, opened.text)))
    }

    /// What happened in a case: its sections of facts, else the whole of it as far as it can be compared.
    pub fn facts(&self, id: &str) -> Result<Found<(String, InstrumentHead)>, AppError> {
        let head = self.card(id)?.head;
        if head.kind != Kind::Case {
            let message = format!("{}不是案例；相似案例只能由案例或事实查找", head.title);
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "id", message));
        }
        let (_, text) = match self.text(id)? {
            Found::Here(found) => found,
            Found::Moved(to) => return Ok(Found::Moved(to)),
        };
        let body = &text.put.document.text;
        let sections = text.structure.provisions().filter(|(provision, _)| provision.key.starts_with("facts"));
        let facts: Vec<&str> = sections.filter_map(|(_, span)| body.get(span.clone())).collect();
        let whole = if facts.is_empty() { body.clone() } else { facts.join("\n") };
        Ok(Found::Here((whole.chars().take(TEXT_POINTS_MAX).collect(), search::instrument(&head))))
    }

    /// Label and text of a provision, as the index holds it.
    pub fn provision_text(&self, version: &str, key: &str) -> Result<(String, String), AppError> {
        self.provision_below(version, key).map(|(label, _, words)| (label, words))
    }

    /// The bytes of a 款项目 in the words of its provision, by the key below that (`p1/s3`).
    pub fn part_of(&self, version: &str, key: &str, part: &str) -> Result<Option<Range<usize>>, AppError> {
        let Found::Here((_, text)) = self.text(version)? else { return Err(AppError::not_found(version)) };
        let mut provisions = text.structure.provisions();
        let Some((provision, span)) = provisions.find(|(provision, _)| provision.key == key) else { return Ok(None) };
        let words = text.put.document.text.get(span.clone()).unwrap_or_default();
        let from = span.start + words.len() - words.trim_start().len();
        let own = provision.parts.iter().find(|own| own.key == part);
        Ok(own.map(|own| own.span.start.saturating_sub(from)..own.span.end.saturating_sub(from)))
    }

    /// The words of every provision of a version.
    pub fn provision_texts(&self, version: &str) -> Result<Vec<String>, AppError> {
        let Found::Here((_, text)) = self.text(version)? else { return Err(AppError::not_found(version)) };
        let body = &text.put.document.text;
        let words = |span: &Range<usize>| body.get(span.clone()).unwrap_or_default().trim().to_string();
        Ok(text.structure.provisions().map(|(_, span)| words(span)).collect())
    }

    /// The same with the words of the heading directly above it between both.
    pub fn provision_below(&self, version: &str, key: &str) -> Result<(String, Option<String>, String), AppError> {
        let Found::Here((_, text)) = self.text(version)? else { return Err(AppError::not_found(version)) };
        let mut provisions = text.structure.provisions();
        let (provision, span) =
            provisions.find(|(provision, _)| provision.key == key).ok_or_else(|| AppError::not_found(key))?;
        let words =
            |span: &Range<usize>| text.put.document.text.get(span.clone()).unwrap_or_default().trim().to_string();
        let above = provision.headings.last().and_then(|above| text.structure.blocks.get(*above));
        Ok((provision.label.clone(), above.map(|block| words(&block.span)), words(span)))
    }

    fn reading(&self, opened: Opened, notice: Option<String>) -> Result<ReadingView, AppError> {
        let head = opened.head();
        let Opened { card, version, text, corrections } = opened;
        let mut issues = group::issues(&text.structure);
        let notice = joined([notice, cut(&text), self.same_text(&card, &version)?, doubted(&version)]);
        issues.extend(version.remarks.iter().cloned());
        let documents = version.records.iter().enumerate().map(|(at, record)| DocumentRef {
            id: record.id.clone(),
            origin: record.origin.clone(),
            shown: at == 0,
            differing: record.differing,
        });
        Ok(ReadingView {
            instrument: search::instrument(&head),
            version: self.version(&head, &version),
            versions: card.versions.iter().filter_map(|version| self.version(&head, version)).collect(),
            as_of: self.as_of,
            known_to: self.engine.state()?.known_to,
            notice,
            history: text.put.document.history.clone(),
            events: version.events.clone(),
            blocks: blocks(&version.id, &text),
            issues,
            documents: documents.collect(),
            relations: self.relations(&card, &version.id, &text)?,
            corrections,
            sample: self.sample,
        })
    }

    /// That the same text is held under another title: one of them is not its own. Decisions on changes print the text that they
    /// change.
    fn same_text(&self, card: &Card, version: &CardVersion) -> Result<Option<String>, AppError> {
        let Some(opening) = &version.opening else { return Ok(None) };
        let title = |card: &Card| identity::namesake_title(&card.title);
        let is_change = |card: &Card| card.title.contains("修改") || card.title.contains("修正");
        for other in self.engine.cards(&opening_key(opening))? {
            let other = shelf::card(&other)?;
            let same = |version: &&CardVersion| version.opening.as_ref() == Some(opening) && self.sees(version.access);
            let strange = title(&other) != title(card) && ![&other, card].into_iter().any(is_change);
            if let Some(held) = other.versions.iter().find(same).filter(|_| strange && other.group != card.group) {
                let told = format!("同样的正文又以《{}》（{}）为题收在库中", other.head.title, held.id);
                return Ok(Some(format!("{told}，可能有一件的标题或正文有误，请核对原件")));
            }
        }
        Ok(None)
    }

    pub(super) fn version(&self, head: &GroupHead, version: &CardVersion) -> Option<VersionView> {
        let view = search::version(head, &version.head(), self.as_of)?;
        Some(VersionView { proof: Some(version.proofs.clone()), ..view })
    }

    /// One provision, or a part of it.
    pub fn provision(&self, id: &str) -> Result<Found<ProvisionView>, AppError> {
        let (version_id, key) = identity::split_provision_id(id).ok_or_else(|| AppError::not_found(id))?;
        let card = self.card(version_id)?;
        let at = match card.versions.iter().position(|version| version.id == version_id) {
            Some(at) => at,
            // An instrument id before the provision: its text on the day asked.
            None if version_id == card.group => self.on_the_day(&card).0,
            None => {
                let version = card.version(version_id).ok_or_else(|| AppError::not_found(id))?;
                return Ok(Found::Moved(format!("{}/{key}", version.id)));
            }
        };
        let (shown, notice) = self.on_the_day(&card);
        let opened = self.open(card, at)?;
        let strange = self.same_text(&opened.card, &opened.version)?;
        let notice = joined([notice.filter(|_| shown == at), cut(&opened.text), strange, doubted(&opened.version)]);
        let (own, part) = key.split_once('/').map_or((key, None), |(own, part)| (own, Some(part)));
        let mut provisions = opened.text.structure.provisions();
        let found = provisions.find(|(provision, _)| provision.key == own);
        let (provision, span) = found.ok_or_else(|| AppError::not_found(id))?;
        let Some((span, label, canonical)) = part_of(provision, span, part) else {
            return Err(AppError::not_found(id));
        };
        let canonical = format!("{}/{canonical}", opened.version.id);
        if canonical != id {
            return Ok(Found::Moved(canonical));
        }
        let body = &opened.text.put.document.text;
        let head = opened.head();
        let path = provision.headings.iter().filter_map(|at| opened.text.structure.blocks.get(*at));
        let changed = opened.version.last_change();
        let instrument = search::instrument(&head);
        Ok(Found::Here(ProvisionView {
            citation: citation(&instrument, changed, &label),
            id: canonical,
            instrument,
            version: self.version(&head, &opened.version),
            kind: provision.kind,
            label,
            path: path.map(|block| heading_text(body, block).to_string()).collect(),
            text: body.get(span).unwrap_or_default().trim().to_string(),
            as_of: self.as_of,
            known_to: self.engine.state()?.known_to,
            notice,
            sample: self.sample,
        }))
    }

    /// What was recorded of a version or a case, the text that is shown first.
    pub(super) fn puts(&self, id: &str) -> Result<Vec<Put>, AppError> {
        let card = self.card(id)?;
        let version = card.version(id).or(card.versions.first().filter(|_| id == card.group));
        let records = version.map(|version| version.records.as_slice()).unwrap_or_default();
        records.iter().map(|record| self.put(record)).collect()
    }

    /// The records as received under a document id.
    pub fn document(&self, id: &str) -> Result<Found<DocumentView>, AppError> {
        let card = self.card(id)?;
        let version = card.version(id).ok_or_else(|| AppError::not_found(id))?;
        if version.id != id && !version.records.iter().any(|record| record.id == id) {
            return Ok(Found::Moved(version.id.clone()));
        }
        let mut records = Vec::new();
        let acts = self.shelf.read_all(&card.acts)?;
        for record in &version.records {
            let put = self.put(record)?;
            records.push(RecordView {
                corrections: Revised::of(put.clone(), &acts, self.node).seen(self.asker.access),
                origin: put.origin,
                recorded_at: (!self.sample).then(|| put.at.to_string()),
                digest: put.digest,
                masked: put.masked,
                unmasked: put.unmasked,
                sources: put.sources,
                document: put.document,
            });
        }
        let instrument = (version.key != "-").then(|| card.group.clone());
        Ok(Found::Here(DocumentView { id: version.id.clone(), instrument, records, sample: self.sample }))
    }

    /// Whatever an id names.
    pub fn show(&self, id: &str) -> Result<Found<Shown>, AppError> {
        let is_provision = id.contains('/') && identity::split_provision_id(id).is_some();
        if is_provision {
            return Ok(match self.provision(id)? {
                Found::Here(view) => Found::Here(Shown::Provision(Box::new(view))),
                Found::Moved(to) => Found::Moved(to),
            });
        }
        Ok(match self.instrument(id)? {
            Found::Here(view) => Found::Here(Shown::Reading(Box::new(view))),
            Found::Moved(to) => Found::Moved(to),
        })
    }
}

impl Opened {
    /// The head of the text, completed by what is known of its instrument.
    pub(super) fn head(&self) -> GroupHead {
        completed(group::head(&self.card.group, &self.text), &self.card.head)
    }
}

/// The formal citation of a text that a change made, or of a place in it; of a case its title and number.
pub(super) fn citation(of: &InstrumentHead, changed: Option<(Date, EventKind)>, label: &str) -> String {
    match (of.kind, &of.document_number) {
        (Kind::Case, Some(number)) => format!("{}（{number}）", of.title),
        (Kind::Case, None) => of.title.clone(),
        _ => crate::citation::formal::formal(&of.title, changed, label),
    }
}

/// The head that a text states, completed by what is known of its instrument.
fn completed(mut head: GroupHead, known: &GroupHead) -> GroupHead {
    if head.level.is_none() && known.level.is_some() {
        (head.level, head.kind) = (known.level, known.kind);
    }
    head.issuer = head.issuer.or_else(|| known.issuer.clone());
    head.region = head.region.or_else(|| known.region.clone());
    head
}

fn blocks(version_id: &str, text: &Text) -> Vec<BlockView> {
    let body = &text.put.document.text;
    let view = |block: &crate::law::Block| match &block.kind {
        BlockKind::Heading(level) => BlockView::Heading { level: *level, text: heading_text(body, block).to_string() },
        BlockKind::Provision(provision) => {
            let span = trimmed(body, &block.span);
            BlockView::Provision {
                id: identity::provision_id(version_id, &provision.key).0,
                key: provision.key.clone(),
                kind: provision.kind,
                label: provision.label.clone(),
                text: body.get(span.clone()).unwrap_or_default().to_string(),
                parts: parts(body, &span, provision),
            }
        }
    };
    text.structure.blocks.iter().map(view).collect()
}

fn parts(body: &str, span: &Range<usize>, provision: &Provision) -> Vec<PartView> {
    let text = body.get(span.clone()).unwrap_or_default();
    let counter = Counter::new(text);
    let point = |at: usize| counter.point(at.clamp(span.start, span.end) - span.start);
    let view = |part: &crate::law::provision::Part| {
        let span = trimmed(body, &part.span);
        PartView { key: part.key.clone(), label: part.label.clone(), start: point(span.start), end: point(span.end) }
    };
    provision.parts.iter().map(view).collect()
}

/// That a text seems to stop before its end.
fn cut(text: &Text) -> Option<String> {
    text.structure.incomplete().map(|issue| issue.message.clone())
}

/// That a source holds the version to be over.
fn doubted(version: &CardVersion) -> Option<String> {
    version.remarks.iter().find(|remark| remark.ends_with(MAY_BE_OVER)).cloned()
}

/// What is told, one behind the other.
fn joined(notices: [Option<String>; 4]) -> Option<String> {
    notices.into_iter().flatten().reduce(|told, next| format!("{told}；{next}"))
}

/// The span without surrounding white space.
pub(super) fn trimmed(body: &str, span: &Range<usize>) -> Range<usize> {
    let text = body.get(span.clone()).unwrap_or_default();
    let start = span.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

/// Span, label and canonical key of a provision or of one of its parts. `a10/s3` without 款 is taken when the article has
/// one list.
fn part_of(provision: &Provision, span: &Range<usize>, part: Option<&str>) -> Option<(Range<usize>, String, String)> {
    let Some(part) = part else { return Some((span.clone(), provision.label.clone(), provision.key.clone())) };
    let found = provision.parts.iter().find(|known| known.key == part).or_else(|| {
        let below = format!("/{part}");
        let mut lists = provision.parts.iter().filter(|known| part.starts_with('s') && known.key.ends_with(&below));
        lists.next().filter(|_| lists.next().is_none())
    });
    // 款 of an article with one undivided paragraph.
    if found.is_none() && provision.parts.is_empty() && part == "p1" {
        return Some((span.clone(), provision.label.clone(), format!("{}/p1", provision.key)));
    }
    let found = found?;
    let label = format!("{}{}", provision.label, found.label);
    Some((found.span.clone(), label, format!("{}/{}", provision.key, found.key)))
}
