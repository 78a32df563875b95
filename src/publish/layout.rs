//! Layout of official documents (GB/T 9704-2012) in the words of WordprocessingML: sheet, styles, fonts, settings.
//!
//! Lengths are twentieths of a point, sizes of letters half points. Fonts are named and never embedded.

/// Beginning of every part.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

/// The name spaces of the parts written here.
pub(crate) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Width of the text area: 156 mm.
pub(crate) const TEXT_WIDTH: usize = 8845;

/// The page: A4, 37 mm above, 28 mm left, text of 156 × 225 mm, 22 lines of 28 pt.
///
/// The ids of the footers are those that docx-rs gives to the odd and the even one.
///
/// A line has 27 letters of 16 pt, not the 28 of the standard: a grid of letters makes LibreOffice give every letter
/// two cells, and letters set closer make it lose signs at the ends of justified lines.
pub(crate) const SECTION: &str = "<w:sectPr>\
    <w:footerReference w:type=\"default\" r:id=\"rIdFooter1\"/><w:footerReference w:type=\"even\" r:id=\"rIdFooter2\"/>\
    <w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
    <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"1446\" \
    w:gutter=\"0\"/><w:cols w:space=\"425\"/><w:docGrid w:type=\"lines\" w:linePitch=\"560\"/>\
    </w:sectPr>";

/// Width of the text area of a sheet laid on its side: 245 mm.
pub(crate) const WIDE_TEXT_WIDTH: usize = 13890;

/// How many lines of cells a sheet laid on its side has at least.
pub(crate) const WIDE_LINES: usize = 26;

/// The page of a table: A4 on its side, text of 245 × 156 mm, the number as far below it as on upright pages.
pub(crate) const WIDE_SECTION: &str = "<w:sectPr>\
    <w:footerReference w:type=\"default\" r:id=\"rIdFooter1\"/><w:footerReference w:type=\"even\" r:id=\"rIdFooter2\"/>\
    <w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
    <w:pgMar w:top=\"1587\" w:right=\"1474\" w:bottom=\"1474\" w:left=\"1474\" w:header=\"851\" w:footer=\"936\" \
    w:gutter=\"0\"/><w:cols w:space=\"425\"/>\
    </w:sectPr>";

/// One style: identifier, name (Word knows its own ones by it), kind, layout of the paragraph, layout of the letters.
struct Style(&'static str, &'static str, Kind, &'static str, &'static str);

#[derive(PartialEq)]
enum Kind {
    /// A paragraph like the body but for what is said.
    Paragraph,
    /// Letters.
    Letters,
}

const INDENT: &str = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";
const NO_INDENT: &str = "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>";
const HEI: &str = "<w:rFonts w:eastAsia=\"黑体\" w:hint=\"eastAsia\"/>";
const KAI: &str = "<w:rFonts w:eastAsia=\"楷体_GB2312\" w:hint=\"eastAsia\"/>";

/// All styles but the body and the headings, which are built.
const STYLES: [Style; 9] = [
    Style(
        "Title",
        "Title",
        Kind::Paragraph,
        "<w:keepNext/><w:snapToGrid w:val=\"0\"/><w:spacing w:after=\"280\" w:line=\"700\" w:lineRule=\"exact\"/>\
         <w:jc w:val=\"center\"/>",
        "<w:rFonts w:eastAsia=\"方正小标宋简体\" w:hint=\"eastAsia\"/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/>",
    ),
    Style("Subtitle", "Subtitle", Kind::Paragraph, "<w:jc w:val=\"center\"/>", KAI),
    Style(
        "Fact",
        "文件信息",
        Kind::Paragraph,
        "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"460\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/>",
        "<w:rFonts w:eastAsia=\"楷体_GB2312\" w:hint=\"eastAsia\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>",
    ),
    Style("BodyText", "Body Text", Kind::Paragraph, INDENT, ""),
    Style("AsIs", "条文（自带空格）", Kind::Paragraph, "", ""),
    Style(
        "Cell",
        "表格文字",
        Kind::Paragraph,
        "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"360\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/>",
        "<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>",
    ),
    Style(
        "Signature",
        "Signature",
        Kind::Paragraph,
        "<w:ind w:rightChars=\"200\" w:right=\"640\"/><w:jc w:val=\"right\"/>",
        "",
    ),
    Style(
        "Colophon",
        "导出说明",
        Kind::Paragraph,
        "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"808080\"/></w:pBdr>\
         <w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"560\" w:line=\"280\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    ),
    Style("Label", "条号", Kind::Letters, "", HEI),
];

/// What a table that is a document of its own has besides: letters of 10.5 pt in lines of 16 pt.
const TABLE_STYLES: [Style; 4] = [
    Style(
        "Remark",
        "表前说明",
        Kind::Paragraph,
        "<w:snapToGrid w:val=\"0\"/><w:spacing w:after=\"80\" w:line=\"440\" w:lineRule=\"exact\"/>",
        "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>",
    ),
    Style(
        "SmallCell",
        "附表文字",
        Kind::Paragraph,
        "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"320\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/>",
        "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>",
    ),
    Style(
        "SmallHead",
        "附表表头",
        Kind::Paragraph,
        "<w:keepNext/><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"320\" w:lineRule=\"exact\"/>\
         <w:jc w:val=\"center\"/>",
        "<w:rFonts w:eastAsia=\"黑体\" w:hint=\"eastAsia\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>",
    ),
    Style("Hyperlink", "Hyperlink", Kind::Letters, "", "<w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/>"),
];

/// `word/styles.xml` of a document.
pub(crate) fn styles() -> String {
    styles_of(&[])
}

/// `word/styles.xml` of a table that is a document of its own.
pub(crate) fn table_styles() -> String {
    styles_of(&TABLE_STYLES)
}

/// The styles of all documents, and more.
///
/// Latin letters are said to be English: in Chinese, programs would break lines within words and numbers.
fn styles_of(more: &[Style]) -> String {
    let mut out = format!(
        "{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋_GB2312\" \
         w:cs=\"Times New Roman\"/><w:kern w:val=\"2\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/>\
         </w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:spacing w:line=\"560\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/></w:pPr></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>"
    );
    for level in 1..=6 {
        let letters = match level {
            1 => HEI,
            2 => KAI,
            _ => "<w:b/><w:bCs/>",
        };
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:next w:val=\"BodyText\"/><w:uiPriority w:val=\"9\"/><w:qFormat/>\
             <w:pPr><w:keepNext/>{INDENT}<w:outlineLvl w:val=\"{}\"/></w:pPr><w:rPr>{letters}</w:rPr></w:style>",
            level - 1
        ));
    }
    for Style(id, name, kind, paragraph, letters) in STYLES.iter().chain(more) {
        let (kind, base) = match kind {
            Kind::Paragraph => ("paragraph", "<w:basedOn w:val=\"Normal\"/>"),
            Kind::Letters => ("character", ""),
        };
        let part =
            |tag: &str, inner: &str| if inner.is_empty() { inner.into() } else { format!("<{tag}>{inner}</{tag}>") };
        out.push_str(&format!(
            "<w:style w:type=\"{kind}\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{base}<w:qFormat/>{}{}</w:style>",
            part("w:pPr", paragraph),
            part("w:rPr", letters)
        ));
    }
    out.push_str("</w:styles>");
    out
}

/// What a heading of a part, chapter or section has above its style: it stands in the middle.
pub(crate) fn centred() -> String {
    format!("{NO_INDENT}<w:jc w:val=\"center\"/>")
}

/// `word/settings.xml`: even pages have a footer of their own.
pub(crate) fn settings() -> String {
    let compat = |name: &str, value: &str| {
        format!(
            "<w:compatSetting w:name=\"{name}\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"{value}\"/>"
        )
    };
    format!(
        "{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"640\"/>\
         <w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat>\
         <w:balanceSingleByteDoubleByteWidth/><w:useFELayout/>{}{}</w:compat>\
         <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>",
        compat("compatibilityMode", "15"),
        compat("overrideTableStyleFontSizeAndJustification", "1")
    )
}

/// `word/fontTable.xml`: under which other names the fonts are known where they are not installed.
pub(crate) fn fonts() -> String {
    let mut out = format!("{DECLARATION}<w:fonts {NAMESPACES}>");
    for (name, other) in [
        ("仿宋_GB2312", "仿宋"),
        ("楷体_GB2312", "楷体"),
        ("方正小标宋简体", "宋体"),
        ("黑体", "SimHei"),
        ("宋体", "SimSun"),
    ] {
        out.push_str(&format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/>\
             <w:pitch w:val=\"variable\"/></w:font>"
        ));
    }
    out.push_str(
        "<w:font w:name=\"Times New Roman\"><w:charset w:val=\"00\"/><w:family w:val=\"roman\"/>\
         <w:pitch w:val=\"variable\"/></w:font></w:fonts>",
    );
    out
}

/// A footer: `— 1 —` in 宋体 of 14 pt, one letter from the outer edge; right on odd pages, left on even ones.
pub(crate) fn footer(even: bool) -> String {
    let letters = "<w:rPr><w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\" w:eastAsia=\"宋体\" w:cs=\"宋体\" w:hint=\"eastAsia\"/>\
                   <w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>";
    let place = if even {
        "<w:ind w:leftChars=\"100\" w:left=\"280\"/><w:jc w:val=\"left\"/>"
    } else {
        "<w:ind w:rightChars=\"100\" w:right=\"280\"/><w:jc w:val=\"right\"/>"
    };
    let run = |inner: &str| format!("<w:r>{letters}{inner}</w:r>");
    let text = |text: &str| run(&format!("<w:t xml:space=\"preserve\">{text}</w:t>"));
    let field = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let page = run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>");
    format!(
        "{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:snapToGrid w:val=\"0\"/>\
         <w:spacing w:line=\"280\" w:lineRule=\"exact\"/>{place}</w:pPr>{}{}{page}{}{}{}{}</w:p></w:ftr>",
        text("— "),
        field("begin"),
        field("separate"),
        text("1"),
        field("end"),
        text(" —")
    )
}
