//! Judicial interpretations named without book brackets of their own, whose title holds that of the law:
//! 最高人民法院关于适用《…》的解释第三条.

use super::title::Title;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest part of such a title before the law's, in bytes.
const HEAD_BYTES_MAX: usize = 240;
/// Longest part behind it, with the place, in bytes.
const TAIL_BYTES_MAX: usize = 200;

/// The courts and what they interpret, up to the title of the law.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"最高人民(?:法院|检察院)(?:[、和与]?[\p{Han}]{2,12}){0,4}?关于[\p{Han}、]{1,40}$")
        .expect("a fixed pattern")
});
/// The end of the title behind that of the law, and the article that is cited.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    let numeral = "[〇零一二三四五六七八九十百千0-9０-９]{1,9}";
    Regex::new(&format!(
        r"^([\p{{Han}}、]{{0,40}}?(?:解释|规定|批复|意见)(?:[（(][一二三四五六七八九十]{{1,2}}[）)])?)(?:[（(][^（）()\n]{{1,40}}[）)])?(?:中的|中|的)?[ \u{{3000}}]{{0,4}}第[ \u{{3000}}]{{0,2}}{numeral}[ \u{{3000}}]{{0,2}}条"
    ))
    .expect("a fixed pattern")
});

/// The whole title of the interpretation in which the title of a law stands that begins at `start`, where an article follows.
pub(super) fn around(text: &str, start: usize, law: &Title) -> Option<Range<usize>> {
    let from = crate::text::points::boundary_after(text, start.saturating_sub(HEAD_BYTES_MAX));
    let head = text.get(from..start)?;
    let head = head.get(first_court(head, head.rfind("最高人民")?)..)?;
    let begins = HEAD.find(head)?.start();
    let end = crate::text::points::boundary_before(text, text.len().min(law.end + TAIL_BYTES_MAX));
    let tail = TAIL.captures(text.get(law.end..end)?)?;
    Some(start - head.len() + begins..law.end + tail.get(1)?.end())
}

/// Where the first of the courts stands that join in one title: 最高人民法院、最高人民检察院关于….
fn first_court(head: &str, court: usize) -> usize {
    let joined = ["最高人民法院、", "最高人民法院和", "最高人民检察院、", "最高人民检察院和"];
    let before = head.get(..court).unwrap_or_default();
    joined.iter().find(|court| before.ends_with(**court)).map_or(court, |joined| court - joined.len())
}

#[cfg(test)]
mod tests {
    use super::super::title;
    use super::*;

    #[test]
    fn the_title_of_an_interpretation_holds_that_of_the_law() {
        for (text, whole) in [
            ("依照最高人民法院关于适用《渡口法》的解释第三条", Some("最高人民法院关于适用《渡口法》的解释")),
            (
                "违反了最高人民法院、最高人民检察院关于执行《渡口法》若干问题的解释（二）第12条",
                Some("最高人民法院、最高人民检察院关于执行《渡口法》若干问题的解释（二）"),
            ),
            ("最高人民法院关于适用《渡口法》的解释（2022年修正）第三条", Some("最高人民法院关于适用《渡口法》的解释")),
            (
                "见最高人民法院关于适用《渡口法》审理案件的规定中第三条",
                Some("最高人民法院关于适用《渡口法》审理案件的规定"),
            ),
            ("最高人民法院关于适用《渡口法》的解释", None),
            ("最高人民法院关于渡口的说明，依照《渡口法》规定第三条", None),
            ("最高人民法院适用《渡口法》第三条", None),
            ("关于适用《渡口法》的解释第三条", None),
        ] {
            let start = text.find('《').unwrap();
            let law = title::read(text, start).unwrap();
            assert_eq!(around(text, start, &law).map(|range| &text[range]), whole, "{text}");
        }
    }
}
