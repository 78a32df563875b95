//! Where spans of a text stand in a longer one of which it is an excerpt: whole lines are left out of it, mostly at its
//! head, white space and bars between the cells of tables differ, characters of private use are gone.
//!
//! Lines are matched from the end, each with the last one that has its letters; so a heading is found where it stands and
//! not in the table of contents. Work is bounded: lines that match nothing cost a limited search each.

use std::ops::Range;

/// How many lines a match may leave out, besides those that have matched nothing.
const SKIPPED_MAX: usize = 3_000;
/// Steps of the search for lines.
const STEPS_MAX: usize = 100_000_000;
/// Letters of a span that is looked for by its words.
const WORDS_MAX: usize = 400;
/// Lines above in which words are looked for that do not stand where they should.
const ABOVE_MAX: usize = 200;
/// Pieces of a span that are looked for.
const PIECES_MAX: usize = 8;

/// A line with letters, by its bytes, and a digest of those letters.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: u32,
    end: u32,
    digest: u32,
}

fn is_letter(letter: char) -> bool {
    !letter.is_whitespace() && letter != '|' && !('\u{e000}'..='\u{f8ff}').contains(&letter)
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| is_letter(*letter))
}

fn short(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

fn lines(text: &str) -> Vec<Line> {
    let mut start = 0;
    let mut all = Vec::new();
    for line in text.split('\n') {
        let end = start + line.len();
        // FNV-1a: equal lines have equal digests, others nearly never.
        let digest = letters(line).fold(0x811C_9DC5_u32, |sum, letter| (sum ^ letter as u32).wrapping_mul(0x0100_0193));
        if letters(line).next().is_some() {
            all.push(Line { start: short(start), end: short(end), digest });
        }
        start = end + 1;
    }
    all
}

/// Spans of `excerpt` as spans of `whole`. A span whose words are not found has the line nearest to it; one in a text
/// without letters is empty, at the start.
pub fn places(whole: &str, excerpt: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    if whole == excerpt {
        return spans.to_vec();
    }
    Aligned::new(whole, excerpt).places(spans)
}

struct Aligned<'a> {
    whole: &'a str,
    excerpt: &'a str,
    whole_lines: Vec<Line>,
    lines: Vec<Line>,
    /// For each line of the excerpt the line of the whole.
    matched: Vec<Option<usize>>,
}

impl<'a> Aligned<'a> {
    fn new(whole: &'a str, excerpt: &'a str) -> Self {
        let (whole_lines, lines) = (lines(whole), lines(excerpt));
        let mut matched = vec![None; lines.len()];
        let (mut end, mut unmatched, mut steps) = (whole_lines.len(), 0, STEPS_MAX);
        for (line, found) in lines.iter().zip(&mut matched).rev() {
            let from = end.saturating_sub(SKIPPED_MAX + unmatched * 8);
            let window = whole_lines.get(from..end).unwrap_or_default();
            if steps < window.len() {
                break;
            }
            let at = window.iter().rposition(|other| other.digest == line.digest);
            steps -= at.map_or(window.len(), |at| window.len() - at);
            match at {
                Some(at) => (*found, end, unmatched) = (Some(from + at), from + at, 0),
                None => unmatched += 1,
            }
        }
        Aligned { whole, excerpt, whole_lines, lines, matched }
    }

    fn places(&self, spans: &[Range<usize>]) -> Vec<Range<usize>> {
        spans.iter().map(|span| self.place(span)).collect()
    }

    fn place(&self, span: &Range<usize>) -> Range<usize> {
        // The lines of its first and its last letter.
        let first = self.lines.partition_point(|line| (line.end as usize) <= span.start);
        let last = self.lines.partition_point(|line| (line.start as usize) < span.end).saturating_sub(1).max(first);
        let start = self.letter(first, span.start, false);
        let end = self.letter(last, span.end, true);
        match (start, end) {
            (Some(start), Some(end)) if start < end => start..end,
            _ => self.by_words(span, first).unwrap_or_else(|| self.nearest(first)),
        }
    }

    /// The place in the whole of the letter in front of which a place of the excerpt lies, or behind which.
    fn letter(&self, line: usize, at: usize, is_end: bool) -> Option<usize> {
        let (own, other) = (self.lines.get(line)?, self.whole_lines.get((*self.matched.get(line)?)?)?);
        let before = self.excerpt.get(own.start as usize..at.clamp(own.start as usize, own.end as usize))?;
        let passed = letters(before).count();
        let mut seen = self.whole.get(other.start as usize..other.end as usize)?.char_indices();
        let mut seen = seen.by_ref().filter(|(_, letter)| is_letter(*letter));
        let (index, letter) = seen.nth(if is_end { passed.checked_sub(1)? } else { passed })?;
        Some(other.start as usize + index + if is_end { letter.len_utf8() } else { 0 })
    }

    /// The lines of the whole that stand around a line of the excerpt: the last one matched before it, the next one.
    fn around(&self, line: usize) -> (Option<usize>, Option<usize>) {
        let before = self.matched.get(..line.min(self.matched.len())).unwrap_or_default();
        let behind = self.matched.get(line..).unwrap_or_default();
        (before.iter().rev().find_map(|found| *found), behind.iter().find_map(|found| *found))
    }

    /// Looks for the words between the lines around, as often as they stand in the excerpt since the line before; then for
    /// the longest piece of them that stands in one cell, there and above: a merged cell is told again in each of its rows.
    fn by_words(&self, span: &Range<usize>, line: usize) -> Option<Range<usize>> {
        let words = self.excerpt.get(span.clone())?;
        let (before, behind) = self.around(line);
        let from = before.and_then(|at| self.whole_lines.get(at)).map_or(0, |line| line.end as usize);
        let to = behind.and_then(|at| self.whole_lines.get(at)).map_or(self.whole.len(), |line| line.start as usize);
        let above =
            before.and_then(|at| self.whole_lines.get(at.saturating_sub(ABOVE_MAX))).map_or(0, |line| line.start);
        let own = self.matched.get(..line)?.iter().rposition(Option::is_some).and_then(|at| self.lines.get(at));
        let passed: String = letters(self.excerpt.get(own.map_or(0, |line| line.end as usize)..span.start)?).collect();
        let mut pieces: Vec<&str> = words.split(['|', '\n']).collect();
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
        std::iter::once(words).chain(pieces.into_iter().take(PIECES_MAX)).find_map(|words| {
            let words: String = letters(words).take(WORDS_MAX).collect();
            let earlier = passed.matches(words.as_str()).take(ABOVE_MAX).count();
            let here = || self.found(from..to.max(from), &words, earlier);
            if words.is_empty() { None } else { here().or_else(|| self.found(above as usize..from, &words, ABOVE_MAX)) }
        })
    }

    /// Words in a part of the whole: where they stand there after so many times, or else where they stand last.
    fn found(&self, region: Range<usize>, words: &str, earlier: usize) -> Option<Range<usize>> {
        let from = region.start;
        let region = self.whole.get(region)?;
        let bare: String = letters(region).collect();
        let (at, _) = bare.match_indices(words).take(earlier + 1).last()?;
        let skipped = bare.get(..at)?.chars().count();
        let mut seen = region.char_indices().filter(|(_, letter)| is_letter(*letter)).skip(skipped);
        let mut own = seen.by_ref().take(words.chars().count());
        let (start, first) = own.next()?;
        let (end, last) = own.last().unwrap_or((start, first));
        Some(from + start..from + end + last.len_utf8())
    }

    fn nearest(&self, line: usize) -> Range<usize> {
        let (before, behind) = self.around(line);
        let found = self.matched.get(line).copied().flatten().or(before).or(behind).or(Some(0));
        let found = found.and_then(|at| self.whole_lines.get(at));
        found.map_or(0..0, |line| line.start as usize..line.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'a>(whole: &'a str, excerpt: &str, words: &str) -> &'a str {
        let from = excerpt.find(words).expect("words");
        let place = places(whole, excerpt, std::slice::from_ref(&(from..from + words.len())));
        &whole[place[0].clone()]
    }

    #[test]
    fn headings_are_found_below_the_contents() {
        let whole = "办法\n目录\n第一章　总则\n第一章 总则\n第一条　甲。";
        let place = places(whole, "第一章　总则\n第一条 甲。", &[0.."第一章".len(), 0..100]);
        assert_eq!(place[0], whole.rfind("第一章").unwrap()..whole.rfind("第一章").unwrap() + 9);
        assert_eq!(&whole[place[1].clone()], "第一章 总则\n第一条　甲。");
    }

    #[test]
    fn rows_of_tables_are_found_by_their_letters_or_words() {
        let whole = "标题\n档次\t船 长\n轻\t十米\n重\t\u{e001}二十米\n尾";
        let excerpt = "| 档次 | 船长 |\n| 轻 | 十米 |\n| 轻 | 二十米 |\n尾";
        assert_eq!(found(whole, excerpt, "次 | 船"), "次\t船");
        assert_eq!(found(whole, excerpt, "二十米"), "二十米", "a row that a merged cell makes another");
        let merged = "种\t船\n甲\t同一\n乙\n尾";
        assert_eq!(found(merged, "| 种 | 船 |\n| 甲 | 同一 |\n| 乙 | 同一 |\n尾", "| 乙 | 同一"), "同一", "told again");
        assert_eq!(found(whole, "| 改写 |\n尾", "改写"), "尾", "or else the line behind");
        assert!(found("", "甲", "甲").is_empty());
    }

    proptest! {
        #[test]
        fn places_are_spans_of_the_whole(whole in "[甲乙 |\n]{0,40}", excerpt in "[甲乙 |\n]{0,40}", from in 0..60_usize, length in 0..60_usize) {
            let border = |mut at: usize| {
                while !excerpt.is_char_boundary(at.min(excerpt.len())) {
                    at -= 1;
                }
                at
            };
            let place = places(&whole, &excerpt, &[border(from)..border(from + length), 0..excerpt.len()]);
            prop_assert!(whole != excerpt || place[1] == (0..whole.len()));
            for place in place.iter().filter(|_| whole != excerpt) {
                prop_assert!(whole.get(place.clone()).is_some());
            }
        }
    }
}
