//! Lines that name no part of the text: the title once more, and tables of contents (目录).

use super::super::provision::HeadingLevel;
use super::lines::{Line, Mark, is_blank};
use super::numbers::leading;
use super::{Opening, Role, is_title_like};

/// Most lines over which a repeated title is spread.
const TITLE_LINES_MAX: usize = 4;
/// Shortest line that can be the title of an attached instrument, in bytes (five characters).
const ATTACHED_BYTES_MIN: usize = 15;
/// Fewest headings in a row that can be a table of contents without the word 目录.
const CONTENTS_MIN: usize = 3;

/// A title without what sources write differently.
fn folded(text: &str) -> String {
    let kept = |c: &char| !is_blank(*c) && !matches!(c, '《' | '》' | '〈' | '〉' | '<' | '>' | '#' | '*' | '、');
    text.chars().filter(kept).collect::<String>().replace("中华人民共和国", "")
}

/// Marks lines that repeat the title; before the first article it may be spread over several lines.
pub(super) fn mark_titles(title: &str, text: &str, lines: &[Line], first_article: usize, roles: &mut [Role]) {
    let title = folded(title);
    let Some(first) = title.chars().next() else { return };
    for index in 0..lines.len() {
        let words = lines[index].words(text);
        let possible = words.len() <= title.len() + 60 && words.starts_with([first, '中', '《', '〈']);
        if !possible || roles[index] != Role::None {
            continue;
        }
        let most = if index < first_article { TITLE_LINES_MAX } else { 1 };
        if most == 1 && words.starts_with('《') {
            continue;
        }
        if let Some(count) = repeats(&title, text, &lines[index..], most) {
            roles[index] = Role::Heading(HeadingLevel::Title);
            roles[index + 1..index + count].fill(Role::Joined);
        }
    }
}

/// Marks the title of what a notice promulgates: it stands below the signature, and the notice is called after it.
pub(super) fn mark_attached_titles(title: &str, text: &str, lines: &[Line], roles: &mut [Role]) {
    let title = folded(title);
    let mut below_signature = false;
    for index in 0..lines.len() {
        match &roles[index] {
            Role::Joined => continue,
            Role::None if below_signature => {}
            role => {
                below_signature = *role == Role::Provision(Opening::signature());
                continue;
            }
        }
        below_signature = false;
        let mut name = String::new();
        let named = (index..lines.len().min(index + TITLE_LINES_MAX)).take_while(|at| {
            name += &folded(lines[*at].words(text));
            roles[*at] == Role::None && is_title_like(text, &lines[*at]) && title.contains(&name)
        });
        let count = named.count();
        if count > 0 && lines[index].end - lines[index].body >= ATTACHED_BYTES_MIN {
            roles[index] = Role::Heading(HeadingLevel::Title);
            roles[index + 1..index + count].fill(Role::Joined);
        }
    }
}

/// How many of the first lines together are the title.
fn repeats(title: &str, text: &str, lines: &[Line], most: usize) -> Option<usize> {
    let mut rest = title;
    for (count, line) in lines.iter().take(most).enumerate() {
        rest = rest.strip_prefix(folded(line.words(text)).as_str())?;
        if rest.is_empty() {
            return Some(count + 1);
        }
    }
    None
}

/// Marks the table of contents before the first article, if there is one.
pub(super) fn mark_contents(text: &str, lines: &[Line], first_article: usize, roles: &mut [Role]) {
    let head = &lines[..first_article.min(lines.len())];
    let named = head.iter().position(|line| is_contents(line.words(text)));
    let Some(start) = named.or_else(|| head.iter().position(|line| matches!(line.mark, Mark::Heading(..)))) else {
        return;
    };
    let first = if named.is_some() { start + 1 } else { start };
    let entry = |line: &Line| match line.mark {
        Mark::Heading(..) | Mark::Annex(_) => true,
        Mark::Unit(_) | Mark::Text => named.is_some() && is_title_like(text, line),
        _ => false,
    };
    let run = lines[first.min(lines.len())..].iter().take_while(|line| entry(line)).count();
    let same = |a: &Line, b: &Line| a.mark == b.mark && bare(a.words(text)) == bare(b.words(text));
    let listed = lines.get(first).filter(|_| run > 0).and_then(|head| {
        let again = lines[first + 1..].iter().position(|line| same(head, line)).map(|at| at + 1)?;
        Some(again.min(run))
    });
    match listed {
        Some(count) if named.is_some() || count >= CONTENTS_MIN => {
            roles[start] = Role::Heading(HeadingLevel::Title);
            roles[start + 1..first + count].fill(Role::Joined);
        }
        _ if named.is_some() => roles[start] = Role::Heading(HeadingLevel::Title),
        _ => {}
    }
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| !is_blank(*c)).collect()
}

fn is_contents(words: &str) -> bool {
    words.len() < 30 && matches!(bare(words).as_str(), "目录" | "目次")
}

/// Whether a heading line names several chapters: a table of contents on one line.
pub(super) fn names_several(words: &str) -> bool {
    let chapters = words.split('第').skip(1).filter_map(|rest| {
        let number = leading(rest)?;
        rest[number.len..].trim_start_matches(is_blank).starts_with('章').then_some(number.value)
    });
    let mut chapters = chapters.peekable();
    let first = chapters.peek().copied();
    chapters.any(|number| Some(number) != first)
}
