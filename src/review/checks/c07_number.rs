//! C07 文号与文件名称不符：标题旁的文号不是该文件的文号，或者同一文件前后文号不同。
//!
//! # 检查什么
//!
//! 标题与文号并列时，与库中该文件的文号核对；同一标题在草案中带有两个不同文号的，也报。
//!
//! # 依据
//!
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `依照《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2022〕72号）执行。`
//! - `依照《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2021〕27号）执行。`
//! - `依照《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕115号）执行。`
//!
//! # 不应报
//!
//! - `依照《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2022〕27号）执行。`
//! - `依照《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》执行。`
//! - `依照《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）执行。`
//!
//! # 例外
//!
//! - 转发件有两个文号；库中不知其文号的，不报。

use super::{CHECKS, Check, cited};
use crate::citation::names::number_key;
use crate::review::cited::{Cited, Held, Target, Unheld};
use crate::review::desk::Desk;
use crate::review::finding::{Basis, Found, NOTICE_ON_DOCUMENTS, Severity};

/// The check.
pub static CHECK: Check = Check {
    code: "C07",
    name: "文号与文件名称不符",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("c07_number.rs"),
    questions: cited::questions,
    judge,
};

const BASIS: &[Basis] = &[NOTICE_ON_DOCUMENTS];

const SUGGESTION: &str = "核对文号。";

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let one = |cited: &Cited| match &cited.target {
        Target::Held(held) => of_held(cited, held),
        Target::Unheld(unheld) => of_unheld(cited, unheld),
        Target::Own(_) | Target::Untold => None,
    };
    cited::spoken(desk).into_iter().filter_map(one).collect()
}

fn of_held(cited: &Cited, held: &Held) -> Option<Found> {
    let wrong = held.number.as_ref()?;
    let (title, written, right) = (&held.title, &wrong.written, &wrong.right);
    Some(if wrong.may_have_changed_it {
        let message =
            format!("《{title}》原以{right}发布，草案写作{written}；该文件修改过，请核对是不是修改它的令的文号。");
        cited::likely(cited, message, SUGGESTION)
    } else {
        cited::certain(cited, format!("《{title}》的文号为{right}，草案写作{written}。"), SUGGESTION, None)
    })
}

/// Of documents on which checks themselves rest the number is known without their text.
fn of_unheld(cited: &Cited, unheld: &Unheld) -> Option<Found> {
    let written = unheld.number.as_ref()?;
    let named = CHECKS.iter().flat_map(|check| check.basis).find_map(|basis| match basis {
        Basis::External(words) => {
            let (title, number) = words.strip_prefix('《')?.split_once("》（")?;
            (title == unheld.title).then(|| number.trim_end_matches('）'))
        }
        Basis::Provision { .. } => None,
    });
    let right = named.filter(|right| number_key(right) != number_key(written))?;
    let written = written.replace(['(', '（'], "〔").replace([')', '）'], "〕");
    let message = format!("《{}》的文号为{right}，草案写作{written}。", unheld.title);
    Some(cited::certain(cited, message, SUGGESTION, None))
}
