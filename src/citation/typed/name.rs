//! What stands in the words before a place, without any corpus: a request, a verb, a word for the version, and a name that ends as names of
//! law do.

use super::super::find::without_verbs;
use super::Which;
use crate::text::words::Segmenter;
use std::collections::BTreeSet;

/// How names of law end.
pub(super) const ENDINGS: [&str; 16] = [
    "法",
    "法典",
    "条例",
    "规定",
    "办法",
    "规则",
    "细则",
    "解释",
    "决定",
    "意见",
    "通知",
    "准则",
    "标准",
    "规程",
    "批复",
    "修正案",
];

/// Branches of law and kinds of it: they name no law, whatever ends in them (国家法 is no 反分裂国家法).
pub(super) const BRANCHES: [&str; 16] = [
    "国家法",
    "国内法",
    "国际法",
    "行政法",
    "经济法",
    "社会法",
    "环境法",
    "民事法",
    "刑事法",
    "诉讼法",
    "程序法",
    "实体法",
    "地方法",
    "部门法",
    "特别法",
    "成文法",
];

/// Words before a name that say which version of it is meant.
pub(super) const ERAS: [(&str, Which); 27] = [
    ("现行有效的", Which::OfDay),
    ("现行的", Which::OfDay),
    ("现行", Which::OfDay),
    ("最新修订的", Which::New),
    ("最新修正的", Which::New),
    ("最新版", Which::New),
    ("最新的", Which::New),
    ("最新", Which::New),
    ("新修订的", Which::New),
    ("新修正的", Which::New),
    ("新修改的", Which::New),
    ("新版", Which::New),
    ("新", Which::New),
    ("旧版", Which::Former),
    ("老版", Which::Former),
    ("修订后的", Which::New),
    ("修改后的", Which::New),
    ("修正后的", Which::New),
    ("原", Which::Former),
    ("旧", Which::Former),
    ("老", Which::Former),
    ("修订前的", Which::BeforeChange),
    ("修改前的", Which::BeforeChange),
    ("修正前的", Which::BeforeChange),
    ("修订前", Which::BeforeChange),
    ("修改前", Which::BeforeChange),
    ("修正前", Which::BeforeChange),
];

/// The same behind a name: 治安法旧版.
const ERAS_BEHIND: [(&str, Which); 8] = [
    ("现行版", Which::OfDay),
    ("最新版", Which::New),
    ("新版", Which::New),
    ("旧版", Which::Former),
    ("老版", Which::Former),
    ("原版", Which::Former),
    ("最新", Which::New),
    ("旧", Which::Former),
];

/// How people ask for what they cite.
pub(super) const REQUESTS: [&str; 18] = [
    "请问",
    "什么是",
    "请",
    "我想",
    "我要",
    "想",
    "帮我",
    "麻烦",
    "查一下",
    "查询",
    "查找",
    "查看",
    "查",
    "搜索",
    "搜",
    "问一下",
    "问",
    "了解",
];

/// Words without what asks for them: 请问, 我想查, 帮我查一下.
pub(super) fn without_request(words: &str) -> &str {
    let mut rest = words;
    while let Some(next) = REQUESTS.iter().find_map(|asked| rest.strip_prefix(asked)) {
        rest = next;
    }
    rest
}

/// A name and the number at its end, with or without brackets: 解释三, 解释(三); an empty number for none.
pub(super) fn parted_number(words: &str) -> (&str, &str) {
    let bare = words.trim_end_matches(['(', ')']).trim_end_matches(|c| "一二三四五六七八九十".contains(c));
    let number = words.get(bare.len()..).unwrap_or_default().trim_matches(['(', ')']);
    (bare.trim_end_matches('('), number)
}

/// What the words before a place may name: they themselves, else what stands behind a word for its version (原行政复议法) or
/// behind a verb (违反行政处罚法) or a request (请问根据行政处罚法).
pub(super) fn candidates(words: &str) -> Vec<(&str, Which)> {
    let mut candidates = vec![(words, Which::OfDay)];
    for words in [words, without_verbs(words), without_verbs(without_request(words))] {
        let of_era = |(era, which): &(&str, Which)| {
            let rest = words.strip_prefix(era)?;
            rest.chars().nth(1).is_some().then_some((rest, *which))
        };
        candidates.push((words, Which::OfDay));
        candidates.extend(ERAS.iter().find_map(of_era));
        candidates.extend(ERAS_BEHIND.iter().find_map(|(era, which)| Some((words.strip_suffix(era)?, *which))));
    }
    candidates.dedup();
    candidates
}

/// Whether words end as names of law do.
pub(super) fn is_name_of_law(words: &str) -> bool {
    let length = words.chars().count();
    ENDINGS.iter().any(|ending| words.ends_with(ending) && length > ending.chars().count())
}

/// Whether words are characters of a title in their order, its first and its last among them.
pub(super) fn is_shortened(words: &str, title: &str) -> bool {
    if words.chars().next() != title.chars().next() || words.chars().next_back() != title.chars().next_back() {
        return false;
    }
    let mut rest = title.chars();
    words.chars().all(|c| rest.any(|other| other == c))
}

/// Whether a shortened title has a character of every word of it: 食全法 of 食品安全法, but 消防条例 not of 消防救援衔条例.
pub(super) fn names_every_word(words: &str, title: &str) -> bool {
    let words: Vec<char> = words.chars().collect();
    // How many characters may be used up after each word of the title.
    let mut used = BTreeSet::from([0]);
    for word in Segmenter::shared().words(title) {
        let mut next = BTreeSet::new();
        for from in used {
            let mut rest = word.chars();
            for (at, c) in words.iter().enumerate().skip(from) {
                if !rest.any(|other| other == *c) {
                    break;
                }
                next.insert(at + 1);
            }
        }
        used = next;
    }
    used.contains(&words.len())
}
