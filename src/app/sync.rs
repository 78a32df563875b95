//! Following another node (县 ← 市 ← 省): what it has is read from its feed and appended here, byte for byte.
//!
//! Records are kept by (id, origin), and nobody changes what another node issued: what is recorded here stays beside what comes.
//! A batch is appended under the lock and indexed; only then is it remembered how far the feed was read. Whatever dies in
//! between, the same lines come again and make no second record.

mod judge;
mod lines;
mod peer;
mod remote;
mod seen;
mod tally;

use super::error::{AppError, ErrorCode};
use super::faju::{Faju, Progress};
use super::import;
use super::opened::{self, Session};
use super::outward::Address;
use super::view::SyncReport;
use crate::corpus::{Line, Record};
use crate::extract::interchange::is_origin;
use judge::{Verdict, admitted, judged};
use lines::Fed;
use peer::Peer;
use remote::{Feed, Remote};
use seen::Seen;
use serde::Deserialize;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tally::{Reason, Refused, Tally};

/// Bytes of lines that are appended together. Bounds the memory of a sync.
const BATCH_BYTES: usize = 12 << 20;

/// How long lines wait to be appended: what came over a slow link must not be lost with it.
const BATCH_WAIT: Duration = Duration::from_secs(20);

/// Most bytes and records between two cursors: one record of the longest and what a cursor is behind, many times over.
const STRETCH_BYTES_MAX: usize = 256 << 20;
const STRETCH_RECORDS_MAX: usize = 100_000;

/// How long after a connection was lost the next one is tried.
const PAUSE: Duration = Duration::from_secs(1);

/// What a sync is told.
#[derive(Debug, Clone)]
pub struct SyncRequest {
    /// Address of the other node.
    pub url: String,
    /// Nodes whose records are accepted from there; empty for those of the last time.
    pub accept: Vec<String>,
    /// A file of certificates instead of those of the system.
    pub ca: Option<PathBuf>,
    /// Reads everything again.
    pub again: bool,
    /// How long the other node may be silent.
    pub idle: Duration,
}

impl Faju {
    /// Takes over what another node has and this one has not. `stop` ends it behind a record.
    ///
    /// # Errors
    /// Nothing could be begun: a wrong address, nobody there, another writer. What goes wrong later stands in the report.
    pub fn sync(
        &self,
        request: &SyncRequest,
        progress: &dyn Progress,
        stop: &AtomicBool,
    ) -> Result<SyncReport, AppError> {
        let address = Address::read(&request.url)?;
        let peer = self.peer(&address, request)?;
        let remote = Remote::new(address.clone(), request.ca.as_deref(), request.idle)?;
        let mut sync = Sync {
            faju: self,
            address,
            peer,
            tally: Tally::default(),
            seen: Seen::default(),
            warnings: Vec::new(),
            first: true,
            bytes: 0,
            progress,
            stop,
        };
        let mut feed = Some(sync.begin(&remote)?);
        // Whom the user accepts from now on holds whatever comes.
        sync.remember()?;
        let mut interrupted = None;
        while let Some(lines) = feed.take() {
            let from = sync.peer.cursor.clone();
            let Err(cut) = sync.follow(lines)? else { break };
            interrupted = Some(cut);
            // A link that brings something each time brings everything in the end.
            if sync.peer.cursor != from && !sync.stopped() {
                std::thread::sleep(PAUSE);
                feed = sync.begin(&remote).inspect_err(|error| interrupted = Some(error.detail.clone())).ok();
                if feed.is_some() {
                    interrupted = None;
                }
            }
        }
        self.reported(sync, interrupted)
    }

    /// What is remembered of the other node, with what the user says now.
    fn peer(&self, address: &Address, request: &SyncRequest) -> Result<Peer, AppError> {
        let wrong = |detail: String| Err(AppError::parameter(ErrorCode::InvalidParameter, "accept", detail));
        let mut accept = request.accept.clone();
        accept.sort();
        accept.dedup();
        if let Some(name) = accept.iter().find(|name| !is_origin(&format!("{name}/x"))) {
            return wrong(format!("“{name}”不是节点名称"));
        }
        if accept.contains(&self.settings.node) {
            return wrong(format!(
                "“{0}”是本节点的名称，不能从别处接受；请用 --node（FAJU_NODE）给本节点另起名称",
                self.settings.node
            ));
        }
        let known = Peer::load(&opened::corpus(&self.settings), address)?;
        let Some(known) = known else {
            if accept.is_empty() {
                return wrong("首次同步须用 --accept 写明从这个地址接受哪些节点的记录".to_string());
            }
            return Ok(Peer::new(address, accept));
        };
        let accept = if accept.is_empty() { known.accept.clone() } else { accept };
        // What was refused before stands behind the cursor.
        let more = accept.iter().any(|name| !known.accept.contains(name));
        if request.again || more {
            return Ok(Peer::new(address, accept));
        }
        Ok(Peer { accept, ..known })
    }

    fn reported(&self, sync: Sync<'_>, interrupted: Option<String>) -> Result<SyncReport, AppError> {
        let Sync { peer, tally, mut warnings, stop, .. } = sync;
        let interrupted = match stop.load(Ordering::Relaxed) {
            true => Some("已中断；再次运行同一命令即可继续".to_string()),
            false => interrupted,
        };
        let (mut damage, mut waits) = (Vec::new(), None);
        if !self.is_sample() {
            let state = self.state()?;
            (damage, waits) = (state.damage, state.growth.waits().then(|| state.growth.titles().0));
        }
        if let Some(new) = waits {
            warnings.push(format!("有 {new} 个新标题及其用语还不在词典中；运行 faju rebuild 即可收入"));
        }
        let Tally { received, taken, unchanged, .. } = tally;
        Ok(SyncReport {
            peer: peer.url,
            accept: peer.accept,
            complete: interrupted.is_none(),
            received,
            taken,
            unchanged,
            refused: tally.refused(),
            reasons: tally.reasons(),
            cursor: peer.cursor,
            interrupted,
            damage,
            warnings,
        })
    }
}

/// A sync under way.
struct Sync<'a> {
    faju: &'a Faju,
    address: Address,
    peer: Peer,
    tally: Tally,
    seen: Seen,
    warnings: Vec<String>,
    /// Whether nothing was written yet: only then the lock is waited for as the user said.
    first: bool,
    bytes: u64,
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
}

/// A line that says how far the feed was read, or that it is broken.
#[derive(Deserialize)]
struct Mark {
    r#type: String,
    next: Option<String>,
    detail: Option<String>,
}

impl Mark {
    /// Reads a line that is none of a record.
    fn of(line: &str) -> Option<Mark> {
        let mark: Mark = serde_json::from_str(line).ok()?;
        matches!(mark.r#type.as_str(), "cursor" | "error").then_some(mark)
    }
}

/// Lines that were read and not appended yet.
#[derive(Default)]
struct Batch {
    /// Up to the cursor.
    ready: Vec<Line>,
    /// Behind it.
    rest: Vec<Line>,
    bytes: usize,
    /// Bytes and records behind the cursor.
    stretch: (usize, usize),
    /// What was refused up to the cursor, and behind it.
    refused: [Vec<Refused>; 2],
    received: [u64; 2],
    since: Option<Instant>,
    cursor: Option<String>,
}

impl Batch {
    /// Takes a line in; it counts only when a cursor stands behind it.
    fn push(&mut self, read: Result<Line, Refused>, bytes: usize) {
        self.since.get_or_insert_with(Instant::now);
        self.bytes += bytes;
        self.stretch = (self.stretch.0 + bytes, self.stretch.1 + 1);
        self.received[1] += 1;
        match read {
            Ok(line) => self.rest.push(line),
            Err(refused) => self.refused[1].push(refused),
        }
    }

    fn mark(&mut self, cursor: String) {
        self.ready.append(&mut self.rest);
        let [before, behind] = &mut self.refused;
        before.append(behind);
        self.received = [self.received[0] + self.received[1], 0];
        (self.stretch, self.cursor) = ((0, 0), Some(cursor));
    }

    fn is_full(&self) -> bool {
        self.bytes >= BATCH_BYTES || self.since.is_some_and(|since| since.elapsed() >= BATCH_WAIT)
    }
}

impl Sync<'_> {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Asks for what follows. The cursor of another feed means nothing: then everything is read again.
    fn begin(&mut self, remote: &Remote) -> Result<Feed, AppError> {
        let mut feed = remote.changes(&self.peer.cursor)?;
        if feed.name != self.peer.feed {
            if !self.peer.cursor.is_empty() {
                self.warnings.push("对方的库或其公开范围已不同于上次，从头核对；已有的记录不会重复".to_string());
                self.peer.cursor.clear();
                feed = remote.changes("")?;
            }
            self.peer.feed.clone_from(&feed.name);
        }
        Ok(feed)
    }

    /// Reads the feed to its end and appends what is new. The inner error says why it ended early: what was read before is kept.
    fn follow(&mut self, mut feed: Feed) -> Result<Result<(), String>, AppError> {
        let mut batch = Batch::default();
        let began = count(&self.peer.cursor);
        // The cursor behind everything read so far, if that was the last line.
        let mut behind: Option<String> = None;
        let ended = loop {
            if self.stopped() {
                break Err("已中断".to_string());
            }
            let line = match feed.lines.next() {
                Ok(Some(line)) => line,
                // Whoever cuts a stream between two lines leaves no cursor behind the last one.
                Ok(None) if behind.is_none() => break Err(lost("连接中断")),
                Ok(None) => break Ok(()),
                Err(error) => break Err(lost(&format!("连接中断：{error}"))),
            };
            let read = match line {
                Fed::Line(line) => match Mark::of(&line) {
                    // It goes into an address and into a file.
                    Some(Mark { next: Some(next), .. }) if !is_cursor(&next) => {
                        break Err("对方给出的游标不合格式；请确认对方是 faju 节点".to_string());
                    }
                    Some(Mark { next: Some(next), .. }) => {
                        behind = Some(next.clone());
                        batch.mark(next);
                        if batch.is_full() {
                            self.take(std::mem::take(&mut batch))?;
                        }
                        continue;
                    }
                    Some(mark) => break Err(format!("对方未能答完：{}", mark.detail.unwrap_or_default())),
                    None => {
                        let bytes = line.len();
                        (admitted(line, &self.peer.accept, &self.faju.settings.node), bytes)
                    }
                },
                Fed::TooLong => (Err(Refused::line(Reason::TooLarge, "超过单条上限")), 0),
                Fed::NotText => (Err(Refused::line(Reason::BadRecord, "不是 UTF-8 文本")), 0),
            };
            behind = None;
            batch.push(read.0, read.1);
            if batch.stretch.0 > STRETCH_BYTES_MAX || batch.stretch.1 > STRETCH_RECORDS_MAX {
                break Err("对方很久没有给出游标，不再读下去；请确认对方是 faju 节点".to_string());
            }
        };
        self.take(batch)?;
        // The feed is shorter than it was: an older backup of that journal was put in its place.
        if ended.is_ok() && behind.is_some_and(|last| count(&last) < began) {
            self.warnings.push("对方的库比上次短（恢复过备份？），下次从头核对；已有的记录不会重复".to_string());
            self.peer.cursor.clear();
            self.remember()?;
        }
        Ok(ended)
    }

    /// Appends and indexes what stands before the last cursor, then remembers the cursor.
    fn take(&mut self, batch: Batch) -> Result<(), AppError> {
        let Some(cursor) = batch.cursor else { return Ok(()) };
        self.tally.received += batch.received[0];
        let [refused, _] = batch.refused;
        refused.into_iter().for_each(|refused| self.tally.refuse(refused));
        if !batch.ready.is_empty() {
            let wait = if self.first { self.faju.settings.wait } else { Duration::MAX };
            let (tally, seen, warnings) = (&mut self.tally, &mut self.seen, &mut self.warnings);
            self.faju.write(wait, |session| {
                taken(session, batch.ready, seen, tally)?;
                warnings.append(&mut session.warnings);
                Ok(())
            })?;
            self.first = false;
        }
        self.bytes += batch.bytes as u64;
        self.progress.at(self.bytes, 0, self.tally.taken);
        if self.peer.cursor != cursor {
            self.peer.cursor = cursor;
            return self.remember();
        }
        Ok(())
    }

    fn remember(&self) -> Result<(), AppError> {
        self.peer.store(&opened::corpus(&self.faju.settings), &self.address)
    }
}

fn lost(why: &str) -> String {
    format!("{why}；已收下的都有效，再次运行同一命令即可继续")
}

/// Whether a text is a cursor of a feed: `c` and a number.
fn is_cursor(text: &str) -> bool {
    text.strip_prefix('c').is_some_and(|count| count.parse::<u64>().is_ok() && !count.starts_with('+'))
}

/// How many records a cursor stands behind.
fn count(cursor: &str) -> u64 {
    cursor.strip_prefix('c').and_then(|count| count.parse().ok()).unwrap_or(0)
}

/// Appends what is new among the lines. Each is judged beside everything before it: where one concerns what waits to be
/// appended, that is appended first.
fn taken(session: &mut Session<'_>, lines: Vec<Line>, seen: &mut Seen, tally: &mut Tally) -> Result<(), AppError> {
    let mut waiting: Vec<Line> = Vec::new();
    let mut concerned: HashSet<String> = HashSet::new();
    for line in lines {
        let (by, leaves) = concerns(line.record());
        if by.iter().any(|key| concerned.contains(key)) {
            tally.taken += append(session, std::mem::take(&mut waiting))?;
            concerned.clear();
        }
        if let Record::Put(put) = line.record() {
            session.projector.consider(&put.document);
        }
        match judged(&line, session, seen)? {
            Verdict::Take => {
                concerned.extend(leaves);
                waiting.push(line);
            }
            Verdict::Unchanged => tally.unchanged += 1,
            Verdict::Refuse(refused) => tally.refuse(refused),
        }
    }
    tally.taken += append(session, waiting)?;
    import::same_as(&mut session.writer, &mut session.projector, session.node)?;
    Ok(())
}

/// What a record is judged by, and what it leaves for those behind it: where the one meets the other, the order counts.
fn concerns(record: &Record) -> (Vec<String>, Vec<String>) {
    let group = |id: &str| format!("group {}", super::projector::group_of(id));
    let act = format!("act {}", record.id());
    match record {
        Record::Put(put) => {
            let (id, own) = (put.id.as_str(), format!("put {} {}", put.id, put.origin));
            let groups = put.instrument.iter().map(|instrument| group(instrument.as_str()));
            let left = [own.clone(), format!("document {id}"), group(id)];
            (vec![own, act], left.into_iter().chain(groups).collect())
        }
        Record::Relate(relation) => {
            let own = format!("relation {} {}", relation.id, relation.target);
            (vec![own.clone(), group(relation.id.as_str()), group(relation.target.as_str())], vec![own])
        }
        _ => (vec![act.clone(), format!("document {}", record.id())], vec![act]),
    }
}

fn append(session: &mut Session<'_>, lines: Vec<Line>) -> Result<u64, AppError> {
    if lines.is_empty() {
        return Ok(0);
    }
    let places = session.writer.append_lines(&lines)?;
    let records: Vec<_> = places.into_iter().zip(lines.into_iter().map(Line::into_record)).collect();
    let count = records.len() as u64;
    session.projector.apply(records)?;
    Ok(count)
}
