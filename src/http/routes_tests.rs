//! The table of routes is whole, and what every request passes holds.

use super::*;
use crate::app::Access;
use crate::http::guard::Guard;
use axum::body::Body as Bytes;
use tower::ServiceExt;

fn answer(router: Router, target: &str) -> Response {
    let request = Request::builder().uri(target).header("host", "a").body(Bytes::empty()).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(router.oneshot(request)).unwrap()
}

fn server() -> Arc<Server> {
    Arc::new(Server::new(Access::Public, false, Guard { local_only: false }))
}

#[test]
fn a_panic_is_answered_as_a_problem() {
    let panics = || async {
        if true {
            panic!("on purpose")
        }
    };
    let router = Router::new().route("/api/panics", axum::routing::get(panics));
    let response = answer(layered(router, server()), "/api/panics");
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers()["content-type"], "application/problem+json; charset=utf-8");
}

#[test]
fn a_server_that_is_not_ready_says_so() {
    for (target, status) in [("/healthz", 200), ("/readyz", 503), ("/api/v1/search", 503), ("/", 503), ("/api", 200)] {
        assert_eq!(answer(router(server()), target).status(), status, "{target}");
    }
}

#[test]
fn a_full_server_says_so_and_stays_alive() {
    let server = server();
    let _places: Vec<_> = std::iter::from_fn(|| work::admit(&server.reading).ok()).collect();
    let response = answer(router(server.clone()), "/api/v1/search");
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (503, &"1".parse().unwrap()));
    assert_eq!(answer(router(server), "/healthz").status(), 200);
}

#[test]
fn rows_are_whole() {
    for row in ROUTES {
        assert!(
            matches!(row.run, Run::Write(_) | Run::Ask(_)) == (row.method == "POST")
                && row.body.is_some() == (row.method == "POST")
        );
        assert!(
            row.answers.1.is_none_or(|schema| crate::http::openapi::schemas().contains_key(schema)),
            "{}",
            row.path
        );
        assert!(row.body.is_none_or(|body| crate::http::openapi::schemas().contains_key(body.schema)), "{}", row.path);
    }
}
