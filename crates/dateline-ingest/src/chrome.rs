//! Boilerplate that is known by its own form: navigation, counters, phones, image names, photo
//! credits.
//!
//! The words are those that web pages use everywhere; nothing here belongs to one site.

use std::sync::LazyLock;

use regex::Regex;

mod form;

pub(crate) use form::{is_byline, is_clock};

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
    "watch the full",
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

/// Parts of words of a notice, looked for before the pattern runs, since nearly every line of prose
/// comes here.
static NOTICE_SIGN: LazyLock<Regex> = LazyLock::new(|| {
    constant("cookie|avaScript|avascript|browser|also|ALSO|more|MORE|reserved|responsible")
});
/// What every notice holds. Without borders of words, which are slow beyond ASCII.
static NOTICE_CORE: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)cookies|javascript|browser|reserved|responsible|^(?:see|read) also|^also read|^read more",
    )
});
static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)\bcookies\b.*\b(?:site|website|browser|experience|consent|policy)\b|\b(?:site|website|we)\b.*\buses? cookies\b|\benable javascript\b|\bjavascript is (?:disabled|off|required)\b|\bbrowser (?:does not|doesn.t) support\b|^(?:(?:see|read) also|also read|read more)(?: on this topic)?: |\ball rights (?:are )?reserved\b|\bnot responsible for the (?:content|accuracy)",
    )
});
/// What every such caption holds, looked for first.
static PICTURE: LazyLock<Regex> = LazyLock::new(|| constant(r"(?i-u)photo|picture|image"));
static CAPTION_END: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"(?i)\b(?:archiv(?:e|al)|file|illustrative|stock) (?:photo|picture|image)s?\b\.?")
});

/// Compiles a pattern of this crate.
pub(crate) fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

/// Whether `line` is boilerplate by its form.
pub(crate) fn chrome(line: &str) -> Option<Chrome> {
    if line.chars().all(|it| !it.is_alphanumeric()) {
        return Some(Chrome::Inline);
    }
    if line.len() <= MAX_NOTICE_BYTES && is_notice(line) {
        return Some(Chrome::Inline);
    }
    if line.len() > MAX_NAVIGATION_BYTES {
        return None;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(|it: char| !it.is_alphanumeric() && !matches!(it, '©' | '('));
    if BUTTONS.contains(&bare) || form::is_boilerplate(line) {
        return Some(Chrome::Inline);
    }
    let short = line.split_whitespace().count() <= MAX_NAVIGATION_WORDS;
    if short && RELATED_STARTS.iter().any(|it| starts(bare, &lower, it)) {
        return Some(Chrome::Related);
    }
    let closes = CLOSERS.contains(&bare) || CLOSER_STARTS.iter().any(|it| starts(bare, &lower, it));
    (short && closes).then_some(Chrome::Closer)
}

fn starts(bare: &str, lower: &str, with: &str) -> bool {
    let text = if with.ends_with([':', '(', ' ']) { lower } else { bare };
    // Most lines differ in their first letter.
    if text.as_bytes().first() != with.as_bytes().first() {
        return false;
    }
    text.strip_prefix(with).is_some_and(|it| {
        !it.starts_with(char::is_alphanumeric) || with.ends_with([':', '(', ' ', '©'])
    })
}

fn is_notice(line: &str) -> bool {
    NOTICE_SIGN.is_match(line) && NOTICE_CORE.is_match(line) && NOTICE.is_match(line)
}

/// Where a caption such as `… An archive photo` ends in a line, when it ends near the start of what
/// else it holds.
pub(crate) fn caption_end(line: &str) -> Option<usize> {
    if !PICTURE.is_match(line) {
        return None;
    }
    let found = CAPTION_END.find(line)?;
    let rest = line.get(found.end()..)?;
    let title = rest.trim_start();
    let ends = title.is_empty()
        || title.starts_with(|it: char| it.is_uppercase() || matches!(it, '“' | '"' | '«'));
    ends.then_some(if title.is_empty() { line.len() } else { found.end() })
}
