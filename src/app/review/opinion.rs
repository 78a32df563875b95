//! The written opinion on a draft (合法性审查意见书), made of its report.

use super::super::published::{FileFormat, FileWritten, bytes_of, file_name};
use super::super::view::review::{BasisView, BesideView, ClauseView, FindingView, ReviewPage};
use super::is_grave;
use crate::app::error::AppError;
use crate::law::level;
use crate::publish::{Block, Paper};
use crate::review::{CHECKS, Severity};
use crate::text::numerals::chinese;
use std::collections::{BTreeMap, BTreeSet};

/// Code of the check that lists what could not be verified.
const NOT_HELD: &str = "C08";
/// Longest provision that is quoted whole, in characters.
const QUOTED_MAX: usize = 400;

/// The opinion as a file.
pub fn opinion(page: &ReviewPage, format: FileFormat) -> Result<FileWritten, AppError> {
    let paper = paper(page);
    Ok(FileWritten { name: file_name(&paper.title, format), bytes: bytes_of(&paper, format)? })
}

fn paper(page: &ReviewPage) -> Paper {
    let (dismissed, left): (Vec<&FindingView>, Vec<&FindingView>) =
        page.findings.iter().partition(|finding| finding.dismissed.is_some());
    let (graver, notes): (Vec<&FindingView>, Vec<&FindingView>) =
        left.into_iter().partition(|finding| is_grave(finding.severity));
    let (unverified, notes): (Vec<&FindingView>, Vec<&FindingView>) =
        notes.into_iter().partition(|finding| finding.check == NOT_HELD);
    let mut blocks = vec![heading("一、审查概况"), text(summary(page, graver.len(), notes.len(), unverified.len()))];
    blocks.push(heading("二、问题、依据和建议"));
    blocks.extend(graver_blocks(&graver));
    blocks.push(heading("三、库中没有、须人工核对的依据"));
    blocks.push(text(joined(&unverified, "没有。")));
    blocks.push(heading("四、其他提示"));
    blocks.push(text(joined(&notes, "没有。")));
    let told = [("审核人员已排除的发现", dismissals(&dismissed)), ("上一稿的发现已改正", fixed(page))];
    let told = told.into_iter().filter_map(|(name, words)| Some((name, words?)));
    let mut number = 5;
    for (name, words) in told {
        blocks.push(heading(&format!("{}、{name}", chinese(number))));
        blocks.push(text(words));
        number += 1;
    }
    if let Some(clauses) = page.comparison.as_ref().filter(|clauses| !clauses.is_empty()) {
        blocks.push(heading(&format!("{}、与上位法逐条对照", chinese(number))));
        blocks.push(Block::Table(compared(clauses)));
        number += 1;
    }
    blocks.push(heading(&format!("{}、统计", chinese(number))));
    blocks.push(Block::Table(counted(page)));
    let name = page.title.as_deref().unwrap_or("（无标题的草案）");
    let known = page.known_to.map_or_else(String::new, |day| format!("，库中最新的文本为 {day}"));
    Paper {
        title: format!("关于《{}》的合法性审查意见书", name.replace('《', "〈").replace('》', "〉")),
        facts: facts(page),
        blocks,
        colophon: format!(
            "本意见由法据按规则对照库中法律得出，供合法性审核人员参考；按 {} 的法律核验{known}。",
            page.as_of
        ),
        ..Paper::default()
    }
}

pub(super) fn heading(words: &str) -> Block {
    Block::Heading { level: 1, text: words.to_string() }
}

pub(super) fn text(words: String) -> Block {
    Block::Provision { id: String::new(), label: 0, text: words }
}

fn facts(page: &ReviewPage) -> Vec<(String, String)> {
    let region = page.region.as_deref().and_then(level::region_name).unwrap_or_default().to_string();
    let rows = [
        ("制定机关", page.issuer.clone().unwrap_or_default()),
        ("效力位阶", page.level.chinese().to_string()),
        ("地区", region),
        ("施行或者成文日期", page.date.map(|day| day.to_string()).unwrap_or_default()),
        ("核验日", page.as_of.to_string()),
    ];
    rows.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

fn summary(page: &ReviewPage, graver: usize, notes: usize, unverified: usize) -> String {
    let count = |severity: Severity| page.counts.get(severity.name()).copied().unwrap_or_default();
    let sample =
        if page.sample { "本次按示例数据（虚构）核验，引用一项不能作数。\n" } else { "" };
    format!(
        "{sample}草案共 {} 句，引用 {} 处。发现问题 {graver} 处，其中高 {}、中 {}、低 {}；另有提示 {notes} 处，库中没有、须人工核对的依据 {unverified} 件。\n\
         标明“确定”的是结论，其余为涉嫌，请核对后再定。",
        page.sentences,
        page.citations,
        count(Severity::High),
        count(Severity::Medium),
        count(Severity::Low),
    )
}

/// The findings, gravest first, then in the order of the draft.
pub(super) fn graver_blocks(findings: &[&FindingView]) -> Vec<Block> {
    if findings.is_empty() {
        return vec![text("没有发现。".to_string())];
    }
    let mut ordered = findings.to_vec();
    ordered.sort_by_key(|finding| finding.severity);
    let mut quoted = BTreeSet::new();
    let block = |(at, finding): (u64, &&FindingView)| {
        let sure = if finding.certain { "确定" } else { "请核对" };
        let state = finding.state.map(|state| format!("·{}", state.chinese())).unwrap_or_default();
        let clause = if finding.clause.is_empty() { String::new() } else { format!("{}　", finding.clause) };
        let mut lines = vec![
            format!("（{}）{clause}{} {}·{sure}{state}", chinese(at), finding.check, finding.severity.chinese()),
            format!("原文：“{}”", finding.quote.trim()),
            format!("问题：{}", finding.message),
            format!("建议：{}", finding.suggestion),
        ];
        lines.extend(finding.accepted.as_deref().map(|note| match note {
            "" => "审核意见：采纳。".to_string(),
            note => format!("审核意见：采纳。{note}"),
        }));
        lines.extend(finding.basis.iter().map(|own| basis(own, &mut quoted)));
        text(lines.join("\n"))
    };
    (1..).zip(&ordered).map(block).collect()
}

/// What a provision is called, and its words the first time it is named.
fn basis(basis: &BasisView, quoted: &mut BTreeSet<String>) -> String {
    let title = basis.title.trim_matches(['《', '》']);
    if basis.article.is_empty() {
        return format!("依据：{}", basis.title);
    }
    let name = format!("依据：《{title}》（{}）{}", basis.edition(), basis.article);
    if basis.text.is_empty() || !quoted.insert(format!("{title} {}", basis.text)) {
        return name;
    }
    format!("{name}：{}", basis.words(QUOTED_MAX))
}

fn joined(findings: &[&FindingView], none: &str) -> String {
    let line = |finding: &&FindingView| format!("{}{}", labelled(&finding.clause), finding.message);
    let lines: Vec<String> = findings.iter().map(line).collect();
    if lines.is_empty() { none.to_string() } else { lines.join("\n") }
}

/// What people have dismissed, with their reasons.
fn dismissals(findings: &[&FindingView]) -> Option<String> {
    let line = |finding: &&FindingView| {
        let reason = finding.dismissed.as_deref().unwrap_or_default();
        format!("{}{} {}\n理由：{reason}", labelled(&finding.clause), finding.check, finding.message)
    };
    (!findings.is_empty()).then(|| findings.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// What the earlier draft had and this one has no more; `None` if no earlier report was given.
fn fixed(page: &ReviewPage) -> Option<String> {
    let fixed = page.fixed.as_ref()?;
    let lines: Vec<String> =
        fixed.iter().map(|told| format!("{}{} {}", labelled(&told.clause), told.check, told.message)).collect();
    Some(if lines.is_empty() { "没有。".to_string() } else { lines.join("\n") })
}

fn labelled(clause: &str) -> String {
    if clause.is_empty() { String::new() } else { format!("{clause}：") }
}

/// A row for each clause and provision of superior law.
fn compared(clauses: &[ClauseView]) -> Vec<Vec<String>> {
    let row = |clause: &ClauseView, beside: &BesideView| {
        let BasisView { title, article, .. } = &beside.basis;
        let words = beside.basis.words(QUOTED_MAX);
        vec![clause.clause.clone(), format!("《{title}》{article}"), words, beside.differences.join("；")]
    };
    let rows = clauses.iter().flat_map(|clause| clause.superior.iter().map(move |beside| row(clause, beside)));
    let head = ["条款", "上位法", "原文", "不同之处"].map(str::to_string).to_vec();
    std::iter::once(head).chain(rows).collect()
}

/// How many findings of each check.
fn counted(page: &ReviewPage) -> Vec<Vec<String>> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in &page.findings {
        *counts.entry(finding.check.as_ref()).or_default() += 1;
    }
    let name = |code: &str| CHECKS.iter().find(|check| check.code == code).map_or("检查未完", |check| check.name);
    let rows =
        counts.into_iter().map(|(code, count)| vec![code.to_string(), name(code).to_string(), count.to_string()]);
    std::iter::once(["检查", "名称", "处数"].map(str::to_string).to_vec()).chain(rows).collect()
}
