//! D07 优先适用或者概括废止条款：“与本办法不一致的，以本办法为准”“以前有关规定一律废止”等条款。
//!
//! # 检查什么
//!
//! 使本文件优先于其他文件而不限定同一机关、同一位阶，或者概括废止未列明文件的句子。
//!
//! # 依据
//!
//! - 《中华人民共和国立法法》第九十八条
//! - 《中华人民共和国立法法》第九十九条
//! - 《中华人民共和国立法法》第一百零二条
//!
//! # 应报
//!
//! - `各乡镇以往文件与本办法不一致的，以本办法为准。`
//! - `以前有关规定一律废止。`
//! - `与国家规定不一致的，按本办法执行。`
//! - `过去的文件一律作废。`
//!
//! # 不应报
//!
//! - `不一致的，以房地产登记簿为准。`
//! - `国家和省另有规定的，从其规定。`
//! - `本办法与国家规定不一致的，以国家规定为准。`
//! - `《云溪县养犬管理办法》同时废止。`
//!
//! # 例外
//!
//! - 逐件列明废止文件的条款。
//! - “国家、省另有规定的，从其规定”。

use super::{Check, nothing};
use crate::review::desk::{Cues, Desk};
use crate::review::finding::{Basis, Found, Severity};
use crate::review::guards;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "D07",
    name: "优先适用或者概括废止条款",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("d07_override.rs"),
    questions: nothing,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国立法法", place: "第九十八条" },
    Basis::Provision { title: "中华人民共和国立法法", place: "第九十九条" },
    Basis::Provision { title: "中华人民共和国立法法", place: "第一百零二条" },
];
const MESSAGE: &str =
    "本句“{}”可能使本文件优先于上位法或者概括废止未列明文件，请核对并限定为同一制定机关的同位文件、逐件列明。";
const SUGGESTION: &str = "改为逐件列明废止的文件；删除优先适用的表述。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"与本(?:办法|规定|意见|通知|方案|细则|实施细则|文件|措施|公告)(?:规定|精神)?(?:不一致|相抵触|不符|有冲突)#{0,16}(?:以本~{0,12}为准|按本~{0,12}执行)",
            r"与(?:国家|上级|省|市|⌂|法律|法规|上位法|其[他它]|原|现行)~{0,16}(?:不一致|相抵触|抵触|不符|不相符|冲突)的?[,]?~{0,8}(?:按照?|以|依照|执行)~{0,2}本(?:办法|规定|意见|通知|方案|细则|文件|措施|公告)",
            r"(?:此前|以往|过去|原有|之前|以前)#{0,24}(?:文件|规定|政策)#{0,16}(?:一律|同时|均|自行)?(?:废止|作废|失效|停止执行|不再执行|以本~{0,10}为准)",
        ],
        &[r"国家、省|上级~{0,10}(?:规定|政策)~{0,10}从其规定"],
        &[],
    )
});

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    let hits = desk.hits(&CUES, guards::OF_FORM);
    hits.iter().map(|hit| desk.found(hit, MESSAGE, SUGGESTION)).collect()
}
