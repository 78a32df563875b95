//! The outermost layer: request ids, logs, counters, security headers, and failures in the form that the path asks for.

use super::connection::Peer;
use super::identity::Way;
use super::pages;
use super::problem::Failure;
use super::state::Server;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Instant;

/// The header that carries the id of a request in both directions.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Nothing but what comes from this server, no frame.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const SECURITY: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The id of a request, as handlers find it.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Wraps every request.
pub async fn layer(State(server): State<Arc<Server>>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let _flying = server.metrics.begin();
    let _answering = request.extensions().get::<ConnectInfo<Peer>>().map(|peer| peer.0.begin());
    let encrypted = Way::of(&request, &server.proxies).encrypted;
    let id = request_id(request.headers());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map(|matched| matched.as_str().to_string());
    // The path of a request that no route takes may hold anything; it goes into no log.
    let route = path.as_deref().unwrap_or("unmatched");
    let for_people = is_page(request.uri().path());

    let mut response = match server.guard.admit(request.uri(), request.headers(), server.is_guarded()) {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allow = response.headers_mut().remove(header::ALLOW);
        response = Failure::method_not_allowed().into_response();
        response.headers_mut().extend(allow.map(|allow| (header::ALLOW, allow)));
    }
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        let headers = std::mem::take(response.headers_mut());
        response = if for_people { pages::failure(&failure, &id, server.is_sample()) } else { failure.encoded(&id) };
        response.headers_mut().extend(headers.into_iter().filter_map(|(name, value)| Some((name?, value))));
    }
    secure(response.headers_mut(), &id, encrypted);

    let (status, took) = (response.status().as_u16(), began.elapsed());
    server.metrics.answered(route, status, took);
    let ms = took.as_secs_f64() * 1000.0;
    tracing::info!(method = method.as_str(), route, status, ms, request_id = id, "answered");
    response
}

fn secure(headers: &mut HeaderMap, id: &str, encrypted: bool) {
    if encrypted {
        // Who came once over an encrypted way comes over no other for a year.
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    for (name, value) in SECURITY {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}

/// Whether people read the answer: everything but the API, the feed, what pages are made of, and the operators' addresses.
fn is_page(path: &str) -> bool {
    !(path.starts_with("/api/")
        || path.starts_with("/static/")
        || matches!(path, "/desk/atom" | "/healthz" | "/readyz" | "/metrics"))
}

/// The id that the client gave, if it can stand in a log and a header, else a new one.
fn request_id(headers: &HeaderMap) -> String {
    let sane = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(sane);
    given.map_or_else(new_request_id, str::to_string)
}

/// Sixteen digits that no other request of this or another run is likely to have. No secret.
pub fn new_request_id() -> String {
    static RUN: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut hasher = RUN.build_hasher();
    hasher.write_u64(COUNT.fetch_add(1, Ordering::Relaxed));
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_id_is_kept_only_if_it_is_sane() {
        let asked = |id: &str| {
            let headers: HeaderMap = [(REQUEST_ID, id.parse().unwrap())].into_iter().collect();
            request_id(&headers)
        };
        assert_eq!(asked("abc-1.2_3"), "abc-1.2_3");
        for insane in ["", "a b", "a\"b", &"x".repeat(65)] {
            let new = asked(insane);
            assert!(new != insane && new.len() == 16, "{insane}");
        }
        assert_ne!(new_request_id(), new_request_id());
    }
}
