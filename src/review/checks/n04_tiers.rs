//! N04 裁量档次不衔接或者超出法定幅度：裁量档次的金额超出所列法定幅度，相邻档次有空档、重叠或者倒挂。
//!
//! # 检查什么
//!
//! 连续写明“轻微、一般、严重”等档次和罚款金额的句子、表格行；同一句或者第一档之前写明法定幅度的，同时比对。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第三十四条
//! - 《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2022〕27号）
//!
//! # 应报
//!
//! - `未安装防污设施（处二千元以上二万元以下）：轻微，处1000元以上3000元以下罚款；一般，处5000元以上1万元以下罚款。`
//! - `情节一般的，处二万元以上三万元以下罚款；情节严重的，处一万元以上二万元以下罚款。`
//!
//! # 不应报
//!
//! - `从轻：处2000元以上6500元以下罚款；一般：处6500元以上13500元以下罚款；从重：处13500元以上2万元以下罚款。`
//! - `情节严重的，处一万元以上二万元以下罚款。`
//!
//! # 例外
//!
//! - 减轻处罚的档次可以低于法定下限。
//! - 一档内对个人、单位分别规定数额的，不比对。

use super::{Check, nothing};
use crate::law::amount::{Amount, amounts};
use crate::review::desk::Desk;
use crate::review::draft::{Part, Sentence};
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::words::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "N04",
    name: "裁量档次不衔接或者超出法定幅度",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("n04_tiers.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第三十四条" },
    Basis::External("《国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见》（国办发〔2022〕27号）"),
];

/// Degrees, lightest first; the longer word stands before the shorter one in it.
static DEGREE: LazyLock<Regex> = LazyLock::new(|| {
    pattern("(?P<d1>轻微)|(?P<d2>较轻|从轻)|(?P<d3>一般|适中)|(?P<d5>特别严重|特别恶劣)|(?P<d4>较重|从重|严重|恶劣)")
});

/// A tier: its degree and its range in fen.
struct Tier {
    degree: usize,
    lo: Option<u64>,
    hi: Option<u64>,
    span: Range<usize>,
    words: String,
}

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut run: Vec<Tier> = Vec::new();
    let mut legal = None;
    for sentence in &desk.draft.sentences {
        if !desk.budget.spend(sentence.text.len()) {
            break;
        }
        let one = (sentence.part == Part::Body).then(|| tier(sentence)).flatten();
        match one {
            Some((tier, range)) => {
                if range.is_some()
                    || run.last().is_some_and(|last| last.degree >= tier.degree && same_ladder(&run, &tier))
                {
                    compare(&run, legal, &mut found);
                    run.clear();
                    legal = range;
                }
                run.push(tier);
            }
            None => {
                compare(&run, legal, &mut found);
                run.clear();
                legal = None;
            }
        }
    }
    compare(&run, legal, &mut found);
    found
}

/// Whether a tier of no higher degree begins another ladder.
fn same_ladder(run: &[Tier], tier: &Tier) -> bool {
    run.iter().any(|one| one.degree == tier.degree) || tier.degree <= run.first().map_or(0, |first| first.degree)
}

/// The range of the law, in fen.
type Legal = (u64, u64);

/// The tier that a sentence tells, and the range of the law before it.
fn tier(sentence: &Sentence) -> Option<(Tier, Option<Legal>)> {
    let degree = DEGREE.captures(sentence.folded())?;
    if sentence.folded().contains("减轻") {
        return None;
    }
    let at = degree.get(0)?.start();
    let rank = (1..=5).find(|rank| degree.name(&format!("d{rank}")).is_some())?;
    let money: Vec<_> = amounts(sentence.folded()).into_iter().filter(|one| one.amount.is_money()).collect();
    let (before, behind): (Vec<_>, Vec<_>) = money.into_iter().partition(|one| one.span.end <= at);
    let [one] = behind.as_slice() else { return None };
    let bound = |amount: &Amount| (amount.lo.map(|lo| lo.value), amount.hi.map(|hi| hi.value));
    let (lo, hi) = bound(&one.amount);
    let legal = before.last().and_then(|law| bound(&law.amount).0.zip(bound(&law.amount).1));
    let words = sentence.folded().get(one.span.clone())?.to_string();
    Some((Tier { degree: rank, lo, hi, span: sentence.original_of_folded(one.span.clone()), words }, legal))
}

/// Compares the tiers of a ladder with each other and with the law.
fn compare(run: &[Tier], legal: Option<Legal>, found: &mut Vec<Found>) {
    if let Some((least, most)) = legal {
        let outside = |tier: &&Tier| tier.lo.is_some_and(|lo| lo < least) || tier.hi.is_some_and(|hi| hi > most);
        found.extend(run.iter().filter(outside).map(|tier| finding(tier, "超出所列法定幅度")));
    }
    for pair in run.windows(2) {
        let [lighter, graver] = pair else { continue };
        let Some(((from, to), next)) = lighter.lo.or(Some(0)).zip(lighter.hi).zip(graver.lo.or(graver.hi)) else {
            continue;
        };
        if next < from || graver.hi.is_some_and(|hi| hi < to) {
            found.push(finding(graver, "与较轻的档次倒挂"));
        } else if next > to {
            found.push(finding(graver, "与较轻的档次之间存在空档"));
        } else if next < to && graver.lo.is_some() {
            found.push(finding(graver, "与较轻的档次重叠"));
        }
    }
}

fn finding(tier: &Tier, how: &str) -> Found {
    Found {
        span: tier.span.clone(),
        severity: None,
        confidence: Confidence::Medium,
        certain: false,
        message: format!("裁量档次“{}”{how}，请核对。", tier.words),
        suggestion: "按法定幅度调整，并使相邻档次首尾相接。",
        evidence: Vec::new(),
    }
}
