//! S10 法外授权、违法委托执法、减少法定职责：授权村居、企业、协管员执法，乡镇无省级决定而处罚，或者推卸法定职责。
//!
//! # 检查什么
//!
//! 由不具备执法资格的组织或者个人行使处罚、强制、审批、查处权的句子；乡镇、街道行使处罚权、查处权的句子；不再承担法定职责的句子。
//!
//! # 依据
//!
//! - 《中华人民共和国行政处罚法》第十九条
//! - 《中华人民共和国行政处罚法》第二十条
//! - 《中华人民共和国行政处罚法》第二十一条
//! - 《中华人民共和国行政处罚法》第二十四条
//! - 《中华人民共和国行政强制法》第十七条
//! - 《中华人民共和国行政许可法》第二十四条
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `县综合执法局委托各村民委员会对乱倒垃圾行为实施行政处罚。`
//! - `由物业公司对违规停车的业主罚款。`
//! - `镇人民政府应当及时有效查处违法行为。`
//! - `授权网格员对占道经营行为进行处罚。`
//! - `社区居民委员会受县城市管理部门委托，可以对乱倒垃圾的商户作出罚款决定。`
//!
//! # 不应报
//!
//! - `村民委员会协助镇政府做好垃圾分类宣传。`
//! - `乡镇可以通过法定程序行使部分行政执法权。`
//! - `交通协管员不得从事执法行为。`
//!
//! # 例外
//!
//! - 协助、劝导、巡查、报告。
//! - 省级决定赋权乡镇、街道的；列入赋权清单（设置项 delegated）的不报。

use super::Check;
use super::powers::{Power, Rule};
use crate::review::desk::Cues;
use crate::review::finding::{Basis, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::guards;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "S10",
    name: "法外授权、违法委托执法、减少法定职责",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("s10_delegation.rs"),
    questions: |draft, settings| RULE.questions(draft, settings),
    judge: |desk| RULE.judge(desk),
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十九条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第二十条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第二十一条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第二十四条" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第十七条" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第二十四条" },
    NOTICE_ON_DOCUMENTS,
];
const MESSAGE: &str = "本句“{}”涉嫌法外授权、违法委托执法或者减少法定职责，请核对。行政处罚只能依法委托给符合条件的组织，行政强制措施权不得委托；乡镇、街道承接处罚权须有省级决定。";
const SUGGESTION: &str = "改由法定机关实施；需要委托或者赋权的，写明法律、法规、规章或者省级决定依据。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"(?:授权|委托|交由|赋予|由)~{0,24}(?:村民委员会|村委会|居民委员会|居委会|社区|物业|协会|商会|公司|企业|辅警|网格员|协管员|临时人员|社会组织|中介机构|合作社|志愿者|保安)~{0,24}(?:执法|处罚|罚款|审批|强制|收缴|查处|扣押|行使)",
            r"(?:乡镇|镇人民政府|乡\(镇\)|街道办事处|镇政府|街道办)#{0,50}(?:行使|负责|实施|承担|有权|及时)?~{0,16}(?:行使~{0,10}处罚权|实施~{0,6}行政处罚|强制拆除|行政强制|查处(?:违法|各类|辖区))",
            r"(?:村民委员会|村委会|居民委员会|居委会|社区|物业|协会|商会|公司|企业|辅警|网格员|协管员|社会组织|中介机构|合作社|志愿者|保安)~{0,8}受~{0,20}委托#{0,30}(?:处罚|罚款|审批|强制|查处|扣押)",
            r"由~{0,16}(?:协会|商会|公司|企业|社会组织|中介机构|合作社|物业)~{0,6}负责(?:受理并?)?(?:审批|审核发证|核发|行政许可)",
            r"(?:不再(?:负责|承担|履行)|不承担)~{0,20}(?:监管|职责|监督管理)",
        ],
        &[
            r"强制保险|交强险|责任强制|协助|配合|劝导|宣传|报告有关|法定程序|省人民政府决定|根据省|依法委托|上报|移交|移送|举报|协调|联合|接受~{0,6}监督",
        ],
        &[],
    )
});

static RULE: Rule = Rule {
    power: Power::Delegation,
    cues: &CUES,
    guards: &[
        guards::lead_in,
        guards::prohibition,
        guards::definition,
        guards::title,
        guards::condition,
        guards::by_law,
    ],
    own: &[],
    message: MESSAGE,
    suggestion: SUGGESTION,
};
