//! Times and their percentiles, memory of a process.

use std::time::Duration;

/// Measured times in milliseconds.
#[derive(Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// One more.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64() * 1e3);
    }

    /// Those of somebody else too.
    pub fn join(&mut self, other: Times) {
        self.0.extend(other.0);
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The smallest time that is not exceeded by this part of them (1 for the longest); fails without any.
    pub fn percentile(&mut self, part: f64) -> f64 {
        self.0.sort_by(f64::total_cmp);
        let place = (self.0.len() as f64 * part).ceil() as usize;
        self.0[place.clamp(1, self.0.len()) - 1]
    }

    /// `n, p50, p99, longest` for people.
    pub fn line(&mut self) -> String {
        let (n, p50, p99, longest) = (self.count(), self.percentile(0.5), self.percentile(0.99), self.percentile(1.0));
        format!("{n:>8} times   p50 {p50:>8.2} ms   p99 {p99:>8.2} ms   longest {longest:>8.2} ms")
    }
}

/// Resident memory of a process in MB.
pub fn resident_mb(process: u32) -> f64 {
    stated(process, "VmRSS:") / 1e3
}

/// Threads of a process.
pub fn threads(process: u32) -> f64 {
    stated(process, "Threads:")
}

/// A number that the system tells of a process.
fn stated(process: u32, name: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a system that tells of processes");
    let line = status.lines().find(|line| line.starts_with(name)).expect("a running process");
    line.split_whitespace().nth(1).and_then(|value| value.parse().ok()).expect("a number")
}

#[test]
fn percentiles_are_measured_times() {
    let mut times = Times::default();
    (1..=200).rev().for_each(|ms| times.add(Duration::from_millis(ms)));
    assert_eq!([0.5, 0.99, 1.0, 0.0].map(|part| times.percentile(part)), [100.0, 198.0, 200.0, 1.0]);
}
