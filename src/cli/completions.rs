//! `faju completions`.

use super::output::Stop;
use super::{Context, Outcome};
use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;
use std::io::Write;

pub fn declare() -> Command {
    Command::new("completions").about("打印某种 shell 的补全脚本").arg(
        Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(value_parser!(Shell))
            .help("bash、elvish、fish、powershell 或 zsh"),
    )
}

pub fn run(given: &ArgMatches, _: &Context) -> Result<Outcome, Stop> {
    let mut script = Vec::new();
    if let Some(shell) = given.get_one::<Shell>("shell") {
        clap_complete::generate(*shell, &mut super::command(), "faju", &mut script);
    }
    let mut out = std::io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Done)
}
