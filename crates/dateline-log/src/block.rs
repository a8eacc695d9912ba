//! The stored form of one commit: a head with digests, and a body of zstd-compressed lines, one
//! CloudEvents JSON object an event.
//!
//! ```text
//! head  count u32 │ text bytes u32 │ body bytes u32 │ chain before 32 │ chain after 32
//!       │ digest of body 32 │ stream key 16 × count │ digest of the position and the rest 32
//! body  one zstd frame or more of  {"specversion":"1.0",…,"position":"1"}\n{…}\n …
//! ```
//!
//! Numbers are little-endian. A digest takes in the first position, so that a block that was moved
//! is found too.

use std::io;

use zstd::zstd_safe::CParameter;

use dateline_event::cloud_event::{OpenLine, closing, recorded_text};
use dateline_event::{Envelope, Position};

use crate::chain::{ChainHead, DIGEST_BYTES};
use crate::index::StreamKey;

/// Level 1: on news stories it is twice as fast as the default and 5 % larger. The levels below it
/// are up to twice as fast again, and take 1.3 to 1.7 times the disk.
const COMPRESSION_LEVEL: i32 = 1;

/// Bytes of the shortest repetition that is looked for. On news stories 7 is a quarter faster than
/// the 5 or 6 of level 1, and 2 % larger.
const SHORTEST_MATCH: u32 = 7;

/// Bytes of text from which on a frame is worth its start: each begins with nothing to refer to.
pub(crate) const FRAME_BYTES: usize = 32 * 1024;

/// The envelope as one line of JSON, without a line end.
pub(crate) fn line_of(envelope: &Envelope) -> String {
    let open = OpenLine::of(&envelope.event);
    let closing = closing(&recorded_text(envelope.recorded), envelope.position);
    [open.as_str(), &closing].concat()
}

/// The envelope of a stored line, which must be that of `position`.
pub(crate) fn envelope_of(line: &str, position: Position) -> Result<Envelope, String> {
    let envelope: Envelope = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if envelope.position == position {
        Ok(envelope)
    } else {
        Err(format!("the event there says it is at position {}", envelope.position))
    }
}

/// What is known of a block without unpacking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) text_bytes: u32,
    pub(crate) body_bytes: u32,
    pub(crate) chain_before: ChainHead,
    pub(crate) chain_after: ChainHead,
    pub(crate) body_digest: [u8; DIGEST_BYTES],
    pub(crate) streams: Vec<StreamKey>,
}

/// A block ready to be stored.
pub(crate) struct Packed {
    pub(crate) head: Head,
    pub(crate) body: Vec<u8>,
}

/// Compresses the text of blocks, one after the other, a frame at a time.
pub(crate) struct Compressor {
    zstd: zstd::bulk::Compressor<'static>,
    /// Where frames are made, kept for the next.
    frame: Vec<u8>,
}

impl Compressor {
    pub(crate) fn new() -> io::Result<Self> {
        let mut zstd = zstd::bulk::Compressor::new(COMPRESSION_LEVEL)?;
        zstd.set_parameter(CParameter::MinMatch(SHORTEST_MATCH))?;
        Ok(Self { zstd, frame: Vec::new() })
    }

    fn compress(&mut self, text: &str) -> io::Result<&[u8]> {
        self.frame.clear();
        self.frame.reserve(zstd::zstd_safe::compress_bound(text.len()));
        self.zstd.compress_to_buffer(text.as_bytes(), &mut self.frame)?;
        Ok(&self.frame)
    }
}

/// The body of a block while it grows.
#[derive(Default)]
pub(crate) struct Body {
    /// Lines, each with its line end, that are in no frame yet.
    text: String,
    frames: Vec<u8>,
    /// Bytes of the text that is in frames.
    framed: usize,
}

impl Body {
    pub(crate) fn push_line(&mut self, open: &OpenLine, closing: &str) {
        self.text.push_str(open.as_str());
        self.text.push_str(closing);
        self.text.push('\n');
    }

    /// Whether there is enough text for a frame that compresses well.
    pub(crate) fn fills_frame(&self) -> bool {
        self.text.len() >= FRAME_BYTES
    }

    /// Compresses the text so far into a frame.
    pub(crate) fn end_frame(&mut self, compressor: &mut Compressor) -> io::Result<()> {
        if !self.text.is_empty() {
            self.frames.extend_from_slice(compressor.compress(&self.text)?);
            self.framed += self.text.len();
            self.text.clear();
        }
        Ok(())
    }

    /// The block of all frames, which starts at `first` and takes the chain from `before` to
    /// `after`.
    pub(crate) fn pack(
        self,
        first: Position,
        streams: Vec<StreamKey>,
        (chain_before, chain_after): (ChainHead, ChainHead),
    ) -> io::Result<Packed> {
        debug_assert!(self.text.is_empty(), "the last frame was not ended");
        let head = Head {
            text_bytes: small(self.framed)?,
            body_bytes: small(self.frames.len())?,
            chain_before,
            chain_after,
            body_digest: digest(first, &self.frames),
            streams,
        };
        Ok(Packed { head, body: self.frames })
    }
}

/// The text of a body, checked against its head.
pub(crate) fn unpack(first: Position, head: &Head, body: &[u8]) -> Result<String, String> {
    if usize::try_from(head.body_bytes) != Ok(body.len()) {
        return Err(format!("the body has {} bytes, wanted {}", body.len(), head.body_bytes));
    }
    if digest(first, body) != head.body_digest {
        return Err("the digest of the body does not match".to_owned());
    }
    let bytes = usize::try_from(head.text_bytes).map_err(|error| error.to_string())?;
    let text = zstd::bulk::decompress(body, bytes).map_err(|error| error.to_string())?;
    String::from_utf8(text).map_err(|error| error.to_string())
}

impl Head {
    pub(crate) fn encode(&self, first: Position) -> Vec<u8> {
        let count = u32::try_from(self.streams.len()).expect("a commit is far below 2^32 events");
        let mut out = Vec::with_capacity(140 + 16 * self.streams.len());
        out.extend_from_slice(&count.to_le_bytes());
        out.extend_from_slice(&self.text_bytes.to_le_bytes());
        out.extend_from_slice(&self.body_bytes.to_le_bytes());
        out.extend_from_slice(self.chain_before.as_bytes());
        out.extend_from_slice(self.chain_after.as_bytes());
        out.extend_from_slice(&self.body_digest);
        self.streams.iter().for_each(|key| out.extend_from_slice(key));
        let digest = digest(first, &out);
        out.extend_from_slice(&digest);
        out
    }

    pub(crate) fn decode(first: Position, stored: &[u8]) -> Result<Self, String> {
        let (content, stated) = stored
            .split_last_chunk::<DIGEST_BYTES>()
            .ok_or_else(|| format!("the head of the block has only {} bytes", stored.len()))?;
        if digest(first, content) != *stated {
            return Err("the digest of the head of the block does not match".to_owned());
        }
        Self::fields(content)
            .ok_or_else(|| format!("the head of the block has {} bytes", stored.len()))
    }

    fn fields(content: &[u8]) -> Option<Self> {
        let (count, rest) = content.split_first_chunk()?;
        let (text_bytes, rest) = rest.split_first_chunk()?;
        let (body_bytes, rest) = rest.split_first_chunk()?;
        let (chain_before, rest) = rest.split_first_chunk()?;
        let (chain_after, rest) = rest.split_first_chunk()?;
        let (body_digest, rest) = rest.split_first_chunk()?;
        let (streams, odd) = rest.as_chunks();
        let complete =
            odd.is_empty() && usize::try_from(u32::from_le_bytes(*count)) == Ok(streams.len());
        complete.then(|| Self {
            text_bytes: u32::from_le_bytes(*text_bytes),
            body_bytes: u32::from_le_bytes(*body_bytes),
            chain_before: ChainHead::from_bytes(*chain_before),
            chain_after: ChainHead::from_bytes(*chain_after),
            body_digest: *body_digest,
            streams: streams.to_vec(),
        })
    }
}

fn digest(first: Position, content: &[u8]) -> [u8; DIGEST_BYTES] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&first.get().to_be_bytes());
    hasher.update(content);
    *hasher.finalize().as_bytes()
}

fn small(bytes: usize) -> io::Result<u32> {
    u32::try_from(bytes).map_err(|_| io::Error::other("a block is longer than 4 GB"))
}
