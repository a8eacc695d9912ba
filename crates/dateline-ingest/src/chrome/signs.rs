//! Parts of words that captions and notices hold. They are looked for once in a page, since nearly every line of prose
//! would be searched for them, and nearly none has one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::constant;

/// Without regard to case where it would make the search slow.
static SIGN: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        "ookies|OOKIES|avaScript|avascript|rowser|eserved|ESERVED|esponsible|hoto|HOTO|icture|ICTURE|mage|MAGE",
    )
});

/// Where a page has signs.
pub(crate) struct Signs {
    /// In the order of the page: the byte, and whether it is the sign of a notice.
    found: Vec<(usize, bool)>,
}

/// The signs of a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineSigns {
    /// What every notice of a site to its readers has.
    pub(super) notice: bool,
    /// What every caption has.
    pub(super) picture: bool,
}

impl Signs {
    /// Those of `text`.
    pub(crate) fn of(text: &str) -> Self {
        let is_notice = |part: &str| {
            !matches!(part.as_bytes().first(), Some(b'h' | b'H' | b'i' | b'I' | b'm' | b'M'))
        };
        let found = SIGN.find_iter(text).map(|it| (it.start(), is_notice(it.as_str()))).collect();
        Self { found }
    }

    /// Those in a range of bytes.
    pub(crate) fn within(&self, range: &Range<usize>) -> LineSigns {
        let first = self.found.partition_point(|it| it.0 < range.start);
        let inside = self.found.get(first..).unwrap_or_default().iter();
        let mut signs = LineSigns { notice: false, picture: false };
        for (_, notice) in inside.take_while(|it| it.0 < range.end) {
            signs.notice |= notice;
            signs.picture |= !notice;
        }
        signs
    }
}
