//! Offices of the registry that stories name on days on which nobody held them: tenures that are missing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dateline_event::{OfficeId, StoryId};

use crate::annotator::day_of;
use crate::candidates::AnnotatedStory;
use crate::check::Finding;
use crate::people::OfficeKey;
use crate::registry::Registry;

/// Words by which a page says that an office is not held at the time.
const NOT_NOW: &[&str] = &["former", "ex", "late", "elect", "designate", "incoming", "future"];

/// Least agreement of a printed office with a registered one: the noun, and a word that tells which.
const LEAST: usize = 2;

/// The offices that `stories` name and nobody holds on their days by `registry`, in the order of their ids.
///
/// An office counts where the page prints it beside a name and it fits one registered office better than all others; a
/// story without a day says nothing.
pub fn vacancies<'a>(
    registry: &Registry,
    stories: impl Iterator<Item = AnnotatedStory<'a>>,
) -> Vec<Finding> {
    let offices = Offices::of(registry);
    let mut found: BTreeMap<OfficeId, (BTreeSet<StoryId>, BTreeSet<NaiveDate>)> = BTreeMap::new();
    for story in stories {
        let annotation = story.annotation;
        let Some(day) = day_of(&annotation.published, &annotation.happened) else { continue };
        let printed =
            annotation.appearances.iter().filter_map(|it| it.office_as_written.as_deref());
        for office in printed.flat_map(|it| offices.named_by(it)) {
            if registry.holders(office, day).next().is_none() {
                let entry = found.entry(office.clone()).or_default();
                entry.0.insert(story.story);
                entry.1.insert(day);
            }
        }
    }
    let finding =
        |(office, (stories, days)): (OfficeId, (BTreeSet<StoryId>, BTreeSet<NaiveDate>))| {
            let (first, last) = (*days.first()?, *days.last()?);
            Some(Finding::Vacant { office, stories: stories.len(), first, last })
        };
    found.into_iter().filter_map(finding).collect()
}

/// The registered offices by the noun at their head.
struct Offices<'a> {
    by_head: BTreeMap<Cow<'static, str>, Vec<(&'a OfficeId, OfficeKey<'static>)>>,
}

impl<'a> Offices<'a> {
    fn of(registry: &'a Registry) -> Self {
        let mut by_head: BTreeMap<Cow<'static, str>, Vec<(&OfficeId, OfficeKey<'static>)>> =
            BTreeMap::new();
        for id in registry.offices().keys() {
            for key in OfficeKey::all_of(registry, id) {
                by_head.entry(key.head.clone()).or_default().push((id, key));
            }
        }
        Self { by_head }
    }

    /// The offices that `printed` names, one for each of its parts that fits one office best.
    fn named_by(&self, printed: &str) -> BTreeSet<&'a OfficeId> {
        let says_otherwise = |key: &OfficeKey<'_>| NOT_NOW.iter().any(|it| key.has_word(it));
        let keys = OfficeKey::each_of(printed).into_iter().filter(|it| !says_otherwise(it));
        keys.filter_map(|key| self.best(&key)).collect()
    }

    fn best(&self, key: &OfficeKey<'_>) -> Option<&'a OfficeId> {
        let mut fits: BTreeMap<&'a OfficeId, usize> = BTreeMap::new();
        for (office, label) in self.by_head.get(&key.head)? {
            // Every word of the page must be one of the office: a deputy, or the minister of another country, is not it.
            if key.stands_for(label) && key.agreement(label) >= LEAST {
                let fit = fits.entry(office).or_default();
                *fit = (*fit).max(key.agreement(label));
            }
        }
        let most = fits.values().copied().max()?;
        let mut best = fits.into_iter().filter(|(_, fit)| *fit == most);
        match (best.next(), best.next()) {
            (Some((office, _)), None) => Some(office),
            (None | Some(_), _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use dateline_event::Event;
    use dateline_event::registry::{Office, Official, Tenure, TenureKind};

    use super::*;
    use crate::annotator::Annotator;
    use crate::sample::stamped;

    fn registry() -> Registry {
        let mut registry = Registry::default();
        for label in ["Mayor of Narovets", "Mayor of Marinburg"] {
            registry.apply(&Event::OfficeRecorded(Office {
                id: label.to_lowercase().replace(' ', "-").parse().unwrap(),
                label: label.to_owned(),
                other_labels: Vec::new(),
                organisation: None,
            }));
        }
        registry.apply(&Event::OfficialRecorded(Official {
            id: "p-selm".parse().unwrap(),
            name: "Hanna Selm".to_owned(),
            other_names: Vec::new(),
        }));
        registry.apply(&Event::TenureRecorded(Tenure {
            official: "p-selm".parse().unwrap(),
            office: "mayor-of-narovets".parse().unwrap(),
            kind: TenureKind::Full,
            from: "2020-01-01".parse().ok(),
            until: "2024-01-01".parse().ok(),
        }));
        registry
    }

    fn found(day: &str, body: &str) -> Vec<String> {
        let registry = registry();
        let annotation = Annotator::new(&registry).annotate(&stamped(day, body));
        let story = AnnotatedStory {
            story: StoryId::of_name("one"),
            source: "polta",
            page: "page",
            annotation: &annotation,
        };
        vacancies(&registry, std::iter::once(story)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_office_that_a_story_names_and_nobody_holds_on_its_day_is_found() {
        let body = "Mayor of Narovets Anna Orlin spoke.";
        assert_eq!(
            found("2025-05-01", body),
            ["1 story names `mayor-of-narovets`, which nobody held then: 2025-05-01"]
        );
        assert_eq!(found("2022-05-01", body), [""; 0]);
    }

    #[test]
    fn a_former_holder_a_deputy_and_a_bare_noun_name_no_vacancy() {
        for body in [
            "Former Mayor of Narovets Anna Orlin spoke.",
            "Deputy Mayor of Narovets Anna Orlin spoke.",
            "Mayor Anna Orlin spoke.",
        ] {
            assert_eq!(found("2025-05-01", body), [""; 0], "{body}");
        }
    }
}
