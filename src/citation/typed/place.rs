//! Places as they are typed: 第33条, 33条1款2项, 1043, 287-2, 33(1); series 33、34条 and ranges 33-35条.
//!
//! What law writes in full is typed with everything left out that goes without saying: 第, the unit of a lone number, the
//! article of a further paragraph. So a place is first taken apart into steps, one for each number, and what a step leaves out
//! is then taken from its neighbours: the unit from the step behind it (33、34条), else from the one before (33条、34).

use super::super::mention::{Locator, Unit};
use crate::text::numerals;

/// No article has a number from here on; it is a year.
const YEARS: std::ops::Range<u32> = 1900..2100;
/// Longest number, in characters: 一千二百六十.
const DIGITS_MAX: usize = 9;
/// No article has more insertions (刑法 has 133之一 to 133之三), so 120-50 is none.
const INSERTION_MAX: u32 = 30;

/// One place, or a range of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TypedPlace {
    /// The place, or where the range begins.
    pub at: Locator,
    /// Where the range ends.
    pub to: Option<Locator>,
    /// What it is if there is no such place: the number in brackets of an article without items is its paragraph (33条(1)), and so
    /// is the number behind a dash of one without insertions (33-2).
    pub or: Option<Locator>,
}

/// How sure it is that a place is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Written {
    /// There is none.
    Nothing,
    /// Numbers alone: 民法典1043.
    Number,
    /// With their unit: 33条.
    Unit,
}

/// What stands before a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// Nothing: it goes deeper.
    Inside,
    /// 、 and the like: another place.
    And,
    /// 至: the end of a range.
    To,
    /// `-`: the end of a range, or an insertion.
    Dash,
    /// `.`: one level deeper.
    Point,
}

/// One number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    link: Link,
    number: u32,
    /// 之几; 0 for none.
    insertion: u32,
    unit: Option<Unit>,
    /// Whether 第 stands before it.
    marked: bool,
    /// Whether it stands in brackets without a unit.
    bracketed: bool,
    /// Whether the insertion stands behind a dash.
    dashed: bool,
}

/// The name and the places behind it: the longest end of a folded query that can be read as places.
pub(super) fn split(query: &str) -> Option<(&str, Vec<TypedPlace>, Written)> {
    let rest = query.trim_end_matches(is_of_place);
    let mut before = rest.chars().next_back();
    for (at, c) in query.char_indices().skip_while(|(at, _)| *at < rest.len()) {
        let begins = c == '第'
            || c == '§'
            || is_digit(c) && !before.is_some_and(|before| is_digit(before) && is_one_script(before, c));
        before = Some(c);
        let name = query.get(..at).unwrap_or_default().trim_end();
        // 行政处罚法的第20条; 民法典，第1124条.
        let name = name.trim_end_matches('的').trim_end();
        let name = if c == '第' { name.trim_end_matches([',', ':']).trim_end() } else { name };
        if !begins || name.is_empty() || name.ends_with(|c| "§第条款项目之".contains(c) || link(c).is_some()) {
            continue;
        }
        if let Some((places, written)) = query.get(at..).and_then(places) {
            return Some((name, places, written));
        }
    }
    None
}

/// As law writes them: 第三十三条、第三十四条; 第三条至第五条.
pub(super) fn label(places: &[TypedPlace]) -> String {
    let one = |place: &TypedPlace| match place.to {
        Some(to) => format!("{}至{}", place.at.label(), to.label()),
        None => place.at.label(),
    };
    places.iter().map(one).collect::<Vec<_>>().join("、")
}

/// Whether a text is places and nothing else, with their units.
pub(super) fn is_place(text: &str) -> bool {
    places(text).is_some_and(|(_, written)| written == Written::Unit)
}

/// A text as places and nothing else.
fn places(text: &str) -> Option<(Vec<TypedPlace>, Written)> {
    let mut steps = steps(text)?;
    if text.chars().all(|c| c.is_ascii_digit() || c == ' ') {
        rise(&mut steps);
    }
    let sure = steps.iter().any(|step| step.unit.is_some() || step.marked || step.insertion > 0);
    insert(&mut steps);
    part(&mut steps);
    if !fill_units(&mut steps) {
        return None;
    }
    Some((joined(&steps)?, if sure { Written::Unit } else { Written::Number }))
}

/// 287-2 is 第二百八十七条之二: the end of a range would be greater.
fn insert(steps: &mut Vec<Step>) {
    let mut at = 1;
    while let (Some(one), Some(other)) = (steps.get(at - 1).copied(), steps.get(at).copied()) {
        let article = |step: Step| matches!(step.unit, None | Some(Unit::Article)) && step.insertion == 0;
        let falls = other.number < one.number && other.number <= INSERTION_MAX;
        if other.link == Link::Dash && falls && article(one) && article(other) && !other.marked && !other.bracketed {
            steps[at - 1].insertion = other.number;
            steps[at - 1].dashed = true;
            steps[at - 1].unit = one.unit.or(other.unit);
            steps.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Numbers alone that rise are several places: 24 27.
fn rise(steps: &mut [Step]) {
    if steps.windows(2).all(|pair| pair[0].number < pair[1].number) {
        steps.iter_mut().skip(1).for_each(|step| step.link = Link::And);
    }
}

/// 33条34条 are two places, as nothing that is no smaller lies in another.
fn part(steps: &mut [Step]) {
    for at in 1..steps.len() {
        if let (Some(before), Some(unit), Link::Inside) = (steps[at - 1].unit, steps[at].unit, steps[at].link)
            && unit <= before
        {
            steps[at].link = Link::And;
        }
    }
}

/// Gives every step its unit; `false` if one can have none.
fn fill_units(steps: &mut [Step]) -> bool {
    let lone_year = |step: &Step| step.unit.is_none() && !step.marked && YEARS.contains(&step.number);
    if steps.iter().any(lone_year) {
        return false;
    }
    name_brackets(steps);
    for at in (1..steps.len()).rev() {
        if steps[at].link != Link::Inside && steps[at - 1].unit.is_none() {
            steps[at - 1].unit = steps[at].unit;
        }
    }
    let mut before = Some(Unit::Article);
    for step in steps.iter_mut() {
        if step.link == Link::Point && step.unit.is_none() {
            step.unit = before.and_then(below);
        }
        if step.unit.is_none() && (step.link != Link::Inside || before == Some(Unit::Article) && !step.bracketed) {
            step.unit = before;
        }
        before = step.unit;
    }
    steps.iter().all(|step| step.unit.is_some() && (step.insertion == 0 || step.unit == Some(Unit::Article)))
}

/// 33(1) is an item, 33(1)(2) the second item of the first paragraph.
fn name_brackets(steps: &mut [Step]) {
    let mut at = 0;
    while at < steps.len() {
        let bracketed = |step: &&Step| step.bracketed;
        let further = steps[at + 1..].iter().take_while(|step| step.link == Link::Inside && step.bracketed).count();
        let all = if Some(&steps[at]).filter(bracketed).is_some() { 1 + further } else { 0 };
        let units: &[Unit] = match all {
            0 | 1 => &[Unit::Item],
            _ => &[Unit::Paragraph, Unit::Item, Unit::Subitem],
        };
        for (step, unit) in steps[at..].iter_mut().take(all).zip(units) {
            step.unit = Some(*unit);
        }
        at += all.max(1);
    }
}

/// The unit below: 33.2 is 第三十三条第二款.
fn below(unit: Unit) -> Option<Unit> {
    match unit {
        Unit::Article => Some(Unit::Paragraph),
        Unit::Paragraph => Some(Unit::Item),
        Unit::Item | Unit::Subitem => None,
    }
}

/// Steps as places: each goes deeper than the one before, or begins another place beside it.
fn joined(steps: &[Step]) -> Option<Vec<TypedPlace>> {
    let mut places: Vec<TypedPlace> = Vec::new();
    let mut at = Locator::default();
    for (place, step) in steps.iter().enumerate() {
        let unit = step.unit?;
        let deeper = at.unit().is_none_or(|deepest| deepest < unit);
        let inside = matches!(step.link, Link::Inside | Link::Point);
        if step.number == 0 || (inside && !deeper) || (place == 0 && unit != Unit::Article) {
            return None;
        }
        at = within(&at, unit, step);
        let or = match step {
            Step { bracketed: true, .. } if at.paragraph.is_none() && at.item.is_some() => {
                Some(Locator { paragraph: at.item, item: None, ..at })
            }
            Step { dashed: true, .. } => {
                Some(Locator { article: Some((step.number, 0)), paragraph: Some(step.insertion), ..Locator::default() })
            }
            _ => None,
        };
        match step.link {
            Link::Inside | Link::Point if place > 0 => {
                let last = places.last_mut()?;
                *last.to.as_mut().unwrap_or(&mut last.at) = at;
                last.or = or;
            }
            Link::Inside | Link::Point | Link::And => places.push(TypedPlace { at, to: None, or }),
            Link::To | Link::Dash => {
                let last = places.last_mut().filter(|last| last.to.is_none())?;
                last.to = Some(at);
            }
        }
    }
    let rises = |place: &TypedPlace| {
        place.to.is_none_or(|to| to.unit() == place.at.unit() && numbers(&place.at) <= numbers(&to))
    };
    places.iter().all(rises).then_some(places)
}

/// The place of a step in what stands above it of the place before.
fn within(before: &Locator, unit: Unit, step: &Step) -> Locator {
    let number = Some(step.number);
    match unit {
        Unit::Article => Locator { article: Some((step.number, step.insertion)), ..Locator::default() },
        Unit::Paragraph => Locator { article: before.article, paragraph: number, ..Locator::default() },
        Unit::Item => Locator { item: number, subitem: None, ..*before },
        Unit::Subitem => Locator { subitem: number, ..*before },
    }
}

fn numbers(at: &Locator) -> [u32; 5] {
    let (article, insertion) = at.article.unwrap_or_default();
    [article, insertion, at.paragraph.unwrap_or(0), at.item.unwrap_or(0), at.subitem.unwrap_or(0)]
}

/// A text as steps and nothing else.
fn steps(text: &str) -> Option<Vec<Step>> {
    let chars: Vec<char> = text.trim_end().chars().collect();
    let mut reader = Reader { rest: &chars };
    let mut steps: Vec<Step> = Vec::new();
    while !reader.rest.is_empty() {
        let link = reader.take_link();
        if steps.is_empty() && link != Link::Inside {
            return None;
        }
        // 第120条之一、之二: the number of the article goes without saying.
        let again = steps.last().filter(|step| link == Link::And && step.insertion > 0).map(|step| step.number);
        steps.push(reader.step(link, again)?);
    }
    (!steps.is_empty()).then_some(steps)
}

/// What is left of a text.
struct Reader<'c> {
    rest: &'c [char],
}

impl Reader<'_> {
    /// Passes over what says nothing between a number and its neighbours.
    fn skip(&mut self) {
        while let Some(' ' | '的') = self.rest.first() {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        self.skip();
        let found = self.rest.first() == Some(&wanted);
        self.rest = self.rest.get(usize::from(found)..).unwrap_or_default();
        found
    }

    fn take_link(&mut self) -> Link {
        let mut found = Link::Inside;
        self.skip();
        while let Some(next) = self.rest.first().copied().and_then(link) {
            found = next;
            self.rest = self.rest.get(1..).unwrap_or_default();
            self.skip();
        }
        found
    }

    fn number(&mut self) -> Option<u32> {
        self.skip();
        let first = self.rest.first().copied()?;
        let length = self.rest.iter().take_while(|c| is_digit(**c) && is_one_script(first, **c)).count();
        let digits: String = self.rest.get(..length)?.iter().collect();
        if length > DIGITS_MAX || digits.bytes().all(|byte| byte.is_ascii_digit()) && length > 4 {
            return None;
        }
        self.rest = self.rest.get(length..)?;
        numerals::parse_lenient(&digits).and_then(|number| u32::try_from(number.value).ok())
    }

    fn step(&mut self, link: Link, again: Option<u32>) -> Option<Step> {
        if let (Some(number), true) = (again, self.take('之')) {
            let insertion = self.number()?;
            let unit = Some(Unit::Article);
            return Some(Step { link, number, insertion, unit, marked: false, bracketed: false, dashed: false });
        }
        let section = self.take('§');
        while section && self.take('§') {}
        let marked = self.take('第');
        let opened = self.take('(');
        let number = self.number()?;
        if opened && !self.take(')') {
            return None;
        }
        self.skip();
        let unit = match self.rest.first() {
            Some('条') => Some(Unit::Article),
            Some('款') => Some(Unit::Paragraph),
            Some('项') => Some(Unit::Item),
            Some('目') => Some(Unit::Subitem),
            _ => None,
        };
        self.rest = self.rest.get(usize::from(unit.is_some())..)?;
        let unit = unit.or_else(|| section.then_some(Unit::Article));
        let inserted = !opened && matches!(unit, None | Some(Unit::Article)) && self.take('之');
        let insertion = if inserted { self.number().filter(|number| *number > 0)? } else { 0 };
        // 第133之一条.
        let unit = unit.or_else(|| (insertion > 0).then_some(Unit::Article));
        if insertion > 0 {
            self.take('条');
        }
        Some(Step { link, number, insertion, unit, marked, bracketed: opened && unit.is_none(), dashed: false })
    }
}

/// What a character between numbers says.
fn link(c: char) -> Option<Link> {
    match c {
        '、' | ',' | '和' | '与' | '及' | '或' | ';' | '/' => Some(Link::And),
        '至' | '到' | '~' | '～' => Some(Link::To),
        '-' | '–' | '—' => Some(Link::Dash),
        '.' => Some(Link::Point),
        _ => None,
    }
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟".contains(c)
}

/// Whether two digits can stand in one number: 解释三25条 has two.
fn is_one_script(one: char, other: char) -> bool {
    one.is_ascii_digit() == other.is_ascii_digit()
}

fn is_of_place(c: char) -> bool {
    is_digit(c) || link(c).is_some() || "§第条款项目之的() ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Name and places, as law writes them.
    fn read(query: &str) -> Option<String> {
        split(query).map(|(name, places, _)| format!("{name} {}", label(&places)))
    }

    #[test]
    fn places_as_they_are_typed() {
        for (query, found) in [
            ("甲法第33条", "甲法 第三十三条"),
            ("甲法 33", "甲法 第三十三条"),
            ("甲法33条1款2项", "甲法 第三十三条第一款第二项"),
            ("甲法第33条 第2款", "甲法 第三十三条第二款"),
            ("甲法第三十三条之一第二款第(三)项第1目", "甲法 第三十三条之一第二款第三项第一目"),
            ("甲法第33条的第2款", "甲法 第三十三条第二款"),
            ("甲法33(1)", "甲法 第三十三条第一项"),
            ("甲法124(1)(2)", "甲法 第一百二十四条第一款第二项"),
            ("甲法124条(1)(2)(3)", "甲法 第一百二十四条第一款第二项第三目"),
            ("甲法§33", "甲法 第三十三条"),
            ("甲法 §33 2款", "甲法 第三十三条第二款"),
            ("甲法§§33,34", "甲法 第三十三条、第三十四条"),
            ("甲法33.2", "甲法 第三十三条第二款"),
            ("甲法33.2.1", "甲法 第三十三条第二款第一项"),
            ("甲法33条.2款", "甲法 第三十三条第二款"),
            ("甲法133之一", "甲法 第一百三十三条之一"),
            ("甲法第133之一条", "甲法 第一百三十三条之一"),
            ("甲法287-2", "甲法 第二百八十七条之二"),
            ("甲法287-2条", "甲法 第二百八十七条之二"),
            ("甲法33、34条", "甲法 第三十三条、第三十四条"),
            ("甲法33,34条", "甲法 第三十三条、第三十四条"),
            ("甲法33和34条", "甲法 第三十三条、第三十四条"),
            ("甲法33条、34条", "甲法 第三十三条、第三十四条"),
            ("甲法33条34条", "甲法 第三十三条、第三十四条"),
            ("甲法的第33条", "甲法 第三十三条"),
            ("甲法,第33条", "甲法 第三十三条"),
            ("甲法33、34", "甲法 第三十三条、第三十四条"),
            ("甲法 24 27", "甲法 第二十四条、第二十七条"),
            ("甲法33条、34", "甲法 第三十三条、第三十四条"),
            ("甲法33-35条", "甲法 第三十三条至第三十五条"),
            ("甲法33-35", "甲法 第三十三条至第三十五条"),
            ("甲法33至35条", "甲法 第三十三条至第三十五条"),
            ("甲法第33条到第35条", "甲法 第三十三条至第三十五条"),
            ("甲法3、5-7条", "甲法 第三条、第五条至第七条"),
            ("甲法第33条第1款、第2款", "甲法 第三十三条第一款、第三十三条第二款"),
            ("甲法第33条第1、2款", "甲法 第三十三条第一款、第三十三条第二款"),
            ("甲法第33条第1款至第3款", "甲法 第三十三条第一款至第三十三条第三款"),
            ("甲法第33条第(一)、(二)项", "甲法 第三十三条第一项、第三十三条第二项"),
            ("甲法第33条第1款、第34条", "甲法 第三十三条第一款、第三十四条"),
            ("甲法解释三25条", "甲法解释三 第二十五条"),
            ("甲法解释二 5", "甲法解释二 第五条"),
            ("甲法120条之一、之二", "甲法 第一百二十条之一、第一百二十条之二"),
        ] {
            assert_eq!(read(query).as_deref(), Some(found), "{query}");
        }
        for query in [
            "甲法",
            "33条",
            "甲法第2款",
            "甲法0条",
            "甲法2018",
            "甲法35-33条",
            "甲法33条1",
            "甲法33条、",
            "甲法、33条",
            "GB 2760-2014",
            "甲法33-34-35条",
            "甲法33.",
            "甲法1.2.3.4",
            "甲法(33)",
            "甲法33款",
            "甲法第",
            "甲法33条之",
            "甲法12345条",
        ] {
            assert_eq!(read(query), None, "{query}");
        }
    }

    #[test]
    fn megabytes_of_it_are_read_at_once() {
        for unit in ["条", "第", "一", "33、", "第一条、", "(", "-", "1-"] {
            let query = format!("甲法{}", unit.repeat(40));
            let _ = split(&query);
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(query in "甲法[0-9一二十第条款项目之()、,至 -]{0,60}") {
            if let Some((name, places, _)) = split(&query) {
                prop_assert!(query.starts_with(name));
                prop_assert!(!places.is_empty() && places.iter().all(|place| place.at.article.is_some()));
            }
        }
    }
}
