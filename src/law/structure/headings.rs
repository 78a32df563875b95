//! The outline of a law or normative document.

use super::super::provision::{HeadingLevel, ProvisionKind};
use super::annexes::{self, Zone};
use super::articles;
use super::lines::{ArticleMark, Line, Mark, UnitMark, UnitStyle};
use super::numbers::chinese;
use super::titles::{mark_attached_titles, mark_contents, mark_titles, names_several};
use super::units;
use super::{Opening, Outline, Role, is_title_like};
use std::ops::Range;

/// Longest line marked as a heading that is believed, in bytes.
const MARKED_BYTES_MAX: usize = 240;

/// Depths of numbered headings between articles: 一、 and （一）.
const HEADING_DEPTHS: usize = 2;

/// Gives every line its role.
pub(super) fn outline(title: &str, text: &str, lines: Vec<Line>) -> Outline {
    let selection = articles::select(text, &lines);
    let lines = if selection.hidden.is_empty() { lines } else { articles::divide(text, &lines, &selection.hidden) };
    let mut roles = vec![Role::None; lines.len()];
    let first_article = mark_articles(&lines, &selection.starts, &mut roles);
    mark_contents(text, &lines, first_article, &mut roles);
    mark_titles(title, text, &lines, first_article, &mut roles);
    mark_headings(text, &lines, &selection.wording, &mut roles);
    mark_numbered_headings(text, &lines, first_article, &mut roles);
    let zones = annexes::zones(text, &lines, &roles);
    let mut outline = Outline { lines, roles, defaults: Vec::new(), issues: selection.issues };
    for zone in &zones {
        mark_zone(text, zone, &mut outline);
    }
    mark_attached_titles(title, text, &outline.lines, &mut outline.roles);
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

/// 编 分编 章 节 by their words, and whatever Markdown marks as a heading.
fn mark_headings(text: &str, lines: &[Line], wording: &[Range<usize>], roles: &mut [Role]) {
    let has_parts = lines.iter().any(|line| top_heading(text, line).is_some_and(|words| words.ends_with('编')));
    for index in 0..lines.len() {
        let line = &lines[index];
        let quoted = wording.get(wording.partition_point(|quoted| quoted.end <= line.start));
        if roles[index] != Role::None || quoted.is_some_and(|quoted| quoted.contains(&line.start)) {
            continue;
        }
        let part = top_heading(text, line).is_some_and(|words| is_part_of_a_code(words) && has_parts);
        match line.mark {
            _ if part => roles[index] = Role::Heading(HeadingLevel::Part),
            Mark::Heading(..) if names_several(line.words(text)) => roles[index] = Role::Heading(HeadingLevel::Title),
            Mark::Heading(level, _) => roles[index] = Role::Heading(level),
            Mark::Text if line.marked && line.end - line.body <= MARKED_BYTES_MAX => {
                roles[index] = Role::Heading(HeadingLevel::Section);
            }
            _ => {}
        }
    }
    join_names(text, lines, roles);
}

/// The words of a line that Markdown marks as a heading of the highest level.
fn top_heading<'a>(text: &'a str, line: &Line) -> Option<&'a str> {
    let written = text.get(line.start..line.end)?.trim_start();
    (line.marked && written.starts_with('#') && !written.starts_with("##")).then(|| line.words(text))
}

/// A code that its source keeps in several files names its parts without numbers: 物权编, and before them 总则.
fn is_part_of_a_code(words: &str) -> bool {
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    bare.ends_with('编') || ["总则", "分则", "附则"].contains(&bare.as_str())
}

/// A heading goes on in the next line if that is short and an article or another heading follows it, or if the heading
/// is nothing but its number.
fn join_names(text: &str, lines: &[Line], roles: &mut [Role]) {
    for index in 1..lines.len() {
        let (above, line) = (&lines[index - 1], &lines[index]);
        let Mark::Heading(_, 1..) = above.mark else { continue };
        if !is_title_like(text, line) || !matches!(roles[index - 1], Role::Heading(_)) {
            continue;
        }
        let nameless = above.words(text).ends_with(['编', '篇', '章', '节']) && above.end - above.body < 30;
        if nameless && matches!(line.mark, Mark::Heading(_, 0)) {
            roles[index] = Role::Joined;
        }
        if line.mark != Mark::Text || line.marked || roles[index] != Role::None {
            continue;
        }
        if nameless || roles.get(index + 1).is_some_and(|next| matches!(next, Role::Heading(_) | Role::Provision(_))) {
            roles[index] = Role::Joined;
        }
    }
}

/// `一、管辖` and `（一）一般规定` between articles: they stand right before an article or a heading below them, and their
/// numbers follow each other.
fn mark_numbered_headings(text: &str, lines: &[Line], first_article: usize, roles: &mut [Role]) {
    if first_article == lines.len() {
        return;
    }
    let mut leads = vec![false; lines.len()];
    // Depth from which a heading may stand before the line that was looked at last.
    let mut below = 0;
    for index in (0..lines.len()).rev() {
        let depth = heading_unit(text, &lines[index]).map(|(depth, _)| depth).filter(|_| roles[index] == Role::None);
        leads[index] = depth.is_some_and(|depth| depth < below);
        below = match (&roles[index], depth) {
            (Role::Provision(_), _) => HEADING_DEPTHS,
            (_, Some(depth)) if leads[index] => depth,
            _ => 0,
        };
    }
    let mut last = [0; HEADING_DEPTHS];
    for index in 0..lines.len() {
        if roles[index] != Role::None {
            if matches!(roles[index], Role::Heading(level) if level < HeadingLevel::Unit1) {
                last = [0; HEADING_DEPTHS];
            }
            continue;
        }
        let Some((depth, unit)) = heading_unit(text, &lines[index]) else { continue };
        if lines[index].marked || leads[index] && unit.number == last[depth] + 1 {
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
    annexes::mark_lists(text, lines, zone, roles);
    let loose = zone.lines.start..articles.map_or(zone.lines.end, |first| zone.lines.start + first);
    let mut found = units::find(text, lines, loose.clone(), roles);
    if zone.is_annex() {
        found.fold_lists(lines);
    }
    let enough = if zone.is_annex() || articles.is_some() { 2 } else { 1 };
    let numbered = found.units.len() >= enough && !zone.is_short(lines);
    if numbered {
        units::mark(text, lines, loose, &found, zone, roles);
        issues.extend(found.issues);
    }
    let mut default = zone.open(text, lines, numbered || articles.is_some(), roles);
    if !numbered && articles.is_none() && !zone.is_annex() {
        default.label = "正文".to_string();
    }
    outline.defaults.push((zone.lines.start, default));
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::law::{BlockKind, Document, HeadingLevel, Kind};

    fn levels(text: &str) -> Vec<HeadingLevel> {
        let structure = parse(&Document::new(Kind::Legislation, "云法典", text));
        let level = |kind: &BlockKind| match kind {
            BlockKind::Heading(level) => Some(*level),
            BlockKind::Provision(_) => None,
        };
        structure.blocks.iter().filter_map(|block| level(&block.kind)).collect()
    }

    #[test]
    fn parts_of_a_code_without_numbers_are_parts() {
        use HeadingLevel::*;
        let text = "# 总则\n## 第一章 通则\n第一条 甲。\n# 渡口编\n## 第一分编 船只\n### 第一章 停靠\n第二条 乙。\n";
        assert_eq!(levels(text), [Part, Chapter, Part, Subpart, Chapter]);
        assert_eq!(levels("# 总则\n第一条 甲。\n# 罚则\n第二条 乙。")[0], Chapter, "no part is named");
    }
}
