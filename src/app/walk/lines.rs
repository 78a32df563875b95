//! A JSON Lines file piece by piece: however long the file, only a line is bounded.

use super::Unread;
use crate::extract::FILE_BYTES_MAX;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

/// Bytes of whole lines that are read together. A file that is not longer is one piece.
const PIECE_BYTES: usize = 4 << 20;

/// Where a piece stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceOf {
    /// The first line of the file that is not blank: it tells what the file is.
    pub first: String,
    /// Lines of the file before it.
    pub before: usize,
}

/// Told of each piece: its bytes and where it stands; `None` for a whole file.
pub type Visit<'v> = dyn FnMut(Result<Vec<u8>, Unread>, Option<PieceOf>) -> ControlFlow<()> + 'v;

/// Whether a file is of lines that can be read one by one.
pub fn is_of_lines(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".zst").unwrap_or(&name);
    name.ends_with(".jsonl") || name.ends_with(".ndjson")
}

/// Hands over a file in pieces of whole lines. A line that is longer than a file may be is an error by itself.
pub fn each(reader: impl BufRead, visit: &mut Visit<'_>) -> ControlFlow<()> {
    Pieces { reader, piece: Vec::new(), at: PieceOf { first: String::new(), before: 0 }, lines: 0 }.each(visit)
}

struct Pieces<R> {
    reader: R,
    /// What was read since the last piece, and its lines.
    piece: Vec<u8>,
    lines: usize,
    /// Where it stands.
    at: PieceOf,
}

impl<R: BufRead> Pieces<R> {
    fn each(mut self, visit: &mut Visit<'_>) -> ControlFlow<()> {
        loop {
            let begins = self.piece.len();
            let read = match self.line() {
                Ok(read) => read,
                Err(error) => {
                    self.piece.truncate(begins);
                    self.hand(visit)?;
                    return visit(Err(Unread::Io(error)), self.at_end());
                }
            };
            if read == 0 {
                let whole = self.at.before == 0;
                return if whole { visit(Ok(self.piece), None) } else { self.hand(visit) };
            }
            if read > FILE_BYTES_MAX {
                self.piece.truncate(begins);
                self.hand(visit)?;
                visit(Err(Unread::TooLarge), Some(self.at.clone()))?;
                self.at.before += 1;
                continue;
            }
            self.lines += 1;
            if self.at.first.is_empty() {
                self.at.first = String::from_utf8_lossy(&self.piece[begins..]).trim().to_string();
            }
            if self.piece.len() >= PIECE_BYTES {
                self.hand(visit)?;
            }
        }
    }

    /// Reads a line into the piece; answers its bytes, 0 at the end. Of one that is too long the rest is passed over.
    fn line(&mut self) -> io::Result<usize> {
        let most = FILE_BYTES_MAX as u64 + 1;
        let read = (&mut self.reader).take(most).read_until(b'\n', &mut self.piece)?;
        if read > FILE_BYTES_MAX && self.piece.last() != Some(&b'\n') {
            self.reader.skip_until(b'\n')?;
        }
        Ok(read)
    }

    /// Hands over what was read, if anything.
    fn hand(&mut self, visit: &mut Visit<'_>) -> ControlFlow<()> {
        if self.lines == 0 {
            return ControlFlow::Continue(());
        }
        let handed = visit(Ok(std::mem::take(&mut self.piece)), Some(self.at.clone()));
        self.at.before += std::mem::take(&mut self.lines);
        handed
    }

    /// Where the file breaks off; `None` if nothing of it was handed over.
    fn at_end(&self) -> Option<PieceOf> {
        (self.at.before > 0).then(|| self.at.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First line of the file with the lines before, and bytes (`None`: too large).
    type Seen = (Option<(String, usize)>, Option<usize>);

    fn pieces(bytes: &[u8]) -> Vec<Seen> {
        let mut found = Vec::new();
        let ended = each(bytes, &mut |bytes, at| {
            found.push((at.map(|at| (at.first, at.before)), bytes.ok().map(|bytes| bytes.len())));
            ControlFlow::Continue(())
        });
        assert!(ended.is_continue());
        found
    }

    #[test]
    fn a_short_file_is_whole_and_a_long_one_is_cut_at_its_lines() {
        assert!(is_of_lines("甲.JSONL.zst") && is_of_lines("a.ndjson") && !is_of_lines("a.md"));
        assert_eq!(pieces(b""), [(None, Some(0))]);
        assert_eq!(pieces(b"a\nb"), [(None, Some(3))]);
        let line = [vec![b'x'; 3 << 19], vec![b'\n']].concat();
        let file = [b"\n a\n".to_vec(), line.repeat(4), b"end".to_vec()].concat();
        let first = |before| Some(("a".to_string(), before));
        let cut = 4 + 3 * line.len();
        assert_eq!(pieces(&file), [(first(0), Some(cut)), (first(5), Some(file.len() - cut))]);
    }

    #[test]
    fn a_line_that_is_too_long_is_told_by_itself() {
        let long = [vec![b'x'; FILE_BYTES_MAX + 9], vec![b'\n']].concat();
        let file = [b"a\n".to_vec(), long.clone(), b"b\n".to_vec()].concat();
        let first = |before| Some(("a".to_string(), before));
        assert_eq!(pieces(&file), [(first(0), Some(2)), (first(1), None), (first(2), Some(2))]);
        assert_eq!(pieces(&long)[0], (Some((String::new(), 0)), None));
    }
}
