//! The languages of the stories of one page: a text too short to tell has that of the others.

use std::cell::LazyCell;

use dateline_event::story::Story;

use crate::{language, script};

/// How much of a page its language is told by, in bytes.
const MAX_SAMPLE_BYTES: usize = 8000;

/// Tells the language of every story that has none.
pub(crate) fn tell(stories: &mut [Story]) {
    let sample = sample(stories);
    let told = LazyCell::new(|| (language::language(&sample), script::script(&sample)));
    for story in stories.iter_mut().filter(|it| it.language.is_empty()) {
        story.language = language::on_page(shown(story), || *told).to_owned();
    }
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
}
