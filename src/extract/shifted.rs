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
    }
}
