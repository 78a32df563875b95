//! The change feed: what an asker may see of the journal, oldest first, by pages or as one stream.
//!
//! What is visible is decided by what stood in the journal *before* a record, never by what stands today: so a cursor means
//! the same tomorrow. A document that leaves the asker's scope appears as a withdrawal, one that enters it as a put.

use super::error::{AppError, ErrorCode};
use super::faju::Asker;
use super::opened::Opened;
use super::projector::group_of;
use super::shelf::Shelf;
use super::view::ChangesPage;
use crate::corpus::record::{Correct, Erased, RECORD_FORMAT, Withdraw, node_of, reaches};
use crate::corpus::{Place, Put, Record};
use crate::law::{Access, DocumentId};
use serde_json::json;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Most records on a page.
pub const LIMIT_MAX: usize = 10_000;

/// Header of a stream that names its feed.
pub const FEED_HEADER: &str = "x-faju-feed";

/// Records of a stream between two cursors, at most.
pub const CURSOR_RECORDS: u64 = 200;

/// About how many bytes of a stream lie between two cursors: one record more than this.
const CURSOR_BYTES: usize = 1 << 20;

/// How long a stream says nothing while records pass that its reader has or may not see: less than whoever waits bears.
const SILENCE: Duration = Duration::from_secs(5);

/// Records after a cursor, which counts the records that the asker may see: it tells nothing of the others and survives a
/// rewritten segment. `own` is the name of this node.
pub fn changes(
    opened: &Opened,
    own: &str,
    after: Option<&str>,
    limit: usize,
    asker: &Asker,
) -> Result<ChangesPage, AppError> {
    let skip = skipped(after)?;
    let mut page = ChangesPage { items: Vec::new(), next: format!("c{skip}"), more: false };
    let limit = limit.min(LIMIT_MAX);
    each(opened, own, asker, &mut |seen, step| {
        let Some(shown) = step else { return Ok(ControlFlow::Continue(())) };
        if seen <= skip {
            return Ok(ControlFlow::Continue(()));
        }
        if page.items.len() == limit {
            page.more = true;
            return Ok(ControlFlow::Break(()));
        }
        let record = match &shown {
            Shown::AsItStands(_, record) | Shown::Made(record) => record,
        };
        page.items.push(serde_json::to_value(record).map_err(unwritten)?);
        Ok(ControlFlow::Continue(()))
    })?;
    page.next = format!("c{}", skip + page.items.len() as u64);
    Ok(page)
}

/// The records that a cursor says to pass over.
pub fn skipped(after: Option<&str>) -> Result<u64, AppError> {
    match after {
        None | Some("") => Ok(0),
        Some(cursor) => cursor.strip_prefix('c').and_then(|count| count.parse().ok()).ok_or_else(|| {
            AppError::parameter(ErrorCode::InvalidParameter, "after", "不是本系统给出的游标；从头读取请不写 after")
        }),
    }
}

/// How many records the asker may see.
pub fn count(opened: &Opened, own: &str, asker: &Asker) -> Result<u64, AppError> {
    let mut count = 0;
    each(opened, own, asker, &mut |seen, _| {
        count = seen;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(count)
}

/// Name of the feed of an asker: of this journal, for what he may see.
pub fn feed(opened: &Opened, asker: &Asker) -> Option<String> {
    let Shelf::Journal(journal) = &opened.shelf else { return None };
    let scope = match asker.access {
        Access::Public => "public",
        Access::Internal => "internal",
        Access::Restricted => "restricted",
    };
    Some(format!("{}.{scope}", journal.identity()?))
}

fn unwritten(error: serde_json::Error) -> AppError {
    AppError::new(ErrorCode::Internal, error.to_string())
}

/// The records after a cursor as lines, at most `limit` of them, handed over in pieces until `out` answers false. Each record is
/// the line that stands in the journal; what nobody wrote down (see above) is written here. Lines
/// `{"type":"cursor","next":"c123"}` stand among them and at the end: who has read one goes on behind it. One pass over the
/// journal, and no more in memory than lies between two cursors.
pub fn stream(
    opened: &Opened,
    own: &str,
    (after, limit): (Option<&str>, Option<u64>),
    asker: &Asker,
    out: &mut dyn FnMut(Vec<u8>) -> bool,
) -> Result<(), AppError> {
    let skip = skipped(after)?;
    let until = limit.map(|limit| skip.saturating_add(limit));
    let mut piece = Piece { text: Vec::new(), records: 0, told: Instant::now() };
    let mut last = 0;
    each(opened, own, asker, &mut |seen, step| {
        match step {
            Some(_) if until.is_some_and(|until| seen > until) => return Ok(ControlFlow::Break(())),
            Some(_) if seen <= skip => {}
            Some(shown) => piece.push(&shown)?,
            None => {}
        }
        last = seen;
        let full = piece.records >= CURSOR_RECORDS || piece.text.len() >= CURSOR_BYTES;
        if (full || piece.told.elapsed() >= SILENCE) && !out(piece.taken(seen.max(skip))) {
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    // Less than was asked to be passed over: this journal is not the one that gave the cursor, and the reader sees it.
    out(piece.taken(last));
    Ok(())
}

/// What was not handed over yet.
struct Piece {
    text: Vec<u8>,
    records: u64,
    told: Instant,
}

impl Piece {
    fn push(&mut self, shown: &Shown<'_>) -> Result<(), AppError> {
        match shown {
            Shown::AsItStands(line, _) => self.text.extend_from_slice(line.as_bytes()),
            Shown::Made(record) => serde_json::to_writer(&mut self.text, record).map_err(unwritten)?,
        }
        self.text.push(b'\n');
        self.records += 1;
        Ok(())
    }

    /// The lines so far, with the cursor behind them.
    fn taken(&mut self, seen: u64) -> Vec<u8> {
        let cursor = json!({"type": "cursor", "next": format!("c{seen}")});
        self.text.extend_from_slice(format!("{cursor}\n").as_bytes());
        (self.records, self.told) = (0, Instant::now());
        std::mem::take(&mut self.text)
    }
}

/// What the asker gets of a record.
enum Shown<'a> {
    /// The line as it stands in the journal.
    AsItStands(Cow<'a, str>, Record),
    /// A record that says what the one in the journal means for his scope.
    Made(Record),
}

/// Told of each record that the asker gets, and of the end of each frame (`None`), with the number of records shown so far.
type Visit<'v> = dyn FnMut(u64, Option<Shown<'_>>) -> Result<ControlFlow<()>, AppError> + 'v;

fn each(opened: &Opened, own: &str, asker: &Asker, visit: &mut Visit<'_>) -> Result<(), AppError> {
    let Shelf::Journal(journal) = &opened.shelf else { return Ok(()) };
    // What another process has just appended is told too.
    journal.refresh()?;
    let mut feed = Feed::new(asker.access, own);
    let mut seen = 0u64;
    for frame in journal.scan_frames(None)? {
        let frame = frame?;
        for ((place, line), record) in frame.lines().zip(frame.records()) {
            let (_, record) = record?;
            let (as_it_stands, made) = feed.shown(opened, place, &record)?;
            let own = as_it_stands.then_some(Shown::AsItStands(line.into(), record));
            for shown in own.into_iter().chain(made) {
                seen += 1;
                if visit(seen, Some(shown))?.is_break() {
                    return Ok(());
                }
            }
        }
        if visit(seen, None)?.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// A document that was received, be it erased since.
struct Received<'a> {
    id: &'a DocumentId,
    origin: &'a str,
    stated: Option<Access>,
    at: jiff::Timestamp,
}

/// A record as far as the feed knows it.
struct Held {
    origin: Arc<str>,
    access: Access,
    place: Place,
}

/// Who could see what, as far as the journal has been read.
struct Feed<'a> {
    scope: Access,
    own: &'a str,
    /// Document id → its last record of each origin.
    documents: HashMap<String, Vec<Held>>,
    /// Instrument or case id → node → widest access that any of its documents from there ever had.
    groups: HashMap<String, Vec<(Arc<str>, Access)>>,
    /// Document id → corrections that were not shown because nobody in this scope saw the document.
    untold: HashMap<String, Vec<Place>>,
    /// Document id → who may read it by corrections of it, whatever is put later, each with the node that says so.
    moves: HashMap<String, Vec<(Option<String>, Access)>>,
    names: HashMap<String, Arc<str>>,
}

/// What is shown beside a record, or in its place.
type Beside = Vec<Shown<'static>>;

impl<'a> Feed<'a> {
    fn new(scope: Access, own: &'a str) -> Self {
        let (documents, groups) = (HashMap::new(), HashMap::new());
        let (untold, moves, names) = (HashMap::new(), HashMap::new(), HashMap::new());
        Feed { scope, own, documents, groups, untold, moves, names }
    }

    /// Whether the asker gets a record as it stands, and what else he gets.
    fn shown(&mut self, opened: &Opened, place: Place, record: &Record) -> Result<(bool, Beside), AppError> {
        let scope = self.scope;
        let of_scope = |access: Option<Access>| access.is_none_or(|access| access <= scope);
        let shown = match record {
            Record::Put(put) => {
                let received = Received { id: &put.id, origin: &put.origin, stated: put.document.access, at: put.at };
                return self.put(opened, &received, place, |access| opened_to((**put).clone(), access));
            }
            // It counts where the document counted, so that cursors mean the same.
            Record::Erased(Erased { id, origin: Some(origin), access, at, .. }) => {
                let received = Received { id, origin, stated: *access, at: *at };
                return self.put(opened, &received, place, |_| Shown::Made(record.clone()));
            }
            Record::Correct(act) if act.field == "access" => return self.moved(opened, act),
            Record::Correct(Correct { id, node, access, .. }) | Record::Erased(Erased { id, node, access, .. }) => {
                let sees = self.sees(id.as_str(), node.as_deref());
                if !sees && of_scope(*access) {
                    self.untold.entry(id.0.clone()).or_default().push(place);
                }
                sees && of_scope(*access)
            }
            Record::Relate(act) => {
                let both = [&act.id, &act.target].iter().all(|id| self.sees(id.as_str(), None));
                let issued = [&act.id, &act.target].iter().any(|id| self.sees(id.as_str(), act.node.as_deref()));
                both && issued && of_scope(act.access)
            }
            Record::Withdraw(act) => match &act.origin {
                Some(origin) => self.sees_record(act.id.as_str(), origin),
                None => self.sees(act.id.as_str(), act.node.as_deref()),
            },
            Record::Redact(act) => self.sees(act.id.as_str(), act.node.as_deref()),
        };
        Ok((shown, Vec::new()))
    }

    fn put(
        &mut self,
        opened: &Opened,
        received: &Received<'_>,
        place: Place,
        opened_to: impl FnOnce(Access) -> Shown<'static>,
    ) -> Result<(bool, Beside), AppError> {
        let Received { id, origin, at, .. } = *received;
        let stated = received.stated.unwrap_or_default();
        let moves = self.moves.get(id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let moved = moves.iter().rev().find(|(node, _)| reaches(node.as_deref(), origin, self.own));
        let access = moved.map_or(stated, |(_, access)| *access);
        let before = self.enter(id.as_str(), origin, access, place);
        if access > self.scope {
            let saw = before.is_some_and(|access| access <= self.scope);
            // Whoever puts it says so of what it issued.
            let gone = saw.then(|| left(id, origin, at, node_of(origin)));
            return Ok((false, gone.into_iter().collect()));
        }
        let open = stated <= self.scope;
        let mut beside: Beside = (!open).then(|| opened_to(access)).into_iter().collect();
        beside.extend(self.told_late(opened, id)?);
        Ok((open, beside))
    }

    /// A correction of who may read a document.
    fn moved(&mut self, opened: &Opened, act: &Correct) -> Result<(bool, Beside), AppError> {
        let held = self.documents.get(act.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let reached = held.iter().filter(|held| reaches(act.node.as_deref(), &held.origin, self.own));
        let reached: Vec<(Arc<str>, Place)> = reached.map(|held| (held.origin.clone(), held.place)).collect();
        let access: Access = serde_json::from_value(act.value.clone()).unwrap_or_default();
        self.moves.entry(act.id.0.clone()).or_default().push((act.node.clone(), access));
        let (mut stays, mut made) = (false, Vec::new());
        for (origin, place) in reached {
            let before = self.enter(act.id.as_str(), &origin, access, place);
            match (before.is_some_and(|access| access <= self.scope), access <= self.scope) {
                (true, true) => stays = true,
                (true, false) => made.push(left(&act.id, &origin, act.at, act.node.as_deref().unwrap_or(self.own))),
                (false, true) => {
                    match opened.shelf.read(place)? {
                        Record::Put(put) => made.push(opened_to(*put, access)),
                        erased @ Record::Erased(_) => made.push(Shown::Made(erased)),
                        _ => {}
                    }
                    made.extend(self.told_late(opened, &act.id)?);
                }
                (false, false) => {}
            }
        }
        Ok((stays, made))
    }

    /// What was corrected of a document before the asker could see it.
    fn told_late(&mut self, opened: &Opened, id: &DocumentId) -> Result<Beside, AppError> {
        let Shelf::Journal(journal) = &opened.shelf else { return Ok(Vec::new()) };
        let places = self.untold.remove(id.as_str()).unwrap_or_default();
        let told = |place| Ok(Shown::AsItStands(journal.read_line(place)?.into(), journal.read(place)?));
        places.into_iter().map(told).collect()
    }

    /// Notes the access of a record; answers what it was before.
    fn enter(&mut self, id: &str, origin: &str, access: Access, place: Place) -> Option<Access> {
        let origin = self.name(origin);
        let node = self.name(node_of(&origin));
        let group = self.groups.entry(group_of(id).to_string()).or_default();
        match group.iter_mut().find(|(known, _)| *known == node) {
            Some((_, widest)) => *widest = (*widest).min(access),
            None => group.push((node, access)),
        }
        let held = self.documents.entry(id.to_string()).or_default();
        match held.iter_mut().find(|held| held.origin == origin) {
            Some(held) => {
                held.place = place;
                Some(std::mem::replace(&mut held.access, access))
            }
            None => {
                held.push(Held { origin, access, place });
                None
            }
        }
    }

    fn name(&mut self, text: &str) -> Arc<str> {
        if let Some(name) = self.names.get(text) {
            return name.clone();
        }
        let name: Arc<str> = text.into();
        self.names.insert(text.to_string(), name.clone());
        name
    }

    /// Whether the asker sees the record of a document that came from one origin.
    fn sees_record(&self, id: &str, origin: &str) -> bool {
        let held = self.documents.get(id).into_iter().flatten();
        held.filter(|held| &*held.origin == origin).any(|held| held.access <= self.scope)
    }

    /// Whether the asker sees a document, or anything of an instrument, of what an act of `node` has a say about.
    fn sees(&self, id: &str, node: Option<&str>) -> bool {
        let open = |origin: &str, access: Access| access <= self.scope && reaches(node, origin, self.own);
        match self.documents.get(id) {
            Some(held) => held.iter().any(|held| open(&held.origin, held.access)),
            None => self
                .groups
                .get(group_of(id))
                .is_some_and(|nodes| nodes.iter().any(|(node, access)| open(node, *access))),
        }
    }
}

/// What a scope gets of a record that is no longer for it. It names the node that made it so, and the one record.
fn left(id: &DocumentId, origin: &str, at: jiff::Timestamp, node: &str) -> Shown<'static> {
    let reason = "不再向此范围公开".to_string();
    let (origin, node) = (Some(origin.to_string()), Some(node.to_string()));
    Shown::Made(Record::Withdraw(Withdraw { v: RECORD_FORMAT, id: id.clone(), origin, at, node, reason }))
}

/// A record as a scope gets it that may read it because of a correction.
fn opened_to(mut put: Put, access: Access) -> Shown<'static> {
    put.document.access = Some(access);
    put.digest = Put::digest_of(&put.document);
    Shown::Made(Record::Put(Box::new(put)))
}
