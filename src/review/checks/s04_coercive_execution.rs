//! S04 设定行政强制执行、以停水停电迫使履行：规定强制拆除、强制执行、划拨、代履行、加收滞纳金，或者以停止供水、供电、供热、供气迫使履行。
//!
//! # 检查什么
//!
//! 由行政机关、乡镇、村居或者企业强制当事人履行的句子，以及对居民、企业停水停电停气停热作为手段的句子。行政强制执行由法律设定，草案为法规、规章的同样检查。
//!
//! # 依据
//!
//! - 《中华人民共和国行政强制法》第十二条
//! - 《中华人民共和国行政强制法》第十三条
//! - 《中华人民共和国行政强制法》第四十三条第二款
//! - 《中华人民共和国行政强制法》第四十四条
//! - 《中华人民共和国行政强制法》第四十五条
//!
//! # 应报
//!
//! - `逾期未拆除的违法建设，由供水、供电企业停止供水、供电，并由镇政府组织强制拆除。`
//! - `逾期不缴纳垃圾处理费的，每日按千分之五加收滞纳金，并停水处理。`
//! - `限期十五日内自行拆除，逾期由综合执法队拆除。`
//! - `拒不搬迁的住户，由指挥部强制搬迁。`
//!
//! # 不应报
//!
//! - `逾期不履行的，依法申请人民法院强制执行。`
//! - `供水企业计划停水的，应当提前通知用户。`
//! - `发生火灾时，供电企业应当立即停止供电。`
//! - `不得采取停止供水、供电等方式迫使当事人履行行政决定。`
//! - `理顺行政强制执行体制。`
//! - `强制执行申请书应当由负责人签名。`
//! - `对列入计划的危桥，由交通运输局组织拆除重建。`
//!
//! # 例外
//!
//! - 计划停水、检修停电、故障抢修。
//! - 合同约定的违约金、税款和社会保险费的滞纳金。
//! - 火灾、泄漏等紧急情况下停止供应。
//! - 申请人民法院强制执行。

use super::Check;
use super::powers::{Power, Rule};
use crate::review::desk::{Cues, Desk};
use crate::review::draft::Draft;
use crate::review::finding::{Basis, Found, Severity};
use crate::review::guards::{self, Guard};
use crate::review::question::Question;
use crate::review::settings::Settings;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "S04",
    name: "设定行政强制执行、以停水停电迫使履行",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("s04_coercive_execution.rs"),
    questions,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第十二条" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第十三条" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第四十三条第二款" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第四十四条" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第四十五条" },
];
const MESSAGE: &str = "本句规定“{}”，涉嫌设定行政强制执行，请核对。行政强制执行由法律设定；不得对居民生活采取停止供水、供电、供热、供燃气等方式迫使当事人履行行政决定。";
const SUGGESTION: &str = "删除，或者写明所依据的法律条款；没有强制执行权的，改为依法申请人民法院强制执行。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"(?:强制|强行|强力)(?:拆除|清除|清理|清运|执行|迁出|搬迁|搬离|划拨|平整|平坟|腾退|腾空|收回|清栏|拔除|填埋|迁移|入库|扣划|扣缴)",
            r"(?:予以|组织~{0,10}|实施|依法)强拆|(?:断水断电|停水停电|断水|断电)",
            r"(?:逾期|到期|拒不|仍不|限期|超期|不按期)#{0,40}(?:由~{2,20}|组织~{0,10}|一律|予以|直接)(?:拆除|清除|铲除)|(?:违建|违法建(?:筑|设)|违章建筑)~{0,6}一律(?:予以)?拆除",
            r"(?:逾期|拒不|不履行|未按期|到期|乱堆)#{0,40}代为(?:拆除|清除|清理|清运|履行|治理|恢复)|代为(?:拆除|清除|清理|清运)~{0,4}[,]?~{0,8}费用由",
            r"(?:停止|中断|限制|切断|暂停|停供|不予)~{0,8}(?:供水|供电|供气|供热|供暖|用电|用水|供燃气|水电)",
            r"停(?:水|电|气|暖)(?:停(?:水|电|气))?(?:措施|处理|$|[,.;])",
            r"(?:加处|加收)~{0,24}(?:罚款|滞纳金|违约金)|(?:每日|按日|每天)~{0,16}(?:百分之|千分之|万分之|<数>[%‰])~{0,16}(?:罚款|滞纳金)",
            r"直接(?:从~{1,20})?(?:划拨|扣划|扣缴|扣除)|从~{1,16}(?:补贴|账户|存款|工资)~{0,6}(?:划拨|扣划|扣缴)",
        ],
        &[
            r"(?:计划|临时|检修|故障|事故|突发)(?:性)?停|停(?:水|电|气)(?:通知|公告|检修|信息|抢修|期间|次数|事故)|检修|抢修",
            r"由法律设定|申请书|恢复强制|中止|终结|执行协议|减免|是否|强制执行(?:的)?方式|人民法院|执行体制|执行程序|执行力|税款|税收|税务机关|社会保险|公积金|合同|自愿|国家标准|强制性",
            r"记录|归档|危桥|公共厕所|公厕|重建|自行拆除[^,;]{0,2}$|拆除(?:工程|计划|户)|暴力|擅自停止|无故|保障|防止",
        ],
        &[],
    )
});

/// Guards.
const GUARDS: &[Guard] = &[
    guards::lead_in,
    guards::prohibition,
    guards::definition,
    guards::title,
    guards::condition,
    guards::already,
    guards::official,
    guards::staff,
    guards::remedy,
    guards::reference,
    guards::emergency,
];

static RULE: Rule =
    Rule { power: Power::CoerciveExecution, cues: &CUES, guards: GUARDS, message: MESSAGE, suggestion: SUGGESTION };

fn questions(draft: &Draft, settings: &Settings) -> Vec<Question> {
    RULE.questions(draft, settings)
}

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    RULE.judge(desk)
}
