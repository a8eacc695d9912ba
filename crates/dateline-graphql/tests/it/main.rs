//! The service through its router: what a client can notice.

mod client;
mod hostile;
mod http;
mod lookups;
mod paging;
mod schema;
mod serve;
mod timeline;
mod world;
