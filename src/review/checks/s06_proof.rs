//! S06 无依据设定证明事项：要求提交没有法律、法规、国务院决定依据的证明、同意书、介绍信。
//!
//! # 检查什么
//!
//! 要求办事人提交、出具、取得证明材料的句子。
//!
//! # 依据
//!
//! - 《优化营商环境条例》第四十四条
//! - 《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）
//!
//! # 应报
//!
//! - `申请临时救助的，应当提交村委会出具的贫困证明和派出所出具的无犯罪记录证明。`
//! - `申请人须提供未婚证明、居住证明各一份。`
//! - `办理变更的，应当提交原单位同意书。`
//!
//! # 不应报
//!
//! - `推行告知承诺制，不再要求申请人提交证明材料。`
//! - `证明事项应当有法律、法规或者国务院决定依据。`
//! - `申请人应当提交身份证明和营业执照。`
//! - `对村委会出具的证明一律不予认可。`
//!
//! # 例外
//!
//! - 身份证件、执照、产权证书、学历和资格证书、发票等法定证照和凭证。
//! - 取消证明、告知承诺、免于提交的句子。
//! - 列入证明事项保留清单（设置项 proofs）的，只提示核对。

use super::Check;
use super::powers::{Power, Rule};
use crate::review::desk::Cues;
use crate::review::finding::{Basis, NOTICE_ON_DOCUMENTS, Severity};
use crate::review::guards;
use std::sync::LazyLock;

/// The check.
pub static CHECK: Check = Check {
    code: "S06",
    name: "无依据设定证明事项",
    severity: Severity::Medium,
    basis: BASIS,
    manual: include_str!("s06_proof.rs"),
    questions: |draft, settings| RULE.questions(draft, settings),
    judge: |desk| RULE.judge(desk),
};

const BASIS: &[Basis] = &[Basis::Provision { title: "优化营商环境条例", place: "第四十四条" }, NOTICE_ON_DOCUMENTS];
const MESSAGE: &str = "本句要求提交“{}”，请核对该证明事项是否有法律、法规或者国务院决定依据，是否列入证明事项清单。";
const SUGGESTION: &str = "没有依据的，删除；可以改为告知承诺或者部门间核查。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"(?:提交|提供|出具|开具|持|附|取得|出示)~{0,36}(?:证明(?:材料|书|文件)?|同意书|介绍信|公证书|无犯罪记录|无违法记录)",
        ],
        &[
            r"身份证明|营业执照|法定代表人身份|授权委托|产权证明|缴费凭证|发票|学历|资格证书|证明(?:事项|标准|责任|力|对象)|可以|免于|再要求|无需|无须|取消|告知承诺|完税证明|业绩|得<数>分|复印件|获奖|资质证明|检疫|检验|权属|专利|变更证明|相关证明|相应证明|合法证明|住所",
        ],
        &[],
    )
});

static RULE: Rule = Rule {
    power: Power::Proof,
    cues: &CUES,
    guards: guards::OF_DUTIES,
    own: &[guards::relieved],
    message: MESSAGE,
    suggestion: SUGGESTION,
};
