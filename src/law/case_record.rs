//! The record of a case (案例要素): what it states and what it orders, and the facts by which cases are filtered and counted.

use super::case_fields::{self, CaseFields, Domain, Field, Outcome, PartyKind, SectionKind, Tier};
use super::document::Document;
use super::kind::Kind;
use super::sanction::{self, Imposed, PenaltyKind};
use crate::text::points::{self, Counter};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

/// What a case states and orders. Spans are bytes of the field that they name; penalties stand in the body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CaseRecord {
    /// What it states.
    #[serde(flatten)]
    pub fields: CaseFields,
    /// What it orders, in the order of the text.
    pub penalties: Vec<Imposed>,
    /// Its fines together, in fen: every sum once, a sum that falls on several persons as often; absent where they are told in one sum with
    /// what is confiscated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fines_fen: Option<u64>,
    /// What decisions published once for every party have in common: their number and the words of their result, hashed.
    #[serde(skip)]
    pub decision: Option<u64>,
}

/// What cases are filtered, counted and sorted by. What is not stated is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CaseFacts {
    /// 执法领域.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
    /// 案由.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Kinds of penalties, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub penalties: Vec<PenaltyKind>,
    /// Fines in fen, as far as they are told apart from what is confiscated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fines_fen: Option<u64>,
    /// 裁量档次.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Tier>,
    /// Kinds of parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<PartyKind>,
    /// 结果.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// As in [`CaseRecord`]: rows that repeat one decision have the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
}

/// Reads the record of a case; `None` for other documents.
pub fn read(document: &Document) -> Option<CaseRecord> {
    (document.kind == Kind::Case).then(|| {
        let fields = case_fields::read(document);
        let penalties = case_fields::penalties(document, &fields.sections);
        let fines_fen = sanction::fines_alone_fen(&penalties);
        let decision = decision(document, &fields);
        CaseRecord { fields, penalties, fines_fen, decision }
    })
}

/// Whom a result names: 对某银行罚款; what names nobody is said of the row's own party alone.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"对([^，。；：\s其你]{2,40}?)(?:处以|处罚|罚款|警告|给予|予以|没收|责令|禁止|取消|分别)")
        .expect("a constant pattern")
});

/// Number (else the address of the notice) and result of a decision, hashed (FNV-1a); `None` without both. What names no party is
/// another decision for each: a notice lists people who got the same.
fn decision(document: &Document, fields: &CaseFields) -> Option<u64> {
    let results = fields.sections.iter().filter(|section| section.kind == SectionKind::Result);
    let words: String = results.filter_map(|section| document.text.get(section.span.clone())).collect();
    let number = fields.number.as_ref().map(|read| read.value.as_str()).or(document.source_url.as_deref());
    let number = number.filter(|_| !words.is_empty())?;
    let mut named = NAMES.captures_iter(&words).filter_map(|found| found.get(1));
    let is_joint = named.any(|name| !name.as_str().contains("当事人"))
        || document.parties.iter().any(|party| words.contains(party.as_str()));
    if !is_joint {
        return None;
    }
    let all = number.chars().chain(['\n']).chain(words.chars()).filter(|c| *c != ' ' && *c != '\u{3000}');
    let mixed = |hash: u64, c: char| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    Some(all.fold(0xcbf2_9ce4_8422_2325, mixed))
}

impl CaseRecord {
    /// What cases are found by.
    pub fn facts(&self) -> CaseFacts {
        let fields = &self.fields;
        CaseFacts {
            domain: fields.domain.as_ref().map(|read| read.value),
            cause: fields.cause.as_ref().map(|read| read.value.clone()),
            penalties: each_once(self.penalties.iter().map(|one| one.kind)),
            fines_fen: sanction::fines_alone_fen(&self.penalties),
            tiers: each_once(fields.discretion.tiers.iter().map(|read| read.value)),
            parties: each_once(fields.parties.iter().map(|read| read.value.kind)),
            outcomes: each_once(fields.outcomes.iter().map(|read| read.value)),
            decision: self.decision,
        }
    }

    /// The record with its spans in code points, as the outside has them.
    pub fn in_points(mut self, document: &Document) -> CaseRecord {
        let body = Counter::new(&document.text);
        let place = |field: Field, span: &mut Range<usize>| {
            if field == Field::Text {
                *span = body.point(span.start)..body.point(span.end);
            } else if let Some(text) = text_of(document, field) {
                *span = points::point_of(text, span.start)..points::point_of(text, span.end);
            }
        };
        let fields = &mut self.fields;
        fields.parties.iter_mut().for_each(|read| place(read.field, &mut read.span));
        for read in
            [&mut fields.authority, &mut fields.region, &mut fields.number, &mut fields.cause].into_iter().flatten()
        {
            place(read.field, &mut read.span);
        }
        fields.decided_on.iter_mut().for_each(|read| place(read.field, &mut read.span));
        fields.steps.iter_mut().for_each(|read| place(read.field, &mut read.span));
        fields.domain.iter_mut().for_each(|read| place(read.field, &mut read.span));
        fields.outcomes.iter_mut().for_each(|read| place(read.field, &mut read.span));
        fields.discretion.tiers.iter_mut().for_each(|read| place(read.field, &mut read.span));
        fields.discretion.reasons.iter_mut().for_each(|read| place(read.field, &mut read.span));
        fields.discretion.benchmarks.iter_mut().for_each(|read| place(read.field, &mut read.span));
        fields.sections.iter_mut().for_each(|section| place(Field::Text, &mut section.span));
        fields.violated.iter_mut().chain(&mut fields.basis).for_each(|span| place(Field::Text, span));
        for one in &mut self.penalties {
            place(Field::Text, &mut one.span);
            one.party_span.iter_mut().for_each(|span| place(Field::Text, span));
        }
        self
    }
}

/// The text of a field of a document from which values are read.
fn text_of(document: &Document, field: Field) -> Option<&str> {
    match field {
        Field::Text => Some(&document.text),
        Field::Title => Some(&document.title),
        Field::Issuer => document.issuer.as_deref(),
        Field::Region => document.region.as_deref(),
        Field::CaseNumber => document.case_number.as_deref(),
        Field::DocumentNumber => document.document_number.as_deref(),
        Field::Cause => document.cause.as_deref(),
        Field::Parties(at) => document.parties.get(at as usize).map(String::as_str),
        // A date has as many bytes as code points.
        Field::DecidedOn => None,
    }
}

/// Values in their order, each once.
fn each_once<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.fold(Vec::new(), |mut known, value| {
        if !known.contains(&value) {
            known.push(value);
        }
        known
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::CaseKind;

    fn case() -> Document {
        Document::new(
            Kind::Case,
            "云桥某食品店行政处罚决定书",
            "当事人：云桥某食品店\n经查明，当事人销售过期糕点。\n本局认为，当事人的行为违反了《食品经营法》第三条，情节轻微，从轻处罚。\n\
             决定对当事人处罚如下：\n1.警告；\n2.罚款人民币5000元。",
        )
    }

    #[test]
    fn what_is_ordered_stands_where_it_was_read() {
        let document = case();
        let record = read(&document).unwrap();
        assert_eq!(record.fines_fen, Some(500_000));
        let words: Vec<&str> = record.penalties.iter().map(|one| &document.text[one.span.clone()]).collect();
        assert!(words[0].contains("警告") && words[1].contains("罚款"), "{words:?}");
        let facts = record.facts();
        assert_eq!(facts.penalties, [PenaltyKind::Warning, PenaltyKind::Fine]);
        assert_eq!(facts.tiers, [Tier::Slight, Tier::Lighter]);
        assert_eq!(facts.outcomes, [Outcome::Penalised]);
    }

    #[test]
    fn outside_spans_are_code_points() {
        let document = case();
        let record = read(&document).unwrap();
        let bytes = record.penalties[1].span.clone();
        let shown = record.in_points(&document);
        let points = shown.penalties[1].span.clone();
        let text: Vec<char> = document.text.chars().collect();
        assert_eq!(text[points].iter().collect::<String>(), document.text[bytes]);
    }

    #[test]
    fn rows_of_one_decision_are_known_and_one_sum_for_both_is_no_fine() {
        let mut row = case();
        row.case_number = Some("云罚〔2024〕1号".to_string());
        assert_eq!(read(&row).unwrap().facts().decision, None, "who is punished beside the party is not told");
        row.text = row.text.replace("决定对当事人处罚", "决定对云桥某食品店和云桥某粮店处罚");
        let mut other = row.clone();
        other.text = other.text.replacen("当事人：云桥某食品店", "当事人：云桥某粮店", 1);
        let facts = |document: &Document| read(document).unwrap().facts();
        assert!(facts(&row).decision.is_some());
        assert_eq!(facts(&row).decision, facts(&other).decision, "the party alone differs");
        other.text = other.text.replace("5000元", "6000元");
        assert_ne!(facts(&row).decision, facts(&other).decision);
        row.text = row.text.replace("罚款人民币5000元", "罚没合计5000元");
        let record = read(&row).unwrap();
        assert_eq!((record.fines_fen, record.facts().fines_fen), (None, None));
        row.text = row.text.replace("1.警告", "1.没收违法所得300元");
        assert_eq!(read(&row).unwrap().fines_fen, Some(470_000), "what is left of the whole");
    }

    #[test]
    fn other_documents_have_none() {
        assert_eq!(read(&Document::new(Kind::Legislation, "食品经营法", "第一条　罚款一元。")), None);
    }

    /// A row of a notice as [`crate::extract`] puts it together.
    fn row(party: &str, result: &str) -> Option<u64> {
        let text = format!("【当事人】\n{party}\n【行政处罚决定】\n{result}");
        let mut document = Document::new(Kind::Case, format!("{party}行政处罚案"), text);
        document.case_kind = Some(CaseKind::PenaltyDecision);
        document.case_number = Some("云金罚决字〔2025〕21-49号".to_string());
        document.parties = vec![party.to_string()];
        read(&document).and_then(|record| record.decision)
    }

    #[test]
    fn rows_of_a_notice_are_one_decision_only_if_it_names_its_parties() {
        assert_eq!(row("张某", "警告并罚款5万元"), None);
        let joint = "对云桥银行罚款30万元；对张某警告并罚款5万元";
        assert!(row("张某", joint).is_some());
        assert_eq!(row("张某", joint), row("云桥银行", joint));
        assert!(row("云桥银行", "云桥银行罚款30万元").is_some());
    }
}
