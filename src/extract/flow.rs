//! What the readers of written documents (.doc, .rtf, .epub) have in common: paragraphs and tables in order, made from a
//! run of text with marks where paragraphs, cells and rows end, and what a file may cost.

mod edges;

pub(super) use edges::{CellBox, Down, EdgeRow};

pub use super::blocks::{Block, Paragraph};
use crate::text::table::{Grid, Table, TooManyCells};

/// What a file may cost. The defaults read every real document, and a hostile file takes no more than a few hundred megabytes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most paragraphs and tables.
    pub blocks_max: usize,
    /// Most cells of all tables together, empty and covered ones counted.
    pub cells_max: usize,
    /// Most bytes of text of all blocks together.
    pub text_bytes_max: usize,
    /// Most bytes of all parts of a ZIP container together when they are unpacked.
    pub unpacked_bytes_max: u64,
    /// Deepest nesting of groups or elements.
    pub depth_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            blocks_max: 1_000_000,
            cells_max: 2_000_000,
            text_bytes_max: 64 << 20,
            unpacked_bytes_max: 128 << 20,
            depth_max: 4_096,
        }
    }
}

/// More than [`Limits`] allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuch {
    /// What there is too much of, for people.
    pub what: &'static str,
    /// How much is allowed.
    pub max: u64,
}

/// Blocks in the making.
pub(super) struct Flow {
    limits: Limits,
    text_bytes_left: usize,
    cells_left: usize,
    blocks: Vec<Block>,
    /// The open paragraph.
    line: String,
    /// Paragraphs of the open cell that have ended.
    cell: String,
    /// Cells of the open row that have ended.
    cells: Vec<String>,
    /// Rows of the open table that have ended.
    rows: Vec<EdgeRow>,
}

impl Flow {
    pub(super) fn new(limits: &Limits) -> Self {
        Flow {
            limits: *limits,
            text_bytes_left: limits.text_bytes_max,
            cells_left: limits.cells_max,
            blocks: Vec::new(),
            line: String::new(),
            cell: String::new(),
            cells: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Appends to the open paragraph.
    pub(super) fn text(&mut self, text: &str) -> Result<(), TooMuch> {
        let too_much = TooMuch { what: "文字字节数", max: self.limits.text_bytes_max as u64 };
        self.text_bytes_left = self.text_bytes_left.checked_sub(text.len()).ok_or(too_much)?;
        self.line.push_str(text);
        Ok(())
    }

    /// Puts text before the open paragraph.
    pub(super) fn prefix(&mut self, text: &str) -> Result<(), TooMuch> {
        let line = std::mem::take(&mut self.line);
        self.text(text)?;
        self.line.push_str(&line);
        Ok(())
    }

    /// A break of a page or column within a paragraph: of a line, if there is anything before it.
    pub(super) fn page_break(&mut self) -> Result<(), TooMuch> {
        if self.line.trim().is_empty() { Ok(()) } else { self.char('\n') }
    }

    /// Appends one character.
    pub(super) fn char(&mut self, char: char) -> Result<(), TooMuch> {
        self.text(char.encode_utf8(&mut [0; 4]))
    }

    /// Ends a paragraph that stands in no table; so an open table ends before it.
    pub(super) fn end_paragraph(&mut self, outline: Option<u8>) -> Result<(), TooMuch> {
        self.end_table()?;
        let text = std::mem::take(&mut self.line);
        self.block(text, outline)
    }

    /// Ends a paragraph within a cell.
    pub(super) fn end_line(&mut self) -> Result<(), TooMuch> {
        // The break is text too: a cell of line breaks alone must not grow for nothing.
        self.text("\n")?;
        self.cell.push_str(&std::mem::take(&mut self.line));
        Ok(())
    }

    /// Ends a cell.
    pub(super) fn end_cell(&mut self) -> Result<(), TooMuch> {
        self.cells_left = self.cells_left.checked_sub(1).ok_or(self.too_many_cells())?;
        self.cell.push_str(&std::mem::take(&mut self.line));
        let mut cell = std::mem::take(&mut self.cell);
        cell.truncate(cell.trim_end().len());
        self.cells.push(cell);
        Ok(())
    }

    /// Ends a row whose cells have these boxes; with too few boxes for its cells they are not used.
    pub(super) fn end_row(&mut self, boxes: &[CellBox]) -> Result<(), TooMuch> {
        let texts = self.take_row()?;
        if !texts.is_empty() {
            self.rows.push(EdgeRow::new(texts, boxes));
        }
        Ok(())
    }

    /// Whether a row has begun and not ended.
    pub(super) fn in_row(&self) -> bool {
        !self.cells.is_empty() || !self.cell.is_empty()
    }

    /// Ends what is open and gives the blocks.
    pub(super) fn finish(mut self) -> Result<Vec<Block>, TooMuch> {
        self.end_paragraph(None)?;
        Ok(self.blocks)
    }

    /// Takes the cells of the open row out, for a table that is made elsewhere.
    pub(super) fn take_row(&mut self) -> Result<Vec<String>, TooMuch> {
        self.close_cell()?;
        Ok(std::mem::take(&mut self.cells))
    }

    /// Makes a table of cells that are in columns already.
    pub(super) fn grid(&mut self, grid: Grid) -> Result<(), TooMuch> {
        let rows = grid.rows(self.cells_left).map_err(|TooManyCells| self.too_many_cells())?;
        if rows.is_empty() {
            return Ok(());
        }
        self.cells_left = self.cells_left.saturating_sub(rows.iter().map(|row| row.cells.len()).sum());
        self.room_for_block()?;
        self.blocks.push(Block::Table(Table { rows, ..Table::default() }));
        Ok(())
    }

    /// Ends a last cell that nothing ended.
    fn close_cell(&mut self) -> Result<(), TooMuch> {
        if !self.line.trim().is_empty() || !self.cell.is_empty() {
            self.end_cell()?;
        }
        self.line.clear();
        Ok(())
    }

    fn too_many_cells(&self) -> TooMuch {
        TooMuch { what: "单元格数", max: self.limits.cells_max as u64 }
    }

    fn end_table(&mut self) -> Result<(), TooMuch> {
        if self.in_row() {
            // The row was cut off: what stands in it is not lost.
            let line = std::mem::take(&mut self.line);
            self.end_row(&[])?;
            self.line = line;
        }
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        self.grid(edges::grid(rows))
    }

    fn block(&mut self, mut text: String, outline: Option<u8>) -> Result<(), TooMuch> {
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            return Ok(());
        }
        self.room_for_block()?;
        self.blocks.push(Block::Paragraph(Paragraph { text, outline, centred: false }));
        Ok(())
    }

    fn room_for_block(&self) -> Result<(), TooMuch> {
        let max = self.limits.blocks_max;
        if self.blocks.len() < max { Ok(()) } else { Err(TooMuch { what: "段落数", max: max as u64 }) }
    }
}

/// A sign at a place of its own in the font Wingdings, as far as forms use it; any other character stays what it is.
pub(super) fn wingding(sign: u16) -> char {
    match sign {
        0xF06F | 0xF071 | 0xF072 | 0xF0A8 => '□',
        0xF06E => '■',
        0xF052 | 0xF0FE => '☑',
        0xF053 | 0xF0FD => '☒',
        0xF0FC => '✓',
        0xF0FB => '✗',
        0xF06C => '●',
        0xF0A1 => '○',
        _ => char::from_u32(sign.into()).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(super) fn cells(texts: &[&str], boxes: &[CellBox], flow: &mut Flow) {
        for text in texts {
            flow.text(text).expect("room");
            flow.end_cell().expect("room");
        }
        flow.end_row(boxes).expect("room");
    }

    #[test]
    fn a_paragraph_ends_the_table_before_it() {
        let mut flow = Flow::new(&Limits::default());
        cells(&["甲", "乙"], &[], &mut flow);
        flow.text("第一条").unwrap();
        flow.end_paragraph(Some(2)).unwrap();
        let blocks = flow.finish().unwrap();
        assert!(matches!(&blocks[0], Block::Table(table) if table.text(0, 1) == "乙"));
        assert_eq!(blocks[1], Block::Paragraph(Paragraph { text: "第一条".into(), outline: Some(2), centred: false }));
    }

    #[test]
    fn a_row_that_is_cut_off_is_not_lost() {
        let mut flow = Flow::new(&Limits::default());
        flow.text("甲").unwrap();
        flow.end_cell().unwrap();
        flow.text("乙").unwrap();
        flow.end_line().unwrap();
        flow.text("丙").unwrap();
        let blocks = flow.finish().unwrap();
        assert!(matches!(&blocks[0], Block::Table(table) if table.text(0, 0) == "甲" && table.text(0, 1) == "乙"));
        assert_eq!(blocks.len(), 2);
    }

    #[test]
    fn limits_hold() {
        let limits = Limits { text_bytes_max: 5, cells_max: 1, blocks_max: 1, ..Limits::default() };
        let mut flow = Flow::new(&limits);
        assert_eq!(flow.text("六个字节").unwrap_err().max, 5);
        flow.end_cell().unwrap();
        assert_eq!(flow.end_cell().unwrap_err().what, "单元格数");
        let mut flow = Flow::new(&limits);
        flow.text("a").unwrap();
        flow.end_paragraph(None).unwrap();
        flow.text("b").unwrap();
        assert_eq!(flow.finish().unwrap_err().what, "段落数");
    }

    proptest! {
        #[test]
        fn any_order_of_marks_is_read(marks in proptest::collection::vec((0u8..5, any::<i32>(), 0u8..3), 0..60)) {
            let mut flow = Flow::new(&Limits::default());
            for (mark, end, down) in marks {
                flow.text("甲").unwrap();
                let down = [Down::No, Down::Begins, Down::Goes][down as usize];
                match mark {
                    0 => flow.end_paragraph(None).unwrap(),
                    1 => flow.end_line().unwrap(),
                    2 | 3 => flow.end_cell().unwrap(),
                    _ => flow.end_row(&[CellBox { end: Some(end), right: false, down }, CellBox { end: Some(end.wrapping_add(900)), right: true, down }]).unwrap(),
                }
            }
            flow.finish().unwrap();
        }
    }
}
