//! The pages of legality review: a form for a draft, and its report beside the draft. What was submitted stays in memory, an
//! hour at most; the address of the report is the secret by which it is read.

mod clauses;
mod desk;

use super::{Frame, html_head, rendered};
use crate::app::service::Right;
use crate::app::{self, AppError, AuthorityLevel, DRAFT_POINTS_MAX, Earlier, ErrorCode, Faju, ReviewRequest, Verdict};
use crate::http::body::media_type;
use crate::http::clock;
use crate::http::desk::number;
use crate::http::forms::see_other;
use crate::http::multipart;
use crate::http::problem::Failure;
use crate::http::query_string::{date, decode, encode, value};
use crate::http::reviews::{Reviewed, ZIP};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use std::time::Duration;

/// For how long a request waits for its report, instead of leading to a page that says that it is being made.
const PATIENCE: Duration = Duration::from_millis(1500);
/// Seconds after which a browser looks again.
const LOOK_AGAIN_S: &str = "2";
/// What a form may hold.
const FIELDS: [&str; 9] = ["text", "file", "level", "issuer", "region", "date", "as_of", "compare", "previous"];

#[derive(Template)]
#[template(path = "review.html")]
struct FormPage {
    frame: Frame,
    problem: Option<String>,
    given: Given,
    most: usize,
    levels: Vec<(&'static str, &'static str, bool)>,
}

#[derive(Template)]
#[template(path = "review_running.html")]
struct RunningPage {
    frame: Frame,
    href: String,
    seconds: u64,
}

/// What a form held; the file apart.
#[derive(Default)]
struct Given {
    text: String,
    level: String,
    issuer: String,
    region: String,
    date: String,
    as_of: String,
    compare: bool,
    previous: String,
}

/// A file of a form.
struct Dropped<'a> {
    name: String,
    bytes: &'a [u8],
}

/// `GET /review`: the empty form.
pub fn form(server: &Server, asked: &Asked) -> Answer {
    let previous = value(&asked.parameters, "previous").unwrap_or_default().to_string();
    form_of(Frame::of(server.is_sample(), asked), Given { previous, ..Given::default() }, None)
}

fn form_of(frame: Frame, given: Given, problem: Option<AppError>) -> Answer {
    let status = problem.as_ref().map_or(200, |problem| problem.code.status());
    let levels = AuthorityLevel::ALL.map(|(_, name, chinese)| (name, chinese, given.level == name)).to_vec();
    let problem = problem.map(|problem| problem.detail);
    let page = FormPage { frame, problem, given, most: DRAFT_POINTS_MAX, levels };
    let status = StatusCode::from_u16(status).map_err(|_| Failure::internal())?;
    Ok((status, html_head(), rendered(&page)?).into_response())
}

/// `POST /review`: reviews what the form sends, and leads to the report.
pub fn submit(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let (given, file) = read(asked)?;
    let wrong = |error: &AppError| {
        matches!(
            error.code,
            ErrorCode::TooLarge
                | ErrorCode::InvalidParameter
                | ErrorCode::BadRecord
                | ErrorCode::UnsupportedFormat
                | ErrorCode::Encrypted
                | ErrorCode::Scanned
                | ErrorCode::NotText
        )
    };
    let request = match request(server, &given, file.as_ref()) {
        Ok(request) => request,
        Err(error) if wrong(&error) => {
            return form_of(Frame::of(server.is_sample(), asked), given, Some(error));
        }
        Err(error) => return Err(error.into()),
    };
    let as_of = day("as_of", &given.as_of)?;
    let original = file.map(|file| file.bytes).filter(|bytes| bytes.starts_with(ZIP)).map(<[u8]>::to_vec);
    let (app, asker) = (server.faju()?.clone(), server.asker(&asked.who));
    let task = server.tasks.begin(asked.who.number(), move || Reviewed::of(&app, &request, as_of, &asker, original))?;
    server.tasks.awaited(&task, PATIENCE)?;
    see_other(&format!("/review/{task}"))
}

fn read(asked: &Asked) -> Result<(Given, Option<Dropped<'_>>), Failure> {
    let media = asked.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or("");
    let (mut fields, mut file) = (Vec::new(), None);
    if media_type(&asked.headers) == "multipart/form-data" {
        for part in multipart::parts(media, &asked.body)? {
            match part.file {
                // A form without a chosen file sends an empty one.
                Some(name) if part.name == "file" => {
                    file = (!part.bytes.is_empty()).then_some(Dropped { name, bytes: part.bytes });
                }
                _ => fields.push((part.name, utf8(part.bytes)?.to_string())),
            }
        }
    } else {
        fields = decode(utf8(&asked.body)?)?;
    }
    if let Some((name, _)) = fields.iter().find(|(name, _)| !FIELDS.contains(&name.as_str())) {
        return Err(Failure::unknown_parameter(name, &FIELDS));
    }
    let given = |name: &str| value(&fields, name).unwrap_or_default().trim().to_string();
    // Browsers send line ends as two characters; counted is what was written.
    let text = value(&fields, "text").unwrap_or_default().replace("\r\n", "\n");
    let given = Given {
        text,
        level: given("level"),
        issuer: given("issuer"),
        region: given("region"),
        date: given("date"),
        as_of: given("as_of"),
        compare: given("compare") == "true",
        previous: given("previous"),
    };
    Ok((given, file))
}

fn utf8(bytes: &[u8]) -> Result<&str, AppError> {
    std::str::from_utf8(bytes).map_err(|_| AppError::new(ErrorCode::NotText, "表单不是 UTF-8 文字"))
}

fn day(name: &str, written: &str) -> Result<Option<jiff::civil::Date>, AppError> {
    (!written.is_empty()).then(|| date(name, written)).transpose()
}

/// What is to be reviewed. What the form says goes before what the file says.
fn request(server: &Server, given: &Given, file: Option<&Dropped<'_>>) -> Result<ReviewRequest, AppError> {
    let read = match file {
        Some(_) if !given.text.trim().is_empty() => {
            let message = "既写了文字，又选了文件；请只留一种";
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "file", message));
        }
        Some(file) => app::draft_of(&file.name, file.bytes)?,
        None => ReviewRequest { text: given.text.clone(), ..ReviewRequest::default() },
    };
    let said = |word: &str| (!word.is_empty()).then(|| word.to_string());
    let level = said(&given.level).map(|level| app::level(&level)).transpose()?;
    day("as_of", &given.as_of)?;
    let request = ReviewRequest {
        level: level.or(read.level),
        issuer: said(&given.issuer).or(read.issuer.clone()),
        region: said(&given.region).or(read.region.clone()),
        date: day("date", &given.date)?.or(read.date),
        compare: given.compare,
        previous: said(&given.previous).map(|task| previous(server, &task)).transpose()?,
        ..read
    };
    request.check()?;
    Ok(request)
}

/// The findings of the review of the draft before, with what was dismissed there.
fn previous(server: &Server, task: &str) -> Result<Vec<Earlier>, AppError> {
    let gone =
        || AppError::parameter(ErrorCode::InvalidParameter, "previous", "上一稿的审查结果已经不在；请不带它再提交");
    let reviewed = server.tasks.outcome(task).ok().flatten().and_then(Result::ok).ok_or_else(gone)?;
    let earlier = reviewed.report().findings.into_iter().map(|finding| Earlier {
        id: finding.id,
        check: finding.check.into_owned(),
        clause: finding.clause,
        quote: finding.quote,
        message: finding.message,
        dismissed: finding.dismissed,
    });
    Ok(earlier.collect())
}

/// `GET /review/{task}`: the report, or that it is being made.
pub fn page(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let Some(outcome) = server.tasks.outcome(&asked.id)? else {
        let page = RunningPage {
            frame: Frame::of(server.is_sample(), asked),
            href: format!("/review/{}", encode(&asked.id, "")),
            seconds: server.tasks.age(&asked.id).unwrap_or_default().as_secs(),
        };
        // A header and no element: the page itself stays as it is under a reader's hands.
        let again = [(header::HeaderName::from_static("refresh"), LOOK_AGAIN_S)];
        return Ok((StatusCode::OK, html_head(), again, rendered(&page)?).into_response());
    };
    let reviewed = outcome?;
    Ok((html_head(), desk::shown(&asked.id, &reviewed, asked)?).into_response())
}

/// `GET /reviews/{id}`: a review that is kept, which leads to its report.
pub fn kept(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let made = Reviewed::kept(&server.service, number(&asked.id)?, &asked.who)?;
    let task = server.tasks.begin(asked.who.number(), move || Ok(made))?;
    server.tasks.awaited(&task, PATIENCE)?;
    see_other(&format!("/review/{task}"))
}

/// `POST /review/{task}`: a decision on a finding, or that the draft is to be forgotten.
pub fn decide(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let body = decode(utf8(&asked.body)?)?;
    let known = ["finding", "verdict", "note"];
    if let Some((name, _)) = body.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        return Err(Failure::unknown_parameter(name, &known));
    }
    let given = |name: &str| value(&body, name).unwrap_or_default();
    let verdict = match given("verdict") {
        "accept" => Verdict::Accepted,
        "dismiss" => Verdict::Dismissed,
        "reopen" => Verdict::Open,
        "keep" => {
            let Some(outcome) = server.tasks.outcome(&asked.id)? else {
                return see_other(&format!("/review/{}", asked.id));
            };
            if !asked.who.may(Right::Keep) {
                return Err(Failure::new(ErrorCode::Forbidden, "登录后才能保存"));
            }
            outcome?.keep(&server.service, &asked.who, clock::now())?;
            return see_other(&format!("/review/{}", asked.id));
        }
        "forget" => {
            server.tasks.outcome(&asked.id)?;
            server.tasks.forget(&asked.id, asked.who.number())?;
            return see_other("/review");
        }
        _ => {
            let message = "须为 accept、dismiss、reopen、keep 或 forget";
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "verdict", message).into());
        }
    };
    let Some(outcome) = server.tasks.outcome(&asked.id)? else { return see_other(&format!("/review/{}", asked.id)) };
    let reviewed = outcome?;
    let (service, who) = (&server.service, &asked.who);
    reviewed.mark((given("finding"), verdict, given("note")), (service, who), clock::now())?;
    let kept = |(name, value): &(String, String)| format!("{name}={}", encode(value, ""));
    let query: Vec<String> = asked.parameters.iter().map(kept).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    see_other(&format!("/review/{}{query}#f-{}", encode(&asked.id, ""), encode(given("finding"), "")))
}
