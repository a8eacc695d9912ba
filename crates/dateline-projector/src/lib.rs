//! Folds the log into views, which readers hold without waiting for anybody.
//!
//! A [`View`] is everything that the log says up to one position: the registry, every story with all its revisions,
//! and a timeline per official and per topic. [`Views`] gives the latest one. What is
//! superseded stays in a view, so it also answers for any earlier position.

mod directory;
mod entry;
mod key;
mod page;
mod slice;
mod story;
mod timeline;
mod tree;
mod view;
mod views;

pub use directory::{OfficialView, TenureView, TopicView};
pub use entry::Entry;
pub use key::{DayBasis, EntryKey, EntryKeyError};
pub use page::{AsOf, Page, Query, Scope, Slice, Take};
pub use story::{
    Reading, Revision, RulingRecord, StoryRecord, StoryStatus, Superseded, SupersededBy,
};
pub use view::{Counts, View};
pub use views::{LogStatus, Views};
