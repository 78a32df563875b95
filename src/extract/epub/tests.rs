use super::*;
use crate::text::table::Table;
use proptest::prelude::*;
use std::io::{Cursor, Write};

const CONTAINER: &str = r#"<container><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></container>"#;
const PACKAGE: &str = r##"<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>甲 &amp; 乙</dc:title>
    <dc:title>副题</dc:title><dc:creator>某某</dc:creator><dc:date>2020-01-02</dc:date></metadata><manifest>
    <item id="a" href="t/%E4%B8%80.xhtml" media-type="application/xhtml+xml"/><item id="n" href="n.xhtml" properties="nav"
    media-type="application/xhtml+xml"/><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>
    <item id="p" href="p.svg" media-type="image/svg+xml"/></manifest>
    <spine><itemref idref="n"/><itemref idref="b"/><itemref idref="p"/><itemref idref="a"/><itemref idref="b"/></spine></package>"##;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn book(page: &str) -> Vec<u8> {
    let last = "<html><body><p>末</p></body></html>";
    zipped(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("O/b.opf", PACKAGE),
        ("O/n.xhtml", "<html><body><p>目录</p></body></html>"),
        ("O/b.xhtml", page),
        ("O/t/一.xhtml", last),
    ])
}

fn blocks(body: &str) -> Vec<Block> {
    let page = format!("<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>");
    let mut blocks = read(&book(&page), &Limits::default()).expect("a book").blocks;
    assert!(matches!(blocks.pop(), Some(Block::Paragraph(last)) if last.text == "末"));
    blocks
}

fn texts(body: &str) -> Vec<String> {
    let text = |block| match block {
        Block::Paragraph(paragraph) => paragraph.text,
        Block::Table(table) => format!("{} rows", table.rows.len()),
    };
    blocks(body).into_iter().map(text).collect()
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, &Limits::default()).expect_err("an error").code()
}

#[test]
fn the_package_tells_title_author_date_and_order() {
    let book = read(&book("<html><body>首</body></html>"), &Limits::default()).unwrap();
    assert_eq!((book.title.as_deref(), book.date.as_deref()), (Some("甲 & 乙"), Some("2020-01-02")));
    assert_eq!((book.creators, book.blocks.len()), (vec!["某某".to_string()], 2));
}

#[test]
fn paragraphs_and_headings_are_told_apart() {
    let found = blocks("<h2>第一章\n 总则</h2><div>a<p>第一条\n  甲 b\n c<br/>乙&nbsp;&#x4E8C;&lt;&foo;</p>丙</div>");
    let told: Vec<_> = found
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => (paragraph.outline, paragraph.text.as_str()),
            Block::Table(_) => (None, "table"),
        })
        .collect();
    let text = "第一条甲 b c\n乙\u{A0}二<&foo;";
    assert_eq!(told, [(Some(2), "第一章总则"), (None, "a"), (None, text), (None, "丙")]);
}

#[test]
fn what_is_not_of_the_text_is_left_out() {
    let body = "<p><ruby>法<rp>(</rp><rt>fa</rt></ruby>律<script>x</script><style>x</style><span epub:type='pagebreak'>12</span>\
        <a epub:type='noteref'>1</a><b hidden=''>x</b></p><nav><p>x</p></nav><svg><text>x</text></svg><pre>a\n  b</pre>";
    assert_eq!(texts(body), ["法律", "a\n  b"]);
}

#[test]
fn cells_cover_rows_and_columns() {
    let body = "<p>a</p><table><caption>表</caption><thead><tr><th rowspan='2'>类</th><th colspan='2'>金额</th></tr></thead>
        <tr><td><p>一</p><p>二</p></td><td>三<table><tr><td>四</td><td>五</td></tr></table></td></tr><tr><td>六</table><p>b</p>";
    let closed = body.replace("<td>六</table>", "<td>六</td></tr></table>");
    let found = blocks(&closed);
    let Some(Block::Table(table)) = found.get(2) else { panic!("no table") };
    let table: &Table = table;
    assert_eq!((table.text(1, 0), table.own_text(1, 0), table.span(0, 2)), ("类", None, 1..3));
    assert_eq!((table.text(1, 1), table.text(1, 2), table.text(2, 0)), ("一\n二", "三\n四\n五", "六"));
    assert_eq!(texts(&closed), ["a", "表", "3 rows", "b"]);
    assert_eq!(code(&book(body)), "epub_damaged");
}

#[test]
fn locked_and_other_files_are_refused_by_name() {
    assert_eq!((code(b"%PDF"), code(&zipped(&[("a", "b")]))), ("epub_not_an_epub", "epub_not_an_epub"));
    assert_eq!(code(b"PK\x03\x04 cut"), "epub_damaged");
    let locked = |way: &str| {
        let encryption =
            format!(r#"<encryption><EncryptedData><EncryptionMethod Algorithm="{way}"/></EncryptedData></encryption>"#);
        code(&zipped(&[("META-INF/container.xml", CONTAINER), ("META-INF/encryption.xml", &encryption)]))
    };
    assert_eq!(locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc"), "epub_encrypted");
    // Only fonts are hidden so; the package is what is missing.
    assert_eq!(locked("http://www.idpf.org/2008/embedding"), "epub_damaged");
}

#[test]
fn hostile_pages_are_refused() {
    let bomb = r#"<!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><html><body>&b;</body></html>"#;
    assert_eq!((code(&book(bomb)), code(&book("<html><body>"))), ("epub_damaged", "epub_damaged"));
    assert_eq!(code(&book(&"<b>".repeat(1 << 20))), "epub_too_large");
    let wide = format!("<table><tr>{}</tr></table>", "<td colspan='1000'>a</td>".repeat(3));
    assert_eq!(code(&book(&wide)), "epub_too_large");
    let limits = Limits { unpacked_bytes_max: 100_000, ..Limits::default() };
    assert_eq!(read(&book(&" ".repeat(1 << 20)), &limits).unwrap_err().code(), "epub_too_large");
    let tall = format!("<table>{}</table>", "<tr><td rowspan='99999' colspan='1000'>a</td></tr>".repeat(3000));
    assert_eq!(code(&book(&tall)), "epub_too_large");
}

proptest! {
    #[test]
    fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        let _ = read(&bytes, &Limits::default());
        let _ = read(&[&b"PK\x03\x04"[..], &bytes].concat(), &Limits::default());
        let _ = read(&book(&String::from_utf8_lossy(&bytes)), &Limits::default());
    }

    #[test]
    fn mutated_files_never_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = book("<html><body><table><tr><td>甲</td></tr></table></body></html>");
        for (at, value) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *value;
        }
        let _ = read(&bytes, &Limits::default());
        let _ = read(&bytes[..cut.index(bytes.len())], &Limits::default());
    }

    #[test]
    fn any_order_of_elements_is_read(names in proptest::collection::vec(
        (prop::sample::select(vec!["table", "tr", "td", "p", "h1", "pre", "rt", "b", "br"]), any::<bool>(), 0u32..4), 0..40)) {
        // Closes the last open element or opens another one.
        let (mut page, mut open) = (String::from("<html>"), vec!["html"]);
        for (name, closes, number) in names {
            if closes && open.len() > 1 {
                page += &format!("</{}>", open.pop().unwrap_or_default());
            } else {
                page += &format!("<{name} rowspan='{number}' colspan='{}'>甲", 3 - number.min(2));
                open.push(name);
            }
        }
        while let Some(name) = open.pop() {
            page += &format!("</{name}>");
        }
        prop_assert!(read(&book(&page), &Limits::default()).is_ok());
    }
}
