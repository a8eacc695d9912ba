//! Which office belongs to which name: the phrase right before it, or the one in apposition.

use std::ops::Range;

use super::find::NameHit;
use super::lexicon::Index;
use super::office::{Holders, OfficePhrase, Reading};
use super::office_key::OfficeKey;
use super::{apposition, unknown, words};
use crate::tokens::{Kind, Tokens};

/// The names of a text with their offices, and the office phrases that stand alone.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    /// All names, in order.
    pub(crate) names: Vec<TitledName>,
    /// Office phrases that no name belongs to.
    pub(crate) alone: Vec<OfficePhrase>,
}

/// A name with what stands around it; all ranges are tokens.
#[derive(Debug, Clone)]
pub(crate) struct TitledName {
    pub(crate) hit: NameHit,
    pub(crate) office: Option<Range<usize>>,
    pub(crate) rank: Option<Range<usize>>,
    /// Where it is one of several names that share the office.
    pub(crate) share: Option<Share>,
    /// From the article or office to the end of name or apposition.
    pub(crate) whole: Range<usize>,
}

/// One holder's share of an office: "Presidents X (A), Y (B) and Z", "presidents of A and B, X and Y".
#[derive(Debug, Clone)]
pub(crate) struct Share {
    /// Tokens that may say of what: those in the brackets behind the name, else the holder's part of the phrase.
    place: Range<usize>,
}

impl Share {
    /// What it says of the office at `office`, ready for comparing.
    pub(crate) fn key<'t>(&self, tokens: &'t Tokens, office: Range<usize>) -> OfficeKey<'t> {
        let words = |it: Range<usize>| it.map(|it| tokens.word(it));
        OfficeKey::of_share(words(office), words(self.place.clone()))
    }
}

impl TitledName {
    pub(crate) fn bare(hit: NameHit) -> Self {
        let whole = hit.tokens.clone();
        Self { hit, office: None, rank: None, share: None, whole }
    }

    /// What its office says, ready for comparing; `None` where it has none.
    pub(crate) fn office_key<'t>(&self, tokens: &'t Tokens) -> Option<OfficeKey<'t>> {
        let office = self.office.clone()?;
        Some(match &self.share {
            Some(share) => share.key(tokens, office),
            None => OfficeKey::of_words(office.map(|it| tokens.word(it))),
        })
    }

    /// Takes in the rank or form of address that stands before the name.
    pub(crate) fn find_rank(&mut self, reading: Reading<'_>) {
        if self.rank.is_none() {
            self.rank = rank_before(reading, self.hit.tokens.start);
        }
        if let Some(rank) = &self.rank {
            self.whole.start = self.whole.start.min(rank.start);
        }
    }
}

/// Puts names and phrases together. Names that only an office shows to be names are added.
pub(crate) fn attach(
    reading: Reading<'_>,
    hits: Vec<NameHit>,
    phrases: Vec<OfficePhrase>,
) -> Attached {
    let mut names = Names::of(hits, reading.tokens.len());
    let mut left = Vec::new();
    for phrase in phrases {
        let end = phrase.range.end;
        let found = phrase.name.clone().map(|name| (name, end..end));
        match found.or_else(|| name_behind(reading, &names, &phrase)) {
            Some((name, rank)) => {
                let end = name.end;
                let titled = names.named(name);
                let office = joined_before(reading, &mut left, phrase.range, &titled.hit.who);
                titled.whole.start = with_article(reading, office.start);
                // "his Polavian counterpart X": an official, but the phrase says in no office of its own.
                let own = reading.tokens.low(phrase.head) != "counterpart";
                titled.office = own.then_some(office.clone());
                titled.rank = (!rank.is_empty()).then_some(rank);
                if phrase.holders == Holders::Several {
                    let first = titled.hit.tokens.start;
                    titled.share = Some(Share { place: bracket(reading, end) });
                    let mut holders = share(reading, &mut names, &office, end);
                    holders.insert(0, first);
                    names.divide(reading, &holders, &office);
                }
            }
            None if phrase.holders == Holders::Several => {}
            None => left.push(phrase),
        }
    }
    let mut names = names.list;
    names.sort_by_key(|it| it.hit.tokens.start);
    let alone = apposition::give(reading, &mut names, left);
    names.sort_by_key(|it| it.hit.tokens.start);
    for name in &mut names {
        name.find_rank(reading);
    }
    Attached { names, alone }
}

/// Gives the office to the further names of a list that goes on at `from`: "Presidents X (A), Y (B) and Z"; says at
/// which tokens they start.
fn share(
    reading: Reading<'_>,
    names: &mut Names,
    office: &Range<usize>,
    from: usize,
) -> Vec<usize> {
    let tokens = reading.tokens;
    let mut holders = Vec::new();
    let mut at = from;
    loop {
        let bracket = bracket(reading, at);
        if !bracket.is_empty() {
            at = bracket.end + 1;
        }
        let before = at;
        at += usize::from(tokens.kind(at) == Kind::Comma);
        at += usize::from(tokens.low(at) == "and");
        let known = names.starting(at).map(|it| it.hit.tokens.clone());
        let next = known.or_else(|| {
            let given = reading.is_given(at);
            let fits = |it: &Range<usize>| {
                (given && it.len() > 1) || (it.len() == 2 && unknown::is_pair(reading, it))
            };
            unknown::name_at(reading, at).filter(fits)
        });
        let Some(next) = next.filter(|_| at > before) else { return holders };
        holders.push(next.start);
        at = next.end;
        let named = names.named(next);
        named.office = Some(office.clone());
        named.share = Some(Share { place: self::bracket(reading, at) });
    }
}

/// What an office is of, part by part: "of A and B".
fn parts(reading: Reading<'_>, office: &Range<usize>) -> Vec<Range<usize>> {
    let tokens = reading.tokens;
    let Some(of) = office.clone().find(|it| words::joins_complement(tokens.word(*it))) else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    let mut from = of + 1;
    let parts_at = |it: usize| tokens.low(it) == "and" || tokens.kind(it) == Kind::Comma;
    for end in (from..office.end).filter(|it| parts_at(*it)).chain([office.end]) {
        parts.push(from..end);
        from = end + 1;
    }
    parts.retain(|it| !it.is_empty());
    parts
}

/// What stands in the short brackets that open at `at`; empty where none do.
fn bracket(reading: Reading<'_>, at: usize) -> Range<usize> {
    const LONGEST: usize = 6;
    let tokens = reading.tokens;
    let opens = tokens.kind(at) == Kind::Open;
    let close = (at..at + LONGEST).find(|it| opens && tokens.kind(*it) == Kind::Close);
    close.map_or(at..at, |it| at + 1..it)
}

/// The names of a text, and at which token each starts.
struct Names {
    list: Vec<TitledName>,
    /// For each token the number of the name that starts there, from 1; 0 where none does.
    starts: Vec<usize>,
}

impl Names {
    fn of(hits: Vec<NameHit>, tokens: usize) -> Self {
        let mut names = Self { list: Vec::with_capacity(hits.len()), starts: vec![0; tokens] };
        for hit in hits {
            names.push(TitledName::bare(hit));
        }
        names
    }

    fn push(&mut self, name: TitledName) {
        let start = name.hit.tokens.start;
        self.list.push(name);
        if let Some(it) = self.starts.get_mut(start) {
            *it = self.list.len();
        }
    }

    /// Place of the name that starts at token `at`.
    fn place(&self, at: usize) -> Option<usize> {
        self.starts.get(at)?.checked_sub(1)
    }

    /// The name that starts at token `at`.
    fn starting(&self, at: usize) -> Option<&TitledName> {
        self.list.get(self.place(at)?)
    }

    /// "Presidents of A and B, X and Y": gives each of the names that start at `holders` its part of what the office is
    /// of, where there are as many parts as names.
    fn divide(&mut self, reading: Reading<'_>, holders: &[usize], office: &Range<usize>) {
        let parts = parts(reading, office);
        if parts.len() != holders.len() {
            return;
        }
        for (start, part) in holders.iter().zip(parts) {
            let name = self.place(*start).and_then(|it| self.list.get_mut(it));
            let share = name.and_then(|it| it.share.as_mut());
            share
                .filter(|it| it.place.is_empty())
                .into_iter()
                .for_each(|it| it.place = part.clone());
        }
    }

    /// The entry of the name at `tokens`, made where there is none.
    fn named(&mut self, tokens: Range<usize>) -> &mut TitledName {
        let at = self.place(tokens.start).unwrap_or_else(|| {
            self.push(TitledName::bare(NameHit { tokens, who: Vec::new() }));
            self.list.len() - 1
        });
        self.list.get_mut(at).expect("the entry was found or pushed just now")
    }
}

/// The name that follows an office phrase, with the rank between them.
fn name_behind(
    reading: Reading<'_>,
    names: &Names,
    phrase: &OfficePhrase,
) -> Option<(Range<usize>, Range<usize>)> {
    let tokens = reading.tokens;
    let end = phrase.range.end;
    if tokens.kind(end) == Kind::Break {
        return name_on_next_line(reading, names, phrase);
    }
    let comma = tokens.kind(end) == Kind::Comma;
    let from = if comma { end + 1 } else { end };
    let rank = from..unknown::rank_end(reading, from);
    let at = behind_courtesies(reading, rank.end);
    let joined = phrase.range.start.checked_sub(1).is_some_and(|it| tokens.low(it) == "and");
    let plain = at == from;
    let known = names.starting(at).map(|it| it.hit.tokens.clone());
    let name = match known {
        Some(name) => name,
        None if !plain => unknown::name_at(reading, at)?,
        None if comma => {
            let name = unknown::name_at(reading, at)?;
            let given = reading.is_given(at) && name.len() > 1;
            let pair = name.len() == 2
                && (joined || has_article(reading, phrase.range.start))
                && unknown::is_pair(reading, &name);
            (given || pair).then_some(name)?
        }
        None => return None,
    };
    let goes_on = phrase.holders == Holders::Several && tokens.low(name.end) == "and";
    let closes = goes_on
        || matches!(
            tokens.kind(name.end),
            Kind::Comma | Kind::Stop | Kind::Close | Kind::Dash | Kind::Break | Kind::Colon
        );
    let starts = joined
        || starts_sentence(reading, phrase.range.start)
        || has_article(reading, phrase.range.start);
    (!comma || !plain || (closes && starts)).then_some((name, rank))
}

/// A signature on two lines: nothing but the office, then nothing but rank and name.
fn name_on_next_line(
    reading: Reading<'_>,
    names: &Names,
    phrase: &OfficePhrase,
) -> Option<(Range<usize>, Range<usize>)> {
    let tokens = reading.tokens;
    let start = with_article(reading, phrase.range.start);
    let starts_line = start.checked_sub(1).is_none_or(|it| tokens.kind(it) == Kind::Break);
    let end = phrase.range.end;
    let breaks = (end..tokens.len()).take_while(|it| tokens.kind(*it) == Kind::Break).count();
    let rank = end + breaks..unknown::rank_end(reading, end + breaks);
    let known = names.starting(rank.end);
    let name = match known {
        Some(name) => name.hit.tokens.clone(),
        None => unknown::name_at(reading, rank.end)
            .filter(|it| it.len() > 1 && reading.is_given(it.start))?,
    };
    (starts_line && tokens.kind(name.end) == Kind::Break).then_some((name, rank))
}

/// The first token behind "the distinguished", "Mr", "His Excellency".
fn behind_courtesies(reading: Reading<'_>, from: usize) -> usize {
    let tokens = reading.tokens;
    let mut at = from;
    while words::is_determiner(tokens.word(at))
        || words::is_courtesy(tokens.word(at))
        || words::is_honorific(tokens.word(at))
        || (at > from && tokens.kind(at) == Kind::Stop && words::is_honorific(tokens.word(at - 1)))
    {
        at += 1;
    }
    let courteous = (from..at)
        .any(|it| words::is_courtesy(tokens.word(it)) || words::is_honorific(tokens.word(it)));
    if courteous { at } else { from }
}

/// The office with those before it that a dash or comma joins to it: "Chairman of A, President of B".
fn joined_before(
    reading: Reading<'_>,
    left: &mut Vec<OfficePhrase>,
    office: Range<usize>,
    who: &[Index],
) -> Range<usize> {
    let tokens = reading.tokens;
    let mut joined = office;
    while let Some(before) = left.last() {
        let link = before.range.end;
        let dash = tokens.kind(link) == Kind::Dash && link + 1 == joined.start;
        let comma = tokens.kind(link) == Kind::Comma && link + 1 == joined.start;
        let and = tokens.low(link) == "and"
            && link + 1 == joined.start
            && holds_both(reading, before, who);
        if !(dash || comma || and) {
            break;
        }
        joined.start = before.range.start;
        left.pop();
    }
    joined
}

/// Whether "A and B X" means one holder of both: by the registry, else where one article stands for both.
fn holds_both(reading: Reading<'_>, before: &OfficePhrase, who: &[Index]) -> bool {
    let key = OfficeKey::of_words(before.range.clone().map(|it| reading.tokens.word(it)));
    let known = reading.lexicon.has_held(who, &key);
    known.unwrap_or_else(|| has_article(reading, before.range.start))
}

fn has_article(reading: Reading<'_>, start: usize) -> bool {
    with_article(reading, start) < start
}

/// The article or determiner before `start`, with words such as "new" between; else `start`.
pub(crate) fn with_article(reading: Reading<'_>, start: usize) -> usize {
    let tokens = reading.tokens;
    let mut at = start;
    while at.checked_sub(1).is_some_and(|it| words::is_no_part(tokens.word(it))) {
        at -= 1;
    }
    match at.checked_sub(1) {
        Some(before) if words::is_determiner(tokens.word(before)) => before,
        Some(_) | None => start,
    }
}

fn starts_sentence(reading: Reading<'_>, start: usize) -> bool {
    start.checked_sub(1).is_none_or(|it| {
        matches!(
            reading.tokens.kind(it),
            Kind::Stop | Kind::Break | Kind::Quote | Kind::Mark | Kind::Dash
        )
    })
}

/// The rank or form of address right before a name.
fn rank_before(reading: Reading<'_>, start: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 4;
    let tokens = reading.tokens;
    let from = start.saturating_sub(LONGEST);
    let rank = (from..start).find(|it| unknown::rank_end(reading, *it) == start);
    let address = start
        .checked_sub(1)
        .map(|it| if tokens.kind(it) == Kind::Stop { it.saturating_sub(1) } else { it });
    rank.or_else(|| address.filter(|it| words::is_honorific(tokens.word(*it)))).map(|it| it..start)
}
