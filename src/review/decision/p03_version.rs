//! P03 依据不是行为时施行的：行为时已经废止、尚未施行，或者写明的不是当时的版本；新的规定较轻的提示。
//!
//! # 检查什么
//!
//! 实施处罚适用行为时的规定，作出决定时新的规定较轻或者不认为违法的，适用新的规定（从旧兼从轻）。程序规定按作出决定时的文本。
//! 行为时取自事实部分最后的日期；没有的，取立案、检查之日。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第三十七条
//! - 《中华人民共和国立法法》第一百零四条
//!
//! # 应报
//!
//! - 依据：`依据《云桥舢板条例》第三条的规定，`
//! - 依据：`依据《云桥浮桥条例》第三条的规定，`
//!
//! # 不应报
//!
//! - 依据：`依据《云桥渡口管理条例》第二十条的规定，`
//! - 依据：`依据《云桥木筏条例》第三条的规定，`
//!
//! # 例外
//!
//! - 行为有连续或者继续状态的，以终了之日为准；读出的日期只供核对。
//! - 新的规定较轻的，只提示，由人比较。

use super::answers::{Asked, HeldLaw, Later, Purpose, Standing};
use super::{DecisionCheck, Desk, PENALTY_LAW, info, likely, shown};
use crate::law::penalty::{Lighter, weighed};
use crate::law::sanction::{Bases, sanctions};
use crate::review::cited::Ended;
use crate::review::finding::{Basis, Confidence, Evidence, Found, Severity};

/// The check.
pub static CHECK: DecisionCheck = DecisionCheck {
    code: "P03",
    name: "依据不是行为时施行的",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("p03_version.rs"),
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: PENALTY_LAW, place: "第三十七条" },
    Basis::Provision { title: "中华人民共和国立法法", place: "第一百零四条" },
];

const SUGGESTION: &str = "适用行为时的规定；作出决定时新的规定较轻或者不认为违法的，适用新的规定。";

fn judge(desk: &Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (asked, law) in desk.answers.laws.iter().filter(|(asked, _)| asked.purpose != Purpose::Benchmark) {
        let Some(held) = law.held() else { continue };
        found.extend(standing(asked, held));
        // Of a text that had not begun no more is to be said.
        if matches!(held.standing, Standing::NotYet(_)) {
            continue;
        }
        if let Some(named) = &held.named {
            let when = asked.on.map_or_else(String::new, |on| on.words());
            let message = format!(
                "决定写明的是《{}》{}的文本；{when}施行的是{}的文本，请核对适用的版本。",
                held.title, named.said, named.current
            );
            found.push(Found { severity: Some(Severity::Medium), ..likely(asked.span.clone(), message, SUGGESTION) });
        }
        if asked.purpose == Purpose::Basis && !asked.procedural {
            found.extend(lighter(asked, held, &desk.decision.bases));
        }
    }
    found
}

/// That the law did not stand on its day.
fn standing(asked: &Asked, held: &HeldLaw) -> Option<Found> {
    let title = &held.title;
    let when = asked.on?.words();
    match &held.standing {
        Standing::Ended(ended) => {
            let message = format!("《{title}》{when}已经失效{}，涉嫌适用法律错误，请核对行为的时间。", how(ended));
            let found = likely(asked.span.clone(), message, SUGGESTION);
            Some(shown(Found { confidence: Confidence::High, ..found }, ended.proof.clone()))
        }
        Standing::NotYet(begins) => {
            let since = begins.map(|day| format!("，自{day}起施行")).unwrap_or_default();
            // What begins after the decision itself was no law for it, whatever the day of the act.
            let certain = begins.zip(asked.decided).is_some_and(|(begins, decided)| begins > decided);
            let message = if certain {
                format!("《{title}》在作出决定时尚未施行{since}，不能作为处罚依据。")
            } else {
                format!("《{title}》{when}尚未施行{since}；除新的规定较轻外，不适用于此前的行为，请核对。")
            };
            Some(Found { certain, confidence: Confidence::High, ..likely(asked.span.clone(), message, SUGGESTION) })
        }
        Standing::InForce | Standing::Unknown => None,
    }
}

fn how(ended: &Ended) -> String {
    let on = ended.on.map(|day| format!("自{day}起"));
    let by = ended.by.as_ref().map(|by| format!("由《{by}》代替或者废止"));
    match (on, by) {
        (None, None) => String::new(),
        (on, by) => format!("（{}{}）", on.unwrap_or_default(), by.unwrap_or_default()),
    }
}

/// That the law of the day of the decision may be the lighter: a reminder.
fn lighter(asked: &Asked, held: &HeldLaw, bases: &Bases) -> Option<Found> {
    let (span, title) = (asked.span.clone(), &held.title);
    match held.later.as_ref()? {
        Later::Repealed(ended) => {
            let message = format!(
                "行为后，《{title}》所引的规定在作出决定前已经废止{}；新的规定较轻或者不认为违法的，适用新的规定，请核对。",
                how(ended)
            );
            Some(shown(info(span, message, SUGGESTION), ended.proof.clone()))
        }
        Later::Changed(later) => {
            let act = held.found()?;
            let outcome = weighed(&sanctions(&act.text), &sanctions(&later.text), bases).lighter;
            let message = match outcome {
                Lighter::Decision => format!(
                    "作出决定时《{title}》{}的处罚轻于行为时的规定，应当适用新的规定，请核对所适用的文本。",
                    later.article
                ),
                Lighter::ByTier | Lighter::Untold => format!(
                    "行为后《{title}》{}已经修改，两个文本的轻重不能由程序比较，请按从旧兼从轻核对。",
                    later.article
                ),
                Lighter::Act | Lighter::Same => return None,
            };
            Some(shown(info(span, message, SUGGESTION), [act, later].map(Evidence::clone)))
        }
    }
}
