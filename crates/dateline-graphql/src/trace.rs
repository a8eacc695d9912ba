//! Names requests, so that an error in an answer can be found in the logs, and their spans.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderMap;

/// What the header `traceparent` of a request says (W3C Trace Context, version 00).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TraceParent {
    /// The trace that the request is a part of. Never zero.
    trace: u128,
    /// The span of the caller. Never zero.
    pub(crate) span: u64,
    /// Whether the caller keeps the trace.
    pub(crate) is_sampled: bool,
}

impl TraceParent {
    /// `None` where there is no such header, or not a good one.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut parts = headers.get("traceparent")?.to_str().ok()?.split('-');
        let mut number = |digits: usize| {
            let is_hex = |it: &&str| it.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
            let part = parts.next().filter(|it| it.len() == digits).filter(is_hex)?;
            u128::from_str_radix(part, 16).ok()
        };
        let version = number(2)?;
        let (trace, span, flags) = (number(32)?, number(16)?, number(2)?);
        // 255 is no version; later ones may have more behind the flags.
        let is_good = version != 255 && trace != 0 && span != 0;
        let span = u64::try_from(span).ok().filter(|_| is_good)?;
        Some(Self { trace, span, is_sampled: flags & 1 == 1 })
    }
}

/// Gives out the ids of traces and spans.
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

    /// The id of a request, 32 hexadecimal digits: that of its header `traceparent`, where it carries a good one, else a
    /// new one.
    pub(crate) fn of(&self, headers: &HeaderMap) -> String {
        let trace = TraceParent::of(headers).map_or_else(
            || u128::from(self.instance) << u64::BITS | u128::from(self.number()),
            |it| it.trace,
        );
        format!("{trace:032x}")
    }

    /// The id of a span, which is never zero.
    pub(crate) fn span(&self) -> u64 {
        // An odd factor maps numbers to numbers one to one, and spreads those of two processes over all.
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        self.instance.wrapping_add(self.number()).wrapping_mul(SPREAD).max(1)
    }

    fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    fn with(traceparent: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("traceparent", traceparent.parse().unwrap());
        headers
    }

    #[test]
    fn a_trace_of_the_caller_goes_on_and_a_bad_one_is_replaced() {
        let ids = TraceIds::new(10);
        assert_eq!(ids.of(&HeaderMap::new()), "000000000000000a0000000000000001");
        assert_eq!(ids.of(&with(&format!("00-{TRACE}-00f067aa0ba902b7-01"))), TRACE);
        assert_eq!(ids.of(&with("00-<script>-x")), "000000000000000a0000000000000002");
    }

    #[test]
    fn the_span_of_the_caller_is_read_and_a_bad_header_says_nothing() {
        let parent = |text: &str| TraceParent::of(&with(text));
        let found = parent(&format!("00-{TRACE}-00f067aa0ba902b7-01")).unwrap();
        assert_eq!((found.span, found.is_sampled), (0x00f0_67aa_0ba9_02b7, true));
        let unsampled = parent(&format!("00-{TRACE}-00f067aa0ba902b7-00")).unwrap();
        assert!(!unsampled.is_sampled);
        let later = parent(&format!("01-{TRACE}-00f067aa0ba902b7-03-more"));
        assert_eq!(later, Some(found));
        let zeros = "0".repeat(32);
        for bad in [
            String::new(),
            "00".to_owned(),
            format!("ff-{TRACE}-00f067aa0ba902b7-01"),
            format!("00-{zeros}-00f067aa0ba902b7-01"),
            format!("00-{TRACE}-0000000000000000-01"),
            format!("00-{TRACE}-f067aa0ba902b7-01"),
            format!("00-{TRACE}-00F067AA0BA902B7-01"),
            format!("00-{TRACE}-00f067aa0ba902b7"),
            format!("00-{TRACE}-00f067aa0ba902b7-+1"),
            format!("00-{TRACE}-00f067aa0ba902b7-é"),
        ] {
            assert_eq!(parent(&bad), None, "{bad}");
        }
    }

    #[test]
    fn ids_of_spans_differ() {
        let (ids, others) = (TraceIds::new(7), TraceIds::new(1_000_000));
        let all = (0..100).flat_map(|_| [ids.span(), others.span()]);
        assert_eq!(all.collect::<HashSet<_>>().len(), 200);
    }
}
