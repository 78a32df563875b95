//! What the fines of a decision come to.

use super::{Imposed, PenaltyKind};

/// The fines of a decision in fen: every sum once, those that fall on several persons as often. 罚没 in one sum counts whole
/// where the text does not divide it (其中罚款…); 没收 of its own does not. `None` if there is no fine with a sum, or one whose
/// sum hangs on what is not told.
pub fn fines_fen(imposed: &[Imposed]) -> Option<u64> {
    if imposed.iter().any(|one| one.untold) {
        return None;
    }
    let fine =
        |one: &&Imposed| matches!(one.kind, PenaltyKind::Fine | PenaltyKind::FineAndConfiscation) && !one.repeats;
    let sums: Vec<u64> =
        imposed.iter().filter(fine).filter_map(|one| one.amount_fen?.checked_mul(one.heads.into())).collect();
    if sums.is_empty() { None } else { sums.iter().try_fold(0u64, |all, sum| all.checked_add(*sum)) }
}

/// As [`fines_fen`], but where a sum is fine and confiscation in one, only what is left of it without the gains told beside it
/// (没收违法所得300元，罚没款共计5300元); `None` if these are not told.
pub fn fines_alone_fen(imposed: &[Imposed]) -> Option<u64> {
    let mut whole = imposed
        .iter()
        .filter(|one| one.kind == PenaltyKind::FineAndConfiscation && !one.repeats && one.amount_fen.is_some());
    let Some(first) = whole.next().filter(|_| !imposed.iter().any(|one| one.untold)) else { return fines_fen(imposed) };
    let told = |one: &&Imposed| one.kind == PenaltyKind::ConfiscateGains;
    let other = |one: &Imposed| {
        one.party != first.party
            || one.kind == PenaltyKind::Fine
            || one.kind == PenaltyKind::ConfiscateGains && one.heads > 1
    };
    if whole.next().is_some() || first.heads > 1 || imposed.iter().any(other) || !imposed.iter().any(|one| told(&one)) {
        return None;
    }
    let gains = imposed.iter().filter(told).try_fold(0u64, |all, one| all.checked_add(one.amount_fen?))?;
    first.amount_fen?.checked_sub(gains).filter(|fine| *fine > 0)
}
