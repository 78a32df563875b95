//! Members of a series that words part from the ones before them, and what a sentence applies of the one law that it names.

use super::super::mention::{Base, Locator, Mention, Place, Target, Unit};
use super::place::series;
use super::{Bare, Finder, name_begins, without_verbs, words};
use std::ops::Range;

/// Bytes between two members that say what the first provides.
const SAID_BYTES_MAX: usize = 180;
/// Verbs before a place that say by what somebody acts.
const BASES: [&str; 5] = ["依据", "依照", "根据", "按照", "依"];
/// Words that show that a place may be of an agreement.
const AGREED: [&str; 5] = ["约定", "合同", "协议", "章程", "手册"];
/// How names of law end.
const LAWS: [&str; 8] = ["法", "法典", "条例", "办法", "规定", "细则", "规则", "解释"];
/// Longest part of a sentence before a place that is looked at, in bytes.
const SENTENCE_BYTES_MAX: usize = 1500;

impl Finder<'_> {
    /// A further member of a series whose members are followed by what they say (《…》第三条“…”和第五条“…”).
    pub(super) fn behind_quotation(&mut self, start: usize) -> Option<usize> {
        if self.zone(start).is_some_and(|zone| zone.quoted.is_none()) {
            return None;
        }
        // Where a place alone is of nothing, what one quotation after the other is said to provide is of one instrument.
        let said = || series(self.text, start, Base::Instrument, None).last().map_or(start, |found| found.span.end);
        let apart = *self.bare == Bare::Nameless && words::is_quoted_next(self.slice(said()..self.text.len()));
        let end = words::before_quotation(self.text, start, apart)?;
        let before = self.found.iter().rev().find(|mention| mention.span.end <= end).filter(|m| m.span.end == end)?;
        let at = before.place.filter(|place| place.base == Base::Instrument)?;
        let before = before.clone();
        self.further(start, before, at.to.unwrap_or(at.at))
    }

    /// A further 款 or 项 of the article before it, parted from the first by what that provides: 第三条第一项规定的甲或者第五项规定的
    /// 乙. Its number is greater, and one sentence joins the two.
    pub(super) fn behind_said(&mut self, start: usize) -> Option<usize> {
        if self.zone(start).is_some() {
            return None;
        }
        let before = self.found.last().filter(|before| before.span.end + SAID_BYTES_MAX >= start)?;
        let place = before.place.filter(|place| place.base == Base::Instrument && place.at.article.is_some())?;
        let at = place.to.unwrap_or(place.at);
        let between = self.text.get(before.span.end..start)?;
        let said = ["规定", "的规定", "所列", "所称", "的情形"].iter().any(|word| between.starts_with(word));
        let joined = ["或者", "以及", "、", "和", "与", "及", "或"].iter().any(|word| between.ends_with(word));
        let one = !between.contains(['。', '；', ';', '：', '\n', '“', '”', '《']);
        if !(said && joined && one) {
            return None;
        }
        let own = series(self.text, start, Base::ThisArticle, None).first()?.place.at;
        let rises = match at.unit()? {
            Unit::Paragraph => own.article.is_none() && own.paragraph > at.paragraph,
            Unit::Item => own.article.is_none() && own.paragraph.is_none() && own.item > at.item,
            Unit::Article | Unit::Subitem => false,
        };
        let before = before.clone();
        rises.then(|| self.further(start, before, at))?
    }

    /// An article that a sentence applies and that can be of the only law it names: 违反《…》第三条，依据第九条处罚. A text that has
    /// articles of its own may mean those, and a place in a quotation the law that is quoted.
    pub(super) fn by_basis(&mut self, start: usize) -> Option<usize> {
        let open = matches!(self.bare, Bare::Nameless | Bare::NoLaw);
        let head = self.slice(0..start).trim_end_matches([' ', '\u{3000}']);
        if !open || !BASES.iter().any(|verb| head.ends_with(verb)) {
            return None;
        }
        let from = crate::text::points::boundary_after(head, head.len().saturating_sub(SENTENCE_BYTES_MAX));
        let near = head.get(from..)?;
        let ended = near.char_indices().rfind(|(_, c)| "。；;！？\n".contains(*c));
        let from = ended.map_or(from, |(at, c)| from + at + c.len_utf8());
        let before = self.only_law(from)?;
        let end = series(self.text, start, Base::Instrument, None).last()?.span.end;
        let between = self.slice(before.span.end..start);
        let behind = self.slice(end..self.text.len()).trim_start_matches('的');
        let quoted = self.slice(from..start).matches('“').count() != self.slice(from..start).matches('”').count();
        let agreed = AGREED.iter().any(|word| between.contains(word) || behind.starts_with(word));
        if quoted || agreed || self.last_own_article().is_some() {
            return None;
        }
        let role = self.role(start);
        let beside = before.beside.clone().filter(|beside| beside.number.is_some());
        self.further(start, Mention { role, change: None, beside, ..before }, Locator::default())
    }

    /// The mention that was read last, where from a byte on one law alone was named and nothing else.
    fn only_law(&self, from: usize) -> Option<Mention> {
        let named = |mention: &Mention| match &mention.target {
            Target::Titled(key) => Some(key.clone()),
            Target::Named(words) => Some(without_verbs(words.get(name_begins(words)..).unwrap_or(words)).to_string()),
            Target::Numbered(_) | Target::Own | Target::Nameless => None,
        };
        // （国务院令第739号） behind a title is no other.
        let is_beside = |mention: &&Mention| mention.beside.as_ref().is_some_and(|beside| beside.title.is_some());
        let mut said = self.found.iter().rev().take_while(|m| m.span.start >= from).filter(|m| !is_beside(m));
        let last = said.next()?;
        let key = named(last)?;
        let is_law = LAWS.iter().any(|kind| key.len() > kind.len() && key.trim_end_matches(')').ends_with(kind));
        (is_law && said.all(|mention| named(mention).as_ref() == Some(&key))).then(|| last.clone())
    }

    /// 第五十五条前三款: the first paragraphs of the article that stands directly before.
    pub(super) fn first_paragraphs(&mut self, span: Range<usize>, count: u32) -> bool {
        let before = self.found.last().filter(|before| before.span.end == span.start);
        let article = before.and_then(|before| before.place).filter(|place| place.at.unit() == Some(Unit::Article));
        let (Some(before), Some(article)) = (before.cloned(), article.filter(|place| place.to.is_none())) else {
            return false;
        };
        let paragraph = |number| Locator { paragraph: Some(number), ..article.at };
        let place = Place { at: paragraph(1), to: Some(paragraph(count)), ..article };
        self.found.pop();
        self.found.push(Mention { span: before.span.start..span.end, place: Some(place), ..before });
        true
    }

    /// The series from `start` on, which goes on with the place of a mention.
    pub(super) fn further(&mut self, start: usize, before: Mention, at: Locator) -> Option<usize> {
        let places = series(self.text, start, Base::Instrument, Some(at));
        let end = places.last()?.span.end;
        self.remember(&before.target, places.last().map(|found| found.place.to.unwrap_or(found.place.at)));
        for found in places {
            let name = found.span.start..found.span.start;
            self.found.push(Mention { span: found.span, name, place: Some(found.place), ..before.clone() });
        }
        Some(end)
    }
}
