//! One row of a published table of penalties (行政处罚信息公开表) → a case. The text is put together under captions, as in a
//! decision.

use crate::law::case_columns::{self, CaseColumns, Shift};
use crate::law::{CaseKind, Document, Kind};

/// The cells of a row; empty where there is none.
#[derive(Debug, Clone, Copy, Default)]
pub struct PenaltyRow<'a> {
    /// 决定书文号.
    pub number: &'a str,
    /// 当事人.
    pub party: &'a str,
    /// To whom the party belongs (所在单位).
    pub organisation: &'a str,
    /// 主要违法违规事实.
    pub facts: &'a str,
    /// 行政处罚依据.
    pub basis: &'a str,
    /// 行政处罚内容.
    pub decision: &'a str,
    /// 作出决定机关.
    pub authority: &'a str,
}

impl PenaltyRow<'_> {
    /// The case, under a title; `None` if the row says nothing.
    pub fn document(&self, title: &str) -> Option<Document> {
        let party = match self.organisation.trim() {
            "" => self.party.to_string(),
            organisation => format!("{}（{organisation}）", self.party),
        };
        let sections = [
            ("当事人", party.as_str()),
            ("主要违法违规事实", self.facts),
            ("行政处罚依据", self.basis),
            ("行政处罚决定", self.decision),
        ];
        let said = sections.iter().filter(|(_, text)| !text.trim().is_empty());
        let text: Vec<String> = said.map(|(caption, text)| format!("【{caption}】\n{}", text.trim())).collect();
        if text.is_empty() || title.trim().is_empty() {
            return None;
        }
        let mut document = Document::new(Kind::Case, title.trim(), text.join("\n"));
        document.case_kind = Some(CaseKind::PenaltyDecision);
        document.case_number = stated(self.number);
        document.issuer = stated(self.authority);
        document.parties = stated(self.party).into_iter().collect();
        Some(document)
    }

    /// The signs that its values stand in the wrong columns.
    pub fn shifts(&self) -> Vec<Shift> {
        case_columns::shifts(&CaseColumns {
            party: self.party,
            facts: self.facts,
            basis: self.basis,
            decision: self.decision,
            authority: self.authority,
        })
    }
}

/// What is remarked of a row with such signs.
pub const SHIFTED: &str = "识别：公布的表格列疑有错位，内容可能不在其位";

fn stated(value: &str) -> Option<String> {
    Some(value.trim()).filter(|value| !value.is_empty()).map(str::to_string)
}
