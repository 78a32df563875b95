//! D08 罚没指标、收支挂钩：下达罚没指标，罚没收入返还、提成、挂钩。
//!
//! # 检查什么
//!
//! 给执法机构下达罚没、案件数量指标，或者把罚没收入同经费、奖励挂钩的句子。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第七十四条
//!
//! # 应报
//!
//! - `各执法中队全年罚没指标不低于50万元。`
//! - `罚款按20%返还作为办案经费。`
//! - `年度罚没收入目标任务为1200万元。`
//! - `每名执法人员每月处罚不少于50件。`
//! - `将罚没收入的30%用于执法人员奖金发放。`
//!
//! # 不应报
//!
//! - `严禁下达或者变相下达罚没指标。`
//! - `罚款全部上缴国库。`
//! - `罚没物除依法返还当事人外，应当登记。`
//! - `罚没款项不得同考核、考评直接或者变相挂钩。`
//!
//! # 例外
//!
//! - 禁止罚没指标的句子。

use super::{Check, nothing};
use crate::review::desk::{Cues, Desk};
use crate::review::finding::{Basis, Found, Severity};
use crate::review::guards;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D08",
    name: "罚没指标、收支挂钩",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("d08_quota.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[Basis::Provision { title: "中华人民共和国行政处罚法", place: "第七十四条" }];
const MESSAGE: &str = "本句“{}”涉嫌下达罚没指标或者将罚没收入挂钩，请核对。";
const SUGGESTION: &str = "删除；罚没收入全额上缴国库，经费由财政预算保障。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"(?:罚没|罚款|处罚|案件)~{0,14}(?:指标|任务数|任务目标|目标任务|任务完成|考核排名)(?:~{0,16}<数>)?",
            r"(?:罚没|罚款)#{0,16}(?:返还|提成|挂钩|留成|奖励|按比例)",
            r"罚没(?:收入|款)~{0,12}(?:用于|作为|列入)~{0,16}(?:奖金|福利|绩效|办案经费|补助)",
            r"每(?:月|年|季度?|周|人|名|中队|个)~{0,16}(?:处罚|罚款|立案|办案)~{0,8}(?:不少于|不低于|不得少于|不得低于|至少)~{0,4}<数>",
            r"每(?:月|年|季度?|周|人|名|中队|个)~{0,10}(?:至少|不少于|不低于)~{0,6}(?:立案|处罚|罚款|办案)~{0,4}<数>",
        ],
        &[r"依法返还|返还当事人|上缴|国库|举报|裁量", r"(?:不得|严禁|禁止|不准)~{0,12}(?:挂钩|返还|下达|提成)"],
        &[],
    )
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let hits = desk.hits(&CUES, &[guards::lead_in, guards::prohibition, guards::definition, guards::title]);
    hits.iter().map(|hit| desk.found(hit, MESSAGE, SUGGESTION)).collect()
}
