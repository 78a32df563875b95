//! The page of cases like a case: each with its reasons.

use super::excerpt::Piece;
use super::search::{excerpt, facts};
use super::{Frame, html_head, rendered};
use crate::app::view::similar::{ApplicableArticle, SimilarCase, SimilarPage};
use crate::app::{Faju, Found, Likes};
use crate::http::api::moved;
use crate::http::matching::similar;
use crate::http::query_string::encode_id;
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

/// Articles that are listed: the weightiest that any case cites.
const ARTICLES_SHOWN: usize = 8;

#[derive(Template)]
#[template(path = "similar.html")]
struct Page {
    frame: Frame,
    title: String,
    href: String,
    says: String,
    articles: Vec<Article>,
    rows: Vec<Row>,
    json_href: String,
}

struct Article {
    href: String,
    says: String,
}

struct Row {
    href: String,
    title: String,
    facts: Vec<String>,
    reasons: Vec<String>,
    pieces: Vec<Piece>,
}

/// `GET /similar/{id}`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let found = similar(app, &server.asker(&asked.who), &Likes::Case(&asked.id), &asked.parameters, &asked.request_id)?;
    let page = match found {
        Found::Here(page) => page,
        Found::Moved(id) => return Ok(moved("/similar/", &id, asked)),
    };
    Ok((html_head(), rendered(&Page::of(&page, asked))?).into_response())
}

impl Page {
    fn of(page: &SimilarPage, asked: &Asked) -> Page {
        let says = match page.found {
            0 => "没有找到有相同之处的案例".to_string(),
            found => format!("{found} 件有相同之处，列出最相似的 {} 件", page.items.len()),
        };
        Page {
            frame: Frame::of(page.sample, asked),
            title: page.case.as_ref().map(|case| case.title.clone()).unwrap_or_default(),
            href: format!("/i/{}", encode_id(&asked.id)),
            says,
            articles: page
                .articles
                .iter()
                .filter(|article| article.cited || article.cases > 0)
                .take(ARTICLES_SHOWN)
                .map(Article::of)
                .collect(),
            rows: page.items.iter().map(Row::of).collect(),
            json_href: format!("/api/v1/similar/{}", encode_id(&asked.id)),
        }
    }
}

impl Article {
    fn of(article: &ApplicableArticle) -> Article {
        let doubt = if article.cited { "" } else { "（可能适用）" };
        Article {
            href: format!("/cited-by/{}?kind=case", encode_id(&format!("{}/{}", article.instrument, article.key))),
            says: format!("《{}》{}{doubt}：{} 件案例引用", article.title, article.label, article.cases),
        }
    }
}

impl Row {
    fn of(case: &SimilarCase) -> Row {
        let mut told = facts(&case.instrument, None);
        told.extend(case.decided_on.map(|day| day.to_string()));
        Row {
            href: format!("/i/{}", encode_id(&case.instrument.id)),
            title: case.instrument.title.clone(),
            facts: told,
            reasons: case.reasons.sentences.clone(),
            pieces: case.passage.as_ref().map(|passage| excerpt(&passage.provision)).unwrap_or_default(),
        }
    }
}
