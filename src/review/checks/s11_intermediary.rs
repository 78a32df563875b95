//! S11 强制或者指定中介服务：把评估、检测、咨询等中介报告作为办事条件，或者指定中介机构。
//!
//! # 检查什么
//!
//! 要求当事人委托特定或者推荐的中介机构，或者提交没有法定依据的评估、检测报告的句子。
//!
//! # 依据
//!
//! - 《优化营商环境条例》第四十三条
//! - 《中华人民共和国行政许可法》第二十七条
//! - 《中华人民共和国行政许可法》第三十一条
//!
//! # 应报
//!
//! - `必须委托县中小企业服务中心推荐的咨询机构出具评估报告。`
//! - `未提交评估机构出具的报告的，不予受理。`
//! - `申请人应当委托指定的测绘单位进行测绘。`
//! - `装修方案必须经咨询机构论证后方可办理施工手续。`
//!
//! # 不应报
//!
//! - `行政机关不得为市场主体指定或者变相指定中介服务机构。`
//! - `由行政机关委托评估机构开展评估并承担费用。`
//! - `鼓励中介机构提高服务质量。`
//!
//! # 例外
//!
//! - 法律规定的环境影响评价、安全评价等。
//! - 行政机关自行委托并承担费用的技术性服务。

use super::Check;
use super::powers::{Power, Rule};
use crate::review::desk::{Cues, Desk};
use crate::review::draft::Draft;
use crate::review::finding::{Basis, Found, Severity};
use crate::review::guards;
use crate::review::question::Question;
use crate::review::settings::Settings;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "S11",
    name: "强制或者指定中介服务",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("s11_intermediary.rs"),
    questions,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "优化营商环境条例", place: "第四十三条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第二十七条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第三十一条" },
];
const MESSAGE: &str = "本句要求“{}”，涉嫌强制或者指定中介服务，请核对法律、法规或者国务院决定依据。";
const SUGGESTION: &str = "没有依据的，改由行政机关委托并承担费用，或者由当事人自主选择。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"(?:必须|统一|指定|一律|须|应当)~{0,24}(?:推荐|指定|认可|入围|名录内|名录库)~{0,16}(?:中介|评估|检测|鉴定|审图|咨询|代理|测绘|监理|公证|造价)~{0,6}(?:机构|公司|单位)",
            r"(?:申请人|企业|业主|建设单位|当事人|经营者|施工单位|投保人)~{0,16}(?:应当|须|必须)~{0,16}(?:中介|评估|检测|鉴定|审图|咨询|代理|测绘|公证)(?:机构|公司|单位)~{0,16}(?:出具|提供|进行|开展|办理)",
            r"未(?:提交|提供|取得)~{0,12}(?:评估|检测|鉴定|咨询|论证|测绘)~{0,16}(?:报告|意见)?~{0,6}[,]?~{0,6}不予(?:受理|办理|审批|备案)",
            r"(?:评估|检测|鉴定|咨询|论证)(?:报告|意见)[^;]{0,10}(?:作为)~{0,10}(?:办理|审批|受理|备案)",
            r"(?:应当|须|必须|要|需)~{0,16}(?:委托|由|经|聘请|到|请)~{0,16}(?:中介|评估|检测|鉴定|审图|咨询|代理|测绘|公证|会计|造价|评审|论证)~{0,2}(?:机构|公司|单位|事务所|服务)#{0,20}(?:方可|后|否则|作为|才能)#{0,12}(?:办理|审批|受理|备案|施工|申请|开工|经营|营业|登记)",
            r"(?:评估|检测|鉴定|咨询|论证|评价)(?:报告|意见|结论)#{0,10}(?:作为|方可|后)#{0,10}(?:办理|审批|受理|备案|核发|登记)",
            r"统一(?:委托|聘请)~{0,20}(?:中介|评估|检测|鉴定|咨询|测绘)~{0,4}(?:机构|公司|单位)",
        ],
        &[
            r"行政机关委托|承担费用|费用由~{0,6}(?:财政|政府|行政机关)|自主选择|公开招标|竞争性|环境影响评价|安全评价|政府采购",
        ],
        &[],
    )
});

static RULE: Rule = Rule {
    power: Power::Intermediary,
    cues: &CUES,
    guards: guards::OF_DUTIES,
    message: MESSAGE,
    suggestion: SUGGESTION,
};

fn questions(draft: &Draft, settings: &Settings) -> Vec<Question> {
    RULE.questions(draft, settings)
}

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    RULE.judge(desk)
}
