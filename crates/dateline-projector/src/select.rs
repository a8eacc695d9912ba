//! Finds the entries that a query asks for: those that stand in every one of some timelines, in their order.
//!
//! An entry has the same place in each timeline that it is in. So the entries of several timelines at once are found
//! by leaping along all of them: whoever lags behind leaps to where the others are. That costs a step for each entry
//! of the shortest, and nothing for what the others have between.

use std::ops::{Bound, Range};
use std::sync::Arc;

use dateline_annotate::{AppearanceRole, StatementKind};
use dateline_event::Position;

use crate::entry::{Asked, Entry};
use crate::key::EntryKey;
use crate::page::{Filter, Scope};
use crate::slice::Ordered;
use crate::slot::{Place, Slot, Traits};
use crate::slots::{Cursor, Direction, Past};
use crate::stored::{Mark, Stored};
use crate::timeline::{PastKey, Timeline};
use crate::view::View;

/// The entries that a filter leaves of some timelines, in the present or in a past state.
pub(crate) struct Selection<'a> {
    pub(crate) view: &'a View,
    /// One a scope, and whether its traits have to be `wanted`.
    pub(crate) timelines: Vec<(&'a Timeline, bool)>,
    wanted: Wanted,
    pub(crate) range: Range<Place>,
    pub(crate) as_of: Option<Position>,
    asked: Arc<Asked>,
}

/// What a filter asks of traits.
#[derive(Debug, Clone, Default)]
struct Wanted {
    /// One of these; any for none.
    roles: Vec<Traits>,
    statements: Traits,
}

impl Wanted {
    fn of(filter: &Filter) -> Self {
        let role = |it: &AppearanceRole| match it {
            AppearanceRole::Speaker => Traits::SPEAKER,
            AppearanceRole::Participant => Traits::PARTICIPANT,
            AppearanceRole::Mentioned => Traits::MENTIONED,
        };
        let statements = filter.statements.map_or(Traits::default(), |it| match it {
            StatementKind::Direct => Traits::DIRECT,
            StatementKind::Indirect => Traits::INDIRECT,
        });
        Self { roles: filter.roles.iter().map(role).collect(), statements }
    }

    fn is_anything(&self) -> bool {
        self.roles.is_empty() && self.statements == Traits::default()
    }

    fn takes(&self, traits: Traits) -> bool {
        traits.has(self.statements)
            && (self.roles.is_empty() || self.roles.contains(&traits.role()))
    }
}

impl<'a> Selection<'a> {
    /// `None` when one of the timelines has no entry, so that there is nothing to select.
    pub(crate) fn new(
        view: &'a View,
        scope: &Scope,
        filter: &'a Filter,
        as_of: Option<Position>,
    ) -> Option<Self> {
        let mut scopes = vec![scope.clone()];
        scopes.extend(filter.also.iter().cloned());
        let told = scopes.iter().any(Scope::is_about_people);
        let shown = scopes.clone();
        let source = filter.source.clone().map(Scope::Source);
        let language = filter.language.as_deref().map(|it| Scope::Language(it.into()));
        let within: Vec<Scope> = source.into_iter().chain(language).collect();
        scopes.extend_from_slice(&within);
        scopes.sort();
        scopes.dedup();
        let (wanted, range) = (Wanted::of(filter), places(filter));
        if filter.among.is_some() && wanted.is_anything() {
            // It has all of them.
            scopes.retain(|it| *it != Scope::Everything);
        }
        let timelines = scopes.iter().map(|of| {
            let tested = if told { of.is_about_people() } else { of == scope };
            view.timelines.get(of).map(|it| (it, tested))
        });
        let mut timelines = timelines.collect::<Option<Vec<_>>>()?;
        timelines.extend(filter.among.iter().map(|it| (&it.timeline, false)));
        timelines.sort_by_key(|it| it.0.current.len());
        let asked = Asked {
            scopes: shown,
            within,
            as_of,
            directory: Arc::clone(&view.directory),
            shelf: view.shelf.clone(),
        };
        Some(Self { view, timelines, wanted, range, as_of, asked: Arc::new(asked) })
    }

    /// The only timeline, where there is one and its traits do not matter.
    pub(crate) fn plain(&self) -> Option<&'a Timeline> {
        match self.timelines.as_slice() {
            [(only, _)] if self.wanted.is_anything() => Some(only),
            _ => None,
        }
    }

    /// Whether the amended `slot` counted at the position asked for. One that has only one reading always did.
    pub(crate) fn counted(&self, slot: Slot) -> bool {
        let Some(at) = self.as_of else { return true };
        let stored = self.view.stories.get(&slot.place().reported_at());
        stored.and_then(|it| it.current()).is_some_and(|it| it.counts_at(at))
    }

    /// The places of what counts now and counted then, from `start` on in `direction`.
    pub(crate) fn current(
        &self,
        direction: Direction,
        start: Option<Place>,
    ) -> impl Iterator<Item = Place> {
        let until = self.as_of.map(Position::get);
        let cursors = self.timelines.iter().map(|(it, tested)| {
            let mut cursor = Cursor::new(&it.current, direction, until);
            if let Some(start) = start {
                cursor.seek(start);
            }
            (cursor, *tested)
        });
        let mut join = Join { cursors: cursors.collect(), wanted: &self.wanted };
        std::iter::from_fn(move || {
            loop {
                let slot = join.next()?;
                let known = until.is_none_or(|until| {
                    let past = Past { until, counted: &|it| self.counted(it) };
                    past.has(slot)
                });
                if known {
                    return Some(slot.place());
                }
            }
        })
    }

    /// What counted then and is superseded now, within some places and in `direction`.
    pub(crate) fn past(
        &self,
        direction: Direction,
        within: Range<Place>,
    ) -> impl Iterator<Item = PastKey> {
        let shortest = self.as_of.and(self.timelines.iter().min_by_key(|it| it.0.past.len()));
        let Range { start, end } = within;
        let all = shortest.into_iter().flat_map(move |(it, _)| match direction {
            Direction::Forward => {
                Ends::One(it.past.ascending(Bound::Included(&PastKey::first_at(start))))
            }
            Direction::Backward => {
                Ends::Other(it.past.descending(Bound::Excluded(&PastKey::first_at(end))))
            }
        });
        let all = all.map(|(key, _)| *key);
        let all = all.take_while(move |it| (start..end).contains(&it.place));
        all.filter(|key| {
            let stands = |(it, tested): &(&Timeline, bool)| {
                it.past.get(key).is_some_and(|it| !tested || self.wanted.takes(*it))
            };
            self.as_of.is_some_and(|at| key.counted_at(at)) && self.timelines.iter().all(stands)
        })
    }

    fn stored(&self, place: Place) -> Option<&'a Arc<Stored>> {
        self.view.stories.get(&place.reported_at())
    }

    fn found(&self, stored: &Arc<Stored>, mark: Mark) -> (EntryKey, Arc<Entry>) {
        let entry = Entry::new(Arc::clone(&self.asked), Arc::clone(stored), mark, self.view);
        (mark.key(), Arc::new(entry))
    }

    fn current_entry(&self, place: Place) -> Option<(EntryKey, Arc<Entry>)> {
        let stored = self.stored(place)?;
        Some(self.found(stored, *stored.current()?))
    }

    fn past_entry(&self, key: PastKey) -> Option<(EntryKey, Arc<Entry>)> {
        let stored = self.stored(key.place)?;
        let mut marks = stored.marks.all().iter();
        let mark = marks.find(|it| it.recorded_at == key.recorded_at())?;
        Some(self.found(stored, *mark))
    }
}

/// The places that the days of `filter` leave.
fn places(filter: &Filter) -> Range<Place> {
    let first = Place::start_of(chrono::NaiveDate::MAX);
    let start = filter.to.map_or(first, Place::start_of);
    let end = match (filter.from, filter.to) {
        (Some(from), _) => Place::end_of(from),
        (None, Some(_)) => Place::start_of_undated(),
        (None, None) => Place::END,
    };
    start..end
}

impl Ordered for Selection<'_> {
    type Key = EntryKey;
    type Item = Arc<Entry>;

    fn ascending(&self, start: Bound<&EntryKey>) -> impl Iterator<Item = (EntryKey, Arc<Entry>)> {
        let from = match start {
            Bound::Included(key) | Bound::Excluded(key) => key.place().max(self.range.start),
            Bound::Unbounded => self.range.start,
        };
        let (start, end) = (start.cloned(), self.range.end);
        let current = self.current(Direction::Forward, Some(from)).take_while(move |it| *it < end);
        let current = current.filter_map(|it| self.current_entry(it));
        let past = self.past(Direction::Forward, from..end).filter_map(|it| self.past_entry(it));
        merge(current, past, |a, b| a < b).skip_while(move |(key, _)| match &start {
            Bound::Included(start) => key < start,
            Bound::Excluded(start) => key <= start,
            Bound::Unbounded => false,
        })
    }

    fn descending(&self, end: Bound<&EntryKey>) -> impl Iterator<Item = (EntryKey, Arc<Entry>)> {
        let (bound, range) = (end.cloned(), self.range.clone());
        let place = match end {
            Bound::Included(key) | Bound::Excluded(key) => Some(key.place()),
            Bound::Unbounded => None,
        };
        let behind = place.map_or(range.end, |it| it.following().min(range.end));
        let current = self.current(Direction::Backward, Some(behind));
        let (first, last) = (range.start, range.end);
        let current = current.skip_while(move |it| *it >= last).take_while(move |it| *it >= first);
        let current = current.filter_map(|it| self.current_entry(it));
        let past =
            self.past(Direction::Backward, first..behind).filter_map(|it| self.past_entry(it));
        merge(current, past, |a, b| a > b).skip_while(move |(key, _)| match &bound {
            Bound::Included(end) => key > end,
            Bound::Excluded(end) => key >= end,
            Bound::Unbounded => false,
        })
    }
}

/// The slots that several cursors have in common.
struct Join<'a> {
    /// Each with whether its traits have to be wanted. The first is the shortest.
    cursors: Vec<(Cursor<'a>, bool)>,
    wanted: &'a Wanted,
}

impl Join<'_> {
    /// The next slot of the first cursor at whose place all cursors stand, with traits that are wanted.
    fn next(&mut self) -> Option<Slot> {
        loop {
            let slot = self.cursors.first()?.0.peek()?;
            let place = slot.place();
            let mut taken = true;
            let mut farther = None;
            for (cursor, tested) in &mut self.cursors {
                cursor.seek(place);
                let here = cursor.peek()?;
                if here.place() != place {
                    farther = Some(here.place());
                    break;
                }
                taken &= !*tested || self.wanted.takes(here.traits());
            }
            let (first, _) = self.cursors.first_mut()?;
            match farther {
                Some(place) => first.seek(place),
                None => first.step(),
            }
            if farther.is_none() && taken {
                return Some(slot);
            }
        }
    }
}

/// A walk in one of two directions.
enum Ends<A, B> {
    One(A),
    Other(B),
}

impl<T, A: Iterator<Item = T>, B: Iterator<Item = T>> Iterator for Ends<A, B> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self {
            Self::One(it) => it.next(),
            Self::Other(it) => it.next(),
        }
    }
}

/// Two ordered lists as one; `before` says which of two keys comes first.
fn merge<T>(
    left: impl Iterator<Item = (EntryKey, T)>,
    right: impl Iterator<Item = (EntryKey, T)>,
    before: fn(&EntryKey, &EntryKey) -> bool,
) -> impl Iterator<Item = (EntryKey, T)> {
    let (mut left, mut right) = (left.peekable(), right.peekable());
    std::iter::from_fn(move || match (left.peek(), right.peek()) {
        (Some((a, _)), Some((b, _))) if before(b, a) => right.next(),
        (None, _) => right.next(),
        (Some(_), _) => left.next(),
    })
}
