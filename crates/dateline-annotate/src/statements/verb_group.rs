//! The words between a subject and its verb of speech, and whether they let the verb report
//! something.

use super::lexicon::{Entry, Form, Frame};
use super::line::Line;
use super::words::{
    BE, Contracted, DO, HAVE, MODALS, NEGATIONS, contracted, is_adverb, is_possessive,
};

/// Auxiliaries and adverbs before a verb.
#[derive(Debug)]
pub(super) struct VerbGroup {
    /// The first of the words that belong to the verb.
    pub(super) start: usize,
    helper: Option<Helper>,
    /// Whether nothing was said: "did not say", "will say", "to say".
    is_blocked: bool,
    /// Whether a negation alone says so: "did not say".
    is_denied: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Helper {
    Have,
    Be,
    /// "did", or "went on to": the base form behind it is finite.
    Do,
}

impl VerbGroup {
    /// Reads the words before the verb at `at`.
    pub(super) fn before(line: &Line<'_>, floor: usize, at: usize, form: Form) -> Self {
        let (helper, is_blocked, is_denied) = (None, false, false);
        let mut group = Self { start: at, helper, is_blocked, is_denied };
        while group.start > floor {
            let before = group.start - 1;
            let refused = line.is_one(before, &["declined", "refused"]);
            if let Some((_, auxiliary)) = contracted(line.word(before)) {
                group.contract(auxiliary, form);
                break;
            }
            if let Some(start) = continued(line, before, floor).filter(|_| group.start == at) {
                group.start = start;
                group.helper = Some(Helper::Do);
                continue;
            }
            if let Some(helper) = self::helper(line, before) {
                group.helper = group.helper.or(Some(helper));
            } else if line.is(before, "not") {
                group.is_denied = true;
            } else if refused
                || line.has(before, NEGATIONS)
                || line.has(before, MODALS)
                || (line.is(before, "to") && group.start == at)
            {
                group.is_blocked = true;
            } else if !is_adverb(line, before) || line.is_capital(before) {
                break;
            }
            group.is_blocked |= line.has(before, NEGATIONS) && !line.is(before, "not");
            group.start = before;
        }
        group
    }

    fn contract(&mut self, auxiliary: Contracted, form: Form) {
        match auxiliary {
            Contracted::IsOrHas if form == Form::Ing => self.helper = Some(Helper::Be),
            Contracted::Are => self.helper = Some(Helper::Be),
            Contracted::IsOrHas | Contracted::Have | Contracted::HadOrWould => {
                self.helper = self.helper.or(Some(Helper::Have));
                self.is_blocked |= form == Form::Base;
            }
            Contracted::Will => self.is_blocked = true,
        }
    }

    /// Whether the verb is shown with its auxiliary: "had said".
    pub(super) fn is_perfect(&self) -> bool {
        self.helper == Some(Helper::Have)
    }

    /// Whether "saying" is no finite verb here.
    pub(super) fn is_participle(&self, entry: Entry) -> bool {
        entry.form == Form::Ing && self.helper != Some(Helper::Be)
    }

    /// Whether a verb of this form can be a report behind these words.
    pub(super) fn allows(&self, line: &Line<'_>, entry: Entry) -> bool {
        let stance = entry.frame == Frame::THAT && entry.form == Form::Past;
        let before = self.start.checked_sub(1);
        !self.is_blocked
            && (!self.is_denied || entry.frame.has(Frame::DENIED))
            && match entry.form {
                Form::Past => self.helper != Some(Helper::Be) || stance,
                Form::Base => match self.helper {
                    Some(helper) => helper == Helper::Do,
                    None => before.is_some_and(|it| is_plural(line, it)),
                },
                Form::Third => self.helper.is_none(),
                Form::Ing => true,
            }
    }
}

/// Where "went on to" or "continued to" starts, whose "to" stands at `to`.
fn continued(line: &Line<'_>, to: usize, floor: usize) -> Option<usize> {
    let verb = to.checked_sub(1).filter(|it| *it >= floor && line.is(to, "to"))?;
    if line.is_one(verb, &["continued", "continues"]) {
        return Some(verb);
    }
    let went = verb.checked_sub(1).filter(|it| *it >= floor && line.is(verb, "on"))?;
    line.is_one(went, &["went", "goes", "gone"]).then_some(went)
}

fn helper(line: &Line<'_>, at: usize) -> Option<Helper> {
    let helpers = [(HAVE, Helper::Have), (BE, Helper::Be), (DO, Helper::Do)];
    helpers.into_iter().find(|(words, _)| line.has(at, *words)).map(|it| it.1)
}

fn is_plural(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    line.is_one(at, &["they", "people", "who", "men", "women", "police"])
        || (word.ends_with('s') && !word.ends_with("ss") && !is_possessive(word) && word.len() > 3)
}
