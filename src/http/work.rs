//! The async threads only move bytes; whatever reads or writes the stores runs here, as much at a time as the machine
//! can do.

use super::problem::Failure;
use crate::app::ErrorCode;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

/// How long somebody may always be waiting before it is more than a rush that passes.
const RUSH: Duration = Duration::from_secs(1);

/// Requests that may wait for their turn when more come than can be answered, for longer than a rush: those that are answered
/// are answered in time, and the others know at once.
const CROWD_MAX: usize = 32;

/// One kind of work: how much of it runs, and how much may wait.
pub struct Gate {
    /// Held while running.
    pub running: Arc<Semaphore>,
    /// Held while waiting or running.
    admitted: Arc<Semaphore>,
    /// How many may run.
    turns: usize,
    /// How many may wait or run.
    places: usize,
    /// When nobody waited for a turn, in milliseconds since the first gate was made.
    calm: AtomicU64,
}

impl Gate {
    /// Work of which so much runs at the same time, and so much may wait.
    pub fn new(running: usize, waiting: usize) -> Self {
        Gate {
            running: Arc::new(Semaphore::new(running)),
            admitted: Arc::new(Semaphore::new(running + waiting)),
            turns: running,
            places: running + waiting,
            calm: AtomicU64::new(milliseconds()),
        }
    }

    /// Whether there is no room for one more at this moment.
    fn is_full(&self, now: u64) -> bool {
        let inside = self.places - self.admitted.available_permits().min(self.places);
        // Bodies that come slowly hold places, and no turns.
        if inside <= self.turns || self.running.available_permits() > 0 {
            self.calm.store(now, Relaxed);
            return false;
        }
        let rush = now.saturating_sub(self.calm.load(Relaxed)) <= RUSH.as_millis() as u64;
        !rush && inside >= self.turns + CROWD_MAX
    }
}

fn milliseconds() -> u64 {
    static BEGAN: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);
    BEGAN.elapsed().as_millis() as u64
}

/// Lets a request wait or run, if there is room. Asked before its body is read, so that waiting bodies have a bound too.
pub fn admit(gate: &Gate) -> Result<OwnedSemaphorePermit, Failure> {
    if gate.is_full(milliseconds()) {
        return Err(overloaded());
    }
    gate.admitted.clone().try_acquire_owned().map_err(|_| overloaded())
}

fn overloaded() -> Failure {
    Failure::new(ErrorCode::Overloaded, "请求太多，请稍候再来")
}

/// Runs `work` on a thread that may block, for a request that was admitted. Waits for its turn and for its end `budget`
/// long; work that has begun goes on behind a time-out and keeps its place until it ends, so that the machine is never
/// asked for more than it can do.
pub async fn run<T, F>(gate: &Gate, place: OwnedSemaphorePermit, budget: Duration, work: F) -> Result<T, Failure>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Failure> + Send + 'static,
{
    let late = || Failure::new(ErrorCode::Timeout, format!("{} 秒内没有做完；请缩小范围再试", budget.as_secs()));
    let until = Instant::now() + budget;
    let Ok(Ok(turn)) = timeout_at(until, gate.running.clone().acquire_owned()).await else { return Err(overloaded()) };
    let running = tokio::task::spawn_blocking(move || {
        let _held = (place, turn);
        work()
    });
    match timeout_at(until, running).await {
        Ok(Ok(done)) => done,
        // It panicked, and the hook has written where.
        Ok(Err(_)) => Err(Failure::internal()),
        Err(_) => Err(late()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Access;
    use crate::app::service::Service;
    use crate::http::guard::Guard;
    use crate::http::state::Server;

    fn nowhere() -> Service {
        Service::of(std::path::Path::new("/nowhere"))
    }

    fn tried<T: Send + 'static>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime").block_on(work)
    }

    #[test]
    fn a_panic_and_a_time_out_are_failures_and_give_their_place_back() {
        tried(async {
            let server = Server::new(Access::Public, false, Guard { local_only: false }, nowhere());
            let gate = &server.writing;
            let (long, short) = (Duration::from_secs(5), Duration::from_millis(20));
            let panicked: Result<(), Failure> = run(gate, admit(gate).unwrap(), long, || panic!("on purpose")).await;
            assert_eq!(panicked.unwrap_err().error.code, ErrorCode::Internal);
            let slow = || {
                std::thread::sleep(Duration::from_millis(300));
                Ok(())
            };
            let late = run(gate, admit(gate).unwrap(), short, slow).await;
            assert_eq!(late.unwrap_err().error.code, ErrorCode::Timeout);
            assert!(run(gate, admit(gate).unwrap(), long, || Ok(())).await.is_ok());
        });
    }

    #[test]
    fn a_rush_may_wait_and_a_crowd_that_never_ends_is_kept_short() {
        let gate = Gate::new(2, 100);
        let places: Vec<_> = std::iter::from_fn(|| admit(&gate).ok()).collect();
        assert_eq!(places.len(), 102, "all of a rush");
        assert!(!gate.is_full(gate.calm.load(Relaxed) + 60_000), "slow bodies hold no turns");
        drop(places);
        let turns: Vec<_> = (0..2).map(|_| gate.running.clone().try_acquire_owned().unwrap()).collect();
        let waiting: Vec<_> = (0..2 + CROWD_MAX).map(|_| admit(&gate).unwrap()).collect();
        let began = gate.calm.load(Relaxed);
        assert!(!gate.is_full(began + 900) && gate.is_full(began + 1100));
        drop((waiting, turns));
        assert!(!gate.is_full(began + 9000), "nobody waits");
        assert_eq!(gate.calm.load(Relaxed), began + 9000);
    }

    #[test]
    fn whoever_finds_no_place_to_wait_is_told_at_once() {
        let server = Server::new(Access::Public, false, Guard { local_only: false }, nowhere());
        let places: Vec<_> = std::iter::from_fn(|| admit(&server.writing).ok()).collect();
        assert!(places.len() > 1);
        assert_eq!(admit(&server.writing).unwrap_err().error.code, ErrorCode::Overloaded);
        drop(places);
        assert!(admit(&server.writing).is_ok());
    }
}
