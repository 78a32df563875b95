//! S09 增设行政许可条件、申请材料、环节：在上位法规定的许可条件之外增加条件、材料、环节。
//!
//! # 检查什么
//!
//! 申请办理证照的人还应当具备、提交、签订、缴纳、参加的句子，以及前置条件、前置程序。
//!
//! # 依据
//!
//! - 《中华人民共和国行政许可法》第十六条第四款
//! - 《中华人民共和国行政许可法》第三十一条
//! - 《优化营商环境条例》第四十三条
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `申请办理食品经营许可证的，除法定条件外还应当提交县商务局出具的网点布局意见。`
//! - `申请零售许可证的零售店，必须与辖区内批发企业签订连锁经营协议。`
//! - `经协调小组评审通过后，才可办理营业执照。`
//! - `要求企业先完成现场核查再进行备案。`
//! - `将餐饮油烟检查合格作为办理营业执照的前置条件。`
//!
//! # 不应报
//!
//! - `不得将培训作为办理许可的前置条件。`
//! - `申请人应当提交《食品经营许可管理办法》规定的材料。`
//! - `清理各类前置审批。`
//!
//! # 例外
//!
//! - 上位法授权细化的技术标准。
//! - 转述上位法规定的条件和材料的，请写明依据。

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
    code: "S09",
    name: "增设行政许可条件、申请材料、环节",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("s09_licence_condition.rs"),
    questions,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第十六条第四款" },
    Basis::Provision { title: "中华人民共和国行政许可法", place: "第三十一条" },
    Basis::Provision { title: "优化营商环境条例", place: "第四十三条" },
    Basis::External("《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）"),
];
const MESSAGE: &str = "本句“{}”涉嫌在法定许可条件之外增加条件、材料或者环节，请核对。";
const SUGGESTION: &str = "删除法定条件之外的要求，或者写明上位法条款。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"(?:申请|办理|申领|核发|颁发|换发)#{0,30}(?:许可证|许可|审批|登记证|资质|执照|从业资格)#{0,36}(?:还应当|还须|还需|另须|同时|除~{0,20}外)~{0,10}(?:具备|提交|提供|符合|满足|签订|缴纳)",
            r"(?:申请|办理)#{0,30}(?:许可证|许可|审批|资质|执照)#{0,24}(?:必须|须|应当)~{0,24}(?:签订|缴纳|购买|加入|挂靠|参加)",
            r"(?:作为|列为|为)~{0,20}(?:办理|申请|审批|核发|登记|许可|备案|受理)?~{0,12}(?:前置|必备|必要|前提)(?:条件|程序|手续|材料)",
            r"(?:设置|设立|增设|实行|纳入)~{0,12}前置(?:条件|程序|审批|手续)",
            r"(?:通过|核验|评审|验收|审查|备案|同意|合格)~{0,6}后?[,]?~{0,6}(?:才可|方可|方能|才能|再|才予)~{0,6}办理~{0,4}(?:营业执照|工商登记|许可证|证照)",
            r"(?:违规|擅自|变相)?增设~{0,16}(?:审批|备案|许可|核查|办理)~{0,8}(?:条件|环节|程序|手续)|(?:额外|另行)(?:提供|提交|出具)",
            r"先~{1,16}(?:再|才)~{0,4}(?:办理|进行|予以)?(?:办证|发证|审批|备案)",
            r"先~{1,16}后~{1,8}(?:办证|发证|审批)",
        ],
        &[
            r"没有~{0,16}规定|取消|清理|不再|无~{0,4}前置|精简|压减|减少|后置|改革|集体(?:讨论|研究)|合法性|公众参与|决策|必经|必要程序|协议前置|学习|拨付|党",
        ],
        &[],
    )
});

static RULE: Rule = Rule {
    power: Power::LicenceCondition,
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
