//! Plain `.md` and `.txt`: with front matter whose keys are the interchange fields (strict), or without any.

use super::front_matter;
use super::header;
use super::interchange;
use super::markdown::without_emphasis;
use super::metadata;
use super::official;
use super::outcome::{Extracted, Outcome, Refusal};
use super::penalty_table;
use super::state_mark;
use super::unseen;
use crate::law::level;
use crate::law::{Document, Kind};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// Most lines before the title of a text without front matter.
const TITLE_LINES_MAX: usize = 10;
/// Longest first line that is taken for a title, in characters.
const TITLE_CHARS_MAX: usize = 120;

/// Reads a plain text. One that this program wrote stands as it was written.
pub fn read(path: &str, text: &str) -> Outcome {
    let (text, unseen) = if is_verbatim(text) { (text.into(), None) } else { unseen::text(text) };
    of_seen(path, &text).noted(unseen)
}

fn of_seen(path: &str, text: &str) -> Outcome {
    let has_emphasis = [".md", ".markdown"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    let plain = |text| if has_emphasis { without_emphasis(text) } else { text.into() };
    let read = match front_matter::split(text) {
        Some((yaml, body)) if front_matter::is_verbatim(yaml) => verbatim(yaml, body).map(Extracted::from),
        Some((yaml, body)) => stated(path, yaml, &plain(body)).map(Extracted::from),
        None => match official::has_head(&plain(text)) {
            Some(blocks) => return official::read(path, &blocks, Vec::new()),
            None => match penalty_table::piped(text).filter(|blocks| {
                penalty_table::split(path, blocks).is_some() || penalty_table::rewards::in_blocks(blocks).is_some()
            }) {
                Some(blocks) => return official::read(path, &blocks, Vec::new()),
                None => bare(path, &plain(text)),
            },
        },
    };
    read.map(Outcome::one).into()
}

/// Whether a text is one that [`front_matter::written`] wrote.
pub fn is_verbatim(text: &str) -> bool {
    front_matter::split(text).is_some_and(|(yaml, _)| front_matter::is_verbatim(yaml))
}

/// A text that stands as it was written, with all that is known of it above.
fn verbatim(yaml: &str, body: &str) -> Result<Document, Refusal> {
    let (mut fields, _) = checked(yaml)?;
    fields.insert("text".to_string(), Value::String(body.strip_suffix('\n').unwrap_or(body).to_string()));
    interchange::record(fields).map_err(|message| Refusal::bad_record(message).at_line(1))
}

/// What the front matter states.
fn checked(yaml: &str) -> Result<(Map<String, Value>, Vec<String>), Refusal> {
    let (fields, periods) = in_fields(yaml)?;
    if fields.contains_key("text") {
        let line = front_matter::line_of(yaml, "text");
        return Err(Refusal::bad_record("字段 text 不写在文首，正文就是它").at_line(line));
    }
    for (field, value) in &fields {
        interchange::check_field(field, value)
            .map_err(|message| Refusal::bad_record(message).at_line(front_matter::line_of(yaml, field)))?;
    }
    Ok((fields, periods))
}

/// The same with Chinese keys (文号, 发文机关, 有效期至) as their fields, and the lines on a period of validity that tell no day
/// (有效期: 5年), which are read with the text.
fn in_fields(yaml: &str) -> Result<(Map<String, Value>, Vec<String>), Refusal> {
    let stated = front_matter::fields(yaml).map_err(|(message, line)| Refusal::bad_record(message).at_line(line))?;
    let (mut fields, mut periods) = (Map::new(), Vec::new());
    for (key, value) in stated {
        let bad = |message: String| Refusal::bad_record(message).at_line(front_matter::line_of(yaml, &key));
        let Some(field) = metadata::field(&key).filter(|field| *field != key) else {
            if fields.get(&key).is_some_and(|other| *other != value) {
                return Err(bad(format!("字段 {key} 写了两次，而所写不同")));
            }
            fields.insert(key, value);
            continue;
        };
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
        let told = match metadata::value(&key, &text) {
            Ok(told) => told,
            Err(_) if field == "valid_until" => {
                periods.push(format!("{key}：{text}"));
                continue;
            }
            Err(message) => return Err(bad(message)),
        };
        let Some(told) = told.filter(|_| !value.is_null()) else { continue };
        if fields.get(field).is_some_and(|other| *other != told) {
            return Err(bad(format!("字段 {key} 写了两次，而所写不同")));
        }
        fields.insert(field.to_string(), told);
    }
    Ok((fields, periods))
}

/// A text whose front matter states its metadata.
fn stated(path: &str, yaml: &str, body: &str) -> Result<Document, Refusal> {
    let (mut fields, periods) = checked(yaml)?;
    let (heading, rest) = heading(body).map_or((None, body), |(title, rest)| (Some(title), rest));
    if !fields.contains_key("title") {
        let title = heading.unwrap_or(header::split_name_date(header::stem(path)).0);
        fields.insert("title".to_string(), Value::String(title.to_string()));
    }
    let repeats = heading.is_some_and(|heading| fields.get("title").and_then(Value::as_str) == Some(heading));
    let text = if repeats { rest } else { body };
    let (history, text) = if fields.contains_key("history") { (Vec::new(), text) } else { header::take_history(text) };
    if !history.is_empty() {
        fields.insert("history".to_string(), history.into());
    }
    let text = [&*periods.join("\n"), text.trim()].join("\n");
    fields.insert("text".to_string(), Value::String(text.trim().to_string()));
    state_kind(&mut fields);
    // Who writes its keys in Chinese seldom knows of kinds.
    let is_chinese = yaml.lines().any(|line| line.split_once(':').is_some_and(|(key, _)| !key.is_ascii()));
    if is_chinese {
        fields.entry("kind").or_insert_with(|| Value::String(Kind::Normative.name().to_string()));
    }
    let is_over =
        yaml.lines().any(|line| line.split_once([':', '：']).is_some_and(|(key, _)| metadata::names_over(key)));
    let read = interchange::record(fields).map(state_mark::marked).map(|mut document| {
        if is_over {
            metadata::over_on(&mut document);
        }
        document
    });
    read.map_err(|message| Refusal::bad_record(message).at_line(1))
}

/// Puts the kind that level or kind of case imply, when it is not stated.
fn state_kind(fields: &mut Map<String, Value>) {
    if fields.contains_key("kind") {
        return;
    }
    let kind = match fields.get("level").and_then(Value::as_str) {
        Some("normative_document") => Some("normative"),
        Some(_) => Some("legislation"),
        None => fields.contains_key("case_kind").then_some("case"),
    };
    if let Some(kind) = kind {
        fields.insert("kind".to_string(), Value::String(kind.to_string()));
    }
}

/// A text that states nothing: title from its first heading or line, level only from unmistakable evidence.
fn bare(path: &str, text: &str) -> Result<Extracted, Refusal> {
    let (stem, date) = header::split_name_date(header::stem(path));
    if let Some(read) = official::of_lines(text, date) {
        return read;
    }
    // 云政发〔2025〕7号, YQDR-2025-01001 above the title.
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(TITLE_LINES_MAX).collect();
    let numbers = lines.get(..official::numbers_above(&lines)).unwrap_or_default();
    let begins = lines.get(numbers.len()).map_or(0, |line| line.as_ptr() as usize - text.as_ptr() as usize);
    let text = if numbers.is_empty() { text } else { text.get(begins..).unwrap_or(text) };
    let (title, rest) = match heading(text) {
        Some(found) => found,
        None => first_line(text).unwrap_or((stem, text)),
    };
    let mut extracted = Extracted::from(of_text(title, rest, date)?);
    for line in numbers.iter().map(|line| line.trim()) {
        let document = &mut extracted.document;
        match header::document_number(line) {
            Some(number) => document.document_number = document.document_number.take().or(Some(number.to_string())),
            None => document.registration_number = Some(line.to_string()),
        }
        document.notes.push(format!("标题以上的文字：{line}"));
    }
    // The organ may tell where it is.
    classify(&mut extracted.document);
    Ok(extracted)
}

/// A text under its title: history at its head and a table of contents are no part of it.
pub fn of_text(title: &str, text: &str, date: Option<Date>) -> Result<Document, Refusal> {
    let (history, rest) = header::take_notice(text);
    let body = header::without_contents(rest);
    if body.trim().is_empty() {
        return Err(Refusal::bad_record("文件没有正文"));
    }
    let mut document = Document::new(Kind::Normative, title, body.trim());
    document.history = history;
    document.source_date = date;
    classify(&mut document);
    Ok(document)
}

/// Fills kind, level, issuer, region and 文号 where title and history say them without doubt.
pub(super) fn classify(document: &mut Document) {
    state_mark::take(document);
    if document.document_number.is_none() {
        document.document_number =
            document.history.iter().find_map(|line| header::number_of_history(line)).map(str::to_string);
    }
    if document.issuer.is_none() {
        document.issuer = level::issuer_of(&document.history);
    }
    document.level = document.level.or_else(|| {
        let number = document.document_number.iter().filter(|number| !document.history.contains(number));
        let story: Vec<String> = document.history.iter().chain(number).cloned().collect();
        level::infer_level(&document.title, document.issuer.as_deref(), &story)
    });
    if let Some(level) = document.level {
        document.kind = level.kind();
    }
    locate(document);
}

/// Fills the region of a local instrument (or of a normative document of a local organ) from its history or title.
pub(super) fn locate(document: &mut Document) {
    let local = document.level.is_some_and(|level| level.is_local()) || document.kind == Kind::Normative;
    if local && document.region.is_none() {
        document.region = level::region_of(&document.title)
            .or_else(|| level::region_of_history(&document.history))
            .or_else(|| document.issuer.as_deref().and_then(level::region_of))
            .map(str::to_string);
    }
}

/// The first `# ` heading if nothing but empty lines stand before it, and what follows it.
pub(super) fn heading(text: &str) -> Option<(&str, &str)> {
    let start = text.trim_start();
    let line = start.split('\n').next()?;
    let title = line.strip_prefix("# ")?.trim().trim_end_matches('#').trim();
    (!title.is_empty()).then_some((title, start.get(line.len()..).unwrap_or("")))
}

/// The first line that is not empty, when it can be a title: short, without a full stop, no article and no number.
fn first_line(text: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    for line in text.split('\n').take(TITLE_LINES_MAX) {
        let end = at + line.len();
        let title = line.trim();
        if !title.is_empty() {
            let possible = title.chars().count() <= TITLE_CHARS_MAX
                && !title.ends_with(['。', '；', '：', '，'])
                && !title.starts_with(['第', '（', '(', '一', '#', '<', '|']);
            return possible.then_some((title, text.get(end..).unwrap_or("")));
        }
        at = end + 1;
    }
    None
}

#[cfg(test)]
mod tests;
