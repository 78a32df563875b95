//! Where marks stand in runs, fields, cells and whatever else holds words.

use super::*;

#[test]
fn a_run_is_parted_without_loss() {
    let run =
        "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>一二</w:t><w:tab/><w:t xml:space=\"preserve\">三 四</w:t></w:r>";
    let head = "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr>";
    assert_eq!(
        marked(&format!("<w:p>{run}</w:p>"), &["二</w:t><w:tab/>", "四", "三 "]),
        format!(
            "<w:p>{head}<w:t>一</w:t></w:r>‹0{head}<w:t>二</w:t><w:tab/></w:r>0›[0]‹2{head}\
             <w:t xml:space=\"preserve\">三 </w:t></w:r>2›[2]‹1{head}<w:t xml:space=\"preserve\">四</w:t></w:r>1›[1]</w:p>"
        )
    );
}

#[test]
fn white_space_is_neither_lost_nor_made() {
    let text = |words: &str, text: &str| marked(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"), &[words]);
    let space = "<w:t xml:space=\"preserve\">";
    assert_eq!(
        text("乙", "甲 乙 丙"),
        format!("<w:p><w:r><w:t>甲</w:t></w:r>‹0<w:r>{space} 乙</w:t></w:r>0›[0]<w:r>{space} 丙</w:t></w:r></w:p>")
    );
    assert_eq!(text("乙", "甲 乙 "), "<w:p>‹0<w:r><w:t>甲 乙 </w:t></w:r>0›[0]</w:p>", "what is dropped stays dropped");
    assert_eq!(text("乙", " 甲乙 "), "<w:p><w:r><w:t> 甲</w:t></w:r>‹0<w:r><w:t>乙 </w:t></w:r>0›[0]</w:p>");
    assert_eq!(text("甲", " 甲乙"), "<w:p>‹0<w:r><w:t> 甲</w:t></w:r>0›[0]<w:r><w:t>乙</w:t></w:r></w:p>");
}

#[test]
fn a_run_whose_format_is_tracked_stays_whole() {
    let run =
        "<w:r><w:rPr><w:b/><w:rPrChange w:id=\"7\" w:author=\"甲\"><w:rPr/></w:rPrChange></w:rPr><w:t>一二</w:t></w:r>";
    assert_eq!(marked(&format!("<w:p>{run}</w:p>"), &["二"]), format!("<w:p>‹0{run}0›[0]</w:p>"));
}

#[test]
fn tracked_changes_hold_ranges_but_no_references() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let del = "<w:del w:id=\"2\"><w:r><w:delText>旧</w:delText></w:r></w:del>";
    let body = format!("<w:p><w:ins w:id=\"1\">{}{}</w:ins>{del}{}</w:p>", run("新增"), run("文"), run("尾"));
    let (new, added, rest, tail) = (run("新"), run("增"), run("文"), run("尾"));
    assert_eq!(
        marked(&body, &["增", "文"]),
        format!("<w:p><w:ins w:id=\"1\">{new}‹0{added}0›‹1{rest}1›</w:ins>[0][1]{del}{tail}</w:p>")
    );
}

#[test]
fn fields_keep_their_instructions_to_themselves() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    let instruction = "<w:r><w:instrText>REF 甲</w:instrText></w:r>";
    let result = "<w:r><w:t>第一条</w:t></w:r>";
    let body = format!("<w:p>{begin}{instruction}{separate}{result}{end}<w:r><w:t>尾</w:t></w:r></w:p>");
    assert_eq!(
        marked(&body, &["第一条", "REF"]),
        format!("<w:p>‹1{begin}{instruction}{separate}‹0{result}0›{end}1›[0][1]<w:r><w:t>尾</w:t></w:r></w:p>")
    );
    let open = format!("<w:p>{begin}{instruction}</w:p>");
    assert_eq!(marked(&open, &["REF"]), format!("<w:p>‹0{begin}{instruction}0›[0]</w:p>"));
}

#[test]
fn what_can_hold_no_marks_is_marked_as_a_whole() {
    let math = "<m:oMath xmlns:m=\"m\"><m:r><m:t>算</m:t></m:r></m:oMath>";
    let text_box =
        "<w:r><w:t>前</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>";
    let control =
        "<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent><w:r><w:t>绑定</w:t></w:r></w:sdtContent></w:sdt>";
    let body = format!("<w:p><w:pPr><w:jc/></w:pPr>{math}{text_box}{control}</w:p>");
    let (before, boxed) = text_box.split_at("<w:r><w:t>前</w:t>".len());
    assert_eq!(
        marked(&body, &["算", "框", "定"]),
        format!("<w:p><w:pPr><w:jc/></w:pPr>‹0{math}0›[0]{before}</w:r>‹1<w:r>{boxed}1›[1]‹2{control}2›[2]</w:p>")
    );
    let free = "<w:p><w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t>甲乙</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let found = marked(free, &["乙"]);
    assert!(found.contains("</w:r>‹0<w:r><w:t>乙</w:t></w:r>0›</w:sdtContent></w:sdt>[0]"), "{found}");
}

#[test]
fn links_hold_ranges_and_a_reference_stands_behind_them() {
    let body = "<w:p><w:hyperlink><w:r><w:t>甲乙</w:t></w:r></w:hyperlink></w:p>";
    assert_eq!(
        marked(body, &["甲"]),
        "<w:p><w:hyperlink>‹0<w:r><w:t>甲</w:t></w:r>0›<w:r><w:t>乙</w:t></w:r></w:hyperlink>[0]</w:p>"
    );
}

#[test]
fn ranges_go_over_paragraphs_but_not_over_cells() {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let found = marked(&format!("{}{}", p("一二"), p("三四")), &["二</w:t></w:r></w:p><w:p><w:r><w:t>三"]);
    assert!(found.contains("‹0<w:r><w:t>二</w:t></w:r></w:p><w:p><w:r><w:t>三</w:t></w:r>0›[0]"), "{found}");
    let cells = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("一二"), p("三四"));
    let found = marked(&cells, &["二</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>三"]);
    assert!(found.contains("‹0<w:r><w:t>二</w:t></w:r>0›[0]</w:p></w:tc>"), "{found}");
    assert!(found.contains(&p("三四")), "nothing is parted in vain: {found}");
}

#[test]
fn comments_on_paragraphs_take_all_of_them() {
    let body = "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:pPr/></w:p><w:p/>";
    assert_eq!(
        marked(body, &["¶<w:p><w:pPr><w:jc", "¶<w:p><w:pPr/>", "¶<w:p/>"]),
        "<w:p><w:pPr><w:jc/></w:pPr>‹0<w:r><w:t>甲</w:t></w:r>0›[0]</w:p><w:p><w:pPr/>‹1‹21›2›[1][2]</w:p><w:p/>"
            .replace("‹1‹21›2›[1][2]", "‹11›‹22›[1][2]")
    );
}

#[test]
fn words_outside_of_paragraphs_cost_no_comment() {
    let boxed = "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>";
    let found = marked(&format!("{boxed}<w:p><w:r><w:t>后</w:t></w:r></w:p>"), &["框"]);
    assert_eq!(found, format!("{boxed}<w:p>‹0<w:r><w:t>后</w:t></w:r>0›[0]</w:p>"), "the next paragraph");
    assert_eq!(marked(boxed, &["框"]), format!("<w:p>‹00›[0]</w:p>{boxed}"), "or else one that is made");
    let found = marked(&format!("<w:p><w:r><w:t>前</w:t></w:r></w:p>{boxed}"), &["框"]);
    assert_eq!(found, format!("<w:p><w:r><w:t>前</w:t></w:r>‹00›[0]</w:p>{boxed}"), "or the last one");
}
