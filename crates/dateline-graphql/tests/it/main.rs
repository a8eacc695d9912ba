//! The service through its router: what a client can notice.

#[cfg(test)]
mod charts;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod client;
#[cfg(test)]
mod feeds;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod http;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod live;
#[cfg(test)]
mod lookups;
#[cfg(test)]
mod paging;
#[cfg(test)]
mod reuse;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod socket;
#[cfg(test)]
mod talker;
#[cfg(test)]
mod timeline;
#[cfg(test)]
mod world;
