//! The journey of a quotation: a text cites and quotes; the texts of the version cited, and of others, say whether it is so.

mod wording;

use super::card::Card;
use super::citations::label_of;
use super::error::{AppError, ErrorCode};
use super::faju::Found;
use super::read::Reader;
use super::view::Range;
use super::view::citations::ProvisionRef;
use super::view::quotation::{DifferenceView, QuotationView};
use crate::citation::quote::{self, Bond, Finding, Quoted, Source, Verdict};
use crate::citation::{Mention, Reason, Resolution};
use crate::text::points::{self, Counter};
use jiff::civil::Date;
use std::collections::HashMap;
use std::rc::Rc;
use wording::{Ending, is_nearly_quoted, is_quoted, message, not_now};

/// Other versions of an instrument that are asked for one quotation.
const VERSIONS_MAX: usize = 20;
/// Series joined before a quotation that are asked for it beside the last.
const JOINED_MAX: usize = 4;
/// Characters shown of what a quotation leaves out at the beginning of its sentence.
const UNQUOTED_CHARS_MAX: usize = 40;
/// The key of an article that no version has.
const NO_KEY: &str = "-";

/// A version, read for comparing.
struct Version {
    source: Source,
    /// Provisions by key, as shown: without surrounding white space.
    texts: HashMap<String, String>,
}

impl Version {
    /// Words beside a quotation in its sentence, shortened.
    fn words(&self, finding: &Finding, span: std::ops::Range<usize>) -> Option<String> {
        let key = finding.found_in.first()?.key.split('/').next()?;
        let words = self.texts.get(key)?.get(span)?.trim_end_matches(['，', ',', ' ', '　']);
        let shown: String = words.chars().take(UNQUOTED_CHARS_MAX).collect();
        let more = if shown.len() < words.len() { "……" } else { "" };
        Some(format!("{shown}{more}"))
    }
}

/// What became of words in quotation marks.
enum Judged {
    /// They were compared.
    Quoted(QuotationView),
    /// Nobody knows whether they quote what is cited.
    Unknown(QuotationView),
    /// They are a term.
    Term,
}

/// A version other than the one cited that has a quotation.
struct Other {
    verdict: Verdict,
    id: String,
    standing: Vec<quote::Standing>,
    ended: Option<Ending>,
}

/// Compares quotations of one text; every version is read once.
struct Quotations<'a> {
    reader: &'a Reader<'a>,
    text: &'a str,
    counter: Counter<'a>,
    read: HashMap<String, Rc<Version>>,
}

/// For each citation of a text, in order, the quotation beside it, compared with what is cited. A series
/// (第三条、第五条规定：“…”) shares the quotation behind its last member, where it is given.
pub fn quotations(
    reader: &Reader<'_>,
    text: &str,
    found: &[(Mention, Resolution)],
) -> Result<Vec<Option<QuotationView>>, AppError> {
    let mut journey = Quotations { reader, text, counter: Counter::new(text), read: HashMap::new() };
    let mut views = Vec::with_capacity(found.len());
    // Where the series begins that ends with each.
    let mut firsts: Vec<usize> = Vec::with_capacity(found.len());
    let mut quoted_to = 0;
    for (at, (mention, resolution)) in found.iter().enumerate() {
        let first = firsts.last().copied().filter(|_| goes_on(text, found, at)).unwrap_or(at);
        firsts.push(first);
        // What is cited inside a quotation is not what quotes.
        let begins = found.get(first).map_or(resolution.span.start, |(_, first)| first.span.start);
        let behind = found.iter().skip(at + 1).map(|(_, next)| next.span.clone());
        let quoted = match resolution.span.start >= quoted_to {
            true => quoted(text, begins..resolution.span.end, behind, mention.place.is_some()),
            false => Vec::new(),
        };
        let view = journey.of_all(&quoted, found, &firsts)?;
        let is_compared = view.as_ref().is_some_and(|view| view.verdict != Verdict::Unchecked);
        // What a writer says himself behind a colon cites and quotes in its turn.
        let inside = quoted.iter().filter(|one| one.marked || is_compared);
        quoted_to = inside.map(|one| one.words.end).max().map_or(quoted_to, |end| quoted_to.max(end));
        views.push(view);
    }
    Ok(views)
}

/// What is quoted beside a citation and later in its sentence, that only where it names a place; nothing that one behind it gives
/// as its own: “…”（《…》第三条）.
fn quoted(
    text: &str,
    cited: std::ops::Range<usize>,
    mut behind: impl Iterator<Item = std::ops::Range<usize>>,
    is_placed: bool,
) -> Vec<Quoted> {
    let mut all = quote::following(text, cited.end);
    if all.is_empty() {
        all.extend(quote::preceding(text, cited.clone()));
        if !all.is_empty() {
            return all;
        }
    }
    // Behind the mark that closes the last; words without marks may be no quotation at all.
    let closed = all.last().filter(|last| last.marked).map(|last| last.words.end);
    let mark = closed.and_then(|end| text.get(end..)?.chars().next()).map_or(0, char::len_utf8);
    let from = closed.map_or(cited.end, |end| end + mark);
    // What is cited inside a quotation does not end it.
    let next = behind.find(|next| next.start >= from);
    if is_placed {
        all.extend(quote::later(text, from, next.as_ref().map_or(text.len(), |next| next.start)));
    }
    let own = next.and_then(|span| quote::preceding(text, span));
    all.retain(|quoted| own.as_ref().is_none_or(|own| own.words != quoted.words));
    all
}

/// Whether a citation goes on with the series of the one before it: places of one version, with nothing but 、 or 和 between.
fn goes_on(text: &str, found: &[(Mention, Resolution)], at: usize) -> bool {
    let same = |before: usize| {
        let version = |at: usize| found.get(at).and_then(|(_, resolution)| resolution.version.as_ref());
        version(before).is_some() && version(before) == version(at)
    };
    at.checked_sub(1).is_some_and(same) && is_joined(text, found, at)
}

/// Whether nothing but 、 or 和 stands between a citation and the one before it.
fn is_joined(text: &str, found: &[(Mention, Resolution)], at: usize) -> bool {
    let span = |at: usize| found.get(at).map(|(_, resolution)| resolution.span.clone());
    let between = at.checked_sub(1).and_then(span).zip(span(at));
    let words = between.and_then(|(one, next)| text.get(one.end..next.start));
    words.is_some_and(|words| ["", "、", "和", "及", "与", "以及", "或者", "或", "，"].contains(&words.trim()))
}

/// The provisions cited by a series: canonical keys, empty for a whole instrument.
fn places(series: &[(Mention, Resolution)]) -> Vec<String> {
    let mut keys = Vec::new();
    for (mention, resolution) in series {
        let own = mention.place.as_ref().and_then(|place| place.at.article_key());
        match resolution.reason {
            Some(Reason::NoSuchArticle | Reason::NoSuchPart) => keys.push(own.unwrap_or_else(|| NO_KEY.to_string())),
            _ => keys.extend(resolution.places.iter().cloned()),
        }
    }
    keys
}

impl Quotations<'_> {
    /// Several quotations of one citation are one answer: that of the first that does not stand, else of the first that is not
    /// verbatim or has a remark, with which it is; where all are verbatim, the first with the span of all.
    fn of_all(
        &mut self,
        quoted: &[Quoted],
        found: &[(Mention, Resolution)],
        firsts: &[usize],
    ) -> Result<Option<QuotationView>, AppError> {
        let (mut views, mut aside) = (Vec::new(), Vec::new());
        for one in quoted {
            match self.of_one(one, found, firsts)? {
                // All that stands in it is the quotation's own.
                Judged::Quoted(view) if !one.marked => {
                    views.push(view);
                    break;
                }
                Judged::Quoted(view) => views.push(view),
                Judged::Unknown(view) => aside.push(view),
                Judged::Term => {}
            }
        }
        let fails = |view: &QuotationView| !view.verdict.stands();
        let is_cut = |view: &QuotationView| view.verdict != Verdict::Verbatim;
        let is_remarked = |view: &QuotationView| view.message != Verdict::Verbatim.chinese();
        let worst = views.iter().position(fails).or_else(|| views.iter().position(is_cut));
        let worst = worst.or_else(|| views.iter().position(is_remarked));
        let (count, end) = (views.len(), views.last().map(|last| last.span.end));
        if views.is_empty() {
            return Ok(aside.into_iter().next());
        }
        let mut view = views.swap_remove(worst.unwrap_or(0));
        if let Some(at) = worst.filter(|_| count > 1) {
            view.message = format!("所引 {count} 段中的第 {} 段：{}", at + 1, view.message);
        } else {
            view.span.end = end.unwrap_or(view.span.end);
        }
        if !aside.is_empty() {
            view.message += &format!("；另有 {} 段引号未紧接所引条文，未予核对", aside.len());
        }
        Ok(Some(view))
    }

    /// A quotation behind several citations (《甲法》第三条和《乙法》第五条的规定：“…”): it is of the last series, or of one joined with
    /// it in which it stands. The last citation is the last of `firsts`.
    fn of_one(
        &mut self,
        quoted: &Quoted,
        found: &[(Mention, Resolution)],
        firsts: &[usize],
    ) -> Result<Judged, AppError> {
        let series = |at: usize| {
            let first = firsts.get(at).copied().unwrap_or(at);
            (first, found.get(first..=at).unwrap_or(&[]))
        };
        let (mut first, last) = series(firsts.len().saturating_sub(1));
        let view = self.quotation(quoted, last)?;
        let cited = found.get(first).map_or(0, |(_, first)| first.span.start);
        let bond =
            if quoted.bond == Bond::Bare && quote::states_facts(self.text, cited) { Bond::Own } else { quoted.bond };
        let words = self.text.get(quoted.words.clone()).unwrap_or_default();
        match (bond, is_quoted(bond, &view, words)) {
            (Bond::Beside, _) => {}
            (_, true) => return Ok(Judged::Quoted(view)),
            // A few words that are nearly those of the article: nobody knows whether they quote it.
            (Bond::Term, false) if is_nearly_quoted(&view) => {
                return Ok(Judged::Unknown(self.elsewhere(quoted, &view)));
            }
            (Bond::Term | Bond::Own, false) => return Ok(Judged::Term),
            (Bond::Later | Bond::Name | Bond::Bare, false) => {
                return Ok(Judged::Unknown(self.elsewhere(quoted, &view)));
            }
        }
        for _ in 0..JOINED_MAX {
            if view.verdict.stands() || first == 0 || !is_joined(self.text, found, first) {
                break;
            }
            let (begins, joined) = series(first - 1);
            let other = self.quotation(quoted, joined)?;
            if other.verdict.stands() {
                return Ok(Judged::Quoted(other));
            }
            first = begins;
        }
        Ok(Judged::Quoted(view))
    }

    fn quotation(&mut self, quoted: &Quoted, series: &[(Mention, Resolution)]) -> Result<QuotationView, AppError> {
        let words = self.text.get(quoted.words.clone()).unwrap_or_default();
        let cited = series.last().and_then(|(_, resolution)| Some((resolution.version.clone()?, resolution.status)));
        let reason = series.last().and_then(|(_, resolution)| resolution.reason);
        let Some((version_id, status)) = cited else { return Ok(self.unchecked(quoted, reason)) };
        let Some(version) = self.version(&version_id)? else { return Ok(self.unchecked(quoted, None)) };
        // What the text that is held has lost, nobody can compare.
        let lost = Some(Reason::IncompleteText);
        if series.iter().any(|(_, resolution)| resolution.reason == lost) {
            return Ok(self.unchecked(quoted, lost));
        }
        let places = places(series);
        let mut finding = quote::check(words, &places, &version.source);
        let mut holder = (version_id.clone(), version);
        let mut ended = None;
        let is_here = !finding.found_in.is_empty();
        // Whatever article of an ended version it is: it is not the law any more. Who names the version says so himself.
        let noted = series.last().is_some_and(|(mention, _)| mention.note.is_some());
        if let Some(verdict) = status.filter(|_| is_here).and_then(not_now) {
            if !noted {
                finding.verdict = verdict;
            }
            let card = self.reader.card(&version_id)?;
            ended = card.version(&version_id).and_then(|version| Ending::of(&version.interval));
        } else if !is_here && quoted.bond != Bond::Term {
            let other = self.other_version(&version_id, words, &places, |_| true)?;
            if let Some(Other { verdict, id, standing, ended: of_other }) = other {
                let version = self.version(&id)?;
                finding = Finding {
                    verdict,
                    found_in: standing,
                    compared_with: None,
                    differences: Vec::new(),
                    omitted: finding.omitted,
                    spliced: false,
                    unquoted: None,
                    goes_on: None,
                };
                ended = of_other;
                holder = (id, version.unwrap_or(holder.1));
            }
        }
        let mut view = self.view(quoted, &finding, &holder.0, &holder.1, ended);
        let unquoted = finding.unquoted.clone().filter(|_| finding.verdict.stands());
        if let Some(before) = unquoted.and_then(|span| holder.1.words(&finding, span)) {
            view.message += &format!("；引自句中，原句以“{before}”开头");
        }
        if finding.spliced && finding.verdict.stands() {
            view.message += "；省略处跨句，所引各段不是同一句话";
        }
        let goes_on = finding.goes_on.clone().filter(|_| finding.verdict.stands());
        if let Some(behind) = goes_on.and_then(|span| holder.1.words(&finding, span)) {
            view.message += &format!("；原文接着是“{behind}”");
        }
        let article = |key: &str| key.split('/').next().map(str::to_string);
        let is_of_article = |one: &quote::Standing| places.iter().any(|place| article(place) == article(&one.key));
        if finding.verdict == Verdict::Elsewhere && finding.found_in.iter().all(is_of_article) {
            view.message = view.message.replace(Verdict::Elsewhere.chinese(), "引文属于本条的另一款项");
        }
        if finding.verdict == Verdict::Elsewhere
            && let Some(day) = self.numbered_so_until(&version_id, words, &places)?
        {
            view.message += &format!("；它在 {day} 以前的文本中是所引的一条");
        }
        Ok(view)
    }

    /// The day until which the words stood in the article cited; `None` if they never did.
    fn numbered_so_until(&mut self, id: &str, words: &str, places: &[String]) -> Result<Option<Date>, AppError> {
        let article = |key: &str| key.split('/').next().unwrap_or(key).to_string();
        let cited: Vec<String> = places.iter().map(|key| article(key)).collect();
        let is_cited = |standing: &quote::Standing| cited.contains(&article(&standing.key));
        let other = self.other_version(id, words, places, is_cited)?;
        Ok(other.filter(|other| other.verdict == Verdict::Outdated).and_then(|other| Some(other.ended?.on)))
    }

    /// The version that has a quotation, somewhere that fits, which the one cited has not: the newest of those that ended,
    /// else one that has not begun.
    fn other_version(
        &mut self,
        cited: &str,
        words: &str,
        places: &[String],
        fits: impl Fn(&quote::Standing) -> bool,
    ) -> Result<Option<Other>, AppError> {
        let card: Card = self.reader.card(cited)?;
        let mut other: Vec<(Verdict, &str, Option<Ending>)> = card
            .versions
            .iter()
            .filter(|version| version.id != cited)
            .filter_map(|version| {
                let verdict = not_now(version.interval.status(self.reader.as_of))?;
                Some((verdict, version.id.as_str(), Ending::of(&version.interval)))
            })
            .collect();
        // Newest first already; stable.
        other.sort_by_key(|(verdict, _, _)| *verdict != Verdict::Outdated);
        for (verdict, id, ended) in other.into_iter().take(VERSIONS_MAX) {
            let Some(version) = self.version(id)? else { continue };
            let standing = quote::stands(words, places, &version.source);
            if standing.iter().any(&fits) {
                return Ok(Some(Other { verdict, id: id.to_string(), standing, ended }));
            }
        }
        Ok(None)
    }

    /// A version, read once; `None` if the asker may not read it.
    fn version(&mut self, id: &str) -> Result<Option<Rc<Version>>, AppError> {
        if let Some(version) = self.read.get(id) {
            return Ok(Some(version.clone()));
        }
        let text = match self.reader.text(id) {
            Ok(Found::Here((_, text))) => text,
            Ok(Found::Moved(_)) => return Ok(None),
            Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::Gone) => return Ok(None),
            Err(error) => return Err(error),
        };
        let body = &text.put.document.text;
        let mut version = Version { source: Source::new(), texts: HashMap::new() };
        for (provision, span) in text.structure.provisions() {
            let whole = body.get(span.clone()).unwrap_or_default();
            let start = span.start + (whole.len() - whole.trim_start().len());
            let words = whole.trim();
            let within = |at: usize| at.clamp(start, start + words.len()) - start;
            let parts =
                provision.parts.iter().map(|part| (part.key.clone(), within(part.span.start)..within(part.span.end)));
            version.source.push(&provision.key, words, parts);
            version.texts.insert(provision.key.clone(), words.to_string());
        }
        let version = Rc::new(version);
        self.read.insert(id.to_string(), version.clone());
        Ok(Some(version))
    }

    fn span(&self, bytes: &std::ops::Range<usize>) -> Range {
        Range { start: self.counter.point(bytes.start), end: self.counter.point(bytes.end) }
    }

    /// Of what is not compared, with the true reason: the text is not held, or nobody knows which is meant.
    fn unchecked(&self, quoted: &Quoted, reason: Option<Reason>) -> QuotationView {
        let message = match reason {
            None | Some(Reason::NotInCorpus | Reason::NoVersionOfThatDay) => Verdict::Unchecked.chinese().to_string(),
            Some(reason) => format!("无从核对：{}", reason.chinese()),
        };
        QuotationView {
            verdict: Verdict::Unchecked,
            message,
            span: self.span(&quoted.words),
            omitted: false,
            found_in: Vec::new(),
            compared_with: None,
            differences: Vec::new(),
            ended_on: None,
        }
    }

    /// Of what does not surely quote and is not of the provision cited: nobody knows what it quotes.
    fn elsewhere(&self, quoted: &Quoted, view: &QuotationView) -> QuotationView {
        let mut unchecked = self.unchecked(quoted, None);
        let places: Vec<&str> = view.found_in.iter().take(5).map(|place| place.label.as_str()).collect();
        let stands =
            if places.is_empty() { String::new() } else { format!("；这段文字见{}", places.join("、")) };
        let why = match quoted.bond {
            Bond::Name => "引号中的文字不在该条，可能是通行的名称",
            Bond::Bare => "冒号后的文字没有引号，与该条不同，不能确定是引文",
            _ => "引号未紧接所引条文，不能确定引自该条",
        };
        unchecked.message = format!("{why}，未予核对{stands}");
        unchecked
    }

    fn view(
        &self,
        quoted: &Quoted,
        finding: &Finding,
        id: &str,
        version: &Version,
        ended: Option<Ending>,
    ) -> QuotationView {
        let reference = |key: &str| ProvisionRef { id: format!("{id}/{key}"), label: label_of(key) };
        let source = finding.compared_with.as_ref().and_then(|key| version.texts.get(key)).map_or("", String::as_str);
        let differences = finding.differences.iter().map(|difference| {
            let start = quoted.words.start;
            let span = start + difference.quote.start..start + difference.quote.end;
            DifferenceView {
                kind: difference.kind,
                changes_rule: difference.kind.changes_rule(),
                quoted: self.text.get(span.clone()).unwrap_or_default().to_string(),
                span: self.span(&span),
                source: Range {
                    start: points::point_of(source, difference.source.start),
                    end: points::point_of(source, difference.source.end),
                },
                stands: source.get(difference.source.clone()).unwrap_or_default().to_string(),
            }
        });
        let differences: Vec<DifferenceView> = differences.collect();
        let found_in: Vec<ProvisionRef> = finding.found_in.iter().map(|standing| reference(&standing.key)).collect();
        QuotationView {
            verdict: finding.verdict,
            message: message(finding.verdict, &found_in, &differences, ended),
            span: self.span(&quoted.words),
            omitted: finding.omitted,
            found_in,
            compared_with: finding.compared_with.as_deref().map(reference),
            differences,
            ended_on: ended.map(|ended| ended.on),
        }
    }
}

#[cfg(test)]
mod tests;
