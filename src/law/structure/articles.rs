//! Which `第X条` begin an article of this document, and which only cite or quote one.
//!
//! Articles are numbered through a document, so the numbers decide: the next number is an article; a number that was
//! passed is a citation; a jump is first looked for inside the paragraphs before it, where sources hide articles.

use super::super::provision::Issue;
use super::lines::{ArticleMark, Line, Mark, article_mark, is_blank, line};
use super::numbers::chinese;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most candidates in a row that are taken for a quotation when the number that is due comes after them.
const QUOTED_MAX: usize = 4;
/// Where an article must say which articles it adds, in characters from its beginning.
const ANNOUNCED_CHARS_MAX: usize = 1_000;
/// Longest heading that stands on one line with an article, in characters.
const TITLE_CHARS_MAX: usize = 40;

/// The last article where no blank stands behind its number: 第四十二条本条例自2021年1月1日起施行.
static LAST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^第[^条\n]{1,8}条本(?:法|条例|办法|规定|细则|规则|决定|规程|规范)自[^。\n]{2,30}施行")
        .expect("a constant pattern")
});
/// The heading of the last chapter at the end of a paragraph that is another's.
static SUPPLEMENTARY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"。[ \u{3000}]*(第[一二三四五六七八九十]{1,3}章[ \u{3000}]*附[ \u{3000}]*则)[ \u{3000}]*$")
        .expect("a constant pattern")
});
/// Longest such heading, in bytes.
const SUPPLEMENTARY_MAX: usize = 60;

/// Number and 之-number.
type At = (u32, u32);

/// A line that begins with `第X条`.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    /// Index of the line.
    line: usize,
    at: At,
    mark: ArticleMark,
}

/// What was decided.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// Where the lines that begin an article start, after division, in order.
    pub starts: Vec<usize>,
    /// Where lines must be divided because an article begins inside them.
    pub hidden: Vec<usize>,
    /// Stretches in which an amendment quotes articles, headings included; ascending.
    pub wording: Vec<Range<usize>>,
    /// Gaps and other doubts.
    pub issues: Vec<Issue>,
}

/// Decides for every candidate. Linear: a paragraph is searched for hidden articles once.
pub(super) fn select(text: &str, lines: &[Line]) -> Selection {
    let candidates: Vec<Candidate> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| match line.mark {
            Mark::Article(mark) if !is_quoted(text, lines, index) => {
                Some(Candidate { line: index, at: (mark.number, mark.sub), mark })
            }
            _ => None,
        })
        .collect();
    let mut chain = Chain { text, lines, candidates: &candidates, later: Later::of(&candidates), ..Chain::new(text) };
    for index in 0..candidates.len() {
        chain.judge(index);
    }
    chain.tail(text.len());
    chain.selection
}

/// Whether the line before says that what follows is the wording of another text.
fn is_quoted(text: &str, lines: &[Line], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).and_then(|before| lines.get(before)) else { return false };
    let words = before.words(text);
    let Some(words) = words.strip_suffix(['：', ':']) else { return false };
    words.ends_with("修改为") || words.ends_with("规定") || words.ends_with('条') && words.contains("作为")
}

/// Where a number comes again.
#[derive(Default)]
struct Later {
    /// Indices of candidates without 之, sorted by number, then place.
    by_number: Vec<(u32, usize)>,
    /// For each candidate the next 第一条 after it.
    restart: Vec<usize>,
}

impl Later {
    fn of(candidates: &[Candidate]) -> Later {
        let plain = candidates.iter().enumerate().filter(|(_, candidate)| candidate.at.1 == 0);
        let mut by_number: Vec<(u32, usize)> = plain.map(|(index, candidate)| (candidate.at.0, index)).collect();
        by_number.sort_unstable();
        let mut restart = vec![candidates.len(); candidates.len()];
        let mut next = candidates.len();
        for (index, candidate) in candidates.iter().enumerate().rev() {
            restart[index] = next;
            if candidate.at == (1, 0) {
                next = index;
            }
        }
        Later { by_number, restart }
    }

    /// The next place of `number` after candidate `index`, before the numbering begins again.
    fn next(&self, number: u32, index: usize) -> Option<usize> {
        let at = self.by_number.partition_point(|entry| *entry <= (number, index));
        let (found, place) = *self.by_number.get(at)?;
        (found == number && place < *self.restart.get(index)?).then_some(place)
    }
}

struct Chain<'a> {
    text: &'a str,
    lines: &'a [Line],
    candidates: &'a [Candidate],
    later: Later,
    /// The article accepted last.
    last: Option<At>,
    /// Where it begins.
    accepted: usize,
    /// The number of the last article that is only the wording of an amendment.
    wording: Option<u32>,
    /// From where hidden articles are looked for.
    searched: usize,
    selection: Selection,
}

impl<'a> Chain<'a> {
    fn new(text: &'a str) -> Chain<'a> {
        Chain {
            text,
            lines: &[],
            candidates: &[],
            later: Later::default(),
            last: None,
            accepted: 0,
            wording: None,
            searched: 0,
            selection: Selection::default(),
        }
    }

    fn judge(&mut self, index: usize) {
        let candidate = self.candidates[index];
        let (number, sub) = candidate.at;
        let (last, last_sub) = self.last.unwrap_or((0, 0));
        let expected = last + 1;
        if candidate.mark.cited && !(sub == 0 && number == expected && self.is_due(index)) {
            return;
        }
        if sub > 0 && number == last {
            if sub > last_sub {
                self.accept(candidate);
            }
        } else if sub == 0 && number == expected {
            self.accept(candidate);
        } else if number >= expected {
            self.jump(index, expected);
        } else if self.restarts(index) {
            self.tail(self.lines[candidate.line].start);
            self.issue("numbering_restarts", "条文编号在此重新开始", candidate.line);
            self.accept(candidate);
        } else if self.repeats(index, last) {
            self.issue("article_repeated", &format!("第{}条的条号重复", chinese(number)), candidate.line);
            self.accept(candidate);
            self.last = Some((expected, 0));
        }
    }

    /// Whether what reads like a citation is the article that is due all the same (`第三十一条与航道有关的…`): the
    /// numbers go on after it, and it does not come again.
    fn is_due(&self, index: usize) -> bool {
        let number = self.candidates[index].at.0;
        let mut after = self.candidates[index + 1..].iter().take(QUOTED_MAX);
        let next = after.find(|next| !next.mark.cited || next.at.0 == number + 1);
        next.is_some_and(|next| next.at.0 == number + 1)
    }

    fn accept(&mut self, candidate: Candidate) {
        if candidate.mark.odd {
            let message = format!("条号书写有误，读作第{}条", chinese(candidate.at.0));
            self.issue("article_number_misspelt", &message, candidate.line);
        }
        self.selection.starts.push(self.lines[candidate.line].start);
        self.last = Some(candidate.at);
        self.accepted = self.lines[candidate.line].start;
        self.wording = None;
        self.searched = self.lines[candidate.line].body + '第'.len_utf8();
    }

    /// The number jumps: the missing articles come later, or are inside the paragraphs before, or are not there.
    fn jump(&mut self, index: usize, expected: u32) {
        let candidate = self.candidates[index];
        let (number, sub) = candidate.at;
        let wanted = if sub > 0 { number + 1 } else { number };
        let follows = self.candidates.get(index + 1).is_some_and(|next| next.at.0 == number + 1 || next.at.0 == number);
        let later = self.later.next(expected, index);
        if later.is_some_and(|place| !follows || place - index < QUOTED_MAX) {
            return;
        }
        let missing = self.hidden(expected, wanted, self.lines[candidate.line].start, false);
        if missing < wanted {
            let excerpt = self.last.is_none() && candidate.line > 0;
            if !follows && (excerpt || !candidate.mark.separated) || self.is_wording(index) {
                return;
            }
            if self.last.is_none() {
                let message = format!("条文从第{}条开始", chinese(number));
                self.issue("numbering_starts_late", &message, candidate.line);
                self.accept(candidate);
                return;
            }
            let message = match wanted - missing {
                1 => format!("缺第{}条", chinese(missing)),
                _ => format!("缺第{}条至第{}条", chinese(missing), chinese(wanted - 1)),
            };
            self.issue("article_gap", &message, candidate.line);
        }
        self.accept(candidate);
    }

    /// Whether the article accepted last says that it adds this one to another text (`增加五条，分别作为第X条至第Y条`), or
    /// the candidate goes on with such wording.
    fn is_wording(&mut self, index: usize) -> bool {
        let candidate = self.candidates[index];
        let goes_on = self.wording == Some(candidate.at.0 - 1);
        let announced = || {
            let line = self.lines[candidate.line];
            let said = &self.text[self.accepted..line.start];
            let said = said.char_indices().nth(ANNOUNCED_CHARS_MAX).map_or(said, |(most, _)| &said[..most]);
            let name = line.words(self.text).split_inclusive('条').next().unwrap_or_default();
            said.split("作为").skip(1).any(|rest| rest.starts_with(name))
        };
        let wording = goes_on || announced();
        if wording {
            self.wording = Some(candidate.at.0);
            let span = self.accepted..self.lines[candidate.line].end;
            match self.selection.wording.last_mut().filter(|last| last.start == span.start) {
                Some(last) => last.end = span.end,
                None => self.selection.wording.push(span),
            }
        }
        wording
    }

    /// Accepts articles that go on inside the last paragraphs, up to `until`.
    fn tail(&mut self, until: usize) {
        if let Some((last, _)) = self.last {
            self.hidden(last + 1, u32::MAX, until, true);
        }
    }

    /// Accepts the articles `from..to` that begin inside the paragraphs up to `until`; returns the first that does not.
    /// Where no number is missing (`strict`), white space must follow theirs, or the day of effect.
    fn hidden(&mut self, from: u32, to: u32, until: usize, strict: bool) -> u32 {
        let mut wanted = from;
        let mut at = self.searched.min(until);
        while wanted < to {
            let Some(found) = self.text[at..until].find('第').map(|found| at + found) else { break };
            at = found + '第'.len_utf8();
            let closes = strict && LAST.is_match(&self.text[found..]) && is_number(self.text, found, wanted);
            let heading = if closes { supplementary(self.text, found) } else { None };
            if heading.is_some() || begins_article(self.text, found, wanted, strict && !closes) {
                self.selection.hidden.extend(heading);
                self.selection.hidden.push(found);
                self.selection.starts.push(found);
                self.last = Some((wanted, 0));
                wanted += 1;
            }
        }
        self.searched = until;
        wanted
    }

    /// Whether 第一条 begins a second numbering: the next candidate continues it.
    fn restarts(&self, index: usize) -> bool {
        let candidate = self.candidates[index];
        let second = self.candidates.get(index + 1).is_some_and(|next| next.at == (2, 0));
        candidate.at == (1, 0) && candidate.mark.separated && second
    }

    /// Whether a number stands twice where the second should be the next one: what follows is the one after that.
    fn repeats(&self, index: usize, last: u32) -> bool {
        let candidate = self.candidates[index];
        let next = self.candidates.get(index + 1).map(|next| next.at);
        candidate.at == (last, 0) && candidate.mark.separated && next == Some((last + 2, 0))
    }

    fn issue(&mut self, code: &str, message: &str, line: usize) {
        let line = self.lines[line];
        let words = line.words(self.text);
        let head = words.char_indices().nth(12).map_or(words.len(), |(at, _)| at);
        let span = line.body..line.body + head;
        self.selection.issues.push(Issue { code: code.to_string(), message: message.to_string(), span });
    }
}

/// Whether article `number` begins at `at` inside a paragraph: after the end of a sentence, and not cited.
fn begins_article(text: &str, at: usize, number: u32, strict: bool) -> bool {
    let due = |mark: &ArticleMark| mark.number == number && !mark.cited && (mark.separated || !strict);
    let Some(mark) = article_mark(&text[at..]).filter(due) else { return false };
    let before = text[..at].chars().rev().find(|c| !is_blank(*c) || *c == '\n');
    let ended = before.is_none_or(|c| c == '。' || !strict && matches!(c, '；' | ';' | '\n'));
    ended || !strict && mark.separated && (matches!(before, Some('：' | ':')) || is_title_end(text, at))
}

/// Whether what begins at `at` has this number.
fn is_number(text: &str, at: usize, number: u32) -> bool {
    article_mark(&text[at..]).is_some_and(|mark| mark.number == number)
}

/// Where the heading 附则 begins that stands just before `at` inside a paragraph.
fn supplementary(text: &str, at: usize) -> Option<usize> {
    let from = (at.saturating_sub(SUPPLEMENTARY_MAX)..=at).find(|from| text.is_char_boundary(*from))?;
    Some(from + SUPPLEMENTARY.captures(&text[from..at])?.get(1)?.start())
}

/// Whether a heading ends before `at` on the same line (`第一章 总则 第一条 …`).
fn is_title_end(text: &str, at: usize) -> bool {
    let before = || text[..at].char_indices().rev().take(TITLE_CHARS_MAX);
    let head = match before().find(|(_, c)| *c == '\n') {
        Some((newline, _)) => newline + 1,
        None if before().count() < TITLE_CHARS_MAX => 0,
        None => return false,
    };
    matches!(line(text, head, at).map(|line| line.mark), Some(Mark::Heading(..)))
}

/// Divides lines at `places` (byte offsets, ascending).
pub(super) fn divide(text: &str, lines: &[Line], places: &[usize]) -> Vec<Line> {
    let mut divided = Vec::with_capacity(lines.len() + places.len());
    let mut places = places.iter().copied().peekable();
    for old in lines {
        let mut start = old.start;
        while let Some(place) = places.next_if(|place| *place < old.end) {
            divided.extend(line(text, start, place));
            start = place;
        }
        if start == old.start {
            divided.push(*old);
        } else {
            divided.extend(line(text, start, old.end));
        }
    }
    divided
}
