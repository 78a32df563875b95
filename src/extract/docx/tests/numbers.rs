//! Automatic numbers.

use super::*;

/// A paragraph of a list.
fn item(list: u32, level: u32, text: &str) -> String {
    pp(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#), text)
}

fn level(at: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

fn definition(id: u32, inside: &str) -> String {
    format!(r#"<w:abstractNum w:abstractNumId="{id}">{inside}</w:abstractNum>"#)
}

fn list(id: u32, definition: u32, overrides: &str) -> String {
    format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>"#)
}

/// Chapters, articles that are counted through them, items, letters.
fn law() -> String {
    let levels = [
        level(0, "chineseCountingThousand", "第%1章", ""),
        level(1, "chineseCountingThousand", "第%2条", r#"<w:lvlRestart w:val="0"/>"#),
        level(2, "japaneseCounting", "（%3）", ""),
        level(3, "decimal", "%4.", ""),
    ];
    definition(1, &levels.concat()) + &list(1, 1, "")
}

#[test]
fn articles_are_counted_through_the_chapters() {
    let body = [
        item(1, 0, "总则"),
        item(1, 1, "甲"),
        item(1, 2, "乙"),
        item(1, 2, "丙"),
        item(1, 0, "附则"),
        item(1, 1, "丁"),
        item(1, 2, "戊"),
        item(1, 3, "己"),
        pp(r#"<w:numPr><w:ilvl w:val="1"/><w:numId w:val="0"/></w:numPr>"#, "庚"),
    ];
    let fixture = Fixture { numbering: law(), ..Fixture::new(&body.concat()) };
    let expected =
        ["第一章　总则", "第一条　甲", "（一）乙", "（二）丙", "第二章　附则", "第二条　丁", "（一）戊", "1. 己", "庚"];
    assert_eq!(fixture.texts(), expected);
    let Block::Paragraph(article) = &fixture.read().blocks[1] else { panic!("a paragraph") };
    assert_eq!(article.number.as_deref(), Some("第一条"));
}

#[test]
fn lists_of_one_definition_count_on_unless_they_start_anew() {
    let anew = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>"#;
    let numbering =
        definition(3, &level(0, "decimal", "%1、", "")) + &list(1, 3, "") + &list(2, 3, "") + &list(3, 3, anew);
    let body = [item(1, 0, "a"), item(2, 0, "b"), item(3, 0, "c"), item(3, 0, "d"), item(1, 0, "e")].concat();
    assert_eq!(Fixture { numbering, ..Fixture::new(&body) }.texts(), ["1、a", "2、b", "5、c", "6、d", "7、e"]);
}

#[test]
fn a_list_overrides_a_level() {
    let own = format!(r#"<w:lvlOverride w:ilvl="0">{}</w:lvlOverride>"#, level(0, "upperRoman", "%1)", ""));
    let numbering = definition(3, &level(0, "decimal", "%1、", "")) + &list(1, 3, &own);
    assert_eq!(Fixture { numbering, ..Fixture::new(&item(1, 0, "a")) }.texts(), ["I) a"]);
}

#[test]
fn levels_above_show_their_numbers() {
    let levels = [
        level(0, "chineseCounting", "%1", ""),
        level(1, "decimal", "%1.%2", r#"<w:suff w:val="nothing"/>"#),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    ];
    let numbering = definition(1, &levels.concat()) + &list(1, 1, "");
    let body = [item(1, 1, "a"), item(1, 0, "b"), item(1, 1, "c"), item(1, 2, "d"), item(1, 2, "e")].concat();
    let expected = ["一.1a", "一　b", "一.1c", "1.1.1 d", "1.1.2 e"];
    assert_eq!(Fixture { numbering, ..Fixture::new(&body) }.texts(), expected);
}

#[test]
fn levels_of_styles_are_found_by_the_style() {
    let levels = [level(0, "decimal", "%1", ""), level(1, "chineseCounting", "第%2节", r#"<w:pStyle w:val="b"/>"#)];
    let fixture = Fixture {
        styles: r#"<w:style w:type="paragraph" w:styleId="b"><w:name w:val="heading 2"/>
            <w:pPr><w:numPr><w:numId w:val="4"/></w:numPr><w:jc w:val="center"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="b"/><w:rPr><w:sz w:val="44"/><w:b/></w:rPr></w:style>"#
            .to_string(),
        numbering: definition(1, &levels.concat()) + &list(4, 1, ""),
        ..Fixture::new(&(pp(r#"<w:pStyle w:val="b"/>"#, "甲") + &pp(r#"<w:pStyle w:val="c"/>"#, "乙")))
    };
    assert_eq!(fixture.texts(), ["第一节　甲", "第二节　乙"]);
    let Block::Paragraph(second) = &fixture.read().blocks[1] else { panic!("a paragraph") };
    assert_eq!((second.outline, second.alignment), (Some(2), Alignment::Center));
    assert_eq!((second.size_half_points, second.bold), (Some(44), true));
}

#[test]
fn numbering_styles_lead_to_their_definition() {
    let numbering = [
        definition(1, &format!(r#"<w:styleLink w:val="L"/>{}"#, level(0, "ideographTraditional", "%1、", ""))),
        definition(2, r#"<w:numStyleLink w:val="L"/>"#),
        list(1, 1, ""),
        list(2, 2, ""),
    ];
    let styles =
        r#"<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let body = item(2, 0, "x") + &item(2, 0, "y");
    let fixture = Fixture { numbering: numbering.concat(), styles: styles.to_string(), ..Fixture::new(&body) };
    assert_eq!(fixture.texts(), ["甲、x", "乙、y"]);
}

#[test]
fn bullets_and_unknown_numbers_are_not_written() {
    let numbering =
        definition(1, &(level(0, "bullet", "\u{F0B7}", "") + &level(1, "hebrew1", "%2", ""))) + &list(1, 1, "");
    let fixture = Fixture {
        numbering,
        ..Fixture::new(&[item(1, 0, "a"), item(1, 1, "b"), item(9, 0, "c"), item(1, 8, "d")].concat())
    };
    assert_eq!(fixture.texts(), ["a", "b", "c", "d"]);
    assert_eq!(notes(&fixture.read()), [("docx_unknown_number", 3)]);
}

#[test]
fn formats_for_older_programs_are_read() {
    let format = r#"<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>
        <mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>"#;
    let level = format!(r#"<w:lvl w:ilvl="0"><w:start w:val="3"/>{format}<w:lvlText w:val="%1"/></w:lvl>"#);
    let numbering = definition(1, &level) + &list(1, 1, "");
    assert_eq!(Fixture { numbering, ..Fixture::new(&(item(1, 0, "a") + &item(1, 0, "b"))) }.texts(), ["03 a", "04 b"]);
}

#[test]
fn a_deleted_paragraph_is_not_counted() {
    let gone = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>
        <w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"#;
    let fixture = Fixture { numbering: law(), ..Fixture::new(&(item(1, 1, "甲") + gone + &item(1, 1, "乙"))) };
    assert_eq!(fixture.texts(), ["第一条　甲", "第二条　乙"]);
}
