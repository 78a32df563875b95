//! Standards of fines that stand beside the word for the fine: 罚款额为每平方米…, 按照每人…的标准计算，处以罚款.

use super::{Modality, Penalty, PenaltyKind};
use crate::law::amount::Found;

/// Most amounts of a standard.
const AMOUNTS_MAX: usize = 8;
/// Longest words between 罚款额为 and what it is, in characters.
const STANDARD_CHARS: usize = 24;

/// Whether an amount is what a clause says a fine comes to: 罚款额为非法占用土地每平方米100元以上1000元以下.
pub(super) fn is_told(gap: &str) -> bool {
    let rest = gap.trim_start_matches(['数', '金']);
    ["额为", "额按", "额度为", "标准为", "幅度为"].iter().any(|word| rest.starts_with(word))
        && gap.chars().count() <= STANDARD_CHARS
}

/// Gives a fine without an amount the standard that the clause before told, with its 可以.
pub(super) fn give(words: &str, amounts: &[Found], penalties: &mut [Penalty]) {
    let fine = penalties.iter_mut().find(|one| one.kind == PenaltyKind::Fine);
    let Some(fine) = fine.filter(|one| one.amounts.is_empty()) else { return };
    fine.amounts = amounts.iter().take(AMOUNTS_MAX).cloned().collect();
    fine.modality = match (words.contains("可以"), words.contains('并')) {
        (true, true) => Modality::MayAlso,
        (true, false) => Modality::May,
        _ => fine.modality,
    };
}
