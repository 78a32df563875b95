//! The facade that every face calls: one data directory, opened.

pub use super::acts::Act;
pub use super::asker::{Asker, Found};
use super::citations::Graph;
use super::cited::cited;
use super::compare::ComparisonRequest;
use super::error::{AppError, ErrorCode};
use super::import::{self, Rows};
use super::maintain::Alone;
use super::opened::{Opened, Session};
use super::read::Reader;
pub use super::settings::Settings;
use super::suggest::hint;
use super::synonyms::Synonyms;
use super::view::citations::{CitedByFilter, CitedByPage, CitesPage, ResolveMost, ResolvePage};
use super::view::comparison::ComparisonView;
use super::view::impact::{ImpactFilter, ImpactPage};
use super::view::standing::StandingPage;
use super::view::{
    ChangesPage, DocumentView, Exported, Holding, ImportReport, LabelledCase, MaintenanceReport, ProvisionView,
    ReadingView, SearchPage, Shown, SuggestPage, TypedCitation, VerifyReport,
};
use super::{changes, maintain, request, search, standing};
use crate::extract::metadata::Told;
use crate::index::IndexState;
use crate::law::Access;
use crate::query::{Query, Thesaurus};
use jiff::civil::Date;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// What an import may be told.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Overrides the access of every record.
    pub access: Option<Access>,
    /// Takes in again what was withdrawn.
    pub restore: bool,
    /// Records documents with the personal data that they hold, and lets nobody but the local command line see them.
    pub no_mask: bool,
    /// Keeps the bytes of every file from which a document came.
    pub keep_originals: bool,
    /// What the user says of every document.
    pub told: Told,
}

/// Tells how far an import is. Called from the importing thread.
pub trait Progress: Sync {
    /// Bytes done of bytes known so far, and documents read.
    fn at(&self, bytes: u64, of_bytes: u64, documents: u64);
}

/// One opened data directory.
pub struct Faju {
    pub(super) settings: Settings,
    opened: RwLock<Arc<Opened>>,
    pub(super) synonyms: Synonyms,
}

impl Faju {
    /// Opens a data directory for reading; with nothing imported the fictional sample answers and nothing is written. An
    /// index that is missing, damaged, of another program or behind the journal is brought up to date.
    pub fn open(settings: Settings) -> Result<Faju, AppError> {
        let synonyms = Synonyms::open(&settings)?;
        let opened = Opened::open(&settings)?;
        Ok(Faju { settings, opened: RwLock::new(Arc::new(opened)), synonyms })
    }

    /// The same to import into: with nothing imported, nothing answers.
    pub fn open_to_import(settings: Settings) -> Result<Faju, AppError> {
        let synonyms = Synonyms::of_program(&settings)?;
        let opened = Opened::open_to_write(&settings)?;
        Ok(Faju { settings, opened: RwLock::new(Arc::new(opened)), synonyms })
    }

    /// What answers now. A search that has begun keeps what it began with.
    pub(super) fn opened(&self) -> Arc<Opened> {
        self.opened.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn swap(&self, opened: Opened) -> Arc<Opened> {
        let opened = Arc::new(opened);
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = opened.clone();
        opened
    }

    /// Whether the sample answers.
    pub fn is_sample(&self) -> bool {
        self.opened().is_sample()
    }

    /// What the corpus holds, for people and for metrics.
    pub fn state(&self) -> Result<IndexState, AppError> {
        Ok(self.opened().engine.state()?)
    }

    /// The cursor of an asker's feed, as of the last commit.
    pub fn place(&self, asker: &Asker) -> Result<String, AppError> {
        self.opened().place(&self.settings.node, asker)
    }

    /// Looks for commits of other processes. Called often; cheap when nothing changed.
    pub fn refresh(&self) -> Result<(), AppError> {
        let opened = self.opened();
        if opened.is_current(&self.settings) {
            opened.engine.refresh()?;
            opened.refresh()?;
            if !opened.is_ahead()? {
                return Ok(());
            }
        }
        opened.stands(&self.settings)?;
        self.swap(Opened::open(&self.settings)?);
        Ok(())
    }

    /// Reads the user's file of synonyms again if it changed. Called often; one look at the file. A faulty file is told once and
    /// leaves the synonyms as they were.
    pub fn refresh_synonyms(&self) -> Result<(), AppError> {
        self.synonyms.refresh()
    }

    /// A search. `parameters` are those of [`super::parameters::SEARCH`] and `q`, as written by the user; an unknown or
    /// wrong one is an error that names it.
    pub fn search(&self, parameters: &[(String, String)], asker: &Asker) -> Result<SearchPage, AppError> {
        let query = request::query(parameters, &self.synonyms.table(), asker)?;
        let opened = self.opened();
        let names = || opened.links(asker.access);
        let mut page = search::search(&*opened.engine, query.clone(), &names, opened.is_sample())?;
        page.corpus.cursor = opened.place(&self.settings.node, asker)?;
        page.warnings.extend(opened.lag.clone());
        if hint::is_doubtful(&query, &page) {
            let made = opened.suggestions(asker.access, asker.today)?;
            page.did_you_mean = hint::hint(&made, &*opened.engine, &query)?;
        }
        Ok(page)
    }

    /// Where one provision (`provision`: id, or a citation as people type it) stands in a search with these parameters, or
    /// everything that keeps it out.
    pub fn standing(
        &self,
        parameters: &[(String, String)],
        provision: &str,
        asker: &Asker,
    ) -> Result<StandingPage, AppError> {
        let query = request::query(parameters, &self.synonyms.table(), asker)?;
        let opened = self.opened();
        let names = || opened.links(asker.access);
        let reader = reader(&opened, &self.settings, Some(query.as_of), asker);
        let mut page = standing::standing(&reader, query, provision, &names)?;
        page.corpus.cursor = opened.place(&self.settings.node, asker)?;
        Ok(page)
    }

    /// Titles, short names, headings and terms for what is being typed, at most `limit`.
    pub fn suggest(&self, typed: &str, limit: usize, asker: &Asker) -> Result<SuggestPage, AppError> {
        let opened = self.opened();
        let made = opened.suggestions(asker.access, asker.today)?;
        let items = made.answer(&*opened.engine, typed, limit)?;
        Ok(SuggestPage {
            query: typed.to_string(),
            items,
            sample: opened.is_sample(),
            took_ms: 0.0,
            request_id: String::new(),
        })
    }

    /// How many titles with short names, headings and terms are suggested to an asker, the bytes that are walked for it and,
    /// about, the bytes they were made of.
    pub fn suggested(&self, asker: &Asker) -> Result<([usize; 3], [usize; 2]), AppError> {
        let opened = self.opened();
        let made = opened.renew_suggestions(asker.access, asker.today)?;
        Ok((made.counts(), [made.bytes(), opened.suggesting.kept_bytes()]))
    }

    /// Makes what the first typed citation or suggestion after a commit would have to wait for.
    pub fn warm(&self, asker: &Asker) -> Result<(), AppError> {
        let opened = self.opened();
        opened.renew_suggestions(asker.access, asker.today)?;
        opened.place(&self.settings.node, asker).map(|_| ())
    }

    /// What a query cites, without the search: the look-up of a typed citation. `None`: words, no citation.
    pub fn typed(&self, query: &str, as_of: Option<Date>, asker: &Asker) -> Result<Option<TypedCitation>, AppError> {
        let query = request::query(&[("q".into(), query.into())], &Thesaurus::default(), asker)?;
        let query = Query { as_of: as_of.unwrap_or(asker.today), ..query };
        let opened = self.opened();
        let names = || opened.links(asker.access);
        Ok(cited(&*opened.engine, &query, &names)?.map(|cited| cited.view))
    }

    pub(super) fn read<T>(
        &self,
        as_of: Option<Date>,
        asker: &Asker,
        journey: impl FnOnce(&Reader<'_>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        journey(&reader(&self.opened(), &self.settings, as_of, asker))
    }

    /// Whatever an id names: instrument, version, provision or part, case.
    pub fn show(&self, id: &str, as_of: Option<Date>, asker: &Asker) -> Result<Found<Shown>, AppError> {
        self.read(as_of, asker, |reader| reader.show(id))
    }

    /// An instrument on a day (`as_of`, else today), or one version of it (`{instrument}@{version}`), or a case.
    pub fn instrument(&self, id: &str, as_of: Option<Date>, asker: &Asker) -> Result<Found<ReadingView>, AppError> {
        self.read(as_of, asker, |reader| reader.instrument(id))
    }

    /// Two versions of an instrument, or two instruments, article by article.
    pub fn compare(
        &self,
        asked: &ComparisonRequest,
        as_of: Option<Date>,
        asker: &Asker,
    ) -> Result<Found<ComparisonView>, AppError> {
        self.read(as_of, asker, |reader| reader.compare(asked))
    }

    /// One provision, or a part of it.
    pub fn provision(&self, id: &str, as_of: Option<Date>, asker: &Asker) -> Result<Found<ProvisionView>, AppError> {
        self.read(as_of, asker, |reader| reader.provision(id))
    }

    /// Whether an id names something that only few may read, as far as the asker sees it.
    pub fn is_restricted(&self, id: &str, asker: &Asker) -> bool {
        let version = id.split('/').next().unwrap_or(id);
        let access = self.read(None, asker, |reader| {
            let card = reader.card(version)?;
            let of_version = card.version(version).map(|version| version.access);
            Ok(of_version.or_else(|| card.versions.iter().map(|version| version.access).max()))
        });
        access.is_ok_and(|access| access == Some(Access::Restricted))
    }

    /// A record as received, of every origin.
    pub fn document(&self, id: &str, asker: &Asker) -> Result<Found<DocumentView>, AppError> {
        self.read(None, asker, |reader| reader.document(id))
    }

    pub(super) fn graph<T>(
        &self,
        as_of: Option<Date>,
        asker: &Asker,
        journey: impl FnOnce(&Graph<'_>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let opened = self.opened();
        let links = opened.links(asker.access)?;
        let reader = reader(&opened, &self.settings, as_of, asker);
        let known_to = opened.engine.state()?.known_to;
        journey(&Graph { links: &links, reader: &reader, known_to })
    }

    /// The citations of texts from outside, resolved on a day. With `within` (a version) 本法 and 第三条 mean that text.
    pub fn resolve(
        &self,
        texts: &[String],
        within: Option<&str>,
        as_of: Option<Date>,
        asker: &Asker,
    ) -> Result<ResolvePage, AppError> {
        self.graph(as_of, asker, |graph| graph.resolve(texts, within, None))
    }

    /// The same with an answer of bounded size: what is beyond it is counted and left off.
    pub fn resolve_most(
        &self,
        texts: &[String],
        within: Option<&str>,
        as_of: Option<Date>,
        most: ResolveMost,
        asker: &Asker,
    ) -> Result<ResolvePage, AppError> {
        self.graph(as_of, asker, |graph| graph.resolve(texts, within, Some(most)))
    }

    /// What an instrument, a version, a case or a provision cites.
    pub fn cites(&self, id: &str, as_of: Option<Date>, asker: &Asker) -> Result<Found<CitesPage>, AppError> {
        self.graph(as_of, asker, |graph| graph.cites(id))
    }

    /// Who cites it.
    pub fn cited_by(
        &self,
        id: &str,
        filter: &CitedByFilter,
        as_of: Option<Date>,
        asker: &Asker,
    ) -> Result<Found<CitedByPage>, AppError> {
        self.graph(as_of, asker, |graph| graph.cited_by(id, filter))
    }

    /// What a change or repeal leaves pointing at nothing, at moved or at altered text.
    pub fn impact(
        &self,
        id: &str,
        filter: &ImpactFilter,
        as_of: Option<Date>,
        asker: &Asker,
    ) -> Result<Found<ImpactPage>, AppError> {
        self.graph(as_of, asker, |graph| graph.impact(id, filter))
    }

    /// Every instrument and case with its versions, their status on a day.
    pub fn inventory(&self, as_of: Option<Date>, asker: &Asker) -> Result<Vec<Holding>, AppError> {
        self.read(as_of, asker, |reader| reader.inventory())
    }

    /// Every case whole, with what people labelled it by: only for measuring.
    pub fn labelled(&self, asker: &Asker) -> Result<Vec<LabelledCase>, AppError> {
        self.read(None, asker, |reader| reader.labelled())
    }

    /// Imports files, folders and archives; `stop` ends it between two rounds. Each tree of files is one batch: other
    /// writers get their turn between two of them.
    pub fn import(
        &self,
        paths: &[PathBuf],
        options: &ImportOptions,
        progress: &dyn Progress,
        stop: &AtomicBool,
    ) -> Result<ImportReport, AppError> {
        let mut rows = Rows::default();
        let trees = import::trees(paths, &mut rows)?;
        let of_bytes = trees.iter().map(|tree| tree.bytes).sum();
        let mut before = 0;
        for (place, tree) in trees.iter().enumerate() {
            let wait = if place == 0 { self.settings.wait } else { Duration::MAX };
            self.write(wait, |session| {
                session.warnings.drain(..).for_each(|warning| rows.warn(warning));
                let mut import = session.import(options, progress, stop);
                import.originals = options.keep_originals.then(|| self.originals());
                import.tree(tree, &mut rows, before, of_bytes)
            })?;
            before += tree.bytes;
            if stop.load(Ordering::Relaxed) {
                rows.warn("导入被中断：已写入的都有效，再次运行同一命令即可继续");
                break;
            }
        }
        let IndexState { growth, damage, .. } = self.state()?;
        rows.damaged(damage);
        if growth.waits() {
            let (new, _) = growth.titles();
            rows.warn(format!(
                "有 {new} 个新标题及其用语还不在词典中；运行 faju rebuild 即可收入，faju serve 运行时会自行收入"
            ));
        }
        Ok(rows.finish())
    }

    /// Imports records of the interchange format that came over the network; `name` stands in the report.
    pub fn import_lines(&self, name: &str, body: &[u8], options: &ImportOptions) -> Result<ImportReport, AppError> {
        let mut rows = Rows::default();
        self.write(self.settings.wait, |session| {
            session.import(options, &Silent, &AtomicBool::new(false)).lines(name, body, &mut rows)
        })?;
        rows.damaged(self.state()?.damage);
        Ok(rows.finish())
    }

    /// Records a person's act and brings the index up to date.
    pub fn act(&self, act: Act, asker: &Asker) -> Result<MaintenanceReport, AppError> {
        if self.is_sample() {
            return Err(AppError::new(ErrorCode::NotFound, "尚未导入任何文件，没有可更正、关联、撤回或删去的内容"));
        }
        self.write(self.settings.wait, |session| maintain::act(session, act, asker))
    }

    /// Makes the index again if its files may still hold what was erased since it was made; true if it did. Searches go on
    /// meanwhile with the old one, which answers nothing of it.
    pub fn purge(&self) -> Result<bool, AppError> {
        if !self.holds_erased() || !self.opened().is_current(&self.settings) {
            return Ok(false);
        }
        let (fresh, _) = maintain::rebuild(&self.settings, Alone::AtTheEnd, &Silent)?;
        self.swap(fresh);
        Ok(true)
    }

    /// Whether the files of the index may still hold what was erased.
    pub fn holds_erased(&self) -> bool {
        let opened = self.opened();
        !opened.is_sample() && opened.holds_erased().unwrap_or(false)
    }

    /// Walks every frame of the journal.
    pub fn verify(&self) -> Result<VerifyReport, AppError> {
        Self::verify_journal(&self.settings)
    }

    /// The same without an index, which may be lost or damaged.
    pub fn verify_journal(settings: &Settings) -> Result<VerifyReport, AppError> {
        maintain::verify(settings)
    }

    /// Makes the index again where it cannot even be opened.
    pub fn rebuild_index(settings: &Settings, progress: &dyn Progress) -> Result<MaintenanceReport, AppError> {
        maintain::rebuild(settings, Alone::Throughout, progress).map(|(_, report)| report)
    }

    /// Makes the index again from the journal; searches go on with the old one meanwhile.
    pub fn rebuild(&self, progress: &dyn Progress) -> Result<MaintenanceReport, AppError> {
        let (opened, report) = maintain::rebuild(&self.settings, Alone::Throughout, progress)?;
        self.swap(opened);
        Ok(report)
    }

    /// Makes the index again with a new dictionary if so many new titles wait for one; true if it did. Searches go on with
    /// the old one meanwhile, and so do imports until the last moment.
    pub fn grow(&self) -> Result<bool, AppError> {
        let opened = self.opened();
        if opened.is_sample() || !opened.is_current(&self.settings) {
            return Ok(false);
        }
        // From a damaged journal nothing better comes until a person has mended it.
        let state = opened.engine.state()?;
        if !state.growth.waits() || !state.damage.is_empty() {
            return Ok(false);
        }
        let (fresh, _) = maintain::rebuild(&self.settings, Alone::AtTheEnd, &Silent)?;
        self.swap(fresh);
        Ok(true)
    }

    /// Writes every document in the interchange format, one a line.
    pub fn export(&self, out: &mut dyn Write) -> Result<Exported, AppError> {
        let opened = self.opened();
        maintain::export(&opened, out)
    }

    /// Records after a cursor that the asker may see, oldest first.
    pub fn changes(&self, after: Option<&str>, limit: usize, asker: &Asker) -> Result<ChangesPage, AppError> {
        let opened = self.opened();
        changes::changes(&opened, &self.settings.node, after, limit, asker)
    }

    /// The same as lines, each record byte for byte, handed over in pieces until `out` answers false.
    pub fn stream_changes(
        &self,
        (after, limit): (Option<&str>, Option<u64>),
        asker: &Asker,
        out: &mut dyn FnMut(Vec<u8>) -> bool,
    ) -> Result<(), AppError> {
        changes::stream(&self.opened(), &self.settings.node, (after, limit), asker, out)
    }

    /// Name of the feed that an asker gets: cursors of another one mean nothing in it. `None` while nothing is imported.
    pub fn feed(&self, asker: &Asker) -> Option<String> {
        changes::feed(&self.opened(), asker)
    }

    /// Runs a journey that writes, under the lock, and commits the index. The first write leaves the sample behind.
    pub(super) fn write<T>(
        &self,
        wait: Duration,
        journey: impl FnOnce(&mut Session<'_>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let mut opened = self.opened();
        opened.stands(&self.settings)?;
        if opened.is_sample() || !opened.is_current(&self.settings) || opened.is_ahead()? {
            opened = self.swap(Opened::for_writing(&self.settings)?);
        }
        opened.write(&self.settings, wait, journey)
    }
}

/// What an asker reads from on a day.
pub(super) fn reader<'a>(
    opened: &'a Opened,
    settings: &'a Settings,
    as_of: Option<Date>,
    asker: &'a Asker,
) -> Reader<'a> {
    Reader {
        shelf: &opened.shelf,
        engine: &*opened.engine,
        node: &settings.node,
        sample: opened.is_sample(),
        asker,
        as_of: as_of.unwrap_or(asker.today),
    }
}

/// Progress that nobody watches.
struct Silent;

impl Progress for Silent {
    fn at(&self, _bytes: u64, _of_bytes: u64, _documents: u64) {}
}
