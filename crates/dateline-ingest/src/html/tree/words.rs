//! The words in which authors of pages name the parts of them, in the languages of the pages.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::hints::Hints;

/// Words that stand for themselves: short ones are parts of others (`ad` of `head`), and many have
/// forms that mean something else.
const WHOLE: [(Hints, &str); 17] = [
    (
        Hints::ADVERT,
        "ad ads advert adv adslot adsense adbox banner anzeige werbung publicidad \
         reklama dfp taboola outbrain sponsor sponsored adcontainer adwrapper \
         advertisement advertising affiliate affiliates",
    ),
    (
        Hints::NAVIGATION,
        "nav navi navbar menu submenu pager pagination breadcrumb breadcrumbs crumbs \
         crumb navigation toc sitemap skip prevnext pagenav postnav toolbar skiplink \
         topbar megamenu languages search searchform dropdown pathway tabs",
    ),
    (
        Hints::ASIDE,
        "sidebar aside rail widget widgets marginal marginalspalte secondary sidebars \
         sidebarleft sidebarright",
    ),
    (
        Hints::FOOTER,
        "footer foot colophon impressum copyright footnav legal pagefooter disclaimer \
         fuss fusszeile seitenfuss fussbereich voettekst stopka pied piedepagina pagebottom",
    ),
    (Hints::HEADER, "header masthead pageheader siteheader"),
    (
        Hints::BYLINE,
        "byline bylines author authors autor verfasser vcard authorbox bio biography \
         signature contributor",
    ),
    (
        Hints::META,
        "meta metadata postmeta entrymeta date dateline datetime timestamp pubdate \
         postdate datum tag tags taglist keywords category categories cat kategorie \
         labels postinfo kicker readtime rating ratings vote votes postmetadata \
         entryutility published updated topics",
    ),
    (
        Hints::CAPTION,
        "caption captions figcaption credit credits bildunterschrift legende \
         imagecaption photocredit gallery slideshow carousel slider bildquelle \
         captiontext imagedescription legend bildtext",
    ),
    (
        Hints::LEAD,
        "lead lede intro teasertext standfirst summary subtitle subhead dek deck \
         excerpt abstract subheadline chapo vorspann sapo ingress bajada perex",
    ),
    (Hints::HEADLINE, "headline title titel heading"),
    (
        Hints::HIDDEN,
        "hidden invisible hide screenreader visuallyhidden sr noprint noscript \
         offscreen",
    ),
    (
        Hints::CONTENT,
        "articlebody storybody entrycontent postcontent articlecontent articletext \
         postbody newsbody newstext storytext fulltext maincontent",
    ),
    (Hints::NOTICE, "overlay modal popup lightbox toast tooltip alert consent gdpr dsgvo privacy"),
    (
        Hints::SHARE,
        "print bookmark bookmarks follow like likes tweet facebook twitter whatsapp \
         teilen addthis addtoany sharedaddy jetpack sharing sns actions toolbox \
         shariff followus siguenos suivez seguici",
    ),
    (
        Hints::SUBSCRIBE,
        "login signup signin register paywall regwall abo donate donation membership \
         cta optin mailchimp spenden appstores paypal patreon steady",
    ),
    (
        Hints::COMMENTS,
        "respond disqus replies reply trackback trackbacks pingback pingbacks \
         guestbook forum leserbriefe",
    ),
    (
        Hints::RELATED,
        "linklist linkliste more teaser teasers latest popular trending similar \
         readmore recommended recirc aktuelles mehr ticker promo promos crosslinks \
         seealso yarpp upsell onward recent moreon product products",
    ),
];

/// Words that stand for all that start with them: `comment`, `comments`, `commentlist`.
const STEMS: [(&str, Hints); 19] = [
    ("comment", Hints::COMMENTS),
    ("komment", Hints::COMMENTS),
    ("coment", Hints::COMMENTS),
    ("relat", Hints::RELATED),
    ("relacion", Hints::RELATED),
    ("verwandt", Hints::RELATED),
    ("recommend", Hints::RELATED),
    ("mostread", Hints::RELATED),
    ("mostpopular", Hints::RELATED),
    ("share", Hints::SHARE),
    ("social", Hints::SHARE),
    ("newsletter", Hints::SUBSCRIBE),
    ("subscri", Hints::SUBSCRIBE),
    ("cookie", Hints::NOTICE),
    ("breadcrumb", Hints::NAVIGATION),
    ("sidebar", Hints::ASIDE),
    ("navigation", Hints::NAVIGATION),
    ("advert", Hints::ADVERT),
    ("footer", Hints::FOOTER),
];

/// Ends of German words that name the whole by their last part: `abowerbung`, `contentanzeige`.
const ENDS: [(&str, Hints); 4] = [
    ("werbung", Hints::ADVERT),
    ("anzeige", Hints::ADVERT),
    ("kommentare", Hints::COMMENTS),
    ("navigation", Hints::NAVIGATION),
];

/// Words that start like one of [`STEMS`] and mean the story itself.
const NO_STEMS: [&str; 3] = ["commentary", "commentator", "commented"];

static BY_WORD: LazyLock<HashMap<&str, Hints>> = LazyLock::new(|| {
    let words = WHOLE.iter().flat_map(|(it, list)| list.split(' ').map(move |word| (word, *it)));
    words.collect()
});

/// The purpose that `word`, in lower case, names.
pub(super) fn purpose(word: &str) -> Hints {
    if let Some(found) = BY_WORD.get(word) {
        return *found;
    }
    if NO_STEMS.contains(&word) {
        return Hints::default();
    }
    let stem = STEMS.iter().find(|(stem, _)| word.starts_with(stem));
    let found = stem.or_else(|| ENDS.iter().find(|(end, _)| word.ends_with(end)));
    found.map_or(Hints::default(), |(_, it)| *it)
}
