//! D04 施行日期早于成文日期或者溯及既往：施行日期早于成文（审查）日期，或者明文溯及既往。
//!
//! # 检查什么
//!
//! “自……起施行”的日期早于落款日期；没有落款的，早于计划施行日；都没有的，早于审查日两年以上（送审的草案不会更早；有标题而早于三年的
//! 是旧文件）。“追溯适用”、本办法施行前的行为参照本办法处理的句子。
//!
//! # 依据
//!
//! - 《中华人民共和国立法法》第一百零四条
//! - 《规章制定程序条例》第三十二条
//!
//! # 应报
//!
//! - `本办法自2020年1月1日起施行。⏎⏎云溪县人民政府⏎2025年6月1日`
//! - `本办法追溯适用于2023年以来的违法建设。`
//! - `对2025年以来的违法建设，按照本办法处理。`
//! - `本办法施行前的违法行为，参照本办法处理。`
//!
//! # 不应报
//!
//! - `本办法自公布之日起施行。`
//! - `本办法施行前已经取得许可的，继续有效。`
//! - `本办法施行前的行为，不适用本办法。`
//! - `本办法不溯及既往。`
//! - `补贴自2025年1月1日起计发。⏎云溪县人民政府⏎2025年6月1日`
//! - `本办法自2025年7月1日起施行。⏎云溪县人民政府⏎2025年6月1日`
//!
//! # 例外
//!
//! - 为了更好地保护当事人权益的特别规定。
//! - 不得溯及既往的表述。

use super::{Check, nothing};
use crate::law::history::first_date;
use crate::review::desk::Desk;
use crate::review::draft::Part;
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::guards::{Place, Ruling, prohibition};
use crate::review::words::pattern;
use jiff::ToSpan;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D04",
    name: "施行日期早于成文日期或者溯及既往",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("d04_effective_date.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国立法法", place: "第一百零四条" },
    Basis::Provision { title: "规章制定程序条例", place: "第三十二条" },
];

/// A draft that tells no day of its own is not older than so many years when it is reviewed; what applies since longer is an old
/// document whose day was not found, if it has a title.
const AGE_YEARS: i64 = 2;
const OLD_YEARS: i64 = 3;

static APPLIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:^|本(?:办法|规定|意见|通知|方案|细则|实施细则|文件|措施|公告|通告|制度)~{0,6}|[,])自(?P<date>[0-9一二三四五六七八九十〇零]{4}年~{2,8}日)起(?:施行|实施|执行|生效)",
    )
});
static REACHES_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        "(?:追溯|溯及)~{0,20}(?:执行|适用|既往)|追溯适用|",
        "对?<数>年(?:<数>月)?(?:<数>日)?(?:以来|以后|起|之后)~{0,24}(?:违法|违规|违章|违建|建成|抢建|私建|未批先建|行为|建设)~{0,16}[,]?~{0,8}(?:适用|按照?|依照|参照|依据)~{0,4}本(?:办法|规定|意见|通知|方案|细则|公告|通告)|",
        "(?:适用于?|参照)~{0,4}对?<数>年(?:<数>月)?(?:<数>日)?以来~{0,20}(?:违法|违规|违章|违建|建设|行为|建筑)|",
        "本(?:办法|规定|意见|通知|方案|细则|公告|通告|文件)~{0,6}(?:施行|实施|发布|印发|公布|执行)(?:之)?(?:前|以前)~{0,24}[,]?~{0,10}(?:参照|按照?|依照|适用)~{0,2}本(?:办法|规定|意见|通知|方案|细则|公告|通告|文件)"
    ))
});
/// What is for the good of the party, or says that old law goes on.
static KINDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "不适用|不(?:得)?(?:溯及|追溯)|有利于|从轻|从旧|优惠|补贴|补助|奖励|继续|未办结|尚未办|正在|已经?受理|清理|申请",
    )
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let draft = desk.draft;
    let before = |years: i64| draft.reviewed?.checked_sub(years.years()).ok();
    let told = draft.head.written.or(draft.planned);
    let day = told.or_else(|| before(AGE_YEARS));
    // Words without a title are of what is written now.
    let may_be_old = told.is_none() && draft.head.title.is_some();
    let is_old = |applies: Date| may_be_old && before(OLD_YEARS).is_some_and(|old| applies < old);
    let mut found = Vec::new();
    for sentence in draft.sentences.iter().filter(|sentence| sentence.part == Part::Body) {
        if !desk.budget.spend(sentence.text.len()) {
            break;
        }
        if let Some(date) = APPLIES.captures(&sentence.text).and_then(|words| words.name("date")) {
            let applies = first_date(date.as_str());
            if applies.zip(day).is_some_and(|(applies, day)| applies < day && !is_old(applies)) {
                let message = format!("施行日期“{}”早于成文日期或者审查日期，涉嫌溯及既往，请核对。", date.as_str());
                found.push(finding(sentence.original(&date.range()), message));
            }
        }
        let kinder = KINDER.is_match(&sentence.text);
        let back = REACHES_BACK.find(&sentence.text).filter(|_| !kinder).map(|back| back.range());
        if let Some(cue) = back.filter(|cue| prohibition(&Place { draft, sentence, cue }) == Ruling::Stands) {
            let message = format!("“{}”涉嫌溯及既往，请核对。", sentence.words(&cue));
            found.push(finding(sentence.original(&cue), message));
        }
    }
    found
}

fn finding(span: std::ops::Range<usize>, message: String) -> Found {
    Found {
        span,
        severity: None,
        confidence: Confidence::Medium,
        certain: false,
        message,
        suggestion: "改为公布之日或者公布之后的日期；属于有利溯及的，说明理由。",
        evidence: Vec::new(),
    }
}
