//! `faju show`.

use super::output::{Stop, Style, WRITES, complain, facts, output_flag, saved};
use super::{Context, Outcome};
use crate::app::view::case::CasePage;
use crate::app::view::{BlockView, CorrectionShown, DocumentView, ProvisionView, ReadingView, Shown};
use crate::app::{AppError, ErrorCode, FileFormat, Found, Kind};
use crate::http::query_string::date;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use std::path::PathBuf;
use std::time::Duration;

/// Ids that lead on to another, followed at most.
const HOPS_MAX: usize = 4;

pub fn declare() -> Command {
    Command::new("show")
        .about("打印一件法律文件、一个版本、一条、一个案例或一份原始记录")
        .arg(Arg::new("id").value_name("ID").required(true).help("编号，search 的结果里有"))
        .arg(
            Arg::new("with")
                .long("with")
                .value_name("ID")
                .action(ArgAction::Append)
                .requires("format")
                .help("同一版本中一起导出的另一条；可写多个"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(FileFormat::ALL.map(|(_, name)| name))
                .conflicts_with("json")
                .help("导出为文件：docx（公文版式）、html、md、txt、json、jsonl；md 和 jsonl 的整件文件可重新导入"),
        )
        .arg(
            Arg::new("original")
                .long("original")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["json", "format", "as_of"])
                .help("取出留存的原件（见 faju import --keep-originals），写到 --output"),
        )
        .arg(output_flag())
        .group(ArgGroup::new(WRITES).args(["format", "original"]))
        .arg(Arg::new("as_of").long("as-of").value_name("YYYY-MM-DD").help("哪一天的文本（缺省为今天）"))
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let as_of = given.get_one::<String>("as_of").map(|value| date("as_of", value)).transpose()?;
    let mut id = given.get_one::<String>("id").cloned().unwrap_or_default();
    let app = context.open(Duration::ZERO)?;
    if given.get_flag("original") {
        return saved(given.get_one::<PathBuf>("output"), &app.original(&id, &context.asker())?);
    }
    if let Some(format) = given.get_one::<String>("format").and_then(|name| FileFormat::of(name)) {
        let ids: Vec<String> =
            std::iter::once(id).chain(given.get_many::<String>("with").into_iter().flatten().cloned()).collect();
        let file = app.written(&ids, format, as_of, &context.asker())?;
        return saved(given.get_one::<PathBuf>("output"), &file);
    }
    for _ in 0..HOPS_MAX {
        match app.show(&id, as_of, &context.asker())? {
            Found::Here(view) => {
                let elements = match &view {
                    Shown::Reading(view) if view.instrument.kind == Kind::Case => {
                        app.case(&view.instrument.id, as_of, &context.asker()).ok()
                    }
                    _ => None,
                };
                let elements = match elements {
                    Some(Found::Here(page)) => Some(page),
                    _ => None,
                };
                context.answer(&view, |style| {
                    shown(&view, style) + &elements.iter().map(|page| of_case(page, style)).collect::<String>()
                })?;
                return Ok(Outcome::Done);
            }
            Found::Moved(to) => {
                complain(&format!("faju: {id} 现为 {to}"));
                id = to;
            }
        }
    }
    Err(AppError::new(ErrorCode::Conflict, format!("编号 {id} 互相指来指去；请运行 faju verify")).into())
}

fn shown(view: &Shown, style: Style) -> String {
    match view {
        Shown::Reading(view) => reading(view, style),
        Shown::Provision(view) => provision(view, style),
        Shown::Document(view) => document(view, style),
    }
}

/// The elements of a case, and what must be known of the law that it applied.
fn of_case(page: &CasePage, style: Style) -> String {
    let rows = page.rows();
    let mut out = String::new();
    if !rows.is_empty() {
        out.push_str(&format!("\n{}\n", style.strong("案例要素")));
        rows.iter().for_each(|(name, value)| out.push_str(&format!("  {name}：{value}\n")));
    }
    page.notices.iter().for_each(|notice| out.push_str(&format!("  {}\n", style.faint(notice))));
    out
}

fn reading(view: &ReadingView, style: Style) -> String {
    let mut out = if view.sample { style.sample() } else { String::new() };
    let version = view.version.as_ref();
    let status = version.map(|version| style.status(version.status)).unwrap_or_default();
    out.push_str(&format!("{} {status}\n", style.strong(&view.instrument.title)));
    out.push_str(&format!("{}\n", style.faint(&facts(&view.instrument, version))));
    for line in view.notice.iter().chain(&view.history) {
        out.push_str(&format!("{line}\n"));
    }
    for block in &view.blocks {
        match block {
            BlockView::Heading { text, .. } => out.push_str(&format!("\n{}\n", style.strong(text))),
            BlockView::Provision { text, .. } => out.push_str(&format!("\n{text}\n")),
        }
    }
    if view.versions.len() > 1 {
        out.push_str(&format!("\n{}\n", style.strong("版本")));
        for row in &view.versions {
            let id = format!("{}@{}", view.instrument.id, row.key);
            let assumed = row.first_day_assumed().map(|why| format!("  {}", style.faint(why))).unwrap_or_default();
            out.push_str(&format!("  {id}  {}{assumed}\n", style.status(row.status)));
        }
    }
    if !view.relations.is_empty() {
        out.push_str(&format!("\n{}\n", style.strong("与其他文件的关系")));
        for relation in &view.relations {
            out.push_str(&format!("  {}\n    {}\n", relation.says(), style.faint(&relation.proved())));
        }
    }
    out.push_str(&corrections(&view.corrections, style));
    for issue in &view.issues {
        out.push_str(&format!("\n{}", style.faint(&format!("存疑：{issue}"))));
    }
    out
}

/// What persons corrected, each with the evidence.
fn corrections(corrections: &[CorrectionShown], style: Style) -> String {
    let mut out = String::new();
    if !corrections.is_empty() {
        out.push_str(&format!("\n{}\n", style.strong("人工更正")));
        for correction in corrections {
            out.push_str(&format!("  {}\n    {}\n", correction.says(), style.faint(&correction.proved())));
        }
    }
    out
}

fn provision(view: &ProvisionView, style: Style) -> String {
    let sample = if view.sample { style.sample() } else { String::new() };
    let version = view.version.as_ref();
    let status = version.map(|version| style.status(version.status)).unwrap_or_default();
    let place: Vec<&str> = view.path.iter().map(String::as_str).chain([view.label.as_str()]).collect();
    let notice = view.notice.iter().map(|notice| format!("{notice}\n")).collect::<String>();
    format!(
        "{sample}{} {status}\n{}\n{notice}{}\n\n{}\n",
        style.strong(&view.instrument.title),
        style.faint(&facts(&view.instrument, version)),
        place.join(" › "),
        view.text
    )
}

fn document(view: &DocumentView, style: Style) -> String {
    let mut out = if view.sample { style.sample() } else { String::new() };
    out.push_str(&format!("{}\n", style.strong(&view.id)));
    for record in &view.records {
        let when = record.recorded_at.as_deref().unwrap_or("");
        out.push_str(&format!("\n{} {}\n", style.strong(&record.origin), style.faint(when)));
        out.push_str(&format!("{}\n\n{}\n", record.document.title, record.document.text));
        out.push_str(&corrections(&record.corrections, style));
    }
    out
}
