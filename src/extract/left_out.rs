//! Text of a file that is none of the document as it stands: counted while it is left out, so that its reader is told.

/// How much was left out, in characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Deleted text (修订中删除).
    pub deleted: usize,
    /// Hidden text (隐藏文字).
    pub hidden: usize,
}

impl LeftOut {
    /// The remarks on it.
    pub fn remarks(self) -> impl Iterator<Item = String> {
        let hidden = (self.hidden > 0).then(|| hidden(self.hidden));
        hidden.into_iter().chain((self.deleted > 0).then(|| deleted(self.deleted)))
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
