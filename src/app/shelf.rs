//! Where the records of an opened data directory stand: in its journal, or, with nothing imported, in the sample.

use super::card::Card;
use super::error::{AppError, ErrorCode};
use crate::corpus::{Journal, Place, Record};
use crate::index::Engine;

/// Records by place.
pub enum Shelf {
    /// The journal of the data directory.
    Journal(Journal),
    /// The embedded sample; a place is its position.
    Sample(Vec<Record>),
}

impl Shelf {
    /// The record at a place.
    pub fn read(&self, place: Place) -> Result<Record, AppError> {
        match self {
            Shelf::Journal(journal) => Ok(journal.read(place)?),
            Shelf::Sample(records) => records
                .get(place.line as usize)
                .cloned()
                .ok_or_else(|| AppError::new(ErrorCode::Internal, "示例数据中没有这一条记录")),
        }
    }

    /// The records at several places, each with its place.
    pub fn read_all(&self, places: &[Place]) -> Result<Vec<(Place, Record)>, AppError> {
        places.iter().map(|place| Ok((*place, self.read(*place)?))).collect()
    }
}

/// The citations of a group as the engine keeps them.
pub fn links(text: &str) -> Result<super::links::stored::GroupLinks, AppError> {
    if text.is_empty() {
        return Ok(super::links::stored::GroupLinks::default());
    }
    serde_json::from_str(text).map_err(|error| {
        AppError::new(ErrorCode::Corrupt, format!("索引中的引用不能读取（{error}），请运行 faju rebuild"))
    })
}

/// A card as the engine keeps it.
pub fn card(text: &str) -> Result<Card, AppError> {
    serde_json::from_str(text).map_err(|error| {
        AppError::new(ErrorCode::Corrupt, format!("索引中的卡片不能读取（{error}），请运行 faju rebuild"))
    })
}

/// Every card of an index; the first that cannot be read is the error.
pub fn each_card(engine: &dyn Engine, visit: &mut dyn FnMut(Card)) -> Result<(), AppError> {
    let mut failed = None;
    engine.each_card(&mut |text, _| match card(text) {
        Ok(card) => {
            visit(card);
            true
        }
        Err(error) => {
            failed = Some(error);
            false
        }
    })?;
    failed.map_or(Ok(()), Err)
}
