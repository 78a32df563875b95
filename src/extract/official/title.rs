//! Where a document has its title: centred above the text, in its first line, below the name of a site or of a series of standards, or
//! nowhere.

use super::head::Stated;
use super::{DAY, bare};
use crate::extract::blocks::{Block, Paragraph};
use crate::extract::header;
use crate::law::structure::numbers::leading;
use regex::Regex;
use std::sync::LazyLock;

/// Most paragraphs that a title goes over.
const TITLE_PARAGRAPHS: usize = 5;
/// Shortest line that is the title because the name of the file has it, in characters.
const NAME_CHARS: usize = 8;
/// Paragraphs among which the title stands where something else is above it.
const FURNITURE_PARAGRAPHS: usize = 12;
const STANDARD_PARAGRAPHS: usize = 20;
/// Longest title, in characters.
const TITLE_CHARS: usize = 120;
/// Longest first line that is the title of a file whose name says nothing, in characters.
const OPENING_CHARS: usize = 60;
/// So many Chinese characters say something.
const SAID_CHARS: usize = 4;
/// What names of files say that says nothing.
const NAMELESS: [&str; 7] = ["新建", "文档", "附件", "扫描件", "无标题", "副本", "未命名"];
/// How titles end, with or without a remark in brackets behind them.
pub(super) static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    let kinds = "法|法典|条例|规定|办法|细则|规则|通知|意见|方案|决定|决议|公告|通告|通报|批复|复函|函|措施|纲要|规划|计划|制度|标准|规范|规程|名录|目录|清单|解释|守则|准则|政策|案例|总体方案|指南|要点|说明|报告|办法\\(试行\\)|书|表|问题文件|宪法";
    Regex::new(&format!(r"^[^。；：]{{2,}}(?:{kinds})(?:\s*[（(〔【\[][^（）()]{{1,30}}[）)〕】\]])*$"))
        .expect("a constant pattern")
});
/// The name of a series of standards.
static SERIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:中华人民共和国|[\p{Han}]{2,6})?(?:国家|地方|行业)标准$").expect("a constant pattern")
});
/// A remark below a title that belongs to it.
pub(super) static REMARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[（(](?:\d{4}年?(?:版|本|修订|修正)|试行|暂行|修订稿?|征求意见稿|第[0-9一二三四五六七八九十]+[期批])[）)]$",
    )
    .expect("a constant pattern")
});
/// Kinds of official documents (公文文种), with which a title that says 关于 ends.
const KINDS: [&str; 17] = [
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函",
    "纪要", "预案", "办法",
];
/// The code of a register, which stands above a title without a name: YQDR-2023-01001.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[A-Z]{2,8}[0-9]{0,4}[-—－–][0-9]{4}[-—－–][0-9]{1,8}$").expect("a constant pattern")
});
/// Lines of numbers and codes that may stand above a title.
const NUMBERS: usize = 3;

/// Whether a line without white space is the code of a register.
pub(super) fn is_code(line: &str) -> bool {
    CODE.is_match(line)
}

/// How many lines that are only numbers or codes stand above a line that ends as titles do.
pub fn numbers_above<S: AsRef<str>>(lines: &[S]) -> usize {
    let bare = |at: usize| lines.get(at).map(|line| bare(line.as_ref().trim_start_matches('#')));
    let is_number = |line: &String| header::document_number(line).is_some() || is_code(line);
    let count = (0..NUMBERS).take_while(|at| bare(*at).as_ref().is_some_and(is_number)).count();
    let is_titled = bare(count)
        .is_some_and(|line| TITLE.is_match(&line) && !begins_unit(&line) && line.chars().count() <= TITLE_CHARS);
    if is_titled { count } else { 0 }
}

/// How many short lines stand above a title that is marked as one: the name of a site and a path (某网, 某网 » 刑法), or a red head
/// with the 文号.
pub fn above_title(blocks: &[&Block]) -> usize {
    let is_title = |block: &&Block| {
        let Block::Paragraph(one) = block else { return false };
        let line = bare(&one.text);
        let marked = one.outline.is_some_and(|level| level <= 2) || line.starts_with("中华人民共和国");
        marked && TITLE.is_match(&line) && !SERIES.is_match(&line)
    };
    let short = |block: &&Block| matches!(block, Block::Paragraph(one) if one.text.chars().count() <= TITLE_CHARS);
    let at = blocks.iter().take(FURNITURE_PARAGRAPHS).position(is_title).unwrap_or(0);
    // A centred first line that ends as titles of official documents do is it, whatever is a heading below: 附件 with its own title.
    let is_first = |block: &&Block| {
        let Block::Paragraph(one) = block else { return false };
        let line = bare(&one.text);
        one.centred && line.contains("关于") && ends(&line) && TITLE.is_match(&line)
    };
    let at = if blocks.first().is_some_and(is_first) { 0 } else { at };
    let lines: Vec<&str> = blocks
        .iter()
        .take(NUMBERS + 1)
        .map_while(|block| if let Block::Paragraph(one) = block { Some(one.text.as_str()) } else { None })
        .collect();
    let at = if at == 0 { numbers_above(&lines) } else { at };
    if blocks.iter().take(at).all(short) { at } else { 0 }
}

/// The title of a standard (国家标准), below the name of its series and its number.
pub fn standard(blocks: &[&Block]) -> Option<String> {
    let lines: Vec<String> = blocks
        .iter()
        .take(STANDARD_PARAGRAPHS)
        .map_while(|block| match block {
            Block::Paragraph(paragraph) => Some(bare(&paragraph.text)),
            Block::Table(_) => Some(String::new()),
        })
        .collect();
    let series = lines.iter().position(|line| SERIES.is_match(line))?;
    let is_title = |line: &&String| TITLE.is_match(line) && line.ends_with(['准', '范', '程', '法', '求', '则']);
    lines.get(series + 1..)?.iter().find(is_title).cloned()
}

/// The title at the head and what follows it: the paragraphs that are centred or a heading, else a first line that ends as titles
/// do or is the name of the file.
pub fn title<'b>(blocks: &'b [&'b Block], stem: &str) -> (Option<String>, &'b [&'b Block]) {
    let paragraph = |at: usize| match blocks.get(at) {
        Some(Block::Paragraph(paragraph)) => Some(paragraph),
        _ => None,
    };
    let is_further = |paragraph: &Paragraph| {
        let line = bare(&paragraph.text);
        let other = header::document_number(&line).is_some()
            || line.starts_with(['（', '(', '第']) && !REMARK.is_match(&line)
            || header::is_heading(&line)
            || DAY.is_match(&line)
            || begins_unit(&line)
            || SERIES.is_match(&line);
        paragraph.centred && !other
    };
    let mut words = String::new();
    for at in 0..TITLE_PARAGRAPHS {
        let Some(next) = paragraph(at) else { break };
        let line = bare(&next.text);
        let whole = at > 0 && (TITLE.is_match(&words) || words == bare(stem));
        let remark = at > 0 && REMARK.is_match(&line);
        let further = words != bare(stem) && next.centred && goes_on(&words, &line);
        if whole && !remark && !further || !(at == 0 || is_further(next)) {
            break;
        }
        let file = bare(stem);
        let whole_name = file == line || line.chars().count() >= NAME_CHARS && file.contains(&line);
        let names_file = whole_name || next.centred && file.starts_with(&line);
        let first = at == 0 && (is_further(next) || next.outline == Some(1) || names_file);
        if at == 0 && (begins_unit(&line) || SERIES.is_match(&line) || !(first || TITLE.is_match(&line)))
            || words.chars().count() + line.chars().count() > TITLE_CHARS
        {
            break;
        }
        words.push_str(&line);
        if at == 0 && !next.centred {
            let remark = paragraph(1).map(|next| bare(&next.text)).filter(|next| REMARK.is_match(next));
            let used = 1 + usize::from(remark.is_some());
            return (Some(words + &remark.unwrap_or_default()), blocks.get(used..).unwrap_or_default());
        }
    }
    let mut used = 0;
    let mut length = 0;
    while length < words.len() {
        length += paragraph(used).map_or(words.len(), |paragraph| bare(&paragraph.text).len());
        used += 1;
    }
    (Some(words).filter(|words| !words.is_empty()), blocks.get(used..).unwrap_or_default())
}

/// What stands first in a file whose name says nothing (53, 附件1, 新建文档), if it can be a title; and what follows it.
pub fn opening<'b>(blocks: &'b [&'b Block], stem: &str) -> Option<(String, &'b [&'b Block])> {
    let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let stem = NAMELESS.iter().fold(stem.to_string(), |stem, word| stem.replace(word, ""));
    let Some(Block::Paragraph(first)) = blocks.first() else { return None };
    let line = bare(&first.text);
    let length = line.chars().count();
    let possible = (SAID_CHARS..=OPENING_CHARS).contains(&length)
        && line.chars().filter(is_han).count() >= SAID_CHARS
        && !line.ends_with(['。', '；', '：', ':', '，', '、'])
        && !line.starts_with(['第', '（', '(', '<', '|'])
        && !(begins_unit(&line) || header::is_heading(&line) || DAY.is_match(&line) || SERIES.is_match(&line))
        && header::document_number(&line).is_none();
    let nameless = stem.chars().filter(is_han).count() < SAID_CHARS;
    (nameless && possible && blocks.len() > 1).then(|| (line, blocks.get(1..).unwrap_or_default()))
}

/// Whether a whole title goes on all the same: with a remark in brackets, 的通知, or – where it says 关于 and does not end with
/// a kind of document yet – with a line that does.
pub(super) fn goes_on(words: &str, next: &str) -> bool {
    let further = next.starts_with(['的', '》']) || words.contains("关于") && !ends(words) && !next.contains("关于");
    REMARK.is_match(next) || further && (ends(next) || next.ends_with("规定"))
}

/// Whether words end as titles of official documents do.
pub(super) fn ends(words: &str) -> bool {
    KINDS.iter().any(|kind| words.ends_with(kind))
}

/// The lines of a paragraph with line breaks: those of a title are one, whatever its lines end with.
pub fn lines(paragraph: &Paragraph) -> Vec<String> {
    let lines: Vec<&str> = paragraph.text.lines().collect();
    let breaks = |line: &&&str| {
        let line = bare(line);
        let of_mark = line.ends_with("文件") || line.ends_with('令');
        let own = line.starts_with(['（', '(', '第']) || DAY.is_match(&line) || begins_unit(&line);
        of_mark || own && !REMARK.is_match(&line) || header::document_number(&line).is_some()
    };
    let length = lines.iter().take(TITLE_PARAGRAPHS).take_while(|line| !breaks(line)).count();
    let title: String = lines.iter().take(length).map(|line| bare(line)).collect();
    let is_title = length > 1 && paragraph.centred && title.chars().count() <= TITLE_CHARS && TITLE.is_match(&title);
    let (first, used) = if is_title { (Some(title), length) } else { (None, 0) };
    first.into_iter().chain(lines.iter().skip(used).map(|line| line.to_string())).collect()
}

/// Whether a line begins with a number of its own.
pub(super) fn begins_unit(line: &str) -> bool {
    let behind = leading(line).and_then(|number| line.get(number.len..));
    behind.is_some_and(|rest| rest.starts_with(['、', '.', '．']))
        || line.starts_with(['（', '(']) && !REMARK.is_match(line)
}

/// What follows the title without lines at its head that only repeat it or the number stated.
pub fn without_repeats<'b>(blocks: &'b [&'b Block], title: &str, stated: &Stated) -> &'b [&'b Block] {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let number = stated.number().map(plain).filter(|number| !number.is_empty());
    let own = plain(title);
    let repeats = |block: &&&Block| {
        let Block::Paragraph(paragraph) = block else { return false };
        let line = plain(&paragraph.text);
        line == own || Some(&line) == number.as_ref() || own.strip_prefix(line.as_str()).is_some_and(is_remark)
    };
    let repeated = blocks.iter().take_while(repeats).count();
    blocks.get(repeated..).unwrap_or_default()
}

/// Whether what a title says more than a line is only which text of it: 2017修正.
pub(super) fn is_remark(rest: &str) -> bool {
    !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || "年修正订本版".contains(c))
}
