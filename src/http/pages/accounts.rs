//! All accounts, for administrators.

use super::{Frame, answered, words_of};
use crate::app::service::{Account, Change, Identity, ROLES, Role};
use crate::app::{AppError, ErrorCode, Faju};
use crate::http::clock;
use crate::http::forms::{form, moment};
use crate::http::query_string::value;
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;

struct Row {
    account: Account,
    role: &'static str,
    state: String,
    departments: String,
    /// Who it is at the identity provider.
    identities: String,
    signed_in: String,
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    frame: Frame,
    rows: Vec<Row>,
    /// The identity provider, as people call it.
    outside: Option<String>,
    roles: Vec<(&'static str, &'static str)>,
    said: Option<String>,
    problem: Option<String>,
}

/// `GET /accounts`.
pub fn page(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    accounts_page(server, asked, None, None)
}

fn accounts_page(server: &Server, asked: &Asked, said: Option<String>, problem: Option<AppError>) -> Answer {
    let (service, now) = (&server.service, clock::now());
    let row = |account: Account| -> Result<Row, AppError> {
        let held = service.held_back(&account, now)?;
        let identities = service.identities(&account)?;
        Ok(Row {
            role: account.role.row().chinese,
            state: match (account.disabled, held, account.must_change) {
                (true, ..) => "停用".to_string(),
                (false, 1.., _) => format!("失败过多，{held} 秒后可再试"),
                (false, _, true) => "须改口令".to_string(),
                (false, _, false) => "可用".to_string(),
            },
            departments: account.departments.join("、"),
            identities: identities.into_iter().map(|identity| identity.subject).collect::<Vec<_>>().join("、"),
            signed_in: account.signed_in_at.map_or_else(|| "从未".to_string(), moment),
            account,
        })
    };
    let rows: Result<Vec<Row>, AppError> = service.accounts()?.into_iter().map(row).collect();
    let page = AccountsPage {
        frame: Frame::of(server.is_sample(), asked),
        rows: rows?,
        outside: server.provider.as_ref().map(|provider| provider.name().to_string()),
        roles: ROLES.iter().filter(|row| row.role != Role::Public).map(|row| (row.name, row.chinese)).collect(),
        said,
        problem: problem.as_ref().map(words_of),
    };
    answered(&page, problem.as_ref())
}

/// `POST /accounts`: one change of one account.
pub fn change(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = form(asked, &["act", "sure", "name", "role", "password", "subject"])?;
    match changed(server, asked, &given) {
        Ok(said) => accounts_page(server, asked, Some(said), None),
        Err(problem) if problem.code.status() < 500 => accounts_page(server, asked, None, Some(problem)),
        Err(problem) => Err(problem.into()),
    }
}

fn changed(server: &Server, asked: &Asked, given: &[(String, String)]) -> Result<String, AppError> {
    let (service, who) = (&server.service, &asked.who);
    let raw = |name: &str| value(given, name).unwrap_or_default();
    let text = |name: &str| raw(name).trim();
    let name = text("name");
    let role = || {
        Role::named(text("role"))
            .ok_or_else(|| AppError::parameter(ErrorCode::InvalidParameter, "role", "没有这个角色"))
    };
    let change = match text("act") {
        "add" => {
            service.add(name, role()?, raw("password"), who, clock::now())?;
            return Ok(format!("已建账户“{name}”，首次登录时须修改口令"));
        }
        "remove" if text("sure") != "yes" => {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "sure", "删除账户须勾选“确认删除”"));
        }
        "remove" => {
            service.remove(name, who)?;
            return Ok(format!("已删除账户“{name}”及其密钥"));
        }
        "identity" => {
            let issuer = server.provider.as_ref().map(|provider| provider.issuer().to_string());
            let issuer = issuer.ok_or_else(|| AppError::new(ErrorCode::InvalidParameter, "没有配置统一身份认证"))?;
            let identity = Some(text("subject")).filter(|subject| !subject.is_empty());
            let identity = identity.map(|subject| Identity { issuer, subject: subject.to_string() });
            service.tie(name, identity.as_ref(), who)?;
            return Ok(format!("已更改账户“{name}”的统一身份"));
        }
        "role" => Change::Role(role()?),
        "disable" => Change::Disabled(true),
        "enable" => Change::Disabled(false),
        "password" => Change::Password(raw("password").to_string(), true),
        "no_second" => Change::NoSecondFactor,
        _ => return Err(AppError::parameter(ErrorCode::InvalidParameter, "act", "没有这种操作")),
    };
    service.change(name, &change, who)?;
    Ok(format!("已更改账户“{name}”"))
}
