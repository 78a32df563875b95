//! Characters of symbol fonts as Unicode has them.

/// The character that a symbol font shows for a code; `None` if it is not known here.
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    // Symbol fonts have their characters at F000 to F0FF, and some programs leave the F0 out.
    let place = match code {
        0x20..=0xFF => code,
        0xF020..=0xF0FF => code - 0xF000,
        _ => return None,
    };
    let font = font.trim().to_ascii_lowercase();
    let table: &[(u32, char)] = match font.as_str() {
        "symbol" => &SYMBOL,
        "wingdings" => &WINGDINGS,
        "wingdings 2" => &WINGDINGS_2,
        _ => return None,
    };
    table.iter().find(|(at, _)| *at == place).map(|(_, char)| *char)
}

const SYMBOL: [(u32, char); 49] = [
    (0x2D, '−'),
    (0x40, '≅'),
    (0x44, 'Δ'),
    (0x46, 'Φ'),
    (0x47, 'Γ'),
    (0x4C, 'Λ'),
    (0x50, 'Π'),
    (0x51, 'Θ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0x59, 'Ψ'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x66, 'φ'),
    (0x67, 'γ'),
    (0x68, 'η'),
    (0x6B, 'κ'),
    (0x6C, 'λ'),
    (0x6D, 'μ'),
    (0x6E, 'ν'),
    (0x70, 'π'),
    (0x71, 'θ'),
    (0x72, 'ρ'),
    (0x73, 'σ'),
    (0x74, 'τ'),
    (0x77, 'ω'),
    (0x78, 'ξ'),
    (0x79, 'ψ'),
    (0xA2, '′'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAE, '→'),
    (0xAF, '↓'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB2, '″'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xD6, '√'),
    (0xE5, '∑'),
];

const WINGDINGS: [(u32, char); 12] = [
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0xA1, '○'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xD8, '➢'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

const WINGDINGS_2: [(u32, char); 5] = [(0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0xA3, '□')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_symbols_are_unicode() {
        assert_eq!(symbol("Wingdings", 0xF0FE), Some('☑'));
        assert_eq!(symbol("wingdings 2", 0x52), Some('☑'));
        assert_eq!(symbol("Symbol", 0xF0B3), Some('≥'));
        assert_eq!((symbol("Wingdings", 0x4E00), symbol("方正", 0xF0B3)), (None, None));
    }
}
