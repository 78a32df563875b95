//! Dossiers: provisions, instruments and cases with notes, as they stand today, and as a file.

use super::seen::UNSEEN;
use super::{NAME_MAX, NOTE_MAX, typed};
use crate::app::asker::{Asker, follow};
use crate::app::error::{AppError, ErrorCode};
use crate::app::faju::Faju;
use crate::app::published::{self, FileFormat, FileWritten, bytes_of, file_name, provision};
use crate::app::service::{Service, own};
use crate::app::view::{ProvisionView, ReadingView, Shown};
use crate::app::who::Who;
use crate::people::{Dossier, DossierEntry};
use crate::publish::{Block, Paper};
use jiff::civil::Date;

/// A dossier as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct DossierPage {
    /// The dossier.
    pub dossier: Dossier,
    /// Its entries.
    pub entries: Vec<EntryShown>,
    /// The day of which it is told how things stand.
    pub as_of: Date,
}

/// What is to be put into a dossier.
pub struct NewEntry {
    target: String,
    label: String,
    note: String,
}

/// An entry as it stands today.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryShown {
    /// As it was put in.
    pub entry: DossierEntry,
    /// The formal citation, or the title.
    pub citation: String,
    /// How it stands; empty where it cannot be seen any more.
    pub status: String,
    /// Verbatim text of a provision; empty for whole instruments and cases.
    pub text: String,
    /// Its number at the beginning of the text.
    label: String,
    /// Where it is read, as a path of the pages; `None` where it cannot be.
    pub href: Option<String>,
}

impl Service {
    /// Makes a dossier; its number.
    pub fn add_dossier(&self, title: &str, who: &Who, now: i64) -> Result<i64, AppError> {
        let title = typed("title", title, NAME_MAX, true)?;
        Ok(self.some_people()?.add_dossier(own(who)?.number, &title, now)?)
    }

    /// What can be put into a dossier: a provision, version, instrument or case with a note.
    pub fn entry(&self, app: &Faju, id: &str, note: &str, asker: &Asker) -> Result<NewEntry, AppError> {
        let note = typed("note", note, NOTE_MAX, false)?;
        let shown = shown(app, id, asker)?;
        let (target, label) = match &shown {
            Shown::Provision(view) => (view.id.clone(), view.citation.clone()),
            Shown::Reading(view) => (version_of(view), view.instrument.title.clone()),
            Shown::Document(_) => {
                let message = "须为条文、文件或者案例的编号";
                return Err(AppError::parameter(ErrorCode::InvalidParameter, "id", message));
            }
        };
        Ok(NewEntry { target, label, note })
    }

    /// Puts something into a dossier, or writes another note about it.
    pub fn put_into_dossier(&self, dossier: i64, entry: &NewEntry, who: &Who, now: i64) -> Result<(), AppError> {
        let entry = (entry.target.as_str(), entry.label.as_str(), entry.note.as_str());
        Ok(self.some_people()?.put_into_dossier(own(who)?.number, dossier, entry, now)?)
    }

    /// What something is called that is to be kept.
    pub fn called(&self, app: &Faju, id: &str, asker: &Asker) -> Result<String, AppError> {
        Ok(match shown(app, id, asker)? {
            Shown::Provision(view) => view.citation,
            Shown::Reading(view) => view.instrument.title,
            Shown::Document(view) => view.id,
        })
    }

    /// Takes an entry out of a dossier.
    pub fn take_from_dossier(&self, dossier: i64, entry: i64, who: &Who, now: i64) -> Result<(), AppError> {
        Ok(self.some_people()?.take_from_dossier(own(who)?.number, dossier, entry, now)?)
    }

    /// Removes a dossier.
    pub fn remove_dossier(&self, id: i64, who: &Who) -> Result<(), AppError> {
        Ok(self.some_people()?.remove_dossier(own(who)?.number, id)?)
    }

    /// A dossier with everything in it as it stands today.
    pub fn dossier(&self, app: &Faju, id: i64, asker: &Asker, who: &Who) -> Result<DossierPage, AppError> {
        let (dossier, entries) = self.some_people()?.dossier(own(who)?.number, id)?;
        for entry in &entries {
            if app.is_restricted(&entry.target, asker) {
                self.note(who, "open_restricted", &entry.target, "begun", "dossier")?;
            }
        }
        let entries = entries.into_iter().map(|entry| stands(app, entry, asker)).collect::<Result<_, _>>()?;
        Ok(DossierPage { dossier, entries, as_of: asker.today })
    }

    /// A dossier as a file.
    pub fn dossier_file(
        &self,
        app: &Faju,
        id: i64,
        format: FileFormat,
        asker: &Asker,
        who: &Who,
    ) -> Result<FileWritten, AppError> {
        let page = self.dossier(app, id, asker, who)?;
        let paper = paper(&page, app.is_sample());
        Ok(FileWritten { name: file_name(&paper.title, format), bytes: bytes_of(&paper, format)? })
    }
}

fn shown(app: &Faju, id: &str, asker: &Asker) -> Result<Shown, AppError> {
    follow(id, |id| app.show(id, None, asker))
}

/// The id of the version that is shown, so that a dossier keeps saying what it said.
fn version_of(view: &ReadingView) -> String {
    match &view.version {
        Some(version) => format!("{}@{}", view.instrument.id, version.key),
        None => view.instrument.id.clone(),
    }
}

/// How an entry stands. Something that cannot be seen any more stays in the list with its note, and without its name.
fn stands(app: &Faju, entry: DossierEntry, asker: &Asker) -> Result<EntryShown, AppError> {
    match shown(app, &entry.target, asker) {
        Ok(Shown::Provision(view)) => Ok(of_provision(entry, *view)),
        Ok(Shown::Reading(view)) => {
            let status = published::status(view.version.as_ref(), view.as_of, view.notice.as_deref());
            let (citation, href) = (view.instrument.title.clone(), Some(format!("/i/{}", entry.target)));
            Ok(EntryShown { entry, citation, status, text: String::new(), label: String::new(), href })
        }
        Ok(Shown::Document(_)) => Err(AppError::not_found(&entry.target)),
        Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::Gone) => Ok(EntryShown {
            citation: UNSEEN.to_string(),
            status: String::new(),
            text: String::new(),
            label: String::new(),
            href: None,
            entry,
        }),
        Err(error) => Err(error),
    }
}

fn of_provision(entry: DossierEntry, view: ProvisionView) -> EntryShown {
    let status = published::status(view.version.as_ref(), view.as_of, view.notice.as_deref());
    let href = Some(format!("/p/{}", view.id));
    EntryShown { entry, citation: view.citation, status, text: view.text, label: view.label, href }
}

fn paper(page: &DossierPage, sample: bool) -> Paper {
    let mut blocks = Vec::new();
    for shown in &page.entries {
        blocks.push(Block::Heading { level: 1, text: shown.citation.clone() });
        let mut line = |text: String| blocks.push(Block::Provision { id: String::new(), label: 0, text });
        if !shown.status.is_empty() {
            line(format!("状态：{}", shown.status));
        }
        if !shown.text.is_empty() {
            blocks.push(provision("", &shown.label, &shown.text));
        }
        if !shown.entry.note.is_empty() {
            blocks.push(Block::Provision { id: String::new(), label: 0, text: format!("注：{}", shown.entry.note) });
        }
    }
    Paper {
        title: page.dossier.title.clone(),
        facts: vec![
            ("核对日".to_string(), page.as_of.to_string()),
            ("条目".to_string(), page.entries.len().to_string()),
        ],
        blocks,
        colophon: published::colophon(None, sample),
        ..Paper::default()
    }
}
