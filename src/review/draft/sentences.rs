//! The sentences of a draft, with a text in which patterns are tried and the way back from it.

use super::head::{Head, lines};
use super::places::{Places, SIGN};
use crate::text::fold::{Folded, fold};
use std::ops::Range;

/// Longest sentence, in bytes: longer ones are cut at the last comma before, so that no pattern meets more.
const SENTENCE_BYTES_MAX: usize = 3_000;

/// What a sentence is part of (所处部分).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 标题.
    Title,
    /// 章节标题 and lines of a table of contents: they rule nothing.
    Heading,
    /// 正文 and annexes.
    Body,
    /// 落款.
    Signature,
}

/// A sentence of a draft (句).
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Bytes of the draft, from its number or first word to its stop.
    pub span: Range<usize>,
    /// The folded words, names of places as one sign. Patterns are tried on this.
    pub text: String,
    /// What it is part of.
    pub part: Part,
    /// Its clause, as people name it; empty before the first.
    pub clause: String,
    /// The sentence that introduces the list in which it stands.
    pub lead: Option<usize>,
    /// Number of its line among the lines of the draft.
    pub(super) line: usize,
    folded: Folded,
    /// For each name of a place: bytes of `text` behind its sign, bytes of the folded text behind the name.
    signs: Vec<(usize, usize)>,
}

impl Sentence {
    fn new(text: &str, span: Range<usize>, part: Part, line: usize, places: &Places) -> Sentence {
        let folded = fold(&text[span.clone()]);
        let (signed, signs) = sign(folded.as_str(), places);
        Sentence { span, text: signed, part, clause: String::new(), lead: None, line, folded, signs }
    }

    /// Bytes of the draft from which a range of [`Sentence::text`] came.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        let folded = self.folded.original(self.in_folded(range.start, false)..self.in_folded(range.end, true));
        self.span.start + folded.start..self.span.start + folded.end
    }

    /// The byte of the folded text for one of `text`.
    fn in_folded(&self, byte: usize, is_end: bool) -> usize {
        let after = self.signs.partition_point(|(signed, _)| *signed <= byte);
        let Some((signed, folded)) = after.checked_sub(1).and_then(|at| self.signs.get(at)) else { return byte };
        debug_assert!(!is_end || byte >= *signed);
        folded + (byte - signed)
    }

    /// The words of the draft in a range of [`Sentence::text`], folded.
    pub fn words(&self, range: &Range<usize>) -> &str {
        self.folded
            .as_str()
            .get(self.in_folded(range.start, false)..self.in_folded(range.end, true))
            .unwrap_or_default()
    }

    /// The whole sentence, folded, with the names of places.
    pub fn folded(&self) -> &str {
        self.folded.as_str()
    }

    /// Bytes of the draft from which a range of [`Sentence::folded`] came.
    pub fn original_of_folded(&self, range: Range<usize>) -> Range<usize> {
        let original = self.folded.original(range);
        self.span.start + original.start..self.span.start + original.end
    }
}

/// The folded text with the sign in place of every name, and where each stood.
fn sign(folded: &str, places: &Places) -> (String, Vec<(usize, usize)>) {
    let mut signed = String::with_capacity(folded.len());
    let mut signs = Vec::new();
    let mut at = 0;
    for (start, end) in places.find(folded) {
        signed.push_str(folded.get(at..start).unwrap_or_default());
        signed.push(SIGN);
        signs.push((signed.len(), end));
        at = end;
    }
    signed.push_str(folded.get(at..).unwrap_or_default());
    (signed, signs)
}

/// All sentences of a draft.
pub(super) fn sentences(text: &str, head: &Head, places: &Places) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (number, line) in lines(text).enumerate() {
        let part = part(text, &line, head);
        for span in split(text, line) {
            found.push(Sentence::new(text, span, part, number, places));
        }
    }
    found
}

fn part(text: &str, line: &Range<usize>, head: &Head) -> Part {
    if head.title_span.as_ref().is_some_and(|title| title.start <= line.start && line.end <= title.end) {
        return Part::Title;
    }
    if head.signature.as_ref().is_some_and(|signature| signature.start <= line.start && line.end <= signature.end) {
        return Part::Signature;
    }
    if is_heading(&text[line.clone()]) { Part::Heading } else { Part::Body }
}

/// 第一章 总则, 目录, and lines that begin with the mark of a heading and have no stop.
fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches(['#', ' ']);
    let short = words.chars().count() <= 40 && !words.ends_with(['。', '；', '：', ':', ';']);
    let chapter = words.strip_prefix('第').and_then(|rest| rest.find(['章', '节', '编', '条']).map(|at| &rest[at..]));
    let number_is_short = words.find(['章', '节', '编']).is_some_and(|at| at <= 24);
    short && (chapter.is_some_and(|rest| !rest.starts_with('条')) && number_is_short || words == "目录")
}

/// The sentences of a line: each ends behind its stop and the closing marks behind that.
fn split(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = line.start;
    let mut comma = None;
    let mut chars = text[line.clone()].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = line.start + at + c.len_utf8();
        let too_long = end - from >= SENTENCE_BYTES_MAX;
        let stops = matches!(c, '。' | '；' | '！' | '？' | ';' | '!' | '?');
        if matches!(c, '，' | ',' | '、') {
            comma = Some(end);
        }
        let closes = chars.peek().is_some_and(|(_, next)| matches!(next, '”' | '’' | '）' | ')' | '」' | '"'));
        if stops && !closes || too_long || end == line.end {
            let cut = if too_long && !stops { comma.filter(|comma| *comma > from).unwrap_or(end) } else { end };
            push(text, from..cut, &mut found);
            from = cut;
        } else if stops && closes {
            // The mark belongs to the sentence; what follows begins another.
            if let Some((mark, close)) = chars.next() {
                let end = line.start + mark + close.len_utf8();
                push(text, from..end, &mut found);
                from = end;
            }
        }
    }
    push(text, from..line.end, &mut found);
    found
}

fn push(text: &str, span: Range<usize>, found: &mut Vec<Range<usize>>) {
    let words = &text[span.clone()];
    let start = span.start + words.len() - words.trim_start().len();
    let trimmed = words.trim();
    if !trimmed.is_empty() {
        found.push(start..start + trimmed.len());
    }
}
