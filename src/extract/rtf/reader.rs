//! Tokens of Rich Text → paragraphs, cells and rows.

use super::RtfError;
use super::charset::Charset;
use super::lex::{Lexer, Token};
use super::state::{DROPPED, Font, State, Target, Twice, named};
use crate::extract::flow::{Block, CellBox, Down, Flow, Limits, TooMuch};
use crate::extract::left_out::LeftOut;
use crate::extract::shifted::Shift;
use std::collections::BTreeMap;

/// A file while it is read.
pub(super) struct Reader<'a> {
    tokens: Lexer<'a>,
    limits: &'a Limits,
    body: Flow,
    notes: Flow,
    frames: Flow,
    state: State,
    outer: Vec<State>,
    /// `\*` stands before the next control word: what does not know that one skips the group.
    starred: bool,
    fonts: BTreeMap<i32, Font>,
    default_font: i32,
    page: Charset,
    /// Bytes of text that are not read yet, their code page and where they go: a character may go on in the next run.
    bytes: Vec<u8>,
    bytes_of: (Charset, Target, Shift, bool),
    /// Whether the last of them is the first of two.
    lead: bool,
    /// Characters still to be skipped behind a `\u`.
    skip: u32,
    /// First half of a character that takes two `\u`.
    half: Option<u16>,
    /// The automatic number that is being read.
    number: String,
    /// Boxes of the row being defined, and the one that the next edge ends.
    boxes: Vec<CellBox>,
    next_box: CellBox,
    left_out: LeftOut,
    /// Whether the last byte that was left out is the first of two.
    left_out_lead: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], limits: &'a Limits) -> Self {
        let page = Charset::of_page(1252);
        Reader {
            tokens: Lexer::new(bytes),
            limits,
            body: Flow::new(limits),
            notes: Flow::new(limits),
            frames: Flow::new(limits),
            state: State::default(),
            outer: Vec::new(),
            starred: false,
            fonts: BTreeMap::new(),
            default_font: -1,
            page,
            bytes: Vec::new(),
            bytes_of: (page, Target::Body, Shift::None, false),
            lead: false,
            skip: 0,
            half: None,
            number: String::new(),
            boxes: Vec::new(),
            next_box: CellBox::default(),
            left_out: LeftOut::default(),
            left_out_lead: false,
        }
    }

    pub(super) fn read(mut self) -> Result<(Vec<Block>, LeftOut), RtfError> {
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Open => self.open()?,
                Token::Close => {
                    self.close()?;
                    if self.outer.is_empty() {
                        self.flush()?;
                        let mut blocks = self.body.finish()?;
                        blocks.extend(self.notes.finish()?);
                        blocks.extend(self.frames.finish()?);
                        return Ok((blocks, self.left_out));
                    }
                }
                Token::Word(word, number) => self.word(word, number)?,
                Token::Symbol(symbol) => self.symbol(symbol)?,
                Token::Hex(byte) => self.byte(byte)?,
                Token::Byte(byte) => self.raw(byte)?,
            }
        }
        Err(RtfError::Damaged { place: "文件不完整".to_string() })
    }

    fn open(&mut self) -> Result<(), RtfError> {
        if self.outer.len() >= self.limits.depth_max {
            return Err(TooMuch { what: "嵌套层数", max: self.limits.depth_max as u64 }.into());
        }
        (self.skip, self.starred) = (0, false);
        self.outer.push(self.state);
        if self.state.twice == Twice::Outer {
            self.state.twice = Twice::Inner(self.state.target);
            self.state.target = Target::Nowhere;
        } else {
            self.state.twice = Twice::No;
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), RtfError> {
        (self.skip, self.starred) = (0, false);
        let inside = self.state;
        if let Some(outer) = self.outer.pop() {
            self.state = outer;
        }
        if inside.target == Target::Notes && self.state.target != Target::Notes {
            self.flush()?;
            self.notes.end_paragraph(None)?;
        }
        if inside.target == Target::Frames && self.state.target != Target::Frames {
            self.flush()?;
            self.frames.end_paragraph(None)?;
        }
        if inside.target == Target::Number && self.state.target != Target::Number {
            self.flush()?;
            let number = std::mem::take(&mut self.number);
            // A bullet is no number.
            if self.state.is_shown() && number.contains(char::is_alphanumeric) {
                self.flow().text(number.trim_start_matches(' '))?;
            }
        }
        Ok(())
    }

    /// A byte as it stands in the file. In a code page of two bytes the second may look like a brace or a backslash.
    fn raw(&mut self, byte: u8) -> Result<(), RtfError> {
        let leads = !self.lead && self.skip == 0 && self.state.target != Target::Nowhere && self.charset().leads(byte);
        self.byte(byte)?;
        if leads && let Some(second) = self.tokens.byte() {
            self.byte(second)?;
        }
        Ok(())
    }

    fn symbol(&mut self, symbol: u8) -> Result<(), RtfError> {
        match symbol {
            b'*' => self.starred = true,
            b'\\' | b'{' | b'}' => self.byte(symbol)?,
            b'~' => self.written('\u{A0}')?,
            b'_' => self.written('-')?,
            b'\r' | b'\n' => self.word(b"par", None)?,
            b'\t' => self.word(b"tab", None)?,
            // An optional hyphen is a character that is not seen.
            b'-' => self.skip = self.skip.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    /// A character with a name of its own.
    fn written(&mut self, char: char) -> Result<(), RtfError> {
        if self.skip > 0 {
            self.skip -= 1;
            return Ok(());
        }
        self.show(char)
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) -> Result<(), RtfError> {
        let starred = std::mem::take(&mut self.starred);
        self.left_out_lead = false;
        // Where the characters for old programs are missing, text behind a control word is not skipped for them.
        self.skip = 0;
        if word == b"bin" {
            let count = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            let missing = count.saturating_sub(self.tokens.left());
            return match self.tokens.pass_over(count) {
                true => Ok(()),
                false => Err(RtfError::Damaged { place: format!("二进制数据缺少 {missing} 字节") }),
            };
        }
        if self.destination(word, starred) || matches!(self.state.target, Target::Nowhere | Target::Drawing) {
            return Ok(());
        }
        let on = number != Some(0);
        match word {
            b"ansicpg" => self.page = Charset::of_page(number.unwrap_or(0)),
            b"mac" => self.page = Charset::of_page(10000),
            b"deff" => {
                self.default_font = number.unwrap_or(0);
                self.state.font = self.default_font;
            }
            b"f" => self.state.font = number.unwrap_or(0),
            b"fcharset" if self.state.target == Target::Fonts => {
                let charset = Charset::of_font(number.unwrap_or(0));
                self.fonts.entry(self.state.font).or_default().charset = charset;
            }
            b"cpg" if self.state.target == Target::Fonts => {
                let charset = Charset::of_page(number.unwrap_or(0));
                self.fonts.entry(self.state.font).or_default().charset = Some(charset);
            }
            b"uc" => self.state.fallback = number.and_then(|number| u32::try_from(number).ok()).unwrap_or(1),
            b"u" => self.unicode(number.unwrap_or(0))?,
            b"v" => self.state.hidden = on,
            b"deleted" => self.state.deleted = on,
            b"strike" | b"striked" => self.state.struck = on,
            b"super" => self.state.shift = if on { Shift::Raised } else { Shift::None },
            b"sub" => self.state.shift = if on { Shift::Lowered } else { Shift::None },
            b"up" => self.state.shift = if on { Shift::Raised } else { Shift::None },
            b"dn" => self.state.shift = if on { Shift::Lowered } else { Shift::None },
            b"nosupersub" => self.state.shift = Shift::None,
            b"plain" => {
                (self.state.hidden, self.state.deleted, self.state.shift) = (false, false, Shift::None);
                self.state.struck = false;
                self.state.font = self.default_font;
            }
            b"pard" => (self.state.in_table, self.state.outline) = (false, None),
            b"intbl" => self.state.in_table = on,
            b"outlinelevel" => {
                let level = number.and_then(|number| u8::try_from(number).ok());
                self.state.outline = level.filter(|&level| level < 9).map(|level| level + 1);
            }
            _ if self.state.target == Target::Fonts => {}
            _ => match named(word) {
                Some(char) => self.show(char)?,
                None => self.layout(word, number)?,
            },
        }
        Ok(())
    }

    /// Words that say where the text of their group goes; true if this was one.
    fn destination(&mut self, word: &[u8], starred: bool) -> bool {
        // The outermost group is the document itself.
        if self.outer.len() < 2 {
            return false;
        }
        if let (b"ud", Twice::Inner(target)) = (word, self.state.twice) {
            self.state.target = target;
            return true;
        }
        if self.state.target == Target::Nowhere {
            return false;
        }
        match word {
            b"upr" => self.state.twice = Twice::Outer,
            b"fonttbl" => self.state.target = Target::Fonts,
            b"listtext" | b"pntext" => self.state.target = Target::Number,
            b"footnote" => {
                self.state.target = Target::Notes;
                (self.state.in_table, self.state.outline) = (false, None);
            }
            // Shapes of Word 97 and later, and drawings before it.
            b"shpinst" | b"do" if starred => self.state.target = Target::Drawing,
            b"shptxt" | b"dptxbxtext" if self.state.target == Target::Drawing => {
                self.state.target = Target::Frames;
                (self.state.in_table, self.state.outline) = (false, None);
            }
            _ if DROPPED.contains(&word) => self.state.target = Target::Nowhere,
            _ if starred => self.state.target = Target::Nowhere,
            _ => return false,
        }
        true
    }

    /// Ends of paragraphs, cells and rows, and what defines rows.
    fn layout(&mut self, word: &[u8], number: Option<i32>) -> Result<(), RtfError> {
        match word {
            b"par" | b"sect" | b"nestcell" => {
                self.flush()?;
                let State { in_table, outline, deleted, .. } = self.state;
                match (self.flow(), deleted) {
                    // With its mark deleted a paragraph goes on in the next one.
                    (_, true) => {}
                    (flow, _) if in_table || flow.in_row() => flow.end_line()?,
                    (flow, _) => flow.end_paragraph(outline)?,
                }
            }
            b"page" | b"column" => {
                self.flush()?;
                if self.state.is_shown() {
                    self.flow().page_break()?;
                }
            }
            b"cell" => {
                self.flush()?;
                self.flow().end_cell()?;
            }
            b"row" => {
                self.flush()?;
                let boxes = std::mem::take(&mut self.boxes);
                self.flow().end_row(&boxes)?;
                // A row without a definition has that of the row before.
                self.boxes = boxes;
            }
            b"trowd" => {
                self.boxes.clear();
                self.next_box = CellBox::default();
            }
            b"clvmgf" => self.next_box.down = Down::Begins,
            b"clvmrg" => self.next_box.down = Down::Goes,
            b"clmgf" => self.next_box.right = false,
            b"clmrg" => self.next_box.right = true,
            b"cellx" => {
                let place = std::mem::take(&mut self.next_box);
                self.boxes.push(CellBox { end: number, ..place });
            }
            _ => {}
        }
        Ok(())
    }

    fn unicode(&mut self, number: i32) -> Result<(), RtfError> {
        // Characters from U+8000 on are written as negative numbers.
        let unit = (number & 0xFFFF) as u16;
        self.skip = self.state.fallback;
        match unit {
            0xD800..0xDC00 => {
                self.flush()?;
                self.half = Some(unit);
                Ok(())
            }
            _ => {
                let pair = self.half.take().map(|first| char::decode_utf16([first, unit]).next());
                let char = match pair {
                    Some(Some(Ok(char))) => char,
                    _ => char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER),
                };
                // Signs of fonts stand at places of their own.
                let signs = self.charset() == Charset::Signs && matches!(unit, 0xF000..0xF100);
                self.show(if signs { crate::extract::flow::wingding(unit) } else { char })
            }
        }
    }

    fn flow(&mut self) -> &mut Flow {
        match self.state.target {
            Target::Notes => &mut self.notes,
            Target::Frames => &mut self.frames,
            _ => &mut self.body,
        }
    }

    fn show(&mut self, char: char) -> Result<(), RtfError> {
        self.flush()?;
        if !self.state.is_shown() && !char.is_whitespace() && !char.is_control() {
            self.leave_out();
        }
        if self.state.is_shown() && (!char.is_control() || matches!(char, '\t' | '\n')) {
            self.left_out.struck += usize::from(self.state.struck && !char.is_whitespace());
            self.put(self.state.target, self.state.shift.of(char).encode_utf8(&mut [0; 4]))?;
        }
        Ok(())
    }

    fn charset(&self) -> Charset {
        self.fonts.get(&self.state.font).and_then(|font| font.charset).unwrap_or(self.page)
    }

    fn byte(&mut self, byte: u8) -> Result<(), RtfError> {
        if self.skip > 0 {
            self.skip -= 1;
            return Ok(());
        }
        if self.state.target == Target::Fonts {
            self.font_name(byte);
        }
        if !self.state.is_shown() {
            self.leave_out_byte(byte);
            return Ok(());
        }
        let of = (self.charset(), self.state.target, self.state.shift, self.state.struck);
        if self.bytes_of != of {
            self.flush()?;
            self.bytes_of = of;
        }
        self.lead = !self.lead && of.0.leads(byte);
        self.bytes.push(byte);
        Ok(())
    }

    /// Counts a character of hidden or deleted text.
    fn leave_out(&mut self) {
        match self.state {
            state if !state.is_text() => {}
            State { deleted: true, .. } => self.left_out.deleted += 1,
            _ => self.left_out.hidden += 1,
        }
    }

    /// The same of a byte: of two that are one character the first counts.
    fn leave_out_byte(&mut self, byte: u8) {
        if std::mem::take(&mut self.left_out_lead) {
            return;
        }
        self.left_out_lead = self.charset().leads(byte);
        if self.left_out_lead || byte.is_ascii_graphic() || !byte.is_ascii() {
            self.leave_out();
        }
    }

    /// The name of a font tells whether its signs are known.
    fn font_name(&mut self, byte: u8) {
        let font = self.fonts.entry(self.state.font).or_default();
        if byte == b';' {
            if font.charset == Some(Charset::OtherSigns) && font.name.trim() == "Wingdings" {
                font.charset = Some(Charset::Signs);
            }
        } else if font.name.len() < 64 {
            font.name.push(char::from(byte));
        }
    }

    /// Reads the bytes that wait.
    fn flush(&mut self) -> Result<(), RtfError> {
        self.lead = false;
        if self.bytes.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.bytes);
        let (charset, target, shift, is_struck) = self.bytes_of;
        let text = charset.text(&bytes);
        let shown = text.chars().filter(|char| !char.is_control() || *char == '\t');
        let text: String = shown.map(|char| shift.of(char)).collect();
        self.left_out.struck += if is_struck { text.chars().filter(|char| !char.is_whitespace()).count() } else { 0 };
        self.put(target, &text)
    }

    fn put(&mut self, target: Target, text: &str) -> Result<(), RtfError> {
        match target {
            Target::Number => self.number.push_str(text),
            Target::Notes => self.notes.text(text)?,
            Target::Frames => self.frames.text(text)?,
            _ => self.body.text(text)?,
        }
        Ok(())
    }
}
