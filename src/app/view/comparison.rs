//! What a comparison answers.

use crate::app::view::{InstrumentHead, VersionView};
use crate::law::compare::{RowKind, SegmentKind};
use crate::law::{HeadingLevel, ProvisionKind};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Two texts compared provision by provision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparisonView {
    /// The older text, or the first named.
    pub old: ComparedText,
    /// The newer text, or the second named.
    pub new: ComparedText,
    /// The day asked.
    pub as_of: Date,
    /// Rows of each kind, whichever rows are shown.
    pub counts: BTreeMap<&'static str, u64>,
    /// Headings that stand between the rows.
    pub headings: Vec<ComparedHeading>,
    /// In the order of the newer text; what is gone stands where it stood.
    pub rows: Vec<ComparedRow>,
    /// Whether the rows without any change were left out.
    pub only_changes: bool,
    /// Chinese remarks: which text was taken and why, and what could not be understood in it.
    pub warnings: Vec<String>,
    /// Whether this is the fictional sample.
    pub sample: bool,
}

/// One of the two texts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedText {
    /// Version id, or the id of a case.
    pub id: String,
    /// The instrument or case.
    pub instrument: InstrumentHead,
    /// The version; `null` for cases.
    pub version: Option<VersionView>,
    /// Every version of the instrument, newest first.
    pub versions: Vec<VersionView>,
}

/// A heading in one or both texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedHeading {
    /// `kept`, `changed` (words), `moved` (only the number), `added` or `removed`.
    pub kind: RowKind,
    /// Its level.
    pub level: HeadingLevel,
    /// As it was.
    pub old: Option<String>,
    /// As it is.
    pub new: Option<String>,
    /// Place in `rows` of the row before which it stands; the number of rows for one at the end.
    pub before_row: usize,
}

/// A provision and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedRow {
    /// What became of it.
    pub kind: RowKind,
    /// Likeness of the words, 0 to 1.
    pub similarity: f64,
    /// Whether it stands elsewhere than its neighbours went.
    pub reordered: bool,
    /// Whether it is doubtful that the one is the counterpart of the other.
    pub doubtful: bool,
    /// Paragraphs of the older text that went to another provision than the rest; of a provision without counterpart: the
    /// part of another that it became, or the paragraph that it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved_parts: Vec<ComparedMove>,
    /// Of an added or removed provision: what it is most like in the other text, without being its counterpart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<ComparedNear>,
    /// In the older text; several if they were joined.
    pub old: Vec<ComparedProvision>,
    /// In the newer text; several if it was divided; none if it moved into others, which have rows of their own: then
    /// `moved_parts` says where.
    pub new: Vec<ComparedProvision>,
    /// Both texts in order, stretch by stretch.
    pub segments: Vec<ComparedSegment>,
}

impl ComparedRow {
    /// Where in other provisions an older one stands now that has no newer one of its own: 第六十条第一款第三项.
    pub fn stands_within(&self) -> Option<String> {
        let moved = self.new.is_empty() && self.kind != RowKind::Removed;
        let labels: Vec<&str> = self.moved_parts.iter().map(|part| part.new_label.as_str()).collect();
        moved.then(|| labels.join("、"))
    }

    /// In Chinese what the provision is most like: 相近：第十二条、第十四条.
    pub fn says_nearest(&self) -> Option<String> {
        let labels: Vec<&str> = self.nearest.iter().map(|near| near.label.as_str()).collect();
        let side = if self.old.is_empty() { "旧" } else { "新" };
        (!labels.is_empty()).then(|| format!("{side}文本中相近的：{}", labels.join("、")))
    }
}

/// A provision that shares words with one that has no counterpart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedNear {
    /// Provision id in the other text.
    pub id: String,
    /// 第十二条.
    pub label: String,
    /// Likeness of the words, 0 to 1.
    pub similarity: f64,
}

/// A paragraph (款) that stands in another provision now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedMove {
    /// Id in the older text.
    pub old: String,
    /// 第二十条第三款.
    pub old_label: String,
    /// Id in the newer text.
    pub new: String,
    /// 第二十三条第一款.
    pub new_label: String,
    /// Likeness of the words, 0 to 1.
    pub similarity: f64,
}

impl ComparedMove {
    /// In Chinese: 第二十条第三款移至第二十三条第一款; of a whole provision 第二百零二条并入第二百五十四条第二项.
    pub fn says(&self) -> String {
        let is_whole = self.old.split('/').count() < 3;
        format!("{}{}{}", self.old_label, if is_whole { "并入" } else { "移至" }, self.new_label)
    }
}

/// A provision on one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedProvision {
    /// Provision id.
    pub id: String,
    /// Last part of the id.
    pub key: String,
    /// Kind.
    pub kind: ProvisionKind,
    /// 第十条之一 …
    pub label: String,
    /// Verbatim text without surrounding white space.
    pub text: String,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedSegment {
    /// `same`, `renumbered` (in both under another number), `deleted` or `inserted`.
    pub kind: SegmentKind,
    /// Where it stands in the older text.
    pub old: Option<ComparedPlace>,
    /// Where it stands in the newer text.
    pub new: Option<ComparedPlace>,
}

/// A stretch of a provision, in code points of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ComparedPlace {
    /// Which provision of the row's side, from 0.
    pub provision: usize,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl ComparedSegment {
    /// Its words in the older text.
    pub fn old_text(&self, row: &ComparedRow) -> String {
        text_at(&row.old, self.old)
    }

    /// Its words in the newer text.
    pub fn new_text(&self, row: &ComparedRow) -> String {
        text_at(&row.new, self.new)
    }
}

fn text_at(provisions: &[ComparedProvision], place: Option<ComparedPlace>) -> String {
    let Some(place) = place else { return String::new() };
    let text = provisions.get(place.provision).map_or("", |provision| &provision.text);
    text.chars().skip(place.start).take(place.end.saturating_sub(place.start)).collect()
}
