//! Properties of paragraphs, runs, rows and cells, as far as they matter for reading.

use super::Alignment;
use super::xml::Tag;
use crate::extract::shifted::Shift;

/// Properties of a paragraph; `None` where it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ParagraphProperties {
    /// Level of the outline, from 1; 10 is body text.
    pub(super) outline: Option<u8>,
    /// How it is aligned.
    pub(super) alignment: Option<Alignment>,
    /// The list that it belongs to; 0 is none.
    pub(super) list: Option<u32>,
    /// Its level in the list, from 0.
    pub(super) level: Option<u8>,
    /// Whether it begins a page.
    pub(super) page_break_before: Option<bool>,
}

/// Properties of text; `None` where it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RunProperties {
    /// Whether it is hidden (隐藏文字).
    pub(super) hidden: Option<bool>,
    /// Whether it is struck through (删除线).
    pub(super) struck: Option<bool>,
    /// Whether it is bold.
    pub(super) bold: Option<bool>,
    /// Size of type in half points.
    pub(super) size: Option<u16>,
    /// Raised or lowered.
    pub(super) shift: Option<Shift>,
}

impl ParagraphProperties {
    /// These, and where they say nothing, others.
    pub(super) fn over(self, others: &Self) -> Self {
        ParagraphProperties {
            outline: self.outline.or(others.outline),
            alignment: self.alignment.or(others.alignment),
            list: self.list.or(others.list),
            level: self.level.or(others.level),
            page_break_before: self.page_break_before.or(others.page_break_before),
        }
    }
}

impl RunProperties {
    /// These, and where they say nothing, others.
    pub(super) fn over(self, others: &Self) -> Self {
        RunProperties {
            hidden: self.hidden.or(others.hidden),
            struck: self.struck.or(others.struck),
            bold: self.bold.or(others.bold),
            size: self.size.or(others.size),
            shift: self.shift.or(others.shift),
        }
    }
}

/// Takes what an element within `w:pPr` (or its `w:numPr`) states.
pub(super) fn paragraph(tag: &Tag, properties: &mut ParagraphProperties) {
    match tag.name() {
        "outlineLvl" => properties.outline = tag.number::<u8>().map(|level| level.min(9) + 1),
        "jc" => properties.alignment = tag.val().as_deref().and_then(alignment),
        "numId" => properties.list = tag.number(),
        "ilvl" => properties.level = tag.number(),
        "pageBreakBefore" => properties.page_break_before = Some(tag.is_on()),
        _ => {}
    }
}

fn alignment(value: &str) -> Option<Alignment> {
    Some(match value {
        "left" | "start" => Alignment::Left,
        "center" => Alignment::Center,
        "right" | "end" => Alignment::Right,
        "both" | "distribute" | "thaiDistribute" | "lowKashida" | "mediumKashida" | "highKashida" => Alignment::Both,
        _ => return None,
    })
}

/// Takes what an element within `w:rPr` states.
pub(super) fn run(tag: &Tag, properties: &mut RunProperties) {
    match tag.name() {
        "vanish" => properties.hidden = Some(tag.is_on()),
        "strike" | "dstrike" => properties.struck = Some(tag.is_on() || properties.struck == Some(true)),
        "b" => properties.bold = Some(tag.is_on()),
        "sz" => properties.size = tag.number(),
        "vertAlign" => {
            properties.shift = match tag.val().as_deref() {
                Some("superscript") => Some(Shift::Raised),
                Some("subscript") => Some(Shift::Lowered),
                _ => Some(Shift::None),
            }
        }
        _ => {}
    }
}

/// Properties of a row of a table.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowProperties {
    /// Columns that are left out in front.
    pub(super) columns_before: u32,
    /// Whether a tracked change deletes it.
    pub(super) is_deleted: bool,
}

/// Takes what an element within `w:trPr` states.
pub(super) fn row(tag: &Tag, properties: &mut RowProperties) {
    match tag.name() {
        "gridBefore" => properties.columns_before = tag.number().unwrap_or(0),
        "del" => properties.is_deleted = true,
        _ => {}
    }
}

/// Properties of a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellProperties {
    /// Columns that it covers.
    pub(super) columns: u32,
    /// How it is merged with the cell above it.
    pub(super) merge: Merge,
    /// Whether it is merged with the cell to its left, the old way.
    pub(super) continues_left: bool,
    /// Whether a tracked change deletes it.
    pub(super) is_deleted: bool,
}

/// How a cell is merged with the one above it (垂直合并).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merge {
    /// Not at all.
    None,
    /// It begins a merged range.
    Begins,
    /// It is covered by the range above it.
    Continues,
}

impl Default for CellProperties {
    fn default() -> Self {
        CellProperties { columns: 1, merge: Merge::None, continues_left: false, is_deleted: false }
    }
}

/// Takes what an element within `w:tcPr` states.
pub(super) fn cell(tag: &Tag, properties: &mut CellProperties) {
    match tag.name() {
        "gridSpan" => properties.columns = tag.number().unwrap_or(1).max(1),
        "vMerge" if tag.val().as_deref() == Some("restart") => properties.merge = Merge::Begins,
        "vMerge" => properties.merge = Merge::Continues,
        "hMerge" => properties.continues_left = tag.val().as_deref() != Some("restart"),
        "cellDel" => properties.is_deleted = true,
        _ => {}
    }
}
