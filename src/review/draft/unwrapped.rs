//! Drafts that were copied from a PDF or a mail: every line is broken at one width, in the middle of sentences.

use super::super::words::pattern;
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Narrowest and widest column that is taken for one, a Chinese character counted twice.
const COLUMN: std::ops::RangeInclusive<usize> = 30..=120;
/// So much narrower than the column a full line may be: a closing mark or a number goes to the next line whole.
const SLACK: usize = 4;
/// Fewest full lines.
const FULL_MIN: usize = 5;
/// What stands for a break inside a sentence: one character for one, so that places stay; nobody sees it, and folding drops it.
const JOINED: char = '\u{200B}';

/// How a new paragraph, item or heading begins.
static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\s　#*]*(?:第[一二三四五六七八九十百千零0-9]{1,8}[条章节编部]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,3}[、.．]|附件|附[:：])",
    )
});

/// The text with the breaks inside its sentences taken away; as it is if its lines are not broken at one width.
pub(super) fn unwrapped(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.split('\n').collect();
    let width = |line: &str| line.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let column = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let is_full = |line: &str| width(line) + SLACK >= column;
    let full: Vec<&&str> = lines.iter().filter(|line| is_full(line)).collect();
    let written = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let broken = full.iter().filter(|line| !stops(line)).count();
    let is_wrapped =
        COLUMN.contains(&column) && full.len() >= FULL_MIN && full.len() * 3 >= written && broken * 2 > full.len();
    if !is_wrapped {
        return Cow::Borrowed(text);
    }
    let indented = |line: &str| line.starts_with(['\u{3000}', ' ', '\t']);
    let indents = lines.iter().any(|line| indented(line) && !line.trim().is_empty());
    let goes_on = |line: &str, next: &str| {
        let begins = next.trim().is_empty() || BEGINS.is_match(next) || indented(next);
        is_full(line) && !begins && (!stops(line) || indents)
    };
    let mut out = String::with_capacity(text.len() + lines.len());
    for (at, line) in lines.iter().enumerate() {
        out.push_str(line);
        if let Some(next) = lines.get(at + 1) {
            out.push(if goes_on(line, next) { JOINED } else { '\n' });
        }
    }
    Cow::Owned(out)
}

/// Whether a line ends as a sentence does.
fn stops(line: &str) -> bool {
    line.trim_end().ends_with(['。', '；', '：', '！', '？', ';', ':', '”', '）'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WRAPPED: &str = "云桥县渡口管理办法\n第一条　为了加强渡口管理，维护渡口秩序，根据有关\n法律、法规的规定，结合本县实际，制定本办法。\n\
        第二条　渡口经营者应当公示票价和班次，不得擅自停\n渡；确需停渡的，应当提前三日公告，并报县人民政府\n交通运输部门备案。\n\
        第三条　违反本办法规定，擅自停渡的，由县交通运输\n局责令改正，可以处五百元以上二千元以下罚款；情节\n严重的，吊销其经营许可证。\n";

    #[test]
    fn sentences_of_a_column_are_put_together_and_places_stay() {
        let joined = unwrapped(WRAPPED);
        assert_eq!(joined.chars().count(), WRAPPED.chars().count());
        let lines: Vec<String> = joined.lines().map(|line| line.replace(JOINED, "")).collect();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert!(lines[3].contains("由县交通运输局责令改正，可以处五百元以上二千元以下罚款；情节严重的"), "{lines:?}");
    }

    #[test]
    fn paragraphs_of_their_own_stay() {
        let plain: String =
            (1..20).map(|number| format!("第{number}条　渡口经营者应当{}。\n", "公示票价".repeat(number))).collect();
        assert_eq!(unwrapped(&plain), plain);
        let list = "渡口名称\n甲渡\n乙渡\n丙渡\n丁渡\n戊渡\n己渡\n";
        assert_eq!(unwrapped(list), list);
    }

    proptest! {
        #[test]
        fn only_breaks_are_replaced(text in "[渡口。；\n 　第一条a]{0,200}") {
            let joined = unwrapped(&text);
            prop_assert_eq!(joined.chars().count(), text.chars().count());
            let back: String = joined.chars().zip(text.chars()).map(|(c, old)| if c == JOINED { '\n' } else { let _ = old; c }).collect();
            prop_assert_eq!(back, text);
        }
    }
}
