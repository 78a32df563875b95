//! The tantivy schema, made from the table of fields.

use super::tokens;
use crate::index::EngineError;
use crate::index::fields::{self, Analysis, Detail, FIELDS, FieldSpec, Of};
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// What all provisions of a version share stands in one column, a value for each version ([`Of::Version`]).
pub const HEAD: &str = "head";

/// The fields of the schema by their use.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Group id of provisions and cards.
    pub group: Field,
    /// Words of text, title and headings.
    pub words: Field,
    /// Pairs of characters of the text.
    pub pairs: Field,
    /// Folded headings.
    pub heading: Field,
    /// Provision id.
    pub id: Field,
    /// The stored part of the entry.
    pub entry: Field,
    /// The head of the version.
    pub head: Field,
    /// Keys of a card.
    pub key: Field,
    /// The card.
    pub card: Field,
    /// What a group cites.
    pub links: Field,
}

/// The schema and its fields.
pub fn schema() -> Result<(Schema, Fields), EngineError> {
    let mut builder = Schema::builder();
    for spec in FIELDS.iter().filter(|spec| spec.of != Of::Version) {
        match spec.analysis {
            Analysis::Opaque if spec.name == "id" => {
                builder.add_text_field(spec.name, TextOptions::default().set_fast("raw"))
            }
            Analysis::Opaque => builder.add_text_field(spec.name, TextOptions::default().set_stored()),
            _ => builder.add_text_field(spec.name, text_options(spec)),
        };
    }
    builder.add_bytes_field(HEAD, BytesOptions::default().set_fast());
    let schema = builder.build();
    let field = |name| schema.get_field(name).map_err(|error| EngineError::Storage(error.to_string()));
    let fields = Fields {
        group: field("group")?,
        words: field("words")?,
        pairs: field("pairs")?,
        heading: field("heading")?,
        id: field("id")?,
        entry: field("entry")?,
        head: field(HEAD)?,
        key: field("key")?,
        card: field("card")?,
        links: field("links")?,
    };
    Ok((schema, fields))
}

fn text_options(spec: &FieldSpec) -> TextOptions {
    let tokenizer = match spec.analysis {
        Analysis::Words => tokens::WORDS,
        Analysis::Pairs => tokens::PAIRS,
        Analysis::Exact | Analysis::Folded | Analysis::Opaque => "raw",
    };
    let detail = match spec.detail {
        Detail::Presence => IndexRecordOption::Basic,
        Detail::Frequency => IndexRecordOption::WithFreqs,
        Detail::Positions => IndexRecordOption::WithFreqsAndPositions,
    };
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(detail)
        .set_fieldnorms(spec.detail != Detail::Presence);
    TextOptions::default().set_indexing_options(indexing)
}

/// Weight of a field in the score.
pub fn boost(name: &str) -> f32 {
    fields::field(name).map_or(0.0, |spec| spec.boost)
}
