//! Lines in a story that are no text of it, told by their words: whose picture it is, where to
//! subscribe, what else to read.
//!
//! The words are those that pages of every publisher use, in the languages of most pages.

use super::block::{Block, Kind};
use crate::html::tree::{Tag, Tree};

/// What a line is instead of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// It names the maker of a picture.
    Credit,
    /// It asks readers for something, or tells them their rights.
    Plea,
    /// It opens a list of other stories, or points to one.
    Related,
}

/// Longest credit of a picture, in characters.
const MAX_CREDIT: u32 = 160;

/// Longest line that points to other stories, in characters.
const MAX_RELATED: u32 = 160;

/// Longest plea, in characters.
const MAX_PLEA: u32 = 400;

/// How credits begin.
const CREDITS: &[&str] = &[
    "foto:",
    "fotos:",
    "foto ©",
    "fotos ©",
    "photo:",
    "photos:",
    "photo credit",
    "photo by ",
    "photo courtesy",
    "photograph:",
    "bild:",
    "bilder:",
    "bildquelle",
    "bildnachweis",
    "bildrechte",
    "titelbild:",
    "beitragsbild",
    "fotocredit",
    "fotoquelle",
    "image:",
    "images:",
    "image credit",
    "credit:",
    "credits:",
    "crédit photo",
    "crédits photo",
    "crédit :",
    "crédits :",
    "©",
    "copyright:",
    "copyright ©",
    "imagen:",
    "imágenes:",
    "fuente de la imagen",
    "fot.",
    "zdjęcie:",
    "foto di ",
    "фото:",
    "picture:",
    "pictured:",
];

/// How lines begin that point to other stories.
const RELATED: &[&str] = &[
    "mehr zum thema",
    "mehr zu diesem thema",
    "mehr dazu",
    "mehr lesen",
    "mehr artikel",
    "weitere themen",
    "weitere artikel",
    "weitere beiträge",
    "weitere nachrichten",
    "weitere meldungen",
    "weitere news",
    "ähnliche beiträge",
    "ähnliche artikel",
    "ähnliche themen",
    "verwandte themen",
    "verwandte artikel",
    "verwandte beiträge",
    "das könnte sie auch",
    "das könnte dich auch",
    "das könnte ihnen",
    "das könnte dir",
    "lesen sie auch",
    "lesen sie mehr",
    "lies auch",
    "auch interessant",
    "neueste beiträge",
    "letzte beiträge",
    "aktuelle beiträge",
    "beliebte beiträge",
    "meistgelesen",
    "passend zum thema",
    "auch lesenswert",
    "related",
    "see also",
    "read also",
    "also read",
    "read more",
    "read next",
    "more on this",
    "more from",
    "more stories",
    "more news",
    "you may also",
    "you might also",
    "recommended",
    "most read",
    "most popular",
    "latest news",
    "latest articles",
    "latest stories",
    "recent posts",
    "recent news",
    "popular posts",
    "similar posts",
    "similar articles",
    "don't miss",
    "sur le même sujet",
    "à lire aussi",
    "lire aussi",
    "a lire aussi",
    "à lire également",
    "lire également",
    "articles liés",
    "articles similaires",
    "articles récents",
    "voir aussi",
    "à voir aussi",
    "et aussi",
    "te puede interesar",
    "le puede interesar",
    "también te puede",
    "lea también",
    "lee también",
    "lea además",
    "lee además",
    "ver también",
    "más sobre",
    "más noticias",
    "noticias relacionadas",
    "artículos relacionados",
    "notas relacionadas",
    "más leídas",
    "lo más leído",
    "entradas recientes",
    "te recomendamos",
    "además te",
    "mira también",
    "leggi anche",
    "leggi di più",
    "potrebbe interessarti",
    "ti potrebbe interessare",
    "articoli correlati",
    "vedi anche",
    "leia também",
    "veja também",
    "leia mais",
    "saiba mais",
    "lees ook",
    "lees meer",
    "meer lezen",
    "läs mer",
    "läs också",
    "les også",
    "læs også",
    "lue myös",
    "czytaj także",
    "czytaj też",
    "czytaj więcej",
    "zobacz też",
    "zobacz także",
    "przeczytaj także",
    "přečtěte si",
    "čtěte také",
    "olvassa el",
    "citește și",
    "citiţi şi",
    "читайте также",
    "по теме",
    "читайте також",
    "ilgili haberler",
    "baca juga",
    "関連記事",
    "関連ニュース",
    "おすすめ記事",
    "あわせて読みたい",
    "相关阅读",
    "相关新闻",
    "延伸閱讀",
    "延伸阅读",
    "관련기사",
    "اقرأ أيضا",
    "اقرأ أيضًا",
];

/// What a plea holds.
const PLEAS: &[&str] = &[
    "subscribe to our",
    "subscribe now",
    "please subscribe",
    "sign up for our",
    "sign up to our",
    "signing up to our",
    "subscribe to the",
    "follow us on",
    "follow us:",
    "like us on",
    "join us on",
    "join our ",
    "download our app",
    "download the app",
    "all rights reserved",
    "share this ",
    "leave a comment",
    "comments are closed",
    "this entry was posted",
    "this post was posted",
    "must be logged in",
    "log in to ",
    "enable javascript",
    "become a member",
    "support our work",
    "filed under",
    "posted in ",
    "abonnieren sie",
    "jetzt abonnieren",
    "newsletter abonnieren",
    "zum newsletter",
    "unseren newsletter",
    "unserem newsletter",
    "unser newsletter",
    "folgen sie uns",
    "folge uns",
    "folgt uns",
    "alle rechte vorbehalten",
    "kommentare geschlossen",
    "kommentarfunktion",
    "kommentar verfassen",
    "schreibe einen kommentar",
    "hinterlasse einen kommentar",
    "hinterlassen sie einen kommentar",
    "artikel teilen",
    "beitrag teilen",
    "dieser beitrag wurde",
    "dieser eintrag wurde",
    "eingeloggt sein",
    "angemeldet sein, um",
    "einloggen, um",
    "anmelden, um",
    "javascript aktivieren",
    "werden sie mitglied",
    "mitglied werden",
    "diesen beitrag bewerten",
    "artikel bewerten",
    "abonnez-vous",
    "s'abonner",
    "suivez-nous",
    "tous droits réservés",
    "inscrivez-vous",
    "pour accéder en illimité",
    "suscríbete",
    "suscríbase",
    "síguenos",
    "síganos",
    "siguenos",
    "todos los derechos reservados",
    "hazte socio",
    "hazte miembro",
    "derechos reservados",
    "iscriviti",
    "seguici su",
    "abbonati",
    "tutti i diritti riservati",
    "riproduzione riservata",
    "assine ",
    "siga-nos",
    "inscreva-se",
    "todos os direitos reservados",
    "abonneer u",
    "schrijf je in",
    "volg ons",
    "alle rechten voorbehouden",
    "prenumerera på",
    "följ oss",
    "wszelkie prawa zastrzeżone",
    "zapisz się",
    "prawem autorskim",
    "все права защищены",
    "подписывайтесь",
    "подпишитесь",
    "tüm hakları saklıdır",
    "všechna práva vyhrazena",
    "会員登録",
    "会員限定",
    "ログイン",
    "フォローする",
    "無断転載",
    "无断转载",
    "版权所有",
    "未经授权",
    "무단전재",
    "무단 전재",
    "구독하기",
    "جميع الحقوق محفوظة",
];

/// What a line is instead of text, if its words say so.
pub(super) fn note(tree: &Tree<'_>, block: &Block) -> Option<Note> {
    if block.chars > MAX_PLEA {
        return None;
    }
    let text = text(tree, block).to_lowercase();
    let starts = |all: &[&str]| all.iter().any(|it| text.starts_with(it));
    if block.chars <= MAX_CREDIT && starts(CREDITS) {
        return Some(Note::Credit);
    }
    let points = block.kind == Kind::Heading || block.linked > 0 || block.chars < 40;
    if block.chars <= MAX_RELATED && points && starts(RELATED) {
        return Some(Note::Related);
    }
    PLEAS.iter().any(|it| text.contains(it)).then_some(Note::Plea)
}

/// Whether the links of a block are addresses of the web, shown for themselves.
pub(super) fn is_address(tree: &Tree<'_>, block: &Block) -> bool {
    let text = text(tree, block);
    let is_address =
        |it: &&str| ["http://", "https://", "www."].iter().any(|start| it.starts_with(start));
    let addresses = text.split(' ').filter(is_address).count();
    2 * addresses >= text.split(' ').count()
}

/// The characters of a block, white space at its ends left out and single elsewhere.
fn text(tree: &Tree<'_>, block: &Block) -> String {
    let mut out = String::new();
    for id in block.nodes.clone() {
        let piece = match tree.text(id) {
            Some(text) => text.decoded(),
            None if tree.node(id).tag == Tag::Br => " ".into(),
            None => continue,
        };
        for it in piece.chars() {
            if !it.is_whitespace() {
                out.push(it);
            } else if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::text::Dropped;
    use crate::html::text::block::blocks;

    fn notes(markup: &str) -> Vec<Option<Note>> {
        let tree = Tree::new(markup);
        let blocks = blocks(&tree, &Dropped::none(tree.len()));
        blocks.iter().map(|it| note(&tree, it)).collect()
    }

    #[test]
    fn lines_that_are_no_text_of_a_story_are_told_by_their_words() {
        let markup = "<p>Foto: Pavel Orlovets<p>Photo by Pavel Orlovets<p>Lesen Sie auch: <a href=/a>Ket \
            wählt</a><h3>Articles similaires</h3><p>Sign up for our weekly letter.<p>Alle Rechte \
            vorbehalten.";
        assert_eq!(
            notes(markup),
            [
                Some(Note::Credit),
                Some(Note::Credit),
                Some(Note::Related),
                Some(Note::Related),
                Some(Note::Plea),
                Some(Note::Plea),
            ]
        );
    }

    #[test]
    fn sentences_with_the_same_words_are_text() {
        let markup = "<p>Related parties met in Narovets on Monday and signed what they had agreed.\
            <p>Foto und Film waren verboten.<p>The photo shows the envoys.";
        assert_eq!(notes(markup), [None, None, None]);
    }

    #[test]
    fn an_address_shown_for_itself_is_no_mere_link() {
        let shown = |markup| {
            let tree = Tree::new(markup);
            blocks(&tree, &Dropped::none(tree.len())).iter().any(|it| is_address(&tree, it))
        };
        assert!(shown("<p>[1] <a href=/a>https://ket.example/a</a> [2] https://ket.example/b"));
        assert!(!shown("<p><a href=/a>Ket votes</a>"));
    }
}
