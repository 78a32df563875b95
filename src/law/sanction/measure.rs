//! What a clause orders: penalties with amounts and periods, and other measures.

mod confiscated;
pub(in crate::law) mod things;

use super::{Modality, OrderKind, Penalty, PenaltyKind, standard};
use crate::law::amount::{Found, FoundPeriod, Numbers};
use confiscated::{confiscated, object_amount};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most characters of the object of 责令 or 没收.
const OBJECT_CHARS: usize = 60;

/// A measure in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A penalty.
    Penalty(PenaltyKind),
    /// Anything else.
    Order(OrderKind),
}

/// A measure with its place.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub kind: Kind,
    /// Bytes of its words.
    pub span: Range<usize>,
}

/// Words of measures, and what they mean where they need no further look.
const TABLE: [(&str, Option<Kind>); 34] = [
    ("责令", None),
    ("没收", None),
    ("罚没款?", Some(Kind::Penalty(PenaltyKind::FineAndConfiscation))),
    ("罚款", Some(Kind::Penalty(PenaltyKind::Fine))),
    ("罚金", Some(Kind::Penalty(PenaltyKind::CriminalFine))),
    ("警告", Some(Kind::Penalty(PenaltyKind::Warning))),
    ("通报批评", Some(Kind::Penalty(PenaltyKind::PublicCriticism))),
    // Before what revokes a licence: 撤销任职资格 ends in 资格 too.
    ("取消[^，。；]{0,24}?任职资格|撤销[^，。；]{0,16}?任职资格", Some(Kind::Penalty(PenaltyKind::Disqualification))),
    (
        "(?:吊销|收缴|撤销)[^，。；、并]{0,24}?(?:许可证件|许可证|证书|证|执照|资格|许可|登记|批准文件|资质|批件|文号|号)",
        None,
    ),
    (
        "(?:暂扣|扣留|中止|暂停)[^，。；、并]{0,20}?(?:许可证件|许可证|证书|证|执照|资格|许可)",
        Some(Kind::Penalty(PenaltyKind::SuspendLicence)),
    ),
    ("降低[^，。；]{0,12}?(?:资质|等级|级别)(?:等级)?", Some(Kind::Penalty(PenaltyKind::LowerQualification))),
    (
        "(?:停产停业|停业整顿|停产整顿|停业停产|停产整治|停业整改)(?:整顿)?",
        Some(Kind::Penalty(PenaltyKind::SuspendBusiness)),
    ),
    ("行政拘留|治安拘留|拘留", Some(Kind::Penalty(PenaltyKind::Detention))),
    ("有期徒刑", Some(Kind::Penalty(PenaltyKind::FixedTermImprisonment))),
    ("无期徒刑", Some(Kind::Penalty(PenaltyKind::LifeImprisonment))),
    ("死刑", Some(Kind::Penalty(PenaltyKind::DeathPenalty))),
    ("拘役", Some(Kind::Penalty(PenaltyKind::CriminalDetention))),
    ("管制", Some(Kind::Penalty(PenaltyKind::PublicSurveillance))),
    ("剥夺政治权利", Some(Kind::Penalty(PenaltyKind::DeprivePoliticalRights))),
    ("驱逐出境|限期出境", Some(Kind::Penalty(PenaltyKind::Deportation))),
    (
        "(?:禁止|限制)[^，。；]{0,20}?(?:从事|进入|担任)[^，。；、]{0,12}",
        Some(Kind::Penalty(PenaltyKind::RestrictPractice)),
    ),
    (
        "终身禁业|市场禁入|禁入[^，。；、一二三四五六七八九十0-9]{0,6}|禁业|限制从业|禁止(?:从业|执业)|(?:从业|职业|行业)禁止|禁驾",
        Some(Kind::Penalty(PenaltyKind::RestrictPractice)),
    ),
    (
        "(?:终身|[日月年]内?|终生)[^，。；的]{0,6}?不得(?:再)?(?:从事|担任|进入|应聘|执业)[^，。；]{0,20}",
        Some(Kind::Penalty(PenaltyKind::RestrictPractice)),
    ),
    ("停止执业|暂停执业", Some(Kind::Penalty(PenaltyKind::RestrictPractice))),
    (
        "(?:停止|暂停)(?:接受|经营|开展|办理)?[^，。；、]{0,10}?(?:业务|新业务)|限制[^，。；、]{0,12}?(?:生产|经营|业务|开展)[^，。；、]{0,6}",
        Some(Kind::Penalty(PenaltyKind::RestrictActivity)),
    ),
    ("予以关闭|依法关闭|关闭", Some(Kind::Penalty(PenaltyKind::CloseDown))),
    ("取缔", Some(Kind::Order(OrderKind::Ban))),
    ("撤销|注销|撤回", Some(Kind::Order(OrderKind::Withdraw))),
    ("处分|开除|撤职|降级|记过", Some(Kind::Order(OrderKind::Discipline))),
    ("追究[^，。；]{0,12}刑事责任", Some(Kind::Order(OrderKind::CriminalLiability))),
    ("限期(?:改正|整改|治理)", Some(Kind::Order(OrderKind::CorrectInTime))),
    ("强制拆除|限期拆除|拆除", Some(Kind::Order(OrderKind::Demolish))),
    ("恢复原状", Some(Kind::Order(OrderKind::Restore))),
    ("停止违法行为", Some(Kind::Order(OrderKind::StopAct))),
];

static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let rows: Vec<String> = TABLE.iter().map(|(pattern, _)| format!("({pattern})")).collect();
    Regex::new(&rows.join("|")).expect("a constant pattern")
});

/// The measures of the clause at `span`, in order.
pub(super) fn hits(text: &str, span: Range<usize>) -> Vec<Hit> {
    let words = &text[span.clone()];
    if !words.contains([
        '罚', '责', '没', '警', '批', '吊', '扣', '降', '停', '拘', '刑', '管', '剥', '境', '取', '禁', '限', '不',
        '关', '撤', '处', '追', '拆', '恢', '注', '暂', '中', '收',
    ]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(captures) = PATTERN.captures_at(words, at) {
        let Some((row, part)) = (0..TABLE.len()).find_map(|row| captures.get(row + 1).map(|part| (row, part))) else {
            break;
        };
        at = part.end();
        if things::in_title(&words[..part.start()]) {
            continue;
        }
        let place = span.start + part.start()..span.start + part.end();
        let behind = &words[part.end()..];
        match TABLE[row].1 {
            None if part.as_str() == "责令" => at += ordered(behind, place, &mut found),
            None if part.as_str() == "没收" && behind.starts_with('的') => {}
            None if part.as_str() == "没收" => at += confiscated(behind, place, &mut found),
            // 撤销 and 收缴 of a licence are measures of other kinds.
            None if part.as_str().starts_with("吊销") => {
                found.push(Hit { kind: Kind::Penalty(PenaltyKind::RevokeLicence), span: place });
            }
            None => found.push(Hit { kind: Kind::Order(OrderKind::Withdraw), span: place }),
            Some(kind) if is_meant(kind, part.as_str(), &words[..part.start()], behind) => {
                found.push(Hit { kind, span: place })
            }
            Some(_) => {}
        }
    }
    found
}

/// Whether a word means the measure here: 警告标志, 缴纳罚款, 处分决定, 免予罚款 and the like do not.
fn is_meant(kind: Kind, words: &str, before: &str, behind: &str) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| behind.starts_with(word));
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if ends(&[
        "不予",
        "免予",
        "免除",
        "不再",
        "不得",
        "免于",
        "不执行",
        "不适用",
        "暂缓执行",
        "被",
        "未",
        "受到",
        "受过",
        "受",
    ]) || things::are(before, words, behind)
    {
        return false;
    }
    match kind {
        Kind::Penalty(PenaltyKind::Warning) => !begins(&["措施"]),
        Kind::Penalty(PenaltyKind::Fine | PenaltyKind::FineAndConfiscation) => {
            !is_base(before, behind)
                && !begins(&[
                    "决定",
                    "收据",
                    "票据",
                    "通知",
                    "收缴",
                    "数额百",
                    "数额的",
                    "数额1",
                    "数额5",
                    "额度",
                    "总额不",
                    "总额最",
                    "最高不",
                    "累计不",
                    "的决定",
                    "的缴纳",
                    "的收缴",
                    "必须",
                    "应当",
                    "收入",
                    "没收",
                    "和没收的",
                ])
                && !ends(&["缴纳", "收缴", "缴", "交纳", "加处", "罚没", "上缴", "设定", "收取", "暂缓"])
                || ends(&["加处"])
                || begins(&["额度为"])
        }
        Kind::Penalty(PenaltyKind::Detention) => {
            !ends(&["刑事", "司法", "先行"]) && !begins(&["所", "证", "期限", "处罚的", "的处罚的"])
        }
        Kind::Penalty(PenaltyKind::PublicSurveillance) => {
            // 交通管制, 管制刀具 are no punishment.
            ends(&["、", "或者", "处", "以下", "或"]) && !begins(&["刀", "器", "物", "药", "人", "区", "的", "规"])
        }
        Kind::Penalty(PenaltyKind::CloseDown) => !begins(&["的", "者"]) || ends(&["责令"]),
        Kind::Order(OrderKind::Discipline) => !begins(&["决定", "期", "的决定", "权", "机关"]),
        Kind::Order(OrderKind::Withdraw | OrderKind::Demolish) => {
            ends(&["予以", "依法", "并", "以", "应当", "可以", "机关", "部门", "，", "强制"]) || before.is_empty()
        }
        _ => true,
    }
}

/// Whether 罚款 between these words is what a rate is taken of: 处单位罚款的百分之五, 处罚款数额6%.
fn is_base(before: &str, behind: &str) -> bool {
    let whose = ["单位", "公司", "企业", "机构", "法人", "其"].iter().any(|who| before.ends_with(who));
    let counted = ["数额", "金额", "额", "总额"].iter().any(|word| behind.starts_with(word));
    (whose || counted) && is_share(behind.trim_start_matches(['的', '数', '金', '总', '额']))
}

/// Whether words begin with a share: 百分之五, 5%.
fn is_share(words: &str) -> bool {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    words.starts_with("百分之") || rest.len() < words.len() && rest.starts_with(['%', '％'])
}

/// Reads what 责令 orders; gives the bytes of the object that are done with.
fn ordered(behind: &str, place: Range<usize>, found: &mut Vec<Hit>) -> usize {
    let object = object(
        behind,
        &[
            "并处",
            "并可",
            "处以",
            "可以处",
            "可处",
            "给予",
            "没收",
            "吊销",
            "暂扣",
            "罚款",
            "警告",
            "处分",
            "对其",
            "取消",
            "按照",
        ],
    );
    let span = place.start..place.end + object.len();
    let penalties = [
        (PenaltyKind::SuspendBusiness, &["停产", "停业", "停止营业", "停工整治", "停工整顿"][..]),
        (PenaltyKind::CloseDown, &["关闭"]),
        (PenaltyKind::RestrictPractice, &["停止执业", "暂停执业", "停止从事", "不得从事"]),
        (
            PenaltyKind::RestrictActivity,
            &["限期停止活动", "暂停", "限制开展", "限制生产", "限制业务", "停止接受", "停止使用该"],
        ),
    ];
    let orders = [
        (
            OrderKind::StopAct,
            &["停止违法", "停止侵", "停止建设", "停止施工", "停止使用", "停止发布", "立即停止", "停止销售", "停止"][..],
        ),
        (OrderKind::Demolish, &["拆除"]),
        (OrderKind::Restore, &["恢复", "补救", "治理", "清除", "清理", "消除"]),
        (OrderKind::Return, &["退还", "退回", "赔偿", "补缴", "补办", "缴纳", "支付", "返还"]),
    ];
    let said = |words: &[&str]| words.iter().any(|word| object.contains(word));
    let before = found.len();
    let timed = said(&["限期", "期限内", "日内", "月内"]);
    if said(&["改正", "整改", "纠正"]) {
        let kind = if timed { OrderKind::CorrectInTime } else { OrderKind::Correct };
        found.push(Hit { kind: Kind::Order(kind), span: span.clone() });
    }
    // 暂停执业活动 is no other 暂停.
    let practice = said(&["停止执业", "暂停执业"]);
    let other = |kind: PenaltyKind| practice && kind == PenaltyKind::RestrictActivity;
    let suspended = penalties.iter().filter(|(kind, words)| said(words) && !other(*kind));
    found.extend(suspended.map(|(kind, _)| Hit { kind: Kind::Penalty(*kind), span: span.clone() }));
    if found.len() == before || said(&["拆除", "恢复", "停止违法", "退还", "赔偿"]) {
        let others = orders.iter().filter(|(_, words)| said(words));
        found.extend(others.map(|(kind, _)| Hit { kind: Kind::Order(*kind), span: span.clone() }));
    }
    if found.len() == before {
        found.push(Hit { kind: Kind::Order(OrderKind::Other), span });
    }
    object.len()
}

/// The words behind a verb up to the first of `stops`.
fn object<'a>(behind: &'a str, stops: &[&str]) -> &'a str {
    let end = behind.char_indices().nth(OBJECT_CHARS).map_or(behind.len(), |(at, _)| at);
    let words = &behind[..end];
    let stop = stops.iter().filter_map(|stop| words.find(stop)).min();
    &words[..stop.unwrap_or(words.len())]
}

/// The penalties among the hits of the clause at `span`, with what the text says of each.
pub(super) fn penalties(text: &str, span: &Range<usize>, hits: &[Hit], numbers: &Numbers) -> Vec<Penalty> {
    let first = numbers.amounts.partition_point(|found| found.span.start < span.start);
    let last = numbers.amounts.partition_point(|found| found.span.start < span.end);
    let amounts = numbers.amounts.get(first..last).unwrap_or_default();
    let mut claimed = 0;
    let mut found: Vec<Penalty> = Vec::new();
    let mut from = span.start;
    let mut imposes = false;
    for (index, hit) in hits.iter().enumerate() {
        let lead = text.get(from..hit.span.start).unwrap_or_default();
        imposes = imposes || is_imposed(lead) || index > 0 && is_imposed(&text[hits[index - 1].span.clone()]);
        from = from.max(hit.span.end);
        let Kind::Penalty(kind) = hit.kind else { continue };
        let until = hits.get(index + 1).map_or(span.end, |next| next.span.start);
        let taken = match kind {
            PenaltyKind::Fine | PenaltyKind::CriminalFine | PenaltyKind::FineAndConfiscation => {
                fine_amounts(text, hit, &amounts[claimed..], until)
            }
            PenaltyKind::ConfiscateGains => behind_amount(text, hit, &amounts[claimed..]),
            PenaltyKind::ConfiscateGoods => object_amount(text, hit, &amounts[claimed..]),
            _ => 0..0,
        };
        let own: Vec<Found> = amounts[claimed..][taken.clone()].to_vec();
        claimed += taken.end;
        let earlier = found.last().map(|penalty| penalty.modality);
        if own.is_empty() && kind == PenaltyKind::Fine && !imposes {
            continue;
        }
        found.push(Penalty {
            kind,
            span: hit.span.clone(),
            modality: modality(lead, earlier),
            alternative: is_alternative(lead, found.is_empty()),
            amounts: own,
            period: period(text, hit, until, numbers, kind, lead.len()),
        });
    }
    found
}

/// Whether the words before a fine without an amount impose it: 较大数额罚款的标准 imposes nothing.
fn is_imposed(before: &str) -> bool {
    ["处", "给予", "予以", "科", "并", "警告", "可以", "没收"].iter().any(|word| before.contains(word))
}

/// Which of the amounts not yet claimed belong to a fine: those directly before it, else that behind it, else those before
/// it in its clause.
fn fine_amounts(text: &str, hit: &Hit, amounts: &[Found], until: usize) -> Range<usize> {
    let before = amounts.iter().take_while(|found| found.span.end <= hit.span.start).count();
    let gap = |found: &Found| {
        let cap = found.amount.cap.as_ref().map(|cap| cap.span.end).filter(|end| *end <= hit.span.start);
        text.get(cap.unwrap_or(found.span.end)..hit.span.start).map(str::trim)
    };
    let adjacent = before > 0
        && amounts.get(before - 1).and_then(gap).is_some_and(|gap| matches!(gap, "" | "的" | "以下" | "人民币"));
    if adjacent {
        let start = (0..before).rev().take_while(|at| *at + 1 == before || joined(text, amounts, *at)).last();
        return start.unwrap_or(before - 1)..before;
    }
    let behind = amounts
        .get(before)
        .filter(|found| found.span.start < until.max(hit.span.end + 1) || is_object(text, hit, found));
    if behind.is_some_and(|found| is_object(text, hit, found)) {
        return before..before + 1;
    }
    let start = (0..before).rev().take_while(|at| *at + 1 == before || joined(text, amounts, *at)).last();
    start.map_or(before..before, |start| start..before)
}

/// Whether the amount at `at` and its successor are alternatives of one fine.
fn joined(text: &str, amounts: &[Found], at: usize) -> bool {
    let (Some(one), Some(other)) = (amounts.get(at), amounts.get(at + 1)) else { return false };
    text.get(one.span.end..other.span.start).is_some_and(|gap| gap.contains("或") && !gap.contains("罚款"))
}

/// Whether an amount is the object of 罚款 in front of it: 罚款合计人民币三万元.
fn is_object(text: &str, hit: &Hit, found: &Found) -> bool {
    let Some(gap) = text.get(hit.span.end..found.span.start) else { return false };
    let mut rest = gap;
    // Few fillers follow one another.
    for _ in 0..6 {
        rest = rest.trim_start();
        for word in [
            "合计",
            "共计",
            "总计",
            "总额",
            "金额",
            "数额",
            "人民币",
            // A slip of courts: 罚金人民4000元.
            "人民",
            "各",
            "分别",
            "为",
            "计",
            "：",
            ":",
            "共",
            " ",
            "（",
            "）",
            "每人",
            "每株",
            "的",
            "大写",
            "小写",
            "按",
            "处",
        ] {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
    }
    let base = found.amount.base.as_ref().is_some_and(|base| base.span.start >= hit.span.end);
    rest.is_empty() || base || standard::is_told(gap) || (found.amount.per.is_some() && rest.chars().count() <= 8)
}

/// The amount that 没收违法所得 names behind it.
fn behind_amount(text: &str, hit: &Hit, amounts: &[Found]) -> Range<usize> {
    let before = amounts.iter().take_while(|found| found.span.end <= hit.span.start).count();
    let Some(found) = amounts.get(before) else { return before..before };
    let inside = found.span.start < hit.span.end;
    let near = text.get(hit.span.end..found.span.start).is_some_and(|gap| {
        matches!(
            gap.trim(),
            "" | "人民币" | "合计" | "共计" | "计" | "共" | "总计" | "合计人民币" | "共计人民币" | "金额"
        )
    });
    if found.amount.is_money() && (inside || near) { before..before + 1 } else { before..before }
}

/// How a measure is bound, by the words between the measure before it and itself.
fn modality(lead: &str, earlier: Option<Modality>) -> Modality {
    // 并对其…处 joins addressees, not penalties.
    let lead = lead.replace("并对", "对");
    let may = ["可以", "可处", "可并", "并可", "可给予", "直至", "可对", "可单处", "可予"]
        .iter()
        .any(|word| lead.contains(word));
    let also = lead.contains('并');
    let own = ["处", "给予", "予以", "依法", "由"].iter().any(|word| lead.contains(word));
    match (may, also) {
        (true, true) => Modality::MayAlso,
        (true, false) => Modality::May,
        (false, true) => Modality::MustAlso,
        // 可以给予警告、罚款: one verb for both.
        (false, false) if !own => earlier.unwrap_or(Modality::Must),
        (false, false) => Modality::Must,
    }
}

/// Whether a measure stands for the one before it.
fn is_alternative(lead: &str, first: bool) -> bool {
    let begins = lead.starts_with("或者") || lead.starts_with('或');
    begins || (!first && (lead.contains("或者") || lead.contains("直至")))
}

/// The period of a penalty: directly before it (处五日以下拘留), or behind it (禁业三年); a period behind a custodial
/// penalty belongs to the next one, unless it stands beside it.
fn period(
    text: &str,
    hit: &Hit,
    until: usize,
    numbers: &Numbers,
    kind: PenaltyKind,
    lead: usize,
) -> Option<FoundPeriod> {
    use PenaltyKind as K;
    let timed = matches!(
        kind,
        K::Detention
            | K::FixedTermImprisonment
            | K::CriminalDetention
            | K::PublicSurveillance
            | K::DeprivePoliticalRights
            | K::RestrictPractice
            | K::Disqualification
            | K::SuspendLicence
            | K::SuspendBusiness
            | K::RestrictActivity
    );
    if !timed {
        return None;
    }
    let from = hit.span.start.saturating_sub(lead);
    let first = numbers.periods.partition_point(|found| found.span.end <= from);
    let near: Vec<&FoundPeriod> = numbers
        .periods
        .get(first..)?
        .iter()
        .take_while(|found| found.span.start < until.max(hit.span.end))
        .take(4)
        .collect();
    let before = near.iter().rev().find(|found| found.span.end <= hit.span.start);
    let behind = near.iter().find(|found| found.span.end > hit.span.start);
    let beside =
        |found: &&&FoundPeriod| text.get(hit.span.end..found.span.start).is_some_and(|gap| gap.trim().is_empty());
    let chosen = if kind.gravity() >= 5 { before.or(behind.filter(beside)) } else { behind.or(before) };
    chosen.map(|found| (*found).clone())
}
