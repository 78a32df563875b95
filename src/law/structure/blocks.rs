//! From roles to blocks: a partition of the text.

use super::super::provision::{Block, BlockKind, HeadingLevel, Provision, ProvisionKind, Structure};
use super::lines::{Line, Mark, is_blank};
use super::{Opening, Outline, Role, parts, units};
use std::collections::HashMap;

/// Length from which text without numbers is divided at the next paragraph, in bytes (about 2,000 characters).
const LOOSE_BYTES_MAX: usize = 6_000;

/// Makes the blocks. Every line begins one or continues the one before it; white space belongs to what precedes it.
pub(super) fn build(text: &str, outline: Outline) -> Structure {
    let Outline { lines, roles, defaults, issues } = outline;
    let mut builder = Builder { text, lines: &lines, ..Builder::new(text) };
    let mut defaults = defaults.into_iter().peekable();
    let mut default = Opening::preamble();
    for (index, role) in roles.into_iter().enumerate() {
        if let Some((_, next)) = defaults.next_if(|(from, _)| *from <= index) {
            default = next;
        }
        match role {
            Role::Heading(level) => builder.begin(index, BlockKind::Heading(level), false),
            Role::Provision(opening) => builder.provision(index, opening, false),
            Role::Joined if builder.open.is_some() => {}
            Role::None | Role::Joined if builder.continues(index) => {}
            Role::None | Role::Joined => builder.provision(index, default.clone(), true),
        }
    }
    if lines.is_empty() && !text.is_empty() {
        let kind = builder.kind(default);
        builder.structure.blocks.push(Block { kind, span: 0..text.len() });
    }
    builder.end(lines.len(), text.len());
    let mut structure = builder.structure;
    structure.issues = issues;
    structure.issues.sort_by_key(|issue| issue.span.start);
    structure
}

struct Builder<'a> {
    text: &'a str,
    lines: &'a [Line],
    structure: Structure,
    /// First line of the block that is open, its kind, and whether it is text without a number.
    open: Option<(usize, BlockKind, bool)>,
    /// Headings that govern what comes, outermost first.
    headings: Vec<(HeadingLevel, usize)>,
    seen: HashMap<String, u32>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Builder<'a> {
        Builder {
            text,
            lines: &[],
            structure: Structure::default(),
            open: None,
            headings: Vec::new(),
            seen: HashMap::new(),
        }
    }

    /// Whether a line without a role goes on with the open block.
    fn continues(&self, index: usize) -> bool {
        let Some((first, BlockKind::Provision(provision), loose)) = &self.open else { return false };
        let long = *loose && self.lines[index].start - self.lines[*first].start > LOOSE_BYTES_MAX;
        provision.kind != ProvisionKind::Signature && !long
    }

    fn provision(&mut self, index: usize, opening: Opening, loose: bool) {
        let loose = loose || matches!(opening.kind, ProvisionKind::Preamble | ProvisionKind::Annex);
        if opening.kind == ProvisionKind::Signature {
            self.headings.clear();
        }
        let mut kind = self.kind(opening);
        if let BlockKind::Provision(provision) = &mut kind
            && provision.kind == ProvisionKind::Preamble
            && let Some(name) = self.preamble_name()
        {
            provision.label = name;
        }
        self.begin(index, kind, loose);
    }

    /// The name of the heading right above, if it has no number: 序言, 前言, 范围.
    fn preamble_name(&self) -> Option<String> {
        let first = match &self.open {
            Some((first, BlockKind::Heading(level), _)) if *level != HeadingLevel::Title => &self.lines[*first],
            _ => return None,
        };
        let unnumbered = matches!(first.mark, Mark::Text | Mark::Heading(_, 0));
        let name = || first.words(self.text).chars().filter(|c| !is_blank(*c)).collect();
        unnumbered.then(name)
    }

    fn kind(&mut self, opening: Opening) -> BlockKind {
        BlockKind::Provision(Provision {
            kind: opening.kind,
            key: self.unique(opening.key),
            label: opening.label,
            headings: Vec::new(),
            parts: Vec::new(),
        })
    }

    fn unique(&mut self, key: String) -> String {
        if let Some(count) = self.seen.get_mut(&key) {
            *count += 1;
            return format!("{key}~{count}");
        }
        self.seen.insert(key.clone(), 1);
        key
    }

    fn begin(&mut self, index: usize, kind: BlockKind, loose: bool) {
        let start = if index == 0 { 0 } else { self.lines[index].start };
        self.end(index, start);
        if let BlockKind::Heading(level) = kind
            && level != HeadingLevel::Title
        {
            while self.headings.last().is_some_and(|(above, _)| *above >= level) {
                self.headings.pop();
            }
            self.headings.push((level, self.structure.blocks.len()));
        }
        self.open = Some((index, kind, loose));
    }

    /// Closes the open block: the lines up to `index`, the text up to `end`.
    fn end(&mut self, index: usize, end: usize) {
        let Some((first, mut kind, _)) = self.open.take() else { return };
        let start = if first == 0 { 0 } else { self.lines[first].start };
        if let BlockKind::Provision(provision) = &mut kind {
            provision.headings = self.headings.iter().map(|(_, block)| *block).collect();
            if matches!(provision.kind, ProvisionKind::Article | ProvisionKind::NumberedUnit) {
                let own = match self.lines[first].mark {
                    Mark::Unit(mark) => provision.label.ends_with(&units::label(mark)),
                    _ => true,
                };
                provision.parts = parts::parts(self.text, &self.lines[first..index], own);
            }
        }
        self.structure.blocks.push(Block { kind, span: start..end });
    }
}
