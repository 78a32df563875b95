//! Signing in at an identity provider: where the browser is sent, and what happens when it comes back.

use super::account::{inside, login_page};
use super::{Frame, answered};
use crate::app::provider::{Begun, Provider, WAIT_SECONDS};
use crate::app::service::{By, Identity, Signed};
use crate::app::{AppError, ErrorCode, Faju};
use crate::http::clock;
use crate::http::forms::{form, see_other};
use crate::http::identity::{cookie, passing, passing_cookie};
use crate::http::problem::Failure;
use crate::http::query_string::value;
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::http::{HeaderValue, header};
use serde::{Deserialize, Serialize};

/// The second factor of whom the provider vouched for.
#[derive(Template)]
#[template(path = "code.html")]
struct CodePage {
    frame: Frame,
    problem: Option<String>,
}

/// The way to the provider, to be tied.
#[derive(Template)]
#[template(path = "leave.html")]
struct LeavePage {
    frame: Frame,
    name: String,
    place: String,
}

/// What a browser keeps while it is at the provider.
#[derive(Serialize, Deserialize)]
struct Away {
    begun: Begun,
    next: String,
    /// The account that is to be tied to whoever comes back; `None`: he signs in.
    tie: Option<i64>,
}

/// What it keeps while the second factor is asked for.
#[derive(Serialize, Deserialize)]
struct Vouched {
    issuer: String,
    subject: String,
    next: String,
}

/// What is sealed for one purpose opens for no other.
const AWAY: &str = "away";
const VOUCHED: &str = "vouched";

fn provider(server: &Server) -> Result<&Provider, Failure> {
    let provider = server.provider.as_ref().filter(|_| server.is_guarded());
    provider.ok_or_else(|| AppError::new(ErrorCode::NotFound, "没有配置统一身份认证").into())
}

/// `GET /login/oidc`: sends the browser to the provider.
pub fn go(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let next = inside(value(&asked.parameters, "next").unwrap_or("/"));
    match begin(server, asked, next, None) {
        Ok((place, kept)) => {
            let mut response = see_other(&place)?;
            response.headers_mut().insert(header::SET_COOKIE, kept);
            Ok(response)
        }
        Err(error) if error.code == ErrorCode::NotFound => Err(error.into()),
        Err(error) => login_page(server, "", next, Some(error)),
    }
}

/// Begins a sign-in or a tie: the address at the provider, and the cookie that the browser must bring back.
fn begin(server: &Server, asked: &Asked, next: &str, tie: Option<i64>) -> Result<(String, HeaderValue), AppError> {
    let (place, begun) = provider(server).map_err(|failure| failure.error)?.begin()?;
    let away = Away { begun, next: next.to_string(), tie };
    let sealed = server.seal.shut(AWAY, &away, clock::now() + WAIT_SECONDS)?;
    Ok((place, passing_cookie(&sealed, asked.encrypted)))
}

/// Has somebody who is signed in go to the provider, to be tied to his account. A page with a link and no redirect: what a form leads
/// to may lie on no other host (`form-action`).
pub fn to_tie(server: &Server, asked: &Asked, account: i64) -> Answer {
    let (place, kept) = begin(server, asked, "/account", Some(account))?;
    let page =
        LeavePage { frame: Frame::of(server.is_sample(), asked), name: provider(server)?.name().to_string(), place };
    let mut response = answered(&page, None)?;
    response.headers_mut().insert(header::SET_COOKIE, kept);
    Ok(response)
}

/// `GET /login/oidc/done`: the browser comes back, with a code or with the reason why not.
pub fn done(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let provider = provider(server)?;
    let given = |name: &str| value(&asked.parameters, name).unwrap_or_default();
    let late = || AppError::new(ErrorCode::Unauthenticated, "登录已过期或不是从这里开始的，请重新登录");
    let kept = passing(&asked.headers, asked.encrypted);
    let away: Option<Away> = kept.and_then(|text| server.seal.open(AWAY, &text, clock::now()));
    // Whoever brings the answer must be the browser that asked.
    let Some(away) = away.filter(|away| !given("state").is_empty() && away.begun.state == given("state")) else {
        return login_page(server, "", "/", Some(late()));
    };
    // The answer of another provider is none of this one (RFC 9207).
    let foreign = !given("iss").is_empty() && given("iss") != provider.issuer();
    if given("code").is_empty() || foreign {
        let detail = format!("{}没有让您登录，请重新登录", provider.name());
        return login_page(server, "", &away.next, Some(AppError::new(ErrorCode::Unauthenticated, detail)));
    }
    let answered = provider.finish(&away.begun, given("code"));
    let identity = match answered {
        Ok(identity) => identity,
        Err(error) => {
            if error.code == ErrorCode::Unauthenticated {
                server.service.note(&asked.who, "sign_in", "", "refused", "identity")?;
            }
            return login_page(server, "", &away.next, Some(error));
        }
    };
    match away.tie {
        Some(account) => tie(server, asked, account, &identity),
        None => enter(server, asked, &identity, None, &away.next),
    }
}

/// Ties whoever came back to the account that is still signed in here.
fn tie(server: &Server, asked: &Asked, number: i64, identity: &Identity) -> Answer {
    let own = asked.who.account.as_ref().filter(|account| account.number == number);
    let (Some(account), By::Session(_)) = (own, &asked.who.by) else {
        let detail = "登录已结束，没有绑定；请重新登录后再试";
        return login_page(server, "", "/account", Some(AppError::new(ErrorCode::Unauthenticated, detail)));
    };
    server.service.tie(&account.name, Some(identity), &asked.who)?;
    let mut response = see_other("/account")?;
    response.headers_mut().insert(header::SET_COOKIE, passing_cookie("", asked.encrypted));
    Ok(response)
}

/// Lets in whom the provider vouched for, or asks for his second factor.
fn enter(server: &Server, asked: &Asked, identity: &Identity, code: Option<&str>, next: &str) -> Answer {
    let agent = asked.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or("");
    match server.service.sign_in_as(identity, code, agent, &asked.who, clock::now()) {
        Ok(Signed::In(token)) => {
            let mut response = see_other(next)?;
            response.headers_mut().append(header::SET_COOKIE, cookie(token.shown(), asked.encrypted));
            response.headers_mut().append(header::SET_COOKIE, passing_cookie("", asked.encrypted));
            Ok(response)
        }
        Ok(Signed::NeedsCode) => {
            let (issuer, subject) = (identity.issuer.clone(), identity.subject.clone());
            let vouched = Vouched { issuer, subject, next: next.to_string() };
            let sealed = server.seal.shut(VOUCHED, &vouched, clock::now() + WAIT_SECONDS)?;
            let mut response = code_page(server, None)?;
            response.headers_mut().insert(header::SET_COOKIE, passing_cookie(&sealed, asked.encrypted));
            Ok(response)
        }
        Err(error) if code.is_some() && error.code.status() < 500 => code_page(server, Some(error)),
        Err(error) if error.code.status() < 500 => login_page(server, "", next, Some(error)),
        Err(error) => Err(error.into()),
    }
}

/// `POST /login/oidc`: the second factor of whom the provider vouched for.
pub fn code(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    provider(server)?;
    let given = form(asked, &["code"])?;
    let kept = passing(&asked.headers, asked.encrypted);
    let vouched: Option<Vouched> = kept.and_then(|text| server.seal.open(VOUCHED, &text, clock::now()));
    let Some(vouched) = vouched else {
        let detail = "登录已过期，请重新登录";
        return login_page(server, "", "/", Some(AppError::new(ErrorCode::Unauthenticated, detail)));
    };
    let identity = Identity { issuer: vouched.issuer, subject: vouched.subject };
    enter(server, asked, &identity, Some(value(&given, "code").unwrap_or_default().trim()), &vouched.next)
}

fn code_page(server: &Server, problem: Option<AppError>) -> Answer {
    let page = CodePage {
        frame: Frame { sample: server.is_sample(), ..Frame::default() },
        problem: problem.as_ref().map(|problem| problem.detail.clone()),
    };
    answered(&page, problem.as_ref())
}
