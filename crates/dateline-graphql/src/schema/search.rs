//! Entries found by their words.

use std::sync::Arc;

use async_graphql::Object;
use dateline_projector::{Entry, EntryKey, Query, Reading, Scope, Slice, StoryRecord};
use dateline_search::{Evidence, Query as WordQuery, SearchError};

use super::Moment;
use super::connection::Connection;
use super::cursor::List;
use super::date::SpanObject;
use super::story::StoryObject;
use super::timeline::{TimelineArguments, TimelineEntry};
use crate::error::{ErrorCode, FieldError};

/// A page of what was found.
pub(crate) type SearchConnection = Connection<SearchHit>;

/// The part that `arguments` ask for of the entries of `scope` that match `query`.
pub(crate) fn search(
    moment: &Moment,
    query: &str,
    scope: &Scope,
    arguments: TimelineArguments,
) -> Result<SearchConnection, FieldError> {
    let view = &moment.view;
    let words: WordQuery =
        query.parse().map_err(|why| FieldError::bad_input(format!("`query`: {why}")))?;
    let list = List::OtherTimeline(format!("search {query} in {scope:?}"));
    let slice: Slice<EntryKey> = arguments.paging.slice(&list)?;
    let as_of = arguments.as_of.map(|it| it.within(view)).transpose()?;
    let among = moment.views.find(view, &words, as_of).map_err(|why| match why {
        SearchError::Behind => FieldError::new(ErrorCode::NotReady, why.to_string()),
        SearchError::Storage(_) => {
            tracing::error!(%why, "the index of words cannot be asked");
            FieldError::new(ErrorCode::Internal, "the index of words cannot be asked")
        }
    })?;
    let mut filter = arguments.filter;
    filter.among = Some(Arc::new(among));
    let total = arguments.is_counted.then(|| view.count(scope, &filter, as_of));
    let page = view.timeline(scope, &Query { filter, as_of, slice });
    let words = Arc::new(words);
    let hit = |entry| SearchHit { entry, words: Arc::clone(&words) };
    let page = dateline_projector::Page {
        items: page.items.into_iter().map(hit).collect(),
        has_next: page.has_next,
        has_previous: page.has_previous,
    };
    Ok(Connection::of(page, |it| list.cursor(&it.entry.key().to_string())).with_total(total))
}

/// An entry that was found.
pub(crate) struct SearchHit {
    entry: Arc<Entry>,
    words: Arc<WordQuery>,
}

impl SearchHit {
    /// The copy that has words of the query, the one that is shown before the others, and where.
    fn matched(&self) -> (&Arc<StoryRecord>, &Arc<Reading>, Vec<Evidence>) {
        let shown = (self.entry.record(), self.entry.reading());
        let copies = [shown].into_iter().chain(self.entry.copies());
        let mut told = copies.map(|(record, it)| (record, it, self.words.evidence(it)));
        told.find(|it| !it.2.is_empty()).unwrap_or((shown.0, shown.1, Vec::new()))
    }
}

/// An entry of which a story has the words that were searched for.
#[Object(name = "SearchHit", serial)]
impl SearchHit {
    /// The entry, with all its sources.
    async fn entry(&self) -> TimelineEntry {
        TimelineEntry(Arc::clone(&self.entry))
    }

    /// Where `matchedStory` has the words, headline first; at most 5 places.
    async fn evidence(&self) -> Vec<SearchEvidence> {
        self.matched().2.into_iter().map(SearchEvidence).collect()
    }

    /// The story that has the words: the one that the entry shows, or the first of its copies that has them.
    async fn matched_story(&self) -> StoryObject {
        let (record, reading, _) = self.matched();
        StoryObject::of(record, reading)
    }
}

/// A place in a story with words that were searched for.
pub(crate) struct SearchEvidence(Evidence);

/// A place in a story with words that were searched for.
#[Object(name = "SearchEvidence", serial)]
impl SearchEvidence {
    /// The text behind the words, in the same line.
    async fn after(&self) -> &str {
        &self.0.after
    }

    /// The text in front of the words, in the same line.
    async fn before(&self) -> &str {
        &self.0.before
    }

    /// Whether it is in the headline; else it is in the body.
    async fn in_title(&self) -> bool {
        self.0.in_title
    }

    /// Where the words stand on the page of the story.
    async fn span(&self) -> SpanObject {
        self.0.span.into()
    }

    /// The words, as they are written.
    async fn words(&self) -> &str {
        &self.0.words
    }
}
