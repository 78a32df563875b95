//! Paragraphs (款) that went to another provision than the rest of theirs: 公司法 2018 第二十条第三款 is 2023 第二十三条第一款.

use super::overlap::{self, Candidate};
use super::units::{self, Unit};
use super::{Row, Side};
use std::ops::Range;

/// Likeness from which a paragraph is the same one elsewhere.
const LIKE: f64 = 0.6;
/// Runs of three characters that a paragraph must have: short ones are alike by chance.
const RUNS_MIN: usize = 12;

/// A paragraph that stands in a provision of the newer text with which its own has no row.
#[derive(Debug, Clone, PartialEq)]
pub struct MovedPart {
    /// Place of its provision among those of the older text.
    pub old: usize,
    /// Its key below that provision: `p3`.
    pub old_part: String,
    /// Place of the provision among those of the newer text.
    pub new: usize,
    /// Its key below it.
    pub new_part: String,
    /// Likeness of the words, 0 to 1.
    pub similarity: f64,
}

/// A paragraph of the provision at a place.
struct Part {
    provision: usize,
    key: String,
    unit: Unit,
}

/// The paragraphs that moved by themselves, in the order of the older text. A paragraph goes where it is most alike; what is
/// as much alike in a row of its own provision has stayed.
pub(super) fn moved(old: Side<'_>, new: Side<'_>, rows: &[Row]) -> Vec<MovedPart> {
    let (olds, news) = (parts(old, false), parts(new, true));
    let beside = |old: usize, new: usize| rows.iter().any(|row| row.old.contains(&old) && row.new.contains(&new));
    let units = |parts: &[Part]| parts.iter().map(|part| part.unit.clone()).collect::<Vec<Unit>>();
    let candidates = overlap::candidates(&units(&olds), &units(&news));
    let mut moved: Vec<MovedPart> = Vec::new();
    for of_one in candidates.chunk_by(|one, other| one.old == other.old) {
        let best = |stayed: bool| {
            let is = |c: &&Candidate| beside(olds[c.old].provision, news[c.new].provision) == stayed;
            of_one
                .iter()
                .filter(is)
                .max_by(|one, other| one.likeness.total_cmp(&other.likeness).then(other.new.cmp(&one.new)))
        };
        let Some(found) = best(false).filter(|found| found.likeness >= LIKE) else { continue };
        if best(true).is_some_and(|own| own.likeness >= found.likeness) {
            continue;
        }
        let (from, to) = (&olds[found.old], &news[found.new]);
        moved.push(MovedPart {
            old: from.provision,
            old_part: from.key.clone(),
            new: to.provision,
            new_part: to.key.clone(),
            similarity: found.likeness,
        });
    }
    moved
}

/// The paragraphs of the provisions that have several; with `undivided` also those of the others, whole.
fn parts(side: Side<'_>, undivided: bool) -> Vec<Part> {
    let mut all = Vec::new();
    for (at, (provision, span)) in side.structure.provisions().enumerate() {
        let mut paragraphs: Vec<(&str, &Range<usize>)> = provision
            .parts
            .iter()
            .filter(|part| part.key.starts_with('p') && !part.key.contains('/'))
            .map(|part| (part.key.as_str(), &part.span))
            .collect();
        if paragraphs.len() < 2 {
            paragraphs = if undivided { vec![("p1", span)] } else { Vec::new() };
        }
        all.extend(paragraphs.into_iter().map(|(key, span)| Part {
            provision: at,
            key: key.to_string(),
            unit: units::unit(side.text, provision, span),
        }));
    }
    all.retain(|part| part.unit.runs.len() >= RUNS_MIN);
    all
}
