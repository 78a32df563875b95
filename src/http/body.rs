//! The body of a request: of a media type that the route takes, whole, and in time.

use super::problem::Failure;
use super::routes::Route;
use crate::app::ErrorCode;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use std::time::Duration;

/// How long a body may take to arrive.
const BODY_BUDGET: Duration = Duration::from_secs(60);

/// The media type that a body is stated to have, without its parameters.
pub fn media_type(headers: &HeaderMap) -> String {
    let stated = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or("");
    stated.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// The body of a request.
pub async fn body(row: &Route, request: Request) -> Result<Bytes, Failure> {
    let media = row.body.map_or(&[] as &[&str], |body| body.media);
    if !media.contains(&media_type(request.headers()).as_str()) {
        let detail = format!("请求体的 Content-Type 须为 {}", media.join(" 或 "));
        return Err(Failure::new(ErrorCode::UnsupportedFormat, detail));
    }
    if request.headers().get("content-encoding").is_some_and(|coding| coding != "identity") {
        return Err(Failure::new(ErrorCode::UnsupportedFormat, "请求体不能压缩，请去掉 Content-Encoding 后重发"));
    }
    match tokio::time::timeout(BODY_BUDGET, Bytes::from_request(request, &())).await {
        Err(_) => Err(Failure::new(ErrorCode::Timeout, format!("请求体 {} 秒内没有传完", BODY_BUDGET.as_secs()))),
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(rejection)) if rejection.status() == 413 => {
            let max = row.body.map_or(0, |body| body.bytes_max);
            Err(Failure::new(ErrorCode::TooLarge, format!("请求体最多 {max} 字节；请分批发送")))
        }
        Ok(Err(_)) => Err(Failure::new(ErrorCode::BadRecord, "请求体没有传完")),
    }
}
