//! The journey of the adviser with one case: what it states and orders, and whether the law it rests on still stands.

use super::citations::{Graph, label_of, version_view};
use super::cited::in_book_brackets;
use super::error::{AppError, ErrorCode};
use super::faju::Found;
use super::group::Text;
use super::impact::Fates;
use super::links::Incoming;
use super::links::stored::{self, Cite};
use super::search;
use super::view::Range;
use super::view::case::{CasePage, CaseProvision};
use super::view::citations::ProvisionRef;
use crate::citation::Role;
use crate::law::{Kind, ValidityStatus, case_record};
use crate::text::points;
use std::collections::HashMap;

impl Graph<'_> {
    /// The record of a case with what became of the provisions that it names, up to the day asked.
    pub fn case(&self, id: &str) -> Result<Found<CasePage>, AppError> {
        let card = self.reader.card(id)?;
        if card.group != id {
            return Ok(Found::Moved(card.group));
        }
        if card.head.kind != Kind::Case {
            let message = format!("{}不是案例", in_book_brackets(&card.head.title));
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "id", message));
        }
        let text = match self.reader.text(id)? {
            Found::Here((_, text)) => text,
            Found::Moved(to) => return Ok(Found::Moved(to)),
        };
        let document = &text.put.document;
        let record = case_record::read(document).unwrap_or_default().in_points(document);
        let provisions = self.case_provisions(id, &text)?;
        let mut notices: Vec<String> = Vec::new();
        for told in provisions.iter().filter_map(notice) {
            if !notices.contains(&told) {
                notices.push(told);
            }
        }
        Ok(Found::Here(CasePage {
            instrument: search::instrument(&card.head),
            case_number: document.case_number.clone().or_else(|| document.document_number.clone()),
            record,
            provisions,
            as_of: self.reader.as_of,
            known_to: self.known_to,
            notices,
            sample: self.reader.sample,
        }))
    }

    fn case_provisions(&self, id: &str, text: &Text) -> Result<Vec<CaseProvision>, AppError> {
        let Some(group) = self.links.place(id) else { return Ok(Vec::new()) };
        let body = &text.put.document.text;
        let sections = stored::provisions(&text.structure, body);
        let words = |key: &str| {
            let span = sections.iter().find(|(own, _)| *own == key).map(|(_, span)| span.clone());
            span.and_then(|span| body.get(span)).unwrap_or_default()
        };
        let mut fates: HashMap<String, Fates> = HashMap::new();
        let mut found = Vec::new();
        for version in 0..self.links.groups[group].versions.len() {
            for (cite, resolution) in self.links.resolved(group, version, self.asker().access) {
                let cited = &self.links.groups[group].versions[version].cites[cite];
                if matches!(cited.role, Role::Basis | Role::Violation) {
                    let link = Incoming { group, version, cite, resolution };
                    found.push(self.case_provision(&link, cited, words(&cited.provision), &mut fates)?);
                }
            }
        }
        Ok(found)
    }

    fn case_provision(
        &self,
        link: &Incoming,
        cite: &Cite,
        body: &str,
        fates: &mut HashMap<String, Fates>,
    ) -> Result<CaseProvision, AppError> {
        let only = match link.resolution.instruments.as_slice() {
            [only] => self.links.place(only),
            _ => None,
        };
        let on = self.reader.as_of;
        let mut shown = CaseProvision {
            role: cite.role,
            stands_in: cite.provision.clone(),
            span: Range { start: points::point_of(body, cite.span.start), end: points::point_of(body, cite.span.end) },
            text: body.get(cite.span.clone()).unwrap_or_default().to_string(),
            outcome: link.resolution.outcome,
            instrument: only.map(|place| search::instrument(&self.links.groups[place].head)),
            version: None,
            cited: Vec::new(),
            state: None,
            message: None,
            now: Vec::new(),
            compare: None,
        };
        let Some(place) = only else { return Ok(shown) };
        let cited = &self.links.groups[place];
        let now = cited.versions.iter().find(|version| version.interval.status(on) == ValidityStatus::InForce);
        let then = link.resolution.version.as_deref();
        let known = then.and_then(|then| cited.versions.iter().find(|version| version.id == then));
        shown.version = known.and_then(|version| version_view(cited, version, on));
        let reference = |key: &String| Some(ProvisionRef { id: format!("{}/{key}", then?), label: label_of(key) });
        shown.cited = link.resolution.places.iter().filter_map(reference).collect();
        let fate = self.found(link, place, now, fates)?;
        shown.state = fate.state;
        shown.message = fate.state.map(|state| state.chinese().to_string());
        shown.now = fate.now;
        let pair = known.zip(now).filter(|(then, now)| then.id != now.id);
        shown.compare = pair.map(|(then, now)| format!("/compare/{}?from={}&to={}", cited.head.id, then.key, now.key));
        Ok(shown)
    }
}

/// What must be said of a provision that is no longer what the case applied.
fn notice(provision: &CaseProvision) -> Option<String> {
    let (instrument, message) = (provision.instrument.as_ref()?, provision.message.as_ref()?);
    let labels: Vec<&str> = provision.cited.iter().map(|cited| cited.label.as_str()).collect();
    let now: Vec<&str> = provision.now.iter().map(|now| now.label.as_str()).collect();
    let now = if now.is_empty() { String::new() } else { format!("，现为{}", now.join("、")) };
    Some(format!("{}{}：{message}{now}", in_book_brackets(&instrument.title), labels.join("、")))
}
