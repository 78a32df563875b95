//! What survives a machine that fails: calls to the system that do not do what they should, kills, a wrong clock. Whatever was
//! acknowledged is there afterwards, the chain of the audit log is whole, and the next start needs nobody.
//!
//! Short forms run with the others; `just faults` runs the whole.

#[path = "faults/calls.rs"]
mod calls;
#[allow(dead_code, reason = "each test program uses its part")]
#[path = "support/client.rs"]
mod client;
#[path = "faults/clock.rs"]
mod clock;
#[path = "faults/kills.rs"]
mod kills;
#[path = "faults/operations.rs"]
mod operations;
#[path = "faults/place.rs"]
mod place;
#[allow(dead_code, reason = "each test program uses its part")]
#[path = "support/program.rs"]
mod program;
#[path = "faults/seam.rs"]
mod seam;
#[path = "faults/served.rs"]
mod served;
#[allow(dead_code, reason = "each test program uses its part")]
#[path = "support/server.rs"]
mod server;
#[path = "support/skip.rs"]
mod skip;
