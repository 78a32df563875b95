//! The single table of fields, from which the schema of every engine is made.
//!
//! Texts reach an engine folded ([`crate::text::fold`]) and segmented by us, so that every engine holds the same terms.

/// What a field's terms are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Analysis {
    /// The value as a whole, as it is.
    Exact,
    /// Each value folded, as a whole; substrings are found by walking through the distinct values, which are few.
    Folded,
    /// Words of the folded text, each part of it in one word: they rank.
    Words,
    /// Overlapping pairs of characters of the folded text, punctuation included, and the last character with a mark of
    /// the end: with positions they prove phrases, and every character begins some pair.
    Pairs,
    /// Not searched.
    Opaque,
}

/// How much an engine keeps of a term in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// That it is there.
    Presence,
    /// How often, beside the length of the field: enough for BM25.
    Frequency,
    /// How often and where.
    Positions,
}

/// Which documents of the index have the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Every provision has its own value.
    Provision,
    /// All provisions of one version share the value. The embedded engine keeps these fields together, once for each
    /// version; an engine without such a place repeats them with every provision.
    Version,
    /// The card of a group.
    Card,
    /// Provisions and cards: what a group is replaced by.
    Both,
}

/// One field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldSpec {
    /// Name in the schema.
    pub name: &'static str,
    /// Which documents have it.
    pub of: Of,
    /// What its terms are.
    pub analysis: Analysis,
    /// What is kept of each term.
    pub detail: Detail,
    /// Weight of its terms in the score; 0 for fields that only filter.
    pub boost: f32,
    /// Whether the value can be read back.
    pub stored: bool,
    /// Whether the value can be read by document number, for sorting, filtering and counting.
    pub fast: bool,
}

const fn filter(name: &'static str, of: Of, analysis: Analysis) -> FieldSpec {
    FieldSpec { name, of, analysis, detail: Detail::Presence, boost: 0.0, stored: false, fast: false }
}

const fn version(name: &'static str, analysis: Analysis) -> FieldSpec {
    FieldSpec { name, of: Of::Version, analysis, detail: Detail::Presence, boost: 0.0, stored: true, fast: true }
}

/// Every field. Positions stand only where phrases are proved by them: they are the greatest part of an index.
pub const FIELDS: &[FieldSpec] = &[
    filter("group", Of::Both, Analysis::Exact),
    FieldSpec { detail: Detail::Frequency, boost: 0.5, ..filter("words", Of::Provision, Analysis::Words) },
    FieldSpec { detail: Detail::Positions, boost: 0.5, ..filter("pairs", Of::Provision, Analysis::Pairs) },
    filter("heading", Of::Provision, Analysis::Folded),
    FieldSpec { fast: true, ..filter("id", Of::Provision, Analysis::Opaque) },
    FieldSpec { stored: true, ..filter("entry", Of::Provision, Analysis::Opaque) },
    version("title", Analysis::Folded),
    version("document_number", Analysis::Folded),
    version("issuer", Analysis::Folded),
    version("kind", Analysis::Exact),
    version("level", Analysis::Exact),
    version("case_kind", Analysis::Exact),
    version("region", Analysis::Exact),
    version("domain", Analysis::Exact),
    version("cause", Analysis::Folded),
    version("penalties", Analysis::Exact),
    version("fines_fen", Analysis::Exact),
    version("tiers", Analysis::Exact),
    version("parties", Analysis::Exact),
    version("outcomes", Analysis::Exact),
    version("version", Analysis::Exact),
    version("effective_from", Analysis::Exact),
    version("ended_on", Analysis::Exact),
    version("ended_by", Analysis::Exact),
    version("dated", Analysis::Exact),
    version("access", Analysis::Exact),
    version("departments", Analysis::Exact),
    version("origins", Analysis::Opaque),
    filter("key", Of::Card, Analysis::Exact),
    FieldSpec { stored: true, ..filter("card", Of::Card, Analysis::Opaque) },
    FieldSpec { stored: true, ..filter("links", Of::Card, Analysis::Opaque) },
];

/// A field of the table by its name.
pub fn field(name: &str) -> Option<&'static FieldSpec> {
    FIELDS.iter().find(|field| field.name == name)
}

/// The table as text: part of the fingerprint, so that an index made from another table is not used.
pub fn fingerprint() -> String {
    FIELDS.iter().map(|field| format!("{field:?}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_only_terms_have_weights() {
        for (place, spec) in FIELDS.iter().enumerate() {
            assert!(FIELDS[..place].iter().all(|other| other.name != spec.name), "{} twice", spec.name);
            assert_eq!(spec.boost > 0.0, spec.detail != Detail::Presence, "{}", spec.name);
        }
        assert_eq!(field("pairs").map(|f| f.detail), Some(Detail::Positions));
        assert_eq!(field("nothing"), None);
    }
}
