//! Which script a text is written in.

use crate::strides;

/// Scripts that news pages mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Armenian,
    Georgian,
    Hebrew,
    Greek,
    Han,
    Other,
}

fn script_of(letter: char) -> Script {
    match letter {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{530}'..='\u{58f}' => Script::Armenian,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' => Script::Arabic,
        '\u{10a0}'..='\u{10ff}' => Script::Georgian,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => Script::Han,
        _ => Script::Other,
    }
}

/// Whether a text has letters of another script than Latin. First bytes of characters tell: Greek letters and all those
/// behind them in Unicode start with 0xCD and up, marks that start with 0xE2 aside.
pub(crate) fn has_other_than_latin(text: &str) -> bool {
    strides::any(text.as_bytes(), |it| it >= 0xcd && it != 0xe2)
}

/// Letters counted by script.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally([usize; 9]);

impl Tally {
    pub(crate) fn of(text: &str) -> Self {
        let mut tally = Self::default();
        tally.count(Script::Latin, strides::count(text.as_bytes(), |it| it.is_ascii_alphabetic()));
        let punctuation = |it: char| matches!(it, '\u{2000}'..='\u{206f}');
        for (_, letter) in strides::beyond_ascii(text) {
            if !punctuation(letter) && letter.is_alphabetic() {
                tally.count(script_of(letter), 1);
            }
        }
        tally
    }

    /// Adds the letters of another text.
    pub(crate) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(count, more)| *count += more);
    }

    fn count(&mut self, script: Script, letters: usize) {
        self.0.get_mut(slot(script)).into_iter().for_each(|count| *count += letters);
    }

    /// The script of most letters; `None` where there are none.
    pub(crate) fn most(&self) -> Option<Script> {
        let all = [
            Script::Latin,
            Script::Cyrillic,
            Script::Arabic,
            Script::Armenian,
            Script::Georgian,
            Script::Hebrew,
            Script::Greek,
            Script::Han,
            Script::Other,
        ];
        let counted = all.into_iter().zip(self.0).filter(|(_, count)| *count > 0);
        counted.rev().max_by_key(|(_, count)| *count).map(|(script, _)| script)
    }
}

const fn slot(script: Script) -> usize {
    match script {
        Script::Latin => 0,
        Script::Cyrillic => 1,
        Script::Arabic => 2,
        Script::Armenian => 3,
        Script::Georgian => 4,
        Script::Hebrew => 5,
        Script::Greek => 6,
        Script::Han => 7,
        Script::Other => 8,
    }
}

/// The script of most letters of `text`.
pub(crate) fn script(text: &str) -> Option<Script> {
    if has_other_than_latin(text) || !text.bytes().any(|it| it.is_ascii_alphabetic()) {
        return Tally::of(text).most();
    }
    Some(Script::Latin)
}
