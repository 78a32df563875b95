//! Sheets: values, and CSV.

use super::PublishError;

/// The most bytes of an address that is made a link: what every office program takes.
const WEB_ADDRESS_MAX: usize = 2_000;

/// A sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Name on its tab; what Excel does not allow in it is replaced.
    pub name: String,
    /// The title above the table; empty for none.
    pub title: String,
    /// Lines between title and table.
    pub remarks: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; a short one is filled up with empty cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// What stands in the header.
    pub name: String,
    /// Its width in characters (of digits; a Chinese character takes two).
    pub width: f64,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    /// A text, never a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A day in ISO form, 2021-07-15; what is none stays a text.
    Date(String),
    /// A text that leads somewhere.
    Link {
        /// What is shown; the address where it is empty.
        text: String,
        /// Address: `http://`, `https://`, or `#…` for a place in the workbook. Any other is not made a link.
        url: String,
    },
    /// Nothing.
    #[default]
    Empty,
}

/// The columns and rows of a sheet as CSV: UTF-8 with byte order mark (Excel takes it for another encoding without),
/// header row, quoting by RFC 4180, CRLF.
///
/// A text that a spreadsheet program would take for a formula, since it begins with `=`, `+`, `-`, `@` (full-width ones
/// too), a tab or a line break, has an apostrophe `'` put before it. Numbers stay numbers. A link gives its text only:
/// whoever needs the address gives it a column. Title and remarks are left out; the number of rows has no limit.
///
/// # Errors
/// [`PublishError::Writer`], which nothing in the values causes.
pub fn csv(sheet: &Sheet) -> Result<Vec<u8>, PublishError> {
    let mut file = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    let width = sheet.rows.iter().map(Vec::len).fold(sheet.columns.len(), usize::max);
    let header = (0..width).map(|column| guarded(sheet.columns.get(column).map_or("", |found| &found.name)));
    let rows = sheet.rows.iter().map(|row| (0..width).map(|column| field(row.get(column))).collect());
    for record in std::iter::once(header.collect::<Vec<String>>()).chain(rows).filter(|record| !record.is_empty()) {
        file.write_record(&record).map_err(|error| PublishError::Writer(error.to_string()))?;
    }
    file.into_inner().map_err(|error| PublishError::Writer(error.to_string()))
}

/// Whether an address is made a link where only the web may be linked: `http(s)`, a host, and nothing that makes an
/// office program take the file for damaged.
pub(crate) fn is_web_address(url: &str) -> bool {
    let odd = |letter: char| letter.is_whitespace() || letter.is_control() || "<>\"{}|\\^`[]".contains(letter);
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_alphanumeric()))
        && url.len() <= WEB_ADDRESS_MAX
        && !url.contains(odd)
        && super::xml::allowed(url) == url
}

fn field(cell: Option<&Cell>) -> String {
    match cell {
        None | Some(Cell::Empty) => String::new(),
        Some(Cell::Text(text) | Cell::Date(text)) => guarded(text),
        Some(Cell::Link { text, url }) => guarded(if text.is_empty() { url } else { text }),
        Some(Cell::Number(number)) => number.to_string(),
    }
}

/// The text, with an apostrophe before it if it looks like a formula.
fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(columns: &[&str], rows: Vec<Vec<Cell>>) -> String {
        let columns = columns.iter().map(|name| Column { name: (*name).into(), width: 10.0 }).collect();
        String::from_utf8(csv(&Sheet { columns, rows, ..Sheet::default() }).unwrap()).unwrap()
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn mark_header_quotes_and_ends_of_lines() {
        let link = Cell::Link { text: "办法".into(), url: "https://example.invalid/1".into() };
        let bare = Cell::Link { text: String::new(), url: "#a1".into() };
        let rows = vec![
            vec![text("渡口,\"桥\""), Cell::Number(-2.5), Cell::Date("2021-07-15".into())],
            vec![text("一\n二"), link],
            vec![bare, Cell::Empty, text("尾")],
        ];
        assert_eq!(
            written(&["名称", "金额", "日期"], rows),
            "\u{FEFF}名称,金额,日期\r\n\"渡口,\"\"桥\"\"\",-2.5,2021-07-15\r\n\"一\n二\",办法,\r\n#a1,,尾\r\n"
        );
    }

    #[test]
    fn what_looks_like_a_formula_is_text() {
        for begin in ["=", "+", "-", "@", "\t", "\r", "＝"] {
            let hostile = format!("{begin}1+cmd");
            assert_eq!(guarded(&hostile), format!("'{hostile}"));
        }
        assert_eq!(written(&["=a"], vec![vec![Cell::Date("=1".into())]]), "\u{FEFF}'=a\r\n'=1\r\n");
        assert_eq!(guarded("a=1"), "a=1");
    }

    #[test]
    fn web_addresses() {
        for good in ["http://example.invalid", "https://example.invalid/a?b=c&d='%20#e", "https://云桥.invalid/渡"] {
            assert!(is_web_address(good), "{good}");
        }
        let long = format!("https://example.invalid/{}", "a".repeat(WEB_ADDRESS_MAX));
        for bad in ["", "#a1", "javascript:alert(1)", "file:///etc", "https://", "http:///a", "https://a b", &long] {
            assert!(!is_web_address(bad), "{bad}");
        }
        for letter in "<>\"{}|\\^`[]\n\0\u{ffff}".chars() {
            assert!(!is_web_address(&format!("https://a{letter}b")), "{letter:?}");
        }
    }

    #[test]
    fn odd_shapes() {
        assert_eq!(written(&[], vec![]), "\u{FEFF}");
        assert_eq!(written(&["a"], vec![vec![], vec![text("1"), text("2")]]), "\u{FEFF}a,\r\n,\r\n1,2\r\n");
        assert_eq!(written(&["a"], vec![vec![Cell::Empty]]), "\u{FEFF}a\r\n\"\"\r\n");
    }
}
