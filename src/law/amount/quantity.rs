//! Numbers with their units: where one begins and ends, and its exact value.
//!
//! A number is a run of numerals, with decimals and separators of thousands. Runs are bounded, so that scanning stays linear.
//! What a whole run means is asked of `text::numerals`; here are decimals, units and the places where a number ends.

use crate::text::numerals;
use std::ops::Range;

/// Longest run of numerals that is read, in characters.
const RUN_CHARS_MAX: usize = 32;

/// A decimal fraction, exact: `digits` / 10^`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: u64,
    decimals: u32,
}

impl Decimal {
    /// A whole number.
    pub fn whole(digits: u64) -> Decimal {
        Decimal { digits, decimals: 0 }
    }

    /// This many times a whole number.
    pub fn times(self, factor: u64) -> Option<Decimal> {
        Some(Decimal { digits: self.digits.checked_mul(factor)?, decimals: self.decimals })
    }

    /// Its value in units of 1/`factor`, if it is a whole number of them.
    pub fn exact(self, factor: u64) -> Option<u64> {
        let scaled = u128::from(self.digits) * u128::from(factor);
        let divisor = 10u128.checked_pow(self.decimals)?;
        if scaled % divisor != 0 {
            return None;
        }
        u64::try_from(scaled / divisor).ok()
    }

    /// Whether it is smaller than another.
    pub fn is_below(self, other: Decimal) -> bool {
        let at = |one: Decimal, places: u32| Some(u128::from(one.digits) * 10u128.checked_pow(places)?);
        match (at(self, other.decimals), at(other, self.decimals)) {
            (Some(one), Some(two)) => one < two,
            _ => false,
        }
    }
}

/// What a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// 元: the value is in fen, for 角 and 分 have been added.
    Fen,
    /// 倍: in millionths.
    Times,
    /// 百分之, %, 千分之, ‰, 万分之: in millionths.
    Share,
    /// A period.
    Period(super::PeriodUnit),
}

/// A number in a text, with its unit if one follows.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// Bytes of the number and its unit.
    pub span: Range<usize>,
    /// Bytes of the number alone.
    pub number: Range<usize>,
    /// The number without its unit.
    pub value: Decimal,
    /// The power of ten that it ends with (千, 万, 亿), 1 if none: what a lower bound may have left out.
    pub scale: u64,
    /// The unit, if one is written; a bare number may take that of its neighbour.
    pub unit: Option<Unit>,
    /// What is counted, in the unit of `unit` (fen, millionths, days …).
    pub count: Option<u64>,
}

impl Quantity {
    /// The count if `value` were in `unit`.
    pub fn count_in(value: Decimal, unit: Unit) -> Option<u64> {
        match unit {
            Unit::Fen => value.exact(100),
            Unit::Times => value.exact(super::PPM),
            Unit::Share => value.exact(super::PPM / 100),
            Unit::Period(_) => value.exact(1),
        }
    }
}

/// Every number of a text, in order. Numbers of provisions (第三条) and fractions (三分之一) are left out.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(is_start) {
        let start = at + offset;
        let end = run_end(text, start);
        at = end;
        if is_ordinal(&text[..start]) {
            continue;
        }
        if let Some(quantity) = quantity(text, start, end) {
            at = quantity.span.end.max(end);
            found.push(quantity);
        }
    }
    found
}

/// Whether what follows is the number of a provision (第三), or the upper half of a fraction (三分之一).
fn is_ordinal(before: &str) -> bool {
    before.trim_end_matches(' ').ends_with(['第', '笫']) || before.ends_with("分之")
}

/// Whether a number may begin with this character.
fn is_start(c: char) -> bool {
    is_numeral(c) || c == '等'
}

/// Whether a number may contain this character.
pub(super) fn is_numeral(c: char) -> bool {
    is_digit(c) || "零〇○一二三四五六七八九十百千万亿两兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億廿卅".contains(c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | '．' | '点' | '·')
}

/// Where the run of numerals that begins at `start` ends. A run that is too long is passed over as a whole.
fn run_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut before = None;
    let mut points = 0;
    for (offset, c) in text[start..].char_indices() {
        let at = start + offset;
        let after = || text[at + c.len_utf8()..].chars();
        let inside = if is_numeral(c) {
            true
        } else if matches!(c, ' ' | '\u{a0}') {
            before.is_some_and(is_digit) && after().next().is_some_and(|next| matches!(next, '万' | '亿' | '千' | '百'))
        } else if is_point(c) {
            points += 1;
            points == 1 && before.is_some_and(is_numeral) && after().next().is_some_and(is_numeral)
        } else {
            matches!(c, ',' | '，') && before.is_some_and(is_digit) && is_thousand(&text[start..at], after())
        };
        if !inside {
            break;
        }
        before = Some(c);
        end = at + c.len_utf8();
    }
    if end == start { start + text[start..].chars().next().map_or(0, char::len_utf8) } else { end }
}

/// Whether a comma behind `before` separates thousands: one to three digits before it, exactly three behind it.
fn is_thousand(before: &str, after: impl Iterator<Item = char>) -> bool {
    let digits = before.chars().rev().take(4).take_while(|c| is_digit(*c)).count();
    (1..=3).contains(&digits) && after.take(4).take_while(|c| is_digit(*c)).count() == 3
}

fn quantity(text: &str, start: usize, end: usize) -> Option<Quantity> {
    let run = &text[start..end];
    if run == "等" {
        return equal(text, start);
    }
    if let Some(quantity) = fraction(text, start, end) {
        return Some(quantity);
    }
    let rounded = run.starts_with(['十', '百', '千', '万', '亿']) && is_vague(&text[..start]);
    let (value, scale) = number(run, rounded)?;
    let bare = Quantity { span: start..end, number: start..end, value, scale, unit: None, count: None };
    let told = with_unit(text, bare.clone()).unwrap_or(bare);
    Some(with_sign(text, told))
}

/// The quantity with the sign of money in front of it: ￥800元, ¥1,234.50, RMB 3000.
fn with_sign(text: &str, quantity: Quantity) -> Quantity {
    let before = text[..quantity.span.start].trim_end_matches([' ', '\u{3000}', '\u{a0}']);
    let Some(sign) = ["￥", "¥", "Ｙ", "RMB", "CNY"].into_iter().find(|sign| before.ends_with(sign)) else {
        return quantity;
    };
    let span = before.len() - sign.len()..quantity.span.end;
    match quantity.unit {
        Some(Unit::Fen) => Quantity { span, ..quantity },
        None => {
            let count = Quantity::count_in(quantity.value, Unit::Fen);
            Quantity { span, unit: Some(Unit::Fen), count, ..quantity }
        }
        Some(_) => quantity,
    }
}

/// Whether what stands before a unit of ten leaves its count open: 数百, 几千, 上万 (but not 以上百分之).
fn is_vague(before: &str) -> bool {
    before.ends_with(['数', '几', '成', '近']) || (before.ends_with('上') && !before.ends_with("以上"))
}

/// 等值, 等额: once the base that stands before it.
fn equal(text: &str, start: usize) -> Option<Quantity> {
    let word = ["等值", "等额"].into_iter().find(|word| text[start..].starts_with(word))?;
    let span = start..start + word.len();
    let (value, unit) = (Decimal::whole(1), Unit::Times);
    let count = Quantity::count_in(value, unit);
    Some(Quantity { number: span.clone(), span, value, scale: 1, unit: Some(unit), count })
}

/// 百分之五, 千分之三, 万分之五. Other fractions (三分之一) are no quantities here.
fn fraction(text: &str, start: usize, end: usize) -> Option<Quantity> {
    let per = match &text[start..end] {
        "百" => 100,
        "千" => 1000,
        "万" => 10_000,
        _ => return None,
    };
    let begin = end + text[end..].strip_prefix("分之").map(|_| "分之".len())?;
    let stop = run_end(text, begin);
    let (value, _) = number(&text[begin..stop], false)?;
    let count = value.exact(super::PPM / per);
    Some(Quantity { span: start..stop, number: start..stop, value, scale: 1, unit: Some(Unit::Share), count })
}

/// The value of a run, and the power of ten that it ends with. A leading unit (百元, 万元) counts once, unless `rounded`:
/// 数百, 几千 are no numbers.
fn number(run: &str, rounded: bool) -> Option<(Decimal, u64)> {
    if run.chars().count() > RUN_CHARS_MAX || rounded {
        return None;
    }
    let plain: String = run.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '\u{a0}')).collect();
    if let Some((whole, rest)) = plain.split_once(is_point) {
        return decimal(whole, rest);
    }
    let scale = plain.chars().next_back().map_or(1, scale_of);
    let value = match numerals::parse_lenient(&plain) {
        Some(reading) if reading.flawed && is_colloquial(&plain) => return None,
        Some(reading) => reading.value,
        None => numerals::parse(&format!("一{plain}"))?,
    };
    Some((Decimal::whole(value), scale))
}

/// 一万五, which means 15,000 in speech and 10,005 in articles: for money it is not read.
fn is_colloquial(run: &str) -> bool {
    let mut last = run.chars().rev();
    last.next().is_some_and(|c| scale_of(c) == 1 && c != '十') && last.next().is_some_and(|c| scale_of(c) > 1)
}

fn scale_of(c: char) -> u64 {
    match c {
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => 1,
    }
}

/// 3.5万, 三点五: a whole number, decimals, and units of ten behind them.
fn decimal(whole: &str, rest: &str) -> Option<(Decimal, u64)> {
    let places: String = rest.chars().take_while(|c| scale_of(*c) == 1).collect();
    let scale = rest.chars().skip_while(|c| scale_of(*c) == 1).try_fold(1u64, |all, c| {
        let scale = scale_of(c);
        if scale == 1 { None } else { all.checked_mul(scale) }
    })?;
    let (mut digits, mut decimals) = (numerals::parse(whole)?, 0);
    for place in places.chars() {
        let digit = numerals::parse(place.encode_utf8(&mut [0; 4])).filter(|digit| *digit < 10)?;
        digits = digits.checked_mul(10)?.checked_add(digit)?;
        decimals += 1;
    }
    Some((Decimal { digits, decimals }.times(scale)?, scale))
}

/// White space between a number and what belongs to it.
fn skip_space(text: &str, at: usize) -> usize {
    let space = text[at..].chars().take(2).take_while(|c| matches!(c, ' ' | '\u{3000}' | '\u{a0}'));
    at + space.map(char::len_utf8).sum::<usize>()
}

/// The quantity with the unit that follows its number, if one does.
fn with_unit(text: &str, bare: Quantity) -> Option<Quantity> {
    let at = skip_space(text, bare.span.end);
    let rest = &text[at..];
    let done = |end: usize, unit: Unit, count: Option<u64>| {
        Some(Quantity { span: bare.span.start..end, unit: Some(unit), count, ..bare.clone() })
    };
    let plain = |len: usize, unit: Unit| done(at + len, unit, Quantity::count_in(bare.value, unit));
    let circle = rest.starts_with('圆') && bare.number.len() <= '一'.len_utf8();
    if let Some(len) = yuan(rest).filter(|_| !circle) {
        let (end, fen) = small_money(text, at + len);
        let count = bare.value.exact(100).and_then(|yuan| yuan.checked_add(fen));
        return done(whole_money(text, end), Unit::Fen, count);
    }
    if rest.starts_with('角') && is_small_money(&rest['角'.len_utf8()..]) {
        let (end, fen) = pieces_of_fen(text, at + '角'.len_utf8());
        let count = bare.value.exact(10).and_then(|jiao| jiao.checked_add(fen));
        return done(whole_money(text, end), Unit::Fen, count);
    }
    if rest.starts_with('倍') {
        return plain('倍'.len_utf8(), Unit::Times);
    }
    if let Some(sign) = rest.chars().next().filter(|c| matches!(c, '%' | '％' | '‰')) {
        let count =
            if sign == '‰' { bare.value.exact(super::PPM / 1000) } else { bare.value.exact(super::PPM / 100) };
        return done(at + sign.len_utf8(), Unit::Share, count);
    }
    let (len, unit) = super::period::unit(&text[..bare.span.start], &text[bare.number.clone()], rest)?;
    plain(len, Unit::Period(unit))
}

/// Bytes of 元 at the start of `text`, if it is the unit of money: 三元催化器 and 五元旦 are not.
fn yuan(text: &str) -> Option<usize> {
    let skipped = if text.starts_with('余') { '余'.len_utf8() } else { 0 };
    if text[skipped..].starts_with("块钱") {
        return Some(skipped + "块钱".len());
    }
    let sign = text[skipped..].chars().next().filter(|c| matches!(c, '元' | '圆'))?;
    let len = skipped + sign.len_utf8();
    let other = ['旦', '件', '素', '化', '月', '催', '首', '帅', '宝', '器', '论', '形', '周', '柱', '锥', '桌', '弧'];
    (!text[len..].starts_with(other)).then_some(len)
}

/// 整 behind an amount.
fn whole_money(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    if rest.starts_with('整') && !rest.starts_with("整改") && !rest.starts_with("整顿") {
        at + '整'.len_utf8()
    } else {
        at
    }
}

/// Whether 角 in front of `after` is money: 三角形, 五角星 are not.
fn is_small_money(after: &str) -> bool {
    ["以上", "以下", "至", "的罚款", "罚款", "钱", "整"].iter().any(|word| after.starts_with(word))
        || after.starts_with(['/', '-', '—'])
        || piece(after, 0, '分').is_some()
}

/// 角 and 分 behind 元: where they end, and fen.
fn small_money(text: &str, at: usize) -> (usize, u64) {
    match piece(text, at, '角') {
        Some((end, jiao)) => {
            let (end, fen) = pieces_of_fen(text, end);
            (end, jiao * 10 + fen)
        }
        None => pieces_of_fen(text, at),
    }
}

fn pieces_of_fen(text: &str, at: usize) -> (usize, u64) {
    piece(text, at, '分').unwrap_or((at, 0))
}

/// One digit with the unit `sign`.
fn piece(text: &str, at: usize, sign: char) -> Option<(usize, u64)> {
    let digit = text[at..].chars().next().filter(|c| is_numeral(*c))?;
    let end = at + digit.len_utf8();
    let value = numerals::parse(&text[at..end]).filter(|value| *value < 10)?;
    text[end..].starts_with(sign).then_some((end + sign.len_utf8(), value))
}
