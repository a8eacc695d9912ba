//! Brings the index up to a view.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use dateline_projector::{StoryStamp, View};
use tantivy::{Searcher, Term};

use crate::index::{Checkpoint, Current, Index, LogMark, SearchError, Writing};
use crate::schema::{CHANGED, FOUND, STORY};

/// Stories that a thread takes at once.
const SHARE_STORIES: usize = 64;

impl Index {
    /// Takes in what the stories of `view` say now, those that changed since the view before it alone, on up to `threads`
    /// threads. Searches go on with what they had until it is done.
    ///
    /// # Errors
    /// When the disk fails. What was there before is still searched.
    pub fn follow(
        &self,
        view: &Arc<View>,
        mark: LogMark<'_>,
        threads: NonZeroUsize,
    ) -> Result<(), SearchError> {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(position) = view.position() else { return Ok(()) };
        if self.current().covers(view) {
            return Ok(());
        }
        let stamps = match writing.followed.as_ref().filter(|it| is_continued_by(it, view)) {
            Some(before) => view.stamps_behind(before.position()),
            None => differing(&self.reader.searcher(), view)?,
        };
        let written = self.write(&mut writing, view, &stamps, threads);
        let Some(log) = written.and(Ok(mark(position)))? else {
            writing.writer.rollback()?;
            return Err(SearchError::Storage(format!("the log has no position {position}")));
        };
        let checkpoint = serde_json::to_string(&Checkpoint::new(position, log));
        let mut commit = writing.writer.prepare_commit()?;
        commit.set_payload(&checkpoint.map_err(|why| SearchError::Storage(why.to_string()))?);
        commit.commit()?;
        self.reader.reload()?;
        writing.followed = Some(Arc::clone(view));
        let current = Current { view: Some(Arc::clone(view)), searcher: self.reader.searcher() };
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(current);
        Ok(())
    }

    /// How many stories of `view` the index lacks, or has otherwise, at least.
    pub fn lag(&self, view: &View) -> usize {
        let current = self.current();
        match current.view.as_ref().filter(|it| is_continued_by(it, view)) {
            Some(before) => view.stamps_behind(before.position()).len(),
            None => view.counts().stories,
        }
    }

    fn write(
        &self,
        writing: &mut Writing,
        view: &View,
        stamps: &[StoryStamp],
        threads: NonZeroUsize,
    ) -> Result<(), SearchError> {
        let shares = Mutex::new(stamps.chunks(SHARE_STORIES));
        let writer = &writing.writer;
        let work = || -> Result<(), SearchError> {
            loop {
                let share = shares.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some(share) = share else { return Ok(()) };
                for stamp in share {
                    let Some(record) = view.story_reported_at(stamp.reported_at) else { continue };
                    let story = stamp.reported_at.get();
                    writer.delete_term(Term::from_field_u64(self.fields.story, story));
                    for reading in record.readings() {
                        writer.add_document(self.fields.document(*stamp, reading))?;
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.get()).map(|_| scope.spawn(work)).collect();
            let own = work();
            let failed = || SearchError::Storage("a thread of it failed".to_owned());
            others.into_iter().try_for_each(|it| it.join().unwrap_or_else(|_| Err(failed())))?;
            own
        })
        .inspect_err(|_| {
            // What was taken in of it must not come with the next commit.
            let _ = writing.writer.rollback();
        })
    }
}

impl Current {
    /// Whether it can answer for `view`: it has come as far, under the same registry.
    pub(crate) fn covers(&self, view: &View) -> bool {
        let same = |it: &Arc<View>| {
            std::ptr::eq(it.registry(), view.registry()) && it.position() >= view.position()
        };
        self.view.as_ref().is_some_and(same)
    }
}

/// Whether `after` goes on from `before` under the same registry, so that only what is new in it differs.
fn is_continued_by(before: &View, after: &View) -> bool {
    std::ptr::eq(before.registry(), after.registry()) && before.position() <= after.position()
}

/// The stories of `view` that the index does not have as they are.
fn differing(searcher: &Searcher, view: &View) -> Result<Vec<StoryStamp>, SearchError> {
    let mut known: HashMap<u64, (u64, u64)> = HashMap::new();
    for segment in searcher.segment_readers() {
        let fields = segment.fast_fields();
        let (story, changed, found) =
            (fields.u64(STORY)?, fields.u64(CHANGED)?, fields.u64(FOUND)?);
        for document in segment.doc_ids_alive() {
            let of = |it: &tantivy::columnar::Column<u64>| it.first(document).unwrap_or_default();
            known.insert(of(&story), (of(&changed), of(&found)));
        }
    }
    let differs = |it: &StoryStamp| {
        known.get(&it.reported_at.get()) != Some(&(it.changed_at.get(), it.found))
    };
    Ok(view.stamps().filter(differs).collect())
}
