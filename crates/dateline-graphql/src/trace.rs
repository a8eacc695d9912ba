//! Names requests, so that an error in an answer can be found in the logs.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderMap;

/// Gives out trace ids in the form of W3C Trace Context: 32 hexadecimal digits, not all of them zero.
#[derive(Debug)]
pub(crate) struct TraceIds {
    instance: u64,
    next: AtomicU64,
}

impl TraceIds {
    /// Ids of a process; `instance` tells it from others and should be random.
    pub(crate) const fn new(instance: u64) -> Self {
        Self { instance, next: AtomicU64::new(1) }
    }

    /// The id of a request: that of its header `traceparent`, where it carries a good one, else a new one.
    pub(crate) fn of(&self, headers: &HeaderMap) -> String {
        headers.get("traceparent").and_then(|it| it.to_str().ok()).and_then(trace_id).map_or_else(
            || format!("{:016x}{:016x}", self.instance, self.next.fetch_add(1, Ordering::Relaxed)),
            str::to_owned,
        )
    }
}

/// The trace id in a `traceparent`: version, trace id, parent id, flags.
fn trace_id(header: &str) -> Option<&str> {
    let mut parts = header.split('-');
    let (version, id) = (parts.next()?, parts.next()?);
    let hex = |it: &str| it.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    let good = version.len() == 2
        && hex(version)
        && id.len() == 32
        && hex(id)
        && id.bytes().any(|it| it != b'0');
    good.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_of_the_caller_goes_on_and_a_bad_one_is_replaced() {
        let ids = TraceIds::new(10);
        let mut headers = HeaderMap::new();
        assert_eq!(ids.of(&headers), "000000000000000a0000000000000001");
        let theirs = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        headers.insert("traceparent", theirs.parse().unwrap());
        assert_eq!(ids.of(&headers), "4bf92f3577b34da6a3ce929d0e0e4736");
        headers.insert("traceparent", "00-<script>-x".parse().unwrap());
        assert_eq!(ids.of(&headers), "000000000000000a0000000000000002");
    }
}
