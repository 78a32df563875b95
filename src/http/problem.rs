//! Errors on the wire: RFC 9457 problems for programs, a page for people.

use crate::app::{AppError, ErrorCode, ErrorItem};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A request that failed. Travels inside the response until the outermost layer writes it, with the request id and in
/// the form that the path asks for.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What went wrong.
    pub error: AppError,
    /// The HTTP status: that of the code, unless HTTP itself has a better one (405).
    pub status: u16,
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Failure { status: error.code.status(), error }
    }
}

impl Failure {
    /// A failure without places.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        AppError::new(code, detail).into()
    }

    /// A parameter that the route does not have.
    pub fn unknown_parameter(name: &str, known: &[&str]) -> Self {
        let message = if known.is_empty() {
            "这个地址没有参数".to_string()
        } else {
            format!("没有这个参数；可用的有 {}", known.join("、"))
        };
        AppError::parameter(ErrorCode::UnknownParameter, name, message).into()
    }

    /// A method that the path does not take.
    pub fn method_not_allowed() -> Self {
        Failure { status: 405, ..Failure::new(ErrorCode::NotFound, "这个地址不接受这种请求方法") }
    }

    /// A defect of the program. Says nothing of its inside.
    pub fn internal() -> Self {
        Failure::new(ErrorCode::Internal, "程序出错，未能回答；请把请求编号告诉管理员")
    }

    /// The body of `application/problem+json`.
    pub fn problem(&self, request_id: &str) -> Value {
        let mut problem = problem(&self.error);
        problem["status"] = self.status.into();
        problem["request_id"] = request_id.into();
        problem
    }

    /// The problem as a response.
    pub fn encoded(&self, request_id: &str) -> Response {
        let body = self.problem(request_id).to_string();
        (self.code(), [(header::CONTENT_TYPE, "application/problem+json; charset=utf-8")], body).into_response()
    }

    /// The HTTP status as a type.
    pub fn code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// An error of a journey as JSON: `type title status code detail errors`.
pub fn problem(error: &AppError) -> Value {
    let code = error.code;
    json!({
        "type": format!("/api#{}", code.name()),
        "title": code.title(),
        "status": code.status(),
        "code": code.name(),
        "detail": error.detail,
        "errors": error.errors.iter().map(item).collect::<Vec<_>>(),
    })
}

/// The header that says when to come again.
pub fn retry_after(error: &AppError) -> Option<(HeaderName, HeaderValue)> {
    let waits = matches!(error.code, ErrorCode::Overloaded | ErrorCode::RateLimited);
    waits.then(|| (header::RETRY_AFTER, HeaderValue::from(error.again_in.unwrap_or(1))))
}

fn item(item: &ErrorItem) -> Value {
    serde_json::to_value(item).unwrap_or(Value::Null)
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.code().into_response();
        response.headers_mut().extend(retry_after(&self.error));
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_code_title_status_detail_places_and_request() {
        let error = AppError::new(ErrorCode::InvalidQuery, "括号没有配对").at(ErrorItem {
            parameter: Some("q".into()),
            position: Some(3),
            message: "这里的左括号没有右括号".into(),
            ..ErrorItem::default()
        });
        let problem = Failure::from(error).problem("r1");
        assert_eq!(
            problem,
            json!({
                "type": "/api#invalid_query",
                "title": "检索式有误",
                "status": 400,
                "code": "invalid_query",
                "detail": "括号没有配对",
                "errors": [{"parameter": "q", "position": 3, "message": "这里的左括号没有右括号"}],
                "request_id": "r1",
            })
        );
    }

    #[test]
    fn a_busy_server_says_when_to_come_again() {
        let response = Failure::new(ErrorCode::Overloaded, "忙").into_response();
        assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (503, &HeaderValue::from(1)));
        let later = Failure::from(AppError::new(ErrorCode::RateLimited, "太多").after(900)).into_response();
        assert_eq!((later.status().as_u16(), &later.headers()["retry-after"]), (429, &HeaderValue::from(900)));
    }
}
