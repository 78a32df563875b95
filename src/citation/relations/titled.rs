//! What a notice repeals by its own title: 关于废止《…》的通知, whose text may only say 予以废止.

use super::{Relation, RelationKind, is_instrument};
use crate::citation::names::title_key;
use regex::Regex;
use std::sync::LazyLock;

/// Titles in book brackets between 关于废止 and the kind of the notice, and nothing else: 拟废止, 部分条款 and 请示 are no repeals.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    let series = "(?:《[^》]+》(?:[（(][^（）()]*[）)])?[、和与及]?)+";
    let kind = "(?:通知|公告|通告|决定|命令)";
    Regex::new(&format!("关于(?:废止|宣布废止|撤销)({series})(?:等[^《》部条款]{{0,16}})?的{kind}$"))
        .expect("a fixed pattern")
});

/// The repeals that a title states and the text does not.
pub(super) fn repealed(title: &str, text: &str, known: &[Relation]) -> Vec<Relation> {
    let Some(series) = TITLE.captures(title.trim()).and_then(|found| found.get(1)) else { return Vec::new() };
    // 《关于印发〈甲办法〉的通知》 has brackets of its own inside.
    let named = series.as_str().split('《').filter_map(|part| part.split_once('》')).map(|(inner, _)| inner);
    let keys = named.map(title_key).filter(|key| !key.is_empty() && is_instrument(key));
    let is_known = |key: &String| known.iter().any(|other| other.kind == RelationKind::Repeals && other.title == *key);
    let mut at = 0;
    let mut sentences = text.split_inclusive(['。', '；', '\n']).map(|words| {
        at += words.len();
        at - words.len()..at
    });
    let says = |words: &str| ["废止", "停止执行", "不再执行", "撤销"].iter().any(|verb| words.contains(verb));
    let sentence = sentences.find(|span| text.get(span.clone()).is_some_and(says)).unwrap_or(0..0);
    keys.filter(|key| !is_known(key))
        .map(|title| {
            let (mention, sentence) = (sentence.clone(), sentence.clone());
            Relation { kind: RelationKind::Repeals, title, mention, sentence, lead: None }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_repeals_what_its_title_names() {
        let read = |title: &str| -> Vec<String> {
            repealed(title, "经研究，予以废止。", &[]).into_iter().map(|relation| relation.title).collect()
        };
        assert_eq!(read("云桥县民政局关于废止《渡口管理办法》的通知"), ["渡口管理办法"]);
        assert_eq!(read("关于废止《渡口管理办法》《航道办法》的决定"), ["渡口管理办法", "航道办法"]);
        for none in [
            "关于拟废止《渡口管理办法》的公告",
            "关于公开征求废止《渡口管理办法》意见的公告",
            "关于废止《渡口管理办法》的请示",
            "关于废止《渡口管理办法》部分条款的决定",
            "关于暂停执行《渡口管理办法》的通知",
            "关于废止渡口收费的通知",
        ] {
            assert_eq!(read(none), [""; 0], "{none}");
        }
    }
}
