//! What stands around a text: the lines in which an export program states 文号, days and status, and its trailers.

use super::bare;
use super::title::is_code;
use crate::extract::blocks::{Block, Paragraph};
use crate::extract::header;
use crate::extract::interchange;
use crate::extract::metadata::{self, Told, is_nothing};
use crate::extract::outcome::Extracted;
use crate::law::history::REPEALED_ON;
use regex::Regex;
use std::sync::LazyLock;

/// A line of the head of an exported text: 发文字号 : 国发[2017]15号.
static STATED: LazyLock<Regex> = LazyLock::new(|| {
    let labels = [metadata::names_of(&["title"]), metadata::names_of(&FIELDS), GROUNDS.to_vec()].concat().join("|");
    Regex::new(&format!(r"^(?P<label>{labels})[:：](?P<value>.*)$")).expect("a constant pattern")
});
/// Lines that programs put behind an exported text.
static TRAILER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:查看原文|元典智库[^。；]{0,40}|(?:【|\[)?(?:打印|关闭)(?:本页|窗口|此页|页面)?(?:】|\])?(?:(?:【|\[)?(?:打印|关闭|字体|收藏|返回)[^。；，、]{0,12})*",
        r"|责任编辑[:：][^。；，]{0,12}|扫一扫[^。；，]{0,20}|分享到?[:：]?[^。；，]{0,20}|相关链接[:：]?)$"
    ))
    .expect("a constant pattern")
});
/// A line of a table of contents, with its dots and page.
static CONTENTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:[.．…·‥]{4,}|…{2,})[0-9（()）-]*$").expect("a constant pattern"));
/// A line that says that what follows is attached to something.
static ATTACHED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^附[件表录][0-9一二三四五六七八九十]*[:：]?$").expect("a constant pattern"));
/// Why an export says that a text was changed or is out of force, and where a site has it from; remarked, since no field takes it.
const GROUNDS: [&str; 7] = ["修改依据", "失效依据", "废止依据", REPEALED_ON[0], REPEALED_ON[1], SUBJECT_WORDS, SITE];
const SUBJECT_WORDS: &str = "主题词";
const SITE: &str = "来源";
/// Lines among which a site says so; further down it is text.
const SITE_LINES: usize = 8;
/// Lines around one of a head among which another stands, empty ones between.
const BESIDE_LINES: usize = 3;
/// Lines among which a head stands.
const HEAD_LINES: usize = 30;
/// Lines below 目录 that are of it if they end in dots.
const CONTENTS_LINES: usize = 400;
/// Where a head stands, for people.
const HEAD: &str = "文件头信息";
/// What of a head goes into the document; its title is read apart.
const FIELDS: [&str; 11] = [
    "issuer",
    "document_number",
    "promulgation_date",
    "written_date",
    "effective_date",
    "valid_until",
    "asserted_status",
    "level",
    "subject",
    "index_number",
    "registration_number",
];
/// What the lines of a head say, by their labels.
#[derive(Debug, Default)]
pub struct Stated {
    values: Vec<(String, String)>,
    /// Lines on the period of validity that tell no day (有效期：5年): they are read where the text tells its first day, and stand above
    /// it.
    pub periods: Vec<String>,
}

impl Stated {
    /// Takes the value of a field out.
    pub fn take(&mut self, field: &str) -> Option<String> {
        self.take_labelled(field).map(|(_, value)| value)
    }

    /// The same with its label.
    fn take_labelled(&mut self, field: &str) -> Option<(String, String)> {
        let at =
            self.values.iter().position(|(own, value)| metadata::field(own) == Some(field) && !is_nothing(value))?;
        Some(self.values.swap_remove(at))
    }

    /// The 文号 stated.
    pub fn number(&self) -> Option<&str> {
        let found = self.values.iter().find(|(label, _)| metadata::field(label) == Some("document_number"));
        found.map(|(_, value)| value.as_str())
    }

    /// Takes in the 文号, and the code of a register, that stand among lines above a title.
    pub fn number_in(&mut self, lines: &[String]) {
        let number = lines.iter().find_map(|line| header::document_number(line));
        self.values.extend(number.map(|number| ("文号".to_string(), number.to_string())));
        let code = lines.iter().map(|line| bare(line)).find(|line| is_code(line));
        self.values.extend(code.map(|code| ("登记号".to_string(), code)));
    }

    /// Puts what was stated into its fields. Days that the text itself tells stand; where the two differ, the document says so.
    pub fn fill(mut self, extracted: &mut Extracted) {
        let mut told = Told { by: HEAD.to_string(), ..Told::default() };
        for field in FIELDS {
            let Some((label, text)) = self.take_labelled(field) else { continue };
            match metadata::value(&label, &text) {
                Ok(Some(value)) => told.take(&label, field, value),
                Ok(None) => {}
                Err(_) => extracted.document.notes.push(format!("{}：{text}", metadata::name(field))),
            }
        }
        let repealed = self.values.iter().find(|(label, _)| REPEALED_ON.contains(&label.as_str()));
        let on = repealed.and_then(|(_, day)| metadata::value("asserted_on", day).ok().flatten());
        if let Some(on) = on.filter(|_| extracted.document.asserted_status.as_deref() != Some("expired")) {
            told.values.insert("asserted_status".to_string(), "repealed".into());
            told.values.insert("asserted_on".to_string(), on);
        }
        let grounds =
            self.values.iter().filter(|(label, value)| GROUNDS.contains(&label.as_str()) && !is_nothing(value));
        extracted.document.notes.extend(grounds.map(|(label, value)| format!("{label}：{value}")));
        told.complete(extracted);
    }
}

/// So many lines of a head tell that a plain text is an export.
const EXPORT_LINES: usize = 2;

/// Whether a plain text begins with the head of an export; its lines, 【发布部门】… as 发布部门：….
pub fn has_head(text: &str) -> Option<Vec<Block>> {
    // - **文号**：…, > 文号：… of Markdown.
    let listed = |line: &str| line.trim_start_matches(['-', '*', '>', ' ', '\u{3000}']).trim_end().to_string();
    let colon = |line: &str| match line.trim().strip_prefix('【').and_then(|rest| rest.split_once('】')) {
        Some((label, value)) if is_stated(&format!("{}：", bare(label))) => {
            format!("{}：{}", bare(label), value.trim())
        }
        _ if is_stated(&bare(&listed(line))) => listed(line),
        _ => line.trim_end().to_string(),
    };
    let lines: Vec<String> = text.lines().map(colon).collect();
    let above = lines.iter().take(HEAD_LINES).take_while(|line| !header::begins_article(line));
    let mut labels: Vec<String> =
        above.filter_map(|line| Some(STATED.captures(&bare(line))?["label"].to_string())).collect();
    let stated = labels.len();
    labels.sort();
    labels.dedup();
    // A list of several documents is no head of one.
    if labels.len() < stated {
        return None;
    }
    // 登记号：… above a title; a first line that states something else may be text.
    let first = lines.iter().find(|line| !line.trim().is_empty()).map(|line| bare(line));
    let is_numbered = first.and_then(|first| STATED.captures(&first).map(|found| found["label"].to_string()));
    let is_numbered =
        is_numbered.and_then(|label| metadata::field(&label)).is_some_and(|field| field.ends_with("_number"));
    let heading = |line: String| match line.strip_prefix("# ") {
        Some(title) => Block::Paragraph(Paragraph { text: title.trim().to_string(), centred: false, outline: Some(1) }),
        None => Block::text(line),
    };
    (stated >= EXPORT_LINES || is_numbered).then(|| lines.into_iter().map(heading).collect())
}

/// Whether a label without its colon is one that heads state of a document, and the value one that it may have.
pub fn is_label_of(label: &str, value: &str) -> bool {
    let is_field = metadata::field(label).is_some_and(|field| field == "title" || FIELDS.contains(&field));
    (is_field || REPEALED_ON.contains(&label)) && metadata::may_be_of(label, value)
}

/// Whether a line without white space is one of a head, or its label alone.
pub fn is_stated(line: &str) -> bool {
    STATED.captures(line).is_some_and(|found| metadata::may_be_of(&found["label"], &found["value"]))
}

/// The value of a line of a head, of a day with the blank before its hour: 发布日期：2026-03-04 10:20.
fn value_of(label: &str, value: &str, line: &str) -> String {
    let is_date = metadata::field(label).is_some_and(interchange::is_date);
    let whole = || line.split_once([':', '：']).map(|(_, value)| value.trim().to_string());
    let raw = if is_date && metadata::value(label, value).is_err() { whole() } else { None };
    raw.filter(|raw| metadata::value(label, raw).is_ok()).unwrap_or_else(|| value.to_string())
}

/// Whether a line of a head says what its field can take: 施行日期：自公布之日起三十日后施行 and 发布机关：…负责解释 are text.
fn is_understood(label: &str, value: &str) -> bool {
    let sentence = value.contains(['。', '；']) || value.contains("负责") || value.contains("应当");
    // 效力级别：工作文件 is text of nobody, whether its value is known or not; days and organs may begin a sentence.
    let may_be_text = |field: &&str| interchange::is_date(field) || *field == "issuer";
    let field = metadata::field(label).filter(|field| may_be_text(field) && !is_nothing(value) && !value.is_empty());
    !sentence && field.is_none_or(|_| metadata::value(label, value).is_ok()) && metadata::may_be_of(label, value)
}

/// Whether a line of a head states a period of validity that is no day: 有效期：5年.
fn is_period(line: &str) -> bool {
    STATED.captures(line).is_some_and(|found| {
        let value = &found["value"];
        metadata::field(&found["label"]) == Some("valid_until")
            && metadata::value(&found["label"], value).is_err()
            && !value.contains(['。', '；'])
    })
}

/// Whether a label by itself leaves open whose it is: 终止日期 and 有效期 are those of a text only beside other lines of its head.
fn is_weak(label: &str) -> bool {
    metadata::field(label) == Some("valid_until")
        && !["有效期至", "有效期限至", "失效日期", "失效时间"].contains(&label)
        || metadata::is_weak_status(label)
}

/// Whether a line is one of a table of contents: it ends in dots, and in a page, or below 目录, or stands again further down.
fn is_contents(line: &str, is_below_heading: bool, below: &[String]) -> bool {
    let Some(dots) = CONTENTS.find(line) else { return false };
    let entry = &line[..dots.start()];
    let paged = dots.as_str().ends_with(|c: char| c.is_ascii_digit() || c == ')' || c == '）');
    let says = entry.chars().filter(|c| c.is_alphanumeric()).count() > 1;
    says && (paged && !header::begins_article(line)
        || is_below_heading
        || below.iter().any(|line| line.contains(entry)))
}

/// Takes the lines of a head and of trailers out. A head ends where the articles begin.
pub fn stated(blocks: &[Block]) -> (Stated, Vec<&Block>) {
    let mut stated = Stated::default();
    let lines: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => bare(&paragraph.text),
            Block::Table(_) => String::new(),
        })
        .collect();
    let begins = blocks.iter().position(
        |block| matches!(block, Block::Paragraph(first) if header::begins_article(&first.text) && !CONTENTS.is_match(&bare(&first.text))),
    );
    let is_beside_stated = |at: usize| {
        let around =
            lines.get(at.saturating_sub(BESIDE_LINES)..(at + BESIDE_LINES + 1).min(lines.len())).unwrap_or_default();
        around.iter().any(|line| STATED.captures(line).is_some_and(|other| !is_weak(&other["label"])))
    };
    let contents = lines.iter().position(|line| line == "目录" || line == "目次");
    let head = begins.unwrap_or(blocks.len()).min(HEAD_LINES);
    let kept = blocks.iter().enumerate().filter(|(at, block)| {
        let (Block::Paragraph(_), Some(line)) = (block, lines.get(*at)) else { return true };
        if let (true, Block::Paragraph(paragraph)) = (*at < head && is_beside_stated(*at) && is_period(line), block) {
            stated.periods.push(paragraph.text.trim().to_string());
            return false;
        }
        let raw = if let Block::Paragraph(paragraph) = block { paragraph.text.as_str() } else { "" };
        let found = STATED.captures(line).map(|found| {
            let label = found["label"].to_string();
            let value = value_of(&label, &found["value"], raw);
            (label, value)
        });
        if let Some(found) = found
            .filter(|(label, _)| *at < if label == SITE { SITE_LINES.min(head) } else { head })
            .filter(|(label, value)| is_understood(label, value))
            .filter(|(label, _)| !is_weak(label) || is_beside_stated(*at))
        {
            stated.values.push(found);
            return false;
        }
        let below = lines.get(at + 1..).unwrap_or_default();
        let under = contents.is_some_and(|heading| (heading..heading + CONTENTS_LINES).contains(at));
        !line.is_empty() && !TRAILER.is_match(line) && !is_contents(line, under, below)
    });
    let is_attached =
        |block: &&Block| matches!(block, Block::Paragraph(first) if ATTACHED.is_match(&bare(&first.text)));
    let kept = kept.map(|(_, block)| block).skip_while(is_attached).collect();
    (stated, kept)
}
