//! Provisions and the structure of a text. The parser is in `structure/`.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The unit of retrieval (条、编号单元、案例部分 …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProvisionKind {
    /// 条.
    #[doc(alias = "条")]
    Article,
    /// 序言、导语: text before the first number.
    Preamble,
    /// The deepest numbered unit of a document without articles (一、（一）1.).
    NumberedUnit,
    /// 附件、附录、附表.
    Annex,
    /// 落款: the issuing organ and date at the end.
    Signature,
    /// A section of a case (事实、理由、结果 …).
    CaseSection,
}

impl ProvisionKind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Preamble => "preamble",
            Self::NumberedUnit => "numbered_unit",
            Self::Annex => "annex",
            Self::Signature => "signature",
            Self::CaseSection => "case_section",
        }
    }
}

/// Level of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadingLevel {
    /// The title repeated inside the text, 目录 and other lines that name no part of it.
    Title,
    /// 附件、附录、附表, when provisions of its own follow.
    Annex,
    /// 编.
    Part,
    /// 分编.
    Subpart,
    /// 章.
    Chapter,
    /// 节.
    Section,
    /// 一、 of a document without articles, when it only names what follows.
    Unit1,
    /// （一） likewise.
    Unit2,
    /// 1. likewise.
    Unit3,
}

/// What a block of text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; it governs the provisions after it until a heading of its level or above.
    Heading(HeadingLevel),
    /// A provision.
    Provision(Provision),
}

/// A provision found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Its kind.
    pub kind: ProvisionKind,
    /// The last part of its id: `a10-1`, `n2.1.3`, `preamble`, `annex2`, `facts`; repeats end in `~2`.
    pub key: String,
    /// As people name it: 第十条之一, 二（一）3, 序言, 附件2, 事实.
    pub label: String,
    /// Blocks (indices into [`Structure::blocks`]) of the headings above it, outermost first.
    pub headings: Vec<usize>,
    /// Its parts 款 项 目 in order; empty when the provision is one undivided paragraph.
    pub parts: Vec<Part>,
}

/// A part of a provision: 款, 项 or 目, nested by order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Path below the provision: `p2`, `p2/s3`, `p2/s3/i1`.
    pub key: String,
    /// As people name it: 第二款, 第二款第三项.
    pub label: String,
    /// Bytes of the text it covers, without the parts of its own level after it.
    pub span: Range<usize>,
}

/// One block of the text. Blocks are a partition: each begins where the one before ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Heading or provision.
    pub kind: BlockKind,
    /// Bytes of the text, trailing white space included.
    pub span: Range<usize>,
}

/// Code of the issue of a text that seems to stop before its end.
pub const INCOMPLETE_TEXT: &str = "incomplete_text";

/// Something in the text that could not be understood, kept and never hidden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Stable English code, for example `article_gap`.
    pub code: String,
    /// Chinese message.
    pub message: String,
    /// Bytes of the text it concerns.
    pub span: Range<usize>,
}

/// A text divided into headings and provisions; every byte belongs to exactly one block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Structure {
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// What could not be understood.
    pub issues: Vec<Issue>,
}

impl Structure {
    /// The provisions in order, each with the bytes of the text it covers.
    pub fn provisions(&self) -> impl Iterator<Item = (&Provision, &Range<usize>)> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Provision(provision) => Some((provision, &block.span)),
            BlockKind::Heading(_) => None,
        })
    }

    /// The doubt that the text stops before its end, if there is one.
    pub fn incomplete(&self) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.code == INCOMPLETE_TEXT)
    }

    /// How many articles (第X条) the text has.
    pub fn article_count(&self) -> usize {
        self.provisions().filter(|(p, _)| p.kind == ProvisionKind::Article).count()
    }
}
