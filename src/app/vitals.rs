//! How a data directory does: what an operator must hear of before people do. `src/http/metrics.rs` shows it.

use super::faju::Faju;
use super::service::Service;
use jiff::Timestamp;
use std::fs;
use std::path::Path;

/// File in the data directory that says when the last backup was complete, in UTC. It is not in backups: restored data has none yet.
const LAST_BACKUP: &str = "last-backup";

/// What is found at one moment. What cannot be found out is absent, and not 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vitals {
    /// Bytes that can still be written to the disk of the data directory.
    pub free_bytes: Option<u64>,
    /// Its size in bytes.
    pub total_bytes: Option<u64>,
    /// When the last backup was complete, in seconds since 1970.
    pub backup_seconds: Option<i64>,
    /// Entries of the audit log that could not be written since the start.
    pub audit_failures: u64,
    /// Whether the index could not be brought up to the journal.
    pub is_behind: Option<bool>,
    /// Places of the journal that cannot be read.
    pub damages: Option<u64>,
}

impl Service {
    /// How the data directory does; `app` is absent until it is open.
    pub fn vitals(&self, app: Option<&Faju>) -> Vitals {
        let disk = fs4::statvfs(&self.data).ok();
        Vitals {
            free_bytes: disk.as_ref().map(fs4::FsStats::available_space),
            total_bytes: disk.as_ref().map(fs4::FsStats::total_space),
            backup_seconds: backed_up(&self.data),
            audit_failures: self.audit.failures(),
            is_behind: app.map(|app| app.opened().lag.is_some()),
            damages: app.and_then(|app| app.state().ok()).map(|state| state.damage.len() as u64),
        }
    }
}

/// When the last backup was complete.
fn backed_up(data: &Path) -> Option<i64> {
    let text = fs::read_to_string(data.join(LAST_BACKUP)).ok()?;
    text.trim().parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// Notes a complete backup. One that cannot be noted (a directory only to be read) is no failure of the backup: the alarm about old
/// backups then tells. By a new file, since the old one may belong to another user.
pub(super) fn note_backup(data: &Path, at: Timestamp) {
    let (new, name) = (data.join("last-backup.new"), data.join(LAST_BACKUP));
    let _ = fs::write(&new, format!("{at}\n")).and_then(|()| fs::rename(&new, &name));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_noted_and_what_is_unknown_is_absent() {
        let data = tempfile::tempdir().unwrap();
        let service = Service::of(data.path());
        let vitals = service.vitals(None);
        assert_eq!((vitals.backup_seconds, vitals.is_behind, vitals.audit_failures), (None, None, 0));
        assert!(vitals.free_bytes <= vitals.total_bytes && vitals.total_bytes > Some(0));
        note_backup(data.path(), "2026-11-29T01:02:03.5Z".parse().unwrap());
        assert_eq!(service.vitals(None).backup_seconds, Some(1_795_914_123));
        fs::write(data.path().join(LAST_BACKUP), "yesterday").unwrap();
        assert_eq!(service.vitals(None).backup_seconds, None);
        assert_eq!(Service::of(&data.path().join("none")).vitals(None).free_bytes, None);
    }

    #[test]
    fn an_entry_that_could_not_be_written_is_counted() {
        let data = tempfile::tempdir().unwrap();
        // A file where the folder of the log should be.
        fs::write(data.path().join("audit"), "").unwrap();
        let service = Service::of(data.path());
        assert!(service.audit.append(crate::audit::Entry::default()).is_err());
        assert_eq!(service.vitals(None).audit_failures, 1);
    }
}
