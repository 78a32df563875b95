//! What stands around an amount: the base of a multiple, the unit it is counted per, a cap.
//!
//! Every reader looks at a window of bounded length, so that time stays linear.

use super::quantity::{Quantity, Unit, is_numeral};
use super::range::{Side, Span};
use super::{Amount, Base, BaseKind, Bound, Cap, Found, Measure, Per, PerUnit};
use std::ops::Range;

/// Characters that are looked at before an amount for its base, within its clause.
const BASE_CHARS: usize = 30;

/// Characters that are looked at for a base named earlier in the sentence.
const EARLIER_CHARS: usize = 80;

/// Characters between an amount and its cap.
const CAP_CHARS: usize = 24;

/// Words of bases. Among those that end at the same place the longest counts.
const BASES: [(&str, BaseKind); 53] = [
    ("违法所得", BaseKind::IllegalGains),
    ("非法所得", BaseKind::IllegalGains),
    ("违法收入", BaseKind::IllegalGains),
    ("非法收入", BaseKind::IllegalGains),
    ("非法获利", BaseKind::IllegalGains),
    ("违法经营额", BaseKind::IllegalTurnover),
    ("非法经营额", BaseKind::IllegalTurnover),
    ("违法经营数额", BaseKind::IllegalTurnover),
    ("非法经营数额", BaseKind::IllegalTurnover),
    ("违法经营金额", BaseKind::IllegalTurnover),
    ("货值金额", BaseKind::GoodsValue),
    ("货值", BaseKind::GoodsValue),
    ("货款", BaseKind::GoodsValue),
    ("合同价款", BaseKind::ContractPrice),
    ("合同金额", BaseKind::ContractPrice),
    ("合同标的额", BaseKind::ContractPrice),
    ("合同总价款", BaseKind::ContractPrice),
    ("项目金额", BaseKind::ContractPrice),
    ("采购金额", BaseKind::ContractPrice),
    ("工程造价", BaseKind::ProjectCost),
    ("总造价", BaseKind::ProjectCost),
    ("建设成本", BaseKind::ProjectCost),
    ("工程费用", BaseKind::ProjectCost),
    ("投资额", BaseKind::Investment),
    ("总投资", BaseKind::Investment),
    ("税款", BaseKind::Tax),
    ("税额", BaseKind::Tax),
    ("罚款数额", BaseKind::FineAmount),
    ("罚款额", BaseKind::FineAmount),
    ("罚款金额", BaseKind::FineAmount),
    ("销售额", BaseKind::Turnover),
    ("营业额", BaseKind::Turnover),
    ("销售金额", BaseKind::Turnover),
    ("销售收入", BaseKind::Turnover),
    ("营业收入", BaseKind::Turnover),
    ("收入", BaseKind::Income),
    ("薪酬", BaseKind::Income),
    ("工资", BaseKind::Income),
    ("损失", BaseKind::Loss),
    ("损失额", BaseKind::Loss),
    ("直接损失", BaseKind::Loss),
    ("费用", BaseKind::Fee),
    ("补偿费", BaseKind::Fee),
    ("资源费", BaseKind::Fee),
    ("价款", BaseKind::Value),
    ("价值", BaseKind::Value),
    ("价格", BaseKind::Value),
    ("产值", BaseKind::Value),
    ("费", BaseKind::Fee),
    ("款额", BaseKind::Other),
    ("金额", BaseKind::Other),
    ("数额", BaseKind::Other),
    ("总额", BaseKind::Other),
];

/// Units behind 每, longest first.
const UNITS: [(&str, PerUnit); 52] = [
    ("平方公里", PerUnit::SquareKilometre),
    ("平方米", PerUnit::SquareMetre),
    ("立方米", PerUnit::CubicMetre),
    ("延长米", PerUnit::Metre),
    ("人次", PerUnit::Person),
    ("辆次", PerUnit::Vehicle),
    ("车次", PerUnit::Vehicle),
    ("一日", PerUnit::Day),
    ("一天", PerUnit::Day),
    ("公斤", PerUnit::Kilogram),
    ("千克", PerUnit::Kilogram),
    ("公顷", PerUnit::Hectare),
    ("公里", PerUnit::Kilometre),
    ("千米", PerUnit::Kilometre),
    ("小时", PerUnit::Hour),
    ("延米", PerUnit::Metre),
    ("个月", PerUnit::Month),
    ("人", PerUnit::Person),
    ("名", PerUnit::Person),
    ("日", PerUnit::Day),
    ("天", PerUnit::Day),
    ("月", PerUnit::Month),
    ("年", PerUnit::Year),
    ("次", PerUnit::Time),
    ("亩", PerUnit::Mu),
    ("吨", PerUnit::Tonne),
    ("米", PerUnit::Metre),
    ("辆", PerUnit::Vehicle),
    ("车", PerUnit::Vehicle),
    ("艘", PerUnit::Vehicle),
    ("只", PerUnit::Animal),
    ("头", PerUnit::Animal),
    ("匹", PerUnit::Animal),
    ("羽", PerUnit::Animal),
    ("尾", PerUnit::Animal),
    ("条", PerUnit::Animal),
    ("株", PerUnit::Plant),
    ("棵", PerUnit::Plant),
    ("户", PerUnit::Household),
    ("家", PerUnit::Household),
    ("件", PerUnit::Piece),
    ("个", PerUnit::Piece),
    ("份", PerUnit::Piece),
    ("台", PerUnit::Piece),
    ("套", PerUnit::Piece),
    ("张", PerUnit::Piece),
    ("处", PerUnit::Piece),
    ("盒", PerUnit::Piece),
    ("册", PerUnit::Piece),
    ("枚", PerUnit::Piece),
    ("枝", PerUnit::Piece),
    ("支", PerUnit::Piece),
];

/// The last `chars` characters before `at`, no further than the last of `stops`.
fn window(text: &str, at: usize, chars: usize, stops: &[char]) -> Range<usize> {
    let mut start = at;
    for (offset, c) in text[..at].char_indices().rev().take(chars) {
        if stops.contains(&c) {
            break;
        }
        start = offset;
    }
    start..at
}

/// The amount that a span of numbers is, behind the amount `earlier`; `None` if it is none.
pub(super) fn amount(text: &str, span: &Span, earlier: Option<&Found>) -> Option<Found> {
    let unit = match span.unit() {
        Some(unit) => unit,
        None if is_fine_without_unit(text, span) => Unit::Fen,
        None => return None,
    };
    let measure = match unit {
        Unit::Fen => Measure::Money,
        Unit::Times => Measure::Multiple,
        Unit::Share => Measure::Share,
        Unit::Period(_) => return None,
    };
    let bound = |side: Option<Side>| match side {
        None => Some(None),
        Some(side) => {
            let value = side.count.or_else(|| Quantity::count_in(side.value, unit))?;
            Some(Some(Bound { value, inclusive: side.inclusive }))
        }
    };
    let (mut lo, mut hi) = (bound(span.lo)?, bound(span.hi)?);
    let per = per(text, span, measure);
    let base = match measure {
        Measure::Money => None,
        _ => base(text, span.span.start).or_else(|| inherited(text, span.span.start, earlier)),
    };
    if measure != Measure::Money && lo == hi {
        (lo, hi) = bounded_before_base(text, span.span.start, lo);
    }
    if is_equal(text, span) && base.is_none() {
        return None;
    }
    Some(Found { span: span.span.clone(), amount: Amount { measure, lo, hi, base, per, cap: None } })
}

/// 等值 is an amount only with its base.
fn is_equal(text: &str, span: &Span) -> bool {
    text[span.number..].starts_with('等')
}

/// 处二万以下罚款, 罚款30万: money without 元.
fn is_fine_without_unit(text: &str, span: &Span) -> bool {
    let behind = text[span.span.end..].trim_start_matches(['的', ' ']);
    let before = text[..span.span.start].trim_end_matches(' ');
    let bounded = span.lo != span.hi || before.ends_with('处') || before.ends_with("处以");
    if bounded && (behind.starts_with("罚款") || behind.starts_with("罚金")) {
        return true;
    }
    let number = &text[span.number..span.span.end];
    let ended = behind.is_empty() || behind.starts_with(['，', '。', '；', '、', ',', ';', '\n']);
    ended
        && number.ends_with(['万', '千', '百'])
        && ["罚款", "罚款人民币", "罚款合计", "罚款共计"].iter().any(|word| before.ends_with(word))
}

/// What the multiple or share that begins at `at` is taken of.
fn base(text: &str, at: usize) -> Option<Base> {
    let near = window(text, at, BASE_CHARS, &['。', '；', '，', '：', '\n', ';', ',', ':']);
    if let Some(base) = named(text, near.clone()) {
        return Some(base);
    }
    if let Some(span) = words_behind_verb(text, near.clone()).or_else(|| words_behind_fine(text, near)) {
        return Some(Base { kind: BaseKind::Other, span });
    }
    named(text, window(text, at, EARLIER_CHARS, &['。', '；', '\n', ';'])).filter(|base| base.kind != BaseKind::Other)
}

/// The base of the amount before, for 处三倍以上五倍以下 in a later tier of its sentence.
fn inherited(text: &str, at: usize, earlier: Option<&Found>) -> Option<Base> {
    let earlier = earlier.filter(|found| found.amount.measure != Measure::Money)?;
    let before = text[..at].trim_end_matches(' ');
    let gap = text.get(earlier.span.end..at).filter(|gap| gap.len() <= EARLIER_CHARS * 3)?;
    let same = before.ends_with(['处', '以']) && !gap.contains(['。', '\n']);
    earlier.amount.base.clone().filter(|_| same)
}

/// The ends of a single ratio whose bounding word stands before its base: 不超过违法所得三倍.
fn bounded_before_base(text: &str, at: usize, fixed: Option<Bound>) -> (Option<Bound>, Option<Bound>) {
    let near = window(text, at, BASE_CHARS, &['。', '；', '，', '：', '\n', ';', ',', ':', '、']);
    let words = &text[near];
    let bound = |inclusive| fixed.map(|bound| Bound { inclusive, ..bound });
    // Later rows end with words that earlier ones contain.
    let cues = [
        ("不超过", true, true),
        ("不得超过", true, true),
        ("不高于", true, true),
        ("不得高于", true, true),
        ("不低于", false, true),
        ("不得低于", false, true),
        ("不少于", false, true),
        ("不得少于", false, true),
        ("不足", true, false),
        ("低于", true, false),
        ("超过", false, false),
        ("高于", false, false),
    ];
    let place = |(word, upper, inclusive): (&str, bool, bool)| {
        let end = words.rfind(word)? + word.len();
        let clear = !words[end..].chars().any(is_numeral) && !words[end..].contains("的，");
        clear.then_some((end, word.len(), upper, inclusive))
    };
    match cues.into_iter().filter_map(place).max_by_key(|(end, len, ..)| (*end, *len)) {
        Some((.., true, inclusive)) => (None, bound(inclusive)),
        Some((.., false, inclusive)) => (bound(inclusive), None),
        None => (fixed, fixed),
    }
}

/// The last base that is named in a window.
fn named(text: &str, window: Range<usize>) -> Option<Base> {
    let words = &text[window.clone()];
    let place = |(word, kind): &(&str, BaseKind)| {
        let start = words.rfind(word)?;
        Some((start + word.len(), word.len(), *kind))
    };
    let (end, len, kind) = BASES.iter().filter_map(place).max_by_key(|(end, len, _)| (*end, *len))?;
    let end = window.start + end;
    Some(Base { kind, span: end - len..end })
}

/// What stands between 处 or 按 and the number: 处骗取资金二倍的罚款.
fn words_behind_verb(text: &str, near: Range<usize>) -> Option<Range<usize>> {
    let words = &text[near.clone()];
    let verbs = ["处以", "处", "按照", "按", "相当于"];
    let begin = verbs.iter().filter_map(|verb| words.rfind(verb).map(|at| at + verb.len())).max()?;
    let inner = words[begin..].trim_end_matches('的');
    let plain = inner.chars().count() >= 2 && !inner.contains(['元', '倍']) && !inner.chars().any(is_numeral);
    plain.then(|| near.start + begin..near.start + begin + inner.len())
}

/// What stands between the 或者 of a further fine and its number: 处…罚款或者被违规使用有关资金10%以上30%以下的罚款.
fn words_behind_fine(text: &str, near: Range<usize>) -> Option<Range<usize>> {
    let words = &text[near.clone()];
    let ends = ["罚款", "以下", "以内", "倍", "元"];
    let begins = |joint: &&str| {
        let at = words.rfind(*joint)?;
        ends.iter().any(|end| words[..at].ends_with(end)).then_some(at + joint.len())
    };
    let begin = ["或者", "或"].iter().find_map(begins)?;
    let inner = words[begin..].trim_end_matches('的');
    let plain = inner.chars().count() >= 2 && !inner.contains(['元', '倍', '处']) && !inner.chars().any(is_numeral);
    plain.then(|| near.start + begin..near.start + begin + inner.len())
}

/// What the amount is counted per: 每人, 每日 before it, /人 or 每人 behind it.
fn per(text: &str, span: &Span, measure: Measure) -> Option<Per> {
    let stops = ['。', '；', '，', '：', '\n'];
    let near = window(text, span.span.start, if measure == Measure::Money { 14 } else { 24 }, &stops);
    let words = &text[near.clone()];
    if let Some(at) = words.rfind('每')
        && let Some((unit, len)) = unit_behind(&words[at + '每'.len_utf8()..])
        && (measure != Measure::Money
            || is_short(&words[at + '每'.len_utf8() + len..])
            || is_led(&words[..at], &words[at + '每'.len_utf8() + len..]))
    {
        let start = near.start + at;
        return Some(Per { unit, span: start..start + '每'.len_utf8() + len });
    }
    if let Some(at) = words.rfind("按日") {
        return Some(Per { unit: PerUnit::Day, span: near.start + at..near.start + at + "按日".len() });
    }
    let end = span.span.end;
    let sign = text[end..].chars().next().filter(|c| matches!(c, '/' | '／' | '每'))?;
    let (unit, len) = unit_behind(&text[end + sign.len_utf8()..])?;
    Some(Per { unit, span: end..end + sign.len_utf8() + len })
}

/// The unit at the start of `words`, behind 逾期, 超过 and the like, and the bytes up to its end.
fn unit_behind(words: &str) -> Option<(PerUnit, usize)> {
    let mut rest = words;
    for filler in ["逾期", "延误", "延迟", "超过", "超", "拖延", "增加", "发现", "违法", "一", "1"] {
        rest = rest.strip_prefix(filler).unwrap_or(rest);
    }
    let (word, unit) = UNITS.into_iter().find(|(word, _)| rest.starts_with(word))?;
    Some((unit, words.len() - rest.len() + word.len()))
}

/// Whether nothing but the verb stands between a unit and its amount.
fn is_short(between: &str) -> bool {
    // 每只（头）, 每处（张）: other units in brackets.
    let mut rest = match between.strip_prefix(['（', '(']).and_then(|inner| inner.split_once(['）', ')'])) {
        Some((inside, rest)) if inside.chars().count() <= 6 => rest,
        _ => between,
    };
    for word in [
        "机动车",
        "违法建筑",
        "可以",
        "按照",
        "按",
        "并",
        "处以",
        "处",
        "罚款",
        "罚",
        "加收",
        "收取",
        "收",
        "计",
        "人民币",
        "不",
    ] {
        rest = rest.trim_start_matches(' ').strip_prefix(word).unwrap_or(rest);
    }
    rest.chars().count() <= 2
}

/// Longest word for what is counted between a unit and its amount, in characters.
const COUNTED_CHARS: usize = 6;

/// Whether a unit is led by the verb of the fine, and nothing but what is counted follows: 处每立方米混凝土|一百元.
fn is_led(before: &str, between: &str) -> bool {
    let led = ["处", "处以", "按", "按照", "或者", "或"].iter().any(|word| before.ends_with(word));
    let thing = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"处罚缴交收付的在内和及以不未超".contains(c);
    led && between.chars().count() <= COUNTED_CHARS && between.chars().all(thing)
}

/// The cap that `span` is for the amount before it: 但最高不超过十万元.
pub(super) fn as_cap(text: &str, span: &Span, found: &Found, before: Option<&Found>) -> Option<Cap> {
    let before = before.filter(|before| before.amount.cap.is_none() && span.capping)?;
    let bound = found.amount.hi?;
    let gap = text.get(before.span.end..span.number)?;
    let gap = gap.strip_prefix("的").unwrap_or(gap);
    let gap = gap.strip_prefix("罚款。").unwrap_or(gap);
    if gap.len() > CAP_CHARS * 4 || gap.chars().count() > CAP_CHARS || gap.contains(['。', '；', '\n', ';']) {
        return None;
    }
    // 处一万元罚款的，最高 … of another penalty is none; the words of a cap are few.
    let said = ["但", "且", "最高", "最多", "总额", "累计", "合计", "总计"].iter().any(|word| gap.contains(word));
    (said && !gap.contains("的，")).then(|| Cap { bound, measure: found.amount.measure, span: span.span.clone() })
}
