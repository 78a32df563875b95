//! How a case ended.

use super::{Field, Read, Section, SectionKind, discretion, layout, penalties};
use crate::law::document::Document;
use crate::law::kind::CaseKind;
use crate::law::sanction::{Imposed, PenaltyKind, is_elsewhere, is_spared, proposed, things};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

/// 结果 of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 给予行政处罚.
    Penalised,
    /// 不予行政处罚.
    NotPenalised,
    /// 维持.
    Upheld,
    /// 撤销.
    Revoked,
    /// 变更.
    Varied,
    /// 驳回.
    Dismissed,
    /// 确认违法.
    ConfirmedUnlawful,
    /// 责令履行、重新作出.
    OrderedToAct,
    /// 支持请求.
    Granted,
    /// 判处刑罚.
    Convicted,
    /// 宣告无罪.
    Acquitted,
    /// 整改完成.
    Rectified,
    /// 责令整改、正在整改.
    ToBeRectified,
    /// 撤诉、撤回.
    Withdrawn,
    /// 调解、和解.
    Settled,
}

/// So far before words the request that they are part of is looked for, in bytes.
const ASKED_BYTES: usize = 240;

static PATTERNS: LazyLock<Vec<(Outcome, Regex)>> = LazyLock::new(|| {
    let row = |(outcome, pattern): (Outcome, &str)| (outcome, Regex::new(pattern).expect("a constant pattern"));
    [
        (Outcome::NotPenalised, r"(?:不予|免予|免于)(?:行政)?处罚|(?:不予|免予|免于)罚款"),
        (Outcome::Penalised, r"罚款|警告|没收|吊销|责令停产|责令停业|行政拘留|禁止[^。；，]{0,20}?(?:从事|进入|担任)|禁止(?:从业|执业)|(?:从业|职业|行业)禁(?:止|入)|[年身生]内?不得(?:再)?(?:从事|担任|进入|执业)|停止执业|暂停执业|撤销[^。；，]{0,16}资格|市场禁入|禁业|限制从业|取消[^。；]{0,20}任职资格|暂扣|限制开展|通报批评"),
        (Outcome::Upheld, r"维持(?:原判|[^。；，]{0,40}(?:决定|判决|裁定|行为))|予以维持"),
        (Outcome::Revoked, r"撤销(?:原判|[^。；，缓]{0,40}(?:决定|判决|裁定|行为|处罚|许可|登记|通知))|予以撤销"),
        (Outcome::Varied, r"(?:变更|改判)[^。；，]{0,30}(?:为|处罚|判决|决定)|改判"),
        (Outcome::Dismissed, r"驳回[^。；]{0,60}(?:请求|上诉|申请|起诉|申诉|诉请)"),
        (Outcome::ConfirmedUnlawful, r"确认[^。；]{0,40}违法"),
        (Outcome::OrderedToAct, r"责令[^。；，]{0,30}(?:重新作出|履行|限期作出|重新处理)"),
        (Outcome::Granted, r"(?:判令|判决|裁决)[^。；如]{0,40}?(?:支付|赔偿|返还|退还|赔礼|停止|继续|解除|承担|交付|偿还|履行)|(?:支持|满足)[^。；不]{0,20}(?:请求|诉请|诉讼请求)|请求[^。；不]{0,8}予以支持|部分(?:予以)?支持|应(?:当)?(?:返还|赔偿|支付|承担)[^。；]{0,40}(?:元|责任)|酌定[^。；]{0,20}为[0-9]"),
        (Outcome::Convicted, r"犯[^。；，]{2,40}罪[，,](?:判处|单处|处|免予)|判处(?:有期徒刑|拘役|无期徒刑|死刑|管制|罚金)"),
        (Outcome::Acquitted, r"(?:宣告|判决)[^。；，]{0,16}无罪"),
        (Outcome::Rectified, r"整改[，,、]?(?:并|已)?(?:废止|修改|修订|停止|取消|删除)了|已(?:经)?(?:全部)?完成整改|整改(?:已)?(?:完成|到位)|已(?:经)?(?:发文|发布|印发|予以)?[^。；，]{0,12}(?:废止|修改|修订|删除|停止执行|清退|纠正|取消)"),
        (Outcome::ToBeRectified, r"责令(?:其|你|你单位|你公司|当事人)?(?:于|在)?[^。；，]{0,16}?(?:整改|改正)|正在整改|要求[^。；，]{0,20}整改"),
        (Outcome::Withdrawn, r"(?:准许|准予|同意)?[^。；，]{0,10}(?:撤回(?:起诉|上诉|申请|诉讼)|撤诉)"),
        (Outcome::Settled, r"达成(?:调解|和解)|调解书|和解协议|调解结案"),
    ]
    .map(row)
    .into()
});

/// What a judgment orders a party to do, in an item of its own.
static ORDERED: LazyLock<Regex> = LazyLock::new(|| {
    let who = "原审被告|反诉被告|被告|被申请人|被上诉人|上诉人|第三人";
    let what = "支付|赔偿|返还|退还|赔礼|停止|继续履行|承担|交付|偿还|履行|给付|腾退|补缴|补发";
    Regex::new(&format!(
        r"(?m)^[\s　]*(?:[一二三四五六七八九十]{{1,2}}、|[0-9]{{1,2}}[.、．])?[\s　]*(?:限|由)?(?:{who})[^。；\n无不]{{0,80}}?(?:{what})"
    ))
    .expect("a constant pattern")
});

/// How a case ended; in its result where it has one, each outcome once, in the order of the text.
pub(super) fn find(document: &Document, sections: &[Section]) -> Vec<Read<Outcome>> {
    let text = document.text.as_str();
    let results: Vec<Range<usize>> = sections
        .iter()
        .filter(|section| section.kind == SectionKind::Result)
        .map(|section| section.span.clone())
        .collect();
    let kind = document.case_kind;
    // Of a paper without a kind of its own (责令改正通知书) only its result tells that it punishes.
    let spares = results.is_empty() && kind.is_none();
    let ranges = if results.is_empty() { last_part(text, kind) } else { results };
    let mut found: Vec<Read<Outcome>> = Vec::new();
    let of_court = kind == Some(CaseKind::TypicalCase) && text.contains("法院");
    for range in ranges {
        let part = &text[range.clone()];
        let proposals = proposed::proposals(part);
        for (outcome, pattern) in PATTERNS.iter() {
            if !fits(*outcome, kind)
                || spares && *outcome == Outcome::Penalised
                || found.iter().any(|known| known.value == *outcome)
            {
                continue;
            }
            let told = Told { part, outcome: *outcome, kind, of_court, proposals: &proposals };
            let place = pattern.find_iter(part).find(|place| told.is_at(&place.range()));
            found.extend(
                place.map(|place| Read::text(*outcome, range.start + place.start()..range.start + place.end())),
            );
        }
    }
    let judged = kind == Some(CaseKind::Judgment) && !found.iter().any(|read| read.value == Outcome::Granted);
    if judged && let Some(place) = ordered(text, sections) {
        found.push(Read::text(Outcome::Granted, place));
    }
    found.sort_by_key(|read| read.span.start);
    let title = document.title.as_str();
    if penalties::is_proposal(title) {
        return Vec::new();
    }
    if penalties::is_revocation(title) && kind == Some(CaseKind::PenaltyDecision) {
        return vec![Read::whole(Outcome::Revoked, Field::Title, title.len())];
    }
    if penalties::is_variation(title) {
        found.retain(|read| read.value != Outcome::Penalised);
    }
    // 不予处罚 names no penalty, unless another one or another act is punished beside it; and what was corrected is to be corrected no more.
    let has = |outcome, found: &[Read<Outcome>]| found.iter().any(|read| read.value == outcome);
    let (spared, corrected) = (has(Outcome::NotPenalised, &found), has(Outcome::Rectified, &found));
    let both = spared && has(Outcome::Penalised, &found);
    let punished = both && penalties::penalties(document, sections).iter().any(|one| is_decided(one, text));
    found.retain(|read| match read.value {
        Outcome::Penalised => !spared || punished,
        Outcome::NotPenalised => !punished,
        Outcome::ToBeRectified => !corrected,
        _ => true,
    });
    if found.is_empty() && document.title.contains("不予行政处罚") {
        found.push(Read::whole(Outcome::NotPenalised, Field::Title, document.title.len()));
    }
    found
}

/// Words of an outcome in a part of a case.
struct Told<'a> {
    part: &'a str,
    outcome: Outcome,
    kind: Option<CaseKind>,
    /// Whether a typical case tells of a court.
    of_court: bool,
    proposals: &'a [Range<usize>],
}

impl Told<'_> {
    /// Whether what stands at a place says that the case ended so.
    fn is_at(&self, place: &Range<usize>) -> bool {
        let Told { part, outcome, kind, of_court, proposals } = *self;
        let clause = layout::near(part, place.start, ASKED_BYTES).rsplit(['，', '。', '；', '\n']).next();
        let clause = clause.unwrap_or_default();
        let behind = layout::behind(part, place.end, ASKED_BYTES);
        let denied = || match outcome {
            Outcome::Penalised => {
                let rest = behind.split(['，', '。', '；', '\n']).next().unwrap_or_default();
                discretion::is_denied(part, place.start, place.end)
                    || things::in_title(&part[..place.start])
                    || is_spared(clause)
                    || is_elsewhere(clause, rest)
                    || proposed::is_in(proposals, place.start)
                    || things::are(&part[..place.start], &part[place.clone()], &part[place.end..])
            }
            Outcome::NotPenalised => discretion::is_denied(part, place.start, place.end),
            Outcome::Revoked => is_of_probation(part, place.end) || is_measure(part, place, kind, of_court),
            _ => false,
        };
        !denied() && !is_asked(part, place.start)
    }
}

/// Whether what is taken away is a licence or registration, and not an act that somebody judges: 撤销当事人的公司登记. Courts and those who
/// reconsider quash acts; a decision that punishes quashes another decision alone.
fn is_measure(part: &str, place: &Range<usize>, kind: Option<CaseKind>, of_court: bool) -> bool {
    let words = &part[place.clone()];
    let licence = ["许可", "登记"].iter().any(|word| words.contains(word)) && !words.contains("处罚");
    let sentence = layout::near(part, place.start, ASKED_BYTES).rsplit(['。', '\n']).next().unwrap_or_default();
    let judges = ["法院", "复议", "判决", "裁定", "再审", "一审", "二审", "上诉"];
    match kind {
        Some(CaseKind::Judgment | CaseKind::ReconsiderationDecision) => false,
        _ => licence && !of_court && !judges.iter().any(|word| sentence.contains(word) || words.contains(word)),
    }
}

/// Whether a penalty beside 不予处罚 is one that somebody bears: it has its sum, or is of a kind without one, and its clause does not only say
/// what would have been imposed (本应处5000元罚款).
fn is_decided(one: &Imposed, text: &str) -> bool {
    use PenaltyKind::*;
    let sum = matches!(one.kind, Fine | ConfiscateGains | FineAndConfiscation | CriminalFine);
    let before = layout::near(text, one.span.start, ASKED_BYTES);
    let clause = before.rsplit(['，', '。', '；', '\n', ',', '：']).next().unwrap_or_default();
    let would = ["应当", "本应", "应处", "应予", "可以", "可处", "原处", "原拟", "原罚", "曾", "此前", "如果"];
    (!sum || one.amount_fen.is_some()) && !would.iter().any(|word| clause.contains(word))
}

/// Where the result of a judgment orders a party to do something.
fn ordered(text: &str, sections: &[Section]) -> Option<Range<usize>> {
    let results = sections.iter().filter(|section| section.kind == SectionKind::Result);
    results.into_iter().find_map(|section| {
        let found = ORDERED.find(&text[section.span.clone()])?;
        Some(section.span.start + found.start()..section.span.start + found.end())
    })
}

/// Whether what is revoked by the words that end at a place is a probation: 撤销…判决书对…宣告的缓刑.
fn is_of_probation(part: &str, at: usize) -> bool {
    part[at..].chars().take(24).take_while(|c| !"。；，".contains(*c)).collect::<String>().contains("缓刑")
}

/// Whether what stands at a place is what somebody asks for: 请求判令…, 要求赔偿….
fn is_asked(part: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(ASKED_BYTES);
    while !part.is_char_boundary(from) {
        from += 1;
    }
    let clause = part[from..at].rsplit(['，', '。', '；', '\n', ',', '、', '：']).next().unwrap_or_default();
    let asked = ["请求", "要求", "诉请", "主张"].iter().filter_map(|word| clause.rfind(word)).max();
    asked.is_some_and(|asked| !["支持", "驳回", "准许", "满足"].iter().any(|word| clause[asked..].contains(word)))
}

/// Where a case without a section for its result tells it: in a decision or a typical case anywhere, in a judgment nowhere
/// that could be told from what the parties asked.
fn last_part(text: &str, kind: Option<CaseKind>) -> Vec<Range<usize>> {
    // Papers of a case that is not decided yet, or by another paper, tell only what they order.
    if matches!(kind, Some(CaseKind::Judgment | CaseKind::CoercionDecision | CaseKind::InspectionRecord)) {
        return Vec::new();
    }
    std::iter::once(0..text.len()).collect()
}

/// Whether a kind of case can end so.
fn fits(outcome: Outcome, kind: Option<CaseKind>) -> bool {
    use Outcome::*;
    match kind {
        Some(CaseKind::PenaltyDecision) => matches!(
            outcome,
            Penalised
                | NotPenalised
                | Upheld
                | Revoked
                | Varied
                | ConfirmedUnlawful
                | Dismissed
                | OrderedToAct
                | Withdrawn
        ),
        Some(CaseKind::ReconsiderationDecision | CaseKind::CoercionDecision | CaseKind::InspectionRecord) => {
            !matches!(outcome, Penalised | Rectified | Convicted | Acquitted)
        }
        Some(CaseKind::Judgment) => !matches!(outcome, Penalised | NotPenalised | Rectified | ToBeRectified),
        _ => true,
    }
}
