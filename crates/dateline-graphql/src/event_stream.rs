//! Server-sent events as text (HTML Standard, section 9.2), in the words of the protocol `graphql-sse`.
//!
//! ```text
//! event: next                      for each answer; of a live feed also `id: CURSOR`
//! data: {"data":{…}}
//!
//! event: complete                  at the end
//! data:
//! ```

/// A comment, which clients pass over.
pub(crate) const SIGN_OF_LIFE: &[u8] = b":\n\n";

/// The end of a stream.
pub(crate) const COMPLETE: &[u8] = b"event: complete\ndata:\n\n";

/// The event of an answer, with the cursor `id` where it has one.
pub(crate) fn next(id: Option<&str>, json: &[u8]) -> Vec<u8> {
    let mut bytes = b"event: next\n".to_vec();
    if let Some(id) = id {
        bytes.extend_from_slice(format!("id: {id}\n").as_bytes());
    }
    bytes.extend_from_slice(b"data: ");
    bytes.extend_from_slice(json);
    bytes.extend_from_slice(b"\n\n");
    bytes
}
