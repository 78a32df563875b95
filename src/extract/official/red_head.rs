//! The head of an official document (红头, GB/T 9704): 份号 and 密级, the mark of the organs that send it (发文机关标志), its number
//! (发文字号), who signed it (签发人), and the title below them.

mod lines;
mod order;

use super::title::{TITLE, begins_unit, ends, goes_on};
use super::{DAY, bare};
use crate::extract::blocks::Block;
use crate::extract::header;
use crate::law::level::normalise_issuer;
use crate::text::table::Cell;
use lines::{Mark, is_beside, is_names, mark, number, organs_of, organs_of_title, spaced};

/// How many lines are looked at.
pub const LINES: usize = 40;
/// Lines that may stand above the mark: 份号, 密级, 紧急程度.
const COPY_LINES: usize = 4;
/// Lines between mark and title: number, who signed, the red rule.
const NUMBER_LINES: usize = 6;
/// Most lines that a title goes over, and the longest of them, in characters.
const TITLE_LINES: usize = 6;
const TITLE_LINE_CHARS: usize = 60;
/// Most cells of a table that only arranges a mark of several organs.
const MARK_CELLS: usize = 12;
/// A head as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RedHead {
    /// The title below it.
    pub title: String,
    /// 发文字号, its year in 〔〕.
    pub number: Option<String>,
    /// The organs, as the mark or the title names them.
    pub organs: Vec<String>,
    /// What promulgates the text: the order, who signed it, its day.
    pub history: Vec<String>,
    /// The lines above the title.
    pub above: Vec<String>,
    /// Lines that head and title take.
    pub used: usize,
}

impl RedHead {
    /// The organs as an issuer; none of an order that a head of state signs, whose text others make.
    pub fn issuer(&self) -> Option<String> {
        let issuer = normalise_issuer(&self.organs.join("、"));
        (!issuer.is_empty() && !issuer.ends_with("主席")).then_some(issuer)
    }
}

/// The head of a document of paragraphs, and how many blocks it takes.
pub fn of_blocks(blocks: &[&Block]) -> Option<(RedHead, usize)> {
    in_blocks(blocks, read)
}

/// The order that promulgates a text where it stands below the title, and how many blocks it takes.
pub fn below_title(title: &str, blocks: &[&Block]) -> Option<(RedHead, usize)> {
    in_blocks(blocks, |lines| {
        let (mark, length) = mark(lines)?;
        let (number, used) = numbered(lines, length, &mark);
        let mut head = mark.kind.and_then(|_| order::notice(lines.get(used..)?, number.as_deref(), Some(title)))?;
        head.used += used;
        (head.number, head.organs) = (number, mark.organs);
        Some(head)
    })
}

fn in_blocks(blocks: &[&Block], read: impl Fn(&[&str]) -> Option<RedHead>) -> Option<(RedHead, usize)> {
    let lines = lines_of(blocks);
    let texts: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
    let head = read(&texts)?;
    let next = lines.get(head.used).map_or_else(|| lines.last().map_or(0, |(at, _)| at + 1), |(at, _)| *at);
    Some((head, next))
}

/// The first lines of a document, each with its block; a table that only arranges a mark has a line for each cell.
fn lines_of(blocks: &[&Block]) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let text = |cell: &Cell| if let Cell::Text { text, .. } = cell { Some(text.clone()) } else { None };
    for (at, block) in blocks.iter().take(LINES).enumerate() {
        let texts: Vec<String> = match block {
            Block::Paragraph(paragraph) => vec![paragraph.text.clone()],
            Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).filter_map(text).collect(),
        };
        if texts.len() > MARK_CELLS {
            break;
        }
        lines.extend(texts.iter().flat_map(|text| text.lines()).map(|text| (at, text.trim().to_string())));
    }
    lines
}

/// The head with which lines begin.
pub fn read(lines: &[&str]) -> Option<RedHead> {
    let copy = lines.iter().take(COPY_LINES).take_while(|line| is_beside(&bare(line))).count();
    let (mark, length) = mark(lines.get(copy..)?)?;
    let (found, numbered) = numbered(lines, copy + length, &mark);
    // An organ alone, or one that orders, is a mark only above a number.
    if found.is_none() && !mark.is_file {
        return None;
    }
    let below = lines.get(numbered..)?;
    let mut head = match mark.kind.and_then(|_| order::notice(below, found.as_deref(), None)) {
        Some(notice) => notice,
        None => titled(below, &mark)?,
    };
    head.number = found;
    head.used += numbered;
    if head.number.is_none()
        && let Some(below) = lines.get(head.used).and_then(|line| number(line, false))
    {
        head.number = Some(below);
        head.used += 1;
    }
    head.above = lines.get(..numbered)?.iter().map(|line| line.trim().to_string()).collect();
    let organs = organs_of_title(&head.title);
    head.organs = if organs.is_empty() || organs.len() < mark.organs.len() { mark.organs } else { organs };
    Some(head)
}

/// The number below a mark, and where what follows it and its neighbours begins.
fn numbered(lines: &[&str], from: usize, mark: &Mark) -> (Option<String>, usize) {
    let mut found = mark.number.clone();
    let mut signed = false;
    let mut at = from;
    while let Some(line) = lines.get(at).filter(|_| at < from + NUMBER_LINES) {
        let words = bare(line);
        let own = found.is_none().then(|| order::number(line, mark).or_else(|| number(line, signed))).flatten();
        if own.is_some() {
            signed |= words.contains("签发人");
            found = own;
        } else if is_beside(&words) {
            signed |= words.starts_with("签发人");
        } else if !(signed && is_names(line)) {
            break;
        }
        at += 1;
    }
    (found, at)
}

/// The title with which lines begin.
fn titled(lines: &[&str], mark: &Mark) -> Option<RedHead> {
    let block: Vec<&str> = lines.iter().take(TITLE_LINES).take_while(is_of_title).copied().collect();
    let mut words = String::new();
    let mut whole = None;
    for (at, line) in block.iter().enumerate() {
        let next = bare(line);
        if whole.is_some() && !goes_on(&words, &next) {
            break;
        }
        let own = spaced(line);
        let organ =
            at > 0 && organs_of(&own).is_some() && block.get(at - 1).is_some_and(|line| organs_of(line).is_some());
        words.push_str(if organ { " " } else { "" });
        words.push_str(&own);
        whole = (whole.is_some() || is_whole(&words)).then_some(at + 1);
    }
    let before_text = lines.get(block.len()).is_some_and(|line| line.trim_end().ends_with(['：', ':', '。']));
    // A title that ends as none does is told by what it stands before, if the mark leaves no doubt.
    let used = whole.or((mark.is_file && before_text).then_some(block.len())).filter(|used| *used > 0)?;
    (words.chars().count() >= 4 && organs_of(&words).is_none()).then(|| RedHead {
        title: words,
        used,
        ..RedHead::default()
    })
}

/// Whether a line can be one of a title.
fn is_of_title(line: &&&str) -> bool {
    let words = bare(line);
    let other = words.is_empty()
        || words.ends_with(['：', ':', '。', '；', ';', '，'])
        || words.contains('。')
        || words.chars().count() > TITLE_LINE_CHARS
        || words.starts_with("附件")
        || words.starts_with('第') && words.chars().take(8).any(|c| c == '条')
        || header::is_heading(&words)
        || number(line, false).is_some()
        || DAY.is_match(&words)
        || begins_unit(&words)
        || header::is_history(&words);
    !other
}

/// Whether words are a whole title.
fn is_whole(words: &str) -> bool {
    let words = bare(words);
    let open = words.matches(['《', '〈']).count();
    (TITLE.is_match(&words) || ends(&words)) && open == words.matches(['》', '〉']).count()
}

#[cfg(test)]
mod tests;
