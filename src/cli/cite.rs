//! `faju resolve`: the citations of a text, or of a document of the corpus.

use super::output::{Stop, Style};
use super::{Context, Outcome};
use crate::app::view::citations::{CitationView, CitationsView, CitedByFilter, CitedByPage};
use crate::app::view::quotation::QuotationView;
use crate::app::{AppError, ErrorCode, Found, Outcome as Resolved};
use crate::http::query_string::date;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::io::Read;
use std::time::Duration;

/// Citing places printed when nothing is said.
const LIMIT_DEFAULT: usize = 20;

pub fn declare() -> Command {
    Command::new("resolve")
        .about("找出文字中的引用，核对每一处所引的文件、版本和条款")
        .arg(Arg::new("text").value_name("TEXT").num_args(0..).help("要核对的文字；- 从标准输入读"))
        .arg(
            Arg::new("of")
                .long("of")
                .value_name("ID")
                .conflicts_with("text")
                .help("不核对外来文字，而是列出库中一件、一个版本或一条的引用"),
        )
        .arg(
            Arg::new("cited_by")
                .long("cited-by")
                .value_name("ID")
                .conflicts_with_all(["text", "of"])
                .help("列出引用这一件、这一版本或这一条的各处；库中没有的文件写名称，如 合同法"),
        )
        .arg(Arg::new("within").long("within").value_name("ID").help("文字属于哪一版本：本法、第三条即指它"))
        .arg(Arg::new("as_of").long("as-of").value_name("YYYY-MM-DD").help("按哪一天核对（缺省为今天）"))
        .arg(
            Arg::new("standing")
                .long("standing")
                .action(ArgAction::SetTrue)
                .requires("cited_by")
                .help("只列现行有效和时效未知的文件中的引用"),
        )
        .arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .requires("cited_by")
                .value_parser(clap::value_parser!(u64).range(1..=1000))
                .help("最多列多少处（缺省 20）"),
        )
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let as_of = given.get_one::<String>("as_of").map(|value| date("as_of", value)).transpose()?;
    if let Some(id) = given.get_one::<String>("of") {
        return of(id, as_of, context);
    }
    if let Some(id) = given.get_one::<String>("cited_by") {
        let limit = given.get_one::<u64>("limit").and_then(|limit| usize::try_from(*limit).ok());
        let limit = limit.unwrap_or(LIMIT_DEFAULT);
        let filter = CitedByFilter {
            standing: given.get_flag("standing"),
            limit,
            relations_max: Some(limit),
            ..CitedByFilter::default()
        };
        return cited_by(id, &filter, as_of, context);
    }
    let texts = texts(given)?;
    let within = given.get_one::<String>("within").map(String::as_str);
    let page = context.open(Duration::ZERO)?.resolve(&texts, within, as_of, &context.asker())?;
    context.answer(&page, |style| page.items.iter().map(|item| citations(item, style)).collect())?;
    let all = page.items.iter().flat_map(|item| &item.citations);
    let holds = |citation: &CitationView| citation.outcome == Resolved::Resolved && !is_misquoted(citation);
    Ok(Outcome::of(all.into_iter().all(holds)))
}

fn texts(given: &ArgMatches) -> Result<Vec<String>, AppError> {
    let texts: Vec<String> = given.get_many::<String>("text").unwrap_or_default().cloned().collect();
    if texts.is_empty() {
        let message = "没有要核对的文字；从标准输入读请写 -";
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "text", message));
    }
    texts.into_iter().map(|text| if text == "-" { from_input() } else { Ok(text) }).collect()
}

fn from_input() -> Result<String, AppError> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| AppError::new(ErrorCode::Internal, format!("不能读标准输入：{error}")))?;
    String::from_utf8(bytes).map_err(|_| AppError::new(ErrorCode::NotText, "标准输入不是 UTF-8 文字"))
}

fn of(id: &str, as_of: Option<jiff::civil::Date>, context: &Context) -> Result<Outcome, Stop> {
    match context.open(Duration::ZERO)?.cites(id, as_of, &context.asker())? {
        Found::Moved(to) => of(&to, as_of, context),
        Found::Here(page) => {
            context.answer(&page, |style| {
                let mut out = format!("{}\n", style.strong(&page.instrument.title));
                page.assumed.iter().for_each(|why| out.push_str(&format!("{}\n", style.faint(why))));
                page.items.iter().for_each(|item| out.push_str(&citations(item, style)));
                for relation in &page.relations {
                    out.push_str(&format!("{} 《{}》：{}\n", relation.relation, relation.title, relation.quote));
                }
                out
            })?;
            Ok(Outcome::Done)
        }
    }
}

fn cited_by(
    id: &str,
    filter: &CitedByFilter,
    as_of: Option<jiff::civil::Date>,
    context: &Context,
) -> Result<Outcome, Stop> {
    match context.open(Duration::ZERO)?.cited_by(id, filter, as_of, &context.asker())? {
        Found::Moved(to) => cited_by(&to, filter, as_of, context),
        Found::Here(page) => {
            context.answer(&page, |style| citing(&page, style))?;
            Ok(Outcome::Done)
        }
    }
}

fn citing(page: &CitedByPage, style: Style) -> String {
    let mut out = format!("{} 被 {} 件引用 {} 处\n", style.strong(&page.instrument.title), page.groups, page.total);
    if let Some(unheld) = &page.unheld {
        out.push_str(&format!("{unheld}\n"));
    }
    if page.unverified > 0 {
        let unverified = page.unverified;
        out.push_str(&format!("其中 {unverified} 处所引的文本库中没有，只按条号列在最后，未能核对是否同一条\n"));
    }
    for item in &page.items {
        let status = item.version.as_ref().map(|version| style.status(version.status)).unwrap_or_default();
        let heading = format!("{} {}", item.instrument.title, item.provision.label);
        out.push_str(&format!("\n{} {status}\n  {}\n", style.strong(&heading), item.quote));
        if let Some(assumed) = &item.cited_assumed {
            out.push_str(&format!("  {}\n", style.faint(&format!("所引文本：{assumed}"))));
        }
    }
    out
}

fn citations(item: &CitationsView, style: Style) -> String {
    let mut out = String::new();
    if let Some(label) = &item.label {
        out.push_str(&format!("\n{}\n", style.strong(label)));
    }
    if item.total == 0 {
        out.push_str(&format!("  {}\n", style.faint("没有识别出引用")));
    }
    for citation in &item.citations {
        out.push_str(&format!("  {}\n", line(citation, style)));
    }
    out
}

/// Whether what is quoted behind it does not stand there.
fn is_misquoted(citation: &CitationView) -> bool {
    citation.quotation.as_ref().is_some_and(|quotation| !quotation.verdict.stands())
}

/// Whether nobody compared what is quoted behind it.
fn is_unchecked(citation: &CitationView) -> bool {
    citation.quotation.as_ref().is_some_and(QuotationView::is_unchecked)
}

fn line(citation: &CitationView, style: Style) -> String {
    let words = citation.text.replace('\n', "");
    let place = citation.provisions.first().map(|provision| provision.id.clone());
    let place = place.or_else(|| citation.instruments.first().map(|instrument| instrument.id.clone()));
    let said = match (&citation.normal, &citation.message) {
        (Some(normal), Some(message)) => format!("{normal}（{message}）"),
        (Some(normal), None) => normal.clone(),
        (None, message) => message.clone().unwrap_or_default(),
    };
    let mark = match citation.outcome {
        Resolved::Resolved if is_unchecked(citation) => "?",
        Resolved::Resolved if is_misquoted(citation) => "✗",
        Resolved::Resolved => "✓",
        Resolved::Ambiguous => "?",
        Resolved::Unknown => "✗",
    };
    let quoted = citation.quotation.as_ref().map(|quotation| format!("\n    引文：{}", quotation.message));
    let quoted = quoted.unwrap_or_default();
    format!("{mark} {}  {said}  {}{quoted}", style.mark(&words), style.faint(&place.unwrap_or_default()))
}
