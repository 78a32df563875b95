//! C10 文内引用错误：引用本文件不存在的条、款，或者“前款”之前没有款。
//!
//! # 检查什么
//!
//! “本办法第……条第……款第……项”超出草案自身的条款；条文第一款中的“前款”；第一条中的“前条”。草案少于三条的（节选）不查。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `第一条 甲。⏎第二条 乙。⏎第三条 违反本办法第四十五条规定的，责令改正。`
//! - `第一条 甲。⏎第二条 有下列情形的：⏎（一）乙；⏎（二）丙。⏎第三条 违反本办法第二条第五项规定的，责令改正。`
//! - `第一条 甲。⏎第二条 前款所称经营者，包括个体工商户。⏎第三条 丙。`
//!
//! # 不应报
//!
//! - `第一条 甲。⏎第二条 乙。⏎第三条 违反本办法第二条规定的，责令改正。`
//! - `第一条 甲。⏎第二条 乙。⏎前款所称经营者，包括个体工商户。⏎第三条 丙。`
//! - `第一条 甲。⏎第二条 有下列情形的：⏎（一）乙；⏎（二）丙。⏎第三条 违反本办法第二条第二项规定的，责令改正。`
//! - `违反本办法第四十五条规定的，责令改正。`
//!
//! # 例外
//!
//! - 节选的草案。
//! - 附件中的条号。

use super::{Check, nothing};
use crate::citation::{Bare, Base, Locator, Mention, Target, Unit, find};
use crate::law::provision::{Provision, ProvisionKind};
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Confidence, Found, NOTICE_ON_DOCUMENTS, Severity};
use std::collections::BTreeMap;
use std::ops::Range;

/// The check.
pub static CHECK: Check = Check {
    code: "C10",
    name: "文内引用错误",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("c10_internal.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

/// Drafts with fewer articles are pieces.
const ARTICLES_MIN: usize = 3;

/// What an article is made of.
struct Shape<'a> {
    /// 款.
    paragraphs: usize,
    /// The numbers of its 项 with the 款 they are of.
    items: Vec<(u32, u32)>,
    words: &'a str,
}

/// Articles by number and insertion.
type Articles<'a> = BTreeMap<(u32, u32), Shape<'a>>;

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let draft = desk.draft;
    let provisions: Vec<(&Provision, &Range<usize>)> = draft.structure.provisions().collect();
    let articles: Articles =
        provisions.iter().filter_map(|(one, span)| Some((number(one)?, shape(one, draft.quote(span))))).collect();
    if articles.len() < ARTICLES_MIN || !desk.budget.spend(draft.text.len()) {
        return Vec::new();
    }
    let mut spoken = 0..0;
    // A row of places is told once: 第十六条第（三）、（五）、（七）项.
    let mut told = false;
    let mut wrong = |mention: &Mention| {
        let words = draft.quote(&mention.span);
        // 本办法第二条第二项、第三条第一款: the next in a row is of the draft too.
        let between = draft.text.get(spoken.end..mention.span.start).unwrap_or("?");
        let of_row =
            spoken.end > 0 && between.chars().count() <= 2 && between.chars().all(|c| "、和或者及与至".contains(c));
        let own = words.starts_with('本') || of_row;
        spoken = if own { mention.span.clone() } else { 0..0 };
        told &= of_row;
        if told {
            return None;
        }
        let at = provisions.partition_point(|(_, span)| span.start <= mention.span.start);
        let (here, _) = at.checked_sub(1).and_then(|at| provisions.get(at))?;
        let before = draft.text.get(..mention.span.start).unwrap_or_default().trim_end_matches([' ', '\u{3000}']);
        let message = wrong_place(mention, here, &articles, (words, own, before.ends_with('。')));
        told = message.is_some();
        message
    };
    find(&draft.text, &Bare::Own)
        .iter()
        .filter(|mention| mention.target == Target::Own)
        .filter_map(|mention| Some((mention.span.clone(), wrong(mention)?)))
        .map(|(span, message)| Found {
            span,
            severity: None,
            confidence: Confidence::Medium,
            certain: false,
            message,
            suggestion: "核对并改正条、款序号。",
            evidence: Vec::new(),
        })
        .collect()
}

/// What is wrong with a reference of the draft to itself.
fn wrong_place(
    mention: &Mention,
    here: &Provision,
    articles: &Articles<'_>,
    (words, own, begins_sentence): (&str, bool, bool),
) -> Option<String> {
    let place = mention.place?;
    match place.base {
        Base::Instrument if own => {
            let last = articles.keys().next_back().map_or(0, |last| last.0);
            match articles.get(&place.at.article?) {
                None => Some(format!("草案共{last}条，不存在“{words}”，请核对。")),
                Some(shape) => lacking(shape, place.at, words),
            }
        }
        Base::ThisArticle if words.starts_with("本条") => lacking(articles.get(&number(here)?)?, place.at, words),
        Base::Before(Unit::Paragraph, back) if here.kind == ProvisionKind::Article => {
            let before =
                here.parts.iter().filter(|part| is_paragraph(&part.key) && part.span.end <= mention.span.start).count();
            // Behind a sentence of the same line its source may have lost a break: nobody knows how many 款 there are.
            let missing = usize::try_from(back).is_ok_and(|back| before < back) && !begins_sentence;
            missing.then(|| format!("“{words}”之前没有相应的款，请核对是否应为“前条”。"))
        }
        Base::Before(Unit::Article, _) if number(here).is_some_and(|number| number.0 == 1) => {
            Some(format!("“{words}”之前没有条，请核对。"))
        }
        _ => None,
    }
}

/// The number of an article from its key: a10-1.
fn number(provision: &Provision) -> Option<(u32, u32)> {
    let key = provision.key.strip_prefix('a')?;
    let (article, sub) = key.split_once('-').unwrap_or((key, "0"));
    (provision.kind == ProvisionKind::Article).then_some(())?;
    Some((article.parse().ok()?, sub.parse().ok()?))
}

fn shape<'a>(provision: &Provision, words: &'a str) -> Shape<'a> {
    let paragraphs = provision.parts.iter().filter(|part| is_paragraph(&part.key)).count().max(1);
    let item = |key: &str| {
        let (paragraph, item) = key.split_once('/').unwrap_or(("p1", key));
        let numbered = item.strip_prefix('s').filter(|rest| !rest.contains('/'))?;
        Some((paragraph.strip_prefix('p')?.parse().ok()?, numbered.parse().ok()?))
    };
    Shape { paragraphs, items: provision.parts.iter().filter_map(|part| item(&part.key)).collect(), words }
}

/// What an article has not: a 款 or a 项.
fn lacking(shape: &Shape<'_>, at: Locator, words: &str) -> Option<String> {
    let Shape { paragraphs, items, .. } = shape;
    if at.paragraph.is_some_and(|asked| usize::try_from(asked).is_ok_and(|asked| asked > *paragraphs)) {
        return Some(format!("该条只有{paragraphs}款，不存在“{words}”，请核对。"));
    }
    let asked = at.item?;
    let of = |item: &&(u32, u32)| at.paragraph.is_none_or(|paragraph| item.0 == paragraph);
    let count = items.iter().filter(of).count();
    // A list that is written in another way has no parts of its own.
    let inside =
        count == 0 && ["：", ":", "下列", "以下", "（一）", "(一)"].iter().any(|mark| shape.words.contains(mark));
    let found = items.iter().filter(of).any(|item| item.1 == asked);
    let has = if count == 0 { "没有项".to_string() } else { format!("只有{count}项") };
    (!found && !inside).then(|| format!("该条款{has}，不存在“{words}”，请核对。"))
}

fn is_paragraph(key: &str) -> bool {
    key.starts_with('p') && !key.contains('/')
}
