//! Two texts compared provision by provision: two versions of an instrument (新旧对照), or an instrument and its successor.
//!
//! `units` reads each provision as words without its number, `overlap` finds which share words, `align` decides which is
//! the counterpart of which, `divide` finds texts that were divided or joined, `rest` joins what is left over by its rare words
//! and names what the remainder is most like, `parts`, `strayed` and `absorbed` follow what is less than a provision, `words` compares the words of counterparts, `headings` the titles of chapters.
//! A number is no part of the words: a text that only got another number has moved, and a reference that only follows the
//! new numbers (第十条 that became 第十二条) is no change.
//!
//! White space, widths and kinds of quotation marks make no difference ([`crate::text::fold`]); every other character does.
//! Never fails, and the work is bounded on any input: what is too much to compare exactly is compared in coarser steps.

mod absorbed;
mod align;
mod divide;
mod headings;
mod overlap;
mod parts;
mod rest;
mod script;
mod strayed;
mod tokens;
mod units;
mod words;

#[cfg(test)]
mod moved_tests;
#[cfg(test)]
mod tests;

use super::provision::{HeadingLevel, Structure};
pub use parts::MovedPart;
pub use rest::Near;
use serde::Serialize;
use std::ops::Range;
use units::Unit;

/// A text and its structure.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The body.
    pub text: &'a str,
    /// What [`crate::law::structure::parse`] made of it.
    pub structure: &'a Structure,
}

/// What became of the provisions of the older text (新旧对照表).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// In the order of the newer text; what is gone stands where it stood. Every provision of both texts is in exactly one
    /// row.
    pub rows: Vec<Row>,
    /// Headings in the same order.
    pub headings: Vec<HeadingRow>,
    /// Paragraphs that went elsewhere than the rest of their provision, and provisions that are a part of another now, in the
    /// order of the older text.
    pub moved_parts: Vec<MovedPart>,
}

/// What became of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// 未变: same number, same words.
    Kept,
    /// 修改: same number, other words.
    Changed,
    /// 移动: another number, same words.
    Moved,
    /// 移动并修改: another number, other words.
    MovedChanged,
    /// 拆分: one provision became several.
    Split,
    /// 合并: several provisions became one.
    Merged,
    /// 新增.
    Added,
    /// 删去.
    Removed,
}

impl RowKind {
    /// Every kind with its name in JSON and its Chinese term, in the order in which they are counted.
    pub const ALL: [(RowKind, &'static str, &'static str); 8] = [
        (Self::Kept, "kept", "未变"),
        (Self::Changed, "changed", "修改"),
        (Self::Moved, "moved", "移动"),
        (Self::MovedChanged, "moved_changed", "移动并修改"),
        (Self::Split, "split", "拆分"),
        (Self::Merged, "merged", "合并"),
        (Self::Added, "added", "新增"),
        (Self::Removed, "removed", "删去"),
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The Chinese term.
    pub fn chinese(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

/// One provision and its counterpart; several on one side of a [`RowKind::Split`] or [`RowKind::Merged`].
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What became of it.
    pub kind: RowKind,
    /// Places among the provisions of the older text, in order.
    pub old: Vec<usize>,
    /// Places among the provisions of the newer text, in order. None of a [`RowKind::Moved`] or [`RowKind::MovedChanged`] row
    /// whose provision stands within others now: [`Comparison::moved_parts`] says where, and those have rows of their own.
    pub new: Vec<usize>,
    /// Likeness of the words: shared of all runs of three characters, 0 to 1.
    pub similarity: f64,
    /// Whether it stands elsewhere than its neighbours went, so that not only the count before it changed.
    pub reordered: bool,
    /// Whether it is doubtful that the one is the counterpart of the other: they share little, and stand in one row because
    /// one of them holds most of the other, or because of their neighbours.
    pub doubtful: bool,
    /// What the provision of a [`RowKind::Removed`] or [`RowKind::Added`] row, or the older one of a doubtful pair, is most like in the other text, the most alike
    /// first: it has another counterpart or is too unlike, and may still hold a part of the words.
    pub nearest: Vec<Near>,
    /// Both texts, in order: the old spans of all segments are the old text whole, the new spans the new one.
    pub segments: Vec<Segment>,
}

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// In both.
    Same,
    /// In both, under another number: the number in front of a provision, and references that follow new numbers.
    Renumbered,
    /// Only in the older text.
    Deleted,
    /// Only in the newer text.
    Inserted,
}

/// A stretch of the older text, of the newer, or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What it is.
    pub kind: SegmentKind,
    /// Where it stands in the older text.
    pub old: Option<Place>,
    /// Where it stands in the newer text.
    pub new: Option<Place>,
}

/// A stretch of a provision of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which provision of [`Row::old`] or [`Row::new`].
    pub at: usize,
    /// Bytes of the body.
    pub span: Range<usize>,
}

/// What became of a heading (编 章 节).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingRow {
    /// `Kept`, `Changed` (words), `Moved` (only the number), `Added` or `Removed`.
    pub kind: RowKind,
    /// Its level.
    pub level: HeadingLevel,
    /// Bytes of the older body, without surrounding white space and heading marks.
    pub old: Option<Range<usize>>,
    /// Bytes of the newer body.
    pub new: Option<Range<usize>>,
    /// Place in [`Comparison::rows`] of the row before which it stands; the number of rows for one at the end.
    pub before_row: usize,
}

/// Likeness below which it is doubtful that what was divided or joined belongs together.
const LIKE_TOGETHER: f64 = 0.25;

/// The same of one and one.
const LIKE_ONE: f64 = 0.2;

/// Compares two texts.
pub fn compare(old: Side<'_>, new: Side<'_>) -> Comparison {
    let (olds, news) = (units::units(old), units::units(new));
    let candidates = overlap::candidates(&olds, &news);
    let counterpart = align::assign(&olds, &news, &candidates);
    let drafts = divide::drafts(&olds, &news, &candidates, &counterpart);
    let mut drafts = rest::pair(drafts, &olds, &news);
    let texts = Texts { olds: &olds, news: &news, nearest: rest::Nearest::of(&olds, &news) };
    let mut rows = texts.rows(drafts.clone());
    let mut moved_parts = parts::moved(old, new, &rows, &news);
    let strayed = strayed::strayed(new, &rows, &moved_parts, (&olds, &news));
    if strayed::any_is_paired(&strayed, &rows) {
        drafts = strayed::parted(drafts, &strayed);
        rows = texts.rows(drafts.clone());
        moved_parts = parts::moved(old, new, &rows, &news);
    }
    moved_parts.extend(strayed);
    moved_parts.extend(absorbed::absorbed(old, new, &rows, &moved_parts, (&olds, &news)));
    moved_parts.sort_by_key(|part| part.old);
    if absorbed::join_wholes(&mut drafts, &mut moved_parts, new) {
        rows = texts.rows(drafts);
    }
    absorbed::tell(&mut rows, &moved_parts, old, &news);
    let headings = headings::headings(old, new, &rows);
    Comparison { rows, headings, moved_parts }
}

/// The provisions of both texts.
struct Texts<'a> {
    olds: &'a [Unit],
    news: &'a [Unit],
    nearest: rest::Nearest<'a>,
}

impl Texts<'_> {
    /// The rows of drafts, in order, with their words compared.
    fn rows(&self, drafts: Vec<Draft>) -> Vec<Row> {
        let drafts = ordered(drafts, self.olds.len(), self.news.len());
        let numbers = words::Numbers::of(self.olds, self.news, &drafts);
        let mut work = words::Work::default();
        let drafts = drafts.into_iter().map(|draft| {
            let row = row(draft.clone(), self.olds, self.news, &numbers, &mut work);
            Row { nearest: self.nearest.to(&draft, row.doubtful), ..row }
        });
        drafts.collect()
    }
}

/// Provisions that belong together, before their words are compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Draft {
    old: Vec<usize>,
    new: Vec<usize>,
    reordered: bool,
}

/// The rows in the order of the newer text; what is gone follows what stood before it.
fn ordered(mut drafts: Vec<Draft>, olds: usize, news: usize) -> Vec<Draft> {
    drafts.sort_by_key(|draft| draft.new.first().copied().unwrap_or(usize::MAX));
    let mut of_old = vec![None; olds];
    for draft in drafts.iter().filter(|draft| !draft.new.is_empty()) {
        draft.old.iter().for_each(|at| of_old[*at] = draft.new.first().copied());
    }
    let in_order = align::longest_rise(&of_old);
    for draft in drafts.iter_mut().filter(|draft| !draft.new.is_empty()) {
        draft.reordered = !draft.old.is_empty() && !draft.old.iter().any(|at| in_order[*at]);
    }
    // Behind which new provision each old one without a counterpart stands.
    let mut behind: Vec<Vec<Draft>> = vec![Vec::new(); news + 1];
    let gone = drafts.partition_point(|draft| !draft.new.is_empty());
    let mut removed = drafts.split_off(gone);
    removed.sort_by_key(|draft| draft.old.first().copied());
    for draft in removed {
        let first = draft.old.first().copied().unwrap_or(0);
        let anchor = (0..first).rev().find(|at| in_order[*at]).and_then(|at| of_old[at]);
        behind[anchor.map_or(0, |at| at + 1)].push(draft);
    }
    let mut rows = std::mem::take(&mut behind[0]);
    for draft in drafts {
        let first = draft.new.first().copied().unwrap_or(0);
        rows.push(draft);
        rows.append(&mut behind[first + 1]);
    }
    rows
}

fn row(draft: Draft, olds: &[Unit], news: &[Unit], numbers: &words::Numbers, work: &mut words::Work) -> Row {
    let old: Vec<&Unit> = draft.old.iter().map(|at| &olds[*at]).collect();
    let new: Vec<&Unit> = draft.new.iter().map(|at| &news[*at]).collect();
    let segments = words::segments(&old, &new, numbers, work);
    let differs = segments.iter().any(|s| matches!(s.kind, SegmentKind::Deleted | SegmentKind::Inserted));
    let kind = match (old.as_slice(), new.as_slice()) {
        ([], _) => RowKind::Added,
        (_, []) => RowKind::Removed,
        ([one], [other]) => match (one.key == other.key, differs) {
            (true, false) => RowKind::Kept,
            (true, true) => RowKind::Changed,
            (false, false) => RowKind::Moved,
            (false, true) => RowKind::MovedChanged,
        },
        ([_], _) => RowKind::Split,
        _ => RowKind::Merged,
    };
    let similarity = overlap::similarity_of_all(&old, &new);
    let doubtful = match (old.len(), new.len()) {
        (0, _) | (_, 0) => false,
        // Why it was made there is one provision that says.
        (1, 1) => similarity < LIKE_ONE && !(rest::says_why(old[0].words()) && rest::says_why(new[0].words())),
        _ => similarity < LIKE_TOGETHER,
    };
    let nearest = Vec::new();
    Row { kind, doubtful, nearest, old: draft.old, new: draft.new, similarity, reordered: draft.reordered, segments }
}
