//! The file read back: archive and XML.

use std::io::{Cursor, Read};

use quick_xml::events::Event;

use super::*;

fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Style and text of every paragraph.
fn paragraphs(xml: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut in_text) = (Vec::<(String, String)>::new(), false);
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Start(start) | Event::Empty(start) = &event {
            let add = match start.name().as_ref() {
                "w:p" => {
                    found.push(Default::default());
                    ""
                }
                "w:pStyle" => {
                    let style = start.try_get_attribute("w:val").unwrap().unwrap();
                    found.last_mut().unwrap().0 = style.value.to_string();
                    ""
                }
                "w:t" => {
                    assert!(start.try_get_attribute("xml:space").unwrap().is_some());
                    in_text = true;
                    ""
                }
                "w:br" => "\n",
                "w:tab" => "\t",
                "w:cr" => "\r",
                _ => "",
            };
            found.iter_mut().last().into_iter().for_each(|last| last.1.push_str(add));
        }
        match event {
            Event::Text(text) if in_text => found.last_mut().unwrap().1.push_str(&text),
            Event::GeneralRef(name) if in_text => {
                let letter = match (name.resolve_char_ref().unwrap(), &*name) {
                    (Some(letter), _) => letter,
                    (None, "amp") => '&',
                    (None, "lt") => '<',
                    (None, "gt") => '>',
                    (None, "quot") => '"',
                    (None, other) => panic!("&{other};"),
                };
                found.last_mut().unwrap().1.push(letter);
            }
            Event::End(end) if end.name().as_ref() == "w:t" => in_text = false,
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Texts of the paragraphs in these styles.
fn texts(file: &[u8], styles: &[&str]) -> Vec<String> {
    let all = paragraphs(&part(file, "word/document.xml"));
    all.into_iter().filter(|(style, _)| styles.contains(&style.as_str())).map(|(_, text)| text).collect()
}

fn provision(text: &str) -> Block {
    Block::Provision { id: "a33-1".into(), label: "第三十三条".len(), text: text.into() }
}

fn paper(blocks: Vec<Block>) -> Paper {
    Paper {
        title: "云桥县渡口管理办法".into(),
        subtitle: vec!["（2020年3月1日云桥县人民政府令第7号公布）".into()],
        facts: vec![("制定机关".into(), "云桥县人民政府".into())],
        citation: "《云桥县渡口管理办法》第三十三条".into(),
        status: "现行有效（自2020-05-01起施行）".into(),
        excerpt: true,
        blocks,
        colophon: "法据导出".into(),
    }
}

#[test]
fn provisions_read_back() {
    let text =
        "第三十三条　渡口“经营”者<script>alert('x')</script> & ]]> &amp;\n　　（一）  两格\t制表\r尾。\n\n 末款 ";
    let file = docx(&paper(vec![provision(text)])).unwrap();
    // The empty paragraph above the text is the only one in the style that is none of it.
    assert_eq!(texts(&file, &["BodyText", "AsIs"])[1..].join("\n"), text);
    let xml = part(&file, "word/document.xml");
    assert!(xml.contains("<w:bookmarkStart w:id=\"0\" w:name=\"a33_1\"/>"));
    let label = "<w:rStyle w:val=\"Label\"/><w:rFonts w:hint=\"eastAsia\"/></w:rPr>\
                 <w:t xml:space=\"preserve\">第三十三条</w:t>";
    assert!(xml.contains(label));
}

#[test]
fn every_part_and_the_excerpt_mark() {
    let blocks = vec![
        Block::Heading { level: 1, text: "第一章　总则".into() },
        Block::Heading { level: 2, text: "（一）适用".into() },
        Block::Heading { level: 9, text: "末级".into() },
        provision("第三十三条　渡口。"),
        Block::Signature("云桥县人民政府\n2020年3月1日".into()),
    ];
    let file = docx(&paper(blocks)).unwrap();
    assert_eq!(texts(&file, &["Title"]), ["云桥县渡口管理办法（节录）"]);
    assert_eq!(texts(&file, &["Fact"])[2], "制定机关：云桥县人民政府");
    assert_eq!(texts(&file, &["Heading1", "Heading2", "Heading6"]), ["第一章　总则", "（一）适用", "末级"]);
    assert_eq!(texts(&file, &["Signature"]), ["云桥县人民政府", "2020年3月1日"]);
    assert_eq!(texts(&file, &["Colophon"]), ["法据导出"]);
    let styles = part(&file, "word/styles.xml");
    assert!(styles.contains("<w:outlineLvl w:val=\"0\"/>") && styles.contains("w:eastAsia=\"zh-CN\""));
    for (style, _) in paragraphs(&part(&file, "word/document.xml")) {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
}

#[test]
fn the_parts_hold_together() {
    let file = docx(&paper(vec![])).unwrap();
    let core = part(&file, "docProps/core.xml");
    assert!(core.contains("<dc:title>云桥县渡口管理办法（节录）</dc:title>") && core.contains("<dc:language>zh-CN<"));
    let relations = part(&file, "word/_rels/document.xml.rels");
    for (id, target) in [("rIdFooter1", "footer1.xml"), ("rIdFooter2", "footer2.xml")] {
        assert!(relations.contains(&format!("Id=\"{id}\"")) && relations.contains(&format!("Target=\"{target}\"")));
    }
    assert!(part(&file, "word/footer1.xml").contains("w:val=\"right\""), "odd pages");
    assert!(part(&file, "word/footer2.xml").contains("w:val=\"left\""), "even pages");
    for name in ["word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/footer1.xml", "docProps/core.xml"]
    {
        let xml = part(&file, name);
        let mut reader = quick_xml::Reader::from_str(&xml);
        while reader.read_event().unwrap() != Event::Eof {}
    }
}

#[test]
fn equal_papers_are_equal_bytes() {
    let paper = paper(vec![provision("第三十三条　渡口。"), Block::Table(vec![vec!["船".into()], vec!["舟".into()]])]);
    let file = docx(&paper).unwrap();
    assert_eq!(file, docx(&paper).unwrap());
    let mut archive = zip::ZipArchive::new(Cursor::new(&file)).unwrap();
    for number in 0..archive.len() {
        let entry = archive.by_index(number).unwrap();
        let day = entry.last_modified().unwrap();
        assert_eq!((day.year(), day.month(), day.day(), day.hour()), (1980, 1, 1, 0), "{:?}", entry.name());
    }
}

#[test]
fn control_characters_are_replaced() {
    let mut paper =
        paper(vec![provision("第三十三条\u{0}渡\u{8}口\u{ffff}"), Block::Table(vec![vec!["\u{1b}[0m".into()]])]);
    paper.title.push('\u{2}');
    let file = docx(&paper).unwrap();
    assert_eq!(texts(&file, &["BodyText"]), ["第三十三条\u{fffd}渡\u{fffd}口\u{fffd}"]);
    assert_eq!(texts(&file, &["Cell"])[0], "\u{fffd}[0m");
    assert!(part(&file, "docProps/core.xml").contains("办法\u{fffd}"));
}

#[test]
fn tables() {
    let text = "第三十三条　渡费：\n| 船 | 费用 |\n| --- | --- |\n| 舟 | <2元 | 多 |\n完";
    let file = docx(&paper(vec![provision(text), Block::Table(vec![]), Block::Table(vec![vec![]])])).unwrap();
    assert_eq!(texts(&file, &["Cell"]), ["船", "费用", "", "舟", "<2元", "多", ""]);
    assert_eq!(texts(&file, &["BodyText"]), ["第三十三条　渡费：", "完"]);
    let xml = part(&file, "word/document.xml");
    assert_eq!((xml.matches("<w:tbl>").count(), xml.matches("<w:tblHeader/>").count()), (1, 1));
    assert_eq!(widths(&[vec!["一".repeat(100), "二".into()]]).iter().sum::<usize>(), 30 * 8845 / 36 + 6 * 8845 / 36);
}

#[test]
fn bookmarks_are_words_own_and_unique() {
    assert_eq!(bookmark("n2.1").as_deref(), Some("n2_1"));
    assert_eq!(bookmark("2\" 渡").as_deref(), Some("p2___"));
    assert_eq!(bookmark(""), None);
    let id = |id: &str| Block::Provision { id: id.into(), label: 0, text: "渡".into() };
    let file = docx(&paper(vec![id("a1"), id("A1"), id("a-1"), id("a.1")])).unwrap();
    let xml = part(&file, "word/document.xml");
    assert_eq!((xml.matches("<w:bookmarkStart").count(), xml.matches("<w:bookmarkEnd").count()), (2, 2));
}

#[test]
fn divisions_are_centred() {
    for (text, expected) in [
        ("第一章　总则", true),
        ("第十二节 渡船", true),
        ("第3编", true),
        ("一、总则", false),
        ("第一条", false),
        ("第一", false),
    ] {
        assert_eq!(is_division(text), expected, "{text}");
    }
}

#[test]
fn long_lines_and_many_blocks() {
    let long = "渡".repeat(3_000_000);
    assert_eq!(texts(&docx(&paper(vec![provision(&long)])).unwrap(), &["BodyText"]), [long]);
    let blocks: Vec<Block> =
        (0..100_000).map(|number| provision(&format!("第三十三条　渡口{number}。\n第二款"))).collect();
    let paper = paper(blocks);
    let begin = std::time::Instant::now();
    docx(&paper).unwrap();
    crate::publish::html(&paper);
    crate::publish::markdown(&paper);
    crate::publish::plain(&paper);
    assert!(begin.elapsed().as_secs_f64() < 3.0, "{:?}", begin.elapsed());
}
