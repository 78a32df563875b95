//! What a case says of itself in its head: authority, region, number, cause.

use super::{Field, Read, Section, SectionKind, sued};
use crate::law::document::Document;
use crate::law::kind::CaseKind;
use crate::law::level;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// So much of a text is its head, in bytes.
const HEAD_BYTES: usize = 1500;

static COURT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[\s　#]*([\p{Han}]{2,30}?人民法院)[\s　]*(?:$|\s)").expect("a constant pattern")
});
/// The court of a judgment in front of the name of the document, in its own line.
static HEADED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)(?:^|\s)([\p{Han}]{2,30}?法院)[\s　]{1,4}[\p{Han}]{0,12}?(?:判决书|裁定书|决定书|调解书)")
        .expect("a constant pattern")
});
/// A judgment that is told: …法院于…年…月…日作出（…）…号.
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[，。；：:\n])([\p{Han}]{3,30}?法院)(?:经审理)?[，,]?于([12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日)[^，。；\n《》]{0,8}?作出([（(][12][0-9]{3}[）)][\p{Han}0-9]{2,20}?号)")
        .expect("a constant pattern")
});
/// A court that judges in the words of a typical case.
static JUDGING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[，。；：:\n])([\p{Han}]{3,24}?法院)(?:一审|二审|再审|终审)?(?:经审理|审理后|审理|经再审)?(?:认为|判决|裁定)")
        .expect("a constant pattern")
});
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:案例[0-9一二三四五六七八九十]*[：:、.．]?|[（(]?[0-9一二三四五六七八九十]{1,3}[）)]?[、.．]?)?[\s　]*([\p{Han}]{2,30}?(?:局|委员会|政府|厅|分局|支队|大队|人民法院|人民检察院|监管局|海关|队))(?:关于|行政处罚|不予行政处罚|处罚|依法|查处|查办|调查处理|对|公布|刑事|民事|行政|责令|(?:劳动|人事|劳动人事)?(?:争议)?仲裁)")
        .expect("a constant pattern")
});
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    let seal = "(?:（[印公章盖]{1,4}）)?";
    // On one line the date must end it: 某局2023年8月2日对你公司检查 is no signature.
    let beside = r"[ \u{3000}]*(?:[0-9]{4}|[〇○零0一二三四五六七八九]{4})\s?年[^\n，。]{2,10}日[ \u{3000}]*$";
    Regex::new(&format!(
        r"(?m)^[\s　]*([\p{{Han}}]{{3,30}}(?:{ORGANS})){seal}(?:[\s　]*\n[\s　]*{seal}[\s　]*{DAY}|{beside})"
    ))
    .expect("a constant pattern")
});
/// How organs that punish are called at their end; 中国人民银行 with its branches.
const ORGANS: &str = "民银行[\\p{Han}]{0,20}(?:支行|分行|营业管理部)|管理中心|局|委员会|政府|厅|分局|支队|大队|办公室|总队|海关|派出所|管理所|税务所|监管所|执法队";
/// A day that ends a decision.
const DAY: &str = r"(?:[0-9]{4}|[〇○零0一二三四五六七八九]{4})\s?(?:年|[.\-/][0-9]{1,2}[.\-/][0-9]{1,2}[\s　]*$)";
/// The date above the organ, or the organ in a field of its own: 处罚机关：….
static SIGNED_BELOW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?m)^[\s　]*{DAY}[^\n]{{0,12}}\n+[\s　]*([\p{{Han}}]{{3,30}}(?:{ORGANS}))[\s　]*(?:（[印公章盖]{{1,4}}）)?[\s　]*$"
    ))
    .expect("a constant pattern")
});
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?m)^[\s　]*(?:作出)?(?:行政)?(?:处罚|执法|决定)(?:机关|单位|部门)(?:名称)?[：:][\s　]*([\p{{Han}}]{{3,30}}(?:{ORGANS}))"))
        .expect("a constant pattern")
});
/// The organ that alone fills a line of the head, or stands before the name of the decision.
static HEADLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?m)^[\s　#]*([\p{{Han}}]{{3,30}}?(?:{ORGANS}))(?:[\s　]*$|[\p{{Han}}（）()]{{0,12}}(?:处罚|责令|复议|强制|催告|改正|整改|立案|投诉|举报|受理|听证|询问|约谈)[\p{{Han}}]{{0,10}}(?:决定书|告知书|通知书|催告书))"
    ))
    .expect("a constant pattern")
});
static JUDGED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[（(\[〔［﹝【〖]\s?[12][0-9]{3}\s?[）)\]〕］﹞】〗][\p{Han}0-9]{1,14}?(?:初|终|再|执|申|破|特|赔|行|民|刑|重|监|调)[\p{Han}]{0,6}第?[0-9]{1,6}(?:之[一二三四五六七八九十])?号").expect("a constant pattern")
});
/// A number in a field of its own: 编号：210321-1900234567.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?m)^[\s　]*(?:决定书)?(?:编号|文号|案号)[：:][\s　]*([\p{Han}A-Za-z0-9〔〕\[\]（）()\-—]{5,40})[\s　]*$",
    )
    .expect("a constant pattern")
});
static DECIDED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{Han}]{0,10}(?:[（(][\p{Han}]{1,8}[）)])?[\p{Han}]{0,14}(?:罚|处|决|强|听|责改|责令|催|复|改|违|缉)[\p{Han}]{0,10}(?:[（(][\p{Han}]{1,8}[）)])?[\p{Han}]{0,6}[〔\[［（(﹝【〖]\s?[12][0-9]{3}\s?[〕\]］）)﹞】〗]\s?(?:[\p{Han}]{0,6}字)?\s?第?(?:[\p{Han}]{1,4}[-—－]?)?[\s0-9\-—、A-Z]{1,20}号").expect("a constant pattern")
});
/// A number that fills a line of the head, whatever its characters say: 云消责〔2024〕第0012号.
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[\s　]*((?:[（(][\p{Han}]{1,8}[）)])?[\p{Han}（）()]{2,24}[〔\[［（(﹝【〖]\s?(?:19|20)[0-9]{2}\s?[〕\]］）)﹞】〗]\s?(?:[\p{Han}]{0,6}字)?\s?第?[0-9\-—、A-Z之]{1,12}号)[\s　]*$").expect("a constant pattern")
});
static CHARGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"犯(?:有)?([\p{Han}、（）]{2,30}?罪)(?:一案|，|。|、|,|于|和|；)").expect("a constant pattern")
});
static DISPUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:因与[^，。\n]{2,40}?|[某0-9×甲乙丙丁]|公司|局|政府|行|中心|委员会|会|院|厂|店|社)([\p{Han}（）]{2,20}?(?:纠纷|处罚|强制|登记|许可|赔偿|公开|征收))一案").expect("a constant pattern")
});
static SUSPECTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"涉嫌([^，。；、\n《》]{3,40}?)(?:一案|案[，。\n]|的?行为|，|。|规定|进行|立案)")
        .expect("a constant pattern")
});
static TITLE_CAUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:诉[^诉]{2,40}?(?:公司|局|某某?|政府|院|店|厂|民政局|学校))([\p{Han}]{2,20}?纠纷)|([\p{Han}]{2,14}纠纷)|(?:查处|公司|店|某)([\p{Han}]{4,30}?)案$").expect("a constant pattern")
});

/// How those end who did something in the title of a typical case.
pub(super) const WHO: &str = "公司|商店|店|厂|经营部|门市部|批发部|馆|超市|商行|中心|医院|诊所|药房|合作社|集团|饭庄|宾馆|酒楼|学校|幼儿园|企业|市场|加油站|养殖场|单位|等[0-9一二三四五六七八九十]*(?:人|家)?|某{1,3}[0-9甲乙丙丁]?|×{1,3}";
/// What they did.
pub(super) const DOES: &str = "销售|生产|经营|使用|发布|未|擅自|非法|违法|违规|无证|无照|虚假|侵犯|侵害|伪造|涂改|提供|组织|利用|拒不|不正当|哄抬|超|采购|加工|制售|冒用|转让|出租|以|将|在|从事|假冒|涉嫌|违反|不|偷|逃|妨碍|阻碍|拒绝|滥用|收取|强制|捏造|欺诈|价格|商业|向|为|对|通过|采用|购进|储存|运输|故意|违章|占用|占道|砍伐|采|捕|倾倒|排放|制作|虚构|隐瞒|串通|垄断|限定|搭售|低价|实施|散布|编造|混淆|仿冒|安装|改装|进口|出口|走私|传播|开设|设置|损坏|破坏";

/// What was done in the title of a typical case, behind whom it was done by: 某县市场监管局查处某店销售过期食品案.
static TYPICAL_CAUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:查处|查办|调查处理|处罚|依法对|^)[^查]{{0,40}}?(?:{WHO})(?:（[^（）]{{1,20}}）)?(?:涉嫌)?((?:{DOES})[\p{{Han}}“”《》、（）0-9A-Za-z·—-]{{2,40}}?)(?:系列)?(?:一)?案$"
    ))
    .expect("a constant pattern")
});

/// The head of a text.
fn head(text: &str) -> &str {
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// 处罚机关、法院. The publisher of a typical case is only taken where nobody else is named.
pub(super) fn authority(document: &Document, sections: &[Section]) -> Option<Read<String>> {
    let text = document.text.as_str();
    let of = |found: regex::Match<'_>, field| Read { value: found.as_str().to_string(), field, span: found.range() };
    let issuer = document.issuer.as_ref().map(|issuer| Read::whole(issuer.clone(), Field::Issuer, issuer.len()));
    // Of a suit the title names the office that is sued; who sues it stands in front.
    let suit = sued::read(&document.title).map(|suit| suit.organ);
    let sued = || {
        let span = suit.clone()?;
        Some(Read { value: document.title.get(span.clone())?.to_string(), field: Field::Title, span })
    };
    let titled = || {
        sued().or_else(|| {
            TITLED.captures(&document.title).and_then(|found| found.get(1)).map(|found| of(found, Field::Title))
        })
    };
    if document.case_kind == Some(CaseKind::PenaltyDecision) && issuer.is_some() {
        return issuer;
    }
    // Of several ends the last one signed.
    let signed =
        || SIGNED.captures_iter(text).last().and_then(|found| found.get(1)).map(|found| of(found, Field::Text));
    if document.case_kind == Some(CaseKind::Judgment) {
        let court = HEADED.captures(head(text)).or_else(|| COURT.captures(head(text)));
        let court = court.and_then(|found| found.get(1)).map(|found| of(found, Field::Text));
        let arbitrates = document.title.contains("仲裁");
        let named = |read: &Read<String>| arbitrates && read.value.contains("仲裁");
        return court.or_else(titled).or_else(|| signed().filter(named)).or(issuer);
    }
    let acting = || {
        let first = text.split(['。', '\n']).find(|line| !line.trim().is_empty())?;
        let from = first.as_ptr() as usize - text.as_ptr() as usize;
        let found = ACTING.captures(first)?.get(1)?;
        Some(Read::text(found.as_str().to_string(), from + found.start()..from + found.end()))
    };
    let judging = || {
        let told = told_judgment(document).map(|told| told.court);
        let span = told.or_else(|| judging(document, sections))?;
        Some(Read::text(text.get(span.clone())?.to_string(), span))
    };
    let decides = !matches!(document.case_kind, Some(CaseKind::TypicalCase | CaseKind::Judgment));
    let headed = || if decides { headed(document) } else { None };
    sued().or_else(acting).or_else(titled).or_else(signed).or_else(headed).or_else(judging).or(issuer)
}

/// The organ of a decision by its own field, by its signature below the date, or by its head.
fn headed(document: &Document) -> Option<Read<String>> {
    let text = document.text.as_str();
    let part = |found: regex::Captures<'_>| {
        let found = found.get(1)?;
        Some(Read::text(found.as_str().to_string(), found.range()))
    };
    let title = || {
        let found = HEADLINE.captures(&document.title)?.get(1)?;
        Some(Read { value: found.as_str().to_string(), field: Field::Title, span: found.range() })
    };
    LABELLED
        .captures(text)
        .and_then(part)
        .or_else(|| SIGNED_BELOW.captures_iter(text).last().and_then(part))
        .or_else(title)
        .or_else(|| HEADLINE.captures(head(text)).and_then(part))
}

/// Where a judgment is told, as bytes of the body.
pub(super) struct Told {
    court: Range<usize>,
    /// Its day.
    pub day: Range<usize>,
    number: Range<usize>,
}

/// The last judgment that a typical case tells.
pub(super) fn told_judgment(document: &Document) -> Option<Told> {
    if document.case_kind != Some(CaseKind::TypicalCase) {
        return None;
    }
    let found = TOLD.captures_iter(&document.text).last()?;
    let part = |group| found.get(group).map(|part: regex::Match<'_>| part.range());
    Some(Told { court: part(1)?, day: part(2)?, number: part(3)? })
}

/// The last court that judges in the reasons and results of a typical case and is named with its place.
fn judging(document: &Document, sections: &[Section]) -> Option<Range<usize>> {
    if document.case_kind != Some(CaseKind::TypicalCase) {
        return None;
    }
    let own = sections.iter().filter(|section| matches!(section.kind, SectionKind::Reasons | SectionKind::Result));
    let courts = own.flat_map(|section| {
        let words = document.text.get(section.span.clone()).unwrap_or_default();
        let found = JUDGING.captures_iter(words).filter_map(|found| found.get(1));
        let named = found.filter(|court| level::region_of(court.as_str()).is_some());
        named.map(|court| section.span.start + court.start()..section.span.start + court.end())
    });
    courts.last()
}

/// Who files a case in the first sentence of a text.
static ACTING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:日，|月，|^)([\p{Han}]{3,24}?(?:局|委员会|厅|支队|大队))(?:依法)?(?:执法人员)?(?:(?:对|根据|接|在)[^。]{0,80}(?:立案|检查|调查)|检查发现|检查时发现|查获|查处)").expect("a constant pattern")
});

/// Region code: what the source states, else what the name of the authority or the title says.
pub(super) fn region(document: &Document, authority: Option<&Read<String>>) -> Option<Read<String>> {
    if let Some(region) = &document.region {
        return Some(Read::whole(region.clone(), Field::Region, region.len()));
    }
    let by_authority = authority.and_then(|read| {
        Some(Read { value: level::region_of(&read.value)?.to_string(), field: read.field, span: read.span.clone() })
    });
    by_authority.or_else(|| {
        let code = level::region_of(&document.title)?;
        Some(Read::whole(code.to_string(), Field::Title, document.title.len()))
    })
}

/// Whether a number is that of another decision, with the words that take it back: 关于撤销云水罚〔2024〕3号.
fn is_of_other(number: &str) -> bool {
    ["撤销", "撤回", "变更", "更正", "补正", "关于"].iter().any(|word| number.contains(word))
}

/// 案号、决定书文号.
pub(super) fn number(document: &Document) -> Option<Read<String>> {
    if let Some(number) = &document.case_number {
        return Some(Read::whole(number.clone(), Field::CaseNumber, number.len()));
    }
    if let Some(number) = &document.document_number {
        return Some(Read::whole(number.clone(), Field::DocumentNumber, number.len()));
    }
    let head = head(&document.text);
    let courts = matches!(document.case_kind, Some(CaseKind::TypicalCase | CaseKind::Judgment));
    let first = if courts { &*JUDGED } else { &*DECIDED };
    // A number in the middle of a sentence is that of another case.
    let own = |found: &regex::Match<'_>| {
        let before = head[..found.start()].trim_end_matches([' ', '\u{3000}', '：', ':']);
        let told = before.is_empty() || before.ends_with(['\n', '书', '号', '】', '|']) || before.ends_with("文号");
        told && !is_of_other(found.as_str())
    };
    if let Some(found) = first.find_iter(head).find(own) {
        return Some(Read::text(found.as_str().to_string(), found.range()));
    }
    let titled = DECIDED.find(&document.title).filter(|found| !is_of_other(found.as_str()));
    if let Some(found) = titled.filter(|_| document.case_kind == Some(CaseKind::PenaltyDecision)) {
        return Some(Read { value: found.as_str().trim_start().to_string(), field: Field::Title, span: found.range() });
    }
    let numbered = NUMBERED.captures(head).and_then(|found| found.get(1));
    if let Some(found) = numbered.filter(|_| document.case_kind == Some(CaseKind::PenaltyDecision)) {
        return Some(Read::text(found.as_str().to_string(), found.range()));
    }
    let alone = || ALONE.captures(head)?.get(1);
    if let Some(found) = alone().filter(|_| document.case_kind != Some(CaseKind::TypicalCase)) {
        return Some(Read::text(found.as_str().to_string(), found.range()));
    }
    if let Some(told) = told_judgment(document) {
        return Some(Read::text(document.text.get(told.number.clone())?.to_string(), told.number));
    }
    let titled = titled.or_else(|| JUDGED.find(&document.title))?;
    Some(Read { value: titled.as_str().to_string(), field: Field::Title, span: titled.range() })
}

/// A cause without the opponent whom it names: 与被告云桥县速达物流有限公司劳动合同纠纷.
fn without_opponent(cause: &str) -> &str {
    let ends = ["公司", "局", "政府", "行", "中心", "委员会", "院", "厂", "店", "社", "某", "学校"];
    let end = ends.iter().filter_map(|end| cause.rfind(end).map(|at| at + end.len())).max();
    let rest = end.filter(|_| cause.starts_with('与')).map_or(cause, |end| &cause[end..]);
    if rest.chars().count() > 2 { rest } else { cause }
}

/// 案由.
pub(super) fn cause(document: &Document) -> Option<Read<String>> {
    if let Some(cause) = &document.cause {
        return Some(Read::whole(cause.clone(), Field::Cause, cause.len()));
    }
    if let Some(suit) = sued::read(&document.title) {
        let value = document.title.get(suit.cause.clone())?.to_string();
        return Some(Read { value, field: Field::Title, span: suit.cause });
    }
    let head = head(&document.text);
    let patterns: &[&LazyLock<Regex>] = match document.case_kind {
        Some(CaseKind::Judgment) => &[&CHARGE, &DISPUTE],
        Some(CaseKind::PenaltyDecision) => &[&SUSPECTED],
        _ => &[&SUSPECTED, &DISPUTE],
    };
    let in_text = patterns.iter().find_map(|pattern| pattern.captures(head)?.get(1));
    if let Some(found) = in_text.filter(|found| !found.as_str().starts_with("犯罪")) {
        let from = found.end() - without_opponent(found.as_str()).len();
        return Some(Read::text(head[from..found.end()].to_string(), from..found.end()));
    }
    if let Some(found) = TYPICAL_CAUSE.captures(document.title.trim_end()).and_then(|found| found.get(1)) {
        return Some(Read { value: found.as_str().to_string(), field: Field::Title, span: found.range() });
    }
    let titled = TITLE_CAUSE.captures(&document.title)?;
    let found = (1..=3).find_map(|group| titled.get(group))?;
    Some(Read { value: found.as_str().to_string(), field: Field::Title, span: found.range() })
}
