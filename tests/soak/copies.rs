//! A corpus made larger: every document several times under titles of its own.

use crate::random::Random;
use faju::law::structure::parse;
use faju::law::{Document, Kind};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Uncompressed bytes of a file, at most by one document more. Small, so that memory tells of the corpus and not of the
/// files in which it came.
const FILE_BYTES: usize = 8 << 20;

/// The title of a copy. It stands before a remark in brackets, which may tell the version and not the instrument.
fn title(title: &str, copy: usize) -> String {
    match title.rfind('（').filter(|_| title.ends_with('）')) {
        Some(at) if at > 0 => format!("{}〔{copy}〕{}", &title[..at], &title[at..]),
        _ => format!("{title}〔{copy}〕"),
    }
}

/// A copy with an id of its own. The first is the document itself.
fn copied(document: &Document, copy: usize) -> Document {
    let mut document = document.clone();
    if copy > 0 {
        document.title = title(&document.title, copy);
        if document.kind == Kind::Case {
            let renamed = |text: Option<String>| text.map(|text| format!("{text}〔{copy}〕"));
            document.case_number = renamed(document.case_number);
            document.document_number = renamed(document.document_number);
            document.source_id = renamed(document.source_id);
            document.source_url = renamed(document.source_url);
        }
    }
    document
}

/// Whether copies are divided as the document is. A title is also looked for at the beginning of the text, where a copy has
/// the title of the document: there the few texts differ that repeat their title in an unusual form.
pub fn divided_alike(document: &Document) -> bool {
    let divided = |document: &Document| {
        let structure = parse(document);
        let provisions = structure.provisions().map(|(provision, span)| (provision.key.to_string(), span.clone()));
        provisions.collect::<Vec<_>>()
    };
    divided(document) == divided(&copied(document, 1))
}

/// Writes so many copies of all documents in another order as files of the interchange format; answers the bytes before
/// compression.
pub fn write(folder: &Path, documents: &[Document], copies: usize) -> std::io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let mut order: Vec<(usize, usize)> =
        (0..copies).flat_map(|copy| (0..documents.len()).map(move |at| (at, copy))).collect();
    Random::new(1).shuffle(&mut order);
    let (mut whole, mut number) = (0, 0);
    let mut rest = order.as_slice();
    while !rest.is_empty() {
        let file = std::fs::File::create(folder.join(format!("{number:04}.jsonl.zst")))?;
        let mut out = zstd::Encoder::new(BufWriter::new(file), 1)?;
        let mut bytes = 0;
        while let Some(((at, copy), others)) = rest.split_first().filter(|_| bytes < FILE_BYTES) {
            let line = serde_json::to_string(&copied(&documents[*at], *copy))? + "\n";
            out.write_all(line.as_bytes())?;
            bytes += line.len();
            rest = others;
        }
        out.finish()?.flush()?;
        (whole, number) = (whole + bytes, number + 1);
    }
    Ok(whole)
}

#[test]
fn copies_are_other_instruments_and_one_copy_keeps_its_versions_together() {
    let id = |title: &str, copy: usize| {
        let document = Document::new(Kind::Legislation, title, "第一条　甲。");
        faju::law::identity::instrument_id(&copied(&document, copy))
    };
    assert_ne!(id("云桥县渡口条例", 0), id("云桥县渡口条例", 1));
    assert_ne!(id("云桥县渡口条例", 1), id("云桥县渡口条例", 2));
    assert_eq!(id("云桥县渡口条例", 2), id("云桥县渡口条例（2019年修正）", 2));
}
