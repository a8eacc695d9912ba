//! Which of several copies is shown for all of them.

use std::cmp::Reverse;
use std::sync::Arc;

use dateline_event::Position;
use dateline_event::story::StoryRole;

use super::{Kinship, StoryGroup};
use crate::story::Reading;
use crate::view::View;

impl Kinship {
    /// How the stories of `group` were read at `position`, the one to show first and then the others: articles before
    /// teasers, the earliest published first and those without a day behind them, then the one that the log had first.
    /// `view` is one of the same log that has come as far.
    pub fn copies(&self, group: StoryGroup, position: Position, view: &View) -> Vec<Arc<Reading>> {
        let stories = self.same_story(group, position);
        let read = |it| view.story(it)?.at(position).cloned();
        let mut readings: Vec<Arc<Reading>> = stories.iter().filter_map(read).collect();
        readings.sort_by_key(|it| rank(it));
        readings
    }
}

/// By what copies are ordered, the one to show first: articles before teasers, the earliest published first and those
/// without a day behind them, then the one that the log had first.
pub(crate) fn rank(it: &Reading) -> impl Ord + use<> {
    let published = it.annotation().published.edtf;
    let day = published.and_then(dateline_event::date::Edtf::earliest);
    let is_article = it.content().role == StoryRole::Article;
    (Reverse(is_article), day.is_none(), day, it.reported_at)
}
