//! What the readers of XML parts share: marks in a row, tags without namespaces, entities.

use quick_xml::events::{BytesRef, BytesStart};

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
pub(super) struct Tag<'a>(pub(super) BytesStart<'a>);

impl Tag<'_> {
    /// Its name without a namespace.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, named without a namespace.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let named =
            |attribute: &quick_xml::events::attributes::Attribute| attribute.key.local_name().into_inner() == name;
        let attribute = self.0.attributes().with_checks(false).flatten().find(named)?;
        Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    /// Whether one of the words of an attribute is this one.
    pub(super) fn has_word(&self, attribute: &str, word: &str) -> bool {
        self.attribute(attribute).is_some_and(|value| value.split_ascii_whitespace().any(|found| found == word))
    }
}

/// The text of a reference: one of XML itself, one that a format names, or the number of a character; `None` for another.
pub(super) fn referred(entity: &BytesRef<'_>, named: impl Fn(&str) -> Option<&'static str>) -> Option<String> {
    let name = entity.xml10_content();
    let known = quick_xml::escape::resolve_predefined_entity(&name).or_else(|| named(&name));
    known.map(str::to_string).or_else(|| Some(entity.resolve_char_ref().ok()??.to_string()))
}
