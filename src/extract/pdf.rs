//! PDF files → what stands on their pages: characters with their places, and straight lines (文字层与框线).
//!
//! [`Pdf::open`] reads the file, [`Pdf::page`] one page at a time, [`lines::lines`] joins characters to lines in reading
//! order. Tables are made of both by [`crate::extract::pdf_table`]. Places are in points (1/72 inch) from the upper left
//! corner of the page as it is shown.
//!
//! What a font does not tell the characters of is U+FFFD and counted in [`Page::unmapped`], so that a caller can tell a
//! page with broken or missing mappings from a readable one; a page without any glyph is a picture or empty.
//!
//! Work is counted, not timed: every operator, glyph and line costs, and a page that costs too much is refused.

mod cmap;
mod content;
mod font;
pub mod lines;
mod matrix;
mod path;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::collections::HashMap;
use std::rc::Rc;

/// What a file may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most pages.
    pub pages_max: usize,
    /// Most bytes that one stream may unpack to.
    pub stream_bytes_max: usize,
    /// Most operators of one page, those of the forms on it included.
    pub operators_max: usize,
    /// Most glyphs of one page.
    pub glyphs_max: usize,
    /// Most ruling lines of one page; of more the table reader would make nothing sensible.
    pub rules_max: usize,
    /// Most glyphs of the whole file.
    pub file_glyphs_max: usize,
    /// Most work of the whole file: one for an operator, for 16 bytes unpacked, for an entry of a font.
    pub work_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            pages_max: 5_000,
            stream_bytes_max: 32 << 20,
            operators_max: 2_000_000,
            glyphs_max: 200_000,
            rules_max: 20_000,
            file_glyphs_max: 20_000_000,
            work_max: 60_000_000,
        }
    }
}

/// Why a file or a page is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// No PDF.
    #[error("不是 PDF 文件；请确认文件内容与扩展名相符")]
    NotAPdf,
    /// Locked with a password that one must know to read it.
    #[error("PDF 已加密，需要密码才能打开；请取消打开密码后再导入")]
    Encrypted,
    /// Broken inside.
    #[error("PDF 已损坏（{place}）；请重新下载，或者用 PDF 软件打开后另存再导入")]
    Damaged {
        /// Where, for people.
        place: String,
    },
    /// More than [`Limits`] allow.
    #[error("PDF 过大（{place}{what}超过 {max}）；请拆分后再导入")]
    TooLarge {
        /// Where: 第3页, or nothing for the whole file.
        place: String,
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        max: usize,
    },
}

impl PdfError {
    /// Stable name for reports and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAPdf => "pdf_not_a_pdf",
            Self::Encrypted => "pdf_encrypted",
            Self::Damaged { .. } => "pdf_damaged",
            Self::TooLarge { .. } => "pdf_too_large",
        }
    }
}

/// A character on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character; U+FFFD if the font does not tell.
    pub char: char,
    /// Left edge.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// Base line, downwards from the upper edge of the page.
    pub y: f32,
    /// Height of the font, in points of the page.
    pub size: f32,
    /// Whether its line does not run from left to right.
    pub turned: bool,
}

/// A straight line that was drawn, horizontal or vertical.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Whether it is vertical.
    pub vertical: bool,
    /// Its place across its direction: y of a horizontal, x of a vertical line.
    pub at: f32,
    /// Where it begins: x of a horizontal, y of a vertical line.
    pub from: f32,
    /// Where it ends, not before `from`.
    pub to: f32,
}

/// What stands on a page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its number, from 1.
    pub number: u32,
    /// Width as shown.
    pub width: f32,
    /// Height as shown.
    pub height: f32,
    /// Characters in the order of drawing; every narrow blank is U+0020.
    pub glyphs: Vec<Glyph>,
    /// Straight lines in the order of drawing.
    pub rules: Vec<Rule>,
    /// Glyphs whose characters the font does not tell.
    pub unmapped: usize,
}

/// An open file.
pub struct Pdf {
    document: Document,
    pages: Vec<ObjectId>,
    limits: Limits,
    fonts: HashMap<ObjectId, Rc<font::Font>>,
    glyphs_left: usize,
    work_left: usize,
}

impl Pdf {
    /// Opens a file; one that is locked against changes only is opened too.
    ///
    /// # Errors
    ///
    /// [`PdfError`] says which, where and what to do.
    pub fn open(bytes: &[u8], limits: &Limits) -> Result<Pdf, PdfError> {
        let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        if !head.windows(5).any(|five| five == b"%PDF-") {
            return Err(PdfError::NotAPdf);
        }
        let options = LoadOptions::with_max_decompressed_size(load_bytes_max(bytes, limits));
        let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => PdfError::Encrypted,
            lopdf::Error::Decompress(_) => too_large(None, "数据流字节数", limits.stream_bytes_max),
            _ => PdfError::Damaged { place: "文件结构".into() },
        })?;
        if document.is_encrypted() && document.encryption_state.is_none() {
            return Err(PdfError::Encrypted);
        }
        let pages: Vec<ObjectId> = document.page_iter().take(limits.pages_max + 1).collect();
        match pages.len() {
            0 => Err(PdfError::Damaged { place: "没有页面".into() }),
            count if count > limits.pages_max => Err(too_large(None, "页数", limits.pages_max)),
            _ => {
                let glyphs_left = limits.file_glyphs_max;
                let work_left = limits.work_max;
                Ok(Pdf { document, pages, limits: *limits, fonts: HashMap::new(), glyphs_left, work_left })
            }
        }
    }

    /// The number of pages, 1 or more.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// Reads a page; `index` counts from 0. A page that does not exist is empty.
    ///
    /// # Errors
    ///
    /// If it costs more than the limits allow.
    pub fn page(&mut self, index: usize) -> Result<Page, PdfError> {
        let Some(&id) = self.pages.get(index) else { return Ok(Page::default()) };
        let number = index as u32 + 1;
        let page = content::read(self, id, number)?;
        let left = self.glyphs_left.checked_sub(page.glyphs.len());
        self.glyphs_left = left.ok_or_else(|| too_large(None, "全文字数", self.limits.file_glyphs_max))?;
        Ok(page)
    }

    /// What a page or one of its ancestors says under a key.
    fn inherited(&self, page: ObjectId, key: &[u8]) -> Option<&Object> {
        let mut id = page;
        // Deeper trees are loops.
        for _ in 0..64 {
            let dictionary = self.document.get_dictionary(id).ok()?;
            if let Ok(found) = dictionary.get_deref(key, &self.document) {
                return Some(found);
            }
            id = dictionary.get(b"Parent").and_then(Object::as_reference).ok()?;
        }
        None
    }

    /// The font under a name of a resource dictionary. Fonts are read once for a file.
    fn font(&mut self, resources: &Dictionary, name: &[u8]) -> Result<Option<Rc<font::Font>>, PdfError> {
        let fonts = resources.get_deref(b"Font", &self.document).and_then(Object::as_dict);
        let Ok(entry) = fonts.and_then(|fonts| fonts.get(name)) else { return Ok(None) };
        let id = entry.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Ok(Some(Rc::clone(known)));
        }
        let Ok(dictionary) = self.document.dereference(entry).and_then(|(_, object)| object.as_dict()) else {
            return Ok(None);
        };
        let font = Rc::new(font::Font::read(&self.document, dictionary, self.limits.stream_bytes_max));
        self.work(font.cost)?;
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Ok(Some(font))
    }

    /// Takes from the work allowed for the file.
    fn work(&mut self, units: usize) -> Result<(), PdfError> {
        self.work_left = self.work_left.checked_sub(units).ok_or(too_large(None, "处理量", self.limits.work_max))?;
        Ok(())
    }
}

/// Most bytes that one stream may unpack to while the file is opened: then all object streams are unpacked at once.
fn load_bytes_max(bytes: &[u8], limits: &Limits) -> usize {
    let streams = bytes.windows(7).filter(|seven| seven == b"/ObjStm").count().max(1);
    ((512 << 20) / streams).clamp(1 << 20, 16 << 20).min(limits.stream_bytes_max)
}

fn too_large(page: Option<u32>, what: &'static str, max: usize) -> PdfError {
    PdfError::TooLarge { place: page.map(|page| format!("第{page}页")).unwrap_or_default(), what, max }
}

/// A number, whichever way it is written; what is not finite is none.
fn number(object: &Object) -> Option<f64> {
    let value = match object {
        Object::Integer(value) => *value as f64,
        Object::Real(value) => f64::from(*value),
        _ => return None,
    };
    value.is_finite().then_some(value)
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
