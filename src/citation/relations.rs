//! What a text says it does to other instruments: 同时废止, 废止《…》, 根据《…》制定, 修改《…》, 《…》有效期延长. Each with the
//! sentence that proves it.

mod by_number;
mod catalogue;
mod dated;
mod extended;
mod extended_rows;
mod new_clause;
mod numbered;
mod sentence;
mod suspended;
mod titled;

use super::mention::{Mention, Role, Target};
pub use extended::{extending_words, number_behind};
pub use numbered::{is_of_other_number, numbers_named};
use regex::Regex;
use sentence::{sentence, sentence_of_line, unwrapped};
use std::ops::Range;
use std::sync::LazyLock;
pub use suspended::{Suspension, suspended};

/// What one instrument does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RelationKind {
    /// 废止.
    Repeals,
    /// 根据《…》制定.
    Implements,
    /// 修改.
    Amends,
    /// 延长有效期.
    Extends,
}

/// A relation that a text states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What is done.
    pub kind: RelationKind,
    /// Folded title of the one acted upon, or its number as [`super::names::number_key`] where the text names no title.
    pub title: String,
    /// Bytes of the title as cited.
    pub mention: Range<usize>,
    /// Bytes of the sentence that says so; of a repeal with the one beside it that dates it.
    pub sentence: Range<usize>,
    /// Bytes of what stands apart and belongs to the proof: what leads the list, or the provision that tells the first day.
    pub lead: Option<Range<usize>>,
}

/// Longest line that leads a list of repealed titles, in bytes.
const LEAD_BYTES_MAX: usize = 600;

/// Further members of a series of titles, with numbers and remarks. （1993农（绿）字第1号） has brackets inside; 云政发〔2015〕3号 may stand
/// without any.
const SERIES: &str = r"[、，,和与及\s]|以及|《[^》]*》|（[^（）]*(?:（[^（）]*）[^（）]*)*）|\([^)]*\)|[一-龥]{1,12}[〔\[［【﹝][12１２][0-9０-９]{3}[〕\]］】﹞]第?[0-9０-９]{1,5}号(?:文件?)?";

/// A number that stands before its title: 云政发〔2015〕3号《渡口办法》.
const NUMBER_BEFORE: &str = r"[一-龥]{1,12}[〔\[［【﹝（(][12１２][0-9０-９]{3}[〕\]］】﹞）)]第?[0-9０-９]{1,5}号(?:文件?)?(?:印发|发布|公布|下发)?的?";

/// From behind a title to 废止, over further members of its series, remarks and days.
static REPEALED: LazyLock<Regex> = LazyLock::new(|| {
    // 1994年6月23日河南省第八届人民代表大会常务委员会第八次会议批准的, of the next in the series.
    let day = r"自[^，。；《]{0,30}起|从[^，。；《]{0,30}起|于[^，。；《]{0,24}日|[12][0-9]{3}年[^，。；《]{0,100}的";
    let words =
        r"等[^，。；《]{0,24}|同时|即行|均|一并|也|即|相应|予以|自行|随之|全部|一律|即时|此前[^，。；《]{0,30}的";
    let end = r"(?:废止|失效|作废|撤销|(?:停止|不再|终止)(?:执行|施行|实施|适用|使用))(?:$|[，。；\s（(])";
    Regex::new(&format!("^(?:{SERIES}|{day}|{words})*{end}")).expect("a fixed pattern")
});
/// From 废止 to a title.
static REPEALS: LazyLock<Regex> = LazyLock::new(|| {
    let made = r"[^《》。；，]{0,60}(?:发布|公布|通过|批准|印发|修订|修正|制定|颁布|实施|施行)的?";
    Regex::new(&format!("(?:决定|现|即行|予以|同意|批准|：|:|，|^|、)(?:废止|撤销)(?:了|原)?(?:{made}|{NUMBER_BEFORE}|[、和与及\\s]|以及|《[^》]*》|（[^）]*）)*$")).expect("a fixed pattern")
});
/// From 决定停止执行 or 自2023年5月1日起停止执行 to a title.
static STOPS: LazyLock<Regex> = LazyLock::new(|| {
    let begins = r"(?:决定|现|即日起|^|，|[自从][^，。；《》]{2,20}起)";
    Regex::new(&format!(
        r"{begins}(?:停止|终止|不再)执行(?:了|原)?(?:{NUMBER_BEFORE}|[、和与及\s]|以及|《[^》]*》|（[^）]*）)*$"
    ))
    .expect("a fixed pattern")
});

/// The relations that the mentions of a text state. `title` is that of the document.
pub fn relations(title: &str, text: &str, mentions: &[Mention]) -> Vec<Relation> {
    let mut found = Vec::new();
    // Its words on other instruments stand in what it gives these to say.
    let amends_several = amends_several(title);
    let may_extend = extended::is_spoken_of(text);
    for mention in mentions {
        let Target::Titled(key) = &mention.target else { continue };
        if mention.place.is_some() || !text.get(mention.span.clone()).is_some_and(|words| words.starts_with('《')) {
            continue;
        }
        let mut sentence = sentence(text, &mention.span);
        let mut lead = None;
        let kind = if !is_instrument(key) {
            continue;
        } else if let Some(list) = listed(text, mention, &sentence) {
            (sentence, lead) = dated::proof(text, sentence, list);
            RelationKind::Repeals
        } else if may_extend && let Some(list) = extended::listed(text, mention, &sentence) {
            lead = list;
            RelationKind::Extends
        } else if !amends_several
            && mention.role == Role::Basis
            && text.get(mention.span.end..sentence.end).is_some_and(makes_this)
        {
            RelationKind::Implements
        } else {
            continue;
        };
        found.push(Relation { kind, title: key.clone(), mention: mention.span.clone(), sentence, lead });
    }
    if amends_several {
        found.extend(amended_in(text));
    }
    found.extend(catalogue::repealed(title, text));
    found.extend(by_number::repealed(text));
    found.extend(extended_rows::extended(title, text));
    found.extend(new_clause::extended(title, text));
    found.extend(extended::by_number(text));
    found.extend(titled::repealed(title, text, &found));
    if let Some((title, sentence)) = extended::by_title(title, text)
        && !found.iter().any(|relation| relation.kind == RelationKind::Extends && relation.title == title)
    {
        let mention = sentence.clone();
        found.push(Relation { kind: RelationKind::Extends, title, mention, sentence, lead: None });
    }
    let by_title = |kind, title| Relation { kind, title, mention: 0..0, sentence: 0..0, lead: None };
    if let Some(key) = amended(title)
        && !found.iter().any(|relation| relation.kind == RelationKind::Amends && relation.title == key)
    {
        found.push(by_title(RelationKind::Amends, key));
    }
    if let Some(key) = implemented(title)
        && !found.iter().any(|relation| relation.kind == RelationKind::Implements && relation.title == key)
    {
        found.push(by_title(RelationKind::Implements, key));
    }
    found
}

/// What a decision amends by its headings and sentences. Where it names one twice, the section of its own is the proof.
fn amended_in(text: &str) -> impl Iterator<Item = Relation> {
    let all = super::find::amended_by(text);
    let last: std::collections::HashMap<String, usize> =
        all.iter().enumerate().map(|(at, (title, _))| (title.clone(), at)).collect();
    let own = all.into_iter().enumerate().filter(move |(at, (title, _))| last.get(title) == Some(at));
    own.map(|(_, (title, mention))| {
        let sentence = sentence_of_line(text, &mention);
        Relation { kind: RelationKind::Amends, title, mention, sentence, lead: None }
    })
}

/// Whether the title is that of a decision that amends: 关于修改《…》等十九件司法解释的决定; not 关于…修改决定施行后…的解释.
pub fn amends_several(title: &str) -> bool {
    let verbs = ["关于修改", "关于修正", "关于修订", "关于废止和修改", "关于废止、修改", "关于废止修改"];
    verbs.iter().any(|verb| title.contains(verb)) && title.trim().trim_end_matches(['》', '〉']).ends_with("的决定")
}

/// The title that a document implements by its own title: 实施《…》办法, …法实施条例.
pub fn implemented(title: &str) -> Option<String> {
    let bare = title.trim();
    let kinds =
        ["办法", "细则", "规定", "条例", "若干规定", "的若干规定", "实施细则", "实施办法", "实施条例", "实施规定"];
    if let Some(from) = bare.find("实施").map(|at| at + "实施".len())
        && let Some(rest) = bare.get(from..)
        && let Some(inner) = rest.strip_prefix(['《', '〈', '<'])
        && let Some(end) = inner.rfind(['》', '〉', '>'])
        && let Some(behind) = inner.get(end..).map(|rest| rest.trim_start_matches(['》', '〉', '>']))
        && kinds.contains(&behind)
    {
        return inner.get(..end).map(super::names::title_key).filter(|key| !key.is_empty());
    }
    let named = ["实施条例", "实施细则", "实施办法"].iter().find_map(|kind| bare.strip_suffix(kind))?;
    // 云桥市《渡口法》实施细则: who makes it stands before the title and is no part of it.
    let cited = named.strip_suffix(['》', '〉', '>']).and_then(|rest| rest.split_once(['《', '〈', '<']));
    let key = super::names::title_key(cited.map_or(named, |(_, title)| title));
    (key.ends_with('法') || key.ends_with("条例")).then_some(key)
}

/// The title that a decision amends by its own title: 关于修改《…》的决定. `None` if it amends several or none.
pub fn amended(title: &str) -> Option<String> {
    let bare = title.trim();
    // 刑法修正案（三）: what it says stands in the law.
    // 关于《刑法修正案（九）》时间效力问题的解释 only speaks of one.
    if let Some((amended, number)) = bare.split_once("修正案")
        && !amended.contains("关于")
        && (number.is_empty() || number.starts_with(['（', '(']) && number.ends_with(['）', ')']))
    {
        return Some(super::names::title_key(amended)).filter(|key| !key.is_empty());
    }
    let from =
        ["关于修改", "关于修订", "关于修正"].iter().find_map(|verb| bare.find(verb).map(|at| at + verb.len()))?;
    let rest = bare.get(from..)?;
    let end = ["的决定", "的公告", "的通知"].iter().filter_map(|word| rest.rfind(word)).max()?;
    let named = rest.get(..end)?.trim_start_matches("部分条款的");
    let inner = named.trim_matches(|c| "《》〈〉<>".contains(c));
    let several = inner.contains("》、") || inner.contains("》和") || inner.contains("〉、") || inner.contains("等");
    let key = super::names::title_key(inner.trim_end_matches("部分条款"));
    (!several && !key.is_empty()).then_some(key)
}

/// Why what repeals an instrument is its successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Succession {
    /// Their titles have one subject: 渡口管理暂行办法 and 渡口管理条例.
    Subject,
    /// The sentence says so: 代替, 取代.
    Said,
}

impl Succession {
    /// In Chinese, for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Subject => "名称所示事项相同",
            Self::Said => "废止的原句写明由其代替",
        }
    }
}

/// Whether an instrument that repeals another takes its place; `None` if neither the titles nor the sentence say so.
pub fn succeeds(new: &str, old: &str, sentence: &str) -> Option<Succession> {
    // Outside of the titles: 《产能替代办法》同时废止 says nothing of the kind.
    let mut depth = 0usize;
    let outside = sentence.chars().filter(|c| {
        depth = if *c == '《' { depth + 1 } else { depth };
        let is_outside = depth == 0;
        depth = if *c == '》' { depth.saturating_sub(1) } else { depth };
        is_outside
    });
    let outside: String = outside.collect();
    if ["代替", "取代", "替代"].iter().any(|word| outside.contains(word)) {
        return Some(Succession::Said);
    }
    let (new, old) = (subject(new), subject(old));
    (new == old && new.chars().count() > 1).then_some(Succession::Subject)
}

/// What a title is about: without the kind of the document and words of its standing.
fn subject(title: &str) -> String {
    const KINDS: [&str; 9] = ["条例", "办法", "规定", "细则", "规则", "法", "意见", "通知", "若干"];
    const STANDING: [&str; 7] = ["(试行)", "(暂行)", "试行", "暂行", "实施", "若干", "的"];
    let key = super::names::title_key(title);
    let mut rest = key.as_str();
    for kind in STANDING.iter().chain(&KINDS).chain(&STANDING).chain(&STANDING) {
        rest = rest.strip_suffix(kind).unwrap_or(rest);
    }
    rest.to_string()
}

/// Whether a title in book brackets can be that of an instrument: 《采矿许可证》自行废止 repeals none.
fn is_instrument(title: &str) -> bool {
    const PAPERS: [&str; 10] = ["证", "证书", "证明", "执照", "批件", "单", "表", "照", "票", "标志"];
    let key = super::names::title_key(title);
    let bare = key.rsplit_once('(').filter(|(_, rest)| rest.ends_with(')')).map_or(key.as_str(), |(bare, _)| bare);
    !PAPERS.iter().any(|paper| bare.ends_with(paper))
        && (!bare.ends_with('书') || ["通知书", "建议书", "意见书"].iter().any(|kind| bare.ends_with(kind)))
}

/// Whether the words behind a title say that it is repealed: 同时废止.
pub fn says_repealed(text: &str, span: &Range<usize>) -> bool {
    if !text.get(span.clone()).is_some_and(|title| is_instrument(title.trim_matches(['《', '》', '〈', '〉']))) {
        return false;
    }
    let tail = unwrapped(text.get(span.end..sentence(text, span).end).unwrap_or(""));
    tail.contains("废止") && REPEALED.is_match(&tail)
}

fn makes_this(tail: &str) -> bool {
    ["制定本", "制订本", "制定如下", "作如下", "特制定", "作出如下", "印发本"].iter().any(|words| tail.contains(words))
}

fn is_repealed(text: &str, mention: &Mention, sentence: &Range<usize>) -> bool {
    if mention.role == Role::Historic && text.get(..mention.span.start).is_some_and(|before| !before.ends_with('原')) {
        return false;
    }
    let behind = unwrapped(text.get(mention.span.end..sentence.end).unwrap_or(""));
    let before = unwrapped(text.get(sentence.start..mention.span.start).unwrap_or(""));
    // 由《…》废止: it is what repeals.
    if before.ends_with(['由', '被', '经']) {
        return false;
    }
    // 暂停执行, and what is only told of, end nothing; of a repeal the title comes last.
    let ends =
        || ["停止执行", "终止执行", "不再执行"].iter().any(|over| before.contains(over)) && STOPS.is_match(&before);
    REPEALED.is_match(&behind)
        || before.contains("废止") && REPEALS.is_match(&before)
        || ends()
            && (behind.is_empty() || behind.starts_with(['。', '，', '；', '、', '（', '(', '等', '\n', '和', '及']))
}

/// Whether a text repeals what it mentions: by its sentence, or in a list, of which the line that leads it is answered.
fn listed(text: &str, mention: &Mention, sentence: &Range<usize>) -> Option<Option<Range<usize>>> {
    if is_repealed(text, mention, sentence) {
        return Some(None);
    }
    let over = ["废止", "宣布失效", "停止执行", "不再执行", "终止执行", "不再适用", "予以撤销"];
    let open = ["修改", "暂停", "拟"];
    let says = |words: &[&str], line: &str| words.iter().any(|word| line.contains(word));
    let declares = |line: &str| says(&over, line) && !says(&open, line);
    list_lead(text, mention, declares).map(Some)
}

/// The line that declares something of what is listed below it (下列规章予以废止：), where a title begins a line of such a list.
fn list_lead(text: &str, mention: &Mention, declares: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let line_start = text.get(..mention.span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let own = numbered::without_number_before(text.get(line_start..mention.span.start).unwrap_or(""));
    let numbered =
        own.trim_matches(|c: char| c.is_ascii_digit() || " 　.．、()（）*-一二三四五六七八九十百".contains(c));
    if !numbered.is_empty() || mention.role == Role::Historic {
        return None;
    }
    let mut end = line_start;
    // The nearest line before that ends in a colon leads the list; a list has a bounded length.
    for _ in 0..200 {
        let line_end = end.checked_sub(1)?;
        let begin = text.get(..line_end).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = text.get(begin..line_end).unwrap_or("").trim();
        if line.ends_with(['：', ':']) {
            return (line.len() <= LEAD_BYTES_MAX && declares(line)).then_some(begin..line_end);
        }
        if !(line.is_empty() || line.contains('《')) {
            return None;
        }
        end = begin;
    }
    None
}

#[cfg(test)]
mod tests;
