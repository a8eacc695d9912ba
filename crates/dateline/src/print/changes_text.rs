//! What another registry would change, for people and for programs.

use std::fmt::Write as _;

use dateline_projector::{Changes, Entry, Reattributed, Scope, TimelineChanges, View};
use serde_json::{Value, json};

use super::style::{BOLD, Styled};
use super::wrap::one_line;
use crate::output::counted;
use crate::scopes::named;

/// Widest headline that is printed, in characters.
const WIDTH: usize = 76;

/// Entries of one timeline and kind that are printed as text. JSON has all of them.
const SHOWN: usize = 20;

/// The changes timeline by timeline.
pub(crate) fn as_text(changes: &Changes, before: &View, after: &View) -> String {
    if changes.is_empty() {
        return "Nothing would change.".to_owned();
    }
    let stories = counted(changes.stories, "story", "stories");
    let timelines = counted(changes.timelines.len(), "timeline", "timelines");
    let mut out = format!("{stories} would be read in another way, {timelines} would change.\n");
    for timeline in &changes.timelines {
        // A name that only one of the two registries has is found there.
        let scope = &timeline.scope;
        let new = named(after, scope);
        let name = if new == id(scope) { named(before, scope) } else { new };
        let heading = format!("{name} ({} {})", kind(scope), id(scope));
        let _ = writeln!(out, "\n{}", Styled(BOLD, heading));
        entries(&mut out, "+", "added", timeline.added.iter());
        entries(&mut out, "-", "removed", timeline.removed.iter());
        moved(&mut out, timeline);
        entries(&mut out, "~", "changed", timeline.changed.iter().map(|it| &it.1));
    }
    if !changes.reattributed.is_empty() {
        let _ = writeln!(out, "\n{}", Styled(BOLD, "Re-attributed"));
        for it in changes.reattributed.iter().take(SHOWN) {
            let who = |it: &Option<_>| it.as_ref().map_or("nobody".to_owned(), ToString::to_string);
            let words = one_line(&it.words, WIDTH);
            let _ = writeln!(out, "  {} → {}  “{words}”", who(&it.from), who(&it.to));
        }
        more(&mut out, changes.reattributed.len());
    }
    out
}

fn entries<'a>(
    out: &mut String,
    sign: &str,
    what: &str,
    entries: impl ExactSizeIterator<Item = &'a Entry>,
) {
    let count = entries.len();
    if count > 0 {
        let _ = writeln!(out, "  {} {what}", counted(count, "entry", "entries"));
    }
    for it in entries.take(SHOWN) {
        let _ = writeln!(out, "  {sign} {}  {}", day(it), title(it));
    }
    more(out, count);
}

fn moved(out: &mut String, timeline: &TimelineChanges) {
    let count = timeline.moved.len();
    if count > 0 {
        let _ = writeln!(out, "  {} moved", counted(count, "entry", "entries"));
    }
    for (old, new) in timeline.moved.iter().take(SHOWN) {
        let _ = writeln!(out, "  > {} → {}  {}", day(old), day(new), title(new));
    }
    more(out, count);
}

fn more(out: &mut String, count: usize) {
    if count > SHOWN {
        let _ = writeln!(out, "    and {} more; --json has all", count - SHOWN);
    }
}

fn day(it: &Entry) -> String {
    it.key().day().map_or_else(|| "undated   ".to_owned(), |it| it.to_string())
}

fn title(it: &Entry) -> String {
    one_line(it.title().unwrap_or_else(|| &it.reading().content().body), WIDTH)
}

fn kind(scope: &Scope) -> &'static str {
    match scope {
        Scope::Official(_) => "official",
        Scope::Office(_) => "office",
        Scope::Organisation(_) => "organisation",
        Scope::Topic(_) => "topic",
        Scope::Source(_) => "source",
        Scope::Language(_) => "language",
        Scope::Everything => "all",
    }
}

fn id(scope: &Scope) -> String {
    match scope {
        Scope::Official(id) => id.to_string(),
        Scope::Office(id) => id.to_string(),
        Scope::Organisation(id) => id.to_string(),
        Scope::Topic(id) => id.to_string(),
        Scope::Source(id) => id.to_string(),
        Scope::Language(code) => code.to_string(),
        Scope::Everything => "everything".to_owned(),
    }
}

/// The same as one JSON object.
pub(crate) fn as_json(changes: &Changes) -> Value {
    let timelines = changes.timelines.iter().map(|it| {
        json!({
            "kind": kind(&it.scope),
            "id": id(&it.scope),
            "added": it.added.iter().map(entry_json).collect::<Vec<_>>(),
            "removed": it.removed.iter().map(entry_json).collect::<Vec<_>>(),
            "moved": it.moved.iter().map(pair_json).collect::<Vec<_>>(),
            "changed": it.changed.iter().map(pair_json).collect::<Vec<_>>(),
        })
    });
    json!({
        "stories": changes.stories,
        "timelines": timelines.collect::<Vec<_>>(),
        "reattributed": changes.reattributed.iter().map(reattributed_json).collect::<Vec<_>>(),
    })
}

fn entry_json(it: &Entry) -> Value {
    json!({
        "story": it.story(),
        "day": it.key().day(),
        "title": it.title(),
        "page": it.page().name,
        "offices": it.concerned().flat_map(|it| &it.held).map(|it| &it.office).collect::<Vec<_>>(),
        "statements": it.statements().count(),
    })
}

fn pair_json((old, new): &(Entry, Entry)) -> Value {
    json!({ "before": entry_json(old), "after": entry_json(new) })
}

fn reattributed_json(it: &Reattributed) -> Value {
    json!({
        "story": it.story,
        "words": it.words,
        "is_statement": it.is_statement,
        "from": it.from,
        "to": it.to,
    })
}
