//! The fields of a document, which is one reading of a story.

use dateline_event::Position;
use dateline_projector::{Reading, StoryStamp};
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};

use crate::words::words;

/// Stands for the end of a reading that has none.
pub(crate) const NO_END: u64 = u64::MAX;

/// Name of the field with the position of the story's first report.
pub(crate) const STORY: &str = "story";
/// Name of the field with the position of the last event that bears on the story.
pub(crate) const CHANGED: &str = "changed";
/// Name of the field with the digest of what the annotator found.
pub(crate) const FOUND: &str = "found";
/// Name of the field with the position from which on the reading counts.
pub(crate) const FROM: &str = "from";
/// Name of the field with the position from which on it no longer counts.
pub(crate) const UNTIL: &str = "until";

#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) title: Field,
    pub(crate) body: Field,
    pub(crate) said: Field,
    pub(crate) story: Field,
    changed: Field,
    found: Field,
    from: Field,
    until: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    // Words are cut before they come here, so the name of a tokenizer stands for none.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing);
    let number = NumericOptions::from(FAST);
    let fields = Fields {
        title: schema.add_text_field("title", text.clone()),
        body: schema.add_text_field("body", text.clone()),
        said: schema.add_text_field("said", text),
        story: schema.add_u64_field(STORY, NumericOptions::from(FAST | INDEXED)),
        changed: schema.add_u64_field(CHANGED, number.clone()),
        found: schema.add_u64_field(FOUND, number.clone()),
        from: schema.add_u64_field(FROM, number.clone()),
        until: schema.add_u64_field(UNTIL, number),
    };
    (schema.build(), fields)
}

impl Fields {
    /// The document of one reading of the story that `stamp` is of.
    pub(crate) fn document(&self, stamp: StoryStamp, reading: &Reading) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        if let Some(title) = reading.title() {
            document.add_pre_tokenized_text(self.title, tokens(title));
        }
        document.add_pre_tokenized_text(self.body, tokens(&reading.content().body));
        for statement in &reading.annotation().statements {
            document.add_pre_tokenized_text(self.said, tokens(&statement.text));
        }
        document.add_u64(self.story, stamp.reported_at.get());
        document.add_u64(self.changed, stamp.changed_at.get());
        document.add_u64(self.found, stamp.found);
        document.add_u64(self.from, reading.recorded_at().get());
        let until = reading.superseded().map(|it| it.at).map_or(NO_END, Position::get);
        document.add_u64(self.until, until);
        document
    }
}

fn tokens(text: &str) -> PreTokenizedString {
    let token = |(position, word): (usize, crate::words::Word)| Token {
        offset_from: word.bytes.start,
        offset_to: word.bytes.end,
        position,
        text: word.folded,
        position_length: 1,
    };
    let tokens = words(text).into_iter().enumerate().map(token).collect();
    PreTokenizedString { text: String::new(), tokens }
}
