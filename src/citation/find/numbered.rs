//! Numbers of documents, orders and cases that stand by themselves or in brackets behind a title.

use super::super::mention::{Beside, Mention, Role, Target};
use super::super::names::title_key;
use super::{Finder, number, title, words};
use crate::law::structure::numbers::ordinal;
use std::ops::Range;

impl Finder<'_> {
    /// A number of a document or case with its year in brackets.
    pub(super) fn number(&mut self, year: Range<usize>) -> usize {
        let Some(found) = number::read(self.text, year.clone()) else { return year.end };
        self.number_with_places(found)
    }

    /// A number whose year stands without brackets: 云政发2018年42号.
    pub(super) fn bare_number(&mut self, year: Range<usize>) -> usize {
        let start = number::before_bare_year(self.text, year.start);
        match start.or_else(|| number::order_of_year(self.text, year.start)) {
            Some(start) => self.number_with_places(start..year.end),
            None => year.end,
        }
    }

    /// A number that stands by itself, with the places behind it: 云政发〔2020〕2号第三条.
    fn number_with_places(&mut self, span: Range<usize>) -> usize {
        let role = self.role(span.start);
        let places = self.absolute_places(words::to_place(self.text, span.end));
        let Some(end) = places.last().map(|found| found.span.end) else {
            let end = span.end;
            self.numbered(span, role, None);
            return end;
        };
        let target = Target::Numbered(number::key(self.slice(span.clone())));
        self.push_places(places, target.into(), span, None, role);
        end
    }

    /// 令第N号, 公告第N号, 国务院令（第N号）, 国务院第N号令.
    pub(super) fn order(&mut self, start: usize) -> Option<usize> {
        let number = ordinal(self.slice(start..self.text.len()))?;
        let end = start + number.len;
        let end = end + self.slice(end..self.text.len()).strip_prefix('号').map(|_| '号'.len_utf8())?;
        let (from, end) = number::order(self.text, start..end)?;
        Some(self.number_with_places(from..end))
    }

    /// The order that stands directly before a title: 公安部令第102号《机动车登记规定》.
    pub(super) fn number_before(&self, title: usize) -> Option<Beside> {
        let last = self.found.last().filter(|last| last.span.end == title && last.place.is_none())?;
        let Target::Numbered(key) = &last.target else { return None };
        Some(Beside { number: Some(key.clone()), ..Beside::default() })
    }

    /// The one number in brackets behind a title.
    pub(super) fn number_behind(&self, numbers: &[Range<usize>]) -> Option<Beside> {
        let [number] = numbers else { return None };
        let key = number::key(self.slice(number.clone()));
        (!key.is_empty()).then(|| Beside { number: Some(key), ..Beside::default() })
    }

    pub(super) fn numbered(&mut self, span: Range<usize>, role: Role, title: Option<&Range<usize>>) {
        let target = Target::Numbered(number::key(self.slice(span.clone())));
        let beside = self.beside(&span, title);
        let name = span.clone();
        self.found.push(Mention { span, name, target, place: None, note: None, change: None, role, beside });
    }

    /// What is said beside a number: the title before it (《…》（农业部令第13号）) or behind it (令第86号公布的《…》), and the year.
    fn beside(&self, number: &Range<usize>, title: Option<&Range<usize>>) -> Option<Beside> {
        let begin = title.map_or(number.start, |title| title.start);
        let titled = |name: Range<usize>| Some(title_key(self.slice(name))).filter(|key| !key.is_empty());
        let named = match title {
            Some(name) if self.slice(name.clone()).starts_with('《') => {
                title::read(self.text, name.start).and_then(|title| titled(title.name))
            }
            Some(name) => titled(name.clone()),
            None => title::made_by(self.text, number.end).and_then(titled),
        };
        let beside = Beside { title: named, number: None, year: title::year_before(self.text, begin) };
        (beside != Beside::default()).then_some(beside)
    }
}
