//! Any bytes as a file of an office, as they are and as a part of the archive that such files are: documents or a refusal.
#![no_main]

use faju::extract::{FileInput, Packs};
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Parts of the formats that are archives, the first of which is fuzzed, with the text of the others.
const ARCHIVES: [&[(&str, &str)]; 3] = [
    &[
        ("word/document.xml", ""),
        ("[Content_Types].xml", "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"),
    ],
    &[
        ("xl/worksheets/sheet1.xml", ""),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
    ],
    &[
        ("a.xhtml", ""),
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>"),
        ("a.opf", "<package><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>"),
    ],
];

fn packed(parts: &[(&str, &str)], bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, text)) in parts.iter().enumerate() {
        archive.start_file(*name, SimpleFileOptions::default()).ok()?;
        archive.write_all(if at == 0 { bytes } else { text.as_bytes() }).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

fuzz_target!(|given: (u8, &[u8])| {
    let (form, bytes) = given;
    let bytes = match ARCHIVES.get(usize::from(form) % 4) {
        Some(parts) => packed(parts, bytes).expect("an archive in memory"),
        None => bytes.to_vec(),
    };
    let _ = Packs::default().read(&FileInput { path: "a", bytes: &bytes });
});
