//! `faju user`, `faju key`: accounts and keys, for whoever may use this machine.

use super::output::{Stop, complain, print};
use super::{Context, Outcome};
use crate::app::service::{Account, Change, DAYS_MAX, Identity, ROLES, Right, Role, Service, Who};
use crate::app::{AppError, ErrorCode};
use crate::http::clock;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;
use std::io::{BufRead, IsTerminal};

fn name() -> Arg {
    Arg::new("name").value_name("NAME").required(true).help("账户名")
}

fn role() -> Arg {
    let names = ROLES.iter().filter(|row| row.role != Role::Public);
    let help = names.clone().map(|row| format!("{}（{}）", row.name, row.chinese)).collect::<Vec<_>>().join("、");
    let values: Vec<&'static str> = names.map(|row| row.name).collect();
    Arg::new("role")
        .long("role")
        .value_name("ROLE")
        .value_parser(values)
        .hide_possible_values(true)
        .help(format!("角色：{help}"))
}

pub fn declare_user() -> Command {
    let flag = |name: &'static str, long: &'static str, help: &'static str| {
        Arg::new(name).long(long).action(ArgAction::SetTrue).help(help)
    };
    Command::new("user")
        .about("管理账户；有了第一个账户，未登录的人就只能看公开的内容")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("add")
                .about("新建账户；口令从终端读取，不是终端时从标准输入读第一行")
                .arg(name())
                .arg(role().required(true)),
        )
        .subcommand(Command::new("list").about("列出账户"))
        .subcommand(
            Command::new("set")
                .about("更改账户；它的登录随之结束")
                .arg(name())
                .arg(role())
                .arg(
                    Arg::new("departments")
                        .long("departments")
                        .value_name("ID,…")
                        .help("所属部门的编号，逗号分隔；限定给这些部门的文件随之可见；写空的（\"\"）则不属于任何部门"),
                )
                .arg(flag("password", "password", "重设口令，读法同 add"))
                .arg(flag("no_second", "no-second-factor", "取消动态码"))
                .arg(flag("disable", "disable", "停用"))
                .arg(flag("enable", "enable", "启用，并解除登录失败的锁定")),
        )
        .subcommand(
            Command::new("demand").about("要求某一角色的账户登录后先启用动态码").arg(role().required(true)).arg(flag(
                "off",
                "off",
                "不再要求",
            )),
        )
        .subcommand(
            Command::new("identity")
                .about("绑定统一身份认证中的一个人，他从那里登录就用这个账户；不写 --subject 则列出")
                .arg(name())
                .arg(
                    Arg::new("subject")
                        .long("subject")
                        .value_name("ID")
                        .requires("oidc_issuer")
                        .help("他在那里的编号（sub）；没有绑定的人登录时，页面会给出"),
                )
                .arg(
                    Arg::new("oidc_issuer")
                        .long("oidc-issuer")
                        .value_name("URL")
                        .env("FAJU_OIDC_ISSUER")
                        .help("统一身份认证的地址，与 faju serve 的一致"),
                )
                .arg(flag("none", "none", "解除绑定").conflicts_with("subject")),
        )
        .subcommand(Command::new("remove").about("删除账户及其密钥；审计日志中只留编号").arg(name()))
}

pub fn declare_key() -> Command {
    let rights = Right::ALL.iter().map(|row| format!("{}（{}）", row.1, row.2)).collect::<Vec<_>>().join("、");
    Command::new("key")
        .about("管理程序用的密钥")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("add")
                .about("为账户新建密钥；只显示这一次")
                .arg(name())
                .arg(
                    Arg::new("label")
                        .long("label")
                        .value_name("TEXT")
                        .required(true)
                        .help("密钥的名称，例如用它的程序"),
                )
                .arg(
                    Arg::new("right")
                        .long("right")
                        .value_name("RIGHT")
                        .action(ArgAction::Append)
                        .value_parser(Right::ALL.map(|row| row.1))
                        .hide_possible_values(true)
                        .help(format!("权限，可写多次，缺省为 read：{rights}")),
                )
                .arg(
                    Arg::new("days")
                        .long("days")
                        .value_name("N")
                        .default_value("90")
                        .value_parser(value_parser!(i64).range(1..=DAYS_MAX))
                        .help("有效天数，1 至 366（缺省 90）"),
                ),
        )
        .subcommand(Command::new("list").about("列出账户的密钥").arg(name()))
        .subcommand(Command::new("revoke").about("撤销账户的一把密钥").arg(name()).arg(
            Arg::new("id").value_name("ID").required(true).value_parser(value_parser!(i64)).help("密钥编号，见 list"),
        ))
}

/// `faju user …`.
pub fn user(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let service = Service::of(&context.data);
    let who = Who::command();
    match given.subcommand() {
        Some(("add", given)) => {
            let password = password()?;
            let role = role_of(given).unwrap_or(Role::Public);
            let account = service.add(text(given, "name"), role, &password, &who, clock::now())?;
            context.answer(&account, |_| format!("已建账户 {}（{}）", account.name, account.role.row().chinese))?;
        }
        Some(("set", given)) => {
            let name = text(given, "name");
            let mut account = service.account(name)?;
            for change in changes(given)? {
                account = service.change(name, &change, &who)?;
            }
            context.answer(&account, |_| row(&account))?;
        }
        Some(("identity", given)) => identity(&service, given, context)?,
        Some(("demand", given)) => {
            let (role, demanded) = (role_of(given).unwrap_or(Role::Public), !given.get_flag("off"));
            service.demand_second(role, demanded, &who)?;
            let said = if demanded { "须" } else { "不再须" };
            let value = json!({ "role": role.row().name, "second_factor": demanded });
            context.answer(&value, |_| format!("{}{said}用动态码", role.row().chinese))?;
        }
        Some(("remove", given)) => {
            let name = text(given, "name");
            service.remove(name, &who)?;
            context.answer(&json!({ "removed": name }), |_| format!("已删除账户 {name}"))?;
        }
        _ => {
            let accounts = service.accounts()?;
            let rows = || accounts.iter().map(row).collect::<Vec<_>>().join("\n");
            context.answer(&accounts, |_| if accounts.is_empty() { "还没有账户".to_string() } else { rows() })?;
        }
    }
    Ok(Outcome::Done)
}

/// `faju user identity`.
fn identity(service: &Service, given: &ArgMatches, context: &Context) -> Result<(), Stop> {
    let (name, who) = (text(given, "name"), Who::command());
    if let Some(subject) = given.get_one::<String>("subject") {
        let identity = Identity { issuer: text(given, "oidc_issuer").to_string(), subject: subject.clone() };
        service.tie(name, Some(&identity), &who)?;
    } else if given.get_flag("none") {
        service.tie(name, None, &who)?;
    }
    let tied = service.identities(&service.account(name)?)?;
    let row = |identity: &Identity| format!("{}  {}", identity.issuer, identity.subject);
    let rows = || tied.iter().map(row).collect::<Vec<_>>().join("\n");
    context.answer(&tied, |_| if tied.is_empty() { "没有绑定统一身份".to_string() } else { rows() })?;
    Ok(())
}

/// `faju key …`.
pub fn key(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let service = Service::of(&context.data);
    let (who, now) = (Who::command(), clock::now());
    match given.subcommand() {
        Some(("add", given)) => {
            let account = service.account(text(given, "name"))?;
            let mut rights: Vec<Right> = list(given, "right").iter().filter_map(|name| Right::named(name)).collect();
            if rights.is_empty() {
                rights.push(Right::Read);
            }
            let days = given.get_one::<i64>("days").copied().unwrap_or(1);
            let (key, token) = service.add_key(&account, text(given, "label"), &rights, days, &who, now)?;
            let mut value = json!(key);
            value["secret"] = token.shown().into();
            context.answer(&value, |_| format!("密钥 {}，只显示这一次：\n{}", key.id, token.shown()))?;
        }
        Some(("revoke", given)) => {
            let account = service.account(text(given, "name"))?;
            let id = given.get_one::<i64>("id").copied().unwrap_or_default();
            service.end_key(&account, id, &who)?;
            context.answer(&json!({ "revoked": id }), |_| format!("已撤销密钥 {id}"))?;
        }
        Some((_, given)) => {
            let keys = service.keys(&service.account(text(given, "name"))?, now)?;
            let row = |key: &crate::app::service::Key| {
                let rights: Vec<&str> = key.rights.iter().map(|right| right.name()).collect();
                format!("{}  {}  {}", key.id, key.name, rights.join(","))
            };
            context.answer(&keys, |_| {
                if keys.is_empty() {
                    "没有密钥".to_string()
                } else {
                    keys.iter().map(row).collect::<Vec<_>>().join("\n")
                }
            })?;
        }
        None => print("")?,
    }
    Ok(Outcome::Done)
}

fn changes(given: &ArgMatches) -> Result<Vec<Change>, Stop> {
    let mut changes = Vec::new();
    changes.extend(role_of(given).map(Change::Role));
    changes.extend(given.get_one::<String>("departments").map(|listed| {
        let ids = listed.split([',', '，', '、']).map(str::trim).filter(|id| !id.is_empty());
        Change::Departments(ids.map(str::to_string).collect())
    }));
    if given.get_flag("password") {
        changes.push(Change::Password(password()?, false));
    }
    if given.get_flag("no_second") {
        changes.push(Change::NoSecondFactor);
    }
    if given.get_flag("disable") {
        changes.push(Change::Disabled(true));
    }
    if given.get_flag("enable") {
        changes.push(Change::Disabled(false));
    }
    if changes.is_empty() {
        return Err(AppError::new(
            ErrorCode::InvalidParameter,
            "没有写要改什么，例如 --role、--password、--disable；见 faju user set --help",
        )
        .into());
    }
    Ok(changes)
}

/// A password: twice from a terminal, without showing it; else the first line of standard input.
fn password() -> Result<String, Stop> {
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\n', '\r']).to_string());
    }
    complain("口令（至少 12 个字，可以用一句话）：");
    let first = rpassword::read_password()?;
    complain("再写一次：");
    if rpassword::read_password()? != first {
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "password", "两次写的口令不同").into());
    }
    Ok(first)
}

fn text<'a>(given: &'a ArgMatches, name: &str) -> &'a str {
    given.get_one::<String>(name).map_or("", String::as_str)
}

fn list(given: &ArgMatches, name: &str) -> Vec<String> {
    given.get_many::<String>(name).unwrap_or_default().cloned().collect()
}

fn role_of(given: &ArgMatches) -> Option<Role> {
    given.get_one::<String>("role").and_then(|name| Role::named(name))
}

fn row(account: &Account) -> String {
    let state = if account.disabled { "停用" } else { "可用" };
    let second = if account.second_factor { "有动态码" } else { "无动态码" };
    let of = account.departments.join("、");
    let of = if of.is_empty() { of } else { format!("  部门：{of}") };
    format!("{}  {}  {}  {state}  {second}{of}", account.number, account.name, account.role.row().chinese)
}
