//! Raised and lowered text (上标, 下标) as Unicode has it: one rule for all formats.

const RAISED: [(char, char); 14] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('－', '⁻'),
];

const LOWERED: [(char, char); 14] = [
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('－', '₋'),
];

/// Whether characters stand on the line, above or below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shift {
    /// On it.
    #[default]
    None,
    /// 上标.
    Raised,
    /// 下标.
    Lowered,
}

impl Shift {
    /// A character where it stands; what Unicode has no shifted form of stays as it is.
    pub fn of(self, char: char) -> char {
        let table: &[(char, char)] = match self {
            Self::None => return char,
            Self::Raised => &RAISED,
            Self::Lowered => &LOWERED,
        };
        table.iter().find(|pair| pair.0 == char).map_or(char, |pair| pair.1)
    }
}

/// Raised digits and signs as characters of their own, so that 10³ does not become 103; `None` if there is anything else.
pub fn raised(text: &str) -> Option<String> {
    shifted(text, &RAISED)
}

/// The same for lowered ones.
pub fn lowered(text: &str) -> Option<String> {
    shifted(text, &LOWERED)
}

fn shifted(text: &str, table: &[(char, char)]) -> Option<String> {
    let sign = |char: char| table.iter().find(|pair| pair.0 == char).map(|pair| pair.1);
    text.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_and_signs_are_raised() {
        assert_eq!((raised("3"), lowered("12")), (Some("³".to_string()), Some("₁₂".to_string())));
        assert_eq!((raised("-3"), raised("−12")), (Some("⁻³".to_string()), Some("⁻¹²".to_string())));
        assert_eq!(raised("[1]"), None);
        let all = |shift: Shift, text: &str| text.chars().map(|c| shift.of(c)).collect::<String>();
        assert_eq!(all(Shift::Raised, "5吨"), "⁵吨");
        assert_eq!((all(Shift::Lowered, "2"), all(Shift::None, "2")), ("₂".to_string(), "2".to_string()));
    }
}
