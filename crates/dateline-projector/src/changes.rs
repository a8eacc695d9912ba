//! What another registry would change: two views of one log, compared timeline by timeline.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dateline_annotate::{Annotation, Statement};
use dateline_event::{OfficialId, Position, StoryId};

use crate::entry::{Asked, Entry};
use crate::page::Scope;
use crate::slot::{Place, Slot};
use crate::slots::Slots;
use crate::stored::{Mark, Stored};
use crate::view::View;

/// What differs between two views of one log.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The timelines of officials, offices, organisations and topics in which something differs, in that order and by
    /// id.
    pub timelines: Vec<TimelineChanges>,
    /// Names and statements that are somebody else's, story by story in the order of their reports.
    pub reattributed: Vec<Reattributed>,
    /// Stories whose annotation differs in anything at all.
    pub stories: usize,
}

/// What differs in one timeline.
#[derive(Debug, Clone)]
pub struct TimelineChanges {
    /// Whose timeline it is, or of what.
    pub scope: Scope,
    /// Entries that only the second view has, newest first.
    pub added: Vec<Entry>,
    /// Entries that only the first view has.
    pub removed: Vec<Entry>,
    /// Entries that stand at another day: as in the first view, and as in the second.
    pub moved: Vec<(Entry, Entry)>,
    /// Entries at the same day that say something else: another office, another statement, another topic.
    pub changed: Vec<(Entry, Entry)>,
}

/// A name or a statement that is somebody else's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reattributed {
    /// The story.
    pub story: StoryId,
    /// The name as written, or what was said.
    pub words: String,
    /// Whether it is a statement.
    pub is_statement: bool,
    /// Whose it is in the first view; `None` for nobody whom the registry knows.
    pub from: Option<OfficialId>,
    /// Whose it is in the second view.
    pub to: Option<OfficialId>,
}

impl Changes {
    /// What differs in `after`, which is a view of the same events as `before` under another registry.
    pub fn between(before: &View, after: &View) -> Self {
        let mut changes = Self::default();
        let mut read_anew = BTreeSet::new();
        for (at, old) in before.stories.iter() {
            let Some(new) = after.stories.get(at) else { continue };
            if old.found != new.found || old.marks != new.marks {
                read_anew.insert(*at);
                changes.reattributed.extend(reattributed((before, old), (after, new)));
            }
        }
        changes.stories = read_anew.len();
        for view in [before, after] {
            with_shown(view, &mut read_anew);
        }
        let scopes = before.timelines.iter().chain(after.timelines.iter()).map(|it| it.0);
        let scopes: BTreeSet<_> = scopes.filter(|it| is_compared(it)).collect();
        for scope in scopes {
            let timeline = Compared { scope, before, after }.changes(&read_anew);
            if !timeline.is_empty() {
                changes.timelines.push(timeline);
            }
        }
        changes
    }

    /// Whether the two views say the same.
    pub const fn is_empty(&self) -> bool {
        self.timelines.is_empty() && self.reattributed.is_empty() && self.stories == 0
    }
}

impl TimelineChanges {
    /// Whether nothing differs.
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.moved.is_empty()
            && self.changed.is_empty()
    }
}

/// Adds the stories that are shown for one of `stories`: their entries may say something else.
fn with_shown(view: &View, stories: &mut BTreeSet<Position>) {
    let groups = stories.iter().filter_map(|it| view.kin.get(&view.stories.get(it)?.id));
    let all: Vec<_> = groups.flat_map(|it| it.iter()).copied().collect();
    stories.extend(all.iter().filter_map(|it| view.reported.get(it)));
}

const fn is_compared(scope: &Scope) -> bool {
    match scope {
        Scope::Official(_) | Scope::Office(_) | Scope::Organisation(_) | Scope::Topic(_) => true,
        Scope::Source(_) | Scope::Language(_) | Scope::Everything => false,
    }
}

/// One timeline in both views.
struct Compared<'a> {
    scope: &'a Scope,
    before: &'a View,
    after: &'a View,
}

impl Compared<'_> {
    fn changes(&self, read_anew: &BTreeSet<Position>) -> TimelineChanges {
        let scope = self.scope.clone();
        let (added, removed) = (Vec::new(), Vec::new());
        let (moved, changed) = (Vec::new(), Vec::new());
        let mut changes = TimelineChanges { scope, added, removed, moved, changed };
        let none = Slots::default();
        let of = |view: &View| view.timelines.get(self.scope).map(|it| it.current.clone());
        let old = of(self.before).unwrap_or_else(|| none.clone());
        let new = of(self.after).unwrap_or(none);
        let (gone, came, stayed) = difference(&old, &new);
        let mut came: BTreeMap<Position, Place> =
            came.into_iter().map(|it| (it.reported_at(), it)).collect();
        let olds = self.asked(self.before);
        let news = self.asked(self.after);
        for place in gone {
            let Some(old) = entry(self.before, &olds, place) else { continue };
            let moved_to = came.remove(&place.reported_at());
            match moved_to.and_then(|it| entry(self.after, &news, it)) {
                Some(new) => changes.moved.push((old, new)),
                None => changes.removed.push(old),
            }
        }
        let mut came: Vec<_> = came.into_values().collect();
        came.sort_unstable();
        changes.added.extend(came.into_iter().filter_map(|it| entry(self.after, &news, it)));
        for place in stayed.into_iter().filter(|it| read_anew.contains(&it.reported_at())) {
            let pair = entry(self.before, &olds, place).zip(entry(self.after, &news, place));
            changes.changed.extend(pair.filter(|(old, new)| says(old) != says(new)));
        }
        changes
    }

    fn asked(&self, view: &View) -> Arc<Asked> {
        Arc::new(Asked {
            scopes: vec![self.scope.clone()],
            within: Vec::new(),
            as_of: None,
            directory: Arc::clone(&view.directory),
            shelf: view.shelf.clone(),
        })
    }
}

/// The places that only `old` has, that only `new` has, and that both have.
fn difference(old: &Slots, new: &Slots) -> (Vec<Place>, Vec<Place>, Vec<Place>) {
    let (mut gone, mut came, mut stayed) = (Vec::new(), Vec::new(), Vec::new());
    let mut olds = old.iter().map(Slot::place).peekable();
    let mut news = new.iter().map(Slot::place).peekable();
    loop {
        match (olds.peek().copied(), news.peek().copied()) {
            (Some(a), Some(b)) if a == b => {
                stayed.push(a);
                olds.next();
                news.next();
            }
            (Some(a), b) if b.is_none_or(|b| a < b) => {
                gone.push(a);
                olds.next();
            }
            (_, Some(b)) => {
                came.push(b);
                news.next();
            }
            (None | Some(_), None) => return (gone, came, stayed),
        }
    }
}

fn entry(view: &View, asked: &Arc<Asked>, place: Place) -> Option<Entry> {
    let stored = view.stories.get(&place.reported_at())?;
    let mark: Mark = *stored.current()?;
    Some(Entry::new(Arc::clone(asked), Arc::clone(stored), mark, view))
}

/// What an entry says to the readers of its timeline.
fn says(entry: &Entry) -> impl PartialEq {
    let topics: Vec<_> = entry.matched_topics().cloned().collect();
    let people: Vec<_> = entry.concerned().cloned().collect();
    // The numbers of speakers differ with the people around them.
    let nameless = |it: &Statement| Statement { speaker: None, ..it.clone() };
    let about_nobody = people.is_empty();
    let said: Vec<_> = entry.statements().filter(|_| !about_nobody).map(nameless).collect();
    let (happened, published) = (entry.happened().clone(), entry.published().clone());
    (people, said, topics, happened, published)
}

/// The names and statements of a story that are somebody else's in the second view.
fn reattributed(
    (before, old): (&View, &Stored),
    (after, new): (&View, &Stored),
) -> Vec<Reattributed> {
    let read = |view: &View, it: &Stored| {
        it.record(&view.shelf, view.registry()).and_then(|it| it.current().cloned())
    };
    let (Some(old), Some(new)) = (read(before, old), read(after, new)) else { return Vec::new() };
    let (story, old, new) = (new.story(), old.annotation(), new.annotation());
    let named = new.appearances.iter().filter_map(|it| {
        let before = old.appearances.iter().find(|old| old.span == it.span);
        let from = before.and_then(|it| it.official.clone());
        Some((it.as_written.clone(), false, from, it.official.clone())).filter(|it| it.2 != it.3)
    });
    let said = new.statements.iter().filter_map(|it| {
        let before = old.statements.iter().find(|old| old.spans == it.spans);
        let from = before.and_then(|it| speaker(old, it));
        Some((it.text.clone(), true, from, speaker(new, it))).filter(|it| it.2 != it.3)
    });
    let gone = old.appearances.iter().filter_map(|it| {
        let stays = new.appearances.iter().any(|new| new.span == it.span);
        let official = it.official.clone().filter(|_| !stays)?;
        Some((it.as_written.clone(), false, Some(official), None))
    });
    let all = named.chain(gone).chain(said);
    all.map(|(words, is_statement, from, to)| Reattributed { story, words, is_statement, from, to })
        .collect()
}

fn speaker(annotation: &Annotation, statement: &Statement) -> Option<OfficialId> {
    annotation.appearances.get(statement.speaker?)?.official.clone()
}
