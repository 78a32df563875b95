//! What somebody keeps: the desk, what is put on it, and dossiers.

use super::{Frame, answered, words_of};
use crate::app::desk::{Desk, DossierPage, NOTE_MAX};
use crate::app::service::Right;
use crate::app::{AppError, ErrorCode, Faju};
use crate::http::clock;
use crate::http::desk::number;
use crate::http::forms::{form, moment, see_other};
use crate::http::query_string::{encode, encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;

/// Notices on the page at most.
const NOTICES_SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    frame: Frame,
    desk: Desk,
    notices: Vec<NoticeRow>,
    hooks: Vec<HookRow>,
    /// Whether notices may be sent anywhere.
    sends: bool,
    answers: bool,
    /// The secret of a new webhook, shown once.
    secret: Option<String>,
    said: Option<String>,
    problem: Option<String>,
}

struct NoticeRow {
    at: String,
    title: String,
    text: String,
    href: String,
}

struct HookRow {
    id: i64,
    url: String,
    state: String,
}

/// What a change leads to, beside the page itself.
#[derive(Default)]
struct Told {
    secret: Option<String>,
    said: Option<String>,
    problem: Option<AppError>,
}

/// `GET /desk`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    desk_page(app, server, asked, Told::default())
}

fn desk_page(app: &Faju, server: &Server, asked: &Asked, told: Told) -> Answer {
    let mut desk = server.service.desk(app, &server.asker(&asked.who), &asked.who)?;
    let notices = std::mem::take(&mut desk.notices).into_iter().take(NOTICES_SHOWN).map(|notice| NoticeRow {
        at: moment(notice.at),
        href: format!("/i/{}", encode_id(&notice.target)),
        title: notice.title,
        text: notice.text,
    });
    let hooks = desk.hooks.iter().map(|hook| HookRow {
        id: hook.id,
        url: hook.url.clone(),
        state: match (&hook.problem, hook.next_at) {
            (None, _) => "正常".to_string(),
            (Some(why), Some(next)) => format!("{why}；{} 再试", moment(next)),
            (Some(why), None) => format!("{why}；已停止，请处理后重试"),
        },
    });
    let page = DeskPage {
        frame: Frame::of(server.is_sample(), asked),
        notices: notices.collect(),
        hooks: hooks.collect(),
        sends: !server.webhooks.is_empty(),
        answers: asked.who.may(Right::Answer),
        secret: told.secret,
        said: told.said,
        problem: told.problem.as_ref().map(words_of),
        desk,
    };
    answered(&page, told.problem.as_ref())
}

/// `POST /desk`: one change of what is kept.
pub fn change(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = form(asked, &["act", "id", "name", "query", "dossier", "title", "note", "url"])?;
    match changed(app, server, asked, &given) {
        Ok(Done::At(place)) => see_other(&place),
        Ok(Done::Told(told)) => desk_page(app, server, asked, told),
        Err(problem) if problem.code.status() < 500 => {
            desk_page(app, server, asked, Told { problem: Some(problem), ..Told::default() })
        }
        Err(problem) => Err(problem.into()),
    }
}

/// What comes after a change.
enum Done {
    /// A page.
    At(String),
    /// The desk with something told.
    Told(Told),
}

fn changed(app: &Faju, server: &Server, asked: &Asked, given: &[(String, String)]) -> Result<Done, AppError> {
    let (service, who, now) = (&server.service, &asked.who, clock::now());
    let text = |name: &str| value(given, name).unwrap_or_default();
    let of = |name: &str| {
        let wrong = || AppError::parameter(ErrorCode::InvalidParameter, name, "须为编号");
        text(name).parse::<i64>().map_err(|_| wrong())
    };
    let said = |text: &str| Ok(Done::Told(Told { said: Some(text.to_string()), ..Told::default() }));
    match text("act") {
        "search" => service.save_search(text("name"), text("query"), who, now).and_then(|_| said("检索已保存")),
        "forget_search" => service.forget_search(of("id")?, who).and_then(|()| said("检索已删去")),
        "watch" => {
            let (new, title) = service.watch(app, text("id"), &server.asker(who), who, now)?;
            said(&format!("{}《{title}》", if new { "已关注" } else { "原已关注" }))
        }
        "unwatch" => service.unwatch(of("id")?, who).and_then(|()| said("不再关注")),
        "dossier" => Ok(Done::At(format!("/dossiers/{}", service.add_dossier(text("title"), who, now)?))),
        "put" => {
            let (asker, note) = (server.asker(who), text("note"));
            let entry = service.entry(app, text("id"), note, &asker)?;
            let dossier = match text("dossier") {
                "" => service.add_dossier(text("title"), who, now)?,
                _ => of("dossier")?,
            };
            service.put_into_dossier(dossier, &entry, who, now)?;
            Ok(Done::At(format!("/dossiers/{dossier}")))
        }
        "remove_dossier" => service.remove_dossier(of("id")?, who).and_then(|()| said("卷宗已删去")),
        "forget_review" => service.forget_review(of("id")?, who).and_then(|()| said("审查已删去")),
        "hook" => {
            let secret = service.add_hook(text("url"), &server.webhooks, who, now)?;
            Ok(Done::Told(Told { secret: Some(secret.shown().to_string()), ..Told::default() }))
        }
        "retry_hook" => service.retry_hook(of("id")?, who, now).and_then(|()| said("稍后即重试")),
        "remove_hook" => service.remove_hook(of("id")?, who).and_then(|()| said("不再推送")),
        _ => Err(AppError::parameter(ErrorCode::InvalidParameter, "act", "没有这种操作")),
    }
}

/// Where what a page shows can be kept, for whoever may keep something.
pub fn keep_href(asked: &Asked, name: &str, what: &str) -> Option<String> {
    asked.who.may(Right::Keep).then(|| format!("/desk/add?{name}={}", encode(what, "")))
}

#[derive(Template)]
#[template(path = "desk_add.html")]
struct AddPage {
    frame: Frame,
    /// Id and title of what can be watched and put into a dossier.
    kept: Option<(String, String)>,
    /// Parameters of a search.
    query: Option<String>,
    dossiers: Vec<(i64, String)>,
    note_max: usize,
}

/// `GET /desk/add`: what to do with a document, provision or search.
pub fn add(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let query = value(&asked.parameters, "query").map(str::to_string);
    let asker = server.asker(&asked.who);
    let kept = match value(&asked.parameters, "id") {
        Some(id) => Some((id.to_string(), server.service.called(app, id, &asker)?)),
        None if query.is_none() => {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "id", "请写 id 或者 query").into());
        }
        None => None,
    };
    let dossiers = server.service.dossiers(&asked.who)?;
    let page = AddPage {
        frame: Frame::of(server.is_sample(), asked),
        kept,
        query,
        dossiers: dossiers.into_iter().map(|dossier| (dossier.id, dossier.title)).collect(),
        note_max: NOTE_MAX,
    };
    answered(&page, None)
}

#[derive(Template)]
#[template(path = "dossier.html")]
struct DossierShown {
    frame: Frame,
    page: DossierPage,
    files: Vec<(&'static str, String)>,
    problem: Option<String>,
    note_max: usize,
}

/// `GET /dossiers/{id}`.
pub fn dossier(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    dossier_page(app, server, asked, None)
}

fn dossier_page(app: &Faju, server: &Server, asked: &Asked, problem: Option<AppError>) -> Answer {
    let page = server.service.dossier(app, number(&asked.id)?, &server.asker(&asked.who), &asked.who)?;
    let file = |format: &str| format!("/api/v1/dossiers/{}?format={format}", page.dossier.id);
    let shown = DossierShown {
        frame: Frame::of(server.is_sample(), asked),
        files: [("Word", "docx"), ("网页", "html"), ("Markdown", "md"), ("文本", "txt")]
            .map(|(name, format)| (name, file(format)))
            .into(),
        problem: problem.as_ref().map(words_of),
        note_max: NOTE_MAX,
        page,
    };
    answered(&shown, problem.as_ref())
}

/// `POST /dossiers/{id}`: one change of a dossier.
pub fn change_dossier(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = form(asked, &["act", "target", "note", "entry"])?;
    let text = |name: &str| value(&given, name).unwrap_or_default();
    let (service, who, now, id) = (&server.service, &asked.who, clock::now(), number(&asked.id)?);
    let done = match text("act") {
        "put" => service
            .entry(app, text("target"), text("note"), &server.asker(who))
            .and_then(|entry| service.put_into_dossier(id, &entry, who, now)),
        "take" => service.take_from_dossier(id, number(text("entry"))?, who, now),
        _ => Err(AppError::parameter(ErrorCode::InvalidParameter, "act", "没有这种操作")),
    };
    match done {
        Ok(()) => see_other(&format!("/dossiers/{id}")),
        Err(problem) if problem.code.status() < 500 => dossier_page(app, server, asked, Some(problem)),
        Err(problem) => Err(problem.into()),
    }
}
