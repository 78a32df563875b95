//! What every request shares: the opened data directory, the options of the server, its counters and its gates.

use super::guard::Guard;
use super::limits::Limits;
use super::metrics::Metrics;
use super::problem::Failure;
use super::reviews::Reviewed;
use super::sealed::Seal;
use super::tasks::Tasks;
use super::work::Gate;
use crate::app::provider::Provider;
use crate::app::service::{Service, Who};
use crate::app::{Access, Address, Asker, ErrorCode, Faju, Stock};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Requests that read the stores at the same time, for each core. One computes while the other waits for a page of the
/// index; more would only take turns and make every one late.
const READERS_PER_CORE: usize = 2;

/// Requests that may wait for their turn when many come at once. Whoever comes later is told to come again, instead of waiting
/// for an answer that is too late. Less than the connections that are accepted, or nobody would ever be told.
const WAITING_MAX: usize = 256;

/// Streams of the feed at the same time: followers of a node are few.
const STREAMS: usize = 16;

/// Writes at the same time. The corpus has one writer; a second one waits here and not for its lock.
const WRITERS: usize = 1;

/// Writes that may wait for their turn, each with its body in memory.
const WRITES_WAITING_MAX: usize = 3;

/// What every request shares.
pub struct Server {
    opened: OnceLock<Arc<Faju>>,
    /// Whether the data directory could be read when it was last looked at.
    ready: AtomicBool,
    /// The widest access that this server shows.
    pub access: Access,
    /// Whether write routes are open.
    pub allow_import: bool,
    /// Whom it answers.
    pub guard: Guard,
    /// People, their rights, and the log of what was done.
    pub service: Arc<Service>,
    /// How much each client may still ask for.
    pub limits: Limits,
    /// How many proposals each client, and each neighbourhood, may still make.
    pub proposing: [Limits; 2],
    /// Where notices may be sent.
    pub webhooks: Vec<Address>,
    /// Where people may sign in beside here.
    pub provider: Option<Provider>,
    /// Seals what browsers keep while they are there.
    pub seal: Seal,
    /// Addresses whose word about the client is believed.
    pub proxies: Vec<IpAddr>,
    /// Counters.
    pub metrics: Metrics,
    /// Readers.
    pub reading: Gate,
    /// Streams of the feed. They last as long as their readers are slow, so they take no place of other readers.
    pub streaming: Gate,
    /// Writers.
    pub writing: Gate,
    /// Reviews that outlast a request.
    pub tasks: Arc<Tasks<Reviewed>>,
    /// What is held in numbers, of a day and a place in the journal.
    stock: Mutex<Vec<(Asker, String, Arc<Stock>)>>,
}

impl Server {
    /// A server whose data directory is not open yet.
    pub fn new(access: Access, allow_import: bool, guard: Guard, service: Service) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Server {
            opened: OnceLock::new(),
            ready: AtomicBool::new(true),
            access,
            allow_import,
            guard,
            service: Arc::new(service),
            limits: Limits::of_requests(),
            proposing: [Limits::of_proposals(), Limits::of_proposals_nearby()],
            webhooks: Vec::new(),
            provider: None,
            seal: Seal::default(),
            proxies: Vec::new(),
            metrics: Metrics::default(),
            reading: Gate::new(cores * READERS_PER_CORE, WAITING_MAX),
            streaming: Gate::new(STREAMS, 0),
            writing: Gate::new(WRITERS, WRITES_WAITING_MAX),
            tasks: Arc::default(),
            stock: Mutex::default(),
        }
    }

    /// Hands the opened data directory over; the server is ready.
    pub fn open(&self, app: Arc<Faju>) {
        // A second directory is never handed over.
        let _ = self.opened.set(app);
    }

    /// Notes whether the data directory can be read.
    pub fn set_ready(&self, ready: bool) {
        self.ready.store(ready, Ordering::Relaxed);
    }

    /// Whether the data directory is open and could be read when it was last looked at.
    pub fn is_ready(&self) -> Result<(), Failure> {
        self.faju()?;
        match self.ready.load(Ordering::Relaxed) {
            true => Ok(()),
            false => Err(Failure::new(ErrorCode::Overloaded, "数据目录不能读取；原因见日志")),
        }
    }

    /// The data directory, or a failure that asks to come again.
    pub fn faju(&self) -> Result<&Arc<Faju>, Failure> {
        self.opened.get().ok_or_else(|| Failure::new(ErrorCode::Overloaded, "正在打开数据，请稍候再来"))
    }

    /// Whether the fictional sample answers; not while nothing is open yet.
    pub fn is_sample(&self) -> bool {
        self.opened.get().is_some_and(|app| app.is_sample())
    }

    /// What is held in numbers: counted once a day and after every write, since it looks at everything.
    pub fn stock(&self, app: &Faju, asker: &Asker) -> Result<Arc<Stock>, Failure> {
        let cursor = app.state()?.cursor;
        let mut kept = self.stock.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(of, at, _)| of.today == asker.today && *at == cursor);
        if let Some((_, _, stock)) = kept.iter().find(|(of, _, _)| of == asker) {
            return Ok(stock.clone());
        }
        let stock = Arc::new(app.stock(asker)?);
        kept.push((asker.clone(), cursor, stock.clone()));
        Ok(stock)
    }

    /// What somebody sees, today.
    pub fn asker(&self, who: &Who) -> Asker {
        who.asker(self.access, super::clock::today())
    }

    /// What whoever is not signed in sees, today.
    pub fn widest_asker(&self) -> Asker {
        // Whether there are accounts will be asked again with every request.
        let access = if self.is_guarded() { Access::Public } else { self.access };
        Asker::of(access, super::clock::today())
    }

    /// Whether there are accounts. Where that cannot be read there are: nothing is opened by a fault.
    pub fn is_guarded(&self) -> bool {
        self.service.is_guarded().unwrap_or(true)
    }
}
