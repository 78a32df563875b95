//! `faju import`.

use super::maintain::damaged;
use super::output::{Stop, Style, complain};
use super::{Context, Outcome};
use crate::app::view::ImportReport;
use crate::app::{AppError, ErrorCode, Faju, ImportOptions, Progress, Told};
use crate::http::access;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use indicatif::{ProgressBar, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Refused files that the text for people names; JSON names all.
const REFUSED_SHOWN: usize = 50;

/// Exit status of a program that a signal ended, as shells give it.
const INTERRUPTED_TWICE: i32 = 130;

pub fn declare() -> Command {
    Command::new("import")
        .about("导入文件、文件夹和 .tar.zst 归档")
        .arg(
            Arg::new("paths")
                .value_name("PATH")
                .num_args(1..)
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("要导入的文件、文件夹或归档"),
        )
        .arg(access_argument().help("全部记录的公开范围，代替记录自己写的：public、internal 或 restricted"))
        .arg(
            Arg::new("set")
                .long("set")
                .value_name("字段=值")
                .action(ArgAction::Append)
                .help("写明每份文件的一个字段，如 制定机关=云桥县人民政府；可写多个，代替文件和目录所写"),
        )
        .arg(
            Arg::new("restore")
                .long("restore")
                .action(ArgAction::SetTrue)
                .help("内容与已撤回的相同也重新收下（缺省不收，见 faju withdraw）"),
        )
        .arg(
            Arg::new("no-mask")
                .long("no-mask")
                .action(ArgAction::SetTrue)
                .conflicts_with("access")
                .help("不遮盖个人信息；这些记录一律为 restricted，只在本机命令行可见"),
        )
        .arg(Arg::new("keep-originals").long("keep-originals").action(ArgAction::SetTrue).help(
            "留存原件的字节（压缩，按摘要存放在 corpus/originals）；只有本机命令行能取出：faju show ID --original",
        ))
        .arg(wait_argument())
        .after_help("Ctrl-C 随时可以中断，再次运行同一命令即可继续；重复导入不会增加内容。")
}

/// `--access`, for the commands that have it.
pub fn access_argument() -> Arg {
    Arg::new("access").long("access").value_name("ACCESS")
}

/// `--wait`, for the commands that write.
pub fn wait_argument() -> Arg {
    Arg::new("wait")
        .long("wait")
        .value_name("SECONDS")
        .default_value("0")
        .value_parser(|text: &str| text.parse::<u32>().map_err(|_| "须为 0 或正整数"))
        .help("另一程序正在写入时最多等多少秒（缺省 0）")
}

/// How long a command waits for another writer.
pub fn wait(given: &ArgMatches) -> Duration {
    Duration::from_secs(given.get_one::<u32>("wait").copied().unwrap_or(0).into())
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let access = given.get_one::<String>("access").map(|word| access(word)).transpose()?;
    let restore = given.get_flag("restore");
    let no_mask = given.get_flag("no-mask");
    let set: Vec<String> = given.get_many::<String>("set").into_iter().flatten().cloned().collect();
    let told = Told::on_command_line(&set)
        .map_err(|reason| AppError::parameter(ErrorCode::InvalidParameter, "set", reason))?;
    let paths: Vec<PathBuf> = given.get_many::<PathBuf>("paths").into_iter().flatten().cloned().collect();
    let app = Faju::open_to_import(context.settings(wait(given))?)?;
    let stop = stop_on_signal()?;
    let bar = Bar::new();
    let keep_originals = given.get_flag("keep-originals");
    let options = ImportOptions { access, restore, no_mask, keep_originals, told };
    let report = app.import(&paths, &options, &bar, &stop);
    bar.finish();
    let report = report?;
    context.answer(&report, |style| shown(&report, style))?;
    let interrupted = stop.load(Ordering::Relaxed);
    if interrupted {
        complain("faju: 已中断；再次运行同一命令即可继续");
    }
    Ok(Outcome::of(report.refused == 0 && report.damage.is_empty() && !interrupted))
}

/// The first Ctrl-C asks the import to end behind its batch, a second one ends the program at once; both are safe.
pub fn stop_on_signal() -> Result<Arc<AtomicBool>, AppError> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register_conditional_shutdown(signal, INTERRUPTED_TWICE, stop.clone())
            .and_then(|_| signal_hook::flag::register(signal, stop.clone()))
            .map_err(|error| AppError::new(ErrorCode::Internal, format!("不能接收中断信号：{error}")))?;
    }
    Ok(stop)
}

/// A progress bar with rate and time left; nothing where standard error is no terminal.
pub struct Bar(ProgressBar);

impl Bar {
    pub fn new() -> Bar {
        let bar = ProgressBar::new(0);
        let template = "{bar:28} {bytes} / {total_bytes}  {bytes_per_sec}  {msg}  还需 {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("█▉▊▋▌▍▎▏ "));
        }
        Bar(bar)
    }

    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn at(&self, bytes: u64, of_bytes: u64, documents: u64) {
        self.0.set_length(of_bytes.max(bytes));
        self.0.set_position(bytes);
        self.0.set_message(format!("{documents} 件"));
    }
}

fn shown(report: &ImportReport, style: Style) -> String {
    let mut out = format!(
        "读了 {} 个文件：新增 {}，更新 {}，未变 {}，拒收 {}，略过 {}\n",
        report.read, report.new, report.updated, report.unchanged, report.refused, report.skipped
    );
    if report.masked > 0 {
        out.push_str(&format!("遮盖个人信息 {} 处\n", report.masked));
    }
    let refused: Vec<_> = report.files.iter().filter(|file| file.outcome == "refused").collect();
    if !refused.is_empty() {
        out.push_str(&format!("\n{}\n", style.strong("没有收下的")));
    }
    for file in refused.iter().take(REFUSED_SHOWN) {
        let place = file.place.as_deref().map(|place| format!("（{place}）")).unwrap_or_default();
        out.push_str(&format!("  {}{place}：{}\n", file.path, file.message.as_deref().unwrap_or("原因不明")));
    }
    if refused.len() > REFUSED_SHOWN {
        out.push_str(&format!("  …… 共 {} 个；加 --json 可看全部\n", refused.len()));
    }
    if !report.damage.is_empty() {
        out.push_str(&format!("\n{}", damaged(&report.damage)));
    }
    for warning in &report.warnings {
        out.push_str(&format!("\n{warning}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::view::FileReport;

    #[test]
    fn the_report_names_every_refused_file_with_place_and_reason() {
        let refused = FileReport {
            path: "a.tar.zst/乙.md".into(),
            outcome: "refused",
            code: Some("not_text"),
            place: Some("第 3 字节".into()),
            message: Some("不是 UTF-8".into()),
            instrument: None,
            articles: None,
        };
        let report = ImportReport {
            read: 2,
            new: 1,
            refused: 1,
            files: vec![refused],
            warnings: vec!["1 条记录不公开".into()],
            ..ImportReport::default()
        };
        let text = shown(&report, Style::plain());
        assert!(text.starts_with("读了 2 个文件：新增 1，更新 0，未变 0，拒收 1，略过 0\n"));
        assert!(text.contains("  a.tar.zst/乙.md（第 3 字节）：不是 UTF-8\n") && text.ends_with("1 条记录不公开"));
    }
}
