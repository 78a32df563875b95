//! Requests at a fixed rate, whether the answers keep up or not. A visitor does not wait for other people's answers; so
//! each request has its moment from the beginning, and its time counts from that moment, also while all lines are busy.

use crate::figures::Times;
use crate::line::Line;
use crate::load::{self, OpenLoop};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Connections. More are needed at the same time only when the server cannot keep up, and then the wait is counted.
const LINES: usize = 64;

/// How much of the asked rate must be reached for the times to mean anything.
const REACHED_MIN: f64 = 0.99;

/// Sends whatever is due next until the time is over; times of answers, and what was not answered with 200.
fn send(load: &OpenLoop, targets: &[&str], began: Instant, next: &AtomicU64) -> (Times, Vec<String>) {
    let (mut times, mut failures) = (Times::default(), Vec::new());
    let mut line = Line::connect(&load.address).expect("it listens");
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let due = Duration::from_secs_f64(number as f64 / load.rate);
        if due > load.duration {
            return (times, failures);
        }
        std::thread::sleep(due.saturating_sub(began.elapsed()));
        let target = targets[number as usize % targets.len()];
        match line.get(target) {
            Ok((200, _)) => times.add(began.elapsed() - due),
            Ok((status, _)) => failures.push(format!("{target}: {status}")),
            Err(error) => {
                failures.push(format!("{target}: {error}"));
                line = Line::connect(&load.address).expect("it listens");
            }
        }
    }
}

#[test]
#[ignore = "needs a server: just load"]
fn open_loop() {
    let Some(load) = load::open_loop("open_loop") else { return };
    let targets = std::fs::read_to_string(&load.targets).expect("the targets");
    let targets: Vec<&str> = targets.lines().collect();
    let (began, next) = (Instant::now(), AtomicU64::new(0));
    let parts: Vec<(Times, Vec<String>)> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..LINES).map(|_| scope.spawn(|| send(&load, &targets, began, &next))).collect();
        senders.into_iter().map(|sender| sender.join().expect("a sender")).collect()
    });
    let seconds = began.elapsed().as_secs_f64();
    let (mut times, mut failures) = (Times::default(), Vec::new());
    for (some, failed) in parts {
        times.join(some);
        failures.extend(failed);
    }
    let reached = times.count() as f64 / seconds;
    eprintln!("open loop: {reached:.0} of {:.0} requests/s, counted from the moment each was due", load.rate);
    eprintln!("{}", times.line());
    assert!(failures.is_empty(), "{} failures, first: {:?}", failures.len(), &failures[..failures.len().min(3)]);
    assert!(reached >= load.rate * REACHED_MIN, "the rate was not kept");
}
