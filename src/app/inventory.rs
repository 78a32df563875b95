//! What the corpus holds, instrument by instrument.

use super::error::AppError;
use super::read::Reader;
use super::search;
use super::shelf;
use super::view::{Holding, LabelledCase, VersionView};
use crate::corpus::{Place, Record};
use crate::law::{Document, Kind};

impl Reader<'_> {
    /// Every instrument and case with its versions, newest first, as far as the asker sees them; in the order of their ids.
    pub fn inventory(&self) -> Result<Vec<Holding>, AppError> {
        let mut holdings = Vec::new();
        shelf::each_card(self.engine, &mut |card| {
            let Some(card) = card.seen_by(self.asker.scope()) else { return };
            let versions: Vec<VersionView> = card
                .versions
                .iter()
                .filter_map(|version| search::version(&card.head, &version.head(), self.as_of))
                .collect();
            if !versions.is_empty() {
                holdings.push(Holding { instrument: search::instrument(&card.head), versions });
            }
        })?;
        holdings.sort_by(|a, b| a.instrument.id.cmp(&b.instrument.id));
        Ok(holdings)
    }

    /// Every case whole, with its labels: only for measuring.
    pub fn labelled(&self) -> Result<Vec<LabelledCase>, AppError> {
        let mut places: Vec<(String, Place)> = Vec::new();
        shelf::each_card(self.engine, &mut |card| {
            if card.head.kind == Kind::Case {
                let records = card.versions.iter().flat_map(|version| &version.records);
                let first =
                    records.filter(|record| record.access <= self.asker.access).map(|record| record.place).next();
                places.extend(first.map(|place| (card.group.clone(), place)));
            }
        })?;
        places.sort_by_key(|(_, place)| *place);
        let mut cases = Vec::with_capacity(places.len());
        for (id, place) in places {
            let Record::Put(put) = self.shelf.read(place)? else { continue };
            let Document { title, text, labels, source_id, .. } = put.document;
            cases.push(LabelledCase { id, title, text, source_id, labels });
        }
        cases.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(cases)
    }
}
