//! A clock that is wrong, and set right again.

use crate::operations::OPERATIONS;
use crate::place::Place;
use crate::seam;
use crate::skip::skipped;
use std::process::Command;

/// Days by which the clock is wrong.
const WRONG: [i64; 4] = [400, -400, 1, -1];

fn wrong(command: &mut Command, days: i64) {
    command.env("LD_PRELOAD", seam::library().expect("asked before")).env("FAULT_CLOCK", (days * 86_400).to_string());
}

#[test]
fn what_was_written_with_a_wrong_clock_is_whole_afterwards() {
    if let Err(why) = seam::library() {
        return skipped("what_was_written_with_a_wrong_clock_is_whole_afterwards", why);
    }
    let place = Place::new();
    let mut done = 0;
    // Forward and back between any two of them: months of the log come in the wrong order, times go backwards.
    for (turn, operation) in OPERATIONS.iter().enumerate() {
        let days = WRONG[turn % WRONG.len()];
        let mut command = operation.command(&place);
        wrong(&mut command, days);
        let output = operation.run(command);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{} {days} days: {told}", operation.name);
        place.is_whole(operation.name);
        // A key that was made long ago has ended.
        let ended = operation.name == "key add" && days == -400;
        assert!(ended || (operation.is_done)(&place) || operation.name == "rebuild", "{} {days} days", operation.name);
        done += 1;
    }
    assert_eq!(done, OPERATIONS.len());
}
