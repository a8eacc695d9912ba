//! Whom and what a story concerns: the timelines that it is in, and what it is there.

use dateline_annotate::{Annotation, Appearance, AppearanceRole, Statement, StatementKind};

use crate::directory::Directory;
use crate::page::Scope;
use crate::slot::Traits;
use crate::story::Revision;

/// The timelines that a story is in, in their order, with its traits in each.
pub(crate) type Concerns = Vec<(Scope, Traits)>;

/// The timelines of a text in which the annotator found `annotation`:
///
/// - of each official of the registry who appears in it,
/// - of each office that such an official held on the day of the story, of the organisation of that office, and of
///   the organisations which that one belongs to,
/// - of each topic that it is on, and of the topics above those,
/// - of its source, of its language, and of everything.
pub(crate) fn concerns(
    revision: &Revision,
    annotation: &Annotation,
    directory: &Directory,
) -> Concerns {
    let mut found = Concerns::with_capacity(USUAL_TIMELINES);
    let mut anybody = Traits::default();
    for (at, person) in annotation.appearances.iter().enumerate() {
        let known = |it: &&_| directory.registry.officials().contains_key(*it);
        let Some(official) = person.official.as_ref().filter(known) else { continue };
        let traits = traits(person, at, &annotation.statements);
        anybody = anybody.with(traits);
        found.push((Scope::Official(official.clone()), traits));
        for held in &person.held {
            if !directory.registry.offices().contains_key(&held.office) {
                continue;
            }
            found.push((Scope::Office(held.office.clone()), traits));
            for organisation in directory.bodies_of(&held.office) {
                found.push((Scope::Organisation(organisation.clone()), traits));
            }
        }
    }
    for of in &annotation.topics {
        for topic in directory.with_broader(&of.topic) {
            found.push((Scope::Topic(topic.clone()), anybody));
        }
    }
    found.push((Scope::Source(revision.source.clone()), anybody));
    found.push((Scope::Language(revision.content.language.as_str().into()), anybody));
    found.push((Scope::Everything, anybody));
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    found.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1 = first.1.with(later.1);
        }
        same
    });
    found
}

/// Timelines that a story is usually in at most.
const USUAL_TIMELINES: usize = 24;

fn traits(person: &Appearance, at: usize, statements: &[Statement]) -> Traits {
    let part = match person.role {
        AppearanceRole::Speaker => Traits::SPEAKER,
        AppearanceRole::Participant => Traits::PARTICIPANT,
        AppearanceRole::Mentioned => Traits::MENTIONED,
    };
    let said = statements.iter().filter(|it| it.speaker == Some(at));
    let kinds = said.map(|it| match it.kind {
        StatementKind::Direct => Traits::DIRECT,
        StatementKind::Indirect => Traits::INDIRECT,
    });
    kinds.fold(part, Traits::with)
}
