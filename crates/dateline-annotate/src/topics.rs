//! Which topics a story is on, by the rules of the topics, each with the words that caused it.

mod rules;
mod score;
mod terms;
#[cfg(test)]
mod tests;

use dateline_event::TopicId;

use crate::annotation::{Evidence, TopicMatch};
use crate::registry::Registry;
use crate::text::StoryText;
use crate::word_table::WordTable;
use rules::Rules;
use score::Hit;
use terms::Terms;

/// A story is on at most so many topics.
const MOST: usize = 5;

/// The topics of a registry, compiled for matching.
#[derive(Debug)]
pub(crate) struct Topics {
    terms: Terms,
    all: Vec<(TopicId, Rules)>,
    /// For each term, by its place, the rules that need it: a rule none of whose terms occurs is not looked at.
    by_term: Vec<Vec<Need>>,
}

/// A rule that needs a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Need {
    /// Place of the topic.
    topic: usize,
    /// Number of the rule in it.
    rule: usize,
    /// Place of the term among those of which the rule needs one.
    term: usize,
}

impl Topics {
    /// Compiles the rules of all topics; one without rules goes by its labels. `words` gets to know with which words
    /// their terms start.
    pub(crate) fn new(registry: &Registry, words: &mut WordTable) -> Self {
        let mut terms = terms::Builder::default();
        let all: Vec<_> = registry
            .topics()
            .values()
            .map(|topic| (topic.id.clone(), Rules::of(topic, &mut terms)))
            .collect();
        let terms = terms.build(words);
        let mut by_term: Vec<Vec<Need>> = Vec::new();
        for (topic, (_, rules)) in all.iter().enumerate() {
            for (rule, terms) in rules.terms(|it| terms.length(it)) {
                for (place, term) in terms.iter().enumerate() {
                    let needed = by_term.len().max(term.place() + 1);
                    by_term.resize_with(needed, Vec::new);
                    if let Some(rules) = by_term.get_mut(term.place()) {
                        rules.push(Need { topic, rule, term: place });
                    }
                }
            }
        }
        Self { terms, all, by_term }
    }

    /// The topics of a story, most central first. Where two say the same, the order is that of
    /// their ids.
    pub(crate) fn assign(&self, text: &StoryText<'_>) -> Vec<TopicMatch> {
        let found = self.terms.find(text);
        let needs = found.terms().filter_map(|it| self.by_term.get(it.place())).flatten();
        let mut needs: Vec<Need> = needs.copied().collect();
        needs.sort_unstable();
        let mut scored: Vec<(u32, &TopicId, Vec<Hit>)> = Vec::new();
        for needs in needs.chunk_by(|one, other| one.topic == other.topic) {
            let Some((id, said)) = needs.first().and_then(|it| self.all.get(it.topic)) else {
                continue;
            };
            let mut hits = Vec::new();
            for needs in needs.chunk_by(|one, other| one.rule == other.rule) {
                let number = needs.first().map_or(0, |it| it.rule);
                said.hits(number, needs.iter().map(|it| it.term), &found, &mut hits);
            }
            let hits = score::distinct(hits);
            let score = score::score(text, &hits);
            if score >= score::threshold(found.words())
                && !score::is_in_passing(text, &hits, found.words())
            {
                scored.push((score, id, hits));
            }
        }
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
