//! Environmental compendium: VuePress pages with front matter, containers (`::: tip 修订信息`), HTML paragraphs.

use super::front_matter;
use super::header;
use super::html;
use super::outcome::{Outcome, Refusal};
use super::plain::{classify, locate};
use crate::law::level;
use crate::law::{Access, AuthorityLevel, Document, Kind};
use regex::Regex;
use serde_json::{Map, Value};
use std::sync::LazyLock;

static ATTRIBUTES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\{[a-z-]+="?[^{}"\n]*"?;?\}"#).expect("a constant pattern"));
static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([^\[\]]*)\]\([^()\s]*\)").expect("a constant pattern"));
static EMOJI: LazyLock<Regex> = LazyLock::new(|| Regex::new(r":[a-z_]{3,}:").expect("a constant pattern"));

/// Whether a page out of its pack is one of these.
pub fn recognises(text: &str) -> bool {
    let Some((yaml, _)) = front_matter::split(text) else { return false };
    let fields = front_matter::fields(yaml).unwrap_or_default();
    fields.contains_key("icon")
        && fields.contains_key("title")
        && (fields.contains_key("category") || is_catalogue(&fields))
}

fn is_catalogue(fields: &Map<String, Value>) -> bool {
    fields.get("article").and_then(Value::as_bool) == Some(false)
}

/// Reads one page.
pub fn read(below: &str, text: &str, in_pack: bool) -> Outcome {
    let Some((yaml, body)) = front_matter::split(text) else {
        return Outcome::skipped("没有文首元数据，不是法律文件");
    };
    let fields = match front_matter::fields(yaml) {
        Ok(fields) => fields,
        Err((message, line)) => return Refusal::bad_record(message).at_line(line).into(),
    };
    if is_catalogue(&fields) || header::name(below) == "README.md" {
        return Outcome::skipped("目录页，不是法律文件");
    }
    let page = Page::read(body);
    if page.is_only_linked() {
        return Outcome::skipped("正文只在页面链接的附件里，请导入附件本身");
    }
    match document(&fields, page, in_pack) {
        Some(document) => Outcome::one(document),
        None => Refusal::bad_record("缺少标题或正文").into(),
    }
}

fn document(fields: &Map<String, Value>, page: Page, in_pack: bool) -> Option<Document> {
    let stated = |name: &str| fields.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let (more, text) = header::take_history(&page.text);
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let mut document = Document::new(Kind::Normative, stated("title")?, text);
    document.history = page.history;
    document.history.extend(more);
    document.issuer = stated("author").map(|author| level::normalise_issuer(author.trim_start_matches('原')));
    document.effective_date = stated("date").and_then(header::numeric_date);
    document.source_url = page.source_url;
    document.subject = fields
        .get("tag")
        .and_then(Value::as_array)
        .map(|tags| tags.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("、"));
    document.access = in_pack.then_some(Access::Public);
    let category = fields.get("category").and_then(|list| list.get(0)).and_then(Value::as_str).unwrap_or("");
    state_level(&mut document, category);
    Some(document)
}

fn state_level(document: &mut Document, category: &str) {
    use AuthorityLevel as Level;
    let issuer = document.issuer.clone().unwrap_or_default();
    let inferred = level::infer_level(&document.title, Some(&issuer), &document.history);
    document.level = match category {
        "法律" => Some(Level::Law),
        "行政法规" => {
            inferred.filter(|level| *level == Level::DepartmentalRule).or(Some(Level::AdministrativeRegulation))
        }
        "地方性法规" => Some(level::local_congress_level(&document.title)),
        "规章" if issuer.ends_with("人民政府") => Some(Level::LocalGovernmentRule),
        "规章" => inferred.filter(|level| *level == Level::NormativeDocument).or(Some(Level::DepartmentalRule)),
        "法律解释" if issuer.contains("最高人民") => Some(Level::JudicialInterpretation),
        "法律解释" | "名录" | "自由裁量" => inferred.or(Some(Level::NormativeDocument)),
        _ => inferred,
    };
    document.kind = document.level.map_or(Kind::Normative, |level| level.kind());
    if document.level == Some(Level::DepartmentalRule) {
        document.issuer = level::issuer_of(&document.history).or(document.issuer.take());
    }
    classify(document);
    locate(document);
}

/// A page taken apart.
#[derive(Debug, Default)]
struct Page {
    history: Vec<String>,
    source_url: Option<String>,
    /// Whether the page shows a PDF.
    shows_pdf: bool,
    /// Text outside of notes that the compilers wrote.
    text: String,
}

/// What to do with the lines of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    History,
    Contents,
    Origin,
    Note,
    Text,
}

impl Container {
    fn of(caption: &str) -> Self {
        match caption {
            "tip 修订信息" => Self::History,
            "details 目录" => Self::Contents,
            "warning 原文链接" => Self::Origin,
            "warning" | "note 适用范围" => Self::Note,
            _ => Self::Text,
        }
    }
}

impl Page {
    fn read(body: &str) -> Self {
        let mut page = Page::default();
        let mut open = Container::Text;
        let mut text = String::new();
        for line in body.split('\n') {
            let bare = line.trim();
            page.shows_pdf |= bare.starts_with("<PDF");
            if let Some(caption) = bare.strip_prefix(":::") {
                let caption = caption.trim();
                // 目录 holds tabs of its own, and one closing mark often closes both.
                if open != Container::Contents || caption.is_empty() {
                    open = if caption.is_empty() { Container::Text } else { Container::of(caption) };
                    if open == Container::Text {
                        put_caption(&mut text, caption);
                    }
                }
                continue;
            }
            match open {
                Container::History => page.put_history(bare),
                Container::Contents | Container::Note => {}
                Container::Origin => page.put_origin(bare),
                Container::Text => put_line(&mut text, line),
            }
        }
        page.text = html::text_of(&text).trim_matches('\n').to_string();
        page
    }

    fn put_history(&mut self, line: &str) {
        let line = html::text_of(&ATTRIBUTES.replace_all(line, ""));
        let line = line.trim();
        if !line.is_empty() {
            self.history.push(line.to_string());
        }
    }

    fn put_origin(&mut self, line: &str) {
        let address = line.trim_matches(['<', '>', '-', ' ']);
        if address.starts_with("http") && self.source_url.is_none() {
            self.source_url = Some(address.to_string());
        }
    }

    /// Whether the page only shows or links the document itself.
    fn is_only_linked(&self) -> bool {
        let characters = self.text.chars().filter(|c| !c.is_whitespace()).count();
        characters == 0 || (self.shows_pdf && characters < 400)
    }
}

/// The caption of a container that belongs to the text (附件, 附录): all but the first, English word.
fn put_caption(text: &mut String, caption: &str) {
    if let Some((_, caption)) = caption.split_once(' ') {
        put_line(text, caption);
    }
}

fn put_line(text: &mut String, line: &str) {
    let bare = line.trim();
    if bare == "---" || bare == "[[toc]]" || bare.starts_with("<PDF") {
        return;
    }
    let line = bare.strip_prefix("@tab ").unwrap_or(line);
    let line = ATTRIBUTES.replace_all(line, "");
    let line = LINK.replace_all(&line, "$1");
    let line = EMOJI.replace_all(&line, "");
    text.push_str(&line.replace("**", ""));
    text.push('\n');
}

#[cfg(test)]
mod tests;
