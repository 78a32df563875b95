//! How characters are read aloud: one number for each way of reading, so that a name is found by the letters of its pinyin
//! and a wrong character by its sound.
//!
//! A character may be read in several ways (行 xíng or háng); its number stands for all of them, so a text has one number
//! for each character, however many readings there are.

use pinyin::ToPinyinMulti;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Number of the readings of a character.
pub type Reading = u16;

/// The number of what is not read: signs, and characters that no table has.
pub const SILENT: Reading = 0;

/// Letters of the longest name that is typed by its pinyin.
pub const LETTERS_MAX: usize = 63;

/// What is known of each number.
struct Table {
    /// Character of the basic plane → number.
    of: Vec<Reading>,
    /// Number → spellings without tones (xing, hang).
    spellings: Vec<Vec<String>>,
    /// Number → sets of the letters with which its spellings begin.
    firsts: Vec<u32>,
    /// Number → spellings as they are confused by ear, sorted: zheng and zen are one.
    sounds: Vec<Vec<String>>,
    /// Number → bits of its sounds ([`mark`]).
    marks: Vec<u64>,
}

/// Characters that have readings: Han characters of the basic plane.
const HAN: std::ops::RangeInclusive<u32> = 0x3400..=0x9FFF;

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

impl Table {
    fn new() -> Table {
        let mut table = Table {
            of: vec![SILENT; 0x1_0000],
            spellings: Vec::new(),
            firsts: Vec::new(),
            sounds: Vec::new(),
            marks: Vec::new(),
        };
        table.number(Vec::new(), &mut HashMap::new());
        let mut numbers = HashMap::new();
        for c in HAN.filter_map(char::from_u32).chain('a'..='z').chain('0'..='9') {
            let mut spellings: Vec<String> = match c.to_pinyin_multi() {
                Some(readings) => readings.into_iter().map(|reading| reading.plain().replace('ü', "v")).collect(),
                None if c.is_ascii_alphanumeric() => vec![c.to_string()],
                None => continue,
            };
            spellings.sort_unstable();
            spellings.dedup();
            let number = table.number(spellings, &mut numbers);
            if let Some(of) = table.of.get_mut(c as usize) {
                *of = number;
            }
        }
        table.marks = marks(&table.sounds);
        table
    }

    fn number(&mut self, spellings: Vec<String>, numbers: &mut HashMap<Vec<String>, Reading>) -> Reading {
        if let Some(number) = numbers.get(&spellings) {
            return *number;
        }
        // Fewer than 2,000 sets of readings exist.
        let number = Reading::try_from(self.spellings.len()).unwrap_or(SILENT);
        numbers.insert(spellings.clone(), number);
        self.firsts
            .push(spellings.iter().filter_map(|one| one.bytes().next()).fold(0, |set, letter| set | bit(letter)));
        let mut sounds: Vec<String> = spellings.iter().map(|spelling| by_ear(spelling)).collect();
        sounds.sort_unstable();
        sounds.dedup();
        self.sounds.push(sounds);
        self.spellings.push(spellings);
        number
    }
}

/// A bit of 64 for each sound, several sounds for one bit; the first is that of silence.
fn marks(sounds: &[Vec<String>]) -> Vec<u64> {
    let mut bits: HashMap<&str, u32> = HashMap::new();
    let mut marks = Vec::with_capacity(sounds.len());
    for of_one in sounds {
        let mut mark = u64::from(of_one.is_empty());
        for sound in of_one {
            let next = bits.len() as u32;
            mark |= 1 << (1 + *bits.entry(sound).or_insert(next) % 63);
        }
        marks.push(mark);
    }
    marks
}

/// The bit of a letter; digits have none, they are compared when they are read.
fn bit(letter: u8) -> u32 {
    match letter {
        b'a'..=b'z' => 1 << (letter - b'a'),
        _ => 1 << 31,
    }
}

/// What sounds alike in many mouths is typed for each other: zh z, ch c, sh s, an ang, en eng, in ing.
fn by_ear(spelling: &str) -> String {
    let flat = ["zh", "ch", "sh"].iter().find(|initial| spelling.starts_with(**initial));
    let rest = flat.map_or(spelling.to_string(), |initial| format!("{}{}", &initial[..1], &spelling[2..]));
    rest.strip_suffix("ng").map_or(rest.clone(), |open| format!("{open}n"))
}

/// The number of a character.
pub fn reading(c: char) -> Reading {
    TABLE.of.get(c as usize).copied().unwrap_or(SILENT)
}

/// Whether a spelling of it begins with a letter.
pub fn begins(reading: Reading, letter: u8) -> bool {
    TABLE.firsts.get(usize::from(reading)).is_some_and(|set| set & bit(letter) != 0)
}

/// Whether two sound alike.
pub fn are_alike(one: Reading, other: Reading) -> bool {
    if one == other {
        return one != SILENT;
    }
    let sounds = |reading: Reading| TABLE.sounds.get(usize::from(reading)).map_or(&[] as &[String], Vec::as_slice);
    sounds(one).iter().any(|sound| sounds(other).contains(sound))
}

/// Bits of how it sounds. Two that are equal or sound alike have one in common; others may have.
pub fn mark(reading: Reading) -> u64 {
    TABLE.marks.get(usize::from(reading)).copied().unwrap_or(1)
}

/// How many characters small letters spell from the first on: each by its initial (z, zh), or in full; the last one may be
/// begun. `None` if they do not. Signs between characters are passed over.
pub fn spelled(readings: &[Reading], letters: &[u8]) -> Option<usize> {
    if letters.is_empty() || letters.len() > LETTERS_MAX {
        return None;
    }
    // A bit for each number of letters that can be used up so far.
    let mut used: u64 = 1;
    for (at, reading) in readings.iter().enumerate() {
        if *reading == SILENT && at > 0 {
            continue;
        }
        let mut next = 0;
        for from in (0..letters.len()).filter(|from| used & (1 << from) != 0) {
            next |= TABLE
                .spellings
                .get(usize::from(*reading))?
                .iter()
                .fold(0, |set, one| set | after(one.as_bytes(), letters, from));
        }
        if next & (1 << letters.len()) != 0 {
            return Some(at + 1);
        }
        if next == 0 {
            return None;
        }
        used = next;
    }
    None
}

/// The numbers of letters that are used up when a spelling begins at one of them.
fn after(spelling: &[u8], letters: &[u8], from: usize) -> u64 {
    let rest = letters.get(from..).unwrap_or_default();
    let common = spelling.iter().zip(rest).take_while(|(one, other)| one == other).count();
    if common == 0 {
        return 0;
    }
    let mut ends = 1 << (from + 1);
    if common >= 2 && spelling.get(1) == Some(&b'h') {
        ends |= 1 << (from + 2);
    }
    if common == spelling.len() || common == rest.len() {
        ends |= 1 << (from + common);
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str, letters: &str) -> Option<usize> {
        let readings: Vec<Reading> = text.chars().map(reading).collect();
        spelled(&readings, letters.as_bytes())
    }

    #[test]
    fn names_are_spelled_by_initials_in_full_and_in_part() {
        for (letters, characters) in [
            ("x", 1),
            ("xzcf", 4),
            ("xzcff", 5),
            ("hzcff", 5),
            ("xingzhengchufafa", 5),
            ("xingzhengch", 3),
            ("xingzchff", 5),
            ("xzhcff", 5),
        ] {
            assert_eq!(of("行政处罚法", letters), Some(characters), "{letters}");
        }
        for letters in ["", "xzcffa1", "zcff", "xingzhenx", "xzcfff"] {
            assert_eq!(of("行政处罚法", letters), None, "{letters}");
        }
        assert_eq!(of("律师法", "lvshi"), Some(2));
        assert_eq!(of("刑法(1979)", "xf"), Some(2));
    }

    #[test]
    fn what_sounds_alike_is_alike() {
        let alike = |one: char, other: char| are_alike(reading(one), reading(other));
        assert!(alike('发', '法') && alike('按', '安') && alike('列', '例') && alike('正', '政') && alike('争', '真'));
        assert!(!alike('行', '政') && !alike('。', '。') && !alike('法', '按'));
    }

    #[test]
    fn what_sounds_alike_has_a_mark_in_common() {
        let all = 0..Reading::try_from(TABLE.sounds.len()).unwrap();
        for one in all.clone().step_by(3) {
            let apart = all.clone().filter(|other| mark(one) & mark(*other) == 0);
            assert!(apart.clone().count() > all.len() / 2, "a mark tells something");
            apart.for_each(|other| assert!(one != other && !are_alike(one, other)));
        }
        assert_ne!(mark(reading('。')) & mark(reading('〇')), 0, "both silent");
    }

    proptest! {
        #[test]
        fn initials_spell_any_text(text in "[行政处罚法条例办和重]{1,12}") {
            let initials: String = text.chars().filter_map(|c| TABLE.spellings[usize::from(reading(c))][0].chars().next()).collect();
            prop_assert!(of(&text, &initials).is_some_and(|count| count <= text.chars().count()));
        }

        #[test]
        fn nothing_is_spelled_beyond_its_end(text in "\\PC{0,20}", letters in "[a-z0-9]{0,70}") {
            prop_assert!(of(&text, &letters).is_none_or(|count| count <= text.chars().count()));
        }
    }
}
