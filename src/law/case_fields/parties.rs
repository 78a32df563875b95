//! 当事人: who they are and of what kind.

use super::labels::{LABEL, is_field};
use super::{Field, Read, unlabelled};
use crate::law::document::Document;
use crate::law::kind::CaseKind;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// 法人、非法人组织, authorities too.
    Organisation,
    /// 个体工商户.
    IndividualBusiness,
    /// 自然人.
    Individual,
    /// Not said.
    Unknown,
}

/// A party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The name as the document has it, that is, masked.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
}

/// The rest of a name with its place or country in brackets: 甲财产保险（中国）有限公司.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(][\p{Han}]{2,6}[）)][\p{Han}]{0,30}?(?:公司|银行|合伙企业|企业|集团|中心|事务所)[\p{Han}]{0,24}")
        .expect("a constant pattern")
});
/// An organ that supervises finance: it publishes penalties and is never punished in its own tables.
static SUPERVISOR: LazyLock<Regex> = LazyLock::new(|| {
    let organs = "国家金融监督管理总局|国家金融监管总局|中国银行保险监督管理委员会|中国银行业监督管理委员会|中国银保监会|中国银监会|中国证券监督管理委员会|中国证监会|国家外汇管理局|中国人民银行";
    Regex::new(&format!(r"^(?:{organs})[\p{{Han}}]{{0,20}}(?:局|分局|支局|总局|委员会|监管组|分行|支行|部)?$"))
        .expect("a constant pattern")
});
/// Whom an authority proceeds against, in running text.
static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"对([\p{Han}（）()]{4,40}?(?:局|委员会|政府|公司|厅|中心|办公室|厂|店|支行|分行|合作社|医院|学校|协会))(?:等(?:部门|单位|[0-9一二三四五六七八九十]{1,3}家[\p{Han}]{0,4})?)?(?:涉嫌|[^，。；\n]{0,30}(?:立案调查|立案))")
        .expect("a constant pattern")
});
/// What stands behind a name and is no part of it.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:及(?:其)?(?:相关|有关)?(?:责任人员?|负责人|当事人)|(?:相关|有关)(?:责任人员?|负责人)|等[0-9一二三四五六七八九十]*(?:人|家)?|一案.*)$")
        .expect("a constant pattern")
});
/// A masked or plain name of a person, whole.
static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[\p{Han}A-Za-z]{1,3}[某×xX*＊]{1,3}[甲乙丙丁戊0-9]{0,2}|[\p{Han}][0-9]{1,2}|[xX×*]{2,4})$")
        .expect("a constant pattern")
});

const ORGANISATIONS: &[&str] = &[
    "公司",
    "银行",
    "支行",
    "分行",
    "局",
    "委员会",
    "委",
    "政府",
    "厅",
    "院",
    "中心",
    "办公室",
    "厂",
    "合作社",
    "协会",
    "学校",
    "大学",
    "学院",
    "中学",
    "小学",
    "幼儿园",
    "医院",
    "集团",
    "事务所",
    "信用社",
    "联社",
    "社",
    "部",
    "队",
    "站",
    "所",
    "基金会",
    "联合会",
    "村",
    "会",
    "场",
    "企业",
    "单位",
    "矿",
    "业",
    "处",
];
pub(super) const SHOPS: &[&str] = &[
    "店",
    "馆",
    "铺",
    "坊",
    "商行",
    "经营部",
    "门市部",
    "超市",
    "批发部",
    "行",
    "摊",
    "吧",
    "工作室",
    "诊所",
    "药房",
    "庄",
];
/// How the names of branches and of firms of finance end, be they as short as names of persons.
const BRANCHES: &[&str] = &[
    "支行",
    "分行",
    "支公司",
    "分公司",
    "营业部",
    "营业所",
    "联社",
    "信用社",
    "分社",
    "分理处",
    "储蓄所",
    "中支",
    "深分",
    "财险",
    "人寿",
    "寿险",
    "信托",
    "经纪",
    "公估",
    "代理",
];
/// What somebody is for whom the firm before it is none of the parties: 甲人寿保险公司个人代理人丙某.
const AGENTS: &[&str] = &[
    "个人代理人",
    "代理人",
    "保险理人",
    "原员工",
    "员工",
    "职员",
    "业务员",
    "客户经理",
    "营销员",
    "负责人",
    "总经理",
    "经理",
    "行长",
];
/// What stands behind the name of a person.
const OF_PERSONS: &[&str] = &[
    "，男",
    "，女",
    ",男",
    ",女",
    "，身份证",
    "，公民身份",
    "，汉族",
    "（时任",
    "（身份证",
    "（男",
    "（女",
    "（现任",
    "，曾用名",
    "，农民",
    "，居民",
    "[时任",
    "［时任",
    "〔时任",
    "[现任",
];
/// Longest rest of a heading, in characters.
const HEADING_MAX: usize = 40;
/// So much behind a name is asked of what kind it is, in bytes.
const BLOCK_BYTES: usize = 360;

/// The parties, those of the body first; each name once.
pub(super) fn find(document: &Document) -> Vec<Read<Party>> {
    let text = document.text.as_str();
    let mut found: Vec<Read<Party>> = Vec::new();
    let mut seen = HashSet::new();
    let mut note = |name: &str, kind: PartyKind, field: Field, span: Range<usize>, found: &mut Vec<Read<Party>>| {
        if seen.insert(name.to_string()) {
            found.push(Read { value: Party { name: name.to_string(), kind }, field, span });
        }
    };
    let labelled = LABEL.captures_iter(text).filter_map(|found| found.get(1));
    for range in labelled.chain(AGAINST.captures_iter(text).filter_map(|found| found.get(1))).map(|found| found.range())
    {
        let whole = range.start..range.end + bracketed(&text[range.end..]);
        let length = without_tail(&text[whole.clone()]);
        let span = whole.start..whole.start + length;
        let span = agent(&text[span.clone()]).map_or(span.clone(), |own| span.start + own.start..span.start + own.end);
        let name = &text[span.clone()];
        // Who is accused of a crime and has no name of an organisation is a person.
        let accused = text[..span.start].ends_with("被告人") && name.chars().count() <= 4;
        let kind = or_person(kind_of(name, behind(text, span.end)), accused);
        // Running words behind 被告 and the like are no name.
        let shop = name.chars().count() > 4 && SHOPS.iter().any(|end| name.ends_with(end));
        let named = kind != PartyKind::Unknown
            || shop
            || text[span.end..].starts_with(['，', ',', '\n', '。', '（']) && name.chars().count() <= 4;
        if !named || is_field(name) || is_running(name) || is_heading(text, span.end) || is_publisher(document, name) {
            continue;
        }
        let list = members(text, span.end).filter(|_| kind == PartyKind::Organisation);
        let persons = persons(text, span.end).filter(|_| kind == PartyKind::Individual);
        note(name, kind, Field::Text, span, &mut found);
        for span in persons {
            note(&text[span.clone()], kind, Field::Text, span, &mut found);
        }
        for span in list {
            note(&text[span.clone()], kind, Field::Text, span, &mut found);
        }
    }
    for (field, span, kind) in unlabelled::find(document, found.is_empty()) {
        let source = if field == Field::Title { &document.title } else { text };
        note(&source[span.clone()], kind, field, span, &mut found);
    }
    for (index, entry) in (0u32..).zip(&document.parties) {
        if let Some(mixed) = mixed(entry) {
            for part in mixed {
                let name = &entry[part.clone()];
                let kind = or_person(kind_of(name, ""), name.chars().count() <= PERSON_CHARS);
                note(name, kind, Field::Parties(index), part, &mut found);
            }
            continue;
        }
        let name = entry[..name_end(entry)].trim_end();
        let name = &name[..without_tail(name)];
        let kind = kind_of(name, &entry[name.len()..]);
        let parts: Vec<Range<usize>> = match members(entry, entry.find('、').unwrap_or(name.len())) {
            list if kind == PartyKind::Organisation => {
                let list: Vec<_> = list.collect();
                let first = name.find('、').filter(|_| !list.is_empty()).unwrap_or(name.len());
                std::iter::once(0..name[..first].trim_end().len()).chain(list).collect()
            }
            _ => std::iter::once(0..name.len()).collect(),
        };
        for part in parts.into_iter().filter(|part| !part.is_empty() && !is_publisher(document, name)) {
            note(&entry[part.clone()], kind, Field::Parties(index), part, &mut found);
        }
    }
    found
}

/// A kind, that of a person where it is not told and a person is meant.
pub(super) fn or_person(kind: PartyKind, is_person: bool) -> PartyKind {
    if kind == PartyKind::Unknown && is_person { PartyKind::Individual } else { kind }
}

/// Longest name of a person, in characters.
pub(super) const PERSON_CHARS: usize = 4;

/// Bytes of the rest of a name behind its place in brackets.
fn bracketed(behind: &str) -> usize {
    let rest = BRACKETED
        .find(behind)
        .filter(|rest| !["时任", "曾任", "原任", "现任"].iter().any(|word| rest.as_str().contains(word)));
    rest.map_or(0, |rest| rest.end())
}

/// Where the name at the beginning of an entry ends.
fn name_end(entry: &str) -> usize {
    let end = entry.find(['（', '(', '〔', '［', '[', '，', ',']).unwrap_or(entry.len());
    end + bracketed(&entry[end..])
}

/// The names of an entry that lists organisations and persons: 甲银行乙支行、丙某、丁某（时任行长）. `None` for other entries.
fn mixed(entry: &str) -> Option<Vec<Range<usize>>> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut agents) = (0, 0usize, false);
    for (at, c) in entry.char_indices().chain(std::iter::once((entry.len(), '、'))) {
        match c {
            '（' | '(' | '[' | '［' | '〔' => depth += 1,
            '）' | ')' | ']' | '］' | '〕' => depth = depth.saturating_sub(1),
            '、' if depth == 0 || at == entry.len() => {
                let part = &entry[start..at];
                let lead = part.len() - part.trim_start().len();
                let name = part.trim_start();
                let name = name[..name_end(name)].trim_end();
                let name = &name[..without_tail(name)];
                let own = agent(name).unwrap_or(0..name.len());
                agents |= own.start > 0;
                parts.push(start + lead + own.start..start + lead + own.end);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    let kind = |part: &Range<usize>| kind_of(&entry[part.clone()], "");
    let person = |part: &Range<usize>| (2..=PERSON_CHARS).contains(&entry[part.clone()].chars().count());
    let organisations = parts.iter().filter(|part| kind(part) == PartyKind::Organisation).count();
    let persons = parts.iter().filter(|part| person(part) && kind(part) != PartyKind::Organisation).count();
    // A list of persons alone is told by their masks.
    let listed = agents || parts.len() > 1 && parts.iter().all(|part| PERSON.is_match(&entry[part.clone()]));
    let whole = persons > 0 && organisations + persons == parts.len();
    (whole && (organisations > 0 || listed)).then_some(parts)
}

/// The person in a name that begins with the firm for which somebody works: 甲人寿保险公司个人代理人丙某.
fn agent(name: &str) -> Option<Range<usize>> {
    let end = |word: &&str| name.rfind(*word).map(|at| at + word.len());
    let start = AGENTS.iter().filter_map(end).max()?;
    PERSON.is_match(&name[start..]).then_some(start..name.len())
}

/// The further persons of a list whose first one ends at a place: 丙某、丁某.
pub(super) fn persons(text: &str, mut at: usize) -> impl Iterator<Item = Range<usize>> {
    std::iter::from_fn(move || {
        let rest = text.get(at..)?.strip_prefix('、')?;
        let start = at + '、'.len_utf8();
        let end = rest.find(|c: char| "、，,。；;（(：:\n ".contains(c)).unwrap_or(rest.len());
        at = start + end;
        PERSON.is_match(&rest[..end]).then_some(start..at)
    })
}

/// The further organisations of a list whose first one ends at a place: 甲公司、乙分公司及相关责任人.
fn members(text: &str, mut at: usize) -> impl Iterator<Item = Range<usize>> {
    std::iter::from_fn(move || {
        let rest = text.get(at..)?.strip_prefix('、')?;
        let start = at + '、'.len_utf8();
        let end = rest.find(['、', '，', ',', '。', '；', ';', '（', '(', '：', ':', '\n', ' ']).unwrap_or(rest.len());
        let name = &rest[..end];
        let name = &name[..without_tail(name)];
        at = start + name.len();
        let named = (4..=60).contains(&name.chars().count()) && kind_of(name, "") == PartyKind::Organisation;
        named.then(|| start..start + name.len())
    })
}

/// Whether what begins with a name is the heading of a judgment: 被告人甲走私、贩卖毒品罪一审刑事判决书.
fn is_heading(text: &str, at: usize) -> bool {
    let line = text[at..].split(['\n', '。', '，', ',']).next().unwrap_or_default();
    line.chars().count() <= HEADING_MAX
        && ["判决书", "裁定书", "决定书", "调解书"].iter().any(|end| line.trim_end().ends_with(end))
}

/// Whether a name is that of the organ that publishes the record. Tables with shifted columns have it as their party.
pub(super) fn is_publisher(document: &Document, name: &str) -> bool {
    if SUPERVISOR.is_match(name) && document.case_kind == Some(CaseKind::PenaltyDecision) {
        return true;
    }
    let organ = ["局", "委员会", "厅", "队", "政府"].iter().any(|end| name.ends_with(end));
    organ && document.title.strip_prefix(name).is_some_and(|rest| rest.starts_with("行政处罚"))
}

pub(super) fn without_tail(name: &str) -> usize {
    TAIL.find(name).map_or(name.len(), |tail| tail.start())
}

/// Whether words run on instead of naming somebody.
fn is_running(name: &str) -> bool {
    ["的", "应", "不服", "提起", "认为", "于", "在", "因", "已", "未", "犯", "诉", "辩", "对"]
        .iter()
        .any(|word| name.starts_with(word))
        || name.contains("诉称")
        || [
            "请求",
            "不服",
            "与被告",
            "与原告",
            "与第三人",
            "与上诉人",
            "被告人",
            "原告",
            "辩称",
            "认罪",
            "供述",
            "承认",
        ]
        .iter()
        .any(|word| name.contains(word))
}

/// What follows a name, as much as is asked: its block, not that of the next party.
pub(super) fn behind(text: &str, at: usize) -> &str {
    let mut end = text.len().min(at + BLOCK_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[at..end]
}

/// The sign or code of a trader beside the name of a person.
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:信用代码|注册号)(?:（[^（）]{1,20}）)?[\s　]*[：:]?[\s　]*92[0-9A-Z*×]{4}|(?:^|[\n，,；;。（(\s　])(?:店铺|商铺|经营)?字号(?:名称)?[：:为][\s　]*[\p{Han}]{2}",
    )
    .expect("a constant pattern")
});
/// What tells a trader (个体工商户): the code of its register, which begins with 92, the sign of its shop, who runs it.
static TRADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"个体工商户|个体经营|(?:信用代码|识别号|注册号|执照号码?|执照编号|登记号|证件号码?|税号)[）)]?(?:（[^（）]{1,20}）)?[\s　]*[：:]?[\s　]*92[0-9A-Z*×]{4}|^[（(]92[0-9A-Z*×]{4}|(?:^|[\n，,；;。（(\s　])(?:店铺|商铺|经营)?字号(?:名称)?[：:为][\s　]*[\p{Han}]{2}|(?:^|[\n，,；;。（(\s　])经营者(?:姓名)?[：:]|^[（(]经营者")
        .expect("a constant pattern")
});
/// The code of the register of traders.
static CODED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:信用代码|注册号)[）)]?[\s　]*[：:]?[\s　]*92[0-9A-Z*×]{4}").expect("a constant pattern")
});
/// How the block of the next party begins.
const NEXT: [&str; 12] = [
    "\n20",
    "\n现查明",
    "\n违法事实",
    "\n当事人",
    "\n被处罚",
    "\n违法行为人",
    "\n申请人",
    "\n被申请人",
    "\n被告",
    "\n第三人",
    "\n原告",
    "\n经查",
];

/// The part of a block that is of the party in front of it.
fn own_block(block: &str) -> &str {
    let end = NEXT.iter().filter_map(|word| block.find(word)).min().unwrap_or(block.len());
    &block[..end]
}

/// What a party is, by its name and the words behind it.
pub(super) fn kind_of(name: &str, behind: &str) -> PartyKind {
    let line: String = behind.chars().take(12).collect();
    let block = own_block(behind.split("\n\n").next().unwrap_or(behind));
    if OF_PERSONS.iter().any(|word| line.starts_with(word)) || PERSON.is_match(name) {
        // 仇某，字号：云桥县佳味小吃店: who trades under a sign of his own. 个体工商户 alone is what somebody works as.
        let trades = SIGNED.is_match(block) || behind.starts_with("（个体工商户") || behind.starts_with("(个体工商户");
        return if trades { PartyKind::IndividualBusiness } else { PartyKind::Individual };
    }
    let company = name.contains("公司") || name.contains("合作社") || name.contains("银行");
    let branch = BRANCHES.iter().any(|end| name.ends_with(end)) && name.chars().count() > 2;
    // 云桥县老灶烟酒营业部, 92…: the code tells more than the name.
    if !company && (!branch || CODED.is_match(block)) && TRADER.is_match(block) {
        return PartyKind::IndividualBusiness;
    }
    if branch {
        return PartyKind::Organisation;
    }
    if !company && (name.contains("个体") || block.contains("个体工商户") || block.contains("\n经营者"))
        || (!company && SHOPS.iter().any(|end| name.ends_with(end)) && block.contains("经营者"))
    {
        return PartyKind::IndividualBusiness;
    }
    let coded = ["法定代表人", "统一社会信用代码", "住所地"].iter().any(|word| block.contains(word));
    let long = name.chars().count() > 4;
    if company || long && (ORGANISATIONS.iter().any(|end| name.ends_with(end)) || coded) {
        return PartyKind::Organisation;
    }
    if long && SHOPS.iter().any(|end| name.ends_with(end)) {
        return PartyKind::Unknown;
    }
    let personal = ["男，", "女，", "身份证", "性别：", "出生", "族，", "时任"]
        .iter()
        .any(|word| line.contains(word) || block.contains(word));
    if !long && (personal || behind.starts_with("（")) { PartyKind::Individual } else { PartyKind::Unknown }
}
