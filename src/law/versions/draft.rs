//! Drafts (征求意见稿、草案): texts that by their own title were not made yet. Whether what came of one is in force says nothing of it.

use super::intervals::{Placed, VersionInput};
use super::proof::Proofs;
use crate::law::kind::Kind;
use crate::law::validity::Interval;

/// What a draft calls itself in the bracket at the end of its title.
const CALLED: [&str; 12] = [
    "征求意见",
    "草案",
    "送审稿",
    "讨论稿",
    "审议稿",
    "审查稿",
    "草稿",
    "初稿",
    "报审稿",
    "报批稿",
    "表决稿",
    "建议稿",
];
/// The same without a bracket; 草案 alone has been the name of what was in force.
const BARE: [&str; 3] = ["征求意见稿", "送审稿", "讨论稿"];

/// What a title calls its text at its very end, if that is a draft: 《…办法》（征求意见稿） is one, 关于《…（草案）》的说明 is none.
pub fn draft(title: &str) -> Option<&str> {
    let title = title.trim().trim_end_matches(['》', '〉']).trim_end();
    let inner = title.strip_suffix(['）', ')', '〕', '］', ']']).and_then(|head| {
        let at = head.rfind(['（', '(', '〔', '［', '['])?;
        head.get(at..).map(|inner| inner.trim_start_matches(['（', '(', '〔', '［', '[']))
    });
    let bracketed = inner.filter(|inner| CALLED.iter().any(|word| inner.contains(word)));
    bracketed.or_else(|| BARE.iter().copied().find(|word| title.ends_with(word)))
}

/// A draft is in force on no day that anybody knows: it has no interval, whatever its words and its source tell.
pub(super) fn unplace(version: &mut Placed, input: &VersionInput<'_>) {
    let mut titles = input.documents.iter().filter(|document| document.kind != Kind::Case);
    let Some(called) = titles.find_map(|document| draft(&document.title)) else { return };
    version.found.interval = Interval::default();
    version.found.proofs = Proofs::default();
    (version.found.next, version.found.teller) = (None, None);
    version.remark(format!("标题自称“{called}”：是草稿而非已通过、公布的文本，时效未知"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_title_makes_a_draft() {
        for (title, called) in [
            ("云桥县渡口办法（征求意见稿）", Some("征求意见稿")),
            ("云桥县渡口条例(草案)", Some("草案")),
            ("云桥县渡口条例（修订草案二次审议稿）", Some("修订草案二次审议稿")),
            ("《云桥县渡口条例（草案）》", Some("草案")),
            ("云桥县渡口办法（送审稿） ", Some("送审稿")),
            ("云桥县渡口办法（讨论稿）", Some("讨论稿")),
            ("云桥县渡口办法征求意见稿", Some("征求意见稿")),
            ("关于《云桥县渡口条例（草案）》的说明", None),
            ("云桥县草案公开办法（试行）", None),
            ("云桥县渡口办法（修订）", None),
            ("（草案）", Some("草案")),
        ] {
            assert_eq!(draft(title), called, "{title}");
        }
    }
}
