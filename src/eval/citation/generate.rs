//! Quotations made from the corpus itself: right ones, and wrong ones of every kind that people make by mistake.
//!
//! A quotation is a whole 款 or a sentence of it, with title and article. What was changed is known, so the label is sure;
//! where it would not be (the changed words stand somewhere too, the title is borne by several instruments) another is
//! taken. The same seed over the same corpus makes the same quotations.

mod change;
pub(in crate::eval) mod pick;

use super::super::{Judged, Set};
use super::Asking;
use crate::app::view::quotation::QuotationView;
use crate::app::{AppError, Asker, Faju};
use crate::citation::quote::{DifferenceKind, Verdict};
use crate::rank::random::Random;
use pick::Pool;

/// What to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The same makes the same.
    pub seed: u64,
    /// Quotations of each kind.
    pub count: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { seed: 1, count: 100 }
    }
}

/// Provisions looked at for one quotation, at most; few have a share.
const TRIES_MAX: usize = 400;
const SHARE_TRIES_MAX: usize = 4_000;
/// One quotation with a share for so many of each other kind: they are long looked for.
const SHARES_PER: usize = 5;

/// What is done to a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Verbatim,
    Amount,
    Negation,
    Modality,
    WrongArticle,
    Repealed,
    Share,
}

impl Kind {
    const ALL: [Kind; 7] =
        [Self::Verbatim, Self::Amount, Self::Negation, Self::Modality, Self::WrongArticle, Self::Repealed, Self::Share];

    fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Amount => "amount_changed",
            Self::Negation => "negation_dropped",
            Self::Modality => "duty_to_choice",
            Self::WrongArticle => "wrong_article",
            Self::Repealed => "repealed_text",
            Self::Share => "share_changed",
        }
    }

    /// Whether an answer tells this kind from all others.
    fn is_told(self, quotation: &QuotationView) -> bool {
        let differs = |kind: DifferenceKind| {
            quotation.verdict == Verdict::Altered
                && quotation.differences.iter().any(|difference| difference.kind == kind)
        };
        match self {
            Self::Verbatim => quotation.verdict == Verdict::Verbatim,
            Self::Amount | Self::Share => differs(DifferenceKind::Number),
            Self::Negation => differs(DifferenceKind::Negation),
            Self::Modality => differs(DifferenceKind::Modality),
            Self::WrongArticle => quotation.verdict == Verdict::Elsewhere,
            Self::Repealed => quotation.verdict == Verdict::Outdated,
        }
    }
}

/// A quotation with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Made {
    id: String,
    text: String,
}

/// Makes quotations of every kind from whatever the data directory holds, and asks what they are.
pub fn generated(faju: &Faju, options: Options, asker: &Asker) -> Result<Set, AppError> {
    let asking = Asking { faju, asker };
    let mut set = Set::named("generated");
    let pool = Pool::of(faju, asker)?;
    for (place, kind) in Kind::ALL.into_iter().enumerate() {
        // Each kind has numbers of its own, so that one kind can change without the others.
        let mut random = Random(options.seed.wrapping_mul(64).wrapping_add(place as u64));
        let count = if kind == Kind::Share { options.count.div_ceil(SHARES_PER) } else { options.count };
        for number in 1..=count {
            let Some(made) = make(&pool, kind, &mut random)? else { break };
            let id = format!("{}-{number} {}", kind.name(), made.id);
            set.count(&id, kind.name(), &made.text, judge(&asking, kind, &made)?);
        }
    }
    Ok(set)
}

fn judge(asking: &Asking<'_>, kind: Kind, made: &Made) -> Result<Judged, AppError> {
    let citations = asking.citations(&made.text, None)?;
    let quotation = citations.into_iter().find_map(|citation| citation.quotation);
    let right = quotation.as_ref().is_some_and(|quotation| kind.is_told(quotation));
    let answered = quotation.map_or_else(|| "没有认出引文".to_string(), |quotation| quotation.message);
    Ok(Judged { in_corpus: true, stale: false, right, expected: kind.name().to_string(), answered })
}

/// One quotation of a kind; `None` if the corpus has none after many tries.
fn make(pool: &Pool<'_>, kind: Kind, random: &mut Random) -> Result<Option<Made>, AppError> {
    let tries = if kind == Kind::Share { SHARE_TRIES_MAX } else { TRIES_MAX };
    for _ in 0..tries {
        let Some(picked) = pool.pick(random, kind == Kind::Repealed)? else { continue };
        let changed = match kind {
            Kind::Verbatim => Some((picked.words.clone(), picked.label.clone())),
            Kind::Amount => change::amount(&picked.words, random).map(|words| (words, picked.label.clone())),
            Kind::Share => change::share(&picked.words, random).map(|words| (words, picked.label.clone())),
            Kind::Negation => change::without_not(&picked.words, random).map(|words| (words, picked.label.clone())),
            Kind::Modality => change::duty_to_choice(&picked.words, random).map(|words| (words, picked.label.clone())),
            Kind::WrongArticle => picked.other_article(random).map(|label| (picked.words.clone(), label)),
            Kind::Repealed => Some((picked.words.clone(), picked.label.clone())),
        };
        let Some((words, label)) = changed else { continue };
        let is_sure = match kind {
            Kind::Verbatim | Kind::WrongArticle => true,
            Kind::Amount | Kind::Negation | Kind::Modality | Kind::Share => pool.stands_nowhere(&picked, &words)?,
            Kind::Repealed => pool.does_not_stand_today(&picked)?,
        };
        if is_sure {
            let text = format!("根据《{}》{label}的规定：“{words}”", picked.title);
            return Ok(Some(Made { id: picked.id, text }));
        }
    }
    Ok(None)
}
