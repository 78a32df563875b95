//! The number with which a text names what it repeals, held against that which the text bears: of several orders under one title only
//! the one that is named is repealed.

use super::extended::beside;
use crate::citation::names::number_key;
use regex::Regex;
use std::sync::LazyLock;

/// Characters of the longest bracket with numbers behind a title.
const BRACKET_CHARS_MAX: usize = 120;

/// Numbers of documents and orders that stand without a bracket in a row of a list: 云政发〔2010〕5号, 县政府令第33号.
static IN_ROW: LazyLock<Regex> = LazyLock::new(|| {
    let year = r"[\p{Han}（）()]{1,20}[〔\[［【﹝（(][12１２][0-9０-９]{3}[〕\]］】﹞）)]第?[0-9０-９]{1,5}号";
    Regex::new(&format!(r"{year}|[\p{{Han}}]{{1,30}}令\s*第?\s*[0-9０-９〇一二三四五六七八九十百]{{1,6}}\s*号"))
        .expect("a fixed pattern")
});

/// The number right before a title: 云政发〔2015〕3号《渡口办法》.
static BEFORE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("(?:{})$", super::NUMBER_BEFORE)).expect("a fixed pattern"));
/// Bytes before a title in which its number stands.
const BEFORE_BYTES_MAX: usize = 120;

/// What the numbers of registers are called, under which a document is filed and not issued.
const REGISTERS: [&str; 8] =
    ["备案号", "备案编号", "登记号", "登记编号", "统一编号", "统一登记号", "规范性文件编号", "备案登记编号"];

/// The words before a title without the number that stands right before it.
pub(super) fn without_number_before(before: &str) -> &str {
    let bare = before.trim_end();
    BEFORE.find(near_end(bare)).map_or(before, |found| bare.get(..bare.len() - found.len()).unwrap_or(before))
}

/// The last bytes of words, in which a number can stand.
fn near_end(words: &str) -> &str {
    let from = words.len().saturating_sub(BEFORE_BYTES_MAX);
    (from..words.len()).find_map(|at| words.get(at..)).unwrap_or(words)
}

/// Whether a part of a bracket is the number of a register, or what it is called: 备案号：云规备〔2020〕8号.
fn is_of_register(part: &str) -> bool {
    REGISTERS.iter().any(|name| part.contains(name))
}

/// A year in brackets and the number behind it, or the number alone.
static PARTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(.*?)(?:\((\d{4})\))?(\d+)号$").expect("a fixed pattern"));

/// The numbers with which a sentence names a title: those in the bracket behind it, else those of the row of a list without brackets.
pub fn numbers_named(key: &str, sentence: &str) -> Vec<String> {
    let Some((before, behind)) = beside(key, sentence) else {
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
    let mut found = issued(words);
    if inner.is_empty() {
        // 《渡口办法》云政发〔2015〕3号, 云政发〔2015〕3号《渡口办法》.
        let near =
            behind.char_indices().nth(BRACKET_CHARS_MAX).map_or(behind, |(at, _)| behind.get(..at).unwrap_or(behind));
        let near = near.trim_start_matches([' ', '|']);
        let next = IN_ROW.find(near).filter(|number| number.start() == 0);
        let own = BEFORE.find(near_end(before.trim_end())).map(|number| number.as_str());
        let whole = |words: &str| words.find('号').and_then(|at| words.get(..at + '号'.len_utf8())).map(str::to_string);
        found.extend(own.map(behind_join).or(next.map(|number| number.as_str())).and_then(whole));
    }
    found
}

/// A number without the words that are said of it before: 决定废止云政发〔2015〕3号.
pub(super) fn behind_verb(number: &str) -> &str {
    behind_words(number, &["废止", "撤销", "延长", "现将", "决定将", "同意", "决定", "对", "把", "的"])
}

/// The same of a number beside a title, without what joins it to others either. What may be the place of its organ (和政发, 将政发) is
/// no loss there, for numbers are compared by how they end.
fn behind_join(number: &str) -> &str {
    behind_words(behind_verb(number), &["将", "和", "及", "原"])
}

/// A number behind the last of some words in the letters of its organ.
fn behind_words<'a>(number: &'a str, words: &[&str]) -> &'a str {
    let head =
        number.find(['〔', '[', '［', '【', '﹝', '（', '(']).and_then(|at| number.get(..at)).unwrap_or_default();
    let from = words.iter().filter_map(|word| Some(head.rfind(word)? + word.len())).max();
    from.and_then(|from| number.get(from..)).unwrap_or(number)
}

/// The numbers of a bracket, without those of registers.
fn issued(words: &str) -> Vec<String> {
    let parts = words.split(['，', ',', '；', ';', '、']).filter(|part| !is_of_register(part));
    let ended = parts.flat_map(|part| part.split_inclusive('号')).filter(|part| part.ends_with('号'));
    ended.map(|part| part.trim_start_matches(['、', '和', '及', ' ']).to_string()).collect()
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
            ("决定废止云政发〔2015〕3号《渡口办法》。", "云政发〔2015〕3号"),
            ("现将云政发〔2015〕3号《渡口办法》有效期延长两年。", "云政发〔2015〕3号"),
            ("《渡口办法》云政发〔2015〕3号同时废止。", "云政发〔2015〕3号"),
            ("根据云政发〔2015〕3号，《渡口办法》同时废止。", ""),
            ("《渡口办法》（登记号：YQX-2020-01）同时废止。", ""),
            ("《渡口办法》（云政发〔2020〕5号，备案号：云规备〔2020〕8号）同时废止。", "云政发〔2020〕5号"),
            ("《渡口办法》（云政发〔2020〕5号、规范性文件登记编号：云规〔2020〕8号）同时废止。", "云政发〔2020〕5号"),
            ("废止的文件目录……１．渡口办法 云政发［２０１０］５号", "云政发［２０１０］５号"),
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
        assert!(!other("云政发［２０１０］５号", &["云政发〔2010〕5号"]));
    }
}
