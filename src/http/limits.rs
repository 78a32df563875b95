//! How much one client may ask for: a bucket of requests for each address, filled again as time goes by. This machine itself, and a
//! proxy on it that was not named, have none: they would hold everybody back at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Requests that a client may make at once: a page with everything that it loads, many times over.
const BURST: f64 = 240.0;

/// Requests a second that a client may make for ever.
const PER_SECOND: f64 = 40.0;

/// Proposals that a client may make at once, and in a day for ever.
const PROPOSALS: f64 = 10.0;

/// As [`PROPOSALS`], of everybody in one neighbourhood: who has many addresses mostly has them side by side.
const PROPOSALS_NEARBY: f64 = 100.0;

const DAY_SECONDS: f64 = 86_400.0;

/// Addresses that are remembered. Whoever asks little is forgotten first.
const CLIENTS_MAX: usize = 20_000;

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Bucket {
    fn filled(self, limits: &Limits, now: Instant) -> f64 {
        (self.left + now.saturating_duration_since(self.at).as_secs_f64() * limits.per_second).min(limits.burst)
    }
}

/// The buckets of all clients.
pub struct Limits {
    /// What counts as one client.
    one: fn(IpAddr) -> IpAddr,
    burst: f64,
    per_second: f64,
    clients: Mutex<HashMap<IpAddr, Bucket>>,
}

impl Limits {
    /// Requests of any kind.
    pub fn of_requests() -> Limits {
        Limits { one: network, burst: BURST, per_second: PER_SECOND, clients: Mutex::default() }
    }

    /// Proposals of the public.
    pub fn of_proposals() -> Limits {
        Limits { one: network, burst: PROPOSALS, per_second: PROPOSALS / DAY_SECONDS, clients: Mutex::default() }
    }

    /// Proposals of a neighbourhood.
    pub fn of_proposals_nearby() -> Limits {
        Limits {
            one: neighbourhood,
            burst: PROPOSALS_NEARBY,
            per_second: PROPOSALS_NEARBY / DAY_SECONDS,
            clients: Mutex::default(),
        }
    }

    /// Takes one request of a client; whether there was one left.
    pub fn take(&self, client: Option<IpAddr>, now: Instant) -> bool {
        let Some(client) = client.map(self.one).filter(|client| !client.is_loopback()) else { return true };
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if clients.len() >= CLIENTS_MAX && !clients.contains_key(&client) {
            clients.retain(|_, bucket| bucket.filled(self, now) < self.burst);
            // All of them ask much: a flood from everywhere. It is met by the bounds of the server, not by memory.
            if clients.len() >= CLIENTS_MAX {
                return true;
            }
        }
        let bucket = clients.entry(client).or_insert(Bucket { left: self.burst, at: now });
        let left = bucket.filled(self, now);
        *bucket = Bucket { left: (left - 1.0).max(0.0), at: now };
        left >= 1.0
    }
}

/// What counts as one client: an address, or the network of 64 bits that one has under IPv6.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        address => address,
    }
}

/// Who is near: 256 addresses of IPv4, or the network of 48 bits that a customer has under IPv6.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        address if address.is_loopback() => address,
        IpAddr::V4(address) => IpAddr::V4((address.to_bits() >> 8 << 8).into()),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 80 << 80).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn whoever_asks_too_much_waits_and_nobody_else_does() {
        let (limits, now) = (Limits::of_requests(), Instant::now());
        let taken = (0..400).filter(|_| limits.take(address("192.0.2.1"), now)).count();
        assert_eq!(taken, BURST as usize);
        assert!(limits.take(address("192.0.2.2"), now));
        let later = now + Duration::from_secs(1);
        assert_eq!((0..400).filter(|_| limits.take(address("192.0.2.1"), later)).count(), PER_SECOND as usize);
        assert_eq!((0..400).filter(|_| limits.take(address("127.0.0.1"), now)).count(), 400);
        assert_eq!((0..400).filter(|_| limits.take(None, now)).count(), 400);
    }

    #[test]
    fn a_client_proposes_ten_times_a_day() {
        let (limits, now) = (Limits::of_proposals(), Instant::now());
        let taken = |now| (0..50).filter(|_| limits.take(address("192.0.2.1"), now)).count();
        assert_eq!((taken(now), taken(now + Duration::from_secs(86_400 / 2))), (10, 5));
    }

    #[test]
    fn many_addresses_side_by_side_fill_no_queue() {
        let (limits, nearby, now) = (Limits::of_proposals(), Limits::of_proposals_nearby(), Instant::now());
        let take = |text: String| limits.take(address(&text), now) && nearby.take(address(&text), now);
        assert_eq!((0..4000).filter(|at| take(format!("2001:db8:7:{at:x}::1"))).count(), 100);
        assert_eq!((0..250).filter(|at| take(format!("192.0.2.{at}"))).count(), 100);
        assert!(take("2001:db8:8::1".to_string()) && take("198.51.100.1".to_string()));
    }

    #[test]
    fn a_network_of_one_client_is_one_client() {
        let (limits, now) = (Limits::of_requests(), Instant::now());
        let each = (0..400).map(|at| address(&format!("2001:db8::{at:x}")));
        assert_eq!(each.filter(|one| limits.take(*one, now)).count(), BURST as usize);
        assert!(limits.take(address("2001:db8:0:1::1"), now));
    }

    #[test]
    fn memory_has_a_bound() {
        let (limits, now) = (Limits::of_requests(), Instant::now());
        for at in 0..CLIENTS_MAX as u32 + 500 {
            limits.take(Some(IpAddr::V4((0x0a00_0000 + at).into())), now + Duration::from_secs(u64::from(at) / 1000));
        }
        assert!(limits.clients.lock().unwrap().len() <= CLIENTS_MAX);
    }
}
