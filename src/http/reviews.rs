//! Legality review over the API: the draft comes in the body, which no log has, and is not kept.

use super::api::text_of;
use super::files::{WORD, attachment, paper_format};
use super::operators::json;
use super::problem::Failure;
use super::query_string::value;
use super::routes::{Answer, Asked};
use super::state::Server;
use super::tasks::Made;
use super::writes::decoded;
use crate::app::service::{Service, Who};
use crate::app::view::review::{BasisView, ReviewPage};
use crate::app::{
    self, AppError, Asker, DecisionRequest, Dismissal, Earlier, ErrorCode, Faju, Mark, ReviewRequest, ReviewSettings,
};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A draft with its report, in memory alone, and what people decided about its findings.
#[derive(Serialize, Deserialize)]
pub struct Reviewed {
    /// The text that was reviewed.
    pub text: String,
    /// Its Word file, if it came as one.
    #[serde(with = "packed")]
    pub original: Option<Vec<u8>>,
    /// Where provisions lead, by what they are called ([`called`]).
    pub links: HashMap<String, String>,
    page: ReviewPage,
    #[serde(skip)]
    marks: Mutex<Vec<Mark>>,
    /// Account and number under which it is kept.
    #[serde(skip)]
    kept: OnceLock<(i64, i64)>,
}

/// Bytes of a file inside JSON.
mod packed {
    use base64::prelude::{BASE64_STANDARD, Engine};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
        bytes.as_ref().map(|bytes| BASE64_STANDARD.encode(bytes)).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| BASE64_STANDARD.decode(text)).transpose().map_err(serde::de::Error::custom)
    }
}

impl Reviewed {
    /// Reviews a draft; the second value is how many bytes it holds.
    pub fn of(
        app: &Faju,
        request: &ReviewRequest,
        as_of: Option<Date>,
        asker: &Asker,
        original: Option<Vec<u8>>,
    ) -> Made<Reviewed> {
        let page = app.review(request, as_of, asker)?;
        let links = links(app, &page, asker)?;
        let report: usize =
            page.findings.iter().map(|finding| finding.message.len() + basis_bytes(&finding.basis)).sum();
        let bytes = request.text.len() + original.as_ref().map_or(0, Vec::len) + report;
        let (marks, kept) = (Mutex::default(), OnceLock::new());
        Ok((Reviewed { text: request.text.clone(), original, links, page, marks, kept }, bytes))
    }

    /// The number under which somebody keeps it.
    pub fn kept_by(&self, who: &Who) -> Option<i64> {
        let (account, id) = self.kept.get()?;
        (who.account.as_ref()?.number == *account).then_some(*id)
    }

    /// Keeps it with what was decided so far.
    pub fn keep(&self, service: &Service, who: &Who, now: i64) -> Result<(), AppError> {
        if self.kept.get().is_some() {
            return Ok(());
        }
        let id = service.keep_review(self.page.title.as_deref().unwrap_or_default(), self, who, now)?;
        let account = who.account.as_ref().map_or(0, |account| account.number);
        let _ = self.kept.set((account, id));
        let marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        marks.iter().try_for_each(|mark| service.decide_kept(id, mark, who, now))
    }

    /// One that is kept, with what was decided, as a task makes it.
    pub fn kept(service: &Service, id: i64, who: &Who) -> Made<Reviewed> {
        let (mut reviewed, marks): (Reviewed, _) = service.kept_review(id, who)?;
        reviewed.marks = Mutex::new(marks);
        let _ = reviewed.kept.set((who.account.as_ref().map_or(0, |account| account.number), id));
        let bytes = reviewed.text.len() + reviewed.original.as_ref().map_or(0, Vec::len);
        Ok((reviewed, bytes))
    }

    /// The report with what was decided so far.
    pub fn report(&self) -> ReviewPage {
        app::marked(&self.page, &self.marks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes a decision; the last on a finding holds.
    ///
    /// # Errors
    /// No such finding; it is kept by somebody else; accounts that cannot be written.
    pub fn mark(
        &self,
        (finding, verdict, note): (&str, app::Verdict, &str),
        (service, who): (&Service, &Who),
        now: i64,
    ) -> Result<(), AppError> {
        let mark = Mark::on(&self.page, finding, verdict, note)?;
        match (self.kept.get(), self.kept_by(who)) {
            (_, Some(id)) => service.decide_kept(id, &mark, who, now)?,
            (Some(_), None) => {
                return Err(AppError::new(ErrorCode::Forbidden, "这次审查由他人保存，只有本人可以处理"));
            }
            (None, None) => {}
        }
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        marks.retain(|known| known.finding != mark.finding);
        marks.push(mark);
        Ok(())
    }
}

fn basis_bytes(basis: &[BasisView]) -> usize {
    basis.iter().map(|basis| basis.text.len() + basis.title.len()).sum()
}

/// What a provision is called in the table of links.
pub fn called(basis: &BasisView) -> String {
    format!("《{}》{}", basis.title.trim_matches(['《', '》']), basis.article)
}

/// Where the provisions of a report lead: asked once, since a report is looked at often.
fn links(app: &Faju, page: &ReviewPage, asker: &Asker) -> Result<HashMap<String, String>, AppError> {
    let beside = page.comparison.iter().flatten().flat_map(|clause| &clause.superior).map(|beside| &beside.basis);
    let all = page.findings.iter().flat_map(|finding| &finding.basis).chain(beside);
    let mut names: Vec<String> = all.filter(|basis| !basis.article.is_empty()).map(called).collect();
    names.sort_unstable();
    names.dedup();
    let most = app::view::citations::ResolveMost { skip: 0, in_text: 1, entries: usize::MAX };
    let found = app.resolve_most(&names, None, Some(page.as_of), most, asker)?;
    let led = names.into_iter().zip(&found.items).filter_map(|(name, item)| {
        let provision = item.citations.first()?.provisions.first()?;
        Some((name, provision.id.clone()))
    });
    Ok(led.collect())
}

/// The body of a request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    text: Option<String>,
    file: Option<DraftFile>,
    title: Option<String>,
    level: Option<String>,
    issuer: Option<String>,
    region: Option<String>,
    date: Option<Date>,
    as_of: Option<Date>,
    #[serde(default)]
    settings: ReviewSettings,
    previous: Option<Vec<Earlier>>,
    #[serde(default)]
    dismissed: Vec<Dismissal>,
    #[serde(default)]
    compare: bool,
    /// Whether the request is to wait for the report; by default where the draft is not long.
    wait: Option<bool>,
}

/// A draft as a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftFile {
    name: String,
    base64: String,
}

impl DraftFile {
    fn bytes(&self) -> Result<Vec<u8>, AppError> {
        let wrong = |error| AppError::parameter(ErrorCode::BadRecord, "file", format!("base64 不合格式：{error}"));
        BASE64_STANDARD.decode(self.base64.as_bytes()).map_err(wrong)
    }
}

/// What is to be reviewed as it was sent, with its Word file if it came as one.
fn draft(text: Option<String>, file: Option<&DraftFile>) -> Result<(ReviewRequest, Option<Vec<u8>>), AppError> {
    match (text, file) {
        (Some(text), None) => Ok((ReviewRequest { text, ..ReviewRequest::default() }, None)),
        (None, Some(file)) => {
            let bytes = file.bytes()?;
            let request = app::draft_of(&file.name, &bytes)?;
            Ok((request, Some(bytes).filter(|bytes| bytes.starts_with(ZIP))))
        }
        _ => Err(AppError::parameter(ErrorCode::InvalidParameter, "text", "请写 text 或者 file，只写一个")),
    }
}

/// First bytes of a Word file, which can take comments.
pub const ZIP: &[u8] = b"PK\x03\x04";
/// Code points of a draft from which on its review is a task.
const LONG: usize = 100_000;

/// `POST /api/v1/reviews`.
pub fn review(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let body: Body = decoded(&asked.body)?;
    let as_of = body.as_of;
    let level = body.level.as_deref().map(app::level).transpose()?;
    let (read, original) = draft(body.text, body.file.as_ref())?;
    let Body { title, issuer, region, date, settings, previous, dismissed, compare, wait, .. } = body;
    let waits = wait.unwrap_or_else(|| read.text.chars().nth(LONG).is_none());
    // What is told goes before what the file says.
    let request = ReviewRequest {
        text: read.text,
        title: title.or(read.title),
        level: level.or(read.level),
        issuer: issuer.or(read.issuer),
        region: region.or(read.region),
        date: date.or(read.date),
        settings,
        previous,
        dismissed,
        compare,
    };
    request.check()?;
    let (app, asker) = (server.faju()?.clone(), server.asker(&asked.who));
    if waits {
        return text_of(&app.review(&request, as_of, &asker)?).map(json);
    }
    under_way(&server.tasks.begin(asked.who.number(), move || Reviewed::of(&app, &request, as_of, &asker, original))?)
}

/// `GET /api/v1/reviews/{task}`.
pub fn result(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    match server.tasks.outcome(&asked.id)? {
        Some(outcome) => text_of(&outcome?.report()).map(json),
        None => under_way(&asked.id),
    }
}

/// The outcome of a task that has ended.
fn ended(server: &Server, id: &str) -> Result<Arc<Reviewed>, Failure> {
    let running = || AppError::new(ErrorCode::Conflict, "审查还没有做完，请稍候再来");
    server.tasks.outcome(id)?.ok_or_else(running)?
}

/// `GET /api/v1/opinions/{task}`.
pub fn opinion(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let reviewed = ended(server, &asked.id)?;
    let page = reviewed.report();
    let named = value(&asked.parameters, "format").unwrap_or("docx");
    if named == "commented" {
        let none = || AppError::new(ErrorCode::UnsupportedFormat, "批注只能写进以 Word 文件（.docx）提交的草案");
        let original = reviewed.original.as_ref().ok_or_else(none)?;
        return Ok(attachment(app::commented(&page, original, &reviewed.text)?, WORD));
    }
    let (format, media) = paper_format(named, "意见书", "、commented")?;
    Ok(attachment(app::opinion(&page, format)?, media))
}

/// 202 with the place where the report will be.
fn under_way(task: &str) -> Answer {
    let place = format!("/api/v1/reviews/{task}");
    let body = json(text_of(&serde_json::json!({"task": task, "state": "running"}))?);
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, place)], body).into_response())
}

/// The body of a request about a penalty decision.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionBody {
    text: String,
    #[serde(default)]
    settings: ReviewSettings,
}

/// `POST /api/v1/decisions`.
pub fn decision(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let DecisionBody { text, settings } = decoded(&asked.body)?;
    Ok(json(text_of(&app.review_decision(&DecisionRequest { text, settings }, &server.asker(&asked.who))?)?))
}

/// `GET /api/v1/checks`.
pub fn checks(_: &Faju, _: &Server, _: &Asked) -> Answer {
    Ok(json(text_of(&app::checks())?))
}
