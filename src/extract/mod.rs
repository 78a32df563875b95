//! Pure: bytes of files → stated metadata and text.
//!
//! [`Packs`] recognises from the member paths of a tree which published collections lie in it; [`Packs::read`] turns one
//! file into documents. A file out of its pack is recognised from its content. Nothing here opens a file.
//!
//! [`docx`], [`doc`], [`rtf`] and [`epub`] read documents, [`sheet`] spreadsheets and [`pdf_table`] PDF pages into paragraphs and tables of
//! text; `office` tells what a file is, and `official` makes a document of it.
//!
//! Markdown heading marks stay in the text (the structure parser reads them); line ends are normalised to `\n`; all other
//! markup of a collection (bold, HTML, containers, comments) is removed without losing a character of the law.

mod adapters;
pub mod blocks;
mod case_list;
mod decision;
mod decode;
mod delimited;
pub mod doc;
pub mod docx;
mod enforcement_regs;
mod env_enforcement;
pub mod epub;
mod flk_txt;
pub mod flow;
pub mod front_matter;
mod header;
mod html;
mod html_page;
pub mod interchange;
mod just_laws;
mod lawrefbook;
pub mod left_out;
mod lines;
mod markdown;
mod merge;
pub mod metadata;
mod office;
mod official;
mod outcome;
mod packs;
mod pbc;
pub mod pdf;
pub mod pdf_table;
mod pdf_text;
mod penalty_row;
mod penalty_table;
mod plain;
pub mod rtf;
pub mod sheet;
mod shifted;
mod state_mark;
mod tabular;
mod unseen;
mod verified;
mod xml;

pub use merge::merge;
pub use office::refused_docx;
pub use outcome::{Extracted, Outcome, PartOf, Refusal, RefusalCode};
pub use packs::{FileInput, Packs, Source};

/// Whether the first bytes of a file are those of a container of office programs or of a PDF, of which no text has any.
pub fn is_binary(start: &[u8]) -> bool {
    [b"PK\x03\x04".as_slice(), b"\xD0\xCF\x11\xE0", b"%PDF-", b"{\\rtf"].iter().any(|mark| start.starts_with(mark))
}

/// Largest file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 64 << 20;
