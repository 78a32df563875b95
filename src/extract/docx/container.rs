//! The ZIP container of a .docx: which parts there are, how they lead to each other, and what a file is that is none.
//!
//! Names of parts are only compared, never used as paths of a file system.

use super::xml::{Mark, Marks, text_of};
use super::{DocxError, Limits};
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// A part as text; empty if the document has none of its kind.
#[derive(Default)]
pub(super) struct Part {
    /// Its name, for messages.
    pub(super) name: String,
    /// What stands in it.
    pub(super) text: String,
}

/// The parts that are read.
pub(super) struct Parts {
    /// The main part.
    pub(super) document: Part,
    /// Styles.
    pub(super) styles: Part,
    /// How paragraphs are numbered.
    pub(super) numbering: Part,
    /// Footnotes.
    pub(super) footnotes: Part,
    /// Endnotes.
    pub(super) endnotes: Part,
}

/// The container, and how much may still be unpacked.
pub(super) struct Container<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by name, in small letters, with `/` between folders and none in front.
    entries: HashMap<String, usize>,
    left: u64,
    limits: Limits,
}

const RESAVE: &str = "请用 Word 或 WPS 另存为 .docx 后再导入";
const RENAME: &str = "请确认文件内容与扩展名相符，改正扩展名后再导入";
const DOWNLOAD: &str = "请重新下载原文件后再导入";

impl<'a> Container<'a> {
    /// Opens a container, and says what a file is that is none.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, DocxError> {
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(foreign(bytes));
        }
        // Counted before the directory is read: every entry of it begins so.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").nth(limits.entries_max).is_some() {
            return Err(DocxError::TooLarge { what: "ZIP 条目数", max: limits.entries_max as u64 });
        }
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocxError::damaged("ZIP 容器"))?;
        let names = archive.file_names().enumerate();
        let entries = names.filter_map(|(index, name)| Some((normal(&name.ok()?), index))).collect();
        Ok(Container { archive, entries, left: limits.unpacked_bytes_max, limits: *limits })
    }

    /// The parts that are read.
    pub(super) fn parts(&mut self) -> Result<Parts, DocxError> {
        let main = self.targets("", "_rels/.rels")?.remove("officeDocument");
        let main = main.unwrap_or_else(|| "word/document.xml".to_string());
        if !self.entries.contains_key(&main) || main.starts_with("xl/") || main.starts_with("ppt/") {
            return Err(self.without_document(&main));
        }
        let document = self.part(&main)?;
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let targets = self.targets(folder, &joined(folder, &format!("_rels/{file}.rels")))?;
        let mut beside = |kind: &str| {
            let usual = || joined(folder, &format!("{kind}.xml"));
            let name = targets.get(kind).cloned().or_else(|| targets.is_empty().then(usual));
            name.map_or(Ok(Part::default()), |name| self.part(&name))
        };
        let (styles, numbering) = (beside("styles")?, beside("numbering")?);
        let (footnotes, endnotes) = (beside("footnotes")?, beside("endnotes")?);
        Ok(Parts { document, styles, numbering, footnotes, endnotes })
    }

    /// The title among the properties. What cannot be read there costs no document its text.
    pub(super) fn title(&mut self) -> Result<Option<String>, DocxError> {
        let part = match self.part("docprops/core.xml") {
            Err(DocxError::Damaged { .. }) => return Ok(None),
            part => part?,
        };
        let mut marks = Marks::new(&part.text, &part.name, &self.limits);
        let mut title = None;
        while let Ok(Some(mark)) = marks.next() {
            match (mark, &mut title) {
                (Mark::Start(tag), None) if tag.name() == "title" => title = Some(String::new()),
                (Mark::Text(text), Some(title)) => title.push_str(&text),
                (Mark::End, Some(_)) => break,
                _ => {}
            }
        }
        Ok(title.map(|title| title.trim().to_string()).filter(|title| !title.is_empty()))
    }

    /// A part by its normal name; an empty one if there is none.
    fn part(&mut self, name: &str) -> Result<Part, DocxError> {
        let Some(&index) = self.entries.get(name) else { return Ok(Part::default()) };
        let damaged = || DocxError::damaged(format!("部件 {name}"));
        let file = match self.archive.by_index(index) {
            Ok(file) => file,
            Err(zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED)) => {
                return Err(DocxError::Encrypted);
            }
            Err(_) => return Err(damaged()),
        };
        let mut bytes = Vec::new();
        // What a header says of its size is not believed.
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let too_large = DocxError::TooLarge { what: "解压后字节数", max: self.limits.unpacked_bytes_max };
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(too_large)?;
        Ok(Part { name: name.to_string(), text: text_of(bytes).ok_or_else(damaged)? })
    }

    /// Parts by the last word of the kind of relation that leads to them, which transitional and strict documents share.
    fn targets(&mut self, folder: &str, relations: &str) -> Result<HashMap<String, String>, DocxError> {
        let part = self.part(relations)?;
        let mut marks = Marks::new(&part.text, &part.name, &self.limits);
        let mut targets = HashMap::new();
        while let Some(mark) = marks.next()? {
            let Mark::Start(tag) = mark else { continue };
            if tag.name() != "Relationship" || tag.attribute("TargetMode").is_some_and(|mode| mode == "External") {
                continue;
            }
            let (Some(kind), Some(target)) = (tag.attribute("Type"), tag.attribute("Target")) else { continue };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
            targets.entry(kind).or_insert_with(|| resolved(folder, &target));
        }
        Ok(targets)
    }

    /// What a container is that has no Word document at `main`.
    fn without_document(&self, main: &str) -> DocxError {
        let has = |name: &str| self.entries.contains_key(name);
        let not = |found, remedy| DocxError::NotADocx { found, remedy };
        if self.entries.is_empty() {
            not("空的 ZIP 压缩包", DOWNLOAD)
        } else if has("xl/workbook.xml") || has("xl/workbook.bin") || main.starts_with("xl/") {
            not("Excel 表格（.xlsx）", "请把扩展名改为 .xlsx 后按表格导入")
        } else if has("ppt/presentation.xml") || main.starts_with("ppt/") {
            not("PowerPoint 演示文稿（.pptx）", RESAVE)
        } else if has("content.xml") && has("mimetype") {
            not("OpenDocument 文档（.odt 等）", RESAVE)
        } else if has("meta-inf/container.xml") {
            not("EPUB 电子书", RENAME)
        } else if has("[content_types].xml") {
            DocxError::NoBody { place: format!("缺少部件 {main}") }
        } else {
            not("ZIP 压缩包", "请解压后导入其中的文档")
        }
    }
}

/// The name of a part as it is compared. Some programs write `\` between folders.
fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

/// The normal name of a target of a relation of a part that lies in `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let path = if target.starts_with(['/', '\\']) { target.to_string() } else { joined(folder, target) };
    let path = normal(&path);
    let mut steps = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// What a file is that is no ZIP container.
fn foreign(bytes: &[u8]) -> DocxError {
    let not = |found, remedy| DocxError::NotADocx { found, remedy };
    let head = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head)).to_ascii_lowercase();
    let text = text.trim_start();
    if bytes.is_empty() {
        not("空文件", DOWNLOAD)
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        compound(bytes)
    } else if bytes.starts_with(b"PK\x05\x06") {
        not("空的 ZIP 压缩包", DOWNLOAD)
    } else if bytes.starts_with(b"PK") {
        DocxError::damaged("ZIP 容器")
    } else if text.starts_with("%pdf") {
        not("PDF 文件", "请把扩展名改为 .pdf 后再导入")
    } else if text.starts_with("{\\rtf") {
        not("RTF 文档", RESAVE)
    } else if text.contains("<w:worddocument") || text.contains("<pkg:package") {
        not("Word XML 文档", RESAVE)
    } else if text.starts_with("<!doctype html") || text.contains("<html") {
        let refused = ["403", "404", "forbidden", "not found"].iter().any(|sign| text.contains(sign));
        not(if refused { "网页（下载时网站返回的错误页）" } else { "网页（HTML）" }, DOWNLOAD)
    } else if std::str::from_utf8(bytes).is_ok() {
        not("纯文本", "请把扩展名改为 .txt 后再导入")
    } else {
        not("无法识别的数据", RENAME)
    }
}

/// What an OLE container is: the format of Word 97, or the wrapping of an encrypted document.
fn compound(bytes: &[u8]) -> DocxError {
    let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return DocxError::damaged("OLE 容器") };
    if file.is_stream("/EncryptedPackage") {
        DocxError::Encrypted
    } else if file.is_stream("/Workbook") || file.is_stream("/Book") {
        DocxError::NotADocx { found: "Excel 表格（.xls）", remedy: "请把扩展名改为 .xls 后按表格导入" }
    } else if file.is_stream("/WordDocument") {
        DocxError::OldFormat
    } else {
        DocxError::NotADocx { found: "OLE 复合文件", remedy: RESAVE }
    }
}
