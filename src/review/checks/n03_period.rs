//! N03 缩短或者延长法定期限：听证、复议、诉讼、许可、处罚、缴款、查封扣押等期限偏离上位法。
//!
//! # 检查什么
//!
//! 缩短当事人的期限，或者延长行政机关的期限的句子。对当事人有利的偏离（承诺时限更短）不报。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第三十六条
//! - 《中华人民共和国行政处罚法》第六十条
//! - 《中华人民共和国行政处罚法》第六十一条
//! - 《中华人民共和国行政处罚法》第六十四条
//! - 《中华人民共和国行政处罚法》第六十七条第三款
//! - 《中华人民共和国行政处罚法》第八十五条
//! - 《中华人民共和国行政许可法》第三十二条
//! - 《中华人民共和国行政许可法》第四十二条
//! - 《中华人民共和国行政许可法》第四十四条
//! - 《中华人民共和国行政许可法》第四十七条
//! - 《中华人民共和国行政许可法》第五十条
//! - 《中华人民共和国行政许可法》第八十二条
//! - 《中华人民共和国行政强制法》第二十五条
//! - 《中华人民共和国行政复议法》第二十条
//! - 《中华人民共和国行政复议法》第六十二条
//! - 《中华人民共和国行政诉讼法》第四十六条
//! - 《中华人民共和国政府信息公开条例》第二十六条
//! - 《中华人民共和国政府信息公开条例》第三十三条
//! - 《中华人民共和国招标投标法》第二十四条
//! - 《中华人民共和国招标投标法》第四十六条第一款
//!
//! # 应报
//!
//! - `当事人要求听证的，应当在收到告知书之日起三日内提出书面听证申请。`
//! - `当事人不服的，可以自收到决定书之日起30日内申请行政复议，或者在三个月内提起行政诉讼。`
//! - `综合执法队可以先行扣押其经营工具，期限为60日。`
//! - `许可机关应当自受理之日起45个工作日内作出行政许可决定。`
//! - `当事人要求听证的，应当在行政机关告知后三日内提出。`
//! - `自受理行政许可申请之日起六十日内作出决定。`
//! - `准予许可的，应当在30日内颁发许可证。`
//! - `行政处罚决定书应当在十五日内送达当事人。`
//! - `违法行为的追责期限为三年。`
//! - `应当自受理施工许可申请之日起四十日内作出是否许可的决定。`
//! - `需要延续的，应当在经营许可有效期届满六十日前提出申请。`
//! - `收到政府信息公开申请的，应当在60个工作日内答复。`
//! - `行政处罚案件的办案期限为180日。`
//! - `自招标文件开始发出之日起至提交投标文件截止之日止，一般为十日。`
//! - `招标人和中标人应当自中标通知书发出之日起六十日内订立书面合同。`
//!
//! # 不应报
//!
//! - `当事人要求听证的，应当在行政机关告知后五个工作日内提出。`
//! - `承诺自受理之日起5个工作日内办结行政许可。`
//! - `对复议决定不服的，可以在十五日内提起诉讼。`
//! - `查封、扣押的期限不得超过三十日。`
//! - `准予许可的，应当在十日内颁发许可证。`
//! - `违法行为在二年内未被发现的，不再给予行政处罚。`
//! - `需要延续的，应当在经营许可有效期届满三十日前提出申请。`
//! - `收到政府信息公开申请的，应当在28日内答复。`
//! - `许可证有效期三年。`
//! - `自招标文件开始发出之日起至投标人提交投标文件截止之日止，最短不得少于二十日。`
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
use regex::Regex;
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
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第三十六条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第六十条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第六十一条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第六十四条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第六十七条第三款" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第八十五条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第三十二条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第四十二条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第四十四条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第四十七条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第五十条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第八十二条" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第二十五条" },
    Basis::Provision { title: "中华人民共和国行政复议法", place: "第二十条" },
    Basis::Provision { title: "中华人民共和国行政复议法", place: "第六十二条" },
    Basis::Provision { title: "中华人民共和国行政诉讼法", place: "第四十六条" },
    Basis::Provision { title: "中华人民共和国政府信息公开条例", place: "第二十六条" },
    Basis::Provision { title: "中华人民共和国政府信息公开条例", place: "第三十三条" },
    Basis::Provision { title: "中华人民共和国招标投标法", place: "第二十四条" },
    Basis::Provision { title: "中华人民共和国招标投标法", place: "第四十六条第一款" },
];

/// Which deviation is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// A shorter period takes from the party.
    Shorter,
    /// A longer one gives to the agency.
    Longer,
}

/// In which days the law counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Days {
    /// Working days that it calls 日: both are one.
    Working,
    /// Calendar days.
    Calendar,
    /// 工作日, so that seven calendar days are five.
    Workdays,
}

/// A period that the law sets.
struct Statutory {
    /// The words around it; groups `d` and `u` are number and unit.
    words: Regex,
    days: u64,
    counts: Days,
    wrong: Wrong,
    /// Words of the sentence with which it is another period.
    unless: &'static str,
    law: &'static str,
}

/// Number and unit.
const PERIOD: &str = r"(?P<d>[0-9一二三四五六七八九十百零〇两]+)(?:个)?(?P<u>工作日|日|天|月|年)";

static PERIODS: LazyLock<Vec<Statutory>> = LazyLock::new(|| {
    use Days::{Calendar, Workdays, Working};
    use Wrong::{Longer, Shorter};
    let rows = [
        (
            "(?:告知|通知|收到|送达|知道)[^;内]{0,24}?<期>(?:以)?内[^;内]{0,24}(?:提出|要求|申请)[^;内]{0,12}听证",
            5,
            Working,
            Shorter,
            "",
            "行政处罚法第六十四条规定为行政机关告知后五日（工作日）内",
        ),
        (
            "听证[^;]{0,30}(?:告知|告知书)后<期>(?:以)?内[^;内]{0,8}提出",
            5,
            Working,
            Shorter,
            "",
            "行政处罚法第六十四条规定为行政机关告知后五日（工作日）内",
        ),
        (
            "受理(?:行政复议)?申请之日起<期>(?:以)?内[^;内]{0,16}复议决定",
            60,
            Calendar,
            Longer,
            "",
            "行政复议法第六十二条规定为受理申请之日起六十日内",
        ),
        (
            "听证[^;内]{0,14}<期>前[^;内]{0,14}通知",
            7,
            Working,
            Shorter,
            "",
            "行政处罚法第六十四条规定为举行听证的七日（工作日）前",
        ),
        ("<期>(?:以)?内[^;内]{0,30}申请(?:行政)?复议", 60, Calendar, Shorter, "", "行政复议法第二十条规定为六十日内"),
        (
            "<期>(?:以)?内[^;内]{0,30}(?:提起行政诉讼|提起诉讼|起诉|向人民法院)",
            180,
            Calendar,
            Shorter,
            "复议决定|仲裁|劳动|民事|申请强制执行|申请人民法院",
            "行政诉讼法第四十六条规定为六个月内",
        ),
        (
            "受理(?:[^;,内日]{0,12}许可)?(?:申请)?之日起<期>(?:以)?内[^;内]{0,24}(?:作出|审核|审批|决定|核发|颁发|办结)",
            20,
            Working,
            Longer,
            "复议|听证|仲裁|工伤|处罚|信访|最低生活保障|裁决|纠纷",
            "行政许可法第四十二条规定为受理之日起二十日（工作日）内",
        ),
        (
            "(?:补正|材料不齐全)[^;内]{0,24}<期>(?:以)?内[^;内]{0,12}告知",
            5,
            Working,
            Longer,
            "复议|信息公开",
            "行政许可法第三十二条规定为五日（工作日）内一次告知",
        ),
        (
            "立案之日起<期>(?:以)?内[^;内]{0,24}(?:处罚决定|处理决定|结案)",
            90,
            Calendar,
            Longer,
            "",
            "行政处罚法第六十条规定为立案之日起九十日内",
        ),
        (
            "收到[^;内]{0,16}决定书[^;内]{0,10}?<期>(?:以)?内[^;内]{0,24}(?:缴纳|缴清)",
            15,
            Calendar,
            Shorter,
            "税",
            "行政处罚法第六十七条第三款规定为十五日内",
        ),
        (
            "(?:查封|扣押|扣留)[^;]{0,24}期限[^;]{0,10}?<期>",
            30,
            Calendar,
            Longer,
            "延长",
            "行政强制法第二十五条规定不得超过三十日，情况复杂的经批准可以延长三十日",
        ),
        (
            "(?:查封|扣押|扣留|暂扣)[^,;证照]{0,8}<期>",
            30,
            Calendar,
            Longer,
            "延长|许可证|执照|驾驶证|资格证",
            "行政强制法第二十五条规定不得超过三十日，情况复杂的经批准可以延长三十日",
        ),
        (
            "处罚决定书[^;内]{0,20}<期>(?:以)?内[^;内]{0,16}送达",
            7,
            Working,
            Longer,
            "",
            "行政处罚法第六十一条规定为七日（工作日）内送达",
        ),
        (
            "复议[^;]{0,20}受理[^;内]{0,14}<期>(?:以)?内[^;内]{0,20}作出",
            60,
            Calendar,
            Longer,
            "",
            "行政复议法第六十二条规定为受理申请之日起六十日内",
        ),
        (
            "(?:准予(?:行政)?许可|许可决定)[^;]{0,24}<期>(?:以)?内[^;内]{0,24}(?:颁发|发放|核发|发给|送达)",
            10,
            Working,
            Longer,
            "复议|受理",
            "行政许可法第四十四条规定为作出决定之日起十日（工作日）内颁发、送达证件",
        ),
        (
            "<期>(?:以)?内[^;内向]{0,12}(?:颁发|核发|发放|发给)[^;内]{0,6}(?:许可证|许可证件|证照)",
            10,
            Working,
            Longer,
            "受理|收到|申请之日|复议",
            "行政许可法第四十四条规定为作出决定之日起十日（工作日）内颁发、送达证件",
        ),
        (
            "许可证件?[^;内]{0,16}<期>(?:以)?内[^;内]{0,6}(?:颁发|发放|核发|送达)",
            10,
            Working,
            Longer,
            "受理|收到|申请之日|复议",
            "行政许可法第四十四条规定为作出决定之日起十日（工作日）内颁发、送达证件",
        ),
        (
            "(?:申请|要求)(?:举行)?听证的?[^;内]{0,12}<期>(?:以)?内[^;内]{0,8}提出",
            5,
            Working,
            Shorter,
            "听证会|立法|价格",
            "行政处罚法第六十四条、行政许可法第四十七条规定为五日（工作日）内",
        ),
        (
            "<期>(?:以)?内[^;内]{0,10}作出[^;内]{0,10}许可[^;内]{0,6}决定",
            20,
            Working,
            Longer,
            "延长|联合|集中|统一办理|复议|听证|检验|受理",
            "行政许可法第四十二条规定为受理之日起二十日（工作日）内",
        ),
        (
            "许可[^;]{0,30}(?:联合|集中|统一)办理[^;]{0,30}<期>(?:以)?内",
            45,
            Working,
            Longer,
            "延长|复议",
            "行政许可法第四十二条第二款规定为不超过四十五日（工作日）",
        ),
        (
            "(?:许可|许可证|资质|资格)[^;内]{0,10}有效期(?:限)?届满(?:的)?[,]?(?:应当)?(?:在|于)?(?:有效期)?(?:届满)?前?<期>(?:以)?前[^;内]{0,20}(?:提出|申请)",
            30,
            Calendar,
            Longer,
            "内",
            "行政许可法第五十条规定为有效期届满三十日前提出，法律、法规、规章另有规定的除外",
        ),
        (
            "许可[^;]{0,40}延长[^;]{0,6}<期>",
            10,
            Working,
            Longer,
            "信息公开|有效期|联合|集中|统一办理",
            "行政许可法第四十二条规定可以延长十日（工作日）",
        ),
        (
            "<期>(?:以)?内[^;内]{0,10}一次(?:性)?告知",
            5,
            Working,
            Longer,
            "复议|信息公开",
            "行政许可法第三十二条规定为五日（工作日）内一次告知",
        ),
        (
            "<期>(?:以)?内[^;内]{0,12}处罚决定书[^;内]{0,10}送达",
            7,
            Working,
            Longer,
            "",
            "行政处罚法第六十一条规定为七日（工作日）内送达",
        ),
        (
            "违法行为[^;]{0,14}<期>(?:以)?内?[^;内]{0,6}(?:未被发现|未发现)|(?:追责|追究|追诉|处罚)(?:期限|时效)[^;内]{0,8}<期2>",
            730,
            Calendar,
            Longer,
            "生命健康|金融安全|税|治安|工作人员|干部|立案",
            "行政处罚法第三十六条规定为二年",
        ),
        (
            "(?:生命健康|金融安全)[^;]{0,40}(?:期限|时效|延长)[^;]{0,8}<期>",
            1825,
            Calendar,
            Longer,
            "",
            "行政处罚法第三十六条规定为五年",
        ),
        (
            "(?:信息公开|公开申请|公开政府信息)[^;]{0,24}<期>(?:以)?内[^;内]{0,16}(?:答复|回复|作出|办结)",
            20,
            Workdays,
            Longer,
            "延长|征求第三方|年度报告|复议",
            "政府信息公开条例第三十三条规定为二十个工作日内",
        ),
        (
            "形成(?:或者变更)?之日起<期>(?:以)?内[^;内]{0,10}公开",
            20,
            Workdays,
            Longer,
            "",
            "政府信息公开条例第二十六条规定为二十个工作日内",
        ),
        (
            "(?:复议申请|申请(?:行政)?复议)的?期限[^;]{0,6}<期>",
            60,
            Calendar,
            Shorter,
            "",
            "行政复议法第二十条规定为六十日内",
        ),
        (
            "<期>(?:以)?内[^;内]{0,20}(?:提出|申请|要求)(?:举行|组织)?听证|(?:听证申请|申请听证|要求听证)的?期限[^;]{0,6}<期2>",
            5,
            Working,
            Shorter,
            "听证会|立法|价格|申请听证之日|听证申请之日|组织听证",
            "行政处罚法第六十四条、行政许可法第四十七条规定为五日（工作日）内",
        ),
        (
            "(?:办案|案件办理|办理案件)(?:的)?期限[^;]{0,6}<期>|处罚案件[^;内]{0,16}<期2>(?:以)?内[^;内]{0,10}(?:办结|结案|作出)",
            90,
            Calendar,
            Longer,
            "仲裁|法院|信访|治安|投诉|劳动|复议|刑事|延长",
            "行政处罚法第六十条规定为立案之日起九十日内",
        ),
        (
            "招标文件[^;]{0,16}(?:发出|发售)[^;]{0,24}(?:截止|止)[^;]{0,14}<期>",
            20,
            Calendar,
            Shorter,
            "谈判|磋商|询价|可以不进行招标|澄清|修改",
            "招标投标法第二十四条规定依法必须招标的项目最短不得少于二十日",
        ),
        (
            "中标通知书[^;内]{0,12}之日起<期>(?:以)?内[^;内]{0,14}(?:订立|签订)",
            30,
            Calendar,
            Longer,
            "",
            "招标投标法第四十六条规定为中标通知书发出之日起三十日内",
        ),
    ];
    rows.into_iter().map(statutory).collect()
});

/// Words around a period, its days, how they are counted, which deviation is one, words with which it is another, the law.
type Row = (&'static str, u64, Days, Wrong, &'static str, &'static str);

fn statutory((words, days, counts, wrong, unless, law): Row) -> Statutory {
    // What stands before a number is taken as short as can be, or it eats the first digits: 十五日.
    let lazy = words.replace("}<期", "}?<期");
    let second = PERIOD.replace("<d>", "<d2>").replace("<u>", "<u2>");
    let written = lazy.replace("<期>", PERIOD).replace("<期2>", &second);
    Statutory { words: pattern(&written), days, counts, wrong, unless, law }
}

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
    let (number, unit) = (words.name("d").or(words.name("d2"))?, words.name("u").or(words.name("u2"))?);
    let days = days(number.as_str(), unit.as_str(), period.counts)?;
    let deviates = match period.wrong {
        Wrong::Shorter => days < period.days,
        Wrong::Longer => days > period.days,
    };
    let range = number.start()..unit.end();
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
fn days(number: &str, unit: &str, counts: Days) -> Option<u64> {
    let number = numerals::parse(number)?;
    match (unit, counts) {
        ("工作日", Days::Calendar) => number.checked_mul(7).map(|days| days / 5),
        ("日" | "天", Days::Workdays) => number.checked_mul(5).map(|days| days / 7),
        ("月", _) => number.checked_mul(30),
        ("年", _) => number.checked_mul(365),
        _ => Some(number),
    }
}
