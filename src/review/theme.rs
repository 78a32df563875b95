//! What a sentence of a draft is about (主题), so that it can be held against a provision: its pairs of characters, without the
//! names of what it cites and without the words that every provision has.

use crate::text::fold::fold_str;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A provision with at most so much of a theme is about something else.
pub const HERE_MAX: f64 = 0.12;
/// Beside a provision that has all of it, one with at most so much of a theme that says much is the wrong one.
pub const LESS_MAX: f64 = 0.6;
/// So many pairs tell an act by themselves.
const WITHIN_MIN: usize = 8;
/// What is only within the other counts so much less.
const WITHIN: f64 = 0.85;
/// Fewer pairs say nothing.
const PAIRS_MIN: usize = 4;

/// Titles in brackets, names of law with their places, places.
static CITED: LazyLock<Regex> = LazyLock::new(|| {
    let number = "[0-9零〇一二三四五六七八九十百千]+";
    Regex::new(&format!(
        "《[^》]*》|第{number}(?:条|款|项|目|章|节)(?:之{number})?|[（(][^（）()]*[）)]|\
         (?:中华人民共和国)?[\\u{{4e00}}-\\u{{9fa5}}]{{2,12}}(?:法|条例|办法|规定)(?:第|的)"
    ))
    .expect("a fixed pattern")
});

/// Words of every provision.
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    let words = [
        "依照",
        "按照",
        "根据",
        "依据",
        "适用",
        "参照",
        "违反",
        "符合",
        "规定",
        "有关",
        "相关",
        "情形",
        "事项",
        "下列",
        "应当",
        "可以",
        "不得",
        "必须",
        "或者",
        "以及",
        "之一",
        "其他",
        "上述",
        "前款",
        "本条",
        "本法",
        "本办法",
        "本条例",
        "本规定",
        "本细则",
        "制定",
        "结合",
        "实际",
        "予以",
        "处理",
        "执行",
        "办理",
        "处罚",
        "处以",
        "给予",
        "县级以上",
        "人民政府",
        "主管部门",
        "行政",
        "部门",
        "机关",
        "单位",
        "个人",
        "公民",
        "法人",
        "组织",
        "依法",
        "法律",
        "法规",
        "规章",
    ];
    Regex::new(&words.join("|")).expect("a fixed pattern")
});

/// What a sentence is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    pairs: BTreeSet<(char, char)>,
}

impl Theme {
    /// The theme of the words around a citation.
    pub fn around(sentence: &str) -> Theme {
        let folded = fold_str(sentence);
        let bare = CITED.replace_all(&folded, "\n");
        let bare = PLAIN.replace_all(&bare, "\n");
        Theme { pairs: pairs(&bare) }
    }

    /// How alike two themes are, from 0 to 1: what they share beside what they have together (Dice), or how much of the shorter one
    /// the longer one has, if that is long enough to be told by it. An act with more circumstances is still the act.
    pub fn likeness(&self, other: &Theme) -> f64 {
        let shared = self.pairs.intersection(&other.pairs).count();
        let (all, fewer) = (self.pairs.len() + other.pairs.len(), self.pairs.len().min(other.pairs.len()));
        if fewer == 0 {
            return 0.0;
        }
        let within = if fewer >= WITHIN_MIN { WITHIN * float(shared) / float(fewer) } else { 0.0 };
        within.max(2.0 * float(shared) / float(all))
    }

    /// Whether it has enough words to be compared.
    pub fn says_enough(&self) -> bool {
        self.pairs.len() >= PAIRS_MIN
    }

    /// Whether it has words that can be all there or not there at all.
    pub fn says_something(&self) -> bool {
        self.pairs.len() >= 2
    }

    /// Whether its words tell an act by themselves.
    pub fn says_much(&self) -> bool {
        self.pairs.len() >= WITHIN_MIN
    }

    /// Whether it may be of another provision than this one.
    pub fn may_be_elsewhere(&self, text: &str) -> bool {
        let share = self.share_in(text);
        self.says_enough() && share <= HERE_MAX || self.says_much() && share <= LESS_MAX
    }

    /// How much of it stands in a provision, from 0 to 1.
    pub fn share_in(&self, text: &str) -> f64 {
        if self.pairs.is_empty() {
            return 0.0;
        }
        let there = pairs(&fold_str(text));
        float(self.pairs.intersection(&there).count()) / float(self.pairs.len())
    }
}

/// Counts of pairs are small.
fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Pairs of Chinese characters that stand side by side.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let next = text.chars().skip(1);
    text.chars().zip(next).filter(|(one, other)| is_han(*one) && is_han(*other)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_what_is_left_without_citations() {
        let theme = Theme::around("依照《渡口管理条例》第八条的规定，渡船载客超过核定人数的，由渡口主管部门处理");
        assert!(theme.says_enough());
        assert!(theme.share_in("渡船载客不得超过核定人数。") > 0.6);
        assert!(theme.share_in("渡口工作人员应当持证上岗。") < 0.2);
        assert!(!Theme::around("根据《渡口管理条例》第九条，制定本办法。").says_enough());
    }
}
