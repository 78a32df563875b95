//! What holds within a group of Rich Text, and what control words say by themselves.

use super::charset::Charset;
use crate::extract::shifted::Shift;

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Body,
    Notes,
    /// A text box.
    Frames,
    /// What a drawing is made of, beside the text in it.
    Drawing,
    Fonts,
    /// An automatic number that is written out.
    Number,
    Nowhere,
}

/// A text that is written twice: the first way for old programs, the second behind `\ud`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Twice {
    No,
    Outer,
    Inner(Target),
}

/// What holds within a group and ends with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    /// Where its text goes.
    pub target: Target,
    /// Whether its text is written twice.
    pub twice: Twice,
    /// Number of the font; -1 for none.
    pub font: i32,
    /// Characters that stand behind each `\u` for programs that do not know it.
    pub fallback: u32,
    /// Raised or lowered text.
    pub shift: Shift,
    /// Hidden text.
    pub hidden: bool,
    /// Text deleted while changes were tracked.
    pub deleted: bool,
    /// Text struck through.
    pub struck: bool,
    /// The paragraph stands in a table.
    pub in_table: bool,
    /// Outline level of the paragraph, from 1.
    pub outline: Option<u8>,
}

impl Default for State {
    fn default() -> Self {
        State {
            target: Target::Body,
            twice: Twice::No,
            font: -1,
            fallback: 1,
            shift: Shift::None,
            hidden: false,
            deleted: false,
            struck: false,
            in_table: false,
            outline: None,
        }
    }
}

impl State {
    /// Whether text is part of the document's.
    pub(super) fn is_shown(&self) -> bool {
        self.is_text() && !self.hidden && !self.deleted
    }

    /// Whether text would be, if it were neither hidden nor deleted.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.target, Target::Body | Target::Notes | Target::Frames | Target::Number)
    }
}

/// A font of the file.
#[derive(Default)]
pub(super) struct Font {
    /// How its bytes are read; `None` as those of the file.
    pub charset: Option<Charset>,
    /// Its name as far as it is ASCII.
    pub name: String,
}

/// Groups whose text is not part of the document's.
pub(super) const DROPPED: [&[u8]; 36] = [
    b"stylesheet",
    b"colortbl",
    b"info",
    b"pict",
    b"header",
    b"headerl",
    b"headerr",
    b"headerf",
    b"footer",
    b"footerl",
    b"footerr",
    b"footerf",
    b"ftnsep",
    b"ftnsepc",
    b"ftncn",
    b"aftnsep",
    b"aftnsepc",
    b"aftncn",
    b"fldinst",
    b"xe",
    b"tc",
    b"tcn",
    b"rxe",
    b"txe",
    b"nonshppict",
    b"nonesttables",
    b"shprslt",
    b"listtable",
    b"listoverridetable",
    b"revtbl",
    b"rsidtbl",
    b"annotation",
    b"objdata",
    b"objclass",
    b"filetbl",
    b"background",
];

/// Characters that are written as control words.
pub(super) fn named(word: &[u8]) -> Option<char> {
    Some(match word {
        b"tab" => '\t',
        b"line" | b"lbr" => '\n',
        b"emdash" => '—',
        b"endash" => '–',
        b"lquote" => '‘',
        b"rquote" => '’',
        b"ldblquote" => '“',
        b"rdblquote" => '”',
        b"bullet" => '•',
        b"emspace" => '\u{2003}',
        b"enspace" => '\u{2002}',
        b"qmspace" => '\u{2005}',
        _ => return None,
    })
}
