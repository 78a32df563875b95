//! The thesaurus in use: that of the program and, over it, a file of the user, read again when it changes.

use super::error::{AppError, ErrorCode};
use super::faju::Settings;
use super::user_file::UserFile;
use crate::query::{Fault, Thesaurus};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

/// Name of the file in the data directory.
const FILE: &str = "thesaurus.txt";

/// When a file was written and how long it is; `None` if there is none.
type Stamp = Option<(SystemTime, u64)>;

/// The thesaurus in use.
pub struct Synonyms {
    path: PathBuf,
    /// Whether there must be such a file: it was asked for by name.
    named: bool,
    /// The file that was last looked at, good or not.
    seen: Mutex<Stamp>,
    table: RwLock<Arc<Thesaurus>>,
}

impl Synonyms {
    /// That of the program; the file of the user is not looked at before [`Synonyms::refresh`].
    pub fn of_program(settings: &Settings) -> Result<Synonyms, AppError> {
        let path = settings.thesaurus.clone().unwrap_or_else(|| settings.data.join(FILE));
        Ok(Synonyms {
            named: settings.thesaurus.is_some(),
            path,
            seen: Mutex::new(None),
            table: RwLock::new(Arc::new(ours()?.clone())),
        })
    }

    /// With the file of the user, which must be sound.
    pub fn open(settings: &Settings) -> Result<Synonyms, AppError> {
        let synonyms = Synonyms::of_program(settings)?;
        if synonyms.named && stamp(&synonyms.path).is_none() {
            return Err(missing(&synonyms.path));
        }
        synonyms.refresh()?;
        Ok(synonyms)
    }

    /// The table that holds now.
    pub fn table(&self) -> Arc<Thesaurus> {
        self.table.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the file again if it changed. One that cannot be used leaves the table as it was and is told once.
    ///
    /// # Errors
    /// What is wrong with the file, with its line.
    pub fn refresh(&self) -> Result<(), AppError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = stamp(&self.path);
        if *seen == now {
            return Ok(());
        }
        *seen = now;
        let table = match now {
            None if self.named => return Err(missing(&self.path)),
            None => ours()?.clone(),
            Some((_, bytes)) => ours()?.with(&read(&self.path, bytes)?),
        };
        *self.table.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(table);
        Ok(())
    }
}

fn stamp(path: &Path) -> Stamp {
    let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((about.modified().ok()?, about.len()))
}

fn ours() -> Result<&'static Thesaurus, AppError> {
    Thesaurus::embedded().map_err(|fault| AppError::new(ErrorCode::Internal, format!("自带的同义词表{fault}")))
}

fn missing(path: &Path) -> AppError {
    AppError::new(ErrorCode::NotFound, format!("没有同义词文件 {}；请检查 --thesaurus 所写的路径", path.display()))
}

fn read(path: &Path, bytes: u64) -> Result<Thesaurus, AppError> {
    let file = UserFile { what: "同义词文件", path };
    let wrong = |fault: Fault| file.wrong_line(fault.line, &fault.to_string(), &fault.message);
    Thesaurus::read(&file.text(bytes)?).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(synonyms: &Synonyms, question: &str) -> Vec<String> {
        synonyms.table().expand(question).into_iter().flat_map(|one| one.terms).collect()
    }

    #[test]
    fn a_file_is_read_again_when_it_changes_and_a_faulty_one_keeps_the_old() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join(FILE);
        let synonyms = Synonyms::open(&Settings::of(directory.path())).unwrap();
        assert!(terms(&synonyms, "甲乙丙").is_empty());
        fs::write(&file, "甲乙丙 => 流动摊贩\n").unwrap();
        synonyms.refresh().unwrap();
        assert_eq!(terms(&synonyms, "甲乙丙"), ["流动摊贩"]);
        fs::write(&file, "甲乙丙 => 流动摊贩\n\n错的一行\n").unwrap();
        let error = synonyms.refresh().unwrap_err();
        assert!(error.detail.contains("第 3 行") && error.errors[0].line == Some(3), "{error}");
        assert_eq!(terms(&synonyms, "甲乙丙"), ["流动摊贩"]);
        synonyms.refresh().unwrap();
        assert!(Synonyms::open(&Settings::of(directory.path())).is_err(), "whoever starts with it is told");
        fs::remove_file(&file).unwrap();
        synonyms.refresh().unwrap();
        assert!(terms(&synonyms, "甲乙丙").is_empty());
    }

    #[test]
    fn a_file_that_was_asked_for_must_be_there() {
        let directory = tempfile::tempdir().unwrap();
        let named = Some(directory.path().join("mine.txt"));
        let error = Synonyms::open(&Settings { thesaurus: named, ..Settings::of(directory.path()) }).err().unwrap();
        assert_eq!(error.code, ErrorCode::NotFound);
    }
}
