//! What is kept of a text to tell which stories are the same, or report one event: a pure function of the text, made
//! beside the annotation on all cores.

use chrono::Datelike as _;
use dateline_event::date::PrintedDate;
use dateline_event::story::{Story, StoryRole};

use super::words::{Word, WordReader, hash};

/// Words of a body that are looked at. News says first what counts, and copies are cut at the end.
pub(crate) const MAX_BODY_WORDS: usize = 400;

/// Words of a headline that are looked at.
const MAX_TITLE_WORDS: usize = 40;

/// How often a word of the headline counts.
const TITLE_WEIGHT: u16 = 3;

/// Words in a shingle: a run that two writers hardly ever choose alike.
const SHINGLE_WORDS: usize = 5;

/// Where in the body the keys come from, in words, and how many from there. The beginning has more, since copies and
/// teasers keep that.
const KEY_WINDOWS: [(usize, usize, usize); 4] =
    [(0, 20, 4), (16, 68, 4), (64, 164, 2), (160, 400, 2)];

/// Keys by which a copy is looked for: those of the windows and one for the headline.
pub(crate) const KEYS: usize = 13;

/// A headline with fewer words is one that many stories have.
const MIN_TITLE_WORDS: usize = 4;

/// The fingerprint of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sketch {
    pub(crate) role: StoryRole,
    /// Hash of the source.
    pub(crate) source: u32,
    /// Day by which the page says it was put out, where it prints a full one, as days of the common era.
    pub(crate) day: Option<i32>,
    /// Hash of the headline, where it has enough words.
    pub(crate) title: Option<u32>,
    /// Shingles of the body, in order and each once, cut to 16 bits: enough to compare two texts, not to find one.
    pub(crate) shingles: Box<[u16]>,
    /// By what copies are found; zero for none.
    pub(crate) keys: [u32; KEYS],
    /// Stems with how often they stand in headline and body, in the order of the hashes; empty where they are not asked
    /// for.
    pub(crate) terms: Vec<(u32, u16)>,
    /// Of all the words that are looked at.
    pub(crate) digest: u64,
}

impl Sketch {
    /// The sketch of `story` as `source` put it out.
    pub(crate) fn of(story: &Story, source: &str, reader: &WordReader) -> Self {
        let title = reader.read(title_of(story), &story.language, MAX_TITLE_WORDS);
        let body = reader.read(&story.body, &story.language, MAX_BODY_WORDS);
        Self { terms: terms(&title, &body), ..Self::of_words(story, source, &title, &body) }
    }

    /// The same without `terms`: enough to tell copies.
    pub(crate) fn for_copies(story: &Story, source: &str) -> Self {
        let title = WordReader::read_exact(title_of(story), MAX_TITLE_WORDS);
        let body = WordReader::read_exact(&story.body, MAX_BODY_WORDS);
        Self::of_words(story, source, &title, &body)
    }

    fn of_words(story: &Story, source: &str, title: &[Word], body: &[Word]) -> Self {
        let exact: Vec<u32> = body.iter().map(|it| it.exact).collect();
        let shingles: Vec<u32> = exact.windows(SHINGLE_WORDS).map(hash).collect();
        let headline: Vec<u32> = title.iter().map(|it| it.exact).collect();
        let digest = u64::from(hash(&headline)) << 32 | u64::from(hash(&exact));
        let headline = (headline.len() >= MIN_TITLE_WORDS).then(|| hash(&headline));
        Self {
            role: story.role,
            source: hash(&source.bytes().map(u32::from).collect::<Vec<_>>()),
            day: story.published.as_ref().and_then(day_of),
            title: headline,
            digest,
            keys: keys(&shingles, headline),
            shingles: compact(&shingles),
            terms: Vec::new(),
        }
    }
}

fn title_of(story: &Story) -> &str {
    story.title.as_ref().map_or("", |it| it.text.as_str())
}

/// The day that a page prints in full.
fn day_of(printed: &PrintedDate) -> Option<i32> {
    let (first, last) = (printed.edtf.earliest()?, printed.edtf.latest()?);
    (first == last).then(|| first.num_days_from_ce())
}

fn compact(shingles: &[u32]) -> Box<[u16]> {
    let low = |it: &u32| u16::try_from(it & 0xFFFF).unwrap_or_default();
    let mut all: Vec<u16> = shingles.iter().map(low).collect();
    all.sort_unstable();
    all.dedup();
    all.into_boxed_slice()
}

/// The smallest shingles of each window (min-hash), so that two texts with the same words there have the same keys
/// wherever these stand.
fn keys(shingles: &[u32], title: Option<u32>) -> [u32; KEYS] {
    let mut found = Vec::with_capacity(KEYS);
    for (from, to, count) in KEY_WINDOWS {
        let to = to.min(shingles.len());
        let mut window: Vec<u32> = shingles.get(from.min(to)..to).unwrap_or_default().to_vec();
        window.sort_unstable();
        window.dedup();
        window.retain(|it| !found.contains(it));
        window.resize(count, 0);
        found.extend(window);
    }
    found.push(title.unwrap_or(0));
    found.try_into().unwrap_or([0; KEYS])
}

fn terms(title: &[Word], body: &[Word]) -> Vec<(u32, u16)> {
    let stems = |words: &[Word], weight: u16| {
        words.iter().filter_map(move |it| Some((it.stem?, weight))).collect::<Vec<_>>()
    };
    let mut all = stems(title, TITLE_WEIGHT);
    all.extend(stems(body, 1));
    all.sort_unstable();
    all.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1 = first.1.saturating_add(later.1);
        }
        same
    });
    all
}
