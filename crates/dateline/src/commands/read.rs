//! `dateline read`: what is understood of each page, printed and not stored.

use std::path::Path;

use dateline_annotate::{Annotation, Annotator, Registry};
use dateline_event::story::Story;
use dateline_event::{Event, SourceId};
use dateline_ingest::{FoundPage, Reading};

use crate::cli::ReadArgs;
use crate::exit::{Exit, Failure};
use crate::output::{print, tell};
use crate::print::{page_json, page_text};
use crate::reading::{Outcome, read_all};
use crate::{registry_files, store};

/// Reads and annotates every page, in the order of the paths. A page that cannot be read is named on standard error,
/// and the others go on.
pub(crate) fn run(args: &ReadArgs, data: &Path) -> super::Outcome {
    let source = SourceId::new(&args.source).map_err(|why| Failure::new(Exit::Input, why))?;
    let annotator = Annotator::new(&registry(args, data)?);
    let mut exit = Exit::Done;
    let read = |path: &str, page: &FoundPage| {
        let reading = page.read(&source);
        let is_readable = reading.is_readable();
        (shown(args, path, reading, &annotator), is_readable)
    };
    read_all(&args.pages, read, |outcome| match outcome {
        Outcome::Page { result: (text, is_readable), .. } => {
            if !is_readable {
                exit = Exit::Input;
            }
            print(text)
        }
        Outcome::Unread { message } => {
            exit = Exit::Input;
            tell(format_args!("dateline: {message}"));
            Ok(())
        }
    })?;
    Ok(exit)
}

/// What is printed of a page.
fn shown(args: &ReadArgs, path: &str, reading: Reading, annotator: &Annotator) -> String {
    let annotated = |story: Story| {
        let found = annotator.annotate(&story);
        (story, found)
    };
    let stories: Vec<(Story, Annotation)> = reading.stories.into_iter().map(annotated).collect();
    let warnings: Vec<String> = reading.warnings.iter().map(ToString::to_string).collect();
    if args.json {
        page_json::page(&reading.page, &stories, &warnings).to_string()
    } else {
        page_text::page(path, &stories, &warnings)
    }
}

/// The registry and topics of the files named; what no file is named for comes from the log, if there is one.
fn registry(args: &ReadArgs, data: &Path) -> Result<Registry, Failure> {
    let mut registry = Registry::default();
    if args.registry.is_none() || args.topics.is_none() {
        store::replay_if_there(data, |event| {
            let is_topic = matches!(event, Event::TopicRecorded(_) | Event::TopicWithdrawn(_));
            let file = if is_topic { &args.topics } else { &args.registry };
            if file.is_none() {
                registry.apply(event);
            }
        })?;
    }
    let registry_file = args.registry.as_deref().map(registry_files::registry).transpose()?;
    let topics_file = args.topics.as_deref().map(registry_files::topics).transpose()?;
    for import in [registry_file, topics_file].into_iter().flatten() {
        for warning in &import.warnings {
            tell(format_args!("warning: {warning}"));
        }
        for event in &import.events {
            registry.apply(event);
        }
    }
    Ok(registry)
}
