//! The invented pages of `fixtures/layouts` come out as their labels say: which stories there are,
//! with their role, headline, date, language and first words, and that no boilerplate is in any of
//! them.

use std::path::{Path, PathBuf};

use dateline_event::SourceId;
use dateline_event::story::Story;
use dateline_ingest::{Capture, read_page};
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    text: String,
    stories: Vec<GoldStory>,
    boilerplate: Vec<String>,
}

#[derive(Deserialize)]
struct GoldStory {
    role: String,
    title: Option<String>,
    published: Option<String>,
    language: String,
    first_words: Option<String>,
}

fn layouts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/layouts")
}

fn gold() -> Vec<Gold> {
    let folder = std::fs::read_dir(layouts().join("gold")).expect("the labels are there");
    let mut paths: Vec<PathBuf> =
        folder.map(|it| it.expect("the folder can be listed").path()).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let json = std::fs::read_to_string(path).expect("the labels can be read");
        serde_json::from_str(&json).expect("the labels have the shape that is documented")
    };
    paths.iter().map(read).collect()
}

fn stories(page: &str) -> Vec<Story> {
    let bytes = std::fs::read(layouts().join("pages").join(page)).expect("the page is there");
    let source = SourceId::new("example.org").expect("it is an id");
    let capture = Capture {
        name: page,
        source: &source,
        address: None,
        captured: None,
        content_type: None,
        bytes: &bytes,
    };
    read_page(&capture).stories
}

/// The words of a text with one blank between them.
fn plain(text: &str) -> String {
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn first_words(story: &Story, like: Option<&str>) -> Option<String> {
    let count = like.map_or(8, |it| it.split_whitespace().count());
    let words: Vec<&str> = story.body.split_whitespace().take(count).collect();
    (!words.is_empty()).then(|| plain(&words.join(" ")))
}

#[test]
fn every_story_of_the_labels_is_read_and_no_other() {
    for gold in gold() {
        let read = stories(&gold.text);
        let like = |at: usize| gold.stories.get(at).and_then(|it| it.first_words.as_deref());
        let found: Vec<_> = read
            .iter()
            .enumerate()
            .map(|(at, it)| {
                let day = it.published.as_ref().map(|it| it.edtf.start().calendar().to_string());
                let title = it.title.as_ref().map(|it| plain(&it.text));
                (it.role.as_str(), title, day, it.language.as_str(), first_words(it, like(at)))
            })
            .collect();
        let wanted: Vec<_> = gold
            .stories
            .iter()
            .map(|it| {
                let title = it.title.as_deref().map(plain);
                let first = it.first_words.as_deref().map(plain);
                (it.role.as_str(), title, it.published.clone(), it.language.as_str(), first)
            })
            .collect();
        assert_eq!(found, wanted, "{}", gold.text);
    }
}

#[test]
fn no_boilerplate_of_the_labels_is_in_a_story() {
    for gold in gold() {
        for story in stories(&gold.text) {
            for line in &gold.boilerplate {
                let inside = story.body.lines().any(|it| plain(it) == plain(line));
                assert!(!inside, "{}: `{line}` is in a story", gold.text);
            }
        }
    }
}
