//! Answers that are kept while the view stands: who asks the same in the same words is told the same.
//!
//! An answer follows from the words of the request and from the moment at which it is given, so it is kept under the
//! words as they came, and none of them is read again. When the view or the log goes on, all are let go.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use dateline_event::Position;

use crate::schema::Moment;
use crate::shelf::{Shelf, Words};

/// Answers by the words of requests, at one moment.
#[derive(Debug)]
pub(crate) struct Kept {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    at: At,
    answers: Shelf<Bytes>,
}

/// What answers depend on beside their words: the position of the view, and where the log ends.
type At = (Option<Position>, Option<Position>);

fn at(moment: &Moment) -> At {
    let position = moment.view.position();
    (position, moment.end())
}

impl Kept {
    /// Space for answers of `max_bytes` in all, their words included; zero keeps none.
    pub(crate) fn new(max_bytes: usize) -> Self {
        let state = State { at: (None, None), answers: Shelf::new(max_bytes) };
        Self { state: Mutex::new(state) }
    }

    /// The answer to `words` at `moment`, as JSON.
    pub(crate) fn get(&self, words: &Words, moment: &Moment) -> Option<Bytes> {
        let mut state = self.lock();
        if state.at != at(moment) {
            return None;
        }
        state.answers.get(words)
    }

    /// Keeps `answer`, which `words` got at `moment`, and lets those go that were asked for least lately.
    pub(crate) fn put(&self, words: Words, moment: &Moment, answer: Bytes) {
        let mut state = self.lock();
        let now = at(moment);
        if state.at != now {
            if state.at > now {
                // It took so long that the view has gone on.
                return;
            }
            state.answers.clear();
            state.at = now;
        }
        let bytes = answer.len();
        state.answers.put(words, answer, bytes);
    }

    /// Bytes that are taken.
    pub(crate) fn bytes(&self) -> usize {
        self.lock().answers.bytes()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use dateline_projector::View;

    use super::*;

    /// Views of an empty log.
    struct Nothing;

    impl crate::http::ViewSource for Nothing {
        fn current(&self) -> Arc<View> {
            Arc::default()
        }

        fn head(&self) -> Option<Position> {
            None
        }
    }

    fn moment(head: u64) -> Moment {
        let (view, head) = (Arc::new(View::default()), Position::new(head));
        Moment { view, head, views: Arc::new(Nothing) }
    }

    fn words(text: &str) -> Words {
        Words { is_get: false, text: Bytes::copy_from_slice(text.as_bytes()) }
    }

    #[test]
    fn what_is_kept_is_bounded_in_bytes_and_the_least_asked_for_goes_first() {
        let kept = Kept::new(16 * 1_000);
        let answer = || Bytes::from(vec![b'x'; 700]);
        for number in 0..100 {
            kept.put(words(&number.to_string()), &moment(1), answer());
            assert!(kept.get(&words("0"), &moment(1)).is_some());
            assert!(kept.bytes() <= 16_000, "{}", kept.bytes());
        }
        assert!(kept.get(&words("99"), &moment(1)).is_some());
        assert!(kept.get(&words("50"), &moment(1)).is_none());
        kept.put(words("huge"), &moment(1), Bytes::from(vec![b'x'; 1_000]));
        assert!(kept.get(&words("huge"), &moment(1)).is_none());
        kept.put(words("0"), &moment(1), answer());
        assert!(kept.bytes() <= 16_000);
    }

    #[test]
    fn an_answer_is_good_at_its_moment_alone() {
        let kept = Kept::new(1_000_000);
        kept.put(words("a"), &moment(1), Bytes::from_static(b"1"));
        assert_eq!(kept.get(&words("a"), &moment(2)), None);
        kept.put(words("b"), &moment(2), Bytes::from_static(b"2"));
        assert_eq!(kept.get(&words("a"), &moment(2)), None);
        kept.put(words("a"), &moment(1), Bytes::from_static(b"1"));
        assert_eq!(kept.get(&words("b"), &moment(2)), Some(Bytes::from_static(b"2")));
        assert_eq!(kept.get(&Words { is_get: true, ..words("b") }, &moment(2)), None);
    }
}
