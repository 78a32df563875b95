//! What the corpus holds, instrument by instrument.

use super::error::AppError;
use super::read::Reader;
use super::search;
use super::shelf;
use super::view::{Holding, VersionView};

impl Reader<'_> {
    /// Every instrument and case with its versions, newest first, as far as the asker sees them; in the order of their ids.
    pub fn inventory(&self) -> Result<Vec<Holding>, AppError> {
        let mut holdings = Vec::new();
        let mut failed = None;
        self.engine.each_card(&mut |text, _| match shelf::card(text) {
            Ok(card) => {
                let seen = card.versions.iter().filter(|version| version.access <= self.asker.access);
                let versions: Vec<VersionView> =
                    seen.filter_map(|version| search::version(&card.head, &version.head(), self.as_of)).collect();
                if !versions.is_empty() {
                    holdings.push(Holding { instrument: search::instrument(&card.head), versions });
                }
                true
            }
            Err(error) => {
                failed = Some(error);
                false
            }
        })?;
        holdings.sort_by(|a, b| a.instrument.id.cmp(&b.instrument.id));
        failed.map_or(Ok(holdings), Err)
    }
}
