//! Puts editors' rulings over what the annotator found in a text.
//!
//! A ruling about a statement names a span of the page on which the story stood when it was made. In a later text of
//! the story it goes with the words at that span; where they are gone, it no longer applies. A ruling for an official
//! or a topic that the registry does not have applies once it does.

use std::sync::Arc;

use dateline_annotate::{
    Annotation, Appearance, AppearanceRole, HeldOffice, Registry, Statement, StatementKind,
    TopicMatch,
};
use dateline_event::event::{Ruling, Verdict};
use dateline_event::{OfficialId, Span, TopicId};

use crate::key::day_of;
use crate::story::Revision;
use crate::words::{find, is_quoted, words_at};

/// Name of the rule that stands at what an editor decided.
const RULE: &str = "ruling";

/// A ruling with the text that its editor saw; `None` when the story had none yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ruled<'a> {
    pub(crate) ruling: &'a Ruling,
    pub(crate) seen: Option<&'a Revision>,
}

/// What was `found` in `revision`, changed by `rulings` in their order.
pub(crate) fn overrule(
    found: &Arc<Annotation>,
    revision: &Revision,
    rulings: &[Ruled<'_>],
    registry: &Registry,
) -> Arc<Annotation> {
    if rulings.is_empty() {
        return Arc::clone(found);
    }
    let mut bench = Bench { annotation: (**found).clone(), revision, registry };
    for ruled in rulings {
        match ruled.ruling {
            Ruling::Statement { span, official, verdict, .. } => {
                if let Some(span) = moved(*span, ruled.seen, revision) {
                    bench.rule_on_statement(span, official, *verdict);
                }
            }
            Ruling::Topic { topic, verdict, .. } => bench.rule_on_topic(topic, *verdict),
            // Joining two stories is for the timelines, not for the reading of one.
            Ruling::Same { .. } => {}
        }
    }
    if bench.annotation == **found { Arc::clone(found) } else { Arc::new(bench.annotation) }
}

/// Where `span` of the page that was `seen` stands on the page of `revision`.
fn moved(span: Span, seen: Option<&Revision>, revision: &Revision) -> Option<Span> {
    match seen {
        Some(seen) if seen.content != revision.content => {
            find(&revision.content, &words_at(&seen.content, span)?)
        }
        _ => Some(span),
    }
}

struct Bench<'a> {
    annotation: Annotation,
    revision: &'a Revision,
    registry: &'a Registry,
}

impl Bench<'_> {
    fn rule_on_topic(&mut self, topic: &TopicId, verdict: Verdict) {
        let topics = &mut self.annotation.topics;
        match verdict {
            Verdict::IsNot => topics.retain(|it| it.topic != *topic),
            Verdict::Is => {
                let has = topics.iter().any(|it| it.topic == *topic);
                if !has && self.registry.topics().contains_key(topic) {
                    topics.push(TopicMatch {
                        topic: topic.clone(),
                        score: 0,
                        evidence: Vec::new(),
                    });
                }
            }
        }
    }

    fn rule_on_statement(&mut self, span: Span, official: &OfficialId, verdict: Verdict) {
        match verdict {
            Verdict::IsNot => {
                let speakers = self.speakers(official);
                for statement in self.statements_at(span) {
                    if statement.speaker.is_some_and(|it| speakers.contains(&it)) {
                        statement.speaker = None;
                        RULE.clone_into(&mut statement.rule);
                    }
                }
            }
            Verdict::Is => {
                if let Some(speaker) = self.speaker(span, official) {
                    self.give(span, speaker);
                }
            }
        }
        self.settle_roles();
    }

    /// Makes the statements at `span` those of `speaker`, or makes one where there is none.
    fn give(&mut self, span: Span, speaker: usize) {
        let mut given = 0;
        for statement in self.statements_at(span) {
            given += 1;
            if statement.speaker != Some(speaker) {
                statement.speaker = Some(speaker);
                RULE.clone_into(&mut statement.rule);
            }
        }
        if let (0, Some(text)) = (given, words_at(&self.revision.content, span)) {
            let quoted = is_quoted(&self.revision.content, span);
            let statement = Statement {
                speaker: Some(speaker),
                kind: if quoted { StatementKind::Direct } else { StatementKind::Indirect },
                verb: None,
                text,
                spans: vec![span],
                speaker_span: None,
                cue_span: None,
                rule: RULE.to_owned(),
            };
            let statements = &mut self.annotation.statements;
            let at = statements.partition_point(|it| it.spans.first() <= Some(&span));
            statements.insert(at, statement);
        }
    }

    fn statements_at(&mut self, span: Span) -> impl Iterator<Item = &mut Statement> {
        let touches = move |it: &Span| it.start < span.end && span.start < it.end;
        self.annotation.statements.iter_mut().filter(move |it| it.spans.iter().any(touches))
    }

    fn speakers(&self, official: &OfficialId) -> Vec<usize> {
        let all = self.annotation.appearances.iter().enumerate();
        all.filter(|(_, it)| it.official.as_ref() == Some(official)).map(|(at, _)| at).collect()
    }

    /// The person of the story who is `official`, made where the annotator saw nobody as such: from the person of
    /// the statement if the registry could not tell who that is, else from the registry alone.
    fn speaker(&mut self, span: Span, official: &OfficialId) -> Option<usize> {
        if let Some(known) = self.speakers(official).first() {
            return Some(*known);
        }
        let name = self.registry.officials().get(official)?.name.clone();
        let unnamed = self.statements_at(span).next().and_then(|it| it.speaker);
        let unnamed = unnamed.and_then(|at| self.annotation.appearances.get(at));
        let person = match unnamed.filter(|it| it.official.is_none()).cloned() {
            Some(person) => person,
            None => nobody_yet(&name, span),
        };
        let held = self.held(official);
        let candidates = Vec::new();
        let official = Some(official.clone());
        self.annotation.appearances.push(Appearance { name, official, candidates, held, ..person });
        Some(self.annotation.appearances.len() - 1)
    }

    fn held(&self, official: &OfficialId) -> Vec<HeldOffice> {
        let Some(day) = day_of(&self.annotation).0 else { return Vec::new() };
        let offices = self.registry.offices();
        let tenures = self.registry.held(official, day);
        let held = tenures.filter_map(|it| {
            let office = offices.get(&it.office)?;
            Some(HeldOffice {
                office: office.id.clone(),
                label: office.label.clone(),
                kind: it.kind,
            })
        });
        held.collect()
    }

    /// Who says something is a speaker, who no longer does is somebody named.
    fn settle_roles(&mut self) {
        let Annotation { appearances, statements, .. } = &mut self.annotation;
        for (at, person) in appearances.iter_mut().enumerate() {
            let speaks = statements.iter().any(|it| it.speaker == Some(at));
            person.role = match (speaks, person.role) {
                (true, _) => AppearanceRole::Speaker,
                (false, AppearanceRole::Speaker) => AppearanceRole::Mentioned,
                (false, role) => role,
            };
        }
    }
}

/// Somebody of whom only the ruling speaks.
fn nobody_yet(name: &str, span: Span) -> Appearance {
    Appearance {
        name: name.to_owned(),
        official: None,
        candidates: Vec::new(),
        as_written: name.to_owned(),
        span,
        other_forms: Vec::new(),
        office_as_written: None,
        office_span: None,
        rank: None,
        held: Vec::new(),
        disagreement: None,
        role: AppearanceRole::Mentioned,
    }
}
