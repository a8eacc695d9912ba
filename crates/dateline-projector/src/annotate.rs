//! What the projector asks of an annotator.

use std::sync::Arc;

use dateline_annotate::{Annotation, Annotator, Registry};
use dateline_event::story::Story;

/// Makes an annotator for a registry. Projectors take it as an argument, so that tests can put a small one in.
pub trait Annotate: Send + Sync {
    /// The annotator for `registry`. It must be a pure function: the same registry and story give the same
    /// annotation, on any thread, at any time.
    fn prepare(&self, registry: &Registry) -> Prepared;

    /// Another number whenever the same story and registry can give another annotation. A snapshot made with another
    /// version is not used.
    fn version(&self) -> u32 {
        0
    }
}

/// An annotator that is ready for one registry.
pub type Prepared = Arc<dyn Fn(&Story) -> Annotation + Send + Sync>;

impl<F: Fn(&Registry) -> Prepared + Send + Sync> Annotate for F {
    fn prepare(&self, registry: &Registry) -> Prepared {
        self(registry)
    }
}

/// The annotator of dateline.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standard;

impl Annotate for Standard {
    fn prepare(&self, registry: &Registry) -> Prepared {
        let annotator = Annotator::new(registry);
        Arc::new(move |story| annotator.annotate(story))
    }

    fn version(&self) -> u32 {
        dateline_annotate::VERSION
    }
}
