//! Plates of vehicles (机动车号牌); the region and its letter stay.

use super::MaskKind;
use super::edits::Edit;
use super::numbers::{MASK, line_before};
use regex::Regex;
use std::sync::LazyLock;

static PLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ \-－—·]?[A-HJ-NP-ZＡ-Ｚ]",
        r"([·•\-－—. ]?临?(?: ?[A-Z0-9*×＊Ａ-Ｚ０-９]){4,6}[挂学警港澳]?)"
    ))
    .expect("a constant pattern")
});
/// A plate of which the region was left out: 车牌号为…
static SAID_PLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:车牌号码?|号牌号码?|车牌|牌号|牌照号?)[为是系：:“（(\s]{0,3}([A-Z][·•\-]?[A-Z0-9]{5})")
        .expect("a constant pattern")
});
/// A plate that is said to be one, however its parts are set apart: 车牌照为云-A·12 345, 号牌云A（12345）.
static PARTED_PLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:车牌照?|号牌|牌照|车号|牌号)(?:号码?)?[为是系：:“”（(\s]{0,4}",
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ \-－—·•]{0,2}[A-ZＡ-Ｚ]",
        r"[ ·•.．，,\-－—/／（(“]{0,3}([A-Z0-9Ａ-Ｚ０-９](?:[ ·•\-－—]{0,3}[A-Z0-9Ａ-Ｚ０-９]){4}[A-Z0-9Ａ-Ｚ０-９挂学警港澳]?)"
    ))
    .expect("a constant pattern")
});
/// A plate of a machine of farms or works: 辽03-A1234.
static MACHINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]([0-9]{2}[\-·. ]?[A-Z0-9]{5})")
        .expect("a constant pattern")
});
/// Every plate to be masked.
pub(super) fn find(text: &str, edits: &mut Vec<Edit>) {
    plates(text, edits);
    said_plates(text, edits);
    parted_plates(text, edits);
    machines(text, edits);
}

/// Plates; region and letter stay.
fn plates(text: &str, edits: &mut Vec<Edit>) {
    for found in PLATE.captures_iter(text).filter_map(|found| found.get(1)) {
        let plate: String =
            found.as_str().chars().filter(|c| !matches!(c, '·' | '•' | '-' | '－' | '—' | '.' | ' ' | '临')).collect();
        let digits = plate.chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count();
        let hidden = plate.chars().filter(|c| matches!(c, 'X' | '*' | '×' | '＊')).count();
        let length = plate.chars().count();
        let goes_on = text[found.end()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        let said = line_before(text, found.start()).contains("牌");
        if digits >= if said { 1 } else { 2 } && hidden < 3 && (5..=7).contains(&length) && !goes_on {
            edits.push(Edit { range: found.range(), mask: MASK.to_string(), kind: MaskKind::Plate });
        }
    }
}

/// Plates of machines; the region stays.
fn machines(text: &str, edits: &mut Vec<Edit>) {
    for found in MACHINE.captures_iter(text).filter_map(|found| found.get(1)) {
        let goes_on = text[found.end()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        // 云南第03-12345号 and numbers of files have no letter or are said to be numbers.
        let plate = found.as_str().get(2..).unwrap_or_default();
        let formed =
            plate.contains(|c: char| c.is_ascii_uppercase()) && plate.bytes().filter(u8::is_ascii_digit).count() > 2;
        if formed && !goes_on {
            edits.push(Edit { range: found.range(), mask: MASK.to_string(), kind: MaskKind::Plate });
        }
    }
}

/// Plates that are said to be some and lack their region.
fn said_plates(text: &str, edits: &mut Vec<Edit>) {
    for found in SAID_PLATE.captures_iter(text).filter_map(|found| found.get(1)) {
        let goes_on = text[found.end()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        if found.as_str().bytes().filter(u8::is_ascii_digit).count() > 2 && !goes_on {
            edits.push(Edit { range: found.range(), mask: MASK.to_string(), kind: MaskKind::Plate });
        }
    }
}

/// Plates that are said to be some and whose parts stand apart; region and letter stay.
fn parted_plates(text: &str, edits: &mut Vec<Edit>) {
    for found in PARTED_PLATE.captures_iter(text).filter_map(|found| found.get(1)) {
        let digits = found.as_str().chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count();
        let goes_on = text[found.end()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if digits > 1 && !goes_on {
            edits.push(Edit { range: found.range(), mask: MASK.to_string(), kind: MaskKind::Plate });
        }
    }
}
