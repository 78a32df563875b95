//! The lines of a feed, bounded whatever comes.

use crate::corpus::LINE_BYTES_MAX;
use std::io::{self, BufRead, Read};

/// Most bytes that are passed over of a line that is too long.
const PASSED_BYTES_MAX: u64 = 4 * LINE_BYTES_MAX as u64;

/// A line of a feed.
#[derive(Debug, PartialEq, Eq)]
pub enum Fed {
    /// Whole, without its end.
    Line(String),
    /// It was longer than a record may be.
    TooLong,
    /// No UTF-8.
    NotText,
}

/// Reads lines.
pub struct Lines<R> {
    reader: R,
    most: u64,
}

impl<R: BufRead> Lines<R> {
    /// The lines of a reader.
    pub fn new(reader: R) -> Self {
        Lines { reader, most: LINE_BYTES_MAX as u64 }
    }

    /// The next line; `None` at the end. A last line without its end is an error: what follows it is lost.
    pub fn next(&mut self) -> io::Result<Option<Fed>> {
        let mut line = Vec::new();
        let read = (&mut self.reader).take(self.most + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if line.pop() == Some(b'\n') {
            return Ok(Some(String::from_utf8(line).map_or(Fed::NotText, Fed::Line)));
        }
        if read as u64 <= self.most {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        drop(line);
        let mut rest = (&mut self.reader).take(PASSED_BYTES_MAX);
        rest.skip_until(b'\n')?;
        match rest.limit() {
            0 => Err(io::Error::other("一行长得没有尽头")),
            _ => Ok(Some(Fed::TooLong)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_bounded_and_a_torn_one_is_an_error() {
        let text = [b"ab\n\xff\n".as_slice(), b"toolong\n", b"abcd\n", b"\n", b"torn"].concat();
        let mut lines = Lines { most: 4, ..Lines::new(text.as_slice()) };
        let mut next = || lines.next().map_err(|error| error.kind());
        assert_eq!(next(), Ok(Some(Fed::Line("ab".into()))));
        assert_eq!(next(), Ok(Some(Fed::NotText)));
        assert_eq!(next(), Ok(Some(Fed::TooLong)));
        assert_eq!(next(), Ok(Some(Fed::Line("abcd".into()))));
        assert_eq!(next(), Ok(Some(Fed::Line(String::new()))));
        assert_eq!(next(), Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(next(), Ok(None));
    }
}
