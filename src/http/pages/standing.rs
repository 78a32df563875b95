//! The page that says why a provision is not among the results, or where among them it stands.

use super::excerpt::Piece;
use super::search::{excerpt, why};
use super::{Badge, Frame, html_head, links, rendered};
use crate::app::parameters::PROVISION;
use crate::app::view::SingleView;
use crate::app::view::standing::{StandingCode, StandingOutcome, StandingPage, StandingReason};
use crate::app::{ErrorCode, Faju};
use crate::http::api::standing_of;
use crate::http::problem::Failure;
use crate::http::query_string::{encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

#[derive(Template)]
#[template(path = "why.html")]
struct WhyPage {
    frame: Frame,
    asked: String,
    chosen: usize,
    back_href: String,
    why_kept: Vec<(String, String)>,
    problem: Option<String>,
    answer: Option<Shown>,
}

struct Shown {
    verdict: &'static str,
    message: String,
    reasons: Vec<Reason>,
    hit: Option<HitShown>,
}

struct Reason {
    said: String,
    branches: Vec<String>,
    /// The search without what keeps it out.
    remedy: Option<(String, &'static str)>,
}

struct HitShown {
    href: String,
    name: String,
    path: String,
    badge: Option<Badge>,
    pieces: Vec<Piece>,
    why: Vec<String>,
}

/// `GET /why`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let named = value(&asked.parameters, PROVISION.name).unwrap_or_default().trim().to_string();
    let answered = if named.is_empty() { None } else { Some(standing_of(app, server, asked)) };
    let (status, problem, answer) = match answered {
        None => (200, None, None),
        Some(Ok(page)) => (200, None, Some(page)),
        Some(Err(error)) if matches!(error.code, ErrorCode::InvalidParameter | ErrorCode::InvalidQuery) => {
            (error.code.status(), Some(error.detail), None)
        }
        Some(Err(error)) => return Err(error.into()),
    };
    let search = links::changed(&asked.parameters, &[(PROVISION.name, None)]);
    let page = WhyPage {
        frame: Frame {
            query: value(&asked.parameters, "q").unwrap_or_default().to_string(),
            kept: links::changed(&search, &[("q", None)]),
            ..Frame::of(answer.as_ref().map_or(app.is_sample(), |page| page.sample), asked)
        },
        asked: named,
        chosen: search.iter().filter(|(name, _)| name != "q").count(),
        back_href: links::search(&search, &[]),
        answer: answer.map(|page| Shown::of(page, &search)),
        why_kept: search,
        problem,
    };
    let status = axum::http::StatusCode::from_u16(status).map_err(|_| Failure::internal())?;
    Ok((status, html_head(), rendered(&page)?).into_response())
}

impl Shown {
    fn of(page: StandingPage, search: &[(String, String)]) -> Shown {
        Shown {
            verdict: match page.outcome {
                StandingOutcome::Found => "它在结果中",
                StandingOutcome::LeftOut => "它不在结果中",
                StandingOutcome::NotInCorpus => "库中没有",
            },
            message: page.message,
            reasons: page.reasons.into_iter().map(|reason| Reason::of(reason, search)).collect(),
            hit: page.item.map(HitShown::of),
        }
    }
}

impl Reason {
    fn of(reason: StandingReason, search: &[(String, String)]) -> Reason {
        Reason {
            remedy: remedy(reason.code, search),
            branches: reason.branches.into_iter().map(|branch| branch.message).collect(),
            said: reason.message,
        }
    }
}

/// The search without the filter that keeps a provision out.
fn remedy(code: StandingCode, search: &[(String, String)]) -> Option<(String, &'static str)> {
    let without: &[(&str, Option<&str>)] = match code {
        StandingCode::Status => return Some((links::search(search, &[("status", Some("all"))]), "列出全部时效")),
        StandingCode::Kind => &[("kind", None)],
        StandingCode::Level => &[("level", None)],
        StandingCode::Issuer => &[("issuer", None)],
        StandingCode::Region => &[("region", None)],
        StandingCode::Instrument => &[("instrument", None)],
        StandingCode::Promulgated => &[("promulgated_from", None), ("promulgated_to", None)],
        StandingCode::Effective => &[("effective_from", None), ("effective_to", None)],
        StandingCode::AsOf => &[("as_of", None)],
        StandingCode::CaseFacts => &[
            ("domain", None),
            ("cause", None),
            ("penalty", None),
            ("tier", None),
            ("party", None),
            ("outcome", None),
            ("fines_from", None),
            ("fines_to", None),
        ],
        StandingCode::CaseArticles => &[("applied", None), ("violated", None)],
        StandingCode::Section => &[("section", None)],
        StandingCode::MissingWords
        | StandingCode::ForbiddenWords
        | StandingCode::NoBranch
        | StandingCode::NotCiting
        | StandingCode::NotNear => return None,
    };
    Some((links::search(search, without), "去掉这一筛选"))
}

impl HitShown {
    fn of(item: SingleView) -> HitShown {
        let SingleView { instrument, version, provision } = item;
        HitShown {
            href: format!("/p/{}", encode_id(&provision.id)),
            name: format!("{} {}", instrument.title, provision.label),
            path: provision.path.join(" › "),
            badge: version.map(|version| Badge::of(version.status)),
            pieces: excerpt(&provision),
            why: provision.why.as_ref().map(why).unwrap_or_default(),
        }
    }
}
