//! The parts of a page that are set aside.

use crate::html::tree::NodeId;

/// Which nodes were set aside; what is inside of one is too.
#[derive(Debug, Clone)]
pub(crate) struct Dropped(Vec<bool>);

impl Dropped {
    /// Nothing is set aside of a page of `nodes` nodes.
    pub(crate) fn none(nodes: usize) -> Self {
        Self(vec![false; nodes])
    }

    /// Sets node `id` aside.
    pub(crate) fn add(&mut self, id: NodeId) {
        if let Some(it) = self.0.get_mut(id) {
            *it = true;
        }
    }

    /// Whether node `id` itself was set aside.
    pub(crate) fn is(&self, id: NodeId) -> bool {
        self.0.get(id).copied().unwrap_or(false)
    }
}
