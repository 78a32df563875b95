//! What an office sets for itself: which checks run, the lists of its county, limits of its province.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Settings of a review. Unknown keys are refused, so that a misspelt one is noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
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
    /// 罚款限额 of rules, by level (`departmental_rule`, `local_government_rule`), in yuan; for checks that compare with the corpus.
    pub fine_caps_yuan: BTreeMap<String, u64>,
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

impl Default for Settings {
    fn default() -> Self {
        Settings {
            off: BTreeSet::new(),
            licences: Vec::new(),
            fees: Vec::new(),
            proofs: Vec::new(),
            delegated: Vec::new(),
            fine_caps_yuan: BTreeMap::new(),
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
    }
}
