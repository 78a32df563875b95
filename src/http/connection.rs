//! Connections: as many as the machine bears, and none that only holds its place.

use super::limits::network;
use super::tls::Wire;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep};
use tokio_rustls::TlsAcceptor;

/// Open connections at most; more wait in the kernel's queue.
const CONNECTIONS_MAX: usize = 768;

/// Open connections of one client at most: an office behind one address has enough, and nobody takes all.
const PER_CLIENT_MAX: usize = 256;

/// How long a new connection may take until its first request begins, handshake included.
const FIRST_MAX: Duration = Duration::from_secs(10);

/// How long a connection may be silent while no request of it is being answered.
const IDLE_MAX: Duration = Duration::from_secs(30);

/// Listens, with a bound on open connections.
pub struct BoundedListener {
    inner: TcpListener,
    places: Arc<Semaphore>,
    clients: Arc<Clients>,
    idle: Duration,
    tls: Option<TlsAcceptor>,
}

/// How many connections each client has open. This machine itself and proxies bring those of many.
#[derive(Default)]
struct Clients {
    open: Mutex<HashMap<IpAddr, usize>>,
    proxies: Vec<IpAddr>,
}

impl Clients {
    /// Counts one connection more, unless its client has as many as it may.
    fn admit(self: &Arc<Clients>, address: IpAddr) -> Option<Counted> {
        let address = address.to_canonical();
        if address.is_loopback() || self.proxies.contains(&address) {
            return Some(Counted { clients: self.clone(), client: None });
        }
        let client = network(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(client).or_default();
        if *count >= PER_CLIENT_MAX {
            return None;
        }
        *count += 1;
        Some(Counted { clients: self.clone(), client: Some(client) })
    }
}

/// A connection that counts until it is dropped.
struct Counted {
    clients: Arc<Clients>,
    client: Option<IpAddr>,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let Some(client) = self.client else { return };
        let mut open = self.clients.open.lock().unwrap_or_else(PoisonError::into_inner);
        match open.get_mut(&client) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&client)),
        }
    }
}

impl BoundedListener {
    /// Bounds a listener, whose connections are encrypted with `tls`.
    pub fn new(inner: TcpListener, tls: Option<TlsAcceptor>, proxies: Vec<IpAddr>) -> Self {
        let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        let clients = Arc::new(Clients { proxies, ..Clients::default() });
        BoundedListener { inner, places, clients, idle: IDLE_MAX, tls }
    }
}

/// What the other end of a connection is known by. Its address goes into the audit log, and nowhere else.
#[derive(Clone, Debug, Default)]
pub struct Peer {
    /// Its address.
    pub address: Option<IpAddr>,
    /// Whether the connection is encrypted.
    pub encrypted: bool,
    /// How many of its requests are being answered.
    answering: Arc<AtomicUsize>,
}

/// A request being answered: its connection is not idle until this is dropped.
pub struct Answering(Arc<AtomicUsize>);

impl Peer {
    /// Marks the connection as busy.
    pub fn begin(&self) -> Answering {
        self.answering.fetch_add(1, Relaxed);
        Answering(self.answering.clone())
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

impl Connected<IncomingStream<'_, BoundedListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, BoundedListener>) -> Self {
        stream.remote_addr().clone()
    }
}

impl Listener for BoundedListener {
    type Io = Watched;
    type Addr = Peer;

    async fn accept(&mut self) -> (Watched, Peer) {
        loop {
            // The semaphore is never closed; if it were, there would be no bound and still a server.
            let place = self.places.clone().acquire_owned().await.ok();
            match self.inner.accept().await {
                Ok((stream, address)) => {
                    let Some(counted) = self.clients.admit(address.ip()) else { continue };
                    // Answers are small and whole; waiting to fill a packet would only delay them.
                    let _ = stream.set_nodelay(true);
                    let answering = Arc::new(AtomicUsize::new(0));
                    let (address, encrypted) = (Some(address.ip()), self.tls.is_some());
                    let peer = Peer { address, encrypted, answering: answering.clone() };
                    let wire = Wire::of(stream, self.tls.as_ref());
                    return (Watched::new(wire, self.idle, answering, (place, counted)), peer);
                }
                // Out of file handles or memory: give the machine time.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<Peer> {
        self.inner.local_addr().map(|_| Peer::default())
    }
}

/// A connection that is closed when nothing moves on it for too long.
pub struct Watched {
    stream: Wire,
    idle: Duration,
    alarm: Pin<Box<Sleep>>,
    answering: Arc<AtomicUsize>,
    _held: Held,
}

/// What a connection holds while it is open.
type Held = (Option<OwnedSemaphorePermit>, Counted);

impl Watched {
    fn new(stream: Wire, idle: Duration, answering: Arc<AtomicUsize>, held: Held) -> Self {
        // A handshake moves nothing that is read here, so it cannot put the alarm off.
        let alarm = Box::pin(tokio::time::sleep(idle.min(FIRST_MAX)));
        Watched { stream, idle, alarm, answering, _held: held }
    }

    /// What a read or write answers: itself if it moved something, an error once nothing moved for too long.
    fn watched<T>(&mut self, moved: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        let until = Instant::now() + self.idle;
        if moved.is_ready() {
            self.alarm.as_mut().reset(until);
            return moved;
        }
        while self.alarm.as_mut().poll(context).is_ready() {
            if self.answering.load(Relaxed) == 0 {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.alarm.as_mut().reset(until);
        }
        Poll::Pending
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let moved = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.watched(moved, context)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watched(moved, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.watched(moved, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    /// Accepts one connection, reads from it, and answers what the reading ended with and after how long.
    fn reading_ends(busy: bool) -> Result<(io::ErrorKind, Duration), tokio::time::error::Elapsed> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let inner = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let address = inner.local_addr().expect("an address");
            let mut listener =
                BoundedListener { idle: Duration::from_millis(50), ..BoundedListener::new(inner, None, Vec::new()) };
            let client = std::net::TcpStream::connect(address).expect("it listens");
            let (mut stream, peer) = listener.accept().await;
            let _answering = busy.then(|| peer.begin());
            let began = Instant::now();
            let mut buffer = [0; 8];
            let mut buffer = ReadBuf::new(&mut buffer);
            let read = std::future::poll_fn(|context| Pin::new(&mut stream).poll_read(context, &mut buffer));
            let ended = tokio::time::timeout(Duration::from_millis(400), read).await;
            drop(stream);
            let _ = (&client).read(&mut [0; 1]);
            ended.map(|ended| (ended.expect_err("nothing was sent").kind(), began.elapsed()))
        })
    }

    #[test]
    fn one_client_has_its_share_of_connections_and_gives_them_back() {
        let clients = Arc::new(Clients { proxies: vec!["192.0.2.9".parse().unwrap()], ..Clients::default() });
        let admitted = |address: &str| {
            let address = address.parse().expect("an address");
            (0..400).filter_map(|_| clients.admit(address)).collect::<Vec<Counted>>()
        };
        let held = admitted("192.0.2.1");
        assert_eq!((held.len(), admitted("::ffff:192.0.2.1").len(), admitted("192.0.2.2").len()), (256, 0, 256));
        assert_eq!((admitted("127.0.0.1").len(), admitted("192.0.2.9").len()), (400, 400));
        drop(held);
        assert_eq!(admitted("192.0.2.1").len(), 256);
        assert!(clients.open.lock().unwrap().is_empty());
    }

    #[test]
    fn a_silent_connection_is_closed_unless_its_request_is_being_answered() {
        let (kind, after) = reading_ends(false).expect("it ends");
        assert!(kind == io::ErrorKind::TimedOut && after >= Duration::from_millis(50), "{kind} {after:?}");
        assert!(reading_ends(true).is_err(), "a connection whose request is being answered was closed");
    }
}
