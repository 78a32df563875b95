//! D03 有效期缺失或者超期：有效期超过上限；所在省要求而没有规定有效期。
//!
//! # 检查什么
//!
//! “有效期……年”“有效期至……”超过设置的上限（暂行、试行另有上限）；设置为必须规定有效期而全文没有的。
//!
//! # 依据
//!
//! - 所在省行政规范性文件管理规定（上限由设置项 validity_years_max、trial_years_max、validity_required 给定）
//!
//! # 应报
//!
//! - `本办法自2025年1月1日起施行，有效期十年。`
//! - `本办法自2025年1月1日起施行，有效期至2034年12月31日。`
//! - `本办法自2025年1月1日起施行，试行五年。`
//! - `云溪县养犬管理办法（试行）⏎第一条 为了加强管理，制定本办法。⏎第二条 本办法自发布之日起施行，有效期五年。`
//!
//! # 不应报
//!
//! - `本办法自2025年8月1日起施行，有效期五年。`
//! - `本办法自2025年8月1日起施行，有效期至2030年7月31日。`
//! - `许可证有效期为十年，本办法有效期三年。`
//! - `本办法自2025年8月1日起施行，试行一年。`
//!
//! # 例外
//!
//! - 证照、许可的有效期。
//! - 规划、预案、机构设置文件。

use super::{Check, nothing};
use crate::law::history::first_date;
use crate::review::desk::Desk;
use crate::review::draft::Part;
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::words::pattern;
use crate::text::numerals;
use jiff::ToSpan;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D03",
    name: "有效期缺失或者超期",
    severity: Severity::Low,
    basis: BASIS,
    manual: include_str!("d03_validity.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[Basis::External(
    "所在省行政规范性文件管理规定（上限由设置项 validity_years_max、trial_years_max、validity_required 给定）",
)];

static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:施行|实施|执行|印发|本(?:办法|规定|意见|通知|方案|细则|文件|措施)~{0,6})[,]?~{0,8}有效期(?:限)?(?:为|是|:)?(?P<d>[0-9一二三四五六七八九十]+)年",
    )
});
/// 试行五年, 试行期为五年.
static TRIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern("(?:^|[,])~{0,12}(?:试行|暂行)(?:期|期限)?(?:为|是|:)?(?P<d>[0-9一二三四五六七八九十]+)年")
});
static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:施行|实施|执行|印发|本(?:办法|规定|意见|通知|方案|细则|文件|措施)~{0,6})[,]?~{0,8}有效期(?:限)?(?:截?至|到|截止(?:至|到)?)(?P<date>[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)",
    )
});
/// From when it applies: 自2025年1月1日起施行.
static FROM: LazyLock<Regex> =
    LazyLock::new(|| pattern("自(?P<date>[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)起(?:施行|实施|执行|生效)"));
static TOLD: LazyLock<Regex> = LazyLock::new(|| pattern("有效期|失效|试行(?:期|<数>年)|执行至|废止"));
/// Drafts shorter than so many sentences are pieces: they need not tell it.
const SENTENCES_MIN: usize = 4;

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let title = desk.draft.head.title.as_deref().unwrap_or_default();
    let trial = title.contains("试行") || title.contains("暂行");
    let limit = if trial { desk.settings.trial_years_max } else { desk.settings.validity_years_max };
    let mut found = Vec::new();
    let mut told = false;
    for sentence in desk.draft.sentences.iter().filter(|sentence| sentence.part == Part::Body) {
        if !desk.budget.spend(sentence.text.len()) {
            return found;
        }
        told |= TOLD.is_match(&sentence.text);
        if let Some((date, limit)) = UNTIL.captures(&sentence.text).and_then(|words| words.name("date")).zip(limit) {
            let begins = FROM.captures(&sentence.text).and_then(|words| first_date(words.name("date")?.as_str()));
            let begins = begins.or(desk.draft.day()).or(desk.draft.reviewed);
            if is_longer(begins, first_date(date.as_str()), limit) {
                let message = format!("有效期至“{}”，超过上限{limit}年，请核对所在省的规定。", date.as_str());
                found.push(finding(sentence.original(&date.range()), message));
            }
        }
        let trial = TRIAL.captures(&sentence.text).zip(desk.settings.trial_years_max);
        let Some((words, limit)) = YEARS.captures(&sentence.text).zip(limit).or(trial) else { continue };
        let Some(number) = words.name("d") else { continue };
        if numerals::parse(number.as_str()).is_some_and(|years| years > limit) {
            let message = format!("有效期“{}年”超过上限{limit}年，请核对所在省的规定。", number.as_str());
            found.push(finding(sentence.original(&number.range()), message));
        }
    }
    if desk.settings.validity_required && !told && desk.draft.sentences.len() >= SENTENCES_MIN {
        let span = desk.draft.head.title_span.clone().unwrap_or(0..0);
        found.push(finding(span, "全文没有规定有效期，请核对所在省的规定。".to_string()));
    }
    found
}

/// Whether more than so many years lie between two days.
fn is_longer(begins: Option<Date>, ends: Option<Date>, years: u64) -> bool {
    let latest = |begins: Date| begins.checked_add(i64::try_from(years).ok()?.years()).ok();
    begins.and_then(latest).zip(ends).is_some_and(|(latest, ends)| ends > latest)
}

fn finding(span: std::ops::Range<usize>, message: String) -> Found {
    Found {
        span,
        severity: None,
        confidence: Confidence::Medium,
        certain: false,
        message,
        suggestion: "按所在省的规定写明有效期。",
        evidence: Vec::new(),
    }
}
