//! Where the first sentences of a story say that its event was: "in X", "in the city of X", "X
//! hosted".

use std::ops::Range;

use super::name::is_body_word;
use super::{Place, Reader};
use crate::bracket::{dated_bracket, may_have_bracket};
use crate::dates::expressions;
use crate::lead::{is_title_case, lead, speaks_for_itself};
use crate::word_list::{PhraseList, WordList};

/// Sentences of the lead in which a venue counts.
const LEAD_SENTENCES: usize = 3;

/// Words before a bracket among which one must name a body: "the Academy named after Orlin
/// (Venlo)".
const BODY_WORDS: usize = 8;

/// Words before "in" that make what follows the subject of a talk, the seat of an envoy or the
/// field of a study.
static SUBJECTS: WordList = WordList::new(
    "events published made manufactured produced printed based headquartered registered \
     stationed deployed living residing accredited forces troops bases buildup war wars \
     situation situations development developments stability security peace interest interests \
     settlement process processes progress tension tensions ambassador embassy envoy \
     representative born influence presence role specialists experts degree believe believes \
     confidence part participate participated participates participating participation involved \
     engaged interested membership succeed result resulted resulting invest investment \
     investments changes change fluent trade states countries allies partners order conflicts contact \
     ceasefire",
);

/// Paragraphs behind the lead in which a venue counts, where nothing before names one.
const FURTHER_PARAGRAPHS: usize = 2;

/// Words that say that something was held.
static TELLS: WordList = WordList::new(
    "held hold place met meet gathered opened hosted arrived visited visit venue signed received ceremony",
);

/// Words before "in" that make what follows where something stands or lasts, and nobody met.
static STANDING: WordList = WordList::new(
    "base bases conflict war fighting crisis hostilities force forces troops units contingent unit \
     facility facilities plant plants border operation operations government authorities \
     elections militants fighters violence",
);

/// Words before "to" that say that somebody went there.
static WENT: WordList = WordList::new(
    "come came comes coming arrive arrived arrives travel travelled traveled travels trip visit \
     visits flew flies went goes invited journey",
);

/// What a place does when the event is held there.
static HOSTED: PhraseList = PhraseList::new(
    "hosted / hosts / will host / is hosting / is to host / to host / has hosted / set to host / \
     was host to / is host to / was the host of / played host to / plays host to / will play \
     host to / was the venue / is the venue / became the venue / will be the venue / has become \
     the venue",
);

/// What stands between "in" and the name of a place.
static KINDS: PhraseList = PhraseList::new(
    "the city of / the town of / the village of / the settlement of / the capital of / \
     the capital city of / the resort city of / the border city of / the port city \
     of / the territory of",
);

/// Characters from the start of a place's name in which it must be said to host something.
const HOST_REACH: usize = 200;

/// Words that a place can stand behind.
const LEADING: &[&str] = &[
    "in", "on", "near", "outside", "to", "for", "of", "visit", "visited", "visits", "visiting",
    "capital",
];

impl Reader<'_> {
    /// The sentences of the lead in which a venue counts: the first, and those of the next that say
    /// that something was held.
    pub(super) fn lead_sentences(&self) -> Vec<Range<usize>> {
        let lead = lead(self.text).and_then(|it| self.text.paragraphs().get(it));
        let sentences = lead.into_iter().flat_map(|it| it.sentences.iter().take(LEAD_SENTENCES));
        let tells = |it: &Range<usize>| self.tells(it);
        sentences.enumerate().filter(|it| it.0 == 0 || tells(it.1)).map(|it| it.1.clone()).collect()
    }

    /// The sentences of the paragraphs behind the lead that say that something was held.
    pub(super) fn further_sentences(&self) -> Vec<Range<usize>> {
        let Some(lead) = lead(self.text) else { return Vec::new() };
        // Somebody's speech names many places.
        let spoken = self.text.paragraphs().get(lead).map(|it| it.range.clone());
        if spoken.is_some_and(|it| speaks_for_itself(self.text, it)) {
            return Vec::new();
        }
        let further = self.text.paragraphs().iter().skip(lead + 1).take(FURTHER_PARAGRAPHS);
        let sentences = further.flat_map(|it| &it.sentences);
        sentences.filter(|it| self.tells(it)).cloned().collect()
    }

    /// Whether a sentence says that something was held.
    fn tells(&self, sentence: &Range<usize>) -> bool {
        let mut words = self.text.get(sentence.clone()).split(|it: char| !it.is_alphabetic());
        words.any(|it| TELLS.has(it))
    }

    /// The place in `sentence` at which something was held, or that somebody went to: a city before
    /// a state, the first of equals.
    pub(super) fn venue(&self, sentence: Range<usize>) -> Option<Place> {
        let slice = self.text.get(sentence.clone());
        if speaks_for_itself(self.text, sentence.clone())
            || is_title_case(slice)
            || slice.contains(" born ")
        {
            return None;
        }
        let filed = self.filing_end(&sentence);
        let words = words(slice, sentence.start);
        let inside = |it: &Range<usize>| it.start >= filed && !self.quoted.holds(it.start);
        let places = (0..words.len()).filter(|it| words.get(*it).is_some_and(inside));
        // One of these words is in all of [`HOSTED`].
        let hosts = slice.contains("host") || slice.contains("venue");
        let mut places = places.filter_map(|it| self.place_at(&words, it, sentence.end, hosts));
        let first = places.next()?;
        if !first.is_wide {
            return Some(first);
        }
        Some(places.find(|it| !it.is_wide).unwrap_or(first))
    }

    /// The place that word `index` leads to, or that it names as the host where the sentence `hosts` anything.
    fn place_at(
        &self,
        words: &[Range<usize>],
        index: usize,
        end: usize,
        hosts: bool,
    ) -> Option<Place> {
        let before = index.checked_sub(1).and_then(|it| words.get(it));
        let behind = self.behind_preposition(words, index, end);
        behind.or_else(|| hosts.then(|| self.host(words.get(index)?.start, before, end)).flatten())
    }

    /// The city in brackets behind a body: "at the Institute of the Pact (Irvashen)".
    pub(super) fn seat(&self, sentence: Range<usize>) -> Option<Place> {
        let slice = self.text.get(sentence.clone());
        let filed = self.filing_end(&sentence);
        let opens = slice.match_indices(" (").map(|it| it.0);
        let mut opens = opens.filter(|it| sentence.start + it >= filed);
        opens.find_map(|at| {
            let before = slice.get(..at)?;
            let inside = slice.get(at + 2..)?.split(')').next()?;
            let touching = sentence.start + at;
            let mut words = before.rsplit(' ').take(BODY_WORDS);
            let is_body = words.any(|it| is_body_word(&it.to_lowercase()))
                || self.people.organisations.iter().any(|it| it.range.end == touching);
            let start = sentence.start + at + 2;
            let place = is_body.then(|| self.name_at(start, start + inside.len()))??;
            let is_whole = inside.split([',', ';']).next()?.len() == place.range.len();
            (is_whole && !place.is_wide && !self.quoted.holds(start)).then_some(place)
        })
    }

    /// Where the dateline at the start of `sentence` ends.
    fn filing_end(&self, sentence: &Range<usize>) -> usize {
        let Some(dateline) = &self.story.dateline else { return sentence.start };
        let whole = self.text.on_page(sentence.clone());
        if !whole.contains(dateline.span) {
            return sentence.start;
        }
        let characters = usize::try_from(dateline.span.end - whole.start).unwrap_or(0);
        let slice = self.text.get(sentence.clone());
        sentence.start + slice.char_indices().nth(characters).map_or(slice.len(), |it| it.0)
    }

    /// A place behind the preposition that is word `index`.
    fn behind_preposition(
        &self,
        words: &[Range<usize>],
        index: usize,
        end: usize,
    ) -> Option<Place> {
        let word = |back: usize| {
            let range = index.checked_sub(back).and_then(|it| words.get(it));
            range.map(|it| self.text.get(it.clone()).to_lowercase()).unwrap_or_default()
        };
        let at = words.get(index)?.end;
        let leads = self.text.get(words.get(index)?.clone());
        // All of [`LEADING`] start with one of these.
        let may_lead = leads
            .starts_with(['i', 'o', 'n', 't', 'f', 'v', 'c', 'I', 'O', 'N', 'T', 'F', 'V', 'C']);
        if !may_lead || !LEADING.iter().any(|it| leads.eq_ignore_ascii_case(it)) {
            return None;
        }
        match word(0).as_str() {
            "on" if self.text.get(at..end).starts_with(" the territory of ") => {
                self.name_at(self.behind_kind(at, end), end)
            }
            "in" | "near" | "outside" => {
                // A dateline says where the story was filed: then a base or a war is what it is about.
                let filed = self.story.dateline.as_ref().is_some_and(|it| it.place.is_some());
                let is_subject = SUBJECTS.has(&word(1)) || (filed && STANDING.has(&word(1)));
                (!is_subject).then(|| self.name_at(self.behind_kind(at, end), end))?
            }
            "to" if WENT.has(&word(1)) => self.name_at(at, end),
            "for" if matches!(word(1).as_str(), "left" | "leaves" | "departed" | "departs") => {
                self.name_at(at, end)
            }
            "visit" | "visited" | "visits" | "visiting" => self.name_at(at, end),
            "of" if matches!(word(1).as_str(), "city" | "town" | "village" | "capital") => {
                self.name_at(at, end)
            }
            "capital" => self.name_at(self.behind_comma(at, end), end),
            _ => None,
        }
    }

    /// Behind "the city of" and the like, where these words stand at `at`.
    fn behind_kind(&self, at: usize, end: usize) -> usize {
        let rest = self.text.get(at..end).trim_start();
        let kind = KINDS.iter().find_map(|it| rest.strip_prefix(it));
        kind.map_or(at, |it| end - it.len())
    }

    fn behind_comma(&self, at: usize, end: usize) -> usize {
        if self.text.get(at..end).starts_with(',') { at + 1 } else { at }
    }

    /// A place at `at` that hosts something: `Boshkul (the Kerim Republic) was the venue`.
    fn host(&self, at: usize, before: Option<&Range<usize>>, end: usize) -> Option<Place> {
        if !self.text.get(at..end).starts_with(char::is_uppercase) {
            return None;
        }
        // "Envoy Ket hosted", "Republic of Polavia hosted": the name has started before.
        let starts_before = before.is_some_and(|it| {
            let word = self.text.get(it.clone());
            let glued = self.text.get(it.end..at) == " ";
            glued && (word.starts_with(char::is_uppercase) || word == "of")
        });
        if starts_before {
            return None;
        }
        // One of these words is in all of [`HOSTED`].
        let rest = self.text.get(at..end);
        let rest = rest.char_indices().nth(HOST_REACH).map_or(rest, |it| rest.split_at(it.0).0);
        if !(rest.contains("host") || rest.contains("venue")) {
            return None;
        }
        let place = self.name_at(at, end)?;
        let behind = self.text.get(place.range.end..end).trim_start();
        let behind = match behind.strip_prefix('(').and_then(|it| it.split_once(')')) {
            Some((_, rest)) => rest.trim_start(),
            None => behind,
        };
        HOSTED.starts(behind).then_some(place)
    }

    /// The place of a date and place in brackets.
    pub(super) fn dated_bracket(&self) -> Option<Place> {
        if !may_have_bracket(self.text) {
            return None;
        }
        let dates = expressions(self.text);
        let range = dated_bracket(self.text, &dates)?.place?;
        self.name_at(range.start, range.end)
    }
}

/// Where the words of `text`, which starts at `offset`, stand.
fn words(text: &str, offset: usize) -> Vec<Range<usize>> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut start = None;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        let (inside, length) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric() || *byte == b'\'', 1)
        } else {
            let found = text.get(at..).and_then(|it| it.chars().next()).unwrap_or(' ');
            (found.is_alphanumeric() || found == '’', found.len_utf8())
        };
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(offset + from..offset + at);
                start = None;
            }
            _ => {}
        }
        at += length;
    }
    words.extend(start.map(|from| offset + from..offset + at));
    words
}
