//! Whether a text stops before its end: collections lose what stands behind a page or a chapter.
//!
//! Regulations and rules tell their first day in one of their last provisions. A text of which nothing of that kind is left,
//! or that cites an article of its own behind its last one, is doubted, never corrected.

use super::numbers::{chinese, ordinal};
use crate::law::document::Document;
use crate::law::kind::{AuthorityLevel, Kind};
use crate::law::provision::{BlockKind, HeadingLevel, INCOMPLETE_TEXT, Issue, Provision, ProvisionKind, Structure};
use std::ops::Range;

/// How many of the last articles may say when the text takes effect.
const LAST_ARTICLES: usize = 5;
/// Since when every regulation tells its first day.
const TOLD_SINCE: i16 = 1990;
/// Chapters behind which no text ends that is divided into chapters.
const FIRST_CHAPTERS: u32 = 2;
/// Articles that two chapters have at most.
const FIRST_CHAPTERS_ARTICLES: u32 = 20;
/// A law of so many chapters ends with 附则.
const LONG_CHAPTERS: u32 = 3;

/// The doubt that a text is incomplete, with its signs.
pub(super) fn incomplete(document: &Document, structure: &Structure) -> Option<Issue> {
    let text = document.text.as_str();
    let articles: Vec<(u32, &Provision, &Range<usize>)> = structure
        .provisions()
        .filter(|(provision, _)| provision.kind == ProvisionKind::Article)
        .filter_map(|(provision, span)| Some((provision.key.strip_prefix('a')?.parse().ok()?, provision, span)))
        .collect();
    let (last, provision, span) = *articles.last()?;
    if document.kind == Kind::Case || articles.first()?.0 != 1 {
        return None;
    }
    let tail = articles[articles.len().saturating_sub(LAST_ARTICLES)].2.start;
    let above: Vec<&str> = provision.headings.iter().filter_map(|at| heading(text, structure, *at)).collect();
    if closes(text.get(tail..)?) || opens_with_its_day(text, structure) || above.iter().any(|words| is_final(words)) {
        return None;
    }
    let beyond = beyond(text, last);
    let chapter = provision.headings.iter().rev().find_map(|at| {
        let is_chapter = structure.blocks.get(*at)?.kind == BlockKind::Heading(HeadingLevel::Chapter);
        is_chapter.then(|| ordinal(heading(text, structure, *at)?)).flatten().map(|number| number.value)
    });
    let annexed = structure.provisions().any(|(provision, _)| provision.kind == ProvisionKind::Annex);
    if beyond.is_none() && (annexed || !must_tell_its_day(document, chapter)) {
        return None;
    }
    let mut message = format!("库中文本疑不完整：止于第{}条，末尾未见施行日期的规定", chinese(last));
    if let Some(number) = beyond {
        message += &format!("，而文中引用了本件第{}条", chinese(number));
    }
    // Of a longer text the headings are lost.
    if let Some(chapter) = chapter.filter(|chapter| *chapter <= FIRST_CHAPTERS && last <= FIRST_CHAPTERS_ARTICLES) {
        message += &format!("，全文止于第{}章", chinese(chapter));
    }
    Some(Issue { code: INCOMPLETE_TEXT.to_string(), message, span: span.clone() })
}

/// Whether a text of this kind always tells its first day at its end. Organic laws and old ones do not, nor do decisions,
/// interpretations and what is no legislation.
fn must_tell_its_day(document: &Document, chapter: Option<u32>) -> bool {
    const OTHERS: [&str; 8] = ["决定", "决议", "修正案", "公告", "批复", "答复", "解释", "通知"];
    let title = document.title.trim_end_matches(['》', '〉']);
    if OTHERS.iter().any(|kind| title.ends_with(kind)) || title.contains("修正案") {
        return false;
    }
    match document.level {
        Some(AuthorityLevel::Law) => {
            chapter.is_some_and(|chapter| chapter >= LONG_CHAPTERS) && !document.title.contains("组织法")
        }
        Some(
            AuthorityLevel::Constitution | AuthorityLevel::JudicialInterpretation | AuthorityLevel::NormativeDocument,
        )
        | None => document.kind == Kind::Normative && chapter.is_some_and(|chapter| chapter <= FIRST_CHAPTERS),
        Some(_) => first_year(document).is_none_or(|year| year >= TOLD_SINCE),
    }
}

/// The first year that the source tells of a text.
fn first_year(document: &Document) -> Option<i16> {
    let dates = [document.adoption_date, document.promulgation_date, document.effective_date, document.source_date];
    let told = document.history.iter().flat_map(|line| {
        let before = line.match_indices('年').filter_map(|(at, _)| line.get(at.checked_sub(4)?..at)?.parse().ok());
        before.collect::<Vec<i16>>()
    });
    dates.into_iter().flatten().map(|date| date.year()).chain(told).min()
}

fn heading<'t>(text: &'t str, structure: &Structure, at: usize) -> Option<&'t str> {
    let words = text.get(structure.blocks.get(at)?.span.clone())?;
    Some(words.trim_start_matches(|c: char| c.is_whitespace() || c == '#'))
}

/// 附 则.
fn is_final(heading: &str) -> bool {
    heading.chars().filter(|c| !c.is_whitespace()).collect::<String>().contains("附则")
}

/// 现予公布，自2020年1月1日起施行, before the first article.
fn opens_with_its_day(text: &str, structure: &Structure) -> bool {
    let first = structure.provisions().next().filter(|(provision, _)| provision.kind == ProvisionKind::Preamble);
    first.and_then(|(_, span)| text.get(span.clone())).is_some_and(closes)
}

/// Whether one of the sentences tells a first day, or what else stands in the last provisions alone.
fn closes(text: &str) -> bool {
    const SAID: [&str; 9] =
        ["施行日期", "实施日期", "生效日期", "执行日期", "同时废止", "即行废止", "相应废止", "负责解释", "解释权"];
    SAID.iter().any(|words| text.contains(words)) || text.split(['。', '；', ';', '\n', '，', ',']).any(begins)
}

/// 自2021年1月1日起施行, 自公布之日起三十日后施行, 本规定自施行.
fn begins(clause: &str) -> bool {
    let clause = clause.trim().trim_end_matches(['”', '）', ')']);
    let verbs = ["施行", "实施", "执行", "生效", "实行", "试行"];
    let Some(before) = verbs.iter().find_map(|verb| clause.strip_suffix(verb)) else { return false };
    let before = ["正式", "开始", "试"].iter().fold(before.trim_end(), |rest, word| rest.trim_end_matches(word));
    let from = ["自", "从", "由", "于"].iter().any(|word| before.contains(word))
        || before.starts_with(|c: char| c.is_ascii_digit());
    let day = before.trim_end().ends_with(['起', '日', '月', '号', '后', '自', '始']);
    day || from && before.contains('起')
}

/// The highest article of its own that a text cites and does not have: 本条例第六十条.
fn beyond(text: &str, last: u32) -> Option<u32> {
    const KINDS: [&str; 11] =
        ["条例", "办法", "规定", "法", "细则", "规则", "解释", "规范", "实施办法", "实施细则", "若干规定"];
    let cited = text.match_indices('本').filter_map(|(at, own)| {
        let rest = text.get(at + own.len()..)?;
        KINDS.iter().find_map(|kind| {
            let rest = rest.strip_prefix(kind)?;
            let number = ordinal(rest)?;
            rest.get(number.len..)?.starts_with('条').then_some(number.value)
        })
    });
    cited.max().filter(|number| *number > last)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn a_text_that_stops_before_its_end_is_doubted() {
        let told = |level, text: &str| {
            let document = Document { level, ..Document::new(Kind::Legislation, "云桥市渡口条例", text) };
            let structure = parse(&document);
            structure.incomplete().map(|issue| issue.message.clone())
        };
        let local = Some(AuthorityLevel::LocalRegulation);
        let cut = "第一章 总则\n第一条 甲。\n第二条 乙。\n";
        let message = told(local, cut).unwrap();
        assert_eq!(message, "库中文本疑不完整：止于第二条，末尾未见施行日期的规定，全文止于第一章");
        for end in [
            "第三条 本条例自2020年1月1日起施行。",
            "第三条 本条例自公布之日起正式施行。",
            "第三条 本条例自公布之日起三十日后施行。",
            "第三条 本条例由县政府负责解释。",
            "第三条 《旧条例》同时废止。",
            "第三条 施行日期另行规定。",
            "第二章 附 则\n第三条 丙。",
        ] {
            assert_eq!(told(local, &format!("{cut}{end}")), None, "{end}");
        }
        assert!(told(local, &format!("{cut}第三条 依照本条例第二条的规定执行。")).is_some(), "no first day");
        assert_eq!(told(None, cut), None, "who knows what it is");
        let beyond = told(None, "第一条 甲。\n第二条 依照本规定第十二条办理。").unwrap();
        assert!(beyond.ends_with("而文中引用了本件第十二条"), "{beyond}");
        assert_eq!(told(Some(AuthorityLevel::Constitution), cut), None);
        let old = Document {
            level: local,
            history: vec!["1983年3月1日通过".to_string()],
            ..Document::new(Kind::Legislation, "云桥市渡口条例", cut)
        };
        assert!(parse(&old).incomplete().is_none(), "old ones do not tell their first day");
    }
}
