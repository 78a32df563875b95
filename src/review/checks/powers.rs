//! Which level may set what (设定权): the matrix behind the checks of the S family, and the lists of a county.

use crate::law::kind::AuthorityLevel;
use crate::review::desk::{Desk, Hit};
use crate::review::finding::{Confidence, Found, Severity};
use crate::review::settings::Settings;

/// A power that is reserved to some levels (设定权).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// 行政处罚.
    Penalty,
    /// 行政许可.
    Licence,
    /// 行政强制措施.
    CoerciveMeasure,
    /// 行政强制执行.
    CoerciveExecution,
    /// 收费、基金、保证金.
    Fee,
    /// 证明事项.
    Proof,
    /// 法律保留事项.
    Reserved,
    /// 减损权利、增加义务.
    Right,
    /// 许可条件.
    LicenceCondition,
    /// 执法权的授予和委托.
    Delegation,
    /// 中介服务.
    Intermediary,
}

/// What a level may do with a power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may not set it.
    Forbidden,
    /// It may, in limits that the words alone do not show.
    Limited,
    /// It may.
    Allowed,
}

/// What a level may set, as the laws on legislation, penalties, licences and coercion have it; `words` tell the kind.
pub fn standing(level: AuthorityLevel, power: Power, words: &str) -> Standing {
    use AuthorityLevel as Level;
    match level {
        Level::NormativeDocument => Standing::Forbidden,
        Level::DepartmentalRule | Level::LocalGovernmentRule => of_rule(power, words),
        Level::LocalRegulation
        | Level::AutonomousRegulation
        | Level::SeparateRegulation
        | Level::SpecialEconomicZoneRegulation => of_local_regulation(power, words),
        Level::AdministrativeRegulation | Level::SupervisionRegulation => match power {
            Power::Penalty if words.contains("拘留") => Standing::Forbidden,
            Power::Reserved => Standing::Forbidden,
            _ => Standing::Allowed,
        },
        Level::Constitution | Level::Law | Level::JudicialInterpretation => Standing::Allowed,
    }
}

/// 规章: warnings and fines within limits; of other penalties and of licences only the details.
fn of_rule(power: Power, words: &str) -> Standing {
    match power {
        Power::Penalty if words.contains("拘留") => Standing::Forbidden,
        Power::Penalty
            if ["没收", "吊销", "暂扣", "停产", "停业", "关闭", "资格"].iter().any(|kind| words.contains(kind)) =>
        {
            Standing::Limited
        }
        Power::Penalty => Standing::Allowed,
        Power::CoerciveMeasure | Power::CoerciveExecution | Power::Proof | Power::Reserved | Power::Intermediary => {
            Standing::Forbidden
        }
        Power::Licence | Power::Fee | Power::Right | Power::LicenceCondition | Power::Delegation => Standing::Limited,
    }
}

/// 地方性法规: no detention, no revoking of business licences, no freezing, no execution of its own.
fn of_local_regulation(power: Power, words: &str) -> Standing {
    match power {
        Power::Penalty if words.contains("拘留") || words.contains("营业执照") => Standing::Forbidden,
        Power::CoerciveMeasure if words.contains("冻结") || words.contains("强制") => Standing::Forbidden,
        Power::Reserved => Standing::Forbidden,
        _ => Standing::Allowed,
    }
}

/// Findings for cues, by the level of the draft and the lists of the county.
pub fn found(desk: &Desk<'_>, hits: &[Hit], power: Power, message: &str, suggestion: &'static str) -> Vec<Found> {
    let one = |hit: &Hit| {
        let sentence = desk.draft.sentences.get(hit.sentence)?;
        let standing = standing(desk.draft.level, power, &sentence.text);
        let mut found = desk.found(hit, message, suggestion);
        match standing {
            Standing::Allowed => return None,
            Standing::Limited => {
                found.severity = found.severity.max(Some(Severity::Medium));
                found.confidence = Confidence::Low;
                found.message.push_str("（草案为规章：只能在上位法规定的范围内作出具体规定。）");
            }
            Standing::Forbidden => {}
        }
        if let Some(listed) = listed(desk.settings, power).iter().find(|name| sentence.folded().contains(name.as_str()))
        {
            found.severity = Some(Severity::Info);
            found.message.push_str(&format!("（“{listed}”已列入本地清单，请核对依据是否一致。）"));
        }
        Some(found)
    };
    hits.iter().filter_map(one).collect()
}

/// The list of a county that concerns a power.
fn listed(settings: &Settings, power: Power) -> &[String] {
    match power {
        Power::Licence | Power::LicenceCondition => &settings.licences,
        Power::Fee => &settings.fees,
        Power::Proof => &settings.proofs,
        Power::Delegation => &settings.delegated,
        _ => &[],
    }
}
