//! Sums of money in columns of their own, and what stands under captions that no field takes.

use super::{Captions, Column, day, is_blank};
use crate::extract::tabular::flat;
use crate::text::fold::fold_str;

/// What stands under captions that no field takes: sums of money as a decision writes them (罚款金额（万元） 5.5 is 罚款5.5万元) where the
/// decision `told` names none itself, and the rest behind its captions.
pub(super) fn besides(captions: &Captions, cells: &[&str], told: &str) -> (Vec<String>, Vec<String>) {
    let (mut sums, mut others) = (Vec::new(), Vec::new());
    let names_sums = told.contains('元');
    for ((heading, column), cell) in captions.texts.iter().zip(&captions.columns).zip(cells) {
        let text = flat(cell);
        let is_kept = matches!(column, None | Some(Column::Other | Column::Sum | Column::Proposed))
            || *column == Some(Column::Date) && day(&text).is_none();
        if !is_kept || is_blank(&text) || heading == "序号" {
            continue;
        }
        let kinds = [
            ("罚款", "罚款"),
            ("没收违法所得", "没收违法所得"),
            ("没收", "没收"),
            ("罚没", "罚没款合计"),
            ("处罚金额", "罚款"),
            ("处罚数额", "罚款"),
        ];
        let mut kinds = kinds.into_iter().chain((*column == Some(Column::Sum)).then_some(("处罚", "罚款")));
        let unit = captions.unit.filter(|_| *column == Some(Column::Sum) || is_of_sum(heading));
        let sums_here = !names_sums && *column != Some(Column::Proposed);
        let kind = kinds.find(|(words, _)| heading.contains(words) && sums_here);
        // 没收金额 of a row that only takes gains is that of the gains.
        let gains = told.contains("没收违法所得") && !told.contains("财物") && !told.contains("没收非法");
        let kind = kind.map(|(_, kind)| if kind == "没收" && gains { "没收违法所得" } else { kind });
        match kind.and_then(|kind| sum(kind, heading, unit, &text)) {
            Some(told) => sums.push(told),
            _ if heading.is_empty() => others.push(text),
            _ => others.push(format!("{heading}：{text}")),
        }
    }
    (sums, others)
}

/// A sum in a cell below a caption that tells its kind, as a decision writes it: 5.5 below 罚款金额（万元）, 30,000, １万, 叁万元整.
/// `above` is the unit that stands above the table.
pub(super) fn sum(kind: &str, heading: &str, above: Option<&'static str>, cell: &str) -> Option<String> {
    let text: String = fold_str(cell).chars().filter(|c| !c.is_whitespace()).collect();
    if text.contains('元') {
        let says_itself = ["罚款", "没收"].iter().any(|word| text.contains(word));
        return Some(if says_itself { text } else { format!("{kind}{text}") });
    }
    let is_amount = ["金额", "数额"].iter().any(|word| heading.contains(word));
    let named = ["亿元", "万元", "千元", "元"].into_iter().find(|unit| heading.contains(unit));
    let unit = named.or(above).or(is_amount.then_some("元"))?;
    let text = text.trim_start_matches(['￥', '¥', '$']).to_string();
    let (number, scale) = text.strip_suffix('万').map_or((text.as_str(), unit), |number| (number, "万元"));
    let is_sum = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && number.chars().any(|c| matches!(c, '1'..='9'));
    is_sum.then(|| format!("{kind}{number}{scale}"))
}

/// Whether a caption says that a sum of money stands below it.
pub(super) fn is_of_sum(heading: &str) -> bool {
    ["金额", "数额", "罚款", "没收"].iter().any(|word| heading.contains(word))
}
