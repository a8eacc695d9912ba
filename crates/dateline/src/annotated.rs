//! The stories of a view that count, with what was read out of them.

use std::sync::Arc;

use dateline_annotate::AnnotatedStory;
use dateline_projector::{Reading, Slice, View};

/// The reading of every story that counts, by the ids of the stories.
pub(crate) fn readings(view: &View) -> Vec<Arc<Reading>> {
    let all = view.stories(&Slice::first(view.counts().stories));
    all.items.into_iter().filter_map(|it| it.current().cloned()).collect()
}

/// The same as the annotator's own functions take them.
pub(crate) fn stories(readings: &[Arc<Reading>]) -> impl Iterator<Item = AnnotatedStory<'_>> {
    readings.iter().map(|it| AnnotatedStory {
        story: it.story(),
        source: it.source().as_str(),
        page: it.page().address.as_deref().unwrap_or(&it.page().name),
        annotation: it.annotation(),
    })
}
