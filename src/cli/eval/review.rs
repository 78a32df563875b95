//! `faju eval review`: how it is declared, and its table.

use super::super::output::{Stop, Style};
use super::super::{Context, Outcome};
use crate::eval::review::{self, Report};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

pub fn declare() -> Command {
    Command::new("review")
        .about("衡量草案审查：各项检查找到没有、误报多少")
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .num_args(1..)
                .required_unless_present_any(["generated", "lawful", "pairs"])
                .value_parser(value_parser!(PathBuf))
                .help("评测集，每行一个 JSON：draft_text、expected_findings，或者公平竞争审查的 facts、detail"),
        )
        .arg(
            Arg::new("generated")
                .long("generated")
                .action(ArgAction::SetTrue)
                .help("另从库中随机生成草案：引用正确的，引用已废止的、没有的条、条号已变的，文号有误的，机构旧名"),
        )
        .arg(
            Arg::new("lawful")
                .long("lawful")
                .value_name("N")
                .value_parser(value_parser!(u64).range(1..=100_000))
                .help("另从库中随机抽 N 件现行有效的法律法规规章，公平竞争类检查每千条误报多少"),
        )
        .arg(
            Arg::new("pairs")
                .long("pairs")
                .value_name("N")
                .value_parser(value_parser!(u64).range(1..=100_000))
                .help("另从库中随机抽 N 件现行有效的地方性法规和规章，列出罚款数额越出上位法的对照，供人核对"),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("N")
                .value_parser(value_parser!(u64))
                .help("随机种子：同一库、同一种子，生成和抽取的相同（缺省 1）"),
        )
        .arg(
            Arg::new("count")
                .long("count")
                .value_name("N")
                .requires("generated")
                .value_parser(value_parser!(u64).range(1..=10_000))
                .help("每种生成多少件（缺省 100）"),
        )
        .arg(Arg::new("errors").long("errors").action(ArgAction::SetTrue).help("列出漏报和误报"))
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let app = context.open(Duration::ZERO)?;
    let files: Vec<PathBuf> = given.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect();
    let mut report = review::files(&app, &files, &context.asker())?;
    let number = |name: &str, default: u64| given.get_one::<u64>(name).copied().unwrap_or(default);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    if given.get_flag("generated") {
        let count = size(number("count", 100));
        report.sets.push(review::generated(&app, number("seed", 1), count, &context.asker())?);
    }
    if given.contains_id("lawful") {
        let drawn = size(number("lawful", 0));
        report.lawful = Some(review::lawful(&app, number("seed", 1), drawn, &context.asker())?);
    }
    if given.contains_id("pairs") {
        let drawn = size(number("pairs", 0));
        report.pairs = Some(review::pairs(&app, number("seed", 1), drawn, &context.asker())?);
    }
    let errors = given.get_flag("errors");
    context.answer(&report, |style| shown(&report, errors, style))?;
    Ok(Outcome::Done)
}

fn shown(report: &Report, errors: bool, style: Style) -> String {
    let mut out = String::new();
    let share = |part: u64, all: u64| if all == 0 { "—".to_string() } else { format!("{:.1}%", percent(part, all)) };
    for set in &report.sets {
        let _ = writeln!(out, "{}", style.strong(&set.name));
        let found = share(set.decidable_found, set.decidable);
        let _ = writeln!(out, "  可判定的 {} 处，找到 {}（{found}）", set.decidable, set.decidable_found);
        let _ = writeln!(out, "  不可判定的 {} 处，找到 {}", set.undecidable, set.undecidable_found);
        let wrong = share(set.clean_with_finding, set.clean);
        let _ = writeln!(out, "  没有问题的 {} 句，有发现的 {}（{wrong}）", set.clean, set.clean_with_finding);
        if let Some(conflicts) = set.conflicts {
            let (quoted, described) = (conflicts.quoted, conflicts.described);
            let (first, second) = (conflicts.quoted_found, conflicts.described_found);
            let _ = writeln!(out, "  引用原文的 {quoted} 处，找到 {first}（{}）", share(first, quoted));
            let _ = writeln!(out, "  只有描述的 {described} 处，找到 {second}（{}）", share(second, described));
        }
        for (code, counts) in &set.checks {
            let _ = writeln!(out, "  {code}  找到 {}  误报 {}  漏报 {}", counts.tp, counts.fp, counts.missed);
        }
        set.errors.iter().filter(|_| errors).for_each(|error| {
            let _ = writeln!(out, "    {error}");
        });
    }
    if let Some(lawful) = &report.lawful {
        let (documents, articles, rate) = (lawful.documents, lawful.articles, lawful.per_thousand());
        let _ = writeln!(out, "{}", style.strong("现行法律法规规章"));
        let _ = writeln!(out, "  {documents} 件 {articles} 条，误报 {} 处，每千条 {rate:.2} 处", lawful.findings);
        for (code, count) in &lawful.checks {
            let _ = writeln!(out, "  {code}  误报 {count}");
        }
        lawful.errors.iter().filter(|_| errors).for_each(|error| {
            let _ = writeln!(out, "    {error}");
        });
    }
    if let Some(pairs) = &report.pairs {
        let certain = pairs.iter().filter(|pair| pair.certain).count();
        let _ = writeln!(out, "{}", style.strong("罚则对照"));
        let _ = writeln!(out, "  越出上位法的 {} 处，其中确定的 {certain} 处", pairs.len());
        pairs.iter().filter(|_| errors).for_each(|pair| {
            let sure = if pair.certain { "确定" } else { "涉嫌" };
            let _ = writeln!(out, "    {sure} {} {} {}\t{}", pair.version, pair.title, pair.clause, pair.message);
        });
    }
    out
}

/// Counts of rows are far below what a float holds exactly.
#[allow(clippy::cast_precision_loss)]
fn percent(part: u64, all: u64) -> f64 {
    part as f64 / all as f64 * 100.0
}
