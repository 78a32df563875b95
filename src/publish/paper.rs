//! What is written: values only.

/// What is written: a document, or chosen provisions of one. An empty text is a line that is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Its title.
    pub title: String,
    /// Lines under the title: 题注（2021年1月22日…通过）, 文号.
    pub subtitle: Vec<String>,
    /// What is said of the document, name and value: 文号、制定机关、公布日期、施行日期、时效、有效期至、来源.
    pub facts: Vec<(String, String)>,
    /// The formal citation: 《中华人民共和国行政处罚法》（2021年修订）第三十三条第一款.
    pub citation: String,
    /// The status line: 现行有效（自2021-07-15起施行，核对日2026-11-27）.
    pub status: String,
    /// Whether only parts are written (节录).
    pub excerpt: bool,
    /// The text.
    pub blocks: Vec<Block>,
    /// Last line: 法据导出，语料截至……
    pub colophon: String,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of the text (章、节).
    Heading {
        /// 1 = outermost … 6; what is beyond counts as the nearest of them.
        level: u8,
        /// What it says.
        text: String,
    },
    /// A provision.
    Provision {
        /// Its id, the anchor: a33-1, n2.1; empty for none.
        id: String,
        /// Bytes at the beginning of the text that are its number (第三十三条), 0 for none.
        label: usize,
        /// Its verbatim text, lines separated by `\n`. Lines that begin and end with `|` are rows of a table.
        text: String,
    },
    /// A table, rows of cells; the first row is its header.
    Table(Vec<Vec<String>>),
    /// 落款: issuer and day, set right, lines separated by `\n`.
    Signature(String),
}

impl Paper {
    /// The title as printed: with （节录） behind it where only parts are written.
    pub(crate) fn full_title(&self) -> String {
        if self.excerpt { format!("{}（节录）", self.title) } else { self.title.clone() }
    }

    /// Name and value of every line between title and text, citation and status first; empty values left out.
    pub(crate) fn particulars(&self) -> Vec<(&str, &str)> {
        let own = [("引用", self.citation.as_str()), ("状态", self.status.as_str())];
        let facts = self.facts.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        own.into_iter().chain(facts).filter(|(_, value)| !value.is_empty()).collect()
    }
}
