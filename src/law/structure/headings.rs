//! The outline of a law or normative document.

use super::super::provision::{HeadingLevel, ProvisionKind};
use super::annexes::{self, Zone};
use super::articles;
use super::lines::{ArticleMark, Line, Mark, UnitMark, UnitStyle};
use super::numbers::chinese;
use super::titles::{mark_contents, mark_titles, names_several};
use super::units;
use super::{Opening, Outline, Role, is_title_like};

/// Longest line marked as a heading that is believed, in bytes.
const MARKED_BYTES_MAX: usize = 240;

/// Gives every line its role.
pub(super) fn outline(title: &str, text: &str, lines: Vec<Line>) -> Outline {
    let selection = articles::select(text, &lines);
    let lines = if selection.hidden.is_empty() { lines } else { articles::divide(text, &lines, &selection.hidden) };
    let mut roles = vec![Role::None; lines.len()];
    let first_article = mark_articles(&lines, &selection.starts, &mut roles);
    mark_contents(text, &lines, first_article, &mut roles);
    mark_titles(title, text, &lines, first_article, &mut roles);
    mark_headings(text, &lines, &mut roles);
    mark_numbered_headings(text, &lines, first_article, &mut roles);
    let zones = annexes::zones(text, &lines, &roles);
    let mut outline = Outline { lines, roles, defaults: Vec::new(), issues: selection.issues };
    for zone in &zones {
        mark_zone(text, zone, &mut outline);
    }
    outline
}

/// Gives the chosen lines their articles; returns the index of the first.
fn mark_articles(lines: &[Line], starts: &[usize], roles: &mut [Role]) -> usize {
    let mut starts = starts.iter().copied().peekable();
    let mut first = lines.len();
    for (index, line) in lines.iter().enumerate() {
        let Mark::Article(mark) = line.mark else { continue };
        if starts.next_if_eq(&line.start).is_some() {
            roles[index] = Role::Provision(article(mark));
            first = first.min(index);
        }
    }
    first
}

fn article(mark: ArticleMark) -> Opening {
    let (mut key, mut label) = (format!("a{}", mark.number), format!("第{}条", chinese(mark.number)));
    if mark.sub > 0 {
        key += &format!("-{}", mark.sub);
        label += &format!("之{}", chinese(mark.sub));
    }
    Opening::new(ProvisionKind::Article, key, label)
}

/// 编 分编 章 节 by their words, and whatever Markdown marks as a heading. A heading of a number alone takes the next
/// line as its name.
fn mark_headings(text: &str, lines: &[Line], roles: &mut [Role]) {
    for index in 0..lines.len() {
        let line = &lines[index];
        if roles[index] != Role::None {
            continue;
        }
        match line.mark {
            Mark::Heading(..) if names_several(line.words(text)) => roles[index] = Role::Heading(HeadingLevel::Title),
            Mark::Heading(level, number) => {
                roles[index] = Role::Heading(level);
                let nameless = number > 0 && line.words(text).ends_with(['编', '篇', '章', '节', '分']);
                let named = |next: &Line| next.mark == Mark::Text && !next.marked && is_title_like(text, next);
                if nameless && lines.get(index + 1).is_some_and(named) && roles[index + 1] == Role::None {
                    roles[index + 1] = Role::Joined;
                }
            }
            Mark::Text if line.marked && line.end - line.body <= MARKED_BYTES_MAX => {
                roles[index] = Role::Heading(HeadingLevel::Section);
            }
            _ => {}
        }
    }
}

/// `一、管辖` and `（一）一般规定` between articles: they stand right before an article or another heading, and their
/// numbers follow each other.
fn mark_numbered_headings(text: &str, lines: &[Line], first_article: usize, roles: &mut [Role]) {
    if first_article == lines.len() {
        return;
    }
    let mut before_structure = vec![false; lines.len()];
    let mut next = false;
    for index in (0..lines.len()).rev() {
        before_structure[index] = next && heading_unit(text, &lines[index]).is_some();
        next = match &roles[index] {
            Role::Provision(_) => true,
            Role::Heading(level) => *level != HeadingLevel::Title,
            _ => before_structure[index],
        };
    }
    let mut last = [0, 0];
    for index in 0..lines.len() {
        if roles[index] != Role::None {
            if matches!(roles[index], Role::Heading(level) if level < HeadingLevel::Unit1) {
                last = [0, 0];
            }
            continue;
        }
        let Some((depth, unit)) = heading_unit(text, &lines[index]) else { continue };
        if lines[index].marked || before_structure[index] && unit.number == last[depth] + 1 {
            roles[index] = Role::Heading([HeadingLevel::Unit1, HeadingLevel::Unit2][depth]);
            last[depth] = unit.number;
            last[depth + 1..].fill(0);
        }
    }
}

fn heading_unit(text: &str, line: &Line) -> Option<(usize, UnitMark)> {
    match line.mark {
        Mark::Unit(unit) if is_title_like(text, line) => match unit.style {
            UnitStyle::Plain => Some((0, unit)),
            UnitStyle::Bracketed => Some((1, unit)),
            _ => None,
        },
        _ => None,
    }
}

/// Units, signature and default of the main text or of one annex.
fn mark_zone(text: &str, zone: &Zone, outline: &mut Outline) {
    let Outline { lines, roles, issues, .. } = outline;
    let is_article = |role: &Role| matches!(role, Role::Provision(opening) if opening.kind == ProvisionKind::Article);
    let articles = roles[zone.lines.clone()].iter().position(is_article);
    annexes::mark_signatures(text, lines, zone, roles);
    let loose = zone.lines.start..articles.map_or(zone.lines.end, |first| zone.lines.start + first);
    let found = units::find(text, lines, loose.clone(), roles);
    let enough = if zone.is_annex() || articles.is_some() { 2 } else { 1 };
    let numbered = found.units.len() >= enough;
    if numbered {
        units::mark(text, lines, loose, &found, zone, roles);
        issues.extend(found.issues);
    }
    let default = zone.open(text, lines, numbered || articles.is_some(), roles);
    outline.defaults.push((zone.lines.start, default));
}
