//! The sections of a case: by the captions and cues of the outline, in running text by how its sentences begin.

use super::{Section, SectionKind, penalties};
use crate::law::document::Document;
use crate::law::kind::CaseKind;
use crate::law::provision::ProvisionKind;
use crate::law::structure;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// How sentences of running text begin sections.
static CUES: LazyLock<Regex> = LazyLock::new(|| {
    let kinds = CUE_TABLE.iter().map(|(_, pattern)| format!("({pattern})"));
    Regex::new(&format!(r"(?:^|[\n。；;：:）])[\s　]*(?:{})", kinds.collect::<Vec<_>>().join("|")))
        .expect("a constant pattern")
});
const CUE_TABLE: [(SectionKind, &str); 7] = [
    (
        SectionKind::Facts,
        r"经?审理查明|经查明?|现查明|本院查明|另查明|综合[^。]{0,30}认定如下事实|公诉机关指控|[\p{Han}]{2,14}检察院指控",
    ),
    (
        SectionKind::Evidence,
        r"(?:上述|以上|认定上述)事实[，,]?(?:由|有|的证据)|(?:主要|相关)证据(?:有|如下|材料)|证明上述事实的证据",
    ),
    (
        SectionKind::Defence,
        r"(?:当事人|被处罚人)[^。]{0,20}(?:提出|进行)[^。]{0,8}(?:陈述|申辩)|被告(?:人)?[^。，]{0,14}辩称|辩护人[^。]{0,20}辩护意见",
    ),
    (
        SectionKind::Reasons,
        r"(?:本院|本局|我局|本机关|我机关|本委|本厅|法院|人民法院|仲裁委员会|[\p{Han}]{2,14}局)(?:经审理|审理|经审查)?认为|(?:当事人|被处罚人|该|上述|其|公司)[^。]{0,40}行为[^。]{0,12}违反",
    ),
    (SectionKind::Basis, r"处罚依据|法律依据"),
    (
        SectionKind::Result,
        r"(?:判决|裁定|决定|处罚|裁决)如下[：:]|(?:本局|我局|本机关)(?:现)?(?:依法)?决定(?:对|给予|作出|责令|处)",
    ),
    (
        SectionKind::Result,
        r"(?:处理情况|整改情况|处理结果|查处情况)|(?:[0-9]{1,2}[.、．])?(?:行政)?处罚(?:决定)?(?:内容|结果|的?种类和依据|的?履行方式(?:和期限)?)[：:\t]|罚款(?:金额|数额)[：:]|(?:行政)?处罚决定[：:][^\n]{0,40}(?:罚款|没收|警告|吊销)",
    ),
];

/// The result in the middle of a line: …之规定，判决如下：被告人….
static INLINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[，,]((?:判决|裁定|决定|裁决)如下[：:])").expect("a constant pattern"));

/// The result in running text: …之规定，决定给予以下行政处罚：1.没收…. What is decided must be a penalty, or none: 决定立案调查 is no
/// result; and whoever decides is the writer: 被某局决定罚款 tells of another case.
static DECIDED: LazyLock<Regex> = LazyLock::new(|| {
    let who = "(?:现|经[^，。；]{0,14}[，,]?|故|故此|为此|综上[，,]?)?(?:本局|我局|本机关|我机关|本委|我委|本厅|我厅|本大队|我大队|本支队|我支队)?";
    let what = "决定(?:依法)?(?:对|给予|作出|做出|责令|处|没收|罚款|吊销|暂扣|禁止|取消|撤销|从轻|减轻|免予|免除|不予|予以|分别|各|每人|合并|自|从)";
    let penalty =
        "(?:罚款|没收|警告|吊销|停产|停业|处罚|拘留|暂扣|通报批评|资质等级|关闭|从事|禁入|禁止从业|执业|任职资格)";
    // 本局当场作出下列行政处罚：.
    let announced =
        "(?:当场)?(?:作出|做出|给予|处以)(?:当事人|你单位|你公司|你)?(?:下列|如下|以下)(?:行政)?处罚(?:决定)?[：:]";
    // 决定罚款五千元: what is decided is the penalty.
    let alone = "决定(?:依法)?(?:行政处罚)?(?:[：:])?(?:罚款|没收|吊销|暂扣|行政拘留|拘留|警告|通报批评|并处|不予处罚|按日连续处罚)";
    Regex::new(&format!(
        r"(?:^|[\n。；;：:，,])[\s　]*({who}(?:现)?(?:依法)?(?:{announced}|{alone}|{what}[^。；]{{0,120}}?{penalty}))"
    ))
    .expect("a constant pattern")
});

/// The result behind 决定：, whatever measure comes first: 决定：1.责令停止违法行为；2.罚款…, 作出如下处罚决定：罚款….
static DECIDING: LazyLock<Regex> = LazyLock::new(|| {
    let what = "(?:作出|做出|给予)?(?:如下|以下)?(?:行政)?(?:处罚)?决定(?:给予(?:以下|如下)?)?(?:行政)?(?:处罚)?(?:如下|为)?[：:]";
    let penalty =
        "(?:罚款|没收|警告|吊销|停产|停业|拘留|暂扣|通报批评|资质等级|关闭|禁止[^。；，]{0,20}从事|禁入|任职资格|执业)";
    Regex::new(&format!(r"(?:^|[\n。；;，,])[\s　]*((?:并|现|故)?(?:本局|我局|本机关|我机关)?(?:现)?(?:依法)?{what})[^。]{{0,160}}?{penalty}"))
        .expect("a constant pattern")
});

/// The result of a decision that never says 决定: 依据《…》第九十九条的规定，没收违法所得….
static BY_BASIS: LazyLock<Regex> = LazyLock::new(|| {
    let measure = "(?:现|并)?(?:依法)?(?:对[^，。；]{1,40}?)?(?:分别|合并|各|每[^，。；]{1,8}?)?(?:责令|没收|处|给予|予以|并处|吊销|罚款|警告|禁止|取消)";
    let penalty = "(?:罚款|没收|警告|吊销|停产|停业|拘留|暂扣|关闭|从事|禁入|任职资格|执业)";
    // 属于一般情节，参照《…裁量基准》，: how the sum was found.
    let found = r"(?:(?:属于?|构成|参照|参考|对照|结合|鉴于|考虑|综合|具有)[^。；“”\n，,]{0,60}[，,]){0,3}";
    Regex::new(&format!(
        r"(?:依据|根据|依照|按照)[^。；“”\n]{{0,400}}?(?:规定|[条款项])[，,]{found}({measure}[^。“”\n]{{0,160}}?{penalty}[^\n]*)"
    ))
    .expect("a constant pattern")
});

/// The result of a decision that names neither what it decides by nor that it does: 对该行给予警告，并处罚款68.5万元. It begins a sentence.
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    let verb = "(?:分别|各)?(?:给予|处以|予以|作出|处|罚款|警告|没收)";
    let sum = "(?:罚款|警告|没收)";
    Regex::new(&format!(
        r"(?:^|[\n。；])[\s　]*((?:现)?(?:依法)?对[^，。；：\n拟逾期不曾]{{1,40}}?{verb}[^。\n]{{0,160}}?{sum}[^\n]*)"
    ))
    .expect("a constant pattern")
});

/// The result of a typical case that is told in prose without its basis: 云桥县市场监管局对大顺公司罚款5万元, 当事人被处罚款5万元.
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    let who = r"(?:[\p{Han}]{0,24}?(?:局|委员会|支队|大队|机关|部门|政府|厅)|当事人|该公司|该店)?(?:已|遂|最终|现)?(?:依法|决定|依法决定)?";
    let does = "(?:作出|做出|给予|处以|予以|处|责令[^，。；]{0,40}?[，、并]{1,2}(?:处|罚)|被处|被|被给予)";
    let penalty = "(?:罚款|没收|警告|吊销|拘留)";
    Regex::new(&format!(
        r"(?:^|[\n。；，,])[\s　]*({who}(?:对[^，。；：\n]{{1,40}}?)?(?:依法)?(?:{does}[^。\n]{{0,160}}?)?{penalty}[^。\n]*)"
    ))
    .expect("a constant pattern")
});

/// The result of a reconsideration: 本机关决定：变更…. What the applicant asks for is told in other words.
static REVIEWED: LazyLock<Regex> = LazyLock::new(|| {
    let who = "(?:现|经[^，。；\\n]{0,20}[，,])?(?:本机关|本府|本政府|本级政府|我机关|复议机关|本厅|本局|本委)?(?:现)?(?:依法)?";
    let what = "(?:作出(?:如下|以下)?(?:行政)?(?:复议)?)?决定(?:如下)?[：:，,]?";
    Regex::new(&format!(
        r"(?:^|[\n。；，,])[\s　]*({who}{what}[\s　]*(?:[一1][、.．])?[\s　]*(?:维持|撤销|变更|驳回|确认|责令|将|对|终止|准许|部分|支持))"
    ))
    .expect("a constant pattern")
});
/// What follows the result of a reconsideration.
const REMEDY: [&str; 4] = ["如不服", "如对本", "申请人不服", "对本决定不服"];

/// The sections of a case in the order of its text, as far as its own words go.
pub(super) fn find(document: &Document, own: usize) -> Vec<Section> {
    let text = document.text.as_str();
    let outline = structure::parse(document);
    let decides = document.case_kind == Some(CaseKind::PenaltyDecision);
    let mut sections: Vec<Section> = Vec::new();
    let mut rest: Vec<Range<usize>> = Vec::new();
    for (provision, span) in outline.provisions() {
        let key = provision.key.split('~').next().unwrap_or("");
        match kind_of(key).filter(|_| provision.kind == ProvisionKind::CaseSection) {
            Some(kind) => sections.extend(trimmed(text, span.clone()).map(|span| Section { kind, span })),
            None => rest.push(span.clone()),
        }
    }
    for span in rest {
        sections.extend(running(text, span, decides));
    }
    sections.sort_by_key(|section| section.span.start);
    sections.retain_mut(|section| {
        let end = section.span.end.min(own.max(section.span.start));
        section.span.end = section.span.start + text[section.span.start..end].trim_end().len();
        !section.span.is_empty()
    });
    let mut sections = split(text, sections, decides);
    // A typical case in prose tells its result by the basis too.
    let told = decides || document.case_kind == Some(CaseKind::TypicalCase);
    if told && !sections.iter().any(|section| section.kind == SectionKind::Result) {
        sections = with_results(text, sections, by_basis(text.get(..own).unwrap_or(text)));
    }
    if told && !decides && !sections.iter().any(|section| section.kind == SectionKind::Result) {
        let result = last_told(text.get(..own).unwrap_or(text));
        sections = with_results(text, sections, result.into_iter().collect());
    }
    let varies = decides && penalties::is_variation(&document.title);
    if decides && !varies && !sections.iter().any(|section| section.kind == SectionKind::Result) {
        let found = PLAIN.captures_iter(text.get(..own).unwrap_or(text)).filter_map(|found| found.get(1));
        let results = found.map(|found| found.range()).collect();
        sections = with_results(text, sections, results);
    }
    let reviews = varies || document.case_kind == Some(CaseKind::ReconsiderationDecision);
    if reviews && !sections.iter().any(|section| section.kind == SectionKind::Result) {
        let result = reviewed(text.get(..own).unwrap_or(text));
        sections = with_results(text, sections, result.into_iter().collect());
    }
    sections
}

/// The result of a reconsideration: the last sentence that decides, up to the remedies.
fn reviewed(text: &str) -> Option<Range<usize>> {
    let start = REVIEWED.captures_iter(text).filter_map(|found| found.get(1)).last()?.start();
    let rest = text.get(start..)?;
    let end = REMEDY.iter().filter_map(|word| rest.find(word)).min().unwrap_or(rest.len());
    Some(start..start + end)
}

/// The result of a typical case in prose: its last sentence that tells one, with those right before it (对甲公司罚款5万元。对丁某罚款1万元。).
/// What stands before tells of earlier cases or the same in the lead; that it was paid is no result.
fn last_told(text: &str) -> Option<Range<usize>> {
    let paid = |words: &str| !words.contains('元') && ["缴", "履行", "执行"].iter().any(|word| words.contains(word));
    // 可处五万元以下罚款: what the law allows.
    let law = |words: &str| ["元以上", "元以下", "倍以上", "倍以下"].iter().any(|word| words.contains(word));
    let all: Vec<_> = TOLD.captures_iter(text).filter_map(|found| found.get(1)).collect();
    let decided = all.iter().filter(|found| !paid(found.as_str()) && !law(found.as_str())).map(|found| found.range());
    let last = decided.fold(None, |last: Option<Range<usize>>, next| match last {
        Some(last) if text[last.end..next.start].trim_matches(['。', ' ', '\u{3000}']).is_empty() => {
            Some(last.start..next.end)
        }
        _ => Some(next),
    });
    last.or_else(|| all.last().map(|found| found.range()))
}

/// Results that are told by their basis alone.
fn by_basis(text: &str) -> Vec<Range<usize>> {
    BY_BASIS.captures_iter(text).filter_map(|found| found.get(1)).map(|found| found.range()).collect()
}

/// The sections with results that no caption tells; each ends the section in which it begins.
fn with_results(text: &str, mut sections: Vec<Section>, results: Vec<Range<usize>>) -> Vec<Section> {
    for result in results {
        for section in &mut sections {
            if section.span.start < result.start && result.start < section.span.end {
                section.span.end = section.span.start + text[section.span.start..result.start].trim_end().len();
            }
        }
        sections.extend(trimmed(text, result).map(|span| Section { kind: SectionKind::Result, span }));
    }
    sections.sort_by_key(|section| section.span.start);
    sections
}

/// The kind of a section by the key of the outline.
fn kind_of(key: &str) -> Option<SectionKind> {
    Some(match key {
        "facts" => SectionKind::Facts,
        "evidence" => SectionKind::Evidence,
        "defence" => SectionKind::Defence,
        "reasons" => SectionKind::Reasons,
        "basis" => SectionKind::Basis,
        "result" => SectionKind::Result,
        _ => return None,
    })
}

/// A range without the white space at its ends; `None` if nothing is left.
fn trimmed(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let inner = &text[span.clone()];
    let start = span.start + inner.len() - inner.trim_start().len();
    let end = span.start + inner.trim_end().len();
    (start < end).then_some(start..end)
}

/// The sections of a stretch that the outline gives no kind.
fn running(text: &str, span: Range<usize>, decides: bool) -> Vec<Section> {
    let cues = cues(text, span.clone(), decides);
    let ends = cues.iter().skip(1).map(|(at, _)| *at).chain(std::iter::once(span.end));
    let section = |((at, kind), end): (&(usize, SectionKind), usize)| {
        trimmed(text, *at..end).map(|span| Section { kind: *kind, span })
    };
    cues.iter().zip(ends).filter_map(section).collect()
}

/// Where cues stand in a stretch, with what they begin.
fn cues(text: &str, span: Range<usize>, decides: bool) -> Vec<(usize, SectionKind)> {
    let found = CUES.captures_iter(&text[span.clone()]);
    let places = found.filter_map(|found| {
        let at = (1..=CUE_TABLE.len()).find_map(|group| Some((group, found.get(group)?)))?;
        Some((span.start + at.1.start(), CUE_TABLE[at.0 - 1].0))
    });
    let inline = INLINE.captures_iter(&text[span.clone()]).filter_map(|found| found.get(1)).filter(|found| {
        let rest = text[span.start + found.end()..span.end].trim_start_matches([' ', '\u{3000}']);
        // Of an award the outline knows no caption.
        !rest.is_empty() && (!rest.starts_with('\n') || found.as_str().starts_with("裁决"))
    });
    let inline = inline.map(|found| (span.start + found.start(), SectionKind::Result));
    let decided = DECIDED.captures_iter(&text[span.clone()]).filter_map(|found| found.get(1));
    let decided = decided.map(|found| (span.start + found.start(), SectionKind::Result));
    // In judgments 决定： tells what the parties fight about.
    let deciding = DECIDING.captures_iter(&text[span.clone()]).filter(|_| decides).filter_map(|found| found.get(1));
    let deciding = deciding.map(|found| (span.start + found.start(), SectionKind::Result));
    let mut places: Vec<_> = places.chain(inline).chain(decided).chain(deciding).collect();
    // 经查，决定罚款: of two that begin at one place the later section counts.
    places.sort_by_key(|(at, kind)| (*at, std::cmp::Reverse(*kind)));
    places.dedup_by_key(|(at, _)| *at);
    places
}

/// Whether a character may number a caption: 4.行政处罚内容：.
fn is_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '、' | '．')
}

/// Divides sections in which another one begins inside a paragraph: reasons and result often share one.
fn split(text: &str, sections: Vec<Section>, decides: bool) -> Vec<Section> {
    let mut divided = Vec::with_capacity(sections.len());
    for section in sections {
        let later =
            |kind: SectionKind| matches!(kind, SectionKind::Evidence | SectionKind::Reasons | SectionKind::Result);
        let (mut kind, mut start) = (section.kind, section.span.start);
        let mut push = |kind: SectionKind, span: Range<usize>| {
            divided.extend(trimmed(text, span).map(|span| Section { kind, span }));
        };
        for (at, next) in cues(text, section.span.clone(), decides) {
            // 处罚内容：…: below a caption of the basis only another caption begins something else.
            let captioned = || {
                ["处罚内容", "处罚结果", "处罚决定", "行政处罚内容", "行政处罚结果", "行政处罚决定"]
                    .iter()
                    .any(|words| text[at..].trim_start_matches(is_number).starts_with(words))
            };
            if at >= start && next > kind && later(next) && (kind != SectionKind::Basis || captioned()) {
                // 经查，决定罚款：the cue of the facts is that of the result.
                push(kind, start..at);
                (kind, start) = (next, at);
            }
        }
        push(kind, start..section.span.end);
    }
    divided
}
