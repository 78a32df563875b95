//! D12 照搬照抄上位法：条文与上位法的条文几乎逐字相同。
//!
//! # 检查什么
//!
//! 逐条检索上位法，条文较长而与上位法的一条几乎逐字相同的，提示一般不作重复性规定。
//!
//! # 依据
//!
//! - 《中华人民共和国立法法》第八十二条第四款
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `公民、法人或者其他组织对行政机关所给予的行政处罚，享有陈述权、申辩权；对行政处罚不服的，有权依法申请行政复议或者提起行政诉讼。`
//! - `设定和实施行政处罚必须以事实为依据，与违法行为的事实、性质、情节以及社会危害程度相当。`
//!
//! # 不应报
//!
//! - `渡船超员的，依照《渡口管理条例》第八条处理。`
//! - `渡船载客不得超过核定的人数，遇有六级以上大风或者能见度不足五百米的，一律停航。`
//!
//! # 例外
//!
//! - 便民的办事指南、告知书摘录上位法。

use super::Check;
use crate::review::desk::Desk;
use crate::review::draft::Draft;
use crate::review::finding::{Basis, Confidence, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::question::{Answer, Question};
use crate::review::settings::Settings;
use crate::review::words::letters;
use std::collections::HashSet;
use std::ops::Range;

/// The check.
pub static CHECK: Check = Check {
    code: "D12",
    name: "照搬照抄上位法",
    severity: Severity::Info,
    basis: &[Basis::Provision { title: "中华人民共和国立法法", place: "第八十二条第四款" }, NOTICE_ON_DOCUMENTS],
    manual: include_str!("d12_restated.rs"),
    questions,
    judge,
};

const SUGGESTION: &str = "删去与上位法重复的内容，或者写出结合本地实际的具体措施。";
/// Shorter clauses are alike by chance, in characters.
const CHARS_MIN: usize = 30;
/// So much of a clause stands in the provision word for word.
const SHARE_MIN: f64 = 0.85;
/// Words are compared in runs of so many characters.
const RUN: usize = 6;
/// Provisions that are looked at for one clause.
const CANDIDATES: usize = 3;
/// Clauses that are asked for at most.
const CLAUSES_MAX: usize = 300;

fn questions(draft: &Draft, _: &Settings) -> Vec<Question> {
    clauses(draft).map(|span| question(draft, &span)).collect()
}

fn clauses(draft: &Draft) -> impl Iterator<Item = Range<usize>> {
    let long = |span: &&Range<usize>| letters(draft.quote(span)).chars().count() >= CHARS_MIN;
    draft.structure.provisions().map(|(_, span)| span).filter(long).take(CLAUSES_MAX).cloned()
}

fn question(draft: &Draft, span: &Range<usize>) -> Question {
    Question::Verbatim { words: draft.quote(span).to_string(), most: CANDIDATES }
}

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for span in clauses(desk.draft) {
        let Answer::Provisions(provisions) = desk.answers.to(&question(desk.draft, &span)) else { continue };
        let own = letters(desk.draft.quote(&span));
        let shares = provisions.iter().map(|one| (share(&own, &letters(&one.text)), one));
        let most = shares.max_by(|(one, _), (other, _)| one.total_cmp(other));
        if !desk.budget.spend(own.len()) {
            break;
        }
        if let Some((share, superior)) = most.filter(|(share, _)| *share >= SHARE_MIN) {
            let (title, article) = (&superior.title, &superior.article);
            let percent = (share * 100.0).floor();
            found.push(Found {
                span,
                severity: None,
                confidence: Confidence::High,
                certain: true,
                message: format!("本条与《{title}》{article}文字重复率{percent}%，一般不作重复性规定。"),
                suggestion: SUGGESTION,
                evidence: vec![superior.clone()],
            });
        }
    }
    found
}

/// How much of one stands in the other in runs of [`RUN`] characters, from 0 to 1.
fn share(own: &str, other: &str) -> f64 {
    let runs = |text: &str| -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(RUN).map(|run| run.iter().collect()).collect()
    };
    let there: HashSet<String> = runs(other).into_iter().collect();
    let own = runs(own);
    let shared = own.iter().filter(|run| there.contains(*run)).count();
    let float = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if own.is_empty() { 0.0 } else { float(shared) / float(own.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_the_same_word_for_word_is_restated() {
        let law = "第八条　渡船载客不得超过核定的人数，不得在恶劣天气下开航，船员应当持证上岗。";
        let of = |own: &str| share(&letters(own), &letters(law));
        assert!(of("第三条　渡船载客不得超过核定的人数，不得在恶劣天气下开航，船员应当持证上岗。") > 0.99);
        assert!(of("第三条　渡船载客不得超过核定的人数，遇有六级以上大风或者能见度不足五百米的，一律停航。") < 0.5);
        assert!(of("第三条　依照渡口管理条例第八条执行。") < 0.1);
    }
}
