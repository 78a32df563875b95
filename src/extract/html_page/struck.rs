//! Elements that a style strikes through (text-decoration: line-through), by themselves or by a rule of a sheet in the page: their
//! text is read, and told of.

use super::tree::{Edge, Id, Page, ROOT};
use std::collections::HashSet;

/// Most selectors that are kept of a page.
const SELECTORS_MAX: usize = 1_000;

/// The selectors of the rules that strike through: `.a`, `#a`, `span.a`, `span`. What stands before the last of a row of selectors is
/// not looked at, as this is only told of.
#[derive(Debug, Default)]
pub(super) struct Struck(HashSet<String>);

impl Struck {
    /// Those of the sheets in a page.
    pub(super) fn of(page: &Page) -> Struck {
        let mut found = HashSet::new();
        for edge in page.walk(ROOT) {
            let Edge::Open(id) = edge else { continue };
            if page.name(id) == "style" {
                let sheet: String = page.below(id).filter_map(|id| page.text(id)).collect();
                read(&without_comments(&sheet), &mut found);
            }
        }
        Struck(found)
    }

    /// Whether an element is struck through.
    pub(super) fn strikes(&self, page: &Page, id: Id) -> bool {
        if page.attribute(id, "style").is_some_and(is_through) {
            return true;
        }
        if self.0.is_empty() || page.text(id).is_some() {
            return false;
        }
        let tag = page.name(id);
        let has = |mark: &str, name: &str| {
            let own = format!("{mark}{name}");
            self.0.contains(&own) || self.0.contains(&format!("{tag}{own}"))
        };
        let classes = page.attribute(id, "class").unwrap_or_default();
        self.0.contains(tag)
            || classes.split_whitespace().any(|class| has(".", class))
            || page.attribute(id, "id").is_some_and(|name| has("#", name))
    }
}

/// Whether declarations strike through.
fn is_through(declarations: &str) -> bool {
    let declarations = declarations.to_ascii_lowercase();
    let mut rules = declarations.split(';').filter_map(|rule| rule.split_once(':'));
    rules.any(|(name, value)| name.trim().starts_with("text-decoration") && value.contains("line-through"))
}

/// The last selectors of the rules of a sheet that strike through; those of a state (`a:hover`) are none.
fn read(sheet: &str, found: &mut HashSet<String>) {
    for rule in sheet.split('}') {
        // @media print { .a { …: the innermost bracket has the declarations.
        let Some((head, declarations)) = rule.rsplit_once('{') else { continue };
        if !is_through(declarations) {
            continue;
        }
        let selectors = head.rsplit(['{', ';']).next().unwrap_or_default();
        let last = |selector: &str| {
            selector.split([' ', '\n', '\t', '\r', '>', '+', '~']).rfind(|one| !one.is_empty()).map(str::to_string)
        };
        let plain = selectors.split(',').filter_map(last).filter(|one| !one.contains([':', '[', '*']));
        found.extend(plain.take(SELECTORS_MAX.saturating_sub(found.len())));
    }
}

fn without_comments(sheet: &str) -> String {
    let mut plain = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, behind)| behind);
    }
    plain.push_str(rest);
    plain
}
