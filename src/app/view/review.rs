//! What the journey of legality review answers.

use super::{InstrumentHead, Range};
use crate::law::AuthorityLevel;
use crate::review::{Confidence, Earlier, Evidence, Severity, State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The report on a draft. The same draft, day, settings and corpus give the same report, byte for byte.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewPage {
    /// What was found, in the order of the draft.
    pub findings: Vec<FindingView>,
    /// Title of the draft as given or read.
    pub title: Option<String>,
    /// Who makes it.
    pub issuer: Option<String>,
    /// Its level.
    pub level: AuthorityLevel,
    /// Region code of its issuer.
    pub region: Option<String>,
    /// The day from which it is to apply, else the day written in it.
    pub date: Option<Date>,
    /// The day on which the law was looked at.
    pub as_of: Date,
    /// Newest date of a version in the corpus: what is later is not known.
    pub known_to: Option<Date>,
    /// Sentences of the draft.
    pub sentences: u64,
    /// Citations of the draft.
    pub citations: u64,
    /// How many findings of each severity, without those that are dismissed.
    #[serde(skip_deserializing)]
    pub counts: BTreeMap<&'static str, u64>,
    /// Findings of the earlier report that are gone, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Vec<Earlier>>,
    /// Clauses beside superior law, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Vec<ClauseView>>,
    /// What was given and came to nothing: dismissals of findings that are not among these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Whether the fictional sample answered.
    pub sample: bool,
}

/// A finding (审查发现).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingView {
    /// Stable name.
    pub id: String,
    /// Code of the check.
    pub check: Cow<'static, str>,
    /// How much is at stake.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// Whether it is a conclusion; otherwise 涉嫌, 请核对.
    pub certain: bool,
    /// Code points of the draft.
    pub span: Range,
    /// The clause: 第五条第二款.
    pub clause: String,
    /// The words.
    pub quote: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do, in Chinese.
    pub suggestion: Cow<'static, str>,
    /// Provisions that show it, then those on which the check rests.
    pub basis: Vec<BasisView>,
    /// Whether the earlier report has it, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Why somebody dismissed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<String>,
    /// What somebody noted who accepted it; empty without a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
}

/// The report on a penalty decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionPage {
    /// What was found, in the order of the text.
    pub findings: Vec<FindingView>,
    /// What kind of text it is: `ordinary`, `spot`, or `abstract`, of which nothing can be said to lack.
    pub form: &'static str,
    /// Who decided.
    pub authority: Option<String>,
    /// Number of the decision.
    pub number: Option<String>,
    /// The day of the act, or by which it was done.
    pub acted_on: Option<Date>,
    /// The day of the decision.
    pub decided_on: Option<Date>,
    /// Newest date of a version in the corpus.
    pub known_to: Option<Date>,
    /// How many findings of each severity.
    pub counts: BTreeMap<&'static str, u64>,
    /// Whether the fictional sample answered.
    pub sample: bool,
}

/// A clause of a draft beside superior law.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClauseView {
    /// 第五条.
    pub clause: String,
    /// Code points of the draft.
    pub span: Range,
    /// Provisions on the same matter, most alike first.
    pub superior: Vec<BesideView>,
}

/// A provision of superior law beside a clause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BesideView {
    /// The provision.
    pub basis: BasisView,
    /// How alike the two are, from 0 to 1.
    pub likeness: f64,
    /// In what they differ, in Chinese.
    pub differences: Vec<String>,
}

/// A provision that shows a finding. What the corpus does not hold has neither version nor text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BasisView {
    /// Title, or the document as people cite it.
    pub title: String,
    /// Version key.
    pub version: String,
    /// 第十六条.
    pub article: String,
    /// Its words.
    pub text: String,
}

impl BasisView {
    /// Nothing but a name.
    pub fn named(title: &str) -> BasisView {
        BasisView { title: title.to_string(), version: String::new(), article: String::new(), text: String::new() }
    }

    /// Its version as people call it: the day, where one is known.
    pub fn edition(&self) -> &str {
        let key = self.version.rsplit('@').next().unwrap_or_default();
        match key.get(..10).filter(|day| day.parse::<Date>().is_ok()) {
            Some(day) => day,
            None if key.is_empty() => "库中没有",
            None => "版本日期未见",
        }
    }

    /// Its words in one line without the label with which they begin, at most `most` characters; marked where they are cut.
    pub fn words(&self, most: usize) -> String {
        let flat: String = self.text.split_whitespace().collect();
        let label = self.article.split_inclusive('条').next().unwrap_or_default();
        let bare = flat.strip_prefix(label).filter(|_| label.ends_with('条')).unwrap_or(&flat);
        let words: String = bare.chars().take(most).collect();
        if words.len() < bare.len() { format!("{words}……（节录）") } else { words }
    }

    /// A provision of the corpus.
    pub fn of(evidence: &Evidence) -> BasisView {
        let Evidence { title, version, article, text } = evidence.clone();
        BasisView { title, version, article, text }
    }
}

/// A check, as it is listed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckView {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// How grave its findings are as a rule.
    pub severity: Severity,
    /// On what it rests.
    pub basis: Vec<String>,
    /// The first line of its manual.
    pub summary: String,
    /// 检查什么, 依据, 应报, 不应报, 例外, each with its lines.
    pub sections: Vec<(String, Vec<String>)>,
}

/// The sweep over the normative documents in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweepPage {
    /// The day on which the law was looked at.
    pub as_of: Date,
    /// Newest date of a version in the corpus.
    pub known_to: Option<Date>,
    /// Up to where the journal was read: an incremental sweep goes on from here.
    pub cursor: String,
    /// Digest of what was asked for: another question is no continuation.
    pub asked: String,
    /// Documents that were reviewed or have run out.
    pub documents: u64,
    /// Those of them that this sweep looked at; the others are as an earlier one found them.
    pub looked_at: u64,
    /// Findings above information.
    pub findings: u64,
    /// Documents with something to clean up.
    pub items: Vec<SweepItem>,
    /// Whether the fictional sample answered.
    pub sample: bool,
}

/// An earlier sweep, as far as it is carried on. Other fields of it are not read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct EarlierSweep {
    /// The day on which the law was looked at.
    pub as_of: Date,
    /// Up to where the journal was read.
    pub cursor: String,
    /// Digest of what was asked for.
    pub asked: String,
    /// What it found.
    pub items: Vec<EarlierItem>,
}

/// A document of an earlier sweep.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct EarlierItem {
    /// The document.
    pub instrument: EarlierHead,
    /// Its version.
    pub version: String,
    /// Whether its period of validity had ended.
    pub expired: bool,
    /// What was found.
    pub findings: Vec<FindingView>,
}

/// The id of a document of an earlier sweep.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct EarlierHead {
    /// Instrument id.
    pub id: String,
}

/// A document with something to clean up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweepItem {
    /// The document.
    pub instrument: InstrumentHead,
    /// Its version.
    pub version: String,
    /// Whether its period of validity has ended.
    pub expired: bool,
    /// What was found, above information; spans count code points of its text without the title.
    pub findings: Vec<FindingView>,
}
