//! What 没收 takes.

use super::{Hit, Kind, object};
use crate::law::amount::Found;
use crate::law::sanction::PenaltyKind;
use std::ops::Range;

/// What gains are called.
const GAINS: [&str; 12] = [
    "违法所得",
    "非法所得",
    "违法收入",
    "非法收入",
    "违法获利",
    "非法获利",
    "所得收入",
    "违法所收",
    "所收费用",
    "收取的费用",
    "广告费用",
    "广告费",
];

/// Characters of somebody whose gains are taken, at most.
const OWNER_CHARS_MAX: usize = 20;

/// Whether words before 违法所得 may be whose they are: no list, and nothing that goods are called.
fn is_owner(words: &str) -> bool {
    let person = (2..=4).contains(&words.chars().count()) && !words.ends_with(['品', '物', '具', '料', '器', '车']);
    let firm = ["公司", "店", "厂", "社", "中心", "当事人", "单位", "你"]
        .iter()
        .any(|end| words.trim_end_matches('的').ends_with(end));
    // 没收无法退还的违法所得: what gains they are.
    let listed = words.contains(['、', '，', '和', '及', '与']);
    let which = words.ends_with('的') && !listed && !words.trim_end_matches('的').contains('的');
    which && words.chars().count() <= OWNER_CHARS_MAX
        || (person || firm)
            && words.chars().count() <= OWNER_CHARS_MAX
            && !words.contains(['、', '，', '和', '及', '与', '的'])
}

/// Reads what 没收 takes; gives the bytes of the object that are done with.
pub(super) fn confiscated(behind: &str, place: Range<usize>, found: &mut Vec<Hit>) -> usize {
    let object =
        object(behind, &["并处", "并可", "处以", "可以处", "处", "给予", "吊销", "罚款", "责令", "予以", "并"]);
    let span = place.start..place.end + object.len();
    if object.starts_with("财产") || object.contains("全部财产") || object.contains("部分财产") {
        found.push(Hit { kind: Kind::Penalty(PenaltyKind::ConfiscateProperty), span });
        return object.len();
    }
    let takes_gains = GAINS.iter().any(|word| object.contains(word));
    // 没收王某违法所得: whose they are is no object of its own.
    let led = GAINS.iter().filter_map(|word| object.find(word)).min().unwrap_or_default();
    let whose = object.get(..led).filter(|whose| is_owner(whose)).map_or(0, str::len);
    let mut rest = object[whose..].to_owned();
    for word in GAINS.iter().chain(&[
        "（大写）",
        "以及",
        "其",
        "全部",
        "和",
        "及",
        "、",
        "与",
        "的",
        "或者",
        "其他",
        "违法",
        "非法",
    ]) {
        rest = rest.replace(word, "");
    }
    if takes_gains {
        found.push(Hit { kind: Kind::Penalty(PenaltyKind::ConfiscateGains), span: span.clone() });
    }
    // 没收违法所得（大写）：叁佰元整: blanks stand where its colon was.
    let goods = rest.trim_start().chars().next().is_some_and(|c| {
        !c.is_ascii_digit() && !"人合共一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟￥¥元".contains(c)
    });
    if goods || !takes_gains {
        found.push(Hit { kind: Kind::Penalty(PenaltyKind::ConfiscateGoods), span });
    }
    object.len()
}

/// How money is called that is no gain.
const MONEY: [&str; 9] = ["酬金", "报酬", "赌资", "资金", "现金", "价款", "货款", "费用", "钱款"];
/// Longest words from 没收 to the sum it takes, in characters.
const TAKEN_CHARS: usize = 16;

/// The sum of money that 没收 takes itself: 没收5万元, 没收监理酬金12000元.
pub(super) fn object_amount(text: &str, hit: &Hit, amounts: &[Found]) -> Range<usize> {
    let before = amounts.iter().take_while(|found| found.span.end <= hit.span.start).count();
    let is_object = |found: &&Found| {
        let gap = text.get(hit.span.start..found.span.start).unwrap_or("-");
        let bare = matches!(gap.trim(), "没收" | "没收人民币" | "没收金额" | "没收款");
        let gap = gap.trim().trim_end_matches("人民币");
        let money = MONEY.iter().any(|word| gap.ends_with(word)) && !gap.contains(['、', '，', '和', '及']);
        found.amount.is_money() && (bare || money && gap.chars().count() <= TAKEN_CHARS)
    };
    if amounts.get(before).filter(is_object).is_some() { before..before + 1 } else { before..before }
}
