//! Takes apart what was typed.

use super::super::mention::Locator;
use super::super::names::title_key;
use super::{Named, Typed, Written, number};
use crate::text::fold::fold_str;
use crate::text::numerals;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// Longest query that may be a citation, in characters: the longest titles have 90.
const QUERY_CHARS_MAX: usize = 120;
/// Fewer letters are no initials of a name.
const LETTERS_MIN: usize = 3;
/// No article has a number from here on; it is a year.
const YEARS: std::ops::Range<u32> = 1900..2100;

/// Name, then the place: 第33条之一第2款第（三）项第1目, every 第 and the 条 of a lone number left out at will.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    let n = |name: &str| format!("(?P<{name}>[0-9]{{1,4}}|[〇零一二三四五六七八九十百千]{{1,9}})");
    let article = [
        format!("第? ?{} ?条(?: ?之 ?{})?", n("article"), n("insertion")),
        format!("第? ?{} ?之 ?{}", n("article_a"), n("insertion_a")),
        format!("第? ?{}", n("article_b")),
    ];
    let paragraph = format!("(?: ?第? ?{} ?款)?", n("paragraph"));
    let item = format!(r"(?: ?第? ?\({}\) ?项?| ?第? ?{} ?项)?", n("item"), n("item_a"));
    let subitem = format!(r"(?: ?第? ?\(?{}\)? ?目)?", n("subitem"));
    let place = format!("(?:{}){paragraph}{item}{subitem}(?:之?规定)?", article.join("|"));
    Regex::new(&format!("^(?P<name>.+?) ?(?P<place>{place})$")).expect("a fixed pattern")
});
/// A year before or behind a name: 公司法(2018), 公司法2018年修正, 2018年版公司法.
static YEAR_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>.*[^0-9( ]) ?\(?(?P<year>(?:19|20)[0-9]{2}) ?年?(?:版|本|修[正订改][版本]?)?\)?$")
        .expect("a fixed pattern")
});
static YEAR_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<year>(?:19|20)[0-9]{2}) ?年?(?:版|修[正订改][版本]?)?的? ?(?P<name>[^0-9年月].*)$")
        .expect("a fixed pattern")
});

/// What a query could cite; `None` if its form alone says that it cites nothing.
pub fn read(query: &str) -> Option<Typed> {
    let query = query.trim();
    if query.chars().nth(QUERY_CHARS_MAX).is_some() {
        return None;
    }
    let folded = fold_str(query);
    let folded = folded.trim();
    if folded.chars().nth(1).is_none() || folded.chars().all(|c| c.is_ascii_digit() || c == ' ') {
        return None;
    }
    let placed = PLACE.captures(folded).and_then(|found| placed(&found));
    // 国办发〔2018〕37号第三条 has a number and a place.
    let number = match &placed {
        Some((name, _, Written::Unit)) => number::read(name).filter(|number| number.sure),
        _ => number::read(folded),
    };
    if placed.is_none() && number.is_none() && !may_be_name(folded) {
        return None;
    }
    let (name, at, written) = placed.unwrap_or((folded, Locator::default(), Written::Nothing));
    Some(Typed { title: title_key(folded), number, named: named(name, at, written) })
}

/// Whether a query without place and number may be a name: it ends as one, or is of letters. What it ends in is asked first,
/// so that ordinary words never need a table of names.
fn may_be_name(query: &str) -> bool {
    const ENDINGS: &str = "法典例定则释知见复议函范准程)";
    let letters = query.bytes().all(|byte| byte.is_ascii_lowercase());
    let year = YEAR_BEHIND.captures(query).and_then(|found| found.name("name"));
    let name = year.map_or(query, |name| name.as_str()).trim_end_matches('》');
    letters || name.ends_with(|c| ENDINGS.contains(c))
}

/// Name and place; a lone number that can only be a year is left to the name.
fn placed<'t>(found: &Captures<'t>) -> Option<(&'t str, Locator, Written)> {
    let number = |names: [&str; 2]| {
        let digits = names.iter().find_map(|name| found.name(name))?;
        numerals::parse_lenient(digits.as_str()).and_then(|number| u32::try_from(number.value).ok())
    };
    let article = number(["article", "article_a"]).or_else(|| number(["article_b", "article_b"]))?;
    let insertion = number(["insertion", "insertion_a"]).unwrap_or(0);
    let at = Locator {
        article: Some((article, insertion)),
        paragraph: number(["paragraph", "paragraph"]),
        item: number(["item", "item_a"]),
        subitem: number(["subitem", "subitem"]),
    };
    let lone = found.name("article_b").is_some();
    let marked = found.name("place").is_some_and(|place| place.as_str().starts_with('第'));
    let year = lone && !marked && YEARS.contains(&article);
    if article == 0 || year {
        return None;
    }
    let written = if lone && !marked { Written::Number } else { Written::Unit };
    Some((found.name("name")?.as_str(), at, written))
}

/// The name without its year and its signs; `None` if nothing is left that could be a name.
fn named(name: &str, at: Locator, written: Written) -> Option<Named> {
    let of = |found: Captures<'_>| {
        let year = found.name("year")?.as_str().parse::<u16>().ok()?;
        Some((found.name("name")?.as_str().to_string(), Some(year)))
    };
    let behind = YEAR_BEHIND.captures(name).and_then(of);
    let year = behind.or_else(|| YEAR_BEFORE.captures(name).and_then(of));
    let (name, year) = year.unwrap_or_else(|| (name.to_string(), None));
    let words = title_key(name.trim());
    let is_letters = words.bytes().all(|byte| byte.is_ascii_lowercase());
    let of_text = ["本", "该", "此", "前", "上述", "第"];
    let long_enough = words.chars().count() >= if is_letters { LETTERS_MIN } else { 2 };
    (long_enough && !of_text.iter().any(|start| words.starts_with(start))).then_some(Named { words, year, at, written })
}

impl Named {
    /// Whether the words are initials of pinyin.
    pub(super) fn is_letters(&self) -> bool {
        self.words.bytes().all(|byte| byte.is_ascii_lowercase())
    }
}
