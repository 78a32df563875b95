//! What is text and what holds what.

use super::*;

#[test]
fn runs_breaks_and_signs_are_read() {
    let body = r#"<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve"> 甲 </w:t><w:tab/><w:t> 乙&amp;
        &#x4E19; </w:t><w:br/><w:t>丁</w:t></w:r>
        <w:r><w:noBreakHyphen/><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="X" w:char="F0FF"/></w:r>
        <w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>签</w:t></w:r></w:smartTag>
        <w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>
        <w:sdt><w:sdtPr><w:rPr><w:b/></w:rPr></w:sdtPr><w:sdtContent><w:p><w:r><w:t>控</w:t></w:r></w:p></w:sdtContent></w:sdt>"#;
    let fixture = Fixture::new(body);
    assert_eq!(fixture.texts(), [" 甲 \t乙&         丙\n丁-☑\u{F0FF}链签音", "控"]);
    assert_eq!(notes(&fixture.read()), [("docx_private_use", 1)]);
}

#[test]
fn strict_documents_and_other_prefixes_are_read() {
    let fixture = Fixture { is_strict: true, ..Fixture::new(&pp(r#"<w:jc w:val="end"/>"#, "甲")) };
    let Block::Paragraph(paragraph) = &fixture.read().blocks[0] else { panic!("a paragraph") };
    assert_eq!((paragraph.text.as_str(), paragraph.alignment), ("甲", Alignment::Right));
    let own =
        format!(r#"<document xmlns="{WORD}"><body><p xmlns:a="urn:a"><a:p/><r><t>乙</t></r></p></body></document>"#);
    let reading = read(&packed(&[("word\\document.xml", &own)]), &Limits::default()).expect("a document");
    assert_eq!(text(&reading.blocks[0]), "乙");
}

#[test]
fn tracked_changes_are_accepted() {
    let body = r#"<w:p><w:pPr><w:jc w:val="center"/><w:pPrChange><w:pPr><w:jc w:val="right"/></w:pPr></w:pPrChange></w:pPr>
        <w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>
        <w:moveFrom><w:r><w:t>原处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>
        <w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr><w:r><w:t>中</w:t></w:r></w:p>
        <w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>后</w:t></w:r></w:p>"#;
    let reading = Fixture::new(body).read();
    assert_eq!(reading.blocks.iter().map(text).collect::<Vec<_>>(), ["新移来", "前中后"]);
    assert_eq!(notes(&reading), [("docx_deleted_text", 3), ("docx_insertion", 2)]);
    let alignment = |at: usize| match &reading.blocks[at] {
        Block::Paragraph(paragraph) => paragraph.alignment,
        Block::Table(_) => Alignment::Left,
    };
    assert_eq!((alignment(0), alignment(1)), (Alignment::Center, Alignment::Right));
}

#[test]
fn hidden_text_is_left_out_and_counted() {
    let styles = r#"<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>"#.to_string();
    let body = r#"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>隐藏</w:t></w:r>
        <w:r><w:rPr><w:rStyle w:val="h"/><w:vanish w:val="0"/></w:rPr><w:t>明</w:t></w:r></w:p>
        <w:p><w:pPr><w:rPr><w:specVanish/></w:rPr></w:pPr><w:r><w:t>第一条</w:t></w:r></w:p><w:p><w:r><w:t>正文</w:t></w:r></w:p>"#;
    let fixture = Fixture { styles, ..Fixture::new(body) };
    assert_eq!(fixture.texts(), ["明", "第一条正文"]);
    assert_eq!(notes(&fixture.read()), [("docx_hidden_text", 3)]);
}

#[test]
fn struck_text_stays_and_is_told() {
    let styles = r#"<w:style w:type="character" w:styleId="s"><w:rPr><w:strike/></w:rPr></w:style>"#.to_string();
    let body = r#"<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>处百元 </w:t></w:r><w:r><w:rPr><w:dstrike/><w:strike w:val="0"/></w:rPr>
        <w:t>旧</w:t></w:r><w:r><w:rPr><w:rStyle w:val="s"/><w:strike w:val="0"/></w:rPr><w:t>今</w:t></w:r></w:p>"#;
    let fixture = Fixture { styles, ..Fixture::new(body) };
    assert_eq!(fixture.texts(), ["处百元旧今"]);
    let reading = fixture.read();
    assert_eq!(notes(&reading), [("docx_struck_text", 4)]);
    assert!(reading.notes[0].message().contains("删除线"));
}

#[test]
fn fields_show_their_results() {
    let field = |instruction: &str, result: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let result = r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>果</w:t></w:r>"#;
    let inner = field("QUOTE", r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>不见</w:t></w:r>"#);
    let body = [
        format!("<w:p>{}{}</w:p>", field("REF a", result), field(r"EQ \o\ac(○,3)", "")),
        format!("<w:p>{}</w:p>", field("IF", &(inner + result))),
        r#"<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>"#.to_string(),
        format!("<w:p>{}</w:p>", field("DOCVARIABLE x", "")),
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>吞</w:t></w:r></w:p>"#.to_string(),
        p("不吞"),
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"1\"/></w:checkBox></w:ffData></w:fldChar>\
         <w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
            .to_string(),
    ];
    let fixture = Fixture::new(&body.concat());
    assert_eq!(fixture.texts(), ["果③", "果", "7", "", "", "不吞", "☑"]);
    assert_eq!(notes(&fixture.read()), [("docx_field_without_result", 1)]);
}

#[test]
fn text_boxes_follow_their_paragraph_once() {
    let boxed = format!("<w:txbxContent>{}</w:txbxContent>", p("框"));
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{boxed}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{boxed}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:t>文</w:t></w:r></w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"x\"/><mc:Fallback><w:pict><v:textpath string=\"某市人民政府文件\"/>\
         </w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>\
         <w:p><w:r><w:drawing><a:p><a:t>不读</a:t></a:p><pic:pic/></w:drawing></w:r></w:p>"
    );
    let fixture = Fixture::new(&body);
    assert_eq!(fixture.texts(), ["文", "框", "", "某市人民政府文件", ""]);
    assert_eq!(notes(&fixture.read()), [("docx_picture", 1)]);
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn merged_cells_are_ranges() {
    let (begins, continues) = (r#"<w:vMerge w:val="restart"/>"#, "<w:vMerge/>");
    let rows = [
        tc(r#"<w:gridSpan w:val="2"/>"#, "甲") + &tc(begins, "乙"),
        tc("", "丙") + &tc("", "丁") + &tc(continues, "旧"),
        tc(begins, "戊") + &tc("", "己") + &tc(begins, "庚"),
    ];
    let deleted = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", tc("", "删"));
    let before = format!(r#"<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{}</w:tr>"#, tc("", "辛"));
    let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    let body = format!("<w:tbl><w:tblPr/><w:tblGrid/>{deleted}{rows}{before}</w:tbl>{}", p("尾"));
    let fixture = Fixture::new(&body);
    assert_eq!(fixture.texts(), ["甲|甲|乙‖丙|丁|乙‖戊|己|庚‖|辛|", "尾"]);
    let reading = fixture.read();
    assert_eq!(notes(&reading), [("docx_covered_text", 1)]);
    let Block::Table(table) = &reading.blocks[0] else { panic!("a table") };
    assert_eq!((table.own_text(0, 1), table.own_text(1, 2), table.span(0, 1)), (None, None, 0..2));
}

#[test]
fn a_table_in_a_cell_is_text_of_the_cell() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "内"), tc("", "表"));
    let body = format!("<w:tbl><w:tr><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>", p("上"), p("下"));
    assert_eq!(Fixture::new(&body).texts(), ["上\n内\t表\n下"]);
}

#[test]
fn notes_stand_at_the_end_and_are_marked() {
    let note = |kind: &str, id: u32, text: &str| format!(r#"<w:{kind} w:id="{id}">{}</w:{kind}>"#, p(text));
    let refer = |kind: &str, id: u32| format!(r#"<w:r><w:{kind} w:id="{id}"/></w:r>"#);
    let body = format!(
        "<w:p><w:r><w:t>甲</w:t></w:r>{}{}</w:p><w:p><w:r><w:t>乙</w:t></w:r>{}{}</w:p>",
        refer("endnoteReference", 2),
        refer("footnoteReference", 9),
        refer("footnoteReference", 1),
        refer("endnoteReference", 2),
    );
    let line = r#"<w:footnote w:type="separator" w:id="9"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"#;
    let fixture = Fixture {
        footnotes: line.to_string() + &note("footnote", 1, " 脚注") + &note("footnote", 3, "无人引用"),
        endnotes: note("endnote", 2, "尾注"),
        ..Fixture::new(&body)
    };
    assert_eq!(fixture.texts(), ["甲〔注1〕", "乙〔注2〕〔注1〕", "〔注1〕尾注", "〔注2〕脚注"]);
    assert_eq!(notes(&fixture.read()), [("docx_missing_note", 1)]);
}

#[test]
fn formulas_become_one_line_and_digits_stay_raised() {
    let run = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let body = format!(
        "<w:p><m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f><m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>\
         <m:rad><m:deg/><m:e>{}</m:e></m:rad></m:oMath></w:p>\
         <w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>3</w:t></w:r></w:p>",
        run("a+b"),
        run("2"),
        run("x"),
        run("2"),
        run("yz")
    );
    assert_eq!(Fixture::new(&body).texts(), ["(a+b)/2x^2√(yz)", "10³"]);
}

#[test]
fn page_breaks_begin_the_next_paragraph() {
    let broken = r#"<w:p><w:r><w:t>甲</w:t><w:br w:type="page"/></w:r></w:p>"#;
    let body = p("零") + broken + &p("乙") + &pp("<w:pageBreakBefore/>", "丙");
    let reading = Fixture::new(&body).read();
    let begins = reading.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => (paragraph.text.as_str(), paragraph.page_break_before),
        Block::Table(_) => ("", false),
    });
    assert_eq!(begins.collect::<Vec<_>>(), [("零", false), ("甲", false), ("乙", true), ("丙", true)]);
}

#[test]
fn embedded_documents_are_noted() {
    let reading = Fixture::new(&(p("甲") + r#"<w:altChunk r:id="x"/>"#)).read();
    assert_eq!(notes(&reading), [("docx_embedded_document", 1)]);
}
