//! P08 程序和期限：没有告知、没有告知听证，办案、听证、送达、缴款期限和追责时效不符。
//!
//! # 检查什么
//!
//! 普通程序的决定：决定前是否告知陈述、申辩权；吊销、停业、较大数额罚款等是否告知听证权，申请听证的五日是否届满；立案至决定是否超过九十日
//! （2021年7月15日起）；决定至送达是否明显超过七日；告知的缴款期限是否少于十五日，加处罚款是否每日百分之三；行为至发现是否超过二年、五年；
//! 各步骤的日期是否先后矛盾。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第三十六条
//! - 《中华人民共和国行政处罚法》第四十四条
//! - 《中华人民共和国行政处罚法》第六十条
//! - 《中华人民共和国行政处罚法》第六十一条
//! - 《中华人民共和国行政处罚法》第六十三条
//! - 《中华人民共和国行政处罚法》第六十四条
//! - 《中华人民共和国行政处罚法》第六十七条第三款
//! - 《中华人民共和国行政处罚法》第七十二条第一款第一项
//! - 《中华人民共和国行政处罚法》（2017年修正）
//!
//! # 应报
//!
//! - 告知：`本案现已审理终结。`
//! - 立案：`2023年1月9日，本局予以立案。`
//! - 履行：`当事人应当自收到本决定书之日起十日内，将罚款缴至指定银行。`
//! - 履行：`当事人应当自收到本决定书之日起十五日内，将罚款缴至指定银行；逾期不缴纳的，每日按罚款数额的百分之五加处罚款。`
//!
//! # 不应报
//!
//! - 立案：`2024年3月8日，本局予以立案。`
//! - 履行：`当事人应当自收到本决定书之日起15日内，将罚款缴至指定银行；逾期不缴纳的，每日按罚款数额的3%加处罚款。`
//! - 立案：`2023年11月9日，本局予以立案，后因鉴定中止调查，并依法延长办案期限。`
//!
//! # 例外
//!
//! - 法律、法规、规章对办案期限另有规定，经批准延长，检验、鉴定、听证、公告期间不计入的。
//! - 较大数额罚款的标准以部门和地方的规定为准；这里以个人一万元、单位十万元为准提示。
//! - 行为有连续或者继续状态的，从终了之日起算。

use super::answers::is_whole;
use super::era::Rule;
use super::periods::{self, period};
use super::{DecisionCheck, Desk, Form, OLD_PENALTY_LAW, PENALTY_LAW, likely};
use crate::law::case_fields::Domain;
use crate::law::sanction::{Addressee, FEN_A_YUAN, PenaltyKind, fines_fen};
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::words::pattern;
use crate::text::numerals;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: DecisionCheck = DecisionCheck {
    code: "P08",
    name: "程序和期限",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("p08_procedure.rs"),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: PENALTY_LAW, place: "第三十六条" },
    Basis::Provision { title: PENALTY_LAW, place: "第四十四条" },
    Basis::Provision { title: PENALTY_LAW, place: "第六十条" },
    Basis::Provision { title: PENALTY_LAW, place: "第六十一条" },
    Basis::Provision { title: PENALTY_LAW, place: "第六十三条" },
    Basis::Provision { title: PENALTY_LAW, place: "第六十四条" },
    Basis::Provision { title: PENALTY_LAW, place: "第六十七条第三款" },
    Basis::Provision { title: PENALTY_LAW, place: "第七十二条第一款第一项" },
    OLD_PENALTY_LAW,
];

const NOTICE: &str = "补查告知、陈述申辩、听证的材料；未依法告知的，不得作出处罚决定。";
const PERIODS: &str = "核对各步骤的日期和期限；有延长、中止、扣除的，写明依据和批准。";

/// Days from filing to decision (2021 version, article 60).
const FILED_DAYS_MAX: i64 = 90;
/// Seven working days (article 85) with two weekends and the longest holiday.
const SERVICE_DAYS_MAX: i64 = 19;

static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("告知书|事先告知|权利告知|陈述|申辩|听证|告知(?:了)?(?:当事人|你|被处罚人)").expect("a constant pattern")
});
/// Why more than ninety days may be right.
static LONGER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("延长|延期|中止|顺延|扣除|不计入|鉴定|检验|检测|公告|听证会|集体讨论决定继续")
        .expect("a constant pattern")
});
/// Why an act may not have ended.
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("连续|继续|持续|至今|仍|截至|截止|正在|当场|现场发现|尚未|一直|以来|案发|起至|陆续|占用|占地|搭建|违法建|擅自建|堆放")
        .expect("a constant pattern")
});
static PAY: LazyLock<Regex> =
    LazyLock::new(|| period("(?:收到|送达|接到)[^;内]{0,30}?<期>(?:之|以)?内[^;内]{0,40}?(?:缴|交至|交到|交纳|履行)"));
static SURCHARGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:每日|按日|每天)[^;]{0,30}?(?:(?P<unit>百分之|千分之|万分之)(?P<n>[0-9.一二三四五六七八九十]+)|(?P<p>[0-9.]+)%)[^;]{0,12}加处|加处[^;]{0,12}(?:每日|按日|每天)[^;]{0,16}?(?:(?P<unit2>百分之|千分之|万分之)(?P<n2>[0-9.一二三四五六七八九十]+)|(?P<p2>[0-9.]+)%)",
    )
});

fn judge(desk: &Desk<'_>) -> Vec<Found> {
    if !is_whole(desk.decision) {
        return Vec::new();
    }
    let mut found: Vec<Found> = Vec::new();
    if desk.decision.form == Form::Ordinary {
        let checks = [notice, hearing, waited, filed, limitation, order];
        found.extend(checks.iter().filter_map(|check| check(desk)));
    }
    found.extend([service, payment, surcharge].iter().filter_map(|check| check(desk)));
    found
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

fn notice(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    if TOLD.is_match(decision.text()) {
        return None;
    }
    let message = format!(
        "涉嫌：决定书没有写明决定前已经告知处罚内容、事实、理由、依据和陈述、申辩权（{}），请核对案卷。",
        decision.era.cite(Rule::Notice)
    );
    // It need not stand in the decision, only in the file.
    Some(Found { severity: Some(Severity::Medium), ..likely(decision.ordered(), message, NOTICE) })
}

fn hearing(desk: &Desk<'_>) -> Option<Found> {
    use PenaltyKind::{
        CloseDown, Disqualification, LowerQualification, RestrictPractice, RevokeLicence, SuspendBusiness,
    };
    let decision = desk.decision;
    let new = decision.era.is_new();
    let grave = decision.record.penalties.iter().find(|one| match one.kind {
        RevokeLicence | SuspendBusiness => true,
        LowerQualification | CloseDown | RestrictPractice | Disqualification => new,
        _ => false,
    });
    let large = || {
        let sum = fines_fen(&decision.record.penalties)?;
        let large = match decision.addressee() {
            Some(Addressee::Individual) => desk.settings.large_fine_person_yuan,
            _ => desk.settings.large_fine_unit_yuan,
        };
        decision.fines().next().filter(|_| sum / FEN_A_YUAN >= large).map(|(one, _)| one)
    };
    if decision.text().contains("听证") || !TOLD.is_match(decision.text()) {
        return None;
    }
    let rule = decision.era.cite(Rule::Hearing);
    let (one, what) = match grave {
        Some(one) => (one, format!("“{}”应当告知听证权", one.kind.chinese())),
        None => (large()?, "较大数额罚款应当告知听证权，数额标准以部门和地方的规定为准".to_string()),
    };
    let message = format!("涉嫌：决定书没有写明告知当事人有要求听证的权利；{what}（{rule}），请核对案卷。");
    let confidence = if grave.is_some() { Confidence::Medium } else { Confidence::Low };
    Some(Found { confidence, ..likely(one.span.clone(), message, NOTICE) })
}

/// Whether the decision waited until no hearing could be asked for: five working days (three before 2021) are more days than that.
fn waited(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    let (noticed, decided) = (decision.days.noticed.as_ref()?, decision.days.decided.as_ref()?);
    let days = days_between(noticed.date, decided.date);
    let period = if decision.era.is_new() { 5 } else { 3 };
    let text = decision.text();
    let waived = ["放弃", "不要求听证", "不申请听证", "不需要听证", "无异议", "没有异议", "不陈述", "不进行陈述"];
    if !text.contains("听证") || !(0..=period).contains(&days) || waived.iter().any(|word| text.contains(word)) {
        return None;
    }
    let message = format!(
        "涉嫌：{}告知，{}作出决定，相隔{days}日，当事人要求听证的{period}日期限（工作日）可能没有届满（{}），请核对。",
        noticed.date,
        decided.date,
        decision.era.cite(Rule::HearingPeriod)
    );
    Some(Found { severity: Some(Severity::Medium), ..likely(noticed.span.clone(), message, NOTICE) })
}

fn filed(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    let (filed, decided) = (decision.days.filed.as_ref()?, decision.days.decided.as_ref()?);
    let days = days_between(filed.date, decided.date);
    if !decision.era.is_new() || days <= FILED_DAYS_MAX {
        return None;
    }
    let longer = LONGER.is_match(decision.text());
    // What is told about why may be right; nobody can count it from the text.
    if longer {
        return None;
    }
    let message = format!(
        "涉嫌：{}立案，{}作出决定，共{days}日，超过九十日（《中华人民共和国行政处罚法》（2021年修订）第六十条；法律、法规、规章另有规定的除外），请核对。",
        filed.date, decided.date
    );
    Some(Found { severity: Some(Severity::Medium), ..likely(filed.span.clone(), message, PERIODS) })
}

fn service(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    let (decided, served) = (decision.days.decided.as_ref()?, decision.days.served.as_ref()?);
    let days = days_between(decided.date, served.date);
    if days <= SERVICE_DAYS_MAX || decision.text().contains("公告") {
        return None;
    }
    let message = format!(
        "涉嫌：{}作出决定，{}送达，超过七日（工作日）（{}），请核对。",
        decided.date,
        served.date,
        decision.era.cite(Rule::Service)
    );
    Some(Found { severity: Some(Severity::Low), ..likely(served.span.clone(), message, PERIODS) })
}

fn payment(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    let fined = decision.record.penalties.iter().any(|one| one.kind == PenaltyKind::Fine);
    let told = periods::all(decision, &PAY).find(|told| told.days() < 15)?;
    let own = told.sentence.text();
    if !fined || own.contains("税") || own.contains("改正") || !own.contains('缴') && !own.contains("罚款") {
        return None;
    }
    let message = format!(
        "涉嫌：决定书给当事人缴纳罚款的期限是{}，{}规定为收到决定书之日起十五日内，请核对。",
        told.words(),
        decision.era.cite(Rule::Payment)
    );
    Some(Found { severity: Some(Severity::Medium), ..likely(told.span.clone(), message, PERIODS) })
}

fn surcharge(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    decision.sentences.iter().find_map(|sentence| {
        let words = SURCHARGE.captures(sentence.text())?;
        let number = |group| words.name(group).map(|own: regex::Match<'_>| own.as_str());
        let percent = number("p").or(number("p2"));
        let unit = number("unit").or(number("unit2")).unwrap_or("百分之");
        let told = percent.or(number("n")).or(number("n2"))?;
        let is_three = unit == "百分之"
            && (told.trim_end_matches('0').trim_end_matches('.') == "3" || numerals::parse(told) == Some(3));
        // A number that cannot be read is not judged.
        let readable = numerals::parse(told).is_some() || told.parse::<f64>().is_ok();
        let range = words.get(0)?.range();
        let message = format!(
            "涉嫌：加处罚款的比例不是每日百分之三（{}），请核对；加处罚款不得超出罚款数额。",
            decision.era.cite(Rule::Surcharge)
        );
        (!is_three && readable).then(|| Found {
            severity: Some(Severity::Medium),
            confidence: Confidence::High,
            ..likely(sentence.original(range), message, PERIODS)
        })
    })
}

/// Whether the act was found too late: the last day that the facts tell lies more than two (five) years before the first step.
fn limitation(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    let (act, found) = (decision.days.last_act()?, decision.days.found.as_ref()?);
    if GOES_ON.is_match(decision.text()) {
        return None;
    }
    let dangerous = decision.record.fields.domain.as_ref().is_some_and(|read| {
        use Domain::{Drugs, Environment, Finance, Fire, Food, Health, Safety};
        matches!(read.value, Food | Drugs | Safety | Finance | Fire | Health | Environment)
    });
    let years = if dangerous && decision.era.is_new() { 5 } else { 2 };
    let end = act.date.checked_add(jiff::Span::new().years(years)).ok()?;
    if found.date <= end {
        return None;
    }
    let message = format!(
        "涉嫌：事实部分最后的日期是{}，{}才发现，超过{}年的追责时效（{}），请核对行为终了和发现的时间。",
        act.date,
        found.date,
        if years == 2 { "二" } else { "五" },
        decision.era.cite(Rule::Limitation)
    );
    Some(Found {
        severity: Some(Severity::Medium),
        confidence: Confidence::Low,
        ..likely(act.span.clone(), message, PERIODS)
    })
}

/// Steps that follow each other cannot lie the other way round.
fn order(desk: &Desk<'_>) -> Option<Found> {
    let days = &desk.decision.days;
    let decided = days.decided.as_ref()?;
    let late = [("立案", &days.filed), ("告知", &days.noticed), ("听证", &days.heard)]
        .into_iter()
        .filter_map(|(name, day)| Some((name, day.as_ref()?)))
        .find(|(_, day)| day.date > decided.date && !day.span.is_empty());
    let (name, day) = late?;
    let message = format!("涉嫌：{name}的日期（{}）晚于作出决定的日期（{}），请核对日期。", day.date, decided.date);
    Some(Found { severity: Some(Severity::Medium), ..likely(day.span.clone(), message, PERIODS) })
}
