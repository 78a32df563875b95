//! The penalty clauses on which a decision rests (处罚依据的罚则), read into tiers.

use super::answers::{Asked, DecisionAnswers, HeldLaw, Purpose};
use super::reading::Decision;
use crate::law::penalty::{Lighter, ranges, weighed};
use crate::law::sanction::{Addressee, FineRange, Obstacle, Sanction, sanctions};
use crate::review::finding::Evidence;

/// An article that is applied, in one of its texts.
pub struct Penal<'a> {
    /// The citation.
    pub asked: &'a Asked,
    /// The instrument.
    pub held: &'a HeldLaw,
    /// The article.
    pub evidence: &'a Evidence,
    /// Its tiers that punish.
    pub tiers: Vec<Sanction>,
    /// The fines that each allows.
    pub fines: Vec<Result<FineRange, Obstacle>>,
}

impl Penal<'_> {
    /// Lowest and highest fine of the tiers that may strike somebody; `None` where one cannot be told.
    pub fn span(&self, addressee: Option<Addressee>) -> Option<(u64, Option<u64>)> {
        let mut whole: Option<(u64, Option<u64>)> = None;
        for (tier, fines) in self.tiers.iter().zip(&self.fines) {
            if addressee.is_some_and(|wanted| !may_strike(tier.addressee, wanted)) {
                continue;
            }
            match fines {
                Ok(range) => {
                    whole = Some(whole.map_or((range.min_fen, range.max_fen), |(min, max)| {
                        (min.min(range.min_fen), max.and_then(|max| Some(max.max(range.max_fen?))))
                    }));
                }
                Err(Obstacle::NoFine | Obstacle::NotMet) => {}
                Err(_) => return None,
            }
        }
        whole
    }
}

fn may_strike(tier: Addressee, wanted: Addressee) -> bool {
    tier == Addressee::Any || tier == wanted || tier == Addressee::ResponsiblePerson && wanted == Addressee::Individual
}

/// The articles that are applied and punish: as they stood at the act, or as they stood at the decision where that text is the
/// lighter (从旧兼从轻); both where that cannot be told.
pub fn of<'a>(decision: &Decision, answers: &'a DecisionAnswers) -> Vec<Penal<'a>> {
    let mut found: Vec<Penal<'a>> = Vec::new();
    for (asked, law) in answers.of(Purpose::Basis) {
        let Some(held) = law.held() else { continue };
        let read = |evidence: &'a Evidence| {
            let tiers: Vec<Sanction> =
                sanctions(&evidence.text).into_iter().filter(|tier| !tier.penalties.is_empty()).collect();
            let fines = ranges(&tiers, &decision.bases);
            Penal { asked, held, evidence, tiers, fines }
        };
        let (act, later) = (held.found().map(read), held.changed().map(read));
        let (act, later) = match (act, later) {
            (Some(act), Some(later)) => which(act, later, decision),
            texts => texts,
        };
        for penal in act.into_iter().chain(later) {
            // One article is cited for its paragraph and for its item.
            if !penal.tiers.is_empty() && !found.iter().any(|known| known.evidence.text == penal.evidence.text) {
                found.push(penal);
            }
        }
    }
    found
}

/// Which of two texts of an article applies: the lighter, by what its tiers say, else by the highest fine of each; both where neither
/// tells.
fn which<'a>(act: Penal<'a>, later: Penal<'a>, decision: &Decision) -> (Option<Penal<'a>>, Option<Penal<'a>>) {
    let highest = |penal: &Penal<'_>| penal.span(decision.addressee()).and_then(|(_, max)| max);
    let lighter = match weighed(&act.tiers, &later.tiers, &decision.bases).lighter {
        Lighter::ByTier | Lighter::Untold => match highest(&act).zip(highest(&later)) {
            Some((then, now)) if then < now => Lighter::Act,
            Some((then, now)) if then > now => Lighter::Decision,
            _ => Lighter::Untold,
        },
        told => told,
    };
    match lighter {
        Lighter::Act | Lighter::Same => (Some(act), None),
        Lighter::Decision => (None, Some(later)),
        Lighter::ByTier | Lighter::Untold => (Some(act), Some(later)),
    }
}

/// Whether a provision punishes or leads to one that does: 依照《…》的规定处罚.
pub fn punishes(text: &str) -> bool {
    ["处罚", "罚款", "没收", "吊销", "警告", "拘留", "停业", "停产", "通报批评", "处分", "处以", "关闭", "不得从事"]
        .iter()
        .any(|word| text.contains(word))
}

/// Yuan as people write it: 5,000.00 元 is 5000元.
pub fn yuan(fen: u64) -> String {
    match (fen / 100, fen % 100) {
        (yuan, 0) if yuan > 0 && yuan.is_multiple_of(10_000) => format!("{}万元", yuan / 10_000),
        (yuan, 0) => format!("{yuan}元"),
        (yuan, rest) => format!("{yuan}.{rest:02}元"),
    }
}
