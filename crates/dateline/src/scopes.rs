//! Whose timeline is meant: ids and names as people type them, looked up in the registry of a view.

use dateline_event::{OfficeId, OfficialId, OrganisationId, TopicId};
use dateline_projector::{Scope, View};

use crate::cli::ScopeArgs;
use crate::exit::{Exit, Failure};

/// Names that are offered when nothing has the one that was typed.
const OFFERED: usize = 5;

/// The timelines that were asked for; never empty, since the arguments ask for one.
pub(crate) fn scopes(args: &ScopeArgs, view: &View) -> Result<Vec<Scope>, Failure> {
    let mut scopes = Vec::new();
    for typed in &args.official {
        scopes.push(Scope::Official(official(view, typed)?));
    }
    for typed in &args.office {
        scopes.push(Scope::Office(office(view, typed)?));
    }
    for typed in &args.organisation {
        scopes.push(Scope::Organisation(organisation(view, typed)?));
    }
    for typed in &args.topic {
        scopes.push(Scope::Topic(topic(view, typed)?));
    }
    Ok(scopes)
}

/// The name under which a timeline is shown.
pub(crate) fn named(view: &View, scope: &Scope) -> String {
    let registry = view.registry();
    match scope {
        Scope::Official(id) => {
            registry.officials().get(id).map_or_else(|| id.to_string(), |it| it.name.clone())
        }
        Scope::Office(id) => {
            registry.offices().get(id).map_or_else(|| id.to_string(), |it| it.label.clone())
        }
        Scope::Organisation(id) => {
            registry.organisations().get(id).map_or_else(|| id.to_string(), |it| it.name.clone())
        }
        Scope::Topic(id) => {
            let label = registry.topics().get(id).and_then(|it| it.labels.first());
            label.map_or_else(|| id.to_string(), |it| it.text.clone())
        }
        Scope::Source(id) => id.to_string(),
        Scope::Language(code) => code.to_string(),
        Scope::Everything => "everything".to_owned(),
    }
}

/// The official with this id, or the only one with this name.
fn official(view: &View, typed: &str) -> Result<OfficialId, Failure> {
    let officials = view.registry().officials();
    if let Some(id) = OfficialId::new(typed).ok().filter(|it| officials.contains_key(it)) {
        return Ok(id);
    }
    let all = officials.values().map(|it| {
        let names = [it.name.as_str()].into_iter().chain(it.other_names.iter().map(String::as_str));
        (&it.id, it.name.as_str(), names.collect())
    });
    the_only(typed, "official", "officials", all).cloned()
}

/// The office with this id, or the only one with this label.
fn office(view: &View, typed: &str) -> Result<OfficeId, Failure> {
    let offices = view.registry().offices();
    if let Some(id) = OfficeId::new(typed).ok().filter(|it| offices.contains_key(it)) {
        return Ok(id);
    }
    let all = offices.values().map(|it| {
        let labels = it.other_labels.iter().map(String::as_str);
        (&it.id, it.label.as_str(), [it.label.as_str()].into_iter().chain(labels).collect())
    });
    the_only(typed, "office", "offices", all).cloned()
}

/// The organisation with this id, or the only one with this name.
fn organisation(view: &View, typed: &str) -> Result<OrganisationId, Failure> {
    let bodies = view.registry().organisations();
    if let Some(id) = OrganisationId::new(typed).ok().filter(|it| bodies.contains_key(it)) {
        return Ok(id);
    }
    let all = bodies.values().map(|it| {
        let names = it.other_names.iter().map(String::as_str);
        (&it.id, it.name.as_str(), [it.name.as_str()].into_iter().chain(names).collect())
    });
    the_only(typed, "organisation", "organisations", all).cloned()
}

fn topic(view: &View, typed: &str) -> Result<TopicId, Failure> {
    let topics = view.registry().topics();
    if let Some(id) = TopicId::new(typed).ok().filter(|it| topics.contains_key(it)) {
        return Ok(id);
    }
    let wanted = typed.to_lowercase();
    let alike = topics.values().filter(|it| {
        it.id.as_str().contains(&wanted)
            || it.labels.iter().any(|label| label.text.to_lowercase().contains(&wanted))
    });
    let offered: Vec<String> = alike.take(OFFERED).map(|it| it.id.to_string()).collect();
    Err(not_found("topic", typed, &offered))
}

/// Of things with an id, a name, and all names: the only one that has the name `typed`.
fn the_only<'a, Id: std::fmt::Display>(
    typed: &str,
    one: &str,
    many: &str,
    all: impl Iterator<Item = (&'a Id, &'a str, Vec<&'a str>)>,
) -> Result<&'a Id, Failure> {
    let wanted = typed.to_lowercase();
    let all: Vec<_> = all.collect();
    let has_name = |names: &[&str]| names.iter().any(|it| it.to_lowercase() == wanted);
    let mut named = all.iter().filter(|it| has_name(&it.2));
    match (named.next(), named.next()) {
        (Some(only), None) => return Ok(only.0),
        (Some(first), Some(other)) => {
            let message = format!(
                "`{typed}` names several {many}, such as {} and {}; give an id",
                first.0, other.0
            );
            return Err(Failure::message(Exit::NotFound, message));
        }
        (None, _) => {}
    }
    let alike = all.iter().filter(|it| {
        let name = it.1.to_lowercase();
        wanted.split_whitespace().any(|word| name.contains(word))
    });
    let offered: Vec<String> =
        alike.take(OFFERED).map(|it| format!("{} ({})", it.0, it.1)).collect();
    Err(not_found(one, typed, &offered))
}

fn not_found(what: &str, typed: &str, offered: &[String]) -> Failure {
    let hint = match offered {
        [] => format!("; the registry has no {what} like it"),
        some => format!("; did you mean {}?", some.join(", ")),
    };
    Failure::message(Exit::NotFound, format_args!("no {what} `{typed}`{hint}"))
}
