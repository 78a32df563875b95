//! Kinds of penalties and of other measures.

use serde::{Deserialize, Serialize};

/// 处罚种类: those of the Law on Administrative Penalties (行政处罚法, version of 2021-01-22, article 9), in its order, and
/// the punishments of the Criminal Law (刑法, version of 2023-12-29, articles 33 to 35).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "处罚种类")]
pub enum PenaltyKind {
    /// 警告.
    Warning,
    /// 通报批评.
    PublicCriticism,
    /// 罚款.
    Fine,
    /// 没收违法所得.
    ConfiscateGains,
    /// 没收非法财物.
    ConfiscateGoods,
    /// 罚没: fine and confiscation in one sum, as decisions give it.
    FineAndConfiscation,
    /// 暂扣许可证件.
    SuspendLicence,
    /// 降低资质等级.
    LowerQualification,
    /// 吊销许可证件.
    RevokeLicence,
    /// 限制开展生产经营活动.
    RestrictActivity,
    /// 责令停产停业.
    SuspendBusiness,
    /// 责令关闭.
    CloseDown,
    /// 限制从业.
    RestrictPractice,
    /// 取消任职资格: a kind of 限制从业 that financial law names apart.
    Disqualification,
    /// 行政拘留.
    Detention,
    /// 罚金.
    CriminalFine,
    /// 剥夺政治权利.
    DeprivePoliticalRights,
    /// 没收财产.
    ConfiscateProperty,
    /// 驱逐出境, 限期出境.
    Deportation,
    /// 管制.
    PublicSurveillance,
    /// 拘役.
    CriminalDetention,
    /// 有期徒刑.
    FixedTermImprisonment,
    /// 无期徒刑.
    LifeImprisonment,
    /// 死刑.
    DeathPenalty,
}

impl PenaltyKind {
    /// Every kind with its name in JSON and in Chinese: the one table of them, from the lightest to the gravest.
    pub const ALL: [(PenaltyKind, &'static str, &'static str); 24] = [
        (Self::Warning, "warning", "警告"),
        (Self::PublicCriticism, "public_criticism", "通报批评"),
        (Self::Fine, "fine", "罚款"),
        (Self::ConfiscateGains, "confiscate_gains", "没收违法所得"),
        (Self::ConfiscateGoods, "confiscate_goods", "没收非法财物"),
        (Self::FineAndConfiscation, "fine_and_confiscation", "罚没"),
        (Self::SuspendLicence, "suspend_licence", "暂扣许可证件"),
        (Self::LowerQualification, "lower_qualification", "降低资质等级"),
        (Self::RevokeLicence, "revoke_licence", "吊销许可证件"),
        (Self::RestrictActivity, "restrict_activity", "限制开展生产经营活动"),
        (Self::SuspendBusiness, "suspend_business", "责令停产停业"),
        (Self::CloseDown, "close_down", "责令关闭"),
        (Self::RestrictPractice, "restrict_practice", "限制从业"),
        (Self::Disqualification, "disqualification", "取消任职资格"),
        (Self::Detention, "detention", "行政拘留"),
        (Self::CriminalFine, "criminal_fine", "罚金"),
        (Self::DeprivePoliticalRights, "deprive_political_rights", "剥夺政治权利"),
        (Self::ConfiscateProperty, "confiscate_property", "没收财产"),
        (Self::Deportation, "deportation", "驱逐出境"),
        (Self::PublicSurveillance, "public_surveillance", "管制"),
        (Self::CriminalDetention, "criminal_detention", "拘役"),
        (Self::FixedTermImprisonment, "fixed_term_imprisonment", "有期徒刑"),
        (Self::LifeImprisonment, "life_imprisonment", "无期徒刑"),
        (Self::DeathPenalty, "death_penalty", "死刑"),
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// Its class by gravity: the items of article 9 (行政处罚法), then the additional and the principal punishments of criminal law.
    pub fn gravity(self) -> u8 {
        match self {
            Self::Warning | Self::PublicCriticism => 1,
            Self::Fine | Self::ConfiscateGains | Self::ConfiscateGoods | Self::FineAndConfiscation => 2,
            Self::SuspendLicence | Self::LowerQualification | Self::RevokeLicence => 3,
            Self::RestrictActivity
            | Self::SuspendBusiness
            | Self::CloseDown
            | Self::RestrictPractice
            | Self::Disqualification => 4,
            Self::Detention => 5,
            Self::CriminalFine | Self::DeprivePoliticalRights | Self::ConfiscateProperty | Self::Deportation => 6,
            Self::PublicSurveillance => 7,
            Self::CriminalDetention => 8,
            Self::FixedTermImprisonment => 9,
            Self::LifeImprisonment => 10,
            Self::DeathPenalty => 11,
        }
    }

    /// Whether it is a punishment of criminal law.
    pub fn is_criminal(self) -> bool {
        self.gravity() > 5
    }
}

/// Measures that are no penalties: orders, and what other laws attach to the same act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "责令改正")]
pub enum OrderKind {
    /// 责令改正.
    Correct,
    /// 责令限期改正.
    CorrectInTime,
    /// 责令停止违法行为.
    StopAct,
    /// 责令拆除.
    Demolish,
    /// 责令恢复原状, 采取补救措施.
    Restore,
    /// 责令退还, 赔偿, 补缴.
    Return,
    /// 取缔.
    Ban,
    /// 撤销, 注销 of a licence or registration.
    Withdraw,
    /// 处分 of officials and employees.
    Discipline,
    /// 追究刑事责任.
    CriminalLiability,
    /// Any other 责令.
    Other,
}

impl OrderKind {
    /// Every kind with its name in JSON and in Chinese: the one table of them.
    pub const ALL: [(OrderKind, &'static str, &'static str); 11] = [
        (Self::Correct, "correct", "责令改正"),
        (Self::CorrectInTime, "correct_in_time", "责令限期改正"),
        (Self::StopAct, "stop_act", "责令停止违法行为"),
        (Self::Demolish, "demolish", "责令拆除"),
        (Self::Restore, "restore", "责令恢复原状"),
        (Self::Return, "return", "责令退还"),
        (Self::Ban, "ban", "取缔"),
        (Self::Withdraw, "withdraw", "撤销"),
        (Self::Discipline, "discipline", "处分"),
        (Self::CriminalLiability, "criminal_liability", "追究刑事责任"),
        (Self::Other, "other", "其他责令"),
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}
