//! Stretches that name provisions: those said to be violated, those applied.

use super::{Section, SectionKind};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A number as provisions are counted by.
const NUMBER: &str = "[一二三四五六七八九十百千零〇两0-9]{1,9}";
/// A name with its marks and a bracket behind it.
const NAME: &str = r"《[^《》\n]{2,80}》(?:[（(][^（）()\n]{1,60}[）)])?";
/// Who issued what is named: 最高人民法院、最高人民检察院《…》.
const ISSUERS: &str = r"(?:[\p{Han}、&&[^之的规定条款项]]{2,40}?(?:院|部|委|会|局|署))?";
/// Most members of one chain.
const MEMBERS_MAX: usize = 200;

/// So near behind a caption its first provision stands.
const CAPTION_BYTES: usize = 120;

/// An article and its parts, with its caption in brackets: 第二十三条［犯罪未遂］.
fn place() -> String {
    format!(
        r"第\s?{NUMBER}\s?条(?:之{NUMBER})?(?:第?\s?{NUMBER}(?:、第?{NUMBER}){{0,5}}\s?款)?(?:第?\s?[（(]?{NUMBER}[）)]?\s?[项目])?(?:[［\[][^］\]\n]{{1,20}}[］\]])?"
    )
}

/// A word that says violated or applied, and the first member of the chain behind it. A short name without marks begins
/// right behind that word.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    // 依据第九十九条: of the law that was named last.
    let bare = r"(?:[\p{Han}]{0,20}?(?:法典|法|条例|办法|规定|细则|规则|解释|决定|章程|标准))?";
    Regex::new(&format!(
        r"(?:(违反|触犯|违背|不符合|行为(?:均|已|已经)?构成)|(适用)|(?:依据|根据|按照|依照|参照|结合|对照|依))(?:了|的)?(?:我国|国家|修订前的|修正前的|修改前的|现行|原)?\s?(?:{ISSUERS}((?:{NAME}、){{0,3}}{NAME}\s?{})|({bare}\s?{}))",
        place(),
        place()
    ))
    .expect("a constant pattern")
});
/// A further member of a chain.
static MEMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^\s?[、，,和及与；或以并]{{0,3}}\s?(?:(?:{ISSUERS}{NAME})?\s?(?:第\s?{NUMBER}[、和及]){{0,4}}{}|第\s?{NUMBER}\s?款(?:第?[（(]?{NUMBER}[）)]?项)?|第?\s?[（(]?{NUMBER}[）)]?\s?项)",
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

/// A member that stands behind the words of the member before it (第三十二条“…”和第三十七条) or behind 之规定和.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?:的?规定)?[：:]?“[^“”\n]{{1,400}}”(?:的规定)?[，、]?(?:以及|和|及|与|、)((?:{NAME}\s?)?{})|^(?:之|的)规定[，、]?(?:以及|和|及|并)(?:依照|依据|根据)?{ISSUERS}({NAME}\s?{})",
        place(),
        place()
    ))
    .expect("a constant pattern")
});
/// So much behind a place is asked for such a member, in bytes.
const QUOTED_BYTES: usize = 1600;

/// What is violated and what is applied in a case's own words, each in the order of the text.
pub(super) fn find(text: &str, sections: &[Section]) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut violated, mut basis) = (Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(found) = HEAD.captures_at(text, from) {
        let Some(first) = found.get(3).or_else(|| found.get(4)) else { break };
        let mut stretch = first.start()..chain_end(text, first.end());
        from = stretch.end;
        // What a party holds to be applicable (应适用) is applied by nobody yet.
        let held = found.get(2).is_some_and(|word| is_held(text, word.start(), sections))
            || found.get(1).is_none() && {
                let at = found.get(0).map_or(0, |whole| whole.start());
                is_requested(text, at) || is_of_payment(text, at)
            };
        // 未违反 says that it is not, and a request that it should not be.
        let held = held || found.get(1).is_some_and(|word| is_denied(&text[..word.start()]));
        let list = if found.get(1).is_some() { &mut violated } else { &mut basis };
        for _ in 0..MEMBERS_MAX {
            if !held {
                list.push(stretch.clone());
            }
            let Some(next) = over_quotation(text, stretch.end) else { break };
            stretch = next.start..chain_end(text, next.end);
            from = stretch.end;
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

/// Where a chain ends whose first member ends at a place.
fn chain_end(text: &str, mut end: usize) -> usize {
    for _ in 0..MEMBERS_MAX {
        let Some(member) = MEMBER.find(&text[end..]) else { break };
        end += member.end();
    }
    end
}

/// The first member behind the quotation that follows a chain.
fn over_quotation(text: &str, at: usize) -> Option<Range<usize>> {
    let mut end = text.len().min(at + QUOTED_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let found = QUOTED.captures(&text[at..end])?;
    let member = found.get(1).or_else(|| found.get(2))?;
    Some(at + member.start()..at + member.end())
}

/// Whether 违反 behind these words is denied or open: 未违反, 不存在违反, 是否违反.
pub fn is_denied(before: &str) -> bool {
    let before = before.trim_end_matches(['被', '其', '有']);
    let denies = ["未", "不", "没", "没有", "并非", "非", "是否", "不存在", "未曾", "从未", "不构成", "有无"];
    denies.iter().any(|word| before.ends_with(word))
}

/// So far before a place what is not paid is looked for, in bytes.
const UNPAID_BYTES: usize = 240;
/// So far behind a place what is added is looked for, in characters.
const PAYMENT_CHARS: usize = 120;

/// Whether what stands at a place is what happens if the fine is not paid: 到期不缴纳罚款的，依据《…》第七十二条，每日加处….
fn is_of_payment(text: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(UNPAID_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let sentence = text.get(from..at).unwrap_or_default().rsplit(['。', '\n', '；']).next().unwrap_or_default();
    // 逾期未缴税款 may be the act itself: only what is added to the fine tells.
    let behind: String = text.get(at..).unwrap_or_default().chars().take(PAYMENT_CHARS).collect();
    let behind = behind.split(['。', '\n']).next().unwrap_or_default();
    let forced = ["加处", "强制执行"].iter().any(|word| behind.contains(word));
    let late = forced && ["到期", "逾期"].iter().any(|word| sentence.contains(word));
    late && ["不缴", "未缴", "不履行", "未履行", "拒不缴"].iter().any(|word| sentence.contains(word))
}

/// Whether what stands at a place is what somebody asks the court to apply: 提请本院依照….
fn is_requested(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(['依', '法']);
    ["提请本院", "提请法院", "提请贵院", "提请人民法院", "请求本院", "请求法院", "建议", "诉请"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Whether 适用 at a place is a word of those who accuse or defend, not of those who decide.
fn is_held(text: &str, at: usize, sections: &[Section]) -> bool {
    let theirs = [SectionKind::Facts, SectionKind::Defence, SectionKind::Evidence];
    let behind = sections.partition_point(|section| section.span.start <= at);
    let section = behind.checked_sub(1).and_then(|before| sections.get(before));
    let section = section.filter(|section| section.span.contains(&at));
    let should = text[..at].ends_with(['应', '当', '可']);
    section.is_some_and(|section| theirs.contains(&section.kind)) || should && section.is_none()
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
