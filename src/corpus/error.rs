//! What can go wrong with the journal, told with place and remedy.

use super::place::{Cursor, Place};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why a work on the journal failed.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// Another writer holds the lock.
    #[error("{} 正由另一程序{}写入；请等它结束，或用 --wait 指定等待时间（已等 {} 毫秒）", path.display(), holder(*process), waited.as_millis())]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// Number of the process that holds it, as far as it is known.
        process: Option<u32>,
        /// How long this one waited.
        waited: Duration,
    },
    /// Nothing may be written there.
    #[error("不能写入 {}（{source}）；请检查目录权限或只读挂载，或用 --data 换一个数据目录", path.display())]
    ReadOnly {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No room is left. Nothing of the batch is kept.
    #[error("写入 {} 时空间已满（{source}）；本批没有写入，已确认的记录都在。请腾出空间后重新运行", path.display())]
    DiskFull {
        /// What was written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system refused something else.
    #[error("{action} {} 失败：{source}；请检查磁盘与权限", path.display())]
    Io {
        /// What was tried, in Chinese.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something acknowledged cannot be read any more.
    #[error("{0}；请运行 faju verify 查明范围，并从备份恢复该文件")]
    Damaged(Damage),
    /// Not the text of a place or a cursor.
    #[error("“{0}”不是日志中的位置")]
    NoPlace(String),
    /// No record stands there.
    #[error("日志在 {0} 处没有记录；索引与日志不一致，请运行 faju rebuild")]
    NoRecord(Place),
    /// A cursor of another journal, or of a later state than this one.
    #[error("游标 {cursor} 在日志末尾 {end} 之后；日志可能已被旧备份替换，请运行 faju rebuild")]
    BeyondEnd {
        /// What was asked.
        cursor: Cursor,
        /// Where the journal ends.
        end: Cursor,
    },
    /// A record whose line would be longer than [`super::LINE_BYTES_MAX`].
    #[error("记录 {id} 有 {bytes} 字节，超过单条上限 {} 字节；请拆分该文件", super::LINE_BYTES_MAX)]
    RecordTooLarge {
        /// Id of the document.
        id: String,
        /// Length of its line in bytes.
        bytes: usize,
    },
    /// A record cannot be written as JSON.
    #[error("记录 {id} 不能写成 JSON：{reason}")]
    BadRecord {
        /// Id of the document.
        id: String,
        /// Why.
        reason: String,
    },
    /// A record of a format that this program does not know.
    #[error("{place} 处的记录是第 {version} 版格式，由更新的程序写成；请升级 faju")]
    Newer {
        /// Where.
        place: Place,
        /// Its format.
        version: u64,
    },
    /// An earlier failure left this writer unsure of what is on the disk.
    #[error("此前的写入没有完成，本次写入已停止；请重新运行，下一次写入会先修复日志")]
    Halted,
}

fn holder(process: Option<u32>) -> String {
    process.map_or(String::new(), |process| format!("（进程 {process}）"))
}

impl CorpusError {
    /// What failed while something was written to `path`.
    pub(super) fn writing(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                CorpusError::DiskFull { path, source }
            }
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                CorpusError::ReadOnly { path, source }
            }
            _ => CorpusError::Io { action: "写入", path, source },
        }
    }

    /// What failed while `path` was read.
    pub(super) fn reading(path: &Path, source: io::Error) -> Self {
        CorpusError::Io { action: "读取", path: path.to_path_buf(), source }
    }

    /// Damage in a segment.
    pub(super) fn damaged(segment: u32, offset: u64, flaw: Flaw) -> Self {
        CorpusError::Damaged(Damage { segment, offset, flaw })
    }
}

/// One damaged place of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Number of the segment file, from 1; 0 for the file `ACK`.
    pub segment: u32,
    /// Byte offset in that file.
    pub offset: u64,
    /// What is wrong there.
    pub flaw: Flaw,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.segment == 0 {
            write!(f, "确认文件 ACK 损坏：{}", self.flaw)
        } else {
            write!(
                f,
                "日志第 {} 段（{:08}.jsonl.zst）第 {} 字节处损坏：{}",
                self.segment, self.segment, self.offset, self.flaw
            )
        }
    }
}

/// What is wrong at a damaged place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// No frame begins where one must.
    #[error("此处不是 zstd 帧")]
    NoFrame,
    /// The frame goes on after the end of what is there.
    #[error("帧不完整")]
    Truncated,
    /// The frame lacks its content size or checksum, which this program always writes.
    #[error("帧没有长度或校验和")]
    Unguarded,
    /// The frame claims more than [`super::FRAME_BYTES_MAX`].
    #[error("帧声称有 {0} 字节，超过上限")]
    TooLarge(u64),
    /// The frame cannot be unpacked, or its checksum does not agree.
    #[error("帧的内容与校验和不符")]
    Checksum,
    /// The content is not whole lines of UTF-8.
    #[error("帧的内容不是整行的 UTF-8 文本")]
    NotLines,
    /// A line is longer than [`super::LINE_BYTES_MAX`].
    #[error("帧内第 {line} 行过长")]
    LineTooLong {
        /// Line inside the frame, from 0.
        line: u32,
    },
    /// A line is no record.
    #[error("帧内第 {line} 行不是记录：{reason}")]
    NotARecord {
        /// Line inside the frame, from 0.
        line: u32,
        /// Why.
        reason: String,
    },
    /// The document is not the one whose digest the record states.
    #[error("帧内第 {line} 行（{id}）的文档与其摘要不符")]
    Digest {
        /// Line inside the frame, from 0.
        line: u32,
        /// Id of the document.
        id: String,
    },
    /// The head of the segment is missing or not that of this segment.
    #[error("段首标记缺失或不属于本段")]
    Head,
    /// The segment is followed by another, but its closing mark is missing.
    #[error("段尾标记缺失，段尾可能被截断")]
    Unsealed,
    /// The closing mark counts other frames or records than there are.
    #[error("段尾标记记有 {stated} 个{what}，实有 {found} 个")]
    Count {
        /// `帧` or `记录`.
        what: &'static str,
        /// What is stated.
        stated: u64,
        /// What is there.
        found: u64,
    },
    /// A segment file is missing.
    #[error("缺少这个段文件")]
    Missing,
    /// Fewer bytes than were acknowledged.
    #[error("已确认 {acknowledged} 字节，实有 {found} 字节")]
    Short {
        /// Acknowledged length in bytes.
        acknowledged: u64,
        /// Length of the file in bytes.
        found: u64,
    },
    /// Nobody can have written this file or frame there.
    #[error("此处不应有内容")]
    Unexpected,
    /// The file `ACK` is missing or unreadable; the next writer restores it from the frames.
    #[error("确认文件缺失或无法读取（下一次写入会由日志内容恢复它）")]
    NoAck,
    /// The file `ACK` names another journal.
    #[error("确认文件属于另一份日志")]
    OtherJournal,
}
