//! A gzip file as the members it is made of. A damaged member is told once, and reading goes on
//! with the next: in an archive of pages, each page is a member.

use std::io::{self, BufRead, Chain, ErrorKind, Read};

use flate2::bufread::GzDecoder;

use super::UnpackError;

/// How a member starts: its magic number and the only method there is.
pub(super) const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// The bytes of all members, one behind the other.
pub(super) struct Members<R> {
    state: State<R>,
}

/// A member, with the part of its start that was read already.
type Member<R> = GzDecoder<Chain<&'static [u8], R>>;

enum State<R> {
    /// Before a member, or at the end.
    Between(R),
    /// In a member.
    Inside(Box<Member<R>>),
    /// Behind damage.
    Lost(R),
    /// Nothing is left.
    Done,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Between(reader) => self.state = next_member(reader)?,
                State::Lost(reader) => self.state = resynchronised(reader)?,
                State::Done => return Ok(0),
                State::Inside(mut member) => match member.read(buffer) {
                    Ok(0) if !buffer.is_empty() => {
                        self.state = State::Between(member.into_inner().into_inner().1);
                    }
                    Ok(count) => {
                        self.state = State::Inside(member);
                        return Ok(count);
                    }
                    Err(error) => return Err(self.fail(*member, error)),
                },
            }
        }
    }
}

impl<R: BufRead> Members<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { state: State::Between(reader) }
    }

    /// What is told of an error in `member`, and where reading goes on.
    fn fail(&mut self, member: Member<R>, error: io::Error) -> io::Error {
        let kind = error.kind();
        if matches!(kind, ErrorKind::InvalidInput | ErrorKind::InvalidData) {
            self.state = State::Lost(member.into_inner().into_inner().1);
            return UnpackError::DamagedMember(error.to_string()).into();
        }
        if kind == ErrorKind::Interrupted {
            self.state = State::Inside(Box::new(member));
        }
        error
    }
}

/// The member that starts here. Zeros, which pad the end of some files, are passed over.
fn next_member<R: BufRead>(mut reader: R) -> io::Result<State<R>> {
    loop {
        let ahead = reader.fill_buf()?;
        let zeros = ahead.iter().take_while(|it| **it == 0).count();
        match ahead.first() {
            None => return Ok(State::Done),
            Some(0) => reader.consume(zeros),
            Some(_) => return Ok(State::Inside(opened(&[], reader))),
        }
    }
}

/// The next member behind damage, as far as its first bytes tell.
fn resynchronised<R: BufRead>(mut reader: R) -> io::Result<State<R>> {
    let mut seen = 0;
    loop {
        let ahead = reader.fill_buf()?;
        if ahead.is_empty() {
            return Ok(State::Done);
        }
        let mut taken = 0;
        for byte in ahead {
            taken += 1;
            seen = match MAGIC.get(seen) {
                Some(wanted) if wanted == byte => seen + 1,
                _ => usize::from(MAGIC.first() == Some(byte)),
            };
            if seen == MAGIC.len() {
                break;
            }
        }
        reader.consume(taken);
        if seen == MAGIC.len() {
            return Ok(State::Inside(opened(&MAGIC, reader)));
        }
    }
}

fn opened<R: BufRead>(start: &'static [u8], reader: R) -> Box<Member<R>> {
    Box::new(GzDecoder::new(start.chain(reader)))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn member(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// All that can be read, and the errors on the way.
    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        let (mut members, mut text, mut errors) = (Members::new(bytes), Vec::new(), Vec::new());
        let mut buffer = [0; 7];
        loop {
            match members.read(&mut buffer) {
                Ok(0) => return (String::from_utf8(text).unwrap(), errors),
                Ok(count) => text.extend_from_slice(&buffer[..count]),
                Err(error) => errors.push(error.to_string()),
            }
        }
    }

    #[test]
    fn members_follow_each_other_and_zeros_end_the_file() {
        let bytes = [member("one "), member(""), member("two"), vec![0; 9]].concat();
        assert_eq!(read(&bytes), ("one two".to_owned(), vec![]));
    }

    #[test]
    fn a_damaged_member_is_told_once_and_the_next_one_is_read() {
        let mut broken = member("a member that is to be damaged in its middle, where it hurts");
        let middle = broken.len() / 2;
        broken[middle] ^= 0xff;
        broken[middle + 1] ^= 0xff;
        let bytes = [member("one "), broken, member("three")].concat();
        let (text, errors) = read(&bytes);
        assert!(text.starts_with("one ") && text.ends_with("three"), "{text}");
        assert_eq!(errors.len(), 1, "{errors:?}");
    }

    #[test]
    fn bytes_between_members_are_told_and_passed_over() {
        let bytes = [member("one "), b"no gzip \x1f\x8b".to_vec(), member("two")].concat();
        let (text, errors) = read(&bytes);
        assert_eq!(text, "one two");
        assert!(!errors.is_empty());
    }

    #[test]
    fn a_file_that_is_cut_gives_what_it_has_and_says_so() {
        let whole = member(&"envoys ".repeat(2000));
        let (text, errors) = read(&whole[..whole.len() - 12]);
        assert!(text.starts_with("envoys envoys"));
        assert_eq!(errors.len(), 1);
    }
}
