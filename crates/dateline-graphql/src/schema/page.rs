//! The page on which a story was read, and what it prints around the story.

use async_graphql::{Context, Object};
use dateline_event::story::{Dateline, PageRef};
use dateline_projector::annotation::Found;

use super::date::{EvidenceObject, PrintedDateObject, SpanObject};
use super::office::OrganisationObject;
use super::scalar::Instant;
use super::view;

/// The page on which a story was read.
pub(crate) struct PageObject<'a>(pub(crate) &'a PageRef);

/// The page on which a story was read: the capture that all spans count in.
#[Object(name = "Page", serial)]
impl PageObject<'_> {
    /// Its address; null where the capture carries none.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// When it was captured; null where the capture does not say.
    async fn captured(&self) -> Option<Instant> {
        self.0.captured.map(Instant)
    }

    /// Digest of the bytes of the capture: `sha-256:` and 64 hexadecimal digits.
    async fn digest(&self) -> &str {
        &self.0.digest
    }

    /// File name or record name of the capture.
    async fn name(&self) -> &str {
        &self.0.name
    }
}

/// The words before the first sentence of a story.
pub(crate) struct DatelineObject<'a>(pub(crate) &'a Dateline);

/// The words before the first sentence of a story. The place is where the reporter filed from, which need not be where
/// the news happened.
#[Object(name = "Dateline", serial)]
impl DatelineObject<'_> {
    /// The agency that is named there, as printed.
    async fn agency(&self) -> Option<&str> {
        self.0.agency.as_deref()
    }

    /// The day that is printed there.
    async fn date(&self) -> Option<PrintedDateObject<'_>> {
        self.0.date.as_ref().map(PrintedDateObject)
    }

    /// The place in ordinary spelling.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// Where all of it stands on the page.
    async fn span(&self) -> SpanObject {
        self.0.span.into()
    }
}

/// A name with the words that gave it.
pub(crate) struct FoundObject<'a>(pub(crate) &'a Found);

/// The name of a place or agency, with the words of the page that gave it.
#[Object(name = "FoundName", serial)]
impl FoundObject<'_> {
    /// The words that gave it.
    async fn evidence(&self) -> EvidenceObject<'_> {
        EvidenceObject::of(&self.0.evidence)
    }

    /// The name in its usual form.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The organisation of the registry that it names, where there is one.
    async fn organisation<'c>(&self, context: &Context<'c>) -> Option<OrganisationObject<'c>> {
        view(context).organisation(self.0.organisation.as_ref()?).map(OrganisationObject)
    }

    /// Name of the rule that found it.
    async fn rule(&self) -> &str {
        &self.0.rule
    }
}
