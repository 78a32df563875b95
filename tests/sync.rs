//! Nodes that follow each other: real processes, links that break, peers that lie.

#[allow(dead_code, reason = "each test program uses its part")]
#[path = "support/client.rs"]
mod client;
#[path = "sync/feed.rs"]
mod feed;
#[path = "sync/following.rs"]
mod following;
#[path = "sync/forged.rs"]
mod forged;
#[path = "sync/links.rs"]
mod links;
#[path = "sync/node.rs"]
mod node;
#[path = "support/program.rs"]
mod program;
#[path = "sync/secret.rs"]
mod secret;
#[allow(dead_code, reason = "each test program uses its part")]
#[path = "support/server.rs"]
mod server;
