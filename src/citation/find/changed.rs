//! Places in decisions that amend others: 将第八条修改为 leads, “…前款…” stands in the words of the article that was led to.

use super::super::mention::{Base, Change, Locator, Place, Target, Unit};
use super::amending::{self, Zone};
use super::place::Found;
use super::{Finder, words};
use crate::law::structure::numbers::ordinal;

/// An article's number with its insertion.
type Article = (u32, u32);

/// The places that the instructions of a unit have named so far.
#[derive(Debug, Default)]
pub struct Lead {
    unit: usize,
    /// Article named last by its number before the change.
    old: Option<Article>,
    /// Article named last by its number after it.
    new: Option<Article>,
    /// The series named last.
    last: Vec<Led>,
    /// How far the new words are read that were asked about last.
    read: Option<Read>,
}

/// New words read up to a byte, so that what is asked in order is read once.
#[derive(Debug)]
struct Read {
    /// Where the words begin.
    zone: usize,
    /// The article and the first paragraph that the instruction before them leads to.
    led: Option<(Article, Option<u32>)>,
    /// How far they are read.
    to: usize,
    /// The article that the line read, or one before it, began.
    article: Option<Article>,
    /// Paragraphs of it, or of the words, with that line.
    paragraphs: u32,
}

impl Read {
    /// Takes in the line that begins with these words. The members of a list are no paragraphs.
    fn line(&mut self, words: &str) {
        let words = words.trim_start_matches(|c: char| c != '\n' && (c.is_whitespace() || c == '“'));
        if let Some(number) = begins_article(words) {
            (self.article, self.paragraphs) = (Some(number), 0);
        }
        let is_item = words.starts_with(['（', '(']) || words.starts_with(|c: char| c.is_ascii_digit());
        self.paragraphs += u32::from(!words.is_empty() && !words.starts_with('\n') && !is_item);
    }
}

#[derive(Debug, Clone, Copy)]
struct Led {
    at: Locator,
    change: Change,
    end: usize,
}

/// What a place without a name means: the instrument, the places with what they inherit, and of which text.
pub type Meant = (Target, Vec<Found>, Option<Change>);

impl Finder<'_> {
    /// The stretch of a decision in which a byte stands; `None` in any other text.
    pub(super) fn zone(&self, at: usize) -> Option<Zone> {
        self.amending.as_ref()?.zone(at).cloned()
    }

    /// Places without a name, and those of 本法, in a decision that amends.
    pub(super) fn in_decision(&mut self, start: usize, places: Vec<Found>) -> Meant {
        let Some((key, zone)) = self.zone(start).and_then(|zone| Some((zone.key.clone()?, zone))) else {
            return (Target::Nameless, places, None);
        };
        match zone.quoted {
            None => {
                let (places, change) = self.lead_to(&zone, start, places);
                (Target::Titled(key), places, change)
            }
            Some(change) => {
                let mut places = places;
                for found in places.iter_mut().filter(|found| found.place.base != Base::Instrument) {
                    found.place = self.in_quoted(&zone, found.place.base, found.place, start);
                }
                (Target::Titled(key), places, Some(change))
            }
        }
    }

    /// Which text of an instrument named in a decision its places count in: where the decision amends it, that before the
    /// change, or after it for numbers that are new.
    pub(super) fn led_by_name(
        &mut self,
        start: usize,
        end: usize,
        target: &Target,
        places: &[Found],
    ) -> Option<Change> {
        let zone = self.zone(start).filter(|zone| zone.quoted.is_none() && !places.is_empty())?;
        let amends = match target {
            Target::Titled(key) => {
                zone.key.as_ref() == Some(key)
                    || amending::is_amended(self.text, start, end)
                    || self.lead.unit == zone.unit && self.joined(start).is_some()
            }
            Target::Named(words) => zone.key.as_ref().is_some_and(|key| words.ends_with(key)),
            _ => false,
        };
        amends.then(|| self.lead_to(&zone, start, places.to_vec()).1)?
    }

    /// Remembers where an instruction leads. Places without an article stand in the one named before.
    fn lead_to(&mut self, zone: &Zone, start: usize, mut places: Vec<Found>) -> (Vec<Found>, Option<Change>) {
        if self.lead.unit != zone.unit {
            self.lead = Lead { unit: zone.unit, ..Lead::default() };
        }
        let before = self.joined(start);
        let change = match before {
            Some(led) => led.change,
            None if amending::is_new_number(self.text, start) => Change::After,
            None => Change::Before,
        };
        if before.is_none() {
            self.lead.last.clear();
        }
        let inherited = self.article_of(change, zone);
        for found in &mut places {
            if found.place.at.article.is_none() && found.place.base == Base::ThisArticle && inherited.is_some() {
                found.place.base = Base::Instrument;
                found.place.at.article = inherited;
                found.place.to = found.place.to.map(|to| Locator { article: inherited, ..to });
            }
            let named = found.place.to.unwrap_or(found.place.at).article;
            match change {
                Change::Before => self.lead.old = named.or(self.lead.old),
                Change::After => self.lead.new = named.or(self.lead.new),
            }
            self.lead.last.push(Led { at: found.place.at, change, end: found.span.end });
        }
        (places, Some(change))
    }

    /// The place that the instruction named before, where nothing but 、 or 和 stands between.
    fn joined(&self, start: usize) -> Option<Led> {
        let led = self.lead.last.last().copied()?;
        let between = self.text.get(led.end..start)?;
        (between.contains(['、', '和', '及', '与']) && words::joins(between)).then_some(led)
    }

    /// The article that a unit speaks of, by its number on one side of the change.
    fn article_of(&self, change: Change, zone: &Zone) -> Option<Article> {
        match change {
            Change::Before => self.lead.old,
            Change::After => self.lead.new.or(self.lead.old.filter(|_| self.keeps_numbers(zone))),
        }
    }

    fn keeps_numbers(&self, zone: &Zone) -> bool {
        let amending = self.amending.as_ref();
        zone.key.as_ref().is_some_and(|key| amending.is_some_and(|amending| !amending.is_renumbered(key)))
    }

    /// 前款, 本条第二款 in words that a decision gives to an article. Left as it is where the number is told nowhere.
    fn in_quoted(&mut self, zone: &Zone, base: Base, place: Place, start: usize) -> Place {
        self.counted(zone, base, place, start).unwrap_or(place)
    }

    fn counted(&mut self, zone: &Zone, base: Base, place: Place, start: usize) -> Option<Place> {
        let (article, paragraph) = self.standing(zone, start)?;
        let article = Some(article);
        let within = |at: Locator, paragraph: Option<u32>| Locator { article, paragraph, ..at };
        let (at, to) = match base {
            Base::ThisArticle => (within(place.at, place.at.paragraph), place.to.map(|to| within(to, to.paragraph))),
            Base::ThisParagraph => {
                let paragraph = Some(paragraph?);
                (within(place.at, paragraph), place.to.map(|to| within(to, paragraph)))
            }
            Base::Before(Unit::Paragraph, count) => {
                let paragraph = paragraph?;
                let first = paragraph.checked_sub(count).filter(|first| *first > 0)?;
                let to = place.to.map(|to| within(to, Some(first)));
                if count > 1 && !place.at.is_empty() {
                    return None;
                }
                let last = (count > 1).then(|| within(Locator::default(), Some(paragraph - 1)));
                (within(place.at, Some(first)), to.or(last))
            }
            // From the article that is told, by the order of the text that has it.
            Base::Before(Unit::Article, 1) => {
                return Some(Place { at: Locator { article, ..place.at }, ..place });
            }
            _ => return None,
        };
        Some(Place { base: Base::Instrument, at, to })
    }

    /// The article in whose new words a byte stands, and which of its paragraphs it is in.
    fn standing(&mut self, zone: &Zone, at: usize) -> Option<(Article, Option<u32>)> {
        let begin = zone.span.start;
        let before = self.lead.read.take().filter(|read| read.zone == begin && read.to <= at);
        let mut read = match before {
            Some(read) => read,
            None => {
                let led = self.led_article(zone);
                let mut read = Read { zone: begin, led, to: begin, article: None, paragraphs: 0 };
                read.line(self.text.get(zone.span.clone())?);
                read
            }
        };
        while let Some(end) = self.text.get(read.to..at)?.find('\n') {
            read.to += end + 1;
            read.line(self.text.get(read.to..zone.span.end)?);
        }
        read.to = at;
        let paragraph = read.paragraphs.max(1);
        let standing = match read.article {
            Some(article) => Some((article, Some(paragraph))),
            None => read.led.map(|(article, first)| (article, first.map(|first| first + paragraph - 1))),
        };
        self.lead.read = Some(read);
        standing
    }

    /// The article that the instruction before a quotation leads to, by its number after the change, and the paragraph with
    /// which the quotation begins.
    fn led_article(&self, zone: &Zone) -> Option<(Article, Option<u32>)> {
        if self.lead.unit != zone.unit || zone.quoted != Some(Change::After) {
            return None;
        }
        let first = self.lead.last.first()?;
        let end = self.lead.last.last()?.end;
        let between = self.text.get(end..zone.span.start)?;
        let only = between.trim_matches(|c: char| c.is_whitespace() || "，,：:“「\"".contains(c));
        if !["", "修改为", "规定", "改为", "修正为", "修订为", "规定为"].contains(&only) {
            return None;
        }
        let article = first.at.article?;
        let told = match first.change {
            Change::After => true,
            Change::Before => self.keeps_numbers(zone) && self.lead.last.len() == 1,
        };
        let counts = match (first.at.paragraph, first.change) {
            (None, _) => Some(1),
            (Some(number), Change::After) => Some(number),
            // Its number may have changed by what the unit did before.
            (Some(number), Change::Before) => {
                let before = self.text.get(zone.unit..zone.span.start)?;
                (!before.contains("增加") && !before.contains('删')).then_some(number)
            }
        };
        (told && first.at.item.is_none()).then_some((article, counts))
    }
}

/// The number of the article that a line of new words begins with.
fn begins_article(line: &str) -> Option<Article> {
    let number = ordinal(line)?;
    let rest = line.get(number.len..)?.strip_prefix('条')?;
    let inserted = rest.strip_prefix('之').and_then(crate::law::structure::numbers::leading);
    let rest = match inserted {
        Some(inserted) => rest.get('之'.len_utf8() + inserted.len..)?,
        None => rest,
    };
    rest.starts_with(char::is_whitespace).then(|| (number.value, inserted.map_or(0, |inserted| inserted.value)))
}
