//! What a sweep found as files that leave (清理清单): a row a finding in a workbook, or a paper with the evidence, document by
//! document.

use super::super::listed::ListFormat;
use super::super::published::{FileFormat, FileWritten, bytes_of, file_name};
use super::super::view::review::{FindingView, SweepItem, SweepPage};
use super::opinion::{graver_blocks, heading, text};
use crate::app::error::AppError;
use crate::publish::{Block, Cell, Column, Paper, Sheet};
use crate::review::Severity;

const TITLE: &str = "规范性文件清理清单";
/// Columns of the list with their widths.
const COLUMNS: [(&str, f64); 11] = [
    ("序号", 6.0),
    ("文件", 44.0),
    ("文号", 22.0),
    ("制定机关", 26.0),
    ("条款", 16.0),
    ("检查", 8.0),
    ("严重程度", 9.0),
    ("把握", 9.0),
    ("原文", 50.0),
    ("问题", 60.0),
    ("建议", 40.0),
];
const RAN_OUT: (&str, &str) = ("有效期已届满", "公布失效，或者重新公布");

/// A table: a row a finding.
pub fn cleanup_list(page: &SweepPage, format: ListFormat) -> Result<FileWritten, AppError> {
    Ok(FileWritten { name: format!("清理清单.{}", format.name()), bytes: format.written(&sheet(page))? })
}

/// A paper: what is to be cleaned up at a glance, then each document with its findings and what they rest on.
pub fn cleanup_paper(page: &SweepPage, format: FileFormat) -> Result<FileWritten, AppError> {
    let paper = paper(page);
    Ok(FileWritten { name: file_name(&paper.title, format), bytes: bytes_of(&paper, format)? })
}

fn summary(page: &SweepPage) -> String {
    let known = page.known_to.map_or_else(String::new, |day| format!("，库中最新的文本为 {day}"));
    let sample = if page.sample { "示例数据（虚构）。" } else { "" };
    format!(
        "{sample}审查现行规范性文件 {} 件，{} 件有待清理，发现 {} 处；按 {} 的法律核验{known}。标“请核对”的须人工核对后再定。",
        page.documents,
        page.items.len(),
        page.findings,
        page.as_of
    )
}

fn paper(page: &SweepPage) -> Paper {
    let mut blocks = vec![heading("概况"), text(summary(page)), Block::Table(overview(page))];
    for (at, item) in (1u32..).zip(&page.items) {
        blocks.push(heading(&format!("{at}. {}", item.instrument.title)));
        let known = [item.instrument.document_number.as_deref(), item.instrument.issuer.as_deref()];
        let known: Vec<&str> = known.into_iter().flatten().collect();
        blocks.extend((!known.is_empty()).then(|| text(known.join("　"))));
        match item.expired {
            true => blocks.push(text(format!("问题：{}\n建议：{}", RAN_OUT.0, RAN_OUT.1))),
            false => blocks.extend(graver_blocks(&item.findings.iter().collect::<Vec<_>>())),
        }
    }
    Paper {
        title: TITLE.to_string(),
        blocks,
        colophon: format!("本清单由法据按规则对照库中法律得出，供清理工作参考；核验日 {}。", page.as_of),
        ..Paper::default()
    }
}

/// A row for each document: how many findings of each severity.
fn overview(page: &SweepPage) -> Vec<Vec<String>> {
    let head = ["序号", "文件", "文号", "高", "中", "低", "有效期"].map(str::to_string).to_vec();
    let row = |(at, item): (u32, &SweepItem)| {
        let count = |severity| item.findings.iter().filter(|finding| finding.severity == severity).count().to_string();
        let counts = [Severity::High, Severity::Medium, Severity::Low].map(count);
        let instrument = &item.instrument;
        let known = [at.to_string(), instrument.title.clone(), instrument.document_number.clone().unwrap_or_default()];
        let ran_out = if item.expired { "已届满" } else { "" };
        known.into_iter().chain(counts).chain([ran_out.to_string()]).collect()
    };
    std::iter::once(head).chain((1..).zip(&page.items).map(row)).collect()
}

fn sheet(page: &SweepPage) -> Sheet {
    let rows = page.items.iter().flat_map(rows);
    Sheet {
        name: "清理清单".to_string(),
        title: TITLE.to_string(),
        remarks: vec![summary(page)],
        columns: COLUMNS.iter().map(|(name, width)| Column { name: (*name).to_string(), width: *width }).collect(),
        rows: (1u32..)
            .zip(rows)
            .map(|(at, row)| std::iter::once(Cell::Number(f64::from(at))).chain(row.map(Cell::Text)).collect())
            .collect(),
    }
}

/// Document, then what was found.
fn rows(item: &SweepItem) -> Vec<[String; 10]> {
    let instrument = &item.instrument;
    let head = || {
        let number = instrument.document_number.clone().unwrap_or_default();
        (instrument.title.clone(), number, instrument.issuer.clone().unwrap_or_default())
    };
    if item.expired {
        let (title, number, issuer) = head();
        let told = ["", "有效期", "", "确定", "", RAN_OUT.0, RAN_OUT.1].map(str::to_string);
        let [clause, check, severity, sure, quote, message, suggestion] = told;
        return vec![[title, number, issuer, clause, check, severity, sure, quote, message, suggestion]];
    }
    let row = |finding: &FindingView| {
        let (title, number, issuer) = head();
        let sure = if finding.certain { "确定" } else { "请核对" };
        [
            title,
            number,
            issuer,
            finding.clause.clone(),
            finding.check.to_string(),
            finding.severity.chinese().to_string(),
            sure.to_string(),
            finding.quote.clone(),
            finding.message.clone(),
            finding.suggestion.to_string(),
        ]
    };
    item.findings.iter().map(row).collect()
}
