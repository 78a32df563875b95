//! Tables as Word files.

use std::collections::HashMap;

use super::sheet::is_web_address;
use super::word::{self, push_cell_open, push_open, push_paragraph, push_row_open, push_run, push_table_open};
use super::{Cell, PublishError, Sheet, layout};

/// The most rows of a table in Word, header counted.
pub(crate) const ROWS_MAX: usize = 32_767;
/// The most columns of a table in Word.
pub(crate) const COLUMNS_MAX: usize = 63;

/// Width of a column that says none, in characters.
const WIDTH_UNSAID: f64 = 10.0;
/// The narrowest and the widest that a column counts, in characters.
const WIDTH_RANGE: (f64, f64) = (4.0, 80.0);
/// Margins of a cell, both sides, in twentieths of a point.
const CELL_MARGINS: usize = 170;
/// Half the width of a Chinese character of 10.5 pt, in twentieths of a point.
const HALF_LETTER: usize = 105;
/// Width of a digit of 10.5 pt in a wide font, which may stand in where Times New Roman is not installed.
const WIDE_DIGIT: usize = 136;
/// The most letters of a number or day that its column makes room for.
const UNBROKEN_MAX: usize = 16;

/// Sheets as a Word document in the look of the annex of an official document: A4 on its side, each on a page of its own with
/// title in the middle, remarks and one table with borders; numbers of pages.
///
/// The header is 黑体 and repeated on every page. A row stays on one page unless it alone fills one. Columns share the
/// width of the page as their widths are to each other, but days and numbers have room. Numbers are written as in CSV
/// (whole ones without `.0`), days as they stand. An `http(s)` address is a link; of every other link only the text is
/// written. No text is cut; what XML forbids becomes U+FFFD. Equal sheets give equal bytes.
///
/// # Errors
/// [`PublishError::TooLargeForWord`] beyond 63 columns or 32,767 rows; [`PublishError::Writer`] if the archive cannot
/// be packed (beyond 4 GB).
pub fn docx_tables(sheets: &[Sheet]) -> Result<Vec<u8>, PublishError> {
    let mut body = Body::default();
    for (at, sheet) in sheets.iter().enumerate() {
        if at > 0 {
            push_paragraph(&mut body.xml, "SmallCell", "<w:pageBreakBefore/>", "");
        }
        body.sheet(sheet)?;
    }
    // Word wants a paragraph at the end; a low one makes no page of its own.
    push_paragraph(&mut body.xml, "SmallCell", "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>", "");
    let title = sheets.first().map_or("", |first| if first.title.is_empty() { &first.name } else { &first.title });
    let stored = word::pack(word::Parts {
        title,
        body: &body.xml,
        section: layout::WIDE_SECTION,
        styles: layout::table_styles(),
        links: &body.links,
    })?;
    word::compressed(&stored)
}

/// The body as far as it is written.
#[derive(Default)]
struct Body<'a> {
    xml: String,
    /// Addresses in the order of their numbers, and the number of each: an address is said once.
    links: Vec<&'a str>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Body<'a> {
    /// Title, remarks and table of a sheet.
    fn sheet(&mut self, sheet: &'a Sheet) -> Result<(), PublishError> {
        let columns = sheet.rows.iter().map(Vec::len).fold(sheet.columns.len(), usize::max);
        let rows = sheet.rows.len() + 1;
        if columns > COLUMNS_MAX || rows > ROWS_MAX {
            return Err(PublishError::TooLargeForWord { sheet: sheet.name.clone(), rows, columns });
        }
        let remarks = sheet.remarks.iter().map(|line| ("Remark", line));
        for (style, line) in [("Title", &sheet.title)].into_iter().chain(remarks).filter(|(_, line)| !line.is_empty()) {
            push_paragraph(&mut self.xml, style, "", line);
        }
        if columns > 0 {
            self.table(sheet, &widths(sheet, columns));
        }
        Ok(())
    }

    fn table(&mut self, sheet: &'a Sheet, widths: &[usize]) {
        push_table_open(&mut self.xml, widths);
        push_row_open(&mut self.xml, true, true);
        for (column, width) in widths.iter().enumerate() {
            push_cell_open(&mut self.xml, *width);
            let name = sheet.columns.get(column).map_or("", |found| &found.name);
            push_paragraph(&mut self.xml, "SmallHead", "", name);
            self.xml.push_str("</w:tc>");
        }
        self.xml.push_str("</w:tr>");
        for row in &sheet.rows {
            // The header takes some of the page too; a row that fills one must go on over the next.
            push_row_open(&mut self.xml, lines(row, widths) < layout::WIDE_LINES - 2, false);
            for (column, width) in widths.iter().enumerate() {
                push_cell_open(&mut self.xml, *width);
                self.cell(row.get(column).unwrap_or(&Cell::Empty));
                self.xml.push_str("</w:tc>");
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str("</w:tbl>");
    }

    fn cell(&mut self, cell: &'a Cell) {
        let place = if matches!(cell, Cell::Number(_)) { "<w:jc w:val=\"right\"/>" } else { "" };
        push_open(&mut self.xml, "SmallCell", place);
        match cell {
            Cell::Empty => {}
            Cell::Text(text) | Cell::Date(text) => push_run(&mut self.xml, "", text),
            Cell::Number(number) => push_run(&mut self.xml, "", &number_text(*number)),
            Cell::Link { text, url } => self.link(if text.is_empty() { url } else { text }, url),
        }
        self.xml.push_str("</w:p>");
    }

    fn link(&mut self, shown: &str, url: &'a str) {
        if !is_web_address(url) {
            return push_run(&mut self.xml, "", shown);
        }
        let next = self.links.len() + 1;
        let number = *self.numbers.entry(url).or_insert(next);
        if number == next {
            self.links.push(url);
        }
        self.xml.push_str(&format!("<w:hyperlink r:id=\"{}\" w:history=\"1\">", word::link_id(number)));
        push_run(&mut self.xml, "<w:rStyle w:val=\"Hyperlink\"/>", shown);
        self.xml.push_str("</w:hyperlink>");
    }
}

/// The number as text; there is no minus zero.
fn number_text(number: f64) -> String {
    (number + 0.0).to_string()
}

/// Widths of the columns, together exactly the width of the text: to each other as their widths are said, but none
/// below its least one.
fn widths(sheet: &Sheet, columns: usize) -> Vec<usize> {
    let all = layout::WIDE_TEXT_WIDTH as f64;
    let (narrowest, widest) = WIDTH_RANGE;
    let said = |column: usize| sheet.columns.get(column).map_or(WIDTH_UNSAID, |found| found.width);
    let wished: Vec<f64> = (0..columns)
        .map(|column| if said(column).is_finite() { said(column).clamp(narrowest, widest) } else { WIDTH_UNSAID })
        .collect();
    let least = least_widths(sheet, columns);
    let mut given: Vec<Option<f64>> = vec![None; columns];
    // Every round gives columns their least width, until what is left is enough for the others.
    loop {
        let left = all - given.iter().flatten().sum::<f64>();
        let wishes: f64 = wished.iter().zip(&given).filter(|(_, given)| given.is_none()).map(|(wish, _)| wish).sum();
        let short = |column: &usize| given[*column].is_none() && wished[*column] / wishes * left < least[*column];
        let short: Vec<usize> = (0..columns).filter(short).collect();
        if short.is_empty() {
            let share = |(wish, given): (&f64, &Option<f64>)| given.unwrap_or(wish / wishes * left);
            return rounded(&wished.iter().zip(&given).map(share).collect::<Vec<f64>>());
        }
        short.into_iter().for_each(|column| given[column] = Some(least[column]));
    }
}

/// The least width of every column: a Chinese character, or its longest number or day, which nothing may break.
fn least_widths(sheet: &Sheet, columns: usize) -> Vec<f64> {
    let all = layout::WIDE_TEXT_WIDTH as f64;
    let bare = CELL_MARGINS + 2 * HALF_LETTER;
    let mut least = vec![bare as f64; columns];
    for row in &sheet.rows {
        for (most, cell) in least.iter_mut().zip(row) {
            let letters = match cell {
                Cell::Number(number) => number_text(*number).len(),
                Cell::Date(text) => text.len(),
                Cell::Text(_) | Cell::Link { .. } | Cell::Empty => continue,
            };
            *most = most.max((CELL_MARGINS + letters.min(UNBROKEN_MAX) * WIDE_DIGIT) as f64);
        }
    }
    let fit = |least: &[f64]| least.iter().sum::<f64>() <= all;
    if fit(&least) { least } else { vec![(all / columns as f64).min(bare as f64); columns] }
}

/// The widths as whole numbers that make up the whole width; places are rounded, so that nothing is lost.
fn rounded(widths: &[f64]) -> Vec<usize> {
    let all: f64 = widths.iter().sum();
    let (mut before, mut place) = (0.0, 0);
    let width = |width: &f64| {
        before += width;
        let next = (before / all * layout::WIDE_TEXT_WIDTH as f64).round() as usize;
        let width = next.saturating_sub(place);
        place = next;
        width
    };
    widths.iter().map(width).collect()
}

/// Lines that the highest cell of a row takes, about, by the widths of letters.
fn lines(row: &[Cell], widths: &[usize]) -> usize {
    let of_cell = |(cell, width): (&Cell, &usize)| {
        let text = match cell {
            Cell::Link { text, url } if text.is_empty() => url,
            Cell::Text(text) | Cell::Date(text) | Cell::Link { text, .. } => text,
            Cell::Number(_) | Cell::Empty => return 1,
        };
        // A line holds one letter at least, and loses one at its end to signs that may not begin a line.
        let room = (width.saturating_sub(CELL_MARGINS) / HALF_LETTER).saturating_sub(2).max(2);
        let units = |line: &str| line.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<usize>();
        text.split(['\n', '\r']).map(|line| units(line).div_ceil(room).max(1)).sum()
    };
    row.iter().zip(widths).map(of_cell).max().unwrap_or(1)
}

#[cfg(test)]
mod tests;
