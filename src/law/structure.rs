//! The structure of a text: 编 分编 章 节 条 款 项 目, numbered units, annexes, signatures, sections of cases.
//!
//! A text is read as lines. Each line gets a role from what it begins with and from where it stands (`lines`, then
//! `titles`, `articles`, `units`, `annexes`, `cases`); lines without a role continue what stands before them. From the
//! roles `blocks` makes a partition of the text, so no character can get lost whatever the rules decide.

mod annexes;
mod articles;
mod blocks;
mod cases;
mod ending;
mod headings;
mod lines;
pub(crate) mod numbers;
mod parts;
mod titles;
mod units;

#[cfg(test)]
mod parts_tests;
#[cfg(test)]
mod tests;

use super::document::Document;
use super::kind::Kind;
use super::provision::{HeadingLevel, Issue, ProvisionKind, Structure};
use lines::Line;

/// Longest line that can be a title, in bytes (about 40 characters).
const TITLE_BYTES_MAX: usize = 120;

/// Divides the text of a document into headings and provisions. Never fails: what cannot be understood stays text of
/// the provision in which it stands and is reported in [`Structure::issues`]. Time is linear in the length of the text.
///
/// The blocks are a partition of the text; keys of provisions are unique (`~2` for the second with one key).
/// A text without any number is one [`ProvisionKind::Preamble`]; texts without numbers that are longer than about
/// 2,000 characters are divided between paragraphs.
pub fn parse(document: &Document) -> Structure {
    // Judgments come with their paragraphs joined by blanks; every place stays where it is.
    let laid = (document.kind == Kind::Case).then(|| super::case_fields::in_lines(document));
    let document = laid.as_deref().unwrap_or(document);
    let text = document.text.as_str();
    let lines = lines::lines(text);
    let outline = match document.kind {
        Kind::Case => cases::outline(document, lines),
        Kind::Legislation | Kind::Normative => headings::outline(&document.title, text, lines),
    };
    let mut structure = blocks::build(text, outline);
    structure.issues.extend(private_use(text));
    structure.issues.extend(ending::incomplete(document, &structure));
    structure
}

/// Characters that mean something only to the one who made the font (U+E000 to U+F8FF), reported once.
fn private_use(text: &str) -> Option<Issue> {
    // As bytes first: nearly no text has them, and all texts are asked.
    let possible = |pair: &[u8]| pair[0] == 0xEE || pair[0] == 0xEF && pair[1] < 0xA4;
    if !text.as_bytes().windows(2).fold(false, |found, pair| found | possible(pair)) {
        return None;
    }
    let mut places = text.char_indices().filter(|(_, c)| ('\u{e000}'..='\u{f8ff}').contains(c));
    let (first, c) = places.next()?;
    let message = format!("有{}个字是字体自造的，读不出", places.count() + 1);
    Some(Issue { code: "private_use_character".to_string(), message, span: first..first + c.len_utf8() })
}

/// The lines of a text with their roles.
struct Outline {
    lines: Vec<Line>,
    /// One for each line.
    roles: Vec<Role>,
    /// What text without a number is, from which line on (by index, ascending).
    defaults: Vec<(usize, Opening)>,
    issues: Vec<Issue>,
}

/// What a line does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Role {
    /// Continues the provision before it, or begins one that has no number.
    #[default]
    None,
    /// Continues the block before it, heading or provision.
    Joined,
    /// Begins a heading.
    Heading(HeadingLevel),
    /// Begins a provision.
    Provision(Opening),
}

/// The provision that a line begins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Opening {
    kind: ProvisionKind,
    key: String,
    label: String,
}

impl Opening {
    fn new(kind: ProvisionKind, key: impl Into<String>, label: impl Into<String>) -> Opening {
        Opening { kind, key: key.into(), label: label.into() }
    }

    fn preamble() -> Opening {
        Opening::new(ProvisionKind::Preamble, "preamble", "导语")
    }

    fn signature() -> Opening {
        Opening::new(ProvisionKind::Signature, "signature", "落款")
    }
}

/// Whether a line names what follows instead of saying something: marked as a heading, or short and not ended.
fn is_title_like(text: &str, line: &Line) -> bool {
    let words = line.words(text);
    words.len() <= TITLE_BYTES_MAX
        && !words.contains(['。', '；', ';', '：', ':', '”', '|'])
        && !words.ends_with(['，', ',', '、', '.'])
}
