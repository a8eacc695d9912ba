//! Lets callers in.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{Extensions, HeaderMap, HeaderName, header};
use tokio::sync::watch;
use tokio::time::Instant;

use super::caller::{Anybody, Caller, Denied, key_of};
use super::key::{Key, Keys};
use super::rate::{Rate, RateLimits, Subscriber};

/// The address at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// In which a proxy names the addresses that a request came through, the nearest last.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Knows the keys, and counts.
pub(crate) struct Door {
    keys: watch::Sender<Arc<Keys>>,
    reading_is_open: bool,
    proxies: Vec<IpAddr>,
    of_keys: Rate<String>,
    of_addresses: Rate<Subscriber>,
}

/// Asked too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooOften {
    /// How long to wait.
    pub(crate) wait: Duration,
    /// What counted, in the words of the metrics.
    pub(crate) by: &'static str,
}

impl TooOften {
    /// How long to wait, in whole seconds, at least one.
    pub(crate) fn seconds(self) -> u64 {
        let part = u64::from(self.wait.subsec_nanos() > 0);
        (self.wait.as_secs() + part).max(1)
    }
}

/// Sees when a caller loses its key.
#[derive(Debug)]
pub(crate) struct Watch {
    keys: watch::Receiver<Arc<Keys>>,
    caller: Caller,
    reading_is_open: bool,
}

impl Door {
    /// A door for the holders of `keys`, and for others where there are none or where `reading_is_open`. What comes
    /// through `proxies` counts for the address that the nearest of them names.
    pub(crate) fn new(
        keys: Vec<Key>,
        reading_is_open: bool,
        proxies: Vec<IpAddr>,
        limits: &RateLimits,
    ) -> Self {
        Self {
            keys: watch::Sender::new(Arc::new(Keys::new(keys))),
            reading_is_open,
            proxies,
            of_keys: Rate::new(limits.key),
            of_addresses: Rate::new(limits.address),
        }
    }

    /// From now on these are the keys. Streams of those whose key is gone end.
    pub(crate) fn set_keys(&self, keys: Vec<Key>) {
        self.keys.send_replace(Arc::new(Keys::new(keys)));
    }

    /// Who sent a request with `headers`.
    pub(crate) fn caller(&self, headers: &HeaderMap) -> Result<Caller, Denied> {
        match headers.get(header::AUTHORIZATION) {
            None => Ok(self.nobody()),
            Some(it) => self.holder(it.to_str().map_err(|_| Denied::UnknownKey)?),
        }
    }

    /// Who names the key that stands in `authorization`.
    pub(crate) fn holder(&self, authorization: &str) -> Result<Caller, Denied> {
        let keys = Arc::clone(&self.keys.borrow());
        let key = key_of(authorization).and_then(|it| keys.find(&it)).ok_or(Denied::UnknownKey)?;
        Ok(Caller { key: Some(key), anybody: anybody(&keys, self.reading_is_open) })
    }

    /// Somebody who named no key.
    pub(crate) fn nobody(&self) -> Caller {
        Caller { key: None, anybody: anybody(&self.keys.borrow(), self.reading_is_open) }
    }

    /// Whom a request counts for that came with `headers` and `extensions`.
    pub(crate) fn address(&self, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
        let Peer(peer) = *extensions.get::<Peer>()?;
        if !self.proxies.contains(&peer) {
            return Some(peer);
        }
        let named = headers.get_all(FORWARDED).iter().filter_map(|it| it.to_str().ok());
        let mut named: Vec<&str> = named.flat_map(|it| it.split(',')).map(str::trim).collect();
        while let Some(last) = named.pop() {
            match last.parse() {
                Ok(address) if self.proxies.contains(&address) => {}
                Ok(address) => return Some(address),
                // Whatever stands before it may be made up.
                Err(_) => break,
            }
        }
        Some(peer)
    }

    /// Counts a request of `caller`, from `address`.
    pub(crate) fn count(&self, caller: &Caller, address: Option<IpAddr>) -> Result<(), TooOften> {
        let now = Instant::now();
        match (&caller.key, address) {
            (Some(key), _) => {
                let taken = self.of_keys.take(key.name.clone(), now);
                taken.map_err(|wait| TooOften { wait, by: "rate_of_key" })
            }
            (None, Some(address)) => self.count_address(address, now),
            (None, None) => Ok(()),
        }
    }

    /// Counts a request from `address` that named a key which nobody has.
    pub(crate) fn count_stranger(&self, address: Option<IpAddr>) -> Result<(), TooOften> {
        address.map_or(Ok(()), |it| self.count_address(it, Instant::now()))
    }

    fn count_address(&self, address: IpAddr, now: Instant) -> Result<(), TooOften> {
        let taken = self.of_addresses.take(address.into(), now);
        taken.map_err(|wait| TooOften { wait, by: "rate_of_address" })
    }

    /// A watch over what `caller` may do.
    pub(crate) fn watch(&self, caller: Caller) -> Watch {
        let keys = self.keys.subscribe();
        Watch { keys, caller, reading_is_open: self.reading_is_open }
    }
}

impl Watch {
    /// Done when the caller may no longer come in as it did.
    pub(crate) async fn lost(&mut self) -> Denied {
        loop {
            let keys = Arc::clone(&self.keys.borrow_and_update());
            match &self.caller.key {
                Some(key) if !keys.has(key) => return Denied::UnknownKey,
                Some(_) => {}
                None => {
                    let anybody = anybody(&keys, self.reading_is_open);
                    let now = Caller { key: None, anybody };
                    if let Err(denied) = now.may_come_in() {
                        return denied;
                    }
                }
            }
            if self.keys.changed().await.is_err() {
                // The service is gone, and its streams with it.
                std::future::pending::<()>().await;
            }
        }
    }
}

fn anybody(keys: &Keys, reading_is_open: bool) -> Anybody {
    match (keys.is_empty(), reading_is_open) {
        (true, _) => Anybody::Reads,
        (false, true) => Anybody::ReadsBesideKeys,
        (false, false) => Anybody::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_that_is_trusted_may_say_who_asks() {
        let proxies = vec!["192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap()];
        let door = Door::new(Vec::new(), false, proxies, &RateLimits::default());
        for (peer, forwarded, wanted) in [
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("192.0.2.1", "198.51.100.1", "198.51.100.1"),
            ("192.0.2.1", "10.0.0.1, 198.51.100.1", "198.51.100.1"),
            ("192.0.2.1", "198.51.100.1, 192.0.2.2", "198.51.100.1"),
            ("192.0.2.1", "198.51.100.1, unknown", "192.0.2.1"),
            ("192.0.2.1", "", "192.0.2.1"),
        ] {
            let (mut headers, mut extensions) = (HeaderMap::new(), Extensions::new());
            headers.insert(FORWARDED, forwarded.parse().unwrap());
            extensions.insert(Peer(peer.parse().unwrap()));
            let found = door.address(&headers, &extensions);
            assert_eq!(found, Some(wanted.parse().unwrap()), "{peer} {forwarded}");
        }
    }
}
