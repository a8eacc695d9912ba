//! Files of exported events: plain, or packed with gzip or zstd. What the lines say is the log's business.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read as _, Seek as _, Write};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use tempfile::NamedTempFile;

/// How hard zstd tries; more takes longer and saves little on news.
const ZSTD_LEVEL: i32 = 3;

/// First bytes of a gzip file (RFC 1952) and of a zstd frame (RFC 8878).
const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];
const ZSTD_MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Takes lines and packs them as the name of the file says. [`EventWriter::finish`] puts the file in its place; without
/// it nothing is left behind.
pub(crate) struct EventWriter {
    packer: Packer,
    place: Option<PathBuf>,
}

enum Packer {
    Plain(BufWriter<Target>),
    Gzip(GzEncoder<BufWriter<Target>>),
    Zstd(zstd::Encoder<'static, BufWriter<Target>>),
}

enum Target {
    Out(io::Stdout),
    File(NamedTempFile),
}

impl EventWriter {
    /// Starts the file at `path`; `-` is standard output, unpacked.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        if path.as_os_str() == "-" {
            let packer = Packer::Plain(BufWriter::new(Target::Out(io::stdout())));
            return Ok(Self { packer, place: None });
        }
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let beside = tempfile::Builder::new()
            .prefix(".dateline-export-")
            .tempfile_in(folder.unwrap_or(Path::new(".")))?;
        let target = BufWriter::new(Target::File(beside));
        let packer = match path.extension().and_then(OsStr::to_str) {
            Some("gz") => Packer::Gzip(GzEncoder::new(target, flate2::Compression::default())),
            Some("zst") => {
                let mut encoder = zstd::Encoder::new(target, ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                Packer::Zstd(encoder)
            }
            _ => Packer::Plain(target),
        };
        Ok(Self { packer, place: Some(path.to_owned()) })
    }

    /// Writes what is left, makes the file durable, and puts it in its place.
    pub(crate) fn finish(self) -> io::Result<()> {
        let target = match self.packer {
            Packer::Plain(out) => out,
            Packer::Gzip(out) => out.finish()?,
            Packer::Zstd(out) => out.finish()?,
        };
        let target = target.into_inner().map_err(io::IntoInnerError::into_error)?;
        match (target, self.place) {
            (Target::File(file), Some(place)) => {
                file.as_file().sync_all()?;
                file.persist(place)?;
                Ok(())
            }
            (Target::File(_), None) => Ok(()),
            (Target::Out(mut out), _) => out.flush(),
        }
    }
}

impl Write for EventWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.packer {
            Packer::Plain(out) => out.write(bytes),
            Packer::Gzip(out) => out.write(bytes),
            Packer::Zstd(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.packer {
            Packer::Plain(out) => out.flush(),
            Packer::Gzip(out) => out.flush(),
            Packer::Zstd(out) => out.flush(),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Out(out) => out.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Out(out) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

/// A file of lines that can be read from its start again and again.
pub(crate) struct EventLines {
    file: File,
}

impl EventLines {
    /// Opens `path`. What comes by standard input (`-`) or a pipe is kept in a temporary file first.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        if path.as_os_str() == "-" {
            return Self::kept(&mut io::stdin().lock());
        }
        let mut file = File::open(path)?;
        let found = file.metadata()?;
        if found.is_dir() {
            return Err(io::Error::other("is a folder, wanted a file"));
        }
        if found.is_file() { Ok(Self { file }) } else { Self::kept(&mut file) }
    }

    fn kept(input: &mut dyn io::Read) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        io::copy(input, &mut file)?;
        Ok(Self { file })
    }

    /// The lines from the first on, unpacked if the first bytes are those of gzip or zstd.
    pub(crate) fn read(&self) -> io::Result<Box<dyn BufRead>> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        let mut magic = Vec::new();
        io::Read::by_ref(&mut file).take(4).read_to_end(&mut magic)?;
        file.rewind()?;
        let file = BufReader::new(file);
        Ok(if magic.starts_with(GZIP_MAGIC) {
            Box::new(BufReader::new(MultiGzDecoder::new(file)))
        } else if magic == ZSTD_MAGIC {
            Box::new(BufReader::new(zstd::Decoder::with_buffer(file)?))
        } else {
            Box::new(file)
        })
    }
}
