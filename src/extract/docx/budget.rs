//! What is left of [`Limits`] while a document is read.

use super::{DocxError, Limits};

/// What may still be made.
pub(super) struct Budget {
    text_bytes: usize,
    blocks: usize,
    /// Cells of tables.
    pub(super) cells: usize,
    limits: Limits,
}

impl Budget {
    /// Everything that the limits allow.
    pub(super) fn new(limits: &Limits) -> Self {
        let Limits { text_bytes_max, blocks_max, cells_max, .. } = *limits;
        Budget { text_bytes: text_bytes_max, blocks: blocks_max, cells: cells_max, limits: *limits }
    }

    /// Takes so many bytes of text.
    pub(super) fn take_text(&mut self, bytes: usize) -> Result<(), DocxError> {
        let too_large = DocxError::TooLarge { what: "文字字节数", max: self.limits.text_bytes_max as u64 };
        self.text_bytes = self.text_bytes.checked_sub(bytes).ok_or(too_large)?;
        Ok(())
    }

    /// Takes a paragraph, a row or a note.
    pub(super) fn take_block(&mut self) -> Result<(), DocxError> {
        let too_large = DocxError::TooLarge { what: "段落数", max: self.limits.blocks_max as u64 };
        self.blocks = self.blocks.checked_sub(1).ok_or(too_large)?;
        Ok(())
    }

    /// Takes so many cells.
    pub(super) fn take_cells(&mut self, count: usize) -> Result<(), DocxError> {
        self.cells = self.cells.checked_sub(count).ok_or(self.too_many_cells())?;
        Ok(())
    }

    /// Says that there are more cells than allowed.
    pub(super) fn too_many_cells(&self) -> DocxError {
        DocxError::TooLarge { what: "单元格数", max: self.limits.cells_max as u64 }
    }

    /// Whether one more cell or text box may stand inside `depth` others.
    pub(super) fn check_nesting(&self, depth: usize) -> Result<(), DocxError> {
        let max = self.limits.nesting_max;
        if depth < max {
            Ok(())
        } else {
            Err(DocxError::TooLarge { what: "表格和文本框嵌套层数", max: max as u64 })
        }
    }
}
