//! Counters for operators, in the text format of Prometheus. Labels are route templates, never addresses.

use crate::app::vitals::Vitals;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds of the latency histogram, in seconds.
const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What one route did.
#[derive(Default)]
struct Series {
    statuses: BTreeMap<u16, u64>,
    buckets: [u64; BOUNDS.len()],
    seconds: f64,
    count: u64,
}

/// What the server did since it started.
#[derive(Default)]
pub struct Metrics {
    series: Mutex<BTreeMap<String, Series>>,
    in_flight: AtomicI64,
    documents: AtomicU64,
    refresh_failures: AtomicU64,
}

/// A request being answered; counted as such until dropped, also when its client goes away.
pub struct InFlight<'a>(&'a Metrics);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Relaxed);
    }
}

impl Metrics {
    /// Counts a request that begins.
    pub fn begin(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Relaxed);
        InFlight(self)
    }

    /// Counts a request that was answered.
    pub fn answered(&self, route: &str, status: u16, took: Duration) {
        // A panic while counting cannot happen, and if it did, the counts would still be counts.
        let mut series = self.series.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if !series.contains_key(route) {
            series.insert(route.to_string(), Series::default());
        }
        let Some(row) = series.get_mut(route) else { return };
        let seconds = took.as_secs_f64();
        *row.statuses.entry(status).or_default() += 1;
        row.count += 1;
        row.seconds += seconds;
        if let Some(place) = BOUNDS.iter().position(|bound| seconds <= *bound) {
            row.buckets[place] += 1;
        }
    }

    /// Sets how many documents the index holds.
    pub fn set_documents(&self, documents: u64) {
        self.documents.store(documents, Relaxed);
    }

    /// Counts a refresh that failed.
    pub fn refresh_failed(&self) {
        self.refresh_failures.fetch_add(1, Relaxed);
    }

    /// The text format of Prometheus. How the data directory does and how many documents it holds is only for whoever may know it:
    /// `vitals` is absent for everybody else.
    pub fn text(&self, is_ready: bool, vitals: Option<&Vitals>) -> String {
        let series = self.series.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut out =
            String::from("# HELP faju_requests_total Requests answered.\n# TYPE faju_requests_total counter\n");
        for (route, row) in series.iter() {
            for (status, count) in &row.statuses {
                let _ = writeln!(out, "faju_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}");
            }
        }
        out.push_str("# HELP faju_request_seconds Time to answer.\n# TYPE faju_request_seconds histogram\n");
        for (route, row) in series.iter() {
            histogram(&mut out, route, row);
        }
        let load = |count: &AtomicU64| Some(count.load(Relaxed) as i64);
        let mut rows: Vec<Row> = vec![
            ("faju_ready", "Whether the data directory is open and can be read.", GAUGE, Some(is_ready.into())),
            ("faju_requests_in_flight", "Requests being answered.", GAUGE, Some(self.in_flight.load(Relaxed))),
            (
                "faju_refresh_failures_total",
                "Failed looks for commits of other processes.",
                COUNTER,
                load(&self.refresh_failures),
            ),
        ];
        if let Some(vitals) = vitals {
            rows.push(("faju_index_documents", "Documents the index was built from.", GAUGE, load(&self.documents)));
            rows.extend(directory(vitals));
        }
        for (name, help, kind, value) in rows {
            if let Some(value) = value {
                let _ = write!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n");
            }
        }
        out
    }
}

const GAUGE: &str = "gauge";
const COUNTER: &str = "counter";

/// Name, help, kind and value of a metric without labels. One without a value is left out: 0 would be a lie.
type Row = (&'static str, &'static str, &'static str, Option<i64>);

/// How the data directory does.
fn directory(vitals: &Vitals) -> [Row; 6] {
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    [
        (
            "faju_index_behind",
            "Whether the index could not follow the journal.",
            GAUGE,
            vitals.is_behind.map(i64::from),
        ),
        ("faju_journal_damages", "Places of the journal that cannot be read.", GAUGE, vitals.damages.map(whole)),
        (
            "faju_audit_failures_total",
            "Entries of the audit log that could not be written.",
            COUNTER,
            Some(whole(vitals.audit_failures)),
        ),
        ("faju_backup_timestamp_seconds", "When the last backup was complete.", GAUGE, vitals.backup_seconds),
        ("faju_data_free_bytes", "Bytes free on the disk of the data directory.", GAUGE, vitals.free_bytes.map(whole)),
        ("faju_data_size_bytes", "Size of the disk of the data directory.", GAUGE, vitals.total_bytes.map(whole)),
    ]
}

fn histogram(out: &mut String, route: &str, row: &Series) {
    let mut sum = 0;
    for (bound, count) in BOUNDS.iter().zip(row.buckets) {
        sum += count;
        let _ = writeln!(out, "faju_request_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {sum}");
    }
    let _ = writeln!(out, "faju_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {}", row.count);
    let _ = writeln!(out, "faju_request_seconds_sum{{route=\"{route}\"}} {}", row.seconds);
    let _ = writeln!(out, "faju_request_seconds_count{{route=\"{route}\"}} {}", row.count);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_counts_upwards_and_nothing_is_lost() {
        let metrics = Metrics::default();
        for (ms, status) in [(1, 200), (3, 200), (60_000, 504)] {
            metrics.answered("/x", status, Duration::from_millis(ms));
        }
        let flying = metrics.begin();
        let text = metrics.text(true, None);
        for line in [
            "faju_requests_total{route=\"/x\",status=\"200\"} 2",
            "faju_requests_total{route=\"/x\",status=\"504\"} 1",
            "faju_request_seconds_bucket{route=\"/x\",le=\"0.001\"} 1",
            "faju_request_seconds_bucket{route=\"/x\",le=\"10\"} 2",
            "faju_request_seconds_bucket{route=\"/x\",le=\"+Inf\"} 3",
            "faju_requests_in_flight 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
        drop(flying);
        assert!(metrics.text(true, None).contains("faju_requests_in_flight 0"));
    }

    #[test]
    fn how_the_directory_does_is_for_operators_and_what_is_unknown_is_left_out() {
        let metrics = Metrics::default();
        metrics.set_documents(7);
        let nobody = metrics.text(false, None);
        assert!(nobody.contains("\nfaju_ready 0\n") && !nobody.contains("documents") && !nobody.contains("audit"));
        let vitals = Vitals { free_bytes: Some(5), is_behind: Some(true), ..Vitals::default() };
        let text = metrics.text(true, Some(&vitals));
        for line in ["faju_ready 1", "faju_index_documents 7", "faju_data_free_bytes 5", "faju_index_behind 1"] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
        assert!(text.contains("\nfaju_audit_failures_total 0\n") && !text.contains("backup"), "{text}");
    }
}
