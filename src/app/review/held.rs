//! A held text as a draft: what the sweep and the measurement of false alarms review.

use super::super::faju::{Asker, Faju, Found};
use super::super::view::{BlockView, InstrumentHead, VersionView};
use super::ReviewRequest;
use crate::app::error::AppError;
use crate::law::AuthorityLevel;
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
        let text: Vec<&str> = view.blocks.iter().map(block_text).collect();
        Ok(Some(ReviewRequest {
            text: text.join("\n"),
            title: Some(instrument.title.clone()),
            level: instrument.level.or(Some(AuthorityLevel::NormativeDocument)),
            issuer: instrument.issuer.clone(),
            region: instrument.region.clone(),
            date: version.effective_from.or(version.dated),
            ..ReviewRequest::default()
        }))
    }
}

fn block_text(block: &BlockView) -> &str {
    match block {
        BlockView::Heading { text, .. } | BlockView::Provision { text, .. } => text,
    }
}
