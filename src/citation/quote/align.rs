//! Where the words of a quotation stand in a text that has them nearly, and what differs.
//!
//! The quotation must be aligned from its first to its last character, the text may go on before and behind. The greedy
//! method of Landau and Vishkin needs `differences × length` steps; both are bounded, so that no text can stop the program.

use std::ops::Range;

/// Most characters that may be too many or missing.
const EDITS_MAX: usize = 400;
/// Most cells of the table of furthest points.
const CELLS_MAX: usize = 4_000_000;
/// Characters of the pieces by which the window is found.
const GRAM: usize = 3;

/// A stretch that differs: places in the quotation and in the text, in characters. One of them may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// In the quotation.
    pub quote: Range<usize>,
    /// In the text.
    pub source: Range<usize>,
}

/// A quotation laid over a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// Where it begins in the text, in characters.
    pub start: usize,
    /// What differs, in order.
    pub edits: Vec<Edit>,
}

/// The alignment with the fewest characters too many or missing; `None` if they are more than are worth telling.
pub fn align(quote: &[char], source: &[char]) -> Option<Alignment> {
    let window = window(quote, source)?;
    let found = greedy(quote, source.get(window.clone())?)?;
    let shifted = found.edits.into_iter().map(|edit| Edit {
        quote: edit.quote,
        source: edit.source.start + window.start..edit.source.end + window.start,
    });
    Some(Alignment { start: found.start + window.start, edits: shifted.collect() })
}

/// The stretch of the text with most pieces of the quotation at the same distance, with room on both sides.
fn window(quote: &[char], source: &[char]) -> Option<Range<usize>> {
    let (n, m) = (quote.len(), source.len());
    if n == 0 || m == 0 {
        return None;
    }
    let room = n / 4 + EDITS_MAX / 4;
    if m <= n + 2 * room {
        return Some(0..m);
    }
    let mut grams: Vec<(&[char], usize)> = quote.windows(GRAM).zip(0..).collect();
    grams.sort_unstable();
    let mut votes: Vec<u32> = vec![0; (m + n) / room + 2];
    for (at, gram) in source.windows(GRAM).enumerate() {
        let first = grams.partition_point(|(known, _)| *known < gram);
        // A piece that the quotation repeats says little about the place.
        if let Some((_, place)) = grams.get(first).filter(|(known, _)| *known == gram)
            && let Some(votes) = votes.get_mut((at + n - place) / room)
        {
            *votes += 1;
        }
    }
    let pairs = votes.windows(2).map(|pair| pair.iter().sum::<u32>());
    let (bucket, count) = pairs.enumerate().max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))?;
    if count == 0 {
        return None;
    }
    let start = (bucket * room).saturating_sub(n + room / 2);
    Some(start.min(m)..(bucket * room + 2 * room + room / 2).min(m).max(start.min(m)))
}

/// For one number of edits: the furthest place in the quotation on each diagonal; -1 where none is reached.
struct Front(Vec<i32>);

fn greedy(quote: &[char], source: &[char]) -> Option<Alignment> {
    let (n, m) = (quote.len(), source.len());
    let most = (n / 2 + EDITS_MAX / 2).min(EDITS_MAX).min(n + m);
    let width = m + most + 3;
    let most = most.min(CELLS_MAX / width);
    // Diagonal k (place in the text minus place in the quotation) is kept at k + most + 1.
    let base = i64::try_from(most).ok()? + 1;
    let extend = |mut x: usize, diagonal: i64| {
        while let Some(y) = usize::try_from(x as i64 + diagonal).ok().filter(|y| *y < m)
            && x < n
            && quote[x] == source[y]
        {
            x += 1;
        }
        x
    };
    let mut fronts: Vec<Front> = Vec::new();
    for d in 0..=most {
        let mut front = vec![-1i32; width];
        for (at, cell) in front.iter_mut().enumerate() {
            let diagonal = at as i64 - base;
            if diagonal < -(d as i64) || diagonal > m as i64 {
                continue;
            }
            let reached = match fronts.last() {
                None => 0,
                Some(Front(before)) => furthest(before, at, n),
            };
            let begins = if diagonal >= 0 { reached.max(0) } else { reached };
            if begins < 0 || i64::from(begins) + diagonal > m as i64 {
                continue;
            }
            let x = extend(begins as usize, diagonal);
            *cell = i32::try_from(x).ok()?;
            if x == n {
                let end = at;
                fronts.push(Front(front));
                return Some(traced(&fronts, end, base, n));
            }
        }
        fronts.push(Front(front));
    }
    None
}

/// The furthest place reached on a diagonal with one more edit.
fn furthest(before: &[i32], at: usize, n: usize) -> i32 {
    let own = before.get(at).copied().unwrap_or(-1);
    let skipped_source = at.checked_sub(1).and_then(|at| before.get(at)).copied().unwrap_or(-1);
    let skipped_quote = match before.get(at + 1) {
        Some(x) if *x >= 0 && (*x as usize) < n => x + 1,
        _ => -1,
    };
    own.max(skipped_source).max(skipped_quote)
}

/// Walks back from the end and gathers what differs.
fn traced(fronts: &[Front], end: usize, base: i64, n: usize) -> Alignment {
    let mut edits: Vec<Edit> = Vec::new();
    let mut at = end;
    let mut push = |x: Range<usize>, y: Range<usize>| match edits.last_mut() {
        Some(last) if last.quote.start == x.end && last.source.start == y.end => {
            (last.quote.start, last.source.start) = (x.start, y.start);
        }
        _ => edits.push(Edit { quote: x, source: y }),
    };
    for d in (1..fronts.len()).rev() {
        let Some(Front(before)) = fronts.get(d - 1) else { break };
        let value = |at: Option<usize>| at.and_then(|at| before.get(at)).copied().unwrap_or(-1);
        let (own, left, right) = (value(Some(at)), value(at.checked_sub(1)), value(Some(at + 1)));
        let skipped_quote = if right >= 0 && (right as usize) < n { right + 1 } else { -1 };
        let diagonal = at as i64 - base;
        let best = own.max(left).max(skipped_quote);
        // The text may begin anywhere: what reaches no further than the start begins here.
        if best <= 0 && diagonal >= 0 {
            break;
        }
        if best == skipped_quote {
            let x = right as usize;
            let y = usize::try_from(x as i64 + diagonal + 1).unwrap_or(0);
            push(x..x + 1, y..y);
            at += 1;
        } else if best == left {
            let x = left as usize;
            let y = usize::try_from(x as i64 + diagonal - 1).unwrap_or(0);
            push(x..x, y..y + 1);
            at -= 1;
        }
    }
    edits.reverse();
    Alignment { start: usize::try_from(at as i64 - base).unwrap_or(0), edits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn told(quote: &str, source: &str) -> Option<Vec<(String, String)>> {
        let (q, s) = (chars(quote), chars(source));
        let text = |all: &[char], range: &Range<usize>| all[range.clone()].iter().collect::<String>();
        align(&q, &s)
            .map(|found| found.edits.iter().map(|edit| (text(&q, &edit.quote), text(&s, &edit.source))).collect())
    }

    fn pair(quote: &str, source: &str) -> (String, String) {
        (quote.to_string(), source.to_string())
    }

    #[test]
    fn what_differs_is_found_inside_a_longer_text() {
        let source = "甲乙丙。渡口的经营者不得夜间停渡,违者处五百元以上三千元以下罚款。丁戊己。";
        assert_eq!(told("渡口的经营者不得夜间停渡", source), Some(vec![]));
        assert_eq!(told("渡口的经营者得夜间停渡", source), Some(vec![pair("", "不")]));
        assert_eq!(told("经营者不得夜间停渡,违者处五百元以上六千元", source), Some(vec![pair("六", "三")]));
        assert_eq!(told("经营者不得在夜间停渡", source), Some(vec![pair("在", "")]));
        assert_eq!(told("", source), None);
    }

    #[test]
    fn far_into_a_long_text() {
        let source = format!("{}渡口的经营者不得夜间停渡。{}", "甲乙丙丁。".repeat(5000), "戊己庚辛。".repeat(5000));
        assert_eq!(told("渡口的经营者得夜间停渡", &source), Some(vec![pair("", "不")]));
    }

    proptest! {
        #[test]
        fn edits_make_one_text_of_the_other(quote in "[甲乙丙]{0,30}", source in "[甲乙丙]{0,60}") {
            let (q, s) = (chars(&quote), chars(&source));
            if let Some(Alignment { start, edits }) = align(&q, &s) {
                // The quotation with its edits undone is a piece of the text.
                let mut undone = String::new();
                let mut at = 0;
                for edit in &edits {
                    prop_assert!(edit.quote.start >= at && edit.quote.end <= q.len() && edit.source.end <= s.len());
                    undone.extend(&q[at..edit.quote.start]);
                    undone.extend(&s[edit.source.clone()]);
                    at = edit.quote.end;
                }
                undone.extend(&q[at..]);
                let from: String = s[start..].iter().collect();
                prop_assert!(from.starts_with(&undone), "{undone}");
                let size: usize = edits.iter().map(|edit| edit.quote.len() + edit.source.len()).sum();
                prop_assert!(size <= q.len());
            }
        }
    }
}
