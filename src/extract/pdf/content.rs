//! The drawing operators of a page, as far as they place text and straight lines (ISO 32000-1, annex A).

use super::font::Font;
use super::matrix::{Matrix, Point};
use super::path::Path;
use super::{Glyph, Page, Pdf, PdfError, number, too_large};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId};
use std::rc::Rc;

/// Forms within forms that are followed.
const DEPTH_MAX: usize = 8;
/// Graphics states that are kept.
const STATES_MAX: usize = 256;

/// Reads a page of an open file.
pub(super) fn read(pdf: &mut Pdf, id: ObjectId, number: u32) -> Result<Page, PdfError> {
    let (width, height, matrix) = geometry(pdf, id);
    let resources =
        pdf.inherited(id, b"Resources").and_then(|object| object.as_dict().ok()).cloned().unwrap_or_default();
    let content = pdf.document.get_page_content_with_limit(id, pdf.limits.stream_bytes_max);
    let content = match content {
        Ok(content) => content,
        Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            return Err(too_large(Some(number), "数据流字节数", pdf.limits.stream_bytes_max));
        }
        Err(_) => return Err(PdfError::Damaged { place: format!("第{number}页") }),
    };
    let page = Page { number, width, height, ..Page::default() };
    let operators_left = pdf.limits.operators_max;
    let mut reader =
        Reader { pdf, page, operators_left, state: State::new(matrix), states: Vec::new(), path: Path::default() };
    reader.run(&content, &resources, 0)?;
    Ok(reader.page)
}

/// Width and height of a page as shown, and the transformation to places from its upper left corner.
fn geometry(pdf: &Pdf, id: ObjectId) -> (f32, f32, Matrix) {
    let numbers = |key: &[u8]| {
        let listed = pdf.inherited(id, key)?.as_array().ok()?;
        let resolved = listed.iter().filter_map(|object| number(pdf.document.dereference(object).ok()?.1));
        <[f64; 4]>::try_from(resolved.collect::<Vec<_>>()).ok()
    };
    let [x0, y0, x1, y1] = numbers(b"CropBox").or_else(|| numbers(b"MediaBox")).unwrap_or([0.0, 0.0, 595.0, 842.0]);
    let (left, right, bottom, top) = (x0.min(x1), x0.max(x1), y0.min(y1), y0.max(y1));
    let (width, height) = (right - left, top - bottom);
    let turns = pdf.inherited(id, b"Rotate").and_then(number).unwrap_or(0.0);
    let matrix = match (turns / 90.0).rem_euclid(4.0) as u8 {
        1 => Matrix([0.0, 1.0, 1.0, 0.0, -bottom, -left]),
        2 => Matrix([-1.0, 0.0, 0.0, 1.0, right, -bottom]),
        3 => Matrix([0.0, -1.0, -1.0, 0.0, top, right]),
        _ => Matrix([1.0, 0.0, 0.0, -1.0, -left, top]),
    };
    let (width, height) = if turns.rem_euclid(180.0) == 90.0 { (height, width) } else { (width, height) };
    (width as f32, height as f32, matrix)
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    text: Matrix,
    line: Matrix,
    /// Whether what is filled or stroked is white, and so not seen.
    white_fill: bool,
    white_stroke: bool,
}

impl State {
    fn new(matrix: Matrix) -> State {
        State {
            matrix,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            white_fill: false,
            white_stroke: false,
        }
    }
}

struct Reader<'a> {
    pdf: &'a mut Pdf,
    page: Page,
    operators_left: usize,
    state: State,
    states: Vec<State>,
    path: Path,
}

impl Reader<'_> {
    fn too_large(&self, what: &'static str, max: usize) -> PdfError {
        too_large(Some(self.page.number), what, max)
    }

    fn run(&mut self, content: &[u8], resources: &Dictionary, depth: usize) -> Result<(), PdfError> {
        self.pdf.work(content.len() / 16)?;
        for operation in Content::decode_iter(content) {
            // What is broken within a page ends the page, not the file.
            let Ok(operation) = operation else { break };
            let max = self.pdf.limits.operators_max;
            self.operators_left = self.operators_left.checked_sub(1).ok_or(self.too_large("绘图指令数", max))?;
            self.pdf.work(1)?;
            self.operator(&operation, resources, depth)?;
            if self.page.glyphs.len() > self.pdf.limits.glyphs_max {
                return Err(self.too_large("字数", self.pdf.limits.glyphs_max));
            }
            if self.page.rules.len() > self.pdf.limits.rules_max {
                return Err(self.too_large("框线数", self.pdf.limits.rules_max));
            }
        }
        Ok(())
    }

    fn operator(&mut self, operation: &Operation, resources: &Dictionary, depth: usize) -> Result<(), PdfError> {
        let operands = operation.operands.as_slice();
        match operation.operator.as_str() {
            "Do" => return self.form(operands, resources, depth),
            "Tf" => {
                if let [Object::Name(name), size, ..] = operands {
                    self.state.font = self.pdf.font(resources, name)?;
                    self.state.size = number(size).unwrap_or(0.0);
                }
            }
            "Tj" | "TJ" | "'" | "\"" => self.show(operation.operator.as_str(), operands),
            operator => {
                let numbers: Vec<f64> = operands.iter().filter_map(number).take(8).collect();
                if !self.graphics(operator, &numbers) && !self.text(operator, &numbers) {
                    self.paint(operator, &numbers, operands);
                }
            }
        }
        Ok(())
    }

    /// State and path operators; `false` for others.
    fn graphics(&mut self, operator: &str, numbers: &[f64]) -> bool {
        let matrix = self.state.matrix;
        let at = |x: f64, y: f64| matrix.apply((x, y));
        match (operator, numbers) {
            ("q", _) => {
                if self.states.len() < STATES_MAX {
                    self.states.push(self.state.clone());
                }
            }
            ("Q", _) => {
                if let Some(state) = self.states.pop() {
                    self.state = state;
                }
            }
            ("cm", &[a, b, c, d, e, f, ..]) => self.state.matrix = Matrix([a, b, c, d, e, f]).then(matrix),
            ("m", &[x, y, ..]) => self.path.move_to(at(x, y)),
            ("l", &[x, y, ..]) => self.path.line_to(at(x, y)),
            ("c", &[.., x, y]) | ("v", &[.., x, y]) | ("y", &[.., x, y]) => self.path.curve_to(at(x, y)),
            ("h", _) => self.path.close(),
            ("re", &[x, y, width, height, ..]) => {
                self.path.move_to(at(x, y));
                self.path.line_to(at(x + width, y));
                self.path.line_to(at(x + width, y + height));
                self.path.line_to(at(x, y + height));
                self.path.close();
            }
            _ => return false,
        }
        true
    }

    /// Text state and placing operators; `false` for others.
    fn text(&mut self, operator: &str, numbers: &[f64]) -> bool {
        let state = &mut self.state;
        match (operator, numbers) {
            ("BT", _) => (state.text, state.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            ("Tc", &[value, ..]) => state.char_space = value,
            ("Tw", &[value, ..]) => state.word_space = value,
            ("Tz", &[value, ..]) => state.stretch = value / 100.0,
            ("TL", &[value, ..]) => state.leading = value,
            ("Ts", &[value, ..]) => state.rise = value,
            ("Tm", &[a, b, c, d, e, f, ..]) => {
                state.line = Matrix([a, b, c, d, e, f]);
                state.text = state.line;
            }
            ("Td", &[x, y, ..]) => self.next_line(x, y),
            ("TD", &[x, y, ..]) => {
                state.leading = -y;
                self.next_line(x, y);
            }
            ("T*", _) => {
                let leading = state.leading;
                self.next_line(0.0, -leading);
            }
            _ => return false,
        }
        true
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.state.line = Matrix::shift(x, y).then(self.state.line);
        self.state.text = self.state.line;
    }

    /// Colours and painting operators.
    fn paint(&mut self, operator: &str, numbers: &[f64], operands: &[Object]) {
        let white = match numbers {
            _ if numbers.len() != operands.len() => false,
            [grey] => *grey > 0.99 && !matches!(operator, "scn" | "SCN"),
            [red, green, blue] => red.min(*green).min(*blue) > 0.99,
            [cyan, magenta, yellow, black] => cyan.max(*magenta).max(*yellow).max(*black) < 0.01,
            _ => false,
        };
        let (fill, stroke) = match operator {
            "g" | "rg" | "k" | "sc" | "scn" => return self.state.white_fill = white,
            "G" | "RG" | "K" | "SC" | "SCN" => return self.state.white_stroke = white,
            "cs" => return self.state.white_fill = false,
            "CS" => return self.state.white_stroke = false,
            "s" | "b" | "b*" => {
                self.path.close();
                (operator != "s", true)
            }
            "S" => (false, true),
            "f" | "F" | "f*" => (true, false),
            "B" | "B*" => (true, true),
            "n" => (false, false),
            _ => return,
        };
        if stroke && !self.state.white_stroke {
            self.path.stroked(&mut self.page.rules);
        } else if fill && !self.state.white_fill {
            self.path.filled(&mut self.page.rules);
        }
        self.path.clear();
    }

    /// Draws a form; pictures are passed over.
    fn form(&mut self, operands: &[Object], resources: &Dictionary, depth: usize) -> Result<(), PdfError> {
        let Some(name) = operands.first().and_then(|name| name.as_name().ok()).filter(|_| depth < DEPTH_MAX) else {
            return Ok(());
        };
        let document = &self.pdf.document;
        let forms = resources.get_deref(b"XObject", document).and_then(Object::as_dict);
        let form = forms.and_then(|forms| forms.get_deref(name, document)).and_then(Object::as_stream);
        let Ok(form) = form else { return Ok(()) };
        if !form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form") {
            return Ok(());
        }
        let Ok(content) = form.get_plain_content_with_limit(self.pdf.limits.stream_bytes_max) else { return Ok(()) };
        let own = form.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok().cloned();
        let matrix = form.dict.get_deref(b"Matrix", document).and_then(Object::as_array).ok();
        let matrix = matrix.map(|matrix| matrix.iter().filter_map(number).collect::<Vec<_>>());
        let matrix = matrix.and_then(|matrix| <[f64; 6]>::try_from(matrix).ok()).map_or(Matrix::IDENTITY, Matrix);
        let before = (self.state.clone(), std::mem::take(&mut self.states));
        self.state.matrix = matrix.then(self.state.matrix);
        self.run(&content, own.as_ref().unwrap_or(resources), depth + 1)?;
        (self.state, self.states) = before;
        self.path.clear();
        Ok(())
    }

    fn show(&mut self, operator: &str, operands: &[Object]) {
        match (operator, operands) {
            ("TJ", [Object::Array(pieces), ..]) => {
                for piece in pieces {
                    match piece {
                        Object::String(bytes, _) => self.string(bytes),
                        kern => {
                            let shift = -number(kern).unwrap_or(0.0) / 1000.0 * self.state.size;
                            self.advance(shift);
                        }
                    }
                }
            }
            ("Tj", [Object::String(bytes, _), ..]) => self.string(bytes),
            ("'", [Object::String(bytes, _), ..]) => {
                self.next_line(0.0, -self.state.leading);
                self.string(bytes);
            }
            ("\"", [word, char, Object::String(bytes, _), ..]) => {
                self.state.word_space = number(word).unwrap_or(0.0);
                self.state.char_space = number(char).unwrap_or(0.0);
                self.next_line(0.0, -self.state.leading);
                self.string(bytes);
            }
            _ => {}
        }
    }

    /// Moves on along the line by a distance in text space.
    fn advance(&mut self, distance: f64) {
        let vertical = self.state.font.as_ref().is_some_and(|font| font.vertical);
        let (x, y) = if vertical { (0.0, distance) } else { (distance * self.state.stretch, 0.0) };
        self.state.text = Matrix::shift(x, y).then(self.state.text);
    }

    fn string(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        for code in font.codes(bytes) {
            if self.page.glyphs.len() > self.pdf.limits.glyphs_max {
                return;
            }
            let width = code.width / 1000.0;
            let spacing = self.state.char_space + if code.is_space { self.state.word_space } else { 0.0 };
            self.glyph(code.text.as_deref(), width, font.vertical);
            // Vertical lines run downwards by an em a glyph.
            self.advance(if font.vertical { -self.state.size + spacing } else { width * self.state.size + spacing });
        }
    }

    /// Places the characters of one code, which share its width.
    fn glyph(&mut self, text: Option<&str>, width: f64, vertical: bool) {
        let state = &self.state;
        let local = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let matrix = local.then(state.text).then(state.matrix);
        let origin: Point = if vertical { (-width / 2.0, -0.88) } else { (0.0, 0.0) };
        let (start, end) = (matrix.apply(origin), matrix.apply((origin.0 + width, origin.1)));
        let up = matrix.apply((origin.0, origin.1 + 1.0));
        let size = (up.0 - start.0).hypot(up.1 - start.1);
        if text.is_none() {
            self.page.unmapped += 1;
        }
        let chars: Vec<char> = text.unwrap_or("\u{FFFD}").chars().collect();
        let turned = (end.1 - start.1).abs() > (end.0 - start.0).abs();
        let step = (end.0 - start.0) / chars.len().max(1) as f64;
        let places = [start.0, start.1, end.0, size];
        if places.iter().any(|place| !place.is_finite() || place.abs() > 1e6) || size < 0.1 || matrix.scale() == 0.0 {
            return;
        }
        for (at, char) in chars.into_iter().enumerate() {
            let left = start.0 + step * at as f64;
            if char.is_control() {
                continue;
            }
            let char = if char.is_whitespace() && char != '\u{3000}' { ' ' } else { char };
            let (x0, x1) = (left.min(left + step) as f32, left.max(left + step) as f32);
            self.page.glyphs.push(Glyph { char, x0, x1, y: start.1 as f32, size: size as f32, turned });
        }
    }
}
