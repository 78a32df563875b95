//! Writing groups, committing them, keeping segments few.

use super::lexicon::Lexicon;
use super::load::Load;
use super::record::{Head, encode};
use super::row::{Card, Provision, Row};
use super::schema::Fields;
use super::tokens::segmented;
use super::unusable;
use crate::index::{EngineError, Entry, IndexState, Projection};
use crate::text::fold::fold_str;
use crate::text::words::Segmenter;
use std::collections::HashSet;
use std::sync::Arc;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergePolicy, NoMergePolicy, UserOperation};
use tantivy::{Index, IndexWriter, Searcher, Term};

/// Memory of all indexing threads together; a thread whose share is used up ends its segment.
const BUDGET_BYTES: usize = 240_000_000;
/// Indexing threads.
const THREADS: usize = 2;
/// Segments of about the same size are merged when there are so many.
const MERGED_TOGETHER: usize = 8;
/// Segments under this size count as of the same size.
const SMALL_SEGMENT: u32 = 2_000;
/// A segment of this size is not merged with others. Imports make segments of about this size, and merging those would
/// write a large corpus once more without answering anything sooner.
const LARGE_SEGMENT: u32 = 100_000;
/// A segment with more deleted provisions than this is written anew.
const DELETED_SHARE_MAX: f32 = 0.3;

/// Opens the writer. Merging is done in [`merge`] only: a writer lives no longer than to its commit.
pub fn writer(index: &Index, lexicon: &Arc<Lexicon>) -> Result<IndexWriter<Row>, EngineError> {
    // The dictionary is loaded beside what comes first; without the thread, whoever needs it loads it.
    let loading = lexicon.clone();
    let _ = std::thread::Builder::new().spawn(move || drop(loading.segmenter().words("")));
    let writer = index.writer_with_num_threads(THREADS, BUDGET_BYTES)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    Ok(writer)
}

/// What is being written between two commits.
pub struct Writing {
    writer: IndexWriter<Row>,
    lexicon: Arc<Lexicon>,
    /// The last commit.
    before: Searcher,
    /// Groups written since.
    since: HashSet<String>,
}

impl Writing {
    /// Begins after the commit that a searcher sees.
    pub fn new(writer: IndexWriter<Row>, lexicon: Arc<Lexicon>, before: Searcher) -> Writing {
        Writing { writer, lexicon, before, since: HashSet::new() }
    }

    /// Replaces groups. A group is one operation: its rows become neighbours in one segment.
    pub fn write(&mut self, fields: &Fields, load: &Load, projections: Vec<Projection>) -> Result<(), EngineError> {
        for projection in projections {
            load.wait();
            let group = Term::from_field_text(fields.group, &projection.group);
            let mut operations = Vec::new();
            // Every deletion is looked up in every segment: in a large import of new groups that would be most of a commit.
            if !self.since.insert(projection.group.clone()) || self.before.doc_freq(&group)? > 0 {
                operations.push(UserOperation::Delete(group));
            }
            operations
                .extend(rows(fields, load, self.lexicon.segmenter(), projection)?.into_iter().map(UserOperation::Add));
            self.writer.run(operations)?;
        }
        Ok(())
    }

    /// The writer, to commit with.
    pub fn into_writer(self) -> IndexWriter<Row> {
        self.writer
    }
}

fn rows(fields: &Fields, load: &Load, segmenter: &Segmenter, projection: Projection) -> Result<Vec<Row>, EngineError> {
    let Projection { group, keys, card, links, mut entries } = projection;
    if entries.is_empty() && keys.is_empty() {
        return Ok(Vec::new());
    }
    let group: Arc<str> = group.into();
    let bytes = card.len() + links.len() + entries.iter().map(|entry| 2 * entry.text.len()).sum::<usize>();
    let under_way = Arc::new(load.send(bytes));
    let mut rows = Vec::with_capacity(entries.len() + 1);
    // The card stands before the provisions of its group.
    rows.push(Row::card(fields, group.clone(), Card { keys, card, links }, under_way.clone()));
    entries.sort_by(|one, other| one.version.id.cmp(&other.version.id));
    let mut shared = Shared::of(segmenter);
    for entry in entries {
        rows.push(Row::provision(fields, shared.provision(&group, entry)?, under_way.clone()));
    }
    Ok(rows)
}

/// What neighbouring provisions share, made once.
struct Shared<'s> {
    segmenter: &'s Segmenter,
    head: Option<(Head, Arc<[u8]>)>,
    title: String,
    title_words: String,
    path: Vec<String>,
    headings: Arc<[Arc<str>]>,
    context: Arc<str>,
}

impl<'s> Shared<'s> {
    fn of(segmenter: &'s Segmenter) -> Shared<'s> {
        Shared {
            segmenter,
            head: None,
            title: String::new(),
            title_words: String::new(),
            path: Vec::new(),
            headings: Arc::default(),
            context: Arc::default(),
        }
    }

    fn provision(&mut self, group: &Arc<str>, entry: Entry) -> Result<Provision, EngineError> {
        let key = entry.id.strip_prefix(&entry.version.id).and_then(|rest| rest.strip_prefix('/'));
        if key.is_none_or(str::is_empty) {
            return Err(EngineError::Storage(format!("条文编号 {} 不属于版本 {}", entry.id, entry.version.id)));
        }
        let head = self.head(&entry)?;
        self.context(&entry);
        Ok(Provision {
            group: group.clone(),
            text: fold_str(&entry.text).into(),
            context: self.context.clone(),
            headings: self.headings.clone(),
            entry: encode(&entry),
            id: entry.id,
            head,
        })
    }

    fn head(&mut self, entry: &Entry) -> Result<Arc<[u8]>, EngineError> {
        if let Some((head, bytes)) = &self.head
            && head.is_of(entry)
        {
            return Ok(bytes.clone());
        }
        let broken = |error: serde_json::Error| EngineError::Storage(error.to_string());
        let bytes: Arc<[u8]> = Head::bytes_of(entry).map_err(broken)?.into();
        let head = serde_json::from_slice(&bytes).map_err(broken)?;
        self.head = Some((head, bytes.clone()));
        Ok(bytes)
    }

    /// Title and headings as words: they rank the provision beside its text.
    fn context(&mut self, entry: &Entry) {
        let title_changed = self.title_words.is_empty() || self.title != entry.group.title;
        if title_changed {
            self.title.clone_from(&entry.group.title);
            self.title_words.clear();
            segmented(self.segmenter, &fold_str(&entry.group.title), &mut self.title_words);
        }
        if title_changed || self.path != entry.path {
            self.path.clone_from(&entry.path);
            self.headings = entry.path.iter().map(|heading| Arc::from(fold_str(heading))).collect();
            let mut context = self.title_words.clone();
            self.headings.iter().for_each(|heading| segmented(self.segmenter, heading, &mut context));
            self.context = context.into();
        }
    }
}

/// Makes everything written visible, with the state it stands for.
pub fn commit(writer: &mut IndexWriter<Row>, state: &IndexState) -> Result<(), EngineError> {
    let payload = serde_json::to_string(state).map_err(|error| EngineError::Storage(error.to_string()))?;
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&payload);
    prepared.commit()?;
    Ok(())
}

/// Merges segments that have become too many; true if there were such.
pub fn merge(writer: &mut IndexWriter<Row>, index: &Index) -> Result<bool, EngineError> {
    let segments = index.searchable_segment_metas().map_err(unusable)?;
    let merging: Vec<_> = too_many(segments).iter().map(|segments| writer.merge(segments)).collect();
    let any = !merging.is_empty();
    for merged in merging {
        merged.wait()?;
    }
    Ok(any)
}

/// Segments to be made one.
fn too_many(segments: Vec<SegmentMeta>) -> Vec<Vec<SegmentId>> {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGED_TOGETHER);
    policy.set_min_layer_size(SMALL_SEGMENT);
    policy.set_del_docs_ratio_before_merge(DELETED_SHARE_MAX);
    let (large, small): (Vec<_>, Vec<_>) = segments.into_iter().partition(|meta| meta.num_docs() >= LARGE_SEGMENT);
    let deleted = |meta: &&SegmentMeta| meta.num_deleted_docs() as f32 > meta.max_doc() as f32 * DELETED_SHARE_MAX;
    let mut merges: Vec<Vec<SegmentId>> = large.iter().filter(deleted).map(|meta| vec![meta.id()]).collect();
    merges.extend(policy.compute_merge_candidates(&small).into_iter().map(|candidate| candidate.0));
    merges
}
