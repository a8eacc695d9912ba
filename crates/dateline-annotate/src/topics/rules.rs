//! The rules of one topic, with their terms as ids, and what they say of a text.

use dateline_event::registry::{Topic, TopicRule};

use super::score::Hit;
use super::terms::{Builder, Occurrence, Occurrences, TermId};

/// Weight of a label, where a topic has no rules.
const LABEL_WEIGHT: u8 = 7;

/// The rules of one topic.
#[derive(Debug)]
pub(super) struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    any: Vec<TermId>,
    all: Vec<TermId>,
    none: Vec<TermId>,
    near: Option<(Vec<TermId>, usize)>,
    weight: u8,
}

impl Rules {
    pub(super) fn of(topic: &Topic, terms: &mut Builder) -> Self {
        if topic.rules.is_empty() {
            let labels = topic.labels.iter().chain(&topic.alt_labels);
            let any = labels.map(|it| it.text.clone()).collect();
            let rule = TopicRule { any, weight: LABEL_WEIGHT, ..TopicRule::default() };
            return Self(Rule::of(&rule, terms).into_iter().collect());
        }
        Self(topic.rules.iter().filter_map(|it| Rule::of(it, terms)).collect())
    }

    /// The rules by number, each with the terms of which one must occur for it to say anything, in the order in which
    /// [`Self::hits`] counts them. Where all must, it is the longest by `length`, which is the rarest.
    pub(super) fn terms(
        &self,
        length: impl Fn(TermId) -> usize,
    ) -> impl Iterator<Item = (usize, Vec<TermId>)> {
        let needed = move |it: &Rule| {
            let near = it.near.iter().flat_map(|it| &it.0);
            let rarest = it.all.iter().chain(near).max_by_key(|it| (length(**it), it.place()));
            rarest.map_or_else(|| it.any.clone(), |it| vec![*it])
        };
        self.0.iter().map(needed).enumerate()
    }

    /// Adds every place of which rule `number` says that it speaks for the topic to `hits`, in no order. `terms` are the
    /// places of those of [`Self::terms`] that occur, in order.
    pub(super) fn hits(
        &self,
        number: usize,
        terms: impl Iterator<Item = usize>,
        found: &Occurrences,
        hits: &mut Vec<Hit>,
    ) {
        let Some(rule) = self.0.get(number) else { return };
        if rule.is_any_of_terms() {
            rule.any_hits(terms.filter_map(|it| rule.any.get(it)), found, hits);
        } else {
            rule.hits(found, hits);
        }
    }
}

impl Rule {
    /// `None` for a rule that has no condition.
    fn of(rule: &TopicRule, terms: &mut Builder) -> Option<Self> {
        let mut ids = |words: &[String]| -> Vec<TermId> {
            words.iter().filter_map(|it| terms.term(it)).collect()
        };
        let near = rule
            .near
            .as_ref()
            .map(|near| (ids(&near.terms), usize::try_from(near.within).unwrap_or(usize::MAX)));
        let (any, all, none) = (ids(&rule.any), ids(&rule.all), ids(&rule.none));
        let says =
            !any.is_empty() || !all.is_empty() || near.as_ref().is_some_and(|it| !it.0.is_empty());
        says.then_some(Self { any, all, none, near, weight: rule.weight })
    }

    /// Whether it asks for nothing but one of its terms.
    fn is_any_of_terms(&self) -> bool {
        self.all.is_empty() && self.none.is_empty() && self.near.is_none()
    }

    /// Adds the places of `terms`.
    fn any_hits<'t>(
        &self,
        terms: impl Iterator<Item = &'t TermId>,
        found: &Occurrences,
        hits: &mut Vec<Hit>,
    ) {
        let places = terms.flat_map(|it| found.of(*it));
        hits.extend(places.map(|it| self.hit(it)));
    }

    fn hit(&self, place: &Occurrence) -> Hit {
        Hit { range: place.range.clone(), term: place.term, weight: self.weight }
    }

    fn hits(&self, found: &Occurrences, hits: &mut Vec<Hit>) {
        let occurs = |it: &TermId| found.has(*it);
        if self.none.iter().any(occurs) || !self.all.iter().all(occurs) {
            return;
        }
        let before = hits.len();
        let hit = |it: &Occurrence| self.hit(it);
        self.any_hits(self.any.iter(), found, hits);
        if hits.len() == before && !self.any.is_empty() {
            return;
        }
        if let Some((terms, within)) = &self.near {
            let near = stretches(terms, *within, found);
            if near.is_empty() {
                hits.truncate(before);
                return;
            }
            hits.extend(near.iter().map(hit));
        }
        if hits.len() == before {
            hits.extend(self.all.iter().filter_map(|id| found.of(*id).first()).map(hit));
        }
    }
}

/// Every stretch of at most `within` words in which all `terms` occur, from the first of them to
/// the last.
fn stretches(terms: &[TermId], within: usize, found: &Occurrences) -> Vec<Occurrence> {
    let Some((first, rest)) = terms.split_first() else { return Vec::new() };
    let mut stretches = Vec::new();
    for anchor in found.of(*first) {
        let mut stretch = anchor.clone();
        let complete = rest.iter().all(|term| {
            let near = nearest(found.of(*term), anchor.word);
            near.filter(|it| it.word.abs_diff(anchor.word) < within)
                .map(|it| {
                    stretch.range.start = stretch.range.start.min(it.range.start);
                    stretch.range.end = stretch.range.end.max(it.range.end);
                })
                .is_some()
        });
        if complete {
            stretches.push(stretch);
        }
    }
    stretches
}

/// The place that is nearest to a word, the first of two; `places` are in the order of the text.
fn nearest(places: &[Occurrence], word: usize) -> Option<&Occurrence> {
    let next = places.partition_point(|it| it.word < word);
    let before = next.checked_sub(1).and_then(|it| places.get(it));
    before.into_iter().chain(places.get(next)).min_by_key(|it| it.word.abs_diff(word))
}
