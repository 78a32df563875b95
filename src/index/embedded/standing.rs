//! Where one provision stands in an answer, counted in the order of the answer itself, or what keeps it out of it: every
//! filter and every clause judged by itself.

use super::cursor::Cursor;
use super::filter::Filter;
use super::first::document;
use super::leaf::is_section;
use super::lexicon::Lexicon;
use super::order::{Item, Order};
use super::plan::{Segment, compile};
use super::search::{Matches, SHOWN_OF_GROUP, Search, by_place};
use crate::index::EngineError;
use crate::index::standing::{LeftOut, Ranked, Sieve, Standing, Unmet, UnmetWhy, Within};
use crate::law::Kind;
use crate::query::{Matching, Node};
use tantivy::DocId;

impl Search<'_> {
    /// Where a provision stands.
    pub fn standing(&self, id: &str, cursor: Option<&Cursor>) -> Result<Standing, EngineError> {
        let Some((segment, doc)) = self.locate(id) else { return Ok(Standing::Absent) };
        let mut matches = self.matches(cursor)?;
        let (by, ranking) = self.ranking(&matches.compiled)?;
        let window = self.window(&mut matches, &ranking)?;
        let Matches { compiled, found, total, needs_term, .. } = &matches;
        let (needs_term, grouped) = (*needs_term, self.query.grouped);
        let order = Order { found, ranking: &ranking, by, grouped, needs_term };
        let Some(item) = order.item(segment, doc)? else { return self.left_out(&matches, segment, doc) };
        let weighed = by_place(&window).get(&(segment, doc)).copied();
        let hit = self.hit(found, &item, compiled, &self.needles(compiled), weighed)?;
        let total = total.clone();
        if !grouped {
            let rank = order.count_before(&item, id)? as u64 + 1;
            return Ok(Standing::Found(Box::new(Ranked { hit, rank, within: None, total })));
        }
        let best = order.best_of_group(&item)?;
        let best_id = self.entry(found, &best)?.id;
        let rank = order.count_before(&best, &best_id)? as u64 + 1;
        let within = Some(self.within(&order, &item, best)?);
        Ok(Standing::Found(Box::new(Ranked { hit, rank, within, total })))
    }

    /// Segment and document of a provision that the asker may see.
    fn locate(&self, id: &str) -> Option<(usize, DocId)> {
        let filter = Filter::new(self.query);
        self.snapshot.views.iter().enumerate().find_map(|(segment, view)| {
            let doc = document(&view.leaf, id, &view.living)?;
            let run = view.leaf.run_of(doc)?;
            filter.sees(view.leaf.head(&view.leaf.runs[run])).then_some((segment, doc))
        })
    }

    /// The place of a found provision in its group, as the page has it.
    fn within(&self, order: &Order<'_>, item: &Item, best: Item) -> Result<Within, EngineError> {
        let groups = self.groups(order, &[best], usize::MAX)?;
        let (matched, items) = groups.into_iter().next().unwrap_or_default();
        let place = items.iter().position(|other| other.doc == item.doc);
        let shown = place.is_some_and(|place| place < SHOWN_OF_GROUP);
        Ok(Within { place: place.map(|place| place as u64 + 1), matched, shown })
    }

    fn left_out(&self, matches: &Matches<'_>, segment: usize, doc: DocId) -> Result<Standing, EngineError> {
        let item = Item { class: 0, score: 0, segment, doc, ord: 0 };
        let entry = self.entry(&matches.found, &item)?;
        let leaf = matches.found[segment].leaf;
        let head = leaf.run_of(doc).map(|run| leaf.head(&leaf.runs[run]));
        let mut filters = head.map(|head| Filter::new(self.query).against(head)).unwrap_or_default();
        let sections = &self.query.filters.cases.sections;
        let is_case = entry.group.kind == Kind::Case;
        if !(sections.is_empty() || is_case && is_section(entry.id.as_bytes(), sections)) {
            filters.push(Sieve::Section);
        }
        let unmet = match self.segments().nth(segment) {
            Some(segment) => {
                let clauses = Clauses { segment, doc, matching: self.query.matching, lexicon: self.lexicon };
                clauses.unmet(&self.query.node)?
            }
            None => Vec::new(),
        };
        let could_be_added = filters.is_empty() && self.query.open_words().is_some();
        Ok(Standing::LeftOut(Box::new(LeftOut { entry, filters, unmet, could_be_added })))
    }
}

/// The clauses of a query, judged on one provision.
struct Clauses<'a> {
    segment: Segment<'a>,
    doc: DocId,
    matching: Matching,
    lexicon: &'a Lexicon,
}

impl Clauses<'_> {
    /// Whether the provision fulfils a node.
    fn fulfils(&self, node: &Node) -> Result<bool, EngineError> {
        let plan = compile(node, self.matching, self.lexicon).plan;
        Ok(self.segment.matched(&plan)?.any.contains(self.doc))
    }

    /// The innermost clauses that it does not.
    fn unmet(&self, node: &Node) -> Result<Vec<Unmet>, EngineError> {
        match node {
            Node::And(members) => {
                let mut unmet = Vec::new();
                for member in members {
                    unmet.extend(self.unmet(member)?);
                }
                Ok(unmet)
            }
            _ if self.fulfils(node)? => Ok(Vec::new()),
            Node::Not(inner) => self.forbidden(inner),
            Node::Or(members) => {
                let mut branches = Vec::new();
                for member in members {
                    branches.extend(self.unmet(member)?);
                }
                let why = UnmetWhy::NoBranch;
                Ok(vec![Unmet { why, clause: node.to_string(), words: Vec::new(), branches }])
            }
            Node::Provisions { .. } => Ok(vec![unmet(UnmetWhy::NotCiting, node, Vec::new())]),
            Node::All | Node::Words { .. } | Node::Phrase { .. } => {
                Ok(vec![unmet(UnmetWhy::Missing, node, self.words(node, false)?)])
            }
        }
    }

    /// What stands there under a `NOT`: the innermost clauses that are fulfilled. Of `AND` it takes all its members together.
    fn forbidden(&self, node: &Node) -> Result<Vec<Unmet>, EngineError> {
        match node {
            Node::Or(members) => {
                let mut there = Vec::new();
                for member in members {
                    if self.fulfils(member)? {
                        there.extend(self.forbidden(member)?);
                    }
                }
                Ok(there)
            }
            _ => Ok(vec![unmet(UnmetWhy::Forbidden, node, self.words(node, true)?)]),
        }
    }

    /// The words of a clause that are there, or that are not.
    fn words(&self, node: &Node, there: bool) -> Result<Vec<String>, EngineError> {
        let (Node::Words { field, .. } | Node::Phrase { field, .. }) = node else { return Ok(Vec::new()) };
        let plan = compile(node, self.matching, self.lexicon).plan;
        let mut words = Vec::new();
        for word in plan.needles() {
            let alone = Node::Phrase { field: *field, text: word.to_owned() };
            if self.fulfils(&alone)? == there {
                words.push(word.to_owned());
            }
        }
        Ok(words)
    }
}

fn unmet(why: UnmetWhy, node: &Node, words: Vec<String>) -> Unmet {
    Unmet { why, clause: node.to_string(), words, branches: Vec::new() }
}
