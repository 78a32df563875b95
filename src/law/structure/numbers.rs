//! Ordinals and list numbers as law writes them, with the slips that sources make.
//!
//! Every reader looks at a bounded number of characters, so that scanning a text stays linear whatever it contains.
//! `text::numerals` reads a whole text as a number; here the question is where a number at the beginning of a line ends,
//! and it is asked for every line of a corpus: so it allocates nothing.

use crate::text::numerals;

/// Longest number that is read, in characters.
const NUMBER_CHARS_MAX: usize = 20;

/// A number in front of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its value.
    pub value: u32,
    /// Bytes it covers.
    pub len: usize,
    /// Whether it contains white space or a wrong character (`第七十五 条`, `第五十－条`).
    pub odd: bool,
}

/// Value of a numeral; units are their power of ten.
enum Numeral {
    Digit(u32),
    Unit(u32),
    /// 廿, 卅: so many tens.
    Tens(u32),
}

fn numeral(c: char) -> Option<Numeral> {
    Some(match c {
        '零' | '〇' | '○' | 'Ｏ' | 'O' => Numeral::Digit(0),
        '一' | '壹' => Numeral::Digit(1),
        '二' | '两' | '贰' => Numeral::Digit(2),
        '三' | '叁' => Numeral::Digit(3),
        '四' | '肆' => Numeral::Digit(4),
        '五' | '伍' => Numeral::Digit(5),
        '六' | '陆' => Numeral::Digit(6),
        '七' | '柒' => Numeral::Digit(7),
        '八' | '捌' => Numeral::Digit(8),
        '九' | '玖' => Numeral::Digit(9),
        '十' | '拾' => Numeral::Unit(10),
        '百' | '佰' => Numeral::Unit(100),
        '千' | '仟' => Numeral::Unit(1000),
        '廿' => Numeral::Tens(2),
        '卅' => Numeral::Tens(3),
        '0'..='9' => Numeral::Digit(c as u32 - '0' as u32),
        '０'..='９' => Numeral::Digit(c as u32 - '０' as u32),
        _ => return None,
    })
}

fn is_wrong(c: char) -> bool {
    is_dash(c) || matches!(c, 'O' | 'Ｏ')
}

fn is_dash(c: char) -> bool {
    matches!(c, '－' | '—' | '-')
}

/// Whether a dash is written for 一: only as the last digit of a Chinese number, before its unit (第五十－条). Between numbers it
/// makes a range (第五-七条, 第二十—三十条).
fn is_written_for_one(before: Option<char>, behind: &str) -> bool {
    let behind = behind.trim_start_matches([' ', '\u{3000}']);
    before.is_some_and(|c| "十百千零〇".contains(c)) && behind.starts_with(['编', '章', '节', '条', '款', '项', '目'])
}

/// The number at the start of `text`, Chinese or Arabic, with white space inside it tolerated. `None` if there is none or
/// it is no number of a provision (0, or over 99,999).
pub(crate) fn leading(text: &str) -> Option<Number> {
    let (mut total, mut current) = (0u32, 0u32);
    let (mut len, mut odd, mut space, mut before) = (0, false, false, None);
    for (at, c) in text.char_indices().take(NUMBER_CHARS_MAX) {
        if c.is_whitespace() && c != '\n' {
            space = true;
            continue;
        }
        let one = is_dash(c) && is_written_for_one(before, &text[at + c.len_utf8()..]);
        let Some(numeral) = (if one { Some(Numeral::Digit(1)) } else { numeral(c) }) else { break };
        before = Some(c);
        odd |= space || is_wrong(c);
        match numeral {
            Numeral::Digit(digit) => current = current.checked_mul(10)?.checked_add(digit)?,
            Numeral::Tens(tens) => {
                total = total.checked_add(tens * 10)?;
                current = 0;
            }
            Numeral::Unit(unit) => {
                total = total.checked_add(current.max(1).checked_mul(unit)?)?;
                current = 0;
            }
        }
        len = at + c.len_utf8();
    }
    let value = total.checked_add(current)?;
    let written_wrong_only = text[..len].chars().all(|c| is_wrong(c) || c.is_whitespace());
    (value > 0 && value < 100_000 && !written_wrong_only).then_some(Number { value, len, odd })
}

/// The number written only in Chinese numerals, nothing tolerated, for list numbers (一、, （一）).
pub(super) fn leading_chinese(text: &str) -> Option<Number> {
    let strict = |c: char| "零〇一二三四五六七八九十百".contains(c);
    let len = text.chars().take(NUMBER_CHARS_MAX).take_while(|c| strict(*c)).map(char::len_utf8).sum();
    leading(&text[..len])
}

/// The number written only in digits, at most three, for list numbers (1., （1）).
pub(super) fn leading_digits(text: &str) -> Option<Number> {
    let digits = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
    let count = text.chars().take(NUMBER_CHARS_MAX).take_while(digits).count();
    if count > 3 {
        return None;
    }
    leading(&text[..text.chars().take(count).map(char::len_utf8).sum()])
}

/// The text and value of `第X` + unit at the start of `text`; the rest begins with the unit.
pub(crate) fn ordinal(text: &str) -> Option<Number> {
    let first = text.chars().next().filter(|c| matches!(c, '第' | '笫'))?;
    let skipped = first.len_utf8();
    let inner = &text[skipped..];
    let blank = inner.len() - inner.trim_start_matches(is_inner_space).len();
    if blank > 12 {
        return None;
    }
    let number = leading(&inner[blank..])?;
    let after = &inner[blank + number.len..];
    let trailing = after.len() - after.trim_start_matches(is_inner_space).len();
    if trailing > 12 {
        return None;
    }
    let odd = number.odd || blank > 0 || trailing > 0 || first == '笫';
    Some(Number { value: number.value, len: skipped + blank + number.len + trailing, odd })
}

fn is_inner_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{a0}' | '\t')
}

/// A number in Chinese, as labels use it.
pub(super) fn chinese(value: u32) -> String {
    numerals::chinese(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_their_slips() {
        for (text, value, odd) in [
            ("一千二百六十条", 1260, false),
            ("一百〇五条", 105, false),
            ("一百零五条", 105, false),
            ("二十条", 20, false),
            ("105条", 105, false),
            ("１２条", 12, false),
            ("七十 五条", 75, true),
            ("五十－条", 51, true),
            ("一○五", 105, false),
            ("二-四条", 2, false),
            ("2－4条", 2, false),
            ("二十—三十条", 20, false),
        ] {
            let number = leading(text).unwrap();
            assert_eq!((number.value, number.odd), (value, odd), "{text}");
        }
        assert_eq!(leading("条"), None);
        assert_eq!(leading("零条"), None);
        assert_eq!(leading("—条"), None);
        assert_eq!(leading("9999999999条"), None);
    }

    #[test]
    fn ordinals_end_before_their_unit() {
        assert_eq!(ordinal("第七十五 条　甲"), Some(Number { value: 75, len: "第七十五 ".len(), odd: true }));
        assert!(ordinal("笫五十四条").unwrap().odd);
        assert_eq!(ordinal("第三章").unwrap().len, "第三".len());
        assert_eq!(ordinal("第 章"), None);
        assert_eq!(ordinal("第三十－条").unwrap().value, 31);
        assert_eq!(ordinal("第2-4条").unwrap().len, "第2".len());
    }

    #[test]
    fn list_numbers_are_strict() {
        assert_eq!(leading_chinese("十二、甲").unwrap().value, 12);
        assert_eq!(leading_chinese("12、甲"), None);
        assert_eq!(leading_digits("12.甲").unwrap().value, 12);
        assert_eq!(leading_digits("2018.甲"), None);
        assert_eq!(leading_digits("一.甲"), None);
    }

    #[test]
    fn every_number_is_read_back() {
        for value in 1..3000 {
            assert_eq!(leading(&chinese(value)).unwrap().value, value);
        }
    }
}
