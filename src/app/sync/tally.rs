//! What became of the records of a sync, counted.

use crate::app::view::{SyncReason, SyncRefused};
use crate::corpus::Record;

/// Examples that a report has of each reason.
const EXAMPLES: usize = 5;

/// Why a record is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A relation that the import of another node found (同一文件): whoever has both texts finds it by himself, so nothing is lost and
    /// nobody is told.
    FoundAnew,
    /// Of a node that is not accepted from there.
    NodeNotAccepted,
    /// Of this node itself.
    OwnNode,
    /// An act that does not say whose it is.
    NoNode,
    /// No record.
    BadRecord,
    /// Longer than a record may be.
    TooLarge,
    /// Of a later format.
    UnsupportedFormat,
    /// Its document is not what its digest says.
    DigestMismatch,
    /// Personal data stand in it, and it is not restricted.
    Unmasked,
    /// It would let more people read what is here.
    WiderAccess,
    /// An act on what is not here.
    NothingHeld,
}

impl Reason {
    /// Stable code and Chinese reason.
    pub fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::FoundAnew => ("found_anew", "由本节点自行认定"),
            Self::NodeNotAccepted => {
                ("node_not_accepted", "不是此地址获准的节点；要接受请用 --accept 写明全部获准的节点")
            }
            Self::OwnNode => {
                ("own_node", "来源是本节点自己，不从别处接受；若两边节点重名，请各用 --node（FAJU_NODE）起不同的名称")
            }
            Self::NoNode => {
                ("no_node", "没有写明由哪个节点登记（旧版本的更正、关系、撤回），无从判断；须由对方重新登记")
            }
            Self::BadRecord => ("bad_record", "不是合格的记录"),
            Self::TooLarge => ("too_large", "超过单条上限"),
            Self::UnsupportedFormat => ("unsupported_format", "由更新的程序写成；请升级 faju 后加 --again 重新同步"),
            Self::DigestMismatch => {
                ("digest_mismatch", "内容与摘要不符，可能在途中或对方库中损坏；请对方运行 faju verify")
            }
            Self::Unmasked => ("unmasked", "未去标识化而又不是 restricted"),
            Self::WiderAccess => ("wider_access", "会放宽本库所定的公开范围；确要放宽请在本机 faju correct ID access"),
            Self::NothingHeld => ("nothing_held", "所指的文件不在本库，或不是该节点发布的"),
        }
    }
}

/// A record refused, as it is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub reason: Reason,
    /// Document id.
    pub id: String,
    /// Origin or node.
    pub from: String,
    /// What exactly.
    pub message: String,
}

impl Refused {
    /// A line that is no record.
    pub fn line(reason: Reason, message: impl Into<String>) -> Refused {
        Refused { reason, id: String::new(), from: String::new(), message: message.into() }
    }

    /// A record.
    pub fn record(reason: Reason, record: &Record, message: impl Into<String>) -> Refused {
        let from = match record {
            Record::Put(put) => put.origin.clone(),
            act => act.node().unwrap_or_default().to_string(),
        };
        Refused { reason, id: record.id().to_string(), from, message: message.into() }
    }
}

/// The counts.
#[derive(Debug, Default)]
pub struct Tally {
    /// Records received.
    pub received: u64,
    /// Records appended.
    pub taken: u64,
    /// Records that were there.
    pub unchanged: u64,
    refused: Vec<(Reason, u64, Vec<SyncRefused>)>,
}

impl Tally {
    /// Notes a record that was not taken.
    pub fn refuse(&mut self, refused: Refused) {
        let Refused { reason, id, from, message } = refused;
        if reason == Reason::FoundAnew {
            self.unchanged += 1;
            return;
        }
        let at = match self.refused.iter().position(|(known, ..)| *known == reason) {
            Some(at) => at,
            None => {
                self.refused.push((reason, 0, Vec::new()));
                self.refused.len() - 1
            }
        };
        let (_, count, examples) = &mut self.refused[at];
        *count += 1;
        if examples.len() < EXAMPLES {
            let short = |text: String| text.chars().take(120).collect();
            examples.push(SyncRefused { id: short(id), from: short(from), message: short(message) });
        }
    }

    /// Records refused.
    pub fn refused(&self) -> u64 {
        self.refused.iter().map(|(_, count, _)| count).sum()
    }

    /// Why, the most frequent first.
    pub fn reasons(mut self) -> Vec<SyncReason> {
        self.refused.sort_by_key(|(reason, count, _)| (std::cmp::Reverse(*count), *reason));
        let told = |(reason, count, examples): (Reason, u64, Vec<SyncRefused>)| {
            let (code, message) = reason.told();
            SyncReason { code, message, count, examples }
        };
        self.refused.into_iter().map(told).collect()
    }
}
