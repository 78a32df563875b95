//! `faju review` and `faju checks`.

use super::output::{Stop, Style, complain, saved};
use super::{Context, Outcome};
use crate::app::view::review::{BasisView, CheckView, ClauseView, DecisionPage, FindingView, ReviewPage, SweepPage};
use crate::app::{self, AppError, DecisionRequest, ErrorCode, FileFormat, ListFormat, SweepRequest};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use jiff::civil::Date;
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

/// Largest draft file, in bytes.
const BYTES_MAX: u64 = 64 << 20;
/// Code points of a basis that a result shows.
const EXCERPT: usize = 100;

/// A day as it is given.
fn date(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "应为年历上的一天，写作 2026-01-31")
}

pub fn declare_review() -> Command {
    let day = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name("YYYY-MM-DD").value_parser(|text: &str| date(text)).help(help)
    };
    let word = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("review")
        .about("审查草案：引用、权限、数额、形式和公平竞争，逐处列出问题和依据")
        .arg(
            Arg::new("corpus")
                .long("corpus")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["file", "level", "title", "date"])
                .help("审查库中现行的每一件规范性文件，列出清理清单（--format xlsx、html 等）"),
        )
        .arg(Arg::new("file").value_name("FILE").required_unless_present("corpus").help("草案：docx、doc、pdf、网页、文本等；- 从标准输入读文本"))
        .arg(word("level", "LEVEL", "草案的效力位阶，如 normative_document、local_government_rule（缺省由草案判断，再缺省为规范性文件）"))
        .arg(word("issuer", "NAME", "制定机关（缺省由草案判断）"))
        .arg(word("region", "CODE", "制定机关的行政区划代码（缺省由制定机关判断）"))
        .arg(word("title", "TITLE", "标题（缺省由草案判断）"))
        .arg(day("date", "草案的施行日期或者成文日期（缺省由草案判断）"))
        .arg(day("as-of", "按哪一天的法律核验（缺省为今天）").id("as_of"))
        .arg(
            Arg::new("settings")
                .long("settings")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("本地的设置（JSON）：关闭的检查、许可和收费清单、有效期上限等"),
        )
        .arg(file_arg("previous", "上一稿的审查报告（faju review --json 的输出）：标明未改、新增和已改正；与 --corpus 一起时为上一次的清理结果，只重查此后变动可能影响的文件"))
        .arg(file_arg("dismissed", "已排除的发现（JSON）：[{\"id\": …, \"reason\": …}]，理由必填，写入报告").conflicts_with("corpus"))
        .args(declare_answers())
        .after_help("例：\n  faju review 草案.docx --issuer 云桥县人民政府\n  faju review 草案.docx --format docx -o 意见书.docx\n  echo 违者罚款500元。 | faju review - --level normative_document")
}

/// What is asked for, and where it is written.
fn declare_answers() -> [Arg; 5] {
    [
        Arg::new("commented")
            .long("commented")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .conflicts_with_all(["corpus", "format", "json"])
            .help("草案为 .docx 时：把各处发现作为批注写进它的副本（- 为标准输出），原件不动"),
        Arg::new("decision")
            .long("decision")
            .action(ArgAction::SetTrue)
            .conflicts_with_all([
                "corpus",
                "level",
                "issuer",
                "region",
                "title",
                "date",
                "as_of",
                "previous",
                "dismissed",
                "compare",
                "commented",
                "format",
            ])
            .help("文件是行政处罚决定书：核对依据、幅度、裁量、载明事项、救济和期限，法律按行为日和决定日查"),
        Arg::new("compare")
            .long("compare")
            .action(ArgAction::SetTrue)
            .conflicts_with("corpus")
            .help("逐条列出上位法对同一事项的规定和不同之处"),
        Arg::new("format")
            .long("format")
            .value_name("docx|html|md|txt|xlsx|csv")
            .value_parser(["docx", "html", "md", "txt", "xlsx", "csv"])
            .conflicts_with("json")
            .help("写成合法性审查意见书（docx、html、md、txt）；与 --corpus 一起时写成清理清单（xlsx、csv 每处一行，其余附依据）"),
        Arg::new("output")
            .long("output")
            .short('o')
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .requires("format")
            .help("意见书写到这个文件（缺省以标题为名；- 为标准输出）"),
    ]
}

fn file_arg(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("FILE").value_parser(value_parser!(PathBuf)).help(help)
}

pub fn declare_checks() -> Command {
    Command::new("checks")
        .about("列出审查的各项检查：检查什么、依据、应报和不应报的例子")
        .arg(Arg::new("code").value_name("CODE").help("只看这一项，如 S01"))
}

pub fn review(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    if given.get_flag("corpus") {
        return sweep(given, context);
    }
    let file = given.get_one::<String>("file").map_or("-", String::as_str);
    let settings = given.get_one::<PathBuf>("settings").map(|path| app::review_settings(path)).transpose()?;
    let original = bytes(file)?;
    let mut request = app::draft_of(file, &original)?;
    if given.get_flag("decision") {
        let settings = settings.unwrap_or_default();
        return decision(&DecisionRequest { text: request.text, settings }, context);
    }
    let word = |name: &str| given.get_one::<String>(name).cloned();
    request.title = word("title").or(request.title);
    request.issuer = word("issuer").or(request.issuer);
    request.region = word("region").or(request.region);
    request.date = given.get_one::<Date>("date").copied().or(request.date);
    request.settings = settings.unwrap_or_default();
    let path = |name: &str| given.get_one::<PathBuf>(name);
    request.previous = path("previous").map(|path| app::previous_report(path)).transpose()?;
    request.dismissed = path("dismissed").map(|path| app::dismissals(path)).transpose()?.unwrap_or_default();
    request.compare = given.get_flag("compare");
    request.level = word("level").map(|name| app::level(&name)).transpose()?.or(request.level);
    let app = context.open(Duration::ZERO)?;
    let page = app.review(&request, given.get_one::<Date>("as_of").copied(), &context.asker())?;
    if page.sample {
        complain("示例数据（虚构）：尚未导入任何文件，引用只能按示例核验");
    }
    page.warnings.iter().for_each(|warning| complain(warning));
    if let Some(name) = given.get_one::<String>("format") {
        let format = FileFormat::of(name).ok_or_else(|| wrong_format(name, "docx、html、md、txt"))?;
        return saved(given.get_one::<PathBuf>("output"), &app::opinion(&page, format)?);
    }
    if let Some(path) = given.get_one::<PathBuf>("commented") {
        return saved(Some(path), &app::commented(&page, &original, &request.text)?);
    }
    context.answer(&page, |style| shown(&page, style))?;
    Ok(Outcome::Done)
}

fn decision(request: &DecisionRequest, context: &Context) -> Result<Outcome, Stop> {
    let app = context.open(Duration::ZERO)?;
    let page = app.review_decision(request, &context.asker())?;
    context.answer(&page, |style| decided(&page, style))?;
    Ok(Outcome::Done)
}

fn decided(page: &DecisionPage, style: Style) -> String {
    let mut out = if page.sample { style.sample() } else { String::new() };
    let told = |word: &Option<String>| word.clone().unwrap_or_else(|| "未见".to_string());
    let day = |day: Option<Date>| day.map_or_else(|| "未见".to_string(), |day| day.to_string());
    out.push_str(&format!(
        "{}\n文号 {} · 行为日 {} · 决定日 {}\n发现 {} 处\n",
        style.strong(&told(&page.authority)),
        told(&page.number),
        day(page.acted_on),
        day(page.decided_on),
        page.findings.len()
    ));
    if page.form == "abstract" {
        out.push_str("文本是摘要，不是决定书全文：没有载明什么无从核对\n");
    }
    page.findings.iter().for_each(|finding| out.push_str(&finding_shown(finding, style)));
    out
}

fn wrong_format(format: &str, known: &str) -> AppError {
    AppError::parameter(ErrorCode::InvalidParameter, "format", format!("这里不能写成 {format}；可写 {known}"))
}

fn sweep(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let settings = given.get_one::<PathBuf>("settings").map(|path| app::review_settings(path)).transpose()?;
    let word = |name: &str| given.get_one::<String>(name).cloned();
    let earlier = given.get_one::<PathBuf>("previous").map(|path| app::previous_sweep(path)).transpose()?;
    let settings = settings.unwrap_or_default();
    let request = SweepRequest { issuer: word("issuer"), region: word("region"), settings, earlier };
    let as_of = given.get_one::<Date>("as_of").copied();
    let app = context.open(Duration::ZERO)?;
    if let Some(name) = given.get_one::<String>("format") {
        let list = ListFormat::of(name);
        let page = app.sweep(&request, as_of, &context.asker())?;
        let file = match (list, FileFormat::of(name)) {
            (Some(list), _) => app::cleanup_list(&page, list)?,
            (None, Some(paper)) => app::cleanup_paper(&page, paper)?,
            (None, None) => return Err(wrong_format(name, "xlsx、csv、docx、html、md、txt").into()),
        };
        return saved(given.get_one::<PathBuf>("output"), &file);
    }
    let page = app.sweep(&request, as_of, &context.asker())?;
    context.answer(&page, |style| swept(&page, style))?;
    Ok(Outcome::Done)
}

fn swept(page: &SweepPage, style: Style) -> String {
    let mut out = if page.sample { style.sample() } else { String::new() };
    out.push_str(&format!(
        "清理 {} 件（本次审查 {} 件），{} 件有发现，共 {} 处；按 {} 的法律核验\n",
        page.documents,
        page.looked_at,
        page.items.len(),
        page.findings,
        page.as_of
    ));
    for item in &page.items {
        out.push_str(&format!("\n{}\n", style.strong(&item.instrument.title)));
        if item.expired {
            out.push_str("  有效期已届满\n");
        }
        for finding in &item.findings {
            out.push_str(&format!(
                "  {} {} {}：{}\n",
                finding.check,
                finding.severity.chinese(),
                finding.clause,
                finding.message
            ));
        }
    }
    out
}

fn bytes(file: &str) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::new();
    let read = match file {
        "-" => std::io::stdin().take(BYTES_MAX + 1).read_to_end(&mut bytes),
        path => std::fs::File::open(path).and_then(|file| file.take(BYTES_MAX + 1).read_to_end(&mut bytes)),
    };
    read.map_err(|error| AppError::new(ErrorCode::NotFound, format!("不能读 {file}：{error}；请检查路径和权限")))?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(AppError::new(ErrorCode::TooLarge, format!("{file} 超过 {} MB", BYTES_MAX >> 20)));
    }
    Ok(bytes)
}

fn shown(page: &ReviewPage, style: Style) -> String {
    let (graver, notes): (Vec<&FindingView>, Vec<&FindingView>) =
        page.findings.iter().partition(|finding| app::is_grave(finding.severity));
    let mut out = if page.sample { style.sample() } else { String::new() };
    let title = page.title.as_deref().unwrap_or("（无标题）");
    let known = page.known_to.map(|day| format!("，库中最新的文本为 {day}")).unwrap_or_default();
    out.push_str(&format!(
        "{}\n{} · 按 {} 的法律核验{known}\n{} 句，{} 处引用；发现 {} 处，提示 {} 处\n",
        style.strong(title),
        page.level.chinese(),
        page.as_of,
        page.sentences,
        page.citations,
        graver.len(),
        notes.len(),
    ));
    graver.iter().for_each(|finding| out.push_str(&finding_shown(finding, style)));
    if let Some(fixed) = &page.fixed {
        out.push_str(&format!("\n{}\n", style.strong(&format!("上一稿的发现已改正 {} 处", fixed.len()))));
        fixed.iter().for_each(|told| out.push_str(&format!("  {} {}：{}\n", told.check, told.clause, told.message)));
    }
    page.comparison.iter().flatten().for_each(|clause| out.push_str(&clause_shown(clause, style)));
    if !notes.is_empty() {
        out.push_str(&format!("\n{}\n", style.strong("提示")));
        for note in notes {
            out.push_str(&format!("  {} {}：{}\n", note.check, note.clause, note.message));
        }
    }
    out
}

fn finding_shown(finding: &FindingView, style: Style) -> String {
    let sure = if finding.certain { "确定" } else { "请核对" };
    let state = finding.state.map(|state| format!(" {}", state.chinese())).unwrap_or_default();
    let head = format!("[{} {} {sure}{state}] {}", finding.check, finding.severity.chinese(), finding.clause);
    let mut out = format!(
        "\n{}\n  “{}”\n  {}\n  建议：{}\n",
        style.strong(&head),
        finding.quote,
        finding.message,
        finding.suggestion
    );
    if let Some(reason) = &finding.dismissed {
        out.push_str(&format!("  已排除：{reason}\n"));
    }
    for basis in &finding.basis {
        out.push_str(&style.faint(&format!("  依据：{}\n", basis_shown(basis))));
    }
    out
}

fn clause_shown(clause: &ClauseView, style: Style) -> String {
    let mut out = format!("\n{}\n", style.strong(&format!("对照 {}", clause.clause)));
    for beside in &clause.superior {
        out.push_str(&style.faint(&format!("  {}\n", basis_shown(&beside.basis))));
        beside.differences.iter().for_each(|told| out.push_str(&format!("    {told}\n")));
    }
    out
}

fn basis_shown(basis: &BasisView) -> String {
    if basis.article.is_empty() {
        return basis.title.clone();
    }
    format!("《{}》（{}）{} {}", basis.title, basis.edition(), basis.article, basis.words(EXCERPT))
}

pub fn checks(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let wanted = given.get_one::<String>("code");
    let is_wanted = |check: &CheckView| wanted.is_none_or(|code| check.code.eq_ignore_ascii_case(code));
    let checks: Vec<CheckView> = app::checks().into_iter().filter(is_wanted).collect();
    if checks.is_empty() {
        let message = "没有这一项检查；不写代码可列出全部";
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "code", message).into());
    }
    context.answer(&checks, |style| listed(&checks, wanted.is_some(), style))?;
    Ok(Outcome::Done)
}

fn listed(checks: &[CheckView], whole: bool, style: Style) -> String {
    let mut out = String::new();
    for check in checks {
        out.push_str(&format!("{} {}（{}）\n", style.strong(check.code), check.name, check.severity.chinese()));
        for (heading, lines) in check.sections.iter().filter(|_| whole) {
            out.push_str(&format!("\n{heading}\n"));
            lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
        }
    }
    out
}
