//! What can be typed behind `dateline log`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use dateline_event::Position;

#[derive(Debug, Subcommand)]
pub(crate) enum LogCommand {
    /// Print the events, a line each
    Show(LogShowArgs),
    /// Read all of the log and check every digest, also while `dateline serve` runs; exit code 5 on damage
    Verify(LogVerifyArgs),
    /// Write the events to a file, one CloudEvents JSON object a line, also while `dateline serve` runs
    Export(LogExportArgs),
    /// Append what was exported, at the same positions
    Import(LogImportArgs),
    /// Copy the log to a directory, also while `dateline serve` runs on it
    Backup(LogBackupArgs),
    /// Copy a backup into a data directory that has no log
    Restore(LogRestoreArgs),
    /// Append made-up events from many writers until killed, to try out a disk
    Drill(LogDrillArgs),
}

#[derive(Debug, Args)]
pub(crate) struct LogShowArgs {
    /// First position
    #[arg(long, value_name = "POSITION", default_value = "1")]
    pub(crate) from: Position,
    /// Most events to print
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// One CloudEvents JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LogVerifyArgs {
    /// The result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline log export events.ndjson.zst
  dateline log export --from 100 - | jq .type
The file is written under another name first, so that it is there as a whole or not at all.")]
pub(crate) struct LogExportArgs {
    /// First position
    #[arg(long, value_name = "POSITION", default_value = "1")]
    pub(crate) from: Position,
    /// Last position; without it, the newest event
    #[arg(long, value_name = "POSITION")]
    pub(crate) to: Option<Position>,
    /// The report as one JSON object; on standard error when the events go to standard output
    #[arg(long)]
    pub(crate) json: bool,
    /// The file, packed with gzip or zstd if it ends in .gz or .zst; `-` writes standard output
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A log that is empty or not there gets the same positions, times and chain head; any other log must be continued
exactly. Every line is checked before the first is written: after exit code 3, nothing was.")]
pub(crate) struct LogImportArgs {
    /// The report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// The file, plain or packed with gzip or zstd; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
The copy is verified, and is a data directory of its own: `dateline --data DIR log verify` reads it again.
While `dateline serve` owns the data directory, the server makes the copy.")]
pub(crate) struct LogBackupArgs {
    /// The report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Where the copy goes; made if it is not there, and refused if it holds a log
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  dateline --data new-data log restore backups/monday
The copy is verified. Nothing is written to the backup, so it may be read-only.")]
pub(crate) struct LogRestoreArgs {
    /// The report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// A directory that `dateline log backup` made
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Prints `ack POSITION ID` for each event once it is durable. Cut the power, start again, and `dateline log show --json`
must have each id at its position. A log that holds anything else is refused.")]
pub(crate) struct LogDrillArgs {
    /// How many writers append at the same time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) writers: u16,
}
