//! `faju train`.

use super::output::{Stop, Style, complain};
use super::{Context, Outcome};
use crate::app::{AppError, ErrorCode, Faju};
use crate::eval::retrieval::{self, Measured};
use crate::eval::train::weights::{self, HeldOut as Weighed, Learned};
use crate::eval::train::{self, HeldOut, Options, Round, Told, Trained};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub fn declare() -> Command {
    Command::new("train")
        .about("从库中条文和带标注的问题学习联想模型（问题中的词与条文中的词），写入文件")
        .arg(
            Arg::new("pairs")
                .value_name("PAIRS")
                .num_args(1..)
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("带标注的问题，每行一个 JSON：id、query、gold，格式与 faju eval retrieval 的评测集相同"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("模型写入这个文件"),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("N")
                .value_parser(value_parser!(u64))
                .help("随机种子：同一库、同样的问题、同一种子，模型逐字节相同（缺省 1）"),
        )
        .arg(
            Arg::new("folds")
                .long("folds")
                .action(ArgAction::SetTrue)
                .help("五折交叉验证：另写五个各缺一折问题的模型（FILE.fold-1 至 FILE.fold-5），再用全部问题学习"),
        )
        .arg(
            Arg::new("weights")
                .long("weights")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("不学模型，只用已有的 OUT.fold-1 至 OUT.fold-5 学习词语与联想各信号的权重，写入文件"),
        )
        .after_help("除库中条文和给出的文件外不使用任何数据；用户的检索不留存，也不用于学习。")
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let app = context.open(Duration::ZERO)?;
    let files: Vec<PathBuf> = given.get_many::<PathBuf>("pairs").into_iter().flatten().cloned().collect();
    let out =
        given.get_one::<PathBuf>("out").ok_or_else(|| AppError::new(ErrorCode::InvalidParameter, "缺少 --out"))?;
    if let Some(path) = given.get_one::<PathBuf>("weights") {
        return weigh(&app, &files, out, path, context);
    }
    let mut options = Options { folds: given.get_flag("folds"), ..Options::default() };
    options.learning.seed = given.get_one::<u64>("seed").copied().unwrap_or(options.learning.seed);
    let report = train::files(&app, &files, out, &options, &context.asker(), &mut |told| complain(&progress(&told)))?;
    context.answer(&report, |style| shown(&report, style))?;
    Ok(Outcome::Done)
}

/// Learns weights with models that are there.
fn weigh(app: &Faju, files: &[PathBuf], out: &Path, path: &Path, context: &Context) -> Result<Outcome, Stop> {
    let options = retrieval::Options { folds: context.folds(out, None)?, ..retrieval::Options::default() };
    let report = weights::learned(app, files, &options, &context.asker())?;
    let text = serde_json::to_string_pretty(&report.fusion).unwrap_or_default();
    std::fs::write(path, text + "\n").map_err(|error| {
        AppError::new(ErrorCode::ReadOnly, format!("不能写入 {}：{error}；请检查路径和权限", path.display()))
    })?;
    context.answer(&report, |_| shown_weights(&report))?;
    Ok(Outcome::Done)
}

fn shown_weights(report: &Learned) -> String {
    let mut out = String::from("MRR@10：原有权重、由其余各折学得的权重；答案条文在候选中的比例；集合\n");
    for held_out in &report.held_out {
        // Writing into text cannot fail.
        let Weighed { before, after, candidates, name } = held_out;
        let _ = writeln!(out, "  {before:.3}  {after:.3}  {candidates:.3}  {name}");
    }
    out
}

fn progress(told: &Told) -> String {
    match told {
        Told::Read { provisions, questions } => format!("库中 {provisions} 条条文，可用的问题 {questions} 个"),
        Told::Rows(rows) => format!("词表 {rows} 行"),
        Told::Round(round) => shown_round(round),
    }
}

fn shown_round(round: &Round) -> String {
    let stage = if round.stage == "corpus" { "学习条文" } else { "学习问题" };
    let fold = round.fold.map(|fold| format!("（留出第 {fold} 折）")).unwrap_or_default();
    let held_out = round.held_out.map(|held_out| format!("，留出问题 MRR@10 {held_out:.3}")).unwrap_or_default();
    format!("{stage}{fold}第 {} 轮：损失 {:.4}{held_out}", round.epoch, round.loss)
}

fn shown(report: &Trained, style: Style) -> String {
    let mut out = String::new();
    for set in &report.sets {
        // Writing into text cannot fail.
        let _ = writeln!(out, "{}：{} 行，用于学习 {} 行", set.name, set.rows, set.used);
    }
    let _ = writeln!(out, "\n留出的问题（模型没有见过）：MRR@10、R@10、R@100、命中@1");
    for held_out in &report.held_out {
        out.push_str(&shown_held_out(held_out, style));
    }
    let _ = writeln!(
        out,
        "\n{}：{:.1} MB，{} 行 × {} 维，{} 条条文，种子 {}，用时 {:.0} 秒\nSHA-256 {}",
        style.strong(&report.file),
        report.bytes as f64 / 1e6,
        report.rows,
        report.dimension,
        report.provisions,
        report.seed,
        report.seconds,
        report.sha256
    );
    out
}

fn shown_held_out(held_out: &HeldOut, style: Style) -> String {
    let rows = [
        ("向量", &held_out.alone),
        ("向量加词", &held_out.fused),
        ("向量，新条文", &held_out.new_alone),
        ("向量加词，新条文", &held_out.new_fused),
    ];
    let mut out = format!("{}\n", style.strong(&held_out.name));
    for (name, measured) in rows.iter().filter(|(_, measured)| measured.questions > 0) {
        out.push_str(&shown_measured(name, measured));
    }
    out
}

fn shown_measured(name: &str, measured: &Measured) -> String {
    let means = ["mrr10", "r10", "r100", "hit1"].map(|metric| format!("{:.3}", measured.mean(metric)));
    format!("  {}  {name}（{} 个）\n", means.join("  "), measured.questions)
}
