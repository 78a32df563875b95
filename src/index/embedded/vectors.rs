//! The vectors of a segment's provisions: a file beside the segments, made of what they store.
//!
//! A segment never changes, so its file never does. It is named after segment and model; one that is missing (an older
//! index, another model, a process that was killed between commit and file) or damaged is made again when it is first asked
//! for. At its end stands the CRC-32 of the rest.

use super::leaf::Leaf;
use super::lock;
use super::record::decode;
use super::schema::Fields;
use super::snapshot::{Snapshot, View};
use super::unusable;
use crate::index::{EngineError, Entry};
use crate::rank::association::{Cut, Model, Pull, Vector, Vectors, VectorsWriter};
use crate::rank::fusion::Fusion;
use crate::text::fold::fold_str;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};
use tantivy::index::SegmentId;
use tantivy::schema::document::Value;
use tantivy::{DocId, SegmentReader, TantivyDocument};

/// Folder of the files, below that of the index.
const FOLDER: &str = "vectors";
/// Provisions that one thread takes at once.
const TAKEN: usize = 512;
/// Unpacked blocks of the store that a thread keeps.
const BLOCKS_KEPT: usize = 2;

/// Pulls that are told of a provision.
const PULLS: usize = 12;

/// The vectors of one segment, by document.
pub type SegmentVectors = Arc<Vectors<OwnedBytes>>;

/// What was learned: `None` for what is in the program, read when it is first needed.
#[derive(Debug, Clone, Default)]
pub struct Learned {
    /// The model of association.
    pub model: Option<Arc<Model>>,
    /// The weights of words and association.
    pub fusion: Option<Arc<Fusion>>,
}

/// The vectors of all segments that were asked for.
pub struct Store {
    learned: Learned,
    /// `None` for an index in memory.
    folder: Option<PathBuf>,
    known: Mutex<HashMap<SegmentId, Slot>>,
}

/// The vectors of a segment, once they are there. Locked while they are made: who asks at the same time waits for them.
type Slot = Arc<Mutex<Option<SegmentVectors>>>;

impl Store {
    /// The store of an index in a directory or in memory.
    pub fn new(learned: Learned, directory: Option<&Path>) -> Store {
        Store { learned, folder: directory.map(|directory| directory.join(FOLDER)), known: Mutex::default() }
    }

    /// The model.
    pub fn model(&self) -> Result<Arc<Model>, EngineError> {
        let known = self.learned.model.clone().map_or_else(Model::embedded, Ok);
        known.map_err(|error| EngineError::Unusable(error.to_string()))
    }

    /// The weights.
    pub fn fusion(&self) -> Result<Arc<Fusion>, EngineError> {
        self.learned.fusion.clone().map_or_else(Fusion::embedded, Ok).map_err(EngineError::Unusable)
    }

    /// Which words of a question pulled which of an entry.
    pub fn pulls(&self, asked: &str, entry: &Entry) -> Result<Vec<Pull>, EngineError> {
        let (asked, title, (text, headings)) = (fold_str(asked), fold_str(&entry.group.title), parts(entry));
        let provision = [&Cut::of(&title), &Cut::of(&headings), &Cut::of(&text)];
        Ok(self.model()?.explain(&Cut::of(&asked), provision, PULLS))
    }

    /// The vectors of every segment of a generation, in its order.
    pub fn of(&self, snapshot: &Snapshot, fields: &Fields) -> Result<Vec<SegmentVectors>, EngineError> {
        self.carried(snapshot, fields, None)
    }

    /// Makes the files that are missing; an index in memory has none, and makes vectors when they are first asked for.
    /// `before` is a generation with the same provisions in other segments: its vectors are taken over.
    pub fn make(&self, snapshot: &Snapshot, fields: &Fields, before: Option<&Snapshot>) -> Result<(), EngineError> {
        if self.folder.is_none() {
            return Ok(());
        }
        let Some(before) = before else { return self.of(snapshot, fields).map(|_| ()) };
        let earlier = Earlier { views: &before.views, vectors: &self.of(before, fields)? };
        self.carried(snapshot, fields, Some(&earlier)).map(|_| ())
    }

    fn carried(
        &self,
        snapshot: &Snapshot,
        fields: &Fields,
        earlier: Option<&Earlier<'_>>,
    ) -> Result<Vec<SegmentVectors>, EngineError> {
        let readers = snapshot.searcher.segment_readers();
        let mut vectors = Vec::with_capacity(readers.len());
        for (reader, view) in readers.iter().zip(&snapshot.views) {
            let slot = lock(&self.known).entry(reader.segment_id()).or_default().clone();
            let mut slot = lock(&slot);
            let found = match &*slot {
                Some(known) => known.clone(),
                None => self.found_or_made(reader, &view.leaf, fields, earlier)?,
            };
            *slot = Some(found.clone());
            vectors.push(found);
        }
        Ok(vectors)
    }

    fn found_or_made(
        &self,
        reader: &SegmentReader,
        leaf: &Leaf,
        fields: &Fields,
        earlier: Option<&Earlier<'_>>,
    ) -> Result<SegmentVectors, EngineError> {
        let model = self.model()?;
        let name = format!("{}.{}", reader.segment_id().uuid_string(), model.fingerprint());
        if let Some(found) = self.read(&name).filter(|found| found.count() == reader.max_doc() as usize) {
            return Ok(Arc::new(found));
        }
        let bytes = Making { reader, leaf, fields, model: &model }.bytes(earlier)?;
        // Where nothing can be written, they are kept in memory and made again by the next process.
        let written = self.write(&name, &bytes).is_ok();
        let found = if written { self.read(&name) } else { None };
        let found = found.map_or_else(|| Vectors::read(OwnedBytes::new(bytes)), Ok);
        found.map(Arc::new).map_err(|error| EngineError::Unusable(error.to_string()))
    }

    fn read(&self, name: &str) -> Option<Vectors<OwnedBytes>> {
        let directory = MmapDirectory::open(self.folder.as_ref()?).ok()?;
        let bytes = directory.open_read(Path::new(name)).ok()?.read_bytes().ok()?;
        // What was damaged is made again like what is missing.
        let vectors = checked(&bytes)?.len();
        Vectors::read(bytes.slice(0..vectors)).ok()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let folder = self.folder.as_ref().ok_or(io::ErrorKind::Unsupported)?;
        std::fs::create_dir_all(folder)?;
        let sum = crc32fast::hash(bytes).to_le_bytes();
        let bytes = [bytes, &sum].concat();
        MmapDirectory::open(folder).map_err(io::Error::other)?.atomic_write(Path::new(name), &bytes)
    }

    /// Names of the files that are not as they were written.
    pub fn damaged_files(&self) -> Vec<String> {
        let entries = self.folder.as_ref().and_then(|folder| std::fs::read_dir(folder).ok());
        let damaged = entries.into_iter().flatten().flatten().filter(|entry| {
            // One that is gone by now is that of a segment that is gone.
            std::fs::read(entry.path()).is_ok_and(|bytes| checked(&bytes).is_none())
        });
        damaged.map(|entry| format!("{FOLDER}/{}", entry.file_name().to_string_lossy())).collect()
    }

    /// Removes the files of segments that are gone. Who still reads one of them keeps its open file.
    pub fn keep_only(&self, snapshot: &Snapshot) {
        let living: HashSet<String> =
            snapshot.searcher.segment_readers().iter().map(|reader| reader.segment_id().uuid_string()).collect();
        lock(&self.known).retain(|segment, _| living.contains(&segment.uuid_string()));
        let entries = self.folder.as_ref().and_then(|folder| std::fs::read_dir(folder).ok());
        for entry in entries.into_iter().flatten().flatten() {
            let name = entry.file_name();
            let segment = name.to_str().and_then(|name| name.split('.').next());
            if segment.is_some_and(|segment| !living.contains(segment)) {
                // What cannot be removed now is removed next time.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

/// What stands before the checksum at the end of a file, if it is as it was written.
fn checked(bytes: &[u8]) -> Option<&[u8]> {
    let (vectors, sum) = bytes.split_last_chunk::<4>()?;
    (crc32fast::hash(vectors) == u32::from_le_bytes(*sum)).then_some(vectors)
}

/// A generation that has the same provisions in other segments.
struct Earlier<'a> {
    views: &'a [View],
    vectors: &'a [SegmentVectors],
}

impl Earlier<'_> {
    /// Where the living provisions of a version stood, if there were as many.
    fn run(&self, version: &str, length: usize) -> Option<(usize, Range<DocId>)> {
        self.views.iter().enumerate().find_map(|(segment, view)| {
            let mut runs = view.leaf.runs_of(version).map(|run| run.docs.clone());
            let run = runs.find(|docs| docs.len() == length && docs.clone().all(|doc| view.living.contains(doc)))?;
            Some((segment, run))
        })
    }
}

/// The making of the vectors of one segment.
struct Making<'a> {
    reader: &'a SegmentReader,
    leaf: &'a Leaf,
    fields: &'a Fields,
    model: &'a Model,
}

impl Making<'_> {
    fn bytes(&self, earlier: Option<&Earlier<'_>>) -> Result<Vec<u8>, EngineError> {
        let mut writer = VectorsWriter::new(self.model.dimension(), self.reader.max_doc() as usize);
        let mut wanted: Vec<(DocId, usize)> = Vec::new();
        for (place, run) in self.leaf.runs.iter().enumerate() {
            let version = &self.leaf.head(run).head.version.id;
            match earlier.and_then(|earlier| Some((earlier, earlier.run(version, run.docs.len())?))) {
                Some((earlier, (segment, docs))) => {
                    let vectors = &earlier.vectors[segment];
                    run.docs.clone().zip(docs).for_each(|(to, from)| writer.copy(to as usize, vectors, from as usize));
                }
                None => wanted.extend(run.docs.clone().map(|doc| (doc, place))),
            }
        }
        let made: Vec<Vec<(DocId, Vector)>> =
            wanted.par_chunks(TAKEN).map(|docs| self.vectors(docs)).collect::<Result<_, _>>()?;
        made.iter().flatten().for_each(|(doc, vector)| writer.put(*doc as usize, vector));
        Ok(writer.finish())
    }

    /// Vectors of some documents, each with the place of its run.
    fn vectors(&self, docs: &[(DocId, usize)]) -> Result<Vec<(DocId, Vector)>, EngineError> {
        let store = self.reader.get_store_reader(BLOCKS_KEPT).map_err(|error| unusable(error.into()))?;
        let mut made = Vec::with_capacity(docs.len());
        let mut around: Option<(usize, String)> = None;
        for (doc, run) in docs {
            let document: TantivyDocument = store.get(*doc)?;
            let stored = document.get_first(self.fields.entry).and_then(|value| value.as_str());
            let head = &self.leaf.head(&self.leaf.runs[*run]).head;
            let Some(entry) = stored.and_then(|stored| decode(stored, head)) else { continue };
            if around.as_ref().is_none_or(|(known, _)| known != run) {
                around = Some((*run, fold_str(&entry.group.title)));
            }
            let title = around.as_ref().map_or("", |(_, title)| title);
            made.push((*doc, vector(self.model, title, &entry)));
        }
        Ok(made)
    }
}

/// Text without its own number, and headings, both folded.
fn parts(entry: &Entry) -> (String, String) {
    let text = entry.text.strip_prefix(entry.label.as_str()).unwrap_or(&entry.text);
    (fold_str(text), fold_str(&entry.path.join("\n")))
}

/// The vector of a provision.
fn vector(model: &Model, title: &str, entry: &Entry) -> Vector {
    let (text, headings) = parts(entry);
    model.provision(&Cut::of(title), &Cut::of(&headings), &Cut::of(&text))
}
