//! What others state to do to an instrument: 废止, 修改, 根据它制定.

use super::citations::Graph;
use super::search;
use super::view::citations::RelationOf;
use jiff::civil::Date;

/// Days between the dates of one act.
const SAME_ACT_DAYS: i32 = 90;

impl Graph<'_> {
    /// What others state to do to an instrument, the newest first.
    pub fn related(&self, place: usize) -> Vec<RelationOf> {
        let Some(known) = self.links.names.all().get(place) else { return Vec::new() };
        let mut found = Vec::new();
        for (_, group) in self.links.groups.iter().enumerate().filter(|(at, _)| *at != place) {
            for version in &group.versions {
                let about = |stated: &&super::links::stored::Stated| known.keys.contains(&stated.title);
                if let Some(stated) = version.relations.iter().find(about) {
                    found.push(RelationOf {
                        relation: stated.kind.clone(),
                        instrument: search::instrument(&group.head),
                        dated: version.dated,
                        provision: Some(format!("{}/{}", version.id, stated.provision))
                            .filter(|_| !stated.provision.is_empty()),
                        quote: stated.quote.clone(),
                        newer: self.is_newer(version.dated, place),
                    });
                }
            }
        }
        found.sort_by_key(|relation| std::cmp::Reverse(relation.dated));
        found
    }

    /// Whether a text is younger than every text of an instrument that is here.
    fn is_newer(&self, dated: Option<Date>, place: usize) -> bool {
        let newest = self.links.groups[place].versions.iter().filter_map(|version| version.dated).max();
        // Adoption, promulgation and publication of one act lie days or weeks apart.
        let apart = |newest: Date, dated: Date| (dated - newest).get_days() > SAME_ACT_DAYS;
        dated.is_some_and(|dated| newest.is_some_and(|newest| apart(newest, dated)))
    }
}
