//! The report of an import, row by row.

use crate::app::view::{FileReport, ImportReport};
use crate::app::walk::{PieceOf, Unread};
use crate::corpus::Record;
use crate::extract::{FILE_BYTES_MAX, Refusal, RefusalCode};
use crate::law::Access;

/// What is said of a link inside a folder.
pub const LINK: &str = "符号链接，没有跟随；要导入请直接写出它的路径";

/// Megabytes that a file, or a line of a file of lines, may have.
const MEGABYTES_MAX: usize = FILE_BYTES_MAX >> 20;

/// What became of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Became {
    /// Another text of a document of which something was redacted: it stays away.
    StaysRedacted,
    /// The same content was withdrawn: it stays away.
    StaysWithdrawn,
    /// Already there.
    Unchanged,
    /// Replaced an earlier revision.
    Updated,
    /// New to the corpus, or a further source of a known version.
    New,
}

impl Became {
    fn name(self) -> &'static str {
        match self {
            Self::StaysRedacted | Self::StaysWithdrawn | Self::Unchanged => "unchanged",
            Self::Updated => "updated",
            Self::New => "new",
        }
    }
}

/// A document that was settled: the rows of the files it came from, what became of it, its instrument or case.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Rows of the report.
    pub rows: Vec<usize>,
    /// What became of it.
    pub became: Became,
    /// Instrument or case id.
    pub group: String,
    /// Digest of the file that it came from, where its original must not be kept.
    pub unkept: Option<String>,
}

/// The report under way.
#[derive(Debug, Default)]
pub struct Rows {
    report: ImportReport,
    became: Vec<Option<Became>>,
    not_public: u64,
    unmasked: u64,
    related: usize,
    stay_withdrawn: u64,
    stay_redacted: u64,
    differing: u64,
}

impl Rows {
    /// A row for a file that is being read.
    pub fn open(&mut self, path: String) -> usize {
        self.report.read += 1;
        self.became.push(None);
        self.report.files.push(FileReport {
            path,
            outcome: "unchanged",
            code: None,
            place: None,
            message: None,
            instrument: None,
            articles: None,
        });
        self.report.files.len() - 1
    }

    /// The file, or a piece of it, was read.
    pub fn read(&mut self, row: usize, articles: u64) {
        if let Some(file) = self.report.files.get_mut(row) {
            file.articles = Some(file.articles.unwrap_or(0) + articles);
        }
    }

    /// Something to check in a file that was taken.
    pub fn remark(&mut self, row: usize, remark: &str) {
        self.differing += 1;
        if let Some(file) = self.report.files.get_mut(row) {
            file.message = Some(file.message.take().map_or(remark.to_string(), |said| format!("{said}；{remark}")));
        }
    }

    /// The file belongs to its collection but is no document.
    pub fn skip(&mut self, row: usize, reason: String) {
        self.report.skipped += 1;
        if let Some(file) = self.report.files.get_mut(row) {
            file.outcome = "skipped";
            file.message = Some(reason);
        }
    }

    /// Nothing of the file was taken.
    pub fn refuse(&mut self, row: usize, refusal: &Refusal) {
        self.report.refused += 1;
        if let Some(file) = self.report.files.get_mut(row) {
            file.outcome = "refused";
            file.code = Some(refusal.code.name());
            file.place = refusal.place.clone();
            file.message = Some(refusal.message.clone());
        }
    }

    /// One record of a file was not taken: it gets a row of its own with the line after the path.
    pub fn refuse_line(&mut self, row: usize, refusal: &Refusal) {
        let path = self.report.files.get(row).map(|file| file.path.clone()).unwrap_or_default();
        let own = self.open(path);
        self.report.read -= 1;
        self.refuse(own, refusal);
    }

    /// A document was settled.
    pub fn settle(&mut self, settled: &Settled) {
        match settled.became {
            Became::New => self.report.new += 1,
            Became::Updated => self.report.updated += 1,
            Became::Unchanged => self.report.unchanged += 1,
            Became::StaysWithdrawn => {
                self.report.unchanged += 1;
                self.stay_withdrawn += 1;
            }
            Became::StaysRedacted => {
                self.report.unchanged += 1;
                self.stay_redacted += 1;
            }
        }
        for row in &settled.rows {
            let became = self.became[*row].max(Some(settled.became));
            self.became[*row] = became;
            let file = &mut self.report.files[*row];
            file.outcome = became.map_or("unchanged", Became::name);
            if settled.became == Became::StaysWithdrawn {
                file.message.get_or_insert_with(|| "内容与已撤回的相同，没有重新收下".to_string());
            }
            if settled.became == Became::StaysRedacted {
                file.message.get_or_insert_with(|| "这一文件已删去部分内容，没有重新收下".to_string());
            }
            file.instrument.get_or_insert_with(|| settled.group.clone());
        }
    }

    /// Documents settled so far.
    pub fn documents(&self) -> u64 {
        self.report.new + self.report.updated + self.report.unchanged
    }

    /// Counts what was masked in records, and those that not everybody may read.
    pub fn count(&mut self, records: &[Record]) {
        for record in records {
            if let Record::Put(put) = record {
                self.report.masked += put.masked.len() as u64;
                self.not_public += u64::from(put.document.access != Some(Access::Public));
                self.unmasked += u64::from(put.unmasked);
            }
        }
    }

    /// Counts ids that proved to be one instrument.
    pub fn related(&mut self, count: usize) {
        self.related += count;
    }

    /// What of the journal cannot be read.
    pub fn damaged(&mut self, damage: Vec<String>) {
        self.report.damage = damage;
    }

    /// A remark for people.
    pub fn warn(&mut self, remark: impl Into<String>) {
        self.report.warnings.push(remark.into());
    }

    /// The report.
    pub fn finish(mut self) -> ImportReport {
        if self.unmasked > 0 {
            let count = self.unmasked;
            self.warn(format!(
                "{count} 份文件未去标识化，定为 restricted（受限），不能放宽；要公开请不带 --no-mask 重新导入"
            ));
        }
        if self.not_public > self.unmasked {
            let count = self.not_public - self.unmasked;
            self.warn(format!(
                "{count} 份文件未声明公开，只在本机命令行和 serve --access internal 中可见；要公开请用 import --access public"
            ));
        }
        if self.stay_withdrawn > 0 {
            let count = self.stay_withdrawn;
            self.warn(format!(
                "{count} 份文件的内容与已撤回的相同，没有重新收下；确要恢复请用 import --restore（接口用 restore=true）"
            ));
        }
        if self.stay_redacted > 0 {
            let count = self.stay_redacted;
            self.warn(format!(
                "{count} 份文件已删去部分内容（redact），再次导入会把它带回，没有重新收下；确要收下请用 import --restore（接口用 restore=true）"
            ));
        }
        if self.differing > 0 {
            let count = self.differing;
            self.warn(format!("{count} 处元数据说法不一致，已记在各文件的来源标注中，请核对"));
        }
        if self.related > 0 {
            let count = self.related;
            self.warn(format!("{count} 对文件编号被认定为同一文件，已登记（same_as）"));
        }
        self.report
    }
}

/// A refusal for a file that could not be read from disk.
pub fn unreadable(error: &std::io::Error) -> Refusal {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "没有这个文件".to_string(),
        std::io::ErrorKind::PermissionDenied => "没有读取权限".to_string(),
        _ => error.to_string(),
    };
    let message = format!("不能读取：{reason}；请检查文件是否完整、是否有权限");
    Refusal { code: RefusalCode::NotText, place: None, message }
}

/// A refusal for a file, or a piece of one after some lines, of which there are no bytes.
pub fn unread(unread: &Unread, piece: Option<&PieceOf>) -> Refusal {
    let (code, message) = match (unread, piece) {
        (Unread::Io(error), _) => return unreadable(error),
        (Unread::Name, _) => (
            RefusalCode::NotText,
            "文件名（或上级文件夹名）不是 UTF-8，无法记录来源；请改名后再导入，压缩包请用 UTF-8 文件名重新制作"
                .to_string(),
        ),
        (Unread::Link, _) => (RefusalCode::UnsupportedFormat, LINK.to_string()),
        (Unread::NoFile, _) => {
            (RefusalCode::UnsupportedFormat, "不是普通文件（而是管道、设备之类）；请先存为文件再导入".to_string())
        }
        (Unread::TooLarge, None) => (RefusalCode::TooLarge, format!("超过 {MEGABYTES_MAX} MB，请拆分后导入")),
        (Unread::TooLarge, Some(_)) => (RefusalCode::TooLarge, format!("该行超过 {MEGABYTES_MAX} MB，没有收下")),
    };
    Refusal { code, place: piece.map(|piece| format!("第{}行", piece.before + 1)), message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::error::ErrorCode;
    use crate::extract::RefusalCode::*;

    #[test]
    fn every_refusal_is_a_code_of_the_contract() {
        for code_of in [UnsupportedFormat, NotText, BadRecord, TooLarge] {
            assert!(ErrorCode::ALL.iter().any(|row| row.1 == code_of.name()));
        }
    }

    #[test]
    fn a_file_has_the_strongest_outcome_of_its_documents() {
        let mut rows = Rows::default();
        let row = rows.open("甲.jsonl".to_string());
        let settled = |became| Settled { rows: vec![row], became, group: "g".to_string(), unkept: None };
        rows.settle(&settled(Became::New));
        rows.settle(&settled(Became::Unchanged));
        rows.refuse_line(row, &unreadable(&std::io::ErrorKind::NotFound.into()));
        let report = rows.finish();
        assert_eq!((report.read, report.new, report.unchanged, report.refused), (1, 1, 1, 1));
        assert_eq!((report.files[0].outcome, report.files[1].outcome), ("new", "refused"));
    }
}
