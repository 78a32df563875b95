//! Provisions as they are compared: without the number in front, folded, as runs of three characters.

use super::{Side, overlap};
use crate::law::provision::{Provision, ProvisionKind};
use crate::text::fold::{Folded, fold, fold_str};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters in a run.
const RUN: usize = 3;
/// Characters within which the number of an article ends.
const NUMBER_CHARS_MAX: usize = 20;

/// 一、 （一） 1. 1） in front of a numbered unit.
static UNIT_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[（(]\s*[0-9０-９零〇一二三四五六七八九十百]+\s*[)）][、.．]?|第?[0-9０-９零〇一二三四五六七八九十百]+(?:[、.．:：)）]|\s))\s*")
        .expect("a constant pattern")
});

/// （一） in front of an item.
static ITEM_MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(]\s*[0-9０-９零〇一二三四五六七八九十百]+\s*[)）]\s*").expect("a constant pattern")
});

/// Runs of three characters that what is punished must have to stand for the whole: 有下列情形之一 says nothing.
const MATTER_RUNS_MIN: usize = 8;
/// Runs of it that two provisions share if they punish the same.
const MATTER_SHARED_MIN: usize = 2;

/// Where what is punished ends and the penalty begins: penalties are alike whatever they are for.
static PENALTY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"的[，,](?:由|处|对|责令|没收|给予|予以|依照|依法|应当|应|情节|可以|可|撤销|吊销|构成|并处)")
        .expect("a constant pattern")
});

/// A provision.
#[derive(Debug, Clone)]
pub struct Unit {
    pub kind: ProvisionKind,
    pub key: String,
    /// Folded label: 第十条之一.
    pub label: String,
    /// Bytes of the body, without surrounding white space.
    pub span: Range<usize>,
    /// Where its words begin, behind the number.
    pub words_start: usize,
    /// The words.
    pub folded: Folded,
    /// Its runs of three characters, sorted, each once.
    pub runs: Vec<u64>,
    /// Those of what is punished, if it ends in a penalty.
    pub matter: Option<Vec<u64>>,
}

impl Unit {
    /// The folded words.
    pub fn words(&self) -> &str {
        self.folded.as_str()
    }

    /// The same without the penalty, if it punishes.
    pub fn matter(&self) -> Unit {
        let runs = self.matter.clone().unwrap_or_else(|| self.runs.clone());
        Unit { runs, matter: None, ..self.clone() }
    }

    /// Whether it says what follows from a breach.
    pub fn punishes(&self) -> bool {
        punishes(self.words())
    }

    /// Whether both speak of the same matter at all; only penalties in common are nothing in common.
    pub fn shares_matter(&self, other: &Unit) -> bool {
        match (&self.matter, &other.matter) {
            (Some(one), Some(other)) => overlap::common(one, other) >= MATTER_SHARED_MIN,
            _ => true,
        }
    }

    /// Whether it can be the counterpart of another: numbered provisions of all kinds can, the rest only of their own kind.
    pub fn compares_with(&self, other: &Unit) -> bool {
        let numbered = |kind| matches!(kind, ProvisionKind::Article | ProvisionKind::NumberedUnit);
        self.kind == other.kind || numbered(self.kind) && numbered(other.kind)
    }
}

/// The provisions of a text.
pub fn units(side: Side<'_>) -> Vec<Unit> {
    side.structure.provisions().map(|(provision, span)| unit(side.text, provision, span)).collect()
}

/// A provision, or a stretch of one, of which the first may begin with its number.
pub fn unit(body: &str, provision: &Provision, span: &Range<usize>) -> Unit {
    let span = trimmed(body, span);
    let text = body.get(span.clone()).unwrap_or_default();
    let words_start = span.start + number_length(text, provision);
    let folded = fold(body.get(words_start..span.end).unwrap_or_default());
    let (runs, matter) = (runs(folded.as_str()), matter(folded.as_str()));
    let (kind, key) = (provision.kind, provision.key.clone());
    Unit { kind, key, label: fold_str(&provision.label), span, words_start, folded, runs, matter }
}

/// A part of a provision without the mark of an item and without the ；behind it: both come from the list it stands in, and
/// of a short item they are a fifth of the words.
pub fn part(body: &str, provision: &Provision, span: &Range<usize>) -> Unit {
    let text = body.get(span.clone()).unwrap_or_default();
    let words = text.trim_start();
    let mark = ITEM_MARK.find(words).map_or(0, |found| found.end());
    let start = span.start + (text.len() - words.len()) + mark;
    let length = words[mark..].trim_end().trim_end_matches(['；', ';']).len();
    unit(body, provision, &(start..start + length))
}

fn punishes(words: &str) -> bool {
    ["罚款", "警告", "责令", "拘留", "没收", "吊销", "处分", "处罚", "刑事责任", "法律责任"]
        .iter()
        .any(|word| words.contains(word))
}

/// The runs of what is punished, if that is said once and in front and a penalty follows: 的，由 begins many a duty. What is itself short says little: then the whole is to
/// be compared.
fn matter(folded: &str) -> Option<Vec<u64>> {
    let end = PENALTY.find(folded).map(|found| found.start())?;
    let penalty = folded.get(end..)?.trim_end_matches(['。', '.']);
    let says_more = penalty.contains(['。', '.', ':', '：']);
    folded
        .get(..end)
        .filter(|_| !says_more && punishes(penalty))
        .map(runs)
        .filter(|matter| matter.len() >= MATTER_RUNS_MIN)
}

/// The span without surrounding white space.
fn trimmed(body: &str, span: &Range<usize>) -> Range<usize> {
    let text = body.get(span.clone()).unwrap_or_default();
    let start = span.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

/// Bytes of the number with which a provision begins, the white space behind it included.
fn number_length(text: &str, provision: &Provision) -> usize {
    match provision.kind {
        ProvisionKind::Article => article_number_length(text, provision.label.contains('之')),
        ProvisionKind::NumberedUnit => UNIT_NUMBER.find(text).map_or(0, |found| found.end()),
        _ => 0,
    }
}

fn article_number_length(text: &str, inserted: bool) -> usize {
    // A paragraph behind the first has none: 为其提供条件的….
    if !text.starts_with('第') {
        return 0;
    }
    let end = text.char_indices().take(NUMBER_CHARS_MAX).find(|(_, c)| *c == '条').map(|(at, c)| at + c.len_utf8());
    let Some(end) = end else { return 0 };
    let mut rest = &text[end..];
    if inserted && let Some(behind) = rest.trim_start().strip_prefix('之') {
        rest = behind.trim_start_matches(|c: char| "零〇一二三四五六七八九十百0123456789".contains(c));
    }
    text.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '*').len()
}

/// The runs of three neighbouring characters; of a shorter text the whole of it.
fn runs(folded: &str) -> Vec<u64> {
    let points: Vec<u64> = folded.chars().map(u64::from).collect();
    let pack = |run: &[u64]| run.iter().fold(0, |packed, point| packed << 21 | point);
    let mut runs: Vec<u64> = if points.len() < RUN {
        (!points.is_empty()).then(|| pack(&points)).into_iter().collect()
    } else {
        points.windows(RUN).map(pack).collect()
    };
    runs.sort_unstable();
    runs.dedup();
    runs
}
