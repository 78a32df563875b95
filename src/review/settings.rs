//! What an office sets for itself: which checks run, the lists of its county, limits of its province.

use super::checks::CHECKS;
use super::decision::DECISION_CHECKS;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Settings of a review. Unknown keys are refused, so that a misspelt one is noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, remote = "Self")]
pub struct Settings {
    /// Codes of checks that do not run.
    pub off: BTreeSet<String>,
    /// 行政许可事项清单: names of licences that superior law has set; S02 and S09 then only remind.
    pub licences: Vec<String>,
    /// 收费目录清单: names of fees, funds and deposits that are allowed (S05).
    pub fees: Vec<String>,
    /// 证明事项保留清单: proofs that may be asked for (S06).
    pub proofs: Vec<String>,
    /// 赋权清单: towns and streets that may punish, by name (S10).
    pub delegated: Vec<String>,
    /// 罚款限额 of rules, by level (`departmental_rule`, `local_government_rule`), in yuan (S01); none is assumed.
    pub fine_caps_yuan: BTreeMap<String, u64>,
    /// From which fine of a person on its hearing must be offered (较大数额罚款, P08), in yuan. The default is that of
    /// 市场监督管理行政处罚听证办法, article 5.
    pub large_fine_person_yuan: u64,
    /// The same of an organisation.
    pub large_fine_unit_yuan: u64,
    /// 有效期上限 in years (D03); `None` where the province sets none.
    pub validity_years_max: Option<u64>,
    /// 暂行、试行的有效期上限 in years (D03).
    pub trial_years_max: Option<u64>,
    /// Whether a draft without any period of validity is reported (D03): only some provinces ask for one.
    pub validity_required: bool,
    /// Materials that go with the draft (D11); `None` if nobody said.
    pub materials: Option<Vec<String>>,
    /// Steps that one check may take: bytes of sentences times patterns tried on them.
    pub steps_max: u64,
}

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Settings::serialize(self, serializer)
    }
}

/// By hand: serde reads a list as fields in their order, and cannot know the codes.
impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Settings, D::Error> {
        deserializer.deserialize_any(Object)
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Settings;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("审查设置（JSON 对象）")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Settings, A::Error> {
        Err(A::Error::custom("审查设置应当是 JSON 对象，不能是数组"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Settings, A::Error> {
        let settings = Settings::deserialize(MapAccessDeserializer::new(map))?;
        if let Some(code) = settings.off.iter().find(|code| !is_check(code)) {
            return Err(A::Error::custom(format!("设置项 off 中的“{code}”不是审查规则的代码")));
        }
        if let Some(name) = settings.fine_caps_yuan.keys().find(|name| !CAPPED.contains(&name.as_str())) {
            let known = CAPPED.join("、");
            return Err(A::Error::custom(format!("设置项 fine_caps_yuan 中的“{name}”不是规章的位阶；可写 {known}")));
        }
        Ok(settings)
    }
}

/// The levels whose fines are limited: 行政处罚法（2021年修订）第十三条、第十四条.
const CAPPED: [&str; 2] = ["departmental_rule", "local_government_rule"];

/// Whether it is the code of a check of drafts or of decisions.
fn is_check(code: &str) -> bool {
    CHECKS.iter().any(|check| check.code == code) || DECISION_CHECKS.iter().any(|check| check.code == code)
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            off: BTreeSet::new(),
            licences: Vec::new(),
            fees: Vec::new(),
            proofs: Vec::new(),
            delegated: Vec::new(),
            fine_caps_yuan: BTreeMap::new(),
            large_fine_person_yuan: 10_000,
            large_fine_unit_yuan: 100_000,
            validity_years_max: Some(5),
            trial_years_max: Some(2),
            validity_required: false,
            materials: None,
            steps_max: 200_000_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_refused() {
        let read = |json: &str| serde_json::from_str::<Settings>(json);
        assert_eq!(read("{}").unwrap(), Settings::default());
        assert_eq!(read(r#"{"off":["F05"]}"#).unwrap().off.len(), 1);
        assert!(read(r#"{"offf":["F05"]}"#).is_err());
        let told = |json: &str| crate::text::json::fault(&read(json).unwrap_err());
        assert!(told("[]").contains("不能是数组"), "{}", told("[]"));
        assert!(told(r#"{"off":["F05","F99"]}"#).starts_with("设置项 off 中的“F99”"));
        assert!(told(r#"{"fine_caps_yuan":{"law":1}}"#).starts_with("设置项 fine_caps_yuan 中的“law”"));
        assert!(told(r#"{"offf":[]}"#).starts_with("没有字段 offf"));
        let written = serde_json::to_string(&Settings::default()).unwrap();
        assert_eq!(read(&written).unwrap(), Settings::default());
    }

    #[test]
    fn the_documentation_names_every_key() {
        let serde_json::Value::Object(keys) = serde_json::to_value(Settings::default()).unwrap() else { panic!() };
        let told = include_str!("../../docs/review.md");
        for key in keys.keys() {
            assert!(told.contains(&format!("| `{key}` |")), "{key}");
        }
    }
}
