//! What a case imposes: the penalties of its decision, the punishments of its judgment.

use super::{Section, SectionKind, layout, parties};
use crate::law::amount::amounts;
use crate::law::document::Document;
use crate::law::kind::CaseKind;
use crate::law::sanction::{Imposed, PenaltyKind, imposed_on};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// More parties of one decision are not counted.
const PARTIES_MAX: usize = 1000;

/// The penalties that the results of a case impose, in the order of the text; of a reconsideration those that it puts in the place of others. A judgment imposes punishments of criminal law
/// only: what it confiscates are tools and gains (刑法, article 64), no penalty. Spans are bytes of the body.
pub fn penalties(document: &Document, sections: &[Section]) -> Vec<Imposed> {
    let document = &*layout::in_lines(document);
    // What these papers tell of penalties was imposed by another one.
    let other = matches!(document.case_kind, Some(CaseKind::CoercionDecision | CaseKind::InspectionRecord));
    if document.case_kind == Some(CaseKind::ReconsiderationDecision) || is_variation(&document.title) {
        return varied(document, sections);
    }
    if other || is_proposal(&document.title) || is_revocation(&document.title) {
        return Vec::new();
    }
    let judged = document.case_kind == Some(CaseKind::Judgment);
    let results = sections.iter().filter(|section| section.kind == SectionKind::Result);
    let found = results.flat_map(|section| {
        let at = section.span.start;
        let words = document.text.get(section.span.clone()).unwrap_or_default();
        imposed_on(words, beside(document, words)).into_iter().map(move |one| moved(one, at))
    });
    let mut kept: Vec<Imposed> = Vec::new();
    let surcharge = |one: &Imposed| is_surcharge(document.text.get(..one.span.end).unwrap_or_default());
    for mut one in found.filter(|one| (!judged || one.kind.is_criminal()) && !surcharge(one)) {
        // What an authority calls 罚金 is a fine: only courts impose the punishment.
        if document.case_kind == Some(CaseKind::PenaltyDecision) && one.kind == PenaltyKind::CriminalFine {
            one.kind = PenaltyKind::Fine;
        }
        // 罚金于判决生效后十日内缴纳 only says how what is imposed before is paid.
        let fine = matches!(one.kind, PenaltyKind::Fine | PenaltyKind::CriminalFine)
            && one.amount_fen.is_none()
            && !one.untold;
        if !(fine && kept.iter().any(|known| known.kind == one.kind)) {
            kept.push(one);
        }
    }
    kept
}

/// What a reconsideration puts in the place of a penalty: 将罚款50000元变更为罚款5000元 imposes 5000元. What it upholds or revokes another
/// decision imposed.
fn varied(document: &Document, sections: &[Section]) -> Vec<Imposed> {
    let mut found = Vec::new();
    for section in sections.iter().filter(|section| section.kind == SectionKind::Result) {
        let words = document.text.get(section.span.clone()).unwrap_or_default();
        let mut from = 0;
        while let Some((change, at)) = change(words, from) {
            let rest = &words[at..];
            let end = rest.find(['。', '\n']).unwrap_or(rest.len());
            // 变更为：\n罚款5000元: the list behind a colon.
            let end = if rest[..end].ends_with(['：', ':']) { rest.len() } else { end };
            let next = change_in(&rest[..end]).map_or(end, |next| clause_begin(&rest[..next.start]));
            let mut new = imposed_on(&rest[..next], 1);
            if new.is_empty() {
                new.extend(sum_alone(&words[..change], &rest[..next]));
            }
            found.extend(new.into_iter().map(|one| moved(one, section.span.start + at)));
            from = at + next;
        }
    }
    found
}

/// How a reconsideration says that something takes the place of something else.
static CHANGES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:变更|改|调整|减轻|减少|降低|减)(?:为|成|至)|变更[^。；，\\n]{1,60}?”为").expect("a constant pattern")
});

/// The first such words.
fn change_in(words: &str) -> Option<Range<usize>> {
    CHANGES.find(words).map(|found| found.range())
}

/// Where the next such words begin and end.
fn change(words: &str, from: usize) -> Option<(usize, usize)> {
    let found = CHANGES.find_at(words, from)?;
    Some((found.start(), found.end()))
}

/// So far before a change its sentence is looked at, in bytes.
const SENTENCE_BYTES: usize = 400;
/// Longest sum with what leads it, in characters.
const SUM_CHARS: usize = 40;

/// A sum in the place of a fine that the words before it name: 将罚款五万元变更为人民币贰万元.
fn sum_alone(before: &str, rest: &str) -> Option<Imposed> {
    let sentence =
        layout::near(before, before.len(), SENTENCE_BYTES).rsplit(['。', '；', '\n']).next().unwrap_or_default();
    if !sentence.contains("罚款") || sentence.contains("没收") {
        return None;
    }
    // It stands at the beginning: no more is read.
    let head = rest.char_indices().nth(SUM_CHARS).map_or(rest, |(end, _)| &rest[..end]);
    let sum = amounts(head).into_iter().next()?;
    let lead = rest.get(..sum.span.start)?.trim_matches([' ', '：', ':', '“', '（']);
    let fen = sum.amount.fixed().filter(|_| sum.amount.is_money() && matches!(lead, "" | "人民币"))?;
    Some(Imposed {
        kind: PenaltyKind::Fine,
        span: sum.span,
        amount_fen: Some(fen),
        period: None,
        lifelong: false,
        repeats: false,
        heads: 1,
        untold: false,
        party: None,
        party_span: None,
    })
}

/// Where the last clause of some words begins.
fn clause_begin(words: &str) -> usize {
    words.rfind(['，', '；', '、', '\n']).unwrap_or(words.len())
}

/// How many parties a decision has that imposes something on each: 各罚款100元 in a cell beside that of two persons.
fn beside(document: &Document, words: &str) -> u32 {
    let each = ["各", "分别", "每人"].iter().any(|word| words.contains(word));
    if !each || document.case_kind != Some(CaseKind::PenaltyDecision) {
        return 1;
    }
    u32::try_from(parties::find(document).len().clamp(1, PARTIES_MAX)).unwrap_or(1)
}

/// Whether a title is that of a letter before a decision, which imposes nothing: 行政处罚事先告知书.
pub(super) fn is_proposal(title: &str) -> bool {
    let title = title.trim();
    ["告知书", "告知书送达公告"].iter().any(|end| title.ends_with(end))
        && ["处罚", "听证", "陈述申辩"].iter().any(|word| title.contains(word))
}

/// Whether a title is that of a decision that takes back another one: 撤销行政处罚决定书, 行政处罚决定撤销公告.
pub(super) fn is_revocation(title: &str) -> bool {
    title.find("撤销").is_some_and(|at| title[at..].contains("处罚决定"))
        || REDONE.captures(title).is_some_and(|found| found.name("back").or(found.name("taken")).is_some())
}

/// Whether a title is that of a decision that changes or mends another one: 关于变更云水罚〔2024〕3号行政处罚决定的决定. It imposes what it puts in
/// the place of something else.
pub(super) fn is_variation(title: &str) -> bool {
    REDONE.captures(title).is_some_and(|found| found.name("change").or(found.name("changed")).is_some())
}

/// Titles of decisions on decisions. What somebody else changed (未依法变更登记) stands behind him, not behind an office or 关于.
static REDONE: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "(?:(?P<back>撤回|收回)|(?P<change>变更|纠正|更正|补正))";
    let number = "(?:[\\p{Han}]{0,10}[〔\\[（(【][12][0-9]{3}[〕\\]）)】][^，。；：]{1,16}?号)?";
    let ends = "(?:决定书?|通知书?|公告|通告|告知书)";
    Regex::new(&format!(
        "(?:^|关于|[局会队府厅所部院）)])(?:依法|部分)?{verbs}(?:对[^，。；：]{{1,40}}?)?《?{number}的?《?(?:行政)?处罚决定\
         |处罚决定书?》?的?(?:(?P<taken>撤销|撤回|收回)|(?P<changed>变更|纠正|更正|补正)){ends}"
    ))
    .expect("a constant pattern")
});

/// Whether words end with what is added where a fine is not paid: 逾期不缴纳的，每日加处罚款300元.
fn is_surcharge(words: &str) -> bool {
    words.rsplit(['，', '。', '；', ',', ';']).next().is_some_and(|clause| clause.contains("加处"))
}

/// A penalty with its places as bytes of the body.
fn moved(mut one: Imposed, at: usize) -> Imposed {
    one.span = one.span.start + at..one.span.end + at;
    one.party_span = one.party_span.map(|span| span.start + at..span.end + at);
    one
}
