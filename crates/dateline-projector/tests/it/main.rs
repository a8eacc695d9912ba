//! What a reader of timelines can notice of the fold, through the public door.

mod as_of;
mod fold;
mod paging;
mod projector;
mod random;
mod rulings;
mod world;
