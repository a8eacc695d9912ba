//! What tells copies as bytes, for a snapshot. Two states that are the same have the same bytes.

use std::collections::BTreeSet;

use dateline_event::StoryId;
use dateline_event::event::Verdict;

use super::SameStory;
use super::copies::{Copies, LiveText};
use super::groups::Groups;
use crate::pack::packed_struct;

/// All but the live texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PackedSame {
    texts: u32,
    recalled: u32,
    known: Vec<Known>,
    links: Vec<Vec<u32>>,
    rulings: Vec<Ruled>,
    groups: Vec<Vec<u32>>,
}

/// A story with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    number: u32,
    story: StoryId,
    digest: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Ruled {
    one: StoryId,
    other: StoryId,
    verdict: Verdict,
}

packed_struct!(PackedSame { texts, recalled, known, links, rulings, groups });
packed_struct!(Known { number, story, digest });
packed_struct!(Ruled { one, other, verdict });

impl SameStory {
    /// All but the live texts.
    pub(crate) fn packed(&self) -> PackedSame {
        let Groups { current: _, links, rulings, ruled: _, members, group_of: _, story_of } =
            &self.groups;
        let known = story_of.iter().map(|(number, (story, digest))| Known {
            number: *number,
            story: *story,
            digest: *digest,
        });
        let mut known: Vec<_> = known.collect();
        known.sort_unstable_by_key(|it| it.number);
        let with_first = |(first, all): (&u32, &BTreeSet<u32>)| {
            [*first].into_iter().chain(all.iter().copied()).collect::<Vec<_>>()
        };
        let mut links: Vec<_> = links.iter().map(with_first).collect();
        links.sort_unstable();
        let ruled = |((one, other), verdict): (&(StoryId, StoryId), &Verdict)| Ruled {
            one: *one,
            other: *other,
            verdict: *verdict,
        };
        let mut groups: Vec<_> = members.iter().map(with_first).collect();
        groups.sort_unstable();
        let rulings = rulings.iter().map(ruled).collect();
        PackedSame { texts: self.texts, recalled: self.recalled, known, links, rulings, groups }
    }

    /// The live texts, oldest first.
    pub(crate) fn live(&self) -> impl Iterator<Item = LiveText<'_>> {
        self.copies.live(self.texts)
    }

    /// What was packed, with the live texts in their order; `None` when these are none of ours.
    pub(crate) fn unpacked(packed: PackedSame, live: Vec<LiveText<'static>>) -> Option<Self> {
        let PackedSame { texts, recalled, known, links, rulings, groups } = packed;
        let mut made = Groups::default();
        for Known { number, story, digest } in known {
            made.current.insert(story, number);
            made.story_of.insert(number, (story, digest));
        }
        for list in links {
            let (first, rest) = list.split_first()?;
            made.links.insert(*first, rest.iter().copied().collect());
        }
        for Ruled { one, other, verdict } in rulings {
            made.rule_only(one, other, verdict);
        }
        for list in groups {
            let (first, rest) = list.split_first()?;
            made.group_of.extend(rest.iter().map(|it| (*it, *first)));
            made.members.insert(*first, rest.iter().copied().collect());
        }
        let copies = Copies::of_live(texts, live)?;
        Some(Self { texts, recalled, copies, groups: made })
    }

    /// All of it as bytes.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> Vec<u8> {
        use crate::pack::Pack as _;

        let mut bytes = Vec::new();
        self.packed().pack(&mut bytes);
        self.live().for_each(|it| it.pack(&mut bytes));
        bytes
    }
}
