//! A picture of bars, of which each leads to the cases that it counts.

use super::links;
use crate::app::precedents::yuan;
use crate::app::view::precedents::Bar;

/// Widest bar, in units of the picture.
const BAR_WIDTH: u64 = 320;
/// Where bars begin, behind their labels.
const BAR_FROM: u64 = 210;
/// Height of a row.
const ROW_HEIGHT: u64 = 30;
/// Bars of a picture.
const BARS_SHOWN: usize = 20;
/// Characters of a label; the whole is told beside.
const LABEL_CHARS: usize = 15;

/// A picture of bars.
pub(super) struct Chart {
    pub title: &'static str,
    pub height: u64,
    pub rows: Vec<Row>,
    pub left_out: usize,
}

/// A bar with its label.
pub(super) struct Row {
    pub href: Option<String>,
    pub whole: String,
    pub label: String,
    pub y: u64,
    pub text_y: u64,
    pub width: u64,
    pub says_x: u64,
    pub says: String,
}

impl Chart {
    /// The picture of bars; each leads to its cases, as a search changed by its parameters.
    pub(super) fn of(title: &'static str, bars: &[Bar], search: &[(String, String)]) -> Chart {
        let most = bars.iter().map(|bar| bar.cases).max().unwrap_or(1).max(1);
        let rows: Vec<Row> =
            (0..).zip(bars.iter().take(BARS_SHOWN)).map(|(at, bar)| Row::of(at, bar, most, search)).collect();
        Chart { title, height: rows.len() as u64 * ROW_HEIGHT, left_out: bars.len().saturating_sub(BARS_SHOWN), rows }
    }
}

impl Row {
    fn of(at: u64, bar: &Bar, most: u64, search: &[(String, String)]) -> Row {
        let changes: Vec<(&str, Option<&str>)> =
            bar.parameters.iter().map(|(name, value)| (name.as_str(), Some(value.as_str()))).collect();
        let width = if bar.cases == 0 { 0 } else { (bar.cases * BAR_WIDTH / most).max(2) };
        let median = bar.fines.map(|fines| format!("，罚款中位数 {}", yuan(fines.median))).unwrap_or_default();
        // Of a long name its end tells more: 《…监督管理法》第四十六条.
        let name = bar.label.replace("中华人民共和国", "");
        let left_out = name.chars().count().saturating_sub(LABEL_CHARS);
        let end: String = name.chars().skip(left_out).collect();
        let label = if left_out == 0 { end } else { format!("…{end}") };
        Row {
            href: (!changes.is_empty()).then(|| links::search(search, &changes)),
            whole: bar.label.clone(),
            label,
            y: at * ROW_HEIGHT + 6,
            text_y: at * ROW_HEIGHT + 20,
            width,
            says_x: BAR_FROM + width + 8,
            says: format!("{} 件{median}", bar.cases),
        }
    }
}
