//! JSON whose texts know where they stand.

use dateline_event::Span;

use crate::letters::Letters;

/// Most brackets that are open at once.
const MAX_DEPTH: usize = 64;

/// Most values in one text. A feed of 50,000 items has half as many.
const MAX_VALUES: usize = 1_000_000;

/// A value. Ranges of code points are those of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Located<'a> {
    /// A text: what stands between its quotation marks, and from which code point on.
    Text(&'a str, u32),
    /// A list.
    List(Vec<Located<'a>>),
    /// Names and values; the names as written.
    Object(Vec<(&'a str, Located<'a>)>),
    /// A number, a truth value or null, as written.
    Other(&'a str),
}

/// Why a text is no JSON: where, in code points.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the JSON is broken at character {at}: {wanted}")]
pub(crate) struct Broken {
    pub(crate) at: u32,
    wanted: &'static str,
}

impl<'a> Located<'a> {
    /// Reads `text`, which holds one value and white space.
    pub(crate) fn read(text: &'a str) -> Result<Self, Broken> {
        let mut reader = Reader { rest: text, at: 0, values: 0 };
        let value = reader.value(0)?;
        reader.space();
        if reader.rest.is_empty() { Ok(value) } else { Err(reader.broken("one value and no more")) }
    }

    /// The value of `name` in an object; the last, as other readers have it.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().rev().find(|it| it.0 == name).map(|it| &it.1),
            Self::Text(..) | Self::List(_) | Self::Other(_) => None,
        }
    }

    /// The values of a list; none of anything else.
    pub(crate) fn list(&self) -> &[Self] {
        match self {
            Self::List(values) => values,
            Self::Text(..) | Self::Object(_) | Self::Other(_) => &[],
        }
    }

    /// A text with the place of each character, escapes resolved.
    pub(crate) fn letters(&self) -> Option<Letters> {
        let Self::Text(raw, start) = self else { return None };
        let (mut letters, mut at, mut rest) = (Letters::default(), *start, *raw);
        while let Some(escape) = rest.find('\\') {
            let (plain, tail) = rest.split_at(escape);
            at = letters.add_plain(plain, at);
            let (it, length) = escaped(tail);
            let end = at + u32::try_from(length).unwrap_or(1);
            letters.push(it, Span::new(at, end));
            at = end;
            rest = tail.get(length..).unwrap_or_default();
        }
        letters.add_plain(rest, at);
        Some(letters)
    }

    /// A text, escapes resolved.
    pub(crate) fn text(&self) -> Option<String> {
        self.letters().map(|it| it.text())
    }
}

/// What the escape that starts `text` stands for, and its length in bytes, all of them ASCII.
fn escaped(text: &str) -> (char, usize) {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    if let Some(first) = unit(text) {
        if let (0xd800..=0xdbff, Some(second @ 0xdc00..=0xdfff)) =
            (first, text.get(6..).and_then(unit))
        {
            let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
        }
        return (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 6);
    }
    let it = match text.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(other) if other.is_ascii() => char::from(*other),
        Some(_) | None => return ('\\', 1),
    };
    (it, 2)
}

struct Reader<'a> {
    rest: &'a str,
    /// Code points before `rest`.
    at: u32,
    /// Values that were read.
    values: usize,
}

impl<'a> Reader<'a> {
    fn broken(&self, wanted: &'static str) -> Broken {
        Broken { at: self.at, wanted }
    }

    /// Takes the first `bytes` bytes.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        let count = taken.bytes().filter(|it| it & 0xc0 != 0x80).count();
        self.at = self.at.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        self.rest = rest;
        taken
    }

    fn space(&mut self) {
        let is_space = |it: char| matches!(it, ' ' | '\t' | '\n' | '\r' | '\u{feff}');
        let space = self.rest.len() - self.rest.trim_start_matches(is_space).len();
        self.take(space);
    }

    fn has(&mut self, mark: char) -> bool {
        self.space();
        let has = self.rest.starts_with(mark);
        if has {
            self.take(1);
        }
        has
    }

    fn value(&mut self, depth: usize) -> Result<Located<'a>, Broken> {
        if depth > MAX_DEPTH {
            return Err(self.broken("fewer brackets that are open at once"));
        }
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(self.broken("no more than 1,000,000 values are read"));
        }
        self.space();
        match self.rest.bytes().next() {
            Some(b'"') => {
                let at = self.at + 1;
                self.string().map(|it| Located::Text(it, at))
            }
            Some(b'{') => self.object(depth),
            Some(b'[') => self.values(depth),
            Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                let is_part =
                    |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '+' | '.');
                let end = self.rest.find(|it| !is_part(it)).unwrap_or(self.rest.len());
                Ok(Located::Other(self.take(end)))
            }
            _ => Err(self.broken("a value is wanted")),
        }
    }

    fn string(&mut self) -> Result<&'a str, Broken> {
        let mut escaped = false;
        for (index, byte) in self.rest.bytes().enumerate().skip(1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    let text = self.take(index + 1);
                    return Ok(text.get(1..index).unwrap_or_default());
                }
                _ => {}
            }
        }
        Err(self.broken("the text that starts here has no end"))
    }

    fn object(&mut self, depth: usize) -> Result<Located<'a>, Broken> {
        self.take(1);
        let mut fields = Vec::new();
        if self.has('}') {
            return Ok(Located::Object(fields));
        }
        loop {
            self.space();
            if !self.rest.starts_with('"') {
                return Err(self.broken("a name in quotation marks is wanted"));
            }
            let name = self.string()?;
            if !self.has(':') {
                return Err(self.broken("a colon is wanted"));
            }
            fields.push((name, self.value(depth + 1)?));
            if self.has('}') {
                // Most objects have few fields, and a page may have hundreds of thousands of them.
                fields.shrink_to_fit();
                return Ok(Located::Object(fields));
            }
            if !self.has(',') {
                return Err(self.broken("a comma or the end of the object is wanted"));
            }
        }
    }

    fn values(&mut self, depth: usize) -> Result<Located<'a>, Broken> {
        self.take(1);
        let mut values = Vec::new();
        if self.has(']') {
            return Ok(Located::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            if self.has(']') {
                values.shrink_to_fit();
                return Ok(Located::List(values));
            }
            if !self.has(',') {
                return Err(self.broken("a comma or the end of the list is wanted"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_know_where_they_stand_escapes_and_all() {
        let page = "{\"é\": [1, {\"a\": \"x\\u00e9\\n\\ud83d\\ude00\\\"y\"}]}";
        let value = Located::read(page).unwrap();
        let text = value.get("é").unwrap().list()[1].get("a").unwrap();
        assert_eq!(text.text().unwrap(), "xé\n😀\"y");
        let span = text.letters().unwrap().span().unwrap();
        let shown: String = page
            .chars()
            .skip(usize::try_from(span.start).unwrap())
            .take(usize::try_from(span.len()).unwrap())
            .collect();
        assert_eq!(shown, "x\\u00e9\\n\\ud83d\\ude00\\\"y");
    }

    #[test]
    fn what_is_no_json_is_named_with_its_place() {
        let message = |text: &str| Located::read(text).unwrap_err().to_string();
        assert_eq!(message("{\"a\": }"), "the JSON is broken at character 6: a value is wanted");
        assert_eq!(message("{} x"), "the JSON is broken at character 3: one value and no more");
        for text in ["", "{", "[1", "\"a", "{\"a\"}", "{a: 1}", "[1 2]", &"[".repeat(5000)] {
            assert!(Located::read(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_text_of_too_many_values_is_not_held() {
        let of = |values: usize| format!("[0{}]", ",0".repeat(values - 2));
        assert!(Located::read(&of(MAX_VALUES)).is_ok());
        assert!(Located::read(&of(MAX_VALUES + 1)).is_err());
    }
}
