//! Runs the real program in a folder of its own, as a person would.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

/// The top folder of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .expect("the project has a folder")
}

/// The program, built from the present sources.
pub(crate) fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        // With the tests of all packages, so that dependencies have the features that `cargo test --workspace` built them
        // with; for the program alone cargo would build many of them a second time.
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace", "--tests", "--bin", "dateline"])
            .current_dir(root())
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the program does not build");
        // This test runs as target/PROFILE/deps/it-…; the program lies in target/PROFILE.
        let test = std::env::current_exe().expect("a running program has a path");
        let profile = test.ancestors().nth(2).expect("tests lie two folders deep");
        profile.join(format!("dateline{}", std::env::consts::EXE_SUFFIX))
    })
}

/// A folder with a data directory of its own; gone when dropped.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file with these bytes, for the program to read.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .expect("folder is made");
        std::fs::write(&path, bytes).expect("file is written");
        path
    }

    /// The program with `args`, in this folder, not started yet.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(binary());
        command.current_dir(self.path()).env_remove("DATELINE_DATA").env_remove("DATELINE_LOG");
        command.args(args).stdin(Stdio::null());
        command
    }

    /// Runs the program with `args` to its end.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ended {
        Ended::of(self.command(args).output().expect("the program starts"))
    }

    /// Runs the program with `args` and expects it to succeed.
    pub(crate) fn done<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> String {
        let ended = self.run(args);
        assert_eq!(ended.code, Some(0), "standard error: {}", ended.stderr);
        ended.stdout
    }

    /// Starts `dateline serve` (or another serving command) on a free port, and waits until it says where it listens.
    pub(crate) fn serve(&self, args: &[&str]) -> Server {
        let mut child = self
            .command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let mut lines =
            BufReader::new(child.stdout.take().expect("standard output is a pipe")).lines();
        let address = lines
            .find_map(|line| {
                let line = line.expect("the program prints text");
                let start = line.find("http://")?;
                line.get(start..)?.split(['/', ' ']).nth(2).map(ToOwned::to_owned)
            })
            .expect("the program says where it listens");
        // Whatever it prints later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, address }
    }
}

/// How a run ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// A running server on loopback; killed when dropped, unless it was stopped.
pub(crate) struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// `127.0.0.1:PORT`
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Answers of `/graphql` to a query.
    pub(crate) fn query(&self, query: &str) -> serde_json::Value {
        let body = serde_json::json!({ "query": query }).to_string();
        let answer = self.http("POST", "/graphql", &[("content-type", "application/json")], &body);
        serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.body))
    }

    /// One HTTP/1.1 request over a connection of its own.
    pub(crate) fn http(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        use std::io::{Read as _, Write as _};
        let mut stream = std::net::TcpStream::connect(&self.address).expect("the server listens");
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", self.address);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the server answers with text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// Sends a question with `key`, and does not wait for the answer.
    pub(crate) fn begin(&self, key: &str, body: &str) {
        use std::io::Write as _;
        let mut stream = std::net::TcpStream::connect(&self.address).expect("the server listens");
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("the server reads");
    }

    /// Sends `signal` (`TERM`, `INT`, `KILL`) and waits for the end.
    pub(crate) fn stop(mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status().expect("kill runs");
        assert!(sent.success());
        self.child.wait().expect("the server ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that was stopped is gone already, and then this does nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An HTTP answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The value of the header `name`, which is in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|it| it.split_once(": "));
        fields.find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1)
    }
}
