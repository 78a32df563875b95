//! `faju eval retrieval`: how it is declared, and its table.

use super::super::output::{Stop, Style};
use super::super::{Context, Outcome};
use crate::app::{AppError, ErrorCode, Faju};
use crate::eval::retrieval::ablation::{Ablation, STAGES, Stage};
use crate::eval::retrieval::{self, Answered, METRICS, Measured, Options, Retrieval, RetrievalSet};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

/// Characters of a question that are shown.
const SHOWN_CHARACTERS: usize = 80;

pub fn declare() -> Command {
    Command::new("retrieval")
        .about("衡量检索：问题的答案条文排在第几（MRR、NDCG、召回率、命中率，附 95% 区间）")
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .num_args(1..)
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("评测集，每行一个 JSON：id、query、gold"),
        )
        .arg(
            Arg::new("baseline")
                .long("baseline")
                .action(ArgAction::SetTrue)
                .help("同时衡量普通 BM25（标题、章节名、正文的分词，k1 1.2，b 0.75）及两者之差"),
        )
        .arg(
            Arg::new("ablation")
                .long("ablation")
                .action(ArgAction::SetTrue)
                .help("另把排序的各步逐一关闭再问一遍，列出少了它的得失（其余权重不变）"),
        )
        .arg(
            Arg::new("errors")
                .long("errors")
                .value_name("N")
                .value_parser(value_parser!(usize))
                .help("列出最差的 N 个问题，应得什么、得到什么"),
        )
        .arg(
            Arg::new("tsv")
                .long("tsv")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("把每个问题的名次写入文件，供两次结果逐行比较"),
        )
        .arg(Arg::new("as_of").long("as-of").value_name("YYYY-MM-DD").help("按这一天有效的条文检索（缺省今天）"))
        .arg(
            Arg::new("folds")
                .long("folds")
                .value_name("MODEL")
                .value_parser(value_parser!(PathBuf))
                .help("交叉验证：每个问题用没有学过它的模型 MODEL.fold-1 至 MODEL.fold-5（faju train --folds 所写）"),
        )
        .arg(
            Arg::new("trained")
                .long("trained")
                .value_name("FILE")
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help("模型学过的标注文件：答案条文不在其中的问题记为“新”"),
        )
        .arg(
            Arg::new("rank")
                .long("rank")
                .value_name("learned|lexical")
                .help("排序依据：词语与联想一起（缺省），或只按词语"),
        )
        .arg(Arg::new("expand").long("expand").value_name("true|false").help("是否同时查找同义的法律用语（缺省 true）"))
        .arg(declare_match())
        .arg(
            Arg::new("kind")
                .long("kind")
                .value_name("legislation|normative|case")
                .help("只在这类文件中检索，可用逗号分隔多个"),
        )
}

fn declare_match() -> Arg {
    Arg::new("match")
        .long("match")
        .action(ArgAction::SetTrue)
        .help("衡量 faju match（事实找法），而不是把整段文字当检索式")
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let app = context.open(Duration::ZERO)?;
    let files: Vec<PathBuf> = given.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect();
    let parameters = ["as_of", "rank", "expand", "kind"]
        .into_iter()
        .filter_map(|name| given.get_one::<String>(name).map(|value| (name.to_string(), value.clone())));
    let options = Options {
        parameters: parameters.collect(),
        baseline: given.get_flag("baseline"),
        folds: folds(given, context, None)?,
        matching: given.get_flag("match"),
        trained: given.get_many::<PathBuf>("trained").into_iter().flatten().cloned().collect(),
    };
    let mut report = retrieval::files(&app, &files, &options, &context.asker())?;
    if given.get_flag("ablation") {
        report.ablations = ablations(given, context, options, &files, &report)?;
    }
    if let Some(path) = given.get_one::<PathBuf>("tsv") {
        std::fs::write(path, rows(&report)).map_err(|error| {
            AppError::new(ErrorCode::ReadOnly, format!("不能写入 {}：{error}；请检查路径和权限", path.display()))
        })?;
    }
    let worst = given.get_one::<usize>("errors").copied().unwrap_or(0);
    context.answer(&report, |style| shown(&report, worst, style))?;
    Ok(Outcome::Done)
}

/// The data directory with the models of the cross-validation, one stage off if given.
fn folds(given: &ArgMatches, context: &Context, off: Option<&Stage>) -> Result<Vec<Faju>, AppError> {
    given.get_one::<PathBuf>("folds").map_or(Ok(Vec::new()), |model| context.folds(model, off))
}

/// The same questions with every stage switched off in turn.
fn ablations(
    given: &ArgMatches,
    context: &Context,
    mut options: Options,
    files: &[PathBuf],
    whole: &Retrieval,
) -> Result<Vec<Ablation>, AppError> {
    let parameters = std::mem::take(&mut options.parameters);
    options.baseline = false;
    let mut ablations = Vec::new();
    for stage in &STAGES {
        let app = Faju::open(stage.off(context.settings(Duration::ZERO)?)?)?;
        options.folds = folds(given, context, Some(stage))?;
        let own = stage.parameters.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string()));
        options.parameters = parameters.iter().filter(|(name, _)| name != "rank").cloned().chain(own).collect();
        let without = retrieval::files(&app, files, &options, &context.asker())?;
        ablations.push(Ablation::of(stage, &without, whole));
    }
    Ok(ablations)
}

/// One line a question: set, id, ranks of its articles (0 for not found), how many the corpus lacks, and the same by the
/// baseline.
fn rows(report: &Retrieval) -> String {
    let ranks = |answer: &Answered| {
        let ranks = answer.gold.iter().map(|(_, rank)| rank.unwrap_or(0).to_string());
        ranks.collect::<Vec<_>>().join(",")
    };
    let mut out = "set\tid\tranks\tmissing\tbaseline\n".to_string();
    for (place, set) in report.sets.iter().enumerate() {
        let plain = report.baseline.as_ref().and_then(|plain| plain.sets.get(place));
        for (at, answer) in set.answers.iter().enumerate() {
            let plain = plain.and_then(|set| set.answers.get(at)).map(ranks).unwrap_or_default();
            let (name, id, missing) = (&set.name, &answer.id, answer.missing);
            let _ = writeln!(out, "{name}\t{id}\t{}\t{missing}\t{plain}", ranks(answer));
        }
    }
    out
}

fn shown(report: &Retrieval, worst: usize, style: Style) -> String {
    let mut out = String::new();
    for (place, set) in report.sets.iter().enumerate() {
        let [median, most] = set.took_ms;
        let _ = writeln!(
            out,
            "{}  {} 问；旧文本 {} 条不计；每问 {median:.1} 毫秒，99% 在 {most:.1} 毫秒内",
            style.strong(&set.name),
            set.queries,
            set.stale
        );
        let head = METRICS.iter().map(|name| format!("{name:>8}")).collect::<String>();
        let _ = writeln!(out, "  {:<14}{:>6}{head}", "", "问");
        line(&mut out, "库中有的", &set.in_pack);
        line(&mut out, "全部标注", &set.all);
        if set.new != set.in_pack {
            line(&mut out, "未训练过的", &set.new);
        }
        bounds(&mut out, &set.in_pack);
        if let Some(plain) = report.baseline.as_ref().and_then(|plain| plain.sets.get(place)) {
            line(&mut out, "普通 BM25", &plain.in_pack);
        }
        if let Some(difference) = report.differences.get(place) {
            line(&mut out, "相差", &difference.in_pack);
            bounds(&mut out, &difference.in_pack);
        }
        for ablation in &report.ablations {
            if let Some(difference) = ablation.differences.get(place) {
                let _ = writeln!(out, "  无{}", ablation.stage);
                line(&mut out, "  相差", &difference.in_pack);
                bounds(&mut out, &difference.in_pack);
            }
        }
        out.push_str(&worst_of(set, worst, style));
    }
    out
}

fn line(out: &mut String, name: &str, measured: &Measured) {
    // A Han character takes two columns.
    let blank = " ".repeat(14usize.saturating_sub(name.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()));
    let means = measured.means.iter().map(|mean| format!("{mean:>8.3}")).collect::<String>();
    let _ = writeln!(out, "  {name}{blank}{:>6}{means}", measured.questions);
}

fn bounds(out: &mut String, measured: &Measured) {
    for (name, side) in [("  95% 下限", 0), ("  95% 上限", 1)] {
        let bounds = measured.intervals.iter().map(|bounds| format!("{:>8.3}", bounds[side])).collect::<String>();
        let _ = writeln!(out, "  {name:<16}{bounds}");
    }
}

fn worst_of(set: &RetrievalSet, worst: usize, style: Style) -> String {
    let mut answers: Vec<&Answered> = set.answers.iter().filter(|answer| !answer.gold.is_empty()).collect();
    let best = |answer: &Answered| answer.gold.iter().filter_map(|(_, rank)| *rank).min().unwrap_or(usize::MAX);
    answers.sort_by_key(|answer| std::cmp::Reverse(best(answer)));
    let mut out = String::new();
    for answer in answers.into_iter().take(worst).filter(|answer| best(answer) > 1) {
        let query: String = answer.query.chars().take(SHOWN_CHARACTERS).collect();
        let gold = answer.gold.iter().map(|(label, rank)| match rank {
            Some(rank) => format!("{label}（第 {rank}）"),
            None => format!("{label}（前 100 没有）"),
        });
        let _ = writeln!(out, "  {} {query}", style.strong(&answer.id));
        let _ = writeln!(out, "    应为：{}", gold.collect::<Vec<_>>().join("；"));
        let _ = writeln!(out, "    得到：{}", answer.first.join("；"));
    }
    out
}
