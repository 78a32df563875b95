//! Comments (批注) on a draft in a copy of its Word file.

use super::super::published::{FileFormat, FileWritten, file_name};
use super::super::view::review::{BasisView, FindingView, ReviewPage};
use super::draft_file::code;
use crate::app::error::{AppError, ErrorCode};
use crate::extract::docx::{self, DocxError};
use crate::extract::refused_docx;
use crate::publish::{self, Comment, CommentError};
use crate::text::excerpt;
use crate::text::points::byte_of;
use jiff::civil::Date;
use std::ops::Range;

/// Who speaks in the comments.
const AUTHOR: &str = "法据";
const INITIALS: &str = "据";
/// Longest provision that a comment quotes, in characters.
const QUOTED_MAX: usize = 200;

/// A copy of a draft's .docx with a comment for each finding that nobody dismissed, at the words it speaks of. `text` is the text
/// that was reviewed.
pub fn commented(page: &ReviewPage, original: &[u8], text: &str) -> Result<FileWritten, AppError> {
    let shown = page.findings.iter().filter(|finding| finding.dismissed.is_none());
    let comments: Vec<DraftComment> = shown
        .map(|finding| DraftComment {
            span: byte_of(text, finding.span.start)..byte_of(text, finding.span.end),
            author: AUTHOR.to_string(),
            initials: INITIALS.to_string(),
            day: page.as_of,
            paragraphs: paragraphs(finding),
        })
        .collect();
    let bytes = with_comments(original, text, &comments).map_err(|error| match error {
        CommentedError::Read(error) => {
            let refusal = refused_docx(&error);
            AppError::new(code(refusal.code), format!("批注只能写进 Word 草案（.docx）：{}", refusal.message))
        }
        CommentedError::Write(error) => AppError::new(ErrorCode::BadRecord, error.to_string()),
    })?;
    let title = page.title.as_deref().unwrap_or("草案");
    Ok(FileWritten { name: file_name(&format!("{title}（批注）"), FileFormat::Docx), bytes })
}

fn paragraphs(finding: &FindingView) -> Vec<String> {
    let sure = if finding.certain { "确定" } else { "请核对" };
    let state = finding.state.map(|state| format!("·{}", state.chinese())).unwrap_or_default();
    let head = format!("[{} {}·{sure}{state}] {}", finding.check, finding.severity.chinese(), finding.message);
    let basis = finding.basis.iter().map(|basis| {
        let BasisView { title, article, .. } = basis;
        let words = basis.words(QUOTED_MAX);
        let title = if article.is_empty() { title.clone() } else { format!("《{title}》{article}") };
        if words.is_empty() { format!("依据：{title}") } else { format!("依据：{title}：{words}") }
    });
    [head, format!("建议：{}", finding.suggestion)].into_iter().chain(basis).collect()
}

/// A comment on words of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
struct DraftComment {
    /// The words: bytes of the text of the draft.
    span: Range<usize>,
    /// Who wrote it.
    author: String,
    /// The author's initials.
    initials: String,
    /// The day on which it was written.
    day: Date,
    /// Its text.
    paragraphs: Vec<String>,
}

/// Why there is no copy with comments.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum CommentedError {
    /// The file is no Word document that can be read.
    #[error(transparent)]
    Read(#[from] DocxError),
    /// Comments cannot be put into it.
    #[error(transparent)]
    Write(#[from] CommentError),
}

/// A copy of a draft's .docx in which each comment stands at the words it speaks of, or as near as Word allows.
///
/// `text` is the text that the spans count in: that of the review, which leaves out what is no part of the draft, or all that
/// [`docx::traced`] reads. All else in the file stays as it is, and no comment is left out.
///
/// # Errors
///
/// [`CommentedError`] says what the file is or where it is broken.
fn with_comments(original: &[u8], text: &str, comments: &[DraftComment]) -> Result<Vec<u8>, CommentedError> {
    let traced = docx::traced(original, &docx::Limits::default())?;
    let spans: Vec<Range<usize>> = comments.iter().map(|comment| comment.span.clone()).collect();
    let spans = excerpt::places(&traced.text, text, &spans);
    let placed = |(own, span): (&DraftComment, Range<usize>)| {
        // A document of which no word has a place is commented at its beginning.
        let place = traced.place(span).unwrap_or(docx::Place { bytes: 0..0, is_paragraph: true });
        Comment {
            words: place.bytes,
            is_of_paragraph: place.is_paragraph,
            author: own.author.clone(),
            initials: own.initials.clone(),
            day: own.day,
            paragraphs: own.paragraphs.clone(),
        }
    };
    let comments: Vec<Comment> = comments.iter().zip(spans).map(placed).collect();
    Ok(publish::with_comments(original, &traced.part, &comments)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read, Write};

    fn packed(document: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", document)] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
            archive.write_all(text.as_bytes()).expect("written");
        }
        archive.finish().expect("a container").into_inner()
    }

    #[test]
    fn words_of_a_review_are_commented_in_its_file() {
        let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let body = [p("船舶办法"), p("　　第一条　甲船靠泊。"), p("第二条　乙船靠泊。")].concat();
        let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let file = packed(&format!("<w:document xmlns:w=\"{word}\"><w:body>{body}</w:body></w:document>"));
        let text = "第一条　甲船靠泊。\n第二条　乙船靠泊。";
        let from = text.rfind("靠泊").expect("words");
        let comment = DraftComment {
            span: from..from + "靠泊".len(),
            author: "审核员".into(),
            initials: "审".into(),
            day: jiff::civil::date(2026, 3, 4),
            paragraphs: vec!["没有依据".into()],
        };
        let copy = with_comments(&file, text, &[comment]).expect("a copy");
        let mut part = String::new();
        let mut archive = zip::ZipArchive::new(Cursor::new(copy)).expect("a container");
        archive.by_name("word/document.xml").expect("a part").read_to_string(&mut part).expect("text");
        let start = "<w:t>第二条　乙船</w:t></w:r><w:commentRangeStart w:id=\"0\"/><w:r><w:t>靠泊</w:t></w:r>";
        assert!(part.contains(start), "{part}");
        let refused = with_comments(b"%PDF-1.7", text, &[]).expect_err("no document");
        assert!(refused.to_string().contains("PDF"));
    }
}
