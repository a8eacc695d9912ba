//! The service through its router: what a client can notice.

mod schema;
