//! The journeys of the facade that begin with cases: what one of them states, and numbers over many.

use super::error::AppError;
use super::faju::{Asker, Faju, Found};
use super::view::case::CasePage;
use super::view::penalty::PenaltyPage;
use super::view::precedents::PrecedentsPage;
use super::{precedents, request};
use jiff::civil::Date;

impl Faju {
    /// What law and earlier cases say of a penalty. `parameters` are those of [`super::parameters::PENALTY`]; `as_of` is the day
    /// of the decision.
    pub fn penalty(&self, parameters: &[(String, String)], asker: &Asker) -> Result<PenaltyPage, AppError> {
        let case = parameters.iter().find(|(name, _)| name == "case").map(|(_, id)| id);
        let stated = match case {
            Some(id) => self.graph(None, asker, |graph| graph.penalty_of_case(id))?,
            None => Vec::new(),
        };
        // What is given goes before what the case states.
        let is_given = |name: &String| parameters.iter().any(|(given, _)| given == name);
        let stated = stated.into_iter().filter(|(name, _)| !is_given(name));
        let all: Vec<(String, String)> = parameters.iter().cloned().chain(stated).collect();
        let (asked, as_of) = request::penalty(&all)?;
        self.graph(as_of, asker, |graph| graph.penalty(&asked))
    }

    /// Numbers over all cases that a search finds, each with the search that lists its cases. `parameters` as of a search,
    /// those of [`super::parameters::PRECEDENTS`].
    pub fn precedents(&self, parameters: &[(String, String)], asker: &Asker) -> Result<PrecedentsPage, AppError> {
        let query = request::precedents(parameters, asker)?;
        let opened = self.opened();
        let names = || opened.links(asker.access);
        let mut page = precedents::precedents(&*opened.engine, query, &names, opened.is_sample())?;
        page.corpus.cursor = opened.place(&self.settings.node, asker)?;
        page.warnings.extend(opened.lag.clone());
        Ok(page)
    }

    /// What a case states and orders, and whether the law that it applied still stands on a day.
    pub fn case(&self, id: &str, as_of: Option<Date>, asker: &Asker) -> Result<Found<CasePage>, AppError> {
        self.graph(as_of, asker, |graph| graph.case(id))
    }
}
