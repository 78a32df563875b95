//! The page read back as XML.

use quick_xml::events::Event;

use super::*;

/// Texts of the elements with this name, in order.
fn texts(page: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(page);
    let (mut found, mut depth) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if depth > 0 || start.name().as_ref() == name => {
                depth += 1;
                if depth == 1 {
                    found.push(String::new());
                }
            }
            Event::End(_) if depth > 0 => depth -= 1,
            Event::Text(text) if depth > 0 => found.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(name) if depth > 0 => {
                let letter = match name.resolve_char_ref().unwrap() {
                    Some(letter) => letter,
                    None => match &*name {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        other => panic!("&{other};"),
                    },
                };
                found.last_mut().unwrap().push(letter);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn provision(text: &str) -> Paper {
    let block = Block::Provision { id: "a1".into(), label: "第一条".len(), text: text.into() };
    Paper { title: "云桥县渡口管理办法".into(), blocks: vec![block], ..Paper::default() }
}

#[test]
fn provisions_read_back() {
    let text = "第一条　渡口 <script>alert('x')</script> & ]]> \"引\" &amp;\n　　（一）  两格\t制表\r尾。\n\n末款";
    let page = html(&provision(text));
    assert_eq!(texts(&page, "p").join("\n"), text);
    assert_eq!(texts(&page, "b"), ["第一条"]);
    assert!(page.contains("<section id=\"a1\">"));
    assert!(page.contains("<p class=\"asis\">　　（一）"));
    assert!(!page.contains("<script") && !page.contains("http"), "{page}");
}

#[test]
fn control_characters_are_replaced() {
    let page = html(&provision("第一条\u{0}\u{8}\u{fffe}渡"));
    assert_eq!(texts(&page, "p"), ["第一条���渡"]);
}

#[test]
fn tables() {
    let page = html(&provision("第一条　表：\n| 船 | 费 |\n| --- | --- |\n| 舟 | <2 | 多 |\n完"));
    assert_eq!(texts(&page, "th"), ["船", "费", ""]);
    assert_eq!(texts(&page, "td"), ["舟", "<2", "多"]);
    assert_eq!(texts(&page, "p"), ["第一条　表：", "完"]);
    let page = html(&provision("| 船 | 费 |"));
    assert_eq!((texts(&page, "th").len(), texts(&page, "td").len()), (0, 2));
}

#[test]
fn every_part_and_the_excerpt_mark() {
    let mut paper = provision("第一条");
    paper.excerpt = true;
    paper.subtitle = vec!["（2020年3月1日公布）".into(), String::new()];
    paper.citation = "《云桥县渡口管理办法》第一条".into();
    paper.facts = vec![("文号".into(), "云政发〔2020〕7号".into()), ("来源".into(), String::new())];
    paper.colophon = "法据导出".into();
    paper.blocks.insert(0, Block::Heading { level: 1, text: "第一章　总则".into() });
    paper.blocks.push(Block::Heading { level: 6, text: "六级".into() });
    paper.blocks.push(Block::Signature("云桥县人民政府\n2020年3月1日".into()));
    paper.blocks.push(Block::Table(vec![]));
    let page = html(&paper);
    assert_eq!(texts(&page, "h1"), ["云桥县渡口管理办法（节录）"]);
    assert_eq!(texts(&page, "dt"), ["引用", "文号"]);
    assert_eq!(texts(&page, "h2"), ["第一章　总则"]);
    assert!(page.contains("<h6 aria-level=\"7\">六级</h6>"));
    assert_eq!(texts(&page, "p"), ["（2020年3月1日公布）", "第一条", "云桥县人民政府", "2020年3月1日", "法据导出"]);
}

#[test]
fn an_id_is_written_once_and_cannot_break_out() {
    let mut paper = provision("第一条");
    paper.blocks.push(paper.blocks[0].clone());
    paper.blocks.push(Block::Provision { id: "x\" onclick=\"y".into(), label: 0, text: "二".into() });
    let page = html(&paper);
    assert_eq!(page.matches("id=\"a1\"").count(), 1);
    assert!(page.contains("id=\"x&quot;_onclick=&quot;y\""));
}

#[test]
fn a_link_back_is_all_that_is_added() {
    let paper = provision("第一条　渡口。");
    let with = page(&paper, Some("../a\"b.html"));
    let link = "<nav><a href=\"../a&quot;b.html\">← 返回目录</a></nav>\n";
    assert!(with.contains(&format!("<body>\n{link}<header>")));
    assert_eq!(with.replace(link, "").replace(BACK_STYLE, ""), html(&paper));
}
