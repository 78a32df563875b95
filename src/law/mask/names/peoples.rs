//! Names of peoples that bear no Chinese surnames: 扎西顿珠, 乌云其木格, 买买提江·吐尔逊. Two of the parts that such names are
//! made of in a row are one without any word beside them; one part is one behind a word like 患者 and in a list.

use super::super::persons::{Part, Persons};
use super::super::reading::is_han;
use super::candidate::Finder;
use super::{cues, labels};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Most parts of a name without a point.
const PARTS_MAX: usize = 4;
/// So many characters may follow the parts of a name, if they write sounds.
const REST_MAX: usize = 2;
/// Longest half of a name with a point.
const HALF_MAX: usize = 8;

/// The parts by their first character, longest first.
static PARTS: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut parts: HashMap<char, Vec<&'static str>> = HashMap::new();
    let lines = include_str!("peoples.txt").lines().filter(|line| !line.starts_with('#'));
    for part in lines.flat_map(|line| line.split(' ')) {
        parts.entry(part.chars().next().unwrap_or(' ')).or_default().push(part);
    }
    parts.values_mut().for_each(|same| same.sort_by_key(|part| std::cmp::Reverse(part.len())));
    parts
});
/// Characters of which names with points are written.
static SOUNDS: LazyLock<HashSet<char>> =
    LazyLock::new(|| PARTS.values().flatten().flat_map(|part| part.chars()).chain(cues::BY_SOUND.chars()).collect());

/// Whether a word is one of the parts.
pub(super) fn is_part(word: &str) -> bool {
    let first = word.chars().next().unwrap_or(' ');
    PARTS.get(&first).is_some_and(|same| same.contains(&word))
}

/// Whether a character writes a sound in such names.
pub(super) fn is_sound(c: char) -> bool {
    SOUNDS.contains(&c)
}

/// Notes the names that nothing beside them must tell.
pub(super) fn find(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    let mut at = 0;
    while at < reading.len() {
        let end =
            if labels::is_point(reading.at(at)) { pointed(finder, at) } else { free(finder, at).map(|end| (at, end)) };
        // Who acts in an office is known by now and stays.
        let known = end.is_some_and(|(start, _)| persons.at(reading, start).is_some());
        if let Some((start, end)) = end.filter(|_| !known) {
            persons.note(reading.str(start..end), Part::Person);
            at = end.max(at + 1);
        } else {
            at += 1;
        }
    }
}

/// Where the parts that begin at a place end, and how many they are.
pub(super) fn parts(finder: &Finder<'_>, at: usize) -> (usize, usize) {
    let (mut end, mut count) = (at, 0);
    while count < PARTS_MAX {
        let same = PARTS.get(&finder.reading.at(end));
        let part = same.and_then(|same| same.iter().find(|part| finder.reading.has(end, part)));
        let Some(part) = part else { break };
        end += part.chars().count();
        count += 1;
    }
    (end, count)
}

/// The end of a name of two parts or more that begins at a place in running words.
fn free(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let (end, count) = parts(finder, at);
    (count > 1 && finder.beginning(at) > 0 && is_name(finder, at, end)).then_some(end)
}

/// The end of the name that begins behind a word like 患者, or in a list.
pub(super) fn told(finder: &Finder<'_>, at: usize) -> Option<usize> {
    if finder.masked(at).is_some() {
        return None;
    }
    let (end, count) = parts(finder, at);
    if count == 0 {
        return None;
    }
    let rest = finder.reading.slice(end..end + REST_MAX).iter().take_while(|c| SOUNDS.contains(*c)).count();
    (end..=end + rest).find(|end| is_name(finder, at, *end))
}

/// The end of a name of two parts or more that begins right behind a word like 当事人, whatever follows it: 额尔敦巴图擅自.
pub(super) fn several(finder: &Finder<'_>, at: usize) -> Option<usize> {
    if finder.masked(at).is_some() {
        return None;
    }
    let (end, count) = parts(finder, at);
    let next = finder.reading.at(end);
    let place = cues::PLACES.contains(next)
        || ["苏木", "嘎查", "草原", "牧场", "煤矿"].iter().any(|word| finder.reading.has(end, word));
    let whole = count > 1 && !place && next != '某' && !labels::is_point(next) && !finder.is_firm(end);
    whole.then_some(end)
}

/// Whether a stretch ends where names end and is neither a place, a firm, nor another word.
fn is_name(finder: &Finder<'_>, at: usize, end: usize) -> bool {
    let next = finder.reading.at(end);
    let masked = next == '某' || next.is_ascii_digit() && finder.reading.at(end + 1) == '某';
    finder.ending(end) > 0
        && !masked
        && !labels::is_point(next)
        && !cues::PLACES.contains(next)
        && !finder.is_firm(end)
        && (parts(finder, at).0 == end || !labels::is_plain_word(finder.reading.str(at..end)))
}

/// The end of the name with a point that begins at a place.
pub(super) fn pointed_from(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let point = (at..=at + HALF_MAX).find(|place| !SOUNDS.contains(&finder.reading.at(*place)))?;
    let (start, end) = labels::is_point(finder.reading.at(point)).then(|| pointed(finder, point))??;
    (start == at).then_some(end)
}

/// The name around a point whose halves are written by their sound.
fn pointed(finder: &Finder<'_>, point: usize) -> Option<(usize, usize)> {
    let reading = finder.reading;
    let sounds = |c: char| SOUNDS.contains(&c);
    let half = |place: &usize| is_han(reading.at(*place)) && sounds(reading.at(*place));
    let mut start = point - (1..=HALF_MAX.min(point)).take_while(|step| half(&(point - step))).count();
    let mut end = point + 1 + (point + 1..point + 1 + HALF_MAX).take_while(half).count();
    // 告知买买提: where a name begins inside the sounds, what stands before it is none of it.
    while start + 2 < point && finder.beginning(start) == 0 && parts(finder, start).1 == 0 {
        start += 1;
    }
    while end > point + 3 && finder.ending(end) == 0 {
        end -= 1;
    }
    let whole = start + 1 < point && point + 2 < end && finder.ending(end) > 0;
    let whole = whole && (finder.beginning(start) > 0 || parts(finder, start).1 > 0);
    (whole && !finder.is_firm(end) && !cues::PLACES.contains(reading.at(end))).then_some((start, end))
}
