//! The form in which a view holds stories: bytes without names of fields, small numbers in one byte.
//!
//! It is written and read by one program only, in memory and in a snapshot that names its version
//! ([`crate::VERSION`]), so it has no tags and no room for change. A shape is a list of its fields: one that is
//! forgotten does not compile.

mod annotation_shapes;
mod event_shapes;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_event::{Position, Span};

/// What can be written as bytes and read back.
pub(crate) trait Pack: Sized {
    /// Writes it behind `out`.
    fn pack(&self, out: &mut Vec<u8>);

    /// Reads it from the start of `from`; `None` when these bytes are no such thing.
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;
}

/// Bytes that are being read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unpacker<'a>(&'a [u8]);

impl<'a> Unpacker<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that is left.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// The next `count` bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }
}

/// The fields of a struct, in the order in which they are packed.
macro_rules! packed_struct {
    ($type:ty { $($field:ident),* $(,)? }) => {
        impl $crate::pack::Pack for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($crate::pack::Pack::pack($field, out);)*
            }

            fn unpack(from: &mut $crate::pack::Unpacker<'_>) -> Option<Self> {
                $(let $field = $crate::pack::Pack::unpack(from)?;)*
                Some(Self { $($field),* })
            }
        }
    };
}

/// The byte of each value of an enum without data.
macro_rules! packed_enum {
    ($type:ty { $($value:ident = $byte:literal),* $(,)? }) => {
        impl $crate::pack::Pack for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                out.push(match self { $(Self::$value => $byte),* });
            }

            fn unpack(from: &mut $crate::pack::Unpacker<'_>) -> Option<Self> {
                match from.byte()? {
                    $($byte => Some(Self::$value),)*
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use {packed_enum, packed_struct};

/// Bits of a number that go into one byte; the eighth says that more follow.
const BITS: u32 = 7;

impl Pack for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        loop {
            let low = u8::try_from(rest & 0x7f).unwrap_or_default();
            rest >>= BITS;
            if rest == 0 {
                out.push(low);
                return;
            }
            out.push(low | 0x80);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let mut value = 0;
        for shift in (0..Self::BITS).step_by(7) {
            let byte = from.byte()?;
            value |= Self::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

/// Numbers that are packed as a `u64`.
macro_rules! packed_number {
    ($($type:ty),*) => {$(
        impl Pack for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                u64::try_from(*self).unwrap_or(u64::MAX).pack(out);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Self::try_from(u64::unpack(from)?).ok()
            }
        }
    )*};
}

packed_number!(u32, usize);

impl Pack for i64 {
    fn pack(&self, out: &mut Vec<u8>) {
        // Zigzag: small numbers of either sign stay small.
        ((self << 1) ^ (self >> 63)).cast_unsigned().pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let value = u64::unpack(from)?;
        Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }
}

impl Pack for i32 {
    fn pack(&self, out: &mut Vec<u8>) {
        i64::from(*self).pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::try_from(i64::unpack(from)?).ok()
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_text(self, out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        unpack_text(from).map(ToOwned::to_owned)
    }
}

impl Pack for Arc<str> {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_text(self, out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        unpack_text(from).map(Self::from)
    }
}

pub(crate) fn pack_text(text: &str, out: &mut Vec<u8>) {
    text.len().pack(out);
    out.extend_from_slice(text.as_bytes());
}

pub(crate) fn unpack_text<'a>(from: &mut Unpacker<'a>) -> Option<&'a str> {
    let bytes = usize::unpack(from)?;
    std::str::from_utf8(from.bytes(bytes)?).ok()
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.is_some()));
        if let Some(it) = self {
            it.pack(out);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match from.byte()? {
            0 => Some(None),
            1 => T::unpack(from).map(Some),
            _ => None,
        }
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        for it in self {
            it.pack(out);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let count = usize::unpack(from)?;
        // Nothing takes less than a byte, so a number that is no length cannot ask for much memory.
        (count <= from.0.len()).then_some(())?;
        (0..count).map(|_| T::unpack(from)).collect()
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        T::pack(self, out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

impl Pack for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match from.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl<T: Pack> Pack for Arc<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        T::pack(self, out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

impl Pack for Position {
    fn pack(&self, out: &mut Vec<u8>) {
        self.get().pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::new(u64::unpack(from)?)
    }
}

impl Pack for Span {
    fn pack(&self, out: &mut Vec<u8>) {
        self.start.pack(out);
        self.len().pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let start = u32::unpack(from)?;
        Some(Self::new(start, start.checked_add(u32::unpack(from)?)?))
    }
}

impl Pack for DateTime<Utc> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.timestamp().pack(out);
        self.timestamp_subsec_nanos().pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::from_timestamp(i64::unpack(from)?, u32::unpack(from)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn there_and_back<T: Pack + PartialEq + std::fmt::Debug>(value: &T) {
        let mut bytes = Vec::new();
        value.pack(&mut bytes);
        let mut from = Unpacker::new(&bytes);
        assert_eq!(T::unpack(&mut from).as_ref(), Some(value));
        assert!(from.is_empty());
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(
            (large, signed) in any::<(u64, i64)>(),
            texts in prop::collection::vec(any::<String>(), 0..4),
            at in any::<Option<u32>>(),
        ) {
            there_and_back(&large);
            there_and_back(&signed);
            there_and_back(&texts);
            there_and_back(&at);
        }

        #[test]
        fn bytes_that_are_nothing_of_ours_are_refused_or_read_and_never_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..64),
        ) {
            let _ = Vec::<String>::unpack(&mut Unpacker::new(&bytes));
            let _ = crate::facts::Facts::unpack(&mut Unpacker::new(&bytes));
        }
    }

    #[test]
    fn small_numbers_take_one_byte() {
        let mut bytes = Vec::new();
        (127_u64, -64_i64).0.pack(&mut bytes);
        (-64_i64).pack(&mut bytes);
        assert_eq!(bytes.len(), 2);
    }
}
