//! Provisions that come first because they were asked for by name.

use super::bits::Bits;
use super::leaf::{Leaf, Run};
use tantivy::DocId;

/// The documents of a segment that ids name, among those shown; `None` if there is none of them.
pub fn first(leaf: &Leaf, ids: &[String], shown: &Bits) -> Option<Bits> {
    let mut bits = Bits::new(shown.limit());
    ids.iter().filter_map(|id| document(leaf, id, shown)).for_each(|doc| bits.insert(doc));
    (!bits.is_empty()).then_some(bits)
}

/// The document of a provision id; of the id of a version or case the first one that is shown.
fn document(leaf: &Leaf, id: &str, shown: &Bits) -> Option<DocId> {
    let version = |run: &Run| leaf.head(run).head.version.id.as_str();
    let whole = leaf.runs.iter().filter(|run| version(run) == id);
    let first = |run: &Run| shown.next(run.docs.start).filter(|doc| *doc < run.docs.end);
    if let Some(doc) = whole.filter_map(first).next() {
        return Some(doc);
    }
    let ids = leaf.ids.as_ref()?;
    let ord = ids.dictionary().term_ord(id).ok().flatten()?;
    let inside = |run: &&Run| id.strip_prefix(version(run)).is_some_and(|rest| rest.starts_with('/'));
    let mut docs = leaf.runs.iter().filter(inside).flat_map(|run| run.docs.clone());
    docs.find(|doc| shown.contains(*doc) && ids.ords().first(*doc) == Some(ord))
}
