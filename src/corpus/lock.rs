//! The lock by which there is one writer at a time.

use super::error::CorpusError;
use super::segment::Folder;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::time::{Duration, Instant};

/// How often a waiting writer asks again.
const ASK_EVERY: Duration = Duration::from_millis(5);

/// Holds `LOCK` until it is dropped. The system releases it when the process dies, however it dies.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock, waiting at most `wait`.
    pub(super) fn take(folder: &Folder, wait: Duration) -> Result<Lock, CorpusError> {
        let path = folder.lock();
        let open = || {
            std::fs::create_dir_all(folder.corpus())?;
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)
        };
        let mut file = open().map_err(|error| CorpusError::writing(&path, error))?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if began.elapsed() < wait => {
                    std::thread::sleep(ASK_EVERY.min(wait.saturating_sub(began.elapsed())));
                }
                Err(TryLockError::WouldBlock) => {
                    let process = std::fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
                    return Err(CorpusError::Locked { path, process, waited: began.elapsed() });
                }
                Err(TryLockError::Error(source)) => return Err(CorpusError::Io { action: "锁定", path, source }),
            }
        }
        // The number helps people to find the writer. The lock holds without it, for example on a full disk.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(Lock { file })
    }
}

impl Drop for Lock {
    /// Closing the file is not enough: a program that another thread is just starting holds a copy of it for a moment,
    /// and the lock with it.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_released_even_if_a_starting_program_has_a_copy_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::new(folder.path());
        let lock = Lock::take(&folder, Duration::ZERO).unwrap();
        let copy = lock.file.try_clone().unwrap();
        assert!(Lock::take(&folder, Duration::ZERO).is_err());
        drop(lock);
        assert!(Lock::take(&folder, Duration::ZERO).is_ok());
        drop(copy);
    }
}
