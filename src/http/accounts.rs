//! People in the API: who asks, and the audit log.

use super::api::text_of;
use super::operators::json;
use super::query_string::{date, value};
use super::routes::{Answer, Asked};
use super::state::Server;
use crate::app::{AppError, AuditEntry, ErrorCode, Faju};
use serde_json::json;

/// Entries of the log on a page at most.
pub const AUDIT_MOST: usize = 500;

/// `GET /api/v1/account`: who the request comes from, and what he may.
pub fn account(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let who = &asked.who;
    let role = who.role().row();
    let rights: Vec<&str> =
        crate::app::service::Right::ALL.iter().filter(|row| who.may(row.0)).map(|row| row.1).collect();
    let account = who.account.as_ref();
    Ok(json(text_of(&json!({
        "accounts": server.is_guarded(),
        "name": account.map(|account| &account.name),
        "number": account.map(|account| account.number),
        "role": role.name,
        "rights": rights,
        "access": server.asker(who).access,
        "must_change": account.is_some_and(|account| account.must_change),
    }))?))
}

/// `GET /api/v1/audit`: entries of the log, the latest first.
pub fn audit(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let items = fitting(server, asked)?;
    let head = server.service.audit_head()?;
    Ok(json(text_of(&json!({ "items": items, "head": head }))?))
}

/// The day of a moment of the log, in Beijing.
fn day_of(at: &str) -> String {
    let day = at.parse::<jiff::Timestamp>().map(|moment| jiff::tz::offset(8).to_datetime(moment).date().to_string());
    day.unwrap_or_default()
}

/// The entries that fit the parameters, the latest first.
pub fn fitting(server: &Server, asked: &Asked) -> Result<Vec<AuditEntry>, AppError> {
    let given = |name: &str| value(&asked.parameters, name).filter(|value| !value.is_empty());
    let day = |name: &str| given(name).map(|written| date(name, written)).transpose();
    let (from, to) = (day("from")?.map(|day| day.to_string()), day("to")?.map(|day| day.to_string()));
    let number = |written: &str| {
        written.parse::<i64>().map_err(|_| AppError::parameter(ErrorCode::InvalidParameter, "account", "须为账户编号"))
    };
    let account = given("account").map(number).transpose()?;
    let what = given("what");
    let fits = |entry: &AuditEntry| {
        let day = day_of(&entry.at);
        let day = day.as_str();
        what.is_none_or(|what| entry.what == what)
            && account.is_none_or(|account| entry.account == Some(account))
            && from.as_deref().is_none_or(|from| day >= from)
            && to.as_deref().is_none_or(|to| day <= to)
    };
    server.service.entries(&fits, AUDIT_MOST)
}
