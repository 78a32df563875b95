//! A held text as a draft: what the sweep and the measurement of false alarms review.

use super::super::faju::{Asker, Faju, Found};
use super::super::view::review::{BasisView, ClauseView};
use super::super::view::superior::{SuperiorClause, SuperiorPage};
use super::super::view::{BlockView, InstrumentHead, Range, VersionView};
use super::{ReviewRequest, beside};
use crate::app::citations::Graph;
use crate::app::error::AppError;
use crate::citation::typed;
use crate::law::AuthorityLevel;
use crate::review::Draft;
use jiff::civil::Date;

impl Faju {
    /// A version as a draft of its own level, issuer, region and first day; `None` if it is not to be read.
    pub fn held_draft(
        &self,
        instrument: &InstrumentHead,
        version: &VersionView,
        as_of: Option<Date>,
        asker: &Asker,
    ) -> Result<Option<ReviewRequest>, AppError> {
        let id = format!("{}@{}", instrument.id, version.key);
        let Found::Here(view) = self.instrument(&id, as_of, asker)? else { return Ok(None) };
        Ok(Some(of_blocks(instrument, version, &view.blocks)))
    }

    /// The clauses of an instrument, or of a version of it, beside superior law on the same matters.
    pub fn beside_superior(
        &self,
        id: &str,
        as_of: Option<Date>,
        asker: &Asker,
    ) -> Result<Found<SuperiorPage>, AppError> {
        let page = match self.instrument(id, as_of, asker)? {
            Found::Moved(to) => return Ok(Found::Moved(to)),
            Found::Here(page) => page,
        };
        let version = page.version.clone().ok_or_else(|| AppError::not_found(id))?;
        let request = of_blocks(&page.instrument, &version, &page.blocks);
        let draft = request.draft(as_of.unwrap_or(asker.today));
        self.graph(as_of, asker, |graph| {
            let clauses = beside::clauses(graph, &draft)?;
            Ok(Found::Here(SuperiorPage {
                instrument: page.instrument.clone(),
                version: version.clone(),
                as_of: graph.reader.as_of,
                clauses: with_words(graph, &draft, clauses),
                provisions: draft.structure.provisions().count(),
                sample: graph.reader.sample,
            }))
        })
    }
}

/// A text as a draft of its own level, issuer, region and first day.
fn of_blocks(instrument: &InstrumentHead, version: &VersionView, blocks: &[BlockView]) -> ReviewRequest {
    let text: Vec<&str> = blocks.iter().map(block_text).collect();
    ReviewRequest {
        text: text.join("\n"),
        title: Some(instrument.title.clone()),
        level: instrument.level.or(Some(AuthorityLevel::NormativeDocument)),
        issuer: instrument.issuer.clone(),
        region: instrument.region.clone(),
        date: version.effective_from.or(version.dated),
        ..ReviewRequest::default()
    }
}

fn with_words(graph: &Graph<'_>, draft: &Draft, clauses: Vec<ClauseView>) -> Vec<SuperiorClause> {
    let places: Vec<usize> = draft.text.char_indices().map(|(at, _)| at).chain([draft.text.len()]).collect();
    let words = |span: Range| {
        let (from, to) = (places.get(span.start)?, places.get(span.end)?);
        draft.text.get(*from..*to).map(|words| words.trim().to_string())
    };
    let shown = |clause: ClauseView| SuperiorClause {
        text: words(clause.span).unwrap_or_default(),
        label: clause.clause,
        superior: clause.superior.into_iter().map(|one| (one.clone(), provision_of(graph, &one.basis))).collect(),
    };
    clauses.into_iter().map(shown).collect()
}

/// The id of a provision that stands beside a clause.
fn provision_of(graph: &Graph<'_>, basis: &BasisView) -> Option<String> {
    let (reader, names) = (graph.reader, &graph.links.names);
    let typed = typed::read(&format!("《{}》{}", basis.title, basis.article))?;
    let answer = typed::look_up(&typed, names, reader.as_of, reader.asker.access)?;
    let target = answer.targets.into_iter().find(|target| target.reason.is_none())?;
    Some(format!("{}@{}/{}", target.instrument, basis.version, target.provision?))
}

fn block_text(block: &BlockView) -> &str {
    match block {
        BlockView::Heading { text, .. } | BlockView::Provision { text, .. } => text,
    }
}
