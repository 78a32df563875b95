//! Places in the citing text itself: 本法第三条, 前款, 第二项 alone.

use super::super::mention::{Base, Locator, Mention, Place, Unit};
use super::super::shape::Shape;
use super::{Here, Outcome, Reason, Resolution, places, range};

/// A place in the citing text itself.
pub(super) fn own(mut answer: Resolution, mention: &Mention, here: &Here<'_>) -> Resolution {
    let (Some(place), Some(shape)) = (&mention.place, here.shape) else {
        return answer.because(Outcome::Unknown, Reason::Nameless);
    };
    answer.instruments = vec![here.group.to_string()];
    answer.version = Some(here.version.to_string());
    match counted(place, here, shape) {
        Ok(places) => (answer.outcome, answer.places) = (Outcome::Resolved, places),
        // 第102条 alone, in a text that has no articles, is of another that the text does not name here.
        Err(Reason::NoSuchArticle) if mention.name.is_empty() && !shape.has_articles() => {
            (answer.instruments, answer.version) = (Vec::new(), None);
            return answer.because(Outcome::Unknown, Reason::Nameless);
        }
        // What counts from where the words stand names no article of which that could be said.
        Err(Reason::NoSuchPart) if place.base != Base::Instrument => {
            return answer.because(Outcome::Unknown, Reason::NothingBefore);
        }
        Err(reason) => return answer.because(Outcome::Unknown, reason),
    }
    answer
}

/// The places that count from where the words stand, and those of the whole text.
fn counted(place: &Place, here: &Here<'_>, shape: &Shape) -> Result<Vec<String>, Reason> {
    let number = |prefix: char| {
        let part = here.part.split('/').find_map(|part| part.strip_prefix(prefix));
        part.and_then(|number| number.parse::<u32>().ok())
    };
    let paragraph = number('p').unwrap_or(1);
    // 本项第5目, 第1目 alone: of the 项 in which the words stand.
    let inside = |at: Locator| match (at.item, at.subitem) {
        (None, Some(_)) => Locator { paragraph: at.paragraph.or(Some(paragraph)), item: number('s'), ..at },
        _ => at,
    };
    let place = &match place.base {
        Base::ThisArticle | Base::ThisParagraph => Place { at: inside(place.at), to: place.to.map(inside), ..*place },
        _ => *place,
    };
    match place.base {
        Base::Instrument => places(place, shape),
        Base::Carried => carried(place, shape),
        Base::Either => match (here_or(place, here, shape, paragraph), carried(place, shape)) {
            (Ok(here), Ok(there)) if here != there => Err(Reason::SeveralPlaces),
            (here, there) => here.or(there),
        },
        Base::HereElse => here_or(place, here, shape, paragraph).or_else(|_| carried(place, shape)),
        Base::ThisArticle => beside(here.provision, &place.at, place.to, shape, Some(paragraph)),
        Base::ThisParagraph => {
            let at = Locator { paragraph: Some(paragraph), ..place.at };
            let to = place.to.map(|to| Locator { paragraph: Some(paragraph), ..to });
            beside(here.provision, &at, to, shape, None)
        }
        Base::Before(Unit::Paragraph, count) => paragraphs_before(place, here, shape, paragraph, count),
        Base::Before(Unit::Article, count) => {
            let before = (1..=i64::from(count)).rev().map(|steps| {
                let key = shape.beside(here.provision, -steps).ok_or(Reason::NothingBefore)?;
                beside(key, &place.at, place.to, shape, None)
            });
            before.collect::<Result<Vec<_>, _>>().map(|all| all.concat())
        }
        Base::Before(_, count) => items_before(here, number('s'), paragraph, count, shape),
        Base::After(_) => match shape.beside(here.provision, 1) {
            Some(key) => beside(key, &place.at, place.to, shape, None),
            None => Err(Reason::NothingBefore),
        },
    }
}

fn paragraphs_before(
    place: &Place,
    here: &Here<'_>,
    shape: &Shape,
    paragraph: u32,
    count: u32,
) -> Result<Vec<String>, Reason> {
    let first = paragraph.checked_sub(count).filter(|first| *first > 0).ok_or(Reason::NothingBefore)?;
    let mut all = Vec::new();
    for paragraph in first..first + count {
        let at = Locator { paragraph: Some(paragraph), ..place.at };
        let to = place.to.map(|to| Locator { paragraph: Some(paragraph), ..to });
        all.extend(beside(here.provision, &at, to, shape, None)?);
    }
    Ok(all)
}

/// The part of the article named before. An 项 of another paragraph than the one named there (第三条第二款先对第一项) is taken where
/// the article has one such.
pub(super) fn carried(place: &Place, shape: &Shape) -> Result<Vec<String>, Reason> {
    let whole = |at: Locator| if at.item.is_some() { Locator { paragraph: None, ..at } } else { at };
    let with = |at: Locator, to: Option<Locator>| places(&Place { base: Base::Instrument, at, to }, shape);
    let found = with(place.at, place.to).or_else(|_| with(whole(place.at), place.to.map(whole)));
    found.map_err(|_| Reason::NothingBefore)
}

/// The part of the article in which the words stand.
fn here_or(place: &Place, here: &Here<'_>, shape: &Shape, paragraph: u32) -> Result<Vec<String>, Reason> {
    let own = |at: Locator| Locator { article: None, ..at };
    beside(here.provision, &own(place.at), place.to.map(own), shape, Some(paragraph))
}

/// A place inside a provision. An item without a paragraph is first looked for in the paragraph where the words stand.
pub(super) fn beside(
    provision: &str,
    at: &Locator,
    to: Option<Locator>,
    shape: &Shape,
    paragraph: Option<u32>,
) -> Result<Vec<String>, Reason> {
    let with = |at: &Locator| {
        let near = paragraph.filter(|_| at.paragraph.is_none() && at.item.is_some());
        let nearest = near.and_then(|paragraph| shape.place(provision, &Locator { paragraph: Some(paragraph), ..*at }));
        shape.place(provision, at).or(nearest).ok_or(Reason::NoSuchPart)
    };
    let first = with(at)?;
    match to {
        None => Ok(vec![first]),
        Some(to) => Ok(range(&first, &with(&to)?, shape)),
    }
}

fn items_before(
    here: &Here<'_>,
    item: Option<u32>,
    paragraph: u32,
    count: u32,
    shape: &Shape,
) -> Result<Vec<String>, Reason> {
    let item = item.ok_or(Reason::NothingBefore)?;
    let first = item.checked_sub(count).filter(|first| *first > 0).ok_or(Reason::NothingBefore)?;
    let key = |item: u32| {
        let at = Locator { paragraph: Some(paragraph), item: Some(item), ..Locator::default() };
        shape.place(here.provision, &at).ok_or(Reason::NoSuchPart)
    };
    (first..first + count).map(key).collect()
}
