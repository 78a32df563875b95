//! One table of routes: what it does not list, the router does not know and the OpenAPI document does not hide.

use crate::Findings;
use crate::rust::Source;

const TABLE: &str = "src/http/routes.rs";

/// Methods of a router that add a path or a whole router.
const ADDING: &[&str] = &["route", "route_service", "nest", "nest_service", "merge"];

/// Registrations of handlers beside the table.
pub fn strays(source: &Source) -> Findings {
    if !source.path.starts_with("src/") {
        return Vec::new();
    }
    let (table, room) = (source.path == TABLE, source.path.starts_with("src/http/"));
    let adds = |at: usize| {
        let method = source.text(at - 1) == "." && source.text(at + 1) == "(" && ADDING.contains(&source.text(at));
        // The table itself adds paths only from its rows: a literal here would be a route without a row.
        room && method && (!table || source.tokens.get(at + 2).is_some_and(|token| token.literal))
    };
    let registered = (1..source.tokens.len()).filter(|at| adds(*at) && !source.tokens[*at].test);
    let handlers = source
        .paths()
        .into_iter()
        .filter(|path| !table && !path.test && path.segments.join("::").starts_with("axum::routing"));
    let lines = registered.map(|at| source.tokens[at].line).chain(handlers.map(|path| path.line));
    lines.map(|line| format!("{}:{line}: a handler is registered beside the table", source.path)).collect()
}

#[test]
fn a_stray_route_is_found() {
    let found = |path: &str, body: &str| strays(&Source::new(path, body)).len();
    assert_eq!(found("src/http/api.rs", "fn f(r: Router) { r.route(\"/x\", h); }"), 1);
    assert_eq!(found("src/http/api.rs", "fn f(r: Router) { r.nest(P, h); }"), 1);
    assert_eq!(found("src/http/api.rs", "use axum::{Router, routing::get};"), 1);
    assert_eq!(found(TABLE, "use axum::routing::get; fn f(r: Router) { r.route(\"/x\", h); }"), 1);
    assert_eq!(found(TABLE, "use axum::routing::get; fn f(r: Router) { r.route(row.path, h); }"), 0);
    assert_eq!(found("src/http/api.rs", "#[cfg(test)] mod tests { fn f(r: Router) { r.route(\"/x\", h); } }"), 0);
}
