//! One provision by itself: its fixed address, ready to be quoted.

use super::cited::{Cited, Linked, provision_json_ld};
use super::desk::keep_href;
use super::paragraphs::{Paragraph, paragraphs};
use super::reading::{ProofRow, proofs};
use super::{Badge, Frame, kept, links, rendered, span_of, version_path};
use crate::app::view::ProvisionView;
use crate::app::{Asker, Faju, Found};
use crate::http::api::{as_of, moved};
use crate::http::problem::Failure;
use crate::http::query_string::{encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;

#[derive(Template)]
#[template(path = "provision.html")]
struct ProvisionPage {
    frame: Frame,
    kind: &'static str,
    title: String,
    badge: Option<Badge>,
    state: String,
    proofs: Vec<ProofRow>,
    facts: Vec<String>,
    label: String,
    notice: Option<String>,
    citation: String,
    cited: Option<Cited>,
    path: String,
    paragraphs: Vec<Paragraph>,
    whole_href: String,
    context_href: String,
    json_href: String,
    /// Its text as files.
    files: Vec<(&'static str, String)>,
    json_ld: String,
    id: String,
}

/// `GET /p/{id}`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let view = match app.provision(&asked.id, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Moved(id) => return Ok(moved("/p/", &id, asked)),
        Found::Here(view) => view,
    };
    let keep_href = keep_href(asked, "id", &view.id);
    let page = ProvisionPage::of(view, app, &server.asker(&asked.who), asked)?;
    let html = rendered(&ProvisionPage { frame: Frame { keep_href, ..page.frame }, ..page })?;
    Ok(kept(html, server, asked))
}

impl ProvisionPage {
    fn of(view: ProvisionView, app: &Faju, asker: &Asker, asked: &Asked) -> Result<Self, Failure> {
        let day = value(&asked.parameters, "as_of").map(|day| format!("?as_of={day}")).unwrap_or_default();
        let version = version_path(&view.instrument, view.version.as_ref().map(|version| version.key.as_str()));
        let whole_href = format!("/i/{}{day}", encode_id(&version));
        let anchor = view.id.strip_prefix(&version).and_then(|rest| rest.strip_prefix('/')).unwrap_or("");
        let linked = Linked::of_provision(app, &view, asker)?;
        let known = view.known_to.map(|day| format!("，库内文件截至 {day}")).unwrap_or_default();
        Ok(ProvisionPage {
            json_ld: provision_json_ld(&view, &version),
            frame: Frame::of(view.sample, asked),
            kind: view.instrument.sort(),
            badge: view.version.as_ref().map(|version| Badge::of(version.status)),
            state: view
                .version
                .as_ref()
                .map(|version| format!("{}（按 {} 判断{known}）", span_of(version), view.as_of))
                .unwrap_or_default(),
            proofs: view.version.as_ref().map(|version| proofs(version, &[])).unwrap_or_default(),
            facts: [view.instrument.issuer.clone(), view.instrument.document_number.clone()]
                .into_iter()
                .flatten()
                .collect(),
            label: view.label,
            notice: view.notice,
            citation: view.citation,
            cited: linked.whole.clone(),
            path: view.path.join(" › "),
            paragraphs: paragraphs("", "", &view.text, &[], linked.notes(&view.id)),
            context_href: format!("{whole_href}#{}", encode_id(anchor)),
            whole_href,
            json_href: format!("/api/v1/provisions/{}{day}", encode_id(&view.id)),
            files: links::files(&view.id, &day),
            title: view.instrument.title,
            id: view.id,
        })
    }
}
