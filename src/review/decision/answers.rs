//! What the checks of a decision want to know of the corpus, and what the application answers: facts only, no judgement.

use super::days::OnDay;
use super::reading::{Decision, Form};
use crate::citation::{self, Bare, Mention, Target};
use crate::law::benchmark::Benchmark;
use crate::review::cited::{Ended, Missing, Noted};
use crate::review::finding::Evidence;
use jiff::civil::Date;
use std::ops::Range;

/// Laws on how penalties are imposed: they apply as they stand on the day of the decision, not of the act.
const PROCEDURAL: [&str; 8] =
    ["行政处罚法", "行政强制法", "行政复议法", "行政诉讼法", "程序规定", "程序暂行规定", "听证", "裁量"];

/// For what a provision is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// 依据: what is applied.
    Basis,
    /// 违反: what is said to be violated.
    Violated,
    /// 《…裁量基准》.
    Benchmark,
}

/// A citation that the application is to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Bytes of the decision; those of [`citation::find()`] with [`Bare::Nameless`].
    pub span: Range<usize>,
    /// For what it is cited.
    pub purpose: Purpose,
    /// Whether it is a law of procedure.
    pub procedural: bool,
    /// The day whose text is wanted: of the act; for laws of procedure and benchmarks of the decision.
    pub on: Option<OnDay>,
    /// The day of the decision, for the comparison with the law of then (从旧兼从轻).
    pub decided: Option<Date>,
}

/// What the corpus says of one citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Law {
    /// Several instruments, or none that could be told.
    Untold,
    /// A title that the corpus does not hold.
    Unheld(String),
    /// One instrument of the corpus.
    Held(Box<HeldLaw>),
}

/// An instrument of the corpus on the day asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLaw {
    /// Its title.
    pub title: String,
    /// How it stood on that day.
    pub standing: Standing,
    /// A version that is named and is not the one of that day.
    pub named: Option<Noted>,
    /// The article in the text of that day.
    pub article: Article,
    /// What became of the article by the day of the decision, if its words are others then.
    pub later: Option<Later>,
}

/// How an instrument stood on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// 现行有效.
    InForce,
    /// 尚未施行, and its first day.
    NotYet(Option<Date>),
    /// 已经废止、失效.
    Ended(Ended),
    /// No version tells.
    Unknown,
}

/// A place cited, in the text of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Article {
    /// No article is named.
    Whole,
    /// The whole article (条) in which the place lies, so that all its tiers can be read; the label is that of the place.
    Found(Evidence),
    /// The text has no such place.
    Missing(Missing),
}

/// An article on the day of the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Later {
    /// Other words, under whatever number.
    Changed(Evidence),
    /// The instrument or the article was repealed.
    Repealed(Ended),
}

/// A violation of a benchmark that was in force on the day of the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenchmarkAnswer {
    /// The provision of the benchmark as it is shown.
    pub evidence: Evidence,
    /// What it says.
    pub benchmark: Benchmark,
}

/// The answers at hand. Where none is given a check says less, never something else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DecisionAnswers {
    /// Citations with what they lead to.
    pub laws: Vec<(Asked, Law)>,
    /// Benchmarks for the violations of the decision.
    pub benchmarks: Vec<BenchmarkAnswer>,
}

impl DecisionAnswers {
    /// The citations of a purpose that are not of procedure.
    pub fn of(&self, purpose: Purpose) -> impl Iterator<Item = &(Asked, Law)> {
        self.laws.iter().filter(move |(asked, _)| asked.purpose == purpose && !asked.procedural)
    }
}

impl Law {
    /// What is held.
    pub fn held(&self) -> Option<&HeldLaw> {
        match self {
            Law::Held(held) => Some(held),
            _ => None,
        }
    }
}

impl HeldLaw {
    /// The article of the day asked.
    pub fn found(&self) -> Option<&Evidence> {
        match &self.article {
            Article::Found(evidence) => Some(evidence),
            _ => None,
        }
    }

    /// The article as it reads on the day of the decision, where that is another text.
    pub fn changed(&self) -> Option<&Evidence> {
        match &self.later {
            Some(Later::Changed(evidence)) => Some(evidence),
            _ => None,
        }
    }
}

/// The citations that are to be looked up, in the order of the text.
pub fn questions(decision: &Decision) -> Vec<Asked> {
    let mentions = citation::find(decision.text(), &Bare::Nameless);
    let fields = &decision.record.fields;
    let mut asked: Vec<Asked> = Vec::new();
    let stretches = [(Purpose::Violated, &fields.violated), (Purpose::Basis, &fields.basis)];
    for (purpose, stretch) in stretches.into_iter().flat_map(|(purpose, all)| all.iter().map(move |one| (purpose, one)))
    {
        let mut procedural = false;
        for mention in mentions.iter().filter(|one| stretch.start < one.span.end && one.span.start < stretch.end) {
            // A member of a series without a name is of the law named before it.
            procedural = is_procedural(mention).unwrap_or(procedural);
            asked.push(ask(decision, mention.span.clone(), purpose, procedural));
        }
    }
    for benchmark in &fields.discretion.benchmarks {
        asked.push(ask(decision, benchmark.span.clone(), Purpose::Benchmark, true));
    }
    asked.sort_by_key(|one| (one.span.start, one.purpose));
    asked.dedup_by(|one, other| one.span == other.span);
    asked
}

/// Whether a mention is of a law of procedure; `None` if it names no law.
fn is_procedural(mention: &Mention) -> Option<bool> {
    match &mention.target {
        Target::Titled(name) | Target::Named(name) => Some(PROCEDURAL.iter().any(|word| name.contains(word))),
        _ => None,
    }
}

fn ask(decision: &Decision, span: Range<usize>, purpose: Purpose, procedural: bool) -> Asked {
    let decided = decision.days.decided.as_ref().map(|day| day.date);
    let on = if procedural { decided.map(OnDay::Decision) } else { decision.days.of_act() };
    Asked { span, purpose, procedural, on, decided }
}

/// Whether the checks that speak of the parts of a decision may speak: an abstract has none.
pub(super) fn is_whole(decision: &Decision) -> bool {
    decision.form != Form::Abstract && !decision.record.penalties.is_empty()
}
