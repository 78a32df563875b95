//! Paragraphs and tables of an office file → a document, by the layout of official documents (GB/T 9704: 标题、文号、主送机关、正文、
//! 落款、成文日期) and by the heads and trailers that export programs put around a text.

mod head;
mod title;

use super::blocks::{Block, Paragraph};
use super::outcome::{Extracted, Outcome, Refusal};
use super::{case_list, header, plain, tabular};
use crate::law::benchmark;
use crate::law::{Document, ValueSource};
pub use head::is_stated;
use head::stated;
use regex::Regex;
use std::sync::LazyLock;
use title::{above_title, standard, title, without_repeats};

/// Paragraphs at the end among which the day of writing is looked for.
const SIGNATURE_PARAGRAPHS: usize = 6;
/// Longest name of an organ, in characters.
const ORGAN_CHARS: usize = 40;

/// Where a value stands, for people.
const FILE_NAME: &str = "文件名";
const SIGNATURE: &str = "落款";

/// Who made a document, in its title.
static MAKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<organ>[^《》，、]{2,30}?(?:人民政府|办公厅|办公室|委员会|国务院|[^关]局|厅|法院|检察院))(?:关于|印发|转发)")
        .expect("a constant pattern")
});
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(]?(?:\d{4}年\d{1,2}月\d{1,2}日|[二一][〇○零九一二三四五六七八]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)[）)]?(?:印发)?$")
        .expect("a constant pattern")
});

/// The document of a file; `notes` are what its reader remarks.
pub fn read(path: &str, blocks: &[Block], notes: Vec<String>) -> Outcome {
    let noted = |mut extracted: Extracted| {
        extracted.document.notes.extend(notes);
        extracted
    };
    let read = document(path, blocks).map(noted);
    let cases = |extracted: Extracted| match case_list::split(&extracted.document) {
        Some(documents) => Outcome::Documents { documents, refused: Vec::new() },
        None => Outcome::one(extracted),
    };
    read.map(cases).into()
}

fn document(path: &str, blocks: &[Block]) -> Result<Extracted, Refusal> {
    let (stem, date) = header::split_name_date(header::stem(path));
    let blocks = in_lines(blocks);
    let (mut stated, blocks) = stated(&blocks);
    let (above, blocks) = blocks.split_at(above_title(&blocks));
    let above: Vec<String> = above.iter().filter_map(|block| words(block)).collect();
    stated.number_in(&above);
    let standard = standard(blocks);
    let (title, rest) = standard.map_or_else(|| title(blocks, stem), |title| (Some(title), blocks));
    let (told, mut sources) = (stated.take("title"), Vec::new());
    let named = told.is_none() && title.is_none();
    let title = told.or(title).unwrap_or_else(|| stem.to_string());
    let text = body(without_repeats(rest, &title, &stated));
    if text.trim().is_empty() {
        return Err(Refusal::bad_record("文件没有正文"));
    }
    let mut extracted = Extracted::from(plain::of_text(&title, &text, date)?);
    stated.fill(&mut extracted);
    let document = &mut extracted.document;
    let mut told_by = |field: &str, by: &str| sources.push(ValueSource::new(field, by));
    if named {
        told_by("title", FILE_NAME);
    }
    if document.source_date.is_some() && document.source_date == date {
        told_by("source_date", FILE_NAME);
    }
    if document.document_number.is_none() {
        document.document_number = header::number_in(stem);
        document.document_number.iter().for_each(|_| told_by("document_number", FILE_NAME));
    }
    if document.issuer.is_none() {
        document.issuer = MAKER.captures(&document.title).map(|found| found["organ"].to_string());
        document.issuer.iter().for_each(|_| told_by("issuer", "标题"));
    }
    sign(document, &mut told_by);
    extracted.sources.extend(sources);
    finish(&mut extracted.document, &above)?;
    Ok(extracted)
}

/// What stood above the title and what cannot be read are remarked; the kind is told by the whole.
fn finish(document: &mut Document, above: &[String]) -> Result<(), Refusal> {
    if !above.is_empty() {
        document.notes.push(format!("标题以上的文字：{}", above.join("　")));
    }
    let odd = document.text.chars().filter(|c| is_private(*c)).count();
    if odd > 0 {
        document.text.retain(|c| !is_private(c));
        document.notes.push(format!("原文件中有 {odd} 个自造字符，无法识别，已略去"));
    }
    if document.text.trim().is_empty() {
        return Err(Refusal::bad_record("文件没有正文"));
    }
    plain::classify(document);
    Ok(())
}

fn is_private(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}

/// A line break inside a paragraph parts paragraphs.
fn in_lines(blocks: &[Block]) -> Vec<Block> {
    let lines = |block: &Block| match block {
        Block::Paragraph(paragraph) if paragraph.text.contains('\n') => {
            let line = |text: &str| Block::Paragraph(Paragraph { text: text.to_string(), ..paragraph.clone() });
            paragraph.text.lines().map(line).collect()
        }
        other => vec![other.clone()],
    };
    blocks.iter().flat_map(lines).collect()
}

/// The words of a paragraph.
fn words(block: &Block) -> Option<String> {
    if let Block::Paragraph(paragraph) = block { Some(paragraph.text.trim().to_string()) } else { None }
}

/// A text without white space.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_private(*c)).collect()
}

/// The text of what follows the title.
fn body(blocks: &[&Block]) -> String {
    let mut units = 0;
    let lines = blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.text.trim().to_string(),
        Block::Table(table) => {
            let benchmarks = benchmark::read(table).benchmarks;
            if benchmarks.is_empty() { tabular::rows(table) } else { benchmark_text(&benchmarks, &mut units) }
        }
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn benchmark_text(benchmarks: &[benchmark::Benchmark], units: &mut u64) -> String {
    let text = benchmark::text(benchmarks, *units + 1);
    *units += benchmarks.len() as u64;
    text
}

/// The day of writing and the organ above it, at the end of a text; both stay in it.
fn sign(document: &mut Document, told_by: &mut impl FnMut(&str, &str)) {
    let lines: Vec<&str> = document.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let last = lines.len().saturating_sub(SIGNATURE_PARAGRAPHS)..lines.len();
    let Some(at) = last.rev().find(|at| DAY.is_match(&bare(lines[*at]))) else { return };
    let day = bare(lines[at]);
    let written = header::chinese_date(&day).or_else(|| crate::law::history::first_date(&day));
    let organ = at.checked_sub(1).map(|above| bare(lines[above]));
    let is_organ = |organ: &String| {
        organ.chars().count() <= ORGAN_CHARS && !organ.contains(['，', '。', '；', '：', '、', '第', '附'])
    };
    if document.written_date.is_none() && written.is_some() {
        document.written_date = written;
        told_by("written_date", SIGNATURE);
    }
    if document.issuer.is_none() {
        document.issuer = organ.filter(is_organ);
        document.issuer.iter().for_each(|_| told_by("issuer", SIGNATURE));
    }
}

#[cfg(test)]
mod tests;
