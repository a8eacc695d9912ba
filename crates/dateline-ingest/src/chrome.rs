//! Boilerplate that is known by its own form: navigation, counters, phones, image names, photo
//! credits.
//!
//! The words are those that web pages use everywhere; nothing here belongs to one site.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

mod form;
mod signs;

pub(crate) use form::{is_byline, is_clock};
pub(crate) use signs::{LineSigns, Signs};

/// What a line of boilerplate does to its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chrome {
    /// Stands anywhere, inside of a story too.
    Inline,
    /// Stands behind the end of an article.
    Closer,
    /// Stands behind the end of an article and opens a block of other stories.
    Related,
}

/// Longest line that is compared with words of navigation, in bytes.
const MAX_NAVIGATION_BYTES: usize = 120;

/// Most words of such a line.
const MAX_NAVIGATION_WORDS: usize = 20;

/// Longest notice of a site to its readers, in bytes.
const MAX_NOTICE_BYTES: usize = 600;

/// Lines that are buttons.
const BUTTONS: &[&str] = &[
    "share",
    "print",
    "print version",
    "printable version",
    "facebook",
    "twitter",
    "x",
    "telegram",
    "whatsapp",
    "vk",
    "vkontakte",
    "odnoklassniki",
    "linkedin",
    "email",
    "e-mail",
    "copy link",
    "link copied",
    "pdf",
    "rss",
    "youtube",
    "instagram",
    "viber",
    "advertisement",
    "advertising",
    "read more",
    "more",
    "next",
    "previous",
    "prev",
    "menu",
    "search",
    "log in",
    "login",
    "sign in",
    "sign up",
    "register",
    "subscribe",
    "send",
    "save",
    "listen",
    "photo",
    "photos",
    "video",
    "gallery",
    "download",
    "a a a",
    "loading",
    "close",
    "open",
    "play",
    "pause",
    "font size",
    "site colours",
    "site colors",
    "view settings",
    "version for the visually impaired",
    "accessible version",
    "поделиться",
    "печать",
    "версия для печати",
];

/// Lines that stand behind an article, whole.
const CLOSERS: &[&str] = &[
    "go back",
    "back",
    "return",
    "home",
    "home page",
    "main page",
    "all news",
    "news archive",
    "archive",
    "contacts",
    "contact us",
    "about us",
    "about",
    "site map",
    "sitemap",
    "privacy policy",
    "terms of use",
    "cookie policy",
    "top",
    "to top",
    "up",
    "comments",
    "no comments",
    "leave a comment",
    "tags",
    "категории",
    "назад",
    "все новости",
    "наверх",
    "комментарии",
    "теги",
    "notes to editors",
    "photo report",
    "letters to the editor",
    "crossword",
    "share this story",
    "send to a friend",
    "permalink",
    "become a guest of the studio",
];

/// How lines behind an article begin.
const CLOSER_STARTS: &[&str] = &[
    "go back to",
    "back to",
    "return to",
    "follow us",
    "follow our",
    "all rights reserved",
    "copyright",
    "©",
    "(c) ",
    "subscribe to",
    "sign up for",
    "join us on",
    "join our",
    "share this",
    "tags:",
    "keywords:",
    "topics:",
    "view settings",
    "font size",
    "site colour",
    "site color",
    "skip to",
    "print this",
    "when using",
    "any use of",
    "reproduction of",
    "if you find a mistake",
    "if you find an error",
    "if you notice",
    "found a mistake",
    "found a typo",
    "leave a comment",
    "comments (",
    "download our app",
    "powered by",
    "views:",
    "number of views",
    "publication status",
    "for press inquiries",
    "for media inquiries",
    "for press enquiries",
    "for media enquiries",
    "for more information, please contact",
    "for further information, please contact",
    "for further information, contact",
    "for further information please contact",
    "for more information please contact",
    "for pdf attachments",
    "the views expressed",
    "the opinions expressed",
    "views expressed",
    "opinions expressed",
    "the full recording",
    "the full video",
    "got a story",
    "have a story",
    "got a tip",
    "unsubscribe",
    "update your preferences",
    "manage your preferences",
    "view in browser",
    "view this email",
    "was this digest",
    "was this newsletter",
    "was this article",
    "was this page",
    "jump to comments",
    "media contact",
    "press contact",
    "published in sections",
    "in the same issue",
    "editorial office:",
    "editorial office",
    "address:",
    "report the news",
    "report news",
    "tell us the news",
    "when reprinting",
    "on reprinting",
    "read us",
    "write to us",
    "write to the editor",
    "receive daily",
    "registration certificate",
    "related pages",
    "your browser may",
    "direct link",
    "text version",
    "подписывайтесь",
    "вернуться",
    "при использовании",
    "теги:",
];

/// How headings of blocks of other stories begin, or are.
const RELATED_STARTS: &[&str] = &[
    "recent news",
    "latest news",
    "related news",
    "related stories",
    "related articles",
    "related content",
    "related links",
    "related topics",
    "related publications",
    "related materials",
    "related posts",
    "related:",
    "see also",
    "read also",
    "also read",
    "also of interest",
    "also in the news",
    "read more about",
    "read more on",
    "further reading",
    "more stories",
    "more about",
    "more on this",
    "more on the topic",
    "more news",
    "more from",
    "more long reads",
    "also on this subject",
    "other broadcasts",
    "other news",
    "other stories",
    "other articles",
    "other materials",
    "in other news",
    "on the same topic",
    "editor's picks",
    "editors' picks",
    "trending",
    "news on the topic",
    "similar news",
    "popular news",
    "most read",
    "most popular",
    "top stories",
    "top news",
    "you may also",
    "you might also",
    "recommended",
    "last news",
    "news feed",
    "newsfeed",
    "читайте также",
    "другие новости",
    "последние новости",
    "по теме",
];

/// How a line begins that points to other stories.
const POINTERS: &[&[u8]] = &[b"see also", b"read also", b"also read", b"read more"];
static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)\bcookies\b.*\b(?:site|website|browser|experience|consent|policy)\b|\b(?:site|website|we)\b.*\buses? cookies\b|\benable javascript\b|\bjavascript is (?:disabled|off|required)\b|\bbrowser (?:does not|doesn.t) support\b|^(?:(?:see|read) also|also read|read more)(?: on this topic)?: |\ball rights (?:are )?reserved\b|\bnot responsible for the (?:content|accuracy)",
    )
});
static CAPTION_END: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"(?i)\b(?:archiv(?:e|al)|file|illustrative|stock) (?:photo|picture|image)s?\b\.?")
});

/// Compiles a pattern of this crate.
pub(crate) fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// Whether `line` is boilerplate by its form.
pub(crate) fn chrome(line: &str, signs: LineSigns) -> Option<Chrome> {
    if line.chars().all(|it| !it.is_alphanumeric()) {
        return Some(Chrome::Inline);
    }
    if line.len() <= MAX_NOTICE_BYTES && is_notice(line, signs) {
        return Some(Chrome::Inline);
    }
    if line.len() > MAX_NAVIGATION_BYTES {
        return None;
    }
    let mut buffer = [0; MAX_NAVIGATION_BYTES];
    let lower = lowered(line, &mut buffer);
    let bare = lower.trim_matches(|it: char| !it.is_alphanumeric() && !matches!(it, '©' | '('));
    let whole = phrases(&WHOLE, bare).iter().find(|it| it.0 == bare).map(|it| it.1);
    if whole == Some(Chrome::Inline) || is_player(bare) || form::is_boilerplate(line, signs) {
        return Some(Chrome::Inline);
    }
    // Most lines differ from every phrase in their first letter.
    let started = [bare, &*lower].into_iter().flat_map(|it| phrases(&STARTS, it));
    let started: Vec<Chrome> =
        started.filter(|it| starts(bare, &lower, it.0)).map(|it| it.1).collect();
    let short = || line.split_whitespace().count() <= MAX_NAVIGATION_WORDS;
    let related = started.iter().copied().find(|it| *it == Chrome::Related);
    let found = related.or(started.first().copied()).or(whole);
    found.filter(|_| short())
}

/// Most words of a line that offers to play something.
const MAX_PLAYER_WORDS: usize = 6;

/// Whether a line offers to play the story, or says who may see it: `Watch the video (52:10)`, `Age limit 16+`.
fn is_player(bare: &str) -> bool {
    const STARTS: &[&str] =
        &["watch the video", "watch video", "listen to this", "listen to the article", "age limit"];
    STARTS.iter().any(|it| bare.starts_with(it))
        && bare.split_whitespace().nth(MAX_PLAYER_WORDS).is_none()
}

/// `line` in lower case; without an allocation where it is of ASCII.
fn lowered<'a>(line: &str, buffer: &'a mut [u8; MAX_NAVIGATION_BYTES]) -> Cow<'a, str> {
    let plain = buffer.get_mut(..line.len()).filter(|_| line.is_ascii());
    let lower = plain.and_then(|it| {
        it.copy_from_slice(line.as_bytes());
        it.make_ascii_lowercase();
        std::str::from_utf8(it).ok()
    });
    lower.map_or_else(|| Cow::Owned(line.to_lowercase()), Cow::Borrowed)
}

/// Phrases by their first byte, with what a line is that has them.
type Phrases = Vec<Vec<(&'static str, Chrome)>>;

/// Phrases that are a line.
static WHOLE: LazyLock<Phrases> =
    LazyLock::new(|| by_first_byte(&[(BUTTONS, Chrome::Inline), (CLOSERS, Chrome::Closer)]));

/// Phrases with which a line begins.
static STARTS: LazyLock<Phrases> = LazyLock::new(|| {
    by_first_byte(&[(RELATED_STARTS, Chrome::Related), (CLOSER_STARTS, Chrome::Closer)])
});

fn by_first_byte(lists: &[(&[&'static str], Chrome)]) -> Phrases {
    let mut phrases = vec![Vec::new(); 1 << u8::BITS];
    for (list, chrome) in lists {
        for phrase in *list {
            let first = phrase.bytes().next().map_or(0, usize::from);
            phrases.get_mut(first).into_iter().for_each(|it| it.push((*phrase, *chrome)));
        }
    }
    phrases
}

/// Those that have the first byte of `text`.
fn phrases(all: &'static Phrases, text: &str) -> &'static [(&'static str, Chrome)] {
    let first = text.bytes().next().map(usize::from);
    first.and_then(|it| all.get(it)).map_or(&[], Vec::as_slice)
}

fn starts(bare: &str, lower: &str, with: &str) -> bool {
    let text = if with.ends_with([':', '(', ' ']) { lower } else { bare };
    text.strip_prefix(with).is_some_and(|it| {
        !it.starts_with(char::is_alphanumeric) || with.ends_with([':', '(', ' ', '©'])
    })
}

fn is_notice(line: &str, signs: LineSigns) -> bool {
    let points = |it: &&[u8]| {
        line.as_bytes().get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it))
    };
    (signs.notice || POINTERS.iter().any(points)) && NOTICE.is_match(line)
}

/// Where a caption such as `… An archive photo` ends in a line, when it ends near the start of what
/// else it holds.
pub(crate) fn caption_end(line: &str, signs: LineSigns) -> Option<usize> {
    if !signs.picture {
        return None;
    }
    let found = CAPTION_END.find(line)?;
    let rest = line.get(found.end()..)?;
    let title = rest.trim_start();
    let ends = title.is_empty()
        || title.starts_with(|it: char| it.is_uppercase() || matches!(it, '“' | '"' | '«'));
    ends.then_some(if title.is_empty() { line.len() } else { found.end() })
}
