//! The one table of each closed list: value, name in JSON, Chinese.

use super::{Domain, Outcome, PartyKind, SectionKind, Tier};

/// A value of a closed list (裁量档次, 结果, 当事人类型, 执法领域).
pub trait Listed: Copy + PartialEq + 'static {
    /// Every value with its name in JSON and in Chinese, in the order in which people expect them.
    const ALL: &'static [(Self, &'static str, &'static str)];

    /// The row of a value.
    fn row(self) -> &'static (Self, &'static str, &'static str) {
        Self::ALL.iter().find(|row| row.0 == self).unwrap_or(&Self::ALL[0])
    }

    /// The name in JSON.
    fn name(self) -> &'static str {
        self.row().1
    }

    /// The Chinese name.
    fn chinese(self) -> &'static str {
        self.row().2
    }
}

impl Listed for Tier {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::NoPenalty, "no_penalty", "不予处罚"),
        (Self::Reduced, "reduced", "减轻处罚"),
        (Self::Lighter, "lighter", "从轻处罚"),
        (Self::Ordinary, "ordinary", "一般处罚"),
        (Self::Heavier, "heavier", "从重处罚"),
        (Self::Slight, "slight", "违法程度轻微"),
        (Self::Minor, "minor", "违法程度较轻"),
        (Self::Middling, "middling", "违法程度一般"),
        (Self::Grave, "grave", "违法程度较重"),
        (Self::Severe, "severe", "违法程度严重"),
    ];
}

impl Listed for SectionKind {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Facts, "facts", "事实"),
        (Self::Evidence, "evidence", "证据"),
        (Self::Defence, "defence", "陈述申辩、答辩"),
        (Self::Reasons, "reasons", "理由"),
        (Self::Basis, "basis", "依据"),
        (Self::Result, "result", "结果"),
    ];
}

impl Listed for PartyKind {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Organisation, "organisation", "单位"),
        (Self::IndividualBusiness, "individual_business", "个体工商户"),
        (Self::Individual, "individual", "个人"),
        (Self::Unknown, "unknown", "未载明"),
    ];
}

impl Listed for Outcome {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Penalised, "penalised", "给予处罚"),
        (Self::NotPenalised, "not_penalised", "不予处罚"),
        (Self::Upheld, "upheld", "维持"),
        (Self::Revoked, "revoked", "撤销"),
        (Self::Varied, "varied", "变更"),
        (Self::Dismissed, "dismissed", "驳回"),
        (Self::ConfirmedUnlawful, "confirmed_unlawful", "确认违法"),
        (Self::OrderedToAct, "ordered_to_act", "责令履行"),
        (Self::Granted, "granted", "支持请求"),
        (Self::Convicted, "convicted", "判处刑罚"),
        (Self::Acquitted, "acquitted", "宣告无罪"),
        (Self::Rectified, "rectified", "已整改"),
        (Self::ToBeRectified, "to_be_rectified", "责令整改"),
        (Self::Withdrawn, "withdrawn", "撤诉、撤回"),
        (Self::Settled, "settled", "调解、和解"),
    ];
}

impl Listed for Domain {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Food, "food", "食品"),
        (Self::Drugs, "drugs", "药品、医疗器械、化妆品"),
        (Self::Advertising, "advertising", "广告"),
        (Self::Prices, "prices", "价格"),
        (Self::Competition, "competition", "公平竞争、反垄断"),
        (Self::MarketRegulation, "market_regulation", "市场监管"),
        (Self::UrbanManagement, "urban_management", "城市管理"),
        (Self::Transport, "transport", "交通运输"),
        (Self::Environment, "environment", "生态环境"),
        (Self::Safety, "safety", "应急、安全生产"),
        (Self::Fire, "fire", "消防"),
        (Self::Agriculture, "agriculture", "农业农村"),
        (Self::Culture, "culture", "文化、旅游、出版"),
        (Self::Health, "health", "卫生健康"),
        (Self::Finance, "finance", "金融"),
        (Self::Tax, "tax", "税务"),
        (Self::LandAndConstruction, "land_and_construction", "自然资源、住房建设"),
        (Self::Labour, "labour", "人力资源、劳动"),
        (Self::Education, "education", "教育"),
        (Self::PublicSecurity, "public_security", "公安"),
        (Self::Customs, "customs", "海关"),
        (Self::Water, "water", "水利"),
        (Self::Forestry, "forestry", "林业草原"),
        (Self::MedicalInsurance, "medical_insurance", "医疗保障"),
        (Self::Tobacco, "tobacco", "烟草"),
        (Self::Criminal, "criminal", "刑事"),
        (Self::Civil, "civil", "民事"),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    fn named_as_in_json<T: Listed + Serialize>() {
        for (value, name, _) in T::ALL {
            assert_eq!(serde_json::to_value(value).unwrap(), *name);
        }
    }

    #[test]
    fn names_are_those_of_json() {
        named_as_in_json::<SectionKind>();
        named_as_in_json::<Tier>();
        named_as_in_json::<PartyKind>();
        named_as_in_json::<Outcome>();
        named_as_in_json::<Domain>();
    }
}
