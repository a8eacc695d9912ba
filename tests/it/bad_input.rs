//! Input that is broken, missing or forbidden: one clear line that names the thing and the place, the documented exit
//! code, and nothing lost.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{Desk, Ended, root};

/// A page that is read without trouble, in the invented world.
const GOOD: &str = "ARPO strategic drill ends\n\nARPO strategic drill ends 20.03.2025\n\nOn 20 March 2025, the drill ended in Varegrad.\n";

/// Ingests a bad file beside a good one: the bad one is named in one line, and the good one is in the log.
fn beside_a_good_page(bad: &Path, desk: &Desk, wanted: &str) {
    let good = desk.file("good.txt", GOOD);
    let ended = desk.run(["ingest".as_ref(), bad.as_os_str(), good.as_os_str()]);
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    let name = bad.file_name().expect("a file has a name").to_string_lossy().into_owned();
    let lines: Vec<&str> = ended.stderr.lines().filter(|it| it.contains(&name)).collect();
    assert_eq!(lines.len(), 1, "wanted one line about {name}: {}", ended.stderr);
    assert!(lines[0].contains(wanted), "wanted `{wanted}` in: {}", lines[0]);
    assert!(
        ended.stdout.contains("1 stories reported") || ended.stdout.contains("1 story reported")
    );
    assert!(desk.done(["log", "show"]).contains("ARPO strategic drill ends"));
}

#[test]
fn an_empty_file_is_named() {
    let desk = Desk::new();
    let bad = desk.file("empty.txt", "");
    beside_a_good_page(&bad, &desk, "the page is empty");
}

#[test]
fn random_bytes_are_named() {
    let desk = Desk::new();
    // Bytes of a fixed linear congruential generator: no text, and the same in every run.
    let mut state = 42_u64;
    let bytes: Vec<u8> = (0..100_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        })
        .collect();
    let bad = desk.file("random.bin", bytes);
    beside_a_good_page(&bad, &desk, "not text");
}

#[test]
fn bytes_that_are_no_utf8_are_named_with_their_place() {
    let desk = Desk::new();
    let mut bytes = GOOD.replace("drill", "manoeuvre").into_bytes();
    bytes.splice(40..40, [0xff, 0xfe]);
    let bad = desk.file("latin.txt", bytes);
    let ended = desk.run(["ingest".as_ref(), bad.as_os_str()]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.stderr.contains("latin.txt") && ended.stderr.contains("40"), "{}", ended.stderr);
    assert!(ended.stdout.contains("reported"), "what can be read is read: {}", ended.stdout);
}

#[test]
fn a_line_of_fifty_megabytes_is_named_and_stops_nothing() {
    let desk = Desk::new();
    let bad = desk.file("long.txt", "word ".repeat(10_000_000));
    beside_a_good_page(&bad, &desk, "at most");
}

#[test]
fn a_missing_path_is_named() {
    let desk = Desk::new();
    let bad = desk.path().join("no-such-page.txt");
    beside_a_good_page(&bad, &desk, "No such file");
}

#[test]
fn a_folder_without_rights_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let folder = desk.path().join("closed");
    fs::create_dir(&folder).expect("folder is made");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).expect("rights are taken");
    let good = desk.file("good.txt", GOOD);
    let mut command = desk.command(["ingest".as_ref(), folder.as_os_str(), good.as_os_str()]);
    let ended = as_nobody(&desk, &mut command);
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    assert!(ended.stderr.contains("closed") && ended.stderr.contains("denied"), "{}", ended.stderr);
    assert!(ended.stdout.contains("reported"));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("rights are given back");
}

/// Runs `command` as a user without special rights: as it is, or as `nobody` where the tests run as root, whom no
/// folder shuts out.
fn as_nobody(desk: &Desk, command: &mut Command) -> Ended {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65_534;
    let is_root = fs::metadata("/proc/self").expect("a process has a folder").uid() == 0;
    if is_root {
        for entry in fs::read_dir(desk.path()).expect("readable folder") {
            chown(entry.expect("entry").path(), Some(NOBODY), Some(NOBODY))
                .expect("owner is changed");
        }
        chown(desk.path(), Some(NOBODY), Some(NOBODY)).expect("owner is changed");
        fs::set_permissions(desk.path(), fs::Permissions::from_mode(0o755))
            .expect("rights are given");
        // A copy, since the folder of the build may be closed to others.
        let copy = desk.path().join("dateline-copy");
        fs::copy(crate::program::binary(), &copy).expect("program is copied");
        let mut copied = Command::new(&copy);
        copied.args(command.get_args()).current_dir(desk.path()).uid(NOBODY).gid(NOBODY);
        return Ended::of(copied.output().expect("the program starts"));
    }
    Ended::of(command.output().expect("the program starts"))
}

#[test]
fn a_data_directory_in_use_is_named() {
    let desk = Desk::new();
    desk.done(["ingest".as_ref(), desk.file("good.txt", GOOD).as_os_str()]);
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    let ended = desk.run(["log", "show"]);
    assert_eq!(ended.code, Some(4), "{}", ended.stderr);
    assert!(ended.stderr.contains("dateline-data"), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    assert_eq!(server.stop("TERM"), Some(0));
    desk.done(["log", "verify"]);
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let desk = Desk::new();
    let disk = desk.path().join("disk");
    fs::create_dir(&disk).expect("folder is made");
    let Some(_mounted) = SmallDisk::mount(&disk) else { return };
    let data = disk.join("data");
    let ingest = |page: &Path| {
        desk.run(["--data".as_ref(), data.as_os_str(), "ingest".as_ref(), page.as_os_str()])
    };
    assert_eq!(ingest(&desk.file("good.txt", GOOD)).code, Some(0));
    let before = desk.done([
        "--data".as_ref(),
        data.as_os_str(),
        "log".as_ref(),
        "show".as_ref(),
        "--json".as_ref(),
    ]);
    fill(&disk);
    let pages = desk.path().join("pages");
    for number in 0..400 {
        desk.file(&format!("pages/{number}.txt"), long_page(number));
    }
    let ended = ingest(&pages);
    assert_eq!(ended.code, Some(6), "{} {}", ended.stdout, ended.stderr);
    assert!(ended.stderr.contains("disk/data"), "{}", ended.stderr);
    fs::remove_file(disk.join("filler")).expect("room is made");
    let after = desk.done([
        "--data".as_ref(),
        data.as_os_str(),
        "log".as_ref(),
        "show".as_ref(),
        "--json".as_ref(),
    ]);
    assert!(after.starts_with(&before), "what was acknowledged is there after the disk was full");
    desk.done(["--data".as_ref(), data.as_os_str(), "log".as_ref(), "verify".as_ref()]);
}

/// A page whose text does not compress to nothing.
fn long_page(number: u64) -> String {
    let mut state = number.wrapping_add(1);
    let mut text = format!("On 20 March 2025, drill number {number} ended in Varegrad.");
    for _ in 0..4_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        text.push_str(&format!(" {:x}", state >> 40));
    }
    text
}

/// A file system of a few megabytes, unmounted when dropped.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// `None`, with a word on why, where this process may not mount.
    fn mount(at: &'a Path) -> Option<Self> {
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(at).status();
        if mounted.is_ok_and(|it| it.success()) {
            return Some(Self(at));
        }
        assert!(
            std::env::var_os("CI").is_none(),
            "cannot mount a small disk; the full disk was not tried"
        );
        eprintln!("skipped: mounting a small disk needs root");
        None
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(self.0).status();
        assert!(unmounted.is_ok_and(|it| it.success()) || std::thread::panicking());
    }
}

/// Writes until nothing more fits.
fn fill(disk: &Path) {
    use std::io::Write as _;
    let mut file = fs::File::create(disk.join("filler")).expect("a file is made");
    let block = vec![0_u8; 64 * 1024];
    while file.write_all(&block).is_ok() {}
}

#[test]
fn a_registry_file_that_is_no_json_is_named_with_line_and_column() {
    let desk = Desk::new();
    let bad = desk.file("broken.json", "{\n  \"persons\": [,]\n}");
    let ended = desk.run(["registry".as_ref(), "import".as_ref(), bad.as_os_str()]);
    assert_eq!(ended.code, Some(3));
    assert!(
        ended.stderr.contains("broken.json") && ended.stderr.contains("line 2"),
        "{}",
        ended.stderr
    );
}

#[test]
fn an_official_that_nobody_knows_is_named_with_others_like_it() {
    let desk = Desk::new();
    let registry = root().join("fixtures/layouts/registry.json");
    desk.done(["registry".as_ref(), "import".as_ref(), registry.as_os_str()]);
    let ended = desk.run(["timeline", "--official", "Miroslaw Ket"]);
    assert_eq!(ended.code, Some(7));
    assert!(ended.stderr.contains("p-ket"), "{}", ended.stderr);
}

#[test]
fn arguments_that_are_not_understood_end_with_two() {
    assert_eq!(Desk::new().run(["timeline"]).code, Some(2));
}
