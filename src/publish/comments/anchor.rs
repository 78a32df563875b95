//! Where the marks of comments may stand in the main part: one pass over it, which keeps nothing but what is open.

mod elements;

use super::drafts::{Drafts, Spot};
use super::run::{Child, FieldMark, Run, Split, Wanted};
use super::{Comment, DEPTH_MAX};
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Namespaces of WordprocessingML: transitional and strict.
pub(super) const SPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
/// Fields inside each other that are followed, as the reader of drafts does.
const FIELDS_MAX: usize = 64;

/// Where the marks of all comments stand.
#[derive(Debug)]
pub(super) struct Anchors {
    /// Of each comment.
    pub(super) spots: Vec<Spot>,
    /// Where runs are parted for them.
    pub(super) splits: BTreeMap<usize, Split>,
    /// Where a paragraph must be made for those in a document without any.
    pub(super) paragraph_at: Option<usize>,
    /// Numbers that older comments have or had.
    pub(super) ids: BTreeSet<u32>,
    /// The namespace of the document.
    pub(super) space: &'static str,
    /// Whether the prefix `w` stands for it everywhere.
    pub(super) binds_w: bool,
}

/// What an open element is.
#[derive(Debug)]
enum Level {
    /// What holds paragraphs.
    Block,
    Cell,
    /// A paragraph that may hold marks; others count as `Inner`.
    Paragraph,
    /// What holds runs, and may hold marks.
    Inline,
    /// Properties, in front of which no mark may stand.
    Properties {
        are_of_paragraph: bool,
    },
    /// Anything else between runs, from where on.
    Opaque(usize),
    Run,
    RunProperties(usize),
    Child(Child),
    /// Whatever lies in something that is taken as a whole.
    Inner,
}

/// The open paragraph.
#[derive(Debug)]
struct Paragraph {
    /// Where marks may begin: behind its properties.
    content: usize,
    is_empty: bool,
    /// Its open fields: whether they are at their result.
    fields: Vec<bool>,
    /// Where the outermost of them begins.
    field_start: usize,
    /// Comments that end in the instruction of a field.
    in_fields: Vec<usize>,
}

impl Paragraph {
    fn is_instructing(&self) -> bool {
        self.fields.contains(&false)
    }
}

struct Scan<'a> {
    text: &'a str,
    /// Beginnings that have found no place: where they are wanted, last ones first. The same for ends, and for comments on
    /// paragraphs.
    starts: Vec<(usize, usize)>,
    ends: Vec<(usize, usize)>,
    wholes: Vec<(usize, usize)>,
    drafts: Drafts,
    levels: Vec<Level>,
    cells: Vec<usize>,
    paragraph: Option<Paragraph>,
    run: Option<Run>,
    splits: BTreeMap<usize, Split>,
    ids: BTreeSet<u32>,
    /// Where the last paragraph ends, and where the body begins.
    last_end: Option<usize>,
    body: Option<usize>,
    /// Prefixes of WordprocessingML.
    prefixes: BTreeSet<String>,
    preserves: bool,
}

/// Finds places for comments; `None` if the part is no document.
pub(super) fn find(text: &str, comments: &[Comment]) -> Option<Anchors> {
    let mut scan = Scan::new(text, comments);
    let mut reader = quick_xml::Reader::from_str(text);
    let mut from = 0;
    loop {
        let event = reader.read_event().ok()?;
        let range = from..usize::try_from(reader.buffer_position()).ok()?;
        from = range.end;
        match event {
            Event::Start(tag) => {
                let level = scan.start(&tag, range, false);
                scan.levels.push(level);
                if scan.levels.len() > DEPTH_MAX {
                    return None;
                }
            }
            Event::Empty(tag) => {
                let level = scan.start(&tag, range.clone(), true);
                scan.end(level, range);
            }
            Event::End(_) => {
                let level = scan.levels.pop()?;
                scan.end(level, range);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    scan.finish()
}

/// Takes what is wanted before `limit`.
fn take(wanted: &mut Vec<(usize, usize)>, is_reached: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut taken = Vec::new();
    while let Some(next) = wanted.pop_if(|(at, _)| is_reached(*at)) {
        taken.push(next);
    }
    taken
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, comments: &[Comment]) -> Self {
        let wanted = |of_paragraphs: bool, at: fn(&Comment) -> usize| {
            let chosen = comments.iter().enumerate().filter(|(_, own)| own.is_of_paragraph == of_paragraphs);
            let mut all: Vec<_> = chosen.map(|(index, own)| (at(own), index)).collect();
            all.sort_unstable_by(|one, other| other.cmp(one));
            all
        };
        Scan {
            text,
            starts: wanted(false, |own| own.words.start),
            ends: wanted(false, |own| own.words.end.max(own.words.start)),
            wholes: wanted(true, |own| own.words.start),
            drafts: Drafts::new(comments.len()),
            levels: Vec::new(),
            cells: Vec::new(),
            paragraph: None,
            run: None,
            splits: BTreeMap::new(),
            ids: BTreeSet::new(),
            last_end: None,
            body: None,
            prefixes: BTreeSet::new(),
            preserves: false,
        }
    }

    fn finish(self) -> Option<Anchors> {
        let body = self.body?;
        let rest = self.last_end.unwrap_or(body);
        let has_space = |space: &&str| self.text.contains(*space);
        let space = SPACES.into_iter().find(has_space)?;
        let bound = format!("xmlns:w=\"{space}\"");
        let binds_w = self.text.matches("xmlns:w=").count() == 1
            && self.text.find(&bound).is_some_and(|at| self.text.get(..at).is_some_and(|head| !head.contains("body")));
        Some(Anchors {
            spots: self.drafts.spots(rest),
            splits: self.splits,
            paragraph_at: self.last_end.is_none().then_some(body),
            ids: self.ids,
            space,
            binds_w,
        })
    }

    /// What is open ends.
    fn end(&mut self, level: Level, range: Range<usize>) {
        match level {
            Level::Cell => drop(self.cells.pop()),
            Level::Paragraph => self.end_paragraph(range.start),
            Level::Inline => self.refer(range.end),
            Level::Properties { are_of_paragraph: true } => {
                if let Some(paragraph) = self.paragraph.as_mut().filter(|paragraph| paragraph.is_empty) {
                    paragraph.content = range.end;
                }
            }
            Level::Opaque(start) => self.end_unit(start, range.end),
            Level::Run => self.end_run(range.end),
            Level::RunProperties(start) => {
                if let Some(run) = &mut self.run {
                    run.properties = Some(start..range.end);
                }
            }
            Level::Child(child) => self.end_child(&child, &range),
            Level::Block | Level::Properties { .. } | Level::Inner => {}
        }
    }

    fn cell(&self) -> Option<usize> {
        self.cells.last().copied()
    }

    /// Whether a reference may stand here: directly in a paragraph and outside of its fields, whose result is made anew.
    fn is_free(&self) -> bool {
        let fields = self.paragraph.as_ref().is_none_or(|paragraph| paragraph.fields.is_empty());
        fields && matches!(self.levels.last(), Some(Level::Paragraph))
    }

    fn refer(&mut self, at: usize) {
        if self.is_free() {
            self.drafts.refer(at);
        }
    }

    /// Something between runs ends that is taken as a whole.
    fn end_unit(&mut self, start: usize, end: usize) {
        let (cell, is_free) = (self.cell(), self.is_free());
        for (_, comment) in take(&mut self.starts, |at| at < end) {
            self.drafts.start(comment, start, cell);
        }
        for (_, comment) in take(&mut self.ends, |at| at <= end) {
            self.drafts.end(comment, end, cell, is_free);
        }
        self.refer(end);
    }

    /// Something directly in a run ends.
    fn end_child(&mut self, child: &Child, range: &Range<usize>) {
        let (cell, text) = (self.cell(), self.text);
        let (Some(run), Some(paragraph)) = (&mut self.run, &mut self.paragraph) else { return };
        let is_instructing = paragraph.is_instructing();
        let is_free = paragraph.fields.is_empty();
        // What is in the instruction of a field is not shown: marks go in front of the field and behind it.
        for (at, comment) in take(&mut self.starts, |at| at < range.end) {
            match is_instructing {
                true => self.drafts.start(comment, paragraph.field_start, cell),
                false => run.cut(text, child, at, range, Wanted { comment, begins: true, is_free }),
            }
        }
        for (at, comment) in take(&mut self.ends, |at| at <= range.end) {
            match is_instructing {
                true => paragraph.in_fields.push(comment),
                false => run.cut(text, child, at, range, Wanted { comment, begins: false, is_free }),
            }
        }
        match child.field {
            Some(FieldMark::Begin) if paragraph.fields.len() < FIELDS_MAX => {
                if paragraph.fields.is_empty() {
                    paragraph.field_start = run.tag.start;
                }
                paragraph.fields.push(false);
            }
            Some(FieldMark::Separate) => {
                if let Some(last) = paragraph.fields.last_mut() {
                    *last = true;
                }
            }
            Some(FieldMark::End) => drop(paragraph.fields.pop()),
            _ => {}
        }
    }

    fn end_run(&mut self, end: usize) {
        let Some(run) = self.run.take() else { return };
        let cell = self.cell();
        let (is_direct, is_free) = (matches!(self.levels.last(), Some(Level::Paragraph)), self.is_free());
        for (at, wanted) in run.places(self.text, end, &mut self.splits) {
            if wanted.begins {
                self.drafts.start(wanted.comment, at, cell);
            } else {
                let is_free = if at == end { is_free } else { is_direct && wanted.is_free };
                self.drafts.end(wanted.comment, at, cell, is_free);
            }
        }
        if let Some(paragraph) = self.paragraph.as_mut().filter(|paragraph| paragraph.fields.is_empty()) {
            for comment in std::mem::take(&mut paragraph.in_fields) {
                self.drafts.end(comment, end, cell, is_free);
            }
        }
        // A run without anything in it can hold nothing, but what was wanted in front of it begins here.
        self.end_unit(run.tag.start, end);
    }

    /// A paragraph ends: whatever is wanted in it and has found no place stands around all of it.
    fn end_paragraph(&mut self, end: usize) {
        let Some(paragraph) = self.paragraph.take() else { return };
        let cell = self.cell();
        for (_, comment) in take(&mut self.starts, |at| at < end) {
            self.drafts.start(comment, end, cell);
        }
        for (_, comment) in take(&mut self.ends, |at| at <= end) {
            self.drafts.end(comment, end, cell, true);
        }
        for (_, comment) in take(&mut self.wholes, |at| at < end) {
            self.drafts.start(comment, paragraph.content, cell);
            self.drafts.end(comment, end, cell, true);
        }
        for comment in paragraph.in_fields {
            self.drafts.end(comment, end, cell, true);
        }
        self.drafts.end_paragraph(end);
        self.last_end = Some(end);
    }
}
