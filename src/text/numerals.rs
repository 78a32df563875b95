//! Chinese and Arabic numerals.

/// A number as read, and whether it was written as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The number.
    pub value: u64,
    /// Whether something had to be overlooked: a letter O for 0, Chinese and Arabic digits in one row, a 零 missing or
    /// too many.
    pub flawed: bool,
}

/// Reads a numeral that is written as it should be: `三十三`, `一百零二`, `二〇一九`, `33`, `３３`, `3万`, `两千`, `壹佰`.
/// The whole text must be the numeral. `None` too if it exceeds a `u64`.
pub fn parse(text: &str) -> Option<u64> {
    parse_lenient(text).filter(|reading| !reading.flawed).map(|reading| reading.value)
}

/// Reads a numeral also if it has one of the flaws of [`Reading`]. What lacks 零 is read as written: `一百二` is 102, as in
/// the number of an article.
pub fn parse_lenient(text: &str) -> Option<Reading> {
    let mut flawed = false;
    let symbols = symbols(text, &mut flawed)?;
    let reading = row(&symbols).unwrap_or_else(|| with_units(&symbols))?;
    Some(Reading { value: reading.value, flawed: reading.flawed || flawed })
}

/// A number in Chinese as laws write it: `十`, `一百零二`, `一万零一十`.
pub fn chinese(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let mut text = String::new();
    write_number(number, &mut text);
    // 一十二 is written 十二, but not inside a longer number.
    match text.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => text,
    }
}

/// Writes `number`, which is not 0, with 一 also before a leading 十.
fn write_number(number: u64, text: &mut String) {
    for (unit, sign) in [(YI, '亿'), (WAN, '万'), (1000, '千'), (100, '百'), (10, '十')] {
        if number < unit {
            continue;
        }
        write_number(number / unit, text);
        text.push(sign);
        let rest = number % unit;
        // 零 stands where a place is empty.
        if rest > 0 && rest < unit / 10 {
            text.push('零');
        }
        if rest > 0 {
            write_number(rest, text);
        }
        return;
    }
    text.extend(DIGITS.get(number as usize));
}

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const WAN: u64 = 10_000;
const YI: u64 = 100_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    /// 一 to 九, and 零 under all its signs.
    Digit(u64),
    /// 0 to 9.
    Arabic(u64),
    /// 十 百 千.
    Unit(u64),
    /// 廿 卅: a digit and 十 in one.
    Tens(u64),
    /// 万.
    Wan,
    /// 亿.
    Yi,
}

/// The signs of a text; `None` if one of them belongs to no numeral.
fn symbols(text: &str, flawed: &mut bool) -> Option<Vec<Symbol>> {
    let mut symbols = Vec::with_capacity(text.len() / 2);
    // Letters alone are no numeral, however much they look like one.
    let mut letters_alone = true;
    for character in text.chars() {
        match symbol(character) {
            Some(symbol) => {
                letters_alone = false;
                symbols.push(symbol);
            }
            None => {
                *flawed = true;
                symbols.push(misread(character)?);
            }
        }
    }
    (!letters_alone).then_some(symbols)
}

fn symbol(character: char) -> Option<Symbol> {
    Some(match character {
        '零' | '〇' | '○' | '◯' => Symbol::Digit(0),
        '一' | '壹' => Symbol::Digit(1),
        '二' | '两' | '兩' | '贰' | '貳' => Symbol::Digit(2),
        '三' | '叁' | '參' => Symbol::Digit(3),
        '四' | '肆' => Symbol::Digit(4),
        '五' | '伍' => Symbol::Digit(5),
        '六' | '陆' | '陸' => Symbol::Digit(6),
        '七' | '柒' => Symbol::Digit(7),
        '八' | '捌' => Symbol::Digit(8),
        '九' | '玖' => Symbol::Digit(9),
        '十' | '拾' => Symbol::Unit(10),
        '百' | '佰' => Symbol::Unit(100),
        '千' | '仟' => Symbol::Unit(1000),
        '廿' => Symbol::Tens(2),
        '卅' => Symbol::Tens(3),
        '万' | '萬' => Symbol::Wan,
        '亿' | '億' => Symbol::Yi,
        '0'..='9' => Symbol::Arabic(u64::from(character) - u64::from('0')),
        '０'..='９' => Symbol::Arabic(u64::from(character) - u64::from('０')),
        _ => return None,
    })
}

/// Letters that typists and scanners put in place of digits.
fn misread(character: char) -> Option<Symbol> {
    Some(match character {
        'O' | 'o' | 'Ｏ' | 'ｏ' | 'Ο' | 'О' => Symbol::Arabic(0),
        'l' | 'I' | '|' | 'ｌ' | 'Ｉ' | '｜' => Symbol::Arabic(1),
        _ => return None,
    })
}

/// Digits in a row, as in years: `二〇一九`, `2019`. `None` if there is something else among them.
fn row(symbols: &[Symbol]) -> Option<Option<Reading>> {
    let mut value = Some(0u64);
    let (mut chinese, mut arabic) = (false, false);
    for symbol in symbols {
        let digit = match symbol {
            Symbol::Digit(digit) => {
                chinese = true;
                digit
            }
            Symbol::Arabic(digit) => {
                arabic = true;
                digit
            }
            _ => return None,
        };
        value = value.and_then(|value| value.checked_mul(10)?.checked_add(*digit));
    }
    Some(value.map(|value| Reading { value, flawed: chinese && arabic }))
}

/// A numeral with units, read sign by sign.
#[derive(Default)]
struct Reader {
    /// Up to the last 亿, it included.
    yi: u64,
    /// From there to the last 万, it included.
    wan: u64,
    /// What follows, up to the last of 十 百 千.
    section: u64,
    /// The last of 十 百 千 in the section: units fall.
    unit: Option<u64>,
    /// A number that waits for its unit, and whether it is Arabic.
    waiting: Option<(u64, bool)>,
    /// The same numeral as [`chinese`] would write each part.
    written: String,
}

impl Reader {
    /// Takes one sign; `None` if no number can be read so.
    fn take(&mut self, symbol: Symbol) -> Option<()> {
        match symbol {
            Symbol::Arabic(digit) => return self.take_arabic(digit),
            Symbol::Digit(0) if self.waiting.is_none() => self.written.push('零'),
            Symbol::Digit(digit) if self.waiting.is_none() => {
                self.waiting = Some((digit, false));
                self.written.extend(DIGITS.get(digit as usize));
            }
            Symbol::Digit(_) => return None,
            Symbol::Unit(unit) => {
                self.settle_arabic();
                let count = match self.waiting.take() {
                    Some((count, _)) => count,
                    None if unit == 10 => 1,
                    None => return None,
                };
                self.add_places(count, unit)?;
                self.written.push(unit_sign(unit));
            }
            Symbol::Tens(count) if self.waiting.is_none() => {
                self.add_places(count, 10)?;
                self.written.extend(DIGITS.get(count as usize));
                self.written.push('十');
            }
            Symbol::Tens(_) => return None,
            Symbol::Wan => {
                let section = self.end_section()?;
                if section == 0 || self.wan > 0 {
                    return None;
                }
                self.wan = section.checked_mul(WAN)?;
                self.written.push('万');
            }
            Symbol::Yi => {
                let upper = self.end_section().and_then(|section| self.below_yi(section))?;
                self.yi = upper.checked_mul(YI).filter(|value| *value > 0)?;
                self.wan = 0;
                self.written.push('亿');
            }
        }
        Some(())
    }

    fn take_arabic(&mut self, digit: u64) -> Option<()> {
        let value = match self.waiting {
            Some((value, true)) => value.checked_mul(10)?.checked_add(digit)?,
            Some((_, false)) => return None,
            None => digit,
        };
        self.waiting = Some((value, true));
        Some(())
    }

    /// Writes an Arabic number that has come to its end.
    fn settle_arabic(&mut self) {
        if let Some((value, true)) = self.waiting {
            self.written.push_str(&chinese(value));
        }
    }

    fn add_places(&mut self, count: u64, unit: u64) -> Option<()> {
        let falling = self.unit.is_none_or(|last| unit < last);
        if !falling || !(1..=9).contains(&count) {
            return None;
        }
        self.section += count * unit;
        self.unit = Some(unit);
        Some(())
    }

    /// The value of the section that ends here.
    fn end_section(&mut self) -> Option<u64> {
        self.settle_arabic();
        let rest = self.waiting.take().map_or(0, |(value, _)| value);
        if self.unit.is_some_and(|unit| rest >= unit) {
            return None;
        }
        self.unit = None;
        std::mem::take(&mut self.section).checked_add(rest)
    }

    /// Everything so far, the section just ended included.
    fn below_yi(&self, section: u64) -> Option<u64> {
        if self.wan > 0 && section >= WAN {
            return None;
        }
        let lower = self.wan.checked_add(section)?;
        if self.yi > 0 && lower >= YI {
            return None;
        }
        self.yi.checked_add(lower)
    }
}

fn unit_sign(unit: u64) -> char {
    match unit {
        10 => '十',
        100 => '百',
        _ => '千',
    }
}

/// A numeral with units: `三十三`, `3万5千`.
fn with_units(symbols: &[Symbol]) -> Option<Reading> {
    let mut reader = Reader::default();
    for symbol in symbols {
        reader.take(*symbol)?;
    }
    let section = reader.end_section()?;
    let value = reader.below_yi(section)?;
    // Both 一百一十 and 一百十 are written.
    let plain = |text: &str| text.replace("一十", "十");
    Some(Reading { value, flawed: plain(&reader.written) != plain(&chinese(value)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numerals_as_laws_write_them() {
        let cases = [
            ("零", 0),
            ("〇", 0),
            ("七", 7),
            ("十", 10),
            ("十一", 11),
            ("三十三", 33),
            ("一百", 100),
            ("一百零二", 102),
            ("一百〇二", 102),
            ("一百一十", 110),
            ("一百十", 110),
            ("一百一十九", 119),
            ("一千零二十", 1020),
            ("一千二百六十", 1260),
            ("两千", 2000),
            ("二〇一九", 2019),
            ("二○一九", 2019),
            ("一万零一十", 10_010),
            ("十万", 100_000),
            ("一亿零五十万", 100_500_000),
            ("壹佰贰拾", 120),
            ("廿一", 21),
            ("33", 33),
            ("３３", 33),
            ("007", 7),
            ("3万", 30_000),
            ("20万", 200_000),
            ("1200万", 12_000_000),
            ("3万5千", 35_000),
            ("18446744073709551615", u64::MAX),
        ];
        for (text, value) in cases {
            assert_eq!(parse(text), Some(value), "{text}");
            assert_eq!(parse_lenient(text), Some(Reading { value, flawed: false }), "{text}");
        }
    }

    #[test]
    fn what_is_flawed_is_read_and_flagged() {
        let cases = [
            ("一百二", 102),
            ("一千二十", 1020),
            ("一百零二十", 120),
            ("2〇19", 2019),
            ("二O一九", 2019),
            ("1O", 10),
            ("l2", 12),
        ];
        for (text, value) in cases {
            assert_eq!(parse(text), None, "{text}");
            assert_eq!(parse_lenient(text), Some(Reading { value, flawed: true }), "{text}");
        }
    }

    #[test]
    fn what_is_no_numeral_is_not_read() {
        let cases = [
            "",
            "条",
            "第三",
            "OI",
            "百",
            "万",
            "十百",
            "二十百",
            "三三百",
            "二十三十",
            "20百",
            "一万一万",
            "三点五",
            "3.5",
            "-1",
            "十100",
            "18446744073709551616",
            "9999999999999亿",
        ];
        for text in cases {
            assert_eq!(parse_lenient(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_laws_write_them() {
        let cases = [
            (0, "零"),
            (5, "五"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (101, "一百零一"),
            (110, "一百一十"),
            (1001, "一千零一"),
            (1010, "一千零一十"),
            (10_000, "一万"),
            (120_000, "十二万"),
            (1_000_500, "一百万零五百"),
            (100_000_000, "一亿"),
        ];
        for (value, text) in cases {
            assert_eq!(chinese(value), text);
        }
    }

    proptest! {
        #[test]
        fn there_and_back(value in any::<u64>(), shift in 0u32..64) {
            let value = value >> shift;
            prop_assert_eq!(parse(&chinese(value)), Some(value), "{}", chinese(value));
            prop_assert_eq!(parse(&value.to_string()), Some(value));
        }

        #[test]
        fn nothing_makes_it_panic(text in "[零〇一二两九十百千万亿廿0-9Ol]{0,24}|\\PC{0,8}") {
            if let Some(value) = parse(&text) {
                prop_assert_eq!(parse_lenient(&text), Some(Reading { value, flawed: false }));
            }
        }
    }
}
