//! Invented pages in the layouts that news sites use, and what is read of each.
//!
//! Each page is a file in `pages`; what a reader of a timeline would see of it is a golden file in
//! `snapshots`.

use std::fmt::Write as _;

use dateline_event::SourceId;
use dateline_event::story::Story;
use dateline_ingest::{Capture, read_page};

/// Reads a page and writes down what was understood of it.
fn seen(page: &str) -> String {
    let source = SourceId::new("example.org").expect("it is an id");
    let capture = Capture {
        name: "page.txt",
        source: &source,
        address: None,
        captured: None,
        content_type: None,
        bytes: page.as_bytes(),
    };
    let reading = read_page(&capture);
    let mut text = String::new();
    for story in &reading.stories {
        write(&mut text, story).expect("a string takes all text");
        assert_eq!(story.body, slices(page, story), "the body is what its pieces say");
    }
    for warning in &reading.warnings {
        writeln!(text, "! {warning}").expect("a string takes all text");
    }
    text
}

fn slices(page: &str, story: &Story) -> String {
    let letters: Vec<char> = page.chars().collect();
    let slice = |start: u32, end: u32| -> String {
        let skipped = letters.iter().skip(start.try_into().expect("it fits"));
        skipped.take((end - start).try_into().expect("it fits")).collect()
    };
    let pieces: Vec<String> =
        story.pieces.iter().map(|it| slice(it.page.start, it.page.end)).collect();
    pieces.join("\n")
}

fn write(text: &mut String, story: &Story) -> std::fmt::Result {
    write!(text, "{} ({})", story.role.as_str(), story.language)?;
    if let Some(date) = &story.published {
        write!(text, ", {} by {}", date.edtf, date.basis.as_str())?;
    }
    if let Some(place) = &story.stamp_place {
        write!(text, ", at {place}")?;
    }
    if let Some(dateline) = &story.dateline {
        write!(text, ", filed in {}", dateline.place.as_deref().unwrap_or("?"))?;
        if let Some(date) = &dateline.date {
            write!(text, " on {}", date.edtf)?;
        }
        if let Some(agency) = &dateline.agency {
            write!(text, " by {agency}")?;
        }
    }
    let title = story.title.as_ref().map_or("(no headline)", |it| it.text.as_str());
    writeln!(text, "\n  # {title}")?;
    story.body.lines().try_for_each(|it| writeln!(text, "  {it}"))
}

macro_rules! pages {
    ($($sentence:ident = $file:literal;)*) => {
        $(
            #[test]
            fn $sentence() {
                insta::assert_snapshot!(seen(include_str!(concat!("pages/", $file, ".txt"))));
            }
        )*
    };
}

pages! {
    a_subtitle_over_a_dateline_is_in_no_story = "agency_subtitle";
    a_lead_over_the_date_belongs_to_the_transcript = "transcript_lead";
    date_and_time_in_two_lines_are_one_stamp = "call_readout";
    headlines_under_related_news_are_teasers = "slashes_related";
    a_stamp_may_name_place_agency_and_author = "stamp_place_author";
    a_dateline_with_a_year_dates_the_story = "two_places";
    an_update_is_not_the_publication = "bulleted_stamp";
    section_names_under_the_date_are_no_headline = "record_number";
    a_section_name_alone_is_no_headline = "section_no_title";
    a_stamp_above_the_headline_is_its_own = "stamp_above_number";
    a_stamp_with_a_zone_and_an_update_gives_the_first = "stamp_zone_updated";
    a_line_that_announces_the_text_belongs_to_it = "readout_colon";
    a_page_broken_to_a_width_is_read_in_paragraphs = "hard_wrapped";
    a_page_of_dated_headlines_is_a_list = "dated_headlines";
    a_question_over_a_stamp_is_a_headline_of_a_digest = "asking_headline_in_digest";
    dates_under_the_headlines_of_a_list_belong_to_them = "list_date_under";
    dates_above_the_headlines_of_a_list_belong_to_them = "list_date_above";
    a_page_cut_in_its_block_of_teasers_has_no_article = "cut_in_block";
    a_block_without_empty_lines_between_its_items_is_read = "single_spaced_block";
    an_archive_caption_is_in_no_story = "archive_caption";
    a_russian_page_is_read_alike = "russian";
    the_name_of_the_page_is_not_its_headline = "name_of_page";
    a_page_in_one_line_is_parted_at_its_date = "one_line";
    a_headline_glued_to_a_dateline_is_parted = "glued_dateline";
    headlines_glued_to_their_text_are_parted_in_a_list = "glued_list";
    a_headline_in_a_second_script_is_in_no_story = "second_script";
    headings_within_an_article_make_no_list = "headings";
    a_stamp_glued_before_a_headline_is_no_part_of_it = "glued_stamp_first";
    place_and_date_under_a_headline_are_a_stamp = "statement_place_date";
    a_date_glued_to_a_headline_printed_once_is_its_stamp = "dated_teaser_title_once";
    a_date_repeated_at_the_end_starts_no_story = "date_at_end";
    a_place_under_the_time_of_day_is_in_no_story = "statement_time_place";
    section_and_stamp_before_a_headline_are_no_part_of_it = "section_stamp_title";
    dates_in_the_line_of_their_headlines_belong_to_them = "headlines_dated_in_line";
    a_salutation_starts_the_text = "remarks";
    tags_and_counters_are_in_no_story = "tags_comments";
    a_headline_may_end_in_an_exclamation = "headline_quoting";
    an_item_between_two_stamps_is_no_headline = "dated_block_item_without_stop";
    questions_and_answers_are_one_story = "commentary";
    items_in_a_line_each_are_teasers = "lines_block";
    a_disclaimer_is_in_no_story = "more_on_topic";
    news_in_brief_with_datelines_is_a_list = "news_in_brief";
    authors_under_a_subtitle_show_the_headline = "newspaper";
    times_before_headlines_are_no_part_of_them = "timed_headlines";
    dates_under_the_headlines_of_a_related_block_belong_to_them = "dates_under_related";
    names_of_sections_under_a_headline_are_none = "sections_above";
}
