//! `dateline rule`: an editor overrules what was read out of a story. The decision is an event, so it holds for every
//! later view and can be overruled by a later one.

use std::path::Path;
use std::sync::Arc;

use dateline_event::event::{Ruling, Verdict};
use dateline_event::{Event, ExpectedPosition, OfficialId, Position, Span, StoryId, TopicId};
use dateline_projector::{StoryRecord, View};
use serde_json::json;

use super::Outcome;
use crate::cli::{RuleCommand, RuleEnding};
use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::print::ruling_text;
use crate::{clock, store, views};

/// Who says so, in the envelopes of rulings.
const SOURCE: &str = "urn:dateline:editor";

/// Shows what the ruling is about, and writes it unless the record says so already.
pub(crate) fn run(command: &RuleCommand, data: &Path) -> Outcome {
    let log = Arc::new(store::open_existing(data)?);
    let view = views::of_log(data, Arc::<dateline_log::SledLog>::clone(&log))?;
    let (ruling, ending) = ruling(command, &view)?;
    let record =
        view.story(&ruling.story()).ok_or_else(|| no_story(&ruling.story().to_string()))?;
    let evidence = ruling_text::evidence(&ruling, &record, &view);
    if !ending.json {
        evidence.iter().try_for_each(print)?;
    }
    let outcome = match stands(&record, &ruling) {
        Some(position) => Written::Known(position),
        None if ending.dry_run => Written::No,
        None => {
            let event = Event::RulingMade(ruling.clone()).into_new(SOURCE, clock::now());
            store::append(&log, vec![(event, ExpectedPosition::Any)])?;
            Written::Yes
        }
    };
    if ending.json {
        let known = match outcome {
            Written::Known(position) => Some(position.to_string()),
            Written::No | Written::Yes => None,
        };
        let written = matches!(outcome, Written::Yes);
        print(
            json!({ "ruling": ruling, "evidence": evidence, "written": written, "known_since": known }),
        )?;
    } else {
        print(match outcome {
            Written::Known(position) => {
                format!("ruled so already at position {position}; nothing written")
            }
            Written::No => "nothing written".to_owned(),
            Written::Yes => "written".to_owned(),
        })?;
    }
    Ok(Exit::Done)
}

/// What became of a ruling.
enum Written {
    /// The last ruling on the same thing says so, at this position.
    Known(Position),
    /// It was only shown.
    No,
    /// It is in the log.
    Yes,
}

fn ruling(command: &RuleCommand, view: &View) -> Result<(Ruling, RuleEnding), Failure> {
    let story = |typed: &str| story(view, typed);
    Ok(match command {
        RuleCommand::Statement(args) => {
            let record = story(&args.story)?;
            let official = official(view, &args.official)?;
            let span = span_in(&record, &args.span)?;
            let verdict = Verdict::from(args.says);
            (Ruling::Statement { story: record.id(), span, official, verdict }, args.ending)
        }
        RuleCommand::Topic(args) => {
            let (story, topic) = (story(&args.story)?.id(), topic(view, &args.topic)?);
            (Ruling::Topic { story, topic, verdict: args.says.into() }, args.ending)
        }
        RuleCommand::Same(args) => {
            let (story, other) = (story(&args.story)?.id(), story(&args.other)?.id());
            if story == other {
                let message = format!("`{story}` is given twice, wanted two stories");
                return Err(Failure::message(Exit::Input, message));
            }
            (Ruling::Same { story, other, verdict: args.says.into() }, args.ending)
        }
    })
}

/// Where the last ruling on the same thing stands, if it says the same.
fn stands(record: &StoryRecord, ruling: &Ruling) -> Option<Position> {
    let last = record.rulings().iter().rev().find(|it| is_about_the_same(&it.ruling, ruling))?;
    (verdict(&last.ruling) == verdict(ruling)).then_some(last.position)
}

fn is_about_the_same(one: &Ruling, other: &Ruling) -> bool {
    let turned = |ruling: &Ruling| {
        let mut it = ruling.clone();
        match &mut it {
            Ruling::Statement { verdict, .. }
            | Ruling::Topic { verdict, .. }
            | Ruling::Same { verdict, .. } => *verdict = Verdict::Is,
        }
        it
    };
    turned(one) == turned(other)
}

const fn verdict(ruling: &Ruling) -> Verdict {
    match ruling {
        Ruling::Statement { verdict, .. }
        | Ruling::Topic { verdict, .. }
        | Ruling::Same { verdict, .. } => *verdict,
    }
}

fn story(view: &View, typed: &str) -> Result<Arc<StoryRecord>, Failure> {
    let id = typed.parse::<StoryId>().ok();
    id.and_then(|it| view.story(&it)).ok_or_else(|| no_story(typed))
}

fn no_story(typed: &str) -> Failure {
    let message =
        format!("no story `{typed}`; `dateline timeline --json` prints the ids as `story`");
    Failure::message(Exit::NotFound, message)
}

fn official(view: &View, typed: &str) -> Result<OfficialId, Failure> {
    let id = OfficialId::new(typed).ok().filter(|it| view.registry().officials().contains_key(it));
    id.ok_or_else(|| {
        let message = format!("no official `{typed}` in the registry, wanted an id such as those of `dateline timeline --json`");
        Failure::message(Exit::NotFound, message)
    })
}

fn topic(view: &View, typed: &str) -> Result<TopicId, Failure> {
    let id = TopicId::new(typed).ok().filter(|it| view.registry().topics().contains_key(it));
    id.ok_or_else(|| Failure::message(Exit::NotFound, format!("no topic `{typed}` in the scheme")))
}

/// The span that was typed, which must lie in the story.
fn span_in(record: &StoryRecord, typed: &str) -> Result<Span, Failure> {
    let ends = typed.split_once("..").and_then(|(start, end)| {
        Some((start.trim().parse::<u32>().ok()?, end.trim().parse::<u32>().ok()?))
    });
    let Some((start, end)) = ends.filter(|(start, end)| start < end) else {
        let message = format!("--span is `{typed}`, wanted two growing numbers such as 120..188");
        return Err(Failure::message(Exit::Input, message));
    };
    let span = Span::new(start, end);
    let reading = record.current().or(record.readings().last());
    if reading.is_some_and(|it| it.words_at(span).is_some()) {
        return Ok(span);
    }
    let pieces = reading.map(|it| it.content().pieces.as_slice()).unwrap_or_default();
    let places: Vec<String> =
        pieces.iter().map(|it| format!("{}..{}", it.page.start, it.page.end)).collect();
    let message =
        format!("{start}..{end} lies outside of the story, which stands at {}", places.join(", "));
    Err(Failure::message(Exit::Input, message))
}
