//! Terms of the thesaurus: which provisions have them, and what they add to the score. They rank beside the words that were
//! typed, but less, and bring up what has none of these.

use super::bits::Bits;
use super::order::Found;
use super::plan::{Compiled, Plan, RankTerm};
use super::score::Ranking;
use super::search::Search;
use crate::index::EngineError;
use crate::index::function_words::is_function_word;
use crate::query::Expansion;
use crate::text::pairs::pairs;
use crate::text::words::Segmenter;

/// What a term weighs, in hundredths of what it would weigh if it were typed.
const WEIGHT_PERCENT: u32 = 50;

/// The terms of one question.
pub struct Synonyms<'a> {
    /// Those shown of each segment that have one of them.
    pub having: Vec<Bits>,
    /// What they add to the score.
    pub added: Ranking<'a>,
    /// The whole score: words and terms.
    pub whole: Ranking<'a>,
    /// Which part of the question is covered where all of them stand: that of the words that led to them, weighed like the terms.
    pub share: f32,
}

impl<'a> Synonyms<'a> {
    /// Looks the terms up; `None` if the question was given none.
    pub fn of(
        search: &Search<'a>,
        compiled: &Compiled,
        ranking: &Ranking<'a>,
        shown: &[&Bits],
    ) -> Result<Option<Synonyms<'a>>, EngineError> {
        let expanded: &'a [Expansion] = &search.query.expanded;
        if expanded.is_empty() {
            return Ok(None);
        }
        let terms: Vec<&str> = expanded.iter().flat_map(|one| &one.terms).map(String::as_str).collect();
        let ranked = rank_terms(search.lexicon.segmenter(), &terms, &compiled.terms);
        let mut added = ranking
            .weigher
            .weigh(&ranked, search.fields, &search.query.scope, &|segment, doc| search.sees(segment, doc))?;
        added.iter_mut().for_each(|term| term.weight = (term.weight * WEIGHT_PERCENT / 100).max(1));
        let whole = ranking.terms.iter().chain(&added).cloned().collect();
        let mut having = Vec::with_capacity(shown.len());
        for (segment, shown) in search.segments().zip(shown) {
            let mut bits = Bits::new(shown.limit());
            for term in &terms {
                bits.or(&segment.matched(&Plan::Text((*term).to_owned()))?.any);
            }
            bits.and(shown);
            having.push(bits);
        }
        let characters = |words: &mut dyn Iterator<Item = &str>| words.map(|word| word.chars().count()).sum::<usize>();
        let all = characters(&mut compiled.needles.iter().map(String::as_str)).max(1);
        let led = characters(&mut expanded.iter().map(|one| one.word.as_str()));
        Ok(Some(Synonyms {
            having,
            added: Ranking { weigher: ranking.weigher, terms: added },
            whole: Ranking { weigher: ranking.weigher, terms: whole },
            share: (led as f32 / all as f32).min(1.0) * WEIGHT_PERCENT as f32 / 100.0,
        }))
    }

    /// What was found by words and what has the terms.
    pub fn wider<'f>(&self, found: &[Found<'f>]) -> Vec<Found<'f>> {
        let wider = |(found, having): (&Found<'f>, &Bits)| {
            let mut any = found.any.clone();
            any.or(having);
            Found { any, all: found.all.clone(), first: found.first.clone(), ..*found }
        };
        found.iter().zip(&self.having).map(wider).collect()
    }
}

/// Words and pairs of the terms that do not rank already.
fn rank_terms(segmenter: &Segmenter, terms: &[&str], known: &[RankTerm]) -> Vec<RankTerm> {
    let mut ranking: Vec<RankTerm> = Vec::new();
    for term in terms {
        let words = segmenter.words_and_parts(term).into_iter().filter(|word| !is_function_word(word));
        let words = words.map(|word| (true, word));
        for (word, text) in words.chain(pairs(term).map(|pair| (false, pair))) {
            let term = RankTerm { word, text: text.to_owned() };
            if !known.contains(&term) && !ranking.contains(&term) {
                ranking.push(term);
            }
        }
    }
    ranking
}
