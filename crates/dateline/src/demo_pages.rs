//! What `dateline demo` reads, built into the program so that it works from any folder: `fixtures/demo`.

/// A file of `fixtures/demo/pages`: its name, and what it holds.
pub(crate) type Page = (&'static str, &'static [u8]);

macro_rules! pages {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../fixtures/demo/pages/", $name)))),*]
    };
}

/// The captures, in the order in which they were made.
pub(crate) const PAGES: &[Page] = pages![
    "01-welcome-at-the-ministry.txt",
    "02-new-secretary-general.txt",
    "03-acting-head-interview.txt",
    "04-first-visit-to-the-joint-staff.txt",
    "05-strategic-drill.txt",
    "06-summit.txt",
    "07-speech-to-the-panel.txt",
    "08-a-day-without-a-year.txt",
    "09-a-day-that-stays-open.txt",
    "10-dam-first-capture.txt",
    "11-dam-later-capture.txt",
];

/// The officials of the invented world, in Popolo JSON.
pub(crate) const REGISTRY: &[u8] = include_bytes!("../../../fixtures/demo/registry.json");

/// Its topics.
pub(crate) const TOPICS: &[u8] = include_bytes!("../../../fixtures/demo/topics.json");

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_page_of_the_folder_is_in_the_program() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/demo/pages");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, PAGES.iter().map(|it| it.0).collect::<Vec<_>>());
    }
}
