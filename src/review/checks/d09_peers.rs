//! D09 同位文件对同一事项规定不一致：与本级现行的其他规范性文件对同一事项的数额、期限、主体、义务不同。
//!
//! # 检查什么
//!
//! 逐条在本级现行的规范性文件中检索同一事项的规定，句子所说的事项相同而数额、期限、收费、负责的机关或者“可以”“不得”不同的报出。
//!
//! # 依据
//!
//! - 《规章制定程序条例》第三十六条
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `犬只登记费每只100元。`（本级另一件规定：犬只登记免收登记费。）
//! - `渡船登记手续应当在20日内办结。`（本级另一件规定：渡船登记手续应当在十五日内办结。）
//!
//! # 不应报
//!
//! - `《云桥县渡船登记办法》同时废止。`（不一致的正是这一件。）
//! - `城区犬只登记费每只100元。`（另一件规定的是农村的犬只。）
//!
//! # 例外
//!
//! - 只与库中所收的本级文件比较；没有收入的文件不能比较。

use super::Check;
use crate::citation::names::title_key;
use crate::review::desk::Desk;
use crate::review::draft::{Draft, Part};
use crate::review::finding::{Basis, Confidence, Evidence, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::question::{Answer, Question};
use crate::review::settings::Settings;
use crate::review::statement::{Disagreement, Statement};
use std::ops::Range;

/// The check.
pub static CHECK: Check = Check {
    code: "D09",
    name: "同位文件对同一事项规定不一致",
    severity: Severity::Medium,
    basis: &[Basis::Provision { title: "规章制定程序条例", place: "第三十六条" }, NOTICE_ON_DOCUMENTS],
    manual: include_str!("d09_peers.rs"),
    questions,
    judge,
};

const SUGGESTION: &str = "统一规定；以本件为准的，写明废止或者修改另一件。";
/// Provisions of other documents that are looked at for one sentence.
const CANDIDATES: usize = 6;
/// Sentences that are asked for at most.
const SENTENCES_MAX: usize = 300;

fn questions(draft: &Draft, _: &Settings) -> Vec<Question> {
    stated(draft).map(|(_, statement)| question(&statement)).collect()
}

/// The sentences of a draft that lay down something, with their places.
fn stated(draft: &Draft) -> impl Iterator<Item = (Range<usize>, Statement)> {
    let bodies = draft.sentences.iter().filter(|sentence| sentence.part == Part::Body);
    let read = bodies.filter_map(|sentence| Some((sentence.span.clone(), Statement::read(sentence.folded())?)));
    read.filter(|(_, statement)| statement.is_pointed()).take(SENTENCES_MAX)
}

fn question(statement: &Statement) -> Question {
    Question::Peers { words: statement.words().to_string(), most: CANDIDATES }
}

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (span, statement) in stated(desk.draft) {
        let Answer::Provisions(provisions) = desk.answers.to(&question(&statement)) else { continue };
        for peer in provisions.iter().filter(|peer| !is_replaced(desk.draft, &peer.title)) {
            if !desk.budget.spend(peer.text.len()) {
                return found;
            }
            if let Some(differs) = disagreement(&statement, &peer.text) {
                found.push(finding(span.clone(), peer, &differs));
                break;
            }
        }
    }
    found
}

fn disagreement(statement: &Statement, text: &str) -> Option<Disagreement> {
    text.split(['。', '；', '\n']).filter_map(Statement::read).find_map(|other| statement.against(&other))
}

/// Whether it is the draft itself, an earlier text of it, or what it repeals.
fn is_replaced(draft: &Draft, title: &str) -> bool {
    let key = title_key(title);
    let own = draft.head.title.as_deref().is_some_and(|own| title_key(own) == key);
    let repeals = |sentence: &str| sentence.contains("废止") && title_key(sentence).contains(&key);
    own || draft.sentences.iter().any(|sentence| repeals(sentence.folded()))
}

fn finding(span: Range<usize>, peer: &Evidence, differs: &Disagreement) -> Found {
    let Disagreement { of, first, second } = differs;
    let (title, article) = (&peer.title, &peer.article);
    Found {
        span,
        severity: None,
        confidence: Confidence::Medium,
        certain: false,
        message: format!(
            "本级文件《{title}》{article}对相近事项规定的{of}与本条不一致：“{second}”／“{first}”，请核对。"
        ),
        suggestion: SUGGESTION,
        evidence: vec![peer.clone()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{Answers, Given, review};

    fn found(draft: &str, peer: &str) -> Vec<String> {
        let draft = Draft::read(draft, &Given::default());
        let settings = Settings::default();
        let evidence = Evidence {
            title: "云桥县渡口登记办法".to_string(),
            version: "2020-01-01".to_string(),
            article: "第三条".to_string(),
            text: peer.to_string(),
        };
        let answers = questions(&draft, &settings).into_iter().map(|question| {
            let answer = Answer::Provisions(vec![evidence.clone()]);
            (question, answer)
        });
        let report = review(&draft, &Answers(answers.collect()), &settings);
        report.findings.into_iter().filter(|one| one.check == "D09").map(|one| one.message).collect()
    }

    #[test]
    fn a_peer_that_says_something_else_is_named() {
        let told = found("第一条　渡船登记手续应当在20日内办结。", "第三条　渡船登记手续应当在十五日内办结。");
        assert_eq!(
            told,
            ["本级文件《云桥县渡口登记办法》第三条对相近事项规定的期限、数量与本条不一致：“十五日”／“20日”，请核对。"]
        );
        let repeals = "第一条　渡船登记手续应当在20日内办结。\n第二条　《云桥县渡口登记办法》同时废止。";
        assert!(found(repeals, "第三条　渡船登记手续应当在十五日内办结。").is_empty());
        assert!(found("第一条　渡船登记手续应当在20日内办结。", "渡船登记手续应当在二十日内办结。").is_empty());
    }
}
