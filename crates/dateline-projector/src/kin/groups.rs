//! Which stories are one: what the texts say, and what editors decided over that.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dateline_event::StoryId;
use dateline_event::event::Verdict;

/// Most stories of a group. More copies of one story than that are several groups: what a copy costs grows with those that
/// are there.
const MAX_STORIES: usize = 256;

/// Stories joined into groups. A group is named by the number of its oldest text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    /// The text that a story has now.
    pub(super) current: HashMap<StoryId, u32>,
    /// Which texts are copies of which, in both directions; no entry for most.
    pub(super) links: HashMap<u32, BTreeSet<u32>>,
    /// What was decided last of two stories, the smaller id first.
    pub(super) rulings: BTreeMap<(StoryId, StoryId), Verdict>,
    /// With whom each story stands in a ruling.
    pub(super) ruled: HashMap<StoryId, BTreeSet<StoryId>>,
    /// Texts of each group of two and more.
    pub(super) members: HashMap<u32, BTreeSet<u32>>,
    /// The group of each text that is in one with others.
    pub(super) group_of: HashMap<u32, u32>,
    /// Whose text it is, of each that counts, and the digest of it.
    pub(super) story_of: HashMap<u32, (StoryId, u64)>,
}

impl Groups {
    /// The text that `story` has now, where it counts.
    pub(crate) fn current(&self, story: &StoryId) -> Option<u32> {
        self.current.get(story).copied()
    }

    /// The group of text `number`; itself when it is alone.
    pub(crate) fn of(&self, number: u32) -> u32 {
        self.group_of.get(&number).copied().unwrap_or(number)
    }

    /// The story whose text `number` is.
    pub(crate) fn story(&self, number: u32) -> Option<StoryId> {
        self.story_of.get(&number).map(|it| it.0)
    }

    /// The digest of text `number`.
    pub(crate) fn digest(&self, number: u32) -> Option<u64> {
        self.story_of.get(&number).map(|it| it.1)
    }

    /// Whether `story` is in a group with others.
    pub(crate) fn is_joined(&self, story: &StoryId) -> bool {
        self.current(story).is_some_and(|it| self.group_of.contains_key(&it))
    }

    /// Every group of two and more stories, each by id.
    pub(crate) fn joined(&self) -> impl Iterator<Item = Vec<StoryId>> {
        self.members.values().map(|texts| {
            let mut stories: Vec<_> = texts.iter().filter_map(|it| self.story(*it)).collect();
            stories.sort_unstable();
            stories
        })
    }

    /// Forgets text `number`, unless it is in a group or its story in a ruling.
    pub(crate) fn forget(&mut self, number: u32) {
        let Some(story) = self.story(number) else { return };
        if !self.group_of.contains_key(&number) && !self.ruled.contains_key(&story) {
            self.story_of.remove(&number);
            self.current.remove(&story);
        }
    }

    /// Gives `story` a text with this number and digest, which copies `links`. Gives the texts whose group may be another
    /// one now.
    pub(crate) fn add(
        &mut self,
        story: StoryId,
        (number, digest): (u32, u64),
        links: &[u32],
    ) -> Vec<u32> {
        self.current.insert(story, number);
        self.story_of.insert(number, (story, digest));
        for link in links {
            self.links.entry(number).or_default().insert(*link);
            self.links.entry(*link).or_default().insert(number);
        }
        let mut touched: Vec<u32> = links.to_vec();
        touched
            .extend(self.ruled.get(&story).into_iter().flatten().filter_map(|it| self.current(it)));
        touched.push(number);
        self.regroup(&touched)
    }

    /// Takes the text of `story` away. Gives the texts whose group may be another one now.
    pub(crate) fn remove(&mut self, story: &StoryId) -> Vec<u32> {
        let Some(number) = self.current.remove(story) else { return Vec::new() };
        for link in self.links.remove(&number).unwrap_or_default() {
            if let Some(back) = self.links.get_mut(&link) {
                back.remove(&number);
                if back.is_empty() {
                    self.links.remove(&link);
                }
            }
        }
        self.story_of.remove(&number);
        let group = self.group_of.remove(&number);
        let rest = group.and_then(|it| self.members.remove(&it)).unwrap_or_default();
        let rest: Vec<u32> = rest.into_iter().filter(|it| *it != number).collect();
        for it in &rest {
            self.group_of.remove(it);
        }
        self.regroup(&rest)
    }

    /// Takes in what an editor decided; the last word counts. Gives the texts whose group may be another one now.
    pub(crate) fn rule(&mut self, one: StoryId, other: StoryId, verdict: Verdict) -> Vec<u32> {
        if one == other {
            return Vec::new();
        }
        self.rule_only(one, other, verdict);
        let touched: Vec<u32> = [one, other].iter().filter_map(|it| self.current(it)).collect();
        self.regroup(&touched)
    }

    /// Takes down what an editor decided, and regroups nothing.
    pub(super) fn rule_only(&mut self, one: StoryId, other: StoryId, verdict: Verdict) {
        self.rulings.insert(pair(one, other), verdict);
        self.ruled.entry(one).or_default().insert(other);
        self.ruled.entry(other).or_default().insert(one);
    }

    /// Groups the texts of all groups that `touched` are in anew, and gives those texts.
    fn regroup(&mut self, touched: &[u32]) -> Vec<u32> {
        let mut all: BTreeSet<u32> = BTreeSet::new();
        for number in touched {
            match self.members.remove(&self.of(*number)) {
                Some(members) => all.extend(members),
                None => all.extend([*number]),
            }
        }
        if all.len() < 2 {
            return all.into_iter().collect();
        }
        let parts = self.parts(&all);
        for part in parts {
            let Some(first) = part.first().copied() else { continue };
            if part.len() == 1 {
                self.group_of.remove(&first);
                continue;
            }
            self.group_of.extend(part.iter().map(|it| (*it, first)));
            self.members.insert(first, part);
        }
        all.into_iter().collect()
    }

    /// `all` in parts that belong together: first those that an editor joined, then copies, and nothing that an editor
    /// parted.
    fn parts(&self, all: &BTreeSet<u32>) -> Vec<BTreeSet<u32>> {
        let mut parts: BTreeMap<u32, BTreeSet<u32>> =
            all.iter().map(|it| (*it, BTreeSet::from([*it]))).collect();
        let mut part_of: HashMap<u32, u32> = all.iter().map(|it| (*it, *it)).collect();
        for (one, other) in self.ruled_same(all).into_iter().chain(self.copies(all)) {
            let (Some(a), Some(b)) = (part_of.get(&one).copied(), part_of.get(&other).copied())
            else {
                continue;
            };
            let (stays, goes) = (a.min(b), a.max(b));
            if stays == goes || !self.may_join(parts.get(&stays), parts.get(&goes)) {
                continue;
            }
            let moved = parts.remove(&goes).unwrap_or_default();
            part_of.extend(moved.iter().map(|it| (*it, stays)));
            if let Some(part) = parts.get_mut(&stays) {
                part.extend(moved);
            }
        }
        parts.into_values().collect()
    }

    fn ruled_same(&self, all: &BTreeSet<u32>) -> Vec<(u32, u32)> {
        self.ruled_in(all).filter(|it| it.2 == Verdict::Is).map(|it| (it.0, it.1)).collect()
    }

    /// The rulings between stories of `all`, each from either side.
    fn ruled_in(&self, all: &BTreeSet<u32>) -> impl Iterator<Item = (u32, u32, Verdict)> {
        all.iter().filter_map(|it| Some((*it, self.story(*it)?))).flat_map(
            move |(number, story)| {
                let partners = self.ruled.get(&story).into_iter().flatten();
                partners.filter_map(move |it| {
                    let verdict = self.rulings.get(&pair(story, *it))?;
                    Some((number, self.current(it)?, *verdict))
                })
            },
        )
    }

    fn copies(&self, all: &BTreeSet<u32>) -> Vec<(u32, u32)> {
        let of = |it: &u32| self.links.get(it).into_iter().flatten().copied();
        all.iter()
            .flat_map(|it| of(it).filter(move |to| to < it).map(move |to| (*it, to)))
            .collect()
    }

    fn may_join(&self, one: Option<&BTreeSet<u32>>, other: Option<&BTreeSet<u32>>) -> bool {
        let (Some(one), Some(other)) = (one, other) else { return false };
        if one.len() + other.len() > MAX_STORIES {
            return false;
        }
        let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
        self.ruled_in(few).all(|it| it.2 == Verdict::Is || !many.contains(&it.1))
    }
}

fn pair(one: StoryId, other: StoryId) -> (StoryId, StoryId) {
    if one < other { (one, other) } else { (other, one) }
}
