//! `dateline read`: what is understood of each page, printed and not stored.

use std::path::Path;

use dateline_annotate::{Annotation, Annotator, Registry};
use dateline_event::story::Story;
use dateline_event::{Event, SourceId};
use dateline_ingest::{Capture, Reading, read_page};

use super::Outcome;
use crate::cli::ReadArgs;
use crate::exit::{Exit, Failure};
use crate::output::{print, tell};
use crate::pages::PageFile;
use crate::print::{page_json, page_text};
use crate::{pages, registry_files, store};

/// Reads and annotates every page, in the order of the paths. A page that cannot be read is named on standard error,
/// and the others go on.
pub(crate) fn run(args: &ReadArgs, data: &Path) -> Outcome {
    let source = SourceId::new(&args.source).map_err(|why| Failure::new(Exit::Input, why))?;
    let annotator = Annotator::new(&registry(args, data)?);
    let (files, unreadable) = pages::find(&args.pages);
    let mut exit = Exit::Done;
    for problem in unreadable {
        tell(format_args!("dateline: {problem}"));
        exit = Exit::Input;
    }
    for file in &files {
        match pages::read(&file.path) {
            Ok(bytes) => {
                let capture = Capture {
                    name: &file.name,
                    source: &source,
                    address: None,
                    captured: None,
                    bytes: &bytes,
                };
                let reading = read_page(&capture);
                if !reading.is_readable() {
                    exit = Exit::Input;
                }
                show(args, file, reading, &annotator)?;
            }
            Err(problem) => {
                tell(format_args!("dateline: {problem}"));
                exit = Exit::Input;
            }
        }
    }
    Ok(exit)
}

fn show(
    args: &ReadArgs,
    file: &PageFile,
    reading: Reading,
    annotator: &Annotator,
) -> Result<(), Failure> {
    let annotated = |story: Story| {
        let found = annotator.annotate(&story);
        (story, found)
    };
    let stories: Vec<(Story, Annotation)> = reading.stories.into_iter().map(annotated).collect();
    let warnings: Vec<String> = reading.warnings.iter().map(ToString::to_string).collect();
    if args.json {
        print(page_json::page(&file.name, &stories, &warnings))
    } else {
        print(page_text::page(&file.path.display().to_string(), &stories, &warnings))
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
    let registry_file = args.registry.as_deref().map(registry_files::popolo).transpose()?;
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
