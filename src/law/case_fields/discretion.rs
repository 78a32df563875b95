//! 裁量: the tier, its reasons, the benchmark applied.

use super::{Read, Section, SectionKind};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

/// 裁量档次: how the authority used its discretion, or how grave it found the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 不予处罚.
    NoPenalty,
    /// 减轻处罚.
    Reduced,
    /// 从轻处罚.
    Lighter,
    /// 一般处罚.
    Ordinary,
    /// 从重处罚.
    Heavier,
    /// 违法程度轻微.
    Slight,
    /// 违法程度较轻.
    Minor,
    /// 违法程度一般.
    Middling,
    /// 违法程度较重.
    Grave,
    /// 违法程度严重.
    Severe,
}

/// 裁量理由, for the most part those of the Law on Administrative Penalties (2021), articles 30 to 33.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// 主动消除或者减轻违法行为危害后果.
    HarmRemoved,
    /// 受他人胁迫或者诱骗.
    Coerced,
    /// 主动供述行政机关尚未掌握的违法行为.
    Disclosed,
    /// 配合行政机关查处、如实供述.
    Cooperated,
    /// 立功表现.
    Merit,
    /// 初次违法、初犯.
    FirstOffence,
    /// 及时改正.
    CorrectedInTime,
    /// 危害后果轻微、没有造成危害后果.
    LittleHarm,
    /// 没有主观过错.
    NoFault,
    /// 未成年人.
    Minor,
    /// 精神病人、智力残疾人.
    MentalIllness,
    /// 自首.
    Surrendered,
    /// 认罪认罚、悔罪.
    Repented,
    /// 赔偿、取得谅解.
    Compensated,
    /// 再次违法、屡教不改、累犯.
    Repeated,
    /// 阻碍执法、毁灭证据.
    Obstructed,
    /// 社会影响恶劣、危害后果严重.
    GraveHarm,
}

/// What a case says of its discretion.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Discretion {
    /// The tiers, each once, in the order of the text.
    pub tiers: Vec<Read<Tier>>,
    /// The reasons, each once.
    pub reasons: Vec<Read<Reason>>,
    /// The benchmarks named (《…裁量基准》).
    pub benchmarks: Vec<Read<String>>,
}

static TIERS: LazyLock<Vec<(Tier, Regex)>> = LazyLock::new(|| {
    let degree = r"(?:违法(?:行为)?(?:程度|情节)|情节|裁量(?:等级|档次|阶次)|违法行为|危害程度)(?:属于|为|属|系|认定为|：|:|是)?[“（(]?";
    // 属一般情形, “较轻”档次: the degree before what it is of.
    let of = |word: &str| {
        format!(
            "{degree}{word}|(?:属于?|系|为|按照?)“?{word}”?(?:违法)?(?:情形|情节|档次|阶次|等级|裁量)|“{word}”(?:情形|情节|档次|阶次|等级|裁量)"
        )
    };
    let row = |tier, pattern: String| (tier, Regex::new(&pattern).expect("a constant pattern"));
    vec![
        row(Tier::NoPenalty, r"(?:不予|免予|免于)(?:行政|刑事)?处罚".to_string()),
        row(Tier::Reduced, r"减轻(?:行政)?处罚|属于?减轻(?:处罚)?情形".to_string()),
        row(
            Tier::Lighter,
            r"从轻(?:给予)?(?:行政)?处[罚理]|从宽处[罚理]|属于?从轻(?:处罚)?情形|从轻或者减轻(?:行政)?处罚".to_string(),
        ),
        row(Tier::Ordinary, r"(?:给予|予以|按照?|属于?)“?一般(?:行政)?处罚|一般裁量".to_string()),
        row(Tier::Heavier, r"从重(?:给予)?(?:行政)?处罚|加重处罚|从重[、，和及](?:酌定|法定)?从轻".to_string()),
        row(Tier::Slight, of("轻微")),
        row(Tier::Minor, of("较轻")),
        row(Tier::Middling, of("一般")),
        row(Tier::Grave, of("较重")),
        row(Tier::Severe, of("(?:特别)?严重")),
    ]
});
static REASONS: LazyLock<Vec<(Reason, Regex)>> = LazyLock::new(|| {
    let row = |(reason, pattern): (Reason, &str)| (reason, Regex::new(pattern).expect("a constant pattern"));
    [
        (Reason::HarmRemoved, r"主动(?:消除|减轻|采取措施)[^。；，]{0,20}(?:后果|影响|危害)?|消除(?:或者?减轻)?[^。；，]{0,8}危害后果|主动退(?:赔|缴|还)"),
        (Reason::Coerced, r"受(?:他人)?(?:胁迫|诱骗)"),
        (Reason::Disclosed, r"主动(?:供述|交代|交待)[^。；，]{0,20}(?:尚未|未)?掌握"),
        (Reason::Cooperated, r"(?:积极|主动)?配合(?:行政机关|本局|我局|执法|调查|查处|检查|案件)[^。；，]{0,8}|如实(?:供述|陈述|交代|说明)"),
        (Reason::Merit, r"立功"),
        (Reason::FirstOffence, r"初次违法|首次违法|首次被|初犯|系首次|无前科|没有犯罪前科"),
        (Reason::CorrectedInTime, r"(?:及时|立即|主动|已经?|积极)(?:进行)?(?:改正|整改|纠正|停止违法)"),
        (Reason::LittleHarm, r"(?:危害|社会危害|违法)[^。；，]{0,6}(?:后果|性)?(?:轻微|较小|不大)|(?:没有|未)造成[^。；，]{0,6}(?:危害|不良)?后果"),
        (Reason::NoFault, r"没有主观过错|无主观(?:故意|过错)|主观过错较小"),
        (Reason::Minor, r"(?:系|是|为|属)未成年人|已满十四周岁不满十八周岁"),
        (Reason::MentalIllness, r"精神病人|智力残疾"),
        (Reason::Surrendered, r"自首|主动投案"),
        (Reason::Repented, r"认罪认罚|自愿认罪|悔罪|认罪态度较?好"),
        (Reason::Compensated, r"(?:取得|获得|得到)[^。；，]{0,12}谅解|赔偿(?:了)?[^。；，]{0,10}(?:损失|人民币)|积极(?:赔偿|退赃|退赔)"),
        (Reason::Repeated, r"(?:一年内|两年内|二年内)?(?:再次|多次)违法|屡教不改|累犯|曾因[^。；，]{0,20}(?:受过|被)[^。；，]{0,10}(?:处罚|判处)|犯罪前科"),
        (Reason::Obstructed, r"(?:拒绝|阻碍|妨碍|逃避)[^。；，]{0,8}(?:检查|执法|调查)|(?:隐匿|毁灭|伪造)[^。；，]{0,4}证据"),
        (Reason::GraveHarm, r"社会影响恶劣|造成(?:严重|恶劣)[^。；，]{0,6}(?:后果|影响)"),
    ]
    .map(row)
    .into()
});
static BENCHMARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"《[^《》\n]{0,60}裁量[^《》\n]{0,40}》").expect("a constant pattern"));
/// That what a party asked is granted.
static TAKEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[^。；不]{0,30}(?:予以|应予|本院)(?:采信|采纳|支持)").expect("a constant pattern"));
/// What is not the case's own word: the request of a party.
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:请求|建议|要求|希望|恳请|申请)[^。；]{0,40}$|(?:辩护|申辩)[^。；]{0,30}$")
        .expect("a constant pattern")
});

/// What a case says of its discretion, in its own words: in reasons and result where it has them.
pub(super) fn find(text: &str, sections: &[Section]) -> Discretion {
    let mut ranges: Vec<Range<usize>> = sections
        .iter()
        .filter(|s| matches!(s.kind, SectionKind::Reasons | SectionKind::Result))
        .map(|s| s.span.clone())
        .collect();
    if !sections.iter().any(|section| section.kind == SectionKind::Reasons) {
        ranges = std::iter::once(0..text.len()).collect();
    }
    let mut found = Discretion::default();
    for range in ranges {
        let (at, part) = (range.start, text.get(range).unwrap_or_default());
        for (tier, pattern) in
            TIERS.iter().filter(|(tier, _)| !found.tiers.iter().any(|known| known.value == *tier)).collect::<Vec<_>>()
        {
            let place = pattern.find_iter(part).find(|place| !is_quoted(part, place.start(), place.end()));
            found.tiers.extend(place.map(|place| Read::text(*tier, at + place.start()..at + place.end())));
        }
        for (reason, pattern) in REASONS
            .iter()
            .filter(|(reason, _)| !found.reasons.iter().any(|known| known.value == *reason))
            .collect::<Vec<_>>()
        {
            let place = pattern.find_iter(part).find(|place| !is_quoted(part, place.start(), place.end()));
            found.reasons.extend(place.map(|place| Read::text(*reason, at + place.start()..at + place.end())));
        }
    }
    found.tiers.sort_by_key(|read| read.span.start);
    found.reasons.sort_by_key(|read| read.span.start);
    for place in BENCHMARK.find_iter(text) {
        if !found.benchmarks.iter().any(|known| known.value == place.as_str()) {
            found.benchmarks.push(Read::text(place.as_str().to_string(), place.range()));
        }
    }
    found
}

/// Whether words are those of a provision that is quoted, of a party that asks, or of a refusal.
fn is_quoted(part: &str, at: usize, end: usize) -> bool {
    let mut from = at.saturating_sub(180);
    while !part.is_char_boundary(from) {
        from += 1;
    }
    let before = &part[from..at];
    let open = before.rfind('“').is_some_and(|open| before[open..].find('”').is_none());
    let refused = part[end..].chars().take(16).collect::<String>();
    open || ASKED.is_match(before) && !TAKEN.is_match(&part[end..])
        || refused.contains("不予采纳")
        || is_denied(part, at, end)
        || before.ends_with("罚的，")
}

/// Words right before what they deny: 未予从重处罚.
const DENYING: [&str; 14] =
    ["不", "不应", "不应当", "不再", "不宜", "不能", "不予", "不得", "未", "未予", "未予以", "未能", "没有", "未作出"];
/// Words in front of the circumstances that a case denies: 不存在…不予处罚情形.
const LACKING: [&str; 9] = ["不存在", "不具有", "不具备", "不符合", "不属于", "不适用", "没有", "并无", "不构成"];
/// So far before words what denies them is looked for, in bytes.
const DENIED_BYTES: usize = 180;

/// Whether words are denied: 未予从重处罚, 不存在第三十三条规定的不予处罚情形.
pub(super) fn is_denied(part: &str, at: usize, end: usize) -> bool {
    let mut from = at.saturating_sub(DENIED_BYTES);
    while !part.is_char_boundary(from) {
        from += 1;
    }
    let clause = part[from..at].rsplit(['，', '。', '；', '\n', ',', '：']).next().unwrap_or_default();
    let circumstances = ["情形", "的情形", "条件", "的条件", "的规定", "情节", "的情节", "、"];
    DENYING.iter().any(|word| clause.ends_with(word))
        || LACKING.iter().any(|word| clause.contains(word))
            && circumstances.iter().any(|word| part[end..].starts_with(word))
}
