//! Paragraphs (款) that went to another provision than the rest of theirs: 公司法 2018 第二十条第三款 is 2023 第二十三条第一款.

use super::overlap::{self, Candidate};
use super::units::{self, Unit};
use super::{Row, Side};
use std::collections::HashMap;
use std::ops::Range;

/// Likeness from which a paragraph is the same one elsewhere.
const LIKE: f64 = 0.6;
/// Likeness from which it is so in other words, if its rare runs are as much alike as the second says.
const REWORDED: (f64, f64) = (0.45, 0.5);
/// Likeness from which a paragraph is the same word for word, or nearly.
const WHOLE: f64 = 0.95;
/// Share of a paragraph's words that its provision's own row holds if it has stayed there.
const HELD: f64 = 0.7;
/// So much more alike elsewhere than its row holds of it, a paragraph has gone: 立法法 2015 第七十二条第一款 is all of 2023 第八十条.
const CLEARLY: f64 = 0.15;
/// Share of a paragraph's words that one elsewhere has which says more, and share above which its own row has them still: then
/// it was joined there. So many runs it must have.
const JOINED: f64 = 0.9;
const LEFT: f64 = 0.5;
const JOINED_RUNS_MIN: usize = 25;
/// Runs of three characters that a paragraph must have: short ones are alike by chance.
const RUNS_MIN: usize = 12;

/// A paragraph that stands in a provision of the newer text with which its own has no row.
#[derive(Debug, Clone, PartialEq)]
pub struct MovedPart {
    /// Place of its provision among those of the older text.
    pub old: usize,
    /// Its key below that provision: `p3`; empty if the whole provision became a part of another.
    pub old_part: String,
    /// Place of the provision among those of the newer text.
    pub new: usize,
    /// Its key below it; empty if it is not one part of it.
    pub new_part: String,
    /// Likeness of the words, 0 to 1.
    pub similarity: f64,
}

/// A paragraph (款), or an item (项), of the provision at a place.
pub(super) struct Part {
    pub(super) provision: usize,
    pub(super) key: String,
    /// Whether it is all of its provision: that has a row of its own.
    pub(super) whole: bool,
    pub(super) unit: Unit,
}

/// The paragraphs that moved by themselves, in the order of the older text. A paragraph goes where it is most alike. It has
/// stayed if it is like one in a row of its own provision, or if the row holds most of its words; and where a paragraph of
/// the newer text has stayed itself, none has come: stock phrases (单位犯前款罪的…) stand everywhere.
///
/// `provisions` are those of the newer text.
pub(super) fn moved(old: Side<'_>, new: Side<'_>, rows: &[Row], provisions: &[Unit]) -> Vec<MovedPart> {
    let (olds, news) = (paragraphs(old), paragraphs(new));
    let beside = Beside::of(rows, provisions);
    let units = |parts: &[Part]| parts.iter().map(|part| part.unit.clone()).collect::<Vec<Unit>>();
    let candidates = overlap::candidates(&units(&olds), &units(&news));
    let is_beside = |c: &Candidate| beside.is(olds[c.old].provision, news[c.new].provision);
    let mut stayed = vec![0.0f64; news.len()];
    let own = candidates.iter().filter(|c| is_beside(c));
    own.for_each(|c| stayed[c.new] = stayed[c.new].max(c.likeness));
    let mut moved: Vec<(usize, MovedPart)> = Vec::new();
    for of_one in candidates.chunk_by(|one, other| one.old == other.old) {
        let is_joined = |c: &Candidate| {
            let (from, to) = (&olds[c.old], &news[c.new]);
            let share = overlap::common(&from.unit.runs, &to.unit.runs) as f64 / from.unit.runs.len().max(1) as f64;
            let is_long = from.unit.runs.len() >= JOINED_RUNS_MIN;
            is_long && share >= JOINED && beside.held(from.provision, &from.unit) < LEFT
        };
        let is_reworded = |c: &Candidate| c.likeness >= REWORDED.0 && c.rare >= REWORDED.1;
        let is_like = |c: &Candidate| c.likeness >= LIKE || is_reworded(c) || is_joined(c);
        let place = |c: &&Candidate| is_like(c) && !is_beside(c) && stayed[c.new] < c.likeness;
        let better = |one: &&Candidate, other: &&Candidate| {
            one.likeness.total_cmp(&other.likeness).then(other.new.cmp(&one.new))
        };
        let Some(found) = of_one.iter().filter(place).max_by(better) else { continue };
        let (from, to) = (&olds[found.old], &news[found.new]);
        if from.whole {
            continue;
        }
        let has_stayed = of_one.iter().any(|c| is_beside(c) && c.likeness >= LIKE);
        let held = beside.held(from.provision, &from.unit);
        if has_stayed && found.likeness < WHOLE || held >= HELD && found.likeness - held < CLEARLY {
            continue;
        }
        let (old_part, new_part, similarity) = (from.key.clone(), to.key.clone(), found.likeness);
        let part = MovedPart { old: from.provision, old_part, new: to.provision, new_part, similarity };
        moved.push((found.new, part));
    }
    // Of several that would have come to one place the most alike did.
    let mut best = vec![0.0f64; news.len()];
    moved.iter().for_each(|(new, part)| best[*new] = best[*new].max(part.similarity));
    moved.into_iter().filter(|(new, part)| part.similarity >= best[*new]).map(|(_, part)| part).collect()
}

/// The provisions of the newer text in whose rows the older ones stand.
struct Beside<'u> {
    of_old: HashMap<usize, &'u [usize]>,
    news: &'u [Unit],
}

impl<'u> Beside<'u> {
    fn of(rows: &'u [Row], news: &'u [Unit]) -> Beside<'u> {
        let pairs = rows.iter().flat_map(|row| row.old.iter().map(|old| (*old, row.new.as_slice())));
        Beside { of_old: pairs.collect(), news }
    }

    fn is(&self, old: usize, new: usize) -> bool {
        self.of_old.get(&old).is_some_and(|news| news.contains(&new))
    }

    /// The greatest share of a paragraph's words that one of them holds.
    fn held(&self, old: usize, part: &Unit) -> f64 {
        let shares =
            self.of_old.get(&old).into_iter().copied().flatten().filter_map(|new| self.news.get(*new)).map(|new| {
                let common = overlap::common(&part.runs, &new.runs);
                common as f64 / part.runs.len().max(1) as f64
            });
        shares.fold(0.0, f64::max)
    }
}

/// The paragraphs of the provisions that have several, and the others whole.
fn paragraphs(side: Side<'_>) -> Vec<Part> {
    divided(side, RUNS_MIN, |_, key| !key.contains('/'))
}

/// The same with the items (项) in the place of the paragraphs that have some: those of `runs_min` runs of three characters
/// and more.
pub(super) fn smallest(side: Side<'_>, runs_min: usize) -> Vec<Part> {
    let has_items = |keys: &[&str], key: &str| keys.iter().any(|other| is_below(other, key));
    divided(side, runs_min, |keys, key| !has_items(keys, key))
}

/// What stands in front of the items of the paragraphs that have some. Where that punishes it says nothing: what is punished
/// are the items.
pub(super) fn openings(side: Side<'_>, runs_min: usize) -> Vec<Part> {
    let mut all = Vec::new();
    for (at, (provision, _)) in side.structure.provisions().enumerate() {
        for part in provision.parts.iter().filter(|part| !part.key.contains('/')) {
            let Some(first) = provision.parts.iter().find(|other| is_below(&other.key, &part.key)) else { continue };
            let unit = units::part(side.text, provision, &(part.span.start..first.span.start.max(part.span.start)));
            all.push(Part { provision: at, key: part.key.clone(), whole: false, unit });
        }
    }
    all.retain(|part| part.unit.runs.len() >= runs_min && !part.unit.punishes());
    all
}

/// The provisions that are divided, undivided.
pub(super) fn wholes(side: Side<'_>, provisions: &[Unit]) -> Vec<Part> {
    let units = side.structure.provisions().zip(provisions).enumerate();
    let divided = units.filter(|(_, ((provision, _), _))| provision.parts.len() > 1);
    divided.map(|(at, (_, unit))| Part { provision: at, key: String::new(), whole: true, unit: unit.clone() }).collect()
}

/// Whether `p1/i2` is below `p1`.
fn is_below(key: &str, other: &str) -> bool {
    key.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
}

fn divided(side: Side<'_>, runs_min: usize, is_wanted: impl Fn(&[&str], &str) -> bool) -> Vec<Part> {
    let mut all = Vec::new();
    for (at, (provision, span)) in side.structure.provisions().enumerate() {
        let keys: Vec<&str> = provision.parts.iter().map(|part| part.key.as_str()).collect();
        let own = provision.parts.iter().filter(|part| part.key.starts_with('p') && is_wanted(&keys, &part.key));
        let mut own: Vec<(&str, &Range<usize>)> = own.map(|part| (part.key.as_str(), &part.span)).collect();
        let whole = own.len() < 2;
        if whole {
            own = vec![("p1", span)];
        }
        all.extend(own.into_iter().map(|(key, span)| Part {
            provision: at,
            key: key.to_string(),
            whole,
            unit: units::part(side.text, provision, span),
        }));
    }
    all.retain(|part| part.unit.runs.len() >= runs_min);
    all
}
