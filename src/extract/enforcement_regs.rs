//! Laws by enforcement department: `# title`, a bracketed history paragraph or a promulgation notice, body. Folders:
//! `laws/` by department, `sfjs/` judicial interpretations, `xzzfhg/` documents about lawful enforcement.

use super::front_matter;
use super::header;
use super::lawrefbook;
use super::outcome::{Outcome, Refusal};
use super::plain::{classify, locate};
use crate::law::level;
use crate::law::{Access, AuthorityLevel, Document, Kind};
use regex::Regex;
use std::sync::LazyLock;

static NUMBER_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([\p{Han}]{1,10}[〔\[［]\s*(?:19|20)\d{2}\s*[〕\]］]\s*\d+\s*号)\s*(.+)$")
        .expect("a constant pattern")
});

/// Reads one file; `below` is its path below the root of the pack.
pub fn read(below: &str, text: &str, in_pack: bool) -> Outcome {
    if header::name(below) == "README.md" || front_matter::split(text).is_some() {
        return Outcome::skipped("汇编的说明或目录页，不是法律文件");
    }
    let (number, title) = title_of(below, text);
    let body = without_title(text, title);
    let (history, body) = match body.split_once(lawrefbook::MARK) {
        Some((head, body)) => (header::join_wrapped(head.lines()), body.to_string()),
        None => split(&body, title),
    };
    let body = header::without_contents(body.trim()).trim().to_string();
    if body.contains("<PDF ") && body.chars().count() < 300 {
        return Outcome::skipped("正文只在页面链接的附件里，请导入附件本身");
    }
    if body.is_empty() {
        return Refusal::bad_record("文件没有正文").into();
    }
    let mut document = Document::new(Kind::Normative, full_title(title, &history), body);
    document.document_number = number.map(str::to_string);
    document.history = history;
    document.source_date = header::split_name_date(header::stem(below)).1;
    state_level(&mut document, below);
    document.access = in_pack.then_some(Access::Public);
    Outcome::one(document)
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
    let bare = |line: &str| line.chars().filter(|c| !c.is_whitespace() && *c != '#').collect::<String>();
    let wanted = bare(title);
    let mut lines: Vec<&str> = text.trim_start().split('\n').collect();
    if lines.first().is_some_and(|line| line.starts_with('#') || wanted == bare(line)) {
        lines.remove(0);
    }
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

/// Whether what stands before the repeated title only names the courts.
fn level_prefix(gathered: &str, title: &str) -> bool {
    let before = gathered.strip_suffix(title).unwrap_or("");
    matches!(before, "最高人民法院" | "最高人民检察院" | "最高人民法院最高人民检察院" | "最高人民法院、最高人民检察院")
}

/// History paragraphs or the promulgation notice before the body.
fn split(body: &str, title: &str) -> (Vec<String>, String) {
    let (mut history, rest) = header::take_notice(body);
    // After the notice the title often stands once more, and then the 题注.
    let rest = without_title(&format!("\n{rest}"), title);
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
    use AuthorityLevel as Level;
    if document.title.starts_with("最高人民检察院") {
        document.issuer = Some("最高人民检察院".to_string());
    } else if document.title.starts_with("最高人民法院") {
        let both = document.title.contains("最高人民检察院");
        document.issuer = Some(if both { "最高人民法院、最高人民检察院" } else { "最高人民法院" }.to_string());
    }
    classify(document);
    if document.level.is_none() {
        let folders = header::folder(below);
        document.level = if below.starts_with("sfjs/") {
            Some(Level::JudicialInterpretation)
        } else if folders.starts_with("laws/宪法") || folders.ends_with("法律") || folders.ends_with("法律部分")
        {
            document.title.ends_with('法').then_some(Level::Law)
        } else if folders.ends_with("行政法规") {
            document.title.ends_with("条例").then_some(Level::AdministrativeRegulation)
        } else {
            national_by_title(&document.title)
        };
    }
    document.kind = document.level.map_or(Kind::Normative, |level| level.kind());
    locate(document);
}

/// 中华人民共和国…法 can be nothing but a law.
fn national_by_title(title: &str) -> Option<AuthorityLevel> {
    let law = title.starts_with("中华人民共和国") && (title.ends_with('法') || title.ends_with("法典"));
    law.then_some(AuthorityLevel::Law).or_else(|| level::infer_level(title, Some(title), &[]))
}

#[cfg(test)]
mod tests;
