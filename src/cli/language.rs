//! Makes clap speak Chinese: headings of the help, and wrong usage.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

/// Place in the help of what every command has: behind its own options.
pub const LAST: usize = 900;

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";

/// Gives a command and its subcommands Chinese headings.
pub fn in_chinese(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助").display_order(LAST);
    let has_version = command.get_version().is_some();
    let mut command = headed(command)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .arg(help);
    if has_version {
        let version = Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help("显示版本")
            .display_order(LAST);
        command = command.arg(version);
    }
    let names: Vec<String> = command.get_subcommands().map(|child| child.get_name().to_string()).collect();
    for name in names {
        command = command.mut_subcommand(name, in_chinese);
    }
    // Of arguments declared from here on: help and version too stand under the options.
    command.mut_args(|argument| {
        let heading = if argument.is_positional() { "参数" } else { "选项" };
        argument.help_heading(heading)
    })
}

/// What clap would say in English beside an argument, its help says in Chinese.
fn headed(command: Command) -> Command {
    command.mut_args(|argument| {
        if !argument.get_action().takes_values() {
            return argument;
        }
        argument.hide_default_value(true).hide_possible_values(true).hide_env(true)
    })
}

/// What clap has to tell.
pub enum Told {
    /// Help or version, asked for.
    Asked(String),
    /// Wrong usage.
    Wrong(String),
}

/// An error of clap in Chinese.
pub fn told(error: &Error) -> Told {
    let whole = || error.render().to_string().replace("[OPTIONS]", "[选项]");
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Told::Asked(whole()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Told::Wrong(whole()),
        kind => {
            let mut text = format!("faju: {}", reason(kind, error));
            for suggestion in suggestions(error) {
                text.push_str(&format!("\n  是不是要写 {suggestion}？"));
            }
            if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
                text.push_str(&format!("\n\n{}", usage_line(usage)));
            }
            text.push_str("\n\n加 --help 可看说明。");
            Told::Wrong(text)
        }
    }
}

fn reason(kind: ErrorKind, error: &Error) -> String {
    let said = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    match kind {
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => format!("缺少命令，可用的有 {}", said(ContextKind::ValidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 缺少取值"),
        ErrorKind::InvalidValue => {
            format!("{argument} 的取值“{value}”有误，可用的有 {}", said(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|why| format!("：{why}")).unwrap_or_default();
            format!("{argument} 的取值“{value}”有误{why}")
        }
        ErrorKind::ArgumentConflict => {
            let other = said(ContextKind::PriorArg);
            if other == argument {
                format!("{argument} 只能写一次")
            } else {
                format!("{argument} 不能与 {other} 同用")
            }
        }
        ErrorKind::NoEquals => format!("{argument} 与取值之间须用 ="),
        ErrorKind::TooManyValues => format!("{argument} 的取值太多，多出“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{argument} 的取值个数不对"),
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_string(),
        _ => error.render().to_string(),
    }
}

fn suggestions(error: &Error) -> Vec<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    kinds.iter().filter_map(|kind| error.get(*kind).map(words)).filter(|words| !words.is_empty()).collect()
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Bool(flag) => flag.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn usage_line(usage: &StyledStr) -> String {
    usage.to_string().trim().replacen("Usage: ", "用法：", 1).replace("[OPTIONS]", "[选项]")
}
