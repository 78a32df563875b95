//! The facade that every face calls: one data directory, opened.

use super::error::AppError;
use super::view::{
    ChangesPage, DocumentView, ImportReport, MaintenanceReport, ProvisionView, ReadingView, SearchPage, Shown,
    VerifyReport,
};
use crate::law::Access;
use jiff::civil::Date;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// How a data directory is used.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Holds `corpus/` and `index/`.
    pub data: PathBuf,
    /// Name of this node, the first part of every origin.
    pub node: String,
    /// How long a writer waits for another one.
    pub wait: Duration,
}

/// Who asks. There are no accounts yet: a scope is given by the face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// The widest access seen.
    pub access: Access,
    /// Today, as the face knows it (the clock is asked in one place of the face).
    pub today: Date,
}

/// Where an id leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<T> {
    /// Here.
    Here(T),
    /// To this canonical id.
    Moved(String),
}

/// What an import may be told.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Overrides the access of every record.
    pub access: Option<Access>,
}

/// Tells how far an import is. Called from the importing thread.
pub trait Progress: Sync {
    /// Bytes done of bytes known so far, and documents read.
    fn at(&self, bytes: u64, of_bytes: u64, documents: u64);
}

/// A person's act on the corpus (`correct`, `relate`, `withdraw`).
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Correct one field of a document.
    Correct {
        /// Document id.
        id: String,
        /// Field of the interchange format.
        field: String,
        /// JSON value; `null` for not known.
        value: serde_json::Value,
        /// Why.
        reason: String,
        /// The evidence.
        proof: String,
    },
    /// Relate two instruments, versions or documents.
    Relate {
        /// The acting one.
        id: String,
        /// `repeals amends implements same_as`.
        relation: String,
        /// The one acted upon.
        target: String,
        /// From which day.
        on: Option<Date>,
        /// Why.
        reason: String,
        /// The evidence.
        proof: String,
    },
    /// Withdraw a document.
    Withdraw {
        /// Document id.
        id: String,
        /// Only the record of this origin.
        origin: Option<String>,
        /// Why.
        reason: String,
    },
}

/// One opened data directory.
pub struct Faju {
    settings: Settings,
}

impl Faju {
    /// Opens a data directory for reading; with nothing imported the fictional sample answers. Writes nothing there.
    pub fn open(settings: Settings) -> Result<Faju, AppError> {
        Ok(Faju { settings })
    }

    /// Whether the sample answers.
    pub fn is_sample(&self) -> bool {
        let _ = &self.settings;
        todo!()
    }

    /// Looks for commits of other processes and catches up with the journal. Called often; cheap when nothing changed.
    pub fn refresh(&self) -> Result<(), AppError> {
        todo!()
    }

    /// A search. `parameters` are those of [`super::parameters::SEARCH`] and `q`, as written by the user; an unknown or
    /// wrong one is an error that names it.
    pub fn search(&self, parameters: &[(String, String)], asker: &Asker) -> Result<SearchPage, AppError> {
        let _ = (parameters, asker);
        todo!()
    }

    /// Whatever an id names: instrument, version, provision or part, document, case.
    pub fn show(&self, id: &str, as_of: Option<Date>, asker: &Asker) -> Result<Found<Shown>, AppError> {
        let _ = (id, as_of, asker);
        todo!()
    }

    /// An instrument on a day (`as_of`, else today), or one version of it (`{instrument}@{version}`), or a case.
    pub fn instrument(&self, id: &str, as_of: Option<Date>, asker: &Asker) -> Result<Found<ReadingView>, AppError> {
        let _ = (id, as_of, asker);
        todo!()
    }

    /// One provision, or a part of it.
    pub fn provision(&self, id: &str, as_of: Option<Date>, asker: &Asker) -> Result<Found<ProvisionView>, AppError> {
        let _ = (id, as_of, asker);
        todo!()
    }

    /// A record as received, of every origin.
    pub fn document(&self, id: &str, asker: &Asker) -> Result<Found<DocumentView>, AppError> {
        let _ = (id, asker);
        todo!()
    }

    /// Imports files, folders and archives; `stop` ends it between two batches.
    pub fn import(
        &self,
        paths: &[PathBuf],
        options: &ImportOptions,
        progress: &dyn Progress,
        stop: &AtomicBool,
    ) -> Result<ImportReport, AppError> {
        let _ = (paths, options, progress, stop);
        todo!()
    }

    /// Imports lines of the interchange format that came over the network; `name` stands in the report.
    pub fn import_lines(&self, name: &str, body: &[u8], options: &ImportOptions) -> Result<ImportReport, AppError> {
        let _ = (name, body, options);
        todo!()
    }

    /// Records a person's act and brings the index up to date.
    pub fn act(&self, act: Act, asker: &Asker) -> Result<MaintenanceReport, AppError> {
        let _ = (act, asker);
        todo!()
    }

    /// Walks every frame of the journal.
    pub fn verify(&self) -> Result<VerifyReport, AppError> {
        todo!()
    }

    /// Makes the index again from the journal.
    pub fn rebuild(&self, progress: &dyn Progress) -> Result<MaintenanceReport, AppError> {
        let _ = progress;
        todo!()
    }

    /// Writes every document in the interchange format, one a line. Answers how many.
    pub fn export(&self, out: &mut dyn Write) -> Result<u64, AppError> {
        let _ = out;
        todo!()
    }

    /// Records after a cursor that the asker may see, oldest first.
    pub fn changes(&self, after: Option<&str>, limit: usize, asker: &Asker) -> Result<ChangesPage, AppError> {
        let _ = (after, limit, asker);
        todo!()
    }
}
