//! What the elements of the main part are to marks.

use super::*;
use crate::publish::comments::attribute;

/// Bytes behind the start of a content control among which its properties are looked for.
const CONTROL_BYTES_MAX: usize = 8 << 10;
/// What holds runs and may hold marks of comments beside them.
const INLINE: [&str; 10] =
    ["hyperlink", "ins", "del", "moveFrom", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo"];
/// Content controls whose content is made from elsewhere, or is one piece of plain text.
const BOUND: [&str; 9] =
    ["dataBinding", ":text", ":date", ":dropDownList", ":comboBox", ":picture", "checkbox", ":docPart", ":citation"];

impl Scan<'_> {
    /// What an element is that begins here.
    pub(super) fn start(&mut self, tag: &BytesStart, range: Range<usize>, is_closed: bool) -> Level {
        self.bind(tag);
        let local = tag.local_name();
        let name = local.into_inner();
        let is_word = self.prefixes.contains(tag.name().prefix().map_or("", |prefix| prefix.into_inner()));
        if is_word && name.starts_with("comment") {
            let id = attribute(tag, "id").and_then(|id| id.trim().parse::<u32>().ok());
            self.ids.extend(id);
        }
        match self.levels.last() {
            None => {
                self.preserves = attribute(tag, "space").is_some_and(|value| value == "preserve");
                Level::Block
            }
            Some(Level::Block | Level::Cell) => self.block(name, is_word, range, is_closed),
            Some(Level::Paragraph | Level::Inline) => self.inline(tag, name, is_word, range),
            Some(Level::Run) => self.in_run(tag, name, is_word, range, is_closed),
            Some(_) => Level::Inner,
        }
    }

    /// Takes the prefixes that a tag binds. One that is bound to two namespaces stands for the last.
    fn bind(&mut self, tag: &BytesStart) {
        if !tag.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = attribute.key.into_inner();
            let Some(prefix) = key.strip_prefix("xmlns:").or((key == "xmlns").then_some("")) else { continue };
            if SPACES.contains(&attribute.value.as_ref()) {
                self.prefixes.insert(prefix.to_string());
            } else {
                self.prefixes.remove(prefix);
            }
        }
    }

    fn block(&mut self, name: &str, is_word: bool, range: Range<usize>, is_closed: bool) -> Level {
        match name {
            // Of alternatives nobody knows which will be shown, and text boxes hold no comments.
            "AlternateContent" | "txbxContent" => return Level::Inner,
            _ if !is_word || is_closed => return Level::Block,
            "body" => self.body = Some(range.end),
            "tc" => {
                self.cells.push(range.start);
                return Level::Cell;
            }
            "p" => {
                let (content, field_start) = (range.end, range.end);
                let (fields, in_fields) = (Vec::new(), Vec::new());
                self.paragraph = Some(Paragraph { content, is_empty: true, fields, field_start, in_fields });
                return Level::Paragraph;
            }
            _ => {}
        }
        Level::Block
    }

    fn inline(&mut self, tag: &BytesStart, name: &str, is_word: bool, range: Range<usize>) -> Level {
        if is_word && (name.ends_with("Pr") || name == "fldData") {
            return Level::Properties { are_of_paragraph: name == "pPr" };
        }
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.is_empty = false;
        }
        match name {
            "r" if is_word => {
                let from = range.start + 1;
                let name = from..from + tag.name().into_inner().len();
                self.run = Some(Run::new(range, name));
                Level::Run
            }
            "sdt" if is_word && !self.is_bound(range.end) => Level::Inline,
            "sdtContent" if is_word => Level::Inline,
            _ if is_word && INLINE.contains(&name) => Level::Inline,
            _ => Level::Opaque(range.start),
        }
    }

    /// Whether marks in a content control that begins here might be lost or forbidden.
    fn is_bound(&self, at: usize) -> bool {
        let window = self.text.get(at..).unwrap_or_default();
        let mut most = CONTROL_BYTES_MAX.min(window.len());
        while !window.is_char_boundary(most) {
            most -= 1;
        }
        let window = window.get(..most).unwrap_or_default();
        let properties = window.split_once("sdtContent").map(|(properties, _)| properties);
        properties.is_none_or(|properties| BOUND.iter().any(|name| properties.contains(name)))
    }

    fn in_run(&mut self, tag: &BytesStart, name: &str, is_word: bool, range: Range<usize>, is_closed: bool) -> Level {
        let preserves = self.preserves;
        let Some(run) = &mut self.run else { return Level::Inner };
        if is_word && name == "rPr" && run.children == 0 {
            return Level::RunProperties(range.start);
        }
        run.children += 1;
        let field = if is_word && name == "fldChar" { attribute(tag, "fldCharType") } else { None };
        let field = match field.as_deref() {
            Some("begin") => Some(FieldMark::Begin),
            Some("separate") => Some(FieldMark::Separate),
            Some("end") => Some(FieldMark::End),
            _ => None,
        };
        // A tag that binds prefixes means something else when its name alone is written again.
        let may_part = is_word && name == "t" && !is_closed && !tag.attributes_raw().contains("xmlns");
        let from = range.start + 1;
        let text = may_part.then(|| (range.end, from..from + tag.name().into_inner().len()));
        let own = attribute(tag, "space");
        let preserves = own.map_or(preserves, |value| value == "preserve");
        Level::Child(Child { start: range.start, text, preserves, field })
    }
}
