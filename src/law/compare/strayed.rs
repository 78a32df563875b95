//! Provisions whose words stand, nearly all, in a part of another provision than the one they were paired with, or than none. Likeness
//! of the whole cannot see it where that provision is long: 渔业法 2013 第四十一条 is the first 款 of 2025 第六十九条.

use super::parts::{self, MovedPart, Part};
use super::units::Unit;
use super::{Draft, Row, Side, overlap};

/// Share of a provision's words that the part must have; of one that punishes, of what it punishes.
const HELD: f64 = 0.7;
/// Or share of an item's words that the provision has, where that punishes and has no counterpart: an item says only what is
/// punished. One that does not punish says more than an item of the same words.
const HOLDS: f64 = 0.8;
/// So much more of them than its counterpart has.
const CLEARLY: f64 = 0.25;
/// So much more than any other provision has.
const AHEAD: f64 = 0.1;
/// Runs of three characters that both must share at least.
const RUNS_MIN: usize = 10;
/// Likeness from which a pair is beyond doubt.
const SURE: f64 = 0.5;
/// Likeness from which a provision is the part if it is [`CLEARLY`] more alike than its counterpart.
const LIKE: f64 = 0.6;

/// Finds them.
pub(super) fn strayed(
    new: Side<'_>,
    rows: &[Row],
    moved: &[MovedPart],
    (olds, news): (&[Unit], &[Unit]),
) -> Vec<MovedPart> {
    let candidates = |row: &Row| row.old.len() == 1 && row.new.len() < 2 && row.similarity < SURE;
    if !rows.iter().any(candidates) {
        return Vec::new();
    }
    let parts = parts::smallest(new, RUNS_MIN);
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| candidates(row)) {
        let Some(old) = row.old.first().copied().filter(|at| !moved.iter().any(|part| part.old == *at)) else {
            continue;
        };
        let Some(unit) = olds.get(old) else { continue };
        let counterpart = row.new.first().copied().map(|at| Counterpart {
            at,
            held: news.get(at).map_or(0.0, |new| share(&unit.matter(), new)),
            similarity: row.similarity,
        });
        // A duty is not what became of its penalty.
        let fits = |part: &&Part| !unit.punishes() || news.get(part.provision).is_some_and(Unit::punishes);
        if let Some(part) = place(unit, &parts, counterpart).filter(fits) {
            let (new, new_part) = (part.provision, part.key.clone());
            let similarity = overlap::similarity_of_all(&[unit], &[&part.unit]);
            found.push(MovedPart { old, old_part: String::new(), new, new_part, similarity });
        }
    }
    found
}

/// Whether the rows pair a provision that stands elsewhere.
pub(super) fn any_is_paired(strayed: &[MovedPart], rows: &[Row]) -> bool {
    let paired = |part: &MovedPart| rows.iter().any(|row| row.old.contains(&part.old) && !row.new.is_empty());
    strayed.iter().any(paired)
}

/// Parts those that stand elsewhere from their counterparts, which are new then.
pub(super) fn parted(drafts: Vec<Draft>, strayed: &[MovedPart]) -> Vec<Draft> {
    let stands_elsewhere = |draft: &Draft| strayed.iter().any(|part| draft.old == [part.old]);
    let part = |draft: Draft| match stands_elsewhere(&draft) && !draft.new.is_empty() {
        true => {
            let (old, new) = (Draft { new: Vec::new(), ..draft.clone() }, Draft { old: Vec::new(), ..draft });
            vec![old, new]
        }
        false => vec![draft],
    };
    drafts.into_iter().flat_map(part).collect()
}

/// What a provision was paired with.
#[derive(Clone, Copy)]
struct Counterpart {
    at: usize,
    /// The share of the provision's words that it has.
    held: f64,
    similarity: f64,
}

/// The part that holds a provision, if it is ahead of what every other provision holds of it.
fn place<'p>(unit: &Unit, parts: &'p [Part], counterpart: Option<Counterpart>) -> Option<&'p Part> {
    let matter = unit.matter();
    let (held, similarity) = counterpart.map_or((0.0, 0.0), |other| (other.held, other.similarity));
    let at = counterpart.map(|other| other.at);
    let score = |part: &Part| {
        let both = overlap::common(&unit.runs, &part.unit.runs);
        let own = share(&matter, &part.unit);
        let its = share(&part.unit, unit);
        let is_item = counterpart.is_none() && unit.punishes() && part.key.contains('/') && its >= HOLDS;
        let likeness = both as f64 / (unit.runs.len() + part.unit.runs.len()).saturating_sub(both).max(1) as f64;
        let is_the_same = likeness >= LIKE && likeness >= similarity + CLEARLY;
        match both >= RUNS_MIN && unit.compares_with(&part.unit) {
            true if own >= HELD && (own >= held + CLEARLY || is_the_same) => own,
            true if is_item => its,
            _ => 0.0,
        }
    };
    let scored: Vec<(f64, &Part)> = parts.iter().map(|part| (score(part), part)).collect();
    let (best, part) = scored.iter().max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    let others = scored.iter().filter(|(_, other)| other.provision != part.provision);
    let next = others.map(|(score, _)| *score).fold(0.0, f64::max);
    (*best > 0.0 && best - next >= AHEAD && Some(part.provision) != at).then_some(*part)
}

/// The share of a provision's words that another has.
fn share(unit: &Unit, other: &Unit) -> f64 {
    overlap::common(&unit.runs, &other.runs) as f64 / unit.runs.len().max(1) as f64
}
