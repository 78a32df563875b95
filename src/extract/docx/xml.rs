//! A part of a .docx as a row of starts, ends and text: entities resolved, namespaces known, depth limited.
//!
//! A document type definition is refused: the format has none, and entities are what XML bombs are made of.

use super::{DocxError, Limits};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// Bytes of names of styles and of texts of numbers. Word allows fewer.
pub(super) const SHORT_BYTES_MAX: usize = 1_024;

/// The namespaces that matter here, each in its transitional and its strict form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML.
    Word,
    /// Formulas.
    Math,
    /// Alternatives for programs of several ages.
    Compatibility,
    /// Drawings of the old kind.
    Vml,
    /// Drawings and pictures of the new kind.
    Picture,
    /// Anything else.
    Other,
}

impl Space {
    fn of(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "urn:schemas-microsoft-com:vml" => Self::Vml,
            "http://schemas.openxmlformats.org/drawingml/2006/picture"
            | "http://purl.oclc.org/ooxml/drawingml/picture" => Self::Picture,
            _ => Self::Other,
        }
    }
}

/// What stands next in a part.
pub(super) enum Mark<'a> {
    /// A start tag, or a tag that ends at once: then [`Mark::End`] follows.
    Start(Tag<'a>),
    /// An end tag.
    End,
    /// Text, or a part of it.
    Text(String),
}

/// A start tag.
pub(super) struct Tag<'a> {
    start: BytesStart<'a>,
    /// The namespace of its name.
    pub(super) space: Space,
}

impl Tag<'_> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// An attribute of the element's own namespace, or of none.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let own = self.start.name().prefix();
        self.value(|key| {
            key.local_name().into_inner() == name && (own.is_none() || key.prefix().is_none() || key.prefix() == own)
        })
    }

    /// The attribute `val`, which most properties have.
    pub(super) fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The attribute `val` if it is no longer than a name or the text of a number: what keeps it pays for its length often.
    pub(super) fn short_val(&self) -> Option<String> {
        self.val().filter(|value| value.len() <= SHORT_BYTES_MAX)
    }

    /// The attribute `val` as a number.
    pub(super) fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.val()?.trim().parse().ok()
    }

    /// A property that is on or off: on if it says nothing.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off"))
    }

    /// Whether white space at the ends of the text counts, if the tag says so.
    pub(super) fn preserves_space(&self) -> Option<bool> {
        self.value(|key| key.into_inner() == "xml:space").map(|value| value == "preserve")
    }

    fn value(&self, is_wanted: impl Fn(quick_xml::name::QName) -> bool) -> Option<String> {
        let attribute =
            self.start.attributes().with_checks(false).flatten().find(|attribute| is_wanted(attribute.key))?;
        Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
    }
}

/// The marks of a part.
pub(super) struct Marks<'a> {
    reader: quick_xml::Reader<&'a [u8]>,
    part: &'a str,
    spaces: HashMap<String, Space>,
    /// Prefixes bound anew: at which depth, and what they meant before.
    rebound: Vec<(usize, String, Option<Space>)>,
    depth: usize,
    depth_max: usize,
    end_owed: bool,
    /// Where the last mark begins.
    from: usize,
}

impl<'a> Marks<'a> {
    /// Reads a part; its name is for messages.
    pub(super) fn new(text: &'a str, part: &'a str, limits: &Limits) -> Self {
        Marks {
            reader: quick_xml::Reader::from_str(text),
            part,
            spaces: HashMap::new(),
            rebound: Vec::new(),
            depth: 0,
            depth_max: limits.depth_max,
            end_owed: false,
            from: 0,
        }
    }

    /// The bytes of the last mark; of a tag that ends at once for its end too.
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.from..self.position()
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// What stands next; `None` at the end of a part that is whole.
    pub(super) fn next(&mut self) -> Result<Option<Mark<'a>>, DocxError> {
        if std::mem::take(&mut self.end_owed) {
            self.leave();
            return Ok(Some(Mark::End));
        }
        loop {
            self.from = self.position();
            let event = self.reader.read_event().map_err(|_| self.damaged())?;
            return Ok(Some(match event {
                Event::Start(start) => Mark::Start(self.enter(start)?),
                Event::Empty(start) => {
                    self.end_owed = true;
                    Mark::Start(self.enter(start)?)
                }
                Event::End(_) => {
                    self.leave();
                    Mark::End
                }
                Event::Text(text) => Mark::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Mark::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(entity) => Mark::Text(self.resolved(&entity)?),
                Event::DocType(_) => return Err(DocxError::TypeDefinition { part: self.part.to_string() }),
                Event::Eof if self.depth > 0 => return Err(self.damaged()),
                Event::Eof => return Ok(None),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            }));
        }
    }

    fn damaged(&self) -> DocxError {
        DocxError::damaged(format!("部件 {}", self.part))
    }

    fn resolved(&self, entity: &quick_xml::events::BytesRef) -> Result<String, DocxError> {
        let name = entity.xml10_content();
        if let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) {
            return Ok(text.to_string());
        }
        let character = entity.resolve_char_ref().ok().flatten();
        character.map(String::from).ok_or_else(|| self.damaged())
    }

    /// Goes one element deeper: takes the prefixes that its tag binds and tells its namespace.
    fn enter(&mut self, start: BytesStart<'a>) -> Result<Tag<'a>, DocxError> {
        self.depth += 1;
        if self.depth > self.depth_max {
            return Err(DocxError::TooLarge { what: "XML 嵌套层数", max: self.depth_max as u64 });
        }
        if start.attributes_raw().contains("xmlns") {
            self.bind(&start);
        }
        let prefix = start.name().prefix().map_or("", |prefix| prefix.into_inner());
        let space = self.spaces.get(prefix).copied().unwrap_or(Space::Other);
        Ok(Tag { start, space })
    }

    fn bind(&mut self, start: &BytesStart) {
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = attribute.key.into_inner();
            let prefix = match key.strip_prefix("xmlns:") {
                Some(prefix) => prefix,
                None if key == "xmlns" => "",
                None => continue,
            };
            let before = self.spaces.insert(prefix.to_string(), Space::of(attribute.value.as_ref()));
            self.rebound.push((self.depth, prefix.to_string(), before));
        }
    }

    /// Goes out of an element: its prefixes mean again what they meant before.
    fn leave(&mut self) {
        while let Some((_, prefix, before)) = self.rebound.pop_if(|(depth, ..)| *depth == self.depth) {
            match before {
                Some(space) => self.spaces.insert(prefix, space),
                None => self.spaces.remove(&prefix),
            };
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

/// The text of a part: UTF-8, or UTF-16 with a byte order mark, as the format prescribes; `None` if it is neither.
pub(super) fn text_of(bytes: Vec<u8>) -> Option<String> {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, length)) => {
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes.get(length..)?)?;
            Some(text.into_owned())
        }
        None => String::from_utf8(bytes).ok(),
    }
}
