//! `faju eval similar`: how it is declared, and its table.

use super::super::output::{Stop, Style};
use super::super::{Context, Outcome};
use crate::eval::similar::{self, Options, Report};
use clap::{Arg, ArgMatches, Command, value_parser};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

pub fn declare() -> Command {
    Command::new("similar")
        .about("衡量相似案例：适用相同条文的案例排在前面没有（NDCG@10、P@5），同时衡量普通 BM25")
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .num_args(1..)
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("评测集，每行一个 JSON：id、query、gold；库中须有带标注的案例"),
        )
        .arg(
            Arg::new("folds")
                .long("folds")
                .value_name("MODEL")
                .value_parser(value_parser!(PathBuf))
                .help("交叉验证：每个问题用没有学过它的模型 MODEL.fold-1 至 MODEL.fold-5（faju train --folds 所写）"),
        )
        .arg(
            Arg::new("half")
                .long("half")
                .value_name("0|1")
                .value_parser(value_parser!(u64).range(0..=1))
                .help("只问其中一半：在一半上选定的，用另一半核实"),
        )
        .arg(
            Arg::new("rank")
                .long("rank")
                .value_name("learned|lexical")
                .help("排序依据：词语与联想一起（缺省），或只按词语"),
        )
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let app = context.open(Duration::ZERO)?;
    let files: Vec<PathBuf> = given.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect();
    let rank = given.get_one::<String>("rank").map(|rank| ("rank".to_string(), rank.clone()));
    let folds = given.get_one::<PathBuf>("folds").map_or(Ok(Vec::new()), |model| context.folds(model, None))?;
    let half = given.get_one::<u64>("half").copied();
    let options = Options { parameters: rank.into_iter().collect(), folds, half };
    let report = similar::files(&app, &files, &options, &context.asker())?;
    context.answer(&report, |style| shown(&report, style))?;
    Ok(Outcome::Done)
}

fn shown(report: &Report, style: Style) -> String {
    let mut out = String::new();
    for set in &report.sets {
        let _ = writeln!(out, "{}  {} 问", style.strong(&set.name), set.queries);
        let _ = writeln!(out, "               NDCG@10     P@5");
        let _ = writeln!(out, "  相似案例     {:>7.3} {:>7.3}", set.ndcg10, set.p5);
        let _ = writeln!(out, "  普通 BM25    {:>7.3} {:>7.3}", set.bm25.ndcg10, set.bm25.p5);
        let [low, high] = set.difference.ndcg10;
        let [low5, high5] = set.difference.p5;
        let _ = writeln!(out, "  差 95% 区间  NDCG@10 {low:+.3} 至 {high:+.3}，P@5 {low5:+.3} 至 {high5:+.3}");
    }
    out
}
