//! Where a page keeps its text, and the title above it.

use super::length;
use super::tree::{Edge, Id, Page, ROOT};
use crate::extract::blocks::{Block, Paragraph};

/// Shortest text that is the main text of a page, in characters.
const MAIN_CHARS: usize = 50;
/// Shortest heading of a page that is a title, in characters.
const TITLE_CHARS_MIN: usize = 5;
/// Blocks at the beginning of a main text in which its title may stand.
const TITLE_BLOCKS: usize = 8;

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

/// The elements with the main text, in order; none inside another. Sites part a notice and its annex so.
pub(super) fn texts(page: &Page) -> Vec<Id> {
    let fits = |id: Id, place: &str| match place.split_at_checked(1) {
        Some(("#", own)) => page.attribute(id, "id") == Some(own),
        Some((".", own)) => page.attribute(id, "class").is_some_and(|all| all.split_whitespace().any(|one| one == own)),
        _ => page.name(id) == place,
    };
    let of_place = |place: &&str| {
        let mut found: Vec<Id> = Vec::new();
        let mut inside = None;
        for edge in page.walk(ROOT) {
            match edge {
                Edge::Open(id) if inside.is_none() && fits(id, place) => {
                    inside = Some(id);
                    found.push(id);
                }
                Edge::Close(id) if inside == Some(id) => inside = None,
                _ => {}
            }
        }
        found.retain(|id| length(page, *id) > 0);
        let all: usize = found.iter().map(|id| length(page, *id)).sum();
        (all >= MAIN_CHARS).then_some(found)
    };
    MAIN.iter().find_map(of_place).unwrap_or_default()
}

/// The heading of the page above its main text, which does not repeat it; else what the page states as the title of its text.
pub(super) fn title_above(page: &Page, main: Id, text: &[Block]) -> Option<Block> {
    let inside: Vec<Id> = page.below(main).collect();
    let words = |id: Id| -> String { page.below(id).filter_map(|id| page.text(id)).flat_map(str::chars).collect() };
    let headings: Vec<String> = page
        .below(ROOT)
        .filter(|id| page.name(*id) == "h1" && !inside.contains(id))
        .map(words)
        .map(|words| words.split_whitespace().collect::<String>())
        .filter(|words| words.chars().count() >= TITLE_CHARS_MIN)
        .collect();
    let meta = || {
        let metas = page.below(ROOT).filter(|id| page.name(*id) == "meta");
        let is_title =
            |id: &Id| page.attribute(*id, "name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle"));
        let stated = metas.filter(is_title).find_map(|id| page.attribute(id, "content"))?;
        Some(stated.split_whitespace().collect::<String>()).filter(|title| !title.is_empty())
    };
    let title = match headings.as_slice() {
        [only] => Some(only.clone()),
        _ => meta(),
    }?;
    let said: String = text
        .iter()
        .take(TITLE_BLOCKS)
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.split_whitespace().collect::<String>()),
            Block::Table(_) => None,
        })
        .collect();
    let is_new = !said.contains(&title);
    is_new.then_some(Block::Paragraph(Paragraph { text: title, centred: true, outline: Some(1) }))
}
