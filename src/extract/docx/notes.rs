//! What a reader should know of the way the text was made.

use crate::extract::left_out;

/// Something that was dropped, changed or may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// What.
    pub kind: NoteKind,
    /// How often; of characters for the kinds of text.
    pub count: usize,
}

/// What a [`Note`] tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// Characters of hidden text (隐藏文字) left out.
    HiddenText,
    /// Characters of text deleted or moved away by tracked changes (修订) left out.
    DeletedText,
    /// Insertions by tracked changes that were kept as if accepted.
    Insertion,
    /// Characters of the private use areas, which only the author's fonts can show. They are kept.
    PrivateUse,
    /// Pictures, whose text is not read.
    Picture,
    /// Formulas, written in one line.
    Formula,
    /// Embedded documents (altChunk) that are not read.
    EmbeddedDocument,
    /// Fields (域) without a stored result.
    FieldWithoutResult,
    /// Paragraphs whose number is defined nowhere or in a form that is not known; they have none.
    UnknownNumber,
    /// Characters in cells that a merged cell covers; Word does not show them and they are left out.
    CoveredText,
    /// References to footnotes or endnotes that are not there.
    MissingNote,
    /// Characters struck through (删除线). They are kept: only their author knows whether they still hold.
    StruckText,
}

impl Note {
    /// Stable name for reports and tests.
    pub fn code(&self) -> &'static str {
        match self.kind {
            NoteKind::HiddenText => "docx_hidden_text",
            NoteKind::DeletedText => "docx_deleted_text",
            NoteKind::Insertion => "docx_insertion",
            NoteKind::PrivateUse => "docx_private_use",
            NoteKind::Picture => "docx_picture",
            NoteKind::Formula => "docx_formula",
            NoteKind::EmbeddedDocument => "docx_embedded_document",
            NoteKind::FieldWithoutResult => "docx_field_without_result",
            NoteKind::UnknownNumber => "docx_unknown_number",
            NoteKind::CoveredText => "docx_covered_text",
            NoteKind::MissingNote => "docx_missing_note",
            NoteKind::StruckText => "docx_struck_text",
        }
    }

    /// What it tells, for people.
    pub fn message(&self) -> String {
        let count = self.count;
        match self.kind {
            NoteKind::HiddenText => left_out::hidden(count),
            NoteKind::DeletedText => left_out::deleted(count),
            NoteKind::Insertion => format!("修订中插入的内容 {count} 处，按已接受读入"),
            NoteKind::PrivateUse => crate::extract::blocks::remark(count),
            NoteKind::Picture => format!("图片 {count} 张，图中文字未读入"),
            NoteKind::Formula => format!("公式 {count} 个，按一行文字读入，请核对"),
            NoteKind::EmbeddedDocument => format!("嵌入的外部文档 {count} 个未读入，请用 Word 打开并另存后再导入"),
            NoteKind::FieldWithoutResult => format!("域 {count} 个没有结果，未读入，请核对"),
            NoteKind::UnknownNumber => format!("自动编号 {count} 处没有定义或格式不明，未加编号"),
            NoteKind::CoveredText => format!("被合并单元格遮住的文字 {count} 字未读入"),
            NoteKind::MissingNote => format!("脚注或尾注 {count} 条缺失"),
            NoteKind::StruckText => left_out::struck(count),
        }
    }
}

/// Counts for notes while a document is read.
#[derive(Default)]
pub(super) struct Tally(std::collections::BTreeMap<NoteKind, usize>);

impl Tally {
    /// Counts so many more.
    pub(super) fn add(&mut self, kind: NoteKind, count: usize) {
        if count > 0 {
            *self.0.entry(kind).or_default() += count;
        }
    }

    /// How many there are.
    pub(super) fn count(&self, kind: NoteKind) -> usize {
        self.0.get(&kind).copied().unwrap_or(0)
    }

    /// The notes, in a fixed order.
    pub(super) fn notes(&self) -> Vec<Note> {
        self.0.iter().map(|(&kind, &count)| Note { kind, count }).collect()
    }
}
