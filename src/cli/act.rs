//! `faju correct`, `faju relate`, `faju withdraw`, `faju redact`: what a person says about a document, with reason and proof.

use super::import::{wait, wait_argument};
use super::maintain::maintained;
use super::output::Stop;
use super::{Context, Outcome};
use crate::app::service::Service;
use crate::app::{Act, AppError, ErrorCode, Removed, json_fault};
use crate::http::query_string::date;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

fn required(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).value_name(value).required(true).help(help)
}

fn reason() -> Arg {
    required("reason", "TEXT", "理由").long("reason")
}

fn proof() -> Arg {
    required("proof", "TEXT", "依据：文号、网址或说明").long("proof")
}

pub fn declare_correct() -> Command {
    Command::new("correct")
        .about("更正一份文件的一个字段")
        .arg(required("id", "ID", "文件编号"))
        .arg(required("field", "FIELD", "交换格式的字段，例如 effective_date"))
        .arg(required("value", "VALUE", "新值"))
        .arg(
            Arg::new("as_json")
                .long("as-json")
                .action(ArgAction::SetTrue)
                .help("VALUE 是 JSON（数、列表；null 表示不详）"),
        )
        .arg(reason())
        .arg(proof())
        .arg(wait_argument())
}

pub fn declare_relate() -> Command {
    Command::new("relate")
        .about("写明两件文件的关系")
        .arg(required("id", "ID", "作用的一方"))
        .arg(required(
            "relation",
            "RELATION",
            "关系：repeals（废止）、amends（修改）、implements（实施）、same_as（同一文件，登记后不能撤销）",
        ))
        .arg(required("target", "TARGET", "被作用的一方"))
        .arg(Arg::new("on").long("on").value_name("YYYY-MM-DD").help("自何日起"))
        .arg(Arg::new("undo").long("undo").action(ArgAction::SetTrue).help("撤销已登记的这一关系"))
        .arg(reason())
        .arg(proof())
        .arg(wait_argument())
}

pub fn declare_withdraw() -> Command {
    Command::new("withdraw")
        .about("撤回一份文件")
        .arg(required("id", "ID", "文件编号"))
        .arg(Arg::new("origin").long("origin").value_name("ORIGIN").help("只撤回这一来源的记录"))
        .arg(reason())
        .arg(wait_argument())
}

pub fn declare_redact() -> Command {
    Command::new("redact")
        .about("从库中永久删去一份文件的部分文字或全文（个人信息等），连同留存的原件，并重建索引")
        .arg(required("id", "ID", "文件编号"))
        .arg(
            Arg::new("text")
                .long("text")
                .value_name("TEXT")
                .action(ArgAction::Append)
                .required_unless_present("whole")
                .help("要删去的文字，可写多次；文件中各处相同的文字都以＊代替"),
        )
        .arg(
            Arg::new("whole")
                .long("whole")
                .action(ArgAction::SetTrue)
                .conflicts_with("text")
                .help("删去全文，不留内容"),
        )
        .arg(reason())
        .arg(wait_argument())
}

pub fn redact(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let words = given.get_many::<String>("text").unwrap_or_default().cloned().collect();
    let removed = if given.get_flag("whole") { Removed::Whole } else { Removed::Words(words) };
    let app = context.open(wait(given))?;
    let id = text(given, "id");
    let redact = Act::Redact { id: id.clone(), removed: removed.clone(), reason: text(given, "reason") };
    let report = app.act(redact, &context.asker())?;
    Service::of(&context.data).erase(&id, &removed)?;
    app.purge()?;
    context.answer(&report, |_| maintained(&report))?;
    Ok(Outcome::of(report.damage.is_empty()))
}

pub fn correct(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let written = text(given, "value");
    let value = if given.get_flag("as_json") {
        serde_json::from_str(&written).map_err(|error| {
            AppError::parameter(ErrorCode::InvalidParameter, "value", format!("不是 JSON：{}", json_fault(&error)))
        })?
    } else {
        Value::String(written)
    };
    let (id, field) = (text(given, "id"), text(given, "field"));
    act(Act::Correct { id, field, value, reason: text(given, "reason"), proof: text(given, "proof") }, given, context)
}

pub fn relate(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let on = given.get_one::<String>("on").map(|value| date("on", value)).transpose()?;
    let (id, relation, target) = (text(given, "id"), text(given, "relation"), text(given, "target"));
    let (reason, proof) = (text(given, "reason"), text(given, "proof"));
    let undo = given.get_flag("undo");
    act(Act::Relate { id, relation, target, on, undo, reason, proof }, given, context)
}

pub fn withdraw(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let origin = given.get_one::<String>("origin").cloned();
    act(Act::Withdraw { id: text(given, "id"), origin, reason: text(given, "reason") }, given, context)
}

fn act(act: Act, given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let report = context.open(wait(given))?.act(act, &context.asker())?;
    context.answer(&report, |_| maintained(&report))?;
    Ok(Outcome::of(report.damage.is_empty()))
}

/// A required argument; clap has seen to it that it is there.
fn text(given: &ArgMatches, name: &str) -> String {
    given.get_one::<String>(name).cloned().unwrap_or_default()
}
