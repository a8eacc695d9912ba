//! What was understood of one page, for people.

use std::fmt::{self, Write as _};

use dateline_annotate::{Annotation, Appearance, Resolved};
use dateline_event::story::Story;

use super::evidence;
use super::style::{BOLD, DIM, Styled};
use super::wrap::{one_line, wrapped};

/// Widest line that is printed, in characters.
const WIDTH: usize = 100;

/// The stories of a page with all that was found in each, then the warnings.
pub(crate) fn page(name: &str, stories: &[(Story, Annotation)], warnings: &[String]) -> String {
    let mut text = String::new();
    let count = stories.len();
    let noun = if count == 1 { "story" } else { "stories" };
    line(&mut text, format_args!("{}", Styled(BOLD, format_args!("{name}: {count} {noun}"))));
    for (number, (found_story, found)) in stories.iter().enumerate() {
        line(&mut text, format_args!(""));
        story(&mut text, number + 1, found_story, found);
    }
    for warning in warnings {
        line(&mut text, format_args!("  warning: {warning}"));
    }
    text
}

fn line(text: &mut String, words: fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{words}");
}

/// The language of a story, and those of the lines in others.
fn languages(story: &Story) -> String {
    let mut others: Vec<&str> = story.passages.iter().map(|it| it.language.as_str()).collect();
    others.sort_unstable();
    others.dedup();
    let lines = if others.is_empty() {
        String::new()
    } else {
        format!(" (lines in {})", others.join(", "))
    };
    format!("{}{lines}", story.language)
}

fn story(text: &mut String, number: usize, story: &Story, found: &Annotation) {
    let title = story.title.as_ref().map_or_else(
        || format!("(no headline) {}", one_line(&story.body, 60)),
        |it| one_line(&it.text, WIDTH),
    );
    let heading = format!("  {number}. {title}");
    line(text, format_args!("{}", Styled(BOLD, heading)));
    let mut facts = vec![story.role.as_str().to_owned(), languages(story)];
    facts.extend(found.place.as_ref().map(|it| format!("in {}", it.name)));
    facts.extend(found.agency.as_ref().map(|it| format!("agency {}", it.name)));
    line(text, format_args!("     {}", facts.join(" · ")));
    date(text, "published", &found.published);
    date(text, "happened", &found.happened);
    for it in &found.appearances {
        line(text, format_args!("     {:11}  {}", it.role.as_str(), who(it)));
    }
    for it in &found.statements {
        let speaker = it.speaker.and_then(|index| found.appearances.get(index));
        let speaker = speaker.map_or("(not named)", |it| it.name.as_str());
        let verb = it.verb.as_deref().unwrap_or("–");
        line(text, format_args!("     {:11}  {speaker} [{verb}]", it.kind.as_str()));
        line(text, format_args!("{}", wrapped(&it.text, 18, WIDTH)));
    }
    for it in &found.topics {
        let words = one_line(&evidence::words(it.evidence.iter()), 60);
        line(
            text,
            format_args!("     topic        {} {}", it.topic, Styled(DIM, format!("({words})"))),
        );
    }
}

fn date(text: &mut String, label: &str, date: &Resolved) {
    if let (Some(edtf), Some(basis)) = (date.edtf, date.basis) {
        let how = explained(date);
        line(
            text,
            format_args!(
                "     {label:11}  {edtf} {}",
                Styled(DIM, format!("({}{how})", basis.as_str()))
            ),
        );
    }
}

/// How a date was found, and which years remain, behind its basis.
pub(crate) fn explained(date: &Resolved) -> String {
    let mut words = String::new();
    if let Some(how) = &date.how {
        let _ = write!(words, ": {how}");
    }
    if !date.years.is_empty() {
        let years: Vec<String> = date.years.iter().map(ToString::to_string).collect();
        let _ = write!(words, "; years that remain: {}", years.join(", "));
    }
    words
}

fn who(it: &Appearance) -> String {
    let mut words = it.name.clone();
    if let Some(office) = &it.office_as_written {
        let _ = write!(words, ", {}", one_line(office, WIDTH));
    }
    match &it.official {
        Some(id) => drop(write!(words, " [{id}]")),
        None => words.push_str(" [not in the registry]"),
    }
    if let Some(disagreement) = &it.disagreement {
        let _ = write!(words, "; {disagreement}");
    }
    words
}
