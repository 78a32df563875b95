//! N03 缩短或者延长法定期限：听证、复议、诉讼、许可、处罚、缴款、查封扣押等期限偏离上位法。
//!
//! # 检查什么
//!
//! 缩短当事人的期限，或者延长行政机关的期限的句子。对当事人有利的偏离（承诺时限更短）不报。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第六十条
//! - 《中华人民共和国行政处罚法》第六十一条
//! - 《中华人民共和国行政处罚法》第六十四条
//! - 《中华人民共和国行政处罚法》第六十七条第三款
//! - 《中华人民共和国行政处罚法》第八十五条
//! - 《中华人民共和国行政许可法》第三十二条
//! - 《中华人民共和国行政许可法》第四十二条
//! - 《中华人民共和国行政许可法》第八十二条
//! - 《中华人民共和国行政强制法》第二十五条
//! - 《中华人民共和国行政复议法》第二十条
//! - 《中华人民共和国行政复议法》第六十二条
//! - 《中华人民共和国行政诉讼法》第四十六条
//!
//! # 应报
//!
//! - `当事人要求听证的，应当在收到告知书之日起三日内提出书面听证申请。`
//! - `当事人不服的，可以自收到决定书之日起30日内申请行政复议，或者在三个月内提起行政诉讼。`
//! - `综合执法队可以先行扣押其经营工具，期限为60日。`
//! - `许可机关应当自受理之日起45个工作日内作出行政许可决定。`
//! - `当事人要求听证的，应当在行政机关告知后三日内提出。`
//! - `自受理行政许可申请之日起六十日内作出决定。`
//!
//! # 不应报
//!
//! - `当事人要求听证的，应当在行政机关告知后五个工作日内提出。`
//! - `承诺自受理之日起5个工作日内办结行政许可。`
//! - `对复议决定不服的，可以在十五日内提起诉讼。`
//! - `查封、扣押的期限不得超过三十日。`
//!
//! # 例外
//!
//! - 治安、海关、税收等特别法另有规定的期限。
//! - 行政处罚法第六十条允许规章另行规定办案期限。

use super::{Check, nothing};
use crate::review::desk::Desk;
use crate::review::draft::{Part, Sentence};
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::words::pattern;
use crate::text::numerals;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "N03",
    name: "缩短或者延长法定期限",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("n03_period.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第六十条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第六十一条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第六十四条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第六十七条第三款" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第八十五条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第三十二条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第四十二条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第八十二条" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第二十五条" },
    Basis::Provision { title: "中华人民共和国行政复议法", place: "第二十条" },
    Basis::Provision { title: "中华人民共和国行政复议法", place: "第六十二条" },
    Basis::Provision { title: "中华人民共和国行政诉讼法", place: "第四十六条" },
];

/// Which deviation is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// A shorter period takes from the party.
    Shorter,
    /// A longer one gives to the agency.
    Longer,
}

/// A period that the law sets.
struct Statutory {
    /// The words around it; groups `d` and `u` are number and unit.
    words: Regex,
    days: u64,
    /// Whether the law counts working days, so that 日 and 工作日 are one.
    working: bool,
    wrong: Wrong,
    /// Words of the sentence with which it is another period.
    unless: &'static str,
    law: &'static str,
}

/// Number and unit.
const PERIOD: &str = r"(?P<d>[0-9一二三四五六七八九十百零〇两]+)(?:个)?(?P<u>工作日|日|天|月|年)";

static PERIODS: LazyLock<Vec<Statutory>> = LazyLock::new(|| {
    use Wrong::{Longer, Shorter};
    let rows = [
        (
            "(?:告知|通知|收到|送达|知道)[^;内]{0,24}?<期>(?:以)?内[^;内]{0,24}(?:提出|要求|申请)[^;内]{0,12}听证",
            5,
            true,
            Shorter,
            "",
            "行政处罚法第六十四条规定为行政机关告知后五日（工作日）内",
        ),
        (
            "听证[^;]{0,30}(?:告知|告知书)后<期>(?:以)?内[^;内]{0,8}提出",
            5,
            true,
            Shorter,
            "",
            "行政处罚法第六十四条规定为行政机关告知后五日（工作日）内",
        ),
        (
            "受理(?:行政复议)?申请之日起<期>(?:以)?内[^;内]{0,16}复议决定",
            60,
            false,
            Longer,
            "",
            "行政复议法第六十二条规定为受理申请之日起六十日内",
        ),
        (
            "听证[^;内]{0,14}<期>前[^;内]{0,14}通知",
            7,
            true,
            Shorter,
            "",
            "行政处罚法第六十四条规定为举行听证的七日（工作日）前",
        ),
        ("<期>(?:以)?内[^;内]{0,30}申请(?:行政)?复议", 60, false, Shorter, "", "行政复议法第二十条规定为六十日内"),
        (
            "<期>(?:以)?内[^;内]{0,30}(?:提起行政诉讼|提起诉讼|起诉|向人民法院)",
            180,
            false,
            Shorter,
            "复议决定|仲裁|劳动|民事|申请强制执行|申请人民法院",
            "行政诉讼法第四十六条规定为六个月内",
        ),
        (
            "受理(?:(?:行政)?许可)?(?:申请)?之日起<期>(?:以)?内[^;内]{0,24}(?:作出|审核|审批|决定|核发|颁发|办结)",
            20,
            true,
            Longer,
            "复议|听证|仲裁|工伤|处罚",
            "行政许可法第四十二条规定为受理之日起二十日（工作日）内",
        ),
        (
            "(?:补正|材料不齐全)[^;内]{0,24}<期>(?:以)?内[^;内]{0,12}告知",
            5,
            true,
            Longer,
            "复议",
            "行政许可法第三十二条规定为五日（工作日）内一次告知",
        ),
        (
            "立案之日起<期>(?:以)?内[^;内]{0,24}(?:处罚决定|处理决定|结案)",
            90,
            false,
            Longer,
            "",
            "行政处罚法第六十条规定为立案之日起九十日内",
        ),
        (
            "收到[^;内]{0,16}决定书[^;内]{0,10}?<期>(?:以)?内[^;内]{0,24}(?:缴纳|缴清)",
            15,
            false,
            Shorter,
            "税",
            "行政处罚法第六十七条第三款规定为十五日内",
        ),
        (
            "(?:查封|扣押|扣留)[^;]{0,24}期限[^;]{0,10}?<期>",
            30,
            false,
            Longer,
            "延长",
            "行政强制法第二十五条规定不得超过三十日，情况复杂的经批准可以延长三十日",
        ),
        (
            "(?:查封|扣押|扣留|暂扣)[^,;证照]{0,8}<期>",
            30,
            false,
            Longer,
            "延长|许可证|执照|驾驶证|资格证",
            "行政强制法第二十五条规定不得超过三十日，情况复杂的经批准可以延长三十日",
        ),
        (
            "处罚决定书[^;内]{0,20}<期>(?:以)?内[^;内]{0,16}送达",
            7,
            true,
            Longer,
            "",
            "行政处罚法第六十一条规定为七日（工作日）内送达",
        ),
        (
            "复议[^;]{0,20}受理[^;内]{0,14}<期>(?:以)?内[^;内]{0,20}作出",
            60,
            false,
            Longer,
            "",
            "行政复议法第六十二条规定为受理申请之日起六十日内",
        ),
    ];
    let row = |(words, days, working, wrong, unless, law): (&str, u64, bool, Wrong, &'static str, &'static str)| {
        Statutory { words: pattern(&words.replace("<期>", PERIOD)), days, working, wrong, unless, law }
    };
    rows.into_iter().map(row).collect()
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in desk.draft.sentences.iter().filter(|sentence| sentence.part == Part::Body) {
        if !desk.budget.spend(sentence.text.len().saturating_mul(PERIODS.len())) {
            break;
        }
        let mut of_sentence: Vec<Found> = PERIODS.iter().filter_map(|period| deviation(sentence, period)).collect();
        of_sentence.dedup_by(|one, other| one.span == other.span);
        found.extend(of_sentence);
    }
    found
}

/// The period of a sentence, if it deviates to the wrong side.
fn deviation(sentence: &Sentence, period: &Statutory) -> Option<Found> {
    let words = period.words.captures(&sentence.text)?;
    let others = period.unless.split('|').filter(|word| !word.is_empty());
    if others.into_iter().any(|word| sentence.text.contains(word)) {
        return None;
    }
    let days = days(&words, period.working)?;
    let deviates = match period.wrong {
        Wrong::Shorter => days < period.days,
        Wrong::Longer => days > period.days,
    };
    let range = words.name("d")?.start()..words.name("u")?.end();
    deviates.then(|| Found {
        span: sentence.original(&range),
        severity: None,
        confidence: Confidence::High,
        certain: false,
        message: format!("本句规定期限为“{}”，{}，请核对。", sentence.words(&range), period.law),
        suggestion: "按法定期限修改；特别法另有规定的，写明依据。",
        evidence: Vec::new(),
    })
}

/// The days of a period, in the days that the law counts: seven calendar days have five working days.
fn days(words: &Captures<'_>, working: bool) -> Option<u64> {
    let number = numerals::parse(words.name("d")?.as_str())?;
    let factor = match words.name("u")?.as_str() {
        "月" => 30,
        "年" => 365,
        "工作日" if !working => return number.checked_mul(7).map(|days| days / 5),
        _ => 1,
    };
    number.checked_mul(factor)
}
