//! Tables written with bars, as Markdown has them.

use crate::extract::blocks::Block;
use crate::text::table::{Cell, Place, Row, Table};

/// The blocks of a text whose tables are written with bars, as Markdown has them; `None` without a table.
pub fn piped(text: &str) -> Option<Vec<Block>> {
    let mut blocks: Vec<Block> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let Some(inner) = line.trim().strip_prefix('|').and_then(|line| line.strip_suffix('|')) else {
            blocks.extend((!line.trim().is_empty()).then(|| Block::text(line.trim())));
            continue;
        };
        // A bar of the text itself is written \\|.
        let inner = inner.replace("\\|", "｜").replace("<br>", "\n").replace("<br/>", "\n");
        let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
        if cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-' || c == ':')) {
            continue;
        }
        let cells = cells.into_iter().map(|cell| if cell.is_empty() { Cell::Empty } else { Cell::single(cell) });
        let row = Row { place: Place::Row(at as u32 + 1), hidden: false, cells: cells.collect() };
        match blocks.last_mut() {
            Some(Block::Table(table)) => table.rows.push(row),
            _ => blocks.push(Block::Table(Table { rows: vec![row], ..Table::default() })),
        }
    }
    blocks.iter().any(|block| matches!(block, Block::Table(_))).then_some(blocks)
}
