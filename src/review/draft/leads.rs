//! Which sentence introduces which list: 不得有下列行为：（一）…

use super::sentences::Sentence;
use crate::review::words::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The number at the beginning of a line or sentence, folded; one group for each style.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(第[一二三四五六七八九十百零〇]+条)|([一二三四五六七八九十]+、)|(\([一二三四五六七八九十]+\))|([0-9]+[.、])|(\([0-9]+\))|([0-9]+\)))",
    )
});
/// How a sentence ends that introduces what follows.
static INTRODUCES: LazyLock<Regex> = LazyLock::new(|| pattern(r":$|(?:下列|以下|如下)#*$"));

/// A list that is open: its style and the sentence that introduced it.
struct List {
    style: usize,
    lead: Option<usize>,
}

/// Gives every sentence of a list the sentence that introduces the list.
pub(super) fn assign(text: &str, sentences: &mut [Sentence]) {
    let mut open: Vec<List> = Vec::new();
    let mut line = usize::MAX;
    for at in 0..sentences.len() {
        let style = style(&sentences[at].text);
        let begins_line = sentences[at].line != line;
        line = sentences[at].line;
        match style {
            Some(style) => enter(sentences, &mut open, at, style),
            None if begins_line && ended(text, sentences, at) => open.clear(),
            None => {}
        }
        sentences[at].lead = open.last().and_then(|list| list.lead);
    }
}

/// Opens the list of a style, or goes on with it; lists inside it are closed.
fn enter(sentences: &[Sentence], open: &mut Vec<List>, at: usize, style: usize) {
    if let Some(known) = open.iter().position(|list| list.style == style) {
        open.truncate(known + 1);
        return;
    }
    let before = at.checked_sub(1).and_then(|before| sentences.get(before));
    let lead = before.filter(|before| INTRODUCES.is_match(&before.text)).map(|_| at - 1);
    open.push(List { style, lead });
}

/// Whether the line before ended as a sentence does: then a line without a number is a new paragraph, not its end.
fn ended(text: &str, sentences: &[Sentence], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| sentences.get(before));
    before.is_none_or(|before| text[before.span.clone()].ends_with(['。', '！', '？', '：', ':', '；', ';']))
}

fn style(text: &str) -> Option<usize> {
    let found = NUMBER.captures(text)?;
    (1..found.len()).find(|group| found.get(*group).is_some())
}
