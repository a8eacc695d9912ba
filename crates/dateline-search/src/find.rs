//! Finds the stories that a query means.

use dateline_event::Position;
use dateline_projector::{AsOf, Matches, View};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{
    BooleanQuery, Occur, PhraseQuery, Query as TantivyQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError, Term};

use crate::index::{Index, SearchError};
use crate::query::{Clause, Part, Query, Within};
use crate::schema::{FROM, Fields, STORY, UNTIL};

impl Index {
    /// The entries of `view` whose stories, or copies of them, match `query` in the state of the record that `as_of`
    /// means. The same view, query and state give the same entries, however far the index has come.
    ///
    /// # Errors
    /// [`SearchError::Behind`] until [`Index::follow`] has brought the index up to `view`, and when the disk fails.
    pub fn find(
        &self,
        view: &View,
        query: &Query,
        as_of: Option<AsOf>,
    ) -> Result<Matches, SearchError> {
        if view.position().is_none() {
            return Ok(Matches::default());
        }
        let current = self.current();
        if !current.covers(view) {
            return Err(SearchError::Behind);
        }
        let asked = as_of.map_or(view.position(), |it| view.position_at(it)).min(view.position());
        // Before the first event the record said nothing.
        let Some(at) = asked.map(Position::get) else { return Ok(Matches::default()) };
        let found = current.searcher.search(&*self.fields.query(query)?, &Stories { at })?;
        Ok(view.matches(as_of, found.into_iter().filter_map(Position::new)))
    }
}

impl Fields {
    fn query(&self, query: &Query) -> Result<Box<dyn TantivyQuery>, TantivyError> {
        let clause = |it: &Clause| {
            let occur = if it.is_excluded { Occur::MustNot } else { Occur::Must };
            let parts: Result<Vec<_>, TantivyError> =
                it.any_of.iter().map(|it| self.part(it)).collect();
            let any: Box<dyn TantivyQuery> = Box::new(BooleanQuery::union(parts?));
            Ok((occur, any))
        };
        let clauses: Result<Vec<_>, TantivyError> = query.clauses.iter().map(clause).collect();
        Ok(Box::new(BooleanQuery::new(clauses?)))
    }

    fn part(&self, part: &Part) -> Result<Box<dyn TantivyQuery>, TantivyError> {
        let fields: &[Field] = match part.within {
            Within::Text => &[self.title, self.body],
            Within::Title => &[self.title],
            Within::Statements => &[self.said],
        };
        let within: Result<Vec<_>, TantivyError> =
            fields.iter().map(|it| words_in(part, *it)).collect();
        Ok(Box::new(BooleanQuery::union(within?)))
    }
}

fn words_in(part: &Part, field: Field) -> Result<Box<dyn TantivyQuery>, TantivyError> {
    let term = |word: &String| Term::from_field_text(field, word);
    Ok(match part.words.as_slice() {
        // A word has letters, digits and marks alone, which mean themselves in a pattern.
        [start] if part.is_prefix => {
            Box::new(RegexQuery::from_pattern(&format!("{start}.*"), field)?)
        }
        [word] => Box::new(TermQuery::new(term(word), IndexRecordOption::Basic)),
        words => Box::new(PhraseQuery::new(words.iter().map(term).collect())),
    })
}

/// Collects the stories of the readings that counted at a position.
struct Stories {
    at: u64,
}

/// Those of one segment.
struct StoriesOfSegment {
    at: u64,
    story: Column<u64>,
    from: Column<u64>,
    until: Column<u64>,
    found: Vec<u64>,
}

impl Collector for Stories {
    type Fruit = Vec<u64>;
    type Child = StoriesOfSegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<StoriesOfSegment> {
        let fields = segment.fast_fields();
        Ok(StoriesOfSegment {
            at: self.at,
            story: fields.u64(STORY)?,
            from: fields.u64(FROM)?,
            until: fields.u64(UNTIL)?,
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        let mut all = fruits.concat();
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }
}

impl SegmentCollector for StoriesOfSegment {
    type Fruit = Vec<u64>;

    fn collect(&mut self, document: DocId, _: Score) {
        let counts = self.from.first(document).is_some_and(|it| it <= self.at)
            && self.until.first(document).is_some_and(|it| it > self.at);
        if counts {
            self.found.extend(self.story.first(document));
        }
    }

    fn harvest(self) -> Vec<u64> {
        self.found
    }
}
