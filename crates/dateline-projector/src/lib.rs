//! Folds the log into views, which readers hold without waiting for anybody.
//!
//! A [`View`] is everything that the log says up to one position: the registry, every story with all its revisions,
//! and a timeline per official and per topic. [`Views`] gives the latest one; [`Projector`] makes them. What is
//! superseded stays in a view, so it also answers for any earlier position.

mod annotate;
mod canonical;
mod directory;
mod entry;
mod facts;
mod fold;
mod key;
mod page;
mod progress;
mod projector;
mod readings;
mod record;
mod ruling;
mod slice;
mod story;
mod timeline;
mod tree;
mod view;
mod views;
mod words;

/// What the annotator finds in a story, for those who read views and do not know the annotator.
pub mod annotation {
    pub use dateline_annotate::{
        Annotation, Appearance, AppearanceRole, Evidence, Found, HeldOffice, Registry, Resolved,
        Statement, StatementKind, TopicMatch,
    };
}

pub use annotate::{Annotate, Prepared, Standard};
pub use directory::{OfficialView, TenureView, TopicView};
pub use entry::Entry;
pub use fold::FoldError;
pub use key::{DayBasis, EntryKey, EntryKeyError};
pub use page::{AsOf, Page, Query, Scope, Slice, Take};
pub use progress::{Cancelled, Progress, Step, Watch};
pub use projector::{FollowError, Projector, Rebuild, RebuildError, Rebuilt};
pub use record::StoryRecord;
pub use story::{Reading, Revision, RulingRecord, StoryStatus, Superseded, SupersededBy};
pub use view::{Counts, View};
pub use views::{LogStatus, Views};
