//! The two stores of a data directory, opened: which index answers, how it follows the journal, how it is written.

mod erasing;
mod events;
mod faults;

use super::dictionary::dictionary;
use super::error::{AppError, ErrorCode};
use super::faju::{ImportOptions, Progress, Settings};
use super::import::Import;
use super::links::{Graphs, Links};
use super::projector::Projector;
use super::sample;
use super::shelf::Shelf;
use super::suggest::{Suggesting, Suggestions};
use crate::corpus::{CorpusError, Cursor, Journal, Writer, records};
use crate::index::embedded::{Embedded, Learned};
use crate::index::{Dictionary, Engine, EngineError, Growth, IndexState};
use crate::law::Access;
use crate::rank::association::Model;
use crate::rank::fusion::Fusion;
use erasing::Erased;
pub use erasing::split;
use events::Events;
use faults::explained;
pub use faults::{index_damage, told};
use jiff::civil::Date;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Bytes of journal lines that are projected together.
const ROUND_BYTES: usize = 12 << 20;

/// The same for the first round: the indexing threads get to work soon.
const FIRST_ROUND_BYTES: usize = 2 << 20;

/// Name of the file in `index/` that names the folder of the index in use.
const CURRENT: &str = "CURRENT";

/// The stores of one data directory.
pub struct Opened {
    /// Where the records stand.
    pub shelf: Shelf,
    /// The index.
    pub engine: Box<dyn Engine>,
    /// Folder of the index below `index/`; empty for the sample.
    folder: String,
    /// Who cites whom.
    graphs: Mutex<Graphs>,
    /// What the search box suggests.
    pub suggesting: Suggesting,
    /// How many records each scope sees.
    events: Events,
    /// What was seen of erasures.
    erased: Erased,
    /// Why the index could not be brought up to the journal, in Chinese.
    pub lag: Option<String>,
}

/// A journey that writes, under the lock.
pub struct Session<'a> {
    /// The writer of the journal.
    pub writer: Writer,
    /// Brings the index up to what is recorded.
    pub projector: Projector<'a>,
    /// Where the records stand.
    pub shelf: &'a Shelf,
    /// The index as last committed.
    pub engine: &'a dyn Engine,
    /// Name of this node.
    pub node: &'a str,
    /// Chinese remarks: what was repaired.
    pub warnings: Vec<String>,
}

impl<'a> Session<'a> {
    /// An import in this session.
    pub fn import<'s>(
        &'s mut self,
        options: &'s ImportOptions,
        progress: &'s dyn Progress,
        stop: &'s AtomicBool,
    ) -> Import<'s, 'a> {
        let (writer, projector, node) = (&mut self.writer, &mut self.projector, self.node);
        Import { writer, projector, node, options, originals: None, progress, stop }
    }
}

/// Folder of the journal.
pub fn corpus(settings: &Settings) -> PathBuf {
    settings.data.join("corpus")
}

fn index(settings: &Settings) -> PathBuf {
    settings.data.join("index")
}

/// The folder of the index in use.
fn current(settings: &Settings) -> Option<String> {
    let name = fs::read_to_string(index(settings).join(CURRENT)).ok()?;
    let name = name.trim();
    // The name becomes a path: digits only.
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())).then(|| name.to_string())
}

/// Reads what was learned from files: a model of association, weights of words and association. What is not given is that
/// of the program.
///
/// # Errors
/// [`ErrorCode::NotFound`] or [`ErrorCode::Corrupt`], with the file and what to do.
pub fn learned(model: Option<&Path>, weights: Option<&Path>) -> Result<Learned, AppError> {
    fn told(code: ErrorCode, path: &Path, error: &dyn std::fmt::Display) -> AppError {
        AppError::new(code, format!("{} 不能使用：{error}；可用 faju train 重新生成", path.display()))
    }
    let model = model.map(|path| {
        let bytes = fs::read(path).map_err(|error| told(ErrorCode::NotFound, path, &error))?;
        Model::read(&bytes).map(Arc::new).map_err(|error| told(ErrorCode::Corrupt, path, &error))
    });
    let fusion = weights.map(|path| {
        let text = fs::read_to_string(path).map_err(|error| told(ErrorCode::NotFound, path, &error))?;
        Fusion::read(&text).map(Arc::new).map_err(|error| told(ErrorCode::Corrupt, path, &error))
    });
    Ok(Learned { model: model.transpose()?, fusion: fusion.transpose()? })
}

/// Whether there is a journal.
fn has_journal(settings: &Settings) -> bool {
    corpus(settings).join("journal").exists()
}

fn storage(path: &Path, error: &io::Error) -> AppError {
    let code = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ErrorCode::ReadOnly,
        _ => ErrorCode::Internal,
    };
    AppError::new(code, format!("不能写入 {}：{error}；请检查目录权限和剩余空间", path.display()))
}

impl Opened {
    /// Opens what is there for reading; the sample when nothing was imported.
    pub fn open(settings: &Settings) -> Result<Opened, AppError> {
        let journal = Journal::open(&corpus(settings))?;
        if journal.is_empty() {
            return sample::open(settings);
        }
        let opened = match Opened::existing(settings, journal.clone()) {
            Some(opened) if !opened.is_behind()? => return Ok(opened),
            opened => opened,
        };
        match (opened, Opened::for_writing(settings)) {
            (_, Ok(mut fresh)) => {
                // Behind: catch up, unless another process is just doing that. What cannot be written can still be read.
                match fresh.write(settings, settings.wait, |_| Ok(())) {
                    Ok(()) => Ok(fresh),
                    Err(error) if fresh.is_usable() => {
                        let begun = fresh.built_to()?.is_some();
                        let under_way = error.code == ErrorCode::Locked && begun;
                        let lag = format!("索引没有跟上库，结果可能不全：{}", error.detail);
                        fresh.lag = (!under_way).then_some(lag);
                        Ok(fresh)
                    }
                    Err(error) => Err(error),
                }
            }
            (Some(old), Err(_)) => Ok(old),
            (None, Err(error)) if error.code == ErrorCode::ReadOnly => Opened::temporary(settings, journal),
            (None, Err(error)) => Err(error),
        }
    }

    /// Opens what is there to be written to: with nothing imported, nothing is read, not even the sample.
    pub fn open_to_write(settings: &Settings) -> Result<Opened, AppError> {
        if Journal::open(&corpus(settings))?.is_empty() {
            return Ok(Opened::sample(
                Shelf::Sample(Vec::new()),
                Embedded::temporary(settings.learned.clone(), Dictionary::default())?,
            ));
        }
        Opened::open(settings)
    }

    /// A temporary index of the whole journal, for a data directory that nobody may write to.
    fn temporary(settings: &Settings, journal: Journal) -> Result<Opened, AppError> {
        let engine = Box::new(Embedded::temporary(settings.learned.clone(), dictionary(settings, &journal)?)?);
        let folder = current(settings).unwrap_or_default();
        let opened = Opened {
            shelf: Shelf::Journal(journal.clone()),
            engine,
            folder,
            graphs: Mutex::default(),
            suggesting: Suggesting::default(),
            events: Events::default(),
            erased: Erased::default(),
            lag: None,
        };
        let mut projector = Projector::new(&opened.shelf, &*opened.engine, &settings.node);
        opened.catch_up(&journal, &mut projector, &mut |_, _, _| ())?;
        opened.commit(&journal, &projector)?;
        drop(projector);
        Ok(opened)
    }

    /// Opens the index in use, if it can be used.
    fn existing(settings: &Settings, journal: Journal) -> Option<Opened> {
        let folder = current(settings)?;
        let engine = Embedded::open(&index(settings).join(&folder), settings.learned.clone()).ok()?;
        let opened = Opened {
            shelf: Shelf::Journal(journal),
            engine: Box::new(engine),
            folder,
            graphs: Mutex::default(),
            suggesting: Suggesting::default(),
            events: Events::default(),
            erased: Erased::default(),
            lag: None,
        };
        opened.is_usable().then_some(opened)
    }

    /// The index in use, if there is one that can be used.
    pub fn in_use(settings: &Settings) -> Result<Option<Opened>, AppError> {
        Ok(Opened::existing(settings, Journal::open(&corpus(settings))?))
    }

    /// Opens the index in use for writing, or makes an empty one when there is none that can be used.
    pub fn for_writing(settings: &Settings) -> Result<Opened, AppError> {
        let journal = Journal::open(&corpus(settings))?;
        match Opened::existing(settings, journal.clone()) {
            Some(opened) => Ok(opened),
            None => {
                let fresh = Opened::fresh(settings, journal)?;
                fresh.make_current(settings)?;
                Ok(fresh)
            }
        }
    }

    /// An empty index in a folder of its own, not yet in use, with the dictionary of what the journal holds now. The first
    /// import finds nothing to derive one from: its index has the words of the program and of the user.
    pub fn fresh(settings: &Settings, journal: Journal) -> Result<Opened, AppError> {
        let dictionary = dictionary(settings, &journal)?;
        let home = index(settings);
        fs::create_dir_all(&home).map_err(|error| storage(&home, &error))?;
        let taken = fs::read_dir(&home).map_err(|error| storage(&home, &error))?;
        let numbers = taken.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u64>().ok());
        let folder = (numbers.max().unwrap_or(0) + 1).to_string();
        let path = home.join(&folder);
        fs::create_dir(&path).map_err(|error| storage(&path, &error))?;
        let engine = Embedded::create(&path, settings.learned.clone(), dictionary).map_err(|error| {
            let _ = fs::remove_dir_all(&path);
            explained(settings, error.into())
        })?;
        Ok(Opened {
            shelf: Shelf::Journal(journal),
            engine: Box::new(engine),
            folder,
            graphs: Mutex::default(),
            suggesting: Suggesting::default(),
            events: Events::default(),
            erased: Erased::default(),
            lag: None,
        })
    }

    /// Makes this index the one in use and removes the others. Who still reads one of them keeps its open files.
    pub fn make_current(&self, settings: &Settings) -> Result<(), AppError> {
        let home = index(settings);
        let (new, name) = (home.join("CURRENT.new"), home.join(CURRENT));
        fs::write(&new, format!("{}\n", self.folder)).map_err(|error| storage(&new, &error))?;
        fs::rename(&new, &name).map_err(|error| storage(&name, &error))?;
        for entry in fs::read_dir(&home).map_err(|error| storage(&home, &error))?.flatten() {
            let other = entry
                .file_name()
                .to_str()
                .is_some_and(|name| name != self.folder && name.bytes().all(|byte| byte.is_ascii_digit()));
            if other {
                // What cannot be removed now is removed next time.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    /// Removes this index, which did not become the one in use.
    pub fn discard(&self, settings: &Settings) {
        if current(settings).is_none_or(|current| current != self.folder) {
            // What cannot be removed now is removed by the next one that is made.
            let _ = fs::remove_dir_all(index(settings).join(&self.folder));
        }
    }

    /// The sample, opened.
    pub fn sample(shelf: Shelf, engine: Embedded) -> Opened {
        Opened {
            shelf,
            engine: Box::new(engine),
            folder: String::new(),
            graphs: Mutex::default(),
            suggesting: Suggesting::default(),
            events: Events::default(),
            erased: Erased::default(),
            lag: None,
        }
    }

    /// Who cites whom, as far as an access sees it.
    pub fn links(&self, access: Access) -> Result<Arc<Links>, AppError> {
        self.graphs.lock().unwrap_or_else(PoisonError::into_inner).of(&*self.engine, access)
    }

    /// What is suggested to an access today. Of an older generation while the new one is being made; only the first ask waits.
    pub fn suggestions(self: &Arc<Self>, access: Access, today: Date) -> Result<Arc<Suggestions>, AppError> {
        let Some(made) = self.suggesting.made(access) else {
            return self.suggesting.renew(&*self.engine, access, today, None);
        };
        if !made.is_of(&self.engine.state()?.cursor, today) && self.suggesting.claim() {
            let own = self.clone();
            // No thread of the pool: one that waits for others may be given a second such task and wait for itself.
            let spawned = std::thread::Builder::new().spawn(move || {
                // Whoever asks next meets the same error, if there is one.
                let _ = own.renew_suggestions(access, today);
                own.suggesting.release();
            });
            if spawned.is_err() {
                self.suggesting.release();
            }
        }
        Ok(made)
    }

    /// Makes what is suggested for what the index holds now, with the citations counted.
    pub fn renew_suggestions(&self, access: Access, today: Date) -> Result<Arc<Suggestions>, AppError> {
        let links = self.links(access)?;
        self.suggesting.renew(&*self.engine, access, today, Some(&links))
    }

    /// Whether this is the sample.
    pub fn is_sample(&self) -> bool {
        matches!(self.shelf, Shelf::Sample(_))
    }

    /// Whether the data directory still uses this index (or still has nothing, for the sample).
    pub fn is_current(&self, settings: &Settings) -> bool {
        match &self.shelf {
            Shelf::Sample(_) => !has_journal(settings),
            Shelf::Journal(_) => current(settings).unwrap_or_default() == self.folder,
        }
    }

    /// That the journal which answered is still there: a directory that was taken away (an unmounted disk) is no empty one, in
    /// which the sample would answer and a new journal begin.
    pub fn stands(&self, settings: &Settings) -> Result<(), AppError> {
        // The first files of an import may all be passed over, so that nothing has been written.
        let has_written = matches!(&self.shelf, Shelf::Journal(journal) if !journal.is_empty());
        if !has_written || has_journal(settings) {
            return Ok(());
        }
        let detail = format!(
            "{} 不见了（磁盘卸载或目录被移走？）；请恢复后再来，服务仍以先前的内容回答",
            corpus(settings).display()
        );
        Err(AppError::new(ErrorCode::Corrupt, detail))
    }

    /// Whether the index belongs to this journal.
    fn is_usable(&self) -> bool {
        match (self.built_to(), &self.shelf) {
            (Ok(Some((journal, _))), Shelf::Journal(own)) => {
                let own = own.identity().is_none_or(|identity| identity == journal);
                own && self.is_ahead().is_ok_and(|ahead| !ahead)
            }
            (Ok(None), _) => true,
            _ => false,
        }
    }

    /// Name of the journal and cursor that the index was built up to; `None` for an empty index.
    fn built_to(&self) -> Result<Option<(String, Cursor)>, EngineError> {
        let state = self.engine.state()?;
        let Some((journal, _, cursor)) = split(&state.cursor) else { return Ok(None) };
        let cursor = cursor.parse().map_err(|_| EngineError::Unusable("状态不能读取".to_string()))?;
        Ok(Some((journal.to_string(), cursor)))
    }

    /// Whether the index knows more than the journal: an older one was put in its place, and places in it mean other records.
    pub fn is_ahead(&self) -> Result<bool, AppError> {
        let Shelf::Journal(journal) = &self.shelf else { return Ok(false) };
        let Some((_, cursor)) = self.built_to()? else { return Ok(false) };
        Ok(cursor > journal.end_on_disk()?)
    }

    fn is_behind(&self) -> Result<bool, AppError> {
        let Shelf::Journal(journal) = &self.shelf else { return Ok(false) };
        journal.refresh()?;
        // What waits to be erased is erased by whoever writes next.
        Ok(journal.waits_to_erase() || self.built_to()?.is_none_or(|(_, cursor)| cursor < journal.end()))
    }

    /// Runs a journey that writes: takes the lock, catches up with the journal, runs it, commits.
    pub fn write<T>(
        &self,
        settings: &Settings,
        wait: Duration,
        journey: impl FnOnce(&mut Session<'_>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let Shelf::Journal(journal) = &self.shelf else {
            return Err(AppError::new(ErrorCode::ReadOnly, "示例数据不能修改"));
        };
        let writer = journal.writer(wait)?;
        let waited = journal.waits_to_erase();
        self.engine.refresh()?;
        let warnings = writer.repaired().map(told).into_iter().collect();
        let projector = Projector::new(&self.shelf, &*self.engine, &settings.node);
        let mut session =
            Session { writer, projector, shelf: &self.shelf, engine: &*self.engine, node: &settings.node, warnings };
        let done = (|| {
            self.catch_up(journal, &mut session.projector, &mut |_, _, _| ())?;
            let answer = journey(&mut session)?;
            self.commit(journal, &session.projector)?;
            self.erase(&mut session, waited)?;
            Ok(answer)
        })();
        // What a journey that failed had written is not committed by the next one, and keeps no other writer out.
        self.engine.abandon();
        done.map_err(|error| explained(settings, error))
    }

    /// Projects what the journal holds beyond the index. Damaged frames are noted by the projector and left out.
    pub fn catch_up(
        &self,
        journal: &Journal,
        projector: &mut Projector<'_>,
        progress: &mut dyn FnMut(u64, u64, u64),
    ) -> Result<(), AppError> {
        let after = self.built_to()?.map(|(_, cursor)| cursor);
        // What the dictionary was derived from is not new to it.
        let derived: Option<Cursor> = self.engine.state()?.growth.derived_to.parse().ok();
        if after.is_some_and(|cursor| cursor >= journal.end()) {
            return Ok(());
        }
        let of_bytes = journal.end().offset;
        let mut frames = Vec::new();
        let mut bytes = 0;
        let mut round_bytes = FIRST_ROUND_BYTES;
        for frame in journal.scan_frames(after)? {
            match frame {
                Ok(frame) => {
                    bytes += frame.text().len();
                    frames.push(frame);
                }
                Err(error @ CorpusError::Damaged(_)) => projector.damage.push(error.to_string()),
                Err(error) => return Err(error.into()),
            }
            if bytes >= round_bytes {
                (bytes, round_bytes) = (0, ROUND_BYTES);
                let done = frames.last().map_or(0, |frame| frame.end().offset);
                projector.counting = frames.first().map(|frame| frame.at()) >= derived;
                projector.apply(records(std::mem::take(&mut frames))?)?;
                progress(done, of_bytes, u64::try_from(projector.documents).unwrap_or(0));
            }
        }
        projector.counting = frames.first().map(|frame| frame.at()) >= derived;
        projector.apply(records(frames)?)?;
        projector.counting = true;
        Ok(())
    }

    /// Projects and commits what the journal holds beyond the index. Answers how many provisions were written.
    pub fn follow(&self, settings: &Settings, journal: &Journal, progress: &dyn Progress) -> Result<u64, AppError> {
        let mut projector = Projector::new(&self.shelf, &*self.engine, &settings.node);
        let done = self
            .catch_up(journal, &mut projector, &mut |done, of, documents| progress.at(done, of, documents))
            .and_then(|()| self.commit(journal, &projector));
        done.map(|()| projector.provisions).map_err(|error| explained(settings, error))
    }

    /// Commits what was projected, with the cursor it stands for.
    pub fn commit(&self, journal: &Journal, projector: &Projector<'_>) -> Result<(), AppError> {
        let before = self.engine.state()?;
        let cursor = erasing::cursor(journal, &before.cursor);
        if before.cursor == cursor && projector.provisions == 0 {
            return Ok(());
        }
        self.engine.commit(&IndexState {
            cursor,
            fingerprint: before.fingerprint,
            known_to: before.known_to.max(projector.known_to),
            documents: before.documents.saturating_add_signed(projector.documents),
            growth: Growth { new: before.growth.new.and(projector.new_titles), ..before.growth },
            damage: [before.damage, projector.damage.clone()].concat(),
        })?;
        self.engine.refresh()?;
        Ok(())
    }
}
