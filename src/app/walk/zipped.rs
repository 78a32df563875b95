//! A zip archive as a tree: its members are read one after the other, never written to disk, and never followed into archives
//! inside of it.

use super::{Member, Unread, each_piece};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;
use zip::ZipArchive;

/// Most members of an archive.
const MEMBERS_MAX: usize = 200_000;
/// Bytes that all members together may unpack to: an archive that says more is a bomb.
const UNPACKED_MAX: u64 = 16 << 30;

type Archive = ZipArchive<BufReader<File>>;

/// Whether a file that is named as an archive is one: neither something else nor a document of which a zip is the container.
pub fn is_tree(path: &Path) -> bool {
    let mut start = [0; 2];
    let is_zip = File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"PK";
    let is_document = |archive: Archive| {
        let parts = ["[Content_Types].xml", "META-INF/container.xml"];
        parts.iter().any(|part| archive.index_for_name(part).is_some())
    };
    is_zip && !opened(path).is_ok_and(is_document)
}

fn opened(path: &Path) -> io::Result<Archive> {
    let archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(io::Error::other)?;
    if archive.len() > MEMBERS_MAX {
        return Err(io::Error::other(format!("压缩包中的文件超过 {MEMBERS_MAX} 个")));
    }
    match archive.decompressed_size() {
        Some(size) if size > u128::from(UNPACKED_MAX) => {
            Err(io::Error::other(format!("压缩包解压后超过 {} GB", UNPACKED_MAX >> 30)))
        }
        _ => Ok(archive),
    }
}

/// The paths of all members, in the order of the archive, and the bytes of those that are wanted.
pub fn paths(path: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<Vec<(String, Option<Vec<u8>>)>> {
    let mut archive = opened(path)?;
    let mut paths = Vec::new();
    for at in 0..archive.len() {
        let Some((member, size)) = listed(&mut archive, at)? else { continue };
        let bytes = if wanted(&member) {
            archive.by_index(at).ok().and_then(|entry| super::content(&member, entry, size).ok())
        } else {
            None
        };
        paths.push((member, bytes));
    }
    Ok(paths)
}

/// Reads the members that are wanted, in order, each with the packed bytes read so far.
pub fn each(
    path: &Path,
    wanted: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(Member<'_>, u64) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut archive = opened(path)?;
    let mut done = 0;
    for at in 0..archive.len() {
        let Some((member, size)) = listed(&mut archive, at)?.filter(|(member, _)| wanted(member)) else { continue };
        done += archive.by_index_raw(at).map_or(0, |entry| entry.compressed_size());
        let visit = &mut |bytes, piece| visit(Member { path: &member, bytes, piece }, done);
        let ended = match archive.by_index(at) {
            Ok(entry) => each_piece(&member, entry, size, visit),
            Err(error) => visit(Err(Unread::Io(io::Error::other(error))), None),
        };
        if ended.is_break() {
            break;
        }
    }
    Ok(())
}

/// Name and unpacked size of a member; `None` for a folder, and for what the system of whoever packed it left there.
fn listed(archive: &mut Archive, at: usize) -> io::Result<Option<(String, u64)>> {
    let entry = archive.by_index_raw(at).map_err(io::Error::other)?;
    let name = name(entry.name_raw());
    let hidden = name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|last| last.starts_with('.'));
    Ok((!entry.is_dir() && !hidden).then(|| (name, entry.size())))
}

/// A name as packed: UTF-8, else GB18030, as Chinese systems write it. It is only ever shown and compared, never opened.
fn name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_string(),
        Err(_) => encoding_rs::GB18030.decode(raw).0.into_owned(),
    };
    name.replace('\\', "/").trim_start_matches("./").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::{Tree, trees};
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn archive(members: &[(&str, &[u8])]) -> (tempfile::TempDir, Tree) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.zip");
        let mut writer = zip::ZipWriter::new(File::create(&path).unwrap());
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
        let tree = trees(&[path]).0.remove(0);
        (folder, tree)
    }

    #[test]
    fn members_are_read_in_order_and_their_names_lead_nowhere() {
        let (_folder, tree) = archive(&[
            ("下/乙.md", "乙".as_bytes()),
            ("../丙.md", "丙".as_bytes()),
            ("__MACOSX/x", b"x"),
            ("空/", b""),
        ]);
        let mut seen = Vec::new();
        let visit = &mut |member: Member<'_>, _| {
            seen.push((member.path.to_string(), String::from_utf8(member.bytes.unwrap()).unwrap()));
            ControlFlow::Continue(())
        };
        tree.each(&|_| true, visit).unwrap();
        let text = |path: &str, body: &str| (path.to_string(), body.to_string());
        assert_eq!(seen, [text("下/乙.md", "乙"), text("../丙.md", "丙")]);
        assert_eq!(tree.paths(&|_| false).unwrap()[0], ("下/乙.md".to_string(), None));
        assert_eq!(name("甲办法.docx".as_bytes()), "甲办法.docx");
        assert_eq!(name(&encoding_rs::GB18030.encode("甲办法.docx").0), "甲办法.docx");
    }

    #[test]
    fn a_document_named_as_an_archive_is_a_file() {
        for part in ["[Content_Types].xml", "META-INF/container.xml"] {
            let (folder, _) = archive(&[(part, b"<x/>"), ("word/document.xml", b"<x/>")]);
            let tree = trees(&[folder.path().to_path_buf()]).0.remove(0);
            assert_eq!(tree.paths(&|_| false).unwrap(), [("甲.zip".to_string(), None)]);
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("乙.zip"), b"%PDF-1.7").unwrap();
        assert!(!is_tree(&folder.path().join("乙.zip")));
    }

    #[test]
    fn what_is_no_zip_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        std::fs::write(&path, b"PK\x03\x04 no zip").unwrap();
        let tree = trees(&[path]).0.remove(0);
        assert!(tree.each(&|_| true, &mut |_, _| ControlFlow::Continue(())).is_err());
    }
}
