//! Where pieces of the text stand in the main part.

use super::*;

/// The words of the main part that hold each of these words of the text.
fn held(fixture: &Fixture, words: &[&str]) -> Vec<String> {
    let bytes = fixture.bytes();
    let traced = traced(&bytes, &Limits::default()).expect("a document");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut part = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(&traced.part).expect("a part"), &mut part).expect("text");
    let place = |words: &&str| {
        let from = traced.text.find(*words).unwrap_or_else(|| panic!("{words} in {}", traced.text));
        let place = traced.place(from..from + words.len()).expect("a place");
        let found = part.get(place.bytes.clone()).expect("a span of the part");
        if place.is_paragraph { format!("¶{}", &part[place.bytes.start..][..4]) } else { found.to_string() }
    };
    words.iter().map(place).collect()
}

#[test]
fn words_are_where_they_stand() {
    let body = "<w:p><w:r><w:t>  甲船 &amp; 乙船</w:t><w:tab/><w:t>靠\u{AD}泊</w:t></w:r>\
        <w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t><![CDATA[渡口]]></w:t></w:r></w:p>";
    let fixture = Fixture::new(body);
    assert_eq!(fixture.texts(), ["甲船 & 乙船\t靠泊渡口"]);
    let found = held(&fixture, &["船", "&", "& 乙", "\t", "靠", "泊", "渡", "泊渡"]);
    let cdata = "<![CDATA[渡口]]>";
    let crossing = format!("泊</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>{cdata}");
    assert_eq!(found, ["船", "&amp;", "&amp; 乙", "<w:tab/>", "靠", "泊", cdata, &crossing]);
}

#[test]
fn what_is_no_text_has_the_place_of_what_shows_it() {
    let numbering = r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
        <w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#;
    let reference = r#"<w:footnoteReference w:id="5"/>"#;
    let list = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#;
    let body = format!(
        "{}<w:p><w:r><w:t>乙</w:t>{reference}</w:r></w:p><w:p><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>\
         <w:t>3</w:t></w:r></w:p>",
        pp(list, "甲")
    );
    let fixture = Fixture {
        numbering: numbering.to_string(),
        footnotes: format!(r#"<w:footnote w:id="5">{}</w:footnote>"#, p("注文")),
        ..Fixture::new(&body)
    };
    assert_eq!(fixture.texts()[0], "第一条　甲");
    let found = held(&fixture, &["第一", "条　甲", "〔注1〕", "注文", "³", "\n乙", "\n"]);
    assert!(found[1].starts_with("<w:p>") && found[1].ends_with("<w:t>甲"), "{found:?}");
    assert_eq!([&found[0], &found[2], &found[3], &found[4]], ["¶<w:p", reference, reference, "3"]);
    assert_eq!((found[5].as_str(), found[6].as_str()), ("乙", "¶甲<"), "the paragraph that a line end follows");
}

#[test]
fn words_of_tables_boxes_and_joined_paragraphs_are_found() {
    let cell = |text: &str| format!("<w:tc>{}{}</w:tc>", p(text), p("二"));
    let inner = format!("<w:tc><w:tbl><w:tr>{}</w:tr></w:tbl></w:tc>", cell("内"));
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr><w:tr>{}{inner}{}</w:tr></w:tbl>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>{}",
        p(""),
        cell("子"),
        cell("丑"),
        p("框"),
        p("后")
    );
    let fixture = Fixture::new(&body);
    let traced = traced(&fixture.bytes(), &Limits::default()).expect("a document");
    assert_eq!(traced.text, "子 二\t内 二\t丑 二\n前后\n框");
    let words = ["子", "内", "丑", "前", "后", "框"];
    assert_eq!(held(&fixture, &words), words);
}

#[test]
fn parts_of_formulas_are_one_place() {
    let run = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let body =
        format!("<w:p><m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath></w:p>", run("甲乙"), run("2"));
    let fixture = Fixture::new(&body);
    assert_eq!(fixture.texts(), ["(甲乙)/2"]);
    assert_eq!(held(&fixture, &["甲乙", "2"]), ["甲乙", "2"]);
}

#[test]
fn a_document_in_other_bytes_has_places_in_its_text() {
    let fixture = Fixture::new(&p("甲船"));
    let traced = traced(&fixture.bytes(), &Limits::default()).expect("a document");
    assert_eq!(traced.place(100..200), traced.place(traced.text.len()..traced.text.len()));
    assert!(traced.place(0..0).expect("near").is_paragraph);
}
