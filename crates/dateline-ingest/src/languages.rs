//! The languages of the stories of one page: a text too short to tell has that of the others.

use std::cell::LazyCell;

use dateline_event::Span;
use dateline_event::story::{Passage, Story};

use crate::page::code_points;
use crate::{language, script};

/// How much of a page its language is told by, in bytes.
const MAX_SAMPLE_BYTES: usize = 8000;

/// Tells the language of every story that has none.
pub(crate) fn tell(stories: &mut [Story]) {
    let asks = |it: &Story| it.language.is_empty() && language::is_short(shown(it));
    let sample = if stories.iter().any(asks) { sample(stories) } else { String::new() };
    let told = LazyCell::new(|| (language::language(&sample), script::script(&sample)));
    for story in stories.iter_mut().filter(|it| it.language.is_empty()) {
        story.language = language::on_page(shown(story), || *told).to_owned();
    }
}

/// Takes down the lines of stories that are in another language than the rest. The texts must be those that are kept.
pub(crate) fn mark_passages(stories: &mut [Story]) {
    for story in stories {
        story.passages = passages(story);
    }
}

fn passages(story: &Story) -> Vec<Passage> {
    let mut passages: Vec<(Span, &str)> = Vec::new();
    // Bytes and code points of the body that are counted already.
    let (mut seen, mut counted, mut at) = (0, 0, 0);
    for line in story.body.split('\n') {
        if let Some(other) = language::other_than(&story.language, line) {
            counted += code_points(story.body.get(seen..at).unwrap_or_default());
            seen = at;
            let span = Span::new(counted, counted + code_points(line));
            match passages.last_mut() {
                Some((last, language)) if *language == other && last.end + 1 == span.start => {
                    last.end = span.end;
                }
                _ => passages.push((span, other)),
            }
        }
        at += line.len() + 1;
    }
    let on_page = |(span, language): (Span, &str)| {
        Some(Passage { span: story.on_page(span)?, language: language.to_owned() })
    };
    passages.into_iter().filter_map(on_page).collect()
}

/// The text that a story is read by.
fn shown(story: &Story) -> &str {
    let title = story.title.as_ref().map_or("", |it| it.text.as_str());
    if story.body.is_empty() { title } else { &story.body }
}

/// Text by which the language of the page is told.
fn sample(stories: &[Story]) -> String {
    let mut sample = String::new();
    let untold = stories.iter().filter(|it| it.language.is_empty());
    for part in untold.flat_map(|it| it.title.iter().map(|it| &it.text).chain([&it.body])) {
        sample.push_str(part);
        sample.push('\n');
        if sample.len() > MAX_SAMPLE_BYTES {
            break;
        }
    }
    sample
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::Item;
    use crate::letters::Letters;

    fn titled(title: &str, language: Option<&str>) -> Story {
        let title = Some(Letters::plain(title, 0));
        Item { title, language: language.map(str::to_owned), ..Item::default() }.story().unwrap()
    }

    #[test]
    fn short_headlines_have_the_language_of_them_all_in_their_script() {
        let mut stories = [
            titled("Ministerin reist nach Narowitz und spricht mit dem Botschafter", None),
            titled("Die Regierung hat den Haushalt für das nächste Jahr beschlossen", None),
            titled("Haushalt steht", None),
            titled("Послы встретились с министром", None),
            titled("Budget", Some("fr-FR")),
        ];
        tell(&mut stories);
        let told: Vec<_> = stories.iter().map(|it| it.language.as_str()).collect();
        assert_eq!(told, ["de", "de", "de", "ru", "fr"]);
    }

    #[test]
    fn lines_in_another_language_are_told_with_their_places() {
        let english = "The envoys of the six states met in Narovets on Tuesday, and it was said that the plan of the \
            common drills would be ready by the end of the week, as the Board had asked in the spring.";
        let german = "Die Gesandten der sechs Staaten kamen am Dienstag in Narowitz zusammen und besprachen den Plan \
            der gemeinsamen Übungen, der bis zum Ende der Woche fertig sein soll.";
        let russian = "Посланники шести государств собрались во вторник в Нарове и обсудили план совместных учений, \
            который должен быть готов к концу недели, как просил весной Совет посланников.";
        let body = [english, german, german, english, russian, "Kurz und gut."].join("\n");
        let body = Letters::plain(&body, 100);
        let item = Item { body: Some(body), ..Item::default() };
        let mut stories = [item.story().unwrap()];
        tell(&mut stories);
        mark_passages(&mut stories);
        let at = |lines: u32| 100 + lines;
        let (one, two) = (code_points(english) + 1, code_points(german) + 1);
        let told = |from: u32, until: u32, language: &str| Passage {
            span: Span::new(at(from), at(until - 1)),
            language: language.to_owned(),
        };
        assert_eq!(stories[0].language, "en");
        let behind = 2 * one + 2 * two;
        let wanted =
            [told(one, one + 2 * two, "de"), told(behind, behind + code_points(russian) + 1, "ru")];
        assert_eq!(stories[0].passages, wanted);
    }
}
