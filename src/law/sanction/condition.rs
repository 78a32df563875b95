//! What a tier hangs on (情节、前提): 情节严重, 拒不改正, 没有违法所得, 货值金额不足一万元.

use crate::law::amount::{Found, Numbers};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// What it says.
    pub kind: ConditionKind,
    /// Bytes of its words.
    pub span: Range<usize>,
    /// The sum that it names, if it does (货值金额不足一万元).
    pub threshold: Option<Found>,
    /// Whether it stands for the condition before it (没有违法所得或者违法所得不足一万元).
    pub alternative: bool,
}

impl Condition {
    /// Whether it is about the gains or the goods, not about the act.
    pub(super) fn is_of_base(&self) -> bool {
        matches!(self.kind, ConditionKind::IllegalGains | ConditionKind::GoodsValue)
    }

    /// Whether it is about what a multiple is taken of, or that there is nothing of that kind.
    pub(super) fn is_of_multiple(&self) -> bool {
        self.is_of_base() || matches!(self.kind, ConditionKind::NoIllegalGains | ConditionKind::BaseUnknown)
    }
}

/// Kinds of conditions (情节种类). Degrees of benchmarks (裁量档次) are among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKind {
    /// 情节轻微, 轻微.
    Minor,
    /// 情节较轻, 较轻.
    FairlyMinor,
    /// 一般.
    Ordinary,
    /// 情节较重, 较重.
    FairlySerious,
    /// 情节严重, 严重.
    Serious,
    /// 情节特别严重, 特别严重.
    EspeciallySerious,
    /// 减轻处罚.
    Reduced,
    /// 从轻处罚.
    Lenient,
    /// 从重处罚.
    Aggravated,
    /// 拒不改正.
    RefusesToCorrect,
    /// 逾期不改正, 逾期未办理.
    Overdue,
    /// 造成后果, 损失, 危害.
    Consequences,
    /// 造成严重后果, 重大事故, 死亡.
    SeriousConsequences,
    /// 后果特别严重.
    EspeciallySeriousConsequences,
    /// 没有违法所得.
    NoIllegalGains,
    /// 有违法所得, 违法所得十万元以上.
    IllegalGains,
    /// 货值金额不足一万元.
    GoodsValue,
    /// 广告费用无法计算或者明显偏低: what a multiple would be taken of is not known.
    BaseUnknown,
    /// Any other sum that decides (数额在五万元以上).
    Sum,
    /// 数额较大.
    LargeSum,
    /// 数额巨大.
    HugeSum,
    /// 数额特别巨大.
    EspeciallyHugeSum,
    /// 再次违反, 两次以上.
    Repeated,
    /// 构成犯罪.
    Crime,
    /// 尚不构成犯罪.
    NoCrime,
}

/// How conditions are written. What is contained in another row stands behind it.
const TABLE: [(ConditionKind, &str); 28] = [
    (
        ConditionKind::EspeciallySeriousConsequences,
        "后果特别严重|造成特别(?:严重|重大)[^，。；]{0,8}|情节特别严重或者后果特别严重",
    ),
    (ConditionKind::EspeciallySerious, "(?:情节|性质)特别(?:严重|恶劣)|特别严重情节"),
    (ConditionKind::FairlySerious, "情节(?:较重|较严重|较为严重|比较严重)"),
    (ConditionKind::Serious, "(?:情节|性质)(?:严重|恶劣)|(?:其他)?严重情节"),
    (ConditionKind::FairlyMinor, "情节(?:较轻|较为轻微|较轻微)"),
    (ConditionKind::Minor, "情节(?:轻微|显著轻微)"),
    (ConditionKind::EspeciallyHugeSum, "数额特别巨大"),
    (ConditionKind::HugeSum, "数额巨大"),
    (ConditionKind::LargeSum, "数额较大"),
    (ConditionKind::NoIllegalGains, "(?:没有|无)(?:违法所得|非法所得|违法收入|非法收入)"),
    (ConditionKind::NoIllegalGains, "违法所得(?:无法|难以)(?:计算|确定|查清)"),
    (
        ConditionKind::BaseUnknown,
        "(?:费用|价款|货款|金额|数额|价值|收入|销售额)(?:无法|难以)(?:计算|确定|核定|核实|查清)(?:或者?明显偏低)?",
    ),
    (
        ConditionKind::Overdue,
        "(?:逾期|期满|限期内|规定期限内|到期)[^，。；]{0,16}?(?:不|未|拒|没有)[^，。；、或的]{0,16}",
    ),
    (
        ConditionKind::RefusesToCorrect,
        "(?:拒不|拒绝|仍不|仍未|坚持不|不予|不)(?:改正|纠正|整改|停止|执行|履行|拆除|清除|恢复)",
    ),
    (ConditionKind::RefusesToCorrect, "拒不[^，。；、或的]{1,12}"),
    (ConditionKind::NoCrime, "(?:尚?不|尚?未)构成(?:刑事)?犯罪|(?:不够|不予)(?:追究)?刑事(?:处罚|责任)"),
    (ConditionKind::Crime, "(?:涉嫌)?构成[^，。；]{0,12}(?:犯罪|罪)|(?:触犯刑律|涉嫌犯罪)"),
    (
        ConditionKind::SeriousConsequences,
        "(?:造成|引起|导致|引发|发生)[^，。；]{0,20}?(?:严重|重大|较大|特大|恶劣)(?:的)?[^，。；的或]{0,12}(?:后果|损失|事故|影响|危害|污染|损害|伤害)|(?:致人|造成[^，。；]{0,10})(?:死亡|重伤|伤亡)|后果严重|危害严重",
    ),
    (ConditionKind::Consequences, "(?:造成|引起|导致|引发|致使)[^，。；]{1,24}"),
    (ConditionKind::IllegalGains, "(?:有|所获|获取|取得)?(?:违法所得|非法所得|违法收入|非法收入)[^，。；的]{0,24}"),
    (ConditionKind::GoodsValue, "货值(?:金额)?[^，。；的]{0,24}"),
    (
        ConditionKind::Repeated,
        "再次|又(?:违反|实施|发生|有)|屡[教次][^，。；的]{0,4}|多次|(?:[两二三四五]|[2-5])次(?:以上|及以上)|第[二三四]次|累计[^，。；]{0,6}次",
    ),
    (ConditionKind::Lenient, "^从轻(?:处罚)?$"),
    (ConditionKind::Reduced, "^减轻(?:处罚)?$"),
    (ConditionKind::Aggravated, "^从重(?:处罚)?$"),
    (ConditionKind::Serious, "^(?:违法程度)?严重(?:违法行为|违法|程度|情形|情节|档次)?$"),
    (ConditionKind::Minor, "^(?:违法程度)?轻微(?:违法行为|违法|程度|情形|情节|档次)?$"),
    (ConditionKind::Ordinary, "^(?:情节|违法程度)?一般(?:违法行为|违法|程度|情形|情节|档次)?$"),
];

/// Degrees that are no words of [`TABLE`] because they are common outside benchmarks.
const DEGREES: [(&str, ConditionKind); 3] = [
    ("特别严重", ConditionKind::EspeciallySerious),
    ("较重", ConditionKind::FairlySerious),
    ("较轻", ConditionKind::FairlyMinor),
];

static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let rows: Vec<String> = TABLE.iter().map(|(_, pattern)| format!("({pattern})")).collect();
    Regex::new(&rows.join("|")).expect("a constant pattern")
});

/// The conditions that the clause at `span` names.
pub(super) fn conditions(text: &str, span: Range<usize>, numbers: &Numbers) -> Vec<Condition> {
    let words = &text[span.clone()];
    if let Some((_, kind)) =
        DEGREES.iter().find(|(degree, _)| words.strip_prefix("违法程度").unwrap_or(words) == *degree)
    {
        return vec![Condition { kind: *kind, span, threshold: None, alternative: false }];
    }
    let mut found: Vec<Condition> = Vec::new();
    for captures in PATTERN.captures_iter(words) {
        let Some((row, part)) = (0..TABLE.len()).find_map(|row| captures.get(row + 1).map(|part| (row, part))) else {
            continue;
        };
        let place = span.start + part.start()..span.start + part.end();
        let last = found.last().map_or(span.start, |last| last.span.end);
        let alternative = !found.is_empty() && text.get(last..place.start).is_some_and(|gap| gap.contains('或'));
        let threshold = sum_in(numbers, place.start..span.end.min(place.end + 60));
        found.push(Condition { kind: TABLE[row].0, span: place, threshold, alternative });
    }
    // 数额在五万元以上的: a sum of no kind named above.
    if found.is_empty()
        && let Some(sum) = sum_in(numbers, span.clone())
    {
        found.push(Condition {
            kind: ConditionKind::Sum,
            span: sum.span.clone(),
            threshold: Some(sum),
            alternative: false,
        });
    }
    for condition in &mut found {
        if !takes_sum(condition.kind) {
            condition.threshold = None;
        }
    }
    found
}

fn takes_sum(kind: ConditionKind) -> bool {
    use ConditionKind::{Consequences, GoodsValue, IllegalGains, SeriousConsequences, Sum};
    matches!(kind, IllegalGains | GoodsValue | Sum | Consequences | SeriousConsequences)
}

/// The first sum of money that lies in `span`.
fn sum_in(numbers: &Numbers, span: Range<usize>) -> Option<Found> {
    let first = numbers.amounts.partition_point(|found| found.span.start < span.start);
    let found = numbers.amounts.get(first)?;
    (found.span.end <= span.end && found.amount.is_money()).then(|| found.clone())
}

/// Whether a clause says nothing but conditions: it begins a tier of the act that is known, no new act.
pub(super) fn is_pure(words: &str) -> bool {
    static START: LazyLock<Regex> = LazyLock::new(|| {
        let cues = "情节|性质(?:特别)?(?:严重|恶劣)|拒不|拒绝改正|仍不|逾期|期满|经责令|造成|后果|引起|导致|致人|没有违法所得|无违法所得|没有非法所得|有违法所得|有非法所得|违法所得|非法所得|违法收入|货值|数额|构成|尚不构成|尚未构成|不构成|触犯|再次|屡|两次|二次|三次|对[^，]{0,12}造成|危害|涉案金额|涉及金额|案值|有前款|前款|有(?:下列|前款)?[^，]{0,4}情节|致使|影响恶劣|在[^，]{1,12}(?:内|后)(?:再次|仍|又)|[一二两三]年内|[^，]{0,6}(?:费用|价款|货款|金额|数额|价值|收入|销售额)(?:无法|难以)(?:计算|确定|核定|核实|查清)";
        Regex::new(&format!("^(?:并|且|但|但是|并且|对)?(?:{cues})")).expect("a constant pattern")
    });
    START.is_match(words)
}

/// Whether a clause is a condition or an act, not a measure: it ends with 的.
pub(super) fn is_conditional(words: &str) -> bool {
    let words = words.trim_end_matches([' ', '”', '）', ')']);
    ["的", "的情形", "的情况下", "行为之一", "情形之一", "时"].iter().any(|end| words.ends_with(end))
        || is_short_condition(words)
}

/// 情节严重， 逾期不改正， without 的, and the degree of a row of a benchmark.
fn is_short_condition(words: &str) -> bool {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        let cues = "情节(?:特别)?(?:严重|恶劣|较重|较轻|轻微|一般)|拒不改正|逾期(?:不|未)[^，]{1,8}|(?:尚不|不)?构成犯罪|没有违法所得|后果(?:特别)?严重";
        let degrees = "(?:违法程度)?(?:轻微|较轻|一般|较重|严重|特别严重)(?:违法行为|违法|程度|情形|情节|档次)?|从轻(?:处罚)?|减轻(?:处罚)?|从重(?:处罚)?";
        Regex::new(&format!("^(?:{cues}|{degrees})$")).expect("a constant pattern")
    });
    SHORT.is_match(words)
}
