//! The embedded engine: tantivy keeps the lists, we decide what matches, in which order and how it is counted.
//!
//! | file | what it does |
//! |---|---|
//! | `schema`, `tokens`, `row`, `record` | how an entry becomes terms, columns and stored bytes |
//! | `lexicon` | the words that cut texts and questions of this index, frozen beside its segments |
//! | `write`, `load` | writing, committing, merging |
//! | `leaf`, `snapshot` | what is known of a segment, of a generation |
//! | `plan`, `filter`, `admitted` | what matches |
//! | `weigh`, `score`, `first`, `order`, `cursor` | in which order, which page of it |
//! | `expand` | terms of the thesaurus: what has them, what they add |
//! | `vectors`, `near`, `fuse` | learned association: vectors beside the segments, what is near, words and vectors in one order |
//! | `count`, `highlight`, `search` | totals, facets, highlights, the whole answer |
//! | `standing` | where one provision stands in it, or what keeps it out |

mod admitted;
mod bits;
mod count;
mod cursor;
mod expand;
mod filter;
mod first;
mod fuse;
mod headings;
mod highlight;
mod leaf;
mod lexicon;
mod load;
mod near;
mod order;
mod plan;
mod record;
mod remembered;
mod row;
mod schema;
mod score;
mod search;
mod snapshot;
mod standing;
#[cfg(test)]
mod tests;
mod tokens;
mod vectors;
mod weigh;
mod write;

use super::{Answer, Dictionary, Engine, EngineError, Growth, IndexState, Projection, Standing, fields};
use crate::query::Query;
use leaf::Leaf;
use lexicon::Lexicon;
use load::Load;
use schema::Fields;
use sha2::{Digest, Sha256};
use snapshot::{Kept, Snapshot};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Instant;
use tantivy::collector::DocSetCollector;
use tantivy::directory::MmapDirectory;
use tantivy::index::SegmentId;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::schema::document::Value;
use tantivy::store::Compressor;
use tantivy::{DocAddress, Index, IndexReader, IndexSettings, ReloadPolicy, TantivyDocument, Term};
pub use vectors::Learned;
use vectors::Store;
use write::Writing;

/// Version of everything about the index that neither the table of fields nor the segmenter says.
const FORMAT: &str = "faju index 21";

/// Bytes of stored provisions that are packed together. Every hit of a page unpacks such a block: an eighth of what tantivy
/// would pack makes the store a little larger and a page much faster.
const STORED_BLOCK_BYTES: usize = 2_048;

/// A search engine inside the process, on a directory or in memory.
pub struct Embedded {
    index: Index,
    fields: Fields,
    reader: IndexReader,
    lexicon: Arc<Lexicon>,
    fingerprint: String,
    /// Open from the first write to the commit.
    writing: Mutex<Option<Writing>>,
    load: Load,
    /// What searches see; held only to be read or replaced.
    current: Mutex<Arc<Snapshot>>,
    /// Columns of the newest segments; held while a commit is read.
    leaves: Mutex<HashMap<SegmentId, Arc<Leaf>>>,
    kept: Mutex<Kept>,
    vectors: Store,
}

impl Embedded {
    /// Opens the index in a directory.
    ///
    /// # Errors
    /// [`EngineError::Unusable`] if there is none, if it or its dictionary is damaged, or if another version made it.
    pub fn open(directory: &Path, learned: Learned) -> Result<Embedded, EngineError> {
        let unusable = |error: tantivy::TantivyError| EngineError::Unusable(error.to_string());
        let mapped = MmapDirectory::open(directory).map_err(|error| EngineError::Unusable(error.to_string()))?;
        let index = Index::open(mapped).map_err(unusable)?;
        Embedded::with(index, Arc::new(Lexicon::read(directory)?), Store::new(learned, Some(directory)))
    }

    /// Makes an empty index in a directory, which is made too if need be. The words of the dictionary are frozen beside
    /// it.
    ///
    /// # Errors
    /// [`EngineError::Storage`] if there is one already, or if the directory cannot be written.
    pub fn create(directory: &Path, learned: Learned, dictionary: Dictionary) -> Result<Embedded, EngineError> {
        std::fs::create_dir_all(directory).map_err(|error| EngineError::Storage(error.to_string()))?;
        let (schema, _) = schema::schema()?;
        let index = Index::builder().schema(schema).settings(settings()).create_in_dir(directory)?;
        let lexicon = Lexicon::new(dictionary.words);
        lexicon.write(directory)?;
        Embedded::with_first_commit(index, lexicon, dictionary.growth, Store::new(learned, Some(directory)))
    }

    /// Makes an empty index in memory.
    ///
    /// # Errors
    /// [`EngineError::Storage`] if it cannot be made.
    pub fn temporary(learned: Learned, dictionary: Dictionary) -> Result<Embedded, EngineError> {
        let (schema, _) = schema::schema()?;
        let index = Index::builder().schema(schema).settings(settings()).create_in_ram()?;
        let lexicon = Lexicon::new(dictionary.words);
        Embedded::with_first_commit(index, lexicon, dictionary.growth, Store::new(learned, None))
    }

    /// Names schema, segmenter and dictionary: an index of another fingerprint must be rebuilt.
    fn fingerprint(lexicon: &Lexicon) -> String {
        let mut digest = Sha256::new();
        for part in [FORMAT, &fields::fingerprint(), &lexicon.fingerprint()] {
            digest.update(part);
            digest.update([0]);
        }
        cursor::hex(&digest.finalize()[..8])
    }

    /// The first commit says which fingerprint the index has.
    fn with_first_commit(
        mut index: Index,
        lexicon: Lexicon,
        growth: Growth,
        vectors: Store,
    ) -> Result<Embedded, EngineError> {
        let lexicon = Arc::new(lexicon);
        index.set_tokenizers(tokens::manager(&lexicon));
        let fingerprint = Embedded::fingerprint(&lexicon);
        let state = IndexState { fingerprint, growth, ..IndexState::default() };
        write::commit(&mut write::writer(&index, &lexicon)?, &state)?;
        Embedded::with(index, lexicon, vectors)
    }

    fn with(mut index: Index, lexicon: Arc<Lexicon>, vectors: Store) -> Result<Embedded, EngineError> {
        index.set_tokenizers(tokens::manager(&lexicon));
        let (schema, fields) = schema::schema()?;
        if index.schema() != schema {
            return Err(EngineError::Unusable("索引由其他版本的程序建立".into()));
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(unusable)?;
        let mut leaves = HashMap::new();
        let snapshot = Arc::new(load(&index, &reader, &fields, &mut leaves)?);
        let fingerprint = Embedded::fingerprint(&lexicon);
        if snapshot.state.fingerprint != fingerprint {
            return Err(EngineError::OtherProgram);
        }
        let current = Mutex::new(snapshot);
        Ok(Embedded {
            index,
            fields,
            reader,
            lexicon,
            fingerprint,
            writing: Mutex::new(None),
            load: Load::default(),
            current,
            leaves: Mutex::new(leaves),
            kept: Mutex::default(),
            vectors,
        })
    }

    /// Whether searches see the newest commit.
    fn is_current(&self) -> Result<bool, EngineError> {
        let metas = self.index.load_metas().map_err(unusable)?;
        let seen = self.snapshot();
        let generation = seen.searcher.generation();
        Ok(metas.segments.len() == generation.segments().len()
            && metas.segments.iter().all(|meta| generation.segments().get(&meta.id()) == Some(&meta.delete_opstamp()))
            && state_of(metas.payload.as_deref()) == seen.state)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        lock(&self.current).clone()
    }

    /// Sees the newest commit; true if it is another one than before. Searches go on meanwhile.
    fn reload(&self) -> Result<bool, EngineError> {
        self.reload_with(&mut lock(&self.leaves), None)
    }

    /// `before` has the same provisions in other segments, which were merged.
    fn reload_with(
        &self,
        leaves: &mut HashMap<SegmentId, Arc<Leaf>>,
        before: Option<&Snapshot>,
    ) -> Result<bool, EngineError> {
        self.reader.reload().map_err(unusable)?;
        let snapshot = load(&self.index, &self.reader, &self.fields, leaves)?;
        if snapshot.state.fingerprint != self.fingerprint {
            return Err(EngineError::OtherProgram);
        }
        self.vectors.make(&snapshot, &self.fields, before)?;
        let mut current = lock(&self.current);
        let changed = snapshot.id != current.id || snapshot.state != current.state;
        let last = std::mem::replace(&mut *current, Arc::new(snapshot));
        // Only cursors lead to it from now on: several generations together must not hold much.
        last.windows.forget();
        Ok(changed)
    }

    /// A query on a generation.
    fn search_of<'s>(&'s self, snapshot: &'s Snapshot, query: &'s Query) -> search::Search<'s> {
        search::Search { snapshot, fields: &self.fields, lexicon: &self.lexicon, vectors: &self.vectors, query }
    }

    /// The generation that a query is about.
    fn generation(&self, query: &Query) -> Result<(Arc<Snapshot>, Option<cursor::Cursor>), EngineError> {
        let Some(text) = &query.cursor else { return Ok((self.snapshot(), None)) };
        let cursor = cursor::Cursor::decode(text)?;
        if cursor.question != cursor::question(query) {
            return Err(EngineError::CursorOfAnother);
        }
        if cursor.expanded != cursor::expanded(query) {
            return Err(EngineError::CursorExpired);
        }
        let current = self.snapshot();
        let snapshot = match lock(&self.kept).find(&cursor.generation, Instant::now()) {
            Some(kept) => kept,
            None if cursor.generation == current.id => current,
            None => return Err(EngineError::CursorExpired),
        };
        Ok((snapshot, Some(cursor)))
    }

    /// Group id, card and links of a document.
    fn card(&self, snapshot: &Snapshot, address: DocAddress) -> Result<Option<Stored>, EngineError> {
        let document: TantivyDocument = snapshot.searcher.doc(address)?;
        let text = |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let split = text(self.fields.card).split_once(row::CARD_BEGINS);
        let links = text(self.fields.links).to_owned();
        Ok(split.map(|(group, card)| Stored { group: group.to_owned(), card: card.to_owned(), links }))
    }
}

/// What is stored of a group beside its provisions.
struct Stored {
    group: String,
    card: String,
    links: String,
}

impl Engine for Embedded {
    fn forget(&self) {
        lock(&self.kept).forget();
    }

    fn write(&self, projections: Vec<Projection>) -> Result<(), EngineError> {
        // A writer keeps others out until the commit, which may never come where nothing is written.
        if projections.is_empty() {
            return Ok(());
        }
        let mut slot = lock(&self.writing);
        let mut writing = match slot.take() {
            Some(writing) => writing,
            None => {
                let writer = write::writer(&self.index, &self.lexicon)?;
                // Nobody else commits from now on.
                if !self.is_current()? {
                    self.reload()?;
                }
                Writing::new(writer, self.lexicon.clone(), self.snapshot().searcher.clone())
            }
        };
        // A writer that failed is dropped, and with it everything since the last commit.
        writing.write(&self.fields, &self.load, projections)?;
        *slot = Some(writing);
        Ok(())
    }

    fn abandon(&self) {
        drop(lock(&self.writing).take());
    }

    fn commit(&self, state: &IndexState) -> Result<(), EngineError> {
        let state = IndexState { fingerprint: self.fingerprint.clone(), ..state.clone() };
        let mut writer = match lock(&self.writing).take() {
            Some(writing) => writing.into_writer(),
            None => write::writer(&self.index, &self.lexicon)?,
        };
        write::commit(&mut writer, &state)?;
        self.reload()?;
        if write::merge(&mut writer, &self.index)? {
            self.reload_with(&mut lock(&self.leaves), Some(&self.snapshot()))?;
            // Only now that nobody here reads the segments that were merged, their files can go.
            writer.garbage_collect_files().wait()?;
        }
        self.vectors.keep_only(&self.snapshot());
        Ok(())
    }

    fn state(&self) -> Result<IndexState, EngineError> {
        Ok(self.snapshot().state.clone())
    }

    fn damaged_files(&self) -> Result<Vec<String>, EngineError> {
        let damaged = self.index.validate_checksum()?;
        let mut names: Vec<String> = damaged.iter().map(|path| path.display().to_string()).collect();
        names.extend(self.vectors.damaged_files());
        names.sort();
        Ok(names)
    }

    fn refresh(&self) -> Result<bool, EngineError> {
        if self.is_current()? {
            return Ok(false);
        }
        // While one thread reads a new commit, the others go on with the last one.
        match self.leaves.try_lock() {
            Ok(mut leaves) => self.reload_with(&mut leaves, None),
            Err(TryLockError::Poisoned(poisoned)) => self.reload_with(&mut poisoned.into_inner(), None),
            Err(TryLockError::WouldBlock) => Ok(false),
        }
    }

    fn search(&self, query: &Query) -> Result<Answer, EngineError> {
        let (snapshot, cursor) = self.generation(query)?;
        let answer = self.search_of(&snapshot, query).answer(cursor.as_ref())?;
        if cursor.is_some() || answer.next.is_some() {
            lock(&self.kept).keep(&snapshot, Instant::now());
        }
        Ok(answer)
    }

    fn standing(&self, query: &Query, provision: &str) -> Result<Standing, EngineError> {
        let (snapshot, cursor) = self.generation(query)?;
        self.search_of(&snapshot, query).standing(provision, cursor.as_ref())
    }

    fn cards(&self, key: &str) -> Result<Vec<String>, EngineError> {
        let snapshot = self.snapshot();
        let query = TermQuery::new(Term::from_field_text(self.fields.key, key), IndexRecordOption::Basic);
        let mut cards = Vec::new();
        for address in snapshot.searcher.search(&query, &DocSetCollector)? {
            cards.extend(self.card(&snapshot, address)?);
        }
        cards.sort_by(|one: &Stored, other| one.group.cmp(&other.group));
        Ok(cards.into_iter().map(|stored| stored.card).collect())
    }

    fn each_card(&self, visit: &mut dyn FnMut(&str, &str) -> bool) -> Result<(), EngineError> {
        let snapshot = self.snapshot();
        for (segment, (reader, view)) in snapshot.searcher.segment_readers().iter().zip(&snapshot.views).enumerate() {
            let mut runs = view.leaf.runs.iter().peekable();
            for doc in reader.doc_ids_alive() {
                while runs.peek().is_some_and(|run| run.docs.end <= doc) {
                    runs.next();
                }
                if runs.peek().is_some_and(|run| run.docs.contains(&doc)) {
                    continue;
                }
                if let Some(stored) = self.card(&snapshot, DocAddress::new(segment as u32, doc))?
                    && !visit(&stored.card, &stored.links)
                {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// The newest commit as a generation. Another process may commit between the two readings; then they are read again.
fn load(
    index: &Index,
    reader: &IndexReader,
    fields: &Fields,
    leaves: &mut HashMap<SegmentId, Arc<Leaf>>,
) -> Result<Snapshot, EngineError> {
    for _ in 0..10 {
        let metas = index.load_metas().map_err(unusable)?;
        let searcher = reader.searcher();
        let segments = searcher.generation().segments();
        if metas.segments.len() == segments.len() && metas.segments.iter().all(|meta| segments.contains_key(&meta.id()))
        {
            return Snapshot::new(searcher, fields, state_of(metas.payload.as_deref()), leaves);
        }
        reader.reload().map_err(unusable)?;
    }
    Err(EngineError::Storage("索引正在被频繁改写".into()))
}

/// The state in the payload of a commit; without a readable one nothing is known, not even the fingerprint.
fn state_of(payload: Option<&str>) -> IndexState {
    payload.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// LZ4, because a page of hits unpacks ten blocks: Zstandard would save a tenth of the index and triple their time.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::Lz4,
        docstore_blocksize: STORED_BLOCK_BYTES,
        ..IndexSettings::default()
    }
}

impl From<tantivy::TantivyError> for EngineError {
    fn from(error: tantivy::TantivyError) -> EngineError {
        match error {
            tantivy::TantivyError::DataCorruption(_) => EngineError::Unusable(error.to_string()),
            tantivy::TantivyError::LockFailure(..) => EngineError::Busy,
            _ => EngineError::Storage(error.to_string()),
        }
    }
}

fn unusable(error: tantivy::TantivyError) -> EngineError {
    EngineError::Unusable(error.to_string())
}

/// A poisoned lock holds values that are each whole: a panic elsewhere does not make them wrong.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
