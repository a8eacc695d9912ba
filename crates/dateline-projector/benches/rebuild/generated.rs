//! A generated log: a registry of 10,000 officials and 200 topics, and stories of 2 KB in the order of their days. All
//! of it follows from a seed. Names and topics come as often as in news: the second as often by half as the first, the
//! third by a third. Sentences are of invented words, with the frequencies of words, so that they compress like text.

use std::fmt::Write as _;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use dateline_event::date::{Basis, Day, Edtf, PrintedDate};
use dateline_event::registry::{Label, Office, Official, Organisation, Tenure, TenureKind, Topic};
use dateline_event::story::{
    Headline, PageRef, Story, StoryReported, StoryRevised, StoryRole, digest,
};
use dateline_event::{Event, Piece, Span, StoryId};

pub(crate) const OFFICIALS: usize = 10_000;
pub(crate) const ORGANISATIONS: usize = 500;
pub(crate) const TOPICS: usize = 200;
const WORDS: usize = 6_000;
const SOURCES: usize = 40;
/// Bytes of a body.
const STORY_BYTES: usize = 2_000;
/// Days over which the stories are spread.
const DAYS: u64 = 3_650;
/// One story in so many is revised right behind the report.
const REVISED: u64 = 20;

const SYLLABLES: [&str; 24] = [
    "ket", "var", "po", "la", "tos", "ar", "mi", "li", "gov", "sen", "da", "ro", "ne", "ti", "mar",
    "ko", "vel", "su", "ran", "do", "per", "ba", "lin", "es",
];

/// Numbers that follow from a seed (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn number(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (it ^ (it >> 31)) % below
    }

    fn index(&mut self, below: usize) -> usize {
        usize::try_from(self.number(u64::try_from(below).unwrap())).unwrap()
    }

    /// An index below `weights.len()`, as often as 1 / (index + 1).
    fn common(&mut self, weights: &[u64]) -> usize {
        let at = self.number(*weights.last().unwrap());
        weights.partition_point(|it| *it <= at)
    }
}

fn weights(count: usize) -> Vec<u64> {
    let mut sum = 0;
    let one = |at: usize| {
        sum += 100_000_000 / u64::try_from(at + 1).unwrap();
        sum
    };
    (0..count).map(one).collect()
}

/// The word with this number; numbers near each other give words that do not look alike.
fn word(number: usize) -> String {
    let mut rest = number.wrapping_mul(7919) % 331_776;
    let mut word = String::new();
    for _ in 0..2 + number % 3 {
        word.push_str(SYLLABLES[rest % 24]);
        rest /= 24;
    }
    word
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// Everything that stories are made of.
pub(crate) struct World {
    seed: u64,
    stories: u64,
    words: Vec<String>,
    names: Vec<String>,
    offices: Vec<String>,
    terms: Vec<String>,
    common_words: Vec<u64>,
    common_names: Vec<u64>,
    common_topics: Vec<u64>,
}

impl World {
    /// A world of which `stories` stories tell.
    pub(crate) fn new(seed: u64, stories: u64) -> Self {
        let name = |at: usize| {
            format!("{} {}", capital(&word(at * 3 + 1)), capital(&word(at * 5 + 20_000)))
        };
        let office = |at: usize| format!("Minister of {}", capital(&word(at + 40_000)));
        Self {
            seed,
            stories,
            words: (0..WORDS).map(word).collect(),
            names: (0..OFFICIALS).map(name).collect(),
            offices: (0..OFFICIALS).map(office).collect(),
            terms: (0..TOPICS)
                .map(|at| format!("{} {}", word(at + 60_000), word(at + 9_000)))
                .collect(),
            common_words: weights(WORDS),
            common_names: weights(OFFICIALS),
            common_topics: weights(TOPICS),
        }
    }

    /// What the bare search looks for: names, offices and terms.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = &String> {
        self.names.iter().chain(&self.offices).chain(&self.terms)
    }

    /// The registry and the topics.
    pub(crate) fn registry(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for at in 0..ORGANISATIONS {
            events.push(Event::OrganisationRecorded(Organisation {
                id: format!("body-{at}").parse().unwrap(),
                name: format!("Ministry {}", capital(&word(at + 80_000))),
                other_names: Vec::new(),
                classification: None,
                parent: (at > 9).then(|| format!("body-{}", at % 10).parse().unwrap()),
            }));
        }
        for (at, (name, office)) in self.names.iter().zip(&self.offices).enumerate() {
            events.push(Event::OfficialRecorded(Official {
                id: format!("p-{at}").parse().unwrap(),
                name: name.clone(),
                other_names: Vec::new(),
            }));
            events.push(Event::OfficeRecorded(Office {
                id: format!("office-{at}").parse().unwrap(),
                label: office.clone(),
                other_labels: Vec::new(),
                organisation: Some(format!("body-{}", at % ORGANISATIONS).parse().unwrap()),
            }));
            events.push(Event::TenureRecorded(Tenure {
                official: format!("p-{at}").parse().unwrap(),
                office: format!("office-{at}").parse().unwrap(),
                kind: TenureKind::Full,
                from: Some("2010".parse().unwrap()),
                until: None,
            }));
        }
        for (at, term) in self.terms.iter().enumerate() {
            let english = |text: String| Label { language: "en".into(), text };
            events.push(Event::TopicRecorded(Topic {
                id: format!("topic-{at}").parse().unwrap(),
                labels: vec![english(capital(term))],
                alt_labels: vec![english(format!("{term} {}", word(at + 3)))],
                definition: None,
                broader: (at > 19)
                    .then(|| format!("topic-{}", at % 20).parse().unwrap())
                    .into_iter()
                    .collect(),
                rules: Vec::new(),
            }));
        }
        events
    }

    /// The events of the story with this number: a report, and now and then a revision.
    pub(crate) fn story(&self, number: u64) -> Vec<Event> {
        let mut dice = Dice::new(self.seed ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let day = first_day() + Days::new(number * DAYS / self.stories.max(1));
        let source = format!("source-{}", dice.index(SOURCES));
        let content = self.content(&mut dice, day);
        let story = StoryId::of_name(&format!("{source}/{number}"));
        let source = source.parse().unwrap();
        let page = PageRef {
            name: format!("{number}.html"),
            address: Some(format!("https://{source}.example/news/{day}/{number}")),
            digest: digest(&number.to_le_bytes()),
            captured: Some(captured(day)),
        };
        let mut events =
            vec![Event::StoryReported(Box::new(StoryReported { story, source, page, content }))];
        if number.is_multiple_of(REVISED)
            && let Some(Event::StoryReported(first)) = events.first()
        {
            let StoryReported { source, page, mut content, .. } = (**first).clone();
            content.body.push_str(" It was corrected.");
            content.pieces = pieces(&content.body);
            events.push(Event::StoryRevised(Box::new(StoryRevised {
                story,
                source,
                page,
                content,
            })));
        }
        events
    }

    /// The text of a story like that with this number.
    pub(crate) fn body_of(&self, number: u64) -> String {
        self.body(&mut Dice::new(self.seed ^ number))
    }

    fn content(&self, dice: &mut Dice, day: NaiveDate) -> Story {
        let headline = capital(&self.words(dice, 7));
        let stamp = day.to_string();
        let edtf = Edtf::day(Day::of(day));
        let body = self.body(dice);
        Story {
            role: StoryRole::Article,
            title: Some(Headline { span: Span::new(0, characters(&headline)), text: headline }),
            pieces: pieces(&body),
            body,
            address: None,
            language: "en".to_owned(),
            published: Some(PrintedDate {
                edtf,
                basis: Basis::PageDate,
                field: None,
                span: Span::new(100, 110),
                text: stamp,
            }),
            passages: Vec::new(),
            stamp_place: None,
            dateline: None,
        }
    }

    fn body(&self, dice: &mut Dice) -> String {
        let mut body = String::with_capacity(STORY_BYTES + 200);
        let topic = dice.common(&self.common_topics);
        while body.len() < STORY_BYTES {
            let paragraph = match dice.number(6) {
                0 => {
                    let who = dice.common(&self.common_names);
                    let said = self.words(dice, 12);
                    format!("{} {} said that {said}.", self.offices[who], self.names[who])
                }
                1 => {
                    let who = dice.common(&self.common_names);
                    let said = capital(&self.words(dice, 14));
                    format!("\u{201c}{said},\u{201d} {} told reporters.", self.names[who])
                }
                2 => format!(
                    "{} about {} {}.",
                    capital(&self.words(dice, 6)),
                    self.terms[topic],
                    self.words(dice, 8)
                ),
                3 => {
                    let other = dice.common(&self.common_topics);
                    format!(
                        "{} {} {}.",
                        capital(&self.words(dice, 9)),
                        self.terms[other],
                        self.words(dice, 5)
                    )
                }
                _ => format!("{}, {}.", capital(&self.words(dice, 11)), self.words(dice, 10)),
            };
            body.push_str(&paragraph);
            body.push('\n');
        }
        body.truncate(body.len() - 1);
        body
    }

    fn words(&self, dice: &mut Dice, count: usize) -> String {
        let mut text = String::new();
        for at in 0..count {
            let it = &self.words[dice.common(&self.common_words)];
            write!(text, "{}{it}", if at == 0 { "" } else { " " }).unwrap();
        }
        text
    }
}

fn characters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap()
}

fn pieces(body: &str) -> Vec<Piece> {
    let mut at = 200;
    let line = |it: &str| {
        let span = Span::new(at, at + characters(it));
        at = span.end + 20;
        span
    };
    Piece::lines(body.lines().map(line).collect::<Vec<_>>())
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2015, 1, 1).unwrap()
}

fn captured(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::hours(7)
}
