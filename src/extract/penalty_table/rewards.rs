//! Tables of rewards (举报奖励公示表): no penalties. Who told of something is masked before anything is made of the table.

use crate::extract::blocks::Block;
use crate::law::mask::{self, Profile};
use crate::text::table::{Cell, Table};

/// Rows among which captions are looked for.
const CAPTION_ROWS: usize = 4;
/// What is said where somebody was masked.
const MASKED: &str = "奖励表中的个人信息已去标识化";
/// Captions of those who get something.
const WHO: &[&str] = &[
    "姓名",
    "举报人",
    "领奖人",
    "领取人",
    "获奖人",
    "受奖人",
    "奖励对象",
    "受奖励人",
    "线索提供人",
    "投诉人",
    "联系人",
    "户名",
    "收款人",
];
/// Captions of tables of penalties: then the reward is a remark beside them.
const PENALTIES: &[&str] = &["被处罚", "当事人", "处罚决定书", "处罚决定文号", "行政相对人"];

/// Whether captions are those of a table of rewards.
pub(super) fn are(captions: &[String]) -> bool {
    let has = |words: &[&str]| captions.iter().any(|caption| words.iter().any(|word| caption.contains(word)));
    has(&["奖励", "奖金", "领奖", "获奖"]) && !has(PENALTIES)
        || captions.iter().any(|caption| caption == "举报人" || caption == "举报人姓名") && !has(PENALTIES)
}

/// The row of the captions of a table of rewards.
fn captions(table: &Table) -> Option<usize> {
    let bare = |row: usize| -> Vec<String> {
        (0..table.columns()).map(|column| table.text(row, column).split_whitespace().collect()).collect()
    };
    let several = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
    (0..table.rows.len().min(CAPTION_ROWS)).find(|row| {
        let cells = bare(*row);
        several(&cells) && are(&cells)
    })
}

/// A table of rewards without personal data; `None` for other tables and where nothing was masked.
pub fn without_names(table: &Table) -> Option<Table> {
    let head = captions(table)?;
    let heads: Vec<String> =
        (0..table.columns()).map(|column| table.text(head, column).split_whitespace().collect()).collect();
    let mut masked = table.clone();
    let mut any = false;
    for row in masked.rows.iter_mut().skip(head + 1) {
        for (cell, heading) in row.cells.iter_mut().zip(&heads) {
            let Cell::Text { text, .. } = cell else { continue };
            // Whatever its caption is called: who fills it is a person or a firm.
            let label = if WHO.iter().any(|word| heading.contains(word)) { "姓名" } else { heading.as_str() };
            let lead = format!("{label}：");
            let parts: Vec<String> = text.split('\n').map(|part| told(&lead, part)).collect();
            let parts = parts.join("\n");
            any |= parts != *text;
            *text = parts;
        }
    }
    any.then_some(masked)
}

/// A line of a cell as it is masked behind its caption.
fn told(lead: &str, text: &str) -> String {
    let masked = mask::mask_text(&format!("{lead}{text}"), Profile::Case).text;
    masked.strip_prefix(lead).unwrap_or(&masked).to_string()
}

/// Blocks with their tables of rewards masked, and what is said of it.
pub fn in_blocks(blocks: &[Block]) -> Option<(Vec<Block>, String)> {
    let mut any = false;
    let masked = blocks.iter().map(|block| match block {
        Block::Table(table) => match without_names(table) {
            Some(table) => {
                any = true;
                Block::Table(table)
            }
            None => block.clone(),
        },
        Block::Paragraph(_) => block.clone(),
    });
    let masked: Vec<Block> = masked.collect();
    any.then(|| (masked, MASKED.to_string()))
}

/// The same of the tables of a file.
pub fn in_tables(tables: &[Table]) -> Option<(Vec<Table>, String)> {
    let mut any = false;
    let masked = tables.iter().map(|table| {
        let own = without_names(table);
        any |= own.is_some();
        own.unwrap_or_else(|| table.clone())
    });
    let masked: Vec<Table> = masked.collect();
    any.then(|| (masked, MASKED.to_string()))
}
