//! Laws by enforcement department: `# title`, a bracketed history paragraph or a promulgation notice, body. Folders:
//! `laws/` by department, `sfjs/` judicial interpretations, `xzzfhg/` documents about lawful enforcement.

use super::front_matter;
use super::header;
use super::lawrefbook;
use super::markdown::without_emphasis;
use super::merge::order_of;
use super::outcome::{Extracted, Outcome, PartOf, Refusal};
use super::plain::{classify, heading, locate};
use crate::law::identity::folded_title;
use crate::law::{Access, AuthorityLevel, Document, Kind};
use crate::law::{history, level};
use regex::Regex;
use std::sync::LazyLock;

static NUMBER_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([\p{Han}]{1,10}[〔\[［﹝〖]\s*(?:19|20)\d{2}\s*[〕\]］﹞〗]\s*\d+\s*号)\s*(.+)$")
        .expect("a constant pattern")
});

static TITLE_PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[\p{Han}]{1,8}[〔\[［﹝〖]\d{4}[〕\]］﹞〗]\d+号)?(?:最高人民法院|最高人民检察院|、)*$")
        .expect("a constant pattern")
});
static MINISTRY_SESSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:部务|部长办公|局务|局长办公|署务|委主任|委务|行务)会议").expect("a constant pattern")
});

/// Reads one file; `below` is its path below the root of the pack, `path` that in the whole tree.
pub fn read(path: &str, below: &str, text: &str) -> Outcome {
    if header::name(below) == "README.md" || front_matter::split(text).is_some() {
        return Outcome::skipped("汇编的说明或目录页，不是法律文件");
    }
    let text = &*without_emphasis(text);
    let (number, title) = title_of(below, text);
    let body = without_title(text, title);
    let (subtitle, history, body) = match body.split_once(lawrefbook::MARK) {
        Some((head, body)) => {
            let (subtitle, head) = heading(head).map_or((None, head), |(subtitle, head)| (Some(subtitle), head));
            let history = header::join_wrapped(head.lines());
            // The mark may stand before the history instead of after it.
            let (history, body) = if history.is_empty() { split(body, title) } else { (history, body.to_string()) };
            (subtitle.map(str::to_string), history, body)
        }
        None => {
            let (history, body) = split(&body, title);
            (None, history, body)
        }
    };
    let body = header::without_contents(&lawrefbook::clean(&body)).trim().to_string();
    if body.contains("<PDF ") && body.chars().count() < 300 {
        return Outcome::skipped("正文只在页面链接的附件里，请导入附件本身");
    }
    if body.is_empty() {
        return Refusal::bad_record("文件没有正文").into();
    }
    let title = amending_title(title, &body, &history)
        .or_else(|| title_by_name(title, below, &history))
        .unwrap_or_else(|| full_title(title, &history));
    let mut document = Document::new(Kind::Normative, title, body);
    document.document_number = number.map(str::to_string).or_else(|| number_of_notice(&document.text));
    document.history = history;
    document.source_date = header::split_name_date(header::stem(below)).1;
    state_level(&mut document, below);
    document.access = Some(Access::Public);
    let part = subtitle.map(|subtitle| {
        let order = order_of(&document.text);
        document.text = format!("# {subtitle}\n\n{}", document.text);
        PartOf { key: format!("{}/{}", header::folder(path), document.title), order }
    });
    Outcome::one(Extracted { part, ..Extracted::from(document) })
}

/// Some files keep under the name of an act only the decision that amends it: then the decision gives the title.
fn amending_title(title: &str, body: &str, history: &[String]) -> Option<String> {
    let first = body.lines().next()?.trim();
    let decision = first.contains("关于修改《") && first.ends_with("的决定") && first.chars().count() <= 120;
    (decision && history.is_empty() && !title.contains("修改")).then(|| first.to_string())
}

/// The title that the decisions in the history name, where the file name bears it too and the heading another one: two of
/// three say that the heading is wrong.
fn title_by_name(heading: &str, below: &str, history: &[String]) -> Option<String> {
    let named = history::amended_titles(history);
    let (heading, name) = (folded_title(heading), folded_title(header::split_name_date(header::stem(below)).0));
    if heading == name || named.iter().any(|title| folded_title(title) == heading) {
        return None;
    }
    named.into_iter().find(|title| folded_title(title) == name).map(str::to_string)
}

/// The 文号 of a notice that stands in the first lines of the body (关于印发…的通知).
fn number_of_notice(body: &str) -> Option<String> {
    let mut lines = body.lines().map(str::trim).filter(|line| !line.is_empty()).take(5);
    lines.find_map(header::document_number).map(str::to_string)
}

/// 文号 and title: the first heading, else the first line if it repeats the file name, else the file name.
fn title_of<'a>(below: &'a str, text: &'a str) -> (Option<&'a str>, &'a str) {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    let heading = first.trim_start_matches('#').trim();
    let stem = header::split_name_date(header::stem(below)).0;
    let title = if first.starts_with('#') && !heading.is_empty() { heading } else { stem };
    match NUMBER_FIRST.captures(title).and_then(|found| Some((found.get(1)?, found.get(2)?))) {
        Some((number, title)) => (Some(number.as_str()), title.as_str()),
        None => (NUMBER_FIRST.captures(stem).and_then(|found| found.get(1)).map(|number| number.as_str()), title),
    }
}

/// The text without its heading and without lines right after it that only repeat the title.
fn without_title(text: &str, title: &str) -> String {
    let text = text.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let heading = first.starts_with('#') || bare(first) == bare(title);
    without_repetition(if heading { rest } else { text }, title)
}

/// A line without white space and heading marks.
fn bare(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace() && *c != '#').collect()
}

/// The text without first lines that together only repeat the title.
fn without_repetition(text: &str, title: &str) -> String {
    let wanted = bare(title);
    let mut lines: Vec<&str> = text.split('\n').collect();
    let mut gathered = String::new();
    let mut used = 0;
    for (at, line) in lines.iter().enumerate().take(8) {
        gathered.push_str(&bare(line));
        if gathered == wanted || (gathered.ends_with(&wanted) && level_prefix(&gathered, &wanted)) {
            used = at + 1;
        }
        if gathered.chars().count() > wanted.chars().count() + 20 {
            break;
        }
    }
    lines.split_off(used).join("\n")
}

/// Whether what stands before the repeated title only names its number and the courts.
fn level_prefix(gathered: &str, title: &str) -> bool {
    gathered.strip_suffix(title).is_some_and(|before| TITLE_PREFIX.is_match(before))
}

/// History paragraphs or the promulgation notice before the body.
fn split(body: &str, title: &str) -> (Vec<String>, String) {
    let (mut history, rest) = header::take_notice(body);
    // After the notice the title often stands once more, and then the 题注.
    let first = rest.trim_start().lines().next().unwrap_or("");
    let is_title = first.starts_with('#') && !header::is_heading(&bare(first));
    let rest = if is_title { without_title(rest, title) } else { without_repetition(rest, title) };
    let (more, rest) = header::take_history(&rest);
    history.extend(more);
    (history, rest.to_string())
}

/// The title with the courts before it, when the history names them and the file name left them out.
fn full_title(title: &str, history: &[String]) -> String {
    let quoted = history.iter().find_map(|line| {
        let inside = line.strip_prefix('《')?;
        let (inside, _) = inside.split_once("》已").or_else(|| inside.split_once("》于"))?;
        Some(inside.replace("〈", "《").replace("〉", "》"))
    });
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if let Some(quoted) = quoted.filter(|quoted| bare(quoted).ends_with(&bare(title))) {
        return quoted;
    }
    let story = history.join("");
    if !title.starts_with("关于") {
        return title.to_string();
    }
    match (story.contains("最高人民法院审判委员会"), story.contains("最高人民检察院")) {
        (true, true) => format!("最高人民法院、最高人民检察院{title}"),
        (true, false) => format!("最高人民法院{title}"),
        _ => title.to_string(),
    }
}

fn state_level(document: &mut Document, below: &str) {
    if document.title.starts_with("最高人民检察院") {
        document.issuer = Some("最高人民检察院".to_string());
    } else if document.title.starts_with("最高人民法院") {
        let both = document.title.contains("最高人民检察院");
        document.issuer = Some(if both { "最高人民法院、最高人民检察院" } else { "最高人民法院" }.to_string());
    }
    classify(document);
    if document.level.is_none() || below.starts_with("sfjs/") {
        document.level = level_by_shelf(document, below);
    }
    document.kind = document.level.map_or(Kind::Normative, |level| level.kind());
    locate(document);
}

/// The level that folder, title and promulgating organ say together when the history alone is silent.
fn level_by_shelf(document: &Document, below: &str) -> Option<AuthorityLevel> {
    use AuthorityLevel as Level;
    let (title, folders) = (document.title.as_str(), header::folder(below));
    if below.starts_with("sfjs/") {
        return Some(Level::JudicialInterpretation);
    }
    if title.starts_with("中国共产党") || title.starts_with("中共中央") {
        return None;
    }
    let local = level::region_of(title).is_some();
    if title.ends_with("条例") || title.ends_with("条例（试行）") {
        // No ministry and no government may call its rules 条例.
        return Some(if local { level::local_congress_level(title) } else { Level::AdministrativeRegulation });
    }
    let session = document.history.first().is_some_and(|line| MINISTRY_SESSION.is_match(line));
    let ministry =
        document.issuer.as_deref().is_some_and(|issuer| !issuer.contains("国务院") && !issuer.contains("中央"));
    let rule =
        ["规定", "办法", "细则", "规则", "规定（试行）", "办法（试行）"].iter().any(|form| title.ends_with(form));
    let shelf = folders.ends_with("部门规章") || folders.ends_with("部规章");
    if !local && rule && (shelf || session || (ministry && below.starts_with("laws/"))) {
        return Some(Level::DepartmentalRule);
    }
    level::infer_level(title, Some(title), &[])
}

#[cfg(test)]
mod tests;
