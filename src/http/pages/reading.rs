//! The reading page: an instrument on a day, one of its versions, or a case.

use super::case::CaseBox;
use super::cited::{Cited, Linked, json_ld};
use super::desk::keep_href;
use super::paragraphs::{Paragraph, paragraphs};
use super::{Badge, Frame, kept, links, rendered, span_of, version_path};
use crate::app::view::relations::{RelationShown, SaidBy};
use crate::app::view::{BlockView, CorrectionShown, DocumentRef, ReadingView, VersionView};
use crate::app::{
    AuthorityLevel, EndedBy, EventKind, EventSource, Faju, Found, HeadingLevel, Kind, Proof, ProvisionKind,
};
use crate::http::api::{as_of, moved};
use crate::http::query_string::{encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;

/// Provisions that an outline without headings lists at most.
const OUTLINE_MAX: usize = 300;

#[derive(Template)]
#[template(path = "reading.html")]
struct ReadingPage {
    frame: Frame,
    kind: &'static str,
    title: String,
    badge: Option<Badge>,
    state: String,
    proofs: Vec<ProofRow>,
    facts: Vec<String>,
    history: Vec<String>,
    notice: Option<String>,
    versions: Vec<VersionRow>,
    day_action: String,
    as_of: String,
    outline_name: &'static str,
    outline: Vec<OutlineRow>,
    blocks: Vec<Block>,
    events: Vec<EventRow>,
    issues: Vec<String>,
    relations: Vec<RelationRow>,
    corrections: Vec<CorrectionRow>,
    sources: Vec<SourceRow>,
    cited: Option<Cited>,
    /// Where the words of a search stand: place, name, how often.
    hits: Vec<HitRow>,
    /// Of a case: those like it.
    similar_href: Option<String>,
    /// What still cites an older text of it.
    impact_href: String,
    /// The document beside superior law; `None` for laws themselves and cases.
    superior_href: Option<String>,
    /// Where the public may propose its review.
    propose_href: Option<String>,
    /// The elements of a case.
    case: Option<CaseBox>,
    json_href: String,
    /// Its text as files.
    files: Vec<(&'static str, String)>,
    json_ld: String,
    id: String,
}

struct VersionRow {
    href: String,
    name: String,
    badge: Badge,
    span: String,
    /// Why its first day only stands in for one that is not known.
    assumed: Option<String>,
    shown: bool,
    /// The comparison with the version before it.
    compare_href: Option<String>,
}

/// What a bound of the interval rests on.
pub(super) struct ProofRow {
    pub(super) says: String,
    pub(super) quote: String,
    pub(super) href: Option<String>,
    pub(super) assumed: Option<String>,
}

/// A provision with words that were searched for.
struct HitRow {
    anchor: String,
    label: String,
    count: usize,
}

struct OutlineRow {
    depth: usize,
    anchor: String,
    text: String,
}

struct EventRow {
    date: String,
    what: &'static str,
    quote: String,
}

/// A relation, as a text tells it or as a person recorded it.
struct RelationRow {
    says: String,
    href: Option<String>,
    by: &'static str,
    proved: String,
    proof_href: Option<String>,
}

/// What a person corrected, and the evidence.
struct CorrectionRow {
    says: String,
    proved: String,
}

struct SourceRow {
    href: String,
    origin: String,
    says: String,
}

enum Block {
    Heading {
        anchor: String,
        class: String,
        text: String,
    },
    Provision {
        anchor: String,
        href: String,
        label: String,
        class: &'static str,
        /// The name of a section of a case, which its text does not say.
        named: Option<String>,
        /// How often it is cited from elsewhere.
        cited: Option<Cited>,
        paragraphs: Vec<Paragraph>,
    },
}

/// `GET /i/{id}`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let view = match app.instrument(&asked.id, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Moved(id) => return Ok(moved("/i/", &id, asked)),
        Found::Here(view) => view,
    };
    let mut linked = Linked::of(app, &view, &server.asker(&asked.who))?;
    let query = value(&asked.parameters, "q").unwrap_or_default().to_string();
    linked.mark(app, &query, &view.instrument.id, &server.asker(&asked.who));
    let case = CaseBox::of(app, server, asked, &view.instrument.id).filter(|_| view.instrument.kind == Kind::Case);
    let view_kind = view.instrument.kind;
    let frame = Frame { query, ..Frame::of(view.sample, asked) };
    let html = ReadingPage { case, ..ReadingPage::of(view, &linked, frame) };
    let keep_href = keep_href(asked, "id", &html.id);
    let proposes = view_kind == Kind::Normative && server.is_guarded();
    let propose_href = proposes.then(|| format!("/propose/{}", encode_id(&html.id)));
    let html = rendered(&ReadingPage { frame: Frame { keep_href, ..html.frame }, propose_href, ..html })?;
    Ok(kept(html, server, asked))
}

/// Whether no superior law stands above it but the constitution.
fn is_highest(level: Option<AuthorityLevel>) -> bool {
    matches!(level, Some(AuthorityLevel::Constitution | AuthorityLevel::Law))
}

impl ReadingPage {
    fn of(view: ReadingView, linked: &Linked, frame: Frame) -> Self {
        let version = view.version.as_ref();
        let id = version_path(&view.instrument, version.map(|version| version.key.as_str()));
        let depths = depths(&view.blocks);
        let headed = view.blocks.iter().any(|block| depth_of(block, &depths).is_some());
        let head = &view.instrument;
        ReadingPage {
            frame,
            kind: head.sort(),
            badge: version.map(|version| Badge::of(version.status)),
            state: version.map(|version| state(version, &view)).unwrap_or_default(),
            proofs: version.map(|version| proofs(version, &view.versions)).unwrap_or_default(),
            facts: [head.issuer.clone(), head.document_number.clone()].into_iter().flatten().collect(),
            versions: (0..view.versions.len()).map(|at| version_row(&view, at)).collect(),
            day_action: format!("/i/{}", encode_id(&head.id)),
            as_of: view.as_of.to_string(),
            cited: linked.whole.clone(),
            hits: view.blocks.iter().filter_map(|block| hit_row(block, linked)).collect(),
            similar_href: (head.kind == Kind::Case).then(|| format!("/similar/{}", encode_id(&head.id))),
            impact_href: format!("/impact/{}", encode_id(&head.id)),
            propose_href: None,
            superior_href: (head.kind != Kind::Case && !is_highest(head.level))
                .then(|| format!("/superior/{}", encode_id(&id))),
            case: None,
            json_ld: json_ld(&view, &id),
            outline_name: if headed { "目录" } else { "条目" },
            outline: outline(&view.blocks, &depths, headed),
            blocks: (0..view.blocks.len()).map(|at| shown(at, &view.blocks, &depths, linked)).collect(),
            events: events(&view),
            relations: view.relations.iter().map(relation).collect(),
            corrections: view.corrections.iter().map(correction).collect(),
            sources: view.documents.iter().map(source).collect(),
            json_href: format!("/api/v1/instruments/{}", encode_id(&id)),
            files: links::files(&id, ""),
            title: view.instrument.title,
            history: view.history,
            notice: view.notice.or_else(|| linked.notice.clone()),
            issues: view.issues,
            id,
        }
    }
}

fn relation(shown: &RelationShown) -> RelationRow {
    RelationRow {
        says: shown.says(),
        href: shown.instrument.as_ref().map(|head| format!("/i/{}", encode_id(&head.id))),
        by: if shown.by == SaidBy::Person { "person" } else { "text" },
        proved: shown.proved(),
        proof_href: shown.provision.as_ref().map(|id| format!("/p/{}", encode_id(id))),
    }
}

fn correction(shown: &CorrectionShown) -> CorrectionRow {
    CorrectionRow { says: shown.says(), proved: shown.proved() }
}

/// The span of a version, the day asked, and up to when the corpus is known.
fn state(version: &VersionView, view: &ReadingView) -> String {
    let known = view.known_to.map(|day| format!("，库内文件截至 {day}")).unwrap_or_default();
    format!("{}（按 {} 判断{known}）", span_of(version), view.as_of)
}

/// What the bounds of a version rest on; `all` are the versions among which it may have a successor.
pub(super) fn proofs(version: &VersionView, all: &[VersionView]) -> Vec<ProofRow> {
    let Some(proofs) = &version.proof else { return Vec::new() };
    let followed =
        all.iter().any(|other| other.key != version.key && other.effective_from.or(other.dated) == version.ended_on);
    let from = version.effective_from.zip(proofs.from.as_ref());
    let from = from.map(|(day, proof)| proof_row(format!("自 {day} 起施行"), proof));
    let to = version.ended_on.zip(proofs.to.as_ref());
    let to = to.map(|(day, proof)| {
        let says = match version.ended_by {
            Some(EndedBy::Amendment) if followed => format!("自 {day} 起为后一版本所代替"),
            Some(EndedBy::Amendment) => format!("自 {day} 起已被修改"),
            Some(EndedBy::Repeal) => format!("自 {day} 起废止"),
            Some(EndedBy::Expiry) => format!("自 {day} 起期满失效"),
            Some(EndedBy::Unknown) | None => format!("至迟 {day} 已失效"),
        };
        proof_row(says, proof)
    });
    from.into_iter().chain(to).collect()
}

fn proof_row(mut says: String, proof: &Proof) -> ProofRow {
    if proof.source == EventSource::Correction {
        says += if proof.event == EventKind::Effective { "（人工更正）" } else { "（人工登记）" };
    }
    let page = |id: &String| {
        let page = if id.contains('/') { "/p/" } else { "/i/" };
        id.contains('@').then(|| format!("{page}{}", encode_id(id)))
    };
    ProofRow {
        says,
        quote: proof.quote.clone(),
        href: proof.document.as_ref().and_then(page),
        assumed: proof.assumed.clone(),
    }
}

/// Versions stand newest first.
fn version_row(view: &ReadingView, at: usize) -> VersionRow {
    let row = &view.versions[at];
    let before = view.versions.get(at + 1);
    let id = encode_id(&view.instrument.id);
    VersionRow {
        href: format!("/i/{}", encode_id(&version_path(&view.instrument, Some(&row.key)))),
        name: row.dated.map_or_else(|| "日期不详".to_string(), |dated| dated.to_string()),
        badge: Badge::of(row.status),
        span: span_of(row),
        assumed: row.first_day_assumed().map(str::to_string),
        shown: view.version.as_ref().is_some_and(|shown| shown.key == row.key),
        compare_href: before.map(|before| format!("/compare/{id}?from={}&to={}", before.key, row.key)),
    }
}

fn events(view: &ReadingView) -> Vec<EventRow> {
    let rows = view.events.iter().map(|event| EventRow {
        date: event.date.to_string(),
        what: event.kind.chinese(),
        quote: event.quote.clone(),
    });
    rows.collect()
}

fn source(document: &DocumentRef) -> SourceRow {
    let says = match (document.shown, document.differing) {
        (true, _) => "（所示文本）".to_string(),
        (false, 0) => "（文本相同）".to_string(),
        (false, differing) => format!("（{differing} 处与所示文本不同）"),
    };
    SourceRow { href: format!("/api/v1/documents/{}", encode_id(&document.id)), origin: document.origin.clone(), says }
}

/// Levels of headings that occur, outermost first: their places are the depths of the outline.
fn depths(blocks: &[BlockView]) -> Vec<HeadingLevel> {
    let mut levels: Vec<HeadingLevel> = blocks
        .iter()
        .filter_map(|block| match block {
            BlockView::Heading { level, .. } if *level != HeadingLevel::Title => Some(*level),
            _ => None,
        })
        .collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

fn depth_of(block: &BlockView, depths: &[HeadingLevel]) -> Option<usize> {
    let BlockView::Heading { level, .. } = block else { return None };
    depths.iter().position(|known| known == level)
}

fn outline(blocks: &[BlockView], depths: &[HeadingLevel], headed: bool) -> Vec<OutlineRow> {
    let row = |(at, block): (usize, &BlockView)| match block {
        BlockView::Heading { text, .. } if headed => {
            Some(OutlineRow { depth: depth_of(block, depths)?, anchor: heading_anchor(at), text: text.clone() })
        }
        BlockView::Provision { key, label, .. } if !headed => {
            Some(OutlineRow { depth: 0, anchor: key.clone(), text: label.clone() })
        }
        _ => None,
    };
    let rows = blocks.iter().enumerate().filter_map(row);
    if headed { rows.collect() } else { rows.take(OUTLINE_MAX).collect() }
}

fn hit_row(block: &BlockView, linked: &Linked) -> Option<HitRow> {
    let BlockView::Provision { id, key, label, .. } = block else { return None };
    let count = linked.notes(id).hits.len();
    (count > 0).then(|| HitRow { anchor: key.clone(), label: label.clone(), count })
}

fn heading_anchor(at: usize) -> String {
    format!("heading-{at}")
}

fn shown(at: usize, blocks: &[BlockView], depths: &[HeadingLevel], linked: &Linked) -> Block {
    let block = &blocks[at];
    // A section of a case under its own heading is named by it.
    let headed = at > 0 && matches!(blocks[at - 1], BlockView::Heading { .. });
    match block {
        BlockView::Heading { text, .. } => {
            let class = depth_of(block, depths).map_or("loose".to_string(), |depth| format!("depth{depth}"));
            Block::Heading { anchor: heading_anchor(at), class, text: text.clone() }
        }
        BlockView::Provision { id, key, kind, label, text, parts } => Block::Provision {
            anchor: key.clone(),
            href: format!("/p/{}", encode_id(id)),
            label: label.clone(),
            class: kind.name(),
            named: (*kind == ProvisionKind::CaseSection && !headed && !text.starts_with(label.as_str()))
                .then(|| label.clone()),
            cited: linked.cited(key),
            paragraphs: paragraphs(key, label, text, parts, linked.notes(id)),
        },
    }
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
