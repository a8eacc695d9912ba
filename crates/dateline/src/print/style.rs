//! Bold and dim words on a terminal. Where the output is no terminal, `anstream` takes the codes out.

use std::fmt;

use anstyle::Style;

/// Headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// What explains something else.
pub(crate) const DIM: Style = Style::new().dimmed();

/// Something written in a style.
pub(crate) struct Styled<T>(pub(crate) Style, pub(crate) T);

impl<T: fmt::Display> fmt::Display for Styled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(style, words) = self;
        write!(f, "{style}{words}{style:#}")
    }
}
