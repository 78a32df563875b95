//! The head of a draft and its signature: title, issuer, number, day (标题、发文机关、文号、成文日期).

use crate::law::history::first_date;
use crate::review::words::pattern;
use jiff::civil::Date;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// So many lines at the beginning are looked at for the head, and at the end for the signature.
const HEAD_LINES: usize = 12;
/// Longest title, in characters.
const TITLE_CHARS_MAX: usize = 90;
/// Longest line of a signature, in characters.
const SIGNATURE_CHARS_MAX: usize = 40;

/// What the head and the signature of a draft say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// 标题.
    pub title: Option<String>,
    /// Bytes of the lines of the title.
    pub title_span: Option<Range<usize>>,
    /// 制定机关、发文机关.
    pub issuer: Option<String>,
    /// 发文字号.
    pub number: Option<String>,
    /// 成文日期.
    pub written: Option<Date>,
    /// Bytes of the lines of the signature. What stands behind it is text again: an annex, the document that is promulgated.
    pub signature: Option<Range<usize>>,
}

static TITLE_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:的?(?:通知|意见|决定|公告|通告|批复|决议|函)|办法|方案|规定|细则|条例|法|规则|制度|措施|规范|预案|规划|标准|基准|指引|章程|要点)(?:[(（][^)）]{1,20}[)）]){0,3}$",
    )
});
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\p{Han}{1,12}[〔\[【（(〖﹝［](?:19|20)[0-9]{2}[〕\]】）)〗﹞］]第?[0-9]{1,4}号$"));
static TITLE_ISSUER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([\p{Han}、]{3,60}?)(?:关于|转发|印发)"));
static ORGAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}、（）()]{2,38}(?:政府|局|委员会|办公室|办公厅|办|厅|部|会|院|中心|指挥部|小组|专班|联席会议|大队|支队|中队|处|科|股|委|署|行)$",
    )
});
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[(（]?[0-9０-９一二三四五六七八九十〇○零]{4}\s*[年\-./]\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[月\-./]\s*[0-9０-９一二三四五六七八九十]{1,3}\s*日?[)）]?$",
    )
});

/// Reads head and signature. A text of one line has a title at most.
pub(super) fn read(text: &str) -> Head {
    let lines: Vec<Range<usize>> = lines(text).collect();
    let mut head = Head::default();
    let first = &lines[..lines.len().min(HEAD_LINES)];
    head.number = first.iter().map(|line| squeezed(&text[line.clone()])).find(|line| NUMBER.is_match(line));
    if let Some(span) = title(text, first) {
        let words = squeezed(&text[span.clone()]);
        head.issuer = issuer_of_title(&words);
        head.title = Some(words);
        head.title_span = Some(span);
    }
    sign(text, &lines, &mut head);
    head
}

/// The lines of the head that tell by which order the text was promulgated: （2022年4月14日云业部令第3号公布）.
pub(super) fn history(text: &str) -> Vec<String> {
    let heads = lines(text).take(HEAD_LINES).map(|line| text[line].trim().to_string());
    let before = heads.take_while(|line| !line.starts_with("第一条"));
    let begins = |line: &String| line.trim_start_matches(['（', '(']).starts_with(|c: char| c.is_ascii_digit());
    before.filter(|line| begins(line) && line.contains('令') && line.contains("布")).collect()
}

/// The organ that a title names before 关于: 云溪县人民政府关于印发…的通知.
pub(super) fn issuer_of_title(title: &str) -> Option<String> {
    let found = TITLE_ISSUER.captures(title)?;
    found.get(1).map(|organ| organ.as_str().to_string()).filter(|organ| ORGAN.is_match(organ))
}

/// The lines of the title: up to three short ones without a stop, the last of which ends as titles do.
fn title(text: &str, lines: &[Range<usize>]) -> Option<Range<usize>> {
    let is_short = |line: &Range<usize>| {
        let words = &text[line.clone()];
        words.chars().count() <= TITLE_CHARS_MAX && !words.contains(['。', '；', '：', ':', ';', '，', '|'])
    };
    let last = lines.iter().position(|line| is_short(line) && TITLE_END.is_match(&squeezed(&text[line.clone()])))?;
    if !lines[..last].iter().all(|line| is_short(line) || text[line.clone()].chars().count() <= TITLE_CHARS_MAX) {
        return None;
    }
    let about = |line: &Range<usize>| TITLE_ISSUER.is_match(&squeezed(&text[line.clone()]));
    let from = lines[..=last].iter().rposition(about).filter(|from| last - from <= 2).unwrap_or(last);
    Some(lines[from].start..lines[last].end)
}

/// Reads the signature: the first organ with a day below it, wherever an annex follows it; else a day alone in the last lines.
fn sign(text: &str, lines: &[Range<usize>], head: &mut Head) {
    let signed = lines.windows(2).find_map(|pair| {
        let [above, day] = pair else { return None };
        Some((organ(&text[above.clone()])?, above.start..day.end)).filter(|_| is_day(&text[day.clone()]))
    });
    if let Some((organ, span)) = signed {
        head.written = first_date(&squeezed(text[span.clone()].lines().next_back().unwrap_or_default()));
        head.issuer = head.issuer.take().or(Some(organ));
        head.signature = Some(span);
        return;
    }
    let from = lines.len().saturating_sub(HEAD_LINES);
    let is_alone = |at: &usize| {
        let said = at.checked_sub(1).is_some_and(|above| text[lines[above].clone()].ends_with(['：', ':']));
        is_day(&text[lines[*at].clone()]) && !said
    };
    if let Some(day) = (from..lines.len()).rev().find(is_alone) {
        head.written = first_date(&squeezed(&text[lines[day].clone()]));
        head.signature = Some(lines[day].clone());
    }
}

/// The organ that a line is and nothing else.
fn organ(line: &str) -> Option<String> {
    let organ = squeezed(line);
    (organ.chars().count() <= SIGNATURE_CHARS_MAX && ORGAN.is_match(&organ)).then_some(organ)
}

fn is_day(line: &str) -> bool {
    line.len() <= 80 && DAY.is_match(&squeezed(line))
}

/// The lines that are not blank, trimmed.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split('\n').filter_map(move |line| {
        let from = at + line.len() - line.trim_start().len();
        at += line.len() + 1;
        let words = line.trim();
        (!words.is_empty()).then(|| from..from + words.len())
    })
}

/// A line without marks of Markdown and without white space.
fn squeezed(line: &str) -> String {
    line.trim_start_matches(['#', '*', ' ']).chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
}
