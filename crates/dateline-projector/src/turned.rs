//! Which entries an event ended, and which it began, as live feeds tell it.

use std::collections::BTreeSet;

use dateline_event::{Position, StoryId};

use crate::key::EntryKey;
use crate::stored::Mark;
use crate::view::View;

/// An entry that an event changed, whatever timelines it is in. At least one of the two is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turned {
    /// The entry that counted right before the event, and no longer does.
    pub before: Option<EntryKey>,
    /// The entry that counts from the event on.
    pub now: Option<EntryKey>,
}

impl View {
    /// What the event at `at`, which is about `stories`, did to entries, in an order that is always the same. An entry
    /// that shows another story than before, since copies came or went, is one change and not two.
    pub fn turned(&self, at: Position, stories: &[StoryId]) -> Vec<Turned> {
        let earlier = Position::new(at.get() - 1);
        let (mut turned, mut ended, mut begun) = (Vec::new(), Vec::new(), Vec::new());
        for shown in self.shown(at, earlier, stories) {
            let Some(stored) = self.stored(&shown) else { continue };
            let before = earlier.and_then(|it| stored.mark_at(it)).map(Mark::key);
            let now = stored.mark_at(at).map(Mark::key);
            match (before, now) {
                (before, now) if before == now => {}
                (Some(_), Some(_)) => turned.push(Turned { before, now }),
                (Some(before), None) => ended.push(before),
                (None, now) => begun.extend(now),
            }
        }
        let (mut ended, mut begun) = (ended.into_iter(), begun.into_iter());
        loop {
            let (before, now) = (ended.next(), begun.next());
            if before.is_none() && now.is_none() {
                return turned;
            }
            turned.push(Turned { before, now });
        }
    }

    /// The stories that were or are shown for `stories` and for those that were or are in a group with them.
    fn shown(
        &self,
        at: Position,
        earlier: Option<Position>,
        stories: &[StoryId],
    ) -> BTreeSet<StoryId> {
        let moments = || earlier.into_iter().chain([at]);
        let mut kin: BTreeSet<StoryId> = stories.iter().copied().collect();
        for stored in stories.iter().filter_map(|it| self.stored(it)) {
            for moment in moments() {
                let shown = stored.shown_by(moment);
                let first = self.stored(&shown);
                let mark = first.and_then(|it| Some((it, it.mark_at(moment)?)));
                let shared = mark.and_then(|(it, mark)| it.shared(mark));
                kin.insert(shown);
                kin.extend(shared.iter().flat_map(|it| &it.others));
            }
        }
        let all = kin.iter().filter_map(|it| self.stored(it));
        all.flat_map(|it| moments().map(|moment| it.shown_by(moment))).collect()
    }
}
