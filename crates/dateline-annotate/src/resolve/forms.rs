//! Forms of given names: the short forms of everyday use, and what other languages call the same name.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A name a line, with its forms. A form may stand on several lines: `Alex` is Alexander and Alexandra.
const FORMS: &str = include_str!("given_forms.txt");

/// Every form of the names that `word` (lower case, Latin) may be a form of, without `word`.
pub(crate) fn forms_of(word: &str) -> Vec<&'static str> {
    static ROWS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
        let mut rows: HashMap<&str, Vec<&str>> = HashMap::new();
        for row in FORMS.lines() {
            for form in row.split(' ') {
                rows.entry(form).or_default().push(row);
            }
        }
        rows
    });
    let rows = ROWS.get(word).map_or(&[][..], Vec::as_slice);
    let mut forms: Vec<&str> =
        rows.iter().flat_map(|it| it.split(' ')).filter(|it| *it != word).collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}
