//! `GET /api/v1/changes` as JSON Lines: a stream that goes as fast as its reader takes it.

use super::connection::Answering;
use super::problem::Failure;
use super::query_string::value;
use super::routes::{Answer, Asked};
use super::state::Server;
use crate::app::{AppError, ErrorCode, FEED_HEADER, feed_cursor};
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use http_body::Frame;
use serde_json::json;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Media type of the stream.
pub const LINES: &str = "application/x-ndjson";

/// Names of it that a request may accept.
const ACCEPTED: [&str; 3] = [LINES, "application/jsonl", "application/jsonlines"];

/// Pieces that wait for the reader; with the one being made, all that a stream holds in memory.
const WAITING: usize = 1;

/// How long a reader may take nothing before its stream is ended.
const STALL_MAX: Duration = Duration::from_secs(120);

/// Whether a request wants lines: by `format`, as elsewhere, or by `Accept`.
pub fn wanted(asked: &Asked) -> Result<bool, AppError> {
    match value(&asked.parameters, "format") {
        Some("jsonl") => Ok(true),
        Some("json") => Ok(false),
        Some(_) => Err(AppError::parameter(ErrorCode::InvalidParameter, "format", "只能是 json 或 jsonl")),
        None => {
            let named = asked.headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
            let mut media = named.flat_map(|value| value.split(',')).map(|one| one.split(';').next().unwrap_or(""));
            Ok(media.any(|media| ACCEPTED.contains(&media.trim())))
        }
    }
}

/// The stream. It ends behind the records that stood when it began; `limit` ends it earlier.
pub fn stream(server: &Arc<Server>, asked: &Asked, answering: Option<Answering>) -> Answer {
    let after = value(&asked.parameters, "after").map(str::to_string);
    feed_cursor(after.as_deref())?;
    let limit = value(&asked.parameters, "limit").map(|_| super::api::changes_limit(asked)).transpose()?;
    let (app, asker) = (server.faju()?.clone(), server.asker(&asked.who));
    let turn = server.streaming.running.clone().try_acquire_owned();
    let turn = turn.map_err(|_| Failure::new(ErrorCode::Overloaded, "正在读取变更的太多，请稍候再来"))?;
    let (sender, receiver) = channel(WAITING);
    let cut = Arc::new(AtomicBool::new(false));
    let pieces = Pieces { receiver, cut: cut.clone() };
    let feed = app.feed(&asker);
    let to = Handle::current();
    tokio::task::spawn_blocking(move || {
        // Held until the reader has all or is given up: then its connection counts as idle.
        let _held = (turn, answering);
        let mut out = |piece: Vec<u8>| {
            let taken = hand_over(&to, &sender, piece);
            cut.fetch_or(!taken, Ordering::Relaxed);
            taken
        };
        let limit = limit.map(|limit| limit as u64);
        if let Err(error) = app.stream_changes((after.as_deref(), limit), &asker, &mut out) {
            tracing::error!(code = error.code.name(), "feed broken off");
            let told = json!({"type": "error", "code": error.code.name(), "detail": error.detail});
            out(format!("{told}\n").into_bytes());
        }
    });
    let mut response = Body::new(pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(LINES));
    if let Some(Ok(feed)) = feed.map(|feed| HeaderValue::from_str(&feed)) {
        headers.insert(HeaderName::from_static(FEED_HEADER), feed);
    }
    Ok(response)
}

/// Waits until the reader takes a piece; false if it has left or takes nothing any more.
fn hand_over(runtime: &Handle, sender: &Sender<Bytes>, piece: Vec<u8>) -> bool {
    runtime.block_on(async { sender.send_timeout(piece.into(), STALL_MAX).await.is_ok() })
}

/// What is streamed.
struct Pieces {
    receiver: Receiver<Bytes>,
    /// Whether the stream was given up: then its end must not look like one.
    cut: Arc<AtomicBool>,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.receiver.poll_recv(context).map(|piece| match piece {
            Some(piece) => Some(Ok(Frame::data(piece))),
            None if self.cut.swap(false, Ordering::Relaxed) => Some(Err(io::ErrorKind::TimedOut.into())),
            None => None,
        })
    }
}
