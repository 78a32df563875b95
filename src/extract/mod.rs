//! Pure: bytes of files → stated metadata and text.
//!
//! [`Packs`] recognises from the member paths of a tree which published collections lie in it; [`Packs::read`] turns one
//! file into documents. A file out of its pack is recognised from its content. Nothing here opens a file.
//!
//! [`sheet`] reads spreadsheets and [`pdf_table`] ruled PDF pages into tables of text.
//!
//! Markdown heading marks stay in the text (the structure parser reads them); line ends are normalised to `\n`; all other
//! markup of a collection (bold, HTML, containers, comments) is removed without losing a character of the law.

mod adapters;
mod decode;
mod enforcement_regs;
mod env_enforcement;
mod flk_txt;
mod front_matter;
mod header;
mod html;
pub mod interchange;
mod just_laws;
mod lawrefbook;
mod lines;
mod markdown;
mod merge;
mod outcome;
mod packs;
mod pbc;
pub mod pdf;
pub mod pdf_table;
mod plain;
pub mod sheet;
mod verified;

pub use merge::merge;
pub use outcome::{Extracted, Outcome, PartOf, Refusal, RefusalCode};
pub use packs::{FileInput, Packs, Source};

/// Largest file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 64 << 20;
