//! Titles in book brackets, and what stands in brackets behind them.

use super::super::mention::VersionNote;
use super::{noted, number};
use crate::law::structure::numbers::ordinal;
use std::ops::Range;

/// Longest title, in characters. The longest real one has 98.
const TITLE_CHARS_MAX: usize = 150;
/// Longest remark in brackets behind a title, in characters.
const REMARK_CHARS_MAX: usize = 80;
/// Short names that one remark defines.
const SHORT_MAX: usize = 8;
/// Remarks behind one title.
const REMARKS_MAX: usize = 3;

/// A title.
#[derive(Debug, PartialEq, Eq)]
pub struct Title {
    /// Bytes inside the brackets.
    pub name: Range<usize>,
    /// Where its closing bracket ends.
    pub end: usize,
}

/// The title whose opening bracket is at `start`. Titles inside titles may stand in 〈〉, <> or 《》 again; where the brackets
/// do not match up to the end of the paragraph, the first closing bracket ends it.
pub fn read(text: &str, start: usize) -> Option<Title> {
    let from = start + '《'.len_utf8();
    let mut depth = 1usize;
    let mut first_close: Option<Range<usize>> = None;
    for (at, c) in text.get(from..)?.char_indices().take(TITLE_CHARS_MAX) {
        let at = from + at;
        match c {
            '《' => depth += 1,
            '》' => {
                depth -= 1;
                first_close.get_or_insert(at..at + c.len_utf8());
                if depth == 0
                    && let Some(name) = placed_inside(text, from..at)
                {
                    return Some(Title { end: name.end, name });
                }
                if depth == 0 {
                    // 《…》》: a bracket too many.
                    let end = at + c.len_utf8();
                    let twice = text.get(end..).is_some_and(|rest| rest.starts_with("》第"));
                    return Some(Title { name: from..at, end: if twice { end + '》'.len_utf8() } else { end } });
                }
            }
            '\n' | '。' | '；' if depth > 1 || first_close.is_some() => break,
            // A line break inside a title is a wrapped line; two are a paragraph.
            '\n' if ends_paragraph(text, at) => break,
            _ => {}
        }
    }
    match first_close {
        Some(close) => Some(Title { name: from..close.start, end: close.end }),
        None => wrongly_closed(text, from).or_else(|| never_closed(text, from)),
    }
}

/// 〈…〉 directly before a place, outside any title.
pub fn narrow(text: &str, start: usize) -> Option<Title> {
    let from = start + '〈'.len_utf8();
    let rest = text.get(from..)?;
    let mut chars = rest.char_indices().take(TITLE_CHARS_MAX);
    let (len, close) = chars.find(|(_, c)| matches!(c, '〉' | '〈' | '《' | '》' | '\n' | '。' | '；'))?;
    let end = from + len + close.len_utf8();
    let place = text.get(end..).and_then(ordinal).and_then(|number| text.get(end + number.len..));
    (close == '〉' && place.is_some_and(|rest| rest.starts_with(['条', '條'])))
        .then_some(Title { name: from..from + len, end })
}

/// 《…法第三条》: the place stands inside the brackets and is read like any other behind a name.
fn placed_inside(text: &str, inner: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(inner.clone())?;
    let at = words.find('第').filter(|_| words.ends_with(['条', '條', '款', '项', '目']))?;
    let (name, place) = words.split_at_checked(at)?;
    let behind = place.get(ordinal(place)?.len..)?.strip_prefix(['条', '條'])?;
    let is_place = behind.chars().all(|c| "之第款项目（）()〇一二三四五六七八九十".contains(c) || c.is_ascii_digit());
    let is_name = name.ends_with(['法', '例', '定', '释', '则', '典']) && !name.contains(['〈', '《', '<', '＜']);
    (is_name && is_place).then_some(inner.start..inner.start + at)
}

/// 《…〈…〉的解释第三条: no bracket closes it, and the place behind it ends it.
fn never_closed(text: &str, from: usize) -> Option<Title> {
    let mut open = 0usize;
    for (at, c) in text.get(from..)?.char_indices().take(TITLE_CHARS_MAX) {
        match c {
            '〈' => open += 1,
            '〉' if open > 0 => open -= 1,
            '》' | '《' | '\n' | '。' | '；' | '〉' => return None,
            '第' if open == 0 => {
                let rest = text.get(from + at..)?;
                let behind = ordinal(rest).and_then(|number| rest.get(number.len..));
                let placed = behind.is_some_and(|rest| rest.starts_with(['条', '條']));
                let named = text.get(from..from + at)?.ends_with(['法', '例', '定', '释', '则', '典']);
                if placed {
                    return named.then_some(Title { name: from..from + at, end: from + at });
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether the line break at `at` is followed by another.
fn ends_paragraph(text: &str, at: usize) -> bool {
    text.get(at + 1..).is_some_and(|rest| rest.trim_start_matches([' ', '\u{3000}']).starts_with('\n'))
}

/// 《…〉 and 《…>: closed by the wrong bracket.
fn wrongly_closed(text: &str, from: usize) -> Option<Title> {
    let mut open = 0usize;
    for (at, c) in text.get(from..)?.char_indices().take(TITLE_CHARS_MAX) {
        match c {
            '〈' | '<' | '＜' => open += 1,
            '〉' | '>' | '＞' if open == 0 => {
                return Some(Title { name: from..from + at, end: from + at + c.len_utf8() });
            }
            '〉' | '>' | '＞' => open -= 1,
            '\n' | '。' | '；' => return None,
            _ => {}
        }
    }
    None
}

/// A short name that a remark defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// The name.
    pub name: String,
    /// Bytes of the text, quotation marks included.
    pub span: Range<usize>,
    /// Whether it stands in book brackets.
    pub titled: bool,
}

/// What stands behind a name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// Short names that are defined.
    pub short: Vec<Short>,
    /// The version that is meant.
    pub note: Option<VersionNote>,
    /// Numbers of documents, their bytes.
    pub numbers: Vec<Range<usize>>,
    /// Where the remarks end.
    pub end: usize,
}

/// Remarks in round brackets directly behind a name.
pub fn behind(text: &str, start: usize) -> Behind {
    let mut behind = Behind { end: start, ..Behind::default() };
    if let Some((note, len)) = text.get(start..).and_then(noted::behind_title) {
        (behind.note, behind.end) = (Some(note), start + len);
    }
    for _ in 0..REMARKS_MAX {
        let Some((inner, end)) = remark(text, super::skip_spaces(text, behind.end)) else { break };
        let words = text.get(inner.clone()).unwrap_or("");
        let short = short_names(text, inner.clone());
        let note = match words.trim() {
            "旧" | "原" | "旧版" => Some(VersionNote::Former),
            "修订前" | "修改前" | "修正前" => Some(VersionNote::BeforeChange),
            "新" | "新版" | "最新" | "修订后" | "修改后" | "修正后" | "新修订" | "新修正" => {
                Some(VersionNote::Since)
            }
            _ => noted::in_remark(words),
        };
        let numbers = number::all(text, inner);
        // （自2015年1月1日起施行）, （2015年1月1日施行）
        let dated = words.trim_start().starts_with(|c: char| c == '自' || c.is_ascii_digit())
            && ["施行", "实施"].iter().any(|word| words.trim_end().ends_with(word));
        let newest = words.trim() == "现行";
        if short.is_empty() && note.is_none() && numbers.is_empty() && !dated && !newest {
            break;
        }
        behind.short.extend(short);
        behind.note = behind.note.or(note);
        behind.numbers.extend(numbers);
        behind.end = end;
    }
    behind
}

/// The inside of a round bracket at `start`, and where it ends.
pub(super) fn remark(text: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let rest = text.get(start..)?;
    let open = rest.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let from = start + open.len_utf8();
    let mut depth = 1usize;
    for (at, c) in text.get(from..)?.char_indices().take(REMARK_CHARS_MAX) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some((from..from + at, from + at + c.len_utf8()));
                }
            }
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// Words that define a short name.
const DEFINES: [&str; 8] = ["以下简称为", "以下简称", "以下统称", "以下合称", "以下称", "下文简称", "简称", "下称"];

/// The short names that a remark defines: 以下简称《办法》, 以下简称“处罚法”, 以下简称《甲法》《乙法》. `inner` is the inside of the brackets.
fn short_names(text: &str, inner: Range<usize>) -> Vec<Short> {
    let words = text.get(inner.clone()).unwrap_or("");
    let Some((from, verb)) = defines(words) else { return Vec::new() };
    let mut found: Vec<Short> = Vec::new();
    let mut at = from + verb.len();
    while let Some(rest) = words.get(at..).filter(|_| found.len() < SHORT_MAX) {
        let bare = rest.trim_start_matches([':', '：', '为', ' ', '、', '，', '和', '与', '及']);
        let start = at + (rest.len() - bare.len());
        let quoted = bare.trim_start_matches(['“', '”', '"', '《', '「', '‘', '\'', '〈']);
        let opened = bare.len() - quoted.len();
        if opened == 0 && !found.is_empty() {
            break;
        }
        let len =
            quoted.find(['”', '“', '"', '》', '」', '’', '\'', '，', ',', '。', '；', '〉']).unwrap_or(quoted.len());
        let name = quoted.get(..len).unwrap_or("").trim();
        if name.is_empty() || name.chars().count() > 40 {
            break;
        }
        let close = quoted.get(len..).and_then(|rest| rest.chars().next()).filter(|_| opened > 0);
        let end = start + opened + len + close.map_or(0, char::len_utf8);
        found.push(Short {
            name: name.to_string(),
            span: inner.start + start..inner.start + end,
            titled: bare.starts_with('《') && close == Some('》'),
        });
        at = end;
        if opened == 0 {
            break;
        }
    }
    found
}

/// The words that define, at the beginning of a remark or behind a comma in it (自2017年10月1日起施行，以下简称新条例).
fn defines(words: &str) -> Option<(usize, &'static str)> {
    let begins = |at: usize| {
        words
            .get(..at)
            .is_some_and(|before| before.trim().is_empty() || before.trim_end().ends_with(['，', ',', '；', '。']))
    };
    let found = DEFINES.iter().filter_map(|verb| Some((words.find(verb)?, *verb))).filter(|(at, _)| begins(*at));
    found.min_by_key(|(at, verb)| (*at, std::cmp::Reverse(verb.len())))
}

/// The title that an order makes known: 令第86号公布的《…》.
pub fn made_by(text: &str, end: usize) -> Option<Range<usize>> {
    let rest = text.get(end..)?;
    let verb =
        ["公布", "发布", "颁布", "印发", "修订", "修正", "修改"].iter().find_map(|verb| rest.strip_prefix(verb))?;
    let bare = verb.strip_prefix('的').unwrap_or(verb);
    let bare = bare.strip_prefix('原').unwrap_or(bare);
    bare.starts_with('《').then(|| read(text, text.len() - bare.len())).flatten().map(|title| title.name)
}

/// Characters before a number or title in which its year is looked for.
const YEAR_CHARS_MAX: usize = 40;

/// The year that the words before a place tell, in the same clause: 1998年12月3日国家工商行政管理局令, 2002年5月24日农业部发布的《…》.
pub fn year_before(text: &str, at: usize) -> Option<u16> {
    let head = text.get(..at)?;
    let near = head.char_indices().rev().take(YEAR_CHARS_MAX);
    let from = near.take_while(|(_, c)| !"。；;，,、（(《》\n".contains(*c)).last()?.0;
    let clause = head.get(from..)?;
    let year = clause.rfind('年')?;
    let digits = clause.get(year.checked_sub(4)?..year)?;
    digits.parse().ok().filter(|year| (1949..=2100).contains(year))
}

/// Whether 第X条 at `start` begins a line and has white space behind it: the number of a provision, not a mention.
pub fn begins_line(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or("");
    let own = before.trim_end_matches([' ', '\u{3000}', '\t', '*', '#']);
    if !(own.is_empty() || own.ends_with('\n')) {
        return false;
    }
    let Some(rest) = text.get(start..) else { return false };
    let Some(number) = ordinal(rest) else { return false };
    let Some(behind) = rest.get(number.len..).and_then(|rest| rest.strip_prefix(['条', '章', '节', '编'])) else {
        return false;
    };
    let behind = behind
        .strip_prefix('之')
        .map_or(behind, |rest| rest.trim_start_matches(|c| "一二三四五六七八九十".contains(c)));
    // A text that says nothing else, or goes on with a place (第三条 第二款), cites.
    let rest = behind.trim_start();
    let placed = ordinal(rest).is_some_and(|number| rest[number.len..].starts_with(['条', '款', '项']));
    if own.is_empty() && (rest.is_empty() || placed || rest.starts_with("的规定")) {
        return false;
    }
    behind.starts_with(|c: char| c.is_whitespace() || "*【[".contains(c)) || behind.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_titles_and_bracket_defects() {
        for (text, name) in [
            ("《渡口法》第三条", "渡口法"),
            ("《关于修改〈渡口法〉的决定》", "关于修改〈渡口法〉的决定"),
            ("《关于修改《渡口法》的决定》，", "关于修改《渡口法》的决定"),
            ("《关于修改《渡口法》的决定，自公布之日起施行。", "关于修改《渡口法"),
            ("《渡口法〉第三条", "渡口法"),
            ("《云桥县<渡口法>办法>第三条", "云桥县<渡口法>办法"),
            ("《渡口\n管理条例》", "渡口\n管理条例"),
            ("《渡口法》》第三条", "渡口法"),
            ("《云桥县〈渡口法〉的解释第三条", "云桥县〈渡口法〉的解释"),
            ("《渡口法第三条、第四条》", "渡口法第三条、第四条"),
        ] {
            let title = read(text, 0).unwrap();
            assert_eq!(&text[title.name], name, "{text}");
        }
        assert_eq!(read("《渡口法。第三条", 0), None);
    }

    #[test]
    fn remarks_behind_a_title() {
        let text = "（2017年修正）（以下简称《办法》）（云政发〔2018〕3号）第三条";
        let behind = behind(text, 0);
        assert_eq!(behind.note, Some(VersionNote::Year(2017)));
        assert_eq!(behind.short.iter().map(|short| short.name.as_str()).collect::<Vec<_>>(), ["办法"]);
        assert_eq!(behind.numbers.len(), 1);
        assert!(text[behind.end..].starts_with("第三条"));
        assert_eq!(super::behind("（试行）", 0).end, 0);
        for text in ["（2021年7月15日起施行）", "（自2021年7月15日起施行）", "（2021年1月1日施行）", "（新）"]
        {
            assert_eq!(super::behind(text, 0).end, text.len(), "{text}");
        }
        assert_eq!(super::behind("（旧）", 0).note, Some(VersionNote::Former));
        assert_eq!(super::behind("（2018）云0102行初3号", 0).note, Some(VersionNote::InYear(2018)));
    }

    #[test]
    fn the_number_of_a_provision_is_no_mention() {
        assert!(begins_line("第三条　甲", 0));
        assert!(begins_line("甲。\n**第三条** 乙", "甲。\n**".len()));
        assert!(!begins_line("第三条规定的", 0));
        assert!(!begins_line("第三条", 0), "a text from outside that says nothing else");
        assert!(!begins_line("第三条 第二款", 0));
        assert!(begins_line("甲。\n第三条", "甲。\n".len()));
        assert!(!begins_line("按照第三条　", "按照".len()));
    }
}
