//! What is held, in numbers: for the page about the data.

use super::error::AppError;
use super::faju::{Asker, Faju};
use super::read::Reader;
use super::{search, shelf};
use crate::law::{AuthorityLevel, Kind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Instruments and versions of one sort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sort {
    /// What it is called: 行政法规.
    pub name: &'static str,
    /// Value of the search parameter `kind`.
    pub kind: &'static str,
    /// Value of the search parameter `level`, where it has one.
    pub level: Option<&'static str>,
    /// Instruments or cases.
    pub instruments: u64,
    /// Their versions.
    pub versions: u64,
    /// Versions without a known first day.
    pub undated: u64,
    /// Newest date of a version.
    pub newest: Option<Date>,
}

/// Documents of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Documents.
    pub documents: u64,
    /// Of them those whose provisions differ from the text that is shown.
    pub differing: u64,
    /// Newest date of a version that it has.
    pub newest: Option<Date>,
}

/// What somebody may see of what is held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stock {
    /// By sort, laws first.
    pub sorts: Vec<Sort>,
    /// By source.
    pub origins: BTreeMap<String, Origin>,
    /// Versions by the name of their status on the day; cases have none.
    pub statuses: BTreeMap<&'static str, u64>,
}

impl Faju {
    /// What is held, on a day.
    pub fn stock(&self, asker: &Asker) -> Result<Stock, AppError> {
        self.read(None, asker, |reader| reader.stock())
    }
}

impl Reader<'_> {
    fn stock(&self) -> Result<Stock, AppError> {
        let mut sorts: BTreeMap<(usize, usize, &'static str), Sort> = BTreeMap::new();
        let mut stock = Stock::default();
        shelf::each_card(self.engine, &mut |card| {
            let Some(card) = card.seen_by(self.asker.scope()) else { return };
            let head = search::instrument(&card.head);
            // A normative document without a level is one all the same.
            let level = head.level.or((head.kind == Kind::Normative).then_some(AuthorityLevel::NormativeDocument));
            let level = AuthorityLevel::ALL.iter().position(|row| Some(row.0) == level);
            let kind = Kind::ALL.iter().position(|row| row.0 == head.kind).unwrap_or_default();
            let sort = sorts.entry((kind, level.unwrap_or(usize::MAX), head.sort())).or_default();
            sort.name = head.sort();
            sort.kind = Kind::ALL.get(kind).map_or("", |row| row.1);
            sort.level = level.and_then(|at| AuthorityLevel::ALL.get(at)).map(|row| row.1);
            sort.instruments += 1;
            for version in &card.versions {
                sort.versions += 1;
                sort.newest = sort.newest.max(version.dated);
                if let Some(view) = search::version(&card.head, &version.head(), self.as_of) {
                    sort.undated += u64::from(view.effective_from.is_none());
                    *stock.statuses.entry(view.status.chinese()).or_default() += 1;
                }
                for record in &version.records {
                    let origin = stock.origins.entry(record.origin.clone()).or_default();
                    origin.documents += 1;
                    origin.differing += u64::from(record.differing > 0);
                    origin.newest = origin.newest.max(version.dated);
                }
            }
        })?;
        stock.sorts = sorts.into_values().collect();
        Ok(stock)
    }
}
