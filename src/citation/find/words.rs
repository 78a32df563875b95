//! The words around a citation: names without book brackets, 本法, 该法, verbs.

use super::super::mention::Role;
use super::defined::{self, Defined};
use crate::law::case_fields::is_denied;
use crate::law::level;
use crate::law::structure::numbers::ordinal;
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Most characters that are looked at before a place.
const WINDOW_CHARS_MAX: usize = 40;

/// What names an instrument at the end of words before a place; 办法 before 法.
const SUFFIXES: [&str; 21] = [
    "法典",
    "办法",
    "法",
    "条例",
    "规定",
    "细则",
    "规则",
    "解释",
    "决定",
    "通则",
    "总则",
    "修正案",
    "意见",
    "通知",
    "方案",
    "公约",
    "章程",
    "标准",
    "规范",
    "批复",
    "纪要",
];

/// What a text may call itself beside these.
const OWN_SUFFIXES: [&str; 12] =
    ["安排", "制度", "计划", "指南", "指引", "目录", "公告", "纲要", "准则", "须知", "程序", "预案"];
/// Longest name that a text gives itself after 本, in characters.
const OWN_CHARS_MAX: usize = 8;

/// What stands before 同法.
const BEFORE_SAME: &str = "和及与或者并照据按反用条款项见于即依为由以对从在属";
/// What stands before 原法.
const BEFORE_ERA: &str = "和及与或者并照据按反用比较将把对在是为于即依由从了除至";
/// Names that are only the word for a kind.
const KINDS: [&str; 7] = ["法", "条例", "办法", "规定", "细则", "规则", "解释"];

/// What stands before a place.
#[derive(Debug, PartialEq, Eq)]
pub enum Subject {
    /// 本法, 本条例, 本实施办法.
    Own(Range<usize>),
    /// 该法, 该条例, 同法: what was named last.
    That(Range<usize>),
    /// 原法, 原条例: the text before a change of what was named last, with the word for its kind.
    Former(Range<usize>, &'static str),
    /// A short name that the text has defined.
    Defined(Range<usize>, Defined),
    /// Words that end like a name.
    Words(Range<usize>),
    /// Nothing that names an instrument.
    None,
}

/// A Chinese character.
pub fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '〇'
}

/// Where the Han characters before `end` begin, and the year before them (2018年公司法).
fn window(text: &str, end: usize) -> usize {
    let head = text.get(..end).unwrap_or("");
    let han = head.chars().rev().take(WINDOW_CHARS_MAX).take_while(|c| is_han(*c)).map(char::len_utf8).sum::<usize>();
    let mut start = end - han;
    // 2018年10月26日修正的公司法: from the day to the year.
    for unit in ['日', '月', '年'] {
        let before = head.get(..start).unwrap_or("");
        let digits = before.bytes().rev().take(5).take_while(u8::is_ascii_digit).count();
        let counts = if unit == '年' { digits == 4 } else { matches!(digits, 1 | 2) };
        if counts && head.get(start..).is_some_and(|words| words.starts_with(unit)) {
            let up = if unit == '日' { '月' } else { '年' };
            let rest = before.get(..before.len() - digits).unwrap_or("");
            start = if unit == '年' { start - digits } else { rest.strip_suffix(up).map_or(start, str::len) };
        }
    }
    start
}

/// What names the instrument of a place that begins at `start`.
pub fn subject(text: &str, start: usize, defined: &HashMap<String, Defined>) -> Subject {
    let head = text.get(..start).unwrap_or("").trim_end_matches([' ', '\u{3000}']);
    let end = ["中的", "的", "中"].iter().find_map(|word| {
        let bare = head.strip_suffix(word)?;
        SUFFIXES.iter().any(|suffix| bare.ends_with(suffix)).then_some(bare.len())
    });
    let end = end.unwrap_or(head.len());
    let from = window(text, end);
    let words = text.get(from..end).unwrap_or("");
    if let Some(at) = own_begins(words) {
        return Subject::Own(from + at..end);
    }
    if let Some((name, defined)) = defined::at_end(text, from..end, defined) {
        return Subject::Defined(name, defined);
    }
    let Some(suffix) = SUFFIXES.iter().find(|suffix| words.ends_with(**suffix)) else { return Subject::None };
    let before = words.strip_suffix(suffix).unwrap_or("");
    if let Some(at) = that_begins(before) {
        return Subject::That(from + at..end);
    }
    if let Some(at) = former_begins(before, suffix) {
        return Subject::Former(from + at..end, suffix);
    }
    if is_said(before, suffix) {
        return Subject::None;
    }
    let name = without_verbs(before);
    if name.is_empty() || *suffix == "法" && !is_name_before_law(before) {
        return Subject::None;
    }
    Subject::Words(from..end)
}

/// Where 该 begins before a kind (该法), or 同 behind a word that ends another (和同法, 依照同条例; not 合同法).
fn that_begins(before: &str) -> Option<usize> {
    let known = |rest: &&str| rest.is_empty() || rest.ends_with(|c| BEFORE_SAME.contains(c));
    let same = || before.strip_suffix('同').filter(known);
    before.strip_suffix('该').or_else(same).map(str::len)
}

/// Where 原 or 旧 begins before a mere word for a kind: 与原法第六条; not 草原法.
fn former_begins(before: &str, suffix: &str) -> Option<usize> {
    let rest = before.strip_suffix(['原', '旧']).filter(|_| KINDS.contains(&suffix))?;
    (rest.is_empty() || rest.ends_with(|c| BEFORE_ERA.contains(c))).then_some(rest.len())
}

/// Whether 规定 and 决定 are what somebody does and end no name: 有前款规定第三项, 对讨论决定第一款.
fn is_said(before: &str, suffix: &str) -> bool {
    match suffix {
        "规定" => before.ends_with(['款', '项', '条', '目', '所', '法', '例', '》', '章', '节']),
        "决定" => {
            ["讨论", "审议", "依法", "作出", "审查", "表决", "集体", "研究"].iter().any(|verb| before.ends_with(verb))
        }
        _ => false,
    }
}

/// Where 本 begins that makes words mean the text itself: 本法, 本实施细则, 本补充安排; not 本市条例.
fn own_begins(words: &str) -> Option<usize> {
    let at = words.rfind('本').filter(|at| !is_in_word(words.get(..*at).unwrap_or_default()))?;
    let kind = words.get(at + '本'.len_utf8()..)?;
    let place = kind.starts_with(|c| "市省县区级州院部局人次年月日国身地辖".contains(c));
    let names = SUFFIXES.iter().chain(&OWN_SUFFIXES).any(|suffix| kind.ends_with(suffix));
    // 本条例第三条规定 of 第二款 is more than a name.
    (names && !place && !kind.contains('第') && kind.chars().count() <= OWN_CHARS_MAX).then_some(at)
}

/// Whether 本 behind some words is part of a word: 基本法, 文本, 版本.
fn is_in_word(before: &str) -> bool {
    before.ends_with(|c| "版文样正副原课基蓝读成资日根书".contains(c))
}

/// A title with the region that stands before its brackets: 云州省《渡口条例》. Laws are of no region.
pub fn of_region(before: &str, key: &str) -> Option<String> {
    let of_law = key.ends_with('法') && !key.ends_with("办法") || key.starts_with("中华人民共和国");
    let region = level::region_at_end(before).filter(|_| !of_law && !level::begins_with_region(key))?;
    Some(format!("{region}{key}"))
}

/// Where 本 begins before a title in brackets that is only a kind, by its key: 本《细则》; not 文本《条例》.
pub fn own_in_brackets(before: &str, key: &str) -> Option<usize> {
    let rest = before.strip_suffix('本')?;
    (!is_in_word(rest) && own_begins(&format!("本{key}")) == Some(0)).then_some(rest.len())
}

/// Verbs before a citation.
const VERBS: [(&str, Role); 18] = [
    ("根据", Role::Basis),
    ("依据", Role::Basis),
    ("依照", Role::Basis),
    ("按照", Role::Basis),
    ("参照", Role::Basis),
    ("适用", Role::Basis),
    ("遵照", Role::Basis),
    ("对照", Role::Other),
    ("违反", Role::Violation),
    ("触犯", Role::Violation),
    ("废止", Role::Repeal),
    ("修改", Role::Amendment),
    ("符合", Role::Other),
    ("遵守", Role::Other),
    ("执行", Role::Other),
    ("实施", Role::Other),
    ("有关", Role::Other),
    ("以及", Role::Other),
];

/// Words without the verbs and small words at their beginning.
pub fn without_verbs(words: &str) -> &str {
    let mut rest = words;
    while let Some(next) = VERBS.iter().find_map(|(verb, _)| rest.strip_prefix(verb)) {
        rest = next;
    }
    rest
}

/// Whether 法 behind these words ends the name of a law, as far as its neighbours tell: not 依法, 违法, 办法, 方法.
fn is_name_before_law(before: &str) -> bool {
    // 公司法 and 法律适用法 are laws, whatever 司法 and 用法 are.
    if ["公司", "法律适用"].iter().any(|word| before.ends_with(word)) {
        return true;
    }
    // 立法法 is a law; 法法 else ends none.
    if before.ends_with('法') {
        return before.ends_with("立法");
    }
    const NEVER: &str = "依违合非方办司立执守用普无设想看做手技加减乘除疗枉算书画释不";
    before.chars().next_back().is_some_and(|c| !NEVER.contains(c))
}

/// Whether what follows 法 shows that it is part of another word: 法律, 法院, 法规.
fn is_other_word(after: &str) -> bool {
    !after.starts_with("规定") && after.starts_with(|c| "律规院定制官庭人学治令师医警案理工盲务".contains(c))
}

/// The words that end in a name at a trigger (法 条例 宪法 法典), or in the longer name that goes on behind it.
pub fn name(text: &str, trigger: Range<usize>) -> Option<Range<usize>> {
    let suffix = text.get(trigger.clone())?;
    let from = window(text, trigger.start);
    let before = text.get(from..trigger.start)?;
    let after = text.get(trigger.end..)?;
    if suffix == "法"
        && (!before.is_empty() && !is_name_before_law(before) || before.is_empty() || is_other_word(after))
    {
        return None;
    }
    if suffix != "宪法" && before.is_empty()
        || before.ends_with(['本', '该', '各', '其', '此'])
        || own_begins(before).is_some()
    {
        return None;
    }
    // 民法总则 is a law; 刑法总则 is a part of one.
    if before.ends_with('民') && after.starts_with("总则") {
        return Some(from..trigger.end + "总则".len());
    }
    if let Some(len) = interpretation_len(after) {
        return Some(from..trigger.end + len);
    }
    // The name goes on: 企业所得税法实施条例, 刑法修正案.
    let longer = ["实施条例", "实施细则", "实施办法", "实施规定", "修正案"];
    if let Some(more) = longer.iter().find(|more| after.starts_with(**more)) {
        let end = trigger.end + more.len();
        // 条例 is a trigger itself.
        return (!more.ends_with("条例")).then_some(from..end);
    }
    Some(from..trigger.end)
}

/// Length of what makes the name of a law that of an interpretation with its number: 公司法解释三, 民法典侵权编司法解释（一）; not
/// 公司法解释一下.
fn interpretation_len(after: &str) -> Option<usize> {
    static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[\p{Han}--[法第的]]{2,8}编)?(?:的?司法)?解释(?:[（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2})")
            .expect("a fixed pattern")
    });
    let len = NUMBERED.find(after.get(..floor(after, 80))?)?.end();
    let behind = after.get(len..)?.chars().next();
    behind.is_none_or(|c| !is_han(c) || "第的规中和与及或".contains(c)).then_some(len)
}

/// Where a place may begin behind a name that ends at `end`.
pub fn to_place(text: &str, end: usize) -> usize {
    let at = super::skip_spaces(text, end);
    let rest = text.get(at..).unwrap_or("");
    let joined =
        ["中的", "的", "中"].iter().find(|word| rest.strip_prefix(**word).is_some_and(|r| r.starts_with('第')));
    let at = at + joined.map_or(0, |word| word.len());
    text.get(at..).and_then(divisions).map_or(at, |len| at + len)
}

/// Whether divisions and an article follow a name that ends at `end`.
pub fn is_divided(text: &str, end: usize) -> bool {
    text.get(super::skip_spaces(text, end)..).and_then(divisions).is_some()
}

/// Length of the divisions before an article: 合同编, 第三编第二章, 分则第三章第二节、.
fn divisions(text: &str) -> Option<usize> {
    static DIVISIONS: LazyLock<Regex> = LazyLock::new(|| {
        let number = "第[一二三四五六七八九十百0-9]{1,5}";
        let named = r"[\p{Han}--[第条款编章节]]{2,8}(?:编|分编)";
        let part = format!("(?:{number}(?:分编|编|章|节)|{named})");
        Regex::new(&format!("^(?:(?:总则|分则){part}{{0,4}}|{part}{{1,4}})、?")).expect("a fixed pattern")
    });
    let len = DIVISIONS.find(text.get(..floor(text, 120))?)?.end();
    let behind = text.get(len..)?;
    let number = ordinal(behind)?;
    behind.get(number.len..)?.starts_with(['条', '條']).then_some(len)
}

fn floor(text: &str, at: usize) -> usize {
    crate::text::points::boundary_before(text, at.min(text.len()))
}

/// Rows of a table above a cell in which its head is looked for.
const TABLE_ROWS_MAX: usize = 200;

/// Longest row before a cell, in bytes: a text without line breaks must not be searched for one again and again.
const ROW_BYTES_MAX: usize = 4_000;

/// The law whose articles a table lists, where its head says so: | 刑法条文 | 罪名 |.
pub fn table_of(text: &str, start: usize) -> Option<&str> {
    let head = text.get(..start)?;
    let near = floor(head, start.saturating_sub(ROW_BYTES_MAX));
    if near > 0 && !head.get(near..)?.contains('\n') {
        return None;
    }
    let mut rows = head.rsplit('\n').take(TABLE_ROWS_MAX).take_while(|row| row.trim_start().starts_with('|'));
    let own = rows.next()?;
    let first = rows.last()?;
    let column = own.matches('|').count();
    let cell = first.split('|').nth(column)?.trim();
    let law = cell.strip_suffix("条文").or_else(|| cell.strip_suffix("条款"))?.trim_end_matches('的');
    law.ends_with('法').then_some(law)
}

/// What the words before a name say the sentence does with it.
pub fn role(text: &str, start: usize) -> Role {
    let head = text.get(..start).unwrap_or("");
    let from = head.char_indices().rev().take(14).take_while(|(_, c)| !"。；;\n".contains(*c)).last();
    let mut words = from.and_then(|(at, _)| head.get(at..)).unwrap_or("");
    if let Some((at, c)) = words.char_indices().rfind(|(_, c)| "，,：:".contains(*c)) {
        words = words.get(at + c.len_utf8()..).unwrap_or(words);
    }
    // 修改后的《…》 does nothing.
    let acts = |at: usize, verb: &str| !words.get(at + verb.len()..).is_some_and(|rest| rest.starts_with(['前', '后']));
    // 未违反《…》 says that it was not.
    let role_of = |at: usize, role: Role| match role {
        Role::Violation if words.get(..at).is_some_and(is_denied) => Role::Other,
        role => role,
    };
    let found = VERBS.iter().filter_map(|(verb, role)| words.rfind(verb).map(|at| (at, *verb, *role)));
    let found = found.filter(|(at, verb, _)| acts(*at, verb)).map(|(at, _, role)| (at, role_of(at, role)));
    found.max_by_key(|(at, _)| *at).map_or(Role::Other, |(_, role)| role)
}

/// Words before a title in book brackets that speak of making it, and words behind it.
const PLANS: [&str; 8] = ["制定", "制订", "起草", "出台", "加快", "推进", "推动", "促进"];
const PLANNED: [&str; 8] = ["立法", "的立法", "出台", "的出台", "制定", "的制定", "起草", "的起草"];
/// Characters before a title in which they are looked for.
const PLANS_CHARS_MAX: usize = 12;

/// Whether a law in book brackets is one that is still to be made: 研究制定《…法》, 推动《…法》立法. What is said of a document that
/// whoever speaks has made himself (制定了《…办法》) is no law.
pub fn is_planned(text: &str, span: &Range<usize>) -> bool {
    let name = text.get(span.clone()).unwrap_or("").trim_end_matches('》');
    if !(name.starts_with('《') && (name.ends_with('法') && !name.ends_with("办法") || name.ends_with("条例"))) {
        return false;
    }
    let after = text.get(span.end..).unwrap_or("");
    let head = text.get(..span.start).unwrap_or("");
    let from = head.char_indices().rev().take(PLANS_CHARS_MAX).take_while(|(_, c)| !"。；;：，,\n".contains(*c)).last();
    let before = from.and_then(|(at, _)| head.get(at..)).unwrap_or("");
    let makes = ["制定", "制订", "起草", "出台"].iter().any(|verb| before.ends_with(verb));
    let ends = after.is_empty() || after.starts_with(['，', '。', '、', '；', '等', '和', '及', '与', '\n']);
    let plans = PLANS.iter().any(|verb| before.contains(verb)) || before.contains("研究") || before.contains("抓紧");
    makes && ends || plans && PLANNED.iter().any(|words| after.starts_with(words))
}

/// Longest quotation between two members of a series, in bytes.
const QUOTED_BYTES_MAX: usize = 1500;

/// Whether what follows a place tells what it provides: 第五条规定, 第五条“…”, 第五条：“…”.
pub fn is_quoted_next(after: &str) -> bool {
    let bare = after.trim_start_matches(['：', ':', '，', ',', ' ']);
    after.starts_with("规定") || bare.starts_with(['“', '「', '‘', '"'])
}

/// Where the citation ends whose quotation a further member of its series follows: behind 第三条 in 第三条的“…”和第五条; `apart`
/// if nothing but marks need stand between them (第三条规定：“…。”第五条规定, 第三条“…”，第五条“…”).
pub fn before_quotation(text: &str, start: usize, apart: bool) -> Option<usize> {
    let trimmed = |end: usize| text.get(..end).map(|head| head.trim_end_matches([' ', '\u{3000}']));
    let head = trimmed(start)?;
    let joined = ["以及", "或者", "、", "和", "与", "及", "或"].iter().find_map(|word| head.strip_suffix(*word));
    let bare = head.trim_end_matches('\n').trim_end_matches(['，', ',', '；', ';', '。']);
    let head = joined.or(apart.then_some(bare))?;
    let head = head.strip_suffix('、').unwrap_or(head).trim_end();
    let head = ["的规定", "之规定", "规定", "的"].iter().find_map(|word| head.strip_suffix(*word)).unwrap_or(head);
    let close = head.chars().next_back()?;
    let open = match close {
        '”' => '“',
        '’' => '‘',
        '」' => '「',
        '"' => '"',
        _ => return None,
    };
    let inner = head.len() - close.len_utf8();
    let from = crate::text::points::boundary_after(text, inner.saturating_sub(QUOTED_BYTES_MAX));
    let mut depth = 1usize;
    let begin = text.get(from..inner)?.char_indices().rev().find(|(_, c)| {
        depth = if *c == open { depth - 1 } else { depth + usize::from(*c == close) };
        depth == 0
    });
    let head = trimmed(from + begin?.0)?.trim_end_matches(['：', ':', '，', ',']);
    let said = ["规定的", "规定", "所称的", "所称", "所指的", "中的", "的", "中"];
    let said = said.iter().find_map(|word| head.strip_suffix(*word));
    Some(said.map_or(head, |head| head.strip_suffix('的').unwrap_or(head)).len())
}

/// Whether words only join two members of a series.
pub fn joins(between: &str) -> bool {
    let words = between.trim();
    words.len() <= 24
        && (words.is_empty()
            || ["、", "，", ",", "和", "与", "及", "以及", "或者", "或", "的规定，", "的规定和", "、和", "及其"]
                .contains(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_place() {
        let meant = super::super::super::mention::Target::Titled("渡口办法".to_string());
        let defined = HashMap::from([("办法".to_string(), Defined::from(meant))]);
        let of = |text: &str| subject(text, text.len(), &defined);
        assert!(matches!(of("违反本条例"), Subject::Own(_)));
        assert!(matches!(of("违反本实施细则"), Subject::Own(_)));
        assert!(matches!(of("依照该法"), Subject::That(_)));
        assert!(matches!(of("第三十三条和同法"), Subject::That(_)));
        assert!(matches!(of("参见同法"), Subject::That(_)));
        assert!(matches!(of("参见合同法"), Subject::Words(_)));
        assert!(matches!(of("与原法"), Subject::Former(_, "法")));
        assert!(matches!(of("原条例"), Subject::Former(_, "条例")));
        assert!(matches!(of("依照草原法"), Subject::Words(_)));
        assert!(matches!(of("依照合同法"), Subject::Words(_)));
        assert!(matches!(of("依照办法"), Subject::Defined(..)));
        assert!(matches!(of("违反本办法"), Subject::Own(_)));
        assert!(matches!(of("依照行政处罚法"), Subject::Words(_)));
        assert!(matches!(of("依照行政处罚法的"), Subject::Words(_)));
        assert!(matches!(of("依照公司法"), Subject::Words(_)));
        assert!(matches!(of("涉外民事关系法律适用法"), Subject::Words(_)));
        assert_eq!(of("依照规定"), Subject::None);
        assert_eq!(of("可以依法"), Subject::None);
        assert_eq!(of("处"), Subject::None);
    }

    #[test]
    fn a_law_that_is_to_be_made_is_planned() {
        let planned = |text: &str| {
            let (start, end) = (text.find('《').unwrap(), text.find('》').unwrap() + '》'.len_utf8());
            is_planned(text, &(start..end))
        };
        for text in [
            "研究制定《渡口法》、《河流法》。",
            "推动《渡口法》立法进程",
            "加快《渡口管理条例》的制定",
            "抓紧起草《渡口法》",
        ] {
            assert!(planned(text), "{text}");
        }
        for text in [
            "制定了《渡口法》",
            "根据《渡口法》制定本办法",
            "制定《渡口管理办法》，现印发",
            "制定《渡口法》实施细则",
            "推动《渡口法》实施",
        ] {
            assert!(!planned(text), "{text}");
        }
    }

    #[test]
    fn roles_come_from_the_nearest_verb() {
        let of = |text: &str| role(text, text.len());
        assert_eq!(of("根据"), Role::Basis);
        assert_eq!(of("违反了"), Role::Violation);
        assert_eq!(of("当事人辩称其行为未违反"), Role::Other);
        assert_eq!(of("当事人没有违反"), Role::Other);
        assert_eq!(of("违反规定的，依照"), Role::Basis);
        assert_eq!(of("市人民政府"), Role::Other);
    }
}
