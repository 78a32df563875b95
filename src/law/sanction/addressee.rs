//! Whom a clause strikes: 对单位, 对个人, 对直接负责的主管人员.

use super::Addressee;
use std::ops::Range;

/// Words of addressees. Of two classes in one phrase the first row counts: 单位直接负责的主管人员 are persons.
const RESPONSIBLE: [&str; 14] = [
    "主管人员",
    "责任人员",
    "责任人",
    "负责人",
    "法定代表人",
    "责任者",
    "实际控制人",
    "高级管理人员",
    "控股股东",
    "董事",
    "监事",
    "直接责任",
    "经办人",
    "主管者",
];
const INDIVIDUAL: [&str; 12] =
    ["个人", "农户", "公民", "自然人", "行为人", "驾驶人", "本人", "船员", "人员", "旅客", "乘客", "当事人为个人"];
const ORGANISATION: [&str; 14] = [
    "单位",
    "企业",
    "公司",
    "机构",
    "法人",
    "组织",
    "业主大会",
    "学校",
    "医院",
    "银行",
    "承包人",
    "工程师事务所",
    "事务所",
    "合作社",
];

/// The class of a phrase and the bytes of its last word; `None` if it names none.
fn class(words: &str) -> Option<(Addressee, Range<usize>)> {
    let find = |table: &[&str]| {
        let places = table.iter().filter_map(|word| words.rfind(word).map(|at| at..at + word.len()));
        places.max_by_key(|place| place.end)
    };
    let (individual, organisation) = (find(&INDIVIDUAL), find(&ORGANISATION));
    if let Some(place) = find(&RESPONSIBLE) {
        return Some((Addressee::ResponsiblePerson, place));
    }
    match (individual, organisation) {
        (Some(one), Some(other)) if words.contains('和') || words.contains('或') => {
            Some((Addressee::Any, one.start.min(other.start)..one.end.max(other.end)))
        }
        (Some(place), _) => Some((Addressee::Individual, place)),
        (None, Some(place)) => Some((Addressee::Organisation, place)),
        (None, None) => None,
    }
}

/// The addressee that the words before the first measure of a clause name. `words` begins at byte `offset`.
pub(super) fn of_measure(words: &str, offset: usize) -> Option<(Addressee, Range<usize>)> {
    if let Some(at) = words.rfind('对') {
        let phrase = &words[at..];
        if phrase.starts_with("对方") {
            return None;
        }
        let (addressee, place) = class(phrase)?;
        return Some((addressee, offset + at..offset + at + place.end));
    }
    // 单位处…，个人处…, and the addressee in front of a colon.
    let bare = words.trim_start_matches(['并', '其']);
    let begins = RESPONSIBLE.iter().chain(&INDIVIDUAL).chain(&ORGANISATION).find(|word| bare.starts_with(*word))?;
    let from = words.len() - bare.len();
    let verb = &bare[begins.len()..];
    let follows =
        verb.is_empty() || ["处", "并处", "可以", "可处", "给予", "罚款"].iter().any(|word| verb.starts_with(word));
    let (addressee, _) = class(begins)?;
    follows.then(|| (addressee, offset + from..offset + from + begins.len()))
}

/// The addressee that is the subject of a condition or an act: 单位有前款行为的, 属于个人的.
pub(super) fn of_condition(words: &str, offset: usize) -> Option<(Addressee, Range<usize>)> {
    let mut rest = words;
    for lead in ["违反", "属于", "属", "系", "是", "当事人为", "违法主体为", "对"] {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    // 经营者的法定代表人、主要负责人和直接责任人员对…负有个人责任的.
    let of_firm = ["法定代表人", "主要负责人", "负责人", "直接负责的主管人员", "直接责任人员"];
    let head = rest.split_once('的').map_or(rest, |(_, behind)| behind);
    if let Some(word) = of_firm.iter().find(|word| head.starts_with(*word) || rest.starts_with(*word))
        && (rest.contains("责任人员") || rest.contains("个人责任"))
        && let Some(at) = words.find(*word)
    {
        return Some((Addressee::ResponsiblePerson, offset + at..offset + at + word.len()));
    }
    let subjects = [
        ("单位", Addressee::Organisation),
        ("企业", Addressee::Organisation),
        ("法人", Addressee::Organisation),
        ("个人", Addressee::Individual),
        ("公民", Addressee::Individual),
        ("自然人", Addressee::Individual),
    ];
    let (word, addressee) = subjects.into_iter().find(|(word, _)| rest.starts_with(word))?;
    let behind = &rest[word.len()..];
    let subject =
        ["的", "有前", "有上", "违反", "犯", "实施", "未", "有本", "有第"].iter().any(|next| behind.starts_with(next))
            || behind.starts_with("或者其他组织");
    let from = offset + words.len() - rest.len();
    subject.then(|| (addressee, from..from + word.len()))
}
