//! From a query to its answer.

use super::admitted::{Admitted, Admitting, admitted};
use super::bits::Bits;
use super::count::{Count, Facets, facets, heads_of};
use super::cursor::{Cursor, expanded, question};
use super::expand::Synonyms;
use super::first::{First, first};
use super::fuse::{Candidate, Fuse, Weighing, put_first};
use super::highlight::highlights;
use super::lexicon::Lexicon;
use super::order::{After, By, Found, Item, Order, ord};
use super::plan::{Compiled, Plan, RankTerm, Segment, compile};
use super::record::decode;
use super::schema::Fields;
use super::score::{Ranking, Walk};
use super::snapshot::Snapshot;
use super::vectors::Store;
use super::weigh::UNITS;
use crate::index::{Answer, EngineError, Entry, GroupHead, Hit, HitGroup, TotalCount, Via, Why};
use crate::query::{Explain, Field, Query, Sort, Total};
use crate::text::fold::fold_str;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::schema::document::Value;
use tantivy::{DocAddress, DocId, TantivyDocument};

/// Provisions shown of a group.
pub const SHOWN_OF_GROUP: usize = 3;
/// With a fast total, so many entries of lists are counted at most.
const COUNTED_FAST: u64 = 5_000;

/// A query and what it is asked of.
pub struct Search<'a> {
    /// The generation.
    pub snapshot: &'a Snapshot,
    /// Fields of the schema.
    pub fields: &'a Fields,
    /// Cuts the question as the texts were cut.
    pub lexicon: &'a Lexicon,
    /// Vectors of the segments.
    pub vectors: &'a Store,
    /// The query.
    pub query: &'a Query,
}

/// What a query matched, before it is ordered.
pub struct Matches<'a> {
    /// The query, understood.
    pub compiled: Compiled,
    /// What filters leave of each segment.
    pub admitted: Arc<Vec<Admitted>>,
    /// What matched in each segment.
    pub found: Vec<Found<'a>>,
    /// Counts.
    pub total: TotalCount,
    /// Whether what matches is decided by the ranking terms.
    pub needs_term: bool,
}

impl Search<'_> {
    /// Answers, from the beginning or after a cursor.
    pub fn answer(&self, cursor: Option<&Cursor>) -> Result<Answer, EngineError> {
        let mut matches = self.matches(cursor)?;
        let mut answer = Answer {
            total: matches.total.clone(),
            groups: Vec::new(),
            facets: self.facets(&matches.found),
            heads: self.heads(&matches.found),
            next: None,
            state: self.snapshot.state.clone(),
        };
        if self.query.limit > 0 {
            self.page(&mut matches, cursor, &mut answer)?;
        }
        Ok(answer)
    }

    /// All that matches.
    pub fn matches(&self, cursor: Option<&Cursor>) -> Result<Matches<'_>, EngineError> {
        let compiled = compile(&self.query.node, self.query.matching, self.lexicon);
        let admitted = || Ok::<_, EngineError>(admitted(self.query, &self.snapshot.views));
        let admitted = self.snapshot.admitted.get(Admitting::of(self.query), admitted)?;
        let ranked = matches!(compiled.plan, Plan::Ranked(_)) && self.query.sort == Sort::Relevance;
        // A long question may be ranked without knowing all that matches.
        let asks_all = !self.query.facets.is_empty() || self.query.heads;
        let counted = !ranked || self.query.total == Total::Exact || asks_all;
        let (found, total) = if counted {
            self.counted(&compiled.plan, &admitted, cursor)?
        } else {
            self.uncounted(&compiled, &admitted, cursor)?
        };
        Ok(Matches { compiled, admitted, found, total, needs_term: !counted })
    }

    /// By what and with which terms matches are ranked.
    pub fn ranking(&self, compiled: &Compiled) -> Result<(By, Ranking<'_>), EngineError> {
        let by = By::new(self.query.sort, compiled.terms.is_empty() && asks_title(&compiled.plan));
        let scored = !by.is_value();
        let weigher = &self.snapshot.weigher;
        let terms = if scored {
            weigher.weigh(&compiled.terms, self.fields, &self.query.scope, &|segment, doc| self.sees(segment, doc))?
        } else {
            Vec::new()
        };
        Ok((by, Ranking { weigher, terms }))
    }

    /// What words, terms of the thesaurus and association put first, best first. It is added to what was found.
    pub fn window(&self, matches: &mut Matches<'_>, ranking: &Ranking<'_>) -> Result<Arc<Vec<Candidate>>, EngineError> {
        let Some(asked) = self.query.open_words() else { return Ok(Arc::default()) };
        let weighing = Weighing::of(self.query, asked, &matches.found, matches.needs_term);
        let window = self.snapshot.windows.get(weighing, || self.weighed(asked, matches, ranking))?;
        (matches.total.expanded, matches.total.associated) = put_first(&window, &mut matches.found);
        Ok(window)
    }

    fn weighed(
        &self,
        asked: &str,
        matches: &Matches<'_>,
        ranking: &Ranking<'_>,
    ) -> Result<Vec<Candidate>, EngineError> {
        let Matches { compiled, found, needs_term, admitted, .. } = matches;
        let shown: Vec<&Bits> = admitted.iter().map(|admitted| &admitted.shown).collect();
        let synonyms = Synonyms::of(self, compiled, ranking, &shown)?;
        let (needs_term, synonyms) = (*needs_term, synonyms.as_ref());
        Fuse { search: self, asked, found, ranking, shown, needs_term, synonyms }.candidates()
    }

    /// What is highlighted: the words of the query and the terms of the thesaurus.
    pub fn needles(&self, compiled: &Compiled) -> Vec<String> {
        compiled.needles.iter().map(String::as_str).chain(self.expanded()).map(str::to_owned).collect()
    }

    /// Whether the asker sees a provision of a segment.
    pub fn sees(&self, segment: usize, doc: u32) -> bool {
        let Some(view) = self.snapshot.views.get(segment) else { return false };
        let head = view.leaf.run_of(doc).and_then(|run| view.leaf.runs.get(run)).map(|run| &view.leaf.head(run).head);
        head.is_some_and(|head| self.query.scope.sees(head.access, &head.departments))
    }

    /// The segments, as plans see them.
    pub fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        let searcher = &self.snapshot.searcher;
        searcher.segment_readers().iter().zip(&self.snapshot.views).map(move |(reader, view)| Segment {
            searcher,
            reader,
            leaf: &view.leaf,
            fields: self.fields,
        })
    }

    /// What comes first: on a later page what did on the one before.
    fn first<'a>(&'a self, cursor: Option<&'a Cursor>) -> &'a [String] {
        cursor.map_or(&self.query.first, |cursor| &cursor.first)
    }

    /// All that matches, exactly.
    fn counted(
        &self,
        plan: &Plan,
        admitted: &[Admitted],
        cursor: Option<&Cursor>,
    ) -> Result<(Vec<Found<'_>>, TotalCount), EngineError> {
        let (mut count, mut hidden) = (Count::default(), 0);
        let mut found = Vec::with_capacity(admitted.len());
        for (place, (segment, admitted)) in self.segments().zip(admitted).enumerate() {
            let mut matched = segment.matched(plan)?;
            let first = first(segment.leaf, self.first(cursor), admitted);
            hidden += admitted.hidden.count_common(&matched.any);
            hidden -= uncovered(first.as_ref(), admitted, &matched.any);
            matched.any.and(&admitted.shown);
            matched.all.iter_mut().for_each(|all| all.and(&admitted.shown));
            first.iter().for_each(|first| matched.any.or(&first.bits));
            count.add(segment.leaf, &matched.any);
            found.push(Found { place, leaf: segment.leaf, any: matched.any, all: matched.all, first });
        }
        Ok((found, total(count, hidden, true)))
    }

    /// What may match, and a lower bound of how much does: the rarest terms are counted.
    fn uncounted(
        &self,
        compiled: &Compiled,
        admitted: &[Admitted],
        cursor: Option<&Cursor>,
    ) -> Result<(Vec<Found<'_>>, TotalCount), EngineError> {
        let (some, exact) = self.rarest(&compiled.terms)?;
        let plan = Plan::Ranked(some);
        let (mut count, mut hidden) = (Count::default(), 0);
        let mut found = Vec::with_capacity(admitted.len());
        for (place, (segment, admitted)) in self.segments().zip(admitted).enumerate() {
            let mut matched = segment.matched(&plan)?.any;
            let first = first(segment.leaf, self.first(cursor), admitted);
            hidden += admitted.hidden.count_common(&matched);
            hidden -= uncovered(first.as_ref(), admitted, &matched);
            matched.and(&admitted.shown);
            first.iter().for_each(|first| matched.or(&first.bits));
            count.add(segment.leaf, &matched);
            let mut any = admitted.shown.clone();
            first.iter().for_each(|first| any.or(&first.bits));
            found.push(Found { place, leaf: segment.leaf, any, all: None, first });
        }
        Ok((found, total(count, hidden, exact)))
    }

    /// The rarest terms whose lists are short together, and whether these are all.
    fn rarest(&self, terms: &[RankTerm]) -> Result<(Vec<RankTerm>, bool), EngineError> {
        let mut counted = Vec::with_capacity(terms.len());
        for term in terms {
            counted.push((self.snapshot.weigher.frequency(term, self.fields)?, term));
        }
        counted.sort_by_key(|(count, _)| *count);
        let mut sum = 0;
        let some = counted.iter().take_while(|(count, _)| {
            sum += count;
            sum <= COUNTED_FAST
        });
        let some: Vec<RankTerm> = some.map(|(_, term)| (*term).clone()).collect();
        let exact = some.len() == terms.len();
        Ok((some, exact))
    }

    /// Terms of the thesaurus, where they have a say.
    fn expanded(&self) -> impl Iterator<Item = &str> {
        let expanded = self.query.open_words().map_or(&[][..], |_| &self.query.expanded);
        expanded.iter().flat_map(|one| &one.terms).map(String::as_str)
    }

    /// The head of every group that matches, if they are wanted.
    fn heads(&self, found: &[Found<'_>]) -> Vec<(GroupHead, Option<Date>)> {
        let matched: Vec<_> = found.iter().map(|found| (found.leaf, &found.any)).collect();
        if self.query.heads { heads_of(&matched) } else { Vec::new() }
    }

    fn facets(&self, found: &[Found<'_>]) -> Facets {
        let matched: Vec<_> = found.iter().map(|found| (found.leaf, &found.any)).collect();
        facets(&self.query.facets, &matched, self.query.as_of)
    }

    fn page(&self, matches: &mut Matches<'_>, cursor: Option<&Cursor>, answer: &mut Answer) -> Result<(), EngineError> {
        let query = self.query;
        let (by, ranking) = self.ranking(&matches.compiled)?;
        let window = self.window(matches, &ranking)?;
        (answer.total.expanded, answer.total.associated) = (matches.total.expanded, matches.total.associated);
        let Matches { compiled, found, needs_term, .. } = &*matches;
        let window = by_place(&window);
        let order = Order { found, ranking: &ranking, by, grouped: query.grouped, needs_term: *needs_term };
        let after = cursor.map(|cursor| After { class: cursor.class, score: cursor.score, id: &cursor.id });
        let skip = if cursor.is_some() { 0 } else { query.offset };
        let mut items = order.page(after, skip, query.limit + 1)?;
        let more = items.len() > query.limit;
        items.truncate(query.limit);
        let best = match query.grouped {
            true => self.groups(&order, &items, SHOWN_OF_GROUP)?,
            false => items.iter().map(|item| (1, vec![item.clone()])).collect(),
        };
        let needles = self.needles(compiled);
        for (matched, items) in best {
            let hit =
                |item: &Item| self.hit(found, item, compiled, &needles, window.get(&(item.segment, item.doc)).copied());
            let hits = items.iter().map(hit).collect::<Result<_, _>>()?;
            answer.groups.push(HitGroup { matched, hits });
        }
        if let (true, Some(last)) = (more, items.last()) {
            let id = answer.groups.last().and_then(|group| group.hits.first()).map(|hit| hit.entry.id.clone());
            answer.next = id.map(|id| {
                Cursor {
                    generation: self.snapshot.id.clone(),
                    question: question(query),
                    expanded: expanded(query),
                    class: last.class,
                    score: last.score,
                    id,
                    first: self.first(cursor).to_vec(),
                }
                .encode()
            });
        }
        Ok(())
    }

    /// For the group of each item: how many of its provisions matched, and the best of them, `most` at most.
    pub fn groups(&self, order: &Order<'_>, items: &[Item], most: usize) -> Result<Vec<(u64, Vec<Item>)>, EngineError> {
        let mut groups: Vec<(u64, Vec<Item>)> = vec![(0, Vec::new()); items.len()];
        for (segment, found) in order.found.iter().enumerate() {
            let mut wanted = Bits::new(found.any.limit());
            let mut places: Vec<(DocId, usize)> = Vec::new();
            for (place, item) in items.iter().enumerate().filter(|(_, item)| item.segment == segment) {
                if let Some(group) = found.leaf.group_of(item.doc) {
                    let docs = found.leaf.groups[group].docs.clone();
                    places.push((docs.end, place));
                    wanted.fill(docs);
                }
            }
            if places.is_empty() {
                continue;
            }
            places.sort_unstable();
            wanted.and(&found.any);
            let lists = order.ranking.lists(segment)?;
            let mut at = 0;
            lists.walk(&Walk { allowed: &wanted, needs_term: order.needs_term, threshold: 0 }, |doc, score| {
                while places.get(at).is_some_and(|(end, _)| *end <= doc) {
                    at += 1;
                }
                if let Some((_, place)) = places.get(at) {
                    let class = order.class_of(segment, doc);
                    let (matched, best) = &mut groups[*place];
                    *matched += 1;
                    keep(best, Item { class, score, segment, doc, ord: ord(found.leaf, doc) }, most);
                }
                0
            });
        }
        for ((matched, best), item) in groups.iter_mut().zip(items) {
            // What came first may have none of the terms.
            if best.first().is_none_or(|best| (best.segment, best.doc) != (item.segment, item.doc)) {
                *matched += 1;
                keep(best, item.clone(), most);
            }
        }
        Ok(groups)
    }

    /// An item as a hit.
    pub fn hit(
        &self,
        found: &[Found<'_>],
        item: &Item,
        compiled: &Compiled,
        needles: &[String],
        weighed: Option<&Candidate>,
    ) -> Result<Hit, EngineError> {
        let entry = self.entry(found, item)?;
        let highlights = if self.query.highlight { highlights(&entry.text, needles) } else { Vec::new() };
        let via = weighed.map_or(Via::Words, |candidate| candidate.via);
        let why = match self.query.explain {
            Explain::Nothing => None,
            _ => Some(self.why(&entry, compiled, weighed)?),
        };
        Ok(Hit { entry, score: item.score as f32 / UNITS, highlights, via, why })
    }

    /// What spoke for an entry.
    fn why(&self, entry: &Entry, compiled: &Compiled, weighed: Option<&Candidate>) -> Result<Why, EngineError> {
        let text = fold_str(&entry.text);
        let words = compiled.needles.iter().filter(|needle| text.contains(&***needle)).cloned().collect();
        let wanted = weighed.is_some() && self.query.explain == Explain::Everything;
        let asked = self.query.open_words().filter(|_| wanted);
        let pulls = asked.map(|asked| self.vectors.pulls(asked, entry)).transpose()?.unwrap_or_default();
        let expanded = self.expanded().filter(|term| text.contains(*term)).map(str::to_owned).collect();
        Ok(Why { words, expanded, weighed: weighed.map(Candidate::weighed), pulls })
    }

    /// The entry of an item.
    pub fn entry(&self, found: &[Found<'_>], item: &Item) -> Result<Entry, EngineError> {
        let leaf = found[item.segment].leaf;
        let address = DocAddress::new(item.segment as u32, item.doc);
        let document: TantivyDocument = self.snapshot.searcher.doc(address)?;
        let stored = document.get_first(self.fields.entry).and_then(|value| value.as_str());
        let head = leaf.run_of(item.doc).map(|run| leaf.head(&leaf.runs[run]));
        stored
            .zip(head)
            .and_then(|(stored, head)| decode(stored, &head.head))
            .ok_or_else(|| EngineError::Unusable("条文数据已损坏".into()))
    }
}

/// Weighed candidates by segment and document.
pub fn by_place(window: &[Candidate]) -> HashMap<(usize, DocId), &Candidate> {
    window.iter().map(|candidate| (candidate.place, candidate)).collect()
}

/// Keeps the best items of a group, best first.
fn keep(best: &mut Vec<Item>, item: Item, most: usize) {
    let key = |item: &Item| (item.class, Reverse(item.score), item.ord);
    let place = best.partition_point(|other| key(other) < key(&item));
    if place < most {
        best.insert(place, item);
        best.truncate(most);
    }
}

/// How many of those that come first the default status filter would have left out.
fn uncovered(first: Option<&First>, admitted: &Admitted, matched: &Bits) -> u64 {
    first.map_or(0, |first| first.uncovered(&admitted.hidden, matched).count() as u64)
}

fn total(count: Count, hidden: u64, exact: bool) -> TotalCount {
    TotalCount {
        value: count.provisions,
        relation: if exact { "eq" } else { "gte" },
        groups: count.groups,
        hidden,
        associated: 0,
        expanded: 0,
    }
}

/// Whether a plan looks at titles.
fn asks_title(plan: &Plan) -> bool {
    match plan {
        Plan::Head(field, _) => *field == Field::Title,
        Plan::Words(parts) | Plan::And(parts) | Plan::Or(parts) => parts.iter().any(asks_title),
        _ => false,
    }
}
