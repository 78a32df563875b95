//! What suggestions are made of, group by group. A commit changes few groups, so what is known of the others is kept.

use crate::app::card::Card;
use crate::app::error::AppError;
use crate::app::foremost::without_number;
use crate::app::links::stored::GroupLinks;
use crate::app::shelf;
use crate::index::{Engine, GroupHead};
use crate::law::{Access, Interval, Kind, ValidityStatus, identity};
use crate::text::fold::fold_str;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Longer headings are sentences, in characters.
const HEADING_CHARS_MAX: usize = 30;

/// One instrument or case.
#[derive(Debug)]
pub struct Entry {
    /// Its head.
    pub head: GroupHead,
    /// Folded titles of its texts, the newest first.
    pub titles: Vec<String>,
    /// Its versions, newest first.
    pub versions: Vec<EntryVersion>,
}

/// One version.
#[derive(Debug)]
pub struct EntryVersion {
    /// `{instrument}@{version}`, or the case id.
    pub id: String,
    /// In force between.
    pub interval: Interval,
    /// Who may read it.
    pub access: Access,
    /// Its folded headings without their numbers, each with the key of the first provision below it.
    pub headings: Vec<(String, String)>,
}

impl Entry {
    fn of(card: Card, links: &GroupLinks, access: Access) -> Entry {
        let mut titles = vec![card.title];
        for title in GroupLinks::seen(&links.titles, access) {
            if !titles.contains(title) {
                titles.push(title.clone());
            }
        }
        if card.head.kind == Kind::Case {
            titles = vec![fold_str(&card.head.title)];
        } else {
            let bare = identity::without_organs(&titles[0]).to_string();
            if !titles.contains(&bare) {
                titles.push(bare);
            }
        }
        let mut headings: HashMap<String, Vec<(String, String)>> =
            links.versions.iter().map(|version| (version.id.clone(), version.headings.clone())).collect();
        let version = |version: crate::app::card::CardVersion| EntryVersion {
            headings: headings.remove(&version.id).map(bare_headings).unwrap_or_default(),
            id: version.id,
            interval: version.interval,
            access: version.access,
        };
        Entry { versions: card.versions.into_iter().map(version).collect(), head: card.head, titles }
    }

    /// The version that an access may read: that in force on a day, else the newest.
    pub fn version(&self, access: Access, on: Date) -> Option<&EntryVersion> {
        let seen = || self.versions.iter().filter(|version| version.access <= access);
        seen().find(|version| version.interval.status(on) == ValidityStatus::InForce).or_else(|| seen().next())
    }
}

fn bare_headings(headings: Vec<(String, String)>) -> Vec<(String, String)> {
    let bare = |(heading, provision): (String, String)| {
        let folded = fold_str(&heading);
        let bare = without_number(&folded).to_string();
        let usable = bare.chars().nth(1).is_some() && bare.chars().nth(HEADING_CHARS_MAX).is_none();
        usable.then_some((bare, provision))
    };
    headings.into_iter().filter_map(bare).collect()
}

/// One instrument or case as each circle sees it, the widest circle first; the same entry where they see the same.
struct Faces([Option<Arc<Entry>>; 3]);

impl Faces {
    fn of(card: Card, links: &GroupLinks) -> Faces {
        let circles = [Access::Public, Access::Internal, Access::Restricted];
        let parts =
            || card.records().map(|(_, record)| record.access).chain(card.versions.iter().map(|one| one.access));
        let mut faces: [Option<Arc<Entry>>; 3] = Default::default();
        for (at, circle) in circles.into_iter().enumerate() {
            let same = at > 0 && !parts().any(|access| access == circle);
            faces[at] = match same {
                true => faces[at - 1].clone(),
                false => card.clone().seen_by(circle).map(|card| Arc::new(Entry::of(card, links, circle))),
            };
        }
        Faces(faces)
    }

    fn seen_by(&self, access: Access) -> Option<&Arc<Entry>> {
        self.0[match access {
            Access::Public => 0,
            Access::Internal => 1,
            Access::Restricted => 2,
        }]
        .as_ref()
    }
}

/// All groups of a generation.
#[derive(Default)]
pub struct Catalogue {
    /// By what the engine keeps of them: what is unchanged is found again.
    entries: HashMap<u64, Faces>,
}

impl Catalogue {
    /// What the engine holds now. Only groups that changed are read.
    pub fn renew(&mut self, engine: &dyn Engine) -> Result<(), AppError> {
        let mut kept = HashMap::with_capacity(self.entries.len());
        let mut changed = Vec::new();
        engine.each_card(&mut |card, links| {
            let mut hasher = DefaultHasher::new();
            (card, links).hash(&mut hasher);
            let mark = hasher.finish();
            match self.entries.remove(&mark) {
                Some(entry) => drop(kept.insert(mark, entry)),
                None => changed.push((mark, card.to_string(), links.to_string())),
            }
            true
        })?;
        let read = |(mark, card, links): (u64, String, String)| {
            Ok((mark, Faces::of(shelf::card(&card)?, &shelf::links(&links)?)))
        };
        let read: Result<Vec<(u64, Faces)>, AppError> = changed.into_par_iter().map(read).collect();
        kept.extend(read?);
        self.entries = kept;
        Ok(())
    }

    /// Bytes of memory, about.
    pub fn bytes(&self) -> usize {
        let of_text = |text: &String| text.capacity() + size_of::<String>();
        let of_version = |version: &EntryVersion| {
            let headings = version.headings.iter().map(|(heading, key)| of_text(heading) + of_text(key));
            size_of::<EntryVersion>() + version.id.capacity() + headings.sum::<usize>()
        };
        let of_head = |head: &GroupHead| {
            let others = [&head.issuer, &head.region, &head.document_number];
            let others = others.into_iter().flatten().map(String::capacity).sum::<usize>();
            head.id.capacity() + head.title.capacity() + others
        };
        let of_entry = |entry: &Arc<Entry>| {
            let titles = entry.titles.iter().map(of_text).sum::<usize>();
            size_of::<Entry>() + of_head(&entry.head) + titles + entry.versions.iter().map(of_version).sum::<usize>()
        };
        self.entries.values().filter_map(|faces| faces.seen_by(Access::Restricted)).map(of_entry).sum()
    }

    /// All that an access sees, in no particular order.
    pub fn entries(&self, access: Access) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.values().filter_map(move |faces| faces.seen_by(access))
    }
}
