//! What the user named on disk, as trees of files: folders, `.tar.zst` and `.zip` archives, single files.

mod lines;
mod zipped;

use crate::extract::{self, FILE_BYTES_MAX};
pub use lines::PieceOf;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// A tree of files that belong together: a published collection is recognised from the paths of one tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// How the user names it; stands before the paths of its members in reports.
    pub shown: String,
    /// Stem of the archive; empty for folders and single files.
    pub archive: String,
    kind: TreeKind,
    /// Bytes on disk.
    pub bytes: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum TreeKind {
    /// Paths inside the folder, ascending, each with its bytes on disk.
    Files { root: PathBuf, members: Vec<(String, Size)> },
    /// A tar archive compressed with zstd, read as a stream.
    Archive(PathBuf),
    /// A zip archive.
    Zip(PathBuf),
}

/// Bytes of a listed file on disk, or what it is instead of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Size {
    Bytes(u64),
    Link,
    NoFile,
}

impl Size {
    fn bytes(self) -> u64 {
        match self {
            Size::Bytes(bytes) => bytes,
            Size::Link | Size::NoFile => 0,
        }
    }
}

/// Why a member could not be read.
#[derive(Debug)]
pub enum Unread {
    /// Larger than a file may be.
    TooLarge,
    /// Its name, or that of a folder above it, is no UTF-8.
    Name,
    /// Neither a folder nor a file: reading it may never end.
    NoFile,
    /// A link inside a folder: it may lead back above it.
    Link,
    /// The system's reason.
    Io(io::Error),
}

/// One member: its path inside the tree, its bytes with `.zst` taken off, and how far the tree has been read.
pub struct Member<'a> {
    /// `/` between its parts.
    pub path: &'a str,
    /// The bytes or why there are none.
    pub bytes: Result<Vec<u8>, Unread>,
    /// Where they stand, if they are a piece of a long file.
    pub piece: Option<PieceOf>,
}

/// The trees that the named paths are made of, and the paths of which none can be made; an archive inside a folder is a tree
/// of its own.
pub fn trees(paths: &[PathBuf]) -> (Vec<Tree>, Vec<(PathBuf, Unread)>) {
    let (mut trees, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        match trees_of(path) {
            Ok(found) => trees.extend(found),
            Err(reason) => unread.push((path.clone(), reason)),
        }
    }
    (trees, unread)
}

fn trees_of(path: &Path) -> Result<Vec<Tree>, Unread> {
    let meta = fs::metadata(path).map_err(Unread::Io)?;
    if meta.is_dir() {
        return folder(path).map_err(Unread::Io);
    }
    if !meta.is_file() {
        return Err(Unread::NoFile);
    }
    if is_archive(path) {
        return Ok(vec![archive(path, meta.len())]);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let root = path.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(vec![Tree {
        shown: root.to_string_lossy().into_owned(),
        archive: String::new(),
        kind: TreeKind::Files { root, members: vec![(name, Size::Bytes(meta.len()))] },
        bytes: meta.len(),
    }])
}

/// Whether a file is a tree. A document that is named as a zip archive is none: its parts are no files of their own.
fn is_archive(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    [".tar.zst", ".tzst"].iter().any(|ending| name.ends_with(ending)) || name.ends_with(".zip") && zipped::is_tree(path)
}

fn archive(path: &Path, bytes: u64) -> Tree {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or(&name).to_string();
    let zip = name.to_ascii_lowercase().ends_with(".zip");
    let kind = if zip { TreeKind::Zip(path.to_path_buf()) } else { TreeKind::Archive(path.to_path_buf()) };
    Tree { shown: path.to_string_lossy().into_owned(), archive: stem, kind, bytes }
}

fn folder(root: &Path) -> io::Result<Vec<Tree>> {
    let mut trees = Vec::new();
    let mut members = Vec::new();
    let mut archives = Vec::new();
    let mut waiting = vec![root.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if folder == root => return Err(error),
            // Listed like a file, so that it is refused with the system's reason when its turn comes.
            Err(_) => {
                members.push((inside(root, &folder), Size::Bytes(0)));
                continue;
            }
        };
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            // Links are not followed: a link to a folder above would never end. Hidden files are the system's.
            let kind = entry.file_type()?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() {
                let bytes = entry.metadata()?.len();
                if is_archive(&path) {
                    archives.push(archive(&path, bytes));
                } else {
                    members.push((inside(root, &path), Size::Bytes(bytes)));
                }
            } else {
                members.push((inside(root, &path), if kind.is_symlink() { Size::Link } else { Size::NoFile }));
            }
        }
    }
    members.sort();
    archives.sort_by(|a, b| a.shown.cmp(&b.shown));
    let bytes = members.iter().map(|(_, size)| size.bytes()).sum();
    if !members.is_empty() {
        let kind = TreeKind::Files { root: root.to_path_buf(), members };
        trees.push(Tree { shown: root.to_string_lossy().into_owned(), archive: String::new(), kind, bytes });
    }
    trees.extend(archives);
    Ok(trees)
}

/// Path below a root with `/` between its parts; bytes that are no UTF-8 are shown as �.
fn inside(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

impl Tree {
    /// Keeps only the files that are wanted, by their path on disk and as reports show it; what is inside archives stays.
    pub fn retain(&mut self, wanted: &mut dyn FnMut(&Path, &str) -> bool) {
        let shown = self.clone();
        if let TreeKind::Files { root, members } = &mut self.kind {
            members.retain(|(path, _)| wanted(&root.join(path), &shown.shown_path(path)));
            self.bytes = members.iter().map(|(_, size)| size.bytes()).sum();
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        matches!(&self.kind, TreeKind::Files { members, .. } if members.is_empty())
    }

    /// Path of a member as reports show it.
    pub fn shown_path(&self, member: &str) -> String {
        if self.shown.is_empty() {
            member.to_string()
        } else {
            format!("{}/{member}", self.shown.trim_end_matches('/'))
        }
    }

    /// The paths of all members, in order, and the bytes of those that are wanted, in one pass.
    pub fn paths(&self, wanted: &dyn Fn(&str) -> bool) -> io::Result<Vec<(String, Option<Vec<u8>>)>> {
        match &self.kind {
            TreeKind::Files { root, members } => {
                let bytes = |path: &str, size| wanted(path).then(|| file(&root.join(path), size).ok()).flatten();
                Ok(members.iter().map(|(path, size)| (path.clone(), bytes(path, *size))).collect())
            }
            TreeKind::Zip(path) => zipped::paths(path, wanted),
            TreeKind::Archive(path) => {
                let mut paths = Vec::new();
                let mut archive = tar::Archive::new(unpacked(path)?);
                for entry in archive.entries()? {
                    let entry = entry?;
                    if entry.header().entry_type().is_file() {
                        let path = member_path(&entry.path_bytes());
                        let size = entry.size();
                        let bytes = if wanted(&path) { content(&path, entry, size).ok() } else { None };
                        paths.push((path, bytes));
                    }
                }
                Ok(paths)
            }
        }
    }

    /// Reads the members that are wanted, in order, and hands each with the bytes of the tree (on disk) read so far.
    /// An error means that the rest of the tree cannot be read.
    pub fn each(
        &self,
        wanted: &dyn Fn(&str) -> bool,
        visit: &mut dyn FnMut(Member<'_>, u64) -> ControlFlow<()>,
    ) -> io::Result<()> {
        match &self.kind {
            TreeKind::Files { root, members } => {
                let mut done = 0;
                for (path, size) in members {
                    done += size.bytes();
                    let visit = &mut |bytes, piece| visit(Member { path, bytes, piece }, done);
                    if wanted(path) && each_piece_of(&root.join(path), *size, visit).is_break() {
                        break;
                    }
                }
                Ok(())
            }
            TreeKind::Zip(path) => zipped::each(path, wanted, visit),
            TreeKind::Archive(path) => each_in_archive(path, self.bytes, wanted, visit),
        }
    }
}

fn unpacked(path: &Path) -> io::Result<zstd::Decoder<'static, io::BufReader<File>>> {
    zstd::Decoder::new(File::open(path)?)
}

/// A name inside an archive; it is only ever shown and compared, never opened.
fn member_path(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_start_matches("./").to_string()
}

fn each_in_archive(
    path: &Path,
    bytes: u64,
    wanted: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(Member<'_>, u64) -> ControlFlow<()>,
) -> io::Result<()> {
    let read = std::cell::Cell::new(0u64);
    let counted = Counted { inner: File::open(path)?, read: &read };
    let mut archive = tar::Archive::new(zstd::Decoder::new(counted)?);
    for entry in archive.entries()? {
        let entry = entry?;
        let member = member_path(&entry.path_bytes());
        if !entry.header().entry_type().is_file() || !wanted(&member) {
            continue;
        }
        let size = entry.size();
        let visit = &mut |content, piece| visit(Member { path: &member, bytes: content, piece }, read.get().min(bytes));
        if each_piece(&member, entry, size, visit).is_break() {
            break;
        }
    }
    Ok(())
}

/// Counts the compressed bytes that were read, for the progress of an archive.
struct Counted<'a> {
    inner: File,
    read: &'a std::cell::Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.set(self.read.get() + count as u64);
        Ok(count)
    }
}

fn opened(path: &Path, size: Size) -> Result<File, Unread> {
    match size {
        Size::Link => return Err(Unread::Link),
        Size::NoFile => return Err(Unread::NoFile),
        Size::Bytes(_) => {}
    }
    File::open(path).map_err(|error| match error.kind() {
        // Members are named as they are shown; such a name is that of no file.
        io::ErrorKind::NotFound if path.to_string_lossy().contains(char::REPLACEMENT_CHARACTER) => Unread::Name,
        _ => Unread::Io(error),
    })
}

fn file(path: &Path, size: Size) -> Result<Vec<u8>, Unread> {
    content(&path.to_string_lossy(), opened(path, size)?, size.bytes())
}

fn each_piece_of(path: &Path, size: Size, visit: &mut lines::Visit<'_>) -> ControlFlow<()> {
    match opened(path, size) {
        Ok(file) => each_piece(&path.to_string_lossy(), file, size.bytes(), visit),
        Err(unread) => visit(Err(unread), None),
    }
}

/// A member, whole or, if it is of lines, in pieces.
fn each_piece(name: &str, reader: impl Read, size: u64, visit: &mut lines::Visit<'_>) -> ControlFlow<()> {
    match name.ends_with(".zst") {
        _ if !lines::is_of_lines(name) => visit(content(name, reader, size), None),
        false => {
            let mut reader = BufReader::new(reader);
            match reader.fill_buf().is_ok_and(extract::is_binary) {
                true => visit(content(name, reader, size), None),
                false => lines::each(reader, visit),
            }
        }
        true => match zstd::Decoder::new(reader) {
            Ok(unpacked) => lines::each(BufReader::new(unpacked), visit),
            Err(error) => visit(Err(Unread::Io(error)), None),
        },
    }
}

/// All bytes of a member, unpacked when its name ends in `.zst`, but never more than a file may have.
fn content(name: &str, reader: impl Read, size: u64) -> Result<Vec<u8>, Unread> {
    if size > FILE_BYTES_MAX as u64 {
        return Err(Unread::TooLarge);
    }
    if name.ends_with(".zst") {
        bounded(zstd::Decoder::new(reader).map_err(Unread::Io)?, 0)
    } else {
        bounded(reader, size)
    }
}

fn bounded(reader: impl Read, size: u64) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    let read = reader.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(Unread::Io)?;
    if read > FILE_BYTES_MAX { Err(Unread::TooLarge) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 1).unwrap()
    }

    fn members(tree: &Tree) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let visit = &mut |member: Member<'_>, _| {
            let text = member.bytes.map_or_else(|_| "!".to_string(), |bytes| String::from_utf8(bytes).unwrap());
            found.push((member.path.to_string(), text));
            ControlFlow::Continue(())
        };
        tree.each(&|_| true, visit).unwrap();
        found
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_no_utf8_is_told_from_a_file_that_is_gone() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let name = std::ffi::OsStr::from_bytes(b"\xb9\xfe.md");
        fs::write(folder.path().join(name), "甲").unwrap();
        fs::write(folder.path().join("乙.md"), "乙").unwrap();
        let (trees, _) = trees(&[folder.path().to_path_buf()]);
        let mut seen = Vec::new();
        let visit = &mut |member: Member<'_>, _| {
            seen.push((matches!(member.bytes, Err(Unread::Name)), member.bytes.is_ok()));
            ControlFlow::Continue(())
        };
        trees[0].each(&|_| true, visit).unwrap();
        assert_eq!(seen, [(false, true), (true, false)]);
        assert!(matches!(file(&folder.path().join("丙.md"), Size::Bytes(0)), Err(Unread::Io(_))));
    }

    #[test]
    fn a_folder_gives_its_files_and_its_archives() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("下")).unwrap();
        fs::write(folder.path().join("下/甲.md"), "甲").unwrap();
        fs::write(folder.path().join(".hidden"), "x").unwrap();
        fs::write(folder.path().join("乙.jsonl.zst"), packed("乙".as_bytes())).unwrap();
        let mut tar = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(3);
        header.set_mode(0o644);
        tar.append_data(&mut header, "包/丙.md", "丙".as_bytes()).unwrap();
        fs::write(folder.path().join("丁.tar.zst"), packed(&tar.into_inner().unwrap())).unwrap();
        let (trees, unread) = trees(&[folder.path().to_path_buf(), folder.path().join("无")]);
        assert!(trees.len() == 2 && matches!(unread[..], [(_, Unread::Io(_))]));
        let text = |path: &str, body: &str| (path.to_string(), body.to_string());
        assert_eq!(members(&trees[0]), [text("下/甲.md", "甲"), text("乙.jsonl.zst", "乙")]);
        assert_eq!((trees[1].archive.as_str(), members(&trees[1])), ("丁", vec![text("包/丙.md", "丙")]));
        let paths = trees[1].paths(&|path| path.ends_with("丙.md")).unwrap();
        assert_eq!(paths, [("包/丙.md".to_string(), Some("丙".as_bytes().to_vec()))]);
        assert_eq!(trees[0].paths(&|_| false).unwrap()[0], ("下/甲.md".to_string(), None));
    }

    #[test]
    fn a_bomb_is_refused_and_a_torn_file_is_an_error() {
        let bomb = packed(&vec![0u8; FILE_BYTES_MAX + 1]);
        assert!(matches!(content("a.zst", bomb.as_slice(), bomb.len() as u64), Err(Unread::TooLarge)));
        assert!(matches!(content("a", io::empty(), FILE_BYTES_MAX as u64 + 1), Err(Unread::TooLarge)));
        let torn = &packed("一二三四五".as_bytes())[..12];
        assert!(matches!(content("a.zst", torn, 12), Err(Unread::Io(_))));
        assert!(matches!(trees(&[PathBuf::from("/dev/null")]).1[..], [(_, Unread::NoFile)]));
    }
}
