//! Tells live feeds what the events of the log are about, by which they go on from the past.

use std::sync::Arc;

use dateline_event::event::Ruling;
use dateline_event::{Event, Position};
use dateline_graphql::{About, History};
use dateline_log::{LogReader as _, SledLog};

/// What the events of a log are about.
pub(crate) struct LogHistory(pub(crate) Arc<SledLog>);

impl History for LogHistory {
    fn about(
        &self,
        after: Option<Position>,
        until: Position,
        limit: usize,
    ) -> Result<Vec<About>, String> {
        let from = after.map_or(Position::FIRST, Position::next);
        let envelopes = self.0.read(from, limit);
        let about = envelopes.map(|envelope| {
            let envelope = envelope.map_err(|why| why.to_string())?;
            let event = Event::decode(&envelope).map_err(|why| why.to_string())?;
            Ok(about(envelope.position, &event))
        });
        let is_wanted =
            |it: &Result<About, String>| it.as_ref().map_or(true, |it| it.position <= until);
        about.take_while(is_wanted).collect()
    }
}

/// What `event`, which stands at `position`, is about.
fn about(position: Position, event: &Event) -> About {
    let stories = match event {
        Event::StoryReported(it) => vec![it.story],
        Event::StoryRevised(it) => vec![it.story],
        Event::StoryRetracted(it) => vec![it.story],
        Event::StorySighted(it) => vec![it.story],
        Event::RulingMade(it @ Ruling::Same { other, .. }) => vec![it.story(), *other],
        Event::RulingMade(it) => vec![it.story()],
        Event::OfficialRecorded(_)
        | Event::OfficialWithdrawn(_)
        | Event::OrganisationRecorded(_)
        | Event::OrganisationWithdrawn(_)
        | Event::OfficeRecorded(_)
        | Event::OfficeWithdrawn(_)
        | Event::TenureRecorded(_)
        | Event::TenureWithdrawn(_)
        | Event::TopicRecorded(_)
        | Event::TopicWithdrawn(_) => Vec::new(),
    };
    let registry = stories.is_empty();
    About { position, stories, registry }
}
