//! Who appears in a story, in which office by the page, and in which by the registry.

use async_graphql::{Context, Enum, Object};
use dateline_projector::annotation::{Appearance, AppearanceRole, HeldOffice};

use super::date::SpanObject;
use super::in_order::InOrder;
use super::office::{OfficeObject, TenureKindValue};
use super::official::OfficialObject;
use super::view;

/// What an official does in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "AppearanceRole")]
pub(crate) enum AppearanceRoleValue {
    /// Is named only.
    Mentioned,
    /// Takes part in what happened.
    Participant,
    /// Says at least one statement in it.
    Speaker,
}

impl From<AppearanceRoleValue> for AppearanceRole {
    fn from(role: AppearanceRoleValue) -> Self {
        match role {
            AppearanceRoleValue::Mentioned => Self::Mentioned,
            AppearanceRoleValue::Participant => Self::Participant,
            AppearanceRoleValue::Speaker => Self::Speaker,
        }
    }
}

impl From<AppearanceRole> for AppearanceRoleValue {
    fn from(role: AppearanceRole) -> Self {
        match role {
            AppearanceRole::Mentioned => Self::Mentioned,
            AppearanceRole::Participant => Self::Participant,
            AppearanceRole::Speaker => Self::Speaker,
        }
    }
}

/// One person in one story.
pub(crate) struct AppearanceObject<'a>(pub(crate) &'a Appearance);

/// One person in one story.
#[Object(name = "Appearance", serial)]
impl AppearanceObject<'_> {
    /// The fullest form of the name in the story.
    async fn as_written(&self) -> &str {
        &self.0.as_written
    }

    /// The officials that the name may mean, where it may mean several.
    async fn candidates<'c>(&self, context: &Context<'c>) -> Vec<OfficialObject<'c>> {
        let found = self.0.candidates.iter().filter_map(|it| view(context).official(it));
        found.map(OfficialObject).collect()
    }

    /// Where page and registry disagree about the office: what each says.
    async fn disagreement(&self) -> Option<&str> {
        self.0.disagreement.as_deref()
    }

    /// The offices that the registry says were held on the day of the story, the one that the page names first.
    async fn held(&self) -> Vec<InOrder<HeldOfficeObject<'_>>> {
        self.0.held.iter().map(HeldOfficeObject).map(InOrder).collect()
    }

    /// The name in the registry, else the fullest form that the story prints.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The office as the page attaches it to the name, without military rank.
    async fn office_as_written(&self) -> Option<&str> {
        self.0.office_as_written.as_deref()
    }

    /// Where those words stand on the page.
    async fn office_span(&self) -> Option<SpanObject> {
        self.0.office_span.map(Into::into)
    }

    /// Who that is; null for somebody whom the registry does not know, or cannot tell from others.
    async fn official<'c>(&self, context: &Context<'c>) -> Option<InOrder<OfficialObject<'c>>> {
        view(context).official(self.0.official.as_ref()?).map(OfficialObject).map(InOrder)
    }

    /// Other forms of the name that the story uses.
    async fn other_forms(&self) -> &[String] {
        &self.0.other_forms
    }

    /// Military rank or honorific that the page prints with the name.
    async fn rank(&self) -> Option<&str> {
        self.0.rank.as_deref()
    }

    /// What the person does in the story.
    async fn role(&self) -> AppearanceRoleValue {
        self.0.role.into()
    }

    /// Where `asWritten` stands on the page.
    async fn span(&self) -> SpanObject {
        self.0.span.into()
    }
}

/// An office held on the day of a story.
struct HeldOfficeObject<'a>(&'a HeldOffice);

/// An office that the registry says was held on the day of a story.
#[Object(name = "HeldOffice", serial)]
impl HeldOfficeObject<'_> {
    /// Acting or full.
    async fn kind(&self) -> TenureKindValue {
        self.0.kind.into()
    }

    /// The name of the office.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The office; null where the registry does not have it.
    async fn office<'c>(&self, context: &Context<'c>) -> Option<InOrder<OfficeObject<'c>>> {
        view(context).office(&self.0.office).map(OfficeObject).map(InOrder)
    }
}
