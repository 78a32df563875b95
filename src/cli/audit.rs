//! `faju audit`: whether the log is whole, what stands in it, and what may be dropped.

use super::output::{Stop, print};
use super::{Context, Outcome};
use crate::app::service::{Service, Who};
use crate::app::{AppError, AuditEntry, AuditHead, ErrorCode};
use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;
use std::path::PathBuf;

/// Months that must be kept: 网络安全法 第二十一条 asks for six.
const MONTHS_MIN: i64 = 6;

pub fn declare() -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("audit")
        .about("审计日志：校验、查找、导出、删去过期的月份")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("verify").about("逐条校验摘要链").arg(
                option("heads", "FILE", "另处保存的摘要（faju audit head 的输出，每行一条）；末尾被截断时由它看出")
                    .value_parser(value_parser!(PathBuf)),
            ),
        )
        .subcommand(Command::new("head").about("打印末尾一条的序号和摘要，供存到数据目录以外"))
        .subcommand(
            Command::new("search")
                .about("查找，新的在前")
                .arg(option("what", "NAME", "事项，例如 sign_in"))
                .arg(option("account", "N", "账户编号").value_parser(value_parser!(i64)))
                .arg(
                    option("limit", "N", "最多多少条（缺省 50）")
                        .default_value("50")
                        .value_parser(value_parser!(u64).range(1..=100_000)),
                ),
        )
        .subcommand(Command::new("export").about("把全部记录打印到标准输出，每行一条 JSON，旧的在前"))
        .subcommand(
            Command::new("prune").about("删去全部记录都早于若干个月的月份文件；其余的仍能校验").arg(
                option("months", "N", "保留多少个月，至少 6")
                    .required(true)
                    .value_parser(value_parser!(i64).range(MONTHS_MIN..=1200)),
            ),
        )
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let service = Service::of(&context.data);
    match given.subcommand() {
        Some(("verify", given)) => return verify(&service, given, context),
        Some(("head", _)) => {
            let head = service.audit_head()?;
            print(&serde_json::to_string(&head).unwrap_or_default())?;
        }
        Some(("export", _)) => {
            let mut stopped = None;
            service.each_entry(&mut |entry| match print(&serde_json::to_string(&entry).unwrap_or_default()) {
                Ok(()) => true,
                Err(error) => {
                    stopped = Some(error);
                    false
                }
            })?;
            if let Some(error) = stopped {
                return Err(error.into());
            }
            service.note(&Who::command(), "audit_export", "", "done", "")?;
        }
        Some(("prune", given)) => {
            let months = given.get_one::<i64>("months").copied().unwrap_or(MONTHS_MIN);
            let dropped = service.drop_audit(months as u32, &Who::command())?;
            context.answer(&json!({ "dropped": dropped }), |_| format!("删去 {dropped} 个月份"))?;
        }
        Some((_, given)) => {
            let (what, account) = (given.get_one::<String>("what"), given.get_one::<i64>("account"));
            let fits = |entry: &AuditEntry| {
                what.is_none_or(|what| entry.what == *what)
                    && account.is_none_or(|account| entry.account == Some(*account))
            };
            let most = given.get_one::<u64>("limit").copied().unwrap_or(50) as usize;
            let found = service.entries(&fits, most)?;
            context.answer(&found, |_| found.iter().map(line).collect::<Vec<_>>().join("\n"))?;
        }
        None => {}
    }
    Ok(Outcome::Done)
}

fn line(entry: &AuditEntry) -> String {
    let account = entry.account.map_or_else(|| "-".to_string(), |number| number.to_string());
    let AuditEntry { seq, at, by, from, what, subject, outcome, detail, .. } = entry;
    format!("{seq}  {at}  {account}  {by} {from}  {what} {subject}  {outcome} {detail}")
}

fn verify(service: &Service, given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let heads = match given.get_one::<PathBuf>("heads") {
        None => Vec::new(),
        Some(path) => {
            let unread = |error: std::io::Error| {
                AppError::new(ErrorCode::NotFound, format!("不能读取 {}：{error}", path.display()))
            };
            let text = std::fs::read_to_string(path).map_err(unread)?;
            let head = |(at, line): (usize, &str)| {
                let wrong =
                    |_| AppError::new(ErrorCode::BadRecord, format!("{} 第 {} 行不是摘要", path.display(), at + 1));
                serde_json::from_str::<AuditHead>(line).map_err(wrong)
            };
            text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(head).collect::<Result<_, _>>()?
        }
    };
    let verified = service.verify_audit(&heads)?;
    context.answer(&verified, |style| {
        let mut out =
            format!("{} 条，末尾为第 {} 条，摘要 {}\n", verified.entries, verified.head.seq, verified.head.hash);
        if verified.findings.is_empty() {
            out.push_str("审计日志完整\n");
        } else {
            out.push_str(&format!("{}\n", style.strong("审计日志有问题")));
        }
        for finding in &verified.findings {
            let place =
                if finding.line > 0 { format!("{} 第 {} 行：", finding.file, finding.line) } else { String::new() };
            out.push_str(&format!("  {place}{}\n", finding.message));
        }
        out
    })?;
    Ok(Outcome::of(verified.findings.is_empty()))
}
