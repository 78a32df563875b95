//! Drafts (征求意见稿、草案): texts that by their own title, or by a line of its own below it, were not made yet; and texts that are
//! published for comment (关于征求《…》意见的公告). Whether what came of one is in force says nothing of it.

use super::intervals::{Placed, VersionInput};
use super::proof::Proofs;
use crate::law::document::Document;
use crate::law::kind::Kind;
use crate::law::validity::Interval;

/// What a draft calls itself in the bracket at the end of its title.
const CALLED: [&str; 15] = [
    "代拟稿",
    "修订稿",
    "修改稿",
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
/// Brackets.
const OPENING: [char; 5] = ['（', '(', '〔', '［', '['];
const CLOSING: [char; 5] = ['）', ')', '〕', '］', ']'];
/// The same without a bracket; 草案 alone has been the name of what was in force.
const BARE: [&str; 4] = ["征求意见稿", "送审稿", "讨论稿", "代拟稿"];

/// What a title calls its text at its very end, if that is a draft: 《…办法》（征求意见稿） is one, 关于《…（草案）》的说明 is none.
pub fn draft(title: &str) -> Option<&str> {
    let title = title.trim().trim_end_matches(['》', '〉']).trim_end();
    let inner = title.strip_suffix(CLOSING).and_then(|head| {
        let at = head.rfind(OPENING)?;
        head.get(at..).map(|inner| inner.trim_start_matches(OPENING))
    });
    let bracketed = inner.filter(|inner| CALLED.iter().any(|word| inner.contains(word)));
    bracketed.or_else(|| BARE.iter().copied().find(|word| title.ends_with(word))).or_else(|| for_comment(title))
}

/// What a document calls its text, if that is a draft: its title, a line of its own below it, or the notice above it.
pub fn draft_of(document: &Document) -> Option<&str> {
    if document.kind == Kind::Case {
        return None;
    }
    let lines = || document.text.lines().map(str::trim).filter(|line| !line.is_empty()).take(FIRST_LINES);
    let before = lines().take_while(|line| !line.starts_with('第'));
    let below = document.history.iter().map(String::as_str).chain(before);
    let of_line = |line| own_line(line, &document.title).or_else(|| for_comment(line));
    draft(&document.title).or_else(|| below.into_iter().find_map(of_line))
}

/// How many lines below a title may say what the text is.
const FIRST_LINES: usize = 5;
/// Characters of a line that says nothing else.
const OWN_LINE_CHARS_MAX: usize = 20;

/// What may stand beside the name of a draft on a line without brackets: 修订草案二次审议稿; not 规范性文件草案, which is of another.
const BESIDE: [&str; 18] = [
    "修订",
    "修正",
    "修改",
    "公开",
    "第",
    "次",
    "轮",
    "版",
    "审议",
    "征求",
    "意见",
    "提请",
    "报送",
    "向社会",
    "内部",
    "稿",
    "草案",
    "再",
];

/// Whether a line without brackets is nothing but the name of a draft, or the title with it.
fn is_name(inner: &str, title: &str) -> bool {
    let mut rest = inner;
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十、（）() ".contains(c);
    while let Some(next) =
        CALLED.iter().chain(&BESIDE).find_map(|word| rest.strip_prefix(word)).or_else(|| rest.strip_prefix(number))
    {
        rest = next;
    }
    let named = CALLED.iter().filter_map(|word| inner.find(word)).min().and_then(|at| inner.get(..at));
    let named = named.map(|named| named.trim_end_matches(OPENING).trim_end_matches("修订").trim_end_matches("修改"));
    rest.is_empty() || named.is_some_and(|named| named.chars().count() > 3 && title.contains(named))
}

/// （征求意见稿）, 草案 or （修订草案二次审议稿） on a line of its own.
fn own_line<'a>(line: &'a str, title: &str) -> Option<&'a str> {
    let line = line.trim();
    let inner = line.trim_start_matches(OPENING).trim_end_matches(CLOSING);
    // （公开征求意见稿，2024年3月）.
    let inner =
        inner.split_once('，').filter(|(_, day)| day.ends_with(['月', '日', '年'])).map_or(inner, |(called, _)| called);
    let is_called = CALLED.iter().any(|word| inner.contains(word));
    let ends = ["稿", "草案", "征求意见"].iter().any(|word| inner.ends_with(word));
    let is_own = line.starts_with(OPENING) && line.ends_with(CLOSING) || is_name(inner, title);
    (is_called && ends && is_own && inner.chars().count() <= OWN_LINE_CHARS_MAX && !inner.contains(['《', '，', '。']))
        .then_some(inner)
}

/// Kinds of documents by which comments are asked for.
const NOTICES: [&str; 7] = ["的通知", "的公告", "的通告", "的函", "的启事", "的公示", "的公开信"];
/// Words before 征求 of what only tells how comments are asked for, or were.
const ABOUT_COMMENTS: [&str; 5] = ["做好", "加强", "完善", "建立", "规范"];
/// The same, where no title is named.
const PROCEDURES: [&str; 6] = ["会签", "程序", "流程", "制度", "机制", "明确"];

/// Whether a title asks for comments on a text: 关于公开征求《…》意见的公告, 关于《…（草案）》征求意见的通知.
fn for_comment(title: &str) -> Option<&str> {
    let title = title.trim().trim_start_matches('#').trim();
    let head = NOTICES.iter().find_map(|notice| title.strip_suffix(notice))?;
    let mut depth = 0usize;
    let outside = head.chars().filter(|c| {
        let inside = depth > 0;
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        !inside && *c != '《'
    });
    let outside: String = outside.collect();
    let at = outside.find("征求").or_else(|| outside.find("征集").filter(|_| head.contains('《')))?;
    let ends = ["意见", "意见建议", "意见和建议", "意见与建议", "意见、建议"].iter().any(|end| outside.ends_with(end));
    let before = outside.get(..at)?;
    // 关于文件会签征求意见的通知: how it is done, of no text.
    let is_procedure = !head.contains('《') && PROCEDURES.iter().any(|word| before.contains(word));
    let is_about = is_procedure || ABOUT_COMMENTS.iter().any(|word| before.contains(word));
    (ends && !is_about && before.contains("关于")).then_some("征求意见")
}

/// A draft is in force on no day that anybody knows: it has no interval, whatever its words and its source tell.
pub(super) fn unplace(version: &mut Placed, input: &VersionInput<'_>) {
    let of = |document: &&Document| Some((draft(&document.title).is_some(), draft_of(document)?.to_string()));
    let Some((by_title, called)) = input.documents.iter().find_map(of) else { return };
    version.found.interval = Interval::default();
    version.found.proofs = Proofs::default();
    (version.found.next, version.found.teller) = (None, None);
    let says = if by_title { "标题自称" } else { "标题下注明" };
    version.remark(format!("{says}“{called}”：是草稿而非已通过、公布的文本，时效未知"));
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
            ("云桥县渡口办法（代拟稿）", Some("代拟稿")),
            ("云桥县渡口办法（修订稿）", Some("修订稿")),
            ("云桥县渡口办法代拟稿", Some("代拟稿")),
            ("云桥县代拟稿办理办法", None),
            ("云桥县渡口办法征求意见稿", Some("征求意见稿")),
            ("关于《云桥县渡口条例（草案）》的说明", None),
            ("云桥县草案公开办法（试行）", None),
            ("云桥县渡口办法（修订）", None),
            ("（草案）", Some("草案")),
            ("云桥县民政局关于公开征求《云桥县渡口办法》意见的公告", Some("征求意见")),
            ("关于《云桥县渡口办法（草案）》征求意见的通知", Some("征求意见")),
            ("关于征集《云桥县渡口办法》意见建议的公告", Some("征求意见")),
            ("关于征求云桥县渡口办法修订意见的函", Some("征求意见")),
            ("云桥县公开征求意见办法", None),
            ("关于做好规范性文件公开征求意见工作的通知", None),
            ("关于印发《云桥县征求意见规则》的通知", None),
            ("关于公开征求加强渡口管理意见的公告", Some("征求意见")),
            ("关于完善公开征求意见的通知", None),
            ("关于文件会签征求意见的通知", None),
            ("关于进一步明确公文会签征求意见的通知", None),
            ("关于《云桥县渡口办法》会签征求意见的函", Some("征求意见")),
            ("关于征集渡口命名方案的公告", None),
            ("关于《云桥县渡口办法》征求意见采纳情况的公告", None),
        ] {
            assert_eq!(draft(title), called, "{title}");
        }
    }

    #[test]
    fn a_line_of_its_own_below_the_title_makes_a_draft() {
        let of = |text: &str| {
            let document = Document::new(Kind::Normative, "云桥县渡口办法", text);
            draft_of(&document).map(str::to_string)
        };
        for (text, called) in [
            ("（征求意见稿）\n第一条　渡口。", Some("征求意见稿")),
            ("草案\n第一条　渡口。", Some("草案")),
            ("（修订草案二次审议稿）\n\n目录\n第一章　总则", Some("修订草案二次审议稿")),
            ("送审稿\n一、渡口。", Some("送审稿")),
            ("公开征求意见稿\n一、渡口。", Some("公开征求意见稿")),
            ("修订草案第二次征求意见稿\n一、渡口。", Some("修订草案第二次征求意见稿")),
            ("云桥县渡口办法（草案）\n一、渡口。", Some("云桥县渡口办法（草案")),
            ("（县司法局征求意见稿）\n一、渡口。", Some("县司法局征求意见稿")),
            ("规范性文件草案\n一、渡口。", None),
            ("各乡镇：\n规章草案\n一、渡口。", None),
            ("航道规划草案\n一、渡口。", None),
            ("关于公开征求《云桥县渡口办法》意见的公告\n第一条　渡口。", Some("征求意见")),
            ("（2020年1月1日通过）\n第一条　渡口。", None),
            ("第一条　渡口。\n（草案）", None),
            ("根据《渡口条例（草案）》的说明，公布草案。\n第一条　渡口。", None),
            ("公布规划草案的，应当征求意见。\n草案应当公示", None),
        ] {
            assert_eq!(of(text).as_deref(), called, "{text}");
        }
        let noted = Document {
            history: vec!["（草案）".into()],
            ..Document::new(Kind::Normative, "云桥县渡口办法", "")
        };
        assert_eq!(draft_of(&noted), Some("草案"));
        assert_eq!(draft_of(&Document::new(Kind::Case, "案", "草案")), None);
    }
}
