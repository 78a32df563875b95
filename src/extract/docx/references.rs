//! Footnotes and endnotes (脚注, 尾注): where they are referred to, and their text behind everything else.

use super::budget::Budget;
use super::story::Placed;
use super::trace::Trace;
use super::{Block, DocxError, Paragraph};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// A note by its kind and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NoteName {
    /// Whether it is an endnote.
    pub(super) is_endnote: bool,
    /// Its id in its part.
    pub(super) id: i64,
}

/// The notes of a document and their numbers: one row for both kinds, in the order in which they are referred to.
#[derive(Default)]
pub(super) struct References {
    notes: HashMap<NoteName, Vec<Placed>>,
    numbers: HashMap<NoteName, usize>,
    /// Where the notes are first referred to, by number, if that is asked.
    places: Vec<Option<Range<usize>>>,
}

impl References {
    /// Takes a note. One without text is none: programs write such ones for the lines that part notes from the text.
    pub(super) fn add(&mut self, name: NoteName, blocks: Vec<Placed>) {
        if !blocks.iter().all(Placed::is_blank) {
            self.notes.insert(name, blocks);
        }
    }

    /// The mark of a reference to a note, which stands there; `None` if there is no such note.
    pub(super) fn mark(
        &mut self,
        name: NoteName,
        here: Option<Range<usize>>,
        budget: &mut Budget,
    ) -> Result<Option<String>, DocxError> {
        if !self.notes.contains_key(&name) {
            return Ok(None);
        }
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            budget.take_block()?;
            self.places.push(here);
        }
        Ok(Some(marked(number)))
    }

    /// The notes that are referred to, each beginning with its mark.
    pub(super) fn finish(mut self) -> Vec<Placed> {
        let by_number: BTreeMap<usize, NoteName> = self.numbers.iter().map(|(&name, &number)| (number, name)).collect();
        let mut all = Vec::new();
        for (number, name) in by_number {
            let mark = marked(number);
            let mut blocks = self.notes.remove(&name).unwrap_or_default();
            match blocks.first_mut().map(|first| &mut first.block) {
                // A note begins with its own number and a space, which are no part of its text.
                Some(Block::Paragraph(first)) => first.text = format!("{mark}{}", first.text.trim_start()),
                _ => blocks.insert(0, Placed::of(Paragraph { text: mark, ..Paragraph::default() })),
            }
            if let Some(Some(place)) = self.places.get(number - 1) {
                blocks.iter_mut().for_each(|block| block.trace = Trace::whole(block.text_bytes(), place));
            }
            all.append(&mut blocks);
        }
        all
    }
}

fn marked(number: usize) -> String {
    format!("〔注{number}〕")
}
