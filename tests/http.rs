//! The server from outside: its contract, whom it refuses, how it runs and stops.

#[path = "support/client.rs"]
mod client;
#[path = "http/contract.rs"]
mod contract;
#[path = "http/desk.rs"]
mod desk;
#[path = "http/files.rs"]
mod files;
#[path = "http/interference.rs"]
mod interference;
#[path = "http/outside.rs"]
mod outside;
#[path = "http/pages.rs"]
mod pages;
#[path = "http/people.rs"]
mod people;
#[path = "support/program.rs"]
mod program;
#[allow(dead_code, reason = "each test program uses its part")]
#[path = "soak/random.rs"]
mod random;
#[path = "http/review_page.rs"]
mod review_page;
#[path = "http/reviews.rs"]
mod reviews;
#[path = "http/running.rs"]
mod running;
#[path = "http/security.rs"]
mod security;
#[path = "support/server.rs"]
mod server;
#[path = "support/skip.rs"]
mod skip;
#[path = "http/tasks.rs"]
mod tasks;
#[path = "http/tls.rs"]
mod tls;

/// One record of the interchange format, public, with a text of one article.
fn record(title: &str, article: &str) -> String {
    let record = serde_json::json!({
        "kind": "normative",
        "title": title,
        "level": "normative_document",
        "issuer": "云桥县人民政府",
        "region": "990101",
        "promulgation_date": "2024-03-01",
        "effective_date": "2024-04-01",
        "access": "public",
        "text": format!("第一条　{article}\n第二条　本办法自2024年4月1日起施行。"),
    });
    record.to_string()
}

/// Text for a query string.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
