//! Closed classes of English words, and the tests of a stretch of words that rest on them.

use std::ops::Range;

use super::line::Line;
use crate::vocabulary::{self, Class, word_lists};

word_lists! { 32:
    /// Forms of "have".
    HAVE = "has have had having";

    /// Forms of "be".
    BE = "is was are were be been being";

    /// Forms of "do".
    DO = "do does did didn't doesn't don't didn’t doesn’t don’t";

    /// Verbs that put another one in doubt or in the future.
    MODALS =
        "will would can could may might must should shall cannot won't won’t can't can’t \
         wouldn't wouldn’t";

    /// Words that deny a verb.
    NEGATIONS =
        "not never didn't didn’t doesn't doesn’t don't don’t hasn't hasn’t haven't haven’t \
         without";

    /// Words that start a noun phrase.
    DETERMINERS =
        "the a an his her its their our my your this these those some one another many several \
         most both no any each every two three all few";

    /// Prepositions.
    PREPOSITIONS =
        "of for from at in with to on against by under over about into near within between among \
         during after before through across outside inside around";

    /// Words at which no noun phrase goes on, seen from its end.
    BOUNDARIES =
        "that which who whom when while as because if but and or although though since until \
         where what how why then so than whether not nor yet once";

    /// Pronouns that can be a subject.
    SUBJECTS = "he she they it we i you there who nobody everyone someone";

    /// Words that start an adverbial behind a verb of speech: "said on Monday", "said as he left".
    ADJUNCTS =
        "in on at during after before as when while to from with via by about of for earlier \
         later last today yesterday tomorrow tonight recently separately here again then also \
         afterward afterwards through following upon ahead amid monday tuesday wednesday \
         thursday friday saturday sunday bluntly simply once under over without standing \
         speaking referring citing late early next just only because since if though although \
         until so too matter-of-factly out loud";

    /// Names of days and months, and nouns for times.
    DAYS =
        "monday tuesday wednesday thursday friday saturday sunday january february march april \
         may june july august september october november december today yesterday morning \
         afternoon evening night week month year day";

    /// Nouns for what speaks in writing or as a body.
    BODIES =
        "service ministry office agency department council secretariat embassy administration \
         committee commission government headquarters staff company bureau mission delegation \
         statement report document release message letter communique communiqué";

    /// Nouns for what nobody says: "according to the plan".
    DATA =
        "figures figure data estimates estimate plan plans decision decisions schedule agreement \
         agreements law laws rules rule program programme results result tradition custom \
         standards terms principle principles order decree resolution statistics timetable \
         agenda treaty charter constitution protocol procedure calculations";

    /// Adverbs that may stand between a verb and its subject, apart from those in "-ly".
    ADVERBS =
        "also then later further once now still again even just already never earlier first \
         often ever always thus therefore though twice himself herself themselves itself only \
         not all both reportedly too long instead";

    /// Nouns for what somebody says.
    REPORTS =
        "report reports rumors rumours warnings accusations suggestions statements talk \
         speculation claim claims assertion assertions statement argument suggestion allegation \
         allegations warning promise pledge vow contention insistence admission accusation \
         announcement remark comment comments remarks declaration prediction complaint assurance \
         assurances conviction view opinion";

    /// Nouns that, voiced, have a content.
    ATTITUDES =
        "confidence hope hopes conviction concern concerns regret regrets belief opinion view \
         views idea doubt doubts optimism readiness willingness certainty fear fears surprise \
         disappointment dissatisfaction outrage alarm opposition skepticism scepticism \
         frustration worry worries indignation protest objection objections assurance";

    /// What follows "be" to make a stance: "is convinced that".
    STANCES = "convinced confident sure certain hopeful adamant optimistic";

    /// Nouns for people who speak.
    ROLES =
        "spokesman spokeswoman spokesperson president minister secretary chairman chairwoman \
         chairperson chief head leader director governor senator representative congressman \
         congresswoman ambassador envoy diplomat politician official officer general commander \
         mayor candidate nominee professor analyst expert strategist adviser advisor lawyer \
         attorney judge justice author writer reporter manager speaker deputy lawmaker \
         legislator premier chancellor king pope host moderator economist pollster founder \
         executive editor activist aide sheriff coordinator commissioner rapporteur statesman";

    /// Words by which somebody speaks of themselves.
    FIRST_PERSON = "i i'm i’m i've i’ve we my our";

    /// Words at which a cue without a verb of speech may start: "according to", "as Ket put it", "in his words",
    /// "made it clear".
    OPENERS = "according as in by made makes make";
}

/// Verbs of speech in all their forms, which [`super::lexicon`] tells apart.
pub(crate) const SPEECH: Class = Class::nth(64);

/// Words at which a cue may start or its verb may stand: in a stretch of words without any of them nobody is said to
/// say anything.
pub(super) const CUES: Class = SPEECH.with(STANCES).with(REPORTS).with(OPENERS);

/// Auxiliaries: no noun phrase goes on at one.
pub(super) const AUXILIARIES: Class = HAVE.with(BE).with(DO).with(MODALS);

/// Whether the word at `at` modifies a verb and may stand between it and its subject.
pub(super) fn is_adverb(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    (line.has(at, ADVERBS) && !line.is_capital(at))
        || (word.ends_with("ly") && word.len() > 4 && !word.ends_with("mily"))
}

/// Whether the words of `tokens` look like a clause: they hold a finite verb behind a subject, or
/// command.
pub(super) fn is_clause(line: &Line<'_>, tokens: Range<usize>) -> bool {
    let first = tokens.start;
    tokens.clone().any(|at| {
        let contracts = contracts_verb(line.word(at));
        let verb = line.has(at, AUXILIARIES) && at > first;
        let asks_or_commands =
            at == first && line.is_one(at, &["let", "let's", "let’s", "please", "don't", "don’t"]);
        let subject = line.has(at, SUBJECTS)
            && line.is_one(at, &["i", "we", "he", "she", "they", "you"])
            && at + 1 < tokens.end
            && line.is_word(at + 1);
        verb || contracts || asks_or_commands || subject
    })
}

fn contracts_verb(word: &str) -> bool {
    const TAILS: &[&str] = &["n't", "n’t", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'m", "’m"];
    const IS: &[&str] = &[
        "it's",
        "it’s",
        "that's",
        "that’s",
        "he's",
        "he’s",
        "she's",
        "she’s",
        "there's",
        "there’s",
        "what's",
        "what’s",
        "who's",
        "who’s",
        "here's",
        "here’s",
        "let's",
        "let’s",
    ];
    word.bytes().any(|it| matches!(it, b'\'' | 0xe2))
        && (TAILS.iter().any(|it| word.ends_with(it))
            || IS.iter().any(|it| word.eq_ignore_ascii_case(it)))
}

/// The auxiliary that is contracted with a pronoun: "is or has", "are", "have", "will", "had or
/// would".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contracted {
    IsOrHas,
    Are,
    Have,
    Will,
    HadOrWould,
}

/// The pronoun and the auxiliary of "he's", "they've" and the like.
pub(super) fn contracted(word: &str) -> Option<(&str, Contracted)> {
    // 0xe2 is the first byte of the curly apostrophe, and of nothing in plain English.
    if !word.bytes().any(|it| matches!(it, b'\'' | 0xe2)) {
        return None;
    }
    let at = word.find(['\'', '’'])?;
    let (pronoun, tail) = word.split_at(at);
    let auxiliary = match tail.trim_start_matches(['\'', '’']) {
        "s" => Contracted::IsOrHas,
        "re" => Contracted::Are,
        "ve" => Contracted::Have,
        "ll" => Contracted::Will,
        "d" => Contracted::HadOrWould,
        _ => return None,
    };
    vocabulary::has(pronoun, SUBJECTS).then_some((pronoun, auxiliary))
}

/// Whether `word` ends in a possessive.
pub(super) fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’")
}
