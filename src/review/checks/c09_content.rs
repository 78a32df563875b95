//! C09 引用条款与所述内容不符：所引条款的现行内容不是草案所述的主题。
//!
//! # 检查什么
//!
//! 草案在引用旁边说明了内容，所引的条款几乎没有这些词语，而同一文件的另一条有；或者另一条全有而所引的条款少一半。常见于条号
//! 变化而旧版未入库。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `根据《中华人民共和国行政处罚法》第四十二条的规定，作出较大数额罚款前应当告知当事人有要求举行听证的权利。`
//! - `依照《中华人民共和国行政复议法》第九条，自知道该行政行为之日起六十日内申请行政复议。`
//!
//! # 不应报
//!
//! - `根据《中华人民共和国行政处罚法》第六十三条的规定，作出较大数额罚款前应当告知当事人有要求举行听证的权利。`
//! - `依照《中华人民共和国行政处罚法》第十六条，规范性文件不得设定行政处罚。`
//!
//! # 例外
//!
//! - 一条多款多主题的，按整条比较。

use super::{Check, cited};
use crate::review::cited::Target;
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::theme::{HERE_MAX, LESS_MAX};

/// The check.
pub static CHECK: Check = Check {
    code: "C09",
    name: "引用条款与所述内容不符",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("c09_content.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "核对所引条款的内容。";
/// At least so much of it stands in another one.
const THERE_MIN: f64 = 0.5;
/// Of a provision on the same matter nearly all of it.
const THERE_ALL: f64 = 0.9;

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for cited in cited::spoken(desk) {
        let Target::Held(held) = &cited.target else { continue };
        let [place] = held.places.as_slice() else { continue };
        let Some(nearest) = place.nearest.as_ref().filter(|_| held.ended.is_none() && !place.older_draft) else {
            continue;
        };
        let theme = cited::theme(desk.draft, cited);
        let (here, there) = (theme.share_in(&place.now.text), theme.share_in(&nearest.text));
        let is_other = theme.says_enough() && here <= HERE_MAX && there >= THERE_MIN;
        let is_nearer = theme.says_much() && here <= LESS_MAX && there >= THERE_ALL;
        if is_other || is_nearer {
            let message = format!(
                "《{}》{}的内容似与草案所述不符；内容相近的是{}，请核对。",
                held.title, place.label, nearest.article
            );
            let mut one = cited::likely(cited, message, SUGGESTION);
            one.evidence = vec![place.now.clone(), nearest.clone()];
            found.push(one);
        }
    }
    found
}
