//! A document as tantivy gets it: values shared between fields, nothing copied.

use super::load::Parcel;
use super::schema::Fields;
use std::iter::Empty;
use std::sync::Arc;
use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

/// Stands between group id and card.
pub const CARD_BEGINS: char = '\0';

/// A value of a row.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Text to be indexed or stored.
    Text(Arc<str>),
    /// Bytes of a column.
    Bytes(Arc<[u8]>),
}

/// A provision or a card.
#[derive(Debug)]
pub struct Row {
    cells: Vec<(Field, Cell)>,
    /// Until all rows of its group are indexed.
    _under_way: Arc<Parcel>,
}

/// A value of a [`Row`].
#[derive(Debug, Clone, Copy)]
pub struct CellRef<'a>(&'a Cell);

impl Row {
    /// The row of a provision. `text` is folded, `context` segmented ([`super::tokens::segmented`]), `headings` folded.
    pub fn provision(fields: &Fields, parts: Provision, under_way: Arc<Parcel>) -> Row {
        let mut cells = vec![
            (fields.group, Cell::Text(parts.group)),
            (fields.words, Cell::Text(parts.text.clone())),
            (fields.words, Cell::Text(parts.context)),
            (fields.pairs, Cell::Text(parts.text)),
            (fields.id, Cell::Text(parts.id.into())),
            (fields.entry, Cell::Text(parts.entry.into())),
            (fields.head, Cell::Bytes(parts.head)),
        ];
        cells.extend(parts.headings.iter().map(|heading| (fields.heading, Cell::Text(heading.clone()))));
        Row { cells, _under_way: under_way }
    }

    /// The row of a card, which has no head: this tells it from provisions. It is stored behind the id of its group.
    pub fn card(fields: &Fields, group: Arc<str>, card: Card, under_way: Arc<Parcel>) -> Row {
        let stored = format!("{group}{CARD_BEGINS}{}", card.card);
        let mut cells = vec![
            (fields.group, Cell::Text(group)),
            (fields.head, Cell::Bytes(Arc::from([]))),
            (fields.card, Cell::Text(stored.into())),
            (fields.links, Cell::Text(card.links.into())),
        ];
        cells.extend(card.keys.into_iter().map(|key| (fields.key, Cell::Text(key.into()))));
        Row { cells, _under_way: under_way }
    }
}

/// What [`Row::card`] is made of.
pub struct Card {
    /// Every key that leads to it.
    pub keys: Vec<String>,
    /// The card.
    pub card: String,
    /// What the group cites.
    pub links: String,
}

/// What [`Row::provision`] is made of.
pub struct Provision {
    /// Group id.
    pub group: Arc<str>,
    /// Folded text.
    pub text: Arc<str>,
    /// Segmented title and headings.
    pub context: Arc<str>,
    /// Folded headings.
    pub headings: Arc<[Arc<str>]>,
    /// Provision id.
    pub id: String,
    /// The stored part of the entry.
    pub entry: String,
    /// The head of the version.
    pub head: Arc<[u8]>,
}

impl Document for Row {
    type Value<'a> = CellRef<'a>;
    type FieldsValuesIter<'a> =
        std::iter::Map<std::slice::Iter<'a, (Field, Cell)>, fn(&'a (Field, Cell)) -> (Field, CellRef<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.cells.iter().map(|(field, cell)| (*field, CellRef(cell)))
    }
}

impl<'a> Value<'a> for CellRef<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self.0 {
            Cell::Text(text) => ReferenceValueLeaf::Str(text),
            Cell::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
        })
    }
}
