//! The fictional sample corpus: embedded in the program, read at start, kept in a temporary index, never in a journal.

use super::error::{AppError, ErrorCode};
use super::faju::{ImportOptions, Settings};
use super::import::sample_records;
use super::opened::Opened;
use super::projector::Projector;
use super::shelf::Shelf;
use crate::corpus::{Place, Record};
use crate::index::embedded::Embedded;
use crate::index::{Dictionary, Engine, IndexState};
use include_dir::{Dir, include_dir};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/corpus/sample");

/// Opens the sample.
pub fn open(settings: &Settings) -> Result<Opened, AppError> {
    let engine = Embedded::temporary(settings.learned.clone(), Dictionary::default())?;
    let records = records(&engine, &settings.node)?;
    let placed: Vec<(Place, Record)> =
        records.iter().enumerate().map(|(line, record)| (place(line), record.clone())).collect();
    let shelf = Shelf::Sample(records);
    let documents = {
        let mut projector = Projector::new(&shelf, &engine, &settings.node);
        projector.apply(placed)?;
        projector.documents
    };
    let state = engine.state()?;
    engine.commit(&IndexState { documents: u64::try_from(documents).unwrap_or(0), ..state })?;
    engine.refresh()?;
    Ok(Opened::sample(shelf, engine))
}

fn place(line: usize) -> Place {
    Place { segment: 0, frame: 0, line: u32::try_from(line).unwrap_or(u32::MAX) }
}

/// The records that an import of the sample would write, in order.
fn records(engine: &Embedded, node: &str) -> Result<Vec<Record>, AppError> {
    let empty = Shelf::Sample(Vec::new());
    let projector = Projector::new(&empty, engine, node);
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    gather(&FILES, &mut files);
    files.sort();
    sample_records(&files, &projector, node, &ImportOptions::default())
        .map_err(|message| AppError::new(ErrorCode::Internal, format!("示例数据不能读取：{message}")))
}

fn gather<'a>(folder: &'a Dir<'a>, files: &mut Vec<(&'a str, &'a [u8])>) {
    for file in folder.files() {
        if let Some(path) = file.path().to_str() {
            files.push((path, file.contents()));
        }
    }
    for below in folder.dirs() {
        gather(below, files);
    }
}
