//! The import journey: files → documents → journal → index, in rounds of bounded size.

mod assign;
mod masking;
mod reader;
mod report;

use super::dump;
use super::error::{AppError, ErrorCode};
use super::faju::{ImportOptions, Progress};
use super::projector::Projector;
use super::walk::{self, Tree, Unread};
use crate::corpus::{Originals, Record, Writer};
use crate::extract::{Refusal, RefusalCode};
use reader::{FileRead, Piece, Reader, Taken};
pub use reader::{Incoming, overlong};
pub use report::Rows;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes of text that are read, recorded and projected together. Bounds the memory of an import.
const ROUND_BYTES: usize = 12 << 20;

/// The same for the first round: the indexing threads get to work soon.
const FIRST_ROUND_BYTES: usize = 2 << 20;

/// One import under way.
pub struct Import<'a, 'p> {
    /// The writer of the journal; the lock is held while it lives.
    pub writer: &'a mut Writer,
    /// Brings the index up to what is recorded.
    pub projector: &'a mut Projector<'p>,
    /// Name of this node.
    pub node: &'a str,
    /// What the user told.
    pub options: &'a ImportOptions,
    /// Where the files themselves are kept, if they are.
    pub originals: Option<Originals>,
    /// Told how far it is.
    pub progress: &'a dyn Progress,
    /// Ends it between two rounds.
    pub stop: &'a AtomicBool,
}

/// The trees under the paths that the user named. One that cannot be read is refused; if none can, that is the error.
pub fn trees(paths: &[PathBuf], rows: &mut Rows) -> Result<Vec<Tree>, AppError> {
    let (mut trees, unread) = walk::trees(paths);
    if let Some((path, Unread::Io(error))) = unread.first()
        && trees.is_empty()
    {
        let detail = format!("不能读取 {}：{error}；请检查路径和权限", path.display());
        return Err(AppError::new(ErrorCode::NotFound, detail));
    }
    for (path, unread) in &unread {
        let row = rows.open(path.display().to_string());
        rows.refuse(row, &report::unread(unread, None));
    }
    trees.iter_mut().for_each(|tree| checked(tree, rows));
    trees.retain(|tree| !tree.is_empty());
    Ok(trees)
}

/// Takes out of a tree what is not as the manifest beside it says, and the manifests.
fn checked(tree: &mut Tree, rows: &mut Rows) {
    tree.retain(&mut |path, shown| {
        if shown.ends_with(dump::MANIFEST) {
            let row = rows.open(shown.to_string());
            rows.skip(row, "导出文件的清单，已据以核对旁边的文件".to_string());
            return false;
        }
        let Err(error) = dump::check(path) else { return true };
        let row = rows.open(shown.to_string());
        rows.refuse(row, &Refusal { code: RefusalCode::Corrupt, place: None, message: error.detail });
        false
    });
}

impl Import<'_, '_> {
    /// Takes in the lines of one file that is not on disk.
    pub fn lines(&mut self, name: &str, body: &[u8], rows: &mut Rows) -> Result<(), AppError> {
        let taken = reader::read_lines(name, body, self.node, self.options);
        let round = take(&mut None, FileRead { path: name.to_string(), piece: Piece::Whole, taken }, rows);
        self.record(round, rows)?;
        self.same_as(rows)
    }

    /// Whether the user asked to end.
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Takes in one tree. The index is written but not committed.
    pub fn tree(&mut self, tree: &Tree, rows: &mut Rows, before: u64, of_bytes: u64) -> Result<(), AppError> {
        let mut reader = match Reader::of_tree(tree, self.node, self.options, self.originals.clone()) {
            Ok(reader) => reader,
            Err(refusal) => {
                let row = rows.open(tree.shown.clone());
                rows.refuse(row, &refusal);
                return Ok(());
            }
        };
        let mut round: Vec<Incoming> = Vec::new();
        let (mut failure, mut file) = (None, None);
        let mut round_bytes = FIRST_ROUND_BYTES;
        let ended = reader.each_batch(&mut |batch, done| {
            for read in batch {
                round.extend(take(&mut file, read, rows));
            }
            self.progress.at(before + done, of_bytes, rows.documents());
            if bytes(&round) >= round_bytes {
                round_bytes = ROUND_BYTES;
                failure = self.record(std::mem::take(&mut round), rows).err();
            }
            failure.is_none() && !self.stopped()
        });
        if let Err(refusal) = ended {
            let row = rows.open(tree.shown.clone());
            rows.refuse(row, &refusal);
        }
        if let Some(error) = failure {
            return Err(error);
        }
        if !self.stopped() {
            round.extend(reader.joined(rows));
        }
        self.record(round, rows)?;
        self.same_as(rows)?;
        self.progress.at(before + tree.bytes, of_bytes, rows.documents());
        Ok(())
    }

    /// Records a round and projects the groups it touches.
    fn record(&mut self, round: Vec<Incoming>, rows: &mut Rows) -> Result<(), AppError> {
        if round.is_empty() {
            return Ok(());
        }
        round.iter().for_each(|incoming| self.projector.consider(&incoming.text.put.document));
        let assigned = assign::assign(round, self.projector, self.node, self.options.restore)?;
        let mut works = Vec::new();
        let mut puts = Vec::new();
        for group in assigned {
            for settled in &group.settled {
                rows.settle(settled);
                // It was kept before anybody knew which documents are in it.
                if let (Some(digest), Some(originals)) = (&settled.unkept, &self.originals) {
                    originals.remove(digest)?;
                }
            }
            puts.extend(group.new.iter().map(|text| Record::Put(Box::new(text.put.clone()))));
            works.push(group);
        }
        rows.count(&puts);
        let places = self.writer.append(&puts)?;
        let mut places = places.into_iter();
        let mut changed = Vec::new();
        for group in works.into_iter().filter(|group| !group.new.is_empty()) {
            let mut work = group.work;
            for mut text in group.new {
                text.place = places.next();
                work.add(text);
            }
            changed.push(work);
        }
        self.projector.write(changed)
    }

    /// Relates ids that proved to be one instrument, and projects the two as one.
    fn same_as(&mut self, rows: &mut Rows) -> Result<(), AppError> {
        rows.related(same_as(self.writer, self.projector, self.node)?);
        Ok(())
    }
}

pub use assign::is_found;

/// Relates ids of the titles considered that proved to be one instrument, and projects the two as one; answers how many.
pub fn same_as(writer: &mut Writer, projector: &mut Projector<'_>, node: &str) -> Result<usize, AppError> {
    let related = assign::related(projector, node)?;
    let records: Vec<Record> = related.into_iter().map(Record::Relate).collect();
    if !records.is_empty() {
        let places = writer.append(&records)?;
        projector.apply(places.into_iter().zip(records.iter().cloned()).collect())?;
    }
    Ok(records.len())
}

/// Enters what became of one file, or of a piece of it, into its row, which `file` remembers for the next piece; answers its
/// documents.
fn take(file: &mut Option<usize>, read: FileRead, rows: &mut Rows) -> Vec<Incoming> {
    let shown = match &read.taken {
        Taken::Documents { documents, .. } => documents.first().map(|incoming| incoming.shown.clone()),
        _ => None,
    };
    let row = match (read.piece, *file) {
        (Piece::Further, Some(row)) => row,
        _ => rows.open(shown.unwrap_or(read.path)),
    };
    *file = Some(row);
    let whole = read.piece == Piece::Whole;
    match read.taken {
        Taken::Skipped(reason) => rows.skip(row, reason),
        Taken::Refused(refusal) if whole => rows.refuse(row, &refusal),
        Taken::Refused(refusal) => rows.refuse_line(row, &refusal),
        // A file of which nothing was taken is refused itself, by the first reason.
        Taken::Documents { documents, refused, .. } if whole && documents.is_empty() && !refused.is_empty() => {
            rows.refuse(row, &refused[0]);
            refused.iter().skip(1).for_each(|refusal| rows.refuse_line(row, refusal));
        }
        Taken::Documents { documents, refused, articles } => {
            rows.read(row, articles);
            for refusal in &refused {
                rows.refuse_line(row, refusal);
            }
            documents.iter().flat_map(|incoming| &incoming.differing).for_each(|differing| rows.remark(row, differing));
            return documents.into_iter().map(|incoming| Incoming { rows: vec![row], ..incoming }).collect();
        }
    }
    Vec::new()
}

fn bytes(round: &[Incoming]) -> usize {
    round.iter().map(|incoming| incoming.text.put.document.text.len()).sum()
}

/// The records that an import of the files of the sample writes into an empty corpus. The sample has no refused file; one
/// is an error that names it.
pub fn sample_records(
    files: &[(&str, &[u8])],
    projector: &Projector<'_>,
    node: &str,
    options: &ImportOptions,
) -> Result<Vec<Record>, String> {
    let mut round = Vec::new();
    for (path, bytes) in files {
        match reader::read_lines(path, bytes, node, options) {
            Taken::Documents { documents, refused, .. } if refused.is_empty() => round.extend(documents),
            Taken::Skipped(_) => {}
            Taken::Documents { refused, .. } => return Err(format!("{path}：{refused:?}")),
            Taken::Refused(refusal) => return Err(format!("{path}：{}", refusal.message)),
        }
    }
    let assigned = assign::assign(round, projector, node, options.restore).map_err(|error| error.to_string())?;
    let texts = assigned.into_iter().flat_map(|group| group.new);
    Ok(texts.map(|text| Record::Put(Box::new(text.put))).collect())
}
