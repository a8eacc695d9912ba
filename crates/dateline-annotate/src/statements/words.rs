//! Closed classes of English words, and the tests of a stretch of words that rest on them.

use super::line::Line;
use std::ops::Range;

pub(super) const HAVE: &[&str] = &["has", "have", "had", "having"];
pub(super) const BE: &[&str] = &["is", "was", "are", "were", "be", "been", "being"];
pub(super) const DO: &[&str] =
    &["do", "does", "did", "didn't", "doesn't", "don't", "didn’t", "doesn’t", "don’t"];
pub(super) const MODALS: &[&str] = &[
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "shall",
    "cannot",
    "won't",
    "won’t",
    "can't",
    "can’t",
    "wouldn't",
    "wouldn’t",
];
pub(super) const NEGATIONS: &[&str] = &[
    "not",
    "never",
    "didn't",
    "didn’t",
    "doesn't",
    "doesn’t",
    "don't",
    "don’t",
    "hasn't",
    "hasn’t",
    "haven't",
    "haven’t",
    "without",
];
pub(super) const DETERMINERS: &[&str] = &[
    "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "these", "those",
    "some", "one", "another", "many", "several", "most", "both", "no", "any", "each", "every",
    "two", "three", "all", "few",
];
pub(super) const PREPOSITIONS: &[&str] = &[
    "of", "for", "from", "at", "in", "with", "to", "on", "against", "by", "under", "over", "about",
    "into", "near", "within", "between", "among", "during", "after", "before", "through", "across",
    "outside", "inside", "around",
];
/// Words at which no noun phrase goes on, seen from its end.
pub(super) const BOUNDARIES: &[&str] = &[
    "that", "which", "who", "whom", "when", "while", "as", "because", "if", "but", "and", "or",
    "although", "though", "since", "until", "where", "what", "how", "why", "then", "so", "than",
    "whether", "not", "nor", "yet", "once",
];
/// Pronouns that can be a subject.
pub(super) const SUBJECTS: &[&str] =
    &["he", "she", "they", "it", "we", "i", "you", "there", "who", "nobody", "everyone", "someone"];
/// Words that start an adverbial behind a verb of speech: "said on Monday", "said as he left".
pub(super) const ADJUNCTS: &[&str] = &[
    "in",
    "on",
    "at",
    "during",
    "after",
    "before",
    "as",
    "when",
    "while",
    "to",
    "from",
    "with",
    "via",
    "by",
    "about",
    "of",
    "for",
    "earlier",
    "later",
    "last",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "recently",
    "separately",
    "here",
    "again",
    "then",
    "also",
    "afterward",
    "afterwards",
    "through",
    "following",
    "upon",
    "ahead",
    "amid",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "bluntly",
    "simply",
    "once",
    "under",
    "over",
    "without",
    "standing",
    "speaking",
    "referring",
    "citing",
    "late",
    "early",
    "next",
    "just",
    "only",
    "because",
    "since",
    "if",
    "though",
    "although",
    "until",
    "so",
    "too",
    "matter-of-factly",
    "out",
    "loud",
];
pub(super) const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "today",
    "yesterday",
    "morning",
    "afternoon",
    "evening",
    "night",
    "week",
    "month",
    "year",
    "day",
];

/// Nouns for what speaks in writing or as a body.
pub(super) const BODIES: &[&str] = &[
    "service",
    "ministry",
    "office",
    "agency",
    "department",
    "council",
    "secretariat",
    "embassy",
    "administration",
    "committee",
    "commission",
    "government",
    "headquarters",
    "staff",
    "company",
    "bureau",
    "mission",
    "delegation",
    "statement",
    "report",
    "document",
    "release",
    "message",
    "letter",
    "communique",
    "communiqué",
];
/// Nouns for what nobody says: "according to the plan".
pub(super) const DATA: &[&str] = &[
    "figures",
    "figure",
    "data",
    "estimates",
    "estimate",
    "plan",
    "plans",
    "decision",
    "decisions",
    "schedule",
    "agreement",
    "agreements",
    "law",
    "laws",
    "rules",
    "rule",
    "program",
    "programme",
    "results",
    "result",
    "tradition",
    "custom",
    "standards",
    "terms",
    "principle",
    "principles",
    "order",
    "decree",
    "resolution",
    "statistics",
    "timetable",
    "agenda",
    "treaty",
    "charter",
    "constitution",
    "protocol",
    "procedure",
    "calculations",
];

/// Whether `word` modifies a verb and may stand between it and its subject.
pub(super) fn is_adverb(word: &str) -> bool {
    const ADVERBS: &[&str] = &[
        "also",
        "then",
        "later",
        "further",
        "once",
        "now",
        "still",
        "again",
        "even",
        "just",
        "already",
        "never",
        "earlier",
        "first",
        "often",
        "ever",
        "always",
        "thus",
        "therefore",
        "though",
        "once",
        "twice",
        "himself",
        "herself",
        "themselves",
        "itself",
        "only",
        "not",
        "all",
        "both",
        "reportedly",
        "too",
        "long",
        "instead",
    ];
    ADVERBS.contains(&word) || (word.ends_with("ly") && word.len() > 4 && !word.ends_with("mily"))
}

/// Whether the words of `tokens` look like a clause: they hold a finite verb behind a subject, or
/// command.
pub(super) fn is_clause(line: &Line<'_>, tokens: Range<usize>) -> bool {
    let first = tokens.start;
    tokens.clone().any(|at| {
        let word = line.word(at);
        let verb = line.is_one(at, BE)
            || line.is_one(at, HAVE)
            || line.is_one(at, MODALS)
            || line.is_one(at, DO)
            || contracts_verb(word);
        let asks_or_commands =
            at == first && line.is_one(at, &["let", "let's", "let’s", "please", "don't", "don’t"]);
        let subject = line.is_one(at, &["i", "we", "he", "she", "they", "you"])
            && at + 1 < tokens.end
            && line.is_word(at + 1);
        (verb && (at > first || contracts_verb(word))) || asks_or_commands || subject
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
    TAILS.iter().any(|it| word.ends_with(it)) || IS.iter().any(|it| word.eq_ignore_ascii_case(it))
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
    let at = word.find(['\'', '’'])?;
    let (pronoun, tail) = word.split_at(at);
    let subject = SUBJECTS.iter().any(|it| pronoun.eq_ignore_ascii_case(it));
    let auxiliary = match tail.trim_start_matches(['\'', '’']) {
        "s" => Contracted::IsOrHas,
        "re" => Contracted::Are,
        "ve" => Contracted::Have,
        "ll" => Contracted::Will,
        "d" => Contracted::HadOrWould,
        _ => return None,
    };
    subject.then_some((pronoun, auxiliary))
}

/// Whether `word` ends in a possessive.
pub(super) fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’")
}
