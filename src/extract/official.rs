//! Paragraphs and tables of an office file → a document, by the layout of official documents (GB/T 9704: 标题、文号、主送机关、正文、
//! 落款、成文日期) and by the heads and trailers that export programs put around a text.

mod head;
mod title;

use super::blocks::{Block, Paragraph};
use super::outcome::{Outcome, Refusal};
use super::{case_list, header, plain, tabular};
use crate::law::Document;
use crate::law::benchmark;
pub use head::is_stated;
use head::stated;
use regex::Regex;
use std::sync::LazyLock;
use title::{above_title, standard, title, without_repeats};

/// Paragraphs at the end among which the day of writing is looked for.
const SIGNATURE_PARAGRAPHS: usize = 6;
/// Longest name of an organ, in characters.
const ORGAN_CHARS: usize = 40;

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
    let noted = |mut document: Document| {
        document.notes.extend(notes);
        document
    };
    let read = document(path, blocks).map(noted);
    let cases = |document: Document| match case_list::split(&document) {
        Some(documents) => Outcome::Documents { documents, refused: Vec::new() },
        None => Outcome::one(document),
    };
    read.map(cases).into()
}

fn document(path: &str, blocks: &[Block]) -> Result<Document, Refusal> {
    let (stem, date) = header::split_name_date(header::stem(path));
    let blocks = in_lines(blocks);
    let (mut stated, blocks) = stated(&blocks);
    let (above, blocks) = blocks.split_at(above_title(&blocks));
    let above: Vec<String> = above.iter().filter_map(|block| words(block)).collect();
    stated.number_in(&above);
    let standard = standard(blocks);
    let (title, rest) = standard.map_or_else(|| title(blocks, stem), |title| (Some(title), blocks));
    let title = stated.take("标题").or_else(|| stated.take("名称")).or(title).unwrap_or_else(|| stem.to_string());
    let text = body(without_repeats(rest, &title, &stated));
    if text.trim().is_empty() {
        return Err(Refusal::bad_record("文件没有正文"));
    }
    let mut document = plain::of_text(&title, &text, date)?;
    stated.fill(&mut document);
    if document.document_number.is_none() {
        document.document_number = header::number_in(stem);
    }
    if document.issuer.is_none() {
        document.issuer = MAKER.captures(&document.title).map(|found| found["organ"].to_string());
    }
    sign(&mut document);
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
    plain::classify(&mut document);
    Ok(document)
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
fn sign(document: &mut Document) {
    let lines: Vec<&str> = document.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let last = lines.len().saturating_sub(SIGNATURE_PARAGRAPHS)..lines.len();
    let Some(at) = last.rev().find(|at| DAY.is_match(&bare(lines[*at]))) else { return };
    let day = bare(lines[at]);
    let written = header::chinese_date(&day).or_else(|| crate::law::history::first_date(&day));
    let organ = at.checked_sub(1).map(|above| bare(lines[above]));
    let is_organ = |organ: &String| {
        organ.chars().count() <= ORGAN_CHARS && !organ.contains(['，', '。', '；', '：', '、', '第', '附'])
    };
    document.written_date = document.written_date.or(written);
    document.issuer = document.issuer.take().or(organ.filter(is_organ));
}

#[cfg(test)]
mod tests;
