//! The head of a `WordDocument` stream (FIB, [MS-DOC] 2.5): what the file is and where its parts lie.

use super::DocError;

/// Mark of Word 97 and later.
const WORD_97: u16 = 0xA5EC;
/// Marks of Word 2 to 95.
const OLDER: [u16; 5] = [0xA5DC, 0xA5DB, 0xA59B, 0xA59C, 0xA697];
/// Lowest version number of Word 97; older ones had other numbers below it.
const VERSION_97: u16 = 0x00C0;

const ENCRYPTED: u16 = 0x0100;
const TABLE_1: u16 = 0x0200;

/// What the head tells.
pub(super) struct Fib {
    /// Name of the stream with the tables.
    pub table: &'static str,
    /// Characters of the text, of the footnotes and of the endnotes: first and last one excluded.
    pub text: std::ops::Range<u32>,
    /// Characters of the footnotes.
    pub footnotes: std::ops::Range<u32>,
    /// Characters of the endnotes.
    pub endnotes: std::ops::Range<u32>,
    /// Characters of the text boxes.
    pub text_boxes: std::ops::Range<u32>,
    /// Where in the tables the piece table lies.
    pub pieces: std::ops::Range<usize>,
    /// Where it says which sections there are.
    pub sections: std::ops::Range<usize>,
    /// Where the definitions of lists lie; their levels are behind them.
    pub lists: std::ops::Range<usize>,
    /// Where the uses of lists lie.
    pub list_uses: std::ops::Range<usize>,
    /// Where the style sheet lies.
    pub styles: std::ops::Range<usize>,
    /// Where the pages of character properties are listed.
    pub characters: std::ops::Range<usize>,
    /// Where the pages of paragraph properties are listed.
    pub paragraphs: std::ops::Range<usize>,
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at.checked_add(2)?).map(|two| u16::from_le_bytes([two[0], two[1]]))
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at.checked_add(4)?).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

impl Fib {
    pub(super) fn read(stream: &[u8]) -> Result<Self, DocError> {
        let mark = u16_at(stream, 0).unwrap_or(0);
        if OLDER.contains(&mark) {
            return Err(DocError::OldFormat("Word 95 及更早"));
        }
        if mark != WORD_97 {
            return Err(DocError::damaged("文件头"));
        }
        if u16_at(stream, 2).is_some_and(|version| version < VERSION_97) {
            return Err(DocError::OldFormat("Word 95 及更早"));
        }
        let flags = u16_at(stream, 0x0A).unwrap_or(0);
        if flags & ENCRYPTED != 0 {
            return Err(DocError::Encrypted);
        }
        Self::parts(stream, flags).ok_or_else(|| DocError::damaged("文件头"))
    }

    /// `None` if the head is cut off or its numbers are negative.
    fn parts(stream: &[u8], flags: u16) -> Option<Self> {
        // Three arrays follow one another, each behind its length.
        let longs_at = 0x22 + 2 * usize::from(u16_at(stream, 0x20)?) + 2;
        let places_at = longs_at + 4 * usize::from(u16_at(stream, longs_at - 2)?) + 2;
        let places = usize::from(u16_at(stream, places_at - 2)?);
        let count = |index: usize| u32_at(stream, longs_at + 4 * index).filter(|&count| count <= i32::MAX as u32);
        let place = |index: usize| {
            if index >= places {
                return None;
            }
            let from = u32_at(stream, places_at + 8 * index)? as usize;
            Some(from..from.checked_add(u32_at(stream, places_at + 8 * index + 4)? as usize)?)
        };
        // The stories lie one behind the other: text, footnotes, headers, macros, annotations, endnotes, text boxes.
        let mut at = 0u32;
        let mut story = |index: usize| {
            let from = at;
            at = at.checked_add(count(index)?)?;
            Some(from..at)
        };
        let (text, footnotes) = (story(3)?, story(4)?);
        let (_headers, _macros, _annotations) = (story(5)?, story(6)?, story(7)?);
        let endnotes = story(8)?;
        let text_boxes = story(9).unwrap_or(endnotes.end..endnotes.end);
        let table = if flags & TABLE_1 != 0 { "/1Table" } else { "/0Table" };
        Some(Fib {
            table,
            text,
            footnotes,
            endnotes,
            text_boxes,
            pieces: place(33)?,
            styles: place(1)?,
            sections: place(6)?,
            lists: place(73)?,
            list_uses: place(74)?,
            characters: place(12)?,
            paragraphs: place(13)?,
        })
    }
}
