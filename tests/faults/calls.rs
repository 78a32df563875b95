//! Calls to the system that fail, on every path that writes.

use crate::operations::{OPERATIONS, Operation};
use crate::place::Place;
use crate::seam::{self, CLASSES, Fault};
use crate::skip::skipped;
use std::collections::BTreeMap;

/// Runs an operation with a fault; how often the calls of its class were made.
fn tried(operation: &Operation, place: &Place, fault: Fault) -> (std::process::Output, u64) {
    let count = place.path("count");
    let mut command = operation.command(place);
    seam::meets(&mut command, place.root(), fault, Some(&count));
    let output = operation.run(command);
    let calls = std::fs::read_to_string(&count).ok().and_then(|text| text.trim().parse().ok());
    (output, calls.unwrap_or(0))
}

/// Fails one call of an operation, and looks at what is left.
fn survives(operation: &Operation, fault: Fault) -> bool {
    let place = Place::new();
    let (output, _) = tried(operation, &place, fault);
    let what = format!("{} {fault:?}", operation.name);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code();
    assert!(code.is_some_and(|code| code != 101) && !told.contains("panicked"), "{what}: {code:?} {told}");
    assert!(output.status.success() || !told.trim().is_empty(), "{what}: fails and says nothing");
    operation.holds(&place, output.status.success(), &what);
    output.status.success()
}

/// Fails calls of every class in every operation, at most so many of each, one time alone and one time with all that follow.
fn sweep(test: &str, points: u64) {
    if let Err(why) = seam::library() {
        return skipped(test, why);
    }
    let mut figures: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (turn, operation) in OPERATIONS.iter().enumerate() {
        // The short form takes every other class, other ones in the next operation.
        let classes = CLASSES.iter().enumerate().filter(|(at, _)| points > 1 || (at + turn) % 2 == 0);
        for (_, &(class, code)) in classes {
            let (_, calls) = tried(operation, &Place::new(), Fault { class, code, at: 0, lasts: false });
            for point in 0..points.min(calls) {
                // Spread over all calls; the short form begins elsewhere in every operation.
                let at = 1 + (point * calls / points.min(calls).max(1) + turn as u64 * calls / 7) % calls;
                for lasts in [false, true].into_iter().take(if points > 1 { 2 } else { 1 }) {
                    let lasts = lasts || (points == 1 && turn % 2 == 0);
                    let done = survives(operation, Fault { class, code, at, lasts });
                    let (tries, successes) = figures.entry(operation.name).or_default();
                    *tries += 1;
                    *successes += u64::from(done);
                }
            }
        }
    }
    for (name, (tries, done)) in &figures {
        println!("{name}: {tries} faults, {done} done all the same, nothing lost");
    }
    assert!(figures.len() == OPERATIONS.len() && figures.values().map(|(tries, _)| tries).sum::<u64>() > 25);
}

#[test]
fn a_failing_call_in_each_operation_loses_nothing() {
    sweep("a_failing_call_in_each_operation_loses_nothing", 1);
}

#[test]
#[ignore = "about two thousand faults: just faults"]
fn every_tenth_failing_call_loses_nothing() {
    sweep("every_tenth_failing_call_loses_nothing", 12);
}
