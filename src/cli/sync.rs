//! `faju sync URL`.

use super::import::{Bar, stop_on_signal, wait, wait_argument};
use super::maintain::damaged;
use super::output::{Stop, Style};
use super::{Context, Outcome, node_name};
use crate::app::view::SyncReport;
use crate::app::{Faju, SyncRequest};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::PathBuf;
use std::time::Duration;

pub fn declare() -> Command {
    Command::new("sync")
        .about("跟随另一节点（县 ← 市 ← 省）：收下它的变更，照原样记入本库")
        .arg(Arg::new("url").value_name("URL").required(true).help("对方 faju serve 的地址；除本机外须为 https"))
        .arg(
            Arg::new("accept")
                .long("accept")
                .value_name("NODE")
                .num_args(1..)
                .action(ArgAction::Append)
                .value_parser(node_name)
                .help("从这个地址接受哪些节点的记录，可写多个；首次必须写，以后沿用，再写则代替"),
        )
        .arg(
            Arg::new("ca")
                .long("ca")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("签发对方证书的机构的证书（PEM），代替系统的根证书；用于内部签发的证书"),
        )
        .arg(Arg::new("again").long("again").action(ArgAction::SetTrue).help("从头核对；已有的记录不会重复"))
        .arg(
            Arg::new("idle")
                .long("idle")
                .value_name("SECONDS")
                .default_value("60")
                .value_parser(value_parser!(u32).range(1..=3600))
                .help("对方多少秒不发来任何字节就放弃（缺省 60）；慢的线路不受限制"),
        )
        .arg(wait_argument())
        .after_help(
            "只接受获准节点自己发布的记录，不改动本地和其他节点的记录，也不放宽公开范围。\n\
             Ctrl-C 或断线后再次运行同一命令即可继续；定期同步请交给系统的定时任务。",
        )
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let accept: Vec<String> = given.get_many::<String>("accept").into_iter().flatten().cloned().collect();
    let request = SyncRequest {
        url: given.get_one::<String>("url").cloned().unwrap_or_default(),
        accept,
        ca: given.get_one::<PathBuf>("ca").cloned(),
        again: given.get_flag("again"),
        idle: Duration::from_secs(given.get_one::<u32>("idle").copied().unwrap_or(60).into()),
    };
    let app = Faju::open_to_import(context.settings(wait(given))?)?;
    let stop = stop_on_signal()?;
    let bar = Bar::new();
    let report = app.sync(&request, &bar, &stop);
    bar.finish();
    let report = report?;
    context.answer(&report, |style| shown(&report, style))?;
    Ok(Outcome::of(report.complete && report.refused == 0 && report.damage.is_empty()))
}

fn shown(report: &SyncReport, style: Style) -> String {
    let mut out = format!(
        "{}（接受 {}）\n收到 {} 条：收下 {}，未变 {}，拒收 {}\n",
        report.peer,
        report.accept.join("、"),
        report.received,
        report.taken,
        report.unchanged,
        report.refused
    );
    if let Some(why) = &report.interrupted {
        out.push_str(&format!("\n{}\n{why}\n", style.strong("没有读完")));
    }
    if !report.reasons.is_empty() {
        out.push_str(&format!("\n{}\n", style.strong("没有收下的")));
    }
    for reason in &report.reasons {
        out.push_str(&format!("  {} 条：{}\n", reason.count, reason.message));
        for example in &reason.examples {
            let named = [example.from.as_str(), example.id.as_str()].join(" ");
            out.push_str(&format!("    {}：{}\n", named.trim(), example.message));
        }
    }
    if !report.damage.is_empty() {
        out.push_str(&format!("\n{}", damaged(&report.damage)));
    }
    for warning in &report.warnings {
        out.push_str(&format!("\n{warning}"));
    }
    out
}
