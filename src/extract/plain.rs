//! Plain `.md` and `.txt`: with front matter whose keys are the interchange fields (strict), or without any.

use super::front_matter;
use super::header;
use super::interchange;
use super::markdown::without_emphasis;
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
        None => match official::has_head(text).filter(|_| !has_emphasis) {
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
    let mut fields = checked(yaml)?;
    fields.insert("text".to_string(), Value::String(body.strip_suffix('\n').unwrap_or(body).to_string()));
    interchange::record(fields).map_err(|message| Refusal::bad_record(message).at_line(1))
}

/// What the front matter states.
fn checked(yaml: &str) -> Result<Map<String, Value>, Refusal> {
    let fields = front_matter::fields(yaml).map_err(|(message, line)| Refusal::bad_record(message).at_line(line))?;
    if fields.contains_key("text") {
        let line = front_matter::line_of(yaml, "text");
        return Err(Refusal::bad_record("字段 text 不写在文首，正文就是它").at_line(line));
    }
    for (field, value) in &fields {
        interchange::check_field(field, value)
            .map_err(|message| Refusal::bad_record(message).at_line(front_matter::line_of(yaml, field)))?;
    }
    Ok(fields)
}

/// A text whose front matter states its metadata.
fn stated(path: &str, yaml: &str, body: &str) -> Result<Document, Refusal> {
    let mut fields = checked(yaml)?;
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
    fields.insert("text".to_string(), Value::String(text.trim().to_string()));
    state_kind(&mut fields);
    interchange::record(fields).map_err(|message| Refusal::bad_record(message).at_line(1))
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
    let (title, rest) = match heading(text) {
        Some(found) => found,
        None => first_line(text).unwrap_or((stem, text)),
    };
    of_text(title, rest, date).map(Extracted::from)
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
mod tests {
    use super::*;
    use crate::extract::outcome::RefusalCode;
    use crate::law::AuthorityLevel;
    use proptest::prelude::*;

    fn document(path: &str, text: &str) -> Document {
        match read(path, text) {
            Outcome::Documents { mut documents, .. } => documents.remove(0).document,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn front_matter_states_the_fields() {
        let text = "---\nlevel: local_regulation\nregion: \"990000\"\nadoption_date: 2020-05-06\n---\n# 云州省桥梁条例\n\n（2020年5月6日云州省第三届人民代表大会通过）\n\n第一条　甲。\n";
        let document = document("a.md", text);
        assert_eq!((document.kind, document.title.as_str()), (Kind::Legislation, "云州省桥梁条例"));
        assert_eq!(document.text, "第一条　甲。");
        assert_eq!(document.history.len(), 1);
        assert_eq!(document.access, None);
    }

    #[test]
    fn an_unknown_key_names_itself_and_its_line() {
        let refusal = match read("a.md", "---\nkind: normative\ncolour: red\n---\n正文") {
            Outcome::Refused(refusal) => refusal,
            other => panic!("{other:?}"),
        };
        assert_eq!((refusal.code, refusal.place.as_deref()), (RefusalCode::BadRecord, Some("第3行")));
        assert!(refusal.message.contains("colour"));
        assert!(matches!(read("a.md", "---\nfiled_on: 明天\n---\n正文"), Outcome::Refused(_)));
        assert!(matches!(read("a.md", "---\nkind: normative\n---\n \n"), Outcome::Refused(_)));
    }

    #[test]
    fn a_bare_text_is_guessed_only_from_evidence() {
        let plain = document("河桥方案(2024-01-02).txt", "河桥工作方案\n\n一、修桥。\n");
        assert_eq!((plain.title.as_str(), plain.level, plain.kind), ("河桥工作方案", None, Kind::Normative));
        assert_eq!(plain.source_date, Some(jiff::civil::date(2024, 1, 2)));
        let text = "# 浙江省桥梁办法\n（2020年5月1日浙江省人民政府令第9号公布 自2020年6月1日起施行）\n第一条　甲。";
        let rule = document("x.md", text);
        assert_eq!(rule.level, Some(AuthorityLevel::LocalGovernmentRule));
        assert_eq!(rule.region.as_deref(), Some("330000"));
        assert_eq!(rule.text, "第一条　甲。");
        assert_eq!(document("某事项.txt", "第一条　甲。").title, "某事项");
        assert!(matches!(read("x.md", "# 只有标题\n"), Outcome::Refused(_)));
    }

    #[test]
    fn stars_of_a_written_text_stay_and_those_of_markdown_go() {
        let text = "第一条　标注**的指标为约束性指标，标注*的为预期性指标**。";
        let head = "kind: normative\ntitle: 云桥县**指标**办法";
        let marked = document("a.md", &format!("---\n{head}\n---\n{text}"));
        assert_eq!(marked.text, text.replace("**", ""));
        assert_eq!(marked.title, "云桥县**指标**办法", "what is stated is no Markdown");
        assert_eq!(document("A.TXT", &format!("云桥县办法\n{text}")).text, text);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(
            title in "[甲*\u{1}\u{7f}\u{85}\u{2028}\"\\\\ :#a]{0,12}办法",
            text in "[　 *#\n\\\\甲（）\u{1}2020年通过-]{0,30}第一条　甲。[\n *]{0,4}",
        ) {
            let written = Document::new(Kind::Normative, title.as_str(), text.as_str());
            let fields = serde_json::to_value(&written).unwrap();
            let file = front_matter::written(&[("引用", &title)], fields.as_object().unwrap(), &text);
            prop_assert_eq!(document("目录/文件.md", &file), written);
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}(\n|---|# |\\PC){0,20}") {
            let _ = read("目录/文件.md", &text);
            let _ = read("目录/文件.md", &format!("---\n{text}\n---\n{text}"));
        }
    }

    #[test]
    fn other_labels_of_status_and_days_are_read() {
        let read = |lines: &str| {
            let head = format!("云桥县渡口管理办法\n发布部门：云桥县人民政府\n{lines}\n");
            let found = document("m.txt", &format!("{head}第一条　为了安全，制定本办法。\n"));
            (found.asserted_status, found.asserted_on.map(|day| day.to_string()), found.text)
        };
        for (lines, status, on) in [
            ("有效状态：失效", "expired", None),
            ("文件状态：已废止", "repealed", None),
            ("是否有效：否", "expired", None),
            ("是否有效：是", "in_force", None),
            ("废止日期：2024-03-01", "repealed", Some("2024-03-01")),
        ] {
            let (told, day, text) = read(lines);
            assert_eq!((told.as_deref(), day.as_deref()), (Some(status), on), "{lines}");
            assert_eq!(text, "第一条　为了安全，制定本办法。", "{lines}");
        }
        let kept = read("有效期限：自施行之日起五年");
        assert!(kept.0.is_none() && kept.2.contains("五年"), "what is no day stays in the text: {kept:?}");
    }

    #[test]
    fn the_head_and_trailer_of_an_exported_text_are_read() {
        for head in [
            "云桥县渡口管理办法\n发布部门：云桥县人民政府\n发文字号：云政发〔2025〕3号\n发布日期：2025.03.08\n时效性：失效\n",
            "【法规标题】云桥县渡口管理办法\n【发布部门】云桥县人民政府\n【发文字号】云政发〔2025〕3号\n【发布日期】2025.03.08\n【时效性】失效\n",
        ] {
            let found =
                document("m.txt", &format!("{head}第一条　为了安全，制定本办法。\n第二条　渡口不得超载。\n查看原文\n"));
            assert_eq!(found.title, "云桥县渡口管理办法");
            assert_eq!(found.document_number.as_deref(), Some("云政发〔2025〕3号"));
            assert_eq!(found.issuer.as_deref(), Some("云桥县人民政府"));
            assert_eq!(found.asserted_status.as_deref(), Some("expired"));
            assert!(found.text.starts_with("第一条") && found.text.ends_with("超载。"), "{}", found.text);
        }
    }
}
