//! How Word writes a number of a list: the formats of `w:numFmt`.

use crate::text::numerals::chinese;

/// Beyond this, letters and Roman numerals become absurdly long; Word writes no such number either.
const SPELT_MAX: u32 = 780;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// 1 2 3.
    Decimal,
    /// Decimal with zeros in front up to so many digits.
    Padded(usize),
    /// １ ２ ３.
    FullWidth,
    /// ① ② ③.
    Circled,
    /// ⑴ ⑵ ⑶.
    Parenthesised,
    /// ⒈ ⒉ ⒊.
    WithStop,
    /// ㈠ ㈡ ㈢.
    ChineseParenthesised,
    /// 一 二 … 十 十一 … 一百零一. Japanese counting too: Word writes 百一 for it, which no Chinese text means.
    Chinese,
    /// The same up to 九十九, then digit by digit: 一〇一.
    ChineseThenDigits,
    /// Digit by digit from the beginning: 一〇 一一.
    ChineseDigits,
    /// 壹 贰 … 壹拾.
    ChineseLegal,
    /// 甲 乙 丙.
    Stems,
    /// 子 丑 寅.
    Branches,
    /// 甲子 乙丑 丙寅.
    StemsAndBranches,
    /// A B C … AA BB.
    Letters {
        /// Capitals.
        upper: bool,
    },
    /// I II III.
    Roman {
        /// Capitals.
        upper: bool,
    },
    /// 1st 2nd 3rd.
    Ordinal,
    /// A sign that counts nothing.
    Bullet,
    /// No number; the text around it stays.
    None,
}

impl NumberFormat {
    /// The format of a name in the file; `None` for those of other languages.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "decimal" | "decimalHalfWidth" => Self::Decimal,
            "decimalZero" => Self::Padded(2),
            "decimalFullWidth" | "decimalFullWidth2" => Self::FullWidth,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "decimalEnclosedParen" => Self::Parenthesised,
            "decimalEnclosedFullstop" => Self::WithStop,
            "ideographEnclosedCircle" => Self::ChineseParenthesised,
            "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCountingThousand" => Self::Chinese,
            "chineseCounting" | "taiwaneseCounting" => Self::ChineseThenDigits,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Self::ChineseDigits,
            "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Self::ChineseLegal,
            "ideographTraditional" => Self::Stems,
            "ideographZodiac" => Self::Branches,
            "ideographZodiacTraditional" => Self::StemsAndBranches,
            "lowerLetter" => Self::Letters { upper: false },
            "upperLetter" => Self::Letters { upper: true },
            "lowerRoman" => Self::Roman { upper: false },
            "upperRoman" => Self::Roman { upper: true },
            "ordinal" => Self::Ordinal,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => return None,
        })
    }

    /// A number in this format; in Arabic digits where the format ends.
    pub(super) fn write(self, number: u32) -> String {
        let spelt = match self {
            Self::Decimal => None,
            Self::Padded(width) => Some(format!("{number:0width$}")),
            Self::FullWidth => Some(full_width(number)),
            Self::Circled => circled(number).map(String::from),
            Self::Parenthesised => nth('\u{2474}', number, 20).map(String::from),
            Self::WithStop => nth('\u{2488}', number, 20).map(String::from),
            Self::ChineseParenthesised => nth('\u{3220}', number, 10).map(String::from),
            Self::Chinese => Some(chinese(u64::from(number))),
            Self::ChineseThenDigits if number < 100 => Some(chinese(u64::from(number))),
            Self::ChineseThenDigits | Self::ChineseDigits => {
                Some(replaced(&number.to_string(), '0'..='9', "〇一二三四五六七八九"))
            }
            Self::ChineseLegal => Some(legal(number)),
            Self::Stems => cycle("甲乙丙丁戊己庚辛壬癸", number).filter(|_| number <= 10).map(String::from),
            Self::Branches => cycle("子丑寅卯辰巳午未申酉戌亥", number).filter(|_| number <= 12).map(String::from),
            Self::StemsAndBranches => stems_and_branches(number),
            Self::Letters { upper } => letters(number).map(|text| cased(text, upper)),
            Self::Roman { upper } => roman(number).map(|text| cased(text, upper)),
            Self::Ordinal => Some(ordinal(number)),
            Self::Bullet | Self::None => Some(String::new()),
        };
        spelt.unwrap_or_else(|| number.to_string())
    }
}

fn cased(text: String, upper: bool) -> String {
    if upper { text } else { text.to_ascii_lowercase() }
}

/// The `number`th character from `first` on, if there are so many.
fn nth(first: char, number: u32, count: u32) -> Option<char> {
    let step = number.checked_sub(1).filter(|_| number <= count)?;
    char::from_u32(u32::from(first).checked_add(step)?)
}

fn circled(number: u32) -> Option<char> {
    match number {
        0 => Some('⓪'),
        1..=20 => nth('①', number, 20),
        21..=35 => nth('㉑', number - 20, 15),
        36..=50 => nth('㊱', number - 35, 15),
        _ => None,
    }
}

fn full_width(number: u32) -> String {
    replaced(&number.to_string(), '0'..='9', "０１２３４５６７８９")
}

/// A text with each character of a range replaced by the one at the same place.
fn replaced(text: &str, range: std::ops::RangeInclusive<char>, signs: &str) -> String {
    let sign = |char: char| range.clone().position(|one| one == char).and_then(|at| signs.chars().nth(at));
    text.chars().map(|char| sign(char).unwrap_or(char)).collect()
}

fn legal(number: u32) -> String {
    let plain = chinese(u64::from(number));
    // The legal form writes 壹拾 where the plain one writes 十.
    let plain = if plain.starts_with('十') { format!("一{plain}") } else { plain };
    let pairs: Vec<(char, char)> = "一二三四五六七八九十百千".chars().zip("壹贰叁肆伍陆柒捌玖拾佰仟".chars()).collect();
    let sign = |char: char| pairs.iter().find(|pair| pair.0 == char).map_or(char, |pair| pair.1);
    plain.chars().map(sign).collect()
}

fn cycle(signs: &str, number: u32) -> Option<char> {
    let count = u32::try_from(signs.chars().count()).ok()?;
    signs.chars().nth((number.checked_sub(1)? % count) as usize)
}

fn stems_and_branches(number: u32) -> Option<String> {
    let stem = cycle("甲乙丙丁戊己庚辛壬癸", number)?;
    let branch = cycle("子丑寅卯辰巳午未申酉戌亥", number)?;
    (number <= 60).then(|| String::from_iter([stem, branch]))
}

/// A to Z, then each letter twice, three times and so on.
fn letters(number: u32) -> Option<String> {
    let step = number.checked_sub(1).filter(|_| number <= SPELT_MAX)?;
    let letter = char::from_u32(u32::from('A') + step % 26)?;
    Some(String::from_iter(std::iter::repeat_n(letter, (step / 26 + 1) as usize)))
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number >= 4000 {
        return None;
    }
    let mut text = String::new();
    let mut rest = number;
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_word_writes_them() {
        let cases = [
            ("decimal", 12, "12"),
            ("decimalZero", 3, "03"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalEnclosedCircle", 10, "⑩"),
            ("decimalEnclosedCircleChinese", 21, "㉑"),
            ("decimalEnclosedCircle", 51, "51"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("ideographEnclosedCircle", 3, "㈢"),
            ("chineseCounting", 12, "十二"),
            ("chineseCounting", 101, "一〇一"),
            ("japaneseCounting", 101, "一百零一"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("japaneseCounting", 20, "二十"),
            ("ideographDigital", 10, "一〇"),
            ("chineseLegalSimplified", 10, "壹拾"),
            ("ideographTraditional", 3, "丙"),
            ("ideographTraditional", 11, "11"),
            ("ideographZodiac", 12, "亥"),
            ("ideographZodiacTraditional", 13, "丙子"),
            ("lowerLetter", 26, "z"),
            ("upperLetter", 28, "BB"),
            ("lowerRoman", 49, "xlix"),
            ("upperRoman", 4000, "4000"),
            ("ordinal", 112, "112th"),
            ("lowerLetter", u32::MAX, "4294967295"),
            ("none", 4, ""),
        ];
        for (name, number, text) in cases {
            assert_eq!(NumberFormat::named(name).map(|format| format.write(number)).as_deref(), Some(text), "{name}");
        }
        assert_eq!(NumberFormat::named("hebrew1"), None);
    }
}
