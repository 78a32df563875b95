//! The number with which a text names what it repeals, held against that which the text bears: of several orders under one title only
//! the one that is named is repealed.

use super::extended::behind;
use crate::citation::names::number_key;
use regex::Regex;
use std::sync::LazyLock;

/// Characters of the longest bracket with numbers behind a title.
const BRACKET_CHARS_MAX: usize = 120;

/// Numbers of documents and orders that stand without a bracket in a row of a list: 云政发〔2010〕5号, 县政府令第33号.
static IN_ROW: LazyLock<Regex> = LazyLock::new(|| {
    let year = r"[\p{Han}（）()]{1,20}[〔\[［【（(][12][0-9]{3}[〕\]］】）)]第?[0-9]{1,5}号";
    Regex::new(&format!(r"{year}|[\p{{Han}}]{{1,30}}令\s*第?\s*[0-9〇一二三四五六七八九十百]{{1,6}}\s*号"))
        .expect("a fixed pattern")
});

/// A year in brackets and the number behind it, or the number alone.
static PARTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(.*?)(?:\((\d{4})\))?(\d+)号$").expect("a fixed pattern"));

/// The numbers with which a sentence names a title: those in the bracket behind it, else those of the row of a list without brackets.
pub fn numbers_named(key: &str, sentence: &str) -> Vec<String> {
    let Some(behind) = behind(key, sentence) else {
        let row = sentence.rsplit("……").next().unwrap_or(sentence);
        return IN_ROW.find_iter(row).map(|found| found.as_str().to_string()).collect();
    };
    let mut depth = 0usize;
    let mut inner = String::new();
    for c in behind.chars().take(BRACKET_CHARS_MAX) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth <= 1 => break,
            '）' | ')' => depth -= 1,
            _ if depth == 0 => break,
            _ => {}
        }
        inner.push(c);
    }
    let words = inner.get(inner.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
    let ended = words.split_inclusive('号').filter(|part| part.ends_with('号'));
    ended.map(|part| part.trim_start_matches(['、', '，', ',', '和', '及', ' ']).to_string()).collect()
}

/// Whether a text that bears some numbers is another one than that which is named by some: every one that can be compared differs.
pub fn is_of_other_number(named: &[String], own: &[String]) -> bool {
    let parts = |number: &String| {
        let key = number_key(number);
        let found = PARTS.captures(&key)?;
        let part = |at: usize| found.get(at).map(|part| part.as_str().to_string());
        Some((part(1)?, part(2), part(3)?.trim_start_matches('0').to_string()))
    };
    let own: Vec<_> = own.iter().filter_map(parts).collect();
    let mut differs = false;
    for (head, year, number) in named.iter().filter_map(parts) {
        for (own_head, own_year, own_number) in
            own.iter().filter(|(_, own_year, _)| own_year.is_some() == year.is_some())
        {
            // The letters of 云政发 are those of the office; orders are named shortly and in full.
            let alike = year.is_none() || head.ends_with(own_head.as_str()) || own_head.ends_with(head.as_str());
            if alike && number == *own_number && year == *own_year {
                return false;
            }
            differs = true;
        }
    }
    differs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_behind_a_title_are_read() {
        let read = |sentence: &str| numbers_named("渡口办法", sentence).join("|");
        for (sentence, numbers) in [
            ("《渡口办法》（县政府令第33号）同时废止。", "县政府令第33号"),
            ("《渡口办法》（云政发〔2010〕5号、云政发〔2012〕6号）同时废止。", "云政发〔2010〕5号|云政发〔2012〕6号"),
            ("《渡口办法》（2010年3月1日县政府令第33号公布）同时废止。", "2010年3月1日县政府令第33号"),
            ("《渡口办法》（1993云农（绿）字第1号）同时废止。", "1993云农（绿）字第1号"),
            ("《渡口办法》同时废止，县政府令第33号继续有效。", ""),
            ("《渡口办法》（试行）同时废止。", ""),
            ("废止的文件目录……1. 渡口办法 云政发〔2010〕5号", "云政发〔2010〕5号"),
        ] {
            assert_eq!(read(sentence), numbers, "{sentence}");
        }
    }

    #[test]
    fn only_what_can_be_compared_differs() {
        let other = |named: &str, own: &[&str]| {
            let own: Vec<String> = own.iter().map(|number| number.to_string()).collect();
            is_of_other_number(&[named.to_string()], &own)
        };
        assert!(other("县政府令第33号", &["云桥县人民政府令第44号"]));
        assert!(!other("县政府令第33号", &["云桥县人民政府令第三十三号"]));
        assert!(!other("2010年3月1日县政府令第33号", &["县政府令第33号"]));
        assert!(!other("县政府令第33号", &["县政府令第44号", "县政府令第33号"]), "amended by another order");
        assert!(!other("县政府令第33号", &["云政发〔2010〕5号"]), "nothing to compare");
        assert!(!other("县政府令第33号", &[]));
        assert!(other("云政发〔2010〕5号", &["云政发〔2011〕5号"]));
        assert!(other("云政发〔2010〕5号", &["云政办发〔2010〕5号"]));
        assert!(!other("云政发〔2010〕5号", &["云政发[2010]005号"]));
        assert!(!other("政发〔2010〕5号", &["云政发〔2010〕5号"]));
    }
}
