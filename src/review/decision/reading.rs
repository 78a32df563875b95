//! A penalty decision as checks see it: its record, its form, its sentences, its days and sums.

use super::days::Days;
use super::era::Era;
use crate::law::amount::{self, BaseKind};
use crate::law::case_fields::{Listed, PartyKind, SectionKind};
use crate::law::case_record::{self, CaseRecord};
use crate::law::document::Document;
use crate::law::kind::{CaseKind, Kind};
use crate::law::sanction::{Addressee, Bases, Imposed, PenaltyKind};
use crate::text::fold::{Folded, fold};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest sentence, in bytes: longer ones are cut, so that no pattern meets more.
const SENTENCE_BYTES_MAX: usize = 3_000;
/// So many of the marks of a decision one has at least.
const MARKS_MIN: usize = 5;
/// A decision has at least so many characters.
const DECISION_CHARS_MIN: usize = 200;
/// So much of a text is its head, in characters.
const HEAD_CHARS: usize = 200;

/// What kind of text it is (文书形式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 普通程序 decision, whole.
    Ordinary,
    /// 当场处罚、简易程序.
    Spot,
    /// A row of a published list, a case told: it has not the parts of a decision, and nothing can be said of what it lacks.
    Abstract,
}

impl Form {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Spot => "spot",
            Self::Abstract => "abstract",
        }
    }
}

/// A sentence: what stands between two stops or line breaks.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Bytes of the decision.
    pub span: Range<usize>,
    folded: Folded,
}

impl Sentence {
    /// The folded words. Patterns are tried on this.
    pub fn text(&self) -> &str {
        self.folded.as_str()
    }

    /// Bytes of the decision from which a range of the folded words came.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let own = self.folded.original(range);
        self.span.start + own.start..self.span.start + own.end
    }
}

/// A penalty decision (处罚决定).
#[derive(Debug, Clone)]
#[doc(alias = "处罚决定")]
pub struct Decision {
    /// As received.
    pub document: Document,
    /// What it states and orders.
    pub record: CaseRecord,
    /// What kind of text it is.
    pub form: Form,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
    /// Its days.
    pub days: Days,
    /// 违法所得, 货值金额 and the like, where the text tells one sum of each.
    pub bases: Bases,
    /// The rules of procedure of its day.
    pub era: Era,
}

impl Decision {
    /// Reads a decision; `None` for documents that are none. Time is linear in the length of the text.
    pub fn read(document: &Document) -> Option<Decision> {
        if document.case_kind == Some(CaseKind::Judgment) {
            return None;
        }
        let record = case_record::read(document)?;
        let form = form(document, &record);
        let days = Days::read(&document.text, &record);
        let era = Era::of(days.decided.as_ref().map(|day| day.date));
        let sentences = sentences(&document.text);
        let bases = bases(&document.text, &record);
        Some(Decision { document: document.clone(), record, form, sentences, days, bases, era })
    }

    /// Reads a decision of which only the text is at hand.
    pub fn of_text(text: &str) -> Option<Decision> {
        let title = text.lines().map(str::trim).find(|line| line.ends_with("决定书")).unwrap_or_default();
        let mut document = Document::new(Kind::Case, title, text);
        document.case_kind = Some(CaseKind::PenaltyDecision);
        Decision::read(&document)
    }

    /// The body.
    pub fn text(&self) -> &str {
        &self.document.text
    }

    /// The words between two bytes.
    pub fn quote(&self, span: &Range<usize>) -> &str {
        self.text().get(span.clone()).unwrap_or_default()
    }

    /// What the section is called in which a byte stands; empty where the text has none.
    pub fn section_at(&self, byte: usize) -> &'static str {
        let own = self.record.fields.sections.iter().find(|section| section.span.contains(&byte));
        own.map_or("", |section| section.kind.chinese())
    }

    /// The words of all sections of a kind, each with its first byte.
    pub fn sections(&self, kind: SectionKind) -> impl Iterator<Item = &str> {
        let own = self.record.fields.sections.iter().filter(move |section| section.kind == kind);
        own.map(|section| self.quote(&section.span))
    }

    /// The fines with a sum, those that repeat others left out.
    pub fn fines(&self) -> impl Iterator<Item = (&Imposed, u64)> {
        let fine = |one: &&Imposed| one.kind == PenaltyKind::Fine && !one.repeats;
        self.record.penalties.iter().filter(fine).filter_map(|one| Some((one, one.amount_fen?)))
    }

    /// Whom the penalties strike, where the decision has one party of a known kind.
    pub fn addressee(&self) -> Option<Addressee> {
        match self.record.fields.parties.as_slice() {
            [only] => match only.value.kind {
                PartyKind::Organisation => Some(Addressee::Organisation),
                PartyKind::Individual => Some(Addressee::Individual),
                PartyKind::IndividualBusiness | PartyKind::Unknown => None,
            },
            _ => None,
        }
    }

    /// The whole of what it orders, else its first line: where to show what the decision lacks.
    pub fn ordered(&self) -> Range<usize> {
        let result = self.record.fields.sections.iter().rfind(|section| section.kind == SectionKind::Result);
        let first = self.record.penalties.first().map(|one| one.span.clone());
        first.or_else(|| result.map(|section| section.span.clone())).unwrap_or_else(|| self.head())
    }

    /// Its first line.
    pub fn head(&self) -> Range<usize> {
        self.sentences.first().map_or(0..0, |sentence| sentence.span.clone())
    }

    /// Its last line.
    pub fn foot(&self) -> Range<usize> {
        self.sentences.last().map_or(0..0, |sentence| sentence.span.clone())
    }
}

static PARTY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[\s　#]*(?:当事人|被处罚人|被处罚单位|违法行为人|行政相对人)[^。：:\n]{0,16}[：:]|统一社会信用代码|法定代表人")
        .expect("a constant pattern")
});
static HELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:本局|我局|本机关|我机关|本委|我委|本厅|本队|大队|支队)(?:经[^。]{0,10})?认为|违反了?《")
        .expect("a constant pattern")
});
/// Lines of a published table: 【当事人】, 处罚类别.
static COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    let heads = "行政处罚案件名称|(?:主要)?违法(?:违规)?事实|处罚类别|处罚内容|处罚机关|处罚结果|公示截止日期|案件名称|行政处罚决定文书号";
    Regex::new(&format!(r"(?m)^\s*(?:【[^】\n]{{2,20}}】|(?:{heads})\s*$)")).expect("a constant pattern")
});

/// Several marks of a decision make one; a table and a case told have few of them.
fn form(document: &Document, record: &CaseRecord) -> Form {
    let text = document.text.as_str();
    let kinds = |kind| record.fields.sections.iter().any(|section| section.kind == kind);
    let head: String = document.title.chars().chain(text.chars().take(HEAD_CHARS)).collect();
    let titled = head.contains("处罚决定书");
    let told = document.case_kind == Some(CaseKind::TypicalCase) || COLUMN.find_iter(text).count() > 1;
    let marks = [
        titled,
        PARTY.is_match(text),
        kinds(SectionKind::Facts) || text.contains("经查"),
        text.contains("证据") || text.contains("证明"),
        HELD.is_match(text),
        kinds(SectionKind::Result),
        text.contains("复议") || text.contains("诉讼"),
        document.text.trim_end().ends_with('日'),
        text.contains("告知") || text.contains("申辩"),
    ];
    if told || text.chars().count() < DECISION_CHARS_MIN || !kinds(SectionKind::Result) && !titled {
        return Form::Abstract;
    }
    // 被民警当场发现 is no decision on the spot.
    let on_the_spot = ["当场处罚", "当场行政处罚", "简易程序"].iter().any(|words| head.contains(words));
    if titled && on_the_spot || text.contains("当场作出行政处罚") {
        return Form::Spot;
    }
    if marks.iter().filter(|mark| **mark).count() >= MARKS_MIN { Form::Ordinary } else { Form::Abstract }
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, '。' | '；' | ';' | '\n') || end - from >= SENTENCE_BYTES_MAX || end == text.len() {
            let words = &text[from..end];
            let start = from + words.len() - words.trim_start().len();
            let trimmed = words.trim();
            if !trimmed.is_empty() {
                found.push(Sentence { span: start..start + trimmed.len(), folded: fold(trimmed) });
            }
            from = end;
        }
    }
    found
}

/// What bases are called in facts.
const BASES: [(BaseKind, &[&str]); 3] = [
    (BaseKind::IllegalGains, &["违法所得", "非法所得"]),
    (BaseKind::GoodsValue, &["货值金额", "货值"]),
    (BaseKind::IllegalTurnover, &["违法经营额", "非法经营额"]),
];
/// Words between a base and its sum.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:金额|总额|数额)?(?:共计|合计|总计|共|计|为|是|：|:)?(?:人民币)?$").expect("a constant pattern")
});
static NO_GAINS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:没有|无|未产生|未取得|未获得|未获取)(?:任何)?(?:违法|非法)所得").expect("a constant pattern")
});

/// The sums of which multiples are taken, as the facts, the reasons and the result tell them. A base of which two sums are told is not known.
fn bases(text: &str, record: &CaseRecord) -> Bases {
    let mut bases = Bases::default();
    let mut several = Vec::new();
    let own = |section: &&crate::law::case_fields::Section| {
        let told = [SectionKind::Facts, SectionKind::Evidence, SectionKind::Reasons, SectionKind::Result];
        told.contains(&section.kind)
    };
    // What a result confiscates is what P09 holds against what the facts tell.
    let told_in = |section: &crate::law::case_fields::Section, kind: BaseKind| {
        section.kind != SectionKind::Result || kind == BaseKind::GoodsValue
    };
    for section in record.fields.sections.iter().filter(own) {
        let words = text.get(section.span.clone()).unwrap_or_default();
        for found in amount::amounts(words) {
            let Some(fen) = found.amount.fixed().filter(|_| found.amount.is_money()) else { continue };
            let before = words.get(..found.span.start).unwrap_or_default();
            for (kind, names) in BASES {
                let named = names.iter().filter_map(|name| {
                    let near = before.get(floor(before, 60)..).unwrap_or_default();
                    near.rfind(name).map(|at| near[at + name.len()..].trim())
                });
                if told_in(section, kind)
                    && named.into_iter().any(|between| BETWEEN.is_match(between))
                    && bases.0.insert(kind, fen).is_some_and(|known| known != fen)
                {
                    several.push(kind);
                }
            }
        }
        if told_in(section, BaseKind::IllegalGains) && NO_GAINS.is_match(words) && !words.contains("没有违法所得的")
        {
            bases.0.entry(BaseKind::IllegalGains).or_insert(0);
        }
    }
    // Two parties have two sums, and which fine is of whom is not told.
    bases.0.retain(|kind, _| !several.contains(kind) && record.fields.parties.len() < 2);
    bases
}

/// The boundary so many bytes before the end.
fn floor(text: &str, bytes: usize) -> usize {
    let mut at = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
