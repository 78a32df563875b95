//! The lines of a JSON Lines file, or of a piece of one.

use super::outcome::{Outcome, Refusal, RefusalCode};

/// Lines that are read together.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// The first line of the file that is not blank: it tells what the file is.
    pub first: &'a str,
    /// Lines of the file before these.
    pub before: usize,
    /// The lines.
    pub text: &'a str,
    /// Whether the file has others.
    pub piece: bool,
}

impl<'a> Lines<'a> {
    /// All lines of a file.
    pub fn of_file(text: &'a str) -> Lines<'a> {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Lines { first, before: 0, text, piece: false }
    }

    /// The lines that are not blank, each with its number in the file, from 1.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let before = self.before;
        let lines = self.text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines.map(move |(at, line)| (before + at + 1, line))
    }

    /// Refuses a piece of a file that makes sense only as a whole.
    pub fn refused_as_piece(&self) -> Option<Outcome> {
        let message = "这一格式要整个文件一起读，而文件过长；请拆分后导入";
        self.piece.then(|| Refusal::new(RefusalCode::TooLarge, message).at_line(self.before + 1).into())
    }
}

/// The text of a piece of a file: a line that is no text is refused and leaves a blank line, so that the others keep their
/// numbers.
pub fn text_of_piece(bytes: &[u8], before: usize) -> (String, Vec<Refusal>) {
    let mut refused = Vec::new();
    let mut text = String::with_capacity(bytes.len());
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        match std::str::from_utf8(line) {
            Ok(line) if !line.contains('\0') => {
                text.push_str(line.trim_end_matches('\r').trim_start_matches('\u{feff}'))
            }
            _ => {
                let message = "该行不是 UTF-8 文本，请另存为 UTF-8 编码后再导入";
                refused.push(Refusal::new(RefusalCode::NotText, message).at_line(before + at + 1));
            }
        }
        text.push('\n');
    }
    (text, refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_beside_one_that_is_no_text() {
        let (text, refused) = text_of_piece(b"\xef\xbb\xbfa\r\n\xff\n\nb\0\nc", 7);
        assert_eq!(text, "a\n\n\n\nc\n");
        let places: Vec<_> = refused.iter().map(|refusal| refusal.place.clone().unwrap()).collect();
        assert_eq!(places, ["第9行", "第11行"]);
        let lines = Lines { first: "x", before: 7, text: &text, piece: true };
        assert_eq!(lines.numbered().collect::<Vec<_>>(), [(8, "a"), (12, "c")]);
        assert!(lines.refused_as_piece().is_some() && Lines::of_file(&text).refused_as_piece().is_none());
        assert_eq!(Lines::of_file("\n a\nb").first, " a");
    }
}
