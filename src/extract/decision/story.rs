//! A typical case that is told without captions: 云桥县大顺公司未取得许可经营案, 2024年3月5日，执法人员检查发现…，罚款5万元.

use super::ARTICLE;
use crate::law::{Document, Kind};

/// Longest title of one, in characters.
const TITLE_CHARS: usize = 80;
/// What ends in 案 and is no case.
const OTHERS: [&str; 20] = [
    "方案", "预案", "草案", "提案", "议案", "档案", "答案", "图案", "教案", "备案", "法案", "正案", "专案", "个案",
    "病案", "立案", "结案", "报案", "定案", "办案",
];
/// What titles of rules and letters have. 未按规定, 不符合标准 and 未建立制度 tell what somebody did.
const PAPERS: [&str; 4] = ["关于", "通知", "指南", "细则"];
/// What was decided.
const DECIDED: [&str; 8] = ["罚款", "没收", "行政处罚", "拘留", "警告", "吊销", "判处", "判决"];
/// How it came out.
const FOUND: [&str; 12] =
    ["经查", "查明", "查获", "查处", "执法人员", "检查发现", "检查时发现", "立案", "当事人", "被告人", "举报", "抽检"];

/// Whether a document is one.
pub(super) fn is_one(document: &Document) -> bool {
    let title = document.title.trim_end_matches(['。', '》', '”']).trim_start_matches('#').trim();
    let (text, any) =
        (document.text.as_str(), |words: &[&str], text: &str| words.iter().any(|word| text.contains(word)));
    document.kind == Kind::Normative
        && title.ends_with('案')
        && title.chars().count() <= TITLE_CHARS
        && !OTHERS.iter().any(|end| title.ends_with(end))
        && !any(&PAPERS, title)
        && any(&DECIDED, text)
        && any(&FOUND, text)
        && text.contains('年')
        && text.contains('月')
        && !ARTICLE.is_match(text)
}
