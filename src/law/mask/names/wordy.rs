//! Names that are ordinary words: 高兴, 程序, 安全, 白雪, 万年. What stands beside them tells whether somebody is called so; the words
//! themselves stay wherever they are words: 安全生产, 程序违法, 高兴地.

use super::super::persons::{Part, Persons};
use super::super::reading::is_han;
use super::super::words::{self, WORDS};
use super::candidate::Finder;
use super::{called, cues, labels};
use crate::text::words::Segmenter;

/// Longest cue that is looked for before a word, in characters.
const CUE_MAX: usize = 8;
/// So far around a name it is asked whether the word is used too, in characters.
const NEAR_CHARS: usize = 2000;
/// Most members of a list that are words.
const MEMBERS_MAX: usize = 4;

/// What only persons do, in the words that follow a name.
const ACTS: &[&str] = &[
    "称",
    "陈述",
    "申辩",
    "承认",
    "供述",
    "供认",
    "签字",
    "签名",
    "签收",
    "到场",
    "到案",
    "归案",
    "在场",
    "驾驶",
    "驾车",
    "辩称",
    "证实",
    "证言",
    "出庭",
    "签订",
    "收下",
    "无异议",
    "对此",
    "在店内",
    "在场",
    "说",
    "交代",
    "伙同",
    "将货",
    "将车",
    "将其",
    "与其妻",
    "与其夫",
    "未到场",
    "拒绝签字",
    "和其",
    "及其妻",
    "及其夫",
    "本人",
    "因病",
    "外出",
    "出生",
    "于19",
    "于20",
    "（身份证",
    "（公民身份",
    "（男",
    "（女",
    "（曾用名",
    "，身份证",
    "系店主",
    "系该店",
    "系本店",
    "系车主",
    "系驾驶",
];
/// What follows the name of a person behind 的.
const OWN: &[&str] = &[
    "行为",
    "违法",
    "陈述",
    "证言",
    "供述",
    "申辩",
    "丈夫",
    "家属",
    "配偶",
    "弟",
    "兄",
    "姐",
    "妹",
    "妻",
    "夫",
    "父",
    "母",
    "儿",
    "女",
    "身份",
    "询问",
    "调查",
    "账户",
    "住",
    "微信",
    "手机",
    "店",
    "户籍",
    "签",
    "委托",
    "驾驶证",
    "货车",
    "车辆",
    "上述",
    "辩",
];
/// What goes on behind a word so that it is one: 安全生产, 程序违法. Behind names it stands seldom.
const OF_WORDS: &[&str] = &[
    "生产", "建设", "加工", "制作", "管理", "养殖", "种植", "运输", "违法", "违规", "检查", "使用", "经营", "性", "化",
    "地", "得", "与否", "问题", "事故", "隐患", "责任", "要求", "保障", "合法", "正当",
];
/// Words that say how something is done: 书面陈述, 安全驾驶.
const MANNERS: &[&str] = &[
    "书面", "口头", "公开", "当场", "明确", "全部", "真实", "明白", "高速", "平稳", "时常", "方便", "正常", "安静",
    "平静", "强行", "单独", "和平", "应当", "方才", "能够", "公然", "和善", "强制", "水平", "国家", "家庭", "高度",
    "牢固", "成功", "时间", "金额", "陈述", "证言", "申辩", "供述", "辩解", "书证", "物证", "材料", "高声", "方面",
    "经过", "商业", "时候", "方式", "方法", "车辆", "花钱", "包车", "钱款", "管理", "文书", "相互", "都已", "从未",
    "常年", "终于", "屠宰", "顾问", "沙龙",
];
/// What ends a list of persons.
const LIST_ENDS: &[&str] = &[
    "的证言",
    "的陈述",
    "的供述",
    "的询问",
    "等人",
    "均",
    "三人",
    "二人",
    "两人",
    "四人",
    "到场",
    "在场",
    "证实",
    "签字",
    "分别",
];

/// What ends a list of persons behind a word like 当事人, and no other list.
const PERSONS_END: &[&str] =
    &["的证言", "的陈述", "的供述", "等人", "三人", "二人", "两人", "四人", "到场", "在场", "证实", "签字"];

/// Whether a word says how something is done or what is at hand, so that nobody is called so.
pub(super) fn is_manner_word(word: &str) -> bool {
    MANNERS.contains(&word)
}

/// Whether what ends a list of persons stands at a place.
pub(super) fn ends_persons(finder: &Finder<'_>, end: usize) -> bool {
    let reading = finder.reading;
    let counted = reading.at(end) == '等' && (reading.at(end + 1).is_ascii_digit() || reading.has(end + 1, "人"));
    counted || PERSONS_END.iter().any(|word| reading.has(end, word))
}

/// Notes the name that stands at a place; one that is a word, and stands as such beside it, is a name only where names stand.
pub(super) fn note(finder: &Finder<'_>, persons: &mut Persons, start: usize, end: usize, part: Part) {
    let name = finder.reading.str(start..end);
    let word = part == Part::Person && labels::is_word(name) && !words::is_common(name, end - start);
    if word && !persons.knows(name) && is_used(finder, start, end) {
        persons.also(name, None);
    } else {
        persons.note(name, part);
    }
}

/// Whether a word stands near a place as what it says: 安全 in 安全生产.
fn is_used(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let reading = finder.reading;
    let from = start.saturating_sub(NEAR_CHARS);
    let (near, name) = (reading.str(from..end + NEAR_CHARS), reading.str(start..end));
    let offset = reading.byte(from);
    near.match_indices(name).any(|(at, _)| {
        let place = reading.place(offset + at);
        let behind = place + (end - start);
        is_part(finder, place, behind) || OF_WORDS.iter().any(|word| reading.has(behind, word))
    })
}

/// The end of a word that is a name because it stands right behind a word like 驾驶员 and in front of what only persons do.
pub(super) fn behind_cue(finder: &Finder<'_>, at: usize, cue: &str) -> Option<usize> {
    if ["名称", "字号", "商户", "会员"].contains(&cue) || finder.masked(at).is_some() {
        return None;
    }
    [2, 3].into_iter().map(|length| at + length).find(|end| {
        let thing =
            || Segmenter::shared().class(finder.reading.str(at..*end)).is_none_or(|class| !class.starts_with('v'));
        let listed = finder.reading.at(*end) == '、' && cue_begins(finder, end + 1) && thing()
            || finder.reading.at(*end) == '、' && chain(finder, at, PERSONS_END) == Some(*end);
        is_bearable(finder, at, *end) && (acts(finder, *end) && !is_manner(finder, at, *end) || listed)
    })
}

/// Whether a word can be a surname with a given name.
fn is_bearable(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let reading = finder.reading;
    let name = reading.str(start..end);
    let chars = reading.slice(start..end);
    let Some((first, rest)) = chars.split_first() else { return false };
    let class = Segmenter::shared().class(name).unwrap_or_default();
    let told = class.starts_with(['n', 'a', 'v', 'z', 'i', 'm', 'b']) || class.is_empty();
    WORDS.is_surname(*first)
        && (!WORDS.is_doubtful(*first) || WORDS.is_popular(*first))
        && rest.iter().all(|c| is_han(*c) && !WORDS.is_never(*c))
        && told
        && (chars.len() == 2 || class.is_empty())
        && !cues::PERSONS.contains(&name)
        && !labels::is_thing(name)
        && !words::is_common(name, chars.len())
        && !MANNERS.contains(&name)
}

/// Whether a word tells how something is done: 安全驾驶.
fn is_manner(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let name = finder.reading.str(start..end);
    let drives = ["驾驶", "驾车"].iter().any(|word| finder.reading.has(end, word));
    let class = Segmenter::shared().class(name).unwrap_or_default();
    // What says how one drives is told again elsewhere if it is a name.
    drives && class.starts_with(['a', 'v', 'b', 'z']) && !acts_elsewhere(finder, start, end)
}

/// Whether the same word stands elsewhere at the begin of a sentence in front of what only persons do.
fn acts_elsewhere(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let (reading, name) = (finder.reading, finder.reading.str(start..end));
    let own = reading.byte(start);
    let found = reading.text.match_indices(name).take(64).filter(|(at, _)| *at != own);
    let mut places = found.map(|(at, _)| reading.place(at));
    places.any(|place| !is_han(reading.before(place)) && acts(finder, place + (end - start)))
}

pub(super) fn acts(finder: &Finder<'_>, end: usize) -> bool {
    ACTS.iter().any(|word| finder.reading.has(end, word))
}

/// Whether a word like 驾驶员 begins at a place.
pub(super) fn cue_begins(finder: &Finder<'_>, at: usize) -> bool {
    cues::PERSONS.iter().any(|word| word.chars().count() > 1 && finder.reading.has(at, word))
}

/// Whether a word like 驾驶员 ends at a place.
pub(super) fn cue_ends(finder: &Finder<'_>, at: usize) -> bool {
    let tail = finder.reading.str(at.saturating_sub(CUE_MAX)..at);
    super::CUES.find_iter(tail).last().is_some_and(|cue| cue.end() == tail.len())
}

/// Whether a name that is a word stands at a place as a name.
pub(super) fn stands(finder: &Finder<'_>, persons: &Persons, start: usize, end: usize) -> bool {
    let reading = finder.reading;
    if is_part(finder, start, end) {
        return false;
    }
    let signs = ["签字", "签名"].iter().any(|word| reading.has(end, word));
    let counted = reading.at(end) == '等' && reading.at(end + 1).is_ascii_digit();
    let told = is_own(finder, end) || counted || signs;
    if called::leads(finder, start, end) || called::is_one(finder, start, end) && told && !is_han(reading.before(start))
    {
        return true;
    }
    let manner = says_how(reading.str(start..end));
    if cue_ends(finder, start) {
        // 当事人成功注册商标: a word that says how something is done is one there.
        return !manner
            || !is_han(reading.at(end))
            || acts(finder, end)
            || is_own(finder, end)
            || follows(finder, end)
            || called::does(finder, start, end);
    }
    let led = |c: char| !is_han(c) || "对由向与和及将被让给是为予系".contains(c);
    if manner && !led(reading.before(start)) {
        return false;
    }
    if OF_WORDS.iter().any(|word| reading.has(end, word)) {
        return false;
    }
    let (before, behind) = (reading.before(start), reading.at(end));
    if before == '、' || behind == '、' {
        let known = |place: usize| persons.at(reading, place).is_some() || finder.masked(place).is_some();
        let left = before == '、' && (persons.at_end(reading, start - 1) || finder.masked_before(start - 1));
        let right = behind == '、' && (known(end + 1) || cue_begins(finder, end + 1));
        return left || right;
    }
    if behind == '的' {
        return OWN.iter().any(|word| reading.has(end + 1, word));
    }
    true
}

/// Whether a word says how something is done, or what: 成功, 何必, 向前.
fn says_how(name: &str) -> bool {
    Segmenter::shared().class(name).is_some_and(|class| class.starts_with(['a', 'd', 'v']))
}

/// Whether what follows a name is what one does who is told by it: 高兴违反…, 高兴未按….
fn follows(finder: &Finder<'_>, end: usize) -> bool {
    ["违反", "未", "涉嫌", "系", "因", "和", "及", "与", "等", "均", "共", "分别", "各", "在"]
        .iter()
        .any(|word| finder.reading.has(end, word))
}

/// Whether what follows a name says whose something is, or who somebody is: 的陈述, 系实际投资人.
pub(super) fn is_own(finder: &Finder<'_>, end: usize) -> bool {
    let reading = finder.reading;
    let own = reading.at(end) == '的' && OWN.iter().any(|word| reading.has(end + 1, word));
    own || [
        "系",
        "在店",
        "在场",
        "均",
        "等人",
        "于19",
        "于20",
        "未",
        "负责",
        "本人",
        "罚款",
        "行政拘留",
        "警告",
        "给予",
        "处以",
        "没收",
    ]
    .iter()
    .any(|word| reading.has(end, word))
}

/// Notes a name that nothing else can be where it stands; one that is mostly another word is a name only where names stand.
pub(super) fn sure(finder: &Finder<'_>, persons: &mut Persons, start: usize, end: usize, part: Part) {
    let name = finder.reading.str(start..end);
    if part == Part::Person && words::is_common(name, end - start) {
        persons.also(name, None);
    } else {
        note(finder, persons, start, end, part);
    }
}

/// Whether a word is part of a longer one: 安全生产, 高兴地.
pub(super) fn is_part(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let reading = finder.reading;
    let longer = |from: usize, to: usize| {
        to <= reading.len()
            && reading.slice(from..to).iter().all(|c| is_han(*c))
            && labels::is_plain_word(reading.str(from..to))
    };
    longer(start, end + 1)
        || longer(start, end + 2) && !acts(finder, end)
        || start > 0 && longer(start - 1, end)
        || start > 1 && longer(start - 2, end)
        || reading.at(end) == '地' && !acts(finder, end)
}

/// The end of a member behind a person, before other words that can be names and what ends a list of persons: 白某、万年、安全的证言.
pub(super) fn in_list(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let reading = finder.reading;
    if reading.before(at) != '、' {
        return None;
    }
    chain(finder, at, LIST_ENDS)
}

/// The end of the first of several words that can be names, before what ends a list of persons.
fn chain(finder: &Finder<'_>, at: usize, ends: &[&str]) -> Option<usize> {
    let reading = finder.reading;
    let (mut from, mut first) = (at, None);
    for _ in 0..MEMBERS_MAX {
        let closes = |end: usize| reading.at(end) == '、' || ends.iter().any(|word| reading.has(end, word));
        let end = (from + 2..=from + 3).find(|end| closes(*end))?;
        if !is_bearable(finder, from, end) {
            return None;
        }
        first.get_or_insert(end);
        if reading.at(end) != '、' {
            return first;
        }
        from = end + 1;
    }
    None
}
