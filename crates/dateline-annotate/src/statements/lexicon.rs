//! English verbs of speech and what each may be followed by. A verb that only names an act (thank,
//! discuss, brief) is not here: it reports no content.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::word_hash::WordHash;

/// What a verb can introduce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame(u16);

impl Frame {
    /// A clause with "that".
    pub(super) const THAT: Self = Self(1);
    /// A clause without "that".
    pub(super) const BARE: Self = Self(2);
    /// A quotation.
    pub(super) const QUOTE: Self = Self(4);
    /// A noun phrase that is the content: "highlighted the need".
    pub(super) const OBJECT: Self = Self(8);
    /// Somebody told, before the content: "told reporters that".
    pub(super) const TOLD: Self = Self(16);
    /// "whether", "how", "what".
    pub(super) const WHETHER: Self = Self(32);
    /// "to" and a verb: "promised to return", "urged the parties to talk".
    pub(super) const TO: Self = Self(64);
    /// A noun of attitude must follow: "voiced confidence", "raises concerns".
    pub(super) const ATTITUDE: Self = Self(128);
    /// An object with a quotation in it: "called the plan “a farce”".
    pub(super) const LABEL: Self = Self(256);
    /// "at" must follow: "put the amount at".
    pub(super) const AT: Self = Self(512);

    /// Said by way of denial too: "did not rule out that".
    pub(super) const DENIED: Self = Self(1024);
    /// A verb in "-ing": "proposed holding a conference".
    pub(super) const GERUND: Self = Self(2048);
    /// A noun for what others say: "dismissed reports that".
    pub(super) const REPORT: Self = Self(4096);

    /// A clause with "that", which never stands before the verb: "considers that".
    pub(super) const CLAUSE: Self = Self(8192);

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Form of a verb, as far as its letters tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// say
    Base,
    /// says
    Third,
    /// said
    Past,
    /// saying
    Ing,
}

/// What the lexicon knows of one form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) form: Form,
    pub(super) frame: Frame,
    /// The words that must follow the verb ("out", "on"), or nothing.
    pub(super) particle: &'static str,
}

/// The entries of `word`, which is in lower case.
pub(super) fn entries(word: &str) -> &'static [Entry] {
    LEXICON.get(word).map_or(&[], Vec::as_slice)
}

/// All forms of all verbs, in no order.
pub(crate) fn verb_forms() -> impl Iterator<Item = &'static str> {
    LEXICON.keys().map(String::as_str)
}

static LEXICON: LazyLock<HashMap<String, Vec<Entry>, WordHash>> = LazyLock::new(|| {
    let mut lexicon: HashMap<String, Vec<Entry>, WordHash> = HashMap::default();
    for (verbs, frame) in VERBS {
        for verb in verbs.split(", ") {
            let (verb, particle) = verb.split_once('+').unwrap_or((verb, ""));
            for (form, word) in forms(verb) {
                add(lexicon.entry(word).or_default(), Entry { form, frame: *frame, particle });
            }
        }
    }
    for entries in lexicon.values_mut() {
        entries.sort_by_key(|it| it.particle.is_empty());
    }
    lexicon
});

/// Adds `entry`, to what is known of the same form where there is something.
fn add(entries: &mut Vec<Entry>, entry: Entry) {
    let same = |it: &&mut Entry| it.particle == entry.particle;
    match entries.iter_mut().find(same) {
        Some(known) => {
            known.frame = known.frame.with(entry.frame);
            known.form = if entry.form == Form::Past { Form::Past } else { known.form };
        }
        None => entries.push(entry),
    }
}

const SAY: Frame = Frame::THAT.with(Frame::BARE).with(Frame::QUOTE);
const STATE: Frame = Frame::THAT.with(Frame::QUOTE);
const STRESS: Frame = STATE.with(Frame::OBJECT);
const TELL: Frame = SAY.with(Frame::TOLD).with(Frame::WHETHER);
const CALL: Frame = Frame::LABEL.with(Frame::QUOTE);

/// Verbs with one frame, parted by ", "; a verb is its base form, or all four where it is
/// irregular, and a particle.
const VERBS: &[(&str, Frame)] = &[
    ("say says said saying, explain", SAY.with(Frame::WHETHER)),
    (
        "claim, add, argue, insist, suggest, admit admits admitted admitting, acknowledge, \
        concede, contend, \
         declare, announce, confirm, allege, assert, maintain, think thinks thought thinking, \
         believe, \
         hope, joke, figure",
        SAY,
    ),
    ("promise, vow, pledge, threaten", SAY.with(Frame::TO)),
    ("propose, offer", Frame::TO),
    ("consider", Frame::CLAUSE),
    (
        "state, observe, remark, comment, object, reflect, recount, marvel, grumble, remonstrate, reveal, disclose, testify, boast, complain, lament, \
        predict, \
         forecast forecasts forecast forecasting, conclude, point+out, counter, reply, respond, \
         answer, reason, quip quips quipped quipping, tweet, post, write writes wrote writing, \
         specify, clarify, summarize, agree, recommend, hint, report, indicate, caution, \
         opine, speculate, affirm, assure, mention, imply, propose, proclaim, assess, inform, \
         notify",
        STATE,
    ),
    (
        "note, stress, emphasize, emphasise, underline, underscore, highlight, recall, reiterate, \
         reaffirm, deny, repeat, warn, confess",
        STRESS,
    ),
    ("deny", Frame::BARE),
    ("warn+of, warn+against", Frame::OBJECT),
    ("rule+out", STRESS.with(Frame::DENIED).with(Frame::GERUND)),
    ("doubt", STATE),
    ("propose, suggest, recommend, advocate", Frame::GERUND),
    ("dismiss, reject, refute", Frame::REPORT),
    ("condemn, denounce, decry, deplore, demand, advocate", STRESS),
    (
        "continue, begin begins began beginning, ask, exclaim, shout, yell, cry, mutter, \
         snap snaps snapped snapping, shoot shoots shot shooting+back, fire+back, interject, \
         wonder, urge, go goes went going+on, sum sums summed summing+up, conclude, echo, scoff, \
         retort, read reads read reading, chant, offer, intone, muse, recount, whisper, interrupt, \
         laugh, crow, gush, fume, thunder, plead, implore, rail, finish, start, agree, deadpan",
        Frame::QUOTE,
    ),
    ("ask, wonder, question", Frame::WHETHER.with(Frame::QUOTE)),
    ("tell tells told telling", TELL),
    ("remind, assure, inform, notify, convince", Frame::TOLD.with(Frame::THAT).with(Frame::QUOTE)),
    ("urge, call+on, call+upon, implore, exhort", Frame::TO.with(Frame::OBJECT)),
    ("call+for", Frame::OBJECT),
    (
        "call, dub dubs dubbed dubbing, label, describe, brand, term, characterize, characterise",
        CALL,
    ),
    (
        "criticize, criticise, blast, slam slams slammed slamming, accuse, praise, mock, hail, \
        tout, \
         attack, dismiss, rip rips ripped ripping, ridicule, refer refers referred referring, \
         cite, \
         blame, lambaste, deride, bemoan, liken, portray, paint, compare, hit hits hit hitting, \
         chide, bash, tease, taunt",
        Frame::LABEL,
    ),
    ("express, voice, raise, convey", Frame::ATTITUDE),
    ("put puts put putting, estimate", Frame::AT),
];

fn forms(verb: &str) -> Vec<(Form, String)> {
    const ORDER: [Form; 4] = [Form::Base, Form::Third, Form::Past, Form::Ing];
    if verb.contains(' ') {
        return ORDER.into_iter().zip(verb.split(' ').map(str::to_owned)).collect();
    }
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    let y = verb.strip_suffix('y').filter(|it| !it.ends_with(['a', 'e', 'o', 'u']));
    let hisses = verb.ends_with(['s', 'x']) || verb.ends_with("sh") || verb.ends_with("ch");
    let third = match y {
        Some(stem) => format!("{stem}ies"),
        None if hisses => format!("{verb}es"),
        None => format!("{verb}s"),
    };
    let past = y.map_or_else(|| format!("{stem}ed"), |stem| format!("{stem}ied"));
    ORDER.into_iter().zip([verb.to_owned(), third, past, format!("{stem}ing")]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_verb_is_known() {
        for word in ["deny", "denies", "denied", "denying", "stressed", "stresses", "noting"] {
            assert_eq!(entries(word).len(), 1, "{word}");
        }
        assert!(entries("discussed").is_empty());
    }

    #[test]
    fn a_particle_comes_before_the_bare_verb() {
        let found: Vec<_> = entries("called").iter().map(|it| it.particle).collect();
        assert_eq!(found, ["on", "upon", "for", ""]);
    }
}
