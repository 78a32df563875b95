//! Members of a series that words part from the ones before them.

use super::super::mention::{Base, Locator, Mention, Unit};
use super::place::series;
use super::{Bare, Finder, words};

/// Bytes between two members that say what the first provides.
const SAID_BYTES_MAX: usize = 180;

impl Finder<'_> {
    /// A further member of a series whose members are followed by what they say (《…》第三条“…”和第五条“…”).
    pub(super) fn behind_quotation(&mut self, start: usize) -> Option<usize> {
        if self.zone(start).is_some_and(|zone| zone.quoted.is_none()) {
            return None;
        }
        // Where a place alone is of nothing, what one quotation after the other is said to provide is of one instrument.
        let said = || series(self.text, start, Base::Instrument, None).last().map_or(start, |found| found.span.end);
        let apart = *self.bare == Bare::Nameless && self.slice(said()..self.text.len()).starts_with("规定");
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

    /// The series from `start` on, which goes on with the place of a mention.
    fn further(&mut self, start: usize, before: Mention, at: Locator) -> Option<usize> {
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
