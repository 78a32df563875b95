//! The journey of a penalty decision under review (处罚决定核查): looks up the law of its days, and judges.

use super::cited::{ended, evidence};
use super::{Rests, counts, views};
use crate::app::citations::Graph;
use crate::app::error::{AppError, ErrorCode};
use crate::app::faju::{Asker, Faju};
use crate::app::links::{Group, Version};
use crate::app::view::review::DecisionPage;
use crate::citation::{self, Bare, Here, Known, Mention, Outcome, Reason, Resolution, VersionNote};
use crate::law::{Kind, ValidityStatus, level};
use crate::review::cited::{Ended, Missing, Noted};
use crate::review::decision::{
    self, Article, Asked, BenchmarkAnswer, Decision, DecisionAnswers, HeldLaw, Later, Law, Purpose, Standing,
};
use crate::review::theme::Theme;
use crate::review::{Evidence, Settings};
use jiff::civil::Date;

/// Longest decision, in code points.
const DECISION_POINTS_MAX: usize = 200_000;
/// So much of what a benchmark says of a violation stands in the decision that it speaks of that.
const FITS_MIN: f64 = 0.6;
/// Benchmarks that are held against one decision.
const BENCHMARKS_MAX: usize = 8;

/// A penalty decision to review.
#[derive(Debug, Clone, Default)]
pub struct DecisionRequest {
    /// Its text.
    pub text: String,
    /// What the office has set.
    pub settings: Settings,
}

impl Faju {
    /// Reviews a penalty decision; law is looked up on its own days.
    pub fn review_decision(&self, request: &DecisionRequest, asker: &Asker) -> Result<DecisionPage, AppError> {
        let points = request.text.chars().count();
        if points > DECISION_POINTS_MAX {
            let message = format!("决定书有 {points} 字，最多 {DECISION_POINTS_MAX} 字");
            return Err(AppError::parameter(ErrorCode::TooLarge, "text", message));
        }
        let known = || AppError::parameter(ErrorCode::InvalidParameter, "text", "没有读出处罚决定；请给出决定书的全文");
        let decision =
            Decision::of_text(&request.text).filter(|one| !one.record.penalties.is_empty()).ok_or_else(known)?;
        self.graph(None, asker, |graph| Looked { graph, decision: &decision }.page(&request.settings))
    }
}

/// A decision whose law is looked up.
struct Looked<'a, 'g> {
    graph: &'a Graph<'g>,
    decision: &'a Decision,
}

impl Looked<'_, '_> {
    fn page(&self, settings: &Settings) -> Result<DecisionPage, AppError> {
        let answers = self.answers()?;
        let report = decision::review(self.decision, &answers, settings);
        let rests = Rests { graph: self.graph, on: self.decision.days.decided.as_ref().map(|day| day.date) };
        let findings = views(&rests, self.decision.text(), &report)?;
        let fields = &self.decision.record.fields;
        Ok(DecisionPage {
            counts: counts(&findings),
            findings,
            form: self.decision.form.name(),
            authority: fields.authority.as_ref().map(|read| read.value.clone()),
            number: fields.number.as_ref().map(|read| read.value.clone()),
            acted_on: self.decision.days.of_act().map(decision::OnDay::date),
            decided_on: self.decision.days.decided.as_ref().map(|day| day.date),
            known_to: self.graph.known_to,
            sample: self.graph.reader.sample,
        })
    }

    fn answers(&self) -> Result<DecisionAnswers, AppError> {
        let mentions = citation::find(self.decision.text(), &Bare::Nameless);
        let mut answers = DecisionAnswers::default();
        for asked in decision::questions(self.decision) {
            let Some(mention) = mentions.iter().find(|mention| mention.span == asked.span) else { continue };
            let Some(resolution) = self.resolved(mention, asked.on.map(decision::OnDay::date)) else { continue };
            let law = self.law(&asked, mention, &resolution)?;
            if asked.purpose == Purpose::Basis && !asked.procedural && answers.benchmarks.is_empty() {
                answers.benchmarks = self.benchmarks(&resolution)?;
            }
            answers.laws.push((asked, law));
        }
        Ok(answers)
    }

    fn resolved(&self, mention: &Mention, on: Option<Date>) -> Option<Resolution> {
        let fields = &self.decision.record.fields;
        let here = Here {
            region: fields.region.as_ref().map(|read| read.value.as_str()),
            issuer: fields.authority.as_ref().map(|read| read.value.as_str()),
            on,
            access: self.graph.asker().access,
            ..Here::default()
        };
        citation::resolve(mention, &self.graph.links.names, &here)
    }

    fn law(&self, asked: &Asked, mention: &Mention, found: &Resolution) -> Result<Law, AppError> {
        let links = self.graph.links;
        let only = match found.instruments.as_slice() {
            [only] => links.place(only).and_then(|at| Some((links.names.all().get(at)?, &links.groups[at]))),
            _ => None,
        };
        match (only, found.reason, &mention.target) {
            (Some((known, group)), ..) if known.kind != Kind::Case => self.held(asked, mention, found, (known, group)),
            (None, Some(Reason::NotInCorpus), citation::Target::Titled(title)) => Ok(Law::Unheld(title.clone())),
            _ => Ok(Law::Untold),
        }
    }

    fn held(
        &self,
        asked: &Asked,
        mention: &Mention,
        found: &Resolution,
        (known, group): (&Known, &Group),
    ) -> Result<Law, AppError> {
        // The text of another day must not stand for that of the day.
        let no_text = [Reason::NoVersionOfThatDay, Reason::NoDay, Reason::SeveralChanges, Reason::UnknownNumber];
        let on = asked.on.map(decision::OnDay::date);
        let (mut standing, is_over) = self.standing(group, on)?;
        // A version that the decision names stands by itself, whatever text was in force then.
        let (named, begins) = named(mention, found, group, on);
        if let Some(begins) = begins {
            standing = Standing::NotYet(Some(begins));
        }
        if found.reason.is_some_and(|reason| no_text.contains(&reason)) && !is_over {
            return Ok(Law::Untold);
        }
        let article = self.article(mention, found, &known.title)?;
        let later = match (&article, &found.version, asked.decided) {
            (Article::Found(then), Some(version), Some(decided)) if on.is_some_and(|on| on < decided) => {
                self.later(group, (version, then), found, decided)?
            }
            _ => None,
        };
        Ok(Law::Held(Box::new(HeldLaw { title: known.title.clone(), standing, named, article, later })))
    }

    /// How an instrument stood on a day, and whether that leaves no text of the day.
    fn standing(&self, group: &Group, on: Option<Date>) -> Result<(Standing, bool), AppError> {
        let Some(on) = on else { return Ok((Standing::Unknown, false)) };
        let is = |version: &Version, status| version.interval.status(on) == status;
        if group.versions.iter().any(|version| is(version, ValidityStatus::InForce)) {
            return Ok((Standing::InForce, false));
        }
        if !group.versions.is_empty()
            && group.versions.iter().all(|version| is(version, ValidityStatus::NotYetEffective))
        {
            // Of what was amended before its first text that is held nobody knows when it began.
            let first = group.versions.last().filter(|first| first.changed.is_none());
            let begins = first.and_then(|first| first.interval.effective_from);
            return Ok((begins.map_or(Standing::Unknown, |day| Standing::NotYet(Some(day))), begins.is_some()));
        }
        let newest = group.versions.first().map(|version| version.interval.status(on));
        if matches!(newest, Some(ValidityStatus::Repealed | ValidityStatus::Expired))
            && let Some(end) = ended(self.graph, group)?
        {
            return Ok((Standing::Ended(end), true));
        }
        Ok((Standing::Unknown, false))
    }

    fn article(&self, mention: &Mention, found: &Resolution, title: &str) -> Result<Article, AppError> {
        let Some(place) = mention.place else { return Ok(Article::Whole) };
        if let (Outcome::Resolved, Some(version), Some(key)) = (found.outcome, &found.version, found.places.first()) {
            return Ok(evidence(self.graph, title, version, key)?.map_or(Article::Whole, Article::Found));
        }
        match found.reason {
            Some(reason @ (Reason::NoSuchArticle | Reason::NoSuchPart)) => {
                let (label, names) = (place.at.label(), &self.graph.links.names);
                let known = found.instruments.first().and_then(|id| names.by_id(id));
                let version = known.and_then(|known| {
                    known.versions.iter().find(|version| found.version.as_deref() == Some(version.id.as_str()))
                });
                let articles = version.map_or(0, |version| version.shape.articles());
                Ok(Article::Missing(Missing { reason, label, articles, article: None, later: None }))
            }
            _ => Ok(Article::Whole),
        }
    }

    /// What the article says on the day of the decision, if that is something else.
    fn later(
        &self,
        group: &Group,
        (version, then): (&String, &Evidence),
        found: &Resolution,
        decided: Date,
    ) -> Result<Option<Later>, AppError> {
        let now = group.versions.iter().find(|one| one.interval.status(decided) == ValidityStatus::InForce);
        let (Some(now), Some(key)) = (now, found.places.first()) else { return Ok(None) };
        if now.id == *version {
            return Ok(None);
        }
        let moved = self.graph.fates(version, &now.id)?.moved_from(key);
        let to = match &moved {
            Some(moved) => moved.to.clone(),
            None => Some(key.clone()),
        };
        let Some(to) = to else {
            return Ok(Some(Later::Repealed(Ended {
                on: now.interval.effective_from,
                is_latest: false,
                by: None,
                proof: None,
            })));
        };
        let there = evidence(self.graph, &then.title, &now.id, &to)?;
        let words = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        let bare = |text: &str| words(text.split_once('条').map_or(text, |(_, rest)| rest));
        Ok(there.filter(|there| bare(&there.text) != bare(&then.text)).map(Later::Changed))
    }

    /// The benchmarks whose basis an article is, of the place of the decision, that speak of its violation.
    fn benchmarks(&self, found: &Resolution) -> Result<Vec<BenchmarkAnswer>, AppError> {
        let (Some(place), Some(version), Some(key)) = (
            found.instruments.first().and_then(|id| self.graph.links.place(id)),
            found.version.as_deref(),
            found.places.first().and_then(|key| key.split('/').next()),
        ) else {
            return Ok(Vec::new());
        };
        let of_article = |place: &String| place.split('/').next() == Some(key);
        let is_meant = |other: Option<&str>, places: &[String]| other == Some(version) && places.iter().any(of_article);
        let all = self.graph.benchmarks_of((place, key), &is_meant)?;
        let region = self.decision.record.fields.region.as_ref().map(|read| read.value.as_str());
        let fits = |own: Option<&str>, violation: &str| {
            let theme = Theme::around(violation);
            let of_place = own.is_none_or(|own| region.is_some_and(|region| level::lies_in(region, own)));
            of_place && theme.says_enough() && theme.share_in(self.decision.text()) >= FITS_MIN
        };
        let fitting = all.into_iter().filter(|(region, _, benchmark)| fits(region.as_deref(), &benchmark.violation));
        let answers = fitting.map(|(_, evidence, benchmark)| BenchmarkAnswer { evidence, benchmark });
        Ok(answers.take(BENCHMARKS_MAX).collect())
    }
}

/// The version that a citation names where that is not the one of the day, and its first day if that is later.
fn named(mention: &Mention, found: &Resolution, group: &Group, on: Option<Date>) -> (Option<Noted>, Option<Date>) {
    let Some(VersionNote::Year(year) | VersionNote::InYear(year)) = mention.note else { return (None, None) };
    let version = |id: &String| group.versions.iter().find(|version| version.id == *id);
    let (Some(named), Some(on)) = (found.version.as_ref().and_then(version), on) else { return (None, None) };
    let begins = named.interval.effective_from.filter(|begins| *begins > on);
    let then = group.versions.iter().find(|one| one.interval.status(on) == ValidityStatus::InForce);
    let day = |version: &Version| version.changed.map(|(day, _)| day).or(version.dated);
    let current = then.filter(|then| then.id != named.id).and_then(day);
    (current.map(|day| Noted { said: format!("{year}年"), current: day.to_string() }), begins)
}
