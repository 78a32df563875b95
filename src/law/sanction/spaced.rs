//! Sums whose characters stand apart (罚款人民币 壹 万 元 整), or behind a colon (罚款：5000元): read as if they did not.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static APART: LazyLock<Regex> = LazyLock::new(|| {
    // 序号 1 500 元: Arabic numerals apart may be two.
    let numeral = "[壹贰叁肆伍陆柒捌玖拾佰仟万零〇一二三四五六七八九十百千]";
    let digit = "[壹贰叁肆伍陆柒捌玖拾佰仟万零〇一二三四五六七八九十百千0-9]";
    Regex::new(&format!("{numeral}(?:[ \u{3000}]+{numeral})*[ \u{3000}]+[元圆]|(?:罚款|罚款(?:金额|数额)|没收违法所得|人民币)(?:[（(](?:大写|人民币大写|人民币)[）)])?[ \u{3000}]*[：:][ \u{3000}]*(?:[（(]大写[）)])?(?:人民币|[￥¥])?{digit}"))
        .expect("a constant pattern")
});

/// The text with the blanks and colons of such sums behind them, and where these sums are; `None` if there are none. It has the same
/// length in bytes.
pub(super) fn closed(text: &str) -> Option<(String, Vec<Range<usize>>)> {
    let runs: Vec<Range<usize>> = APART.find_iter(text).map(|found| found.range()).collect();
    if runs.is_empty() {
        return None;
    }
    let mut tidy = String::with_capacity(text.len());
    let mut from = 0;
    for run in &runs {
        tidy.push_str(&text[from..run.start]);
        tidy.extend(text[run.clone()].chars().filter(|c| !is_gap(*c)));
        // What stands behind the sum stands there still.
        let gaps = text[run.clone()].chars().filter(|c| is_gap(*c)).map(char::len_utf8).sum();
        if text[run.clone()].contains(['元', '圆']) {
            tidy.extend(std::iter::repeat_n(' ', gaps));
        } else {
            let digit = tidy.pop().unwrap_or(' ');
            tidy.extend(std::iter::repeat_n(' ', gaps));
            tidy.push(digit);
        }
        from = run.end;
    }
    tidy.push_str(&text[from..]);
    Some((tidy, runs))
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '：' | ':')
}

/// Widens a span that begins or ends inside one of these sums to the whole of it.
pub(super) fn widen(span: &mut Range<usize>, runs: &[Range<usize>]) {
    let at = |place: usize| {
        let run = runs.get(runs.partition_point(|run| run.end <= place))?;
        (run.start < place && place < run.end).then(|| run.clone())
    };
    if let Some(run) = at(span.start) {
        span.start = run.start;
    }
    if let Some(run) = at(span.end) {
        span.end = run.end;
    }
}

#[cfg(test)]
mod tests {
    use crate::law::sanction::{fines_fen, imposed};

    #[test]
    fn sums_apart_are_read_and_their_places_are_those_of_the_text() {
        for (text, fine) in [
            ("罚款人民币 壹 万 元 整", 1_000_000),
            ("罚款人民币 叁 仟 伍 佰 元 整（¥3500.00）。", 350_000),
            ("罚款人民币：贰仟元整", 200_000),
            ("处罚款：5000元", 500_000),
            ("没收违法所得：300元；罚款：2000 元", 200_000),
        ] {
            let found = imposed(text);
            assert_eq!(fines_fen(&found), Some(fine), "{text} {found:?}");
            assert!(found.iter().all(|one| text.get(one.span.clone()).is_some()), "{text} {found:?}");
        }
    }
}
