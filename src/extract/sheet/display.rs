//! How a spreadsheet shows a number: the part of its format language that real tables use.
//!
//! What is not known (fractions, colours, conditions) is shown as 常规 shows it, so a value is never lost.

use std::collections::BTreeMap;

/// The number formats of a file.
#[derive(Debug, Default)]
pub(super) struct Formats {
    own: BTreeMap<u32, Format>,
    /// Whether days are counted from 1904 and not from 1900.
    pub(super) from_1904: bool,
}

impl Formats {
    pub(super) fn add(&mut self, number: u32, code: &str) {
        self.own.insert(number, Format::parse(code));
    }

    /// The format of a number, the file's own before the built-in ones; `None` for 常规.
    pub(super) fn get(&self, number: u32) -> Option<&Format> {
        self.own.get(&number).or_else(|| built_in(number))
    }
}

/// A number format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// 常规: as many digits as the number has.
    General,
    /// Literal text around digits.
    Number { before: String, after: String, decimals: usize, grouped: bool, percent: bool },
    /// A date or time, as pieces.
    Date(Vec<Piece>),
}

/// A piece of a date format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Year,
    Month(usize),
    Day(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    Text(String),
}

/// Built-in formats of a Chinese Excel; the numbers are those of the file formats.
fn built_in(number: u32) -> Option<&'static Format> {
    use std::sync::LazyLock;
    static TABLE: LazyLock<BTreeMap<u32, Format>> = LazyLock::new(|| {
        let codes: &[(&[u32], &str)] = &[
            (&[1], "0"),
            (&[2], "0.00"),
            (&[3, 37, 38], "#,##0"),
            (&[4, 39, 40], "#,##0.00"),
            (&[9], "0%"),
            (&[10], "0.00%"),
            (&[14], "yyyy/m/d"),
            (&[15], "d-mm-yy"),
            (&[18, 20], "h:mm"),
            (&[19, 21], "h:mm:ss"),
            (&[22], "yyyy/m/d h:mm"),
            (&[27, 36, 50, 57], "yyyy\"年\"m\"月\""),
            (&[28, 29, 51, 54, 58], "m\"月\"d\"日\""),
            (&[30], "m-d-yy"),
            (&[31], "yyyy\"年\"m\"月\"d\"日\""),
            (&[32], "h\"时\"mm\"分\""),
            (&[33], "h\"时\"mm\"分\"ss\"秒\""),
            (&[52], "yyyy\"年\"m\"月\""),
            (&[53], "m\"月\"d\"日\""),
        ];
        codes.iter().flat_map(|(numbers, code)| numbers.iter().map(|&number| (number, Format::parse(code)))).collect()
    });
    TABLE.get(&number)
}

/// Longest run of digits or format letters that is counted; longer ones are no real format.
const RUN_MAX: usize = 30;

impl Format {
    /// Reads the first section of a format code (that of positive numbers).
    pub(super) fn parse(code: &str) -> Format {
        let tokens = tokens(code);
        if tokens.iter().any(|token| matches!(token, Token::Letters('y' | 'd' | 'h' | 's' | 'm', _))) {
            return Format::Date(pieces(tokens));
        }
        let (mut before, mut after) = (String::new(), String::new());
        let (mut decimals, mut grouped, mut percent, mut seen, mut point) = (0, false, false, false, false);
        for token in tokens {
            match token {
                Token::Text(text) => if seen { &mut after } else { &mut before }.push_str(&text),
                Token::Digit if point => (decimals, seen) = (decimals + 1, true),
                Token::Digit => seen = true,
                Token::Point => point = true,
                Token::Comma => grouped |= seen,
                Token::Percent => percent = true,
                Token::Letters(..) | Token::Other => return Format::General,
            }
        }
        if !seen || decimals > RUN_MAX {
            return Format::General;
        }
        Format::Number { before, after, decimals, grouped, percent }
    }

    /// The number as the sheet shows it.
    pub(super) fn print(&self, value: f64, from_1904: bool) -> String {
        match self {
            _ if !value.is_finite() => "#NUM!".to_string(),
            Format::General => general(value),
            Format::Number { before, after, decimals, grouped, percent } => {
                let digits = fixed(if *percent { value * 100.0 } else { value }, *decimals, *grouped);
                format!("{before}{digits}{}{after}", if *percent { "%" } else { "" })
            }
            Format::Date(pieces) => date(value, pieces, from_1904).unwrap_or_else(|| general(value)),
        }
    }
}

enum Token {
    Text(String),
    Digit,
    Point,
    Comma,
    Percent,
    Letters(char, usize),
    Other,
}

fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = code.chars().take(500).peekable();
    while let Some(char) = chars.next() {
        let token = match char {
            ';' => break,
            '"' => Token::Text(chars.by_ref().take_while(|&char| char != '"').collect()),
            '\\' => Token::Text(chars.next().map(String::from).unwrap_or_default()),
            // A blank as wide as the next character, or a character to fill the cell with.
            '_' | '*' => {
                chars.next();
                continue;
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|&char| char != ']').collect();
                match inside.strip_prefix('$') {
                    Some(currency) => Token::Text(currency.split('-').next().unwrap_or_default().to_string()),
                    None => continue,
                }
            }
            '0' | '#' | '?' => Token::Digit,
            '.' => Token::Point,
            ',' => Token::Comma,
            '%' => Token::Percent,
            'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' => {
                let letter = char.to_ascii_lowercase();
                let mut count = 1;
                while chars.next_if(|next| next.to_ascii_lowercase() == letter).is_some() {
                    count += 1;
                }
                Token::Letters(letter, count)
            }
            '@' | 'E' | 'e' | 'G' | 'g' | 'A' | 'a' => Token::Other,
            char => Token::Text(char.to_string()),
        };
        tokens.push(token);
    }
    tokens
}

/// `m` means minutes behind hours and before seconds, months elsewhere.
fn pieces(tokens: Vec<Token>) -> Vec<Piece> {
    let letters: Vec<char> = tokens
        .iter()
        .filter_map(|token| if let Token::Letters(letter, _) = token { Some(*letter) } else { None })
        .collect();
    let mut at = 0usize;
    let mut pieces = Vec::new();
    for token in tokens {
        pieces.push(match token {
            Token::Letters(letter, count) => {
                let minutes = at.checked_sub(1).and_then(|before| letters.get(before)) == Some(&'h')
                    || letters.get(at + 1) == Some(&'s');
                at += 1;
                let count = count.min(2);
                match letter {
                    'y' => Piece::Year,
                    'm' if minutes => Piece::Minute(count),
                    'm' => Piece::Month(count),
                    'd' => Piece::Day(count),
                    'h' => Piece::Hour(count),
                    _ => Piece::Second(count),
                }
            }
            Token::Text(text) => Piece::Text(text),
            Token::Point => Piece::Text(".".into()),
            Token::Comma => Piece::Text(",".into()),
            Token::Percent => Piece::Text("%".into()),
            Token::Digit | Token::Other => continue,
        });
    }
    pieces
}

/// At most eleven significant digits and no zeros behind the point.
fn general(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let magnitude = value.abs().log10().floor() as i32;
    if !(-9..=14).contains(&magnitude) {
        return format!("{value:E}");
    }
    let decimals = (10 - magnitude).clamp(0, 20) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

fn fixed(value: f64, decimals: usize, grouped: bool) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut shown = String::new();
    // A number that rounds to nothing has no sign.
    if value < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        shown.push('-');
    }
    for (at, digit) in whole.char_indices() {
        if grouped && at > 0 && (whole.len() - at) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    if let Some(rest) = rest {
        shown.push('.');
        shown.push_str(rest);
    }
    shown
}

/// `None` for a number that is no date (before 1900, after 9999).
fn date(value: f64, pieces: &[Piece], from_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let seconds = (value.fract() * 86_400.0).round() as u64;
    let serial = value.trunc() as i64 + (seconds / 86_400) as i64 + if from_1904 { 1_462 } else { 0 };
    let seconds = seconds % 86_400;
    // Spreadsheets count a 29 February 1900 that never was.
    let (year, month, day) = match serial {
        60 => (1900, 2, 29),
        _ => civil(serial - 25_569 + i64::from(serial < 60)),
    };
    let padded = |number: u64, width: usize| format!("{number:0width$}");
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Year => text.push_str(&padded(year, 4)),
            Piece::Month(width) => text.push_str(&padded(month, *width)),
            Piece::Day(width) => text.push_str(&padded(day, *width)),
            Piece::Hour(width) => text.push_str(&padded(seconds / 3_600, *width)),
            Piece::Minute(width) => text.push_str(&padded(seconds / 60 % 60, *width)),
            Piece::Second(width) => text.push_str(&padded(seconds % 60, *width)),
            Piece::Text(literal) => text.push_str(literal),
        }
    }
    Some(text)
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar; `day` is not before 1899.
fn civil(day: i64) -> (u64, u64, u64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> String {
        Format::parse(code).print(value, false)
    }

    #[test]
    fn numbers_are_shown_by_their_format() {
        for (code, value, expected) in [
            ("General", 1.0, "1"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", 12_345_678.9, "12345678.9"),
            ("0", 1.6, "2"),
            ("#,##0.00", 1_234_567.5, "1,234,567.50"),
            ("0.0%", 0.125, "12.5%"),
            ("#,##0.00_);[Red](#,##0.00)", 3.0, "3.00"),
            ("0\"万元\"", 20.0, "20万元"),
            ("[$¥-804]#,##0", 5_000.0, "¥5,000"),
            ("@", 7.0, "7"),
            ("0", -0.2, "0"),
        ] {
            assert_eq!(shown(code, value), expected, "{code} {value}");
        }
    }

    #[test]
    fn dates_are_shown_by_their_format() {
        for (code, value, expected) in [
            ("yyyy\"年\"m\"月\"d\"日\"", 44_197.0, "2021年1月1日"),
            ("yyyy-mm-dd hh:mm:ss", 44_561.5, "2021-12-31 12:00:00"),
            ("yyyy/m/d", 60.0, "1900/2/29"),
            ("yyyy/m/d", 59.0, "1900/2/28"),
            ("yyyy/m/d", 61.0, "1900/3/1"),
            ("h:mm", 0.25, "6:00"),
            ("yyyy/m/d", -1.0, "-1"),
            ("[$-804]yyyy\"年\"m\"月\";@", 43_922.0, "2020年4月"),
        ] {
            assert_eq!(shown(code, value), expected, "{code} {value}");
        }
        assert_eq!(Format::parse("yyyy-m-d").print(42_735.0, true), "2021-1-1");
    }
}
