//! Titles, history lines (题注) and dates as collections write them around a text.

use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// A regular expression made once from a constant of this file; a wrong one fails every test.
macro_rules! constant_pattern {
    ($name:ident, $source:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($source).expect("a constant pattern"));
    };
}

constant_pattern!(
    DATE_FIRST,
    r"^[（(\[［]*\s*(?:根据|依据|经|自|于)?\s*(?:\d{4}|[一二][〇○零九八一二三四五六七]{3})\s*年"
);
constant_pattern!(EVENT, r"通过|公布|发布|修正|修订|修改|批准|施行|废止|实施|生效|印发|失效|执行|颁布|备案|号令|令第");
constant_pattern!(
    EVENT_LAST,
    r"(?:通过|公布|发布|修正|修订|修改|批准|施行|废止|实施|生效|印发|失效|执行|颁布|备案)[》）)\]］。；;，,、\s]*$"
);
constant_pattern!(BIDS, r"应当|不得|禁止|严禁|必须|罚款|违者|责令|负责|申请人|处以");
constant_pattern!(ARTICLE_FIRST, r"^[#*\s　]*第\s*[一二三四五六七八九十百千零〇\d]+\s*[条章编节]");
constant_pattern!(
    DOCUMENT_NUMBER,
    r"^[（(]?\s*([\p{Han}]{1,16}[〔\[［（(【﹝〖]\s*(?:19|20)\d{2}\s*[〕\]］）)】﹞〗]\s*\d+\s*号)(?:[\s　]+\d{4}\s*[年-]\s*\d{1,2}\s*[月-]\s*\d{1,2}\s*日?)?\s*[）)]?$"
);
// Longer words before the year are the name of an organ and its word.
constant_pattern!(
    NUMBER_FIRST,
    r"^[（(]\s*(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*)?(\p{Han}{1,8}[〔\[［（(【﹝〖]\s*(?:19|20)\d{2}\s*[〕\]］）)】﹞〗]\s*\d+\s*号)[^〔\[［【﹝〖]*[）)]$"
);
constant_pattern!(NUMBER_INSIDE, r"[\p{Han}]{1,16}[〔\[［（(【﹝〖]\s*(?:19|20)\d{2}\s*[〕\]］）)】﹞〗]\s*\d+\s*号");
constant_pattern!(
    ORDER,
    r"^[（(]?(?:中华人民共和国)?[\p{Han}\s、]{0,40}令\s*(?:[（(〔]?\s*(?:\d{4}年?[〕]?)?\s*第?\s*[\d一二三四五六七八九十百〇]+\s*号\s*[）)]?)?\s*[）)]?$"
);
constant_pattern!(ORDER_INSIDE, r"(?:令|公告)\s*(?:\d{4}\s*年?)?\s*(?:第|〔|\d)|^[（(]\d{4}年?修[正订][）)]$");
constant_pattern!(
    NOTICE,
    r"^(?:《[^。]{2,200}》(?:[（(][^（()）]*[）)])?\s*(?:已|于|经|由)[^。]{4,200}(?:通过|公布|发布|施行)|现(?:予)?(?:公布|发布)《|[\p{Han}]{2,20}令第\s*\d+\s*号，)"
);
constant_pattern!(ORDER_LAST, r"^[\p{Han}]{2,30}第\s*\d+\s*号令$");
constant_pattern!(
    SIGNER,
    r"^[（(]?第\s*[\d一二三四五六七八九十百]+\s*号[）)]?$|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$|^(?:[\p{Han}]{0,12}(?:部\s*长|局\s*长|主\s*任|主\s*席|总\s*理|署\s*长|行\s*长|省\s*长|市\s*长|部长|局长)[\s　]*[\p{Han}\s　]{2,6}|(?:最高人民(?:法院|检察院)[\s　、]*){1,2}|[\p{Han}]{2,16}(?:公告|令|部|局|委员会))$"
);
constant_pattern!(HEADING, r"^(?:第[一二三四五六七八九十百]+(?:编|分编|章|节)|序言|前言|附则|附件|附录|附表).{0,60}$");
constant_pattern!(BODY_FIRST, r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|目\s*录|为|根据)");
constant_pattern!(DATE_IN_NAME, r"[（(_](\d{4})-?(\d{2})-?(\d{2})[）)]?$");
constant_pattern!(CHINESE_DATE, r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日");
constant_pattern!(NUMERIC_DATE, r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[\sT].*)?$");

/// Whether a line begins with the year of an event (2020年…, 根据2020年…, （2020年…).
pub fn begins_with_date(line: &str) -> bool {
    DATE_FIRST.is_match(line)
}

/// Whether a paragraph tells history: it begins with a date and, in brackets, names an event or, without, ends with one.
pub fn is_history(line: &str) -> bool {
    let line = line.trim();
    let bracketed = line.starts_with(['（', '(', '[', '［']);
    let event = if bracketed { EVENT.is_match(line) } else { EVENT_LAST.is_match(line) };
    begins_with_date(line) && event && !ARTICLE_FIRST.is_match(line) && !bids(line)
}

/// Whether a line bids or forbids something, titles in it left out: that is text, whatever it begins and ends with.
fn bids(line: &str) -> bool {
    let mut depth = 0usize;
    let plain: String = line
        .chars()
        .filter(|c| {
            match c {
                '《' | '〈' => depth += 1,
                '》' | '〉' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
        .collect();
    BIDS.is_match(&plain)
}

/// Whether a line begins with the number of an article or a chapter.
pub fn begins_article(line: &str) -> bool {
    ARTICLE_FIRST.is_match(line)
}

/// Whether a line without white space is the heading of a part of the text: 第一章总则, 附则.
pub fn is_heading(line: &str) -> bool {
    HEADING.is_match(line)
}

/// Whether a line is nothing but a 文号; the number as written, without brackets around it.
pub fn document_number(line: &str) -> Option<&str> {
    DOCUMENT_NUMBER.captures(line.trim()).and_then(|found| found.get(1)).map(|number| number.as_str())
}

/// The 文号 that a history line is, or with which one in brackets begins: （云政发〔2025〕30号，2025年12月1日公布）.
pub fn number_of_history(line: &str) -> Option<&str> {
    let first = || NUMBER_FIRST.captures(line.trim()).and_then(|found| found.get(1)).map(|number| number.as_str());
    document_number(line).or_else(first)
}

/// The 文号 in a file name.
pub fn number_in(stem: &str) -> Option<String> {
    NUMBER_INSIDE.find(stem).map(|number| number.as_str().to_string())
}

/// Joins header lines that a collection wrapped: what does not begin with a date belongs to the line before it, unless
/// that line is already complete (ends with an event and with all its quotation marks closed).
pub fn join_wrapped<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for line in lines.into_iter().map(str::trim).filter(|line| !line.is_empty()) {
        let fresh = begins_with_date(line) || document_number(line).is_some();
        match joined.last_mut() {
            Some(last) if !fresh && !is_complete(last) => last.push_str(line),
            _ => joined.push(line.to_string()),
        }
    }
    joined
}

fn is_complete(line: &str) -> bool {
    let open = line.matches(['《', '〈', '<']).count();
    let closed = line.matches(['》', '〉', '>']).count();
    document_number(line).is_some() || (open <= closed && (EVENT_LAST.is_match(line) || !begins_with_date(line)))
}

/// The date at the end of a file stem, in brackets or after an underscore, and the stem without it.
pub fn split_name_date(stem: &str) -> (&str, Option<Date>) {
    let found = DATE_IN_NAME.captures(stem).and_then(|found| {
        let start = found.get(0)?.start();
        Some((start, numbers(&found)?))
    });
    match found {
        Some((start, date)) => (stem.get(..start).unwrap_or(stem).trim(), Some(date)),
        None => (stem.trim(), None),
    }
}

/// The first date written as 2020年5月6日.
pub fn chinese_date(text: &str) -> Option<Date> {
    CHINESE_DATE.captures(text).and_then(|found| numbers(&found))
}

/// A date written as 2020-05-06, 2020.5.6 or 2020/5/6, a time of day after it ignored.
pub fn numeric_date(text: &str) -> Option<Date> {
    NUMERIC_DATE.captures(text.trim()).and_then(|found| numbers(&found))
}

fn numbers(found: &regex::Captures<'_>) -> Option<Date> {
    let number = |group| found.get(group)?.as_str().parse::<i16>().ok();
    Date::new(number(1)?, i8::try_from(number(2)?).ok()?, i8::try_from(number(3)?).ok()?).ok()
}

/// The last part of a path without its ending (and without `.zst`).
pub fn stem(path: &str) -> &str {
    let name = name(path).trim_end_matches(".zst");
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The last part of a path.
pub fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folder of a path, without a slash at its end.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// History paragraphs at the head of a body that marks no end of its header: bracketed paragraphs and dated lines, also
/// wrapped over lines. Gives the history and the rest.
pub fn take_history(body: &str) -> (Vec<String>, &str) {
    let mut history = Vec::new();
    let mut rest = body.trim_start_matches(['\n', ' ', '\u{3000}', '\u{a0}', '\t']);
    while let Some((paragraph, after)) = history_paragraph(rest) {
        history.push(paragraph);
        rest = after.trim_start_matches(['\n', ' ', '\u{3000}', '\u{a0}', '\t']);
    }
    (history, rest)
}

/// History at the head of a body that begins with a promulgation notice: the order (…令 第N号), the paragraph 《…》已…通过，
/// 现予公布, its signer and date, bracketed paragraphs without a date of their own. Gives the history and the rest.
pub fn take_notice(body: &str) -> (Vec<String>, &str) {
    let mut history = Vec::new();
    let mut rest = body;
    let mut in_notice = false;
    loop {
        let (more, after) = take_history(rest);
        rest = after;
        history.extend(more);
        let line = rest.split('\n').next().unwrap_or(rest);
        let is_notice = is_notice(line.trim());
        if !(is_notice || (in_notice && is_signature(line.trim()))) {
            return (history, rest);
        }
        in_notice |= is_notice;
        history.push(line.trim().to_string());
        rest = rest.get(line.len()..).unwrap_or("");
    }
}

fn is_notice(line: &str) -> bool {
    let bracketed = line.starts_with(['（', '(']) && line.ends_with(['）', ')']) && line.chars().count() < 800;
    ORDER.is_match(line)
        || ORDER_LAST.is_match(line)
        || NOTICE.is_match(line)
        || (bracketed && (EVENT.is_match(line) || ORDER_INSIDE.is_match(line)))
}

/// A short line below a notice: who signed it and when.
fn is_signature(line: &str) -> bool {
    let short = !line.is_empty() && line.chars().count() <= 30 && !line.ends_with(['。', '：', ':', '；']);
    short && !ARTICLE_FIRST.is_match(line) && !BODY_FIRST.is_match(line) && SIGNER.is_match(line)
}

/// How many lines a bracketed history may span.
const HISTORY_LINES_MAX: usize = 40;

fn history_paragraph(text: &str) -> Option<(String, &str)> {
    let line = text.split('\n').next().unwrap_or(text);
    if document_number(line).is_some() {
        return Some((line.trim().to_string(), text.get(line.len()..)?));
    }
    if !begins_with_date(line.trim()) {
        return None;
    }
    let end = if line.trim_start().starts_with(['（', '(']) { bracket_end(text)? } else { wrapped_end(text, line) };
    let paragraph: String = text.get(..end)?.split('\n').map(str::trim).collect();
    is_history(&paragraph).then_some((paragraph, text.get(end..)?))
}

/// Over how many further lines a history line without brackets may be wrapped.
const WRAPPED_LINES_MAX: usize = 3;

/// End of the history line with which the text begins, also where the collection wrapped it after 根据, before 《 or inside
/// a title; the end of the first line if what follows does not make it whole.
fn wrapped_end(text: &str, line: &str) -> usize {
    let whole = |words: &str| {
        let open = words.matches(['《', '〈', '<']).count();
        is_history(words) && open <= words.matches(['》', '〉', '>']).count()
    };
    let mut words = line.trim().to_string();
    // A date alone is that of a signature; a sentence that ends is no torn line.
    let torn = !words.ends_with(['。', '；', '：', '！', '？', '日']) && chinese_date(&words).is_some();
    if whole(&words) || !torn {
        return line.len();
    }
    let mut end = line.len();
    let mut added = 0;
    while let Some(next) = text.get(end + 1..).map(|rest| rest.split('\n').next().unwrap_or(rest)) {
        end += 1 + next.len();
        let next = next.trim();
        if next.is_empty() {
            continue;
        }
        let other = next.starts_with(['#', '（', '(']) || document_number(next).is_some();
        if added == WRAPPED_LINES_MAX || other || ARTICLE_FIRST.is_match(next) || HEADING.is_match(next) {
            break;
        }
        words.push_str(next);
        added += 1;
        if whole(&words) {
            return end;
        }
    }
    line.len()
}

/// End of the paragraph that closes the bracket with which the text begins; the end of the first line if none closes.
fn bracket_end(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut lines = 0;
    let mut first_line = None;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '\n' => {
                first_line.get_or_insert(at);
                lines += 1;
                if depth == 0 {
                    return Some(at);
                }
                if lines > HISTORY_LINES_MAX {
                    break;
                }
            }
            _ => {}
        }
    }
    if depth == 0 { Some(text.len()) } else { first_line.or(Some(text.len())) }
}

/// Removes a table of contents (目录 and the headings under it) when each of its lines stands again later in the text.
pub fn without_contents(text: &str) -> String {
    contents(text).unwrap_or_else(|| text.to_string())
}

/// How far from the start 目录 may stand, and how many lines it may have.
const CONTENTS: (usize, usize) = (30, 400);

fn contents(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.split('\n').collect();
    let bare = |line: &str| line.chars().filter(|c| !c.is_whitespace() && *c != '#').collect::<String>();
    let start = lines.iter().take(CONTENTS.0).position(|line| bare(line) == "目录")?;
    let mut entries: Vec<String> = Vec::new();
    let mut end = start + 1;
    for line in lines.iter().skip(end) {
        let entry = bare(line).trim_start_matches('-').to_string();
        let ends = !entry.is_empty() && (!HEADING.is_match(&entry) || entries.first() == Some(&entry));
        if ends || entries.len() > CONTENTS.1 {
            break;
        }
        end += 1;
        if !entry.is_empty() {
            entries.push(entry);
        }
    }
    let rest = lines.get(end..)?;
    let again: String = rest.iter().map(|line| bare(line)).collect();
    if entries.is_empty() || entries.iter().any(|entry| !again.contains(entry.as_str())) {
        return None;
    }
    let kept = [lines.get(..start)?, rest].concat().join("\n");
    Some(kept.trim_start_matches('\n').to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wrapped_history_lines_are_joined() {
        let lines = [
            "2019年1月2日 云州省第三届人民代表大会《关于修改〈甲条例〉",
            "〈乙条例〉的决定》修正",
            "2020年1月1日 施行",
        ];
        let joined = join_wrapped(lines);
        assert_eq!(joined.len(), 2);
        assert!(joined[0].ends_with("〈甲条例〉〈乙条例〉的决定》修正"));
        assert_eq!(join_wrapped(["1958年4月1日 云州部批准", "发布之日施行"]).len(), 2);
        assert_eq!(join_wrapped(["2014年9月26", "日云州省人民代表大会批准"]), ["2014年9月26日云州省人民代表大会批准"]);
    }

    #[test]
    fn history_is_taken_from_the_head_only() {
        let body =
            "（2010年1月2日云州部令第3号公布\n自2010年5月1日起施行）\n\n第一条　为了管理船舶，2010年1月1日起施行。";
        let (history, rest) = take_history(body);
        assert_eq!(history, ["（2010年1月2日云州部令第3号公布自2010年5月1日起施行）"]);
        assert!(rest.starts_with("第一条"));
        assert!(take_history("2010年是丰收年，全县粮食增产。").0.is_empty());
        let text = "自2025年3月1日起，渡口禁止夜航，违者处五百元以下罚款，由县公安局负责执行。";
        assert!(take_history(text).0.is_empty(), "what bids is text");
        let title = "2010年1月2日《关于禁止夜航的决定》通过";
        assert_eq!(take_history(title).0.len(), 1, "what a title says is no bidding");
    }

    #[test]
    fn history_wrapped_without_brackets_is_joined() {
        let body = "2004年4月3日云州令第4号公布\n\n根据2019年3月2日《关于修改云法规的决定》第三次修订根据\n\n2022年3月9日《关于修改\n云法规的决定》第四次修订\n\n第一条　甲。";
        let (history, rest) = take_history(body);
        assert_eq!(history.len(), 2);
        assert!(history[1].ends_with("第三次修订根据2022年3月9日《关于修改云法规的决定》第四次修订"), "{history:?}");
        assert!(rest.starts_with("第一条"));
        let (history, rest) =
            take_history("根据1996年8月9日云州会议 \n　　《关于修改〈云法〉的决定》第一次修正 \n第一章");
        assert_eq!((history.len(), rest), (1, "第一章"));
        let prose = "2020年5月6日全县粮食\n增产，现予公布";
        assert_eq!(take_history(prose).0.len(), 1, "a line that is cut and ends with an event");
        assert!(take_history("2020年5月6日，全县粮食增产。\n现予公布").0.is_empty());
        assert!(take_history("2020年5月6日全县粮食\n第一条 现予公布").0.is_empty());
        let signed = "2020年5月6日\n云释〔2020〕5号\n云解释\n（2020年5月1日云院通过）";
        assert!(take_history(signed).0.is_empty(), "the day of a signature is no torn line");
    }

    #[test]
    fn names_give_dates() {
        let date = jiff::civil::date(2020, 5, 6);
        assert_eq!(split_name_date("甲办法(2020-05-06)"), ("甲办法", Some(date)));
        assert_eq!(split_name_date("甲办法_20200506"), ("甲办法", Some(date)));
        assert_eq!(split_name_date("甲办法（试行）"), ("甲办法（试行）", None));
        assert_eq!(split_name_date("甲办法(2020-13-06)"), ("甲办法(2020-13-06)", None));
        assert_eq!(numeric_date("2020/5/6"), Some(date));
        assert_eq!(chinese_date("自 2020 年 5 月 6 日起"), Some(date));
    }

    #[test]
    fn contents_go_only_when_they_stand_again() {
        let twice = "目　录\n第一章　总则\n第二章　附则\n\n第一章　总  则\n第一条　甲。\n第二章　附则\n第二条　乙。";
        assert!(without_contents(twice).starts_with("第一章　总  则"));
        let once = "目录\n第一章　总则\n第九章　罚则\n第一章　总则\n第一条　甲。";
        assert_eq!(without_contents(once), once);
    }

    proptest! {
        #[test]
        fn nothing_panics_and_nothing_is_lost(text in "[（）()第一条章目录\n 2020年月日公布#甲]{0,80}") {
            let (history, rest) = take_history(&text);
            let count = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
            prop_assert_eq!(count(&text), history.iter().map(|h| count(h)).sum::<usize>() + count(rest));
            let _ = without_contents(&text);
            let _ = split_name_date(&text);
            let _ = join_wrapped(text.lines());
        }
    }
}
