//! P07 救济途径和期限有误：复议不是六十日，诉讼不是六个月，复议机关有误，应当先申请复议而未写明。
//!
//! # 检查什么
//!
//! 决定书告知的行政复议期限、复议机关，行政诉讼期限，逐项与作出决定之日施行的法律比较：2015年5月1日前诉讼期限是三个月；2024年1月1日起，
//! 不服县级以上地方政府部门的决定，向本级人民政府申请复议，当场处罚应当先申请复议。
//!
//! # 依据
//!
//! - 《中华人民共和国行政复议法》第二十条第一款
//! - 《中华人民共和国行政复议法》第二十三条第一款第一项
//! - 《中华人民共和国行政复议法》第二十四条第一款
//! - 《中华人民共和国行政诉讼法》第四十六条第一款
//! - 《中华人民共和国行政处罚法》第五十九条
//!
//! # 应报
//!
//! - 救济：`如不服本决定，可以自收到本决定书之日起三十日内向云桥县人民政府申请行政复议，也可以在六个月内向云桥县人民法院提起行政诉讼。`
//! - 救济：`如不服本决定，可以自收到本决定书之日起60日内向云桥县人民政府申请行政复议，也可以在3个月内向云桥县人民法院提起行政诉讼。`
//! - 救济：`如不服本决定，可以自收到本决定书之日起六十日内向云州市交通运输局申请行政复议，也可以在六个月内向云桥县人民法院提起行政诉讼。`
//!
//! # 不应报
//!
//! - 救济：`如不服本决定，可以自收到本决定书之日起60日内向云桥县人民政府申请行政复议，也可以在6个月内向云桥县人民法院提起行政诉讼。`
//! - 救济：`对复议决定不服的，可以自收到复议决定书之日起十五日内起诉；也可以在六个月内直接起诉，或者自收到本决定书之日起六十日内向县人民政府申请行政复议。`
//!
//! # 例外
//!
//! - 法律另有规定的期限：土地、海关、税收等。
//! - 海关、金融、外汇管理等垂直领导的机关，税务、国家安全、司法行政机关，另有复议机关。

use super::answers::is_whole;
use super::periods::{self, Told, period};
use super::{DecisionCheck, Desk, Form, PENALTY_LAW, likely};
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::words::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: DecisionCheck = DecisionCheck {
    code: "P07",
    name: "救济途径和期限有误",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("p07_remedies.rs"),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政复议法", place: "第二十条第一款" },
    Basis::Provision { title: "中华人民共和国行政复议法", place: "第二十三条第一款第一项" },
    Basis::Provision { title: "中华人民共和国行政复议法", place: "第二十四条第一款" },
    Basis::Provision { title: "中华人民共和国行政诉讼法", place: "第四十六条第一款" },
    Basis::Provision { title: PENALTY_LAW, place: "第五十九条" },
];

const SUGGESTION: &str = "按作出决定时的法律写明复议机关、管辖法院和期限；法律另有规定的，写明依据。";

static RECONSIDER: LazyLock<Regex> =
    LazyLock::new(|| period("<期>(?:之|以)?内[^;内]{0,60}?(?:申请|提起|提出)[^;内]{0,6}复议"));
static SUE: LazyLock<Regex> =
    LazyLock::new(|| period("<期>(?:之|以)?内[^;内]{0,60}?(?:提起(?:行政)?诉讼|起诉|提出诉讼)"));
/// The organ that is named.
static ORGAN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:依法)?向(?P<o>[^;,向]{2,60}?)(?:依法)?(?:申请|提起|提出)[^;,]{0,6}复议"));
/// Words of sentences in which a shorter period is right.
const OTHER_PERIODS: [&str; 5] = ["复议决定", "土地管理法", "不予受理", "复议期满", "强制执行"];
/// Authorities whose reconsideration does not lie with the government of their level.
const OTHER_ORGANS: [&str; 26] = [
    "海关",
    "金融",
    "外汇",
    "税务",
    "国家安全",
    "司法",
    "银行",
    "证监",
    "证券",
    "海事",
    "铁路",
    "邮政",
    "民航",
    "民用航空",
    "矿山安全",
    "通信管理",
    "能源监管",
    "烟草",
    "气象",
    "地震",
    "统计",
    "调查总队",
    "出入境",
    "国家",
    "流域",
    "水利委员会",
];

fn judge(desk: &Desk<'_>) -> Vec<Found> {
    if !is_whole(desk.decision) {
        return Vec::new();
    }
    let mut found: Vec<Found> = Vec::new();
    found.extend(periods::all(desk.decision, &RECONSIDER).filter_map(|told| reconsideration(desk, &told)));
    found.extend(periods::all(desk.decision, &SUE).filter_map(|told| action(desk, &told)));
    found.extend(organ(desk));
    found.extend(first(desk));
    found
}

fn reconsideration(desk: &Desk<'_>, told: &Told<'_>) -> Option<Found> {
    if told.unit == "日" && told.count == 60 {
        return None;
    }
    let law = desk.decision.era.cite_reconsideration();
    let message = format!("涉嫌：决定书告知的行政复议期限是{}，{law}规定为六十日，请核对。", told.words());
    // A longer period takes nothing from the party, but misleads.
    let severity = (told.days() >= 60).then_some(Severity::Medium);
    Some(Found { severity, confidence: Confidence::High, ..likely(told.span.clone(), message, SUGGESTION) })
}

fn action(desk: &Desk<'_>, told: &Told<'_>) -> Option<Found> {
    let era = desk.decision.era;
    let months = era.months_to_sue();
    let sentence = told.sentence.text();
    if told.is_months(months) || OTHER_PERIODS.iter().any(|word| sentence.contains(word)) {
        return None;
    }
    let right = if months == 6 { "六个月" } else { "三个月" };
    let law = era.cite_action();
    let message = format!("涉嫌：决定书告知的起诉期限是{}，{law}规定为{right}，请核对。", told.words());
    let severity = (told.days() > months * 31).then_some(Severity::Medium);
    Some(Found { severity, confidence: Confidence::High, ..likely(told.span.clone(), message, SUGGESTION) })
}

/// Since 2024 the government of the level reconsiders what its departments decide.
fn organ(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    let own = decision.record.fields.authority.as_ref().map_or("", |read| read.value.as_str());
    let other = |name: &str| OTHER_ORGANS.iter().any(|word| name.contains(word));
    // 省级以下 departments that are led from above are named in the list; a ministry reconsiders its own decisions.
    let is_local = ["县", "市", "区", "旗", "州", "省"].iter().any(|word| own.contains(word)) && !own.ends_with("政府");
    if !decision.era.is_with_governments() || !is_local || other(own) {
        return None;
    }
    let (sentence, organ) = decision.sentences.iter().find_map(|sentence| {
        let organ = ORGAN.captures(sentence.text())?.name("o")?;
        Some((sentence, organ.range()))
    })?;
    let name = sentence.text().get(organ.clone())?;
    let departments = ["局", "委员会", "厅", "总队"];
    let names = name.split(['或', '、', '/']).map(|one| one.trim_start_matches('者').trim());
    let wrong = names.filter(|one| departments.iter().any(|word| one.ends_with(word))).find(|one| !other(one))?;
    let message = format!(
        "涉嫌：决定书告知向“{wrong}”申请行政复议；2024年1月1日起，对县级以上地方政府工作部门的决定不服，向本级人民政府申请\
         （《中华人民共和国行政复议法》（2023年修订）第二十四条第一款），请核对。"
    );
    let span = sentence.original(organ);
    Some(Found { severity: Some(Severity::Medium), ..likely(span, message, SUGGESTION) })
}

/// A spot decision is reconsidered first (行政复议法 2023, article 23).
fn first(desk: &Desk<'_>) -> Option<Found> {
    let decision = desk.decision;
    if decision.form != Form::Spot || !decision.era.is_with_governments() {
        return None;
    }
    let told = periods::all(decision, &SUE).find(|told| !told.sentence.text().contains("复议决定"))?;
    let message = "涉嫌：当场处罚决定告知可以直接起诉；2024年1月1日起，对当场作出的处罚决定不服，应当先申请行政复议\
                   （《中华人民共和国行政复议法》（2023年修订）第二十三条第一款第一项），请核对。"
        .to_string();
    Some(likely(told.span, message, SUGGESTION))
}
