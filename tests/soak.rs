//! What only shows under load, over time or with much data. Run in release: `just soak`, `just load`.

#[path = "../benches/speed/child.rs"]
mod child;
#[path = "soak/classes.rs"]
mod classes;
#[path = "support/client.rs"]
#[allow(dead_code, reason = "each test program uses its part")]
mod client;
#[path = "soak/copies.rs"]
mod copies;
#[path = "soak/figures.rs"]
mod figures;
#[path = "soak/journeys.rs"]
mod journeys;
#[path = "soak/line.rs"]
mod line;
#[path = "support/load.rs"]
mod load;
#[path = "soak/mixed.rs"]
mod mixed;
#[path = "soak/office.rs"]
mod office;
#[path = "soak/open_loop.rs"]
mod open_loop;
#[path = "soak/overload.rs"]
mod overload;
#[path = "support/program.rs"]
mod program;
#[path = "soak/random.rs"]
mod random;
#[path = "support/real_data.rs"]
mod real_data;
#[path = "support/server.rs"]
#[allow(dead_code, reason = "each test program uses its part")]
mod server;
#[path = "soak/sweep.rs"]
mod sweep;
#[path = "soak/tenfold.rs"]
mod tenfold;
