//! `faju eval`: measures against labelled sets.

mod retrieval;
mod review;
mod similar;

use super::output::{Stop, Style};
use super::{Context, Outcome};
use crate::app::{AppError, ErrorCode};
use crate::eval::{Report, Set, citation};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::PathBuf;
use std::time::Duration;

pub fn declare() -> Command {
    Command::new("eval")
        .about("用带标注的评测集衡量各项功能")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(retrieval::declare())
        .subcommand(declare_citation())
        .subcommand(similar::declare())
        .subcommand(review::declare())
}

fn declare_citation() -> Command {
    Command::new("citation")
        .about("衡量引用：按名称和条号查条文、按文句找条文、核对引文")
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .num_args(0..)
                .required_unless_present("generated")
                .value_parser(value_parser!(PathBuf))
                .help("评测集，每行一个 JSON"),
        )
        .arg(
            Arg::new("generated")
                .long("generated")
                .action(ArgAction::SetTrue)
                .help("另从库中随机生成引文：原样、改数额、去掉“不”、应当改可以、错引条号、引用已失效文本"),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("N")
                .requires("generated")
                .value_parser(value_parser!(u64))
                .help("随机种子：同一库、同一种子，生成的引文相同（缺省 1）"),
        )
        .arg(
            Arg::new("count")
                .long("count")
                .value_name("N")
                .requires("generated")
                .value_parser(value_parser!(u64).range(1..=10_000))
                .help("每种生成多少处（缺省 100）"),
        )
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    match given.subcommand() {
        Some(("retrieval", given)) => retrieval::run(given, context),
        Some(("citation", given)) => citation(given, context),
        Some(("similar", given)) => similar::run(given, context),
        Some(("review", given)) => review::run(given, context),
        _ => Err(AppError::new(ErrorCode::InvalidParameter, "没有这种评测").into()),
    }
}

fn citation(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let app = context.open(Duration::ZERO)?;
    let asker = context.asker();
    let mut report = Report::default();
    for path in given.get_many::<PathBuf>("files").into_iter().flatten() {
        report.sets.push(citation::file(&app, path, &asker)?);
    }
    if given.get_flag("generated") {
        let default = citation::Options::default();
        let count = given.get_one::<u64>("count").and_then(|count| usize::try_from(*count).ok());
        let seed = given.get_one::<u64>("seed").copied().unwrap_or(default.seed);
        let options = citation::Options { seed, count: count.unwrap_or(default.count) };
        report.sets.push(citation::generated(&app, options, &asker)?);
    }
    context.answer(&report, |style| shown(&report, style))?;
    Ok(Outcome::Done)
}

fn shown(report: &Report, style: Style) -> String {
    report.sets.iter().map(|set| shown_set(set, style)).collect::<Vec<_>>().join("\n")
}

fn shown_set(set: &Set, style: Style) -> String {
    let mut out = format!("{}\n", style.strong(&set.name));
    let stale = if set.stale > 0 {
        format!("，其中 {} 行的答案是已失效的文本", set.stale)
    } else {
        String::new()
    };
    out.push_str(&format!(
        "  {} 行，库中有 {} 行{stale}；答对 {}（{}）\n",
        set.rows,
        set.in_corpus,
        set.right,
        share(set.right, set.in_corpus)
    ));
    for (kind, count) in &set.kinds {
        out.push_str(&format!(
            "    {kind:<18}{:>6} / {:<6}{}\n",
            count.right,
            count.in_corpus,
            share(count.right, count.in_corpus)
        ));
    }
    for miss in &set.errors {
        out.push_str(&format!("  {} {}\n", style.strong(&miss.id), style.faint(&miss.kind)));
        out.push_str(&format!("    问：{}\n    应为：{}\n    答为：{}\n", miss.query, miss.expected, miss.answered));
    }
    out
}

/// A share in per cent.
fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "—".to_string() } else { format!("{:.1}%", part as f64 * 100.0 / whole as f64) }
}
