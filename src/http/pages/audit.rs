//! The audit log, for auditors.

use super::{Frame, html_head, rendered};
use crate::app::Faju;
use crate::http::accounts::{AUDIT_MOST, fitting};
use crate::http::query_string::value;
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

/// What stands in the log, in Chinese; the rest is shown as it is.
const NAMES: [(&str, &str); 41] = [
    ("sign_in", "登录"),
    ("sign_out", "退出"),
    ("session_end", "结束登录"),
    ("refusal", "越权"),
    ("documents", "导入"),
    ("corrections", "更正"),
    ("relations", "写明关系"),
    ("withdrawals", "撤回"),
    ("redactions", "删去"),
    ("open_restricted", "打开限制文件"),
    ("export", "导出"),
    ("export_restricted", "导出限制文件"),
    ("account_add", "新建账户"),
    ("account_change", "更改账户"),
    ("account_remove", "删除账户"),
    ("password", "修改口令"),
    ("second_factor", "启用动态码"),
    ("key_add", "新建密钥"),
    ("key_end", "撤销密钥"),
    ("review_keep", "保存审查"),
    ("review_forget", "删去审查"),
    ("finding_decide", "处理发现"),
    ("hook_add", "新建推送"),
    ("hook_remove", "删去推送"),
    ("proposal", "审查建议"),
    ("proposal_answer", "答复建议"),
    ("backup", "备份"),
    ("restore", "恢复"),
    ("audit_export", "导出审计日志"),
    ("audit_drop", "删去过期月份"),
    ("begun", "开始"),
    ("done", "完成"),
    ("refused", "拒绝"),
    ("failed", "失败"),
    ("none", "未登录"),
    ("command", "命令行"),
    ("session", "网页"),
    ("held back", "失败过多"),
    ("enabled", "启用"),
    ("disabled", "停用"),
    ("no second factor", "取消动态码"),
];

fn chinese(name: &str) -> String {
    match name.strip_prefix("key ") {
        Some(id) => format!("密钥 {id}"),
        None => NAMES.iter().find(|row| row.0 == name).map_or(name, |row| row.1).to_string(),
    }
}

/// A moment of the log in Beijing, to the second.
fn local(at: &str) -> String {
    let Ok(moment) = at.parse::<jiff::Timestamp>() else { return at.to_string() };
    jiff::tz::offset(8).to_datetime(moment).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    frame: Frame,
    account: String,
    from: String,
    to: String,
    rows: Vec<[String; 7]>,
    /// What may be asked for: name, Chinese name.
    names: Vec<(&'static str, &'static str, bool)>,
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
            local(&entry.at),
            account,
            format!("{} {}", chinese(&entry.by), entry.from),
            chinese(&entry.what),
            entry.subject,
            format!("{} {}", chinese(&entry.outcome), chinese(&entry.detail)),
        ]
    });
    let head = server.service.audit_head()?;
    let page = AuditPage {
        frame: Frame::of(server.is_sample(), asked),
        account: given("account"),
        from: given("from"),
        to: given("to"),
        rows: rows.collect(),
        names: NAMES.iter().take(22).map(|row| (row.0, row.1, given("what") == row.0)).collect(),
        most: AUDIT_MOST,
        head: format!("第 {} 条，摘要 {}", head.seq, head.hash),
    };
    Ok((html_head(), rendered(&page)?).into_response())
}
