//! The keys of the API: a file in the data directory that only its owner can read. It holds digests, so whoever reads
//! it has no key.

use std::fmt::Write as _;
use std::fs::{self, File, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dateline_graphql::{Api, Key, KeyScope, key_digest};

use crate::clock;
use crate::exit::{Exit, Failure};

/// Name of the file below the data directory.
const FILE: &str = "keys.json";

/// Held by whoever changes the file, so that two commands at once lose nothing.
const LOCK: &str = "keys.lock";

/// Random bytes of a key.
const KEY_BYTES: usize = 32;

/// The keys of `data`, in the order in which they were made; none where there is no file.
pub(crate) fn load(data: &Path) -> Result<Vec<Key>, Failure> {
    let path = data.join(FILE);
    let broken = |why: &dyn std::fmt::Display| {
        Failure::message(Exit::Input, format_args!("{}: {why}", path.display()))
    };
    match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|why| broken(&why)),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(why) => Err(broken(&why)),
    }
}

/// Makes a key named `name`, and gives it. It is stored nowhere.
pub(crate) fn add(data: &Path, name: &str, scopes: Vec<KeyScope>) -> Result<String, Failure> {
    changed(data, |keys| {
        if keys.iter().any(|it| it.name == name) {
            let message =
                format_args!("there is a key named `{name}`; revoke it, or take another name");
            return Err(Failure::message(Exit::Input, message));
        }
        let key = random_key()?;
        let digest = key_digest(&key);
        keys.push(Key { name: name.to_owned(), digest, scopes, made: clock::now() });
        Ok(key)
    })
}

/// Takes the key named `name` away.
pub(crate) fn remove(data: &Path, name: &str) -> Result<(), Failure> {
    changed(data, |keys| {
        let before = keys.len();
        keys.retain(|it| it.name != name);
        if keys.len() == before {
            let message = format_args!("there is no key named `{name}`");
            return Err(Failure::message(Exit::NotFound, message));
        }
        Ok(())
    })
}

/// Has `change` done to the keys of `data`, while nobody else changes them.
fn changed<T>(
    data: &Path,
    change: impl FnOnce(&mut Vec<Key>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    fs::create_dir_all(data)?;
    let lock = File::create(data.join(LOCK))?;
    lock.lock()?;
    let mut keys = load(data)?;
    let done = change(&mut keys)?;
    store(data, &keys)?;
    Ok(done)
}

/// Writes the file beside its place, and moves it there when it is whole.
fn store(data: &Path, keys: &[Key]) -> Result<(), Failure> {
    let mut file = tempfile::Builder::new()
        .prefix(".keys-")
        .permissions(Permissions::from_mode(0o600))
        .tempfile_in(data)?;
    serde_json::to_writer_pretty(&mut file, keys)?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist(data.join(FILE)).map_err(|why| why.error)?;
    File::open(data)?.sync_all()?;
    Ok(())
}

/// `dlk_` and the hexadecimal digits of random bytes of the system.
fn random_key() -> io::Result<String> {
    let mut bytes = [0; KEY_BYTES];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().fold("dlk_".to_owned(), |mut key, byte| {
        // Writing to a string does not fail.
        let _ = write!(key, "{byte:02x}");
        key
    }))
}

/// The keys of a server that runs.
pub(crate) struct ServedKeys {
    data: PathBuf,
    api: OnceLock<Api>,
}

impl ServedKeys {
    /// The keys of `data`, of a server whose API is still to come.
    pub(crate) fn of(data: &Path) -> Self {
        Self { data: data.to_owned(), api: OnceLock::new() }
    }

    /// Gives `api` its keys, now and whenever they are read again.
    pub(crate) fn serve(&self, api: &Api) -> Result<(), Failure> {
        // A server has one API.
        let _ = self.api.set(api.clone());
        self.reread().map(|_| ())
    }

    /// Reads the keys again, and says how many there are. Those that are gone open nothing from then on.
    pub(crate) fn reread(&self) -> Result<usize, Failure> {
        let keys = load(&self.data)?;
        let count = keys.len();
        if let Some(api) = self.api.get() {
            api.set_keys(keys);
        }
        Ok(count)
    }
}
