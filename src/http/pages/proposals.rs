//! Proposals of the public to review a normative document: the form, the answer by its receipt, the queue.

use super::{Frame, answered, words_of};
use crate::app::desk::{ANSWER_MAX, Proposal, ProposalState, Proposed, QUEUE_PAGE, REASON_MAX};
use crate::app::{AppError, ErrorCode, Faju};
use crate::http::clock;
use crate::http::desk::number;
use crate::http::forms::{form, moment, see_other};
use crate::http::query_string::{encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use std::time::Instant;

/// Seconds after which a client may propose as much as at first.
const A_DAY: i64 = 24 * 60 * 60;

#[derive(Template)]
#[template(path = "propose.html")]
struct ProposePage {
    frame: Frame,
    title: String,
    action: String,
    document_href: String,
    given: Proposed,
    reason_max: usize,
    problem: Option<String>,
    /// The receipt of what was sent, shown once.
    receipt: Option<String>,
}

/// `GET /propose/{id}`: the form.
pub fn propose(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    propose_page(app, server, asked, (Proposed::default(), None), None)
}

fn propose_page(
    app: &Faju,
    server: &Server,
    asked: &Asked,
    (given, receipt): (Proposed, Option<String>),
    problem: Option<AppError>,
) -> Answer {
    let (id, title) = server.service.proposable(app, &asked.id, &server.asker(&asked.who))?;
    let page = ProposePage {
        frame: Frame::of(server.is_sample(), asked),
        title,
        action: format!("/propose/{}", encode_id(&id)),
        document_href: format!("/i/{}", encode_id(&id)),
        given,
        reason_max: REASON_MAX,
        problem: problem.as_ref().map(words_of),
        receipt,
    };
    answered(&page, problem.as_ref())
}

/// `POST /propose/{id}`.
pub fn submit(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let fields = form(asked, &["provision", "reason", "name", "contact"])?;
    let text = |name: &str| value(&fields, name).unwrap_or_default().to_string();
    let given = Proposed {
        document: asked.id.clone(),
        title: String::new(),
        provision: text("provision"),
        reason: text("reason"),
        name: text("name"),
        contact: text("contact"),
    };
    let from = asked.who.from.parse().ok();
    let now = Instant::now();
    let sent = if server.proposing.iter().all(|limits| limits.take(from, now)) {
        server.service.propose(app, &given, (&server.asker(&asked.who), &asked.who), clock::now())
    } else {
        let detail = "这个地址今天提出的建议已经很多，请明天再提";
        Err(AppError::new(ErrorCode::RateLimited, detail).after(A_DAY))
    };
    match sent {
        Ok(receipt) => propose_page(app, server, asked, (Proposed::default(), Some(receipt)), None),
        Err(problem) if matches!(problem.code, ErrorCode::InvalidParameter | ErrorCode::RateLimited) => {
            propose_page(app, server, asked, (given, None), Some(problem))
        }
        Err(problem) => Err(problem.into()),
    }
}

/// A proposal as it is shown.
struct Row {
    href: String,
    document_href: String,
    state: &'static str,
    made: String,
    changed: String,
    proposal: Proposal,
}

impl Row {
    fn of(proposal: Proposal) -> Row {
        Row {
            href: format!("/proposals/{}", proposal.id),
            document_href: format!("/i/{}", encode_id(&proposal.proposed.document)),
            state: proposal.state.chinese(),
            made: moment(proposal.made_at),
            changed: moment(proposal.changed_at),
            proposal,
        }
    }
}

#[derive(Template)]
#[template(path = "proposal_state.html")]
struct StatePage {
    frame: Frame,
    receipt: String,
    found: Option<Row>,
    problem: Option<String>,
}

/// `GET /proposal`: how far a proposal is, by its receipt.
pub fn state(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    state_page(server, asked, "", None)
}

/// `POST /proposal`: the receipt comes in the body, which no log has.
pub fn ask_state(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = form(asked, &["receipt"])?;
    let receipt = value(&given, "receipt").unwrap_or_default();
    state_page(server, asked, receipt, Some(server.service.proposal_of(receipt)))
}

fn state_page(server: &Server, asked: &Asked, receipt: &str, found: Option<Result<Proposal, AppError>>) -> Answer {
    let (found, problem) = match found.transpose() {
        Ok(found) => (found.map(Row::of), None),
        Err(problem) if problem.code == ErrorCode::NotFound => (None, Some(problem)),
        Err(problem) => return Err(problem.into()),
    };
    let page = StatePage {
        frame: Frame::of(server.is_sample(), asked),
        receipt: receipt.to_string(),
        found,
        problem: problem.as_ref().map(words_of),
    };
    answered(&page, problem.as_ref())
}

#[derive(Template)]
#[template(path = "proposals.html")]
struct QueuePage {
    frame: Frame,
    rows: Vec<Row>,
    all: u64,
    waiting: u64,
    newer: Option<String>,
    older: Option<String>,
    /// States that end a proposal: name, Chinese name.
    ends: Vec<(&'static str, &'static str)>,
    answer_max: usize,
    problem: Option<String>,
}

/// `GET /proposals`: a page of the queue, what waits first.
pub fn queue(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    queue_page(server, asked, None)
}

fn queue_page(server: &Server, asked: &Asked, problem: Option<AppError>) -> Answer {
    let behind = match value(&asked.parameters, "offset").unwrap_or_default() {
        "" => 0,
        written => written
            .parse::<usize>()
            .map_err(|_| AppError::parameter(ErrorCode::InvalidParameter, "offset", "须为非负整数"))?,
    };
    let (rows, all, waiting) = server.service.proposals(behind)?;
    let from = |behind: usize| format!("/proposals?offset={behind}");
    let next = behind.saturating_add(QUEUE_PAGE);
    let page = QueuePage {
        frame: Frame::of(server.is_sample(), asked),
        rows: rows.into_iter().map(Row::of).collect(),
        all,
        waiting,
        newer: (behind > 0).then(|| from(behind.saturating_sub(QUEUE_PAGE))),
        older: (u64::try_from(next).is_ok_and(|next| next < all)).then(|| from(next)),
        ends: ProposalState::ALL.iter().filter(|row| row.0.is_final()).map(|row| (row.1, row.2)).collect(),
        answer_max: ANSWER_MAX,
        problem: problem.as_ref().map(words_of),
    };
    answered(&page, problem.as_ref())
}

/// `POST /proposals`: one state and answer for many.
pub fn answer_many(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = form(asked, &["id", "state", "answer"])?;
    let text = |name: &str| value(&given, name).unwrap_or_default();
    let ids: Result<Vec<i64>, AppError> = text("id").split(',').filter(|id| !id.is_empty()).map(number).collect();
    let done = stated(&given)
        .and_then(|state| server.service.answer_proposals(&ids?, state, text("answer"), &asked.who, clock::now()));
    match done {
        Ok(()) => see_other("/proposals"),
        Err(problem) if problem.code.status() < 500 => queue_page(server, asked, Some(problem)),
        Err(problem) => Err(problem.into()),
    }
}

/// The state that a form names.
fn stated(given: &[(String, String)]) -> Result<ProposalState, AppError> {
    let wrong = || AppError::parameter(ErrorCode::InvalidParameter, "state", "没有这种状态");
    ProposalState::named(value(given, "state").unwrap_or_default()).ok_or_else(wrong)
}

#[derive(Template)]
#[template(path = "proposal.html")]
struct ProposalPage {
    frame: Frame,
    row: Row,
    states: Vec<(&'static str, &'static str, bool)>,
    answer_max: usize,
    problem: Option<String>,
}

/// `GET /proposals/{id}`: one proposal, with who made it.
pub fn one(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    one_page(server, asked, None)
}

fn one_page(server: &Server, asked: &Asked, problem: Option<AppError>) -> Answer {
    let proposal = server.service.proposal(number(&asked.id)?)?;
    let page = ProposalPage {
        frame: Frame::of(server.is_sample(), asked),
        states: ProposalState::ALL.map(|(state, name, chinese)| (name, chinese, state == proposal.state)).into(),
        row: Row::of(proposal),
        answer_max: ANSWER_MAX,
        problem: problem.as_ref().map(words_of),
    };
    answered(&page, problem.as_ref())
}

/// `POST /proposals/{id}`: state and answer.
pub fn answer(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = form(asked, &["state", "answer"])?;
    let text = |name: &str| value(&given, name).unwrap_or_default();
    let id = number(&asked.id)?;
    let done = stated(&given)
        .and_then(|state| server.service.answer_proposal(id, state, text("answer"), &asked.who, clock::now()));
    match done {
        Ok(()) => see_other(&format!("/proposals/{id}")),
        Err(problem) if problem.code == ErrorCode::InvalidParameter => one_page(server, asked, Some(problem)),
        Err(problem) => Err(problem.into()),
    }
}
