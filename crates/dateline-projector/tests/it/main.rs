//! What a reader of timelines can notice of the fold, through the public door.

#[cfg(test)]
mod as_of;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod fold;
mod groups;
#[cfg(test)]
mod paging;
#[cfg(test)]
mod preview;
#[cfg(test)]
mod projector;
#[cfg(test)]
mod random;
#[cfg(test)]
mod rulings;
#[cfg(test)]
mod scopes;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod world;
