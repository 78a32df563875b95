//! A part of an .xlsx as a row of starts, ends and text; entities resolved, namespaces dropped.

use crate::extract::xml::referred;
pub(super) use crate::extract::xml::{Mark, Tag};
use quick_xml::events::Event;

/// The marks of a part; ends at the end or at what is no XML.
pub(super) struct Marks<'a> {
    reader: quick_xml::Reader<&'a [u8]>,
    end_owed: bool,
    /// Whether it ended at what is no XML.
    pub(super) broken: bool,
}

impl<'a> Marks<'a> {
    pub(super) fn new(part: &'a str) -> Self {
        let mut reader = quick_xml::Reader::from_str(part);
        reader.config_mut().check_end_names = false;
        Marks { reader, end_owed: false, broken: false }
    }
}

impl<'a> Iterator for Marks<'a> {
    type Item = Mark<'a>;

    fn next(&mut self) -> Option<Mark<'a>> {
        if std::mem::take(&mut self.end_owed) {
            return Some(Mark::End);
        }
        loop {
            return Some(match self.reader.read_event() {
                Ok(Event::Start(tag)) => Mark::Start(Tag(tag)),
                Ok(Event::Empty(tag)) => {
                    self.end_owed = true;
                    Mark::Start(Tag(tag))
                }
                Ok(Event::End(_)) => Mark::End,
                Ok(Event::Text(text)) => Mark::Text(text.xml10_content().into_owned()),
                Ok(Event::CData(text)) => Mark::Text(text.xml10_content().into_owned()),
                Ok(Event::GeneralRef(entity)) => Mark::Text(referred(&entity, |_| None).unwrap_or_default()),
                Ok(Event::Eof) => return None,
                Ok(_) => continue,
                Err(_) => {
                    self.broken = true;
                    return None;
                }
            });
        }
    }
}

/// The text of a part: UTF-8, or UTF-16 with a byte order mark.
pub(super) fn text_of(bytes: Vec<u8>) -> String {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes).0.into_owned(),
        None => String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}
