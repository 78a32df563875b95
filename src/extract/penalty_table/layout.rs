//! How published tables are laid out: the unit of money above them, cells whose lines were broken, forms with two values in a row.

use crate::text::fold::fold_str;
use crate::text::table::Table;
use jiff::Span;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// Longest caption of a form with two values in a row, in characters.
const CAPTION_CHARS: usize = 24;
/// Days that a number of a spreadsheet may be: from 1982 to 2064.
const SERIAL_MIN: i64 = 30_000;
const SERIAL_MAX: i64 = 60_000;
/// How the names of firms end.
const FIRM_ENDS: &[&str] = &[
    "公司", "店", "厂", "部", "社", "行", "院", "中心", "馆", "所", "站", "场", "庄", "铺", "坊", "吧", "企业", "超市",
    "学校", "）",
];

/// The unit that stands above a table: 单位：万元.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:金额)?单位[：:]?(?:人民币)?(?:（|\()?(?:人民币)?(亿元|百万元|万元|千元|百元|元)")
        .expect("a constant pattern")
});
/// A sum without its unit: 5, 罚款5, 没收违法所得1,200.5.
static BARE_SUM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(罚款(?:金额)?[：:]?|罚没款?|没收违法所得|没收非法所得|^)(\d[\d,]*(?:\.\d+)?)(万|千|亿)?($|[，,；;、。])",
    )
    .expect("a constant pattern")
});

/// The unit of money that a line above a table names.
pub(super) fn unit(line: &str) -> Option<&'static str> {
    let line: String = fold_str(line).chars().filter(|c| !c.is_whitespace()).collect();
    let found = UNIT.captures(&line)?;
    ["亿元", "百万元", "万元", "千元", "百元", "元"].into_iter().find(|unit| *unit == &found[1])
}

/// That of the lines above a table or of its rows in front of the captions.
pub(super) fn unit_above(table: &Table, captions: usize) -> Option<&'static str> {
    let rows = (0..captions).flat_map(|row| (0..table.columns()).filter_map(move |column| table.own_text(row, column)));
    rows.chain(table.above.iter().map(String::as_str)).find_map(unit)
}

/// A decision whose sums lack the unit that stands above the table.
pub(super) fn with_unit(decision: &str, unit: &str) -> String {
    if decision.contains('元') {
        return decision.to_string();
    }
    let sum = |found: &regex::Captures<'_>| {
        let is_zero = !found[2].contains(|c: char| ('1'..='9').contains(&c));
        if is_zero {
            return found[0].to_string();
        }
        let kind = if found[1].is_empty() { "罚款" } else { &found[1] };
        let scale = found.get(3).map_or(unit.to_string(), |scale| format!("{}元", scale.as_str()));
        format!("{kind}{}{scale}{}", &found[2], &found[4])
    };
    BARE_SUM.replace_all(decision.trim(), sum).into_owned()
}

/// A name of which the cell broke the line: 云桥县某商 and 贸有限公司. Several names, each in a line of its own, stay apart.
pub(super) fn name(cell: &str) -> String {
    let lines: Vec<&str> = cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let Some((last, before)) = lines.split_last() else { return String::new() };
    let ends = |line: &str| FIRM_ENDS.iter().any(|end| line.ends_with(end));
    let is_cut = !before.is_empty()
        && ends(last)
        && before.iter().all(|line| !ends(line))
        && before.first().is_some_and(|line| line.chars().count() > 3)
        && !cell.contains(['、', '，', '；']);
    if is_cut { lines.concat() } else { cell.trim().to_string() }
}

/// A party and the plate of the vehicle that its cell holds beside it: 张阿牛｜云A12345.
static WITH_PLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([^｜|/／，,；;（(\s]{2,30})[\s｜|/／，,；;（(]{1,3}(?:车牌号?码?[：:])?(\p{Han}[A-Z][·•\s]?[A-Z0-9]{5,6}\p{Han}?)[\s）)]*$")
        .expect("a constant pattern")
});

/// The party of a cell, and the plate beside it.
pub(super) fn without_plate(cell: &str) -> (&str, Option<&str>) {
    let found = WITH_PLATE.captures(cell).and_then(|found| Some((found.get(1)?.as_str(), found.get(2)?.as_str())));
    found.map_or((cell, None), |(party, plate)| (party, Some(plate)))
}

/// A text that is one line whatever its cell made of it: a number, an authority, a day.
pub(super) fn line(cell: &str) -> String {
    let lines = cell.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().concat()
}

/// Whether a row only holds what its cells had no room for in the row above: it has no number of its own, and nothing that the
/// row above lacks.
pub(super) fn goes_on(above: &[String], cells: &[&str], keys: &[usize], party: Option<usize>) -> bool {
    let filled = |column: usize| cells.get(column).is_some_and(|cell| !cell.trim().is_empty());
    let before = |column: usize| above.get(column).map(String::as_str).unwrap_or_default();
    let keyed = keys.iter().any(|key| !before(*key).trim().is_empty()) && keys.iter().all(|key| !filled(*key));
    let any = (0..cells.len()).any(filled);
    let inside = (0..cells.len()).all(|column| !filled(column) || !before(column).trim().is_empty());
    let party = party.filter(|column| filled(*column));
    let cut = party.is_none_or(|column| {
        let ends = |text: &str| FIRM_ENDS.iter().any(|end| text.trim().ends_with(end));
        !ends(before(column))
            && cells.get(column).is_some_and(|cell| ends(cell))
            && before(column).trim().chars().count() > 3
    });
    keyed && any && inside && cut
}

/// Captions and values of a form with two of each in a row: 文号 | 云罚〔2024〕1号 | 当事人 | 云桥某店. `None` for other tables.
pub(super) fn pairs(table: &Table, is_caption: impl Fn(&str) -> bool) -> Option<Vec<(String, &str)>> {
    let mut found = Vec::new();
    let mut doubled = 0;
    for row in 0..table.rows.len() {
        let own = (0..table.columns())
            .filter(|column| table.span(row, *column).start == *column && table.anchor(row, *column).0 == row);
        let cells: Vec<&str> = own.map(|column| table.text(row, column).trim()).collect();
        // A title above, or a remark below.
        if cells.len() < 2 {
            continue;
        }
        if !cells.len().is_multiple_of(2) || cells.len() > 6 {
            return None;
        }
        for pair in cells.chunks(2) {
            let [caption, value] = pair else { continue };
            let caption: String = caption.split_whitespace().collect();
            if caption.is_empty() && value.is_empty() {
                continue;
            }
            let plain = caption.chars().count() <= CAPTION_CHARS
                && !caption.contains(|c: char| c.is_ascii_digit() || "《。；".contains(c));
            if !plain {
                return None;
            }
            found.push((caption, *value));
        }
        doubled += usize::from(cells.len() > 2);
    }
    let told = found.iter().filter(|(caption, _)| is_caption(caption)).count();
    (doubled > 0 && told > 2 && told * 2 >= found.len()).then_some(found)
}

/// The cells of a row; those that only say that they are like the one above (同上, 〃) hold what that one holds.
pub(super) fn repeated(cells: &[&str], above: &[String]) -> Vec<String> {
    let like = |cell: &str| {
        let bare = cell.trim().trim_matches(['（', '(', '）', ')']);
        let bare: String = bare.split_whitespace().collect();
        let ditto = !bare.is_empty() && bare.chars().all(|c| "〃″”“\"'′々".contains(c));
        ditto || ["同上", "同前", "同上行", "同上一行", "与上同", "同上条"].contains(&bare.as_str())
    };
    let told =
        |(at, cell): (usize, &&str)| above.get(at).filter(|_| like(cell)).cloned().unwrap_or((*cell).to_string());
    cells.iter().enumerate().map(told).collect()
}

/// The day of a number as spreadsheets keep it: days since the end of 1899. 45123 is 2023-07-16.
pub(super) fn serial_day(cell: &str) -> Option<Date> {
    let whole = cell.trim().split('.').next().filter(|whole| whole.len() == 5)?;
    let told = cell.trim().chars().all(|c| c.is_ascii_digit() || c == '.');
    let days = whole.parse::<i64>().ok().filter(|days| told && (SERIAL_MIN..SERIAL_MAX).contains(days))?;
    jiff::civil::date(1899, 12, 30).checked_add(Span::new().days(days)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_above_a_table_is_that_of_its_bare_sums() {
        for (line, told) in [
            ("单位：万元", Some("万元")),
            ("（金额单位：人民币元）", Some("元")),
            ("单位:亿元", Some("亿元")),
            ("填报单位：云桥县城管局", None),
            ("单位名称", None),
        ] {
            assert_eq!(unit(line), told, "{line}");
        }
        assert_eq!(with_unit("罚款5", "万元"), "罚款5万元");
        assert_eq!(with_unit("1,200.5", "元"), "罚款1,200.5元");
        assert_eq!(with_unit("警告；罚款3，没收违法所得0.5", "万元"), "警告；罚款3万元，没收违法所得0.5万元");
        assert_eq!(with_unit("罚款5000元", "万元"), "罚款5000元");
        assert_eq!(with_unit("0", "万元"), "0");
        assert_eq!(with_unit("暂扣驾驶证6个月", "万元"), "暂扣驾驶证6个月");
    }

    #[test]
    fn names_that_a_cell_broke_are_whole_again() {
        assert_eq!(name("云桥县清水商\n贸有限公司"), "云桥县清水商贸有限公司");
        assert_eq!(name("张阿牛\n李阿虎"), "张阿牛\n李阿虎");
        assert_eq!(name("云桥县某店\n云桥县某厂"), "云桥县某店\n云桥县某厂");
        assert_eq!(line("云罚〔2024〕\n12号"), "云罚〔2024〕12号");
    }
}
