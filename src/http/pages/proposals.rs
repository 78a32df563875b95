//! Proposals of the public to review a normative document: the form, the answer by its receipt, the queue.

use super::{Frame, answered, words_of};
use crate::app::desk::{ANSWER_MAX, Proposal, ProposalState, Proposed, REASON_MAX};
use crate::app::{AppError, ErrorCode, Faju};
use crate::http::clock;
use crate::http::desk::number;
use crate::http::forms::{form, moment, see_other};
use crate::http::query_string::{encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use std::time::Instant;

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
        frame: Frame { sample: server.is_sample(), ..Frame::default() },
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
    let sent = if server.proposing.take(from, Instant::now()) {
        server.service.propose(app, &given, (&server.asker(&asked.who), &asked.who), clock::now())
    } else {
        Err(AppError::new(ErrorCode::RateLimited, "这个地址今天提出的建议已经很多，请明天再提"))
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
pub fn state(_: &Faju, server: &Server, _: &Asked) -> Answer {
    state_page(server, "", None)
}

/// `POST /proposal`: the receipt comes in the body, which no log has.
pub fn ask_state(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let given = form(asked, &["receipt"])?;
    let receipt = value(&given, "receipt").unwrap_or_default();
    state_page(server, receipt, Some(server.service.proposal_of(receipt)))
}

fn state_page(server: &Server, receipt: &str, found: Option<Result<Proposal, AppError>>) -> Answer {
    let (found, problem) = match found.transpose() {
        Ok(found) => (found.map(Row::of), None),
        Err(problem) if problem.code == ErrorCode::NotFound => (None, Some(problem)),
        Err(problem) => return Err(problem.into()),
    };
    let page = StatePage {
        frame: Frame { sample: server.is_sample(), ..Frame::default() },
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
}

/// `GET /proposals`: the queue, what waits first.
pub fn queue(_: &Faju, server: &Server, _: &Asked) -> Answer {
    let rows = server.service.proposals()?.into_iter().map(Row::of).collect();
    let page = QueuePage { frame: Frame { sample: server.is_sample(), ..Frame::default() }, rows };
    answered(&page, None)
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
        frame: Frame { sample: server.is_sample(), ..Frame::default() },
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
    let wrong = || AppError::parameter(ErrorCode::InvalidParameter, "state", "没有这种状态");
    let id = number(&asked.id)?;
    let done = ProposalState::named(text("state"))
        .ok_or_else(wrong)
        .and_then(|state| server.service.answer_proposal(id, state, text("answer"), &asked.who, clock::now()));
    match done {
        Ok(()) => see_other(&format!("/proposals/{id}")),
        Err(problem) if problem.code == ErrorCode::InvalidParameter => one_page(server, asked, Some(problem)),
        Err(problem) => Err(problem.into()),
    }
}
