//! What clients can change, with a key that allows it.

mod carry;
mod input;
mod pages;
mod payload;
mod preview;
mod problem;
mod registry;

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use dateline_event::Event;
use dateline_event::story::StoryRetracted;

use crate::access::KeyScope;
use crate::commands::Commands;
use carry::{carry_out, mandate, preview, record};
use input::{MakeRulingInput, RetractStoryInput, StartRebuildInput};
use pages::{IngestPagesInput, ReportStoryInput};
use payload::{
    IngestPagesPayload, MakeRulingPayload, RecordOfficePayload, RecordOfficialPayload,
    RecordOrganisationPayload, RecordTenurePayload, RecordTopicPayload, ReportStoryPayload,
    RetractStoryPayload, StartRebuildPayload,
};
use preview::{PreviewRebuildInput, PreviewRebuildPayload};
use registry::{
    RecordOfficeInput, RecordOfficialInput, RecordOrganisationInput, RecordTenureInput,
    RecordTopicInput,
};

/// What carries out commands, on a request's data.
pub(crate) type Executor = Arc<dyn Commands>;

/// The root of all changes.
pub(crate) struct Mutation;

/// What can be changed. Each field names the scope that it needs of a key (`Authorization: Bearer KEY`); while the service
/// has no keys, changes are off (`FORBIDDEN`). What is wrong with an input is data (`problem`), and then nothing was
/// written. Each payload names the position of what was written. A question that carries it as `extensions.after`, or in
/// the header `Dateline-After`, is answered when the view has come as far. With an `idempotencyKey` a request that got no
/// answer can be sent again, and is carried out once.
#[Object]
impl Mutation {
    /// Reads pages, and appends what they report: all of it or nothing. Reading a page again appends nothing. Scope `ingest`.
    async fn ingest_pages(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The pages, and who published them.")] input: IngestPagesInput,
    ) -> Result<IngestPagesPayload> {
        let mandate = mandate(context, KeyScope::Ingest, input.idempotency_key.as_deref())?;
        let given = input.given();
        let outcome = carry_out(context, mandate, given, |to, by, (source, pages)| {
            to.ingest(by, source, pages)
        });
        Ok(outcome.await?.into())
    }

    /// Decides against, or for, what was read out of a story. It holds until another ruling on the same thing. Scope `editor`.
    async fn make_ruling(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The ruling.")] input: MakeRulingInput,
    ) -> Result<MakeRulingPayload> {
        let mandate = mandate(context, KeyScope::Editor, input.idempotency_key.as_deref())?;
        let fact = input.ruling().map(Event::RulingMade);
        Ok(record(context, mandate, fact).await?.into())
    }

    /// Says what facts about the registry would change in timelines, and writes nothing. Scope `editor`.
    async fn preview_rebuild(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The facts.")] input: PreviewRebuildInput,
    ) -> Result<PreviewRebuildPayload> {
        let mandate = mandate(context, KeyScope::Editor, None)?;
        Ok(preview(context, mandate, input.facts()).await?.into())
    }

    /// Records an office, or says something else of one. Scope `editor`.
    async fn record_office(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The office.")] input: RecordOfficeInput,
    ) -> Result<RecordOfficePayload> {
        let mandate = mandate(context, KeyScope::Editor, input.idempotency_key.as_deref())?;
        Ok(record(context, mandate, input.fact()).await?.into())
    }

    /// Records an official, or says something else of one. Scope `editor`.
    async fn record_official(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The official.")] input: RecordOfficialInput,
    ) -> Result<RecordOfficialPayload> {
        let mandate = mandate(context, KeyScope::Editor, input.idempotency_key.as_deref())?;
        Ok(record(context, mandate, input.fact()).await?.into())
    }

    /// Records an organisation, or says something else of one. Scope `editor`.
    async fn record_organisation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The organisation.")] input: RecordOrganisationInput,
    ) -> Result<RecordOrganisationPayload> {
        let mandate = mandate(context, KeyScope::Editor, input.idempotency_key.as_deref())?;
        Ok(record(context, mandate, input.fact()).await?.into())
    }

    /// Records who held an office when. A tenure is known by official, office and start. Scope `editor`.
    async fn record_tenure(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The tenure.")] input: RecordTenureInput,
    ) -> Result<RecordTenurePayload> {
        let mandate = mandate(context, KeyScope::Editor, input.idempotency_key.as_deref())?;
        Ok(record(context, mandate, input.fact()).await?.into())
    }

    /// Records a topic, or says something else of one. Scope `editor`.
    async fn record_topic(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The topic.")] input: RecordTopicInput,
    ) -> Result<RecordTopicPayload> {
        let mandate = mandate(context, KeyScope::Editor, input.idempotency_key.as_deref())?;
        Ok(record(context, mandate, input.fact()).await?.into())
    }

    /// Appends a story whose parts are known, as a news system has them. It is read as an item of ninjs, so that its
    /// spans count in that JSON text. Scope `ingest`.
    async fn report_story(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The story, and who put it out.")] input: ReportStoryInput,
    ) -> Result<ReportStoryPayload> {
        let mandate = mandate(context, KeyScope::Ingest, input.idempotency_key.as_deref())?;
        let given = input.given();
        let outcome = carry_out(context, mandate, given, |to, by, (source, page)| {
            to.ingest(by, source, vec![page])
        });
        Ok(outcome.await?.into())
    }

    /// Takes a story out of all timelines from now on; what the record said before stays. Scope `editor`.
    async fn retract_story(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The story, and why.")] input: RetractStoryInput,
    ) -> Result<RetractStoryPayload> {
        let mandate = mandate(context, KeyScope::Editor, input.idempotency_key.as_deref())?;
        let fact = input.story().map(|story| {
            let reason = input.reason.trim().to_owned();
            Event::StoryRetracted(StoryRetracted { story, reason })
        });
        Ok(record(context, mandate, fact).await?.into())
    }

    /// Has the log folded again into a fresh view, which takes the place of the serving one in one step. The answer does not
    /// wait for it. Scope `admin`.
    async fn start_rebuild(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nothing but an idempotency key.")] input: StartRebuildInput,
    ) -> Result<StartRebuildPayload> {
        let mandate = mandate(context, KeyScope::Admin, input.idempotency_key.as_deref())?;
        let started = carry_out(context, mandate, Ok(()), |to, by, ()| to.rebuild(by));
        Ok(started.await?.into())
    }
}
