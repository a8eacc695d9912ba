//! The program as a server of its own: a process with a data directory, whose memory and processor time can be read.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

/// The program as cargo built it for this benchmark.
const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).args(args).args(["--data", "data"]).stdin(Stdio::null());
    command.env("DATELINE_LOG", "error");
    command
}

/// Runs the program with `args` to its end, and gives what it printed.
pub(crate) fn done(folder: &Path, args: &[&str]) -> String {
    let output = command(folder, args).stderr(Stdio::piped()).output().expect("the program starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`dateline {}`: {stderr}", args.join(" "));
    String::from_utf8(output.stdout).expect("the program prints text")
}

/// A server on loopback; killed when dropped.
pub(crate) struct Running {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Running {
    /// `dateline serve` with `settings`, once it listens.
    pub(crate) fn start(folder: &Path, settings: &[&str]) -> Self {
        let mut serve = command(folder, &["serve", "--listen", "127.0.0.1:0"]);
        let mut child =
            serve.args(settings).stdout(Stdio::piped()).spawn().expect("the program starts");
        let stdout = child.stdout.take().expect("standard output is a pipe");
        let mut lines = BufReader::new(stdout).lines();
        let address = lines.find_map(|line| {
            let line = line.expect("the program prints text");
            let (_, rest) = line.split_once("http://")?;
            rest.split(['/', ' ']).next()?.parse().ok()
        });
        // Whatever it prints later must not fill the pipe.
        thread::spawn(move || lines.for_each(drop));
        Self { child, address: address.expect("the program says where it listens") }
    }

    /// A field of `/proc/PID/status`, in kilobytes.
    pub(crate) fn kilobytes(&self, field: &str) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = fs::read_to_string(path).expect("the server runs");
        let line = status.lines().find_map(|it| it.strip_prefix(field)?.strip_prefix(':'));
        let number = line.and_then(|it| it.split_whitespace().next()?.parse().ok());
        number.unwrap_or_else(|| panic!("the kernel tells no {field}"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A server that has ended is gone already, and then this does nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
