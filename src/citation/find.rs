//! Finds what a text cites, without knowing any corpus.

mod amending;
mod begin;
mod carried;
mod changed;
mod defined;
mod interpretation;
mod joined;
mod kinds;
pub(super) mod noted;
mod number;
mod numbered;
mod place;
mod title;
mod words;
pub(super) use words::is_han;

use super::mention::{Base, Change, Locator, Mention, Place, Role, Target, Unit};
use super::names::title_key;
use amending::Amending;
pub(super) use begin::name_begins;
use changed::Lead;
use defined::Defined;
use place::{Relative, relative, series, skip_spaces};
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
pub(super) use words::without_verbs;

/// What a place means that stands without any name (第三条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bare {
    /// The text itself: in a law.
    Own,
    /// The text itself, and it is no law: 本法 is what it quotes, in an opinion, a list or an interpretation.
    NoLaw,
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
    let words = "《|〈|第|笫|前[一二两三四五六]?[条款项]|上[条款]|下条|本[条款项]|该[条款项]|法典|法|条例|宪法";
    let bare_year = r"(?:19|20)[0-9]{2}年第?[0-9]{1,4}号";
    let unmarked = "(?:规则|规定|办法|细则|解释)[0-9]{1,3}条";
    Regex::new(&format!("{words}|{bracketed_year}|{bare_year}|{unmarked}")).expect("a fixed pattern")
});

/// All mentions of a text, in order. `bare` says what a place without a name means.
///
/// A number at the beginning of a line with white space behind it is a heading (第三条　甲), not a mention.
pub fn find(text: &str, bare: &Bare) -> Vec<Mention> {
    let amending = match bare {
        Bare::Own | Bare::NoLaw | Bare::Nameless => None,
        Bare::Titled(key) => Some(Amending::read(text, Some(key))),
        Bare::Several => Some(Amending::read(text, None)),
    };
    let (defined, found, lead, own) = (HashMap::new(), Vec::new(), Lead::default(), carried::OwnArticles::default());
    let mut finder = Finder { text, bare, amending, lead, defined, found, last: None, placed: None, own };
    let mut at = 0;
    while let Some(trigger) = TRIGGER.find_at(text, at) {
        at = finder.at(trigger.range()).max(trigger.end());
    }
    finder.found
}

/// A number broken by the end of a line (第三十⏎三条).
static BROKEN: LazyLock<Regex> = LazyLock::new(|| {
    let numeral = "[〇零一二三四五六七八九十百千0-9０-９]";
    let blanks = "[ \u{3000}]*";
    let within =
        format!("{numeral}{{0,8}}{blanks}(?:{numeral}{{0,8}}{blanks}\r?\n{blanks}){{1,2}}{numeral}{{0,8}}{blanks}");
    Regex::new(&format!("第{blanks}{within}[条款项目]")).expect("a fixed pattern")
});

/// A text as somebody copied it, with white space for the line breaks inside its numbers: as long, place for place.
pub fn unbroken(text: &str) -> Cow<'_, str> {
    BROKEN.replace_all(text, |found: &Captures<'_>| found[0].replace(['\r', '\n'], " "))
}

/// What a decision that amends several says it amends: folded titles with their bytes, in order.
pub(super) fn amended_by(text: &str) -> Vec<(String, Range<usize>)> {
    Amending::read(text, None).titles
}

/// Bytes of the numbers of documents, orders and cases in a line.
pub(super) fn number_spans(line: &str) -> Vec<Range<usize>> {
    number::all(line, 0..line.len())
}

struct Finder<'t> {
    text: &'t str,
    bare: &'t Bare,
    /// The division of a decision that amends.
    amending: Option<Amending>,
    /// Where its instructions lead.
    lead: Lead,
    /// Short names that the text defines: folded name → what they stand for.
    defined: HashMap<String, Defined>,
    found: Vec<Mention>,
    /// What was named last, and whether with a place: for 该法.
    last: Option<(Target, bool)>,
    /// The place that was named last: for 该条.
    placed: Option<(Target, Locator)>,
    /// The articles of the text, as far as it was read.
    own: carried::OwnArticles,
}

impl<'t> Finder<'t> {
    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    /// Reads what begins at a trigger. Answers up to where the text is read.
    fn at(&mut self, trigger: Range<usize>) -> usize {
        let word = self.slice(trigger.clone());
        match word.chars().next() {
            Some('《') => self.title(title::read(self.text, trigger.start), trigger.start),
            Some('〈') => self.title(title::narrow(self.text, trigger.start), trigger.start),
            Some('第' | '笫') => self.ordinal(trigger.start),
            Some('前' | '上' | '下' | '本' | '该') => self.relative(trigger.start),
            Some('法' | '条' | '宪') => self.name(trigger),
            Some('规' | '办' | '细' | '解') => self.unmarked(trigger.start),
            Some('1' | '2') => self.bare_number(trigger),
            _ => self.number(trigger),
        }
    }

    /// 《…》 with its notes and places.
    fn title(&mut self, title: Option<title::Title>, start: usize) -> usize {
        let Some(title) = title else { return start };
        let key = title_key(self.slice(title.name.clone()));
        if key.is_empty() {
            return title.end;
        }
        if let Some(whole) = interpretation::around(self.text, start, &title) {
            let target = Target::Titled(title_key(self.slice(whole.clone())));
            let role = self.role(whole.start);
            return self.named(whole.clone(), whole, target.into(), role);
        }
        let key = words::of_region(self.slice(0..start), &key).unwrap_or(key);
        if let Some(from) = words::own_in_brackets(self.slice(0..start), &key) {
            return self.own_in_brackets(from..title.end);
        }
        let defined = self.defined.get(&key).cloned().unwrap_or_else(|| self.titled(key).into());
        let role = self.role(start);
        let end = self.named(start..title.end, start..title.end, defined, role);
        let open = title.end == title.name.end && self.slice(end..self.text.len()).starts_with('》');
        match self.found.last_mut().filter(|last| open && last.span.end == end) {
            // 《…法第三条》: the bracket behind the place closes the title.
            Some(last) => {
                last.span.end += '》'.len_utf8();
                last.span.end
            }
            None => end,
        }
    }

    /// 本《细则》第三条: 本细则第三条. Without a place it is no citation.
    fn own_in_brackets(&mut self, name: Range<usize>) -> usize {
        let places = self.absolute_places(name.end);
        let end = places.last().map_or(name.end, |found| found.span.end);
        let (target, places, change) = self.own(&name, places);
        let role = self.role(name.start);
        self.push_places(places, target.into(), name, change, role);
        end
    }

    /// What stands behind a name: remarks in brackets, then places. Pushes the mentions; answers where they end.
    fn named(&mut self, span: Range<usize>, name: Range<usize>, defined: Defined, role: Role) -> usize {
        let Defined { target, note: defined_note } = defined;
        let behind = title::behind(self.text, span.end);
        let meant = self.meant_by_short(&target, behind.short.len());
        let note = noted::inside(self.slice(name.clone())).or(behind.note);
        let note = note.or_else(|| noted::before(self.slice(0..span.start))).or(defined_note);
        for (short, target) in behind.short.iter().zip(&meant) {
            let note = note.filter(|_| meant.len() == 1);
            self.defined.insert(title_key(&short.name), Defined { target: target.clone(), note });
        }
        let role = match noted::of_the_past(self.text, &span, behind.end) {
            true => Role::Historic,
            false if super::relations::says_repealed(self.text, &span) => Role::Repeal,
            false if words::is_planned(self.text, &span) => Role::Planned,
            false => role,
        };
        let mut places = self.absolute_places(words::to_place(self.text, behind.end));
        if places.is_empty() && self.slice(span.clone()).ends_with(['》', '法', '典', '例']) {
            places = place::unmarked(self.text, behind.end);
        }
        let behind_place = places.last().and_then(|found| noted::behind_place(self.text, found.span.end));
        let note = note.or(behind_place);
        let change = self.led_by_name(span.start, span.end, &target, &places);
        let beside = self.number_behind(&behind.numbers).or_else(|| self.number_before(span.start));
        let title = name.clone();
        let whole = Mention { span: span.clone(), name: name.clone(), target, place: None, note, change, role, beside };
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
        let first = self.found.len();
        // The name in the definition is a link too, unless the place behind it takes it in.
        for (short, target) in
            behind.short.iter().zip(meant).filter(|(short, _)| short.titled && short.span.end > end_of_name)
        {
            let (span, name) = (short.span.clone(), short.span.clone());
            let note = note.filter(|_| behind.short.len() == 1);
            self.found.push(Mention { span, name, target, note, role: Role::Other, change: None, ..whole.clone() });
        }
        for number in behind.numbers {
            self.numbered(number, role, Some(&title));
        }
        self.found[first..].sort_by_key(|mention| mention.span.start);
        end
    }

    /// The places behind a name that count from its instrument.
    fn absolute_places(&self, start: usize) -> Vec<place::Found> {
        let places = series(self.text, start, Base::ThisArticle, None);
        places.into_iter().take_while(|found| found.place.base == Base::Instrument).collect()
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
        self.last = Some((target.clone(), at.is_some()));
        if let Some(at) = at {
            self.placed = Some((target.clone(), at));
        }
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
        if matches!(subject, words::Subject::None)
            && let Some(end) =
                self.behind_quotation(start).or_else(|| self.behind_said(start)).or_else(|| self.carried(start))
        {
            return end;
        }
        let base = if matches!(subject, words::Subject::None) { Base::ThisArticle } else { Base::Instrument };
        let places = series(self.text, start, base, None);
        let Some(end) = places.last().map(|found| found.span.end) else { return start };
        let (defined, name, change, places) = match subject {
            words::Subject::Own(name) => {
                let (target, places, change) = self.own(&name, places);
                (target.into(), name, change, places)
            }
            words::Subject::That(name) => match &self.last {
                Some((target, _)) => (target.clone().into(), name, None, places),
                None => return end,
            },
            words::Subject::Former(name, kind) => (self.former(kind), name, None, places),
            words::Subject::Defined(name, defined) => self.led(name, defined, places),
            words::Subject::Words(name) => {
                let target = Target::Named(title_key(self.slice(name.clone())));
                self.led(name, target.into(), places)
            }
            words::Subject::None => {
                let (target, places, change) = self.nameless(start, places);
                (target.into(), start..start, change, places)
            }
        };
        let role = self.role(name.start);
        self.push_places(places, defined, name, change, role);
        end
    }

    /// What 本法 means here: in a decision that amends, it stands in the text that it gives to another, unless it is 本决定.
    fn own(&mut self, name: &Range<usize>, places: Vec<place::Found>) -> changed::Meant {
        let itself = ["本决定", "本修正案"].contains(&self.slice(name.clone()));
        if self.amending.is_none() && self.is_quoted(name) {
            return (Target::Nameless, places, None);
        }
        if self.amending.is_none() || itself && self.zone(name.start).is_none_or(|zone| zone.quoted.is_none()) {
            return (Target::Own, places, None);
        }
        self.in_decision(name.start, places)
    }

    /// What places without a name mean here.
    fn nameless(&mut self, start: usize, places: Vec<place::Found>) -> changed::Meant {
        match self.bare {
            Bare::Own | Bare::NoLaw => match words::table_of(self.text, start) {
                Some(law) => (Target::Named(title_key(law)), places, None),
                None => (Target::Own, places, None),
            },
            Bare::Nameless => (Target::Nameless, places, None),
            Bare::Titled(_) | Bare::Several => self.in_decision(start, places),
        }
    }

    /// Places behind a name.
    fn led(
        &mut self,
        name: Range<usize>,
        defined: Defined,
        places: Vec<place::Found>,
    ) -> (Defined, Range<usize>, Option<Change>, Vec<place::Found>) {
        let change = self.led_by_name(name.start, name.end, &defined.target, &places);
        (defined, name, change, places)
    }

    fn push_places(
        &mut self,
        places: Vec<place::Found>,
        defined: Defined,
        name: Range<usize>,
        change: Option<Change>,
        role: Role,
    ) {
        let Defined { target, note } = defined;
        self.remember(&target, places.last().map(|found| found.place.to.unwrap_or(found.place.at)));
        for (at, found) in places.into_iter().enumerate() {
            let (span, name) = if at == 0 {
                (name.start.min(found.span.start)..found.span.end, name.clone())
            } else {
                (found.span.clone(), found.span.start..found.span.start)
            };
            let (place, target) = (Some(found.place), target.clone());
            self.found.push(Mention { span, name, target, place, note, change, role, beside: None });
        }
    }

    /// 前款, 本条第二款, 该条第一项.
    fn relative(&mut self, start: usize) -> usize {
        let Some((what, len)) = relative(self.slice(start..self.text.len())) else { return start };
        let end = start + len;
        if let Relative::Before(Unit::Paragraph, count @ 2..) = what
            && self.first_paragraphs(start..end, count)
        {
            return end;
        }
        let (named, base, first) = match what {
            Relative::Before(unit, count) => (None, Base::Before(unit, count), None),
            Relative::After(unit) => (None, Base::After(unit), None),
            Relative::This(unit) => {
                let base = if unit == Unit::Article { Base::ThisArticle } else { Base::ThisParagraph };
                (None, base, None)
            }
            // Behind a whole law 该项 may be of something else (该项法律); 该条第二款 is not.
            Relative::That(_) if !self.is_placed_last() && !self.slice(end..self.text.len()).starts_with('第') => {
                return end;
            }
            Relative::That(unit) => match self.that(unit) {
                Some((target, at)) => (Some(target), Base::Instrument, Some(at)),
                None => return end,
            },
        };
        let places = series(self.text, skip_spaces(self.text, end), base, first);
        let mut places: Vec<place::Found> = places.into_iter().take_while(|found| found.place.base == base).collect();
        let role = self.role(start);
        let reached = places.last().map_or(end, |found| found.span.end);
        match places.first_mut() {
            Some(first) => first.span.start = start,
            None if matches!(what, Relative::This(_)) => return end,
            None => {
                let place = Place { base, at: first.unwrap_or_default(), to: None };
                places.push(place::Found { span: start..end, place });
            }
        }
        let (target, places, change) = match named {
            Some(target) => {
                let change = self.led_by_name(start, reached, &target, &places);
                (target, places, change)
            }
            None => self.relative_places(start, places),
        };
        for found in places {
            let (place, span) = (Some(found.place), found.span);
            let (name, target) = (span.start..span.start, target.clone());
            self.found.push(Mention { span, name, target, place, note: None, change, role, beside: None });
        }
        reached
    }

    /// 前款 stands in the text itself; in a decision that amends, in the words that it gives to another.
    fn relative_places(&mut self, start: usize, places: Vec<place::Found>) -> changed::Meant {
        match self.zone(start) {
            None if self.amending.is_none() => (Target::Own, places, None),
            Some(zone) if zone.quoted.is_some() => self.in_decision(start, places),
            _ => (Target::Nameless, places, None),
        }
    }

    fn is_placed_last(&self) -> bool {
        self.last.as_ref().is_some_and(|(_, placed)| *placed)
    }

    /// What 该条, 该款, 该项 mean: the place named last, down to that unit.
    fn that(&self, unit: Unit) -> Option<(Target, Locator)> {
        let (target, at) = self.placed.as_ref()?;
        let mut at = *at;
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
            // With remarks or divisions between name and place it is read here, else by the place itself.
            // 公司法解释三 ends as no name does that a place looks back for.
            let numbered = self.slice(end..found.end).contains("解释");
            if behind.end == found.end && !numbered && !words::is_divided(self.text, behind.end) {
                return end;
            }
        }
        let role = self.role(found.start);
        let (found, defined) = match defined::at_end(self.text, found.clone(), &self.defined) {
            Some((name, defined)) => (name, defined),
            None => {
                let key = title_key(self.slice(found.clone()));
                (found, Target::Named(key).into())
            }
        };
        self.named(found.clone(), found, defined, role)
    }

    /// 避碰规则38条: a place without 第 behind a name that ends in more than 法 or 条例.
    fn unmarked(&mut self, start: usize) -> usize {
        let end = start + "规则".len();
        let words::Subject::Words(name) = words::subject(self.text, end, &self.defined) else { return end };
        let places = place::unmarked(self.text, end);
        let Some(reached) = places.last().map(|found| found.span.end) else { return end };
        let target = Target::Named(title_key(self.slice(name.clone())));
        let (defined, name, change, places) = self.led(name, target.into(), places);
        let role = self.role(name.start);
        self.push_places(places, defined, name, change, role);
        reached
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
