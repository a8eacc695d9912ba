//! What a story says that somebody said.

use async_graphql::{Enum, Object};
use dateline_event::link::text_link;
use dateline_projector::Reading;
use dateline_projector::annotation::{Statement, StatementKind};

use super::appearance::AppearanceObject;
use super::date::SpanObject;
use super::in_order::InOrder;
use super::story::StoryObject;

/// Direct or indirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "StatementKind")]
pub(crate) enum StatementKindValue {
    /// The words themselves: in quotation marks, behind a dash, a turn of a transcript, or the text of a speech.
    Direct,
    /// What the words meant: "said that …", "according to …", or a quotation shorter than a clause.
    Indirect,
}

impl From<StatementKindValue> for StatementKind {
    fn from(kind: StatementKindValue) -> Self {
        match kind {
            StatementKindValue::Direct => Self::Direct,
            StatementKindValue::Indirect => Self::Indirect,
        }
    }
}

impl From<StatementKind> for StatementKindValue {
    fn from(kind: StatementKind) -> Self {
        match kind {
            StatementKind::Direct => Self::Direct,
            StatementKind::Indirect => Self::Indirect,
        }
    }
}

/// A statement with the reading that it stands in.
pub(crate) struct StatementObject<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) statement: &'a Statement,
}

/// What a story says that somebody said.
#[Object(name = "Statement", serial)]
impl StatementObject<'_> {
    /// Where the verb, or what stands for one, is on the page.
    async fn cue_span(&self) -> Option<SpanObject> {
        self.statement.cue_span.map(Into::into)
    }

    /// Direct or indirect.
    async fn kind(&self) -> StatementKindValue {
        self.statement.kind.into()
    }

    /// Name of the rule that found it.
    async fn rule(&self) -> &str {
        &self.statement.rule
    }

    /// Where it stands on the page, in order; more than one where the verb splits it.
    async fn spans(&self) -> Vec<InOrder<SpanObject>> {
        self.statement.spans.iter().map(|it| InOrder((*it).into())).collect()
    }

    /// Who said it; null for organisations and for speakers who are not named.
    async fn speaker(&self) -> Option<InOrder<AppearanceObject<'_>>> {
        let appearances = &self.reading.annotation().appearances;
        appearances.get(self.statement.speaker?).map(AppearanceObject).map(InOrder)
    }

    /// Where the page names the speaker, by name, office or pronoun.
    async fn speaker_span(&self) -> Option<SpanObject> {
        self.statement.speaker_span.map(Into::into)
    }

    /// What was said, as printed, without the marks around it.
    async fn text(&self) -> &str {
        &self.statement.text
    }

    /// The address of the page with a text fragment that makes a browser show the words; null where the page has no
    /// address.
    async fn text_fragment_url(&self) -> Option<String> {
        text_link(self.reading.page(), self.reading.content(), &self.statement.spans)
    }

    /// The words that make it a statement, such as `said` or `According to`; null where there are none.
    async fn verb(&self) -> Option<&str> {
        self.statement.verb.as_deref()
    }
}

/// A statement that was asked for by its place.
pub(crate) struct StatementInStory {
    story: StoryObject,
    index: usize,
}

impl StatementInStory {
    /// The statement of `story` whose words stand at the code point `at`.
    pub(crate) fn at(story: StoryObject, at: u32) -> Option<Self> {
        let statements = &story.reading().annotation().statements;
        let holds =
            |it: &Statement| it.spans.iter().any(|span| (span.start..span.end).contains(&at));
        let index = statements.iter().position(holds)?;
        Some(Self { story, index })
    }
}

/// A statement with the story that reports it.
#[Object(name = "StatementInStory", serial)]
impl StatementInStory {
    /// The statement; null where the story is read in another way by now.
    async fn statement(&self) -> Option<StatementObject<'_>> {
        let reading = self.story.reading();
        let statement = reading.annotation().statements.get(self.index)?;
        Some(StatementObject { reading, statement })
    }

    /// The story.
    async fn story(&self) -> &StoryObject {
        &self.story
    }
}
