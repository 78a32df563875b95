//! D05 解释主体不当：解释权给内设机构、下属机构或者不是制定机关的单位。
//!
//! # 检查什么
//!
//! “由……负责解释”的句子，解释单位是办公室、科室、领导小组、中心、协会、企业的。
//!
//! # 依据
//!
//! - 《规章制定程序条例》第三十三条
//!
//! # 应报
//!
//! - `本办法由县人民政府法制办公室负责解释。`
//! - `本规定由局办公室负责解释。`
//! - `本办法最终解释权归县餐饮行业协会。`
//!
//! # 不应报
//!
//! - `本办法由县人民政府负责解释。`
//! - `本办法由县司法局负责解释。`
//! - `本办法解释权归县人民政府。`
//! - `由县司法局承担解释的具体工作。`
//!
//! # 例外
//!
//! - 政府文件由起草部门承担具体解释工作。

use super::{Check, nothing};
use crate::review::desk::{Cues, Desk};
use crate::review::finding::{Basis, Found, Severity};
use crate::review::guards;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D05",
    name: "解释主体不当",
    severity: Severity::Low,
    basis: BASIS,
    manual: include_str!("d05_interpretation.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[Basis::Provision { title: "规章制定程序条例", place: "第三十三条" }];
const MESSAGE: &str = "解释权归属“{}”，该单位可能是内设机构、议事协调机构或者社会组织，请核对是否应由制定机关解释。";
const SUGGESTION: &str = "改为由制定机关负责解释，起草部门承担具体工作。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"解释权~{0,4}(?:归|属|由)于?~{0,24}(?:协会|商会|公司|学会|企业|集团|联合会|促进会|中心|办公室|领导小组|指挥部|大队|科|股)",
            r"由~{0,30}(?:协会|商会|公司|学会|集团|联合会|促进会)(?:负责|予以|进行|承担)?(?:条文|政策|具体)?解释",
            r"由~{0,30}(?:法制办(?:公室)?|局办公室|委办公室|科|股|领导小组(?:办公室)?|指挥部(?:办公室)?|专班|中心|大队|综合处)(?:共同)?(?:负责)?解释",
        ],
        &[r"人民政府办公[室厅]~{0,2}负责|具体工作"],
        &[],
    )
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let hits = desk.hits(&CUES, guards::OF_FORM);
    hits.iter().map(|hit| desk.found(hit, MESSAGE, SUGGESTION)).collect()
}
