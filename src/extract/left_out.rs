//! Text of a file that is none of the document as it stands, or hardly: counted, so that its reader is told.

/// How much was left out, or read although it is struck through, in characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Deleted text (修订中删除).
    pub deleted: usize,
    /// Hidden text (隐藏文字).
    pub hidden: usize,
    /// Text that only looks deleted (删除线), and was read: only its author knows whether it still holds.
    pub struck: usize,
}

impl LeftOut {
    /// The remarks on it.
    pub fn remarks(self) -> impl Iterator<Item = String> {
        let hidden = (self.hidden > 0).then(|| hidden(self.hidden));
        let struck = (self.struck > 0).then(|| struck(self.struck));
        hidden.into_iter().chain((self.deleted > 0).then(|| deleted(self.deleted))).chain(struck)
    }
}

/// The remark on so many hidden characters.
pub fn hidden(count: usize) -> String {
    format!("隐藏文字 {count} 字未读入")
}

/// The remark on so many deleted characters.
pub fn deleted(count: usize) -> String {
    format!("修订中删除或移走的文字 {count} 字未读入")
}

/// The remark on so many characters that are struck through.
pub fn struck(count: usize) -> String {
    format!("带删除线的文字 {count} 字，原样读入，请核对是否已经删去")
}
