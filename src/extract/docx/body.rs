//! The body of a document, element by element: what is text, what is left out, and what holds what.
//!
//! Open elements stand in a list, so that no depth of a file can exhaust the stack.

use super::budget::Budget;
use super::container::Part;
use super::fields::{Fields, Shown};
use super::numbering::{Numbered, Numbering};
use super::properties::{self, RunProperties};
use super::references::{NoteName, References};
use super::story::{Placed, Story, flattened};
use super::styles::{Style, Styles};
use super::table::OpenTable;
use super::trace::{Trace, Tracer};
use super::xml::{Mark, Marks, Space, Tag};
use super::{Block, DocxError, Limits, Note, NoteKind, Paragraph};
use crate::extract::blocks::is_private;
use crate::extract::shifted::{self, Shift};

mod elements;

/// What an open element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// Nothing of its own; what it holds counts.
    Other,
    /// Left out with all that it holds.
    Skipped,
    /// Deleted or moved away by a tracked change.
    Deleted,
    /// Text in it, which is counted.
    DeletedText,
    Paragraph,
    ParagraphProperties,
    /// The list of a paragraph.
    List,
    /// Properties of the mark that ends a paragraph.
    MarkProperties,
    Run,
    RunProperties,
    /// Text; whether white space at its ends counts.
    Text {
        preserves_space: bool,
    },
    /// A piece of the instruction of a field.
    Instruction,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    TextBox,
    Note(NoteName),
    /// The same for programs of several ages; how much had been put in front of it.
    Alternatives {
        puts_before: usize,
    },
    /// A root of a formula.
    Root,
    /// A part of a formula: where it begins in the paragraph, and the sign in front of it.
    FormulaPart {
        from: usize,
        sign: &'static str,
    },
    /// A part of a formula that ends with a bracket.
    Bracketed,
}

/// A run of text of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    own: RunProperties,
    style: RunProperties,
}

/// A document while it is read.
pub(super) struct Body {
    styles: Styles,
    numbering: Numbering,
    limits: Limits,
    budget: Budget,
    tally: super::notes::Tally,
    references: References,
    /// Open stories, the one of the body first.
    stories: Vec<Story>,
    tables: Vec<OpenTable>,
    frames: Vec<Frame>,
    runs: Vec<Run>,
    fields: Fields,
    /// How many parts of formulas are open.
    formula_parts: usize,
    /// Text of the open text element.
    chunk: String,
    /// How much has been put: pieces of text, hidden ones too, and pictures.
    puts: usize,
    has_body: bool,
    /// Whether the root element says that white space counts.
    preserves_space: bool,
    /// Where the text comes from, if that is asked.
    tracer: Option<Tracer>,
}

impl Body {
    /// Nothing read yet.
    pub(super) fn new(styles: Styles, numbering: Numbering, limits: &Limits) -> Self {
        Body {
            styles,
            numbering,
            limits: *limits,
            budget: Budget::new(limits),
            tally: super::notes::Tally::default(),
            references: References::default(),
            stories: vec![Story::default()],
            tables: Vec::new(),
            frames: Vec::new(),
            runs: Vec::new(),
            fields: Fields::default(),
            formula_parts: 0,
            chunk: String::new(),
            puts: 0,
            has_body: false,
            preserves_space: false,
            tracer: None,
        }
    }

    /// Reads the main part and remembers where its text stands in it.
    pub(super) fn trace(&mut self, part: &Part) -> Result<(), DocxError> {
        self.tracer = Some(Tracer::default());
        self.read(part)
    }

    /// Reads a part: the main one, or one with notes.
    pub(super) fn read(&mut self, part: &Part) -> Result<(), DocxError> {
        let limits = self.limits;
        let mut marks = Marks::new(&part.text, &part.name, &limits);
        while let Some(mark) = marks.next()? {
            if let Some(tracer) = &mut self.tracer {
                tracer.goes(marks.range());
            }
            match mark {
                Mark::Start(tag) => {
                    let frame = self.start(&tag)?;
                    self.frames.push(frame);
                }
                Mark::End => {
                    if let Some(frame) = self.frames.pop() {
                        self.end(frame)?;
                    }
                }
                Mark::Text(text) => self.text(&text),
            }
        }
        self.fields = Fields::default();
        Ok(())
    }

    /// The blocks of the whole document, notes behind everything else. The name of the main part is for messages.
    pub(super) fn finish(mut self, part: &str) -> Result<(Vec<Placed>, Vec<Note>), DocxError> {
        if !self.has_body {
            return Err(DocxError::NoBody { place: format!("部件 {part} 中没有 w:body") });
        }
        let mut blocks = self.stories.drain(..).flat_map(Story::finish).collect::<Vec<_>>();
        if blocks.iter().all(Placed::is_blank) {
            return Err(DocxError::NoText { pictures: self.tally.count(NoteKind::Picture) });
        }
        blocks.append(&mut self.references.finish());
        Ok((blocks, self.tally.notes()))
    }

    fn text(&mut self, text: &str) {
        match self.frames.last() {
            Some(Frame::Text { .. }) => {
                if let Some(tracer) = &mut self.tracer {
                    tracer.take_text(text.len());
                }
                self.chunk.push_str(text);
            }
            Some(Frame::Instruction) => self.fields.instruct(text),
            Some(Frame::DeletedText) => self.tally.add(NoteKind::DeletedText, text.chars().count()),
            _ => {}
        }
    }

    fn end(&mut self, frame: Frame) -> Result<(), DocxError> {
        match frame {
            Frame::Text { preserves_space } => self.end_text(preserves_space)?,
            Frame::Run => drop(self.runs.pop()),
            Frame::ParagraphProperties => self.count_paragraph()?,
            Frame::Paragraph => self.end_paragraph()?,
            Frame::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            Frame::Cell => self.end_cell()?,
            Frame::Table => self.end_table()?,
            Frame::TextBox => {
                let blocks = self.end_story();
                if !blocks.iter().all(Placed::is_blank)
                    && let Some(story) = self.stories.last_mut()
                {
                    blocks.into_iter().for_each(|block| story.put(block));
                }
            }
            Frame::Note(name) => {
                let blocks = self.end_story();
                self.references.add(name, blocks);
            }
            Frame::FormulaPart { from, sign } => self.end_formula_part(from, sign)?,
            Frame::Bracketed => self.put(")")?,
            _ => {}
        }
        Ok(())
    }

    fn begin_story(&mut self) -> Result<(), DocxError> {
        self.budget.check_nesting(self.stories.len())?;
        self.stories.push(Story::default());
        Ok(())
    }

    /// Ends the innermost story; that of the body stays.
    fn end_story(&mut self) -> Vec<Placed> {
        if self.stories.len() > 1 { self.stories.pop().map(Story::finish).unwrap_or_default() } else { Vec::new() }
    }

    /// The style that holds for the open paragraph, with what holds everywhere.
    fn style(&self) -> Style {
        let open = self.stories.last().and_then(|story| story.open.as_ref());
        let own = self.styles.of_paragraph(open.and_then(|open| open.style.as_deref())).cloned().unwrap_or_default();
        let defaults = self.styles.defaults();
        Style {
            paragraph: own.paragraph.over(&defaults.paragraph),
            run: own.run.over(&defaults.run),
            list_stated_by: own.list_stated_by,
        }
    }

    /// Lets the list of the open paragraph count it, once all its properties are known.
    fn count_paragraph(&mut self) -> Result<(), DocxError> {
        let style = self.style();
        let open = self.stories.last_mut().and_then(|story| story.open.as_mut());
        let Some(open) = open.filter(|open| !open.is_counted) else { return Ok(()) };
        open.is_counted = true;
        // What is left of a paragraph without a mark stands in the next one, which has its own number.
        if open.is_continued {
            return Ok(());
        }
        match self.numbering.number(&open.own, Some(&style)) {
            Numbered::No => {}
            Numbered::Unknown => self.tally.add(NoteKind::UnknownNumber, 1),
            Numbered::Yes { text, gap } => {
                self.budget.take_text(text.len() + gap.len())?;
                open.number = Some((text, gap));
                self.puts += 1;
            }
        }
        Ok(())
    }

    fn end_paragraph(&mut self) -> Result<(), DocxError> {
        self.count_paragraph()?;
        self.fields.end_paragraph();
        let style = self.style();
        if let Some(story) = self.stories.last_mut() {
            story.close(style);
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), DocxError> {
        let (text, trace) = flattened(self.end_story());
        self.budget.take_cells(1)?;
        if let Some(table) = self.tables.last_mut()
            && let Some(covered) = table.end_cell(text, trace)
        {
            self.tally.add(NoteKind::CoveredText, covered.chars().count());
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), DocxError> {
        let Some(table) = self.tables.pop() else { return Ok(()) };
        if let Some((table, trace)) = table.finish(&mut self.budget)?
            && let Some(story) = self.stories.last_mut()
        {
            story.put(Placed { block: Block::Table(table), trace });
        }
        Ok(())
    }

    /// Properties of the text that stands here.
    fn run_properties(&self) -> RunProperties {
        let run = self.runs.last().copied().unwrap_or_default();
        run.own.over(&run.style).over(&self.style().run)
    }

    fn end_text(&mut self, preserves_space: bool) -> Result<(), DocxError> {
        let whole = std::mem::take(&mut self.chunk);
        let white: &[char] = &[' ', '\t', '\r', '\n'];
        let chunk = if preserves_space { whole.as_str() } else { whole.trim_matches(white) };
        // Word shows line ends inside a text element as spaces, and neither control characters nor soft hyphens.
        let is_seen = |char: char| white.contains(&char) || !char.is_control() && char != '\u{AD}';
        let seen = chunk.chars().filter(|&char| is_seen(char));
        let seen: String = seen.map(|char| if white.contains(&char) { ' ' } else { char }).collect();
        let shift = self.run_properties().shift;
        let shifted = match shift {
            Some(Shift::Raised) => shifted::raised(&seen),
            Some(Shift::Lowered) => shifted::lowered(&seen),
            Some(Shift::None) | None => None,
        };
        let text = shifted.unwrap_or(seen);
        let trace = match &mut self.tracer {
            Some(tracer) if matches!(shift, Some(Shift::Raised | Shift::Lowered)) => tracer.text_as_one(text.len()),
            Some(tracer) => {
                let from = if preserves_space { 0 } else { whole.len() - whole.trim_start_matches(white).len() };
                tracer.text(&whole, from..from + chunk.len(), is_seen)
            }
            None => Trace::default(),
        };
        self.put_traced(&text, trace)
    }

    /// Puts text that the mark read last stands for.
    fn put(&mut self, text: &str) -> Result<(), DocxError> {
        let trace = self.tracer.as_mut().map_or_else(Trace::default, |tracer| tracer.mark(text.len()));
        self.put_traced(text, trace)
    }

    /// Puts text into the open paragraph, unless it is hidden or the instruction of a field.
    fn put_traced(&mut self, text: &str, trace: Trace) -> Result<(), DocxError> {
        if self.fields.is_instructing() || text.is_empty() {
            return Ok(());
        }
        self.puts += 1;
        let properties = self.run_properties();
        if properties.hidden == Some(true) {
            self.tally.add(NoteKind::HiddenText, text.chars().count());
            return Ok(());
        }
        let Some(open) = self.stories.last_mut().and_then(|story| story.open.as_mut()) else { return Ok(()) };
        self.budget.take_text(text.len())?;
        self.tally.add(NoteKind::PrivateUse, text.chars().filter(|&char| is_private(char)).count());
        if properties.struck == Some(true) {
            self.tally.add(NoteKind::StruckText, text.chars().filter(|char| !char.is_whitespace()).count());
        }
        open.put(text, &properties, trace);
        Ok(())
    }

    /// Puts a paragraph of its own: what a drawing says in letters.
    fn put_beside(&mut self, text: String) -> Result<(), DocxError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.puts += 1;
        self.budget.take_block()?;
        self.budget.take_text(text.len())?;
        let trace = self.tracer.as_mut().map_or_else(Trace::default, |tracer| tracer.mark(text.len()));
        if let Some(story) = self.stories.last_mut() {
            let block = Block::Paragraph(Paragraph { text, ..Paragraph::default() });
            story.put(Placed { block, trace });
        }
        Ok(())
    }

    /// Where the text of the open paragraph ends.
    fn here(&self) -> usize {
        self.stories.last().and_then(|story| story.open.as_ref()).map_or(0, |open| open.text.len())
    }

    /// Puts the sign in front of a part of a formula, and brackets around it unless it is a single character. A part without
    /// text leaves no sign.
    fn end_formula_part(&mut self, from: usize, sign: &str) -> Result<(), DocxError> {
        self.formula_parts = self.formula_parts.saturating_sub(1);
        let Some(open) = self.stories.last_mut().and_then(|story| story.open.as_mut()) else { return Ok(()) };
        let Some(part) = open.text.get(from..).filter(|part| !part.is_empty()) else { return Ok(()) };
        let is_long = part.chars().nth(1).is_some();
        let signed = if is_long { format!("{sign}({part})") } else { format!("{sign}{part}") };
        self.budget.take_text(signed.len() - part.len())?;
        open.text.truncate(from);
        open.text.push_str(&signed);
        open.trace.fuse(from, open.text.len());
        Ok(())
    }
}
