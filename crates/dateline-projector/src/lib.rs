//! Folds the log into views, which readers hold without waiting for anybody.
//!
//! A [`View`] is everything that the log says up to one position: the registry, every story with all its texts, and a
//! timeline per official, office, organisation, topic, source and language. [`Views`] gives the latest one; [`Projector`] makes them.
//!
//! ```text
//!   log ──► facts ──────► readings ───────► slots ──────────► timelines
//!           of one story  what the record   8 bytes for each    sorted and counted
//!           or registry   read, and when    of its timelines
//! ```
//!
//! Facts are held packed ([`Entry`] unpacks those of its story when they are asked for), slots as numbers in the order
//! of the timelines, so that what several timelines have in common is found by comparing numbers.
//!
//! Everything from the second arrow on is a function of the facts and of the registry at the view's position. So it
//! does not matter in which steps a view was made, and a corrected registry changes what old stories say. What is
//! superseded stays in a view with the position that ended it, so a view also answers for any earlier position.
//!
//! ```
//! use std::{num::NonZeroUsize, sync::Arc};
//!
//! use chrono::DateTime;
//! use dateline_log::MemoryLog;
//! use dateline_projector::{Projector, Query, Scope, Standard};
//!
//! let log = MemoryLog::new(Box::new(|| DateTime::UNIX_EPOCH));
//! let mut projector = Projector::new(Arc::new(log), Arc::new(Standard), NonZeroUsize::MIN);
//! projector.catch_up()?;
//!
//! let view = projector.views().current();
//! let ket = Scope::Official("ara-ket".parse()?);
//! assert!(view.timeline(&ket, &Query::newest(20)).items.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod annotate;
mod bulk;
mod canonical;
mod changes;
mod chart;
mod concern;
mod directory;
mod entry;
mod facts;
mod fold;
mod key;
mod kin;
mod lately;
mod matches;
mod ordered;
mod pack;
mod page;
mod part;
mod progress;
mod projector;
mod readings;
mod record;
mod ruling;
mod select;
mod shelf;
mod slab;
mod slice;
mod slot;
mod slots;
mod snapshot;
mod standing;
mod stored;
mod story;
mod timeline;
mod tree;
mod turned;
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
pub use changes::{Changes, Reattributed, TimelineChanges};
pub use chart::{Bar, Chart, Interval};
pub use directory::{OfficialView, TenureView, TopicView};
pub use entry::Entry;
pub use fold::FoldError;
pub use key::{DayBasis, EntryKey, EntryKeyError};
pub use kin::{Bond, EventGroup, Kinship, StoryGroup};
pub use matches::{Matches, StoryStamp};
pub use page::{AsOf, Filter, Page, Query, Scope, Slice, Take};
pub use progress::{Cancelled, Pace, PaceMaker, Progress, Step, Watch};
pub use projector::{Caught, FollowError, Projector, Rebuild, RebuildError, Rebuilt};
pub use record::StoryRecord;
pub use snapshot::{Snapshot, SnapshotError, log_mark};
pub use story::{Reading, Revision, RulingRecord, Sighted, StoryStatus, Superseded, SupersededBy};
pub use turned::Turned;
pub use view::{Counts, View};
pub use views::{Hook, LogStatus, Rebuilding, Views};

/// Version of the projector: raised whenever the same log can give another view, so that a snapshot made by an earlier
/// one is not used and the log is folded again.
pub const VERSION: u32 = 4;
