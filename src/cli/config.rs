//! Settings from a file, and `faju config`.
//!
//! What stands in the file becomes the default of an option: the environment and the command line go before it. Which options can stand
//! there says [`SETTINGS`]; everything else about them (meaning, environment, default) is their declaration.

use super::output::Stop;
use super::{Context, Outcome, command, language};
use crate::app::{AppError, ErrorCode};
use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Name of the file in the data directory that is read where no other is named.
const NAME: &str = "faju.toml";

/// A setting: an option that can stand in the file under its own name.
struct Setting {
    /// Name of the option without hyphens in front.
    key: &'static str,
    /// The command that it belongs to; none: every one.
    of: Option<&'static str>,
    /// Whether it is a path, which is meant from the folder of the file.
    path: bool,
    /// What takes effect without a restart.
    renewed: &'static str,
}

const RESTART: &str = "重启后生效";

/// Every setting.
const SETTINGS: [Setting; 16] = [
    Setting { key: "node", of: None, path: false, renewed: RESTART },
    Setting { key: "model", of: None, path: true, renewed: RESTART },
    Setting { key: "fusion", of: None, path: true, renewed: RESTART },
    Setting { key: "thesaurus", of: None, path: true, renewed: "文件内容更新后自行启用" },
    Setting { key: "listen", of: Some("serve"), path: false, renewed: RESTART },
    Setting { key: "access", of: Some("serve"), path: false, renewed: RESTART },
    Setting { key: "proxy", of: Some("serve"), path: false, renewed: RESTART },
    Setting { key: "webhook", of: Some("serve"), path: false, renewed: RESTART },
    Setting { key: "oidc-issuer", of: Some("serve"), path: false, renewed: RESTART },
    Setting { key: "oidc-client", of: Some("serve"), path: false, renewed: RESTART },
    Setting { key: "oidc-redirect", of: Some("serve"), path: false, renewed: RESTART },
    Setting { key: "oidc-secret-file", of: Some("serve"), path: true, renewed: RESTART },
    Setting { key: "oidc-ca", of: Some("serve"), path: true, renewed: RESTART },
    Setting { key: "oidc-name", of: Some("serve"), path: false, renewed: RESTART },
    Setting { key: "tls-cert", of: Some("serve"), path: true, renewed: "文件内容更新后自行启用" },
    Setting { key: "tls-key", of: Some("serve"), path: true, renewed: "文件内容更新后自行启用" },
];

impl Setting {
    fn id(&self) -> String {
        self.key.replace('-', "_")
    }

    /// Its declaration.
    fn argument<'a>(&self, whole: &'a Command) -> Option<&'a Arg> {
        let of = match self.of {
            Some(name) => whole.find_subcommand(name)?,
            None => whole,
        };
        of.get_arguments().find(|argument| argument.get_id().as_str() == self.id())
    }
}

pub fn argument() -> Arg {
    Arg::new("config")
        .long("config")
        .value_name("FILE")
        .env("FAJU_CONFIG")
        .global(true)
        .display_order(language::LAST)
        .value_parser(clap::value_parser!(PathBuf))
        .help("设置文件（TOML；缺省为环境变量 FAJU_CONFIG，再缺省为数据目录中的 faju.toml，没有则不用）")
}

pub fn declare() -> Command {
    Command::new("config")
        .about("设置文件：检查，或列出其中可写的设置")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("check").about("检查设置文件，列出其中写了什么"))
        .subcommand(Command::new("reference").about("列出设置文件中可写的全部设置（Markdown）"))
}

/// What a file sets.
struct Read {
    path: PathBuf,
    values: Vec<(&'static Setting, Vec<String>)>,
}

fn wrong(path: &Path, message: String) -> AppError {
    AppError::parameter(ErrorCode::InvalidParameter, "config", format!("{}：{message}", path.display()))
}

/// The file that counts: the one named, else that of the data directory if it is there.
fn file(given: &ArgMatches) -> Option<PathBuf> {
    if let Some(named) = given.get_one::<PathBuf>("config").filter(|path| !path.as_os_str().is_empty()) {
        return Some(named.clone());
    }
    let data = given.get_one::<PathBuf>("data").cloned().unwrap_or_default();
    Some(data.join(NAME)).filter(|path| path.is_file())
}

fn read(path: PathBuf) -> Result<Read, AppError> {
    let text = std::fs::read_to_string(&path).map_err(|error| wrong(&path, format!("不能读取：{error}")))?;
    let table = text.parse::<toml::Table>().map_err(|error| {
        let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        wrong(&path, format!("第 {line} 行不是 TOML：{}", error.message()))
    })?;
    let mut values = Vec::new();
    for (key, value) in table {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) else {
            let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
            return Err(wrong(&path, format!("没有“{key}”这项设置；可用的有 {}", known.join("、"))));
        };
        let texts = match value {
            toml::Value::String(text) => Some(vec![text]),
            toml::Value::Array(items) if ["proxy", "webhook"].contains(&setting.key) => {
                items.into_iter().map(|item| item.as_str().map(str::to_string)).collect()
            }
            _ => None,
        };
        let texts =
            texts.ok_or_else(|| wrong(&path, format!("“{key}”须为文字，写在引号中（proxy、webhook 可为几个）")))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let meant = |text: String| if setting.path { folder.join(text).to_string_lossy().into_owned() } else { text };
        values.push((setting, texts.into_iter().map(meant).collect()));
    }
    Ok(Read { path, values })
}

/// A command whose defaults are what the file says that these arguments lead to.
///
/// # Errors
/// A file that cannot be read, or says what is no setting.
pub fn applied(command: Command, arguments: &[OsString]) -> Result<Command, AppError> {
    // Help and wrong usage are told by the second reading.
    let first = command.clone().ignore_errors(true).try_get_matches_from(arguments).ok();
    match first.as_ref().and_then(file).map(read).transpose()? {
        Some(read) => Ok(with(command, &read)),
        None => Ok(command),
    }
}

fn with(mut command: Command, read: &Read) -> Command {
    for (setting, values) in &read.values {
        let set = |argument: Arg| argument.default_values(values.clone());
        command = match setting.of {
            Some(name) => command.mut_subcommand(name, |own| own.mut_arg(setting.id(), set)),
            None => command.mut_arg(setting.id(), set),
        };
    }
    command
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    if given.subcommand_matches("reference").is_some() {
        let whole = command();
        let rows: Vec<Value> = SETTINGS.iter().filter_map(|setting| row(setting, &whole)).collect();
        context.answer(&rows, |_| reference(&rows))?;
        return Ok(Outcome::Done);
    }
    let Some(read) = file(given).map(read).transpose()? else {
        context.answer(&json!({ "file": null, "settings": {} }), |_| "没有设置文件，都用缺省值".to_string())?;
        return Ok(Outcome::Done);
    };
    // The values are read as the options themselves are.
    if let Err(error) = with(command(), &read).try_get_matches_from(["faju", "serve"])
        && let language::Told::Wrong(text) = language::told(&error)
    {
        let first = text.lines().next().unwrap_or_default().trim_start_matches("faju: ").to_string();
        return Err(wrong(&read.path, first).into());
    }
    let settings: serde_json::Map<String, Value> =
        read.values.iter().map(|(setting, values)| (setting.key.to_string(), json!(values))).collect();
    context.answer(&json!({ "file": read.path, "settings": settings }), |_| {
        let lines = read.values.iter().map(|(setting, values)| format!("  {} = {}", setting.key, values.join("、")));
        format!("{} 无误：\n{}", read.path.display(), lines.collect::<Vec<_>>().join("\n"))
    })?;
    Ok(Outcome::Done)
}

fn row(setting: &Setting, whole: &Command) -> Option<Value> {
    let argument = setting.argument(whole)?;
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    Some(json!({
        "key": setting.key,
        "command": setting.of.unwrap_or("全部"),
        "environment": argument.get_env().map(|name| name.to_string_lossy().into_owned()),
        "default": defaults.first(),
        "renewed": setting.renewed,
        "help": argument.get_help().map(ToString::to_string),
    }))
}

fn reference(rows: &[Value]) -> String {
    let mut text = "| 设置 | 命令 | 环境变量 | 缺省 | 改动 | 意思 |\n|---|---|---|---|---|---|".to_string();
    for row in rows {
        let cell = |name: &str| row[name].as_str().unwrap_or("").replace('|', "\\|");
        let names = ["key", "command", "environment", "default", "renewed", "help"];
        text.push_str(&format!("\n| {} |", names.map(cell).join(" | ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_an_option() {
        let whole = command();
        for setting in &SETTINGS {
            let argument = setting.argument(&whole).unwrap_or_else(|| panic!("{}", setting.key));
            assert_eq!(argument.get_long(), Some(setting.key));
            assert!(argument.get_env().is_some(), "{} has no environment", setting.key);
        }
    }

    #[test]
    fn the_command_line_goes_before_the_file_and_the_file_before_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        std::fs::write(
            &path,
            "listen = \"127.0.0.1:9\"\nproxy = [\"192.0.2.1\", \"192.0.2.2\"]\ntls-cert = \"c.pem\"\n",
        )
        .unwrap();
        let of = |more: &[&str]| {
            let path = path.to_string_lossy().into_owned();
            let arguments: Vec<OsString> =
                ["faju", "--config", &path, "serve"].iter().chain(more).map(OsString::from).collect();
            let matches = applied(command(), &arguments).unwrap().try_get_matches_from(&arguments).unwrap();
            matches.subcommand_matches("serve").unwrap().clone()
        };
        let given = of(&[]);
        assert_eq!(given.get_one::<std::net::SocketAddr>("listen").unwrap().port(), 9);
        assert_eq!(given.get_many::<std::net::IpAddr>("proxy").unwrap().count(), 2);
        assert_eq!(given.get_one::<PathBuf>("tls_cert").unwrap(), &folder.path().join("c.pem"));
        assert_eq!(of(&["--listen", "127.0.0.1:7"]).get_one::<std::net::SocketAddr>("listen").unwrap().port(), 7);
        for (wrong, told) in [("lissten = \"x\"", "lissten"), ("\n\nlisten = ", "第 3 行"), ("listen = 8", "引号")]
        {
            std::fs::write(&path, wrong).unwrap();
            let error = read(path.clone()).err().unwrap();
            assert!(error.detail.contains(told) && error.detail.contains("x.toml"), "{}", error.detail);
        }
    }
}
