//! Bounds: numbers joined to ranges by the words around them (以上, 以下, 不满, 至 …).

use super::quantity::{Decimal, Quantity, Unit};
use std::ops::Range;

/// Most bytes between two numbers of one range.
const GAP_BYTES_MAX: usize = 36;

/// One end of a range, in the unit in which it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Side {
    /// The number itself, for what has no unit yet.
    pub value: Decimal,
    /// Its unit; `None` where the text names none.
    pub unit: Option<Unit>,
    /// What is counted in that unit.
    pub count: Option<u64>,
    /// Whether the number itself belongs to the range.
    pub inclusive: bool,
}

/// A number or a range of numbers with the words that bound it.
#[derive(Debug, Clone)]
pub(super) struct Span {
    /// Bytes, the bounding words included.
    pub span: Range<usize>,
    /// Bytes of the first number: what stands directly before it tells base and unit.
    pub number: usize,
    pub lo: Option<Side>,
    pub hi: Option<Side>,
    /// Whether it says 不超过, 最高: what may be a cap of the amount before it.
    pub capping: bool,
}

impl Span {
    /// The unit that both ends have in common, the upper one first.
    pub fn unit(&self) -> Option<Unit> {
        self.hi.and_then(|side| side.unit).or_else(|| self.lo.and_then(|side| side.unit))
    }
}

/// What a bounding word says of the number beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// The number is the lower bound.
    From { inclusive: bool },
    /// The number is the upper bound.
    UpTo { inclusive: bool },
}

/// Words in front of a number, longest first; `true` marks those that may begin a cap.
const BEFORE: [(&str, Cue, bool); 48] = [
    ("不得超过", Cue::UpTo { inclusive: true }, true),
    ("不得高于", Cue::UpTo { inclusive: true }, true),
    ("不得多于", Cue::UpTo { inclusive: true }, true),
    ("不得大于", Cue::UpTo { inclusive: true }, true),
    ("不能超过", Cue::UpTo { inclusive: true }, true),
    ("不得低于", Cue::From { inclusive: true }, false),
    ("不得少于", Cue::From { inclusive: true }, false),
    ("不得短于", Cue::From { inclusive: true }, false),
    ("不得小于", Cue::From { inclusive: true }, false),
    ("最高不超", Cue::UpTo { inclusive: true }, true),
    ("最长不超", Cue::UpTo { inclusive: true }, true),
    ("不超过", Cue::UpTo { inclusive: true }, true),
    ("未超过", Cue::UpTo { inclusive: true }, true),
    ("不高于", Cue::UpTo { inclusive: true }, true),
    ("不多于", Cue::UpTo { inclusive: true }, true),
    ("不大于", Cue::UpTo { inclusive: true }, true),
    ("不低于", Cue::From { inclusive: true }, false),
    ("不少于", Cue::From { inclusive: true }, false),
    ("不短于", Cue::From { inclusive: true }, false),
    ("不小于", Cue::From { inclusive: true }, false),
    ("未达到", Cue::UpTo { inclusive: false }, false),
    ("达不到", Cue::UpTo { inclusive: false }, false),
    ("未满", Cue::UpTo { inclusive: false }, false),
    ("不满", Cue::UpTo { inclusive: false }, false),
    ("不足", Cue::UpTo { inclusive: false }, false),
    ("不到", Cue::UpTo { inclusive: false }, false),
    ("未达", Cue::UpTo { inclusive: false }, false),
    ("低于", Cue::UpTo { inclusive: false }, false),
    ("少于", Cue::UpTo { inclusive: false }, false),
    ("小于", Cue::UpTo { inclusive: false }, false),
    ("最高", Cue::UpTo { inclusive: true }, true),
    ("最多", Cue::UpTo { inclusive: true }, true),
    ("至多", Cue::UpTo { inclusive: true }, true),
    ("最长", Cue::UpTo { inclusive: true }, true),
    ("最低", Cue::From { inclusive: true }, false),
    ("最少", Cue::From { inclusive: true }, false),
    ("至少", Cue::From { inclusive: true }, false),
    ("最短", Cue::From { inclusive: true }, false),
    ("超出", Cue::From { inclusive: false }, false),
    ("超过", Cue::From { inclusive: false }, false),
    ("高于", Cue::From { inclusive: false }, false),
    ("多于", Cue::From { inclusive: false }, false),
    ("大于", Cue::From { inclusive: false }, false),
    ("达到", Cue::From { inclusive: true }, false),
    ("届满", Cue::From { inclusive: true }, false),
    ("已满", Cue::From { inclusive: true }, false),
    ("满", Cue::From { inclusive: true }, false),
    ("达", Cue::From { inclusive: true }, false),
];

/// Words behind a number.
const AFTER: [(&str, Cue); 11] = [
    ("及以上", Cue::From { inclusive: true }),
    ("或以上", Cue::From { inclusive: true }),
    ("或者以上", Cue::From { inclusive: true }),
    ("以上", Cue::From { inclusive: true }),
    ("以外", Cue::From { inclusive: false }),
    ("及以下", Cue::UpTo { inclusive: true }),
    ("或以下", Cue::UpTo { inclusive: true }),
    ("以下", Cue::UpTo { inclusive: true }),
    ("以内", Cue::UpTo { inclusive: true }),
    ("之内", Cue::UpTo { inclusive: true }),
    ("以里", Cue::UpTo { inclusive: true }),
];

/// Signs and words between the two numbers of a range.
const JOINTS: [&str; 15] = ["至", "到", "—", "——", "-", "－", "–", "―", "─", "~", "～", "﹣", "－－", "--", "至不超过"];

/// The bounding word that ends where a number begins, and where it starts.
fn before(text: &str, at: usize) -> Option<(Cue, usize, bool)> {
    let mut rest = text[..at].trim_end_matches([' ', '\u{3000}']);
    for filler in ["人民币", "了", "为", "可处", "罚款"] {
        rest = rest.strip_suffix(filler).unwrap_or(rest);
    }
    let (word, cue, capping) = BEFORE.into_iter().find(|(word, ..)| rest.ends_with(word))?;
    let start = rest.len() - word.len();
    // 最高不超过, 最多不得超过: one expression.
    let whole = rest[..start].trim_end_matches(['最', '高', '多']).len();
    Some((cue, if capping && start - whole <= 6 { whole } else { start }, capping))
}

/// The bounding word behind a number, with 含本数 and 不含 in brackets before or behind it, and where it ends.
fn after(text: &str, at: usize, unit: Option<Unit>) -> (Option<Cue>, usize) {
    let (first, at) = bracket(text, at);
    let begin = spaced(text, at);
    let found =
        AFTER.into_iter().find(|(word, _)| text[begin..].starts_with(word)).map(|(word, cue)| (cue, word.len()));
    let period = matches!(unit, Some(Unit::Period(_)));
    let within = period && text[begin..].starts_with('内') && !text[begin..].starts_with("内部");
    let Some((cue, len)) = found.or(within.then_some((Cue::UpTo { inclusive: true }, '内'.len_utf8()))) else {
        return (None, at);
    };
    let (second, end) = bracket(text, begin + len);
    let cue = match (cue, first.or(second)) {
        (Cue::From { .. }, Some(inclusive)) => Cue::From { inclusive },
        (Cue::UpTo { .. }, Some(inclusive)) => Cue::UpTo { inclusive },
        (cue, None) => cue,
    };
    (Some(cue), end)
}

/// （含本数） or （不含） behind a number.
fn bracket(text: &str, at: usize) -> (Option<bool>, usize) {
    let Some(inner) = text[at..].strip_prefix(['（', '(']) else { return (None, at) };
    let inclusive = match inner {
        _ if inner.starts_with("不含") || inner.starts_with("不包括") || inner.starts_with("不包含") => false,
        _ if inner.starts_with('含') || inner.starts_with("包括") || inner.starts_with("包含") => true,
        _ => return (None, at),
    };
    let closing = inner.char_indices().take(12).find(|(_, c)| matches!(c, '）' | ')'));
    let Some((offset, sign)) = closing else { return (None, at) };
    (Some(inclusive), text.len() - inner.len() + offset + sign.len_utf8())
}

fn spaced(text: &str, at: usize) -> usize {
    at + text[at..].chars().take(2).take_while(|c| *c == ' ').count()
}

/// Joins the numbers of a text to ranges, in order.
pub(super) fn spans(text: &str, quantities: &[Quantity]) -> Vec<Span> {
    let mut found = Vec::with_capacity(quantities.len());
    let mut at = 0;
    while let Some(first) = quantities.get(at) {
        match quantities.get(at + 1).and_then(|second| pair(text, first, second)) {
            Some(span) => {
                found.push(span);
                at += 2;
            }
            None => {
                found.push(single(text, first));
                at += 1;
            }
        }
    }
    found
}

fn single(text: &str, quantity: &Quantity) -> Span {
    let lead = before(text, quantity.span.start);
    let (tail, end) = after(text, quantity.span.end, quantity.unit);
    let side = |inclusive| Some(Side { inclusive, ..side_of(quantity) });
    let (lo, hi) = match lead.map(|(cue, ..)| cue).or(tail) {
        Some(Cue::From { inclusive }) => (side(inclusive), None),
        Some(Cue::UpTo { inclusive }) => (None, side(inclusive)),
        None => (side(true), side(true)),
    };
    let start = lead.map_or(quantity.span.start, |(_, start, _)| start);
    Span { span: start..end, number: quantity.span.start, lo, hi, capping: lead.is_some_and(|(.., capping)| capping) }
}

fn side_of(quantity: &Quantity) -> Side {
    Side { value: quantity.value, unit: quantity.unit, count: quantity.count, inclusive: true }
}

/// The range from `first` to `second`, if the words around them make one.
fn pair(text: &str, first: &Quantity, second: &Quantity) -> Option<Span> {
    if second.span.start - first.span.end > GAP_BYTES_MAX {
        return None;
    }
    let lead = before(text, first.span.start);
    let (mark, begin) = after(text, first.span.end, first.unit);
    let gap = text.get(begin..second.span.start)?;
    let (tail, end) = after(text, second.span.end, second.unit);
    let upper = before(text, second.span.start).filter(|(_, start, _)| *start >= begin);
    let between = &gap[..upper.map_or(gap.len(), |(_, start, _)| start - begin)];
    let between =
        between.trim_matches([' ', '\u{3000}']).trim_end_matches("人民币").trim_start_matches(['、', '，', ',']);
    let joint = JOINTS.contains(&between);
    let upper = upper.map(|(cue, ..)| cue).or(tail);
    let below = match upper {
        Some(Cue::UpTo { inclusive }) => Some(inclusive),
        _ => None,
    };
    let (lo, hi) = match (lead.map(|(cue, ..)| cue).or(mark), below) {
        (Some(Cue::From { inclusive }), Some(below)) if joint || is_plain(between) => (inclusive, below),
        // 一万元以上至五万元, without the closing word.
        (Some(Cue::From { inclusive }), None) if joint && upper.is_none() => (inclusive, true),
        (None, below) if joint && !matches!(upper, Some(Cue::From { .. })) => (true, below.unwrap_or(true)),
        _ => return None,
    };
    let (low, high) = common_unit(first, second, joint)?;
    let end = if text[end..].starts_with("之间") { end + "之间".len() } else { end };
    let start = lead.map_or(first.span.start, |(_, start, _)| start);
    Some(Span {
        span: start..end,
        number: first.span.start,
        lo: Some(Side { inclusive: lo, ..low }),
        hi: Some(Side { inclusive: hi, ..high }),
        capping: false,
    })
}

/// What may stand between 以上 and the upper number.
fn is_plain(between: &str) -> bool {
    matches!(between, "" | "但" | "且" | "并" | "并且" | "和" | "但是" | "的" | "，但" | "罚款" | "或者")
}

/// Both ends in one unit. A bare number takes the unit of the other, and the 万 of the upper one where it would be
/// the smaller number so: 三至五万元.
fn common_unit(first: &Quantity, second: &Quantity, joint: bool) -> Option<(Side, Side)> {
    let (mut low, mut high) = (side_of(first), side_of(second));
    match (first.unit, second.unit) {
        (Some(one), Some(other)) if !agree(one, other) => return None,
        (Some(unit), None) => {
            high.unit = Some(unit);
            high.count = Quantity::count_in(high.value, unit);
        }
        (None, other) => {
            low.value = scaled(first, second, joint);
            low.unit = other;
            low.count = other.and_then(|unit| Quantity::count_in(low.value, unit));
        }
        _ => {}
    }
    Some((low, high))
}

fn scaled(first: &Quantity, second: &Quantity, joint: bool) -> Decimal {
    if first.scale > 1 || second.scale == 1 || (!joint && second.scale < 10_000) {
        return first.value;
    }
    first.value.times(second.scale).filter(|value| value.is_below(second.value)).unwrap_or(first.value)
}

/// Whether two units can bound one range: 百分之五十以上五倍以下 is one, both are shares of a base.
fn agree(one: Unit, other: Unit) -> bool {
    let is_ratio = |unit| matches!(unit, Unit::Times | Unit::Share);
    one == other || (is_ratio(one) && is_ratio(other)) || matches!((one, other), (Unit::Period(_), Unit::Period(_)))
}
