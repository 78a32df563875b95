//! Files that are no document, broken ones, and ones that were made to do harm.

use super::*;
use proptest::prelude::*;

fn refused(bytes: &[u8]) -> DocxError {
    read(bytes, &Limits::default()).expect_err("no document")
}

fn refused_with(fixture: &Fixture, limits: Limits) -> DocxError {
    read(&fixture.bytes(), &limits).expect_err("too much")
}

fn compound(stream: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    file.create_stream(stream).expect("a stream").write_all(b"x").expect("written");
    file.flush().expect("written");
    file.into_inner().into_inner()
}

#[test]
fn errors_say_what_the_file_is_and_what_to_do() {
    let says = |bytes: &[u8], code: &str, words: &[&str]| {
        let error = refused(bytes);
        let message = error.to_string();
        assert_eq!(error.code(), code, "{message}");
        assert!(words.iter().all(|word| message.contains(word)), "{message}");
    };
    let not = "docx_not_a_docx";
    says(b"", not, &["空文件", "重新下载"]);
    says(b"<html><title>403 Forbidden</title></html>", not, &["错误页", "重新下载"]);
    says(b"%PDF-1.7", not, &["PDF"]);
    says("第一条".as_bytes(), not, &["纯文本", ".txt"]);
    says(&[0xFF, 0x00, 0x12], not, &["无法识别"]);
    says(&packed(&[]), not, &["空的 ZIP"]);
    says(&packed(&[("a.txt", "")]), not, &["ZIP 压缩包", "解压"]);
    says(&packed(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")]), not, &["Excel", ".xlsx"]);
    says(&packed(&[("[Content_Types].xml", "")]), "docx_no_body", &["word/document.xml", "另存为"]);
    says(&packed(&[("word/document.xml", "<w:document/>")]), "docx_no_body", &["w:body"]);
    says(
        &Fixture::new("<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>").bytes(),
        "docx_no_text",
        &["图片 1", "OCR"],
    );
    says(&compound("/EncryptedPackage"), "docx_encrypted", &["取消打开密码"]);
    says(&compound("/WordDocument"), "docx_old_format", &[".doc", "另存为"]);
    says(&compound("/Workbook"), not, &[".xls"]);
    says(b"PK\x03\x04", "docx_damaged", &["ZIP", "重新下载"]);
    says(&packed(&[("word/document.xml", "<w:document><w:body>")]), "docx_damaged", &["word/document.xml"]);
}

#[test]
fn definitions_of_entities_are_refused() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><w:document>&c;</w:document>"#;
    assert_eq!(refused(&packed(&[("word/document.xml", bomb)])).code(), "docx_type_definition");
    let unknown = "<w:document>&c;</w:document>";
    assert_eq!(refused(&packed(&[("word/document.xml", unknown)])).code(), "docx_damaged");
}

#[test]
fn depth_is_limited_and_nothing_recurs() {
    let deep = "<w:sdt>".repeat(100_000);
    assert_eq!(refused(&Fixture::new(&deep).bytes()).code(), "docx_too_large");
    let nested = "<w:tbl><w:tr><w:tc>".repeat(60) + &p("甲") + &"</w:tc></w:tr></w:tbl>".repeat(60);
    assert!(refused(&Fixture::new(&nested).bytes()).to_string().contains("嵌套层数"));
}

#[test]
fn limits_hold() {
    let limits = Limits::default();
    let paragraphs = Fixture::new(&p("甲乙丙").repeat(50));
    assert_eq!(refused_with(&paragraphs, Limits { blocks_max: 49, ..limits }).code(), "docx_too_large");
    assert_eq!(refused_with(&paragraphs, Limits { text_bytes_max: 449, ..limits }).code(), "docx_too_large");
    assert_eq!(refused_with(&paragraphs, Limits { unpacked_bytes_max: 1_000, ..limits }).code(), "docx_too_large");
    assert_eq!(refused_with(&paragraphs, Limits { entries_max: 7, ..limits }).code(), "docx_too_large");
    let styles = r#"<w:style w:styleId="a"/><w:style w:styleId="b"/>"#.to_string();
    let styled = Fixture { styles, ..paragraphs.clone() };
    assert_eq!(refused_with(&styled, Limits { definitions_max: 1, ..limits }).code(), "docx_too_large");
    assert_eq!(read(&paragraphs.bytes(), &limits).map(|reading| reading.blocks.len()), Ok(50));
}

#[test]
fn millions_of_cells_are_counted_before_they_are_made() {
    let cell = format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="4294967295"/></w:tcPr>{}</w:tc>"#, p("甲"));
    let wide = format!("<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>");
    assert!(refused(&Fixture::new(&wide).bytes()).to_string().contains("单元格数"));
    let high = "<w:tr><w:tc><w:p/></w:tc></w:tr>".repeat(1_000);
    let few = Limits { cells_max: 999, ..Limits::default() };
    assert!(refused_with(&Fixture::new(&format!("<w:tbl>{high}</w:tbl>")), few).to_string().contains("单元格数"));
}

#[test]
fn names_of_parts_lead_nowhere_else() {
    let root =
        r#"<Relationships><Relationship Type="x/officeDocument" Target="../../../../etc/passwd"/></Relationships>"#;
    assert_eq!(refused(&packed(&[("[Content_Types].xml", ""), ("_rels/.rels", root)])).code(), "docx_no_body");
}

#[test]
fn styles_in_a_circle_and_lists_of_themselves_end() {
    let styles = r#"<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>
        <w:style w:styleId="c"><w:basedOn w:val="c"/></w:style>"#;
    let numbering = r#"<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/><w:styleLink w:val="L"/></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#;
    let body = pp(r#"<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>"#, "甲");
    let fixture = Fixture { styles: styles.into(), numbering: numbering.into(), ..Fixture::new(&body) };
    assert_eq!(fixture.texts(), ["甲"]);
}

#[test]
fn elements_in_wrong_places_do_no_harm() {
    let body = "<w:tc><w:p><w:p><w:r><w:t>甲</w:t></w:r></w:p><w:tr><w:tc/></w:tr></w:p></w:tc><w:tbl><w:tbl><w:tc/></w:tbl>\
        <w:tr><w:tr><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tr></w:tbl><w:r><w:t>丙</w:t></w:r>";
    assert_eq!(Fixture::new(body).texts(), ["\n甲", "乙"]);
}

/// A document with something of everything.
fn everything() -> Fixture {
    let body = r#"<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>
        <w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t>甲</w:t><w:br w:type="page"/><w:footnoteReference w:id="1"/></w:r></w:p>
        <w:p><m:oMath><m:d><m:e><m:sup><m:r><m:t>xy</m:t></m:r></m:sup></m:e></m:d></m:oMath><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>
        <w:p><w:r><w:txbxContent><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"#;
    Fixture {
        styles: r#"<w:style w:styleId="a"><w:basedOn w:val="b"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>"#
            .into(),
        numbering:
            r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:start w:val="9"/><w:numFmt w:val="upperRoman"/>
            <w:lvlText w:val="%2%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#
                .into(),
        footnotes: format!(r#"<w:footnote w:id="1">{}</w:footnote>"#, p("注")),
        ..Fixture::new(body)
    }
}

#[test]
fn every_truncation_is_refused() {
    let bytes = everything().bytes();
    assert!(read(&bytes, &Limits::default()).is_ok());
    for end in (0..bytes.len()).step_by(7) {
        assert!(read(&bytes[..end], &Limits::default()).is_err(), "{end}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes, &Limits::default());
        let _ = read(&[b"PK\x03\x04", bytes.as_slice()].concat(), &Limits::default());
        let _ = read(&[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", bytes.as_slice()].concat(), &Limits::default());
    }

    #[test]
    fn changed_files_do_no_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut file = everything().bytes();
        changes.iter().for_each(|(at, byte)| { let at = at.index(file.len()); file[at] = *byte; });
        let _ = read(&file, &Limits::default());
    }

    #[test]
    fn changed_parts_do_no_harm(
        part in 0usize..4, from in any::<prop::sample::Index>(), cut in 0usize..40, put in "[<>/a-zA-Z\"=&;#0-9: %]{0,12}|</w:p>|<w:p>|<w:tc>|</w:tbl>|<w:tr>",
    ) {
        let mut fixture = everything();
        let parts = [&mut fixture.body, &mut fixture.styles, &mut fixture.numbering, &mut fixture.footnotes];
        let Some(text) = parts.into_iter().nth(part) else { return Ok(()) };
        let chars: Vec<char> = text.chars().collect();
        let from = from.index(chars.len());
        let rest = chars.iter().skip(from + cut);
        *text = chars.iter().take(from).copied().chain(put.chars()).chain(rest.copied()).collect();
        let _ = read(&fixture.bytes(), &Limits::default());
    }

    #[test]
    fn elements_in_any_order_do_no_harm(names in proptest::collection::vec(0usize..24, 0..120)) {
        const NAMES: [&str; 23] = [
            "w:p", "w:pPr", "w:r", "w:rPr", "w:t", "w:tbl", "w:tr", "w:trPr", "w:tc", "w:tcPr", "w:txbxContent", "w:del", "w:ins",
            "w:numPr", "w:sdt", "w:footnote", "w:instrText", "m:sup", "m:d", "m:rad", "m:e", "mc:AlternateContent", "mc:Choice",
        ];
        // 23 closes what is open.
        let (mut body, mut open) = (String::new(), Vec::new());
        for name in names.iter().map(|&at| NAMES.get(at)) {
            match name {
                Some(name) => { open.push(*name); body.push_str(&format!("<{name} w:id=\"1\">甲")); }
                None => if let Some(name) = open.pop() { body.push_str(&format!("</{name}>")); }
            }
        }
        open.iter().rev().for_each(|name| body.push_str(&format!("</{name}>")));
        let _ = read(&Fixture::new(&body).bytes(), &Limits::default());
    }
}
