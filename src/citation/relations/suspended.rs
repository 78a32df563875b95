//! What a text suspends: 《…》自2024年1月1日起暂停执行. It ends nothing, for it may go on; who reads what is suspended is told.

use super::sentence::{sentence, unwrapped};
use super::{NUMBER_BEFORE, SERIES, is_instrument, list_lead};
use crate::citation::mention::{Mention, Role, Target};
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// That an instrument is suspended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// Folded title of it.
    pub title: String,
    /// Bytes of the title as cited.
    pub mention: Range<usize>,
    /// Bytes of the sentence, or of the line of a list.
    pub sentence: Range<usize>,
}

/// What a text is while it is suspended.
const PAUSED: &str = "暂停(?:执行|施行|实施|适用|使用)";
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"[自从][^，。；《]{0,30}起|于[^，。；《]{0,24}日";
    let words = r"等[^，。；《]{0,24}|予以|均|一律|即日起|全部|现|，";
    Regex::new(&format!(r"^(?:{SERIES}|{day}|{words})*{PAUSED}(?:$|[，。；\s（(])")).expect("a fixed pattern")
});
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let begins = "(?:决定|现|即日起|^|，|[自从][^，。；《》]{2,20}起)";
    Regex::new(&format!(r"{begins}{PAUSED}(?:{NUMBER_BEFORE}|[、和与及\s]|以及|《[^》]*》|（[^）]*）)*$"))
        .expect("a fixed pattern")
});
/// What only proposes.
const PROPOSED: [&str; 5] = ["建议", "拟", "申请", "请求", "是否"];

/// Whether the line above a list suspends what is in it; 恢复日期另行公布 only says for how long.
fn leads(line: &str) -> bool {
    let is_paused = ["暂停执行", "暂停实施", "暂停施行"].iter().any(|word| line.contains(word));
    let is_over = |clause: &str| {
        let is_of_day = ["日期", "时间", "另行"].iter().any(|word| clause.contains(word));
        !is_of_day && ["恢复", "解除"].iter().any(|word| clause.contains(word))
    };
    is_paused && !PROPOSED.iter().any(|word| line.contains(word)) && !line.split(['，', '；', '。']).any(is_over)
}

/// What a text suspends as a whole.
pub fn suspended(text: &str, mentions: &[Mention]) -> Vec<Suspension> {
    let mut found: Vec<Suspension> = Vec::new();
    let mut titles: HashSet<&str> = HashSet::new();
    if !text.contains("暂停") {
        return found;
    }
    for mention in mentions.iter().filter(|mention| mention.place.is_none() && mention.role != Role::Historic) {
        let Target::Titled(key) = &mention.target else { continue };
        let is_cited = text.get(mention.span.clone()).is_some_and(|words| words.starts_with('《'));
        if !is_cited || !is_instrument(key) || titles.contains(key.as_str()) {
            continue;
        }
        let own = sentence(text, &mention.span);
        let words = text.get(own.clone()).unwrap_or_default();
        let behind = unwrapped(text.get(mention.span.end..own.end).unwrap_or_default());
        let before = unwrapped(text.get(own.start..mention.span.start).unwrap_or_default());
        let is_led = || {
            let is_whole =
                behind.is_empty() || behind.starts_with(['。', '，', '；', '、', '（', '(', '等', '\n', '和', '及']);
            is_whole && BEFORE.is_match(&before)
        };
        let says = words.contains("暂停") && (BEHIND.is_match(&behind) || is_led());
        if PROPOSED.iter().any(|word| words.contains(word)) {
            continue;
        }
        if says || list_lead(text, mention, leads).is_some() {
            titles.insert(key);
            found.push(Suspension { title: key.clone(), mention: mention.span.clone(), sentence: own });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::{Bare, find};

    #[test]
    fn what_is_suspended_is_told() {
        let read = |text: &str| -> Vec<String> {
            suspended(text, &find(text, &Bare::Own)).into_iter().map(|one| one.title).collect()
        };
        for (text, titles) in [
            ("《甲办法》自2024年1月1日起暂停执行。", vec!["甲办法"]),
            ("《甲办法》（云政发〔2020〕1号）暂停执行，恢复日期另行公布。", vec!["甲办法"]),
            ("自即日起暂停执行《甲办法》和《乙规定》。", vec!["甲办法", "乙规定"]),
            ("县政府决定暂停实施《甲办法》（云政发〔2020〕1号）。", vec!["甲办法"]),
            ("下列文件暂停执行：\n1.《甲办法》\n2.《乙规定》\n", vec!["甲办法", "乙规定"]),
            ("下列文件暂停执行，恢复日期另行公布：\n1.《甲办法》\n", vec!["甲办法"]),
            ("建议暂停执行下列文件：\n1.《甲办法》\n", vec![]),
            ("恢复执行下列暂停执行的文件：\n1.《甲办法》\n", vec![]),
            ("解除下列文件的暂停执行：\n1.《甲办法》\n", vec![]),
            ("《甲办法》第三条暂停执行。", vec![]),
            ("暂停执行《甲办法》第三条。", vec![]),
            ("拟暂停执行《甲办法》。", vec![]),
            ("依照《甲办法》暂停执行收费的，应当公示。", vec![]),
            ("《甲办法》自2024年1月1日起停止执行。", vec![]),
            ("《甲办法》暂停执行的，由县政府公布。", vec![]),
        ] {
            assert_eq!(read(text), titles, "{text}");
        }
    }
}
