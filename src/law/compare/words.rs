//! The words of counterparts as segments of both texts.

use super::script::{Kind, Run, cuts, runs};
use super::tokens::{Token, clauses, cut, tokens};
use super::units::Unit;
use super::{Draft, Place, Segment, SegmentKind};
use std::collections::HashMap;
use std::ops::Range;

/// Words of one text times words of the other up to which a row is compared word by word; above it by clauses.
const WORK_OF_ROW: usize = 4_000_000;
/// The same for all rows together.
const WORK_OF_ALL: usize = 400_000_000;

/// What comparing has cost so far.
#[derive(Debug, Default)]
pub struct Work(usize);

/// Which number each article of the newer text had in the older one.
#[derive(Debug, Default)]
pub struct Numbers(HashMap<String, String>);

impl Numbers {
    /// The provisions that have a counterpart under another number.
    pub fn of(olds: &[Unit], news: &[Unit], drafts: &[Draft]) -> Numbers {
        let pairs = drafts.iter().flat_map(|draft| draft.new.iter().map(|new| (draft.old.first(), new)));
        let labels = pairs.filter_map(|(old, new)| Some((news.get(*new)?, olds.get(*old?)?)));
        let moved = labels.filter(|(new, old)| new.label != old.label);
        Numbers(moved.map(|(new, old)| (new.label.clone(), old.label.clone())).collect())
    }

    /// The word that the older text would have here, if this is a reference that follows the new numbers.
    pub fn before<'a>(&'a self, token: &Token<'a>) -> Option<&'a str> {
        let before = self.0.get(token.word).filter(|_| token.names_article());
        before.map(String::as_str)
    }
}

/// The words of both sides of a row.
pub struct Texts<'a> {
    pub old: Vec<Token<'a>>,
    pub new: Vec<Token<'a>>,
}

/// The segments of a row.
pub fn segments(old: &[&Unit], new: &[&Unit], numbers: &Numbers, work: &mut Work) -> Vec<Segment> {
    let mut made = Segments { old, new, out: Vec::new() };
    if old.is_empty() || new.is_empty() {
        let whole = |units: &[&Unit]| units.first().map(|unit| (0, unit.span.clone()));
        let kind = if new.is_empty() { SegmentKind::Deleted } else { SegmentKind::Inserted };
        made.push(kind, whole(old), whole(new));
        return made.out;
    }
    made.numbers(old.first().map(|_| 0), new.first().map(|_| 0));
    if let ([one], [other]) = (old, new)
        && one.words() == other.words()
    {
        let words = |unit: &Unit| unit.words_start..unit.span.end;
        made.push(SegmentKind::Same, Some((0, words(one))), Some((0, words(other))));
        return made.out;
    }
    let texts = texts(old, new, work);
    for run in runs(&texts, numbers) {
        made.run(&texts, &run);
    }
    made.out
}

/// Words; clauses where there are too many words; whole provisions where there are too many clauses.
fn texts<'a>(old: &[&'a Unit], new: &[&'a Unit], work: &mut Work) -> Texts<'a> {
    let all = |units: &[&'a Unit]| units.iter().enumerate().flat_map(|(at, unit)| tokens(unit, at)).collect();
    let mut texts = Texts { old: all(old), new: all(new) };
    if !work.allows(&texts) {
        texts = Texts { old: clauses(texts.old, old), new: clauses(texts.new, new) };
    }
    if !work.allows(&texts) {
        texts = Texts { old: wholes(old), new: wholes(new) };
    }
    let (of_old, of_new) = cuts(&texts);
    if !of_old.is_empty() || !of_new.is_empty() {
        texts = Texts { old: cut(texts.old, old, &of_old), new: cut(texts.new, new, &of_new) };
    }
    work.0 = work.0.saturating_add(texts.product());
    texts
}

fn wholes<'a>(units: &[&'a Unit]) -> Vec<Token<'a>> {
    let filled = units.iter().enumerate().filter(|(_, unit)| !unit.words().is_empty());
    let whole = |(at, unit): (usize, &&'a Unit)| {
        let (word, span) = (unit.words(), unit.words_start..unit.span.end);
        Token { word, span, folded: 0..word.len(), at }
    };
    filled.map(whole).collect()
}

impl Work {
    fn allows(&self, texts: &Texts<'_>) -> bool {
        texts.product() <= WORK_OF_ROW && self.0.saturating_add(texts.product()) <= WORK_OF_ALL
    }
}

impl Texts<'_> {
    fn product(&self) -> usize {
        self.old.len().saturating_mul(self.new.len())
    }
}

/// Segments in the making.
struct Segments<'a> {
    old: &'a [&'a Unit],
    new: &'a [&'a Unit],
    out: Vec<Segment>,
}

impl Segments<'_> {
    fn push(&mut self, kind: SegmentKind, old: Option<(usize, Range<usize>)>, new: Option<(usize, Range<usize>)>) {
        let place = |(at, span): (usize, Range<usize>)| (!span.is_empty()).then_some(Place { at, span });
        let (old, new) = (old.and_then(place), new.and_then(place));
        if old.is_some() || new.is_some() {
            self.out.push(Segment { kind, old, new });
        }
    }

    /// The numbers in front of provisions: all that stands before their words.
    fn numbers(&mut self, old: Option<usize>, new: Option<usize>) {
        let of = |units: &[&Unit], at: Option<usize>| {
            let unit = units.get(at?)?;
            Some((at?, unit.span.start..unit.words_start))
        };
        let label = |units: &[&Unit], at: Option<usize>| units.get(at?).map(|unit| unit.label.clone());
        let kind = match (label(self.old, old), label(self.new, new)) {
            (Some(one), Some(other)) if one == other => SegmentKind::Same,
            _ => SegmentKind::Renumbered,
        };
        let (old, new) = (of(self.old, old), of(self.new, new));
        self.push(kind, old, new);
    }

    fn run(&mut self, texts: &Texts<'_>, run: &Run) {
        if run.kind == Kind::Change {
            for tokens in of_one_provision(texts.old.get(run.old.clone())) {
                self.begin(tokens.first(), None);
                self.push(SegmentKind::Deleted, stretch(tokens), None);
            }
            for tokens in of_one_provision(texts.new.get(run.new.clone())) {
                self.begin(None, tokens.first());
                self.push(SegmentKind::Inserted, None, stretch(tokens));
            }
            return;
        }
        let old = texts.old.get(run.old.clone()).unwrap_or_default();
        let new = texts.new.get(run.new.clone()).unwrap_or_default();
        let sort = |(old, new): &(&Token<'_>, &Token<'_>)| (old.at, new.at, old.word == new.word);
        let pairs: Vec<(&Token<'_>, &Token<'_>)> = old.iter().zip(new).collect();
        for stretch in pairs.chunk_by(|one, next| sort(one) == sort(next)) {
            let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
            self.begin(Some(first.0), Some(first.1));
            let kind = if first.0.word == first.1.word { SegmentKind::Same } else { SegmentKind::Renumbered };
            let span = |first: &Token<'_>, last: &Token<'_>| Some((first.at, first.span.start..last.span.end));
            self.push(kind, span(first.0, last.0), span(first.1, last.1));
        }
    }

    /// Puts the numbers of provisions that begin here in front; those of the first two are there already.
    fn begin(&mut self, old: Option<&Token<'_>>, new: Option<&Token<'_>>) {
        let begun = |first: Option<&Token<'_>>| {
            Some(first?.at).filter(|at| first.is_some_and(|t| t.folded.start == 0) && *at > 0)
        };
        let (old, new) = (begun(old), begun(new));
        if old.is_some() || new.is_some() {
            self.numbers(old, new);
        }
    }
}

/// Tokens in stretches of one provision each.
fn of_one_provision<'a, 'b>(tokens: Option<&'b [Token<'a>]>) -> impl Iterator<Item = &'b [Token<'a>]> {
    tokens.unwrap_or_default().chunk_by(|one, next| one.at == next.at)
}

fn stretch(tokens: &[Token<'_>]) -> Option<(usize, Range<usize>)> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    Some((first.at, first.span.start..last.span.end))
}
