//! What the attributes of an element say of its purpose: roles, item properties, and the words of
//! its classes and its id, in which authors of pages everywhere name what they build.

use std::borrow::Cow;

use super::tag::Tag;
use super::words;
use crate::html::tokens;

/// A set of purposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Hints(u32);

impl Hints {
    /// The text of the page's own story, or around it.
    pub(crate) const CONTENT: Self = Self(1);
    /// What readers wrote.
    pub(crate) const COMMENTS: Self = Self(1 << 1);
    /// Other stories: related, most read, recommended.
    pub(crate) const RELATED: Self = Self(1 << 2);
    /// Buttons that pass the story on, print it, follow the source.
    pub(crate) const SHARE: Self = Self(1 << 3);
    /// Newsletters, logins, paywalls, offers.
    pub(crate) const SUBSCRIBE: Self = Self(1 << 4);
    /// Advertisements.
    pub(crate) const ADVERT: Self = Self(1 << 5);
    /// Consent to cookies and other notices laid over the page.
    pub(crate) const NOTICE: Self = Self(1 << 6);
    /// Menus, breadcrumbs, links to other pages of a series.
    pub(crate) const NAVIGATION: Self = Self(1 << 7);
    /// Beside the story.
    pub(crate) const ASIDE: Self = Self(1 << 8);
    /// Words under a picture.
    pub(crate) const CAPTION: Self = Self(1 << 9);
    /// Who wrote the story, and what is said of them.
    pub(crate) const BYLINE: Self = Self(1 << 10);
    /// Day, section, tags, counters: what is said about the story.
    pub(crate) const META: Self = Self(1 << 11);
    /// Not shown to readers.
    pub(crate) const HIDDEN: Self = Self(1 << 12);
    /// The head of a page or of a story.
    pub(crate) const HEADER: Self = Self(1 << 13);
    /// The foot of a page or of a story.
    pub(crate) const FOOTER: Self = Self(1 << 14);
    /// The lead of a story.
    pub(crate) const LEAD: Self = Self(1 << 15);
    /// The headline.
    pub(crate) const HEADLINE: Self = Self(1 << 16);
    /// A story, of its own or of another page.
    pub(crate) const STORY: Self = Self(1 << 17);
    /// Around a picture.
    pub(crate) const PICTURE: Self = Self(1 << 19);
    /// The element that is declared to hold the whole text of the story.
    pub(crate) const BODY: Self = Self(1 << 18);

    /// Whether any purpose of `other` is among these.
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are also in `other`.
    pub(crate) const fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// A number for the name of an element; equal names have equal numbers.
pub(super) fn name_of(name: &str) -> u32 {
    hash(0x811c_9dc5, name.bytes())
}

fn hash(seed: u32, bytes: impl Iterator<Item = u8>) -> u32 {
    // FNV-1a: stable on every machine, and the strings are short.
    bytes.fold(seed, |sum, it| (sum ^ u32::from(it)).wrapping_mul(0x0100_0193))
}

/// Longest class or id attribute that is read, in bytes.
const MAX_CLASS_BYTES: usize = 2048;

/// The hints of a start tag, and the number of its looks.
pub(super) fn read(tag: Tag, name: u32, source: &tokens::Tag<'_>) -> (Hints, u32) {
    let mut hints = Hints::default();
    let mut looks = name;
    for attribute in source.attributes() {
        let value = attribute.source;
        if value.len() > MAX_CLASS_BYTES {
            continue;
        }
        let found = if attribute.is("class") {
            looks = looks_of(name, value);
            of_classes(value)
        } else if attribute.is("id") {
            of_classes(value)
        } else if attribute.is("itemprop") {
            of_property(value)
        } else if attribute.is("role") {
            of_role(value)
        } else if attribute.is("hidden") || (attribute.is("aria-hidden") && value == "true") {
            Hints::HIDDEN
        } else if attribute.is("style") {
            of_style(value)
        } else {
            continue;
        };
        hints = hints.and(found);
    }
    if matches!(tag, Tag::Body | Tag::Main) {
        return (Hints::default(), looks);
    }
    (hints, looks)
}

/// Tag and first class without digits: `teaser`, `teaser first` and `post-17 post` look alike to
/// their next of kin.
fn looks_of(name: u32, classes: &str) -> u32 {
    let first = classes.split_ascii_whitespace().next().unwrap_or_default();
    hash(name, first.bytes().filter(|it| !it.is_ascii_digit()))
}

fn of_property(value: &str) -> Hints {
    match value {
        "articleBody" => Hints::BODY,
        "headline" | "name" => Hints::HEADLINE,
        "description" | "alternativeHeadline" => Hints::LEAD,
        "author" | "creator" | "editor" => Hints::BYLINE,
        "datePublished" | "dateModified" | "dateCreated" | "keywords" | "articleSection" => {
            Hints::META
        }
        "comment" | "interactionStatistic" => Hints::COMMENTS,
        "publisher" | "breadcrumb" => Hints::NAVIGATION,
        "caption" | "copyrightHolder" | "creditText" => Hints::CAPTION,
        _ => Hints::default(),
    }
}

fn of_role(value: &str) -> Hints {
    match value {
        "navigation" | "search" | "menu" | "menubar" | "tablist" | "toolbar" => Hints::NAVIGATION,
        "complementary" => Hints::ASIDE,
        "contentinfo" => Hints::FOOTER,
        "banner" => Hints::HEADER,
        "dialog" | "alertdialog" | "alert" => Hints::NOTICE,
        _ => Hints::default(),
    }
}

fn of_style(value: &str) -> Hints {
    let mut rest = value;
    while let Some((_, after)) = rest.split_once("display") {
        let after = after.trim_start();
        if after.strip_prefix(':').is_some_and(|it| it.trim_start().starts_with("none")) {
            return Hints::HIDDEN;
        }
        rest = after;
    }
    Hints::default()
}

/// The purposes that the words of a class attribute or an id name.
fn of_classes(value: &str) -> Hints {
    let mut all = Hints::default();
    for class in value.split_ascii_whitespace() {
        all = all.and(of_class(class));
    }
    all
}

/// Words before which a class says how things are laid out: `has-sidebar`, `no-comments`.
const STATES: [&str; 11] =
    ["has", "no", "not", "with", "without", "is", "show", "hide", "hidden", "js", "layout"];

fn of_class(class: &str) -> Hints {
    let (mut hints, mut story, mut text) = (Hints::default(), false, false);
    let mut filed = usize::MAX;
    let (mut picture, mut said) = (false, false);
    let (mut live, mut of_part) = (false, false);
    let mut words = words_of(class).enumerate().peekable();
    while let Some((index, word)) = words.next() {
        if index == 0 && STATES.contains(&&*word) && word.len() < class.len() {
            return Hints::default();
        }
        story |= is_story(&word);
        picture |= is_picture(&word);
        said |= is_said_of_picture(&word);
        text |= is_text(&word);
        live |= word == "live";
        let is_last = words.peek().is_none();
        let found = match &*word {
            // A counter is called `views` or `post-views`; `views-row` is a row of anything.
            "views" if is_last => Hints::META,
            // `cmp` asks for consent; `cmp-text` is a component.
            "cmp" if is_last && index == 0 => Hints::NOTICE,
            // `label-hidden` says that the label of a field is.
            "hidden" if of_part => Hints::default(),
            _ => words::purpose(&word),
        };
        of_part = matches!(&*word, "label" | "title" | "caption");
        // `category-politics`, `tag-elections` file the element under something.
        if index > 0 && index == filed {
            return Hints::default();
        }
        if index == 0 && matches!(&*word, "category" | "tag" | "cat" | "topic") {
            filed = 1;
        }
        hints = hints.and(found);
    }
    if picture {
        hints = hints.and(Hints::PICTURE);
    }
    // Reporters comment on a match while it is played.
    if live {
        hints = hints.without(Hints::COMMENTS);
    }
    // `article-text-image` is a part of the story that has a picture.
    if picture && said && !(story && text) {
        hints = hints.and(Hints::CAPTION);
    }
    if story {
        hints = hints.and(Hints::STORY);
    }
    // `article-body`, `post-content`, `entry-text`: both words, and nothing that says otherwise.
    let other = Hints(u32::MAX).without(Hints::STORY.and(Hints::CONTENT).and(Hints::PICTURE));
    if story && text && !hints.any(other) {
        hints = hints.and(Hints::CONTENT);
    }
    hints
}

/// The words of a class in lower case: `articleBody-main_text2` has four.
fn words_of(class: &str) -> impl Iterator<Item = Cow<'_, str>> {
    class
        .split(|it: char| !it.is_ascii_alphabetic())
        .flat_map(camel_case)
        .filter(|it| !it.is_empty())
        .map(|it| {
            if it.bytes().any(|it| it.is_ascii_uppercase()) {
                Cow::Owned(it.to_ascii_lowercase())
            } else {
                Cow::Borrowed(it)
            }
        })
}

fn camel_case(run: &str) -> impl Iterator<Item = &str> {
    let mut rest = run;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut before_is_lower = false;
        let border = rest.bytes().position(|it| {
            let border = before_is_lower && it.is_ascii_uppercase();
            before_is_lower = it.is_ascii_lowercase();
            border
        });
        let (word, left) = rest.split_at(border.unwrap_or(rest.len()));
        rest = left;
        Some(word)
    })
}

fn is_story(word: &str) -> bool {
    matches!(
        word,
        "article"
            | "post"
            | "story"
            | "entry"
            | "news"
            | "blog"
            | "artikel"
            | "single"
            | "detail"
            | "noticia"
            | "nota"
            | "page"
            | "hentry"
            | "paragraph"
            | "rich"
            | "editorial"
            | "wysiwyg"
    ) || word.starts_with("article")
        || word.starts_with("entry")
}

fn is_picture(word: &str) -> bool {
    matches!(word, "image" | "img" | "photo" | "picture" | "bild" | "foto" | "pic" | "thumbnail")
}

/// `image-description`, `foto_text`: what stands under a picture, by the second word.
fn is_said_of_picture(word: &str) -> bool {
    matches!(
        word,
        "description"
            | "desc"
            | "text"
            | "legend"
            | "title"
            | "source"
            | "author"
            | "copyright"
            | "info"
    )
}

fn is_text(word: &str) -> bool {
    matches!(
        word,
        "body"
            | "content"
            | "contents"
            | "text"
            | "main"
            | "inner"
            | "inhalt"
            | "copy"
            | "container"
            | "articlebody"
            | "articlecontent"
            | "articletext"
            | "entrycontent"
            | "postcontent"
            | "storybody"
            | "fulltext"
            | "contenido"
            | "cuerpo"
            | "texto"
            | "corps"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_what_stands_beside_it_makes_of_it() {
        let has = |class, hint| of_class(class).any(hint);
        assert!(has("post-views", Hints::META) && !has("views-row", Hints::META));
        assert!(has("cmp", Hints::NOTICE) && !has("cmp-text", Hints::NOTICE));
        assert!(has("hidden", Hints::HIDDEN) && !has("field-label-hidden", Hints::HIDDEN));
        assert!(has("comment-body", Hints::COMMENTS) && !has("live-comment", Hints::COMMENTS));
        assert!(has("foto_text", Hints::CAPTION) && !has("article-text-image", Hints::CAPTION));
        assert!(has("abowerbung", Hints::ADVERT));
    }
}
