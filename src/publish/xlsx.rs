//! Workbooks.

use std::borrow::Cow;
use std::collections::HashSet;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
};

use super::xml::allowed;
use super::{Cell, Column, PublishError, Sheet};

/// The most rows of a sheet, title, remarks and header counted.
pub(crate) const ROWS_MAX: usize = 1_048_576;
/// The most columns of a sheet.
pub(crate) const COLUMNS_MAX: usize = 16_384;
/// The most UTF-16 units of a cell.
const CELL_MAX: usize = 32_767;
/// The most links of a sheet.
const LINKS_MAX: usize = 65_530;
/// The most characters of an address.
const URL_MAX: usize = 2_080;
/// The most UTF-16 units of a sheet's name.
const NAME_MAX: usize = 31;
/// Height of a line and of the highest row, in points.
const LINE_HEIGHT: f64 = 16.0;
const ROW_HEIGHT_MAX: f64 = 409.0;
const FONT: &str = "宋体";

impl From<XlsxError> for PublishError {
    fn from(error: XlsxError) -> Self {
        PublishError::Writer(error.to_string())
    }
}

/// A workbook of sheets: title, remarks, header row with filter, frozen; equal sheets give equal bytes.
///
/// Texts are strings, never formulas. A text beyond 32,767 characters is cut, `…` at its end, and a remark says so. An
/// address that is neither http(s) nor `#…`, or is longer than Excel takes, is not made a link; nor is any beyond
/// 65,530 of a sheet. What XML forbids becomes U+FFFD. Names of sheets are made such that Excel takes them. No sheets
/// give one empty sheet.
///
/// # Errors
/// [`PublishError::TooManyRows`] and [`PublishError::TooManyColumns`] beyond the limits of the format;
/// [`PublishError::Writer`] for what the library refuses, which nothing in the values should cause.
pub fn xlsx(sheets: &[Sheet]) -> Result<Vec<u8>, PublishError> {
    let mut book = Workbook::new();
    // The library would put the clock in.
    let mut properties =
        DocProperties::new().set_author("法据").set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    if let Some(first) = sheets.first() {
        properties = properties.set_title(allowed(&first.title));
    }
    book.set_properties(&properties);
    let looks = Looks::new();
    let mut names = HashSet::new();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(tab_name(&sheet.name, &mut names))?;
        write_sheet(page, sheet, &looks)?;
    }
    if sheets.is_empty() {
        book.add_worksheet();
    }
    Ok(book.save_to_buffer()?)
}

/// How cells look.
struct Looks {
    title: Format,
    remark: Format,
    header: Format,
    text: Format,
    date: Format,
    link: Format,
}

impl Looks {
    fn new() -> Self {
        let base = Format::new().set_font_name(FONT).set_font_size(11);
        let cell = base.clone().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
        Self {
            title: base.clone().set_font_size(16).set_bold(),
            remark: base.clone().set_font_color(Color::RGB(0x59_59_59)),
            header: cell
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0xE7_EE_F5))
                .set_align(FormatAlign::VerticalCenter),
            date: cell.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            link: cell
                .clone()
                .set_font_color(Color::RGB(0x05_63_C1))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            text: cell,
        }
    }
}

fn write_sheet(page: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), PublishError> {
    let width = sheet.rows.iter().map(Vec::len).fold(sheet.columns.len(), usize::max);
    if width > COLUMNS_MAX {
        return Err(PublishError::TooManyColumns { sheet: sheet.name.clone(), columns: width });
    }
    let mut remarks: Vec<Cow<'_, str>> = sheet.remarks.iter().map(Cow::from).collect();
    remarks.extend(cut_remark(sheet).map(Cow::from));
    let titles = usize::from(!sheet.title.is_empty());
    let rows = titles + remarks.len() + 1 + sheet.rows.len();
    if rows > ROWS_MAX {
        return Err(PublishError::TooManyRows { sheet: sheet.name.clone(), rows });
    }
    // Both fit: they were compared with the limits.
    let header = u32::try_from(titles + remarks.len()).unwrap_or(u32::MAX);
    let last = u32::try_from(rows - 1).unwrap_or(u32::MAX);
    let last_column = u16::try_from(width.max(1) - 1).unwrap_or(u16::MAX);
    if titles > 0 {
        page.write_string_with_format(0, 0, fitting(&sheet.title).0, &looks.title)?;
    }
    for (row, remark) in (u32::from(titles > 0)..).zip(&remarks) {
        page.write_string_with_format(row, 0, fitting(remark).0, &looks.remark)?;
    }
    for column in 0..=last_column {
        let found = sheet.columns.get(usize::from(column));
        page.write_string_with_format(header, column, fitting(found.map_or("", |found| &found.name)).0, &looks.header)?;
        if let Some(found) = found.filter(|found| found.width.is_finite()) {
            page.set_column_width(column, found.width.clamp(1.0, 255.0))?;
        }
    }
    let mut links = 0;
    for (row, cells) in (header + 1..).zip(&sheet.rows) {
        for column in 0..=last_column {
            let cell = cells.get(usize::from(column)).unwrap_or(&Cell::Empty);
            write_cell(page, (row, column), cell, looks, &mut links)?;
        }
        let lines = lines(cells, sheet);
        if lines > 1 {
            page.set_row_height(row, (lines.min(100) as f64 * LINE_HEIGHT).min(ROW_HEIGHT_MAX))?;
        }
    }
    page.autofilter(header, 0, last, last_column)?;
    page.set_freeze_panes(header + 1, 0)?;
    page.set_repeat_rows(header, header)?;
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C— &P / &N —");
    Ok(())
}

fn write_cell(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
    links: &mut usize,
) -> Result<(), PublishError> {
    match cell {
        Cell::Empty => page.write_blank(row, column, &looks.text)?,
        Cell::Text(text) => page.write_string_with_format(row, column, fitting(text).0, &looks.text)?,
        Cell::Number(number) if number.is_finite() => {
            page.write_number_with_format(row, column, *number, &looks.text)?
        }
        Cell::Number(number) => page.write_string_with_format(row, column, number.to_string(), &looks.text)?,
        Cell::Date(text) => match day(text) {
            Some(day) => page.write_datetime_with_format(row, column, &day, &looks.date)?,
            None => page.write_string_with_format(row, column, fitting(text).0, &looks.text)?,
        },
        Cell::Link { text, url } => {
            let shown = fitting(if text.is_empty() { url } else { text }).0;
            match address(url).filter(|_| *links < LINKS_MAX) {
                Some(address) => {
                    *links += 1;
                    let url = Url::new(address).set_text(shown);
                    page.write_url_with_format(row, column, url, &looks.link)?
                }
                None => page.write_string_with_format(row, column, shown, &looks.text)?,
            }
        }
    };
    Ok(())
}

/// Lines that the highest cell of a row takes, by the widths of letters: not every program finds heights by itself.
fn lines(cells: &[Cell], sheet: &Sheet) -> usize {
    let of_cell = |(cell, column): (&Cell, &Column)| {
        let (Cell::Text(text) | Cell::Link { text, .. }) = cell else { return 1 };
        // One character of the width goes into the margins of the cell.
        let room = (column.width.clamp(3.0, 255.0) as usize).saturating_sub(1).max(1);
        let units = |line: &str| line.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<usize>();
        text.split('\n').map(|line| units(line).div_ceil(room).max(1)).sum()
    };
    cells.iter().zip(&sheet.columns).map(of_cell).max().unwrap_or(1)
}

/// The address as the library wants it; `None` for what is not made a link.
fn address(url: &str) -> Option<String> {
    let odd = |letter: char| letter.is_whitespace() || letter.is_control();
    if url.chars().count() > URL_MAX || url.contains(odd) || allowed(url) != url {
        return None;
    }
    match url.strip_prefix('#') {
        Some("") => None,
        Some(place) => Some(format!("internal:{place}")),
        None => (url.starts_with("http://") || url.starts_with("https://")).then(|| url.to_owned()),
    }
}

/// The day of an ISO text, from 1900 on.
fn day(text: &str) -> Option<ExcelDateTime> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shape {
        return None;
    }
    ExcelDateTime::from_ymd(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?).ok()
}

/// The text such that a cell takes it, and whether it was cut.
fn fitting(text: &str) -> (String, bool) {
    let text = allowed(text);
    // No more units than bytes: most texts need no counting.
    if text.len() <= CELL_MAX || text.encode_utf16().count() <= CELL_MAX {
        return (text, false);
    }
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units < CELL_MAX
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    (cut, true)
}

/// What is said of texts that were cut; `None` if none was.
fn cut_remark(sheet: &Sheet) -> Option<String> {
    let is_cut = |cell: &&Cell| match cell {
        Cell::Text(text) | Cell::Date(text) | Cell::Link { text, .. } => text.len() > CELL_MAX && fitting(text).1,
        Cell::Number(_) | Cell::Empty => false,
    };
    let count = sheet.rows.iter().flatten().filter(is_cut).count();
    (count > 0).then(|| format!("注意：有 {count} 个单元格的文字超过 32,767 字，已截断，以“…”结尾。"))
}

/// A name that Excel takes and no other sheet has; `taken` are those in use, in small letters.
fn tab_name(name: &str, taken: &mut HashSet<String>) -> String {
    let plain: String = allowed(name)
        .chars()
        .map(|letter| if letter.is_control() || "[]:*?/\\".contains(letter) { '_' } else { letter })
        .collect();
    let plain = plain.trim_matches([' ', '\'']);
    let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") { "工作表" } else { plain };
    let mut number = 1;
    loop {
        let end = if number == 1 { String::new() } else { format!("（{number}）") };
        let mut room = NAME_MAX - end.encode_utf16().count();
        let fits = |letter: &char| {
            let enough = letter.len_utf16() <= room;
            room = room.saturating_sub(letter.len_utf16());
            enough
        };
        let begin: String = plain.chars().take_while(fits).collect();
        let found = begin.trim_end_matches([' ', '\'']).to_owned() + &end;
        if taken.insert(found.to_lowercase()) {
            return found;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests;
