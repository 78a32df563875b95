//! Provisions that neither the words in common nor a division gave a counterpart. Of two that are left the rare words decide,
//! and of one that stays alone is said what it is most like: 删去 and 新增 are statements that people act on.

use super::Draft;
use super::align::Neighbours;
use super::overlap::{self, Candidate};
use super::units::Unit;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// Likeness by rare runs from which two that are left over are counterparts wherever they stand.
const ALONE: f64 = 0.25;
/// The same if they stand between the same neighbours.
const IN_PLACE: f64 = 0.18;
/// How much more alike they must be than either is to anything else that is left over.
const AHEAD: f64 = 1.2;
/// How much more alike than the counterpart that only its place gave it another must be.
const CLEARLY: f64 = 1.5;
/// How many are named.
const NEAR_MAX: usize = 3;

/// A provision of the other text that is somewhat like one without a counterpart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Place among the provisions of the other text.
    pub at: usize,
    /// Likeness of the words, 0 to 1, as in [`super::Row::similarity`].
    pub similarity: f64,
}

/// Joins what is left over, the most alike first.
pub fn pair(mut drafts: Vec<Draft>, olds: &[Unit], news: &[Unit]) -> Vec<Draft> {
    let matter = |units: &[Unit]| units.iter().map(Unit::matter).collect::<Vec<Unit>>();
    let of_matter = overlap::candidates(&matter(olds), &matter(news));
    exchange(&mut drafts, &of_matter);
    let mut of_old: Vec<Option<usize>> = vec![None; olds.len()];
    let (mut old_is_free, mut new_is_free) = (vec![true; olds.len()], vec![true; news.len()]);
    for draft in drafts.iter().filter(|draft| !draft.old.is_empty() && !draft.new.is_empty()) {
        draft.old.iter().for_each(|at| (of_old[*at], old_is_free[*at]) = (draft.new.first().copied(), false));
        draft.new.iter().for_each(|at| new_is_free[*at] = false);
    }
    let between = Neighbours::of(&of_old, news.len());
    let mut left: Vec<&Candidate> = of_matter.iter().filter(|c| old_is_free[c.old] && new_is_free[c.new]).collect();
    left.sort_by(|a, b| b.rare.total_cmp(&a.rare).then((a.old, a.new).cmp(&(b.old, b.new))));
    let (of_olds, of_news) = (Rivals::of(&left, |c| c.old), Rivals::of(&left, |c| c.new));
    let is_ahead = |c: &Candidate| c.rare >= AHEAD * of_olds.best_beside(c, c.old).max(of_news.best_beside(c, c.new));
    let mut joined: HashMap<usize, usize> = HashMap::new();
    for candidate in &left {
        let least = if between.hold(candidate.old, candidate.new) { IN_PLACE } else { ALONE };
        if candidate.rare >= least && new_is_free[candidate.new] && is_ahead(candidate) {
            new_is_free[candidate.new] = false;
            joined.entry(candidate.old).or_insert(candidate.new);
        }
    }
    for says in [says_why, says_when] {
        let the_one = |units: &[Unit], is_left: &dyn Fn(usize) -> bool| {
            let mut all = units.iter().enumerate().filter(|(_, unit)| says(unit.words())).map(|(at, _)| at);
            all.next().filter(|at| all.next().is_none() && is_left(*at))
        };
        let old = the_one(olds, &|at| old_is_free[at] && !joined.contains_key(&at));
        let new = the_one(news, &|at| new_is_free[at]);
        if let (Some(old), Some(new)) = (old, new) {
            new_is_free[new] = false;
            joined.insert(old, new);
        }
    }
    let news_joined: HashSet<usize> = joined.values().copied().collect();
    drafts.retain(|draft| !(draft.old.is_empty() && draft.new.iter().all(|new| news_joined.contains(new))));
    for draft in drafts.iter_mut().filter(|draft| draft.new.is_empty()) {
        draft.new.extend(draft.old.first().and_then(|old| joined.get(old)));
    }
    drafts
}

/// Gives a provision that was paired by its place another counterpart that nothing else has and that it is clearly more like.
fn exchange(drafts: &mut Vec<Draft>, of_matter: &[Candidate]) {
    let free: HashSet<usize> =
        drafts.iter().filter(|draft| draft.old.is_empty()).flat_map(|draft| draft.new.iter().copied()).collect();
    let paired: HashMap<usize, usize> = drafts
        .iter()
        .filter_map(|draft| match (draft.old.as_slice(), draft.new.as_slice()) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        })
        .collect();
    let own: HashMap<usize, f64> =
        of_matter.iter().filter(|c| paired.get(&c.old) == Some(&c.new)).map(|c| (c.old, c.rare)).collect();
    let mut better: Vec<&Candidate> = of_matter
        .iter()
        .filter(|c| paired.contains_key(&c.old) && free.contains(&c.new) && c.rare >= ALONE)
        .filter(|c| own.get(&c.old).is_none_or(|own| *own < ALONE && c.rare >= CLEARLY * own))
        .collect();
    better.sort_by(|a, b| b.rare.total_cmp(&a.rare).then((a.old, a.new).cmp(&(b.old, b.new))));
    let (mut olds, mut news) = (HashSet::new(), HashMap::new());
    for candidate in better {
        if !news.contains_key(&candidate.new) && olds.insert(candidate.old) {
            news.insert(candidate.new, candidate.old);
        }
    }
    drafts.retain(|draft| !(draft.old.is_empty() && draft.new.iter().all(|new| news.contains_key(new))));
    let given: HashMap<usize, usize> = news.into_iter().map(|(new, old)| (old, new)).collect();
    let mut freed = Vec::new();
    for draft in drafts.iter_mut().filter(|draft| draft.old.len() == 1) {
        if let Some(new) = given.get(&draft.old[0]) {
            freed.extend(std::mem::replace(&mut draft.new, vec![*new]));
        }
    }
    drafts.extend(freed.into_iter().map(|new| Draft { new: vec![new], ..Draft::default() }));
}

/// Characters of a provision that says no more than why or when.
const SAYING_MAX: usize = 200;

/// Whether it says why the text was made: there is one such provision, in whatever words.
pub fn says_why(words: &str) -> bool {
    words.chars().count() <= SAYING_MAX && words.contains("制定本")
}

/// Whether it says when the text comes into force.
fn says_when(words: &str) -> bool {
    let says = words.starts_with("本") && (["日起施行", "日起实施", "日施行"].iter().any(|day| words.contains(day)));
    says && words.chars().count() <= SAYING_MAX
}

/// The two most alike of each provision of one side.
struct Rivals(HashMap<usize, Vec<Candidate>>);

impl Rivals {
    /// Of candidates in order, the most alike first.
    fn of(left: &[&Candidate], side: impl Fn(&Candidate) -> usize) -> Rivals {
        let mut best: HashMap<usize, Vec<Candidate>> = HashMap::new();
        for candidate in left {
            let of_one = best.entry(side(candidate)).or_default();
            if of_one.len() < 2 {
                of_one.push(**candidate);
            }
        }
        Rivals(best)
    }

    /// How alike a provision is to the best beside a candidate of it.
    fn best_beside(&self, candidate: &Candidate, at: usize) -> f64 {
        let of_one = self.0.get(&at).into_iter().flatten();
        of_one.filter(|other| *other != candidate).map(|other| other.rare).next().unwrap_or(0.0)
    }
}

/// What provisions without a counterpart are most like in the other text. Whoever reads that one is gone looks for it there: so
/// less likeness is enough than for a counterpart.
pub struct Nearest<'u> {
    olds: &'u [Unit],
    news: &'u [Unit],
    pairs: OnceCell<Vec<Candidate>>,
}

impl<'u> Nearest<'u> {
    /// Of two texts; nothing is compared before somebody asks.
    pub fn of(olds: &'u [Unit], news: &'u [Unit]) -> Nearest<'u> {
        Nearest { olds, news, pairs: OnceCell::new() }
    }

    /// What the one provision of a row without another side, or of a doubtful pair, is most like there, the most alike first.
    pub fn to(&self, draft: &Draft, doubtful: bool) -> Vec<Near> {
        let mut near: Vec<Candidate> = match (draft.old.as_slice(), draft.new.as_slice()) {
            ([old], []) => self.pairs().iter().filter(|c| c.old == *old).copied().collect(),
            ([], [new]) => self.pairs().iter().filter(|c| c.new == *new).copied().collect(),
            // Of a doubtful pair what is more like it.
            ([old], [new]) if doubtful => {
                let own = self.pairs().iter().find(|c| (c.old, c.new) == (*old, *new)).map_or(0.0, |c| c.rare);
                self.pairs().iter().filter(|c| c.old == *old && c.new != *new && c.rare > own).copied().collect()
            }
            _ => Vec::new(),
        };
        near.sort_by(|a, b| b.rare.total_cmp(&a.rare).then((a.old, a.new).cmp(&(b.old, b.new))));
        let of = |c: &Candidate| Near {
            at: if draft.old.is_empty() { c.old } else { c.new },
            similarity: overlap::similarity_of_all(&[&self.olds[c.old]], &[&self.news[c.new]]),
        };
        near.iter().take(NEAR_MAX).map(of).collect()
    }

    fn pairs(&self) -> &[Candidate] {
        let matter = |units: &[Unit]| units.iter().map(Unit::matter).collect::<Vec<Unit>>();
        self.pairs.get_or_init(|| overlap::near(&matter(self.olds), &matter(self.news)))
    }
}
