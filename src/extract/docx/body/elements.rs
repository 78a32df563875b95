//! What the elements of a body mean: from a start tag to what the element is.

use super::*;
use crate::extract::docx::symbols;

impl Body {
    /// What an element is that begins here, and what its beginning does.
    pub(super) fn start(&mut self, tag: &Tag) -> Result<Frame, DocxError> {
        let Some(&outer) = self.frames.last() else {
            self.preserves_space = tag.preserves_space().unwrap_or(false);
            return Ok(Frame::Other);
        };
        let is_word = tag.space == Space::Word;
        Ok(match outer {
            Frame::Skipped | Frame::Instruction | Frame::Text { .. } => Frame::Skipped,
            Frame::Deleted | Frame::DeletedText => match tag.name() {
                "t" | "delText" if is_word => Frame::DeletedText,
                _ => Frame::Deleted,
            },
            Frame::ParagraphProperties
            | Frame::List
            | Frame::MarkProperties
            | Frame::RunProperties
            | Frame::RowProperties
            | Frame::CellProperties => {
                if is_word {
                    self.property(tag, outer)
                } else {
                    Frame::Skipped
                }
            }
            _ => match tag.space {
                Space::Word => self.word(tag, outer)?,
                Space::Math => self.formula(tag, outer)?,
                Space::Compatibility => self.alternative(tag, outer),
                Space::Vml | Space::Picture => self.drawing(tag)?,
                Space::Other => Frame::Other,
            },
        })
    }

    /// Takes a property of what is open.
    fn property(&mut self, tag: &Tag, outer: Frame) -> Frame {
        let open = self.stories.last_mut().and_then(|story| story.open.as_mut());
        let table = self.tables.last_mut();
        match (outer, tag.name()) {
            (Frame::ParagraphProperties, "numPr") => return Frame::List,
            (Frame::ParagraphProperties, "rPr") => return Frame::MarkProperties,
            (Frame::ParagraphProperties, "pStyle") => {
                if let Some(open) = open {
                    open.style = tag.short_val();
                }
            }
            (Frame::ParagraphProperties | Frame::List, _) => {
                if let Some(open) = open {
                    properties::paragraph(tag, &mut open.own);
                }
            }
            (Frame::MarkProperties, name) => {
                let is_gone = match name {
                    "del" | "moveFrom" => true,
                    "vanish" | "specVanish" => tag.is_on(),
                    _ => false,
                };
                if let Some(open) = open {
                    open.is_continued |= is_gone;
                }
            }
            (Frame::RunProperties, "rStyle") => {
                let style = tag.val().and_then(|id| self.styles.get(&id).map(|style| style.run));
                if let Some(run) = self.runs.last_mut() {
                    run.style = style.unwrap_or_default();
                }
            }
            (Frame::RunProperties, _) => {
                if let Some(run) = self.runs.last_mut() {
                    properties::run(tag, &mut run.own);
                }
            }
            (Frame::RowProperties, _) => {
                if let Some(row) = table.and_then(|table| table.row.as_mut()) {
                    properties::row(tag, row);
                }
            }
            (Frame::CellProperties, _) => {
                if let Some(table) = table {
                    properties::cell(tag, &mut table.cell);
                }
            }
            _ => {}
        }
        Frame::Skipped
    }

    /// An element of a document.
    fn word(&mut self, tag: &Tag, outer: Frame) -> Result<Frame, DocxError> {
        Ok(match tag.name() {
            "body" => {
                self.has_body = true;
                Frame::Other
            }
            "p" => self.paragraph()?,
            "pPr" if outer == Frame::Paragraph => Frame::ParagraphProperties,
            "r" => self.run(),
            "rPr" if outer == Frame::Run => Frame::RunProperties,
            "trPr" if outer == Frame::Row => Frame::RowProperties,
            "tcPr" if outer == Frame::Cell => Frame::CellProperties,
            // Properties of everything else, as it is and as it was before a tracked change.
            "pPr" | "rPr" | "trPr" | "tcPr" | "tblPr" | "tblPrEx" | "tblGrid" | "sectPr" | "sdtPr" | "sdtEndPr"
            | "customXmlPr" | "smartTagPr" | "rubyPr" | "pPrChange" | "rPrChange" | "tblPrExChange" => Frame::Skipped,
            "tbl" => {
                self.tables.push(OpenTable::new(self.stories.len()));
                Frame::Table
            }
            "tr" => self.row()?,
            "tc" => self.cell()?,
            "txbxContent" => {
                self.begin_story()?;
                Frame::TextBox
            }
            "footnote" | "endnote" => self.note(tag)?,
            "del" | "moveFrom" => Frame::Deleted,
            "ins" | "moveTo" => {
                self.tally.add(NoteKind::Insertion, 1);
                Frame::Other
            }
            "altChunk" | "subDoc" => {
                self.tally.add(NoteKind::EmbeddedDocument, 1);
                Frame::Skipped
            }
            _ => self.inline(tag)?,
        })
    }

    /// An element within a run or around runs.
    fn inline(&mut self, tag: &Tag) -> Result<Frame, DocxError> {
        match tag.name() {
            "t" => return Ok(self.text_element(tag)),
            "delText" => return Ok(Frame::DeletedText),
            "instrText" => return Ok(Frame::Instruction),
            // The reading of a ruby text stands above its base; data of fields are no text.
            "delInstrText" | "rt" | "fldData" => return Ok(Frame::Skipped),
            "tab" | "ptab" => self.put("\t")?,
            "cr" => self.put("\n")?,
            "br" if tag.attribute("type").as_deref() == Some("page") => {
                if let Some(open) = self.stories.last_mut().and_then(|story| story.open.as_mut()) {
                    self.budget.take_text(1)?;
                    open.break_page();
                }
            }
            "br" => self.put("\n")?,
            "noBreakHyphen" => self.put("-")?,
            "sym" => self.symbol(tag)?,
            "fldChar" => self.field(tag)?,
            "checked" | "default" => self.fields.check(tag.is_on()),
            "footnoteReference" | "endnoteReference" => self.reference(tag)?,
            _ => {}
        }
        Ok(Frame::Other)
    }

    fn paragraph(&mut self) -> Result<Frame, DocxError> {
        self.budget.take_block()?;
        let Some(story) = self.stories.last_mut() else { return Ok(Frame::Other) };
        // A paragraph directly in another is an error of the file; its text is not lost.
        if story.open.is_some() {
            self.put("\n")?;
            return Ok(Frame::Other);
        }
        story.open(self.tracer.as_ref().map(|tracer| tracer.here().start));
        Ok(Frame::Paragraph)
    }

    fn run(&mut self) -> Frame {
        self.runs.push(Run::default());
        Frame::Run
    }

    fn text_element(&mut self, tag: &Tag) -> Frame {
        self.chunk.clear();
        if let Some(tracer) = &mut self.tracer {
            tracer.begin_text();
        }
        Frame::Text { preserves_space: tag.preserves_space().unwrap_or(self.preserves_space) }
    }

    fn row(&mut self) -> Result<Frame, DocxError> {
        self.budget.take_block()?;
        let depth = self.stories.len();
        match self.tables.last_mut().filter(|table| table.stories == depth && table.row.is_none()) {
            Some(table) => table.start_row(),
            None => return Ok(Frame::Other),
        }
        Ok(Frame::Row)
    }

    fn cell(&mut self) -> Result<Frame, DocxError> {
        let depth = self.stories.len();
        if !self.tables.last().is_some_and(|table| table.stories == depth && table.row.is_some()) {
            return Ok(Frame::Other);
        }
        self.begin_story()?;
        Ok(Frame::Cell)
    }

    fn note(&mut self, tag: &Tag) -> Result<Frame, DocxError> {
        // The lines that part notes from the text are notes of a kind of their own.
        let is_text = tag.attribute("type").is_none_or(|kind| kind == "normal");
        let Some(id) = tag.attribute("id").and_then(|id| id.trim().parse().ok()).filter(|_| is_text) else {
            return Ok(Frame::Skipped);
        };
        self.budget.take_block()?;
        self.begin_story()?;
        Ok(Frame::Note(NoteName { is_endnote: tag.name() == "endnote", id }))
    }

    fn reference(&mut self, tag: &Tag) -> Result<(), DocxError> {
        let id = tag.attribute("id").and_then(|id| id.trim().parse().ok());
        let name = id.map(|id| NoteName { is_endnote: tag.name() == "endnoteReference", id });
        let here = self.tracer.as_ref().map(|tracer| tracer.here());
        let mark = name.map_or(Ok(None), |name| self.references.mark(name, here, &mut self.budget))?;
        match mark {
            Some(mark) => self.put(&mark),
            None => {
                self.tally.add(NoteKind::MissingNote, 1);
                Ok(())
            }
        }
    }

    fn symbol(&mut self, tag: &Tag) -> Result<(), DocxError> {
        let code = tag.attribute("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
        let Some(code) = code else { return Ok(()) };
        let font = tag.attribute("font").unwrap_or_default();
        // What no table knows stays as it is: a character of a private use area, which is counted.
        let char = symbols::symbol(&font, code).or_else(|| char::from_u32(code)).filter(|char| !char.is_control());
        char.map_or(Ok(()), |char| self.put(char.encode_utf8(&mut [0; 4])))
    }

    fn field(&mut self, tag: &Tag) -> Result<(), DocxError> {
        match tag.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.begin(),
            Some("separate") => self.fields.separate(),
            Some("end") => match self.fields.end() {
                Shown::Nothing => {}
                Shown::Text(text) => self.put(&text)?,
                Shown::Unknown => self.tally.add(NoteKind::FieldWithoutResult, 1),
            },
            _ => {}
        }
        Ok(())
    }

    /// Alternatives for programs of several ages: the first that has anything is read.
    fn alternative(&mut self, tag: &Tag, outer: Frame) -> Frame {
        match (tag.name(), outer) {
            ("AlternateContent", _) => Frame::Alternatives { puts_before: self.puts },
            ("Choice" | "Fallback", Frame::Alternatives { puts_before }) if self.puts > puts_before => Frame::Skipped,
            _ => Frame::Other,
        }
    }

    /// Pictures, and words drawn as pictures (艺术字), in which old programs put the red heads of papers.
    fn drawing(&mut self, tag: &Tag) -> Result<Frame, DocxError> {
        match (tag.space, tag.name()) {
            (Space::Picture, "pic") | (Space::Vml, "imagedata") => {
                self.tally.add(NoteKind::Picture, 1);
                self.puts += 1;
            }
            (Space::Vml, "textpath") => self.put_beside(tag.attribute("string").unwrap_or_default())?,
            _ => {}
        }
        Ok(Frame::Other)
    }

    /// A part of a formula. It becomes one line: `(a+b)/2`, `x^2`, `√y`.
    fn formula(&mut self, tag: &Tag, outer: Frame) -> Result<Frame, DocxError> {
        let sign = match tag.name() {
            "r" => return Ok(self.run()),
            "t" => return Ok(self.text_element(tag)),
            "d" => {
                self.put("(")?;
                return Ok(Frame::Bracketed);
            }
            "oMath" => {
                self.tally.add(NoteKind::Formula, 1);
                return Ok(Frame::Other);
            }
            "rad" => return Ok(Frame::Root),
            "e" if outer == Frame::Root => "√",
            "num" => "",
            "den" => "/",
            "sup" => "^",
            "sub" => "_",
            name if name.ends_with("Pr") => return Ok(Frame::Skipped),
            _ => return Ok(Frame::Other),
        };
        // Every part moves its text once more.
        if self.formula_parts >= self.limits.nesting_max {
            return Ok(Frame::Other);
        }
        self.formula_parts += 1;
        Ok(Frame::FormulaPart { from: self.here(), sign })
    }
}
