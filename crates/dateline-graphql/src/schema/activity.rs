//! Timelines counted: by time for charts, and by what their entries are about.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use async_graphql::{Object, SimpleObject};
use dateline_event::{OfficialId, TopicId};
use dateline_projector::{AsOf, Chart, Filter, Query, Scope, Slice, View};

use super::official::OfficialObject;
use super::scalar::Date;
use super::topic::TopicObject;
use crate::error::FieldError;

/// Most bars of one chart.
const MAX_BARS: usize = 1_000;

/// Entries that are looked through for facets, the newest first.
const FACET_ENTRIES: usize = 2_000;

/// Most values of one facet.
const FACET_VALUES: usize = 20;

/// The entries of a timeline, counted by time.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct Activity {
    /// A bar for each bucket that has an entry, the newest first.
    bars: Vec<ActivityBar>,
    /// All entries that were counted.
    total: usize,
    /// Entries without any day.
    undated: usize,
}

/// A bar of a chart.
#[derive(SimpleObject)]
#[graphql(serial)]
struct ActivityBar {
    /// Entries that stand at these days: an imprecise date counts as the first day that it can mean.
    entries: usize,
    /// First day of the bucket. It may lie before the days that are asked for.
    from: Date,
    /// Last day of the bucket.
    to: Date,
}

impl Activity {
    /// The chart, if it is not longer than a chart may be.
    pub(crate) fn of(chart: Chart) -> Result<Self, FieldError> {
        if chart.bars.len() > MAX_BARS {
            let message = format!(
                "the chart would have {} bars, at most {MAX_BARS} are given; ask for a larger `bucket` or for fewer days",
                chart.bars.len()
            );
            return Err(FieldError::bad_input(message));
        }
        let dated: usize = chart.bars.iter().map(|it| it.entries).sum();
        let bars = chart.bars.into_iter().map(|it| ActivityBar {
            entries: it.entries,
            from: Date(it.from),
            to: Date(it.to),
        });
        let undated = chart.without_day;
        Ok(Self { bars: bars.collect(), total: dated + undated, undated })
    }
}

/// What the newest entries of a timeline are about.
pub(crate) struct Facets<'a> {
    view: &'a View,
    counted: usize,
    is_complete: bool,
    languages: Vec<(String, usize)>,
    officials: Vec<(OfficialId, usize)>,
    sources: Vec<(String, usize)>,
    topics: Vec<(TopicId, usize)>,
}

impl<'a> Facets<'a> {
    /// Looks through the timeline of `scope`.
    pub(crate) fn of(view: &'a View, scope: &Scope, filter: Filter, as_of: Option<AsOf>) -> Self {
        let query = Query { filter, as_of, slice: Slice::first(FACET_ENTRIES) };
        let page = view.timeline(scope, &query);
        let (mut languages, mut officials) = (HashMap::new(), HashMap::new());
        let (mut sources, mut topics) = (HashMap::new(), HashMap::new());
        for entry in &page.items {
            count(&mut languages, [entry.language().to_owned()]);
            let named = entry.appearances().iter().filter_map(|it| it.official.clone());
            count(&mut officials, named);
            count(&mut sources, entry.sources().map(|it| it.source().to_string()));
            count(&mut topics, entry.topics().iter().map(|it| it.topic.clone()));
        }
        Self {
            view,
            counted: page.items.len(),
            is_complete: !page.has_next,
            languages: most(languages),
            officials: most(officials),
            sources: most(sources),
            topics: most(topics),
        }
    }
}

/// Counts an entry for each of its `values`, once.
fn count<T: Hash + Ord>(counts: &mut HashMap<T, usize>, values: impl IntoIterator<Item = T>) {
    for value in values.into_iter().collect::<BTreeSet<_>>() {
        *counts.entry(value).or_insert(0) += 1;
    }
}

/// The values that occur most, and of those that occur as often the first ones.
fn most<T: Hash + Ord>(counts: HashMap<T, usize>) -> Vec<(T, usize)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(FACET_VALUES);
    counts
}

/// What the entries of a timeline are about, each value with the number of its entries: the 20 that occur most. The newest
/// 2,000 entries are looked through.
#[Object(name = "Facets", serial)]
impl Facets<'_> {
    /// Entries that were looked through.
    async fn counted(&self) -> usize {
        self.counted
    }

    /// Whether those are all.
    async fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Languages, as ISO 639-1 codes.
    async fn languages(&self) -> Vec<NamedCount> {
        named(&self.languages)
    }

    /// Officials of the registry whom the entries name.
    async fn officials(&self) -> Vec<OfficialCount<'_>> {
        let found = self.officials.iter().filter_map(|(id, entries)| {
            let official = OfficialObject(self.view.official(id)?);
            Some(OfficialCount { entries: *entries, official })
        });
        found.collect()
    }

    /// Sources.
    async fn sources(&self) -> Vec<NamedCount> {
        named(&self.sources)
    }

    /// Topics.
    async fn topics(&self) -> Vec<TopicCount<'_>> {
        let found = self.topics.iter().filter_map(|(id, entries)| {
            let topic = TopicObject(self.view.topic(id)?);
            Some(TopicCount { entries: *entries, topic })
        });
        found.collect()
    }
}

fn named(counts: &[(String, usize)]) -> Vec<NamedCount> {
    counts
        .iter()
        .map(|(name, entries)| NamedCount { entries: *entries, name: name.clone() })
        .collect()
}

/// A value of a facet.
#[derive(SimpleObject)]
#[graphql(serial)]
struct NamedCount {
    /// How many entries have it.
    entries: usize,
    /// The value.
    name: String,
}

/// An official as a value of a facet.
#[derive(SimpleObject)]
#[graphql(serial)]
struct OfficialCount<'a> {
    /// How many entries name the official.
    entries: usize,
    /// The official.
    official: OfficialObject<'a>,
}

/// A topic as a value of a facet.
#[derive(SimpleObject)]
#[graphql(serial)]
struct TopicCount<'a> {
    /// How many entries are on it.
    entries: usize,
    /// The topic.
    topic: TopicObject<'a>,
}

/// A source of stories.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct Source {
    /// Entries that it has put out and that count now.
    entries: usize,
    /// Its name, such as `toskar-news`.
    name: String,
}

impl Source {
    pub(crate) fn of((name, entries): (&dateline_event::SourceId, usize)) -> Self {
        Self { entries, name: name.to_string() }
    }
}
