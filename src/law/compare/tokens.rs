//! The words of a provision as they are compared: dictionary words, but numbers with their units, marks of 项 and names of
//! provisions whole, and every sign of punctuation by itself.

use super::units::Unit;
use crate::text::words::Segmenter;
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What is never cut: 第十条之一, （一）, 2024年1月1日, 百分之三十, 三万元, 六个月. On folded text.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    let n = "[0-9零○一二三四五六七八九十百千万亿两]+";
    let unit = "工作日|平方米|平方公里|公里|周岁|小时|分钟|元|日|天|年|月|岁|倍|人|名|户|吨|米|%";
    let whole = [
        format!("第{n}(?:条(?:之{n})?|款|项|目|章|节|编|号|次|届)"),
        format!(r"\({n}\)"),
        "[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?".to_string(),
        format!("[百千万]分之{n}"),
        format!(r"{n}(?:\.[0-9]+)?[余多]?个?(?:{unit})"),
    ];
    Regex::new(&whole.join("|")).expect("a constant pattern")
});

/// One word with the stretch of the body from its beginning to the next word's, so that tokens leave no gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Folded.
    pub word: &'a str,
    /// Bytes of the body.
    pub span: Range<usize>,
    /// Bytes of the folded words of its provision.
    pub folded: Range<usize>,
    /// Which provision of its row.
    pub at: usize,
}

impl Token<'_> {
    /// Characters of words in it; 0 for punctuation.
    pub fn weight(&self) -> usize {
        self.word.chars().filter(|c| crate::text::words::is_word_character(*c)).count()
    }

    /// 第十条, 第十条之一.
    pub fn names_article(&self) -> bool {
        self.word.starts_with('第') && self.word.contains('条')
    }

    /// A number with its unit, the name of a provision, the mark of a 项: never cut.
    pub fn is_whole(&self) -> bool {
        WHOLE.is_match(self.word)
    }

    /// （三）, the mark of a 项.
    pub fn is_mark(&self) -> bool {
        self.word.len() > 1 && self.word.starts_with('(')
    }

    /// How well a change ends behind it: at the end of a sentence or paragraph best.
    pub fn closes(&self) -> usize {
        match self.word {
            "。" | ";" | ":" | "!" | "?" => 3,
            "," => 2,
            "、" => 1,
            _ => 0,
        }
    }
}

/// Joins tokens of one provision up to each sign that closes something: the coarser step for long texts.
pub fn clauses<'a>(tokens: Vec<Token<'a>>, units: &[&'a Unit]) -> Vec<Token<'a>> {
    let mut made: Vec<Token<'a>> = Vec::new();
    let mut open = false;
    for token in tokens {
        let closes = token.closes() > 0;
        match made.last_mut().filter(|last| open && last.at == token.at) {
            Some(last) => {
                last.folded.end = token.folded.end;
                last.span.end = token.span.end;
                let of_unit = units.get(last.at).map_or("", |unit| unit.words());
                last.word = of_unit.get(last.folded.clone()).unwrap_or_default();
            }
            None => made.push(token),
        }
        open = !closes;
    }
    made
}

/// The tokens of a provision, which is the `at`th of its row. Together they are its words, without gap or overlap.
pub fn tokens(unit: &Unit, at: usize) -> Vec<Token<'_>> {
    let folded = unit.folded.as_str();
    let mut made: Vec<Token<'_>> = Vec::new();
    let mut push = |range: Range<usize>| {
        let Some(word) = folded.get(range.clone()) else { return };
        let mut start = unit.words_start + unit.folded.original(range.clone()).start;
        match made.last_mut() {
            // What one character became is one word.
            Some(last) if start <= last.span.start => start = last.span.start,
            Some(last) => last.span.end = start,
            None => start = unit.words_start,
        }
        made.push(Token { word, span: start..unit.span.end, folded: range, at });
    };
    let mut done = 0;
    for found in WHOLE.find_iter(folded) {
        words(folded, done..found.start(), &mut push);
        push(found.range());
        done = found.end();
    }
    words(folded, done..folded.len(), &mut push);
    made
}

/// Cuts tokens in two: each place is a token and bytes of its word.
pub fn cut<'a>(tokens: Vec<Token<'a>>, units: &[&'a Unit], places: &HashMap<usize, usize>) -> Vec<Token<'a>> {
    let mut made = Vec::with_capacity(tokens.len() + places.len());
    for (at, token) in tokens.into_iter().enumerate() {
        let unit = units.get(token.at);
        let halves = places.get(&at).and_then(|cut| Some((unit?, *cut, token.word.split_at_checked(*cut)?)));
        let Some((unit, cut, (first, second))) = halves else {
            made.push(token);
            continue;
        };
        let middle = token.folded.start + cut;
        let start = unit.words_start + unit.folded.original(middle..token.folded.end).start;
        if start <= token.span.start || start >= token.span.end {
            made.push(token);
            continue;
        }
        let (folded, span) = (token.folded.clone(), token.span.clone());
        made.push(Token { word: first, span: span.start..start, folded: folded.start..middle, at: token.at });
        made.push(Token { word: second, span: start..span.end, folded: middle..folded.end, at: token.at });
    }
    made
}

/// Dictionary words, and every character between them.
fn words(folded: &str, range: Range<usize>, push: &mut impl FnMut(Range<usize>)) {
    let Some(text) = folded.get(range.clone()) else { return };
    let mut done = 0;
    for word in Segmenter::shared().words(text) {
        // Words come in order, so each is found where it stands.
        let Some(start) = text.get(done..).and_then(|rest| rest.find(word)).map(|at| done + at) else { continue };
        characters(text, done..start, range.start, push);
        push(range.start + start..range.start + start + word.len());
        done = start + word.len();
    }
    characters(text, done..text.len(), range.start, push);
}

fn characters(text: &str, range: Range<usize>, base: usize, push: &mut impl FnMut(Range<usize>)) {
    let rest = text.get(range.clone()).unwrap_or_default();
    for (at, c) in rest.char_indices() {
        let start = base + range.start + at;
        push(start..start + c.len_utf8());
    }
}
