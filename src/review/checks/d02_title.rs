//! D02 名称不当：规范性文件的名称使用“法”“条例”。
//!
//! # 检查什么
//!
//! 草案标题以“条例”“法”结尾。草案为法规的不查。
//!
//! # 依据
//!
//! - 《规章制定程序条例》第七条
//!
//! # 应报
//!
//! - `云溪县电动车管理条例⏎第一条 为了加强管理，制定本条例。`
//! - `云溪镇村规民约处罚法⏎第一条 为了加强管理，制定本法。`
//! - `云溪县人民政府关于印发《云溪县电动车管理条例》的通知⏎第一条 为了加强管理，制定本条例。`
//!
//! # 不应报
//!
//! - `云溪县电动车管理办法⏎第一条 为了加强管理，制定本办法。`
//! - `云溪县关于贯彻《物业管理条例》的通知⏎一、总体要求`
//! - `中国共产党云溪县基层组织工作条例⏎第一条 为了加强工作，制定本条例。`
//! - `云溪县人民政府关于印发《云溪县电动车管理办法》的通知⏎第一条 为了加强管理，制定本办法。`
//!
//! # 例外
//!
//! - 标题中引用的上位法名称。

use super::{Check, nothing};
use crate::law::kind::AuthorityLevel;
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::words::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D02",
    name: "名称不当",
    severity: Severity::Low,
    basis: BASIS,
    manual: include_str!("d02_title.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[Basis::Provision { title: "规章制定程序条例", place: "第七条" }];

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let head = &desk.draft.head;
    let improper = |title: &&str| {
        let law = title.ends_with('法') && !["办法", "方法", "做法"].iter().any(|end| title.ends_with(end));
        law || title.ends_with("条例")
    };
    // A title that is wrapped inside 《…》 is read to the end of its first line alone.
    let is_whole = |title: &&str| title.matches('《').count() == title.matches('》').count();
    let own = head.title.as_deref().filter(is_whole).map(|title| without_stage(issued(title))).filter(improper);
    let Some(title) = own else { return in_sentence(desk).into_iter().collect() };
    // 党内法规 are named 条例 by their own rules.
    let of_party = |words: &str| ["中国共产党", "中共", "党委"].iter().any(|name| words.contains(name));
    let is_party = of_party(title) || head.issuer.as_deref().is_some_and(of_party);
    if desk.draft.level != AuthorityLevel::NormativeDocument || is_party {
        return Vec::new();
    }
    vec![misnamed(title, head.title_span.clone().unwrap_or(0..0), true)]
}

fn misnamed(title: &str, span: Range<usize>, certain: bool) -> Found {
    let asks = if certain { "" } else { "请核对是否为本级制发的规范性文件。" };
    Found {
        span,
        severity: None,
        confidence: if certain { Confidence::High } else { Confidence::Medium },
        certain,
        message: format!("规范性文件名称“{title}”不得使用“法”“条例”。{asks}"),
        suggestion: "改用“办法”“规定”“实施细则”“通知”等名称。",
        evidence: Vec::new(),
    }
}

/// What a county makes itself, in the sentence that issues it: 现将《云溪县文明祭祀条例》印发给你们.
static ISSUES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"《(?P<name>[^《》]{2,40}?(?:条例|管理法|促进法|保护法))(?:[(（][^)）《》]{1,12}[)）])?》#{0,24}(?:印发|公布|发布|施行|实施)",
    )
});
/// Names of places that have no power to make regulations, and words that say who issues it.
static COUNTY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^⌂|^\p{Han}{2,6}[县旗乡镇]|^\p{Han}{2,4}(?:街道|开发区)"));

fn in_sentence(desk: &Desk<'_>) -> Option<Found> {
    if desk.draft.level != AuthorityLevel::NormativeDocument {
        return None;
    }
    desk.draft.sentences.iter().find_map(|sentence| {
        let found = ISSUES.captures(&sentence.text)?;
        let name = found.name("name")?;
        let by_county = COUNTY.is_match(name.as_str()) || sentence.text.contains("政府名义");
        let is_regulation = ["自治", "中国共产党", "人民代表大会"].iter().any(|words| sentence.text.contains(words));
        (by_county && !is_regulation && !sentence.text.contains("转发"))
            .then(|| misnamed(sentence.words(&name.range()), sentence.original(&name.range()), false))
    })
}

/// A title without the stage at its end: 条例（征求意见稿）.
fn without_stage(title: &str) -> &str {
    let bare = title.trim_end_matches([')', '）']);
    let cut = if bare.len() < title.len() { bare.rfind(['(', '（']) } else { None };
    cut.and_then(|at| title.get(..at)).unwrap_or(title)
}

/// The title of what a notice issues: 关于印发《云溪县电动车管理条例》的通知.
fn issued(title: &str) -> &str {
    let inner = ["关于印发《", "关于发布《", "关于公布《"].iter().find_map(|words| title.split_once(words));
    let quoted = inner.and_then(|(_, rest)| rest.split_once('》')).map(|(inner, _)| inner);
    let bare = || {
        let words = ["关于印发", "关于发布", "关于公布"].iter().find_map(|words| Some(title.split_once(words)?.1))?;
        words.strip_suffix("的通知").or_else(|| words.strip_suffix("的公告"))
    };
    quoted.or_else(bare).unwrap_or(title)
}
