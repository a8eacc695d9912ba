//! The terminal: results on standard output, everything else on standard error.

use std::env::VarError;
use std::fmt;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use dateline_log::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tracing_subscriber::EnvFilter;

use crate::exit::{Exit, Failure};

/// How often the bar is drawn of work that reports nothing on its way.
const DRAW_EVERY: Duration = Duration::from_millis(100);

/// The form of log lines: `text` for people, `json` with an object a line for programs.
const LOG_FORMAT: &str = "DATELINE_LOG_FORMAT";

/// Prints one result, with a line feed. A reader that has gone away (`dateline log show | head`) ends the program
/// without a word, as other tools do.
pub(crate) fn print(text: impl fmt::Display) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match writeln!(out, "{text}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::reader_gone()),
        other => Ok(other?),
    }
}

/// Tells something about the work on standard error.
pub(crate) fn tell(text: impl fmt::Display) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Says in one line why the program ends.
pub(crate) fn complain(failure: &Failure) {
    if !failure.is_silent() {
        let style = anstyle::Style::new().bold();
        tell(format_args!("{style}dateline:{style:#} {failure}"));
    }
}

/// A number with its noun: `1 page`, `2 pages`.
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A progress bar on a terminal, nothing elsewhere.
pub(crate) fn progress(of: u64, unit: &str) -> ProgressBar {
    let form =
        format!("{{bar:30}} {{pos}} of {{len}} {unit} ({{per_sec}}, {{eta}} left) {{wide_msg}}");
    let style = ProgressStyle::with_template(&form).expect("the template names known fields only");
    ProgressBar::with_draw_target(Some(of), target()).with_style(style)
}

/// Shows on a terminal how far the reading of files has come; nothing elsewhere. `of` is their size in bytes, `None`
/// where it is not known.
pub(crate) fn reading_progress(of: Option<u64>) -> ProgressBar {
    let form = if of.is_some() {
        "{bar:30} {decimal_bytes} of {decimal_total_bytes} ({decimal_bytes_per_sec}, {eta} left), {msg}"
    } else {
        "{spinner} {decimal_bytes} ({decimal_bytes_per_sec}), {msg}"
    };
    let style = ProgressStyle::with_template(form).expect("the template names known fields only");
    ProgressBar::with_draw_target(of, target()).with_style(style).with_message("no pages yet")
}

fn target() -> ProgressDrawTarget {
    if io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    }
}

/// Moves `bar` as the log reports.
pub(crate) fn follow(bar: &ProgressBar) -> impl FnMut(Progress) {
    let bar = bar.clone();
    move |it| {
        bar.set_length(it.total);
        bar.set_position(it.done);
    }
}

/// Does `work` that reports nothing on its way, and shows meanwhile that it goes on.
pub(crate) fn waiting<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    let bar = progress(0, "events");
    bar.set_message(what);
    bar.enable_steady_tick(DRAW_EVERY);
    let done = work();
    bar.finish_and_clear();
    done
}

/// Sends log lines to standard error. `DATELINE_LOG` chooses which, as in `DATELINE_LOG=debug`; warnings otherwise.
/// `DATELINE_LOG_FORMAT` is `text` or `json`.
///
/// # Errors
/// When it is something else.
#[expect(clippy::disallowed_methods, reason = "log lines are set up before any setting is read")]
pub(crate) fn start_tracing() -> Result<(), Failure> {
    let filter = EnvFilter::builder()
        .with_default_directive(tracing::level_filters::LevelFilter::WARN.into())
        .with_env_var("DATELINE_LOG")
        .from_env_lossy();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match std::env::var(LOG_FORMAT).as_deref() {
        Ok("json") => lines.json().flatten_event(true).init(),
        Ok("text") | Err(VarError::NotPresent) => lines.init(),
        other => {
            let found = other.unwrap_or("no text");
            let message = format_args!("{LOG_FORMAT} is `{found}`, wanted `text` or `json`");
            return Err(Failure::message(Exit::Input, message));
        }
    }
    Ok(())
}
