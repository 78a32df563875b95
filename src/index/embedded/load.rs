//! How much is on its way to the indexing threads: tantivy's queue counts groups, whatever their size.

use super::lock;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Bytes under way at which the writing thread waits. A greater group passes alone.
const UNDER_WAY_MAX: usize = 24_000_000;
/// Who does not get through within this time goes on: if the threads have died, the next step says why.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is under way.
#[derive(Debug, Clone, Default)]
pub struct Load {
    state: Arc<(Mutex<usize>, Condvar)>,
}

/// Something under way; it has arrived when this is dropped.
#[derive(Debug)]
pub struct Parcel {
    load: Load,
    bytes: usize,
}

impl Load {
    /// Waits until there is room.
    pub fn wait(&self) {
        let (bytes, arrived) = &*self.state;
        let mut bytes = lock(bytes);
        while *bytes > UNDER_WAY_MAX {
            let before = *bytes;
            let (now, waited) = arrived.wait_timeout(bytes, PATIENCE).unwrap_or_else(PoisonError::into_inner);
            if waited.timed_out() && *now == before {
                return;
            }
            bytes = now;
        }
    }

    /// Sends something on its way.
    pub fn send(&self, bytes: usize) -> Parcel {
        *lock(&self.state.0) += bytes;
        Parcel { load: self.clone(), bytes }
    }
}

impl Drop for Parcel {
    fn drop(&mut self) {
        let (bytes, arrived) = &*self.load.state;
        *lock(bytes) -= self.bytes;
        arrived.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sends_too_much_waits_until_it_arrives() {
        let load = Load::default();
        let parcel = load.send(UNDER_WAY_MAX + 1);
        let arriving = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            drop(parcel);
        });
        load.wait();
        assert_eq!(*lock(&load.state.0), 0);
        arriving.join().unwrap();
    }
}
