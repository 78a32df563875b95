//! Web pages (.html, .htm) → documents: the main text of a page, its tables, and the box in which government sites state 索引号、发文
//! 机关、发文字号 and days. Menus, scripts and footers are left out.

mod lists;
mod main_text;
mod struck;
mod tree;

use super::blocks::{self, Block, Paragraph};
use super::left_out::LeftOut;
use super::outcome::{Outcome, Refusal, RefusalCode};
use super::{metadata, official, shifted};
use crate::text::table::{Grid, Table};
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;
use struck::Struck;
use tree::{Edge, Id, Page, ROOT, TooTangled};

/// Largest page, in bytes.
const PAGE_BYTES_MAX: usize = 16 << 20;
/// Cells of all tables of a page.
const CELLS_MAX: usize = 200_000;
/// What one cell may span.
const SPAN_MAX: u32 = 1_000;
/// A page that asks for a password has fewer characters, and fewer sentences.
const LOGIN_CHARS: usize = 2_000;
const LOGIN_SENTENCES: usize = 3;

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
    let page = match Page::read(&without_closed_marks(text)) {
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
    let main = main_text::texts(&page);
    let first = main.first().copied();
    if is_login(&page, first.unwrap_or(ROOT)) {
        let message = "这是网站的登录页，不是文件；请在浏览器中登录后打开原网址，重新下载";
        return Refusal::new(RefusalCode::UnsupportedFormat, message).into();
    }
    let mut blocks = first.map_or_else(Vec::new, |main| stated(&page, main));
    let mut cells = CELLS_MAX;
    let text: Vec<Block> = match first {
        Some(_) => main.iter().flat_map(|id| walk(&page, *id, &mut cells)).collect(),
        None => walk(&page, ROOT, &mut cells),
    };
    blocks.extend(first.and_then(|main| main_text::title_above(&page, main, &text)));
    blocks.extend(text);
    let read: &[Id] = if main.is_empty() { &[ROOT] } else { &main };
    let notes = left_out(&page, read).remarks().chain(blocks::private_use(&blocks));
    official::read(path, &blocks, notes.collect())
}

/// Characters of an element that are no white space.
fn length(page: &Page, id: Id) -> usize {
    page.below(id).filter_map(|id| page.text(id)).flat_map(str::chars).filter(|c| !c.is_whitespace()).count()
}

/// Titles of pages that servers and their guards send in the place of a document.
const REFUSALS: [&str; 14] = [
    "访问受限",
    "访问被拒绝",
    "拒绝访问",
    "禁止访问",
    "访问禁止",
    "页面不存在",
    "页面没有找到",
    "找不到页面",
    "您访问的页面",
    "安全验证",
    "人机验证",
    "checking your browser",
    "just a moment",
    "access denied",
];

/// What a page says of itself that a server sends in the place of a document.
fn error_page(page: &Page) -> Option<String> {
    let title = page.below(ROOT).find(|id| page.name(*id) == "title")?;
    let title: String = page.children(title).iter().filter_map(|id| page.text(*id)).collect();
    let title = title.trim();
    let lower = title.to_lowercase();
    let refuses = REFUSALS.iter().any(|words| lower.contains(words)) || lower.contains("not found");
    if refuses && length(page, ROOT) < 2_000 {
        return Some(title.chars().take(60).collect());
    }
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
        // A table of labels and values has no colons: 索引号 | 0001/2025-0009.
        let value = texts.get(at + 1).filter(|next| metadata::field(next).is_none() && !next.ends_with(['：', ':']));
        let line = match value.filter(|value| official::is_label_of(&bare, value)) {
            Some(value) => format!("{bare}：{value}"),
            None if bare.ends_with(['：', ':']) => {
                let value = texts.get(at + 1).filter(|next| !next.ends_with(['：', ':']));
                format!("{bare}{}", value.copied().unwrap_or_default())
            }
            // With the blank before an hour: 发布日期：2026-03-04 10:20.
            None => text.to_string(),
        };
        let is_said = official::is_stated(&line.chars().filter(|c| !c.is_whitespace()).collect::<String>());
        found.extend(is_said.then(|| Block::text(line)));
    }
    found
}

/// Elements whose text nobody reads.
fn is_hidden(page: &Page, id: Id) -> bool {
    is_apparatus(page, id) || is_unshown(page, id)
}

/// Elements of the page that are no text of a document, shown or not.
fn is_apparatus(page: &Page, id: Id) -> bool {
    let tags =
        ["script", "style", "noscript", "iframe", "select", "button", "nav", "footer", "head", "template", "svg"];
    tags.contains(&page.name(id))
}

/// Elements that would be text if they were shown.
fn is_unshown(page: &Page, id: Id) -> bool {
    let style = page.attribute(id, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    page.attribute(id, "hidden").is_some() || style.contains("display:none")
}

/// Elements whose text is struck out: it is shown as what held before.
fn is_deleted(page: &Page, id: Id) -> bool {
    matches!(page.name(id), "del" | "s" | "strike")
}

/// A page without the marks of struck text that hold nothing (`<s/>`, of XHTML): HTML knows none that close themselves and would
/// strike the rest of the page.
fn without_closed_marks(text: &str) -> Cow<'_, str> {
    static CLOSED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)<(?:s|del|strike)(?:\s[^<>]*)?/>").expect("a constant pattern"));
    CLOSED.replace_all(text, "")
}

/// How much text below some elements is left out as deleted or not shown, and how much of what is read is struck through.
fn left_out(page: &Page, roots: &[Id]) -> LeftOut {
    let mut found = LeftOut::default();
    let styles = Struck::of(page);
    let (mut inside, mut struck) = (None, None);
    for edge in roots.iter().flat_map(|root| page.walk(*root)) {
        match edge {
            Edge::Close(id) if inside == Some(id) => inside = None,
            Edge::Close(id) if struck == Some(id) => struck = None,
            Edge::Open(id) if inside.is_none() && struck.is_some() && page.text(id).is_some() => {
                found.struck += length(page, id);
            }
            Edge::Open(id) if inside.is_none() && (is_hidden(page, id) || is_deleted(page, id)) => {
                inside = Some(id);
                match (is_deleted(page, id), is_unshown(page, id) && !is_apparatus(page, id)) {
                    (_, true) => found.hidden += length(page, id),
                    (true, _) => found.deleted += length(page, id),
                    _ => {}
                }
            }
            Edge::Open(id) if inside.is_none() && struck.is_none() && styles.strikes(page, id) => struck = Some(id),
            _ => {}
        }
    }
    found
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
    // The number that the next member of each open list bears.
    let mut lists: Vec<lists::Next> = Vec::new();
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
        } else if opens && (is_hidden(page, id) || is_deleted(page, id)) {
            skipped = Some(id);
        } else if let Some(table) = (opens && name == "table" && id != root).then(|| data(page, id, cells)).flatten() {
            end(&mut words, &layout, &mut out);
            let caption = page.below(id).find(|id| page.name(*id) == "caption").map(|id| walk_text(page, id));
            out.extend(caption.filter(|caption| !caption.is_empty()).map(Block::text));
            match official::labelled(&table) {
                Some(lines) => out.extend(lines.into_iter().map(Block::text)),
                None => out.push(Block::Table(table)),
            }
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
                ("ol", true) => lists.push(lists::begin(page, id)),
                ("ol", false) => drop(lists.pop()),
                ("ul", true) => lists.push(None),
                ("ul", false) => drop(lists.pop()),
                ("li", true) => lists::number(&mut words, lists.last_mut(), page, id),
                _ => {}
            }
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

/// Adds the text of a node. The white space of the source is one blank, and none beside a Chinese character where the source breaks its
/// line there.
fn push(words: &mut String, text: &str) {
    let is_wide = |c: char| !c.is_ascii();
    let (mut blank, mut broken) = (false, false);
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\r' | '\t') {
            broken |= matches!(c, '\n' | '\r');
            blank = true;
            continue;
        }
        let before = words.chars().next_back();
        let apart = |before: char| !before.is_whitespace() && (!broken || !is_wide(before) && !is_wide(c));
        if blank && before.is_some_and(apart) {
            words.push(' ');
        }
        broken = false;
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
    *cells = cells.checked_sub(rows.iter().map(|row| row.cells.len()).sum())?;
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
mod tests;
