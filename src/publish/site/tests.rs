//! The files read back as XML, their links followed.

use std::collections::HashSet;

use proptest::prelude::*;
use quick_xml::events::Event;

use super::*;
use crate::publish::html;

fn entry(title: &str, page: Option<&str>) -> SiteEntry {
    let paper = Paper { title: title.into(), ..Paper::default() };
    let page = page.map(|name| SitePage { name: name.into(), paper });
    SiteEntry { title: title.into(), page, ..SiteEntry::default() }
}

fn one(entries: Vec<SiteEntry>) -> Site {
    let groups = vec![SiteGroup { name: "政府规章".into(), entries }];
    Site { title: "云桥县汇编".into(), groups, ..Site::default() }
}

fn text_of(files: &[(String, Vec<u8>)], path: &str) -> String {
    let found = files.iter().find(|(own, _)| own == path).unwrap_or_else(|| panic!("{path}"));
    String::from_utf8(found.1.clone()).unwrap()
}

/// Names of the elements, and the values of `href` and `src` as a browser reads them; fails on what is no XML.
fn read(page: &str) -> (Vec<String>, Vec<String>) {
    let mut reader = quick_xml::Reader::from_str(page);
    let (mut names, mut links) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => {
                names.push(start.name().as_ref().to_owned());
                for attribute in start.attributes() {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref();
                    assert!(!key.starts_with("on") && key != "src", "{key}");
                    if key == "href" {
                        links.push(quick_xml::escape::unescape(&attribute.value).unwrap().into_owned());
                    }
                }
            }
            Event::Eof => return (names, links),
            _ => {}
        }
    }
}

/// The path that an address of the list leads to.
fn path(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let code = (*first == b'%').then(|| std::str::from_utf8(&more[..2]).unwrap());
        bytes.push(code.map_or(*first, |code| u8::from_str_radix(code, 16).unwrap()));
        rest = if code.is_some() { &more[2..] } else { more };
    }
    String::from_utf8(bytes).unwrap()
}

/// Reads every file; every link of the list leads to a file, and every file is linked to.
fn holds_together(files: &[(String, Vec<u8>)]) {
    assert_eq!(files[0].0, "index.html");
    let mut paths = HashSet::new();
    for (path, bytes) in files {
        let (names, links) = read(std::str::from_utf8(bytes).unwrap());
        assert_eq!(names.iter().filter(|name| *name == "script").count(), usize::from(path == "index.html"));
        if path != "index.html" {
            assert_eq!(links, ["../index.html"]);
            assert!(paths.insert(alike(path)), "{path}");
        }
    }
    let (_, links) = read(&text_of(files, "index.html"));
    let (inner, outer): (Vec<String>, Vec<String>) = links.into_iter().partition(|link| link.starts_with("#g"));
    assert!(inner.iter().all(|link| text_of(files, "index.html").contains(&format!("id=\"{}\"", &link[1..]))));
    let led: Vec<String> = outer.iter().map(|link| path(link)).collect();
    assert_eq!(led, files[1..].iter().map(|(path, _)| path.clone()).collect::<Vec<_>>());
}

fn is_safe(name: &str) -> bool {
    let stem = name.strip_suffix(".html").unwrap();
    !stem.is_empty()
        && stem.chars().count() <= 80
        && name.len() <= 255
        && !stem.starts_with(['.', ' '])
        && !stem.ends_with(['.', ' '])
        && !name.contains(|letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter))
        && !is_device(name)
}

#[test]
fn list_and_pages() {
    let mut first = entry("云桥县渡口管理办法", Some("云桥县渡口管理办法"));
    first.mark = "新增".into();
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    first.facts =
        vec![fact("文号", "云政发〔2020〕7号"), fact("机关", "县政府"), fact("机关", "县渡口局"), fact("空", "")];
    let mut second = entry("云桥县桥梁管理办法", None);
    second.facts = vec![fact("时效", "现行有效"), fact("文号", "云政发〔2021〕2号")];
    let mut whole = one(vec![first, second]);
    whole.groups.push(SiteGroup::default());
    whole.remarks = vec!["共 2 件".into(), String::new()];
    whole.colophon = "法据导出".into();
    let files = site(&whole);
    holds_together(&files);
    let list = text_of(&files, "index.html");
    assert!(list.contains(
        ">云桥县渡口管理办法</a> <span class=\"mark\">新增</span></td><td class=\"short\">云政发〔2020〕7号</td>"
    ));
    assert!(list.contains("<td class=\"short\">县政府\n县渡口局</td><td class=\"short\"></td></tr>"));
    assert!(list.contains("<td class=\"n\">2</td><td class=\"title\">云桥县桥梁管理办法</td>"));
    let heads: Vec<&str> = list.split("<th ").skip(1).map(|rest| &rest[rest.find('>').unwrap() + 1..]).collect();
    let heads: Vec<&str> = heads.iter().map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(heads, ["序号", "名称", "文号", "机关", "时效"]);
    assert!(list.contains("<h2>第 2 组<small>共 0 件</small></h2>\n<p>（无）</p>"));
    assert!(list.contains("<a href=\"#g1\">政府规章</a>（2）") && list.contains("<footer><p>法据导出</p></footer>"));
    assert_eq!(list.matches("<p>").count(), 3);
    let own = &whole.groups[0].entries[0].page.as_ref().unwrap().paper;
    assert_eq!(text_of(&files, "texts/云桥县渡口管理办法.html"), page(own, Some("../index.html")));
    assert_ne!(html(own), page(own, Some("../index.html")));
}

#[test]
fn hostile_values_stay_text() {
    for hostile in [
        "<script>alert(1)</script>",
        "\" onmouseover=\"x",
        "' onload='x",
        "javascript:alert(1)",
        "]]></style><b>&amp;\0",
    ] {
        let mut bad = entry(hostile, Some(hostile));
        bad.mark = hostile.into();
        bad.facts = vec![(hostile.into(), hostile.into())];
        let mut whole = one(vec![bad]);
        whole.title = hostile.into();
        whole.remarks = vec![hostile.into()];
        whole.colophon = hostile.into();
        whole.groups[0].name = hostile.into();
        let files = site(&whole);
        holds_together(&files);
        let (names, links) = read(&text_of(&files, "index.html"));
        assert!(!names.contains(&"b".to_owned()) && links.iter().all(|link| link.starts_with("texts/")), "{links:?}");
    }
}

#[test]
fn nothing_leads_outside_and_the_page_works_without_its_script() {
    let files = site(&one(vec![entry("渡口", Some("渡口"))]));
    for (path, bytes) in &files {
        let text = std::str::from_utf8(bytes).unwrap();
        for word in ["http", "//", "url(", "@import", "src="] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
    let list = text_of(&files, "index.html");
    assert!(list.contains("<div id=\"filter\" hidden=\"hidden\">") && !SCRIPT.contains(['<', '&']));
    assert!(!list.contains("<nav>"), "one group needs no contents");
}

#[test]
fn names_of_files() {
    let long = "渡".repeat(100);
    let rare = "𠀀".repeat(100);
    for (wanted, expected) in [
        ("云桥县渡口管理办法", "云桥县渡口管理办法"),
        ("../../etc/passwd", "etcpasswd"),
        ("a/b\\c:d*e?f\"g<h>i|j\n\0", "abcdefghij"),
        ("...隐藏. .", "隐藏"),
        ("", "文件"),
        (" . ", "文件"),
        ("con", "_con"),
        ("Com1.渡口", "_Com1.渡口"),
        ("LPT² .x", "_LPT² .x"),
        ("COM10", "COM10"),
        ("渡\u{202e}口\u{200b}", "渡口"),
        ("渡\u{fffe}", "渡\u{fffd}"),
        (&long, &long[..80 * 3]),
        (&rare, &rare[..60 * 4]),
    ] {
        assert_eq!(Names::default().file(wanted), format!("{expected}.html"), "{wanted:?}");
    }
}

#[test]
fn equal_names_get_numbers() {
    let mut names = Names::default();
    let given: Vec<String> = ["a", "A", "a（2）", "a", "é", "e\u{301}", "a/"].map(|wanted| names.file(wanted)).into();
    let expected = ["a", "A（2）", "a（2）（2）", "a（3）", "é", "e\u{301}（2）", "a（4）"];
    assert_eq!(given, expected.map(|name| format!("{name}.html")));
    let long = "渡".repeat(90);
    let second = (names.file(&long), names.file(&long)).1;
    assert_eq!(second, format!("{}（2）.html", "渡".repeat(77)));
}

#[test]
fn many_equal_names_are_quick() {
    let mut names = Names::default();
    let given: HashSet<String> = (0..20_000).map(|_| names.file("渡口")).collect();
    assert_eq!(given.len(), 20_000);
}

#[test]
fn odd_sites() {
    let files = site(&Site::default());
    holds_together(&files);
    assert!(text_of(&files, "index.html").contains("<h1>目录</h1>"));
    let mut bare = entry("", Some("x"));
    let list = |entry: SiteEntry| text_of(&site(&one(vec![entry])), "index.html");
    assert!(list(bare.clone()).contains(">（无标题）</a>"));
    if let Some(page) = &mut bare.page {
        page.paper = Paper { title: "渡口".into(), excerpt: true, ..Paper::default() };
    }
    assert!(list(bare).contains("<a href=\"texts/x.html\">渡口（节录）</a>"));
}

fn any_name() -> impl Strategy<Value = String> {
    let device = "(?i)(con|nul|com[0-9²])[. ]{0,2}[a-z]?";
    prop_oneof![any::<String>(), "[a-cA-C.（2）é ]{0,4}", device, "[渡𠀀]{70,90}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_names_are_safe_and_differ(wanted in prop::collection::vec(any_name(), 0..30)) {
        let mut names = Names::default();
        let mut seen = HashSet::new();
        for name in wanted.iter().map(|wanted| names.file(wanted)) {
            prop_assert!(is_safe(&name), "{name:?}");
            prop_assert!(seen.insert(alike(&name)), "{name:?}");
        }
    }

    #[test]
    fn any_site_holds_together(
        title in any::<String>(),
        entries in prop::collection::vec((any::<String>(), prop::option::of(any::<String>()), any::<String>()), 0..8),
    ) {
        let entries = entries.into_iter().map(|(title, page, fact)| SiteEntry {
            facts: vec![(fact.clone(), fact)],
            ..entry(&title, page.as_deref())
        });
        let whole = Site { title: title.clone(), ..one(entries.collect()) };
        let files = site(&whole);
        holds_together(&files);
        prop_assert_eq!(files, site(&whole));
    }
}
