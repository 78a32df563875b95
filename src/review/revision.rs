//! A second draft beside the report on the first (复审): what is fixed, what is open, what is new, and what people have dismissed.

use super::finding::Finding;
use crate::text::fold::fold_str;
use serde::{Deserialize, Serialize};

/// A finding of an earlier report, as far as it is needed to know it again. Other fields of the report are not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its name.
    pub id: String,
    /// Code of its check.
    pub check: String,
    /// The clause.
    #[serde(default)]
    pub clause: String,
    /// The words.
    #[serde(default)]
    pub quote: String,
    /// What was wrong.
    #[serde(default)]
    pub message: String,
    /// Why somebody dismissed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<String>,
}

/// A finding that somebody holds to be none (排除).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    /// Name of the finding.
    pub id: String,
    /// Why.
    pub reason: String,
}

/// Where a finding stands since the earlier report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It was there before.
    Open,
    /// It was not.
    New,
}

impl State {
    /// In Chinese.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Open => "未改",
            Self::New => "新增",
        }
    }
}

/// For each finding the earlier one that it is; and the earlier ones that are gone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Revision {
    /// Places among the earlier findings, for each finding of now.
    pub earlier: Vec<Option<usize>>,
    /// Places of those that are fixed.
    pub fixed: Vec<usize>,
}

/// Holds the findings of now against earlier ones: by name, else (where a clause was given another number) by check and words.
pub fn against(earlier: &[Earlier], findings: &[Finding]) -> Revision {
    let mut taken = vec![false; earlier.len()];
    let mut found: Vec<Option<usize>> = Vec::with_capacity(findings.len());
    for finding in findings {
        found.push(take(earlier, &mut taken, |told| told.id == finding.id));
    }
    for (place, finding) in found.iter_mut().zip(findings).filter(|(place, _)| place.is_none()) {
        let words = fold_str(&finding.quote);
        *place = take(earlier, &mut taken, |told| {
            told.check == finding.check && !words.is_empty() && fold_str(&told.quote) == words
        });
    }
    let fixed = taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(at, _)| at).collect();
    Revision { earlier: found, fixed }
}

/// The first earlier finding that fits and that nothing else is.
fn take(earlier: &[Earlier], taken: &mut [bool], fits: impl Fn(&Earlier) -> bool) -> Option<usize> {
    let at = earlier.iter().zip(taken.iter()).position(|(told, taken)| !*taken && fits(told))?;
    taken[at] = true;
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{Answers, Draft, Given, Settings, review};

    fn findings(text: &str) -> Vec<Finding> {
        let settings = Settings::default();
        review(&Draft::read(text, &Given::default()), &Answers::default(), &settings).findings
    }

    fn told(finding: &Finding) -> Earlier {
        Earlier {
            id: finding.id.clone(),
            check: finding.check.to_string(),
            clause: finding.clause.clone(),
            quote: finding.quote.clone(),
            message: finding.message.clone(),
            dismissed: None,
        }
    }

    #[test]
    fn what_is_fixed_open_and_new() {
        let first = findings("第一条　违反本办法的，处500元罚款。\n第二条　本办法由县渡口协会负责解释。");
        let earlier: Vec<Earlier> = first.iter().map(told).collect();
        let same = against(&earlier, &first);
        assert!(same.fixed.is_empty() && same.earlier.iter().all(Option::is_some));
        // The fine is gone, and the other clause has another number.
        let second =
            findings("第一条　为了渡口安全。\n第三条　本办法由县渡口协会负责解释。\n第四条　未登记的，处300元罚款。");
        let now = against(&earlier, &second);
        let codes = |places: &[usize]| -> Vec<&str> { places.iter().map(|at| earlier[*at].check.as_str()).collect() };
        assert!(codes(&now.fixed).contains(&"S01"));
        for (finding, earlier) in second.iter().zip(&now.earlier) {
            assert_eq!(earlier.is_some(), finding.check == "D05", "{finding:?}");
        }
    }
}
