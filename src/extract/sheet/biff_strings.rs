//! Strings of BIFF8 records; those of the shared table run on over CONTINUE records.

/// Bytes of a record and of those that continue it. A string's characters may break between two of them, and then the
/// second begins with a byte of its own that tells their width.
pub(super) struct Chain<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Chain<'a> {
    pub(super) fn new(parts: Vec<&'a [u8]>) -> Self {
        Chain { parts, part: 0, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.parts.get(self.part).and_then(|part| part.get(self.at..)).unwrap_or_default()
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest().is_empty() {
            self.next_part()?;
        }
        let byte = *self.rest().first()?;
        self.at += 1;
        Some(byte)
    }

    fn next_part(&mut self) -> Option<()> {
        self.part += 1;
        self.at = 0;
        (self.part < self.parts.len()).then_some(())
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        loop {
            let here = self.rest().len();
            if count <= here {
                self.at += count;
                return Some(());
            }
            count -= here;
            self.next_part()?;
        }
    }

    /// A string with a 16-bit length (XLUnicodeRichExtendedString); formatting and phonetic runs are passed over.
    pub(super) fn rich(&mut self) -> Option<String> {
        let count = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & 0x08 != 0 { usize::from(self.u16()?) } else { 0 };
        let phonetic = if flags & 0x04 != 0 { self.u32()? as usize } else { 0 };
        let text = self.characters(count, flags & 0x01 != 0)?;
        self.skip(runs * 4)?;
        self.skip(phonetic)?;
        Some(text)
    }

    /// A string without runs: with an 8-bit length if `short` (sheet names), else a 16-bit one.
    pub(super) fn plain(&mut self, short: bool) -> Option<String> {
        let count = if short { usize::from(self.byte()?) } else { usize::from(self.u16()?) };
        let flags = self.byte()?;
        self.characters(count, flags & 0x01 != 0)
    }

    fn characters(&mut self, mut count: usize, mut wide: bool) -> Option<String> {
        let mut units = Vec::new();
        while count > 0 {
            let rest = self.rest();
            let size = if wide { 2 } else { 1 };
            let here = (rest.len() / size).min(count);
            if here == 0 {
                self.next_part()?;
                wide = self.byte()? & 0x01 != 0;
                continue;
            }
            let bytes = rest.get(..here * size)?;
            match wide {
                true => units.extend(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))),
                false => units.extend(bytes.iter().map(|&byte| u16::from(byte))),
            }
            self.at += here * size;
            count -= here;
        }
        Some(String::from_utf16_lossy(&units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_that_runs_on_changes_its_width() {
        let first = [4, 0, 1, 0x32, 0x75, 0x59, 0x4E];
        let second = [0, b'A', b'B', 9, 9];
        let mut chain = Chain::new(vec![&first, &second]);
        assert_eq!(chain.rich().as_deref(), Some("甲乙AB"));
        assert_eq!(chain.u16(), Some(0x0909));
        assert_eq!(chain.u16(), None);
    }

    #[test]
    fn runs_and_phonetic_text_are_passed_over() {
        let bytes = [1, 0, 0x0C, 1, 0, 2, 0, 0, 0, b'A', 1, 2, 3, 4, 5, 6, 7, 0];
        let mut chain = Chain::new(vec![&bytes]);
        assert_eq!(chain.rich().as_deref(), Some("A"));
        assert_eq!(chain.u16(), Some(7));
    }
}
