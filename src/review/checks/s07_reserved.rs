//! S07 规定法律保留事项：规定税收、人身自由、征收征用、民事和诉讼仲裁基本制度等只能由法律规定的事项。
//!
//! # 检查什么
//!
//! 减免、返还税收，限制人身自由，无偿收回或者征用财产，强制以审计结论结算，剥夺诉权的句子。
//!
//! # 依据
//!
//! - 《中华人民共和国立法法》第十一条
//! - 《中华人民共和国税收征收管理法》第三条
//! - 《中华人民共和国行政处罚法》第十条
//! - 《中华人民共和国行政强制法》第十条
//!
//! # 应报
//!
//! - `对新注册企业自当月起给予6个月的税费减免优惠。`
//! - `新办企业的房产税免征三年。`
//! - `对入园企业三年内免征土地使用税。`
//! - `建设单位应当在合同中约定，以审计结果作为工程竣工结算的依据。`
//! - `镇政府可以无偿收回闲置的宅基地。`
//! - `本处理决定为终局决定，当事人不得提起诉讼。`
//!
//! # 不应报
//!
//! - `严格落实国家各项减税降费政策。`
//! - `发包人与承包人可以约定结算方式。`
//! - `依法享受国家规定的税收优惠。`
//! - `国家征收、征用林地的，当事人签订确认书。`
//!
//! # 例外
//!
//! - 转述国家减税政策。
//! - 合同当事人自愿约定。

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
    code: "S07",
    name: "规定法律保留事项",
    severity: Severity::High,
    basis: BASIS,
    manual: include_str!("s07_reserved.rs"),
    questions,
    judge,
};

const BASIS: &[Basis] = &[
    Basis::Provision { title: "中华人民共和国立法法", place: "第十一条" },
    Basis::Provision { title: "中华人民共和国税收征收管理法", place: "第三条" },
    Basis::Provision { title: "中华人民共和国行政处罚法", place: "第十条" },
    Basis::Provision { title: "中华人民共和国行政强制法", place: "第十条" },
];
const MESSAGE: &str = "本句规定“{}”，涉嫌涉及只能制定法律的事项，请核对。规范性文件无权规定。";
const SUGGESTION: &str = "删除，或者改为“按照法律、行政法规的规定执行”。";

/// Cues.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        &[
            r"(?:限制人身自由|行政拘留|拘禁|收容教育|劳动教养)~{0,20}",
            r"(?:返还|先征后返|即征即退|退还|核定征收|缓征|停征)~{0,20}(?:税费|税款|税收|增值税|所得税|契税|房产税|土地使用税)",
            r"(?:给予|实行|予以|自~{2,20})~{0,16}(?:税费|税款|税收|增值税|所得税|房产税|契税)~{0,8}(?:减免|优惠|免征|减征)|(?:给予|予以)~{0,10}(?:减征|免征|减免)~{0,8}税|(?:税款|税收|增值税|所得税|房产税|契税)~{0,16}(?:返还|先征后返|即征即退|退还)",
            r"税~{0,10}(?:免征|减征|减半征收|减免|全免|免缴)~{0,6}<数>(?:年|个月)|<数>(?:年|个月)之?内~{0,6}(?:免征|减征|免缴|减免|减半征收)~{0,20}税|(?:免征|减征|减免|免缴)<数>(?:年|个月)~{0,10}税",
            r"(?:以|将|按|作为)~{0,16}(?:审计|财政评审|财政投资评审|决算审计)(?:结果|结论|报告|审定)~{0,24}(?:结算|工程款|付款|支付)~{0,8}(?:依据|为准)",
            r"(?:无偿征用|征用|无偿收回|无偿征收|强制征收|直接收回|无偿拆除)~{0,14}(?:土地|房屋|林地|财产|物资|承包地|宅基地|使用权)",
            r"终局(?:决定|裁决)|不得(?:再)?(?:起诉|提起~{0,4}诉讼|申请~{0,4}复议|主张权利)",
        ],
        &[
            r"劳动教养(?:人员|机构|正在)|国家(?:征收|征用)|征收、征用|征用或者占用|征用、使用|税收返还(?:和|、)|构成行政拘留|按照国家|国家(?:规定|有关|统一|出台)|落实|税收法律|享受国家|国家税收|法律(?:规定|、)|人民法院|仲裁裁决|行政拘留(?:的|处罚的)|自愿|可以约定|出口退税|依法",
        ],
        &[],
    )
});

static RULE: Rule = Rule {
    power: Power::Reserved,
    cues: &CUES,
    guards: &[
        guards::lead_in,
        guards::prohibition,
        guards::definition,
        guards::title,
        guards::condition,
        guards::reference,
    ],
    message: MESSAGE,
    suggestion: SUGGESTION,
};

fn questions(draft: &Draft, settings: &Settings) -> Vec<Question> {
    RULE.questions(draft, settings)
}

fn judge(desk: &mut Desk<'_>) -> Vec<Found> {
    RULE.judge(desk)
}
