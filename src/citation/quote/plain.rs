//! The form in which quotations are compared, with the way back to the text as received.

use super::number::Canonical;
use crate::law::structure::numbers::ordinal;
use crate::text::fold::{Folded, fold};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest 【罪名】 in characters.
const LABEL_CHARS_MAX: usize = 60;

/// A text folded ([`crate::text::fold`]), with every number in one writing, without the number of its article and without 【罪名】: these are set before
/// articles by editors, not by the law.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    text: String,
    /// Stretches between what was left out: where they begin in `text` and in the original, and the way back.
    pieces: Vec<(usize, usize, Canonical, Folded)>,
}

/// Marks by which a quotation says that it leaves words out.
static OMISSION: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"[（(〔\[【［](?:中|下|上|前|后|以下|中间|原文)?(?:省)?略(?:去)?[）)〕\]】］]";
    Regex::new(&format!(r"…+|⋯+|\.{{3,}}|．{{3,}}|。{{3,}}|·{{3,}}|{words}")).expect("a fixed pattern")
});

impl Plain {
    /// A provision as a source has it: it begins with its number.
    pub fn of_provision(text: &str) -> Plain {
        let mut plain = Plain::default();
        plain.push(text, number_len(text).unwrap_or(0)..text.len());
        plain
    }

    /// The parts of a quotation between its marks of omission; `true` if there are such marks. Parts without a letter or
    /// digit are none.
    pub fn of_quotation(text: &str) -> (Vec<Plain>, bool) {
        let mut parts = Vec::new();
        let mut at = own_number_len(text);
        let mut omitted = false;
        let mut push = |range: Range<usize>| {
            let mut part = Plain::default();
            part.push(text, range);
            if part.text.chars().any(char::is_alphanumeric) {
                parts.push(part);
            }
        };
        for mark in OMISSION.find_iter(text) {
            omitted = true;
            push(at.min(mark.start())..mark.start());
            at = mark.end().max(at);
        }
        push(at..text.len());
        (parts, omitted)
    }

    /// Adds a stretch of the original, without the labels in it.
    fn push(&mut self, original: &str, range: Range<usize>) {
        let mut at = range.start;
        while let Some(open) = original.get(at..range.end).and_then(|rest| rest.find('【')).map(|found| at + found) {
            let Some(end) = label_end(original.get(open..range.end).unwrap_or("")) else {
                let behind = open + '【'.len_utf8();
                self.piece(original, at..behind);
                at = behind;
                continue;
            };
            self.piece(original, at..open);
            at = open + end;
        }
        self.piece(original, at..range.end);
    }

    fn piece(&mut self, original: &str, range: Range<usize>) {
        let Some(stretch) = original.get(range.clone()).filter(|stretch| !stretch.is_empty()) else { return };
        let folded = fold(stretch);
        let begins = self.text.len();
        let canonical = Canonical::of(folded.as_str());
        self.text.push_str(canonical.as_str());
        self.pieces.push((begins, range.start, canonical, folded));
    }

    /// The text for comparing.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Bytes of the original that a range of bytes came from; an empty one gives the place between.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            let at = match range.start.checked_sub(1) {
                Some(before) => self.byte(before..range.start).end,
                None => self.byte(0..1.min(self.text.len())).start,
            };
            return at..at;
        }
        self.byte(range.start..range.start + 1).start..self.byte(range.end - 1..range.end).end
    }

    /// The original of a range inside one piece.
    fn byte(&self, range: Range<usize>) -> Range<usize> {
        let after = self.pieces.partition_point(|(begins, ..)| *begins <= range.start);
        let piece = after.checked_sub(1).and_then(|at| self.pieces.get(at));
        let Some((begins, base, canonical, folded)) = piece else { return 0..0 };
        let range = canonical.folded(range.start.saturating_sub(*begins)..range.end.saturating_sub(*begins));
        let found = folded.original(range);
        base + found.start..base + found.end
    }
}

/// Where a 【罪名】 at the beginning ends. A year (【2019】) is none, and what runs over a line neither.
fn label_end(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('【')?;
    let (end, _) = inner.char_indices().take(LABEL_CHARS_MAX).find(|(_, c)| matches!(c, '】' | '\n' | '【'))?;
    let words = inner.get(..end)?;
    let closed = inner.get(end..)?.starts_with('】');
    (closed && words.chars().any(|c| c.is_alphabetic() && !"年第号".contains(c)))
        .then_some('【'.len_utf8() + end + '】'.len_utf8())
}

/// How long 第十条之一 at the beginning is, with what white space is behind it.
fn number_len(text: &str) -> Option<usize> {
    let skipped = text.len() - text.trim_start().len();
    let number = ordinal(text.get(skipped..)?)?;
    let mut at = skipped + number.len;
    at += text.get(at..)?.strip_prefix('条').map(|_| '条'.len_utf8())?;
    if let Some(rest) = text.get(at..)?.strip_prefix('之') {
        let digits: usize =
            rest.chars().take_while(|c| "一二三四五六七八九十0123456789".contains(*c)).map(char::len_utf8).sum();
        if digits > 0 {
            at += '之'.len_utf8() + digits;
        }
    }
    Some(at)
}

/// The number with which a quotation begins, if it is set off from the words (第三条规定的 is no number of its own).
fn own_number_len(text: &str) -> usize {
    let Some(len) = number_len(text) else { return 0 };
    let behind = text.get(len..).unwrap_or("");
    if behind.starts_with(|c: char| c.is_whitespace() || matches!(c, '【' | '：' | ':')) {
        len + (behind.len() - behind.trim_start_matches([':', '：']).len())
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_labels_are_left_out() {
        let source = "第12条之一　【擅自停渡罪】擅自停渡的，处罚款。\n【过失停渡罪】过失犯前款罪的，警告。";
        let plain = Plain::of_provision(source);
        assert_eq!(plain.as_str(), "擅自停渡的,处罚款.过失犯前款罪的,警告.");
        let at = plain.as_str().find("过失").unwrap();
        assert_eq!(&source[plain.original(at..at + "过失犯".len())], "过失犯");
        assert_eq!(Plain::of_provision("文号【2019】3号").as_str(), "文号(2019)3号");
        assert_eq!(Plain::of_provision("【未闭合").as_str(), "(未闭合");
    }

    #[test]
    fn a_quotation_is_divided_at_its_omissions() {
        let parts = |text: &str| {
            let (parts, omitted) = Plain::of_quotation(text);
            (parts.iter().map(|part| part.as_str().to_string()).collect::<Vec<_>>(), omitted)
        };
        assert_eq!(parts("渡口停渡；……"), (vec!["渡口停渡;".to_string()], true));
        assert_eq!(parts("渡口（略）停渡。"), (vec!["渡口".to_string(), "停渡.".to_string()], true));
        assert_eq!(parts("第三条　渡口。"), (vec!["渡口.".to_string()], false));
        assert_eq!(parts("第三条规定的渡口。").0, ["第3条规定的渡口."]);
        assert_eq!(parts("……"), (Vec::new(), true));
    }
}
