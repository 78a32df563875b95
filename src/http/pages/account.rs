//! Signing in and out, and one's own account: password, second factor, sessions, keys.

use super::{Frame, answered, outside, words_of};
use crate::app::service::{Identity, Key, Right, Session, Signed};
use crate::app::{AppError, ErrorCode, Faju};
use crate::http::clock;
use crate::http::forms::{form, moment, see_other};
use crate::http::identity::cookie;
use crate::http::problem::Failure;
use crate::http::query_string::{encode, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::http::header;

/// Days that a key lasts where the form does not say.
const KEY_DAYS: i64 = 90;

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    frame: Frame,
    problem: Option<String>,
    name: String,
    next: String,
    needs_code: bool,
    guarded: bool,
    /// The identity provider, as people call it, and the way to it.
    outside: Option<(String, String)>,
}

/// Where a sign-in leads: a page of this server, never another site.
pub(super) fn inside(next: &str) -> &str {
    let local =
        next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.contains(char::is_control);
    if local { next } else { "/" }
}

/// `GET /login`.
pub fn login(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let next = value(&asked.parameters, "next").unwrap_or("/");
    login_page(server, "", inside(next), None)
}

pub(super) fn login_page(server: &Server, name: &str, next: &str, problem: Option<AppError>) -> Answer {
    // A right password whose code is missing is no mistake.
    let needs_code = problem
        .as_ref()
        .is_some_and(|problem| problem.errors.iter().any(|item| item.parameter.as_deref() == Some("code")));
    let page = LoginPage {
        frame: Frame { sample: server.is_sample(), ..Frame::default() },
        problem: problem.as_ref().map(|problem| problem.detail.clone()),
        name: name.to_string(),
        next: next.to_string(),
        needs_code,
        guarded: server.is_guarded(),
        outside: server
            .provider
            .as_ref()
            .map(|provider| (provider.name().to_string(), format!("/login/oidc?next={}", encode(next, "/")))),
    };
    answered(&page, problem.as_ref())
}

/// `POST /login`.
pub fn sign_in(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = form(asked, &["name", "password", "code", "next"])?;
    let text = |name: &str| value(&given, name).unwrap_or_default();
    let (name, next) = (text("name").trim(), inside(text("next")));
    let agent = asked.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or("");
    match server.service.sign_in(name, text("password"), Some(text("code")), agent, &asked.who, clock::now()) {
        Ok(Signed::In(token)) => {
            let mut response = see_other(next)?;
            response.headers_mut().insert(header::SET_COOKIE, cookie(token.shown(), asked.encrypted));
            Ok(response)
        }
        Ok(Signed::NeedsCode) => {
            let detail = "口令正确；请再写一次口令和手机上的六位动态码";
            login_page(server, name, next, Some(AppError::parameter(ErrorCode::Unauthenticated, "code", detail)))
        }
        Err(error) if matches!(error.code, ErrorCode::Unauthenticated | ErrorCode::RateLimited) => {
            login_page(server, name, next, Some(error))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /logout`.
pub fn sign_out(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    form(asked, &[])?;
    server.service.sign_out(&asked.who)?;
    let mut response = see_other("/login")?;
    response.headers_mut().insert(header::SET_COOKIE, cookie("", asked.encrypted));
    Ok(response)
}

struct SessionRow {
    session: Session,
    began: String,
    used: String,
    current: bool,
}

struct KeyRow {
    key: Key,
    rights: String,
    ends: String,
    used: String,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    frame: Frame,
    name: String,
    role: &'static str,
    must_change: bool,
    lacks_second: bool,
    second_factor: bool,
    /// A new second factor, shown once.
    offered: Option<String>,
    /// A new key, shown once.
    made: Option<String>,
    said: Option<String>,
    problem: Option<String>,
    sessions: Vec<SessionRow>,
    keys: Vec<KeyRow>,
    /// The identity provider, as people call it.
    outside: Option<String>,
    /// Who he is there.
    identities: Vec<Identity>,
    /// Rights that a key may have: name, Chinese name.
    rights: Vec<(&'static str, &'static str)>,
    keeps: bool,
    administers: bool,
    audits: bool,
}

/// What a change leads to, beside the page itself.
#[derive(Default)]
struct Told {
    offered: Option<String>,
    made: Option<String>,
    said: Option<String>,
    problem: Option<AppError>,
}

/// `GET /account`.
pub fn page(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    account_page(server, asked, Told::default())
}

fn account_page(server: &Server, asked: &Asked, told: Told) -> Answer {
    let signed_out = || Failure::new(ErrorCode::Unauthenticated, "请先登录");
    let account = asked.who.account.as_ref().ok_or_else(signed_out)?;
    // What was just changed is shown as it is now.
    let account = server.service.account(&account.name)?;
    let now = clock::now();
    let current = asked.who.session();
    let sessions = server.service.sessions(&account, now)?.into_iter().map(|session| SessionRow {
        began: moment(session.began_at),
        used: moment(session.used_at),
        current: current == Some(session.id),
        session,
    });
    let keys = server.service.keys(&account, now)?.into_iter().map(|key| KeyRow {
        rights: key.rights.iter().map(|right| right.chinese()).collect::<Vec<_>>().join("、"),
        ends: moment(key.expires_at),
        used: key.used_at.map_or_else(|| "未用过".to_string(), moment),
        key,
    });
    let page = AccountPage {
        frame: Frame::of(server.is_sample(), asked),
        role: account.role.row().chinese,
        must_change: account.must_change,
        lacks_second: asked.who.lacks_second(),
        second_factor: account.second_factor,
        offered: told.offered,
        made: told.made,
        said: told.said,
        problem: told.problem.as_ref().map(words_of),
        sessions: sessions.collect(),
        keys: keys.collect(),
        outside: server.provider.as_ref().map(|provider| provider.name().to_string()),
        identities: server.service.identities(&account)?,
        rights: Right::ALL
            .iter()
            .filter(|row| row.0 != Right::Own && account.role.may(row.0))
            .map(|row| (row.1, row.2))
            .collect(),
        keeps: account.role.may(Right::Keep),
        administers: account.role.may(Right::Administer),
        audits: account.role.may(Right::Audit),
        name: account.name,
    };
    answered(&page, told.problem.as_ref())
}

/// `POST /account`: one change of one's own account.
pub fn change(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = form(asked, &["act", "old", "new", "again", "code", "id", "name", "right", "days"])?;
    if value(&given, "act") == Some("tie") {
        return tie(server, asked, value(&given, "old").unwrap_or_default());
    }
    match changed(server, asked, &given) {
        // A new password ends every session, this one too.
        Ok(None) => see_other(&format!("/login?next={}", encode("/account", "/"))),
        Ok(Some(told)) => account_page(server, asked, told),
        Err(problem) if problem.code.status() < 500 => {
            account_page(server, asked, Told { problem: Some(problem), ..Told::default() })
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Has somebody who knows his password go to the provider, to be tied to his account.
fn tie(server: &Server, asked: &Asked, password: &str) -> Answer {
    let known = match (&asked.who.account, asked.who.is_settled()) {
        (Some(account), true) => {
            server.service.knows_own_password(password, &asked.who, clock::now()).map(|()| account.number)
        }
        _ => Err(AppError::new(ErrorCode::Forbidden, "请先修改口令、启用动态码")),
    };
    match known {
        Ok(account) => outside::to_tie(server, asked, account),
        Err(problem) => account_page(server, asked, Told { problem: Some(problem), ..Told::default() }),
    }
}

fn changed(server: &Server, asked: &Asked, given: &[(String, String)]) -> Result<Option<Told>, AppError> {
    let (service, who, now) = (&server.service, &asked.who, clock::now());
    let text = |name: &str| value(given, name).unwrap_or_default();
    let number = || text("id").parse().map_err(|_| AppError::parameter(ErrorCode::InvalidParameter, "id", "须为编号"));
    let said = |text: &str| Ok(Some(Told { said: Some(text.to_string()), ..Told::default() }));
    match text("act") {
        "password" if text("new") != text("again") => {
            Err(AppError::parameter(ErrorCode::InvalidParameter, "again", "两次写的新口令不同"))
        }
        "password" => {
            service.change_own_password(text("old"), text("new"), who, now)?;
            Ok(None)
        }
        _ if who.must_change() => Err(AppError::new(ErrorCode::Forbidden, "请先修改口令")),
        act if who.lacks_second() && !["second", "confirm"].contains(&act) => {
            Err(AppError::new(ErrorCode::Forbidden, "请先启用动态码"))
        }
        "second" => {
            let offered = Some(service.offer_second(text("old"), text("code"), who, now)?);
            Ok(Some(Told { offered, ..Told::default() }))
        }
        "confirm" => {
            service.confirm_second(text("code"), who, now)?;
            said("动态码已启用，下次登录时需要")
        }
        "session" => {
            service.end_session(number()?, who)?;
            said("登录已结束")
        }
        "key" => {
            let account = who.account.as_ref().ok_or_else(|| AppError::new(ErrorCode::Unauthenticated, "请先登录"))?;
            let named = |name: &str| {
                Right::named(name)
                    .ok_or_else(|| AppError::parameter(ErrorCode::InvalidParameter, "right", "没有这项权限"))
            };
            let rights: Vec<Right> =
                text("right").split(',').filter(|name| !name.is_empty()).map(named).collect::<Result<_, _>>()?;
            let days = if text("days").is_empty() { KEY_DAYS } else { text("days").parse().unwrap_or(0) };
            let (_, token) = service.add_key(account, text("name"), &rights, days, who, now)?;
            Ok(Some(Told { made: Some(token.shown().to_string()), ..Told::default() }))
        }
        "untie" => {
            service.knows_own_password(text("old"), who, now)?;
            let account = who.account.as_ref().ok_or_else(|| AppError::new(ErrorCode::Unauthenticated, "请先登录"))?;
            service.tie(&account.name, None, who)?;
            Ok(None)
        }
        "end_key" => {
            let account = who.account.as_ref().ok_or_else(|| AppError::new(ErrorCode::Unauthenticated, "请先登录"))?;
            service.end_key(account, number()?, who)?;
            said("密钥已撤销")
        }
        _ => Err(AppError::parameter(ErrorCode::InvalidParameter, "act", "没有这种操作")),
    }
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn a_sign_in_leads_nowhere_else() {
        for (next, leads) in [
            ("/i/abc?q=1", "/i/abc?q=1"),
            ("https://evil.example/", "/"),
            ("//evil.example/", "/"),
            ("/\\evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("", "/"),
        ] {
            assert_eq!(inside(next), leads, "{next}");
        }
    }
}
