//! The audit log, for auditors.

use super::{Frame, html_head, rendered};
use crate::app::Faju;
use crate::http::accounts::{AUDIT_MOST, fitting};
use crate::http::query_string::value;
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    frame: Frame,
    what: String,
    account: String,
    from: String,
    to: String,
    rows: Vec<[String; 7]>,
    most: usize,
    head: String,
}

/// `GET /audit`.
pub fn page(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = |name: &str| value(&asked.parameters, name).unwrap_or_default().to_string();
    let rows = fitting(server, asked)?.into_iter().map(|entry| {
        let account = entry.account.map_or_else(|| "—".to_string(), |number| number.to_string());
        [
            entry.seq.to_string(),
            entry.at,
            account,
            format!("{} {}", entry.by, entry.from),
            entry.what,
            entry.subject,
            format!("{} {}", entry.outcome, entry.detail),
        ]
    });
    let head = server.service.audit_head()?;
    let page = AuditPage {
        frame: Frame { sample: server.is_sample(), ..Frame::default() },
        what: given("what"),
        account: given("account"),
        from: given("from"),
        to: given("to"),
        rows: rows.collect(),
        most: AUDIT_MOST,
        head: format!("第 {} 条，摘要 {}", head.seq, head.hash),
    };
    Ok((html_head(), rendered(&page)?).into_response())
}
