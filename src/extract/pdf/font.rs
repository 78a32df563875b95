//! Fonts: how a string is cut into codes, which characters they stand for, and how wide they are.

use super::{cmap, number};
use encoding_rs::Encoding;
use lopdf::{Dictionary, Document, Object};
use std::collections::HashMap;

/// Most widths of one font.
const WIDTHS_MAX: usize = 70_000;

/// A font.
pub(super) struct Font {
    codes: Codes,
    characters: HashMap<u32, String>,
    /// Widths in thousandths of the font size.
    widths: HashMap<u32, f64>,
    width: f64,
    /// Whether its lines run from top to bottom.
    pub(super) vertical: bool,
    /// What reading it cost: one for an entry or for 16 bytes.
    pub(super) cost: usize,
}

/// How a string is cut into codes.
enum Codes {
    /// A code is a byte.
    One,
    /// A code is two bytes; the characters stand in the font's table.
    Two,
    /// A code is two bytes of UTF-16.
    Utf16,
    /// One or two bytes of a national encoding.
    Legacy(&'static Encoding),
}

/// A code of a string.
pub(super) struct Code<'a> {
    /// Its characters; `None` if the font does not tell.
    pub(super) text: Option<std::borrow::Cow<'a, str>>,
    /// Width in thousandths of the font size.
    pub(super) width: f64,
    /// Whether it is the byte 32, which word spacing widens.
    pub(super) is_space: bool,
}

impl Font {
    pub(super) fn read(document: &Document, font: &Dictionary, bytes_max: usize) -> Font {
        let table = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let table = table.and_then(|stream| stream.get_plain_content_with_limit(bytes_max)).unwrap_or_default();
        let characters = cmap::to_unicode(&table);
        let mut font = Font::of(document, font, characters, bytes_max);
        font.cost = 100 + table.len() / 16 + font.characters.len() + font.widths.len();
        font
    }

    fn of(document: &Document, font: &Dictionary, mut characters: HashMap<u32, String>, bytes_max: usize) -> Font {
        if font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0") {
            return Font::composite(document, font, characters);
        }
        if characters.is_empty() {
            characters = single_bytes(document, font, bytes_max);
        }
        let first = font.get_deref(b"FirstChar", document).ok().and_then(number).unwrap_or(0.0) as u32;
        let listed = font.get_deref(b"Widths", document).and_then(Object::as_array);
        let listed = listed.map(Vec::as_slice).unwrap_or_default().iter().take(256);
        // The widths of a Type 3 font are counted in a space of its own.
        let unit = font.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
        let unit = unit.and_then(|matrix| number(matrix.first()?)).map_or(1.0, |unit| unit * 1000.0);
        let resolved = listed.map(|width| document.dereference(width).ok().and_then(|(_, width)| number(width)));
        let widths: HashMap<u32, f64> =
            (first..).zip(resolved).filter_map(|(code, width)| Some((code, width? * unit))).collect();
        // The standard fonts state no widths; half an em is what most of their letters have.
        let width = if widths.is_empty() { 500.0 } else { 0.0 };
        Font { codes: Codes::One, characters, widths, width, vertical: false, cost: 0 }
    }

    fn composite(document: &Document, font: &Dictionary, characters: HashMap<u32, String>) -> Font {
        let encoding = font.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or(b"Identity-H");
        let encoding = String::from_utf8_lossy(encoding);
        let vertical = encoding.ends_with("-V");
        let codes = match encoding.as_ref() {
            _ if !characters.is_empty() && encoding.starts_with("Identity") => Codes::Two,
            name if name.starts_with("GB") => Codes::Legacy(encoding_rs::GB18030),
            name if name.starts_with("B5") || name.starts_with("ETen") => Codes::Legacy(encoding_rs::BIG5),
            name if name.contains("UCS2") || name.contains("UTF16") => Codes::Utf16,
            _ => Codes::Two,
        };
        let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let descendant = descendants.and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let mut own = Font { codes, characters, widths: HashMap::new(), width: 1000.0, vertical, cost: 0 };
        let Some(descendant) = descendant else { return own };
        if let Some(width) = descendant.get_deref(b"DW", document).ok().and_then(number) {
            own.width = width;
        }
        // Widths are listed by glyph; only for these encodings are code and glyph the same number.
        if matches!(own.codes, Codes::Two)
            && let Ok(listed) = descendant.get_deref(b"W", document).and_then(Object::as_array)
        {
            own.widths = composite_widths(document, listed);
        }
        own
    }

    /// The codes of a string.
    pub(super) fn codes<'a>(&'a self, mut bytes: &'a [u8]) -> impl Iterator<Item = Code<'a>> {
        std::iter::from_fn(move || {
            let length = match self.codes {
                Codes::One => 1,
                Codes::Two | Codes::Utf16 => 2,
                Codes::Legacy(_) => {
                    if *bytes.first()? < 0x80 {
                        1
                    } else {
                        2
                    }
                }
            };
            if bytes.is_empty() {
                return None;
            }
            let (code, rest) = bytes.split_at(length.min(bytes.len()));
            bytes = rest;
            let number = code.iter().fold(0u32, |number, &byte| number << 8 | u32::from(byte));
            let known = self.characters.get(&number).map(|text| text.as_str().into());
            let decoded = || match self.codes {
                Codes::One | Codes::Two => None,
                Codes::Utf16 => encoding_rs::UTF_16BE.decode_without_bom_handling_and_without_replacement(code),
                Codes::Legacy(encoding) => encoding.decode_without_bom_handling_and_without_replacement(code),
            };
            let half = matches!(self.codes, Codes::Legacy(_)) && length == 1;
            let default = if half { 500.0 } else { self.width };
            Some(Code {
                text: known.or_else(decoded),
                width: self.widths.get(&number).copied().unwrap_or(default),
                is_space: length == 1 && number == 32,
            })
        })
    }
}

/// The characters of a simple font's 256 codes by its encoding.
fn single_bytes(document: &Document, font: &Dictionary, bytes_max: usize) -> HashMap<u32, String> {
    let Ok(encoding) = font.get_font_encoding_with_limit(document, bytes_max) else { return HashMap::new() };
    let characters = (0..=255u8).filter_map(|byte| {
        let text = encoding.bytes_to_string(&[byte]).ok()?;
        (!text.is_empty()).then_some((u32::from(byte), text))
    });
    characters.collect()
}

/// `[first [w1 w2 …] first last w …]` (ISO 32000-1, 9.7.4.3).
fn composite_widths(document: &Document, listed: &[Object]) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let mut objects = listed.iter().map_while(|object| document.dereference(object).ok().map(|(_, object)| object));
    while let Some(first) = objects.next().and_then(number) {
        let first = first.clamp(0.0, 65_535.0) as u32;
        match objects.next() {
            Some(Object::Array(row)) => {
                for (code, width) in (first..).zip(row) {
                    if widths.len() < WIDTHS_MAX
                        && let Some(width) = number(width)
                    {
                        widths.insert(code, width);
                    }
                }
            }
            Some(last) => {
                let (Some(last), Some(width)) = (number(last), objects.next().and_then(number)) else { break };
                for code in first..=last.clamp(0.0, 65_535.0) as u32 {
                    if widths.len() < WIDTHS_MAX {
                        widths.insert(code, width);
                    }
                }
            }
            None => break,
        }
    }
    widths
}
