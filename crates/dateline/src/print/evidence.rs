//! The words of a page that caused something, for people: each once, in the order of the page.

use dateline_annotate::Evidence;

/// The words of `evidence`, joined by commas; words that differ in case only are shown once, as first printed.
pub(crate) fn words<'a>(evidence: impl Iterator<Item = &'a Evidence>) -> String {
    let mut words: Vec<&str> = Vec::new();
    for it in evidence {
        let folded = it.text.to_lowercase();
        if words.iter().all(|seen| seen.to_lowercase() != folded) {
            words.push(&it.text);
        }
    }
    words.join(", ")
}
