mod hostile;
mod places;

use super::*;
use std::io::{Cursor, Read, Write};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const DOCUMENT: &str = "word/document.xml";
const COMMENTS: &str = "word/comments.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";

/// A main part.
fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>")
}

/// A ZIP container.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("a container").into_inner()
}

/// A small .docx with this main part.
fn package(document: &str) -> Vec<u8> {
    packed(&[
        (TYPES, b"<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"),
        ("_rels/.rels", b"<Relationships/>"),
        (DOCUMENT, document.as_bytes()),
        ("word/media/seal.bin", &[0, 1, 2, 255]),
    ])
}

fn part(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut out = Vec::new();
    archive.by_name(name).expect("a part").read_to_end(&mut out).expect("bytes");
    out
}

fn text(bytes: &[u8], name: &str) -> String {
    String::from_utf8(part(bytes, name)).expect("text")
}

/// A comment on the first place at which these words stand in the part; those in ¶ are on the paragraph.
fn on(document: &str, words: &str) -> Comment {
    let (words, is_of_paragraph) = words.strip_prefix('¶').map_or((words, false), |words| (words, true));
    let from = document.find(words).unwrap_or_else(|| panic!("{words} in {document}"));
    Comment {
        words: from..from + words.len(),
        is_of_paragraph,
        author: "审核<员>".into(),
        initials: "审".into(),
        day: jiff::civil::date(2026, 3, 4),
        paragraphs: vec!["无上位法依据".into(), "删去\n或者改写".into()],
    }
}

/// What stands in the body of a copy with comments on these words, marks in short form.
fn marked(body: &str, words: &[&str]) -> String {
    let document = document(body);
    let comments: Vec<Comment> = words.iter().map(|words| on(&document, words)).collect();
    let copy = with_comments(&package(&document), DOCUMENT, &comments).expect("a copy");
    short(&text(&copy, DOCUMENT))
}

/// The body: `‹0` where the range of a comment begins, `0›` where it ends, `[0]` for the reference to it.
fn short(document: &str) -> String {
    let (_, rest) = document.split_once("<w:body>").expect("a body");
    let mut body = rest.split_once("</w:body>").expect("its end").0.to_string();
    for id in 0..100 {
        body = body
            .replace(&format!("<w:commentRangeStart w:id=\"{id}\"/>"), &format!("‹{id}"))
            .replace(&format!("<w:commentRangeEnd w:id=\"{id}\"/>"), &format!("{id}›"))
            .replace(&format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>"), &format!("[{id}]"));
    }
    body
}

#[test]
fn a_copy_differs_in_nothing_but_comments() {
    let main = document("<w:p><w:r><w:t>甲船靠泊。</w:t></w:r></w:p>");
    let original = package(&main);
    let copy = with_comments(&original, DOCUMENT, &[on(&main, "靠泊")]).expect("a copy");
    for name in ["_rels/.rels", "word/media/seal.bin"] {
        assert_eq!(part(&copy, name), part(&original, name));
    }
    assert_eq!(
        short(&text(&copy, DOCUMENT)),
        "<w:p><w:r><w:t>甲船</w:t></w:r>‹0<w:r><w:t>靠泊</w:t></w:r>0›[0]<w:r><w:t>。</w:t></w:r></w:p>"
    );
    assert_eq!(
        text(&copy, COMMENTS),
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{WORD}\">\
             <w:comment w:id=\"0\" w:author=\"审核&lt;员&gt;\" w:date=\"2026-03-04T00:00:00Z\" w:initials=\"审\">\
             <w:p><w:r><w:annotationRef/></w:r><w:r><w:t xml:space=\"preserve\">无上位法依据</w:t></w:r></w:p>\
             <w:p><w:r><w:t xml:space=\"preserve\">删去</w:t></w:r><w:r><w:br/><w:t xml:space=\"preserve\">或者改写</w:t></w:r></w:p>\
             </w:comment></w:comments>"
        )
    );
    assert!(
        text(&copy, TYPES).contains("<Override PartName=\"/word/comments.xml\" ContentType=\"application/vnd.openxml")
    );
    assert!(text(&copy, RELATIONS).contains("Target=\"comments.xml\""));
    assert_eq!(with_comments(&original, DOCUMENT, &[]), Ok(original));
}

#[test]
fn older_comments_stay_and_numbers_go_on() {
    let old = "<w:p><w:commentRangeStart w:id=\"4\"/><w:r><w:t>甲</w:t></w:r><w:commentRangeEnd w:id=\"4\"/>\
        <w:r><w:commentReference w:id=\"4\"/></w:r><w:r><w:t>乙</w:t></w:r></w:p>";
    let main = document(old);
    let older = format!("<x:comments xmlns:x=\"{WORD}\"><x:comment x:id=\"4\"><x:p/></x:comment></x:comments>");
    let relations = "<r:Relationships xmlns:r=\"r\"><r:Relationship Id=\"rIdComments1\" Type=\"http://x/comments\" Target=\"Notes/C.xml\"/></r:Relationships>";
    let types = "<Types><Override PartName=\"/word/notes/c.xml\" ContentType=\"x\"/></Types>";
    let original = packed(&[
        (TYPES, types.as_bytes()),
        (DOCUMENT, main.as_bytes()),
        (RELATIONS, relations.as_bytes()),
        ("word/Notes/C.xml", older.as_bytes()),
    ]);
    let copy = with_comments(&original, DOCUMENT, &[on(&main, "乙"), on(&main, "甲")]).expect("a copy");
    assert_eq!(
        short(&text(&copy, DOCUMENT)),
        "<w:p>‹4‹6<w:r><w:t>甲</w:t></w:r>6›[6]4›[4]‹5<w:r><w:t>乙</w:t></w:r>5›[5]</w:p>"
    );
    let comments = text(&copy, "word/Notes/C.xml");
    assert!(comments.starts_with(older.strip_suffix("</x:comments>").expect("an end")));
    assert!(
        comments.contains(&format!("<w:comment xmlns:w=\"{WORD}\" w:id=\"6\"")) && comments.ends_with("</x:comments>")
    );
    assert_eq!((text(&copy, TYPES).as_str(), text(&copy, RELATIONS).as_str()), (types, relations));
    let again = with_comments(&copy, DOCUMENT, &[on(&text(&copy, DOCUMENT), "乙")]).expect("another copy");
    assert!(text(&again, DOCUMENT).contains("<w:commentReference w:id=\"7\"/>"));
}

#[test]
fn empty_parts_and_foreign_names_are_filled() {
    let main = document("<w:p><w:r><w:t>甲</w:t></w:r></w:p>");
    let original = packed(&[
        (TYPES, b"<t:Types xmlns:t=\"t\"/>"),
        (DOCUMENT, main.as_bytes()),
        (RELATIONS, b"<Relationships xmlns=\"r\" />"),
        ("word/Comments.xml", b"nobody refers to it"),
    ]);
    let copy = with_comments(&original, "WORD/Document.XML", &[on(&main, "甲")]).expect("a copy");
    assert!(text(&copy, "word/comments1.xml").contains("无上位法依据"));
    assert!(text(&copy, TYPES).starts_with("<t:Types xmlns:t=\"t\"><t:Override PartName=\"/word/comments1.xml\""));
    let relations = text(&copy, RELATIONS);
    assert!(relations.starts_with("<Relationships xmlns=\"r\" ><Relationship Id=\"rIdComments1\""), "{relations}");
    assert!(relations.ends_with("</Relationships>"));
}

#[test]
fn numbers_that_are_used_up_begin_anew() {
    let last = i32::MAX;
    let main = document(&format!("<w:p><w:r><w:t>甲</w:t><w:commentReference w:id=\"{last}\"/></w:r></w:p>"));
    let copy = with_comments(&package(&main), DOCUMENT, &[on(&main, "甲")]).expect("a copy");
    assert!(text(&copy, COMMENTS).contains("w:id=\"0\""));
}

#[test]
fn other_prefixes_encodings_and_strict_documents_are_kept() {
    let body = "<x:body><x:p><x:r><x:t>甲船</x:t></x:r></x:p></x:body>";
    let main = format!("<x:document xmlns:x=\"{STRICT}\" xmlns:w=\"other\">{body}</x:document>");
    let units = "\u{FEFF}".encode_utf16().chain(main.encode_utf16());
    let wide: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    let original = packed(&[(TYPES, b"<Types/>"), (DOCUMENT, &wide)]);
    let copy = with_comments(&original, DOCUMENT, &[on(&main, "船")]).expect("a copy");
    let bytes = part(&copy, DOCUMENT);
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let found = String::from_utf16(&units).expect("UTF-16");
    assert!(found.contains(&format!(
        "<x:r><x:t>甲</x:t></x:r><w:commentRangeStart xmlns:w=\"{STRICT}\" w:id=\"0\"/><x:r><x:t>船</x:t></x:r>"
    )));
    assert!(text(&copy, COMMENTS).contains(STRICT));
    assert!(text(&copy, RELATIONS).contains("http://purl.oclc.org/ooxml/officeDocument/relationships/comments"));
}
