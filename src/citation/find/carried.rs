//! Places without a name that take over the law or the article of the place before them: 刑法第三百八十九条行贿罪、第三百九十三条单位
//! 行贿罪; 违反本条例第三条第一款规定的…；违反第二款规定的. What could be of the text itself as well is said to be either.

use super::super::mention::{Base, Locator, Mention, Place, Role, Target, Unit};
use super::place::{self, series};
use super::{Bare, Finder, title, words};
use crate::law::structure::numbers::{leading, ordinal};
use std::ops::Range;

/// Bytes between two articles of one law that are joined over what the first provides.
const SAID_BYTES_MAX: usize = 300;
/// Mentions that are looked back over.
const BACK_MAX: usize = 64;

/// Verbs before a place whose breach the sentence speaks of.
const BREACHES: [&str; 7] = ["违反", "违反了", "有", "从事", "经营", "触犯", "违背"];
/// Verbs before a place that the sentence applies: they speak of the text itself.
const APPLIES: [&str; 6] = ["依照", "按照", "依据", "根据", "适用", "参照"];
/// Words between an article or paragraph and a part of it.
const ATTACHED: [&str; 16] = [
    "的",
    "中的",
    "中",
    "之",
    "所列",
    "所列的",
    "所称",
    "规定的",
    "规定",
    "所规定的",
    "规定中的",
    "规定的除",
    "所列的除",
    "中除",
    "除",
    "规定中",
];
/// Verbs behind what joins two articles of one law (，且不属于第三条).
const JOINED_VERBS: [&str; 9] = ["属于", "违反", "违反了", "符合", "构成", "具有", "有", "触犯", "犯"];
/// What joins them.
const JOINS: [&str; 10] = ["以及", "或者", "并且", "、", "和", "与", "及", "或", "且", "但"];
/// What follows both of two articles that a comma parts.
const PARALLEL: [&str; 6] = ["规定的", "所列", "列举的", "所称", "规定之", "所规定的"];

/// The articles of the text itself, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct OwnArticles {
    /// The highest number, once it was asked for.
    last: Option<Option<u32>>,
    /// How far lines were read.
    read: usize,
    /// Where the provision begins in which the words there stand.
    begin: usize,
}

impl Finder<'_> {
    /// A place without a name that goes on with the law or the article before it.
    pub(super) fn carried(&mut self, start: usize) -> Option<usize> {
        if self.amending.is_some() {
            return None;
        }
        let first = series(self.text, start, Base::ThisArticle, None).first()?.place.at;
        match first.article {
            Some((number, _)) => self.by_basis(start).or_else(|| self.carried_article(start, number)),
            None => self.attached(start, first).or_else(|| self.carried_part(start, first)),
        }
    }

    /// A further article of the law named before it.
    fn carried_article(&mut self, start: usize, number: u32) -> Option<usize> {
        let before = self.found.last().filter(|before| before.span.end + SAID_BYTES_MAX >= start)?.clone();
        let place = before.place.filter(|place| place.base == Base::Instrument)?;
        let at = place.to.unwrap_or(place.at);
        if matches!(before.target, Target::Own | Target::Nameless) || at.article.is_none() {
            return None;
        }
        let between = self.text.get(before.span.end..start)?;
        let sentence = between.strip_suffix('；').unwrap_or(between);
        if sentence.contains(['。', '；', '\n', '：']) {
            return None;
        }
        let end = series(self.text, start, Base::Instrument, None).last()?.span.end;
        let same = at.article.is_some_and(|(named, _)| named == number);
        let joined = joins_articles(between, self.text.get(end..)?);
        if !(joined || same || self.is_beyond(number)) {
            // 违反《…》第九条规定的，依照第十五条处罚: of which of the two nobody knows.
            let open = APPLIES.iter().any(|verb| between.ends_with(verb));
            return open
                .then(|| self.further(start, Mention { target: Target::Nameless, note: None, ..before }, at))?;
        }
        self.further(start, before, at)
    }

    /// Whether the text itself has no article of so high a number.
    fn is_beyond(&mut self, number: u32) -> bool {
        *self.bare != Bare::Nameless && self.last_own_article().is_some_and(|last| number > last)
    }

    /// The highest number of the articles that the text itself has.
    pub(super) fn last_own_article(&mut self) -> Option<u32> {
        let text = self.text;
        *self.own.last.get_or_insert_with(|| {
            let starts = text.match_indices('\n').map(|(at, line)| at + line.len());
            std::iter::once(0).chain(starts).filter_map(|start| article_of_line(text, start)).max()
        })
    }

    /// A part of what is named directly before: 本细则第三条所列第一项, 前款规定的第二项.
    fn attached(&mut self, start: usize, own: Locator) -> Option<usize> {
        let before = self.found.last().filter(|before| before.span.end < start)?.clone();
        let between = self.text.get(before.span.end..start)?.trim();
        let place = before.place.filter(|place| place.to.is_none())?;
        let unit = match place.base {
            Base::Before(unit, 1) => place.at.unit().or(Some(unit)),
            Base::Before(..) | Base::After(_) => None,
            _ => place.at.unit(),
        };
        (ATTACHED.contains(&between) && first_unit(&own) > unit && unit.is_some()).then_some(())?;
        let base = if place.base == Base::Instrument { Base::Carried } else { place.base };
        self.push_carried(start, &before, place.at, base)
    }

    /// A 款, 项 or 目 whose article stands further before.
    fn carried_part(&mut self, start: usize, own: Locator) -> Option<usize> {
        let begin = self.provision(start);
        let head = self.text.get(begin..start)?.trim_end();
        let ends = |words: &[&str]| words.iter().any(|word| head.ends_with(word));
        let breached = ends(&BREACHES);
        let antecedents = self.antecedents(begin);
        let nearest = *antecedents.first()?;
        let same = breached.then(|| antecedents.iter().copied().find(|at| self.is_breached(*at))).flatten();
        let before = self.found.get(same.unwrap_or(nearest))?.clone();
        let place = before.place?;
        let at = place.to.unwrap_or(place.at);
        let between = self.text.get(before.span.end..start)?;
        let rises = match first_unit(&own)? {
            Unit::Paragraph => at.paragraph.is_some() && at.paragraph < own.paragraph,
            Unit::Item => at.item.is_some() && at.item < own.item,
            _ => false,
        };
        let item = item_of_line(head);
        let in_penalties = first_unit(&own) == Some(Unit::Item) && item.as_ref().is_some_and(|item| item.begins);
        let clear = head.ends_with("同条")
            || same.is_some() && (in_penalties || rises && !between.contains("下列"))
            || rises && !breached && self.is_parallel(&before, start);
        let base = if clear {
            Base::Carried
        } else if before.target != Target::Own || item.is_some_and(|item| !breached && own.item < Some(item.number)) {
            return None;
        } else if head.ends_with('有') && first_unit(&own) == Some(Unit::Paragraph) {
            // 有第一款所列情形的: of the text itself, where it has one.
            Base::HereElse
        } else if same.is_some() || !breached && !ends(&APPLIES) && !between.contains(['。', '；', '\n']) {
            Base::Either
        } else {
            Base::HereElse
        };
        let paragraph = at.paragraph.filter(|_| clear && first_unit(&own) == Some(Unit::Item));
        self.push_carried(start, &before, Locator { article: at.article, paragraph, ..Locator::default() }, base)
    }

    /// The mentions of articles in the provision that begins at `begin`, the nearest first.
    fn antecedents(&self, begin: usize) -> Vec<usize> {
        let within = self.found.iter().enumerate().rev().take(BACK_MAX).take_while(|(_, m)| m.span.start >= begin);
        let names = |mention: &Mention| {
            let carries = |place: Place| {
                matches!(place.base, Base::Instrument | Base::Carried | Base::Either | Base::HereElse)
                    && place.at.article.is_some()
            };
            mention.place.is_some_and(carries)
        };
        within.filter(|(_, mention)| names(mention)).map(|(at, _)| at).collect()
    }

    /// Whether the sentence speaks of a breach of a mention, or of the one whose series it goes on with.
    fn is_breached(&self, at: usize) -> bool {
        let mut first = at;
        for _ in 0..BACK_MAX {
            let (Some(before), Some(mention)) =
                (first.checked_sub(1).and_then(|b| self.found.get(b)), self.found.get(first))
            else {
                break;
            };
            if !self.text.get(before.span.end..mention.span.start).is_some_and(words::joins) {
                break;
            }
            first -= 1;
        }
        let Some(mention) = self.found.get(first) else { return false };
        let head = self.text.get(..mention.span.start).unwrap_or_default().trim_end();
        let said = matches!(&mention.target, Target::Named(words) if words.contains("违反"));
        said || mention.role == Role::Violation || BREACHES.iter().any(|verb| head.ends_with(verb))
    }

    /// Whether a place begins a clause as the one before it did: 第三条第三项规定的情形，是指…；第四项规定的情形，是指.
    fn is_parallel(&self, before: &Mention, start: usize) -> bool {
        let head = self.text.get(..start).unwrap_or_default().trim_end_matches([' ', '\u{3000}']);
        let Some(end) = series(self.text, start, Base::ThisArticle, None).last().map(|found| found.span.end) else {
            return false;
        };
        let behind = |at: usize| self.text.get(at..).unwrap_or_default().chars().take(5).collect::<String>();
        let words = behind(end);
        let between = self.text.get(before.span.end..start).unwrap_or_default();
        head.ends_with('；')
            && words.starts_with("规定的")
            && words == behind(before.span.end)
            && !between.contains('\n')
    }

    /// The series from `start` on, below an article that stands before it.
    fn push_carried(&mut self, start: usize, before: &Mention, at: Locator, base: Base) -> Option<usize> {
        let role = self.role(start);
        let places = series(self.text, start, base, Some(at));
        let end = places.last()?.span.end;
        self.remember(&before.target, places.last().map(|found| found.place.to.unwrap_or(found.place.at)));
        for place::Found { span, place } in places {
            let own = self.text.get(span.clone())?.contains('条') || place.at.article.is_none();
            let base = if own { place.base } else { base };
            let (name, place) = (span.start..span.start, Some(Place { base, ..place }));
            self.found.push(Mention { span, name, place, role, beside: None, ..before.clone() });
        }
        Some(end)
    }

    /// Where the provision begins in which a byte stands: at the number of an article or a unit at the beginning of a line.
    fn provision(&mut self, at: usize) -> usize {
        while let Some(rest) = self.text.get(self.own.read..at).filter(|rest| !rest.is_empty()) {
            let Some(end) = rest.find('\n') else {
                self.own.read = at;
                break;
            };
            self.own.read += end + 1;
            if begins_provision(self.text, self.own.read) {
                self.own.begin = self.own.read;
            }
        }
        self.own.begin
    }

    /// Whether 本法 stands in words that the text only quotes, or the text is none that calls itself so.
    pub(super) fn is_quoted(&self, name: &Range<usize>) -> bool {
        let word = self.text.get(name.clone()).unwrap_or_default();
        let is_law = ["本法", "本条例", "本办法"].contains(&word);
        if *self.bare == Bare::NoLaw && is_law {
            return true;
        }
        let head = self.text.get(..name.start).unwrap_or_default();
        let from = crate::text::points::boundary_after(head, head.len().saturating_sub(QUOTED_BYTES_MAX));
        let line = head.get(from..).and_then(|near| near.rsplit('\n').next()).unwrap_or_default();
        line.rfind('“').is_some_and(|open| !line.get(open..).is_some_and(|rest| rest.contains('”')))
    }
}

/// Longest quotation in which 本法 is looked for, and longest line of a list before a place, in bytes.
const QUOTED_BYTES_MAX: usize = 1500;

/// The number of the article that a line begins with.
fn article_of_line(text: &str, start: usize) -> Option<u32> {
    let start = begin_of(text, start)?;
    let rest = text.get(start..)?;
    let number = ordinal(rest)?;
    let is_article = rest.get(number.len..)?.starts_with('条') && title::begins_line(text, start);
    is_article.then_some(number.value)
}

fn begin_of(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    Some(start + rest.len() - rest.trim_start_matches([' ', '\u{3000}', '\t', '*', '#']).len())
}

fn begins_provision(text: &str, start: usize) -> bool {
    let Some(rest) = begin_of(text, start).and_then(|begin| text.get(begin..)) else { return false };
    let is_han = rest.starts_with(|c: char| !c.is_ascii_digit());
    let unit =
        is_han && leading(rest).is_some_and(|number| rest.get(number.len..).is_some_and(|r| r.starts_with('、')));
    unit || rest.starts_with("附件") || article_of_line(text, start).is_some()
}

/// The member of a list in whose line words stand.
struct Item {
    number: u32,
    /// Whether the words are the first behind its number: （三）违反.
    begins: bool,
}

fn item_of_line(head: &str) -> Option<Item> {
    let from = crate::text::points::boundary_after(head, head.len().saturating_sub(QUOTED_BYTES_MAX));
    let line = head.get(from..)?.rsplit('\n').next()?.trim_start();
    let inner = line.strip_prefix(['（', '('])?;
    let number = leading(inner)?;
    let rest = inner.get(number.len..)?.strip_prefix(['）', ')'])?.trim();
    let begins = ["违反", "有", "对违反", "违反了", "从事", "具有"].contains(&rest);
    Some(Item { number: number.value, begins })
}

/// Whether words join a further article of a law to the one before: 的规定和, 行贿罪、, 的规定，且不属于; or nothing but a comma, where the same
/// follows both. `behind` follows the further one.
fn joins_articles(between: &str, behind: &str) -> bool {
    let parallel = PARALLEL.iter().any(|words| between.starts_with(words) && behind.starts_with(words));
    let parted = between.contains(['，', ',']);
    if between.ends_with(['，', ',', '；']) {
        return parallel;
    }
    let unsaid = JOINED_VERBS.iter().find_map(|verb| between.strip_suffix(verb));
    let bare = unsaid.unwrap_or(between);
    let bare =
        ["是否不", "是否", "不", "依法", "同时", "又"].iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    let joined = JOINS.iter().any(|word| bare.ends_with(word));
    joined && (unsaid.is_some() || !parted || parallel)
}

/// The highest unit named below the article.
fn first_unit(at: &Locator) -> Option<Unit> {
    let named = [
        (at.article.is_some(), Unit::Article),
        (at.paragraph.is_some(), Unit::Paragraph),
        (at.item.is_some(), Unit::Item),
        (at.subitem.is_some(), Unit::Subitem),
    ];
    named.into_iter().find_map(|(named, unit)| named.then_some(unit))
}

#[cfg(test)]
mod tests;
