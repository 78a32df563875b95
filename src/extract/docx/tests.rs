mod hostile;
mod numbers;
mod places;
mod structure;

use super::*;
use std::io::{Cursor, Write};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// A document to be written: the insides of its parts.
#[derive(Default, Clone)]
struct Fixture {
    body: String,
    styles: String,
    numbering: String,
    footnotes: String,
    endnotes: String,
    is_strict: bool,
}

impl Fixture {
    fn new(body: &str) -> Self {
        Fixture { body: body.to_string(), ..Fixture::default() }
    }

    fn bytes(&self) -> Vec<u8> {
        let word = if self.is_strict { STRICT } else { WORD };
        let names = format!(
            r#"xmlns:w="{word}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
            xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
            xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:a="urn:a""#
        );
        let part = |root: &str, inside: &str| format!("<?xml version=\"1.0\"?><w:{root} {names}>{inside}</w:{root}>");
        let kinds = ["styles", "numbering", "footnotes", "endnotes"];
        let relation =
            |kind: &str| format!(r#"<Relationship Id="{kind}" Type="http://x/{kind}" Target="{kind}.xml"/>"#);
        let relations = format!("<Relationships>{}</Relationships>", kinds.map(relation).concat());
        let root = r#"<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="/word/document.xml"/></Relationships>"#;
        packed(&[
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", root),
            ("word/_rels/document.xml.rels", &relations),
            ("word/document.xml", &part("document", &format!("<w:body>{}</w:body>", self.body))),
            ("word/styles.xml", &part("styles", &self.styles)),
            ("word/numbering.xml", &part("numbering", &self.numbering)),
            ("word/footnotes.xml", &part("footnotes", &self.footnotes)),
            ("word/endnotes.xml", &part("endnotes", &self.endnotes)),
        ])
    }

    fn read(&self) -> Reading {
        read(&self.bytes(), &Limits::default()).expect("a document")
    }

    /// The texts of the blocks; a table by its cells.
    fn texts(&self) -> Vec<String> {
        self.read().blocks.iter().map(text).collect()
    }
}

fn text(block: &Block) -> String {
    let Block::Table(table) = block else {
        let Block::Paragraph(paragraph) = block else { return String::new() };
        return paragraph.text.clone();
    };
    let row = |at: usize| (0..table.columns()).map(|column| table.text(at, column)).collect::<Vec<_>>().join("|");
    (0..table.rows.len()).map(row).collect::<Vec<_>>().join("‖")
}

/// A ZIP container.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("a container").into_inner()
}

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A paragraph with properties.
fn pp(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn notes(reading: &Reading) -> Vec<(&'static str, usize)> {
    reading.notes.iter().map(|note| (note.code(), note.count)).collect()
}
