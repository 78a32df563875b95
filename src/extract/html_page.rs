//! Web pages (.html, .htm) → documents: the main text of a page, its tables, and the box in which government sites state 索引号、发文
//! 机关、发文字号 and days. Menus, scripts and footers are left out.

mod tree;

use super::blocks::{self, Block, Paragraph};
use super::outcome::{Outcome, Refusal, RefusalCode};
use super::{official, shifted};
use crate::text::table::{Grid, Table};
use tree::{Edge, Id, Page, ROOT, TooTangled};

/// Largest page, in bytes.
const PAGE_BYTES_MAX: usize = 16 << 20;
/// Cells of all tables of a page.
const CELLS_MAX: usize = 200_000;
/// What one cell may span.
const SPAN_MAX: u32 = 1_000;
/// Shortest text that is the main text of a page, in characters.
const MAIN_CHARS: usize = 50;

/// A page that asks for a password has fewer characters, and fewer sentences.
const LOGIN_CHARS: usize = 2_000;
const LOGIN_SENTENCES: usize = 3;

/// Where sites keep the main text, the surest first: `#` an id, `.` a class, else an element.
const MAIN: [&str; 14] = [
    "#UCAP-CONTENT",
    "#zoom",
    "#Zoom",
    "#vsb_content",
    ".TRS_Editor",
    ".trs_editor_view",
    ".pages_content",
    ".article-content",
    ".article_content",
    "#article",
    "#js_content",
    "article",
    "#content",
    "main",
];

/// Elements with which a page or a piece of one begins.
const FIRST: &str = "html head body title meta link base style script div p span section article main header footer nav h1 h2 h3 h4 h5 \
    h6 table thead tbody tr td th ul ol li dl dt dd br hr center font b i u strong em a img pre blockquote form";

/// Whether a text is that of a page: behind declarations of XML and comments it begins with an element of HTML.
pub fn recognises(text: &str) -> bool {
    let mut rest = text.trim_start();
    let mut is_commented = false;
    loop {
        let (behind, is_comment) = match rest {
            _ if rest.starts_with("<?xml") => (rest.split_once("?>"), false),
            _ if rest.starts_with("<!--") => (rest.split_once("-->"), true),
            _ => break,
        };
        let Some((_, behind)) = behind else { return is_comment };
        is_commented |= is_comment;
        rest = behind.trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return is_commented };
    let start: String = tag.chars().take(16).collect::<String>().to_ascii_lowercase();
    let name = start.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let behind = start.get(name.len()..).unwrap_or_default();
    start.starts_with("!doctype html")
        || behind.starts_with(['>', '/', ' ', '\t', '\n']) && FIRST.split_whitespace().any(|first| first == name)
}

/// Whether a text is that of a whole page, as no Markdown begins.
pub fn is_whole(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
    recognises(text) && ["<!doctype html", "<html", "<?xml"].iter().any(|whole| start.starts_with(whole))
}

/// Whether a text that does not begin with a tag is nevertheless parted by those of HTML.
pub fn has_breaks(text: &str) -> bool {
    ["<br>", "<br/>", "<br />", "</p>", "</div>", "</P>", "<BR>"].iter().any(|tag| text.contains(tag))
}

/// The document of a page.
pub fn read(path: &str, text: &str) -> Outcome {
    if text.len() > PAGE_BYTES_MAX {
        let message = format!("网页超过 {} MB；请只保存正文后再导入", PAGE_BYTES_MAX >> 20);
        return Refusal::new(RefusalCode::TooLarge, message).into();
    }
    let page = match Page::read(text) {
        Ok(page) => page,
        Err(TooTangled) => {
            let message = "网页嵌套过深或元素过多，不像文件的页面；请只保存正文后再导入";
            return Refusal::new(RefusalCode::BadRecord, message).into();
        }
    };
    if let Some(said) = error_page(&page) {
        let message = format!("这是网站的出错页（{said}），不是文件；请在浏览器中打开原网址，重新下载");
        return Refusal::new(RefusalCode::UnsupportedFormat, message).into();
    }
    let main = main_text(&page);
    if is_login(&page, main.unwrap_or(ROOT)) {
        let message = "这是网站的登录页，不是文件；请在浏览器中登录后打开原网址，重新下载";
        return Refusal::new(RefusalCode::UnsupportedFormat, message).into();
    }
    let mut blocks = main.map_or_else(Vec::new, |main| stated(&page, main));
    let mut cells = CELLS_MAX;
    blocks.extend(walk(&page, main.unwrap_or(ROOT), &mut cells));
    let notes = blocks::private_use(&blocks).into_iter().collect();
    official::read(path, &blocks, notes)
}

/// The element with the main text.
fn main_text(page: &Page) -> Option<Id> {
    let fits = |id: Id, place: &str| match place.split_at_checked(1) {
        Some(("#", own)) => page.attribute(id, "id") == Some(own),
        Some((".", own)) => page.attribute(id, "class").is_some_and(|all| all.split_whitespace().any(|one| one == own)),
        _ => page.name(id) == place,
    };
    MAIN.iter().find_map(|place| {
        let found = page.below(ROOT).find(|id| fits(*id, place))?;
        (length(page, found) >= MAIN_CHARS).then_some(found)
    })
}

/// Characters of an element that are no white space.
fn length(page: &Page, id: Id) -> usize {
    page.below(id).filter_map(|id| page.text(id)).flat_map(str::chars).filter(|c| !c.is_whitespace()).count()
}

/// What a page says of itself that a server sends in the place of a document.
fn error_page(page: &Page) -> Option<String> {
    let title = page.below(ROOT).find(|id| page.name(*id) == "title")?;
    let title: String = page.children(title).iter().filter_map(|id| page.text(*id)).collect();
    let title = title.trim();
    let number = title.get(..3).filter(|number| number.starts_with(['4', '5']))?;
    let is_error = number.bytes().all(|byte| byte.is_ascii_digit()) && length(page, ROOT) < 2_000;
    is_error.then(|| title.chars().take(60).collect())
}

/// Whether a page asks for a password instead of showing a document: hardly a sentence stands beside.
fn is_login(page: &Page, main: Id) -> bool {
    let text: String = page.below(main).filter_map(|id| page.text(id)).collect();
    let asks =
        page.below(main).any(|id| page.attribute(id, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")));
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let named = says(&["密码", "验证码"])
        && says(&["用户名", "账号", "帐号", "账户", "手机号"])
        && says(&["登录", "登陆", "身份认证"]);
    (asks || named) && text.matches('。').count() < LOGIN_SENTENCES && length(page, main) < LOGIN_CHARS
}

/// The lines of the box above the main text, as `label：value`.
fn stated(page: &Page, main: Id) -> Vec<Block> {
    let mut texts: Vec<&str> = Vec::new();
    let mut hidden = None;
    for edge in page.walk(ROOT) {
        match edge {
            Edge::Open(id) if id == main => break,
            Edge::Open(id) if hidden.is_none() && is_hidden(page, id) => hidden = Some(id),
            Edge::Close(id) if hidden == Some(id) => hidden = None,
            Edge::Open(id) if hidden.is_none() => texts.extend(page.text(id).map(str::trim)),
            _ => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    let mut found = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if official::is_stated(&bare) {
            let value = texts.get(at + 1).filter(|next| bare.ends_with(['：', ':']) && !next.ends_with(['：', ':']));
            found.push(Block::text(format!("{bare}{}", value.copied().unwrap_or_default())));
        }
    }
    found
}

/// Elements whose text nobody reads.
fn is_hidden(page: &Page, id: Id) -> bool {
    let tags =
        ["script", "style", "noscript", "iframe", "select", "button", "nav", "footer", "head", "template", "svg"];
    let style = page.attribute(id, "style").unwrap_or_default().replace(' ', "");
    tags.contains(&page.name(id)) || page.attribute(id, "hidden").is_some() || style.contains("display:none")
}

/// Elements that begin and end a paragraph.
fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "p",
        "div",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "hr",
        "center",
        "form",
        "fieldset",
        "main",
        "aside",
        "address",
        "figure",
        "body",
        "header",
        "caption",
        "br",
    ];
    BLOCKS.contains(&name)
}

fn is_centred(page: &Page, id: Id) -> bool {
    let style = page.attribute(id, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let aligned = page.attribute(id, "align").is_some_and(|align| align.eq_ignore_ascii_case("center"));
    aligned || style.contains("text-align:center") || page.name(id) == "center"
}

/// The paragraphs and tables below an element.
fn walk(page: &Page, root: Id, cells: &mut usize) -> Vec<Block> {
    let mut out = Vec::new();
    let mut words = String::new();
    let mut layout: Vec<(bool, Option<u8>)> = vec![(false, None)];
    let mut skipped = None;
    // Where the words of the open <sup> and <sub> begin.
    let mut shifts: Vec<usize> = Vec::new();
    for edge in page.walk(root) {
        if let Some(id) = skipped {
            if edge == Edge::Close(id) {
                skipped = None;
            }
            continue;
        }
        let (id, opens) = match edge {
            Edge::Open(id) => (id, true),
            Edge::Close(id) => (id, false),
        };
        let name = page.name(id);
        if let Some(text) = page.text(id).filter(|_| opens) {
            push(&mut words, text);
        } else if opens && is_hidden(page, id) {
            skipped = Some(id);
        } else if let Some(table) = (opens && name == "table" && id != root).then(|| data(page, id, cells)).flatten() {
            end(&mut words, &layout, &mut out);
            out.push(Block::Table(table));
            skipped = Some(id);
        } else if matches!(name, "sup" | "sub") && opens {
            shifts.push(words.len());
        } else if matches!(name, "sup" | "sub") {
            shift(&mut words, shifts.pop().unwrap_or_default(), name);
        } else if is_block(name) {
            end(&mut words, &layout, &mut out);
            shifts.fill(0);
            let above = layout.last().copied().unwrap_or_default();
            match (name, opens) {
                ("br", _) => {}
                (_, true) => layout.push((is_centred(page, id) || above.0, heading(name).or(above.1))),
                (_, false) => drop(layout.pop()),
            }
        }
    }
    end(&mut words, &layout, &mut out);
    out
}

/// Puts raised or lowered characters in the place of the words from there on, if there are such.
fn shift(words: &mut String, from: usize, name: &str) {
    let part = words.get(from..).unwrap_or_default().trim();
    let shifted = if name == "sup" { shifted::raised(part) } else { shifted::lowered(part) };
    if let Some(shifted) = shifted.filter(|shifted| !shifted.is_empty()) {
        words.truncate(from);
        words.push_str(&shifted);
    }
}

fn heading(name: &str) -> Option<u8> {
    name.strip_prefix('h')?.parse().ok().filter(|level| (1..=6).contains(level))
}

/// Ends a paragraph.
fn end(words: &mut String, layout: &[(bool, Option<u8>)], out: &mut Vec<Block>) {
    let text = std::mem::take(words);
    let text = text.trim_matches(|c: char| c.is_whitespace());
    if !text.is_empty() {
        let (centred, outline) = layout.last().copied().unwrap_or_default();
        out.push(Block::Paragraph(Paragraph { text: text.to_string(), centred, outline }));
    }
}

/// Adds the text of a node. The white space of the source is one blank, and none beside a Chinese character.
fn push(words: &mut String, text: &str) {
    let is_wide = |c: char| !c.is_ascii();
    let mut blank = false;
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\r' | '\t') {
            blank = true;
            continue;
        }
        let before = words.chars().next_back();
        if blank && before.is_some_and(|before| !is_wide(before) && !is_wide(c)) {
            words.push(' ');
        }
        blank = false;
        words.push(c);
    }
    if blank && words.chars().next_back().is_some_and(|before| before.is_ascii_alphanumeric()) {
        words.push(' ');
    }
}

/// A table of data; `None` for one that only arranges the page: it holds tables, or has one row or one column.
fn data(page: &Page, table: Id, cells: &mut usize) -> Option<Table> {
    let tables = page.below(table).filter(|id| page.name(*id) == "table").nth(1);
    if tables.is_some() {
        return None;
    }
    let rows = page.below(table).filter(|id| page.name(*id) == "tr");
    let rows: Vec<Vec<Id>> = rows.map(|row| own_cells(page, row)).filter(|row| !row.is_empty()).collect();
    if rows.len() < 2 || rows.iter().all(|row| row.len() < 2) {
        return None;
    }
    let mut grid = Grid::default();
    // Up to which row each column is taken by a cell above.
    let mut taken: Vec<u32> = Vec::new();
    for (row, own) in (0u32..).zip(&rows) {
        let mut column = 0usize;
        for cell in own {
            while taken.get(column).is_some_and(|until| *until > row) {
                column += 1;
            }
            let span = |name: &str| {
                page.attribute(*cell, name).and_then(|n| n.trim().parse().ok()).unwrap_or(1u32).clamp(1, SPAN_MAX)
            };
            let (down, across) = (span("rowspan"), span("colspan"));
            *cells = cells.checked_sub(across as usize)?;
            taken.resize(taken.len().max(column + across as usize), 0);
            taken[column..column + across as usize].fill(row + down);
            let first = u32::try_from(column).ok()?;
            let text = walk_text(page, *cell);
            if !text.is_empty() {
                grid.cells.insert((row, first), text);
            }
            if down > 1 || across > 1 {
                grid.merged.push([row, row + down - 1, first, first + across - 1]);
            }
            column += across as usize;
        }
    }
    let rows = grid.rows(*cells).ok()?;
    Some(Table { rows, ..Table::default() })
}

fn own_cells(page: &Page, row: Id) -> Vec<Id> {
    page.children(row).iter().copied().filter(|id| ["td", "th"].contains(&page.name(*id))).collect()
}

/// The text of a cell, its paragraphs on lines of their own.
fn walk_text(page: &Page, cell: Id) -> String {
    let lines = walk(page, cell, &mut 0).into_iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text),
        Block::Table(_) => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Document;
    use proptest::prelude::*;

    fn of(html: &str) -> Document {
        match read("x.html", html) {
            Outcome::Documents { mut documents, .. } => documents.remove(0).document,
            other => panic!("{other:?}"),
        }
    }

    const PAGE: &str = "<!DOCTYPE html><html><head><title>云桥县政府</title><style>p{}</style></head><body>\
        <nav>首页</nav><table><tr><td><b>索 引 号：</b></td><td>0001/2026-1</td><td>发文机关：</td><td>云桥县政府</td></tr>\
        <tr><td>标　　题：</td><td>云桥县渡口办法</td><td>发布日期：</td><td>2026年03月04日</td></tr></table>\
        <div id=\"UCAP-CONTENT\"><p style=\"text-align: center\">云桥县渡口办法</p><p>第一条　为了加强渡口\n管理，保障安全，制定本办法。\
        渡口的设置、经营和管理，适用本办法；法律另有规定的，从其规定，不再重复。</p>\
        <table><tr><td rowspan=\"2\">渡口</td><td>甲</td></tr><tr><td>乙</td></tr></table>\
        <p style=\"display: none\">不见</p><p>第二条　ABC <b>DEF</b>。<br>（一）丙</p></div><footer>版权</footer></body></html>";

    #[test]
    fn the_main_text_and_the_box_of_a_page_are_read() {
        let found = of(PAGE);
        assert_eq!((found.title.as_str(), found.issuer.as_deref()), ("云桥县渡口办法", Some("云桥县政府")));
        assert_eq!(found.index_number.as_deref(), Some("0001/2026-1"));
        assert_eq!(found.promulgation_date, Some(jiff::civil::date(2026, 3, 4)));
        let lines: Vec<&str> = found.text.lines().collect();
        assert!(lines[0].starts_with("第一条　为了加强渡口管理，"), "{lines:?}");
        assert_eq!(lines[1..], ["| 渡口 | 甲 |", "| 渡口 | 乙 |", "第二条　ABC DEF。", "（一）丙"]);
    }

    #[test]
    fn a_fragment_is_a_page_and_an_error_page_is_refused() {
        assert_eq!(of("<p>渡口案例</p><p>一、某案。违反规定。</p>").text, "一、某案。违反规定。");
        let page = "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>";
        match read("办法.docx", page) {
            Outcome::Refused(refusal) => assert!(refusal.message.contains("403 Forbidden"), "{}", refusal.message),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn raised_and_lowered_digits_stay_apart_from_the_number_before_them() {
        let page = "<h1>云桥县渡口办法</h1><p>第一条　10<sup>5</sup>吨，1×10<sup><span>-3</span></sup>，CO<sub>2</sub>，\
            甲<sup>[1]</sup>。</p><table><tr><td>面积</td><td>10m<sup> 2 </sup></td></tr><tr><td>甲</td><td>a<sup>x<br>3</sup></td></tr></table>";
        assert_eq!(of(page).text, "第一条　10⁵吨，1×10⁻³，CO₂，甲[1]。\n| 面积 | 10m² |\n| 甲 | ax　³ |");
    }

    #[test]
    fn characters_that_only_a_font_knows_stay_where_they_stand() {
        let found = of("<h1>云桥县渡口办法</h1><p>第一条　每件0&#xE010;02元，加收7&#xE011;5%。</p>");
        assert_eq!(found.text, "第一条　每件0\u{e010}02元，加收7\u{e011}5%。");
        assert_eq!(found.notes, ["私用区字符 2 个，原样保留，可能无法显示"]);
    }

    #[test]
    fn pieces_of_pages_are_told_from_other_markup() {
        for page in [
            "<h1>甲",
            "<p>甲",
            "<SPAN class=a>甲",
            "<br/>甲",
            "<!-- x -->\n<h2>甲",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html>",
        ] {
            assert!(recognises(page), "{page}");
        }
        for other in ["甲<p>", "<甲>", "<?xml version=\"1.0\"?><w:document>", "<pkg>", "<paragraph>", "<", "<?xml"] {
            assert!(!recognises(other), "{other}");
        }
        assert!(is_whole(" <!DOCTYPE HTML><p>") && !is_whole("<p>甲"));
    }

    #[test]
    fn a_page_that_asks_for_a_password_is_refused() {
        let field = "<html><title>统一身份认证平台</title><body><form>用户名<input>密码<input type=password></form></body></html>";
        let words = "<html><body><h1>云桥县统一身份认证</h1><p>用户名</p><p>密码</p><p>请登录</p></body></html>";
        for page in [field, words] {
            let outcome = read("办法.pdf", page);
            assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.message.contains("登录页")), "{outcome:?}");
        }
        let rule = "<p>云桥县系统管理办法</p><p>第一条　用户名由单位确定。</p><p>第二条　密码不得外借。</p><p>第三条　登录应当留痕。</p>";
        assert_eq!(of(rule).title, "云桥县系统管理办法");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(html in "(<sup>|</sup>|<sub>|-3|<table>|</table>|<tr>|<td rowspan=9 colspan=3>|<td>|<p>|</p>|<br>|甲|&nbsp;| |<div align=center>|<script>|</div>){0,60}") {
            let _ = read("x.html", &html);
        }
    }
}
