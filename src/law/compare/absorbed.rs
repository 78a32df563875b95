//! Provisions that are gone as such and stand within another now, as one of its 款 or 项, in other words: 公司法 2018 第二百零二条 is
//! 2023 第二百五十四条第二项. The rare words decide, and what they leave open stays open.

use super::overlap::{self, Candidate};
use super::parts::{self, MovedPart, Part};
use super::units::{self, Unit};
use super::{Draft, Row, RowKind, Side};
use crate::law::provision::Provision;
use std::collections::HashMap;
use std::ops::Range;

/// Likeness by rare runs from which a part is what became of a provision.
const LIKE: f64 = 0.3;
/// The same of one paragraph of a provision, and where another provision is more like that part: several were joined there.
const LIKE_OF_ONE: f64 = 0.38;
/// How much more alike it must be than any part of another provision.
const AHEAD: f64 = 1.2;
/// Likeness from which one paragraph is another if nothing else comes near, and from which if all runs are as much alike as
/// [`ALONE_BY_ALL`] says.
const ALONE: f64 = 0.205;
const ALONE_TOO: f64 = 0.19;
const ALONE_BY_ALL: f64 = 0.2;
/// So much more alike it must be then than any part of another provision, and than any other provision is to that paragraph.
const ALONE_AHEAD: f64 = 1.7;
const ALONE_OTHERS: f64 = 1.3;
/// Runs of three characters that a part must have.
const RUNS_MIN: usize = 10;

/// Where the provisions of rows that are [`RowKind::Removed`] stand now, or paragraphs of them.
/// `provisions` are those of both texts.
pub(super) fn absorbed(
    old: Side<'_>,
    new: Side<'_>,
    rows: &[Row],
    moved: &[MovedPart],
    provisions: (&[Unit], &[Unit]),
) -> Vec<MovedPart> {
    let removed = rows.iter().filter(|row| row.kind == RowKind::Removed).flat_map(|row| &row.old);
    let gone: Vec<usize> = removed.copied().filter(|at| !moved.iter().any(|part| part.old == *at)).collect();
    if gone.is_empty() {
        return Vec::new();
    }
    // What stands whole in the older text competes with its own parts: both are where a part of the newer one may come from.
    let olds: Vec<Part> = parts::wholes(old, provisions.0).into_iter().chain(parts::smallest(old, RUNS_MIN)).collect();
    let news: Vec<Part> = parts::smallest(new, RUNS_MIN).into_iter().chain(parts::openings(new, RUNS_MIN)).collect();
    let matters = |parts: &[Part]| parts.iter().map(|part| part.unit.matter()).collect::<Vec<Unit>>();
    let candidates = overlap::candidates(&matters(&olds), &matters(&news));
    let punishes: Vec<bool> = provisions.1.iter().map(Unit::punishes).collect();
    let alike = Alike { olds: &olds, news: &news, punishes, candidates: &candidates };
    gone.into_iter().flat_map(|at| alike.places(at)).collect()
}

/// Joins provisions that are gone with new ones that they became whole: those are no parts but their counterparts. Whether any
/// were joined.
pub(super) fn join_wholes(drafts: &mut Vec<Draft>, moved: &mut Vec<MovedPart>, new: Side<'_>) -> bool {
    let news: Vec<&Provision> = new.structure.provisions().map(|(provision, _)| provision).collect();
    let is_one = |part: &MovedPart| news.get(part.new).is_some_and(|provision| provision.parts.len() < 2);
    let before = drafts.len();
    moved.retain(|part| {
        let gone = drafts.iter().position(|draft| draft.old == [part.old] && draft.new.is_empty());
        let added = drafts.iter().position(|draft| draft.old.is_empty() && draft.new == [part.new]);
        let (Some(gone), Some(added), true, true) = (gone, added, part.old_part.is_empty(), is_one(part)) else {
            return true;
        };
        drafts[gone].new.push(part.new);
        drafts.remove(added);
        false
    });
    drafts.len() < before
}

/// Says of the rows of provisions that stand within others now, whole or with all their paragraphs, that they moved there:
/// they are not gone. `news` are the provisions of the newer text.
pub(super) fn tell(rows: &mut [Row], moved: &[MovedPart], old: Side<'_>, news: &[Unit]) {
    let olds: Vec<(&Provision, &Range<usize>)> = old.structure.provisions().collect();
    for row in rows.iter_mut().filter(|row| row.kind == RowKind::Removed) {
        let Some((provision, span)) = row.old.first().and_then(|at| olds.get(*at)) else { continue };
        let of_row: Vec<&MovedPart> = moved.iter().filter(|part| row.old.contains(&part.old)).collect();
        let mut paragraphs = provision.parts.iter().filter(|part| !part.key.contains('/'));
        let moved_whole = of_row.iter().any(|part| part.old_part.is_empty());
        let is_moved = |key: &str| of_row.iter().any(|part| part.old_part == key);
        if of_row.is_empty() || !moved_whole && !paragraphs.all(|paragraph| is_moved(&paragraph.key)) {
            continue;
        }
        let is_verbatim = |part: &&MovedPart| {
            let own = provision.parts.iter().find(|own| own.key == part.old_part).map_or(*span, |own| &own.span);
            let words = units::unit(old.text, provision, own);
            news.get(part.new).is_some_and(|new| new.words().contains(words.words()))
        };
        row.kind = if of_row.iter().all(is_verbatim) { RowKind::Moved } else { RowKind::MovedChanged };
        row.similarity = of_row.iter().map(|part| part.similarity).fold(1.0, f64::min);
        row.nearest.clear();
    }
}

/// The parts of both texts and which are alike.
struct Alike<'a> {
    olds: &'a [Part],
    news: &'a [Part],
    /// Whether each provision of the newer text speaks of penalties.
    punishes: Vec<bool>,
    candidates: &'a [Candidate],
}

impl Alike<'_> {
    /// The part that a provision became, else those that its paragraphs became.
    fn places(&self, gone: usize) -> Vec<MovedPart> {
        let own = |at: &usize| self.olds[*at].provision == gone;
        let (wholes, paragraphs): (Vec<usize>, Vec<usize>) =
            (0..self.olds.len()).filter(own).partition(|at| self.olds[*at].whole);
        let whole: Vec<MovedPart> = wholes.into_iter().filter_map(|at| self.place(at, LIKE)).collect();
        if !whole.is_empty() {
            return whole;
        }
        paragraphs.into_iter().filter_map(|at| self.place(at, LIKE_OF_ONE)).collect()
    }

    /// What one provision or paragraph became, if nothing contradicts.
    fn place(&self, old: usize, least: f64) -> Option<MovedPart> {
        let from = &self.olds[old];
        let mut best: HashMap<usize, Candidate> = HashMap::new();
        for candidate in self.candidates.iter().filter(|c| c.old == old) {
            let of_provision = best.entry(self.news[candidate.new].provision).or_insert(*candidate);
            if of_provision.rare < candidate.rare {
                *of_provision = *candidate;
            }
        }
        let mut best: Vec<Candidate> = best.into_values().collect();
        best.sort_by(|a, b| b.rare.total_cmp(&a.rare).then(a.new.cmp(&b.new)));
        let found = best.first()?;
        let next = best.get(1).map_or(0.0, |next| next.rare);
        let others = self.candidates.iter().filter(|c| c.new == found.new);
        let others = others.filter(|c| self.olds[c.old].provision != from.provision);
        let of_others = others.map(|c| c.rare).fold(0.0, f64::max);
        let to = &self.news[found.new];
        let like = found.rare >= least && found.rare >= AHEAD * next;
        let like = like && (of_others < found.rare || found.rare >= LIKE_OF_ONE);
        let alone = found.rare >= ALONE || found.rare >= ALONE_TOO && found.likeness >= ALONE_BY_ALL;
        let alone = alone && found.rare >= ALONE_AHEAD * next && found.rare >= ALONE_OTHERS * of_others;
        // Of several paragraphs one alone may be there; items and penalties are alike by their kind.
        let is_paragraph = |part: &Part| !part.key.is_empty() && !part.key.contains('/');
        let alone = alone && is_paragraph(from) && is_paragraph(to) && !from.unit.punishes();
        if !like && !alone {
            return None;
        }
        // A duty is not what became of its penalty.
        if from.unit.punishes() && !self.punishes.get(to.provision).is_some_and(|punishes| *punishes) {
            return None;
        }
        let old_part = if from.whole { String::new() } else { from.key.clone() };
        // What had paragraphs of its own is hardly one item.
        let new_part = if from.key.is_empty() { String::new() } else { to.key.clone() };
        Some(MovedPart { old: from.provision, old_part, new: to.provision, new_part, similarity: found.likeness })
    }
}
