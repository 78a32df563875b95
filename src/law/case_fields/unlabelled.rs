//! Parties that no label with a colon names: whom a letter speaks to, whom a line of the head describes, who sues in the title.

use super::heads::{DOES, WHO};
use super::parties::{PERSON_CHARS, PartyKind, SHOPS, behind, is_publisher, kind_of, or_person, persons, without_tail};
use super::{Field, sued};
use crate::law::document::Document;
use crate::law::kind::CaseKind;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Whom a letter speaks to, in a line of its own: 云桥铸造有限公司：, and 你公司 below.
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?m)^[\s　]*([\p{Han}（）()·A-Za-z0-9×*]{2,40}?)(?:[（(][^（）()\n]{0,12}(?:代码|识别号|身份证|证照?号|注册号|经营者|法定代表人|负责人)[^（）()\n]{0,40}[）)])?[：:][\s　]*(?:[（(][^（）()\n]{2,60}[）)][\s　]*)?\n(?:[^\n]*\n){0,6}?[^\n]{0,60}(?:你|您|贵公司)",
    )
    .expect("a constant pattern")
});
/// So much of a letter is its head, in bytes.
const LETTER_BYTES: usize = 1200;

/// Parties that no label names: persons whom lines of the head describe; where there are `none`, whom a letter speaks to, or who sue
/// and are sued in the title.
pub(super) fn find(document: &Document, none: bool) -> Vec<(Field, Range<usize>, PartyKind)> {
    let mut found: Vec<_> = described(document).map(|span| (Field::Text, span, PartyKind::Individual)).collect();
    if none {
        found.extend(bare(document).map(|(span, kind)| (Field::Text, span, kind)));
    }
    if !none || !found.is_empty() {
        return found;
    }
    found.extend(letter(document).map(|(span, kind)| (Field::Text, span, kind)));
    if found.is_empty() {
        found.extend(described_firm(document).map(|(span, kind)| (Field::Text, span, kind)));
    }
    if found.is_empty() {
        found.extend(form(document).map(|(span, kind)| (Field::Text, span, kind)));
    }
    if found.is_empty() && document.parties.is_empty() {
        found.extend(titled(document).map(|(span, kind)| (Field::Title, span, kind)));
    }
    if let Some(suit) = sued::read(&document.title).filter(|_| found.is_empty() && document.parties.is_empty()) {
        for span in [suit.plaintiff, suit.organ] {
            let name = &document.title[span.clone()];
            let name = &name[..without_tail(name)];
            let kind = or_person(kind_of(name, ""), name.chars().count() <= PERSON_CHARS);
            found.push((Field::Title, span.start..span.start + name.len(), kind));
        }
    }
    found
}

/// Who did it in the title of a typical case: 云桥县大顺公司未取得许可经营案, 仇某等3人非法采砂案.
fn titled(document: &Document) -> Option<(Range<usize>, PartyKind)> {
    static TITLED: LazyLock<Regex> = LazyLock::new(|| {
        let number =
            r"(?:案例[0-9一二三四五六七八九十]{0,3}[：:、.．]?|[（(]?[0-9一二三四五六七八九十]{1,3}[）)]?[、.．])?";
        let office = r"(?:[\p{Han}]{2,24}?(?:局|委员会|厅|支队|大队|政府)[^，。；]{0,16}?(?:查处|查办|查获|破获|侦破|调查处理|处罚|对))?";
        Regex::new(&format!(
            r"^{number}[\s　]*{office}((?:[\p{{Han}}（）()×*·]{{2,40}}?)?(?:{WHO}|局|委员会|政府|厅|办公室)|[\p{{Han}}]{{1,3}}[某×*]{{1,3}}[0-9甲乙丙丁]?)(?:等[0-9一二三四五六七八九十]*(?:人|家)?)?(?:（[^（）]{{1,20}}）)?(?:涉嫌)?(?:{DOES})[^。；]{{2,60}}案$"
        ))
        .expect("a constant pattern")
    });
    let title = document.title.trim_end();
    let name = TITLED.captures(title).filter(|_| document.case_kind == Some(CaseKind::TypicalCase))?.get(1)?;
    let end = name.start() + without_tail(name.as_str());
    let name = name.start()..end;
    let words = title.get(name.clone())?;
    let kind = or_person(kind_of(words, ""), words.contains(['某', '×', '*']) && words.chars().count() <= PERSON_CHARS);
    // 某局对…, 某局查获…: who found it did nothing wrong.
    let found = ["诉", "查获", "查处", "破获"].iter().any(|word| words.contains(word))
        || ["局", "委员会", "政府", "厅"].iter().any(|end| words.ends_with(end)) && title[name.end..].starts_with('对');
    (!found && !is_publisher(document, words)).then_some((name, kind))
}

/// Parties whose label has no colon: 当事人向某，男, 违法单位云桥县金龙宾馆，地址….
fn bare(document: &Document) -> impl Iterator<Item = (Range<usize>, PartyKind)> {
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        let label = "当事人|被处罚人|被处罚单位|违法行为人|违法嫌疑人|违法单位|被检查单位|被检查人";
        let person = r"[\p{Han}A-Za-z]{1,3}[某×*]{1,3}[0-9甲乙丙丁]{0,2}";
        let firm = r"[\p{Han}（）()]{5,40}?";
        let said = r"，(?:地址|住所|住址|法定代表人|负责人|经营者|统一社会信用代码|营业执照)";
        Regex::new(&format!(r"(?m)^[\s　]*(?:{label})[\s　]*(?:({person})(?:[，,（(、。]|$)|({firm}){said})"))
            .expect("a constant pattern")
    });
    let mut end = document.text.len().min(LETTER_BYTES);
    while !document.text.is_char_boundary(end) {
        end -= 1;
    }
    let told = !matches!(document.case_kind, Some(CaseKind::TypicalCase | CaseKind::Judgment));
    let text = document.text.get(..end).filter(|_| told).unwrap_or_default();
    BARE.captures_iter(text).flat_map(move |found| {
        let Some(person) = found.get(1) else {
            // 当事人销售过期食品，地址不详: only what is called as firms are is one.
            let called =
                |name: &str| kind_of(name, "") != PartyKind::Unknown || SHOPS.iter().any(|end| name.ends_with(end));
            let firm = found
                .get(2)
                .filter(|firm| called(firm.as_str()))
                .map(|firm| (firm.range(), kind_of(firm.as_str(), behind(text, firm.end()))));
            return firm.into_iter().collect::<Vec<_>>();
        };
        let first = (person.range(), PartyKind::Individual);
        std::iter::once(first).chain(persons(text, person.end()).map(|span| (span, PartyKind::Individual))).collect()
    })
}

/// A firm alone in its line whose code, head or address stands in the next one.
fn described_firm(document: &Document) -> Option<(Range<usize>, PartyKind)> {
    static FIRM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?m)^[\s　]*([\p{Han}（）()]{4,40})[\s　]*\n+[\s　]*(?:统一社会信用代码|社会信用代码|营业执照|纳税人识别号|法定代表人|经营者|投资人|负责人)",
        )
        .expect("a constant pattern")
    });
    let text = head(document).filter(|_| document.case_kind == Some(CaseKind::PenaltyDecision))?;
    FIRM.captures_iter(text).filter_map(|found| found.get(1)).find_map(|name| {
        let kind = kind_of(name.as_str(), behind(text, name.end()));
        let paper = ["书", "表", "单"].iter().any(|end| name.as_str().ends_with(end));
        (kind != PartyKind::Unknown && !paper && !is_publisher(document, name.as_str())).then(|| (name.range(), kind))
    })
}

/// The head of a document, where its parties stand.
fn head(document: &Document) -> Option<&str> {
    let mut end = document.text.len().min(LETTER_BYTES);
    while !document.text.is_char_boundary(end) {
        end -= 1;
    }
    document.text.get(..end)
}

/// The filled field of a form that has one for each kind of party: 个人：姓名 仇某, 单位：云桥铸造有限公司.
fn form(document: &Document) -> Option<(Range<usize>, PartyKind)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?m)^[\s　]*[☑☒√✓✔■]?[\s　]*(?:个人|公民|自然人|单位|法人|企业)?[\s　]*[：:]?[\s　]*(?:(?:单位|企业)?名称|姓名|单位|个人)[\s　]*[：:　 ][\s　：:]*([\p{Han}（）()·某×*]{2,40})(?:[\s　，,；;。]|$)",
        )
        .expect("a constant pattern")
    });
    let text = head(document).filter(|_| document.case_kind == Some(CaseKind::PenaltyDecision))?;
    let fields = [
        "姓名",
        "名称",
        "地址",
        "住址",
        "住所",
        "性别",
        "年龄",
        "职务",
        "职业",
        "电话",
        "法定",
        "身份",
        "证件",
        "负责人",
        "统一",
        "案由",
    ];
    FORM.captures_iter(text).filter_map(|found| found.get(1)).find_map(|name| {
        let own = name.as_str();
        let kind = or_person(kind_of(own, behind(text, name.end())), own.chars().count() <= PERSON_CHARS);
        let named = kind != PartyKind::Unknown && !fields.iter().any(|word| own.starts_with(word));
        (named && !is_publisher(document, own)).then(|| (name.range(), kind))
    })
}

/// Persons in the head of a decision that lines of their own describe: 高某，男，1970年1月出生，时任董事长.
fn described(document: &Document) -> impl Iterator<Item = Range<usize>> {
    static DESCRIBED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)(?:^|；)[\s　]*(?:[0-9]{1,2}[.、．])?([\p{Han}A-Za-z]{1,3}[某×*]{1,3}[0-9甲乙丙丁]{0,2})[，,](?:男|女)(?:[，,。；]|[\s　]*$)")
            .expect("a constant pattern")
    });
    let head = head(document).filter(|_| document.case_kind == Some(CaseKind::PenaltyDecision));
    DESCRIBED.captures_iter(head.unwrap_or_default()).filter_map(|found| found.get(1)).map(|found| found.range())
}

/// The party of a letter: whom it speaks to, as bytes of the body, and of what kind.
fn letter(document: &Document) -> Option<(Range<usize>, PartyKind)> {
    let text = document.text.as_str();
    let letters = !matches!(document.case_kind, Some(CaseKind::TypicalCase | CaseKind::Judgment));
    let span = addressed(text).filter(|_| letters)?;
    let name = text.get(span.clone())?;
    let kind = or_person(kind_of(name, behind(text, span.end)), name.chars().count() <= PERSON_CHARS);
    let shop = name.chars().count() > PERSON_CHARS && SHOPS.iter().any(|end| name.ends_with(end));
    ((kind != PartyKind::Unknown || shop) && !is_publisher(document, name)).then_some((span, kind))
}

/// Whom a letter speaks to (行政处罚告知书, 听证告知书), as bytes of the body.
fn addressed(text: &str) -> Option<Range<usize>> {
    let mut end = text.len().min(LETTER_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let other = |name: &str| {
        [
            "如下", "附件", "依据", "内容", "事项", "事实", "证据", "规定", "告知", "处罚", "决定", "权利", "地址",
            "电话", "编号",
        ]
        .iter()
        .any(|word| name.contains(word))
    };
    let found = ADDRESSED.captures_iter(&text[..end]).filter_map(|found| found.get(1));
    found.filter(|name| !other(name.as_str())).map(|name| name.range()).next()
}
