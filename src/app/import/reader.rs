//! From the files of a tree to documents with everything the pure rooms read from them, in parallel.

use super::masking::{Names, Recorded, recorded};
use super::report::{LINK, Rows, unread, unreadable};
use crate::app::faju::ImportOptions;
use crate::app::group::Text;
use crate::app::sources;
use crate::app::walk::{Member, PieceOf, Tree, Unread};
use crate::corpus::{Originals, Put};
use crate::extract::{self, Extracted, FILE_BYTES_MAX, FileInput, Outcome, Packs, Refusal, RefusalCode};
use crate::law::{self, Document, DocumentId, Kind, identity};
use jiff::Timestamp;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Longest title, organ, number or origin, in bytes. Heads of instruments stand in every list; a longer one is a text in the
/// wrong place.
const HEAD_BYTES_MAX: usize = 3_000;

/// Bytes of files that are read together.
const BATCH_BYTES: usize = 4 << 20;

/// A document on its way into the journal.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Rows of the report of the files it came from.
    pub rows: Vec<usize>,
    /// The record, its id provisional, with what was read from it.
    pub text: Text,
    /// Whether the document itself states its origin.
    pub states_origin: bool,
    /// Path of its file as it is reported.
    pub shown: String,
    /// Values that are told in two ways, in Chinese.
    pub differing: Vec<String>,
}

/// What became of one file.
pub enum Taken {
    /// Documents, the lines refused, and the articles in the file.
    Documents {
        /// The documents.
        documents: Vec<Incoming>,
        /// The lines not taken.
        refused: Vec<Refusal>,
        /// Articles in the file.
        articles: u64,
    },
    /// No document of its collection.
    Skipped(String),
    /// Not taken.
    Refused(Refusal),
}

/// What was read of a file at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// All of it.
    Whole,
    /// The first lines of a long file.
    First,
    /// Further lines of it.
    Further,
}

/// A file, or a piece of one, that was read.
pub struct FileRead {
    /// Path as reported.
    pub path: String,
    /// What of it.
    pub piece: Piece,
    /// What became of it.
    pub taken: Taken,
}

/// A part of an instrument that its source keeps in several files.
struct Part {
    row_path: String,
    extracted: Extracted,
    articles: u64,
    stamp: Stamp,
}

/// Where a document came from.
#[derive(Debug, Clone)]
struct Stamp {
    origin: String,
    path: String,
    /// Digest of the file; `None` where it was read in pieces.
    sha256: Option<String>,
}

/// Reads the files of one tree.
pub struct Reader<'a> {
    tree: &'a Tree,
    packs: Packs,
    node: &'a str,
    options: &'a ImportOptions,
    originals: Option<Originals>,
    parts: BTreeMap<String, Vec<Part>>,
}

impl<'a> Reader<'a> {
    /// Recognises the collections of a tree and reads their companion files.
    pub fn of_tree(
        tree: &'a Tree,
        node: &'a str,
        options: &'a ImportOptions,
        originals: Option<Originals>,
    ) -> Result<Self, Refusal> {
        let members = tree.paths(&Packs::may_be_companion).map_err(|error| unreadable(&error))?;
        let paths: Vec<&str> = members.iter().map(|(path, _)| path.as_str()).collect();
        let mut packs = Packs::of(&paths);
        for (path, bytes) in &members {
            if let Some(bytes) = bytes.as_ref().filter(|_| packs.is_companion(path)) {
                // A companion that cannot be read is refused when its own turn comes.
                let _ = packs.load(&FileInput { path, bytes });
            }
        }
        Ok(Reader { tree, packs, node, options, originals, parts: BTreeMap::new() })
    }

    /// Reads all files in order, in batches; `visit` gets each batch and the bytes of the tree read so far, and answers
    /// whether to go on. An error means that the rest cannot be read.
    pub fn each_batch(&mut self, visit: &mut dyn FnMut(Vec<FileRead>, u64) -> bool) -> Result<(), Refusal> {
        let mut batch: Vec<Listed> = Vec::new();
        let mut bytes = 0;
        let mut parts = std::mem::take(&mut self.parts);
        let read = |batch: &mut Vec<_>| {
            let files = std::mem::take(batch);
            files.into_par_iter().map(|listed| self.file(listed)).collect::<Vec<_>>()
        };
        let ended = self.tree.each(&|_| true, &mut |member, done| {
            let Member { path, bytes: content, piece } = member;
            bytes += content.as_ref().map_or(0, Vec::len);
            batch.push(Listed { path: path.to_string(), bytes: content, piece });
            if bytes < BATCH_BYTES {
                return ControlFlow::Continue(());
            }
            bytes = 0;
            match visit(sorted_out(read(&mut batch), &mut parts), done) {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        if !batch.is_empty() {
            visit(sorted_out(read(&mut batch), &mut parts), self.tree.bytes);
        }
        self.parts = parts;
        ended.map_err(|error| unreadable(&error))
    }

    /// The documents that were kept in several files, joined; their files get their rows now.
    pub fn joined(&mut self, rows: &mut Rows) -> Vec<Incoming> {
        let mut joined = Vec::new();
        for parts in std::mem::take(&mut self.parts).into_values() {
            let Some(stamp) = parts.first().map(|part| part.stamp.clone()) else { continue };
            let shown = parts.first().map(|part| part.row_path.clone()).unwrap_or_default();
            let mut opened = Vec::new();
            for part in &parts {
                let row = rows.open(part.row_path.clone());
                rows.read(row, part.articles);
                opened.push(row);
            }
            match extract::merge(parts.into_iter().map(|part| part.extracted).collect()) {
                Some(document) if overlong(&document).is_none() => {
                    joined.push(Incoming {
                        rows: opened,
                        ..incoming(Extracted::from(document), stamp, &shown, self.options)
                    });
                }
                _ => {
                    let message = "各部分都没有正文，或者标题过长".to_string();
                    let refusal = Refusal { code: RefusalCode::BadRecord, place: None, message };
                    opened.into_iter().for_each(|row| rows.refuse(row, &refusal));
                }
            }
        }
        joined
    }

    fn file(&self, listed: Listed) -> (String, Piece, Read) {
        let Listed { path, bytes, piece: of } = listed;
        let shown = self.tree.shown_path(&path);
        let piece = match &of {
            None => Piece::Whole,
            Some(of) if of.before == 0 => Piece::First,
            Some(_) => Piece::Further,
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(Unread::Link) => return (shown, piece, Read::Whole(Taken::Skipped(LINK.to_string()))),
            Err(reason) => return (shown, piece, Read::Whole(Taken::Refused(unread(&reason, of.as_ref())))),
        };
        let source = sources::name(self.packs.source(&path), &self.tree.archive, &path);
        let input = FileInput { path: &path, bytes: &bytes };
        let outcome = match &of {
            None => self.packs.read(&input),
            Some(of) => self.packs.read_piece(&input, &of.first, of.before),
        };
        let sha256 = of.is_none().then(|| hex(&Sha256::digest(&bytes)));
        if let Some(refusal) = self.kept(&outcome, sha256.as_deref(), &bytes) {
            return (shown, piece, Read::Whole(Taken::Refused(refusal)));
        }
        let stamp = Stamp { origin: format!("{}/{source}", self.node), path, sha256 };
        drop(bytes);
        let read = read_outcome(outcome, &shown, stamp, self.options);
        (shown, piece, read)
    }
}

impl Reader<'_> {
    /// Keeps the bytes of a file from which a document came, where the user wants it; why that failed.
    fn kept(&self, outcome: &Outcome, sha256: Option<&str>, bytes: &[u8]) -> Option<Refusal> {
        let originals = self.originals.as_ref()?;
        let Outcome::Documents { documents, .. } = outcome else { return None };
        let refusal = |message| Refusal { code: RefusalCode::NotKept, place: None, message };
        match sha256 {
            _ if documents.is_empty() => None,
            None => Some(refusal("按行读取的大文件不留存原件；请另行保存，并不带 --keep-originals 导入它".to_string())),
            Some(digest) => {
                let failed = originals.keep(digest, bytes).err()?;
                Some(refusal(format!("原件没有存下，这份文件没有收下：{failed}")))
            }
        }
    }
}

/// A file, or a piece of one, before it is understood.
struct Listed {
    path: String,
    bytes: Result<Vec<u8>, Unread>,
    piece: Option<PieceOf>,
}

/// What reading one file gave, parts of an instrument apart.
enum Read {
    Whole(Taken),
    Parts(Vec<Part>),
}

/// Keeps the parts until the tree is read; answers the rest.
fn sorted_out(read: Vec<(String, Piece, Read)>, parts: &mut BTreeMap<String, Vec<Part>>) -> Vec<FileRead> {
    let mut whole = Vec::with_capacity(read.len());
    for (path, piece, read) in read {
        match read {
            Read::Whole(taken) => whole.push(FileRead { path, piece, taken }),
            Read::Parts(found) => {
                for part in found {
                    let key = part.extracted.part.as_ref().map(|part| part.key.clone()).unwrap_or_default();
                    parts.entry(key).or_default().push(part);
                }
            }
        }
    }
    whole
}

fn read_outcome(outcome: Outcome, shown: &str, stamp: Stamp, options: &ImportOptions) -> Read {
    match outcome {
        Outcome::Skipped { reason } => Read::Whole(Taken::Skipped(reason)),
        Outcome::Refused(refusal) => Read::Whole(Taken::Refused(refusal)),
        Outcome::Documents { documents, refused } => {
            if documents.iter().any(|extracted| extracted.part.is_some()) {
                let part = |extracted: Extracted| Part {
                    row_path: shown.to_string(),
                    articles: law::structure::parse(&extracted.document).article_count() as u64,
                    extracted,
                    stamp: stamp.clone(),
                };
                return Read::Parts(documents.into_iter().map(part).collect());
            }
            let (documents, unfit) = fitting(documents, options);
            let refused: Vec<Refusal> = refused.into_iter().chain(unfit).collect();
            let documents: Vec<Incoming> =
                documents.into_par_iter().map(|extracted| incoming(extracted, stamp.clone(), shown, options)).collect();
            let articles = documents.iter().map(|incoming| incoming.text.structure.article_count() as u64).sum();
            Read::Whole(Taken::Documents { documents, refused, articles })
        }
    }
}

/// Puts what the user says into every document; takes out those of which it cannot be said, and those with a head that is no head.
fn fitting(documents: Vec<Extracted>, options: &ImportOptions) -> (Vec<Extracted>, Vec<Refusal>) {
    let mut refused = Vec::new();
    let mut kept = Vec::with_capacity(documents.len());
    for mut extracted in documents {
        let told = options.told.fill(&mut extracted);
        let too_long = |field| format!("{field}超过 {HEAD_BYTES_MAX} 字节，可能是正文写进了这里；请检查文件");
        match told.err().or_else(|| overlong(&extracted.document).map(too_long)) {
            None => kept.push(extracted),
            Some(message) => refused.push(Refusal {
                code: RefusalCode::BadRecord,
                place: extracted.line.map(|line| format!("第{line}行")),
                message,
            }),
        }
    }
    (kept, refused)
}

/// Chinese name of the first field of the head that is too long.
pub fn overlong(document: &Document) -> Option<&'static str> {
    let fields = [
        ("标题", Some(&document.title)),
        ("制定机关", document.issuer.as_ref()),
        ("文号", document.document_number.as_ref()),
        ("案号", document.case_number.as_ref()),
        ("来源", document.origin.as_ref()),
        ("来源编号", document.source_id.as_ref()),
    ];
    let long = |value: &Option<&String>| value.is_some_and(|value| value.len() > HEAD_BYTES_MAX);
    fields.iter().find(|(_, value)| long(value)).map(|(name, _)| *name)
}

/// The lines of a body that came over the network.
pub fn read_lines(name: &str, body: &[u8], node: &str, options: &ImportOptions) -> Taken {
    if body.len() > FILE_BYTES_MAX {
        return Taken::Refused(unread(&Unread::TooLarge, None));
    }
    let outcome = Packs::default().read(&FileInput { path: name, bytes: body });
    let stamp = Stamp {
        origin: format!("{node}/{}", sources::FILES),
        path: name.to_string(),
        sha256: Some(hex(&Sha256::digest(body))),
    };
    match read_outcome(outcome, name, stamp, options) {
        Read::Whole(taken) => taken,
        Read::Parts(_) => Taken::Skipped("文件的一部分，请与其余部分一起导入".to_string()),
    }
}

/// The record of a document, its id provisional, and what is read from it. Ids are computed from the masked text.
fn incoming(extracted: Extracted, stamp: Stamp, shown: &str, options: &ImportOptions) -> Incoming {
    let Extracted { mut document, sources, mut differing, .. } = extracted;
    let states_origin = document.origin.is_some();
    if let Some(access) = options.access {
        let narrower = document.access.filter(|own| *own > access);
        differing.extend(narrower.map(|own| {
            format!("公开范围：文件或者目录写明“{}”，按 --access {} 收入，请核对", own.chinese(), access.chinese())
        }));
        document.access = Some(access);
    }
    let origin = document.origin.take().unwrap_or(stamp.origin);
    let names = Names { origin, path: stamp.path, shown: shown.to_string() };
    let Recorded { mut document, names, masked, unmasked } = recorded(document, names, options.no_mask);
    let Names { origin, path, shown } = names;
    let case = document.kind == Kind::Case;
    let instrument = (!case).then(|| identity::instrument_id(&document));
    let id = if case { case_id(&mut document, &origin) } else { DocumentId(String::new()) };
    let put = Put::new(id, instrument, origin, Timestamp::now(), Some(path), stamp.sha256, document);
    let text = Text::read(None, Put { masked, unmasked, sources, ..put });
    Incoming { rows: Vec::new(), text, states_origin, shown, differing }
}

/// The id of a case. A source's own row id means something only together with the source.
fn case_id(document: &mut Document, origin: &str) -> DocumentId {
    document.origin = Some(origin.to_string());
    let id = identity::case_id(document);
    document.origin = None;
    id
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
