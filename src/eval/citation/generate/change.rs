//! One change to a quotation, as a slip or a trick makes it.

use crate::rank::random::Random;
use crate::text::numerals;

/// What is counted in amounts, periods and shares.
const UNITS: [&str; 22] = [
    "万元",
    "亿元",
    "元",
    "倍",
    "个月",
    "个工作日",
    "日",
    "天",
    "小时",
    "年以",
    "年内",
    "周岁",
    "人以",
    "名以",
    "%",
    "％",
    "公里",
    "米",
    "吨",
    "次",
    "亩",
    "平方米",
];

fn is_digit(c: char) -> bool {
    "〇零一二三四五六七八九十百千两".contains(c) || c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The words with one amount changed; `None` if there is none.
pub fn amount(words: &str, random: &mut Random) -> Option<String> {
    let mut amounts: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    while let Some(start) = words.get(at..)?.find(is_digit).map(|found| at + found) {
        let digits: &str = words.get(start..).map(|rest| rest.trim_start_matches(is_digit)).unwrap_or("");
        let end = words.len() - digits.len();
        let before = words.get(..start)?.chars().next_back();
        // 第三十日 counts places, 2020年 is a year, 百分之三 is a share.
        if UNITS.iter().any(|unit| digits.starts_with(unit)) && !before.is_some_and(|c| "第年月.．点".contains(c))
        {
            amounts.push((start, words.get(start..end)?));
        }
        at = end;
    }
    let (start, old) = *random.choose(&amounts)?;
    let value = numerals::parse(old)?;
    let factor = [2, 3, 5].get(random.below(3)).copied().unwrap_or(2);
    let value = if value % factor == 0 && value > factor && random.below(2) == 0 {
        value / factor
    } else if value < 10 && random.below(2) == 0 {
        value + 1
    } else {
        value * factor
    };
    let new = if old.chars().all(|c| c.is_ascii_digit()) { value.to_string() } else { numerals::chinese(value) };
    Some(format!("{}{new}{}", words.get(..start)?, words.get(start + old.len()..)?))
}

/// Shortest beginning that is quoted, in characters: less stands in many provisions.
const QUOTED_MIN: usize = 12;

/// The words up to a share (百分之三), which is another one now; `None` if there is none.
pub fn share(words: &str, random: &mut Random) -> Option<String> {
    const BASES: [&str; 3] = ["百分之", "千分之", "万分之"];
    let all = BASES.iter().flat_map(|base| words.match_indices(*base));
    let long = all.filter(|(at, _)| words.get(..*at).is_some_and(|head| head.chars().count() >= QUOTED_MIN));
    let mut shares: Vec<(usize, &str)> = long.collect();
    shares.sort_unstable();
    let (start, base) = *random.choose(&shares)?;
    let others: Vec<&str> = BASES.into_iter().filter(|other| *other != base).collect();
    let other = random.choose(&others)?;
    let rest = words.get(start + base.len()..)?;
    let digits = rest.get(..rest.len() - rest.trim_start_matches(is_digit).len())?;
    (!digits.is_empty()).then(|| format!("{}{other}{digits}", words.get(..start).unwrap_or_default()))
}

/// The words without one 不; `None` if there is none that says no (不动产 does not).
pub fn without_not(words: &str, random: &mut Random) -> Option<String> {
    let said: Vec<usize> = words
        .match_indices('不')
        .map(|(at, _)| at)
        .filter(|at| {
            let rest = words.get(at + '不'.len_utf8()..).unwrap_or("");
            let before = words.get(..*at).unwrap_or("");
            !["动产", "同", "仅", "但", "断", "良", "足", "论", "少"].iter().any(|word| rest.starts_with(word))
                && !before.ends_with('是')
        })
        .collect();
    let at = *random.choose(&said)?;
    Some(format!("{}{}", words.get(..at)?, words.get(at + '不'.len_utf8()..)?))
}

/// The words with one 应当 made 可以; `None` if there is none.
pub fn duty_to_choice(words: &str, random: &mut Random) -> Option<String> {
    let said: Vec<usize> = words.match_indices("应当").map(|(at, _)| at).collect();
    let at = *random.choose(&said)?;
    Some(format!("{}可以{}", words.get(..at)?, words.get(at + "应当".len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_change_and_no_other() {
        let mut random = Random(7);
        let words = "应当公示，不得停渡；2020年起处五百元罚款，第三日不动产";
        assert_eq!(duty_to_choice(words, &mut random).unwrap(), words.replace("应当", "可以"));
        assert_eq!(without_not(words, &mut random).unwrap(), words.replace("不得", "得"));
        let changed = amount(words, &mut random).unwrap();
        assert!(changed != words && changed.contains("2020年") && changed.contains("第三日"), "{changed}");
        assert_eq!(amount("第三日不动产", &mut random), None);
        assert_eq!(without_not("不动产", &mut random), None);
        let rate = "逾期不缴纳渡口维护费用的，每日加收百分之三的滞纳金";
        let changed = share(rate, &mut random).unwrap();
        assert!(["千分之三", "万分之三"].iter().any(|share| changed.ends_with(share)), "{changed}");
        assert_eq!(share("加收百分之三", &mut random), None, "too short to be known again");
        assert_eq!(duty_to_choice("可以", &mut random), None);
    }
}
