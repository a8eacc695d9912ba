//! Which topics a story is on, by the rules of the topics, each with the words that caused it.

mod rules;
mod score;
mod terms;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use dateline_event::TopicId;

use crate::annotation::{Evidence, TopicMatch};
use crate::registry::Registry;
use crate::text::StoryText;
use rules::Rules;
use score::Hit;
use terms::{TermId, Terms, Words};

/// A story is on at most so many topics.
const MOST: usize = 5;

/// The topics of a registry, compiled for matching.
#[derive(Debug)]
pub(crate) struct Topics {
    terms: Terms,
    all: Vec<(TopicId, Rules)>,
    /// For each term the rules that need it, by the place of their topic and their number in it: a rule none of whose
    /// terms occurs is not looked at.
    by_term: BTreeMap<TermId, Vec<(usize, usize)>>,
}

impl Topics {
    /// Compiles the rules of all topics; one without rules goes by its labels.
    pub(crate) fn new(registry: &Registry) -> Self {
        let mut terms = terms::Builder::default();
        let all: Vec<_> = registry
            .topics()
            .values()
            .map(|topic| (topic.id.clone(), Rules::of(topic, &mut terms)))
            .collect();
        let mut by_term: BTreeMap<TermId, Vec<(usize, usize)>> = BTreeMap::new();
        for (place, (_, rules)) in all.iter().enumerate() {
            for (number, terms) in rules.terms() {
                for term in terms {
                    by_term.entry(term).or_default().push((place, number));
                }
            }
        }
        Self { terms: terms.build(), all, by_term }
    }

    /// The topics of a story, most central first. Where two say the same, the order is that of
    /// their ids.
    pub(crate) fn assign(&self, text: &StoryText<'_>) -> Vec<TopicMatch> {
        let words = Words::of(text.as_str());
        let found = self.terms.find(&words, text.body().start);
        let rules = found.terms().filter_map(|it| self.by_term.get(&it)).flatten();
        let rules: BTreeSet<(usize, usize)> = rules.copied().collect();
        let mut hits: BTreeMap<usize, Vec<Hit>> = BTreeMap::new();
        for (topic, number) in rules {
            let said = self.all.get(topic).map(|it| it.1.hits(number, &found));
            hits.entry(topic).or_default().extend(said.into_iter().flatten());
        }
        let mut scored: Vec<(u32, &TopicId, Vec<Hit>)> = hits
            .into_iter()
            .filter_map(|(topic, hits)| {
                let hits = score::distinct(hits);
                let score = score::score(text, &hits);
                let id = &self.all.get(topic)?.0;
                let told = score >= score::threshold(found.words())
                    && !score::is_in_passing(text, &hits, found.words());
                told.then_some((score, id, hits))
            })
            .collect();
        scored.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let best = scored.first().map_or(0, |it| it.0);
        scored.retain(|it| score::is_beside(it.0, best));
        scored.truncate(MOST);
        let matched = |(score, id, hits): (u32, &TopicId, Vec<Hit>)| TopicMatch {
            topic: id.clone(),
            score,
            evidence: hits.iter().map(|it| evidence(text, it)).collect(),
        };
        scored.into_iter().map(matched).collect()
    }
}

fn evidence(text: &StoryText<'_>, hit: &Hit) -> Evidence {
    let words = text.get(hit.range.clone()).to_owned();
    Evidence { span: Some(text.on_page(hit.range.clone())), text: words }
}
