//! Finds what a text cites, without knowing any corpus.

mod number;
mod place;
mod title;
mod words;

use super::mention::{Base, Locator, Mention, Place, Role, Target, Unit};
use super::names::title_key;
use crate::law::structure::numbers::ordinal;
use place::{Relative, relative, series, skip_spaces};
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
pub(super) use words::without_verbs;

/// What a place means that stands without any name (第三条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bare {
    /// The text itself: in a law.
    Own,
    /// Nothing that can be known: in a case or in a text that belongs to no instrument.
    Nameless,
    /// Another instrument, by its folded title: in a decision that amends it.
    Titled(String),
    /// Nothing that can be known, nor what 本法 means: in a decision that amends several, most stands in their new words.
    Several,
}

/// Where a citation may begin.
static TRIGGER: LazyLock<Regex> = LazyLock::new(|| {
    let bracketed_year = r"[〔\[【（(〖﹝［](?:19|20|１９|２０)[0-9０-９]{2}年?[〕\]】）)〗﹞］]";
    let words = "《|第|笫|前[一二两三四五六]?[条款项]|上[条款]|下条|本[条款项]|该[条款项]|法典|法|条例|宪法";
    Regex::new(&format!("{words}|{bracketed_year}")).expect("a fixed pattern")
});

/// All mentions of a text, in order. `bare` says what a place without a name means.
///
/// A number at the beginning of a line with white space behind it is a heading (第三条　甲), not a mention.
pub fn find(text: &str, bare: &Bare) -> Vec<Mention> {
    let mut finder = Finder { text, bare, defined: HashMap::new(), found: Vec::new(), last: None };
    let mut at = 0;
    while let Some(trigger) = TRIGGER.find_at(text, at) {
        at = finder.at(trigger.range()).max(trigger.end());
    }
    finder.found
}

/// Bytes of the numbers of documents, orders and cases in a line.
pub(super) fn number_spans(line: &str) -> Vec<Range<usize>> {
    number::all(line, 0..line.len())
}

struct Finder<'t> {
    text: &'t str,
    bare: &'t Bare,
    /// Short names that the text defines: folded name → what they stand for.
    defined: HashMap<String, Target>,
    found: Vec<Mention>,
    /// What was named last, with its place: for 该法 and 该条.
    last: Option<(Target, Option<Locator>)>,
}

impl<'t> Finder<'t> {
    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    /// Reads what begins at a trigger. Answers up to where the text is read.
    fn at(&mut self, trigger: Range<usize>) -> usize {
        let word = self.slice(trigger.clone());
        match word.chars().next() {
            Some('《') => self.title(trigger.start),
            Some('第' | '笫') => self.ordinal(trigger.start),
            Some('前' | '上' | '下' | '本' | '该') => self.relative(trigger.start),
            Some('法' | '条' | '宪') => self.name(trigger),
            _ => self.number(trigger),
        }
    }

    /// 《…》 with its notes and places.
    fn title(&mut self, start: usize) -> usize {
        let Some(title) = title::read(self.text, start) else { return start };
        let key = title_key(self.slice(title.name.clone()));
        if key.is_empty() {
            return title.end;
        }
        let target = self.defined.get(&key).cloned().unwrap_or(Target::Titled(key));
        let role = self.role(start);
        self.named(start..title.end, start..title.end, target, role)
    }

    /// What stands behind a name: remarks in brackets, then places. Pushes the mentions; answers where they end.
    fn named(&mut self, span: Range<usize>, name: Range<usize>, target: Target, role: Role) -> usize {
        let behind = title::behind(self.text, span.end);
        let meant = self.meant_by_short(&target, behind.short.len());
        for (short, target) in behind.short.iter().zip(&meant) {
            self.defined.insert(title_key(&short.name), target.clone());
        }
        let note = title::note_inside(self.slice(name.clone())).or(behind.note);
        let note = note.or_else(|| title::year_before(self.text, span.start));
        let role = match words::of_the_past(self.text, &span, behind.end) {
            true => Role::Historic,
            false if super::relations::says_repealed(self.text, span.end) => Role::Repeal,
            false => role,
        };
        let places = series(self.text, words::to_place(self.text, behind.end), Base::ThisArticle, None);
        let places: Vec<place::Found> =
            places.into_iter().take_while(|found| found.place.base == Base::Instrument).collect();
        let whole = Mention { span: span.clone(), name: name.clone(), target, place: None, note, role };
        let end = places.last().map_or(behind.end, |found| found.span.end);
        self.remember(&whole.target, places.last().map(|found| found.place.to.unwrap_or(found.place.at)));
        let end_of_name = if places.is_empty() { span.end } else { end };
        if places.is_empty() {
            self.found.push(whole.clone());
        }
        for (at, found) in places.into_iter().enumerate() {
            let (span, name) = if at == 0 {
                (span.start..found.span.end, name.clone())
            } else {
                (found.span.clone(), found.span.start..found.span.start)
            };
            self.found.push(Mention { span, name, place: Some(found.place), ..whole.clone() });
        }
        // The name in the definition is a link too, unless the place behind it takes it in.
        for (short, target) in
            behind.short.iter().zip(meant).filter(|(short, _)| short.titled && short.span.end > end_of_name)
        {
            let (span, name) = (short.span.clone(), short.span.clone());
            self.found.push(Mention { span, name, target, place: None, note: None, role: Role::Other });
        }
        for number in behind.numbers {
            self.numbered(number, role);
        }
        end
    }

    /// What several short names of one remark stand for: as many titles of the series that ends with this one.
    fn meant_by_short(&self, target: &Target, count: usize) -> Vec<Target> {
        let mut meant = vec![target.clone()];
        for before in self.found.iter().rev().take(count.saturating_sub(1)) {
            if before.place.is_some() || !matches!(before.target, Target::Titled(_)) {
                return Vec::new();
            }
            meant.push(before.target.clone());
        }
        meant.reverse();
        if meant.len() == count { meant } else { Vec::new() }
    }

    fn remember(&mut self, target: &Target, at: Option<Locator>) {
        self.last = Some((target.clone(), at));
    }

    /// 第三条 and what continues it. The instrument is what stands before it.
    fn ordinal(&mut self, start: usize) -> usize {
        if title::begins_line(self.text, start) {
            return start;
        }
        if let Some(end) = self.order(start) {
            return end;
        }
        let subject = words::subject(self.text, start, &self.defined);
        let base = if matches!(subject, words::Subject::None) { Base::ThisArticle } else { Base::Instrument };
        let places = series(self.text, start, base, None);
        let Some(end) = places.last().map(|found| found.span.end) else { return start };
        let (target, name) = match subject {
            words::Subject::Own(name) => (self.own(), name),
            words::Subject::That(name) => match &self.last {
                Some((target, _)) => (target.clone(), name),
                None => return end,
            },
            words::Subject::Defined(name, target) => (target, name),
            words::Subject::Words(name) => (Target::Named(title_key(self.slice(name.clone()))), name),
            words::Subject::None => (self.nameless(), start..start),
        };
        let role = self.role(name.start);
        self.push_places(places, target, name, role);
        end
    }

    /// What 本法 and 前款 mean here: in a decision that amends, they stand in the text that it gives to another.
    fn own(&self) -> Target {
        match self.bare {
            Bare::Own | Bare::Nameless => Target::Own,
            Bare::Titled(_) | Bare::Several => self.nameless(),
        }
    }

    /// What a place without a name means here.
    fn nameless(&self) -> Target {
        match self.bare {
            Bare::Own => Target::Own,
            Bare::Nameless | Bare::Several => Target::Nameless,
            Bare::Titled(key) => Target::Titled(key.clone()),
        }
    }

    fn push_places(&mut self, places: Vec<place::Found>, target: Target, name: Range<usize>, role: Role) {
        self.remember(&target, places.last().map(|found| found.place.to.unwrap_or(found.place.at)));
        for (at, found) in places.into_iter().enumerate() {
            let (span, name) = if at == 0 {
                (name.start.min(found.span.start)..found.span.end, name.clone())
            } else {
                (found.span.clone(), found.span.start..found.span.start)
            };
            let place = Some(found.place);
            self.found.push(Mention { span, name, target: target.clone(), place, note: None, role });
        }
    }

    /// 前款, 本条第二款, 该条第一项.
    fn relative(&mut self, start: usize) -> usize {
        let Some((what, len)) = relative(self.slice(start..self.text.len())) else { return start };
        let end = start + len;
        let (target, base, first) = match what {
            Relative::Before(unit, count) => (self.relative_target(), Base::Before(unit, count), None),
            Relative::After(unit) => (self.relative_target(), Base::After(unit), None),
            Relative::This(unit) => {
                let base = if unit == Unit::Article { Base::ThisArticle } else { Base::ThisParagraph };
                (self.relative_target(), base, None)
            }
            Relative::That(unit) => match self.that(unit) {
                Some((target, at)) => (target, Base::Instrument, Some(at)),
                None => return end,
            },
        };
        let places = series(self.text, skip_spaces(self.text, end), base, first);
        let places: Vec<place::Found> = places.into_iter().take_while(|found| found.place.base == base).collect();
        let role = self.role(start);
        let alone = matches!(what, Relative::This(_));
        if places.is_empty() {
            if !alone {
                let place = Place { base, at: first.unwrap_or_default(), to: None };
                self.found.push(Mention {
                    span: start..end,
                    name: start..start,
                    target,
                    place: Some(place),
                    note: None,
                    role,
                });
            }
            return end;
        }
        let reached = places.last().map_or(end, |found| found.span.end);
        for (at, found) in places.into_iter().enumerate() {
            let span = if at == 0 { start..found.span.end } else { found.span.clone() };
            let name = span.start..span.start;
            self.found.push(Mention { span, name, target: target.clone(), place: Some(found.place), note: None, role });
        }
        reached
    }

    /// 前款 in a decision that amends stands in a text whose paragraphs are not here.
    fn relative_target(&self) -> Target {
        if matches!(self.bare, Bare::Titled(_) | Bare::Several) { Target::Nameless } else { Target::Own }
    }

    /// What 该条, 该款, 该项 mean: the place named last, down to that unit.
    fn that(&self, unit: Unit) -> Option<(Target, Locator)> {
        let (target, at) = self.last.as_ref()?;
        let mut at = (*at)?;
        if at.unit()? < unit {
            return None;
        }
        if unit <= Unit::Item {
            at.subitem = None;
        }
        if unit <= Unit::Paragraph {
            at.item = None;
        }
        if unit <= Unit::Article {
            at.paragraph = None;
        }
        at.article?;
        Some((target.clone(), at))
    }

    /// A name without book brackets that ends here, when no place follows (what a place is preceded by is read with it).
    fn name(&mut self, trigger: Range<usize>) -> usize {
        let end = trigger.end;
        let Some(found) = words::name(self.text, trigger) else { return end };
        let behind = title::behind(self.text, found.end);
        if !series(self.text, words::to_place(self.text, behind.end), Base::ThisArticle, None).is_empty() {
            // With remarks between name and place it is read here, else by the place itself.
            if behind.end == found.end {
                return end;
            }
        }
        let key = title_key(self.slice(found.clone()));
        let target = words::defined(&key, &self.defined).unwrap_or(Target::Named(key));
        let role = self.role(found.start);
        self.named(found.clone(), found, target, role)
    }

    /// A number of a document or case with its year in brackets.
    fn number(&mut self, year: Range<usize>) -> usize {
        let Some(found) = number::read(self.text, year.clone()) else { return year.end };
        let end = found.end;
        let role = self.role(found.start);
        self.numbered(found, role);
        end
    }

    /// 令第N号, 公告第N号.
    fn order(&mut self, start: usize) -> Option<usize> {
        let number = ordinal(self.slice(start..self.text.len()))?;
        let end = start + number.len;
        let end = end + self.slice(end..self.text.len()).strip_prefix('号').map(|_| '号'.len_utf8())?;
        let from = number::order_begins(self.text, start)?;
        let role = self.role(from);
        self.numbered(from..end, role);
        Some(end)
    }

    fn numbered(&mut self, span: Range<usize>, role: Role) {
        let key = super::names::number_key(self.slice(span.clone()));
        let mention =
            Mention { name: span.clone(), span, target: Target::Numbered(key), place: None, note: None, role };
        self.found.push(mention);
    }

    /// What the words before a name say of it; a further member of a series has the role of the one before.
    fn role(&self, start: usize) -> Role {
        if let Some(before) = self.found.last().filter(|before| before.span.end <= start)
            && words::joins(self.slice(before.span.end..start))
        {
            return before.role;
        }
        words::role(self.text, start)
    }
}

#[cfg(test)]
mod tests;
