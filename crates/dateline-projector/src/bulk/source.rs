//! Where the events of a fold come from.

use dateline_event::{Envelope, Position};
use dateline_log::{Envelopes, LogReader};

/// Envelopes in the order of their positions, from any place on and on any thread.
pub(crate) trait Source: Sync {
    /// Up to `limit` envelopes from `from` on.
    fn read(&self, from: Position, limit: usize) -> Envelopes<'_>;

    /// Of those, the ones whose type is `wanted`.
    fn read_kinds(&self, from: Position, limit: usize, wanted: fn(&str) -> bool) -> Envelopes<'_>;
}

impl<L: LogReader + ?Sized> Source for &L {
    fn read(&self, from: Position, limit: usize) -> Envelopes<'_> {
        LogReader::read(*self, from, limit)
    }

    fn read_kinds(&self, from: Position, limit: usize, wanted: fn(&str) -> bool) -> Envelopes<'_> {
        LogReader::read_kinds(*self, from, limit, wanted)
    }
}

/// Events that are at hand, without a log.
pub(crate) struct InHand<'a>(pub(crate) Vec<&'a Envelope>);

impl Source for InHand<'_> {
    fn read(&self, from: Position, limit: usize) -> Envelopes<'_> {
        let before = usize::try_from(from.get() - 1).unwrap_or(usize::MAX);
        Envelopes::new(self.0.iter().skip(before).take(limit).map(|it| Ok((*it).clone())))
    }

    fn read_kinds(&self, from: Position, limit: usize, wanted: fn(&str) -> bool) -> Envelopes<'_> {
        let all = self.read(from, limit);
        Envelopes::new(all.filter(move |it| it.as_ref().is_ok_and(|it| wanted(&it.event.kind))))
    }
}
