//! C05 条文序号已变化：旧条号在修订后指向别的内容。
//!
//! # 检查什么
//!
//! 所引文件修订后，原来这个序号下的内容移到别处。草案早于修订的，按修订前的条号理解；草案在修订之后的，草案所述与原条文相近、与现条文不相近时才报。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `2017-02-11｜除《中华人民共和国立法法》第八条规定的事项外，可以先制定地方性法规。`
//! - `2019-12-28｜有《中华人民共和国公司法》第一百四十六条规定的情形的，不得担任负责人。`
//!
//! # 不应报
//!
//! - `除《中华人民共和国立法法》第十一条规定的事项外，可以先制定地方性法规。`
//! - `2019-12-28｜依照《中华人民共和国行政许可法》第十二条办理。`
//!
//! # 例外
//!
//! - 草案引用的版本库中没有的，不报。

use super::{Check, cited};
use crate::review::cited::{Before, Held, PlaceCited, Target};
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::theme::Theme;

/// The check.
pub static CHECK: Check = Check {
    code: "C05",
    name: "条文序号已变化",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("c05_renumbered.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "改引修订后的条号，并核对内容是否变化。";
/// So much of what the draft says must stand in the old provision.
const OLD_MIN: f64 = 0.3;
/// And so much more than in the one that bears the number now.
const MORE_THAN_NOW: f64 = 0.15;

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for cited in cited::spoken(desk) {
        let Target::Held(held) = &cited.target else { continue };
        for place in held.places.iter().filter(|_| held.ended.is_none()) {
            let Some(before) = &place.before else { continue };
            // Of several articles nobody knows which the words are about.
            let several = held.places.len() > 1 || desk.draft.sentence_at(cited.span.start).matches("条").count() > 2;
            if !place.older_draft && (several || !speaks_of_old(&cited::theme(desk.draft, cited), place, before)) {
                continue;
            }
            let mut one = cited::certain(cited, message(held, place, before), SUGGESTION, before.moved_to.clone());
            one.evidence.push(before.text.clone());
            one.certain = place.older_draft;
            found.push(one);
        }
    }
    found
}

/// Whether the words around the citation are those of the provision that bore the number before.
fn speaks_of_old(theme: &Theme, place: &PlaceCited, before: &Before) -> bool {
    let (old, now) = (theme.share_in(&before.text.text), theme.share_in(&place.now.text));
    let all_or_nothing = theme.says_something() && old >= 1.0 && now <= 0.0;
    all_or_nothing || theme.says_enough() && old >= OLD_MIN && old >= now + MORE_THAN_NOW
}

fn message(held: &Held, place: &PlaceCited, before: &Before) -> String {
    let on = before.changed_on.map(|day| format!("已于 {day} 修改，")).unwrap_or_default();
    let (title, label) = (&held.title, &place.label);
    match &before.moved_to {
        Some(now) if before.altered => {
            format!("《{title}》{on}原{label}的内容现为{}，文字也有变化。", now.article)
        }
        Some(now) => format!("《{title}》{on}原{label}的内容现为{}。", now.article),
        None => format!("《{title}》{on}原{label}的内容在现行文本中没有对应的条文。"),
    }
}
