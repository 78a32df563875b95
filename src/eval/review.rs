//! Legality review: is every labelled conflict found, and is nothing found in what is clean?
//!
//! Two formats: rows with `draft_text` and `expected_findings` (an expectation with `"decidable": false` is reported, not gated), and
//! rows of fair-competition review with `facts` and `detail`, of which the longest quotation must get a finding of the family F or S.

mod generate;
mod lawful;
mod pairs;

use super::rows::{read, stem};
use crate::app::{AppError, Asker, AuthorityLevel, Faju, ReviewRequest, is_grave};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Shortest quotation that is a clause, in characters.
const QUOTED_MIN: usize = 10;
/// Characters of a draft that an error shows.
const SHOWN: usize = 60;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Report {
    /// One for each file.
    pub sets: Vec<Set>,
    /// Of lawful texts, if any were drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lawful: Option<Lawful>,
    /// Penalty clauses of subordinate texts that go beyond superior law, if any were drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pairs: Option<Vec<Pair>>,
}

/// A penalty clause beside that of superior law from which it deviates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// `{instrument}@{version}` of the subordinate text.
    pub version: String,
    /// Its title.
    pub title: String,
    /// 第五条第二款.
    pub clause: String,
    /// Code point of the text where the clause begins.
    pub at: u64,
    /// Its words.
    pub quote: String,
    /// Whether it is reported as a conclusion.
    pub certain: bool,
    /// Title of the superior text.
    pub superior: String,
    /// 第六十八条.
    pub article: String,
    /// What is reported.
    pub message: String,
}

/// A file of labelled drafts.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Set {
    /// Stem of the file.
    pub name: String,
    /// Per check: found where expected, found in clean rows, expected and not found. Of conflicts `FS`: found, and not.
    pub checks: BTreeMap<String, Counts>,
    /// Decidable expectations that were found.
    pub decidable_found: u64,
    /// Decidable expectations.
    pub decidable: u64,
    /// Sentences in which nothing is expected.
    pub clean: u64,
    /// Those of them with a finding above information.
    pub clean_with_finding: u64,
    /// Expectations that text and corpus cannot decide and that were found all the same.
    pub undecidable_found: u64,
    /// Expectations that text and corpus cannot decide.
    pub undecidable: u64,
    /// Rows of fair-competition review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflicts: Option<Conflicts>,
    /// What was missed or wrongly found, one a line.
    pub errors: Vec<String>,
}

/// Findings of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Found where it is expected.
    pub tp: u64,
    /// Found where nothing is expected.
    pub fp: u64,
    /// Not found where it is expected.
    #[serde(rename = "fn")]
    pub missed: u64,
}

/// Real conflicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Conflicts {
    /// Rows with a quotation.
    pub quoted: u64,
    /// Those of them with a finding.
    pub quoted_found: u64,
    /// Rows that only describe the clause.
    pub described: u64,
    /// Those of them with a finding.
    pub described_found: u64,
}

/// What the checks of fair competition find in legislation in force.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Lawful {
    /// Texts.
    pub documents: u64,
    /// Their articles.
    pub articles: u64,
    /// Findings above information.
    pub findings: u64,
    /// The same by check.
    pub checks: BTreeMap<String, u64>,
    /// Each with its text, clause and words.
    pub errors: Vec<String>,
}

impl Lawful {
    fn and(mut self, other: Lawful) -> Lawful {
        self.documents += other.documents;
        self.articles += other.articles;
        self.findings += other.findings;
        for (check, count) in other.checks {
            *self.checks.entry(check).or_default() += count;
        }
        self.errors.extend(other.errors);
        self
    }

    /// Findings in a thousand articles.
    #[allow(clippy::cast_precision_loss)]
    pub fn per_thousand(&self) -> f64 {
        self.findings as f64 * 1000.0 / (self.articles.max(1)) as f64
    }
}

/// A row of either format.
#[derive(Debug, Clone, Default, Deserialize)]
struct Row {
    #[serde(default)]
    id: String,
    draft_text: Option<String>,
    draft_level: Option<String>,
    draft_date: Option<String>,
    #[serde(default)]
    expected_findings: Vec<Expected>,
    facts: Option<String>,
    detail: Option<String>,
    organ: Option<String>,
    issuer: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Expected {
    rule: String,
    #[serde(default = "yes")]
    decidable: bool,
}

fn yes() -> bool {
    true
}

/// Measures on files.
pub fn files(app: &Faju, paths: &[PathBuf], asker: &Asker) -> Result<Report, AppError> {
    // The graph is made on all cores under a lock, for which no core may wait inside a parallel loop.
    app.warm(asker)?;
    let sets: Result<Vec<Set>, AppError> = paths.iter().map(|path| file(app, path, asker)).collect();
    Ok(Report { sets: sets?, lawful: None, pairs: None })
}

/// Measures on drafts that are made from the corpus: only the checks on which every one of them is labelled.
pub fn generated(app: &Faju, seed: u64, count: usize, asker: &Asker) -> Result<Set, AppError> {
    app.warm(asker)?;
    let rows = generate::rows(app, seed, count, asker)?;
    let found: Result<Vec<BTreeSet<String>>, AppError> = rows.par_iter().map(|row| findings(app, row, asker)).collect();
    let mut set = Set { name: "generated".to_string(), ..Set::default() };
    for (row, mut found) in rows.iter().zip(found?) {
        let shown: String = row.draft_text.iter().flat_map(|text| text.chars()).take(SHOWN).collect();
        found.retain(|code| generate::is_measured(&row.id, code));
        let before = set.errors.len();
        set.labelled(row, &found);
        // Here a check that finds something else than expected is wrong too.
        let expected = |code: &&String| row.expected_findings.iter().any(|one| one.rule == **code);
        for code in found.iter().filter(|code| !row.expected_findings.is_empty() && !expected(code)) {
            set.checks.entry(code.clone()).or_default().fp += 1;
            set.errors.push(format!("误报 {} {code}", row.id));
        }
        let told = set.errors.len();
        set.errors[before..told].iter_mut().for_each(|error| error.push_str(&format!(" {shown}")));
    }
    Ok(set)
}

/// Measures the noise of fair competition on `count` texts of legislation in force.
pub fn lawful(app: &Faju, seed: u64, count: usize, asker: &Asker) -> Result<Lawful, AppError> {
    app.warm(asker)?;
    lawful::measure(app, seed, count, asker)
}

/// What the comparison of fines reports in `count` subordinate texts in force.
pub fn pairs(app: &Faju, seed: u64, count: usize, asker: &Asker) -> Result<Vec<Pair>, AppError> {
    app.warm(asker)?;
    pairs::measure(app, seed, count, asker)
}

fn file(app: &Faju, path: &Path, asker: &Asker) -> Result<Set, AppError> {
    let mut rows: Vec<(u64, Row)> = read(path)?;
    // Some conflicts have neither a quotation nor a description.
    rows.retain(|(_, row)| row.draft_text.is_some() || clause(row).0.chars().any(char::is_alphanumeric));
    let found: Result<Vec<BTreeSet<String>>, AppError> =
        rows.par_iter().map(|(_, row)| findings(app, row, asker)).collect();
    let mut set = Set { name: stem(path), ..Set::default() };
    for ((_, row), found) in rows.iter().zip(found?) {
        match row.draft_text {
            Some(_) => set.labelled(row, &found),
            None => set.conflict(row, &found),
        }
    }
    Ok(set)
}

/// Codes of the checks that find something above information in a row.
fn findings(app: &Faju, row: &Row, asker: &Asker) -> Result<BTreeSet<String>, AppError> {
    let text = row.draft_text.clone().unwrap_or_else(|| clause(row).0);
    let request = ReviewRequest {
        text,
        level: row.draft_level.as_deref().and_then(AuthorityLevel::of).or(Some(AuthorityLevel::NormativeDocument)),
        issuer: row.issuer.clone().or(row.organ.clone()),
        date: row.draft_date.as_deref().and_then(|day| day.parse::<Date>().ok()),
        ..ReviewRequest::default()
    };
    let page = app.review(&request, None, asker)?;
    let grave = page.findings.iter().filter(|finding| is_grave(finding.severity));
    Ok(grave.map(|finding| finding.check.to_string()).collect())
}

/// The clause of a conflict: the longest quotation in what was found, else what is told of it; and whether it is quoted.
fn clause(row: &Row) -> (String, bool) {
    let facts = row.facts.as_deref().unwrap_or_default();
    let quoted = facts.split('“').skip(1).filter_map(|rest| rest.split('”').next());
    let longest = quoted.max_by_key(|words| words.chars().count());
    match longest.filter(|words| words.chars().count() >= QUOTED_MIN) {
        Some(words) => (words.to_string(), true),
        None => (row.detail.clone().unwrap_or_else(|| facts.to_string()), false),
    }
}

impl Set {
    fn labelled(&mut self, row: &Row, found: &BTreeSet<String>) {
        if row.expected_findings.is_empty() {
            self.clean += 1;
            self.clean_with_finding += u64::from(!found.is_empty());
            for code in found {
                self.checks.entry(code.clone()).or_default().fp += 1;
                self.errors.push(format!("误报 {} {code}", row.id));
            }
        }
        for expected in &row.expected_findings {
            let hit = found.contains(&expected.rule);
            let (all, hits) = match expected.decidable {
                true => (&mut self.decidable, &mut self.decidable_found),
                false => (&mut self.undecidable, &mut self.undecidable_found),
            };
            *all += 1;
            *hits += u64::from(hit);
            if !expected.decidable {
                continue;
            }
            let counts = self.checks.entry(expected.rule.clone()).or_default();
            counts.tp += u64::from(hit);
            counts.missed += u64::from(!hit);
            if !hit {
                self.errors.push(format!("漏报 {} {}", row.id, expected.rule));
            }
        }
    }

    fn conflict(&mut self, row: &Row, found: &BTreeSet<String>) {
        let hit = found.iter().any(|code| code.starts_with(['F', 'S']));
        let (_, quoted) = clause(row);
        let conflicts = self.conflicts.get_or_insert_default();
        let (all, hits) = match quoted {
            true => (&mut conflicts.quoted, &mut conflicts.quoted_found),
            false => (&mut conflicts.described, &mut conflicts.described_found),
        };
        *all += 1;
        *hits += u64::from(hit);
        let counts = self.checks.entry("FS".to_string()).or_default();
        counts.tp += u64::from(hit);
        counts.missed += u64::from(!hit);
        self.decidable += 1;
        self.decidable_found += u64::from(hit);
        if !hit {
            self.errors.push(format!("漏报 {} FS", row.id));
        }
    }
}
