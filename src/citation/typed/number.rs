//! Numbers of documents and cases, with their brackets and signs left out: nobody types 〔〕.

use super::super::find::number_spans;
use super::super::names::{Known, number_key};
use crate::text::fold::fold_str;

/// Longest number, in characters.
const NUMBER_CHARS_MAX: usize = 48;

/// A query as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedNumber {
    /// As typed, folded.
    pub typed: String,
    /// Forms in which it may be known ([`bare`]); several where digits could be parted in several ways.
    pub forms: Vec<String>,
    /// Whether it can be nothing but a number.
    pub sure: bool,
    /// Whether it is that of an order: 国务院令第752号.
    pub of_order: bool,
}

impl TypedNumber {
    /// The form that a text of an instrument states, else the first.
    pub fn of(&self, known: &Known) -> &str {
        let own = || known.versions.iter().flat_map(|version| &version.numbers);
        let stated = self.forms.iter().find(|form| own().any(|number| bare_key(number) == **form));
        stated.or(self.forms.first()).map_or("", String::as_str)
    }
}

/// The form of [`bare_key`] of a number as written. Digits that white space parts stay apart.
pub(super) fn bare(number: &str) -> String {
    let folded = fold_str(number);
    let mut apart = String::with_capacity(folded.len());
    let mut chars = folded.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let parts = (c.is_whitespace() || c == '第')
            && apart.ends_with(|c: char| c.is_ascii_digit())
            && chars.peek().is_some_and(char::is_ascii_digit);
        apart.push(if parts { '-' } else { c });
    }
    bare_key(&number_key(&apart))
}

/// A number in the form of [`number_key`] without brackets, 第, 号 and the name of the state: `国办发2018-37`, `国令752`, `2015浙台行终字186`. Digits that
/// stood apart are parted by `-`.
pub(in crate::citation) fn bare_key(key: &str) -> String {
    let key = key.replace("中华人民共和国", "");
    let key = key.strip_suffix('号').unwrap_or(&key);
    let mut bare = String::with_capacity(key.len());
    let mut parted = false;
    for c in key.chars() {
        if c.is_alphanumeric() {
            if parted && c.is_ascii_digit() && bare.ends_with(|c: char| c.is_ascii_digit()) {
                bare.push('-');
            }
            bare.push(c);
        }
        parted = !c.is_alphanumeric();
    }
    match bare.strip_prefix("国务院令") {
        Some(rest) => format!("国令{rest}"),
        None => bare,
    }
}

/// A folded query as a number; `None` if it has no digits or nothing else.
pub(super) fn read(query: &str) -> Option<TypedNumber> {
    if let Some(turned) = number_before_order(query) {
        return read(&turned).map(|number| TypedNumber { typed: query.to_string(), ..number });
    }
    if query.chars().count() > NUMBER_CHARS_MAX {
        return None;
    }
    let form = bare(query);
    let digits = form.chars().filter(char::is_ascii_digit).count();
    let others = form.chars().filter(|c| !c.is_ascii_digit() && *c != '-').count();
    let short = others == 1 && (bracketed_year(query) || query.starts_with("令第"));
    if digits == 0 || others < 2 && !short || query.contains(['条', '款', '项']) {
        return None;
    }
    let year = bracketed_year(query);
    let order = ["令", "公告", "通告"].iter().any(|word| {
        query.rsplit_once(word).is_some_and(|(_, rest)| rest.ends_with('号') && rest.chars().count() <= 12)
    });
    let wrong = query.starts_with("责令") || query.starts_with("命令");
    let sure = query.ends_with('号') && (year || order || behind_year(&form)) && !wrong
        || is_coded(query)
        || is_coded_bare(&form);
    let mut forms = vec![form];
    forms.extend(parted(&forms[0]));
    Some(TypedNumber { typed: query.to_string(), forms, sure, of_order: order })
}

/// 国务院590号令 is 国务院令第590号, 590号令 one of whoever gave so many orders.
fn number_before_order(query: &str) -> Option<String> {
    let body = query.strip_suffix("号令")?.trim_end();
    let organ = body.trim_end_matches(super::place::is_digit);
    let digits = body.get(organ.len()..).filter(|digits| !digits.is_empty())?;
    let organ = organ.trim_end().trim_end_matches('第').trim_end();
    (organ.is_empty() || organ.chars().nth(1).is_some()).then(|| format!("{organ}令第{digits}号"))
}

/// Whether it is the code of an office with a year in brackets and a number, without 号: 国办发(2018)37.
fn is_coded(query: &str) -> bool {
    let Some((code, rest)) = query.split_once('(') else { return false };
    let number = rest.split_once(')').map_or("", |(_, number)| number.trim().trim_start_matches('第'));
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let code = code.trim_end();
    digits && bracketed_year(query) && code.chars().nth(1).is_some() && code.ends_with(|c| "发办函字规文通".contains(c))
}

/// Whether it is such a code with the year apart from the number and nothing else: 国发2021 26.
fn is_coded_bare(form: &str) -> bool {
    let (code, digits) = form.split_at(form.find(|c: char| c.is_ascii_digit()).unwrap_or(form.len()));
    let apart = digits.split_once('-').is_some_and(|(_, number)| (1..=4).contains(&number.len()));
    let word = ["印发", "批发", "转发", "颁发", "开发", "研发"].iter().any(|word| code.ends_with(word));
    apart
        && behind_year(form)
        && !word
        && code.chars().nth(1).is_some()
        && code.ends_with(['发', '办', '函', '字', '规'])
}

/// Whether a year stands in brackets.
fn bracketed_year(query: &str) -> bool {
    query.split('(').skip(1).any(|rest| {
        let year = rest.split(')').next().unwrap_or("").trim_end_matches('年');
        year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) && year.starts_with(['1', '2'])
    })
}

/// Whether a bare number is that of a document with its year: 国办发2018-37.
fn behind_year(form: &str) -> bool {
    let digits = form.trim_start_matches(|c: char| !c.is_ascii_digit());
    let year = digits.split_once('-').map(|(year, _)| year).filter(|_| digits.len() < form.len());
    year.is_some_and(|year| year.len() == 4 && (year.starts_with("19") || year.starts_with("20")))
}

/// 国办发201837 as 国办发2018-37.
fn parted(form: &str) -> Option<String> {
    let at = form.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)?;
    let run = form.get(at..)?;
    let fits = (5..=9).contains(&run.len()) && run.bytes().all(|byte| byte.is_ascii_digit());
    let year = run.get(..4).filter(|year| fits && (year.starts_with("19") || year.starts_with("20")))?;
    let rest = run.get(4..)?.trim_start_matches('0');
    (!rest.is_empty()).then(|| format!("{}{year}-{rest}", form.get(..at).unwrap_or("")))
}

/// The number that a line is and nothing else: 法释〔2023〕13号.
pub fn number_alone(line: &str) -> Option<String> {
    let line = line.trim();
    let spans = number_spans(line);
    let [span] = spans.as_slice() else { return None };
    (*span == (0..line.len())).then(|| line.to_string())
}

/// Numbers of documents and orders that a line says of the promulgation of a text (中华人民共和国国务院令第752号公布), not
/// those of its amendments behind it (根据…国务院令第588号修订).
pub fn numbers_in(line: &str) -> Vec<String> {
    numbers_said(line.split("根据").next().unwrap_or(line))
}

/// All numbers of documents and orders in a line.
pub fn numbers_said(line: &str) -> Vec<String> {
    // 2004年11月22日交通部令第10号: the day ends where the name begins.
    let number = |span| line.get(span).map(|number: &str| number.strip_prefix('日').unwrap_or(number).to_string());
    number_spans(line).into_iter().filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_all_its_forms() {
        for (written, form) in [
            ("国办发〔2018〕37号", "国办发2018-37"),
            ("国办发2018 37号", "国办发2018-37"),
            ("国办发[2018]第037号", "国办发2018-37"),
            ("国办发2018年37号", "国办发2018-37"),
            ("国办发(2018)37", "国办发2018-37"),
            ("中华人民共和国国务院令第752号", "国令752"),
            ("国令第752号", "国令752"),
            ("国务院令752", "国令752"),
            ("（2015）浙台行终字第186号", "2015浙台行终字186"),
            ("2015浙台行终字186号", "2015浙台行终字186"),
            ("云金罚决字〔2025〕21—49号", "云金罚决字2025-21-49"),
            ("云金罚决字〔2025〕8、9号", "云金罚决字2025-8-9"),
        ] {
            assert_eq!(bare(written), form, "{written}");
        }
        assert_eq!(read("国办发201837号").unwrap().forms, ["国办发201837", "国办发2018-37"]);
    }

    #[test]
    fn the_order_that_promulgated_a_text() {
        assert_eq!(numbers_in("2004年11月22日交通部令第10号公布"), ["交通部令第10号"]);
        assert_eq!(numbers_in("1994年10月9日国务院令第167号发布　根据2011年国务院令第588号修订"), ["国务院令第167号"]);
        assert!(numbers_in("2011年2月16日国务院第144次常务会议通过").is_empty());
    }

    #[test]
    fn what_can_only_be_a_number() {
        let sure = |query: &str| read(query).map(|number| number.sure);
        assert_eq!(sure("国办发(2018)37号"), Some(true));
        assert_eq!(sure("国务院令第752号"), Some(true));
        assert_eq!(sure("国办发2018 37号"), Some(true));
        assert_eq!(sure("国办发2018年37号"), Some(true));
        assert_eq!(sure("国办发(2018)37"), Some(true));
        assert_eq!(sure("公司法(2018)37"), Some(false));
        assert_eq!(sure("国发2021 26"), Some(true));
        assert_eq!(sure("批发2021 26"), Some(false));
        assert_eq!(sure("国务院令752"), Some(false));
        assert_eq!(sure("752号令"), Some(true));
        assert_eq!(sure("市北10路2018 37号"), Some(false));
        assert_eq!(sure("责令3号"), Some(false));
        assert_eq!(sure("33条"), None);
        assert_eq!(sure("2018"), None);
        assert_eq!(sure("流动摊贩"), None);
    }
}
