//! Takes in events one after the other, and makes a view of them when asked.
//!
//! Taking in an event only writes down what it says of its story or of the registry. Making a view reads the stories
//! that have something new, or all of them when the registry is another one, each as a whole and under the registry
//! of that position. So a view is a function of the log up to its position, and not of the steps in which it was
//! made.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use dateline_annotate::Registry;
use dateline_event::event::Ruling;
use dateline_event::{DecodeError, Envelope, Event, Position, StoryId};
use thiserror::Error;

use crate::annotate::{Annotate, Prepared, annotate_all};
use crate::directory::Directory;
use crate::entry::entries;
use crate::facts::{At, Facts};
use crate::progress::{Cancelled, Progress, Step, Watch, unwatched};
use crate::record::StoryRecord;
use crate::timeline::Timeline;
use crate::tree::Tree;
use crate::view::{Tally, View};

/// Why an event cannot be taken in. Nothing has changed.
#[derive(Debug, Error)]
pub enum FoldError {
    /// The event cannot be read: its position, type and version stand in the message.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The log left out or repeated an event.
    #[error("the log gave position {found}, wanted position {wanted}")]
    Gap {
        /// The position that came.
        found: Position,
        /// The position that follows the last one.
        wanted: Position,
    },
    /// The log has a head at or behind this position and gives no event there.
    #[error("the log gave nothing at position {wanted}, which is not behind its head")]
    Missing {
        /// The position that was asked for.
        wanted: Position,
    },
}

impl View {
    /// The view of events that are at hand all at once, in order from position 1: those of a preview or a test, which
    /// have no log.
    ///
    /// # Errors
    /// At the first event that cannot be taken in.
    pub fn of_events<'a>(
        events: impl IntoIterator<Item = &'a Envelope>,
        annotate: Arc<dyn Annotate>,
    ) -> Result<Self, FoldError> {
        let mut fold = Fold::new(annotate, NonZeroUsize::MIN);
        events.into_iter().try_for_each(|it| fold.apply(it))?;
        Ok(fold.view())
    }
}

/// The state of a fold.
pub(crate) struct Fold {
    annotate: Arc<dyn Annotate>,
    prepared: Prepared,
    threads: NonZeroUsize,
    registry: Registry,
    registry_changed: bool,
    /// Stories with events that are not in `view` yet.
    waiting: BTreeMap<StoryId, Facts>,
    /// Rulings about stories that nobody has reported so far.
    unreported: BTreeMap<StoryId, Facts>,
    /// Its position runs ahead of its stories until the next call of [`Fold::view`].
    view: View,
}

impl Fold {
    pub(crate) fn new(annotate: Arc<dyn Annotate>, threads: NonZeroUsize) -> Self {
        let registry = Registry::default();
        Self {
            prepared: annotate.prepare(&registry),
            annotate,
            threads,
            registry,
            registry_changed: false,
            waiting: BTreeMap::new(),
            unreported: BTreeMap::new(),
            view: View::default(),
        }
    }

    /// Position of the next event.
    pub(crate) fn next_position(&self) -> Position {
        self.view.position.map_or(Position::FIRST, Position::next)
    }

    /// Takes in the next event.
    pub(crate) fn apply(&mut self, envelope: &Envelope) -> Result<(), FoldError> {
        let (found, wanted) = (envelope.position, self.next_position());
        if found != wanted {
            return Err(FoldError::Gap { found, wanted });
        }
        let event = Event::decode(envelope)?;
        let at = At { position: envelope.position, recorded: envelope.recorded };
        self.take(at, event);
        self.view.position = Some(at.position);
        self.view.recorded = Some(at.recorded);
        self.view.instants.insert(at.recorded, at.position);
        Ok(())
    }

    fn take(&mut self, at: At, event: Event) {
        match event {
            Event::StoryReported(it) => {
                self.facts(it.story).text(at, it.source, it.page, it.content);
            }
            Event::StoryRevised(it) => {
                self.facts(it.story).text(at, it.source, it.page, it.content);
            }
            Event::StoryRetracted(it) => self.facts(it.story).retract(at.position, &it.reason),
            Event::StorySighted(it) => self.facts(it.story).sight(at, *it),
            Event::RulingMade(it) => {
                let story = it.story();
                if let Ruling::Same { other, .. } = &it
                    && *other != story
                {
                    self.facts(*other).rule(at, it.clone());
                }
                self.facts(story).rule(at, it);
            }
            registry @ (Event::OfficialRecorded(_)
            | Event::OfficialWithdrawn(_)
            | Event::OrganisationRecorded(_)
            | Event::OrganisationWithdrawn(_)
            | Event::OfficeRecorded(_)
            | Event::OfficeWithdrawn(_)
            | Event::TenureRecorded(_)
            | Event::TenureWithdrawn(_)
            | Event::TopicRecorded(_)
            | Event::TopicWithdrawn(_)) => {
                self.registry_changed |= self.registry.apply(&registry);
            }
        }
    }

    /// The events of a story, to be added to.
    fn facts(&mut self, id: StoryId) -> &mut Facts {
        self.waiting.entry(id).or_insert_with(|| match self.view.stories.get(&id) {
            Some(record) => record.facts().clone(),
            None => self.unreported.remove(&id).unwrap_or_default(),
        })
    }

    /// The view at the position of the last event.
    pub(crate) fn view(&mut self) -> View {
        self.watched_view(&unwatched).unwrap_or_else(|Cancelled| self.view.clone())
    }

    /// The same, telling `watch` of it. When that ends it, the fold can only be thrown away.
    pub(crate) fn watched_view(&mut self, watch: Watch<'_>) -> Result<View, Cancelled> {
        if self.registry_changed {
            self.reread_all();
        }
        self.annotate(watch)?;
        let total = self.waiting.len();
        for (done, (id, facts)) in std::mem::take(&mut self.waiting).into_iter().enumerate() {
            if done % REPORT_EVERY == 0
                && watch(Progress::new(Step::Folding, done, total)).is_break()
            {
                return Err(Cancelled);
            }
            self.put(id, facts);
        }
        Ok(self.view.clone())
    }

    /// Prepares to read every story again, under the registry as it is now.
    fn reread_all(&mut self) {
        self.prepared = self.annotate.prepare(&self.registry);
        self.view.directory = Arc::new(Directory::new(self.registry.clone()));
        for (id, record) in std::mem::take(&mut self.view.stories).iter() {
            self.waiting.entry(*id).or_insert_with(|| record.facts().clone());
        }
        self.waiting.values_mut().for_each(|it| it.found.clear());
        self.view.timelines = Tree::default();
        self.view.tally = Tally::default();
        self.registry_changed = false;
    }

    /// Annotates the texts that are waiting for it.
    fn annotate(&mut self, watch: Watch<'_>) -> Result<(), Cancelled> {
        let unread = |it: &Facts| it.revisions.get(it.found.len()..).unwrap_or_default().to_vec();
        let texts: Vec<_> = self.waiting.values().flat_map(unread).collect();
        let found = annotate_all(&self.prepared, &texts, self.threads, watch)?;
        let mut found = found.into_iter();
        for facts in self.waiting.values_mut() {
            let missing = facts.revisions.len() - facts.found.len();
            facts.found.extend(found.by_ref().take(missing));
        }
        Ok(())
    }

    /// Puts a story into the view in place of what the view has of it.
    fn put(&mut self, id: StoryId, facts: Facts) {
        if let Some(old) = self.view.stories.get(&id).cloned() {
            self.view.take_out(&old);
        }
        if facts.revisions.is_empty() {
            self.unreported.insert(id, facts);
        } else if let Some(record) = StoryRecord::new(id, facts, &self.registry) {
            self.view.put_in(Arc::new(record));
        }
    }
}

/// Stories between two reports of progress.
const REPORT_EVERY: usize = 1024;

impl View {
    fn put_in(&mut self, record: Arc<StoryRecord>) {
        for reading in record.readings() {
            for (scope, entry) in entries(reading, &self.directory) {
                let entry = Arc::new(entry);
                if let Some(timeline) = self.timelines.get_mut(&scope) {
                    timeline.insert(entry);
                } else {
                    let mut timeline = Timeline::default();
                    timeline.insert(entry);
                    self.timelines.insert(scope, timeline);
                }
            }
        }
        self.tally.add(&record);
        self.stories.insert(record.id(), record);
    }

    fn take_out(&mut self, record: &StoryRecord) {
        for reading in record.readings() {
            for (scope, entry) in entries(reading, &self.directory) {
                let Some(timeline) = self.timelines.get_mut(&scope) else { continue };
                timeline.remove(&entry);
                if timeline.is_empty() {
                    self.timelines.remove(&scope);
                }
            }
        }
        self.tally.subtract(record);
        self.stories.remove(&record.id());
    }
}
