//! Offices, the organisations in which they are held, and who held them when.

use async_graphql::{Context, Enum, ID, Object};
use dateline_event::registry::{Office, Organisation, TenureKind};
use dateline_projector::TenureView;

use super::global_id::{Kind, encode};
use super::official::OfficialObject;
use super::scalar::Edtf;
use super::view;

/// A post that outlives its holders.
pub(crate) struct OfficeObject<'a>(pub(crate) &'a Office);

/// A post that outlives its holders.
#[Object(name = "Office", serial)]
impl OfficeObject<'_> {
    /// Everybody who held it, the latest start first, an unknown start last.
    async fn holders<'c>(&self, context: &Context<'c>) -> Vec<TenureObject<'c>> {
        view(context).holders(&self.0.id).into_iter().map(TenureObject).collect()
    }

    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        encode(Kind::Office, self.0.id.as_str())
    }

    /// Its name.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// Where it is held.
    async fn organisation<'c>(&self, context: &Context<'c>) -> Option<OrganisationObject<'c>> {
        let id = self.0.organisation.as_ref()?;
        view(context).organisation(id).map(OrganisationObject)
    }

    /// Other names of it that pages print.
    async fn other_labels(&self) -> &[String] {
        &self.0.other_labels
    }

    /// Its id in the registry, such as `minister-of-finance`.
    async fn registry_id(&self) -> &str {
        self.0.id.as_str()
    }
}

/// A body that has offices, a state, or a news agency.
pub(crate) struct OrganisationObject<'a>(pub(crate) &'a Organisation);

/// A body that has offices, a state, or a news agency.
#[Object(name = "Organisation", serial)]
impl OrganisationObject<'_> {
    /// What kind of body it is, in the registry's words, such as `state` or `news agency`.
    async fn classification(&self) -> Option<&str> {
        self.0.classification.as_deref()
    }

    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        encode(Kind::Organisation, self.0.id.as_str())
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The offices that are held in it.
    async fn offices<'c>(&self, context: &Context<'c>) -> Vec<OfficeObject<'c>> {
        view(context).offices_of(&self.0.id).into_iter().map(OfficeObject).collect()
    }

    /// Short forms and other spellings.
    async fn other_names(&self) -> &[String] {
        &self.0.other_names
    }

    /// The body that it belongs to.
    async fn parent<'c>(&self, context: &Context<'c>) -> Option<OrganisationObject<'c>> {
        view(context).organisation(self.0.parent.as_ref()?).map(OrganisationObject)
    }

    /// Its id in the registry.
    async fn registry_id(&self) -> &str {
        self.0.id.as_str()
    }
}

/// How an office is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "TenureKind")]
pub(crate) enum TenureKindValue {
    /// For the time being, ad interim.
    Acting,
    /// Appointed or elected.
    Full,
}

impl From<TenureKindValue> for TenureKind {
    fn from(kind: TenureKindValue) -> Self {
        match kind {
            TenureKindValue::Acting => Self::Acting,
            TenureKindValue::Full => Self::Full,
        }
    }
}

impl From<TenureKind> for TenureKindValue {
    fn from(kind: TenureKind) -> Self {
        match kind {
            TenureKind::Acting => Self::Acting,
            TenureKind::Full => Self::Full,
        }
    }
}

/// The days on which an official holds an office.
pub(crate) struct TenureObject<'a>(pub(crate) TenureView<'a>);

/// The days on which an official holds an office.
#[Object(name = "Tenure", serial)]
impl TenureObject<'_> {
    /// The first day, as precise as it is known; null where it is not.
    async fn from(&self) -> Option<Edtf> {
        self.0.tenure.from.map(Edtf)
    }

    /// Acting or full.
    async fn kind(&self) -> TenureKindValue {
        self.0.tenure.kind.into()
    }

    /// What is held; null where the registry does not have that office.
    async fn office(&self) -> Option<OfficeObject<'_>> {
        self.0.office.map(OfficeObject)
    }

    /// Who holds it; null where the registry does not have that official.
    async fn official<'c>(&self, context: &Context<'c>) -> Option<OfficialObject<'c>> {
        view(context).official(&self.0.tenure.official).map(OfficialObject)
    }

    /// The first day on which it is no longer held; null while it is held.
    async fn until(&self) -> Option<Edtf> {
        self.0.tenure.until.map(Edtf)
    }
}
