//! Tables that state labels and values of a document (索引号 | 0001/2025-0009), as sites and export programs put them above a text.

use super::head;
use crate::extract::blocks::Block;
use crate::extract::header;
use crate::extract::metadata;
use crate::text::table::Table;

/// Longest label of a box that is not known, in characters.
const LABEL_CHARS_MAX: usize = 8;
/// Labels that are known in a box which has others too.
const KNOWN_MIN: usize = 3;
/// Blocks among which a box stands above a text.
const BLOCKS: usize = 12;

/// What a box states.
#[derive(Debug, Default)]
struct Boxed {
    /// What its known labels say, as `label：value`.
    lines: Vec<String>,
    /// The same of labels that are not known.
    others: Vec<String>,
    /// How many labels are known, with a value or without.
    known: usize,
    /// How many are not.
    unknown: usize,
}

/// The lines of a table that states labels and values beside each other (索引号 | 0001/2025-0009); `None` for any other.
pub fn labelled(table: &Table) -> Option<Vec<String>> {
    beside(table).map(|found| found.lines)
}

fn beside(table: &Table) -> Option<Boxed> {
    let mut found = Boxed::default();
    for row in 0..table.rows.len() {
        let cells: Vec<&str> = (0..table.columns()).filter_map(|column| table.own_text(row, column)).collect();
        for pair in cells.chunks(2) {
            let label = label(pair.first()?);
            let value = pair.get(1).map(|value| value.trim());
            match head::is_label_of(&label, value.unwrap_or_default()) {
                true => {
                    found.known += 1;
                    found.lines.extend(value.map(|value| format!("{label}：{value}")));
                }
                // 主题词, 浏览次数: each site has labels of its own beside those that all have.
                false if label.chars().count() <= LABEL_CHARS_MAX => {
                    found.unknown += 1;
                    found
                        .others
                        .extend(value.filter(|value| !value.is_empty()).map(|value| format!("{label}：{value}")));
                }
                false => return None,
            }
        }
    }
    let is_box = found.unknown == 0 || found.known >= KNOWN_MIN && found.unknown <= found.known;
    (is_box && !found.lines.is_empty()).then_some(found)
}

/// The same of a row of labels above a row of values. A list of documents has such rows too, and names them.
fn below(table: &Table) -> Option<Boxed> {
    if table.rows.len() != 2 || table.columns() < KNOWN_MIN {
        return None;
    }
    let pairs = (0..table.columns()).map(|column| (label(table.text(0, column)), table.text(1, column).trim()));
    let mut found = Boxed::default();
    for (label, value) in pairs {
        let field = metadata::field(&label).filter(|field| *field != "title")?;
        found.known += usize::from(["index_number", "asserted_status"].contains(&field));
        if !head::is_label_of(&label, value) {
            return None;
        }
        found.lines.push(format!("{label}：{value}"));
    }
    (found.known > 0).then_some(found)
}

fn label(cell: &str) -> String {
    let label: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    label.trim_end_matches(['：', ':']).to_string()
}

/// The blocks of a file with the box above its text as the lines of a head, and what that says under labels that no field takes.
pub(super) fn opened(blocks: Vec<Block>) -> (Vec<Block>, Vec<String>) {
    // A table below a sentence or an article is of the text.
    let is_above = |block: &Block| match block {
        Block::Paragraph(one) => !one.text.contains('。') && !header::begins_article(&one.text),
        Block::Table(_) => false,
    };
    let at = blocks.iter().take(BLOCKS).take_while(|block| is_above(block)).count();
    let Some(Block::Table(table)) = blocks.get(at).filter(|_| at < BLOCKS) else { return (blocks, Vec::new()) };
    let is_followed = || blocks.iter().skip(at + 1).any(|block| matches!(block, Block::Paragraph(_)));
    let states = |found: &Boxed| {
        let is_status = |line: &String| {
            line.split_once('：').is_some_and(|(label, _)| metadata::field(label) == Some("asserted_status"))
        };
        found.known + found.lines.len() > KNOWN_MIN || found.lines.iter().any(is_status)
    };
    let Some(found) = beside(table).or_else(|| below(table)).filter(|found| states(found) && is_followed()) else {
        return (blocks, Vec::new());
    };
    let mut out = blocks;
    out.splice(at..=at, found.lines.into_iter().map(Block::text));
    let notes = found.others.into_iter().map(|said| format!("文件信息表：{said}"));
    (out, notes.collect())
}
