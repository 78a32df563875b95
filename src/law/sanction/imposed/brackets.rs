//! Sums in brackets behind the sum that they divide.

use super::clauses::Clause;
use super::{Imposed, PenaltyKind, Reader};
use std::ops::Range;

/// So many penalties in front of a bracket are looked at for the sum that it divides.
const WHOLE_MAX: usize = 4;

impl Reader<'_> {
    /// Sums in a bracket that are the parts of the sum in front of it: 罚款1万元（堵塞通道罚款6000元，设施损坏罚款4000元） is one fine; of 罚没 in one sum
    /// the parts count.
    pub(super) fn brackets(&mut self, clause: &Clause, before: usize) {
        let words = &self.text[clause.span.clone()];
        let mut from = 0;
        while let Some(open) = words[from..].find(['（', '(']).map(|at| from + at) {
            let close = words[open..].find(['）', ')']).map_or(words.len(), |at| open + at);
            from = close.max(open + 1);
            while !words.is_char_boundary(from) {
                from += 1;
            }
            self.bracket(clause.span.start + open..clause.span.start + close, before);
        }
    }

    fn bracket(&mut self, inside: Range<usize>, before: usize) {
        let own = self.found.get_mut(before..).unwrap_or_default();
        let at = own.partition_point(|one| one.span.start < inside.start);
        let (outside, rest) = own.split_at_mut(at);
        let of_one = |one: &Imposed, one_sum: bool| match one.kind {
            PenaltyKind::Fine => true,
            PenaltyKind::ConfiscateGains => one_sum,
            _ => false,
        };
        let Some(whole) = outside.iter_mut().rev().take(WHOLE_MAX).find(|one| one.amount_fen.is_some()) else { return };
        let one_sum = whole.kind == PenaltyKind::FineAndConfiscation;
        if !one_sum && whole.kind != PenaltyKind::Fine {
            return;
        }
        let parts: Vec<&mut Imposed> = rest
            .iter_mut()
            .take_while(|one| one.span.start < inside.end)
            .filter(|one| of_one(one, one_sum) && !one.repeats)
            .collect();
        let sums = parts.iter().map(|one| one.amount_fen).try_fold(0u64, |all, sum| all.checked_add(sum?));
        if parts.is_empty() || sums != whole.amount_fen {
            return;
        }
        if one_sum {
            whole.repeats = true;
            return;
        }
        for one in parts {
            one.repeats = true;
            self.fines_fen = self.fines_fen.saturating_sub(one.amount_fen.unwrap_or(0));
        }
    }
}
