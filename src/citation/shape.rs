//! Which provisions a text has and how they are divided, in a form that is small and quick to ask.

use super::mention::Locator;
use crate::law::{Provision, Structure};
use serde::{Deserialize, Serialize};

/// The divisions of one text: `;a1:;a2:0,3;a3:0,2(0.4);` — article 2 has two paragraphs, the second with three items;
/// article 3 has one whose second item has four subitems. Nothing after the colon is one undivided paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shape(String);

/// How one provision is divided: for each paragraph the items, for each item its subitems.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Division {
    /// For each 款 the number of 目 of each of its 项.
    pub paragraphs: Vec<Vec<u32>>,
}

impl Shape {
    /// The shape of a text.
    pub fn of(structure: &Structure) -> Shape {
        let mut shape = String::from(";");
        for (provision, _) in structure.provisions() {
            shape.push_str(&provision.key);
            shape.push(':');
            shape.push_str(&division(provision).encoded());
            shape.push(';');
        }
        Shape(shape)
    }

    /// How the provision of a key is divided; `None` if there is no such provision.
    pub fn division(&self, key: &str) -> Option<Division> {
        let start = self.0.find(&format!(";{key}:"))? + key.len() + 2;
        let rest = self.0.get(start..)?;
        Some(Division::decoded(rest.get(..rest.find(';')?)?))
    }

    /// Keys of all provisions, in the order of the text.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.split(';').filter_map(|unit| unit.split_once(':')).map(|(key, _)| key)
    }

    /// Whether it has articles (第X条).
    pub fn has_articles(&self) -> bool {
        self.keys().any(is_article)
    }

    /// How many articles it has.
    pub fn articles(&self) -> usize {
        self.keys().filter(|key| is_article(key)).count()
    }

    /// The key of the article `steps` before (negative) or after another, over articles only.
    pub fn beside(&self, key: &str, steps: i64) -> Option<&str> {
        let articles: Vec<&str> = self.keys().filter(|other| is_article(other) || *other == key).collect();
        let at = articles.iter().position(|other| *other == key)?;
        articles.get(usize::try_from(i64::try_from(at).ok()? + steps).ok()?).copied()
    }

    /// The canonical key of a place: `a10/p2/s3`. `a10/s3` is taken when the article has one list. `None` if there is no
    /// such place.
    pub fn place(&self, provision: &str, at: &Locator) -> Option<String> {
        let part = self.division(provision)?.part(at)?;
        Some(if part.is_empty() { provision.to_string() } else { format!("{provision}/{part}") })
    }
}

fn is_article(key: &str) -> bool {
    key.strip_prefix('a').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn division(provision: &Provision) -> Division {
    let mut paragraphs: Vec<Vec<u32>> = Vec::new();
    for part in &provision.parts {
        match part.key.split('/').count() {
            1 => paragraphs.push(Vec::new()),
            2 => paragraphs.last_mut().into_iter().for_each(|items| items.push(0)),
            _ => {
                if let Some(subitems) = paragraphs.last_mut().and_then(|items| items.last_mut()) {
                    *subitems += 1;
                }
            }
        }
    }
    Division { paragraphs }
}

impl Division {
    fn encoded(&self) -> String {
        let paragraph = |items: &Vec<u32>| {
            let subitems: Vec<String> = items.iter().map(u32::to_string).collect();
            match items.iter().any(|count| *count > 0) {
                true => format!("{}({})", items.len(), subitems.join(".")),
                false => items.len().to_string(),
            }
        };
        self.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join(",")
    }

    fn decoded(text: &str) -> Division {
        if text.is_empty() {
            return Division::default();
        }
        let paragraph = |text: &str| match text.split_once('(') {
            Some((_, subitems)) => {
                subitems.trim_end_matches(')').split('.').map(|count| count.parse().unwrap_or(0)).collect()
            }
            None => vec![0; text.parse().unwrap_or(0)],
        };
        Division { paragraphs: text.split(',').map(paragraph).collect() }
    }

    /// How many 款; an undivided provision is one.
    pub fn paragraph_count(&self) -> usize {
        self.paragraphs.len().max(1)
    }

    /// The part that numbers name: `p2/s3`; empty for the whole; `None` if there is none.
    pub fn part(&self, at: &Locator) -> Option<String> {
        let index = |number: u32| usize::try_from(number).ok()?.checked_sub(1);
        let Some(item) = at.item else {
            return match at.paragraph {
                // A 目 lies in a 项.
                _ if at.subitem.is_some() => None,
                None => Some(String::new()),
                Some(number) => (index(number)? < self.paragraph_count()).then(|| format!("p{number}")),
            };
        };
        let paragraph = match at.paragraph {
            Some(number) => index(number)?,
            None => self.only_list()?,
        };
        let subitems = *self.paragraphs.get(paragraph)?.get(index(item)?)?;
        let part = format!("p{}/s{item}", paragraph + 1);
        match at.subitem {
            None => Some(part),
            Some(number) => (number > 0 && number <= subitems).then(|| format!("{part}/i{number}")),
        }
    }

    /// The paragraph that has the only list.
    fn only_list(&self) -> Option<usize> {
        let mut lists = self.paragraphs.iter().enumerate().filter(|(_, items)| !items.is_empty());
        lists.next().filter(|_| lists.next().is_none()).map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{Document, Kind, structure};

    fn shape(text: &str) -> Shape {
        Shape::of(&structure::parse(&Document::new(Kind::Legislation, "云桥县渡口条例", text)))
    }

    fn at(article: u32, paragraph: u32, item: u32, subitem: u32) -> Locator {
        let some = |number: u32| Some(number).filter(|number| *number > 0);
        Locator {
            article: some(article).map(|number| (number, 0)),
            paragraph: some(paragraph),
            item: some(item),
            subitem: some(subitem),
        }
    }

    #[test]
    fn places_exist_or_do_not() {
        let shape = shape(
            "第一条　甲。\n第二条　乙。\n渡船应当符合下列条件：\n（一）丙；\n（二）丁：\n1.戊；\n2.己；\n（三）庚。\n辛。\n第二条之一　壬。",
        );
        let place = |key: &str, locator: Locator| shape.place(key, &locator);
        assert_eq!(place("a1", at(1, 0, 0, 0)).as_deref(), Some("a1"));
        assert_eq!(place("a1", at(1, 1, 0, 0)).as_deref(), Some("a1/p1"));
        assert_eq!(place("a1", at(1, 2, 0, 0)), None);
        assert_eq!(place("a2", at(2, 2, 3, 0)).as_deref(), Some("a2/p2/s3"));
        assert_eq!(place("a2", at(2, 0, 3, 0)).as_deref(), Some("a2/p2/s3"));
        assert_eq!(place("a2", at(2, 0, 2, 2)).as_deref(), Some("a2/p2/s2/i2"));
        assert_eq!(place("a2", at(2, 0, 4, 0)), None);
        assert_eq!(place("a2", at(2, 2, 0, 1)), None, "a 目 lies in a 项");
        assert_eq!(place("a2", at(2, 0, 0, 1)), None, "a 目 lies in a 项");
        assert_eq!(place("a2", at(2, 0, 0, 0)).as_deref(), Some("a2"));
        assert_eq!(place("a3", at(3, 0, 0, 0)), None);
        assert_eq!(shape.beside("a2-1", -1), Some("a2"));
        assert_eq!(shape.beside("a1", -1), None);
        assert_eq!(shape.articles(), 3);
    }
}
