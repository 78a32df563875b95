//! `faju backup`, `faju restore`.

use super::output::{Stop, Style};
use super::{Context, Outcome};
use crate::app::backup::{self, BackupReport, BackupRequest, RestoreReport, RestoreRequest};
use crate::app::service::{Service, Who};
use crate::app::{AppError, ErrorCode};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;
use std::path::PathBuf;

fn key() -> Arg {
    Arg::new("key")
        .long("key")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("密钥文件；备份目录从第一次起就须加密或不加密")
}

pub fn declare_backup() -> Command {
    Command::new("backup")
        .about("备份底账、原件、账户、审计日志和设置；服务可以照常运行，只写入新增的部分")
        .arg(
            Arg::new("to")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("备份目录：空的，或以前的备份所在"),
        )
        .arg(key())
        .arg(
            Arg::new("keep")
                .long("keep")
                .value_name("N")
                .value_parser(value_parser!(u64).range(1..))
                .help("只留最近的 N 个备份"),
        )
        .arg(Arg::new("check").long("check").action(ArgAction::SetTrue).help("不备份，逐片检查目录中的全部备份"))
        .arg(
            Arg::new("new_key")
                .long("new-key")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("不备份，生成一个密钥文件；请另处保管，没有它备份无法恢复"),
        )
}

pub fn declare_restore() -> Command {
    Command::new("restore")
        .about("把备份恢复到空的数据目录（--data）；索引在下次启动时重建")
        .arg(Arg::new("from").value_name("DIR").required(true).value_parser(value_parser!(PathBuf)).help("备份目录"))
        .arg(Arg::new("backup").long("backup").value_name("NAME").help("哪一个备份（缺省为最近的）"))
        .arg(
            Arg::new("upto")
                .long("upto")
                .value_name("CURSOR")
                .help("库只恢复到这一游标（如 1:20480，见各写入命令的报告），其后登记的不要"),
        )
        .arg(key())
}

pub fn backup(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    if let Some(path) = given.get_one::<PathBuf>("new_key") {
        backup::new_key(path)?;
        context.answer(&json!({ "key": path }), |_| {
            format!("密钥写入 {}；请另处保管，没有它备份无法恢复", path.display())
        })?;
        return Ok(Outcome::Done);
    }
    let Some(to) = given.get_one::<PathBuf>("to") else {
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "DIR", "须写备份到哪个目录").into());
    };
    let key = given.get_one::<PathBuf>("key").cloned();
    if given.get_flag("check") {
        let (count, damage) = backup::check(to, key.as_deref())?;
        context.answer(&json!({ "backups": count, "damage": damage }), |style| checked(count, &damage, style))?;
        return Ok(Outcome::of(damage.is_empty()));
    }
    let (service, who) = (Service::of(&context.data), Who::command());
    service.note(&who, "backup", "", "begun", "")?;
    let keep = given.get_one::<u64>("keep").map(|keep| *keep as usize);
    let report = backup::backup(&context.data, &BackupRequest { to: to.clone(), key, keep })?;
    service.note(&who, "backup", &report.backup, "done", "")?;
    context.answer(&report, |_| made(&report))?;
    Ok(Outcome::Done)
}

fn made(report: &BackupReport) -> String {
    let BackupReport { backup, files, bytes, added, removed } = report;
    let removed = if *removed > 0 { format!("，删去旧备份 {removed} 个") } else { String::new() };
    format!("备份 {backup}：{files} 个文件，{bytes} 字节，其中新写 {added} 字节，已读回核对{removed}")
}

fn checked(count: usize, damage: &[String], style: Style) -> String {
    if damage.is_empty() {
        return format!("{count} 个备份，逐片核对无误");
    }
    format!("{}\n  {}", style.strong("备份有损坏"), damage.join("\n  "))
}

pub fn restore(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let request = RestoreRequest {
        from: given.get_one::<PathBuf>("from").cloned().unwrap_or_default(),
        key: given.get_one::<PathBuf>("key").cloned(),
        name: given.get_one::<String>("backup").cloned(),
        upto: given.get_one::<String>("upto").cloned(),
        node: context.node.clone(),
    };
    let report = backup::restore(&request, &context.data)?;
    Service::of(&context.data).note(&Who::command(), "restore", &report.backup, "done", "")?;
    context.answer(&report, |_| {
        let RestoreReport { backup, at, files, bytes, redactions } = &report;
        let redacted = if *redactions > 0 {
            format!("，其后的删去（redact）{redactions} 件已照办")
        } else {
            String::new()
        };
        format!("已恢复 {backup}（{at} 所作）：{files} 个文件，{bytes} 字节{redacted}")
    })?;
    Ok(Outcome::Done)
}
