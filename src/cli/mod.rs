//! Face: the command line. Decodes arguments, calls `app`, prints the answer.
//!
//! `COMMANDS` is the one table of commands; each row's declaration gives parsing, help and completions.

mod act;
mod audit;
mod backup;
mod catalogue;
mod cite;
mod completions;
mod config;
mod diff;
mod eval;
mod impact;
mod import;
mod language;
mod maintain;
mod matching;
mod output;
mod penalty;
mod people;
mod precedents;
mod read;
mod review;
mod search;
mod serve;
mod similar;
mod sync;
mod train;

use crate::app::{Access, AppError, Asker, ErrorCode, Faju, Settings, is_origin, learned};
use crate::eval::retrieval::ablation::Stage;
use crate::eval::train::{FOLDS, fold_file};
use crate::http::{clock, problem::problem};
use clap::{Arg, ArgAction, ArgMatches, Command};
use output::{Stop, Style};
use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A command: its declaration, and what it does.
struct Row {
    declare: fn() -> Command,
    run: fn(&ArgMatches, &Context) -> Result<Outcome, Stop>,
}

/// Every command, in the order of the help.
const COMMANDS: [Row; 31] = [
    Row { declare: import::declare, run: import::run },
    Row { declare: search::declare, run: search::run },
    Row { declare: matching::declare, run: matching::run },
    Row { declare: similar::declare, run: similar::run },
    Row { declare: precedents::declare, run: precedents::run },
    Row { declare: penalty::declare, run: penalty::run },
    Row { declare: read::declare, run: read::run },
    Row { declare: cite::declare, run: cite::run },
    Row { declare: impact::declare, run: impact::run },
    Row { declare: diff::declare, run: diff::run },
    Row { declare: review::declare_review, run: review::review },
    Row { declare: review::declare_checks, run: review::checks },
    Row { declare: catalogue::declare, run: catalogue::run },
    Row { declare: serve::declare, run: serve::run },
    Row { declare: maintain::declare_verify, run: maintain::verify },
    Row { declare: maintain::declare_rebuild, run: maintain::rebuild },
    Row { declare: maintain::declare_export, run: maintain::export },
    Row { declare: act::declare_correct, run: act::correct },
    Row { declare: act::declare_relate, run: act::relate },
    Row { declare: act::declare_withdraw, run: act::withdraw },
    Row { declare: act::declare_redact, run: act::redact },
    Row { declare: sync::declare, run: sync::run },
    Row { declare: eval::declare, run: eval::run },
    Row { declare: train::declare, run: train::run },
    Row { declare: backup::declare_backup, run: backup::backup },
    Row { declare: backup::declare_restore, run: backup::restore },
    Row { declare: people::declare_user, run: people::user },
    Row { declare: people::declare_key, run: people::key },
    Row { declare: audit::declare, run: audit::run },
    Row { declare: config::declare, run: config::run },
    Row { declare: completions::declare, run: completions::run },
];

/// How far a command came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// Files were refused, damage was found.
    InPart,
}

impl Outcome {
    fn of(whole: bool) -> Self {
        if whole { Outcome::Done } else { Outcome::InPart }
    }
}

/// Exit status of a command that could not run.
const COULD_NOT_RUN: u8 = 2;

/// What every command is given beside its own arguments.
struct Context {
    data: PathBuf,
    node: String,
    model: Option<PathBuf>,
    fusion: Option<PathBuf>,
    thesaurus: Option<PathBuf>,
    json: bool,
    style: Style,
}

impl Context {
    fn of(matches: &ArgMatches) -> Context {
        let data = matches.get_one::<PathBuf>("data").filter(|data| !data.as_os_str().is_empty());
        let json = matches.get_flag("json");
        Context {
            data: data.cloned().unwrap_or_else(|| PathBuf::from(".")),
            node: matches.get_one::<String>("node").cloned().unwrap_or_default(),
            model: matches.get_one::<PathBuf>("model").cloned(),
            fusion: matches.get_one::<PathBuf>("fusion").cloned(),
            thesaurus: matches.get_one::<PathBuf>("thesaurus").cloned(),
            json,
            style: Style::of_terminal(),
        }
    }

    /// Settings of a writer that waits so long for another one.
    fn settings(&self, wait: Duration) -> Result<Settings, AppError> {
        self.settings_with(self.model.as_deref(), wait)
    }

    fn settings_with(&self, model: Option<&Path>, wait: Duration) -> Result<Settings, AppError> {
        let learned = learned(model, self.fusion.as_deref())?;
        let (data, node, thesaurus) = (self.data.clone(), self.node.clone(), self.thesaurus.clone());
        Ok(Settings { data, node, wait, learned, thesaurus })
    }

    /// Opens the data directory; other writers are waited for so long.
    fn open(&self, wait: Duration) -> Result<Faju, AppError> {
        Faju::open(self.settings(wait)?)
    }

    /// The data directory with each model of a cross-validation (`faju train --folds`), one stage of the ranking off if given.
    fn folds(&self, model: &Path, off: Option<&Stage>) -> Result<Vec<Faju>, AppError> {
        let open = |fold| {
            let settings = self.settings_with(Some(&fold_file(model, fold)), Duration::ZERO)?;
            Faju::open(match off {
                Some(stage) => stage.off(settings)?,
                None => settings,
            })
        };
        (1..=FOLDS).map(open).collect()
    }

    /// Whoever sits at this machine sees everything.
    fn asker(&self) -> Asker {
        Asker::of(Access::Restricted, clock::today())
    }
}

fn thesaurus() -> Arg {
    Arg::new("thesaurus")
                .long("thesaurus")
                .value_name("FILE")
                .env("FAJU_THESAURUS")
                .global(true)
                .display_order(language::LAST)
                .value_parser(clap::value_parser!(PathBuf))
                .help("自己的同义词文件（缺省为环境变量 FAJU_THESAURUS，再缺省为数据目录中的 thesaurus.txt，没有则只用程序自带的）")
}

/// The whole declaration.
pub fn command() -> Command {
    let mut command = Command::new("faju")
        .about("法据：法律、法规、规章、规范性文件与执法案例的全文检索")
        .version(env!("CARGO_PKG_VERSION"))
        .arg(
            Arg::new("data")
                .long("data")
                .value_name("DIR")
                .env("FAJU_DATA")
                .global(true)
                .display_order(language::LAST)
                .value_parser(clap::value_parser!(PathBuf))
                .help("数据目录，内有 corpus/ 和 index/（缺省为环境变量 FAJU_DATA，再缺省为当前目录）"),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .global(true)
                .display_order(language::LAST)
                .action(ArgAction::SetTrue)
                .help("在标准输出上只打印一个 JSON 值，其余都写到标准错误"),
        )
        .arg(
            Arg::new("node")
                .long("node")
                .value_name("NAME")
                .env("FAJU_NODE")
                .global(true)
                .display_order(language::LAST)
                .default_value("local")
                .value_parser(node_name)
                .help("本节点的名称，写进来源（缺省为环境变量 FAJU_NODE，再缺省为 local）"),
        )
        .arg(
            Arg::new("model")
                .long("model")
                .value_name("FILE")
                .env("FAJU_MODEL")
                .global(true)
                .display_order(language::LAST)
                .value_parser(clap::value_parser!(PathBuf))
                .help("联想模型，由 faju train 生成（缺省为环境变量 FAJU_MODEL，再缺省为程序自带的模型）"),
        )
        .arg(
            Arg::new("fusion")
                .long("fusion")
                .value_name("FILE")
                .env("FAJU_FUSION")
                .global(true)
                .display_order(language::LAST)
                .value_parser(clap::value_parser!(PathBuf))
                .help("词语与联想的权重，由 faju train --weights 生成（缺省为环境变量 FAJU_FUSION，再缺省为程序自带的权重）"),
        )
        .arg(thesaurus())
        .arg(config::argument())
        .subcommand_required(true)
        .arg_required_else_help(true);
    for row in &COMMANDS {
        command = command.subcommand((row.declare)());
    }
    language::in_chinese(command)
}

/// Runs the program and answers its exit status: 0 done, 1 done in part, 2 could not run.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let json = arguments.iter().any(|argument| argument == "--json");
    let command = match config::applied(command(), &arguments) {
        Ok(command) => command,
        Err(error) => {
            failed(&error, json);
            return COULD_NOT_RUN;
        }
    };
    match command.try_get_matches_from(&arguments) {
        Ok(matches) => dispatched(&matches),
        Err(error) => usage(&error, json),
    }
}

fn dispatched(matches: &ArgMatches) -> u8 {
    let context = Context::of(matches);
    let Some((name, given)) = matches.subcommand() else { return COULD_NOT_RUN };
    let Some(row) = COMMANDS.iter().find(|row| (row.declare)().get_name() == name) else { return COULD_NOT_RUN };
    match guarded(|| (row.run)(given, &context)) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::InPart) => 1,
        // The reader of our output has seen enough.
        Err(Stop::PipeClosed) => 0,
        Err(Stop::Failed(error)) => {
            failed(&error, context.json);
            COULD_NOT_RUN
        }
    }
}

/// A name that can stand before the source in an origin.
fn node_name(text: &str) -> Result<String, String> {
    match is_origin(&format!("{text}/x")) {
        true => Ok(text.to_string()),
        false => Err("不能为空，不能有斜线和空白".to_string()),
    }
}

/// Runs a command. A fault of this program, or bytes of the index that changed under it, end it with a reason people can act
/// on; the place is for who mends it. A message may quote a text, so it is not shown.
fn guarded(run: impl FnOnce() -> Result<Outcome, Stop>) -> Result<Outcome, Stop> {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        output::complain(&format!("faju: 内部错误（{place}）"));
    }));
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let remedy = "未能完成：可能是索引文件损坏，请运行 faju verify 检查、faju rebuild 重建；仍不行请报告上面的位置";
        Err(Stop::Failed(AppError::new(ErrorCode::Internal, remedy)))
    })
}

/// Tells of an error on standard error and, for programs, as the one JSON value on standard output.
fn failed(error: &AppError, json: bool) {
    let mut text = format!("faju: {}", error.detail);
    let places = error.errors.iter().filter(|item| !error.detail.contains(&item.message));
    for item in places {
        let position = item.position.map(|position| format!("第 {} 个字处：", position + 1)).unwrap_or_default();
        let line = item.line.map(|line| format!("第 {line} 行：")).unwrap_or_default();
        text.push_str(&format!("\n  {}{line}{position}{}", item.file.as_deref().unwrap_or(""), item.message));
    }
    output::complain(&text);
    if json {
        // Nobody is left to tell if standard output is gone too.
        let _ = output::print(&problem(error).to_string());
    }
}

/// Help and version are no errors; everything else is wrong usage, in Chinese.
fn usage(error: &clap::Error, json: bool) -> u8 {
    match language::told(error) {
        language::Told::Asked(text) => {
            let _ = output::print(text.trim_end());
            0
        }
        language::Told::Wrong(text) => {
            output::complain(text.trim_end());
            if json {
                let first = text.lines().next().unwrap_or("").trim_start_matches("faju: ");
                let _ = output::print(&problem(&AppError::new(ErrorCode::InvalidParameter, first)).to_string());
            }
            COULD_NOT_RUN
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declarations_hold_together() {
        command().debug_assert();
    }

    #[test]
    fn every_command_and_argument_has_chinese_help() {
        let chinese = |text: String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let whole = command();
        for command in whole.get_subcommands().chain([&whole]) {
            let name = command.get_name();
            assert!(command.get_about().is_some_and(|about| chinese(about.to_string())), "{name}");
            for argument in command.get_arguments() {
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(chinese(help), "{name} {}", argument.get_id());
            }
        }
    }
}
