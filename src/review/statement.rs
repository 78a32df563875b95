//! What a sentence lays down (规定内容): its figures, who has the duty, whether it bids or forbids. Two sentences on the same matter
//! that lay down different things contradict each other.

use super::theme::Theme;
use super::words::pattern;
use crate::text::fold::fold_str;
use crate::text::numerals;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// From here on two sentences with figures are on the same matter.
const SAME_MATTER: f64 = 0.72;
/// The same where nothing but the wording tells: who does it, whether it is allowed.
const SAME_WORDS: f64 = 0.85;
/// Longest sentence that is compared, in characters: longer ones hold several matters.
const CHARS_MAX: usize = 160;

/// Numbers with units; neither numbers of provisions nor days of the calendar.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<before>第|[0-9]年|[0-9]月|[〔\[(])?(?P<d>[0-9]+(?:\.[0-9]+)?(?:万|千|百)?|[一二三四五六七八九十百千万零〇两]+)(?P<u>个工作日|工作日|日|天|个月|月|年|周岁|小时|亿元|万元|元|%|倍|平方米|公里|米|吨|次)",
    )
});
/// Days of the calendar.
static CALENDAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日"));
/// Of itself alone a document says from when and how long it applies, and who explains it.
static OF_ITSELF: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:施行|执行|实施)(?:,|$)|有效期|(?:负责|进行)解释|同时废止|停止执行|印发之日|公布之日"));
static FREE: LazyLock<Regex> = LazyLock::new(|| pattern("免收|免费|不收取|不收费|不得收取"));
/// What says whether a fee is taken is no matter of the sentence.
static FEE_WORDS: LazyLock<Regex> =
    LazyLock::new(|| pattern("免收|免费|不收取|不收费|不得收取|收取|收费|缴纳|每(?:只|件|户|人|次|亩)"));
static PAID: LazyLock<Regex> = LazyLock::new(|| pattern("费|收取|缴纳|工本"));
/// Who has the duty.
static ORGAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|,|\.|:|、)?由(?P<o>[^,;:、由]{2,18}?(?:局|委员会|部门|办公室|中心|大队|支队|所|站|街道办事处|人民政府))(?:负责|受理|审批|审核|牵头|核发|办理|组织实施|实施|监督|查处)",
    )
});
static FORBIDS: LazyLock<Regex> = LazyLock::new(|| pattern("不得|禁止|严禁|不准"));
static ALLOWS: LazyLock<Regex> = LazyLock::new(|| pattern("应当|可以|必须|允许"));

/// Words that make two like sentences speak of two things.
const CONTRASTS: [&str; 44] = [
    "城区",
    "城镇",
    "城市",
    "农村",
    "乡村",
    "个人",
    "单位",
    "企业",
    "法人",
    "一级",
    "二级",
    "三级",
    "一类",
    "二类",
    "三类",
    "甲级",
    "乙级",
    "丙级",
    "大型",
    "中型",
    "小型",
    "微型",
    "特大",
    "重大",
    "较大",
    "一般",
    "重点",
    "首次",
    "再次",
    "第二次",
    "新建",
    "扩建",
    "改建",
    "国家级",
    "省级",
    "市级",
    "县级",
    "高新技术",
    "工业",
    "商业",
    "居民",
    "机动车",
    "非机动车",
    "学生",
];

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Figure {
    unit: &'static str,
    /// In hundredths of the unit.
    value: u64,
    words: String,
}

/// What one sentence lays down.
#[derive(Debug, Clone)]
pub struct Statement {
    words: String,
    theme: Theme,
    figures: Vec<Figure>,
    organ: Option<String>,
    forbids: bool,
    allows: bool,
    free: bool,
    paid: bool,
    contrasts: BTreeSet<&'static str>,
}

/// How two statements on the same matter differ: the words of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// 数额, 期限, 主体 …
    pub of: &'static str,
    /// As the first says it.
    pub first: String,
    /// As the second says it.
    pub second: String,
}

impl Statement {
    /// Reads one sentence; `None` if it lays down nothing that could be compared.
    pub fn read(sentence: &str) -> Option<Statement> {
        let words = CALENDAR.replace_all(&fold_str(sentence), "").into_owned();
        if words.chars().count() > CHARS_MAX || OF_ITSELF.is_match(words.trim_end_matches('.')) {
            return None;
        }
        let bare = ORGAN.replace_all(&words, "\n");
        let bare = FIGURE.replace_all(&bare, "\n");
        let theme = Theme::around(&FEE_WORDS.replace_all(&bare, "\n"));
        let statement = Statement {
            figures: figures(&words),
            organ: ORGAN.captures(&words).and_then(|found| Some(found.name("o")?.as_str().to_string())),
            forbids: FORBIDS.is_match(&words),
            allows: ALLOWS.is_match(&words),
            free: FREE.is_match(&words),
            paid: PAID.is_match(&words),
            contrasts: CONTRASTS.iter().copied().filter(|word| words.contains(word)).collect(),
            theme,
            words,
        };
        (statement.theme.says_enough() && statement.says_something()).then_some(statement)
    }

    /// Its words, folded, without days of the calendar.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether it is worth asking what others say of it. What merely bids something contradicts little.
    fn says_something(&self) -> bool {
        !self.figures.is_empty() || self.organ.is_some() || self.forbids || self.allows || self.free
    }

    /// Whether others are to be asked for it: a duty alone is no such thing.
    pub fn is_pointed(&self) -> bool {
        !self.figures.is_empty() || self.organ.is_some() || self.free || self.forbids
    }

    /// How it contradicts another one on the same matter.
    pub fn against(&self, other: &Statement) -> Option<Disagreement> {
        if self.words == other.words || self.contrasts != other.contrasts {
            return None;
        }
        let likeness = self.theme.likeness(&other.theme);
        if likeness < SAME_MATTER {
            return None;
        }
        let by_words = || if likeness >= SAME_WORDS { self.in_words(other) } else { None };
        self.in_figures(other).or_else(|| self.in_fee(other)).or_else(by_words)
    }

    fn in_figures(&self, other: &Statement) -> Option<Disagreement> {
        let units = |statement: &Statement| -> Vec<&str> { statement.figures.iter().map(|one| one.unit).collect() };
        if self.figures.is_empty() || units(self) != units(other) {
            return None;
        }
        let (first, second) = self.figures.iter().zip(&other.figures).find(|(one, other)| one.value != other.value)?;
        let of = if ["元", "%", "倍"].contains(&first.unit) { "数额" } else { "期限、数量" };
        Some(Disagreement { of, first: first.words.clone(), second: second.words.clone() })
    }

    fn in_fee(&self, other: &Statement) -> Option<Disagreement> {
        let sum = |statement: &Statement| {
            statement.figures.iter().find(|one| one.unit == "元" && one.value > 0).map(|one| one.words.clone())
        };
        let charges = |statement: &Statement| sum(statement).filter(|_| statement.paid && !statement.free);
        let (first, second) = match (self.free, other.free) {
            (true, false) => ("免收".to_string(), charges(other)?),
            (false, true) => (charges(self)?, "免收".to_string()),
            _ => return None,
        };
        Some(Disagreement { of: "收费", first, second })
    }

    fn in_words(&self, other: &Statement) -> Option<Disagreement> {
        if let (Some(first), Some(second)) = (&self.organ, &other.organ)
            && bare(first) != bare(second)
        {
            return Some(Disagreement { of: "主体", first: first.clone(), second: second.clone() });
        }
        let bids = |statement: &Statement| statement.allows && !statement.forbids;
        let forbids = |statement: &Statement| statement.forbids && !statement.allows;
        let told = |forbids: bool| if forbids { "不得" } else { "应当、可以" }.to_string();
        let opposed = bids(self) && forbids(other) || forbids(self) && bids(other);
        opposed.then(|| Disagreement { of: "义务", first: told(self.forbids), second: told(other.forbids) })
    }
}

/// Figures of a clause that another text on its matter does not have, though it has others of that unit: each with those, as both
/// write them.
pub fn other_figures(clause: &str, text: &str) -> Vec<(String, String)> {
    let read = |text: &str| figures(&CALENDAR.replace_all(&fold_str(text), ""));
    let there = read(text);
    let mut told: Vec<(String, String)> = Vec::new();
    for one in read(clause) {
        let of_unit: Vec<&Figure> = there.iter().filter(|other| other.unit == one.unit).collect();
        if of_unit.is_empty() || of_unit.iter().any(|other| other.value == one.value) {
            continue;
        }
        let words: BTreeSet<&str> = of_unit.iter().map(|other| other.words.as_str()).collect();
        let pair = (one.words, words.into_iter().collect::<Vec<_>>().join("、"));
        if !told.contains(&pair) {
            told.push(pair);
        }
    }
    told
}

/// 县市场监督管理局 and 市场监督管理部门 are one.
fn bare(organ: &str) -> &str {
    let organ = ["县级", "市级", "县", "市", "区", "本级", "各级"]
        .iter()
        .find_map(|place| organ.strip_prefix(place))
        .unwrap_or(organ);
    ["行政主管部门", "主管部门", "行政部门", "部门", "局", "委员会"]
        .iter()
        .find_map(|kind| organ.strip_suffix(kind))
        .unwrap_or(organ)
}

fn figures(words: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    for part in FIGURE.captures_iter(words) {
        let text = |name: &str| part.name(name).map_or("", |part| part.as_str());
        let Some((unit, factor)) = unit(text("u")) else { continue };
        let Some(number) = hundredths(text("d")) else { continue };
        let is_year = unit == "年" && number >= 190_000;
        if part.name("before").is_some() && text("before") != "(" || is_year {
            continue;
        }
        let Some(value) = number.checked_mul(factor) else { continue };
        found.push(Figure { unit, value, words: format!("{}{}", text("d"), text("u")) });
    }
    found
}

/// The unit in which figures are compared, and how many of it are in one.
fn unit(written: &str) -> Option<(&'static str, u64)> {
    Some(match written {
        "个工作日" | "工作日" => ("工作日", 1),
        "日" | "天" => ("日", 1),
        "个月" | "月" => ("月", 1),
        "年" => ("年", 1),
        "周岁" => ("周岁", 1),
        "小时" => ("小时", 1),
        "元" => ("元", 1),
        "万元" => ("元", 10_000),
        "亿元" => ("元", 100_000_000),
        "%" => ("%", 1),
        "倍" => ("倍", 1),
        "平方米" => ("平方米", 1),
        "米" => ("米", 1),
        "公里" => ("米", 1000),
        "吨" => ("吨", 1),
        "次" => ("次", 1),
        _ => return None,
    })
}

fn hundredths(digits: &str) -> Option<u64> {
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return numerals::parse(digits)?.checked_mul(100);
    }
    let (number, scale) = match digits.char_indices().next_back()? {
        (at, '万') => (&digits[..at], 10_000),
        (at, '千') => (&digits[..at], 1000),
        (at, '百') => (&digits[..at], 100),
        _ => (digits, 1),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let cents: u64 = format!("{part:0<2}").get(..2)?.parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(cents)?.checked_mul(scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn against(one: &str, other: &str) -> Option<(&'static str, String, String)> {
        let found = Statement::read(one)?.against(&Statement::read(other)?)?;
        Some((found.of, found.first, found.second))
    }

    #[test]
    fn statements_on_one_matter_contradict_each_other() {
        for (one, other, of, first, second) in [
            ("犬只登记费每只100元", "犬只登记费每只二百元", "数额", "100元", "二百元"),
            ("渡船登记手续应当在20日内办结", "渡船登记手续应当在十五日内办结", "期限、数量", "20日", "十五日"),
            ("犬只登记免收登记费", "犬只登记收取登记费100元", "收费", "免收", "100元"),
            (
                "渡口安全检查工作由县交通运输局负责",
                "渡口安全检查工作由县应急管理局负责",
                "主体",
                "县交通运输局",
                "县应急管理局",
            ),
            (
                "在渡口码头停靠非营运船舶的不得收取停泊押金",
                "在渡口码头停靠非营运船舶的可以收取停泊押金",
                "义务",
                "不得",
                "应当、可以",
            ),
        ] {
            let told = against(one, other);
            assert_eq!(told, Some((of, first.to_string(), second.to_string())), "{one} / {other}");
        }
    }

    #[test]
    fn figures_that_the_other_text_does_not_have() {
        let found = other_figures(
            "渡船证有效期3年，届满九十日前申请延续，每只收取20元。",
            "渡船证有效期一般为五年，最长不超过十年；届满四十五日前申请延续。",
        );
        let told = |one: &str, other: &str| (one.to_string(), other.to_string());
        assert_eq!(found, [told("3年", "五年、十年"), told("九十日", "四十五日")]);
        assert!(other_figures("有效期五年", "有效期5年").is_empty());
    }

    #[test]
    fn what_speaks_of_two_things_does_not() {
        for (one, other) in [
            ("犬只登记费每只100元", "犬只登记费每只100.00元"),
            ("城区犬只登记费每只100元", "农村犬只登记费每只50元"),
            ("渡船登记手续应当在20日内办结", "渡船注销手续需要提交书面申请，经办机构在3日内办结"),
            ("渡船登记手续应当在20日内办结", "渡船登记手续应当在20个工作日内办结"),
            ("渡口安全检查工作由县交通运输局负责", "渡口安全检查工作由交通运输主管部门负责"),
            ("自2021年3月5日起办理渡船登记手续", "自2022年4月6日起办理渡船登记手续"),
            ("本办法自2021年3月5日起施行,有效期五年。", "本办法自2022年10月6日起施行,有效期二年。"),
            ("依照第三条办理渡船登记手续", "依照第五条办理渡船登记手续"),
        ] {
            assert_eq!(against(one, other), None, "{one} / {other}");
        }
    }
}
