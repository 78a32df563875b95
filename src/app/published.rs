//! Documents and provisions as files that leave (导出): Word, web page, Markdown, plain text, JSON, interchange.

use super::asker::follow;
use super::card::CardVersion;
use super::corrections::with_field;
use super::error::{AppError, ErrorCode};
use super::faju::{Asker, Faju, Found};
use super::opened;
use super::read::{Reader, citation};
use super::view::{BlockView, CorrectionShown, InstrumentHead, ProvisionView, ReadingView, Shown, VersionView};
use crate::corpus::Originals;
use crate::extract::front_matter;
use crate::law::{Access, Document, EventKind, HeadingLevel, ProvisionKind};
use crate::publish::{self, Block, Paper, PublishError};
use jiff::civil::Date;

/// The format of a file that leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Word, in the layout of official documents (GB/T 9704).
    Docx,
    /// A web page of its own.
    Html,
    /// Markdown; of a whole document with front matter, so that it can be imported again.
    Markdown,
    /// Plain text.
    Plain,
    /// One JSON object with citation and status, of whole documents and of chosen provisions.
    Json,
    /// The interchange format, one line.
    Interchange,
}

impl FileFormat {
    /// Every format with its name, which is the ending of its files too.
    pub const ALL: [(FileFormat, &'static str); 6] = [
        (Self::Docx, "docx"),
        (Self::Html, "html"),
        (Self::Markdown, "md"),
        (Self::Plain, "txt"),
        (Self::Json, "json"),
        (Self::Interchange, "jsonl"),
    ];

    /// The format of a name.
    pub fn of(name: &str) -> Option<FileFormat> {
        Self::ALL.iter().find(|(_, own)| *own == name).map(|(format, _)| *format)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// A file that leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileWritten {
    /// What it may be called.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Faju {
    /// A document, or provisions of one version, as a file; each by any id.
    pub fn written(
        &self,
        ids: &[String],
        format: FileFormat,
        as_of: Option<Date>,
        asker: &Asker,
    ) -> Result<FileWritten, AppError> {
        self.read(as_of, asker, |reader| reader.written(ids, format))
    }
}

impl Faju {
    /// Where original files are kept.
    pub(super) fn originals(&self) -> Originals {
        Originals::of(&opened::corpus(&self.settings))
    }

    /// The file from which a document came, as it was received; only for whoever sees everything, because personal data is not
    /// masked in it.
    pub fn original(&self, id: &str, asker: &Asker) -> Result<FileWritten, AppError> {
        if asker.access != Access::Restricted {
            return Err(AppError::new(ErrorCode::Forbidden, "原件没有遮盖个人信息，只在本机命令行可以取出"));
        }
        let originals = self.originals();
        self.read(None, asker, |reader| {
            for put in reader.puts(id)? {
                let digest = put.file_sha256.as_deref().unwrap_or_default();
                if let Some(bytes) = originals.read(digest)? {
                    let path = put.path.unwrap_or_else(|| put.document.title.clone());
                    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
                    return Ok(FileWritten { name: plain_name(name), bytes });
                }
            }
            Err(AppError::new(ErrorCode::NotFound, format!("没有留存“{id}”的原件；导入时加 --keep-originals 才会留存")))
        })
    }
}

/// A paper in a format; the interchange format has whole documents only.
pub(super) fn bytes_of(paper: &Paper, format: FileFormat) -> Result<Vec<u8>, AppError> {
    Ok(match format {
        FileFormat::Docx => publish::docx(paper).map_err(failed)?,
        FileFormat::Html => publish::html(paper).into_bytes(),
        FileFormat::Markdown => publish::markdown(paper).into_bytes(),
        FileFormat::Plain => publish::plain(paper).into_bytes(),
        FileFormat::Json => publish::json(paper).into_bytes(),
        FileFormat::Interchange => return Err(wrong("交换格式只能导出整件文件")),
    })
}

impl Reader<'_> {
    /// One document, or provisions of one version, as a file.
    pub fn written(&self, ids: &[String], format: FileFormat) -> Result<FileWritten, AppError> {
        let mut shown = ids.iter().map(|id| self.followed(id)).collect::<Result<Vec<Shown>, AppError>>()?;
        let paper = match shown.as_mut_slice() {
            [Shown::Reading(view)] => {
                if let FileFormat::Markdown | FileFormat::Interchange = format {
                    return self.whole(view, format);
                }
                self.paper_of(view)?
            }
            [Shown::Document(_)] | [] => {
                return Err(wrong("要导出的是一件文件、一个版本或者几条规定，原始记录请用 faju export"));
            }
            several => {
                let version = match several.first() {
                    Some(Shown::Provision(view)) => self.version_of(&view.instrument.id, view.version.as_ref())?,
                    _ => None,
                };
                of_provisions(several, version.as_ref().and_then(CardVersion::dated_as))?
            }
        };
        Ok(FileWritten { name: file_name(&paper.title, format), bytes: bytes_of(&paper, format)? })
    }

    /// The text of one version as a paper.
    pub(super) fn paper(&self, id: &str) -> Result<Paper, AppError> {
        match self.followed(id)? {
            Shown::Reading(view) => self.paper_of(&view),
            _ => Err(AppError::not_found(id)),
        }
    }

    fn followed(&self, id: &str) -> Result<Shown, AppError> {
        follow(id, |id| self.show(id))
    }

    /// The text that is shown as a paper.
    fn paper_of(&self, view: &ReadingView) -> Result<Paper, AppError> {
        let version = self.version_of(&view.instrument.id, view.version.as_ref())?;
        let (changed, dated) =
            (version.as_ref().and_then(CardVersion::last_change), version.as_ref().and_then(CardVersion::dated_as));
        Ok(of_reading(view, changed, dated))
    }

    /// What the card of an instrument tells of a version.
    fn version_of(&self, instrument: &str, version: Option<&VersionView>) -> Result<Option<CardVersion>, AppError> {
        let Some(version) = version else { return Ok(None) };
        let card = self.card(instrument)?;
        Ok(card.version(&format!("{}@{}", card.group, version.key)).cloned())
    }

    /// A whole document as it was received and corrected, so that importing it again gives what is shown here.
    fn whole(&self, view: &ReadingView, format: FileFormat) -> Result<FileWritten, AppError> {
        let id = match &view.version {
            Some(version) => format!("{}@{}", view.instrument.id, version.key),
            None => view.instrument.id.clone(),
        };
        let Found::Here(record) = self.document(&id)? else { return Err(AppError::not_found(&id)) };
        let record = record.records.into_iter().next().ok_or_else(|| AppError::not_found(&id))?;
        let paper = self.paper_of(view)?;
        let mut corrections: Vec<&CorrectionShown> = record.corrections.iter().collect();
        corrections.sort_by(|one, other| one.recorded_at.cmp(&other.recorded_at));
        let document = corrections.into_iter().fold(record.document, |document, correction| {
            with_field(&document, &correction.field, &correction.value).unwrap_or(document)
        });
        let text = match format {
            FileFormat::Interchange => json(&Document { origin: Some(record.origin), ..document })? + "\n",
            _ => marked(&document, &paper)?,
        };
        Ok(FileWritten { name: file_name(&paper.title, format), bytes: text.into_bytes() })
    }
}

/// What a day is, and the day.
type Dated = (&'static str, Date);

/// A whole text.
fn of_reading(view: &ReadingView, changed: Option<(Date, EventKind)>, dated: Option<Dated>) -> Paper {
    let blocks = view.blocks.iter().map(|block| match block {
        BlockView::Heading { level, text } => Block::Heading { level: depth(*level), text: text.clone() },
        BlockView::Provision { kind: ProvisionKind::Signature, text, .. } => Block::Signature(text.clone()),
        BlockView::Provision { key, label, text, .. } => provision(key, label, text),
    });
    let blocks = blocks.collect();
    let head = &view.instrument;
    Paper {
        title: head.title.clone(),
        subtitle: view.history.clone(),
        facts: facts(head, dated, view.version.as_ref()),
        citation: citation(head, changed, ""),
        status: status(view.version.as_ref(), view.as_of, view.notice.as_deref()),
        excerpt: false,
        blocks,
        colophon: colophon(view.known_to, view.sample),
    }
}

/// Provisions of one version as an excerpt.
fn of_provisions(shown: &[Shown], dated: Option<Dated>) -> Result<Paper, AppError> {
    let mut views: Vec<&ProvisionView> = Vec::with_capacity(shown.len());
    for shown in shown {
        let Shown::Provision(view) = shown else {
            return Err(wrong("几件一起导出的只能是同一版本的规定；整件文件请逐件导出"));
        };
        views.push(view);
    }
    let first = views.first().ok_or_else(|| wrong("没有写明要导出什么"))?;
    let version = |view: &ProvisionView| view.id.split('/').next().map(str::to_string);
    if views.iter().any(|view| version(view) != version(first)) {
        return Err(wrong("几件一起导出的只能是同一版本的规定；请按版本分别导出"));
    }
    let mut blocks = Vec::new();
    let mut path: &[String] = &[];
    for view in &views {
        let shared = view.path.iter().zip(path).take_while(|(one, other)| one == other).count();
        let headings = view.path.iter().enumerate().skip(shared);
        blocks.extend(headings.map(|(at, text)| Block::Heading { level: at.min(5) as u8 + 1, text: text.clone() }));
        path = &view.path;
        let key = view.id.split_once('/').map_or("", |(_, key)| key);
        blocks.push(provision(key, &view.label, &view.text));
    }
    let citations: Vec<&str> = views.iter().map(|view| view.citation.as_str()).collect();
    Ok(Paper {
        title: first.instrument.title.clone(),
        subtitle: Vec::new(),
        facts: facts(&first.instrument, dated, first.version.as_ref()),
        citation: citations.join("；"),
        status: status(first.version.as_ref(), first.as_of, first.notice.as_deref()),
        excerpt: true,
        blocks,
        colophon: colophon(first.known_to, first.sample),
    })
}

pub(super) fn provision(key: &str, label: &str, text: &str) -> Block {
    let label = if text.starts_with(label) { label.len() } else { 0 };
    Block::Provision { id: key.to_string(), label, text: text.to_string() }
}

/// The depth of a heading, 1 for the outermost.
fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::Title
        | HeadingLevel::Annex
        | HeadingLevel::Part
        | HeadingLevel::Chapter
        | HeadingLevel::Unit1 => 1,
        HeadingLevel::Subpart | HeadingLevel::Section | HeadingLevel::Unit2 => 2,
        HeadingLevel::Unit3 => 3,
    }
}

fn facts(head: &InstrumentHead, dated: Option<Dated>, version: Option<&VersionView>) -> Vec<(String, String)> {
    let begins = version.and_then(|version| {
        let assumed = version.first_day_assumed().map(|why| format!("（{why}）")).unwrap_or_default();
        Some(format!("{}{assumed}", version.effective_from?))
    });
    let rows = [
        ("文号", head.document_number.clone()),
        ("制定机关", head.issuer.clone()),
        (dated.map_or("", |(name, _)| name), dated.map(|(_, day)| day.to_string())),
        ("施行日期", begins),
    ];
    rows.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?))).collect()
}

/// What stood on the day asked: 现行有效（核对日 2026-11-27）.
pub(super) fn status(version: Option<&VersionView>, on: Date, notice: Option<&str>) -> String {
    let Some(version) = version else { return notice.unwrap_or_default().to_string() };
    let notice = notice.map(|notice| format!("。{notice}")).unwrap_or_default();
    let ended = version.ended().map(|ended| format!("，{ended}")).unwrap_or_default();
    format!("{}{ended}（核对日 {on}）{notice}", version.status.chinese())
}

pub(super) fn colophon(known_to: Option<Date>, sample: bool) -> String {
    let sample = if sample { "示例数据（虚构）。" } else { "" };
    let known = known_to.map(|day| format!("，库中文件截至 {day}")).unwrap_or_default();
    format!("{sample}由法据导出{known}。引用前请核对公布的文本。")
}

fn json(document: &Document) -> Result<String, AppError> {
    serde_json::to_string(document).map_err(|error| AppError::new(ErrorCode::Internal, error.to_string()))
}

/// Markdown of a whole document: what is stated of it between `---`, and its text as it is.
fn marked(document: &Document, paper: &Paper) -> Result<String, AppError> {
    let value =
        serde_json::to_value(document).map_err(|error| AppError::new(ErrorCode::Internal, error.to_string()))?;
    let fields = value.as_object().cloned().unwrap_or_default();
    let remarks = [("引用", paper.citation.as_str()), ("状态", paper.status.as_str())];
    Ok(front_matter::written(&remarks, &fields, &document.text))
}

/// A name without what file systems refuse.
pub(super) fn file_name(title: &str, format: FileFormat) -> String {
    format!("{}.{}", plain_name(&title.chars().take(80).collect::<String>()), format.name())
}

fn plain_name(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c)).collect();
    let kept = kept.trim().trim_start_matches('.');
    if kept.is_empty() { "文件".to_string() } else { kept.to_string() }
}

fn wrong(message: &str) -> AppError {
    AppError::parameter(ErrorCode::InvalidParameter, "id", message)
}

fn failed(error: PublishError) -> AppError {
    AppError::new(ErrorCode::Internal, error.to_string())
}
