//! A zstd file as the frames it is made of, with the dictionary that a WARC archive packed with
//! zstd may carry in a frame of its own at its start.
//!
//! <https://iipc.github.io/warc-specifications/specifications/warc-zstd/>

use std::io::{self, ErrorKind, Read};

use zstd::stream::read::Decoder;

use super::{Bytes, UnpackError};

/// How a frame starts.
const MAGIC: [u8; 4] = 0xfd2f_b528_u32.to_le_bytes();

/// How the frame starts that carries a dictionary.
const DICTIONARY_MAGIC: [u8; 4] = 0x184d_2a5d_u32.to_le_bytes();

/// Largest dictionary that is taken, in bytes; usual ones have 110 KB.
const MAX_DICTIONARY_BYTES: u32 = 4 * 1024 * 1024;

/// Whether a file that starts with `head` is packed with zstd.
pub(super) fn is_magic(head: &[u8]) -> bool {
    let skippable = matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
    head.starts_with(&MAGIC) || skippable
}

/// The bytes of all frames, one behind the other. `head` are the first bytes that `reader` gives.
pub(super) fn frames<'r>(head: &[u8], mut reader: Bytes<'r>) -> io::Result<Box<dyn Read + 'r>> {
    let decoder = if head.starts_with(&DICTIONARY_MAGIC) {
        let dictionary = dictionary(&mut reader)?;
        Decoder::with_dictionary(reader, &dictionary)?
    } else {
        Decoder::with_buffer(reader)?
    };
    Ok(Box::new(Frames { decoder }))
}

/// The dictionary that stands first; it may be packed itself.
fn dictionary(reader: &mut Bytes<'_>) -> io::Result<Vec<u8>> {
    let mut head = [0; 8];
    reader.read_exact(&mut head)?;
    let [_, _, _, _, length @ ..] = head;
    let length = u32::from_le_bytes(length);
    let limit = u64::from(MAX_DICTIONARY_BYTES);
    let too_large = || {
        let message = format!("its dictionary has more than {MAX_DICTIONARY_BYTES} bytes");
        io::Error::from(UnpackError::Damaged(message))
    };
    if length > MAX_DICTIONARY_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    reader.take(u64::from(length)).read_to_end(&mut bytes)?;
    if !bytes.starts_with(&MAGIC) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    let decoder = Decoder::with_buffer(bytes.as_slice())?;
    let count = decoder.take(limit + 1).read_to_end(&mut unpacked).map_err(named)?;
    if u64::try_from(count).unwrap_or(u64::MAX) > limit { Err(too_large()) } else { Ok(unpacked) }
}

/// Frames whose errors say that the file is damaged, where it is.
struct Frames<'r> {
    decoder: Decoder<'static, Bytes<'r>>,
}

impl Read for Frames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.decoder.read(buffer).map_err(named)
    }
}

fn named(error: io::Error) -> io::Error {
    let is_ours = error.get_ref().and_then(|it| it.downcast_ref::<UnpackError>()).is_some();
    let of_file = error.raw_os_error().is_some() || error.kind() != ErrorKind::Other;
    if is_ours || of_file { error } else { UnpackError::Damaged(error.to_string()).into() }
}
