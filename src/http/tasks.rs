//! Reviews that outlast a request: each is a task with an id of 128 random bits, which is the secret by which its result is read.
//! Drafts and reports stay in memory, for an hour at most.

use super::problem::Failure;
use crate::app::ErrorCode;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a report can be fetched.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// Tasks that may be kept, running or done.
const TASKS_MAX: usize = 200;
/// Tasks that may run or wait for their turn, each with its draft in memory.
const UNDER_WAY_MAX: usize = 16;
/// Bytes of reports that may be kept.
const BYTES_MAX: usize = 256 << 20;
/// How often a task is looked at by whoever waits for it.
const LOOK_INTERVAL: Duration = Duration::from_millis(10);
/// Bytes of an id.
const ID_BYTES: usize = 16;

/// The outcome of a task: the report, or why there is none.
type Outcome<T> = Result<Arc<T>, Failure>;

/// What a task has made, and the bytes that it holds in memory.
pub type Made<T> = Result<(T, usize), Failure>;

struct Task<T> {
    /// Number of the account that began it.
    maker: Option<i64>,
    since: Instant,
    bytes: usize,
    outcome: Option<Outcome<T>>,
}

/// The tasks of a server, each of which makes a `T`.
pub struct Tasks<T> {
    held: Mutex<HashMap<String, Task<T>>>,
    /// Held by the one that runs: a review uses every core.
    turn: Mutex<()>,
}

impl<T> Default for Tasks<T> {
    fn default() -> Self {
        Tasks { held: Mutex::default(), turn: Mutex::default() }
    }
}

impl<T: Send + Sync + 'static> Tasks<T> {
    /// Begins a task of an account, or of nobody, on a thread of its own; its id.
    pub fn begin(
        self: &Arc<Self>,
        maker: Option<i64>,
        work: impl FnOnce() -> Made<T> + Send + 'static,
    ) -> Result<String, Failure> {
        let id = random_id()?;
        self.admit(&id, maker)?;
        let (tasks, own) = (self.clone(), id.clone());
        let spawned = std::thread::Builder::new().name("review".to_string()).spawn(move || {
            let turn = tasks.turn.lock().unwrap_or_else(PoisonError::into_inner);
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            drop(turn);
            // The panic hook has written where.
            tasks.end(&own, outcome.unwrap_or_else(|_| Err(Failure::internal())));
        });
        if spawned.is_err() {
            self.held().remove(&id);
            return Err(overloaded());
        }
        Ok(id)
    }

    /// The outcome of a task; `None` while it is under way.
    pub fn outcome(&self, id: &str) -> Result<Option<Outcome<T>>, Failure> {
        let mut held = self.held();
        forget_old(&mut held, Instant::now());
        let unknown = || Failure::new(ErrorCode::NotFound, "没有这个审查任务，或者已过一小时而删除；请重新提交");
        held.get(id).map(|task| task.outcome.clone()).ok_or_else(unknown)
    }

    /// Waits for the outcome of a task, but not longer than `patience`.
    pub fn awaited(&self, id: &str, patience: Duration) -> Result<Option<Outcome<T>>, Failure> {
        let until = Instant::now() + patience;
        loop {
            let outcome = self.outcome(id)?;
            if outcome.is_some() || Instant::now() >= until {
                return Ok(outcome);
            }
            std::thread::sleep(LOOK_INTERVAL);
        }
    }

    /// For how long a task has been under way, or its outcome is kept.
    pub fn age(&self, id: &str) -> Option<Duration> {
        self.held().get(id).map(|task| task.since.elapsed())
    }

    /// Forgets an outcome at once. What an account made nobody else forgets.
    pub fn forget(&self, id: &str, asked_by: Option<i64>) -> Result<(), Failure> {
        let mut held = self.held();
        if held.get(id).is_some_and(|task| task.maker.is_some() && task.maker != asked_by) {
            return Err(Failure::new(ErrorCode::Forbidden, "这次审查由他人提交，只有本人可以删去"));
        }
        held.remove(id);
        Ok(())
    }

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<String, Task<T>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn admit(&self, id: &str, maker: Option<i64>) -> Result<(), Failure> {
        let mut held = self.held();
        forget_old(&mut held, Instant::now());
        let under_way = held.values().filter(|task| task.outcome.is_none()).count();
        let bytes: usize = held.values().map(|task| task.bytes).sum();
        if held.len() >= TASKS_MAX || under_way >= UNDER_WAY_MAX || bytes >= BYTES_MAX {
            return Err(overloaded());
        }
        held.insert(id.to_string(), Task { maker, since: Instant::now(), bytes: 0, outcome: None });
        Ok(())
    }

    fn end(&self, id: &str, made: Made<T>) {
        let (bytes, outcome) = match made {
            Ok((made, bytes)) => (bytes, Ok(Arc::new(made))),
            Err(failure) => (0, Err(failure)),
        };
        if let Some(task) = self.held().get_mut(id) {
            (task.since, task.bytes, task.outcome) = (Instant::now(), bytes, Some(outcome));
        }
    }
}

/// What is under way stays: its thread would write to nothing.
fn forget_old<T>(held: &mut HashMap<String, Task<T>>, now: Instant) {
    held.retain(|_, task| task.outcome.is_none() || now.duration_since(task.since) < KEPT);
}

fn overloaded() -> Failure {
    Failure::new(ErrorCode::Overloaded, "审查任务太多，请稍候再来")
}

fn random_id() -> Result<String, Failure> {
    let mut bytes = [0; ID_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| Failure::internal())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(tasks: &Tasks<String>, id: &str) -> Outcome<String> {
        tasks.awaited(id, Duration::from_secs(5)).unwrap().expect("it ends")
    }

    fn made(text: &str) -> Made<String> {
        Ok((text.to_string(), text.len()))
    }

    #[test]
    fn a_task_is_read_by_its_id_alone() {
        let tasks = Arc::new(Tasks::<String>::default());
        let ids: Vec<String> =
            (0..3).map(|at| tasks.begin(None, move || made(&format!("报告{at}"))).unwrap()).collect();
        for (at, id) in ids.iter().enumerate() {
            assert_eq!(id.len(), 2 * ID_BYTES);
            assert_eq!(*ended(&tasks, id).unwrap(), format!("报告{at}"));
        }
        assert_eq!(tasks.outcome("00").unwrap_err().error.code, ErrorCode::NotFound);
        let panicked = tasks.begin(None, || panic!("on purpose")).unwrap();
        assert_eq!(ended(&tasks, &panicked).unwrap_err().error.code, ErrorCode::Internal);
        assert!(ended(&tasks, &tasks.begin(None, || made("")).unwrap()).is_ok(), "a panic stops no other");
    }

    #[test]
    fn there_is_a_bound() {
        let tasks = Arc::new(Tasks::<String>::default());
        let held = tasks.turn.lock().unwrap();
        let begun = std::iter::from_fn(|| tasks.begin(None, || made("")).ok()).take(100).count();
        assert_eq!(begun, UNDER_WAY_MAX);
        drop(held);
    }

    #[test]
    fn reports_are_forgotten_after_an_hour() {
        let tasks = Arc::new(Tasks::<String>::default());
        let id = tasks.begin(None, || made("")).unwrap();
        ended(&tasks, &id).unwrap();
        forget_old(&mut tasks.held(), Instant::now() + KEPT);
        assert_eq!(tasks.outcome(&id).unwrap_err().error.code, ErrorCode::NotFound);
    }

    #[test]
    fn a_report_is_forgotten_when_it_is_told_to() {
        let tasks = Arc::new(Tasks::<String>::default());
        let id = tasks.begin(None, || made("草案")).unwrap();
        ended(&tasks, &id).unwrap();
        assert!(tasks.age(&id).is_some());
        assert!(tasks.forget(&id, Some(1)).is_ok());
        assert_eq!(tasks.outcome(&id).unwrap_err().error.code, ErrorCode::NotFound);
        let own = tasks.begin(Some(1), || made("草案")).unwrap();
        ended(&tasks, &own).unwrap();
        for other in [None, Some(2)] {
            assert_eq!(tasks.forget(&own, other).unwrap_err().error.code, ErrorCode::Forbidden);
        }
        assert!(tasks.forget(&own, Some(1)).is_ok() && tasks.outcome(&own).is_err());
    }
}
