//! P02 依据的条文不存在：所引规定未入库，或者当时的文本没有所引的条、款、项。
//!
//! # 检查什么
//!
//! 决定引用的依据和违反的规定，逐处按行为时的文本查找：没有这一条的报出，没有这一款、项的请核对，没有入库的提示。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第五条
//! - 《中华人民共和国行政处罚法》第四十条
//! - 《中华人民共和国行政处罚法》第五十九条
//!
//! # 应报
//!
//! - 依据：`依据《云桥渡口管理条例》第九十条的规定，`
//! - 依据：`依据《云桥渡口管理条例》第二十条第八款的规定，`
//!
//! # 不应报
//!
//! - 依据：`依据《云桥渡口管理条例》第二十条的规定，`
//! - 依据：`依据《云桥木筏条例》第三条的规定，`
//!
//! # 例外
//!
//! - 库中文本不完整的，只提示。
//! - 没有入库的规定只提示，不是缺陷。

use super::answers::{Article, Asked, Law, Purpose};
use super::{DecisionCheck, Desk, PENALTY_LAW, info, likely, shown};
use crate::citation::Reason;
use crate::review::cited::Missing;
use crate::review::finding::{Basis, Confidence, Found, Severity};

/// The check.
pub static CHECK: DecisionCheck = DecisionCheck {
    code: "P02",
    name: "依据的条文不存在",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("p02_place.rs"),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: PENALTY_LAW, place: "第五条" },
    Basis::Provision { title: PENALTY_LAW, place: "第四十条" },
    Basis::Provision { title: PENALTY_LAW, place: "第五十九条" },
];

const SUGGESTION: &str = "按行为时的文本核对条、款、项，写明所依据的版本。";

fn judge(desk: &Desk<'_>) -> Vec<Found> {
    let laws = desk.answers.laws.iter().filter(|(asked, _)| asked.purpose != Purpose::Benchmark);
    let mut unheld: Vec<&str> = Vec::new();
    laws.filter_map(|(asked, law)| match law {
        Law::Unheld(title) if unheld.contains(&title.as_str()) => None,
        Law::Unheld(title) => {
            unheld.push(title);
            let message = format!("库中没有《{title}》，无法核对这一依据。");
            Some(info(asked.span.clone(), message, "请人工核对该规定的条文和效力。"))
        }
        Law::Held(held) => match &held.article {
            Article::Missing(missing) => Some(lacks(asked, &held.title, missing)),
            _ => None,
        },
        Law::Untold => None,
    })
    .collect()
}

fn lacks(asked: &Asked, title: &str, missing: &Missing) -> Found {
    let (span, label) = (asked.span.clone(), &missing.label);
    let when = asked.on.map_or_else(|| "所引的".to_string(), |on| format!("{}的", on.words()));
    match missing.reason {
        // The day of the act is read from the facts; that such an article is not in its text is certain.
        Reason::NoSuchArticle => {
            let count = Some(missing.articles).filter(|count| *count > 0);
            let count = count.map(|count| format!("共{count}条，")).unwrap_or_default();
            let message = format!("《{title}》{when}文本{count}没有{label}，请核对条文和版本。");
            Found { confidence: Confidence::High, ..likely(span, message, SUGGESTION) }
        }
        Reason::NoSuchPart => {
            let message = format!("《{title}》{when}文本的该条没有分出{label}，请核对款、项。");
            let found = Found { severity: Some(Severity::Medium), ..likely(span, message, SUGGESTION) };
            shown(found, missing.article.clone())
        }
        reason => {
            let message = format!("《{title}》{label}无法核对：{}。", reason.chinese());
            info(span, message, SUGGESTION)
        }
    }
}
