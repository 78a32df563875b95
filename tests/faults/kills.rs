//! Kills in the middle of everything that writes.

use crate::operations::OPERATIONS;
use crate::place::Place;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Kills every operation in turn, `rounds` times, each time at another moment of its usual length.
fn survive(rounds: u32) {
    let mut interrupted = 0;
    for (turn, operation) in OPERATIONS.iter().enumerate() {
        let place = Place::new();
        let began = Instant::now();
        let whole = operation.run(operation.command(&place));
        assert!(whole.status.success(), "{}: {}", operation.name, String::from_utf8_lossy(&whole.stderr));
        let length = began.elapsed();
        for round in 0..rounds {
            let place = Place::new();
            let mut command = operation.command(&place);
            let mut child =
                command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
            if let Some(mut input) = child.stdin.take() {
                use std::io::Write;
                let _ = writeln!(input, "{}", crate::place::PASSWORD);
            }
            // From the first moment to behind its end.
            let part = (round * 37 + turn as u32 * 11) % 100 + 3;
            std::thread::sleep(length * part / 100);
            let ended = child.try_wait().expect("it can be asked");
            interrupted += u32::from(ended.is_none());
            let _ = child.kill();
            let status = child.wait().expect("it ends");
            operation.holds(&place, status.success(), &format!("{} killed after {part} %", operation.name));
        }
    }
    let kills = rounds * OPERATIONS.len() as u32;
    println!("{kills} kills, {interrupted} in the middle, nothing lost");
    assert!(interrupted * 3 >= kills, "only {interrupted} of {kills} were still running");
}

#[test]
fn a_kill_in_each_operation_loses_nothing() {
    survive(1);
}

#[test]
#[ignore = "a thousand kills: just faults"]
fn a_thousand_kills_lose_nothing() {
    let began = Instant::now();
    survive(112);
    println!("{:?}", Duration::from_secs(began.elapsed().as_secs()));
}
