//! The journeys of the facade that begin with facts: to the law, and to cases like them.

use super::error::AppError;
use super::faju::{Asker, Faju, Found, reader};
use super::matching::Journey;
use super::opened::Opened;
use super::view::matching::MatchPage;
use super::view::similar::SimilarPage;
use super::{request, similar};

/// Of what similar cases are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likes<'a> {
    /// Of facts as somebody wrote them.
    Text(&'a str),
    /// Of a case, by its id.
    Case(&'a str),
}

impl Faju {
    /// Which provisions fit facts or a draft clause. `parameters` are those of [`super::parameters::MATCH`]; without `kind`
    /// cases are left out, since law is asked for.
    pub fn matching(&self, text: &str, parameters: &[(String, String)], asker: &Asker) -> Result<MatchPage, AppError> {
        let query = request::matching(parameters, asker)?;
        self.by_facts(asker, |journey, opened| {
            let mut page = journey.matching(text, query)?;
            page.corpus.cursor = opened.place(&self.settings.node, asker)?;
            Ok(page)
        })
    }

    /// Cases like some facts, or like a case. `parameters` are those of [`super::parameters::SIMILAR`].
    pub fn similar(
        &self,
        likes: &Likes<'_>,
        parameters: &[(String, String)],
        asker: &Asker,
    ) -> Result<Found<SimilarPage>, AppError> {
        let query = request::similar(parameters, asker)?;
        self.by_facts(asker, |journey, opened| {
            let (text, case) = match likes {
                Likes::Text(text) => ((*text).to_string(), None),
                Likes::Case(id) => match reader(opened, &self.settings, Some(query.as_of), asker).facts(id)? {
                    Found::Here((text, head)) => (text, Some(head)),
                    Found::Moved(to) => return Ok(Found::Moved(to)),
                },
            };
            let mut page = journey.similar(&similar::Compared { text: &text, case }, &query)?;
            page.corpus.cursor = opened.place(&self.settings.node, asker)?;
            Ok(Found::Here(page))
        })
    }

    fn by_facts<T>(
        &self,
        asker: &Asker,
        journey: impl FnOnce(&Journey<'_>, &Opened) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let opened = self.opened();
        let (names, thesaurus) = (|| opened.links(asker.access), self.synonyms.table());
        let sample = opened.is_sample();
        journey(&Journey { engine: &*opened.engine, thesaurus: &thesaurus, names: &names, sample }, &opened)
    }
}
