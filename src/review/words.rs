//! Words that several checks share, and the little language in which patterns are written.
//!
//! Patterns are tried on the folded text of one sentence ([`super::draft::Sentence::text`]): full-width signs are ASCII there,
//! and names of places are the one sign [`HERE`]. Patterns are linear-time regular expressions with these shorthands:
//!
//! | written | means |
//! |---|---|
//! | `~` | one character inside a comma clause |
//! | `#` | one character of the sentence, commas included |
//! | `<数>` | digits of a number, Chinese or Arabic |
//! | `<本地>` | a name of a place, or words for the own place: 本县, 辖区内 … |
//! | `<经营者>` and the other names of [`CLASSES`] | one word of that class |

use crate::text::fold::fold_str;
use regex::Regex;
use std::sync::LazyLock;

/// The sign that stands for the name of a place in the text of a sentence.
pub const HERE: char = '⌂';

/// Classes of words: the name by which patterns call them, and their members.
pub const CLASSES: &[(&str, &str)] = &[
    ("<数>", r"[0-9.一二三四五六七八九十百千万亿零〇两几]+"),
    ("<本地>", r"⌂(?:范围|行政区域|行政辖区|辖区|区域|境)?(?:内|范围内)?"),
    (
        "<外地>",
        r"(?:⌂(?:范围|行政区域|辖区)?(?:以|之)?外|非⌂|外地|[省市县]外|外来|外省|外市|外县|域外|异地|外埠|境外|本外地)",
    ),
    (
        "<经营者>",
        "(?:公司|集团|企业|医院|卫生院|银行|协会|商会|设计院|研究院|事务所|合作社|合作联社|信用社|气站|站点|厂|供应商|品牌|平台|机构|供销社|\
         运营商|保险公司|市场主体|经营者|经营主体|服务商|单位|商户|门店|加油站|中心)",
    ),
    (
        "<特定者>",
        "(?:公司|集团|医院|卫生院|银行|协会|商会|学会|设计院|研究院|研究所|事务所|合作社|信用社|液化气站|燃气站|厂|供应商|品牌|供销社|共保体)",
    ),
    ("<应当>", "(?:应当|应该|应|须|必须|需要|需|要|一律|统一|务必)"),
    ("<奖补>", "(?:奖励|补助|补贴|奖补|扶持|返还|资助|奖金|兑现|补偿|以奖代补|先征后返|贴息)"),
    (
        "<税收>",
        "(?:纳税|税收|增值税|所得税|缴税|税额|上缴税|入库税|土地使用税|房产税|营业税|契税|地方(?:财政)?(?:留成|留存|所得|分成)|\
         (?:本|市|县|区)级?(?:留成|留存|分成|得部分|财力)|(?:区域|地方|综合|经济|财政|社会|发展|区级|县级|市级)~{0,6}贡献|\
         贡献(?:额|度|增量|部分)|留成部分|留存部分|入统|纳统|统计入库|地方级次|营业收入|税金)",
    ),
    (
        "<证>",
        "(?:许可证|准运证|准入证|准营证|经营证|服务证|备案证明?|登记证明?|资格证|合格证|上岗证|通行证|信用手册|手册|许可手续|备案手续|登记手续)",
    ),
    (
        "<执照>",
        "(?:许可证|营业执照|执照|资格证书?|资质证书?|登记证书?|经营证|驾驶证|行驶证|从业资格|经营资格|资质等级|生产资质)",
    ),
    ("<公权>", "(?:政府|人民法院|法院|检察院|机关|部门|机构|单位|队伍|执法队)"),
];

/// A pattern written with the shorthands of this module.
///
/// # Panics
///
/// If the pattern is wrong: it is a constant of this room, and every test compiles all of them.
pub fn pattern(written: &str) -> Regex {
    Regex::new(&expand(written)).unwrap_or_else(|error| panic!("a constant pattern: {error}"))
}

/// One pattern for any of several; `None` for none.
pub fn any_of(written: &[&str]) -> Option<Regex> {
    (!written.is_empty())
        .then(|| pattern(&written.iter().map(|one| format!("(?:{one})")).collect::<Vec<_>>().join("|")))
}

fn expand(written: &str) -> String {
    let named = CLASSES.iter().fold(written.to_string(), |pattern, (name, words)| pattern.replace(name, words));
    named.replace('~', "[^,;]").replace('#', "[^;]")
}

/// Chinese words with full-width signs: what a check quotes is folded. Signs between ASCII letters and digits stay (1,000).
pub fn full_width(words: &str) -> String {
    let sign = |c: char| match c {
        ',' => Some('，'),
        ';' => Some('；'),
        ':' => Some('：'),
        '?' => Some('？'),
        '!' => Some('！'),
        '(' => Some('（'),
        ')' => Some('）'),
        _ => None,
    };
    let mut before = None;
    let mut chars = words.chars().peekable();
    let mut wide = String::with_capacity(words.len());
    while let Some(c) = chars.next() {
        let behind = chars.peek().copied();
        let inside = |one: Option<char>| one.is_some_and(|one| one.is_ascii_alphanumeric());
        let stays = inside(before) && inside(behind) && !matches!(c, '(' | ')');
        let is_han = |one: Option<char>| one.is_some_and(|one| ('\u{4e00}'..='\u{9fff}').contains(&one));
        let ends = c == '.' && is_han(before) && !inside(behind);
        wide.push(if ends { '。' } else { sign(c).filter(|_| !stays).unwrap_or(c) });
        before = Some(c);
    }
    wide
}

/// 第十四条 and the other numbers with which a clause begins.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[ \u{3000}]*(?:第[零〇一二三四五六七八九十百0-9]+条(?:之[一二三四五六七八九十]+)?[ \u{3000}]+|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])[ \u{3000}]*",
    )
});

/// The words of a clause alone, without its number, marks and blanks.
pub fn letters(text: &str) -> String {
    let folded = fold_str(text);
    let bare = folded.split_once(['条', '、']).filter(|(head, _)| head.starts_with('第') && head.chars().count() < 9);
    bare.map_or(folded.as_str(), |(_, rest)| rest).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The bytes of the number with which some words begin: a place is told beside them.
pub fn label_len(words: &str) -> usize {
    LABEL.find(words).map_or(0, |label| label.end()).min(words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorthands_mean_what_the_table_says() {
        let fits = |written: &str, text: &str| pattern(written).is_match(text);
        assert!(fits("^处~{1,4}<数>元$", "处罚款500元"));
        assert!(!fits("^处~+元$", "处,500元"), "a comma ends a clause");
        assert!(fits("^处#+元$", "处,500元"));
        assert!(fits("^在<本地>注册$", "在⌂范围内注册"));
        assert!(any_of(&[]).is_none());
    }

    #[test]
    fn signs_between_chinese_words_are_wide() {
        assert_eq!(full_width("逾期的,处1,000元(含)罚款;12:30前"), "逾期的，处1,000元（含）罚款；12:30前");
        assert_eq!(full_width("云政发(2020)3号"), "云政发（2020）3号");
        assert_eq!(full_width("“禁止销售.”见3.5"), "“禁止销售。”见3.5");
    }

    #[test]
    fn labels_are_cut_off() {
        let rest = |words: &str| words[label_len(words)..].to_string();
        assert_eq!(rest("第十四条　渡船"), "渡船");
        assert_eq!(rest("（二）渡船"), "渡船");
        assert_eq!(rest("第十四条规定的渡船"), "第十四条规定的渡船");
    }

    #[test]
    fn every_class_is_a_pattern() {
        for (name, _) in CLASSES {
            assert!(!expand(name).contains('<'), "{name}");
        }
    }
}
