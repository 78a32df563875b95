//! What goes wrong with the stores, told to people with what to do.

use super::{CURRENT, Opened, current, index};
use crate::app::error::{AppError, ErrorCode};
use crate::app::faju::Settings;
use crate::corpus::{CorpusError, Repair};
use crate::index::EngineError;
use crate::index::embedded::Embedded;
use std::io::{self, Write};

/// Bytes for which room is looked for when an index could not be written.
const ROOM_BYTES: usize = 4 << 20;

/// A failure of the index for want of room, told as such: what a library says of it names neither.
pub(super) fn explained(settings: &Settings, error: AppError) -> AppError {
    let room = || {
        let mut probe = tempfile::tempfile_in(index(settings))?;
        probe.write_all(&vec![0; ROOM_BYTES])?;
        probe.sync_all()
    };
    match error.code {
        ErrorCode::Internal if room().is_err_and(|error| error.kind() == io::ErrorKind::StorageFull) => {
            let detail = "空间已满，索引没有写成；已写入库的记录都在，腾出空间后再次运行即可，索引会自行补上";
            AppError::new(ErrorCode::ReadOnly, detail)
        }
        _ => error,
    }
}

/// What is wrong with the index in use, in Chinese, for who looks after it; nothing if there is none.
pub fn index_damage(settings: &Settings) -> Result<Vec<String>, AppError> {
    let Some(used) = Opened::in_use(settings)? else { return Ok(unusable(settings).into_iter().collect()) };
    // Another program may take files away with a commit; then the next look is at other files.
    let again = |seen: Result<Vec<String>, EngineError>| seen.or_else(|_| used.engine.damaged_files());
    Ok(match again(again(used.engine.damaged_files())) {
        Ok(names) => names.iter().map(|name| format!("索引文件 {name} 与校验和不符")).collect(),
        Err(error) => vec![format!("索引不能通读：{error}")],
    })
}

/// Why an index cannot be used; `None` if there is none, or one of another program, which is made anew when it is next opened.
fn unusable(settings: &Settings) -> Option<String> {
    let Some(folder) = current(settings) else {
        // A first import that was killed has made none yet.
        let named = index(settings).join(CURRENT).exists();
        return named.then(|| format!("索引的 {CURRENT} 不能读取；下次使用时会自行重建"));
    };
    match Embedded::open(&index(settings).join(folder), settings.learned.clone()) {
        Ok(_) => Some("索引不是这个库的，或比库新（库被旧备份替换？）；下次使用时会自行重建".to_string()),
        Err(EngineError::OtherProgram) => None,
        Err(error) => Some(format!("索引不能打开；下次使用时会自行重建（{error}）")),
    }
}

/// What a writer put right, for people.
pub fn told(repair: &Repair) -> String {
    let Repair { cut_bytes, kept_records, restored_ack, .. } = repair;
    let mut done = Vec::new();
    if *cut_bytes > 0 {
        done.push(format!("日志末尾 {cut_bytes} 字节不完整，已截去"));
    }
    if *kept_records > 0 {
        done.push(format!("{kept_records} 条完整的记录已保留"));
    }
    if *restored_ack {
        return format!("确认文件 ACK 缺失或损坏，已按日志重新生成；{}", done.join("；"));
    }
    done.push("已确认的记录没有丢失".to_string());
    format!("上次写入中断：{}", done.join("；"))
}

impl From<CorpusError> for AppError {
    fn from(error: CorpusError) -> Self {
        let code = match &error {
            CorpusError::Locked { .. } => ErrorCode::Locked,
            CorpusError::ReadOnly { .. } | CorpusError::DiskFull { .. } => ErrorCode::ReadOnly,
            CorpusError::RecordTooLarge { .. } => ErrorCode::TooLarge,
            CorpusError::BadRecord { .. } => ErrorCode::BadRecord,
            CorpusError::Damaged(_) | CorpusError::NoRecord(_) | CorpusError::BeyondEnd { .. } => ErrorCode::Corrupt,
            _ => ErrorCode::Internal,
        };
        AppError::new(code, error.to_string())
    }
}
