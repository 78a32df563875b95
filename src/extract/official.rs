//! Paragraphs and tables of an office file → a document, by the layout of official documents (GB/T 9704: 标题、文号、主送机关、正文、
//! 落款、成文日期) and by the heads and trailers that export programs put around a text.

mod boxed;
mod head;
mod red_head;
mod title;

use super::blocks::{self, Block, Paragraph};
use super::outcome::{Extracted, Outcome, Refusal};
use super::{case_list, header, penalty_table, plain, tabular, unseen};
use crate::law::benchmark;
use crate::law::{Access, Document, ValueSource};
pub use boxed::labelled;
use head::stated;
pub use head::{has_head, is_label_of, is_stated};
use jiff::civil::Date;
use red_head::RedHead;
use regex::Regex;
use std::sync::LazyLock;
pub use title::numbers_above;
use title::{above_title, standard, title, without_repeats};

/// Paragraphs at the end among which the day of writing is looked for.
const SIGNATURE_PARAGRAPHS: usize = 6;
/// Text beside a table of penalties that is no more than its title and a remark, in characters.
const BESIDE_CHARS: usize = 400;
/// Who signs a judgment: persons, and none of them the organ.
const JUDGES: [&str; 8] = ["审判长", "审判员", "人民陪审员", "陪审员", "书记员", "法官助理", "仲裁员", "首席仲裁员"];
/// Longest name of an organ, in characters.
const ORGAN_CHARS: usize = 40;

/// Where a value stands, for people.
const FILE_NAME: &str = "文件名";
const SIGNATURE: &str = "落款";
const MARK: &str = "发文机关标志";

/// Who made a document, in its title.
static MAKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<organ>[^《》，、]{2,30}?(?:人民政府|办公厅|办公室|委员会|国务院|[^关]局|厅|法院|检察院))(?:关于|印发|转发)")
        .expect("a constant pattern")
});
static SECRET: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:绝密|机密|秘密)(?:★.{0,8}|[0-9]{1,2}年)?$").expect("a constant pattern"));
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(]?(?:\d{4}年\d{1,2}月\d{1,2}日|[二一][〇○零九一二三四五六七八]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)[）)]?(?:印发)?$")
        .expect("a constant pattern")
});

/// The document of a file; `notes` are what its reader remarks.
pub fn read(path: &str, blocks: &[Block], mut notes: Vec<String>) -> Outcome {
    let (blocks, unseen) = unseen::blocks(blocks);
    notes.extend(unseen);
    let rewards = penalty_table::rewards::in_blocks(&blocks);
    let blocks = rewards.as_ref().map_or(&*blocks, |(masked, note)| {
        notes.push(note.clone());
        masked
    });
    if let Some((cases, rest)) = penalty_table::split(path, blocks) {
        return of_penalties(path, cases, &rest, &notes);
    }
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

/// The cases of tables of penalties, and the document of what stands beside them, if that is more than their title and a remark.
fn of_penalties(path: &str, mut cases: Vec<Extracted>, rest: &[Block], notes: &[String]) -> Outcome {
    let texts: Vec<String> = rest.iter().filter_map(words).filter(|line| !line.is_empty()).collect();
    let is_text = texts.iter().map(|line| line.chars().count()).sum::<usize>() > BESIDE_CHARS
        || rest.iter().any(|block| matches!(block, Block::Table(_)))
        || texts.iter().any(|line| line.starts_with("第一条"));
    let beside = if is_text { document(path, rest).ok() } else { None };
    match beside {
        Some(mut beside) => {
            beside.document.notes.push(format!("文中的行政处罚信息表逐行作为案例收录，共 {} 件", cases.len()));
            beside.document.notes.extend_from_slice(notes);
            cases.push(beside);
        }
        None => {
            let told = (!texts.is_empty()).then(|| format!("表格以外的文字：{}", texts.join("　")));
            cases.iter_mut().take(1).for_each(|case| case.document.notes.extend(told.iter().chain(notes).cloned()));
        }
    }
    Outcome::Documents { documents: cases, refused: Vec::new() }
}

fn document(path: &str, blocks: &[Block]) -> Result<Extracted, Refusal> {
    let (stem, date) = header::split_name_date(header::stem(path));
    let (blocks, said) = boxed::opened(in_lines(blocks));
    let (mut stated, blocks) = stated(&blocks);
    let red = red_head::of_blocks(&blocks);
    let begin = red.as_ref().map_or_else(|| above_title(&blocks), |(_, used)| *used);
    let (above, blocks) = blocks.split_at(begin);
    let above: Vec<String> = match &red {
        Some((head, _)) => head.above.clone(),
        None => above.iter().filter_map(|block| words(block)).collect(),
    };
    stated.number_in(if red.is_some() { &[] } else { &above });
    let red = red.map(|(head, _)| head);
    tabular::within_limits(blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    }))?;
    let (title, rest) = match &red {
        Some(head) => (Some(head.title.clone()), blocks),
        None => standard(blocks).map_or_else(|| title(blocks, stem), |title| (Some(title), blocks)),
    };
    let (title, rest) = match title::opening(rest, stem).filter(|_| title.is_none()) {
        Some((opening, rest)) => (Some(opening), rest),
        None => (title, rest),
    };
    let (told, mut sources) = (stated.take("title"), Vec::new());
    let named = told.is_none() && title.is_none();
    let title = told.or(title).unwrap_or_else(|| stem.to_string());
    let rest = without_repeats(rest, &title, &stated);
    let order = if red.is_none() { red_head::below_title(&title, rest) } else { None };
    let rest = rest.get(order.as_ref().map_or(0, |(_, used)| *used)..).unwrap_or_default();
    let red = red.or(order.map(|(head, _)| head));
    let text = body(rest);
    if text.trim().is_empty() {
        return Err(Refusal::bad_record("文件没有正文"));
    }
    let text = [&*stated.periods.join("\n"), &*text].join("\n").trim_start_matches('\n').to_string();
    let mut extracted = Extracted::from(plain::of_text(&title, &text, date)?);
    let organs = red.map(|head| head_into(head, &mut extracted)).unwrap_or_default();
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
    sign(document, &organs, &mut told_by);
    extracted.sources.extend(sources);
    extracted.document.notes.extend(said);
    finish(&mut extracted.document, &above)?;
    Ok(extracted)
}

/// The document of a text of lines that begins with a red head; `None` if it does not.
pub fn of_lines(text: &str, date: Option<Date>) -> Option<Result<Extracted, Refusal>> {
    let mut ends = Vec::new();
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n').take(red_head::LINES * 2) {
        at += line.len() + 1;
        let words = line.trim().trim_start_matches('#').trim();
        if !words.is_empty() {
            lines.push(words);
            ends.push(at);
        }
    }
    let head = red_head::read(&lines)?;
    let rest = head.used.checked_sub(1).and_then(|last| text.get(*ends.get(last)?..)).unwrap_or_default();
    let document = plain::of_text(&head.title, rest, date);
    Some(document.and_then(|document| {
        let mut extracted = Extracted::from(document);
        let above = head.above.clone();
        let organs = head_into(head, &mut extracted);
        let mut sources = Vec::new();
        sign(&mut extracted.document, &organs, &mut |field, by| sources.push(ValueSource::new(field, by)));
        extracted.sources.extend(sources);
        finish(&mut extracted.document, &above).map(|()| extracted)
    }))
}

/// Puts what a red head says into a document; answers the organs.
fn head_into(head: RedHead, extracted: &mut Extracted) -> Vec<String> {
    let mut told_by = |field: &str| extracted.sources.push(ValueSource::new(field, MARK));
    let (issuer, document) = (head.issuer(), &mut extracted.document);
    if head.number.is_some() {
        document.document_number = head.number;
        told_by("document_number");
    }
    if issuer.is_some() {
        document.issuer = issuer;
        told_by("issuer");
    }
    if let Some(day) = head.history.last().map(|line| bare(line)).filter(|line| DAY.is_match(line)) {
        document.written_date = written_on(&day);
    }
    document.history.splice(0..0, head.history);
    head.organs
}

/// What stood above the title is remarked; the kind is told by the whole.
fn finish(document: &mut Document, above: &[String]) -> Result<(), Refusal> {
    // 机密★10年: only editors, whatever the folder is; an import that opens it says so.
    if above.iter().any(|line| SECRET.is_match(&bare(line))) {
        document.access = Some(Access::Restricted);
    }
    if !above.is_empty() {
        document.notes.push(format!("标题以上的文字：{}", above.join("　")));
    }
    if document.text.trim().is_empty() {
        return Err(Refusal::bad_record("文件没有正文"));
    }
    plain::classify(document);
    Ok(())
}

/// A line break inside a paragraph parts paragraphs, unless it only breaks a title.
fn in_lines(blocks: &[Block]) -> Vec<Block> {
    let lines = |block: &Block| match block {
        Block::Paragraph(paragraph) if paragraph.text.contains('\n') => {
            let line = |text: String| Block::Paragraph(Paragraph { text, ..paragraph.clone() });
            title::lines(paragraph).into_iter().map(line).collect()
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
    text.chars().filter(|c| !c.is_whitespace() && !blocks::is_private(*c)).collect()
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

fn written_on(day: &str) -> Option<Date> {
    header::chinese_date(day).or_else(|| crate::law::history::first_date(day))
}

/// The day of writing and the organ above it, at the end of a text, or below the organs that a red head names, since what they
/// send may stand behind; both stay in it.
fn sign(document: &mut Document, organs: &[String], told_by: &mut impl FnMut(&str, &str)) {
    let lines: Vec<&str> = document.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_day = |at: &usize| DAY.is_match(&bare(lines[*at]));
    let below_organ = |at: &usize| organs.last().is_some_and(|organ| bare(lines[*at - 1]).ends_with(organ.as_str()));
    let signed = (1..lines.len()).find(|at| below_organ(at) && is_day(at));
    let mut last = (lines.len().saturating_sub(SIGNATURE_PARAGRAPHS)..lines.len()).rev();
    let Some(at) = signed.or_else(|| last.find(is_day)) else { return };
    let day = bare(lines[at]);
    let written = written_on(&day);
    let organ = at.checked_sub(1).map(|above| {
        let line = bare(lines[above]);
        let sealed =
            ["（印章）", "（盖章）", "（公章）", "（章）", "（签章）"].iter().find_map(|seal| line.strip_suffix(seal));
        sealed.map_or(line.clone(), str::to_string)
    });
    let is_organ = |organ: &String| {
        let is_judge = JUDGES.iter().any(|judge| organ.starts_with(judge));
        let is_name = !organ.contains(['，', '。', '；', '：', '、', '第', '附'])
            && !organ.starts_with(['特', '此'])
            && !is_judge;
        organ.chars().count() <= ORGAN_CHARS && is_name
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
