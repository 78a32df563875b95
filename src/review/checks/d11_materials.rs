//! D11 制定程序材料提示：提示送审材料：起草说明、征求意见、合法性审核、公平竞争审查、集体讨论。
//!
//! # 检查什么
//!
//! 设置中给出材料清单（materials）的，列出缺少的；没有给出而草案涉及经营者经济活动的，提示附公平竞争审查结论。只作提示。
//!
//! # 依据
//!
//! - 《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》第七十五条
//! - 《公平竞争审查条例》第十四条
//! - 《公平竞争审查条例》第十八条
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//! - 《国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见》（国办发〔2018〕115号）
//!
//! # 应报
//!
//! - `对符合条件的企业给予奖励。`
//! - `经营者应当明码标价。`
//!
//! # 不应报
//!
//! - `本办法规定机关内部的值班安排。`
//! - `各单位应当做好档案管理。`
//!
//! # 例外
//!
//! - 应急等简化程序，须有负责人批准。

use super::{Check, nothing};
use crate::review::desk::Desk;
use crate::review::draft::Part;
use crate::review::finding::{Basis, Confidence, Found, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::words::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D11",
    name: "制定程序材料提示",
    severity: Severity::Info,
    basis: BASIS,
    manual: include_str!("d11_materials.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision {
        title: "中华人民共和国地方各级人民代表大会和地方各级人民政府组织法", place: "第七十五条"
    },
    Basis::Provision { title: "公平竞争审查条例", place: "第十四条" },
    Basis::Provision { title: "公平竞争审查条例", place: "第十八条" },
    NOTICE_ON_DOCUMENTS,
    Basis::External("《国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见》（国办发〔2018〕115号）"),
];

/// Materials that go with every draft.
const MATERIALS: &[&str] = &["起草说明", "制定依据", "征求意见", "合法性审核", "集体讨论"];
static CONCERNS_TRADERS: LazyLock<Regex> =
    LazyLock::new(|| pattern("企业|经营者|市场主体|经营主体|个体工商户|供应商|投标人|商户"));

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let bodies = desk.draft.sentences.iter().filter(|sentence| sentence.part == Part::Body);
    let traders = bodies.into_iter().any(|sentence| CONCERNS_TRADERS.is_match(&sentence.text));
    if !desk.budget.spend(desk.draft.text.len()) {
        return Vec::new();
    }
    let message = match &desk.settings.materials {
        Some(given) => {
            let mut asked: Vec<&str> = MATERIALS.to_vec();
            asked.extend(traders.then_some("公平竞争审查"));
            asked.retain(|name| !given.iter().any(|given| given.contains(name)));
            if asked.is_empty() {
                return Vec::new();
            }
            format!("送审材料缺少：{}。", asked.join("、"))
        }
        None if traders => "草案涉及经营者经济活动，请附公平竞争审查结论及其他送审材料。".to_string(),
        None => return Vec::new(),
    };
    vec![Found {
        span: desk.draft.head.title_span.clone().unwrap_or(0..0),
        severity: None,
        confidence: Confidence::Medium,
        certain: false,
        message,
        suggestion: "补齐送审材料。",
        evidence: Vec::new(),
    }]
}
