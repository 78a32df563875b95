//! A part of a book as a row of starts, ends and text; entities resolved, namespaces dropped, nesting counted.

use super::{EpubError, Limits, TooMuch};
use crate::extract::xml::referred;
pub(super) use crate::extract::xml::{Mark, Tag};
use quick_xml::events::Event;

/// The marks of a part.
pub(super) struct Marks<'a> {
    reader: quick_xml::Reader<&'a [u8]>,
    name: &'a str,
    depth: usize,
    depth_max: usize,
    end_owed: bool,
}

impl<'a> Marks<'a> {
    pub(super) fn new(part: &'a str, name: &'a str, limits: &Limits) -> Self {
        let reader = quick_xml::Reader::from_str(part.trim_start_matches('\u{feff}'));
        Marks { reader, name, depth: 0, depth_max: limits.depth_max, end_owed: false }
    }

    /// The next mark; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Mark<'a>>, EpubError> {
        if std::mem::take(&mut self.end_owed) {
            return Ok(Some(Mark::End));
        }
        loop {
            let event = self.reader.read_event().map_err(|error| {
                EpubError::damaged(format!("部件 {} 第{}字节：{error}", self.name, self.reader.error_position()))
            })?;
            let mark = match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > self.depth_max {
                        return Err(TooMuch { what: "嵌套层数", max: self.depth_max as u64 }.into());
                    }
                    Mark::Start(Tag(tag))
                }
                Event::Empty(tag) => {
                    self.end_owed = true;
                    Mark::Start(Tag(tag))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Mark::End
                }
                Event::Text(text) => Mark::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Mark::Text(text.xml10_content().into_owned()),
                // One that is not known stays as it is written.
                Event::GeneralRef(entity) => {
                    Mark::Text(referred(&entity, named).unwrap_or_else(|| format!("&{};", entity.xml10_content())))
                }
                // A page of a book needs no declarations of its own; entities that grow come in them.
                Event::DocType(declaration) if declaration.contains(['[', ']']) => {
                    return Err(EpubError::damaged(format!("部件 {} 含有不允许的 DTD 声明", self.name)));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(EpubError::damaged(format!("部件 {} 不完整", self.name)));
                }
                Event::Eof => return Ok(None),
                _ => continue,
            };
            return Ok(Some(mark));
        }
    }
}

/// Characters that XHTML names, as far as Chinese books use them.
fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "nbsp" => "\u{A0}",
        "ensp" => "\u{2002}",
        "emsp" => "\u{2003}",
        "thinsp" => "\u{2009}",
        "shy" | "zwnj" | "zwj" => "",
        "ldquo" => "“",
        "rdquo" => "”",
        "lsquo" => "‘",
        "rsquo" => "’",
        "laquo" => "«",
        "raquo" => "»",
        "mdash" => "—",
        "ndash" => "–",
        "hellip" => "…",
        "middot" => "·",
        "bull" => "•",
        "times" => "×",
        "divide" => "÷",
        "plusmn" => "±",
        "deg" => "°",
        "permil" => "‰",
        "sect" => "§",
        "para" => "¶",
        "copy" => "©",
        "reg" => "®",
        "trade" => "™",
        "le" => "≤",
        "ge" => "≥",
        "ne" => "≠",
        "sup2" => "²",
        "sup3" => "³",
        "micro" => "µ",
        "yen" => "¥",
        _ => return None,
    })
}
