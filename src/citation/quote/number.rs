//! One writing for each number, so that 两年, 二年 and 2年 are the same words and 一千元 is 1000元. Another number stays another.

use crate::text::numerals;
use std::ops::Range;

/// Longest number that is read, in characters.
const NUMBER_CHARS_MAX: usize = 24;

/// A folded text with its numbers in Arabic digits, and the way back.
#[derive(Debug, Clone, Default)]
pub struct Canonical {
    text: String,
    /// Numbers written anew: bytes here and bytes of the folded text.
    changed: Vec<(Range<usize>, Range<usize>)>,
}

impl Canonical {
    /// Writes the numbers of a folded text anew.
    pub fn of(folded: &str) -> Canonical {
        let mut canonical = Canonical::default();
        let mut at = 0;
        while let Some(c) = folded.get(at..).and_then(|rest| rest.chars().next()) {
            let (len, written) = match share(folded, at) {
                Some((len, share)) => (len, Some(share)),
                None => match run(folded, at) {
                    0 => (c.len_utf8(), None),
                    len => (len, folded.get(at..at + len).and_then(value)),
                },
            };
            let words = folded.get(at..at + len).unwrap_or_default();
            let begins = canonical.text.len();
            match written.filter(|written| written != words) {
                Some(written) => {
                    canonical.text.push_str(&written);
                    canonical.changed.push((begins..canonical.text.len(), at..at + len));
                }
                None => canonical.text.push_str(words),
            }
            at += len;
        }
        canonical
    }

    /// The text for comparing.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Bytes of the folded text that a range of bytes came from; a part of a number gives the whole.
    pub fn folded(&self, range: Range<usize>) -> Range<usize> {
        self.place(range.start, false)..self.place(range.end, true)
    }

    fn place(&self, at: usize, is_end: bool) -> usize {
        let after = self.changed.partition_point(|(here, _)| here.start < at || here.start == at && !is_end);
        let Some((here, there)) = after.checked_sub(1).and_then(|last| self.changed.get(last)) else { return at };
        match (at < here.end || is_end && at == here.end, is_end) {
            (true, true) => there.end,
            (true, false) => there.start,
            (false, _) => there.end + (at - here.end),
        }
    }
}

fn is_han_digit(c: char) -> bool {
    "〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖".contains(c)
}

fn is_unit(c: char) -> bool {
    "十百千万亿拾佰仟".contains(c)
}

/// How many bytes the signs of one number cover: 1,000 and 1.5万 too.
fn run(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut len = 0;
    for (offset, c) in text.get(start..).unwrap_or_default().char_indices() {
        let at = start + offset;
        let joins = offset > 0
            && is_digit(at - 1)
            && match c {
                '.' => is_digit(at + 1),
                ',' => (1..=3).all(|ahead| is_digit(at + ahead)) && !is_digit(at + 4),
                _ => false,
            };
        if !(c.is_ascii_digit() || is_han_digit(c) || is_unit(c) || joins) {
            break;
        }
        len = offset + c.len_utf8();
    }
    len
}

/// The Arabic digits of a number; `None` for words that are none (万一, 千万) or may be two (三五).
fn value(words: &str) -> Option<String> {
    if words.chars().count() > NUMBER_CHARS_MAX {
        return None;
    }
    let bare = words.replace(',', "");
    if bare.contains('.') {
        return decimal(&bare);
    }
    let first = bare.chars().next()?;
    let row = bare.chars().all(is_han_digit);
    let two = row && (2..=3).contains(&bare.chars().count()) && !bare.contains(['〇', '零']);
    if two || is_unit(first) && !matches!(first, '十' | '拾') {
        return None;
    }
    numerals::parse(&bare).map(|number| number.to_string())
}

/// 1.5万 → 15000; what is no whole number stays as it is.
fn decimal(words: &str) -> Option<String> {
    let (whole, rest) = words.split_once('.')?;
    let part: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let power = match rest.get(part.len()..)? {
        "万" => 4,
        "亿" => 8,
        "千" => 3,
        "百" => 2,
        _ => return None,
    };
    let missing = usize::checked_sub(power, part.len())?;
    let digits = format!("{whole}{part}{}", "0".repeat(missing));
    digits.parse::<u64>().ok().map(|number| number.to_string())
}

/// 百分之五十 → 50%, with its length.
fn share(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = text.get(at..)?;
    let (words, sign) =
        [("百分之", '%'), ("千分之", '‰'), ("万分之", '‱')].into_iter().find(|(words, _)| rest.starts_with(words))?;
    let begins = at + words.len();
    let mut len = run(text, begins);
    let number = text.get(begins..begins + len)?;
    // 百分之一百.
    let hundred = number.strip_prefix("百").filter(|rest| rest.is_empty());
    let value = value(number)
        .or_else(|| hundred.map(|_| "100".to_string()))
        .or_else(|| number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| number.to_string()));
    let value = value.filter(|value| !value.is_empty())?;
    len += words.len();
    Some((len, format!("{value}{sign}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(one: &str, other: &str) -> bool {
        Canonical::of(one).as_str() == Canonical::of(other).as_str()
    }

    #[test]
    fn one_number_in_many_writings() {
        for (one, other) in [
            ("两年内", "二年内"),
            ("两年内", "2年内"),
            ("一千元以上五万元以下", "1000元以上5万元以下"),
            ("一千元以上五万元以下", "1,000元以上50000元以下"),
            ("一万五千元", "1.5万元"),
            ("壹万元", "一万元"),
            ("百分之五十", "50%"),
            ("千分之三", "3‰"),
            ("二〇一九年十月一日", "2019年10月1日"),
            ("十五日", "15日"),
            ("一百零五条", "105条"),
        ] {
            assert!(
                same(one, other),
                "{one} {other}: {:?} {:?}",
                Canonical::of(one).as_str(),
                Canonical::of(other).as_str()
            );
        }
        for (one, other) in [
            ("二年", "三年"),
            ("一千元", "一万元"),
            ("十二年", "二年"),
            ("三五年", "三十五年"),
            ("百分之五", "千分之五"),
            ("1.5万元", "15万元"),
            ("万一", "一万"),
            ("1000元", "10000元"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn the_way_back_gives_whole_numbers() {
        let folded = "处一千元以上罚款";
        let canonical = Canonical::of(folded);
        assert_eq!(canonical.as_str(), "处1000元以上罚款");
        let at = canonical.as_str().find("00元").unwrap();
        assert_eq!(&folded[canonical.folded(at..at + "00元".len())], "一千元");
        let at = canonical.as_str().find("以上").unwrap();
        assert_eq!(&folded[canonical.folded(at..at + "以上".len())], "以上");
        assert_eq!(&folded[canonical.folded(0..canonical.as_str().len())], folded);
    }

    proptest! {
        #[test]
        fn every_range_leads_back(folded in "[一二十百千万亿零两0-9.,%年元百分之]{0,40}") {
            let canonical = Canonical::of(&folded);
            let text = canonical.as_str();
            for (start, c) in text.char_indices() {
                let range = canonical.folded(start..start + c.len_utf8());
                prop_assert!(folded.get(range.clone()).is_some_and(|words| !words.is_empty()), "{text} {range:?}");
            }
        }
    }
}
