//! Ten times as many requests as can be answered, at a fixed rate (open loop): those that are answered are answered in time, the
//! others are told at once to come again, and a few seconds later nothing is left of it.

use crate::figures::Times;
use crate::line::{Line, encoded};
use crate::server::Server;
use crate::{load, mixed};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Connections that ask as fast as they are answered: so the capacity is measured.
const ASKING: usize = 8;

/// Connections of the open loop: enough for ten times the capacity, fewer than are let in.
const LINES: usize = 512;

/// How much more is asked than can be answered.
const TIMES: f64 = 10.0;

/// How long the capacity and the normal times are measured.
const MEASURED: Duration = Duration::from_secs(15);

/// By how much the 99th percentile of what is answered may exceed the normal one.
const SLOWER_MAX: f64 = 2.0;

/// How long it may take to be told to come again.
const REFUSED_MAX_MS: f64 = 50.0;

/// When everything is as before.
const RECOVERED: Duration = Duration::from_secs(5);

const WHOM: [&str; 14] = [
    "经营者",
    "施工单位",
    "当事人",
    "行政机关",
    "企业",
    "个人",
    "建设单位",
    "生产者",
    "许可证",
    "保证金",
    "公共场所",
    "机动车",
    "食品",
    "土地",
];

const WHAT: [&str; 12] =
    ["罚款", "责令改正", "听证", "登记", "备案", "期限", "吊销", "赔偿", "检查", "公示", "转让", "没收"];

/// What came of a stretch of requests.
#[derive(Default)]
struct Came {
    answered: Times,
    refused: Times,
    /// Neither answered nor told to come again.
    lost: Vec<String>,
}

impl Came {
    fn add(&mut self, target: &str, outcome: std::io::Result<(u16, Vec<u8>)>, took: Duration) {
        match outcome {
            Ok((200, _)) => self.answered.add(took),
            Ok((503, _)) => self.refused.add(took),
            Ok((status, _)) => self.lost.push(format!("{target}: {status}")),
            Err(error) => self.lost.push(format!("{target}: {error}")),
        }
    }

    fn join(mut self, other: Came) -> Came {
        self.answered.join(other.answered);
        self.refused.join(other.refused);
        self.lost.extend(other.lost);
        self
    }

    fn say(&mut self, what: &str) {
        eprintln!("{what}: answered {}", self.answered.line());
        if self.refused.count() > 0 {
            eprintln!("{what}: refused  {}", self.refused.line());
        }
        assert!(self.lost.is_empty(), "{what}: {} lost, first: {:?}", self.lost.len(), &self.lost[..1]);
    }
}

/// Questions of three words, each another.
fn targets() -> Vec<String> {
    let pairs = WHOM.iter().flat_map(|whom| WHAT.iter().map(move |what| (whom, what)));
    let triples = pairs
        .flat_map(|(whom, what)| WHAT.iter().filter(move |more| *more != what).map(move |more| (whom, what, more)));
    triples
        .map(|(whom, what, more)| {
            format!("/api/v1/search?q={}&limit=10&highlight=false", encoded(&format!("{whom} {what} {more}")))
        })
        .collect()
}

/// Requests of so many connections as fast as they are answered.
fn closed(address: &str, targets: &[String], duration: Duration) -> Came {
    let (began, next) = (Instant::now(), AtomicU64::new(0));
    gathered(ASKING, || {
        let mut came = Came::default();
        let mut line = Line::connect(address).expect("it listens");
        while began.elapsed() < duration {
            let target = &targets[next.fetch_add(1, Ordering::Relaxed) as usize % targets.len()];
            let sent = Instant::now();
            came.add(target, line.get(target), sent.elapsed());
        }
        came
    })
}

/// Requests at a fixed rate, each timed from the moment it was due.
fn open(address: &str, targets: &[String], rate: f64, duration: Duration) -> Came {
    let next = AtomicU64::new(0);
    let ready = AtomicBool::new(false);
    let began = Instant::now() + Duration::from_secs(1);
    let came = gathered(LINES, || {
        let mut came = Came::default();
        let mut line = Line::connect(address).expect("it listens");
        std::thread::sleep(began.saturating_duration_since(Instant::now()));
        ready.store(true, Ordering::Relaxed);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let due = began + Duration::from_secs_f64(number as f64 / rate);
            if due > began + duration {
                return came;
            }
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let target = &targets[number as usize % targets.len()];
            let outcome = line.get(target);
            if outcome.is_err() {
                line = Line::connect(address).expect("it listens");
            }
            came.add(target, outcome, due.elapsed());
        }
    });
    let reached = (came.answered.count() + came.refused.count()) as f64 / duration.as_secs_f64();
    assert!(reached > rate * 0.95, "the generator reached {reached:.0} of {rate:.0} requests a second");
    came
}

fn gathered(lines: usize, each: impl Fn() -> Came + Sync) -> Came {
    std::thread::scope(|scope| {
        let senders: Vec<_> = (0..lines).map(|_| scope.spawn(&each)).collect();
        senders.into_iter().map(|sender| sender.join().expect("a sender")).fold(Came::default(), Came::join)
    })
}

/// Gives the server one core and this program the other, where there are two: a client elsewhere takes none of the server's.
fn apart(server: &Server) {
    let own = std::process::id();
    for (core, process) in [("0", server.id()), ("1", own)] {
        let told = Command::new("taskset").args(["-a", "-c", "-p", core, &process.to_string()]).output();
        if !told.is_ok_and(|told| told.status.success()) {
            eprintln!("server and generator share the cores: no taskset, or one core");
            return;
        }
    }
}

#[test]
#[ignore = "minutes of load"]
fn ten_times_what_can_be_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    mixed::filled(folder.path());
    let server = Server::start(folder.path(), &[]);
    apart(&server);
    let targets = targets();
    closed(&server.address, &targets, MEASURED);
    let mut full = closed(&server.address, &targets, MEASURED);
    full.say("as fast as answered");
    let capacity = full.answered.count() as f64 / MEASURED.as_secs_f64();
    let mut normal = open(&server.address, &targets, capacity / 2.0, MEASURED);
    normal.say("half of what can be answered");
    let normal = normal.answered.percentile(0.99);

    let overload = load::soak().min(Duration::from_secs(60));
    eprintln!("capacity {capacity:.0} requests/s; {:.0} requests/s for {} s", capacity * TIMES, overload.as_secs());
    let mut came = open(&server.address, &targets, capacity * TIMES, overload);
    came.say("ten times");
    let served = came.answered.count() as f64 / overload.as_secs_f64();
    let (slow, told) = (came.answered.percentile(0.99), came.refused.percentile(0.99));
    eprintln!(
        "ten times: {served:.0} answered a second; p99 {:.2} of the normal one; refused p99 {told:.1} ms",
        slow / normal
    );

    let ended = Instant::now();
    let recovered = loop {
        let mut after = open(&server.address, &targets, capacity / 2.0, Duration::from_secs(1));
        let good = after.refused.count() == 0 && after.answered.percentile(0.99) <= normal * SLOWER_MAX;
        if good || ended.elapsed() > RECOVERED * 4 {
            break ended.elapsed().saturating_sub(Duration::from_secs(2));
        }
    };
    eprintln!("as before after {:.1} s", recovered.as_secs_f64());
    assert!(slow <= normal * SLOWER_MAX, "what was answered came too late");
    assert!(told <= REFUSED_MAX_MS, "it took too long to be told to come again");
    assert!(recovered <= RECOVERED, "it did not recover");
}
