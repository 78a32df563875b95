//! The fines that a cell names.

use crate::law::amount::{self, Amount, Found};
use crate::law::sanction::{self, Addressee, Bases, FineRange, Obstacle, PenaltyKind};

/// A fine in a cell (罚款幅度).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fine {
    /// Whom it strikes, as far as the cell or the heading of its column tells.
    pub addressee: Addressee,
    /// The amount, its spans in bytes of the cell's text.
    pub found: Found,
}

impl Fine {
    /// The amount.
    pub fn amount(&self) -> &Amount {
        &self.found.amount
    }

    /// The fines that it allows, in fen.
    ///
    /// # Errors
    ///
    /// Why they cannot be told.
    pub fn range(&self, bases: &Bases) -> Result<FineRange, Obstacle> {
        let (min_fen, max_fen) = sanction::in_fen(&self.found.amount, bases)?;
        Ok(FineRange { min_fen, max_fen, optional: false })
    }
}

/// The fines of a cell: what [`sanction::sanctions`] reads as fines; in a cell that is nothing but an amount, that.
pub(super) fn fines(heading: &str, text: &str) -> Vec<Fine> {
    let mut fines: Vec<Fine> = Vec::new();
    for sanction in sanction::sanctions(text) {
        let own = sanction.penalties.into_iter().filter(|penalty| penalty.kind == PenaltyKind::Fine);
        for found in own.flat_map(|penalty| penalty.amounts) {
            // The 项 of a list share one penalty.
            if !fines.iter().any(|fine| fine.found.span == found.span) {
                fines.push(Fine { addressee: or_of(sanction.addressee, heading), found });
            }
        }
    }
    if fines.is_empty() {
        let bare = |found| Fine { addressee: or_of(Addressee::Any, heading), found };
        fines = amount::amounts(text).into_iter().map(bare).collect();
    }
    fines.sort_by_key(|fine| fine.found.span.start);
    let all = amount::amounts(text);
    fines.iter_mut().for_each(|fine| complete(&mut fine.found, &all));
    fines
}

/// `二万元以上三万元罚款` lacks 以下: a lower bound that stands directly before one sum makes a range with it.
fn complete(found: &mut Found, all: &[Found]) {
    let open = |one: &&Found| one.span.end == found.span.start && one.amount.lo.is_some() && one.amount.hi.is_none();
    if found.amount.fixed().is_some()
        && let Some(before) = all.iter().find(open)
        && before.amount.measure == found.amount.measure
    {
        found.amount.lo = before.amount.lo;
        found.span.start = before.span.start;
    }
}

/// Whether two bounds of one direction stand one behind the other: `七万元以下九万元以下`. One of them is a slip, and nobody
/// can know which.
pub(super) fn contradicts(text: &str) -> bool {
    let all = amount::amounts(text);
    let upper = |one: &Found| one.amount.lo.is_none() && one.amount.hi.is_some();
    let lower = |one: &Found| one.amount.lo.is_some() && one.amount.hi.is_none();
    let adjoin = |two: &[Found]| two[0].span.end == two[1].span.start && two[0].amount.measure == two[1].amount.measure;
    let same = |two: &[Found]| two.iter().all(upper) || two.iter().all(lower);
    let reversed = |one: &Found| one.amount.lo.zip(one.amount.hi).is_some_and(|(lo, hi)| lo.value > hi.value);
    all.windows(2).any(|two| adjoin(two) && same(two)) || all.iter().any(reversed)
}

/// The addressee, or that of the column's heading.
fn or_of(addressee: Addressee, heading: &str) -> Addressee {
    let named = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    match addressee {
        Addressee::Any if named(&["直接责任人员", "直接负责"]) => Addressee::ResponsiblePerson,
        Addressee::Any if named(&["个人", "公民"]) => Addressee::Individual,
        Addressee::Any if named(&["单位", "企业", "法人"]) => Addressee::Organisation,
        known => known,
    }
}
