//! Stretches that name provisions: those said to be violated, those applied.

use super::{Section, SectionKind};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A number as provisions are counted by.
const NUMBER: &str = "[一二三四五六七八九十百千零〇两0-9]{1,9}";
/// A name with its marks and a bracket behind it.
const NAME: &str = r"《[^《》\n]{2,80}》(?:[（(][^（）()\n]{1,60}[）)])?";
/// Most members of one chain.
const MEMBERS_MAX: usize = 200;

/// So near behind a caption its first provision stands.
const CAPTION_BYTES: usize = 120;

/// An article and its parts.
fn place() -> String {
    format!(r"第\s?{NUMBER}\s?条(?:之{NUMBER})?(?:第?\s?{NUMBER}\s?款)?(?:第?\s?[（(]?{NUMBER}[）)]?\s?[项目])?")
}

/// A word that says violated or applied, and the first member of the chain behind it. A short name without marks begins
/// right behind that word.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    let bare = r"[\p{Han}]{0,20}?(?:法典|法|条例|办法|规定|细则|规则|解释|决定|章程|标准)";
    Regex::new(&format!(
        r"(?:(违反|触犯|违背|不符合)|(?:依据|根据|按照|依照|参照|适用|依))(?:了|的)?(?:我国|国家|修订前的|修正前的|现行|原)?\s?((?:{NAME}|{bare})\s?{})",
        place()
    ))
    .expect("a constant pattern")
});
/// A further member of a chain.
static MEMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^\s?[、，,和及与；或以并]{{0,3}}\s?(?:(?:{NAME})?\s?{}|第\s?{NUMBER}\s?款(?:第?[（(]?{NUMBER}[）)]?项)?|第?\s?[（(]?{NUMBER}[）)]?\s?项)",
        place()
    ))
    .expect("a constant pattern")
});
/// A first member without words before it, for sections that are nothing but provisions.
static ALONE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"{NAME}\s?{}", place())).expect("a constant pattern"));

/// The caption of a list of provisions that are violated.
static VIOLATED_CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[【\[]?(?:涉嫌)?违反的?(?:规定|法律|条款|法规|标准)[】\]：:][^【】]{0,40}")
        .expect("a constant pattern")
});

/// What is violated and what is applied, each in the order of the text.
pub(super) fn find(text: &str, sections: &[Section]) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut violated, mut basis) = (Vec::new(), Vec::new());
    let attached = attached(text);
    let mut from = 0;
    while let Some(found) = HEAD.captures_at(text, from) {
        let Some(first) = found.get(2) else { break };
        let end = chain_end(text, first.end());
        from = end;
        if first.start() < attached {
            let list = if found.get(1).is_some() { &mut violated } else { &mut basis };
            list.push(first.start()..end);
        }
    }
    for section in sections.iter().filter(|section| section.kind == SectionKind::Basis) {
        let alone = ALONE.find_iter(&text[section.span.clone()]);
        basis.extend(
            alone.map(|found| section.span.start + found.start()..chain_end(text, section.span.start + found.end())),
        );
    }
    for caption in VIOLATED_CAPTION.find_iter(text) {
        let first =
            ALONE.find_at(text, caption.start()).filter(|found| found.start() - caption.start() < CAPTION_BYTES);
        violated.extend(first.map(|found| found.start()..chain_end(text, found.end())));
    }
    (ordered(violated), ordered(basis))
}

/// Where texts of provisions are attached; what they say is not what the case says.
fn attached(text: &str) -> usize {
    let words = ["附：", "附相关法律", "附录法律", "附录", "附法律", "附本案"];
    words.iter().filter_map(|word| text.rfind(word)).filter(|at| *at > text.len() / 2).min().unwrap_or(text.len())
}

/// Where a chain ends whose first member ends at a place.
fn chain_end(text: &str, mut end: usize) -> usize {
    for _ in 0..MEMBERS_MAX {
        let Some(member) = MEMBER.find(&text[end..]) else { break };
        end += member.end();
    }
    end
}

/// In order, without what lies inside another.
fn ordered(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        if kept.last().is_none_or(|last| range.start >= last.end) {
            kept.push(range);
        }
    }
    kept
}
