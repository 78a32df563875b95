//! Headings (编 章 节) compared: by their words, then by the order in which they stand.

use super::{HeadingRow, Row, RowKind, Side};
use crate::law::provision::{Block, BlockKind, HeadingLevel};
use crate::text::fold::fold_str;
use std::collections::HashMap;
use std::ops::Range;

/// Characters of one heading that must stand in the other, of all characters of the longer, for it to be the same reworded.
const LIKE: f64 = 0.4;

/// A heading.
struct Heading {
    level: HeadingLevel,
    /// Bytes of the body, without heading marks and white space.
    span: Range<usize>,
    /// 第二章.
    number: String,
    /// Its folded words without the number.
    words: String,
    /// Place of the first provision below it among the provisions of its text.
    first: usize,
}

/// The headings in the order of the rows.
pub fn headings(old: Side<'_>, new: Side<'_>, rows: &[Row]) -> Vec<HeadingRow> {
    let (olds, news) = (read(old), read(new));
    let of_old = counterparts(&olds, &news);
    let mut made: Vec<HeadingRow> = Vec::new();
    let mut row_of_new: HashMap<usize, usize> = HashMap::new();
    let mut row_of_old: HashMap<usize, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        row_of_new.extend(row.new.iter().map(|new| (*new, at)));
        row_of_old.extend(row.old.iter().map(|old| (*old, at)));
    }
    let before = |first: usize, rows_of: &HashMap<usize, usize>| rows_of.get(&first).copied().unwrap_or(rows.len());
    for (at, heading) in news.iter().enumerate() {
        let counterpart = of_old.iter().position(|new| *new == Some(at)).map(|old| &olds[old]);
        let kind = match counterpart {
            None => RowKind::Added,
            Some(old) if old.words != heading.words => RowKind::Changed,
            Some(old) if old.number != heading.number => RowKind::Moved,
            Some(_) => RowKind::Kept,
        };
        made.push(HeadingRow {
            kind,
            level: heading.level,
            old: counterpart.map(|old| old.span.clone()),
            new: Some(heading.span.clone()),
            before_row: before(heading.first, &row_of_new),
        });
    }
    for (heading, _) in olds.iter().zip(&of_old).filter(|(_, new)| new.is_none()) {
        let (kind, before_row) = (RowKind::Removed, before(heading.first, &row_of_old));
        made.push(HeadingRow { kind, level: heading.level, old: Some(heading.span.clone()), new: None, before_row });
    }
    // Stable: among those before one row the gone come last, and outer ones stay before inner ones.
    made.sort_by_key(|row| row.before_row);
    made
}

fn read(side: Side<'_>) -> Vec<Heading> {
    let mut first = 0;
    let mut made = Vec::new();
    for block in &side.structure.blocks {
        match &block.kind {
            BlockKind::Provision(_) => first += 1,
            BlockKind::Heading(HeadingLevel::Title | HeadingLevel::Annex) => {}
            BlockKind::Heading(level) => made.extend(heading(side.text, block, *level, first)),
        }
    }
    made
}

fn heading(body: &str, block: &Block, level: HeadingLevel, first: usize) -> Option<Heading> {
    let text = body.get(block.span.clone())?;
    let bare = text.trim().trim_start_matches('#').trim();
    let start = block.span.start + text.find(bare)?;
    let folded = fold_str(bare);
    let ends = ['编', '章', '节'];
    let number_end = folded.starts_with('第').then(|| folded.find(ends)).flatten().map_or(0, |at| at + '章'.len_utf8());
    let (number, words) = folded.split_at_checked(number_end)?;
    let (number, words) = (number.to_string(), words.to_string());
    Some(Heading { level, span: start..start + bare.len(), number, words, first })
}

/// For each older heading its counterpart: equal words of one level first, in order; then of those between the same
/// neighbours the alike.
fn counterparts(olds: &[Heading], news: &[Heading]) -> Vec<Option<usize>> {
    let mut of_old: Vec<Option<usize>> = vec![None; olds.len()];
    let mut taken = vec![false; news.len()];
    let mut places: HashMap<(HeadingLevel, &str), Vec<usize>> = HashMap::new();
    for (at, heading) in news.iter().enumerate().rev() {
        places.entry((heading.level, &heading.words)).or_default().push(at);
    }
    for (at, heading) in olds.iter().enumerate() {
        let list = places.get_mut(&(heading.level, heading.words.as_str()));
        of_old[at] = list.and_then(Vec::pop);
        of_old[at].iter().for_each(|new| taken[*new] = true);
    }
    let mut low = 0;
    for at in 0..olds.len() {
        if let Some(new) = of_old[at] {
            low = low.max(new + 1);
            continue;
        }
        let high = of_old.iter().skip(at + 1).flatten().copied().filter(|new| *new >= low).min().unwrap_or(news.len());
        let found = (low..high).find(|new| !taken[*new] && is_like(&olds[at], &news[*new]));
        if let Some(new) = found {
            (of_old[at], taken[new], low) = (Some(new), true, new + 1);
        }
    }
    of_old
}

fn is_like(old: &Heading, new: &Heading) -> bool {
    let (one, other) = (old.words.chars().count(), new.words.chars().count());
    let shared = old.words.chars().filter(|c| new.words.contains(*c)).count();
    old.level == new.level && shared as f64 >= LIKE * one.max(other).max(1) as f64
}
