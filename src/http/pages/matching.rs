//! The page for facts: a box for a long text, and what fits it, by what it does.

use super::excerpt::Piece;
use super::search::{excerpt, facts};
use super::{Badge, Frame, html_head, rendered};
use crate::app::view::matching::{self, MatchPage, MatchedView};
use crate::app::{AppError, ErrorCode, Faju, TEXT_POINTS_MAX};
use crate::http::matching::matched;
use crate::http::problem::Failure;
use crate::http::query_string::{decode, encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

/// Code points of a piece of the text that a result repeats.
const PIECE: usize = 40;

#[derive(Template)]
#[template(path = "match.html")]
struct Page {
    frame: Frame,
    text: String,
    as_of: String,
    most: usize,
    problem: Option<String>,
    answer: Option<Shown>,
}

struct Shown {
    counts: String,
    groups: Vec<GroupShown>,
}

struct GroupShown {
    name: &'static str,
    provisions: Vec<Row>,
}

struct Row {
    anchor: String,
    href: String,
    title: String,
    badge: Option<Badge>,
    facts: Vec<String>,
    path: String,
    joined: bool,
    pieces: Vec<Piece>,
    /// The piece of the text that brought it.
    because: Option<String>,
    words: String,
    partners: Vec<Partner>,
}

struct Partner {
    href: String,
    what: &'static str,
    label: String,
    by: &'static str,
}

/// `GET /match`: the empty page.
pub fn form(server: &Server, asked: &Asked) -> Answer {
    page_of(Frame::of(server.is_sample(), asked), String::new(), String::new(), None, None)
}

/// `POST /match`: what its form sends.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let body = std::str::from_utf8(&asked.body)
        .map_err(|_| AppError::new(ErrorCode::NotText, "请求体不是 UTF-8 文字"))
        .and_then(decode)?;
    if let Some((name, _)) = body.iter().find(|(name, _)| !["text", "as_of"].contains(&name.as_str())) {
        return Err(Failure::unknown_parameter(name, &["text", "as_of"]));
    }
    let given = |name: &str| value(&body, name).unwrap_or_default().to_string();
    let (text, as_of) = (given("text"), given("as_of"));
    // Browsers send line ends as two characters; counted is what was written.
    let text = text.replace("\r\n", "\n");
    let parameters = [("as_of".to_string(), as_of.clone())];
    match matched(app, &server.asker(&asked.who), &text, &parameters, &asked.request_id) {
        Ok(answer) => page_of(Frame::of(answer.sample, asked), text, as_of, None, Some(answer)),
        Err(error) if matches!(error.code, ErrorCode::TooLarge | ErrorCode::InvalidParameter) => {
            page_of(Frame::of(app.is_sample(), asked), text, as_of, Some(error), None)
        }
        Err(error) => Err(error.into()),
    }
}

fn page_of(frame: Frame, text: String, as_of: String, problem: Option<AppError>, answer: Option<MatchPage>) -> Answer {
    let status = problem.as_ref().map_or(200, |problem| problem.code.status());
    let page = Page {
        frame,
        answer: answer.map(|answer| Shown::of(&answer, &text)),
        problem: problem.map(|problem| problem.detail),
        most: TEXT_POINTS_MAX,
        as_of,
        text,
    };
    let status = axum::http::StatusCode::from_u16(status).map_err(|_| Failure::internal())?;
    Ok((status, html_head(), rendered(&page)?).into_response())
}

impl Shown {
    fn of(page: &MatchPage, text: &str) -> Shown {
        let joined = page.groups.iter().map(|group| group.provisions.len()).sum::<usize>() as u64 - page.found;
        let counts = match joined {
            0 => format!("找到 {} 条", page.found),
            _ => format!("找到 {} 条，另附与之配对的 {joined} 条", page.found),
        };
        let group = |group: &crate::app::view::matching::NormGroup| GroupShown {
            name: group.norm.chinese(),
            provisions: group.provisions.iter().map(|matched| Row::of(matched, page, text)).collect(),
        };
        Shown { counts, groups: page.groups.iter().map(group).collect() }
    }
}

impl Row {
    fn of(matched: &MatchedView, page: &MatchPage, text: &str) -> Row {
        let (hit, version) = (&matched.hit.provision, matched.hit.version.as_ref());
        let because = matched.piece.and_then(|piece| page.pieces.get(piece)).map(|piece| {
            let words: String = text.chars().skip(piece.start).take((piece.end - piece.start).min(PIECE)).collect();
            let rest = if piece.end - piece.start > PIECE { "…" } else { "" };
            format!("{}{rest}", words.trim())
        });
        Row {
            anchor: anchor(&hit.id),
            href: format!("/p/{}", encode_id(&hit.id)),
            title: format!("{} {}", matched.hit.instrument.title, hit.label),
            badge: version.map(|version| Badge::of(version.status)),
            facts: facts(&matched.hit.instrument, version),
            path: hit.path.join(" › "),
            joined: matched.rank.is_none(),
            pieces: excerpt(hit),
            because,
            words: hit.why.as_ref().map(|why| said(&why.words)).unwrap_or_default(),
            partners: page.partners(&hit.id).map(Partner::of).collect(),
        }
    }
}

impl Partner {
    fn of(partner: matching::Partner<'_>) -> Partner {
        let matching::Partner { what, id, label, by } = partner;
        Partner { href: format!("#{}", encode_id(&anchor(id))), what, label: label.to_string(), by }
    }
}

/// Words that tell something: single characters stand everywhere.
fn said(words: &[String]) -> String {
    let telling: Vec<&str> = words.iter().map(String::as_str).filter(|word| word.chars().count() > 1).collect();
    telling.join("、")
}

/// The place of a provision on the page.
fn anchor(id: &str) -> String {
    id.replace(['/', '@'], "-")
}
