//! The edit script between two rows of words: by Myers, then made readable.
//!
//! A raw edit script of Chinese law is confetti: texts share 的, 应当 and commas everywhere. So a change is moved to the end
//! of a sentence where it can be, and words in common that are short beside the changes on both sides belong to them.

use super::tokens::Token;
use super::words::{Numbers, Texts};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::collections::HashMap;
use std::ops::Range;

/// How many times longer than words in common the changes on both sides must be to swallow them.
const SWALLOWS: usize = 3;
/// Characters in common that are always swallowed between two changes.
const ISLAND: usize = 1;
/// What the mark of a 项 counts in an island: it is never swallowed.
const MARK: usize = 1_000;

/// A stretch of words in both texts; of a change one may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub kind: Kind,
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// What a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The same words but for numbers that only follow others, as many on both sides.
    Same,
    /// Other words.
    Change,
}

/// The runs between two texts, in order; together they are both texts.
pub fn runs(texts: &Texts<'_>, numbers: &Numbers) -> Vec<Run> {
    let plain = plain(texts);
    let mut made = Vec::with_capacity(plain.len());
    for run in plain {
        if run.kind == Kind::Same {
            append(&mut made, run);
        } else {
            renumbered(texts, numbers, run).into_iter().for_each(|run| append(&mut made, run));
        }
    }
    for at in 0..made.len() {
        slide(texts, &mut made, at);
    }
    swallow(texts, made.into_iter().filter(|run| !run.is_empty()).collect())
}

/// The edit script as it comes.
fn plain(texts: &Texts<'_>) -> Vec<Run> {
    let mut ids = Ids::default();
    let mut keys =
        |tokens: &[Token<'_>]| -> Vec<usize> { (0..tokens.len()).map(|at| ids.of(&key(tokens, at))).collect() };
    let (mut old, mut new) = (keys(&texts.old), keys(&texts.new));
    let forth = script(&old, &new, 0, 0);
    old.reverse();
    new.reverse();
    let back = script(&old, &new, 0, 0);
    // Of two shortest scripts that which leaves words together: words in common are taken as they come, and those of an
    // inserted sentence come before those of the sentence after it.
    if back.len() >= forth.len() {
        return forth;
    }
    let turned = |range: &Range<usize>, length: usize| length - range.end..length - range.start;
    let turn = |run: &Run| Run { kind: run.kind, old: turned(&run.old, old.len()), new: turned(&run.new, new.len()) };
    back.iter().rev().map(turn).collect()
}

/// Places at which words are to be cut, so that what both sides of a change begin or end with is no change: by token of the
/// older and of the newer text, with the bytes of its word. The dictionary has 股东大会决议 as one word, and the other text
/// may have 决议 alone.
pub fn cuts(texts: &Texts<'_>) -> (HashMap<usize, usize>, HashMap<usize, usize>) {
    let (mut of_old, mut of_new) = (HashMap::new(), HashMap::new());
    for run in plain(texts).into_iter().filter(|run| run.kind == Kind::Change) {
        let (Some(old_last), Some(new_last)) = (run.old.end.checked_sub(1), run.new.end.checked_sub(1)) else {
            continue;
        };
        if run.old.is_empty() || run.new.is_empty() {
            continue;
        }
        for (old, new, at_end) in [(run.old.start, run.new.start, false), (old_last, new_last, true)] {
            let (Some(one), Some(other)) = (texts.old.get(old), texts.new.get(new)) else { continue };
            if let Some(place) = place_of_cut(one, other, at_end) {
                of_old.insert(old, place);
            } else if let Some(place) = place_of_cut(other, one, at_end) {
                of_new.insert(new, place);
            }
        }
    }
    (of_old, of_new)
}

/// Where a longer word has a shorter one, of two characters at least, at its end or beginning.
fn place_of_cut(long: &Token<'_>, short: &Token<'_>, at_end: bool) -> Option<usize> {
    if long.is_whole() {
        return None;
    }
    let (long, short) = (long.word, short.word);
    let holds = if at_end { long.ends_with(short) } else { long.starts_with(short) };
    let is_word = short.chars().count() >= 2 && short.chars().all(crate::text::words::is_word_character);
    let place = if at_end { long.len().checked_sub(short.len())? } else { short.len() };
    (holds && is_word && long.len() > short.len()).then_some(place)
}

impl Run {
    fn is_empty(&self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }
}

/// Words as numbers.
#[derive(Default)]
struct Ids(HashMap<String, usize>);

impl Ids {
    fn of(&mut self, word: &str) -> usize {
        match self.0.get(word) {
            Some(id) => *id,
            None => {
                let id = self.0.len();
                self.0.insert(word.to_string(), id);
                id
            }
        }
    }
}

/// What a token is compared as. The mark of a 项 goes with the words after it, so that an inserted 项 pushes the marks of
/// the others and not their words.
fn key(tokens: &[Token<'_>], at: usize) -> String {
    let Some(token) = tokens.get(at) else { return String::new() };
    if !token.is_mark() {
        return token.word.to_string();
    }
    let after = tokens.iter().skip(at + 1).take(2).map(|token| token.word);
    std::iter::once("(").chain(after).collect()
}

fn script(old: &[usize], new: &[usize], old_from: usize, new_from: usize) -> Vec<Run> {
    let mut made = Vec::new();
    let (mut old_at, mut new_at) = (old_from, new_from);
    // Lengths are counted on: the place in the text that an operation does not touch is not kept up by the library.
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let kind = if op.tag() == DiffTag::Equal { Kind::Same } else { Kind::Change };
        let (old_end, new_end) = (old_at + op.old_range().len(), new_at + op.new_range().len());
        append(&mut made, Run { kind, old: old_at..old_end, new: new_at..new_end });
        (old_at, new_at) = (old_end, new_end);
    }
    made
}

/// Adds a run, joined with the last one if it is of its kind.
fn append(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut().filter(|last| last.kind == run.kind) {
        Some(last) => (last.old.end, last.new.end) = (run.old.end, run.new.end),
        None => runs.push(run),
    }
}

/// A change without what both sides begin and end with, and without references that only follow the new numbers.
fn renumbered(texts: &Texts<'_>, numbers: &Numbers, run: Run) -> Vec<Run> {
    let old = texts.old.get(run.old.clone()).unwrap_or_default();
    let new = texts.new.get(run.new.clone()).unwrap_or_default();
    if old.is_empty() || new.is_empty() {
        return vec![run];
    }
    let mut ids = Ids::default();
    let of_old: Vec<usize> = old.iter().map(|token| ids.of(token.word)).collect();
    // A reference that stands in both texts as it is stays what it is.
    let stays = |token: &Token<'_>| old.iter().any(|other| other.word == token.word);
    let before = |token: &Token<'_>| numbers.before(token).filter(|_| !stays(token)).unwrap_or(token.word).to_string();
    let of_new: Vec<usize> = new.iter().map(|token| ids.of(&before(token))).collect();
    script(&of_old, &of_new, run.old.start, run.new.start)
}

/// Moves words that are only in one text to where a sentence ends, if the words around them allow it.
fn slide(texts: &Texts<'_>, runs: &mut [Run], at: usize) {
    let Some([before, run, after]) = at.checked_sub(1).and_then(|first| runs.get_mut(first..first + 3)) else { return };
    if run.kind != Kind::Change || !(run.old.is_empty() || run.new.is_empty()) {
        return;
    }
    let inserted = run.old.is_empty();
    let (tokens, span) = if inserted { (&texts.new, run.new.clone()) } else { (&texts.old, run.old.clone()) };
    let same = |one: usize, other: usize| {
        tokens.get(one).zip(tokens.get(other)).is_some_and(|(one, other)| one.word == other.word && one.at == other.at)
    };
    let closes = |at: usize| at.checked_sub(1).map_or(3, |at| tokens.get(at).map_or(0, Token::closes));
    let worth = |shift: isize| {
        let moved = |place: usize| closes(place.saturating_add_signed(shift));
        moved(span.start) + moved(span.end)
    };
    let (mut left, mut right) = (0usize, 0usize);
    while left < before.old.len() && same(span.start - left - 1, span.end - left - 1) {
        left += 1;
    }
    while right < after.old.len() && same(span.start + right, span.end + right) {
        right += 1;
    }
    let shifts = -(left as isize)..=(right as isize);
    let best = shifts.max_by_key(|shift| (worth(*shift), std::cmp::Reverse(shift.unsigned_abs()))).unwrap_or(0);
    let moved = |range: &Range<usize>| range.start.saturating_add_signed(best)..range.end.saturating_add_signed(best);
    (run.old, run.new) = (moved(&run.old), moved(&run.new));
    (before.old.end, before.new.end) = (run.old.start, run.new.start);
    (after.old.start, after.new.start) = (run.old.end, run.new.end);
}

/// Makes changes one that are parted by few words in common only, the fewest first.
fn swallow(texts: &Texts<'_>, runs: Vec<Run>) -> Vec<Run> {
    let weight = |tokens: &[Token<'_>], range: &Range<usize>| -> usize {
        tokens.get(range.clone()).unwrap_or_default().iter().map(Token::weight).sum()
    };
    let change = |run: &Run| weight(&texts.old, &run.old).max(weight(&texts.new, &run.new));
    let marks = |run: &Run| texts.old.get(run.old.clone()).unwrap_or_default().iter().filter(|t| t.is_mark()).count();
    let mut runs: Vec<(Run, usize)> = runs
        .into_iter()
        .map(|run| {
            let size =
                if run.kind == Kind::Same { weight(&texts.old, &run.old) + MARK * marks(&run) } else { change(&run) };
            (run, size)
        })
        .collect();
    loop {
        let islands = (1..runs.len().saturating_sub(1)).filter(|at| {
            let (left, (run, size), right) = (&runs[at - 1], &runs[*at], &runs[at + 1]);
            run.kind == Kind::Same && (*size <= ISLAND || SWALLOWS * size <= left.1.min(right.1))
        });
        let Some(at) = islands.min_by_key(|at| runs[*at].1) else { break };
        let (right, _) = runs.remove(at + 1);
        runs.remove(at);
        let (run, size) = &mut runs[at - 1];
        (run.old.end, run.new.end) = (right.old.end, right.new.end);
        *size = change(run);
    }
    runs.into_iter().map(|(run, _)| run).collect()
}
