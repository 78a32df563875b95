//! Files that come from anywhere.

use super::*;
use proptest::prelude::*;

#[test]
fn what_is_broken_is_refused_in_chinese() {
    let main = document("<w:p><w:r><w:t>甲</w:t></w:r></w:p>");
    let comment = [on(&main, "甲")];
    let refused = |bytes: &[u8]| with_comments(bytes, DOCUMENT, &comment).expect_err("a refusal").to_string();
    assert!(refused(b"PK").contains("ZIP 容器"));
    assert!(refused(&packed(&[(TYPES, b"<Types/>")])).contains("部件 word/document.xml"));
    assert!(refused(&packed(&[(DOCUMENT, b"<w:document><w:body>")])).contains("部件 word/document.xml"));
    assert!(refused(&packed(&[(DOCUMENT, main.as_bytes())])).contains("[Content_Types].xml"));
    let deep = document(&"<w:sdt>".repeat(DEPTH_MAX));
    assert!(refused(&package(&deep)).contains("无法写入批注"));
    let copy = |relations: &[u8]| packed(&[(TYPES, b"<Types/>"), (DOCUMENT, main.as_bytes()), (RELATIONS, relations)]);
    assert!(refused(&copy(b"<Relationships>")).contains("部件 word/_rels/document.xml.rels"));
}

#[test]
fn parts_larger_than_they_may_be_are_refused() {
    let large = "甲".repeat(usize::try_from(UNPACKED_BYTES_MAX / 3).expect("a size") + 1);
    let main = document(&format!("<w:p><w:r><w:t>{large}</w:t></w:r></w:p>"));
    let refused = with_comments(&package(&main), DOCUMENT, &[on(&main, "甲")]);
    assert_eq!(refused, Err(CommentError::TooLarge { what: "解压后字节数", max: UNPACKED_BYTES_MAX }));
}

/// Pieces of a body, in any order and depth.
const PIECES: [&str; 22] = [
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>甲 乙</w:t>",
    "<w:t xml:space=\"preserve\"> 丙 </w:t>",
    "<w:tab/>",
    "<w:rPr><w:b/></w:rPr>",
    "<w:pPr/>",
    "<w:ins>",
    "</w:ins>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:sdt><w:sdtContent>",
    "</w:sdtContent></w:sdt>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<m:oMath/>",
    "<w:r/>",
];

/// Pieces as a body in which every element ends.
fn balanced(pieces: &[usize]) -> String {
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    let name = |tag: &str| tag.trim_start_matches(['<', '/']).trim_end_matches('>').to_string();
    for piece in pieces.iter().filter_map(|index| PIECES.get(*index)) {
        for tag in piece.split_inclusive('>') {
            let is_plain = !tag.starts_with('<') || tag.ends_with("/>") || tag.contains(['"', '甲', '丙']);
            if is_plain
                || tag.starts_with("<w:t")
                    && !tag.starts_with("<w:tbl")
                    && !tag.starts_with("<w:tr")
                    && !tag.starts_with("<w:tc")
                    && !tag.starts_with("<w:tx")
            {
                out.push_str(tag);
            } else if let Some(closing) = tag.strip_prefix("</") {
                if closing == "w:t>" || open.last().is_some_and(|last| name(last) == name(tag)) {
                    out.push_str(tag);
                    if closing != "w:t>" {
                        open.pop();
                    }
                }
            } else {
                open.push(tag);
                out.push_str(tag);
            }
        }
    }
    while let Some(tag) = open.pop() {
        out.push_str(&format!("</{}>", name(tag)));
    }
    out
}

/// The body without marks, and runs joined again where they were parted.
fn unmarked(document: &str) -> (usize, String) {
    let mut reader = quick_xml::Reader::from_str(document);
    let (mut words, mut marks) = (String::new(), 0);
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Text(text) => words.push_str(&text),
            quick_xml::events::Event::Empty(tag) => match tag.local_name().into_inner() {
                "commentRangeStart" | "commentRangeEnd" | "commentReference" => marks += 1,
                "tab" => words.push('\t'),
                _ => {}
            },
            quick_xml::events::Event::Eof => return (marks, words),
            _ => {}
        }
    }
}

proptest! {
    #[test]
    fn any_body_keeps_its_words_and_gets_every_comment(
        pieces in proptest::collection::vec(0..PIECES.len(), 0..60),
        spans in proptest::collection::vec((0.0..1.0, 0..60_usize, any::<bool>()), 1..8),
    ) {
        let main = document(&balanced(&pieces));
        let comment = |&(at, length, is_of_paragraph): &(f64, usize, bool)| {
            let from = (main.len() as f64 * at) as usize;
            Comment { words: from..from + length, is_of_paragraph, ..on(&main, "<w:body>") }
        };
        // Readers give borders of letters and of elements only.
        let mut comments: Vec<Comment> = spans.iter().map(comment).collect();
        for own in &mut comments {
            let border = |mut at: usize| {
                while !main.is_char_boundary(at.min(main.len())) {
                    at -= 1;
                }
                at
            };
            own.words = border(own.words.start)..border(own.words.end);
        }
        let copy = with_comments(&package(&main), DOCUMENT, &comments).expect("a copy");
        let found = text(&copy, DOCUMENT);
        let (marks, words) = unmarked(&found);
        prop_assert_eq!(marks, comments.len() * 3);
        prop_assert_eq!(words, unmarked(&main).1);
    }

    #[test]
    fn any_bytes_are_refused_or_copied(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        let main = document("甲");
        prop_assert!(with_comments(&bytes, DOCUMENT, &[on(&main, "甲")]).is_err());
    }
}
