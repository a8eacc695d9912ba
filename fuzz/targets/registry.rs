//! Any JSON as a registry and as a topic scheme; what comes of it is checked and searched for in a
//! story.
#![no_main]

use dateline_annotate::{Annotator, Registry, check};
use dateline_event::Event;
use dateline_event::story::Story;
use dateline_fuzz::SOURCE;
use dateline_ingest::{Capture, popolo, read_page, skos};

const PAGE: &str = "Envoys meet in Narovets\n\n3 June 2024\n\nNAROVETS, 3 June (PolTA) - ARPO \
    Secretary General Miroslav Ket said the drill went well. \"We agree,\" he told the envoys.\n";

libfuzzer_sys::fuzz_target!(|json: &[u8]| {
    let mut registry = Registry::default();
    let read = [popolo::read(json).ok(), skos::read(json).ok()];
    for event in read.into_iter().flatten().flat_map(|it| it.events) {
        let told = matches!(
            event,
            Event::OfficialRecorded(_)
                | Event::OfficeRecorded(_)
                | Event::OrganisationRecorded(_)
                | Event::TenureRecorded(_)
                | Event::TopicRecorded(_)
        );
        assert!(told, "a registry tells of a story: {event:?}");
        registry.apply(&event);
    }
    check(&registry);
    let annotator = Annotator::new(&registry);
    let reading = read_page(&Capture::new("page.txt", &SOURCE, PAGE.as_bytes()));
    let stories: &[Story] = &reading.stories;
    assert!(!stories.is_empty());
    for story in stories {
        annotator.annotate(story);
    }
});
