//! S03 规范性文件设定行政强制措施：规定查封、扣押、扣留、暂扣、收缴、冻结、强制隔离等措施。
//!
//! # 检查什么
//!
//! 授权行政机关或者其他组织对公民人身、场所、财物、存款采取强制措施的句子。
//!
//! # 依据
//!
//! - 《中华人民共和国行政强制法》第九条
//! - 《中华人民共和国行政强制法》第十条
//! - 《中华人民共和国行政强制法》第十一条
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `对占道经营拒不改正的，综合执法队可以先行扣押其经营工具。`
//! - `外地车辆驶入的，扣留车辆并责令托运回原籍。`
//! - `对拒不缴费的商户，冻结其银行账户。`
//! - `占用通道停放的车辆，由治保会拖离，费用由车主承担。`
//! - `对流浪乞讨人员一律强行收容。`
//! - `对醉酒闹事人员，村治保会可以强制约束至酒醒。`
//!
//! # 不应报
//!
//! - `依照《中华人民共和国道路交通安全法》第九十六条，扣留机动车。`
//! - `查封、扣押财物应当制作并当场交付决定书和清单。`
//! - `不得查封、扣押与违法行为无关的财物。`
//! - `查封、扣押的期限已经届满的，应当及时解除。`
//! - `当场收缴的罚款应当在二日内上交。`
//! - `对证据可能灭失的，可以先行登记保存。`
//! - `当事人可以持决定书领回扣押的物品。`
//! - `逾期未领回的暂扣物品，按规定处理。`
//! - `单位公务用车在节假日期间一律封存停驶。`
//!
//! # 例外
//!
//! - 先行登记保存、司法机关的查封和扣押。
//! - 对公车、库存、档案、试卷的封存。
//! - 暂扣许可证、从业资格属于行政处罚，由 S01 检查。

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
    code: "S03",
    name: "规范性文件设定行政强制措施",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("s03_coercive_measure.rs"),
    questions,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第九条" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第十条" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第十一条" },
    Basis::External("《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）"),
];
const MESSAGE: &str =
    "本句规定“{}”，涉嫌设定行政强制措施，请核对。法律、法规以外的其他规范性文件不得设定行政强制措施。";
const SUGGESTION: &str = "删除，或者写明所依据的法律、法规条款，由有权机关依法实施。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"(?:查封|扣押|扣留|先行扣|就地扣)~{0,12}|滞留(?:其|该|~{0,4}(?:货|车|人|证|物))",
            r"暂扣~{0,16}(?:车|工具|物品|设备|犬|货|电瓶|无人机|器材|财物|船|证)?",
            r"收缴~{0,12}(?:物品|工具|驾驶证|行驶证|执照|证照|烟花|爆竹|渔具|器具|车|犬|设备|产品|牌照|枪|网具|予以|的)|(?:予以|一律)收缴",
            r"封存~{0,12}|予以封存|予以(?:查封|扣押|扣留)",
            r"冻结~{0,10}(?:存款|汇款|账户|账号|资金|银行|财产)",
            r"(?:拖离|拖走|拖移|拖曳|强制拖)~{0,10}|(?:强行|强制|一律|予以|统一)~{0,4}(?:收容|遣送)",
            r"强制(?:性)?(?:隔离|约束|带离|传唤|免疫|送医|戒毒|检测|搜查|留置|遣送|扣)",
        ],
        &[
            r"暂扣~{0,14}(?:许可证|资格证?|资质|营业执照|经营证)",
            r"(?:查封|扣押|扣留|暂扣)~{0,8}(?:物品|财物|车辆|物资|工具)~{0,20}(?:领回|领取|发还|返还|退还|保管|处理)|(?:查封|扣押|扣留|暂扣)期(?:限届?满|满|间)|(?:领回|领取|认领|未领回的?)~{0,10}(?:扣押|扣留|暂扣)",
            r"飞机|滑翔|航空|拖移~{0,6}查询|(?:故障|事故)车|清障|救援|自行拖|(?:收容|遣送)~{0,6}(?:犬|动物|宠物)|(?:犬|动物|宠物)~{0,6}收容",
            r"期限(?:不得|应当)|管理制度|档案|试卷|公务用车|公车|手机|教学楼|旧设备|闲置|涉密|样品|疫苗|密封|库存|指标|工作证|选民证|毕业证|身份证~{0,2}丢",
            r"(?:罚款|收费|费用|税款|医保|社保|学费|党费|会费|公积金)~{0,4}收缴|收缴(?:罚款|费用|党费|入库|管理|率)",
            r"法院|检察|涉案|司法机关|强制免疫(?:计划|补助|政策|疫苗|先打)|国家动物",
            r"免疫~{0,8}(?:先打|补贴)|强制(?:报废标准|检定)",
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
    guards::measure_procedure,
];

static RULE: Rule =
    Rule { power: Power::CoerciveMeasure, cues: &CUES, guards: GUARDS, message: MESSAGE, suggestion: SUGGESTION };

fn questions(draft: &Draft, settings: &Settings) -> Vec<Question> {
    RULE.questions(draft, settings)
}

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    RULE.judge(desk)
}
