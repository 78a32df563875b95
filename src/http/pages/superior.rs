//! A document clause by clause beside superior law on the same matters.

use super::{Frame, html_head, rendered, version_path};
use crate::app::view::review::BesideView;
use crate::app::view::superior::{SuperiorClause, SuperiorPage};
use crate::app::{Faju, Found};
use crate::http::api::{as_of, moved};
use crate::http::query_string::encode_id;
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

/// Longest provision that is shown, in characters.
const SHOWN_CHARS: usize = 600;

#[derive(Template)]
#[template(path = "superior.html")]
struct Page {
    frame: Frame,
    title: String,
    back_href: String,
    says: String,
    clauses: Vec<Clause>,
}

struct Clause {
    label: String,
    text: String,
    superior: Vec<Beside>,
}

struct Beside {
    name: String,
    edition: String,
    href: Option<String>,
    text: String,
    differences: String,
}

/// `GET /superior/{id}`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    match app.beside_superior(&asked.id, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Moved(id) => Ok(moved("/superior/", &id, asked)),
        Found::Here(page) => Ok((html_head(), rendered(&Page::of(page, asked))?).into_response()),
    }
}

impl Page {
    fn of(page: SuperiorPage, asked: &Asked) -> Page {
        let back_href = format!("/i/{}", encode_id(&version_path(&page.instrument, Some(&page.version.key))));
        let says = format!(
            "{} 条中的 {} 条有上位法就同一事项的规定；按 {} 的法律列出",
            page.provisions,
            page.clauses.len(),
            page.as_of
        );
        Page {
            frame: Frame::of(page.sample, asked),
            clauses: page.clauses.into_iter().map(Clause::of).collect(),
            title: page.instrument.title,
            back_href,
            says,
        }
    }
}

impl Clause {
    fn of(clause: SuperiorClause) -> Clause {
        Clause {
            label: clause.label,
            text: clause.text,
            superior: clause.superior.into_iter().map(Beside::of).collect(),
        }
    }
}

impl Beside {
    fn of((one, id): (BesideView, Option<String>)) -> Beside {
        Beside {
            name: format!("《{}》{}", one.basis.title, one.basis.article),
            edition: one.basis.edition().to_string(),
            href: id.map(|id| format!("/p/{}", encode_id(&id))),
            text: one.basis.words(SHOWN_CHARS),
            differences: one.differences.join("；"),
        }
    }
}
