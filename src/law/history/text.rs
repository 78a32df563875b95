//! What the text itself says of its validity: 本法自2021年1月1日起施行, 自公布之日起施行, 有效期五年.
//!
//! Only the last provisions are looked at, and only sentences whose subject is the instrument itself: much else in a text
//! begins on a day or has a period of validity.

use super::line;
use super::own_line;
use super::period::{self, Begins, Period, Place, Reading};
use super::{dates, later, promulgated};
use crate::law::document::Document;
use crate::law::event::{Event, EventKind, EventSource};
use crate::law::kind::Kind;
use crate::law::provision::{ProvisionKind, Structure};
use jiff::civil::Date;
use std::borrow::Cow;

/// How many of the last articles may say when the text takes effect.
const LAST_ARTICLES: usize = 5;
/// How many of the last numbered units, which are shorter and may belong to a table behind the text.
const LAST_UNITS: usize = 12;
/// How many of the first lines may tell the history, where the source did not set it apart.
const FIRST_LINES: usize = 10;
/// How many of the first lines may be the title or a bracket below it.
const TITLE_LINES: usize = 4;
/// Lines around the name of a period that tell of what it is, and the longest of them, in bytes.
const AROUND_LINES: usize = 3;
const AROUND_BYTES_MAX: usize = 150;
/// Longer lines are no notice of promulgation.
const OPENING_LINE_BYTES_MAX: usize = 1_500;
/// How many of the last lines, where the structure is unknown and there are no articles.
const LAST_LINES: usize = 12;
/// Characters between the date and the verb: 起, 零时起, 起正式.
const BEFORE_VERB_CHARS_MAX: usize = 8;
/// Lines longer than this are no remark of a document on itself.
const OWN_LINE_BYTES_MAX: usize = 600;
/// Between the first day and the last.
const UNTIL: [&str; 6] = ["至", "到", "—", "-", "～", "~"];
/// Lines longer than this hold no closing provision.
pub(super) const LINE_BYTES_MAX: usize = 6_000;

/// What a text does from its first day on.
pub(super) const VERBS: [&str; 6] = ["施行", "实施", "执行", "生效", "实行", "试行"];

/// Adds what the last provisions of the text say.
pub(super) fn read(document: &Document, structure: &Structure, events: &mut Vec<Event>) {
    if !events.iter().any(|event| event.kind.makes_text()) {
        opening(document, events);
    }
    let tail = tail(&document.text, structure);
    let lines = || tail.iter().flat_map(|part| part.split('\n')).filter(|line| line.len() <= LINE_BYTES_MAX);
    if document.kind == Kind::Normative
        && !events.iter().any(|event| matches!(event.kind, EventKind::Adopted | EventKind::Promulgated))
    {
        signed(lines(), events);
    }
    for line in lines() {
        read_first_day(line, document.source_date, events);
    }
    // A period is counted from the first day, wherever that is told.
    read_periods(&lines().collect::<Vec<_>>(), document.source_date, events);
    if document.kind == Kind::Normative && !events.iter().any(|event| is_of(event, EventKind::Expired)) {
        of_title(document, events);
    }
    if document.kind == Kind::Normative && !events.iter().any(|event| event.kind == EventKind::Expired) {
        for (line, period) in own_line::periods(document, events) {
            push_period(period, line, events);
        }
    }
    if document.kind == Kind::Normative && !events.iter().any(of_text) {
        of_itself(document, structure, events);
    }
    if document.kind == Kind::Normative
        && let Some((line, kind, day)) = own_line::over(document, events)
    {
        push(events, kind, day, line);
    }
}

fn of_text(event: &Event) -> bool {
    is_of(event, EventKind::Effective) || is_of(event, EventKind::Expired)
}

fn is_of(event: &Event, kind: EventKind) -> bool {
    event.source == EventSource::Text && event.kind == kind
}

/// 云桥县渡口办法（有效期2年）: the period that stands in the title.
fn of_title(document: &Document, events: &mut Vec<Event>) {
    if let Some((line, Reading::Told(period))) = title_reading(document, events) {
        push(events, EventKind::Expired, period.end, line);
    }
}

/// What the bracket at the end of the title, or alone on a line below it, says of a period.
pub(super) fn title_reading<'a>(document: &'a Document, events: &[Event]) -> Option<(&'a str, Reading)> {
    let own = document.title.trim();
    let lines = document.text.split('\n').map(str::trim).filter(|line| !line.is_empty()).take(TITLE_LINES);
    let lines = lines.filter(|line| line.starts_with(['（', '(']) || line.starts_with(own));
    std::iter::once(own).chain(lines).find_map(|line| {
        let head = line.strip_suffix(['）', ')'])?;
        let inner = head.get(head.rfind(['（', '('])?..)?.trim_start_matches(['（', '(']);
        // （2年） alone on a line may be of anything.
        let is_title = line.starts_with(own) || inner.contains('期') || inner.contains("有效");
        let reading = period::read_bracket(inner.trim(), events);
        (is_title && reading != Reading::Nothing).then_some((line, reading))
    })
}

/// 五、本清单自2022年2月1日起施行，有效期三年 in remarks before a list or table: of a document without articles every line counts
/// that begins with itself.
fn of_itself(document: &Document, structure: &Structure, events: &mut Vec<Event>) {
    if structure.article_count() > 0 {
        return;
    }
    let lines = document.text.split('\n').filter(|line| line.len() <= OWN_LINE_BYTES_MAX);
    for line in lines.filter(|line| without_label(line).starts_with('本') && line.contains('自')) {
        read_first_day(line, document.source_date, events);
        read_periods(&[line], document.source_date, events);
        if events.iter().any(of_text) {
            return;
        }
    }
}

/// What stands behind the titles that words begin with: ，《…》（云政发〔2016〕3号）不再执行.
fn past_titles(words: &str) -> &str {
    let mut rest = words;
    loop {
        rest = rest.trim_start_matches(['，', ',', '、', '和', '及', '与', '原']);
        let close = match rest.chars().next() {
            Some('《') => '》',
            Some('（') => '）',
            _ => return rest,
        };
        let Some((_, behind)) = rest.split_once(close) else { return rest };
        rest = behind;
    }
}

/// The day that words tell as the first of this text, or as that of a repeal (自2020年1月1日起废止); no day that follows from
/// another event.
pub fn told_day(words: &str) -> Option<Date> {
    let sentences = || words.split_inclusive(['。', '；', ';', '\n', '…']).map(without_label);
    let over = |sentence: &str| {
        dates::dates(sentence).into_iter().find_map(|found| {
            let rest = past_titles(sentence.get(found.span.end..)?.strip_prefix('起')?);
            let near = rest.char_indices().nth(BEFORE_VERB_CHARS_MAX).map_or(rest.len(), |(at, _)| at);
            let near = rest.get(..near)?;
            let is_over = ["废止", "失效", "停止", "终止", "不再"].iter().any(|verb| near.contains(verb));
            // 现予以废止，自2023年5月1日起生效.
            let takes_effect = || near.strip_prefix("生效").is_some_and(|behind| !behind.starts_with('的'));
            let was_over = || sentence.get(..found.span.start).is_some_and(|before| before.contains("废止"));
            (is_over || takes_effect() && was_over()).then_some(found.date)
        })
    };
    sentences().find_map(over).or_else(|| sentences().find_map(|sentence| dated(sentence)?.date))
}

/// A history that stands in the text before the first article, in brackets or as a notice of promulgation.
fn opening(document: &Document, events: &mut Vec<Event>) {
    let lines = document.text.split('\n').map(str::trim).filter(|line| !line.is_empty()).take(FIRST_LINES);
    for line in lines.take_while(|line| !line.starts_with('第') || line.chars().take(12).all(|c| c != '条')) {
        let tells = line.starts_with(['（', '(', '《'])
            && ["通过", "公布", "发布", "批准"].iter().any(|verb| line.contains(verb));
        if tells && line.len() <= OPENING_LINE_BYTES_MAX && !is_of_another(line, &document.title) {
            super::read_line(line, EventSource::Text, events);
        }
    }
}

/// Whether a line ends another document, with whose title it begins: 《…办法》（2021年9月1日发布）自2025年1月1日起废止.
fn is_of_another(line: &str, title: &str) -> bool {
    let ends = ["废止", "失效", "停止"].iter().any(|end| line.contains(end));
    // 《…规定》已于…通过，自…起施行，《…》同时废止 is of this one, whatever its source calls it.
    if !ends || ["通过", "施行", "执行"].iter().any(|begins| line.contains(begins)) {
        return false;
    }
    let Some((named, _)) = line.strip_prefix('《').and_then(|rest| rest.split_once('》')) else { return false };
    let bare = |text: &str| text.replace("中华人民共和国", "").replace(char::is_whitespace, "");
    let (named, title) = (bare(named.trim_start_matches('《')), bare(title));
    !(title.contains(&named) || named.contains(&title))
}

/// The last articles or units with what stands behind them; annexes are not among them.
fn tail<'a>(text: &'a str, structure: &Structure) -> Vec<&'a str> {
    let mut parts: Vec<&str> = Vec::new();
    let (mut articles, mut units) = (0, 0);
    for (provision, span) in structure.blocks.iter().rev().filter_map(|block| match &block.kind {
        crate::law::provision::BlockKind::Provision(provision) => Some((provision, &block.span)),
        crate::law::provision::BlockKind::Heading(_) => None,
    }) {
        match provision.kind {
            ProvisionKind::Annex => continue,
            ProvisionKind::Signature => {}
            _ if articles == LAST_ARTICLES || units == LAST_UNITS => break,
            ProvisionKind::Article => articles += 1,
            _ => units += 1,
        }
        parts.extend(text.get(span.clone()));
    }
    if parts.is_empty() {
        return tail_of_lines(text);
    }
    parts.reverse();
    parts
}

/// The lines from the fifth last article on, without articles the last lines.
pub(super) fn tail_of_lines(text: &str) -> Vec<&str> {
    let starts_article = |line: &&str| line.trim_start().starts_with('第') && line.chars().take(12).any(|c| c == '条');
    let mut lines: Vec<&str> = Vec::new();
    let mut articles = 0;
    for line in text.rsplit('\n').filter(|line| !line.trim().is_empty()) {
        articles += usize::from(starts_article(&line));
        lines.push(line);
        if articles == LAST_ARTICLES {
            break;
        }
    }
    if articles == 0 {
        lines.truncate(LAST_LINES);
    }
    lines.reverse();
    lines
}

/// The date that stands alone in one of the last lines (落款).
fn signed<'a>(lines: impl Iterator<Item = &'a str>, events: &mut Vec<Event>) {
    let alone = lines.map(str::trim).filter_map(|line| {
        let found = dates::leading_date(line)?;
        (found.span.end == line.len()).then(|| (found.date, line.to_string()))
    });
    if let Some((date, quote)) = alone.last() {
        events.push(Event { kind: EventKind::Adopted, date, source: EventSource::Text, quote });
    }
}

/// Lines with their places and the words that are read of them: below one that is only the heading of a period, 实施期限：2022-2024年.
fn with_headings<'a>(lines: &[&'a str]) -> Vec<(usize, &'a str, Cow<'a, str>)> {
    let mut heading: Option<&str> = None;
    let with = |(at, line): (usize, &&'a str)| {
        let above = heading.replace(line).filter(|above| period::is_term(without_label(above)));
        (at, *line, above.map_or(Cow::Borrowed(*line), |above| format!("{}：{}", above.trim(), line.trim()).into()))
    };
    lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(with).collect()
}

pub(super) fn may_tell(line: &str) -> bool {
    VERBS.iter().any(|verb| line.contains(verb))
        || period::is_told(line)
        || line.contains("有效")
        || line.contains("失效")
}

pub(super) fn sentences(line: &str) -> impl Iterator<Item = &str> {
    line.split_inclusive(['。', '；', ';']).map(without_label)
}

/// Reads the first day that a line of the closing provisions tells. `source_date` stands in where 自公布之日 has no other day to go by.
fn read_first_day(line: &str, source_date: Option<Date>, events: &mut Vec<Event>) {
    if !may_tell(line) {
        return;
    }
    for sentence in sentences(line) {
        let begins = dated(sentence).or_else(|| from_event(sentence, source_date, events));
        if let Some(Begins { date: Some(date), end, .. }) = begins {
            push(events, EventKind::Effective, date, sentence.get(..end).unwrap_or(sentence));
        }
    }
}

/// Reads the periods that the lines of the closing provisions tell. The first day of one is that of the text, if nothing else tells one.
///
/// What only its name leads to (实施期限：2022-2024年) is that of the text where it is the only one, and nothing around it speaks of a
/// stage or a project.
fn read_periods(lines: &[&str], source_date: Option<Date>, events: &mut Vec<Event>) {
    // 试行一年。试行期满后正式施行。
    if lines.iter().any(|line| period::goes_on(line)) {
        return;
    }
    let mut labelled: Vec<(&str, Period)> = Vec::new();
    let mut is_told = false;
    for (at, line, words) in with_headings(lines) {
        for (sentence, reading) in readings(&words, source_date, events) {
            let Reading::Told(period) = reading else { continue };
            let quote = if line.contains(sentence.trim()) { sentence } else { line };
            if period.is_labelled {
                labelled.push((line, period));
                if is_around_staged(lines, at) {
                    labelled.clear();
                    is_told = true;
                }
                continue;
            }
            is_told = true;
            push_period(period, quote, events);
        }
    }
    let [(line, period), others @ ..] = labelled.as_slice() else { return };
    if !is_told && others.iter().all(|(_, other)| other.end == period.end) {
        push_period(*period, line, events);
    }
}

fn push_period(period: Period, quote: &str, events: &mut Vec<Event>) {
    let is_begun = events.iter().any(|event| event.kind == EventKind::Effective);
    if let Some(first) = period.first.filter(|_| !is_begun) {
        push(events, EventKind::Effective, first, quote);
    }
    push(events, EventKind::Expired, period.end, quote);
}

/// Words of what somebody holds, or of what a contract says, that has a period of its own.
const HELD: [&str; 16] = [
    "证书",
    "许可证",
    "执照",
    "证号",
    "证件",
    "资质",
    "合同",
    "协议",
    "投标",
    "报价",
    "保质",
    "批准文号",
    "企业名称",
    "法定代表人",
    "产品",
    "批号",
];

/// Whether words name what somebody holds: its period of validity is not that of a text.
pub(super) fn may_be_held(words: &str) -> bool {
    HELD.iter().any(|held| words.contains(held))
}

/// Whether a short line near the one at a place is of a stage, a project or a contract: 第一阶段, 项目名称：….
fn is_around_staged(lines: &[&str], at: usize) -> bool {
    let around = lines.get(at.saturating_sub(AROUND_LINES)..(at + AROUND_LINES + 1).min(lines.len()));
    around.unwrap_or_default().iter().any(|line| {
        let bare = without_label(line).trim();
        bare.len() <= AROUND_BYTES_MAX && period::is_of_stage(bare)
    })
}

/// What each sentence of a line says of a period.
pub(super) fn readings<'a>(line: &'a str, source_date: Option<Date>, events: &[Event]) -> Vec<(&'a str, Reading)> {
    if !may_tell(line) {
        return Vec::new();
    }
    let begins = |sentence: &str| dated(sentence).or_else(|| from_event(sentence, source_date, events));
    let told: Vec<(&str, Option<Begins>)> = sentences(line).map(|sentence| (sentence, begins(sentence))).collect();
    let is_later = told.iter().any(|(_, begins)| begins.is_some());
    let is_article = told.len() == 1 && line.trim_start().starts_with('第') && line.chars().take(12).any(|c| c == '条');
    let mut found = Vec::new();
    let mut before: Option<&Begins> = None;
    for (at, (sentence, own)) in told.iter().enumerate() {
        let place = match own {
            Some(_) => Place::Here,
            None if before.is_some() => Place::Behind,
            None if at == 0 && (is_later || is_article) => Place::First,
            None => Place::Apart,
        };
        before = own.as_ref().or(before);
        found.push((*sentence, period::read(sentence, place, before, events)));
    }
    found
}

fn push(events: &mut Vec<Event>, kind: EventKind, date: Date, quote: &str) {
    super::push(events, Event { kind, date, source: EventSource::Text, quote: quote.trim().to_string() });
}

/// A sentence without 第八十七条, 十、, （三） or 10. before it.
pub(super) fn without_label(sentence: &str) -> &str {
    let bare = sentence.trim_start_matches(|c: char| c.is_whitespace() || c == '*');
    let number = |c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十百千".contains(c);
    let after = if let Some(rest) = bare.strip_prefix('第') {
        let rest = rest.trim_start_matches(|c: char| number(c) || c.is_whitespace());
        rest.strip_prefix('条')
    } else {
        let rest = bare.trim_start_matches(['（', '(']).trim_start_matches(number);
        rest.strip_prefix(['、', '.', '．', '）', ')'])
    };
    after.unwrap_or(bare).trim_start_matches(|c: char| c.is_whitespace() || c == '*')
}

/// 自2021年1月1日起施行, 自2021年1月1日至2022年12月31日施行.
pub(super) fn dated(sentence: &str) -> Option<Begins> {
    let days = dates::dates(sentence);
    days.iter().enumerate().find_map(|(at, found)| {
        let last = days.get(at + 1).filter(|last| {
            let between = sentence.get(found.span.end..last.span.start).unwrap_or_default();
            // 自3月1日零时起至9月30日24时止施行.
            let bare = ["零时", "0时", "00时", "起", "开始"]
                .iter()
                .fold(between.trim(), |rest, word| rest.strip_prefix(word).unwrap_or(rest));
            UNTIL.contains(&bare)
        });
        if sentence.get(..found.span.start).is_some_and(|before| UNTIL.iter().any(|word| before.ends_with(word))) {
            return None;
        }
        let end = verb_soon(sentence, last.unwrap_or(found).span.end)?;
        // 自5月1日至8月31日施行夏季作息 is no period of the text.
        let is_whole =
            sentence.get(end..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['，', '。', '；', ',', ';']));
        if last.is_some() && !is_whole {
            return None;
        }
        let until = last.map(|last| {
            let with_hour = sentence.get(last.span.start..).and_then(|words| dates::leading_end(words, false));
            with_hour.map_or(last.date, |(day, _)| day)
        });
        speaks_of_itself(sentence.get(..found.span.start)?).then_some(Begins { date: Some(found.date), until, end })
    })
}

/// 自公布之日起施行, 自发布之日起三十日后施行.
///
/// The closing provisions of a text amended article by article still speak of its first promulgation.
pub(super) fn from_event(sentence: &str, source_date: Option<Date>, events: &[Event]) -> Option<Begins> {
    let words = ["公布", "发布", "颁布", "印发", "签发", "下发", "发文", "出台", "批准", "通过"].iter();
    let found = words.filter_map(|word| {
        let at = sentence.find(&format!("{word}之")).or_else(|| sentence.find(&format!("{word}次日")))?;
        line::day_behind(sentence.get(at + word.len()..)?).map(|behind| (at, *word, sentence.len() - behind.len()))
    });
    let (at, word, start) = found.min()?;
    let before = sentence.get(..at)?;
    if !speaks_of_itself(before) {
        return None;
    }
    let (delay, read) = line::delay(sentence.get(start..)?);
    let end = verb_soon(sentence, start + read)?;
    let told = |kind: EventKind| {
        let of_kind = |event: &&Event| event.kind == kind && event.source != EventSource::Text;
        events.iter().rfind(|event| of_kind(event) && !event.quote.starts_with("成文日期")).map(|event| event.date)
    };
    let day = match word {
        // 自《云桥县渡口条例》公布之日起施行: the day of another document.
        _ if before.trim_end().ends_with('》') => None,
        "出台" | "发文" if line::is_of_other(before) => None,
        "批准" => told(EventKind::Approved),
        "通过" => told(EventKind::Adopted).or_else(|| promulgated(events, true)).or(source_date),
        _ => promulgated(events, true).or(source_date),
    };
    Some(Begins { date: day.and_then(|day| later(day, delay)), until: None, end })
}

/// Whether a clause only says that the text is given to the public: 现予公布, 现将清单予以公布, 经县政府同意.
fn announces(clause: &str) -> bool {
    let begins = ["现", "经", "已经", "业经", "请", "特此", "《"].iter().any(|word| clause.trim().starts_with(word));
    let gives = ["公布", "发布", "印发", "公告", "通告", "同意", "批准", "通过", "执行", "实施", "落实"];
    begins && gives.iter().any(|word| clause.contains(word))
}

/// The end of the verb that follows soon behind `from`; none if it only describes something (起施行的《…》, 施行前).
pub(super) fn verb_soon(sentence: &str, from: usize) -> Option<usize> {
    let rest = sentence.get(from..)?;
    let near = rest.char_indices().map(|(at, _)| at).take(BEFORE_VERB_CHARS_MAX);
    for at in near {
        let here = rest.get(at..)?;
        if let Some(verb) = VERBS.iter().find(|verb| here.starts_with(**verb)) {
            let after = here.get(verb.len()..)?.chars().next();
            let describes = matches!(after, Some('的' | '前' | '后' | '以' | '之' | '期' | '日' | '细'));
            return (!describes).then_some(from + at + verb.len());
        }
        if here.starts_with(['。', '，', ',', '；', '《', '（']) {
            return None;
        }
    }
    None
}

/// Whether what stands before the date has this instrument as its subject: 本法自, 本规定经…修订，自, 自.
pub(super) fn speaks_of_itself(before: &str) -> bool {
    let clause = before.rsplit(['，', ',', '：', ':']).next().unwrap_or(before);
    if before.contains('条') && before.contains('第') || before.contains("施行前") {
        return false;
    }
    let bare = |text: &str| text.chars().all(|c| c.is_whitespace() || "自从于由并且现即经以在".contains(c));
    match clause.rfind("《") {
        Some(_) => before.trim_start().starts_with('本') && !clause.contains("发布的") && !clause.contains("公布的"),
        None => {
            let all = || before.split(['，', ',', '：', ':']);
            clause.contains('本')
                || bare(clause)
                    && (before.contains('本') || all().all(|one| bare(one) || announces(one) || period::is_told(one)))
                || before.contains("同时废止")
        }
    }
}
