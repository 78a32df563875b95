//! P06 决定书缺少法定事项：当事人、事实和证据、履行方式和期限、救济途径和期限、机关和日期。
//!
//! # 检查什么
//!
//! 普通程序的决定书逐项对照法定的记载事项，缺少的报出；当场处罚决定书只看救济和机关。依据由 P01 检查。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第五十二条第二款
//! - 《中华人民共和国行政处罚法》第五十九条
//! - 《中华人民共和国行政处罚法》（2017年修正）
//!
//! # 应报
//!
//! - 证据：`当事人没有异议。`
//! - 救济：`特此决定。`
//! - 履行：`请自觉履行。`
//! - 救济：`如不服本决定，可以自收到本决定书之日起六十日内向云桥县人民政府申请行政复议。`
//!
//! # 不应报
//!
//! - 履行：`当事人应当自收到本决定书之日起十五日内，将罚款缴至指定银行。`
//! - 救济：`如不服本决定，可以自收到本决定书之日起六十日内向云桥县人民政府申请行政复议，也可以在六个月内向云桥县人民法院提起行政诉讼。`
//!
//! # 例外
//!
//! - 公示表中的一行、案例摘要没有决定书的各部分，不报。
//! - 公开的文本可能隐去地址、落款；印章不能由文本看出。
//! - 文本没有结尾的，只提示。

use super::answers::is_whole;
use super::era::Rule;
use super::{DecisionCheck, Desk, Form, OLD_PENALTY_LAW, PENALTY_LAW, info, likely};
use crate::law::case_fields::SectionKind;
use crate::law::sanction::PenaltyKind;
use crate::review::finding::{Basis, Confidence, Found, Severity};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub static CHECK: DecisionCheck = DecisionCheck {
    code: "P06",
    name: "决定书缺少法定事项",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("p06_contents.rs"),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: PENALTY_LAW, place: "第五十二条第二款" },
    Basis::Provision { title: PENALTY_LAW, place: "第五十九条" },
    OLD_PENALTY_LAW,
];

const SUGGESTION: &str = "按法定事项补全决定书。";

fn words(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern")
}

static PARTY: LazyLock<Regex> = LazyLock::new(|| {
    words(
        r"(?:当事人|被处罚人|被处罚单位|违法行为人|行政相对人)(?:名称|姓名|[（(][^（）()\n]{1,16}[）)])?\s*[：:]|统一社会信用代码|纳税人识别号|身份证|法定代表人",
    )
});
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    words(
        "住所|住址|地址|经营场所|营业场所|注册地|户籍|居住地|现住|家住|住[：:]|通讯处|路[0-9〇零一二三四五六七八九十]+号|[乡镇街道村]",
    )
});
static FACTS: LazyLock<Regex> = LazyLock::new(|| {
    words("查明|经查|经调查|事实|发现|违法行为|案情|[0-9一二三四五六七八九十]日[，,]?(?:当事人|你|该|本局|执法人员)")
});
static EVIDENCE: LazyLock<Regex> =
    LazyLock::new(|| words("证据|证明|笔录|照片|鉴定|检验报告|检测报告|证人|为证|佐证|视听资料|电子数据"));
static WAY: LazyLock<Regex> = LazyLock::new(|| {
    words(
        "银行|账户|帐户|账号|帐号|缴至|缴到|上缴|缴纳|缴款|缴清|交至|交到|电子支付|非税|财政|履行方式|当场收缴|二维码",
    )
});
static PAY_BY: LazyLock<Regex> = LazyLock::new(|| {
    words(
        r"(?:[0-9０-９]|[一二三四五六七八九十拾伍])+\s*(?:个工作日|工作日|日|天)(?:之|以)?内[^。；]{0,60}(?:缴|交|履行|付)|(?:缴|交|履行)[^。；]{0,40}(?:[0-9０-９]|[一二三四五六七八九十拾伍])+\s*(?:日|天)(?:之|以)?内|(?:日|天)(?:之)?前[^。；]{0,30}(?:缴|交)|当场收缴|当场缴纳|已缴|已经缴|履行期限",
    )
});

/// A part that a decision must have.
struct Part {
    item: &'static str,
    what: &'static str,
    severity: Severity,
    lacks: bool,
    at: Range<usize>,
}

fn judge(desk: &Desk<'_>) -> Vec<Found> {
    let decision = desk.decision;
    if !is_whole(decision) {
        return Vec::new();
    }
    let rule = decision.era.cite(Rule::Contents);
    let spot = decision.form == Form::Spot;
    if is_cut(desk) {
        let message = "文本没有结尾，似不完整，没有核对决定书的法定事项。".to_string();
        return vec![info(decision.foot(), message, SUGGESTION)];
    }
    let parts = if spot { Vec::new() } else { ordinary(desk) };
    parts
        .into_iter()
        .chain(ending(desk))
        .filter(|part| part.lacks)
        .map(|part| {
            let law = match (spot, decision.era.is_new()) {
                (false, _) => format!("{rule}{}", part.item),
                (true, true) => decision.era.penalty_law("第五十二条第二款"),
                (true, false) => decision.era.penalty_law("第三十四条第二款"),
            };
            let message = format!("涉嫌：决定书没有载明{}（{law}）；公开的文本可能有删节，请核对原件。", part.what);
            let severity = Some(part.severity);
            Found { severity, confidence: Confidence::Medium, ..likely(part.at, message, SUGGESTION) }
        })
        .collect()
}

/// Whether the text stops before its end: then nothing can be said of what it lacks.
fn is_cut(desk: &Desk<'_>) -> bool {
    let decision = desk.decision;
    let text = decision.text().trim_end();
    let stops = text.ends_with(['。', '日', '章', '）', ')', '”', '局', '.']);
    let remedies = text.contains("复议") || text.contains("起诉") || text.contains("诉讼");
    decision.days.decided.is_none() && (!stops || !remedies && !WAY.is_match(text))
}

/// Whether a line names somebody to whom the decision is addressed: 云桥县平水渡运有限公司：
fn is_addressed(text: &str) -> bool {
    let no_name = ["如下", "证据", "规定", "处罚", "事实", "依据", "决定", "如此", "根据", "认为"];
    let names = |line: &str| {
        let name = line.trim().split(['（', '(']).next().unwrap_or_default().trim_end();
        let name = if name.ends_with(['：', ':']) { name } else { line.trim() };
        let name = name.strip_suffix(['：', ':'])?;
        let short = (2..=40).contains(&name.chars().count());
        (short && !no_name.iter().any(|word| name.contains(word))).then_some(())
    };
    text.lines().take(10).any(|line| names(line).is_some())
}

/// Parts that only decisions of the ordinary procedure have.
fn ordinary(desk: &Desk<'_>) -> Vec<Part> {
    let decision = desk.decision;
    let (text, fields) = (decision.text(), &decision.record.fields);
    let (head, order) = (decision.head(), decision.ordered());
    let pays = decision.record.penalties.iter().any(|one| {
        matches!(one.kind, PenaltyKind::Fine | PenaltyKind::FineAndConfiscation)
            || one.kind == PenaltyKind::ConfiscateGains && one.amount_fen.is_some()
    });
    let has = |kind| decision.sections(kind).next().is_some();
    let part = |item, what, severity, lacks, at: &Range<usize>| Part { item, what, severity, lacks, at: at.clone() };
    let no_party = fields.parties.is_empty() && !PARTY.is_match(text) && !is_addressed(text);
    let (no_way, no_period) = (pays && !WAY.is_match(text), pays && !PAY_BY.is_match(text));
    vec![
        part("第一项", "当事人的姓名或者名称", Severity::Medium, no_party, &head),
        part("第一项", "当事人的地址", Severity::Low, !no_party && !ADDRESS.is_match(text), &head),
        part("第二项", "违法的事实", Severity::High, !has(SectionKind::Facts) && !FACTS.is_match(text), &order),
        part("第二项", "证据", Severity::Medium, !has(SectionKind::Evidence) && !EVIDENCE.is_match(text), &order),
        part("第四项", "处罚的履行方式和期限", Severity::Medium, no_way && no_period, &order),
        part("第四项", "处罚的履行方式", Severity::Low, no_way && !no_period, &order),
        part("第四项", "处罚的履行期限", Severity::Medium, no_period && !no_way, &order),
    ]
}

/// Parts that every decision has at its end.
fn ending(desk: &Desk<'_>) -> Vec<Part> {
    let decision = desk.decision;
    let (text, fields, foot) = (decision.text(), &decision.record.fields, decision.foot());
    let review = text.contains("复议");
    let action = ["提起行政诉讼", "提起诉讼", "行政诉讼", "起诉", "人民法院"].iter().any(|word| {
        // 申请人民法院强制执行 is no remedy of the party.
        text.match_indices(word).any(|(at, _)| !text[..at].ends_with("申请") && !text[..at].ends_with("中华人民共和国"))
    });
    let what = match (review, action) {
        (false, false) => "申请行政复议、提起行政诉讼的途径和期限",
        (false, true) => "申请行政复议的途径和期限",
        _ => "提起行政诉讼的途径和期限",
    };
    let part = |item, what, severity, lacks| Part { item, what, severity, lacks, at: foot.clone() };
    vec![
        part("第五项", what, Severity::High, !review || !action),
        part("第六项", "作出决定的行政机关名称", Severity::Medium, fields.authority.is_none() && !text.contains('局')),
        part("第六项", "作出决定的日期", Severity::Medium, decision.days.decided.is_none()),
    ]
}
