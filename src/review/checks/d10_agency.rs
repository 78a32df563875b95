//! D10 机构名称、职能已调整：使用机构改革前的名称。
//!
//! # 检查什么
//!
//! 2018年、2023年机构改革中更名、撤并的机构名称。标题、书名号内和“原……”不报。
//!
//! # 依据
//!
//! - 2018年、2023年机构改革方案（本文件中的对照表）
//!
//! # 应报
//!
//! - `由县工商行政管理局、县环境保护局按职责分工负责。`
//! - `政府法制机构须对重大行政决策进行合法性审查。`
//!
//! # 不应报
//!
//! - `原县工商行政管理局2012年发布的文件。`
//! - `由县市场监督管理局负责。`
//! - `按照《国土资源部关于规范土地登记的意见》执行。`
//! - `县自然资源和规划局、县文化广电和旅游局按照职责分工负责。`
//!
//! # 例外
//!
//! - 历史叙述和引用的文件名称。
//! - 地方仍保留的机构，请核对本地机构设置。

use super::{Check, nothing};
use crate::review::desk::Desk;
use crate::review::draft::Part;
use crate::review::finding::{Basis, Confidence, Found, Severity};
use crate::review::guards::{Place, Ruling, title};
use crate::review::words::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D10",
    name: "机构名称、职能已调整",
    severity: Severity::Low,
    basis: BASIS,
    manual: include_str!("d10_agency.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[Basis::External("2018年、2023年机构改革方案（本文件中的对照表）")];

/// Old names and what they became.
const RENAMED: &[(&str, &str)] = &[
    (
        r"工商行政管理(?:局|部门|机关|所)|(工商局)(?:[^域]|$)|工商(?:部门|所)|质量技术监督(?:局|部门)|质监(?:局|部门)|食品药品监督管理(?:局|部门)|食药监局",
        "市场监督管理部门",
    ),
    (
        r"国土资源(?:局|部门|主管部门|所)|国土(?:局|部门)|城乡规划局|(?:^|[^和与、源])(规划局)(?:[^部]|$)",
        "自然资源主管部门",
    ),
    (r"环境保护(?:局|行政主管部门|主管部门)|环保(?:局|部门)", "生态环境主管部门"),
    (
        r"卫生和?计(?:划)?生(?:育)?(?:局|委员会|委|部门|行政主管部门|行政部门|主管部门)|卫计(?:局|委)|计生(?:局|委)|人口计生(?:局|委)",
        "卫生健康主管部门",
    ),
    (r"安全生产监督管理(?:局|部门)|安监(?:局|部门)", "应急管理部门"),
    (r"政府法制(?:办公室|办|机构|部门)|法制办(?:公室)?|人民政府法制(?:办公室|机构)", "司法行政部门"),
    (r"国家税务局、地方税务局|地方税务(?:局|机关)|地税(?:局|部门)|国税(?:局|部门)", "税务部门"),
    (r"(?:^|[^和化育视电])(旅游局)(?:[^势]|$)|文化局|文广新局|文体局", "文化和旅游主管部门"),
    (r"扶贫(?:办|开发办公室|办公室)", "农业农村部门（乡村振兴局已并入）"),
    (r"银监会|保监会|银保监(?:会|局)|银监局|保监局", "国家金融监督管理总局及其派出机构"),
    (r"农业局|农委|畜牧兽医局", "农业农村主管部门"),
    (r"物价(?:局|部门)", "发展改革（价格）主管部门"),
    (r"粮食局", "粮食和物资储备部门"),
];

static NAMES: LazyLock<Vec<(Regex, &'static str)>> =
    LazyLock::new(|| RENAMED.iter().map(|(old, now)| (pattern(old), *now)).collect());

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let draft = desk.draft;
    let mut found = Vec::new();
    for sentence in draft.sentences.iter().filter(|sentence| sentence.part == Part::Body) {
        if !desk.budget.spend(sentence.text.len().saturating_mul(NAMES.len())) {
            break;
        }
        for (old, now) in NAMES.iter() {
            for hit in old.captures_iter(&sentence.text) {
                // What stands beside a name to tell it is no part of it.
                let Some(name) = hit.iter().flatten().last() else { continue };
                let cue = name.range();
                let place = Place { draft, sentence, cue: &cue };
                let former = place.before().ends_with('原')
                    || place.before().ends_with("原县")
                    || place.before().ends_with("原市");
                if former
                    || title(&place) == Ruling::Falls
                    || place.before().ends_with("和") && name.as_str() == "旅游局"
                {
                    continue;
                }
                found.push(Found {
                    span: sentence.original(&cue),
                    severity: None,
                    confidence: Confidence::Medium,
                    certain: false,
                    message: format!("“{}”已在机构改革中调整，现一般为{now}，请核对。", name.as_str()),
                    suggestion: "改用现行机构名称。",
                    evidence: Vec::new(),
                });
            }
        }
    }
    found
}
