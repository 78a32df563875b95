//! Which published collections lie in a tree, and which reader a file goes to.

use super::lawrefbook::{self, Catalogue};
use super::lines::{self, Lines};
use super::metadata;
use super::outcome::{Outcome, Refusal, RefusalCode};
use super::verified;
use super::{
    adapters, decision, decode, delimited, enforcement_regs, env_enforcement, flk_txt, header, html_page, interchange,
    just_laws, office, pbc, plain, state_mark,
};
use crate::law::Document;
use std::collections::{BTreeMap, BTreeSet};

/// One file as the caller hands it in.
#[derive(Debug, Clone, Copy)]
pub struct FileInput<'a> {
    /// Path inside its tree, `/` between its parts; `.zst` at its end means that the caller unpacked the bytes.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A published collection that is recognised as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// LawRefBook: `db.sqlite3` beside folders of Markdown.
    LawRefBook,
    /// just-laws: one folder with `README.md` for each law, `LAWS_PROGRESS.md`.
    JustLaws,
    /// Laws by enforcement department: `laws/`, `sfjs/`, `xzzfhg/`.
    EnforcementRegs,
    /// Environmental compendium: folders `P1` to `P9`.
    EnvEnforcement,
    /// Rules of the central bank as OCR made them: only some of its files carry the head that tells them.
    CentralBank,
    /// Verified statutes: `modules/*/statutes.jsonl` with `laws_index.json`.
    VerifiedStatutes,
}

impl Source {
    /// Its name in origins.
    pub fn name(self) -> &'static str {
        match self {
            Self::LawRefBook => "lawrefbook",
            Self::JustLaws => "just-laws-md",
            Self::EnforcementRegs => "enforcement-regs",
            Self::EnvEnforcement => "env-enforcement",
            Self::CentralBank => "pbc-normative",
            Self::VerifiedStatutes => "verified-statutes",
        }
    }
}

#[derive(Debug, Clone)]
struct Pack {
    source: Source,
    /// Folder with a slash at its end, or empty.
    root: String,
}

/// The packs of one tree, and what their companion files say.
#[derive(Debug, Clone, Default)]
pub struct Packs {
    packs: Vec<Pack>,
    /// Folder with a slash at its end → catalogue.
    catalogues: BTreeMap<String, Catalogue>,
    /// Titles and dates by law code.
    statutes: verified::Index,
    /// Folder with a slash at its end → what its own catalogue tells, and the path of that.
    told: BTreeMap<String, (String, metadata::Catalogue)>,
    /// Every member of the tree, if one may be a catalogue.
    members: BTreeSet<String>,
}

impl Packs {
    /// Recognises the packs of a tree from the paths of its members.
    pub fn of<P: AsRef<str>>(paths: &[P]) -> Self {
        let paths: Vec<&str> = paths.iter().map(AsRef::as_ref).collect();
        let mut packs = Vec::new();
        let databases = paths.iter().filter_map(|path| path.strip_suffix("db.sqlite3"));
        packs.extend(databases.map(|root| Pack { source: Source::LawRefBook, root: root.to_string() }));
        let progress = paths.iter().filter_map(|path| path.strip_suffix("LAWS_PROGRESS.md"));
        packs.extend(progress.map(|root| Pack { source: Source::JustLaws, root: root.to_string() }));
        let indexes = paths.iter().filter_map(|path| path.strip_suffix("laws_index.json"));
        packs.extend(indexes.map(|root| Pack { source: Source::VerifiedStatutes, root: root.to_string() }));
        packs.extend(roots_with(&paths, &["laws/", "sfjs/", "xzzfhg/"], 2, Source::EnforcementRegs));
        packs.extend(roots_with(&paths, &["P1/", "P2/", "P3/", "P4/", "P5/"], 3, Source::EnvEnforcement));
        let bank = paths.iter().any(|path| path.starts_with(pbc::ROOT));
        packs.extend(bank.then(|| Pack { source: Source::CentralBank, root: pbc::ROOT.to_string() }));
        packs.sort_by_key(|pack| std::cmp::Reverse(pack.root.len()));
        let listed = paths.iter().any(|path| metadata::may_be_catalogue(path));
        let members = paths.iter().filter(|_| listed).map(|path| path.to_string()).collect();
        Packs { packs, members, ..Packs::default() }
    }

    /// The packs found: source and root folder.
    pub fn found(&self) -> impl Iterator<Item = (Source, &str)> {
        self.packs.iter().map(|pack| (pack.source, pack.root.as_str()))
    }

    /// The collection that a member belongs to.
    pub fn source(&self, path: &str) -> Option<Source> {
        self.pack_of(path).map(|pack| pack.source)
    }

    /// Whether a path can be that of a companion file, by its name alone, before the packs of its tree are known.
    pub fn may_be_companion(path: &str) -> bool {
        matches!(header::name(path), "db.sqlite3" | "laws_index.json") || metadata::may_be_catalogue(path)
    }

    /// Whether a member must be handed to [`Packs::load`] before others are read.
    pub fn is_companion(&self, path: &str) -> bool {
        let Some(pack) = self.pack_of(path) else { return metadata::may_be_catalogue(path) };
        match pack.source {
            Source::LawRefBook => header::name(path) == "db.sqlite3",
            Source::VerifiedStatutes => header::name(path) == "laws_index.json",
            _ => false,
        }
    }

    /// Takes in a companion file. It is also read as an ordinary member afterwards, which gives its outcome.
    pub fn load(&mut self, file: &FileInput<'_>) -> Result<(), Refusal> {
        let root = format_root(header::folder(file.path));
        if metadata::may_be_catalogue(file.path) {
            if let Some(mut catalogue) = metadata::Catalogue::read(file.path, file.bytes) {
                catalogue.compare(&self.members.iter().filter_map(|path| path.strip_prefix(root.as_str())).collect());
                self.told.insert(root, (file.path.to_string(), catalogue));
            }
            return Ok(());
        }
        if header::name(file.path) == "db.sqlite3" {
            let catalogue = Catalogue::read(file.bytes).map_err(Refusal::bad_record)?;
            self.catalogues.insert(root, catalogue);
        } else {
            self.statutes = verified::Index::read(&decode::text_of(file.bytes)?)?;
        }
        Ok(())
    }

    /// Reads one file, and puts what the catalogue of its folder tells of it into its document.
    pub fn read(&self, file: &FileInput<'_>) -> Outcome {
        if let Some((_, catalogue)) = self.told.values().find(|(path, _)| path == file.path) {
            return catalogue.outcome();
        }
        let mut outcome = self.read_file(file);
        // Of some provisions nobody can make the document, and the lines of the export are no text of it.
        if let Outcome::Documents { documents, .. } = &outcome
            && documents.iter().any(|one| is_excerpt(&one.document))
        {
            return Refusal::bad_record("法据导出的节录，不是整件文件，不能导入；请导出整件（md、jsonl）再导入").into();
        }
        // Collections say what they hold, and so does the interchange format.
        let of_lines = file.path.contains(".jsonl") || file.path.contains(".ndjson");
        let is_said = of_lines && !super::is_binary(file.bytes) || self.source(file.path).is_some();
        if !is_said && !file.bytes.starts_with(b"---") {
            decision::recognise(&mut outcome);
        }
        let below = |root: &str| file.path.strip_prefix(root).map(str::to_string);
        // The nearest folder that tells anything.
        let roots = self.told.iter().filter_map(|(root, (_, catalogue))| Some((root.len(), catalogue, below(root)?)));
        let told = roots.filter_map(|(length, catalogue, below)| Some((length, catalogue.told(&below)?.clone())));
        if let Some((_, told)) = told.max_by_key(|(length, _)| *length) {
            outcome.told(&told);
        }
        outcome
    }

    fn read_file(&self, file: &FileInput<'_>) -> Outcome {
        let path = file.path.strip_suffix(".zst").unwrap_or(file.path);
        let pack = self.pack_of(path);
        let ending = header::name(path).rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let is_text = matches!(ending.as_str(), "md" | "markdown" | "txt" | "jsonl" | "ndjson");
        if pack.is_none() && delimited::is_named(&ending) && !super::is_binary(file.bytes) {
            return delimited::read(path, file.bytes);
        }
        if !is_text || super::is_binary(file.bytes) {
            let read = office::read(path, file.bytes).or_else(|| self.read_misnamed(pack, path, &ending, file.bytes));
            return read.unwrap_or_else(|| other_format(pack, path, file.bytes));
        }
        let text = match decode::text_of(file.bytes) {
            Ok(text) => text,
            Err(refusal) => return refusal.into(),
        };
        match ending.as_str() {
            "jsonl" | "ndjson" => self.read_lines(&Lines::of_file(&text)),
            _ if pack.is_none() && html_page::is_whole(&text) => html_page::read(path, &text),
            _ => self.read_text(pack, path, &text),
        }
    }

    /// Reads a Chinese text that bears the name of another format, or none. Files of programs have endings of their own.
    fn read_misnamed(&self, pack: Option<&Pack>, path: &str, ending: &str, bytes: &[u8]) -> Option<Outcome> {
        const NAMES: [&str; 13] =
            ["", "docx", "doc", "wps", "rtf", "pdf", "xls", "xlsx", "et", "epub", "html", "htm", "zip"];
        if pack.is_some() || !NAMES.contains(&ending) {
            return None;
        }
        let text = decode::text_of(bytes).ok()?;
        if html_page::has_breaks(&text) && !text.trim_start().starts_with("<?xml") {
            return Some(html_page::read(path, &text));
        }
        (!text.trim_start().starts_with(['{', '[', '<']) && is_chinese(&text))
            .then(|| self.read_text(None, path, &text))
    }

    /// Reads a piece of a long JSON Lines file: whole lines, `before` of the file before them; `first` is the first line of the
    /// file, which tells what it is.
    pub fn read_piece(&self, file: &FileInput<'_>, first: &str, before: usize) -> Outcome {
        let (text, bad) = lines::text_of_piece(file.bytes, before);
        match self.read_lines(&Lines { first, before, text: &text, piece: true }) {
            Outcome::Documents { documents, refused } => {
                Outcome::Documents { documents, refused: [bad, refused].concat() }
            }
            outcome => outcome,
        }
    }

    fn read_lines(&self, lines: &Lines<'_>) -> Outcome {
        if let Some(outcome) = adapters::read(lines) {
            return outcome;
        }
        if verified::is_article(lines.first) {
            return lines.refused_as_piece().unwrap_or_else(|| verified::read(&self.statutes, lines.text));
        }
        interchange::read_lines(lines, |object| interchange::record(object).map(state_mark::marked))
    }

    fn read_text(&self, pack: Option<&Pack>, path: &str, text: &str) -> Outcome {
        let below = pack.map_or(path, |pack| path.strip_prefix(pack.root.as_str()).unwrap_or(path));
        match pack.map(|pack| pack.source) {
            Some(Source::LawRefBook) => return self.read_lawrefbook(path, text, true),
            Some(Source::JustLaws) => return just_laws::read(path, below, text, true),
            Some(Source::EnforcementRegs) => return enforcement_regs::read(path, below, text),
            Some(Source::EnvEnforcement) => return env_enforcement::read(below, text, true),
            Some(Source::CentralBank) => return pbc::read(path, text),
            Some(Source::VerifiedStatutes) => return Outcome::skipped("汇编的说明，不是法律文件"),
            None => {}
        }
        if plain::is_verbatim(text) {
            plain::read(path, text)
        } else if text.contains(lawrefbook::MARK) {
            self.read_lawrefbook(path, text, false)
        } else if env_enforcement::recognises(text) {
            env_enforcement::read(below, text, false)
        } else if just_laws::recognises(text) {
            just_laws::read(path, below, text, false)
        } else if pbc::recognises(text) {
            pbc::read(path, text)
        } else if flk_txt::recognises(path, text) {
            flk_txt::read(path, text)
        } else if header::name(path).eq_ignore_ascii_case("readme.md") {
            Outcome::skipped("说明文件，不是法律文件")
        } else {
            plain::read(path, text)
        }
    }

    fn read_lawrefbook(&self, path: &str, text: &str, in_pack: bool) -> Outcome {
        let (root, catalogue) = self
            .catalogues
            .iter()
            .filter(|(root, _)| path.starts_with(root.as_str()))
            .max_by_key(|(root, _)| root.len())
            .map_or(("", None), |(root, catalogue)| (root.as_str(), Some(catalogue)));
        let below = path.strip_prefix(root).unwrap_or(path);
        let row = catalogue.and_then(|catalogue| catalogue.row(below));
        lawrefbook::read(&lawrefbook::Place { path: below, row, in_pack, folder: header::folder(path) }, text)
    }

    fn pack_of(&self, path: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| path.starts_with(pack.root.as_str()))
    }
}

/// Whether a text has more Chinese characters than Latin letters.
fn is_chinese(text: &str) -> bool {
    let count = |is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
    count(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) > count(|c| c.is_ascii_alphabetic())
}

fn format_root(folder: &str) -> String {
    if folder.is_empty() { String::new() } else { format!("{folder}/") }
}

/// Folders that hold at least `enough` of the named subfolders with Markdown in them.
fn roots_with(paths: &[&str], names: &[&str], enough: usize, source: Source) -> Vec<Pack> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.ends_with(".md")) {
        for name in names {
            let start = if path.starts_with(name) { Some(0) } else { path.find(&format!("/{name}")).map(|at| at + 1) };
            if let Some(start) = start {
                found.entry(path.get(..start).unwrap_or("")).or_default().insert(name);
            }
        }
    }
    let roots = found.into_iter().filter(|(_, names)| names.len() >= enough);
    roots.map(|(root, _)| Pack { source, root: root.to_string() }).collect()
}

fn is_json(bytes: &[u8]) -> bool {
    let line = bytes.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap_or_default();
    bytes.trim_ascii_start().starts_with(b"{")
        && [line, bytes].iter().any(|json| serde_json::from_slice::<serde::de::IgnoredAny>(json).is_ok())
}

/// Files that are not text: the databases and tables of packs are skipped, everything else is refused.
fn other_format(pack: Option<&Pack>, path: &str, bytes: &[u8]) -> Outcome {
    match (pack.map(|pack| pack.source), header::name(path)) {
        (Some(Source::LawRefBook), "db.sqlite3") => match Catalogue::read(bytes) {
            Ok(_) => Outcome::skipped("汇编的元数据库，其内容已并入各文件"),
            Err(message) => Refusal::bad_record(message).into(),
        },
        (Some(Source::VerifiedStatutes), name) if name.ends_with(".json") => {
            Outcome::skipped("汇编的索引或核验记录，不是法律文件")
        }
        _ if bytes.starts_with(b"\xD0\xCF\x11\xE0") => {
            Refusal::bad_record("旧版 Word 或 Excel 文件（OLE 容器）已损坏，或者是别的程序的文件；请用 Word 或 WPS 打开并另存为 .docx、.xlsx").into()
        }
        _ if bytes.starts_with(b"PK\x03\x04") && !bytes.windows(4).any(|mark| mark == b"PK\x05\x06") => {
            Refusal::bad_record("ZIP 容器已损坏（文件不完整）；请重新下载后再导入").into()
        }
        _ if bytes.starts_with(b"PK\x03\x04") => {
            let message = "这一 ZIP 容器不是 Word、Excel 文件或电子书；压缩包中的压缩包请先解开再导入";
            Refusal::new(RefusalCode::UnsupportedFormat, message).into()
        }
        _ if is_json(bytes) => {
            let message = "内容是 JSON 文本，不是法律文件；如果是互通格式的记录，请改名为 .jsonl 后再导入";
            Refusal::new(RefusalCode::UnsupportedFormat, message).into()
        }
        _ if decode::text_of(bytes).is_ok_and(|text| !text.trim().is_empty()) => {
            let message = "内容是文本，不是扩展名所示的格式，也认不出是中文文件；如果是法律文件，请改名为 .txt 后再导入";
            Refusal::new(RefusalCode::UnsupportedFormat, message).into()
        }
        _ => {
            let message = "不支持的文件格式；可导入 .md、.txt、.jsonl、.docx、.doc、.wps、.rtf、.epub、.xls、.xlsx、.csv、.pdf、.html、.zip、.jsonl.zst、.tar.zst";
            Refusal::new(RefusalCode::UnsupportedFormat, message).into()
        }
    }
}

/// Whether a document is an excerpt that this program wrote.
fn is_excerpt(document: &Document) -> bool {
    document.title.ends_with("（节录）") && document.text.contains("由法据导出")
}

#[cfg(test)]
mod tests;
