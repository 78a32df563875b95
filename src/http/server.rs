//! Starts and stops the server.

use super::clock;
use super::connection::{BoundedListener, Peer};
use super::guard::Guard;
use super::routes;
use super::state::Server;
use super::tls::{Certificate, TlsFiles};
use crate::app::desk::Round;
use crate::app::provider::{Provider, ProviderSettings};
use crate::app::service::Service;
use crate::app::{Access, Address, AppError, ErrorCode, Faju, IndexState, Settings};
use jiff::civil::Date;
use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How often commits of other processes are looked for; they must be seen within 200 ms.
const REFRESH_INTERVAL: Duration = Duration::from_millis(50);

/// How long requests that have begun may go on after the server was told to stop.
const STOP_GRACE: Duration = Duration::from_secs(10);

/// How often the files of the certificate are looked at.
const CERTIFICATE_INTERVAL: Duration = Duration::from_secs(2);

/// How often it is looked whether something that people watch has changed, or a notice waits to be sent.
const WATCH_INTERVAL: Duration = Duration::from_secs(3);

/// How long nothing was written before the index is made again: ten imports one after the other are taken up together, and
/// none of them finds the lock taken.
const GROWTH_QUIET: Duration = Duration::from_secs(60);

/// How long after a failure the index is not made again.
const GROWTH_PAUSE: Duration = Duration::from_secs(60);

/// How a server is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The widest access it shows.
    pub access: Access,
    /// Whether write routes are open until the first account is made.
    pub allow_import: bool,
    /// Addresses of proxies whose word about the client is believed.
    pub proxies: Vec<IpAddr>,
    /// Certificate and key, where the server itself encrypts.
    pub tls: Option<TlsFiles>,
    /// Addresses below which people may have notices sent.
    pub webhooks: Vec<Address>,
    /// The identity provider at which people may sign in.
    pub provider: Option<ProviderSettings>,
}

impl Options {
    /// Without accounts, whoever reaches the server may do what it allows; so what is not for everybody needs an
    /// address that only this machine reaches.
    fn check(&self, guarded: bool) -> Result<(), AppError> {
        let wrong = |name: &str, why: &str| Err(AppError::parameter(ErrorCode::InvalidParameter, name, why));
        if self.listen.ip().is_loopback() || guarded {
            return Ok(());
        }
        if self.access != Access::Public {
            return wrong(
                "access",
                "非公开内容只能在本机地址（127.0.0.1、[::1]）上提供；请改 --listen 或去掉 --access",
            );
        }
        if self.allow_import {
            return wrong("allow-import", "只能在本机地址（127.0.0.1、[::1]）上开放写入；请改 --listen");
        }
        Ok(())
    }
}

/// Serves until the process is told to stop (SIGTERM, SIGINT). Calls `listening` with the address once it is bound.
///
/// # Errors
/// Options that contradict each other, an address that cannot be bound, a data directory that cannot be opened.
pub fn serve(settings: Settings, options: Options, listening: impl FnOnce(SocketAddr)) -> Result<(), AppError> {
    let service = Service::of(&settings.data);
    options.check(service.is_guarded()?)?;
    log();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| AppError::new(ErrorCode::Internal, format!("不能启动服务：{error}")))?;
    let served = runtime.block_on(run(settings, options, service, listening));
    // Work behind a time-out may still be running; what it writes is safe to break off at any moment.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

/// Structured logs on standard error: only what this program names itself, never what a library says about a request.
/// A panic message may quote a text, so only its place is written.
fn log() {
    use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};
    let lines = tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(std::io::stderr);
    let ours = Targets::new().with_target("faju", tracing::Level::INFO);
    // A second server in one process (in a test) keeps the first one's log.
    let _ = tracing_subscriber::registry().with(lines).with(ours).try_init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        tracing::error!(place, "panic");
    }));
}

async fn run(
    settings: Settings,
    options: Options,
    service: Service,
    listening: impl FnOnce(SocketAddr),
) -> Result<(), AppError> {
    let cannot_listen = |error| {
        AppError::parameter(ErrorCode::InvalidParameter, "listen", format!("不能监听 {}：{error}", options.listen))
    };
    let mut stop = stop_signal()?;
    let certificate = options.tls.map(Certificate::read).transpose()?;
    let acceptor = certificate.as_ref().map(Certificate::acceptor).transpose()?;
    let listener = TcpListener::bind(options.listen).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    let guard = Guard { local_only: options.access != Access::Public };
    let mut server = Server::new(options.access, options.allow_import, guard, service);
    (server.proxies, server.webhooks) = (options.proxies.clone(), options.webhooks);
    server.provider = options.provider.map(Provider::of).transpose()?;
    let server = Arc::new(server);
    let service = routes::router(server.clone()).into_make_service_with_connect_info::<Peer>();
    let mut graceful = stop.clone();
    let serving = axum::serve(BoundedListener::new(listener, acceptor, options.proxies), service)
        .with_graceful_shutdown(async move { told(&mut graceful).await });
    let mut serving = tokio::spawn(serving.into_future());
    tracing::info!(%address, "listening");
    listening(address);

    let opening = tokio::task::spawn_blocking(move || Faju::open(settings));
    let app = tokio::select! {
        opened = opening => Some(Arc::new(opened.map_err(|_| broken())??)),
        () = told(&mut stop) => None,
    };
    if let Some(app) = app {
        server.open(app.clone());
        tracing::info!(sample = app.is_sample(), "ready");
        let ended = Arc::new(AtomicBool::new(false));
        refresh(&app, &server, certificate, &ended);
        told(&mut stop).await;
        ended.store(true, Ordering::Relaxed);
    }
    tracing::info!("stopping");
    if tokio::time::timeout(STOP_GRACE, &mut serving).await.is_err() {
        tracing::warn!(seconds = STOP_GRACE.as_secs(), "requests were broken off");
    }
    tracing::info!("stopped");
    Ok(())
}

fn broken() -> AppError {
    AppError::new(ErrorCode::Internal, "打开数据时程序出错")
}

/// Turns true when the process is told to stop.
fn stop_signal() -> Result<watch::Receiver<bool>, AppError> {
    let cannot = |error| AppError::new(ErrorCode::Internal, format!("不能接收停止信号：{error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(cannot)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(cannot)?;
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        let _ = tell.send(true);
        // Keeps the channel open: a closed one would look like a stop that nobody asked for.
        std::future::pending::<()>().await;
    });
    Ok(told)
}

async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Starts to look for commits of other processes, until the process ends or `stop` is set. On a thread of its own: jobs that
/// came so often would keep every thread alive that a burst of requests has begun.
fn refresh(app: &Arc<Faju>, server: &Arc<Server>, certificate: Option<Certificate>, stop: &Arc<AtomicBool>) {
    let (app, server, stop) = (app.clone(), server.clone(), stop.clone());
    let looking = move || {
        let mut refreshing = Refreshing { certificate, ..Refreshing::default() };
        while !stop.load(Ordering::Relaxed) {
            refreshing.once(&app, &server);
            std::thread::sleep(REFRESH_INTERVAL);
        }
    };
    if let Err(error) = std::thread::Builder::new().name("refresh".to_string()).spawn(looking) {
        tracing::error!(%error, "commits of other processes are not seen");
    }
}

/// What was seen of commits so far.
struct Refreshing {
    /// Whether the last look failed: a failure is logged once until it is over.
    failing: bool,
    /// The cursor whose citations were read.
    warm: Option<String>,
    warming: Arc<Busy>,
    growing: Arc<Busy>,
    /// The cursor, and since when it is the same.
    quiet: (String, Instant),
    watching: Arc<Busy>,
    /// Cursor and day of the last look at what people watch.
    watched: Arc<Mutex<(String, Option<Date>)>>,
    /// When that was thought of last.
    considered: Instant,
    certificate: Option<Certificate>,
    /// When its files were looked at last.
    certified: Instant,
}

impl Default for Refreshing {
    fn default() -> Refreshing {
        let (quiet, certificate, certified) = ((String::new(), Instant::now()), None, Instant::now());
        Refreshing {
            failing: false,
            warm: None,
            warming: Arc::default(),
            growing: Arc::default(),
            watching: Arc::default(),
            watched: Arc::default(),
            considered: Instant::now(),
            quiet,
            certificate,
            certified,
        }
    }
}

impl Refreshing {
    fn once(&mut self, app: &Arc<Faju>, server: &Arc<Server>) {
        let looked = || app.refresh().and_then(|()| app.state());
        // A panic must not end the looking.
        let looked = catch_unwind(AssertUnwindSafe(looked)).unwrap_or_else(|_| Err(broken()));
        match looked {
            Ok(state) => {
                self.failing = false;
                server.set_ready(true);
                server.metrics.set_documents(state.documents);
                self.warm(app, server, &state.cursor);
                self.purge(app);
                self.grow(app, &state);
                self.watch(app, server, state.cursor);
            }
            Err(error) => {
                server.set_ready(false);
                server.metrics.refresh_failed();
                if !std::mem::replace(&mut self.failing, true) {
                    tracing::error!(code = error.code.name(), "refresh failed");
                }
            }
        }
        self.certify();
        if let Err(error) = app.refresh_synonyms() {
            // The line in an operator's file; told once for each change of it.
            tracing::error!(code = error.code.name(), detail = error.detail, "synonyms were not renewed");
        }
    }

    /// Takes a renewed certificate into use.
    fn certify(&mut self) {
        let Some(certificate) = self.certificate.as_ref().filter(|_| self.certified.elapsed() >= CERTIFICATE_INTERVAL)
        else {
            return;
        };
        self.certified = Instant::now();
        match certificate.refresh() {
            Ok(true) => tracing::info!("certificate renewed"),
            Ok(false) => {}
            Err(error) => tracing::error!(code = error.code.name(), detail = error.detail, "certificate not renewed"),
        }
    }

    /// Reads what was committed beside the searches, so that none has to wait for its citations. One at a time: commits that
    /// come faster are read together.
    fn warm(&mut self, app: &Arc<Faju>, server: &Server, cursor: &str) {
        if self.warm.as_deref() == Some(cursor) {
            return;
        }
        let (app, asker) = (app.clone(), server.widest_asker());
        // Whoever asks meets the same error, if there is one.
        if self.warming.begin(move || drop(app.warm(&asker))) {
            self.warm = Some(cursor.to_string());
        }
    }

    /// Looks at what people watch after a commit and at the turn of a day, and sends what was noticed.
    fn watch(&mut self, app: &Arc<Faju>, server: &Arc<Server>, cursor: String) {
        if self.considered.elapsed() < WATCH_INTERVAL || !server.is_guarded() {
            return;
        }
        self.considered = Instant::now();
        let (app, server, watched) = (app.clone(), server.clone(), self.watched.clone());
        self.watching.begin(move || {
            if let Err(error) = watch(&app, &server, &watched, cursor) {
                tracing::error!(code = error.code.name(), detail = error.detail, "what people watch was not looked at");
            }
        });
    }

    /// Makes the index again after something was erased, at once.
    fn purge(&mut self, app: &Arc<Faju>) {
        if !app.holds_erased() {
            return;
        }
        let app = app.clone();
        self.growing.begin(move || match app.purge() {
            Ok(true) => tracing::info!("index made again without what was erased"),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(
                    code = error.code.name(),
                    detail = error.detail,
                    "files of the index hold what was erased"
                );
                std::thread::sleep(GROWTH_PAUSE);
            }
        });
    }

    /// Makes the index again when new words wait and nobody writes. The server need not wait for it to stop, since an index
    /// that was not finished is not used.
    fn grow(&mut self, app: &Arc<Faju>, state: &IndexState) {
        if self.quiet.0 != state.cursor {
            self.quiet = (state.cursor.clone(), Instant::now());
        }
        if !state.growth.waits() || self.quiet.1.elapsed() < GROWTH_QUIET {
            return;
        }
        let app = app.clone();
        self.growing.begin(move || match app.grow() {
            Ok(true) => tracing::info!("index made again with the words of new titles"),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(code = error.code.name(), detail = error.detail, "new words are not in the index");
                std::thread::sleep(GROWTH_PAUSE);
            }
        });
    }
}

/// One look at what people watch, unless nothing can be new; then what waits is sent.
fn watch(app: &Faju, server: &Server, watched: &Mutex<(String, Option<Date>)>, cursor: String) -> Result<(), AppError> {
    let (today, now) = (clock::today(), clock::now());
    let round = Round { app, ceiling: server.access, today, now };
    let mut last = watched.lock().unwrap_or_else(PoisonError::into_inner);
    if *last != (cursor.clone(), Some(today)) {
        server.service.look(&round)?;
        server.service.forget_contacts(now)?;
        *last = (cursor, Some(today));
    }
    server.service.deliver(&round, &server.webhooks).map(drop)
}

/// Work on a thread of its own, one at a time.
#[derive(Default)]
struct Busy(AtomicBool);

impl Busy {
    /// Begins unless it is under way; whether it did.
    fn begin(self: &Arc<Busy>, work: impl FnOnce() + Send + 'static) -> bool {
        if self.0.swap(true, Ordering::AcqRel) {
            return false;
        }
        let busy = self.clone();
        let begun = std::thread::Builder::new().spawn(move || {
            let _ = catch_unwind(AssertUnwindSafe(work));
            busy.0.store(false, Ordering::Release);
        });
        if begun.is_err() {
            self.0.store(false, Ordering::Release);
        }
        begun.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_for_everybody_needs_this_machine() {
        let check = |listen: &str, access, allow_import| {
            let options = Options {
                listen: listen.parse().unwrap(),
                access,
                allow_import,
                proxies: Vec::new(),
                tls: None,
                webhooks: Vec::new(),
                provider: None,
            };
            assert!(options.check(true).is_ok());
            options.check(false).is_ok()
        };
        for here in ["127.0.0.1:8300", "[::1]:0"] {
            assert!(check(here, Access::Internal, true), "{here}");
        }
        for out in ["0.0.0.0:8300", "[::]:80", "192.0.2.1:80"] {
            assert!(check(out, Access::Public, false), "{out}");
            assert!(!check(out, Access::Internal, false), "{out}");
            assert!(!check(out, Access::Public, true), "{out}");
        }
    }
}
