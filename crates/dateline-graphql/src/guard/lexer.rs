//! Reads a document as GraphQL's lexer does, counting only: how many tokens, how deep the brackets.
//!
//! It runs before the parser, which is recursive: a document that passes cannot exhaust its stack.

/// What the lexer counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tokens {
    /// Number of tokens; white space, commas and comments are none.
    pub(crate) count: usize,
    /// Most brackets of any kind that are open at once.
    pub(crate) nesting: usize,
}

/// Counts the tokens of `document`; `None` when a block string is not closed, which no parser may take. Other text
/// that is no GraphQL is counted all the same; the parser names the fault.
pub(crate) fn count(document: &str) -> Option<Tokens> {
    let mut tokens = Tokens::default();
    let mut open = 0_usize;
    let mut rest = document.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        rest = match first {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                rest = behind;
                continue;
            }
            b'#' => {
                rest = skip_while(behind, |it| !matches!(it, b'\n' | b'\r'));
                continue;
            }
            b'"' => string(rest)?,
            b'{' | b'[' | b'(' => {
                open += 1;
                tokens.nesting = tokens.nesting.max(open);
                behind
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                behind
            }
            b'.' => skip_while(behind, |it| it == b'.'),
            b'-' | b'0'..=b'9' => skip_while(behind, |it| it == b'.' || is_word(it)),
            _ if is_word(first) => skip_while(behind, is_word),
            _ => behind,
        };
        tokens.count += 1;
    }
    Some(tokens)
}

/// Names and numbers alike; bytes beyond ASCII stand in no token but strings, so one run of them is one fault.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | 0x80..)
}

fn skip_while(bytes: &[u8], keep: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().position(|it| !keep(*it)).unwrap_or(bytes.len());
    bytes.get(end..).unwrap_or_default()
}

/// What stands behind the string or block string that `bytes` starts with. A string that is not closed ends with its
/// line; a block string that is not closed gives `None`. (The parser of async-graphql takes `"""x"[` for two strings
/// and a bracket where the block never closes, so nothing behind such a string may go uncounted.)
fn string(bytes: &[u8]) -> Option<&[u8]> {
    let Some(mut rest) = bytes.strip_prefix(b"\"\"\"") else {
        let mut rest = bytes.get(1..).unwrap_or_default();
        loop {
            rest = match rest {
                [] | [b'\n' | b'\r', ..] => return Some(rest),
                [b'"', behind @ ..] => return Some(behind),
                [b'\\', b'\\' | b'"', behind @ ..] | [_, behind @ ..] => behind,
            };
        }
    };
    loop {
        rest = match rest {
            [] => return None,
            [b'"', b'"', b'"', behind @ ..] => return Some(behind),
            [b'\\', b'"', b'"', b'"', behind @ ..] | [_, behind @ ..] => behind,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(document: &str) -> (usize, usize) {
        let Tokens { count, nesting } = count(document).unwrap();
        (count, nesting)
    }

    #[test]
    fn names_numbers_punctuation_and_strings_are_tokens() {
        assert_eq!(counted(r#"{ a(x: -1.5e+3, y: "b { c") ...f @d }"#), (15, 2));
    }

    #[test]
    fn brackets_in_strings_and_comments_open_nothing() {
        assert_eq!(counted("{ a # {{{{\n b }"), (4, 1));
        assert_eq!(counted(r#"{ a(x: "\"{{{", y: """ \""" {{ " """) }"#), (11, 2));
    }

    #[test]
    fn a_block_string_that_is_not_closed_is_refused() {
        assert_eq!(count(r#"{ a(x: ["""x"[[[[[[[["#), None);
    }

    #[test]
    fn a_string_that_is_not_closed_hides_nothing_behind_its_line() {
        assert_eq!(counted("{ a(x: \"open\n [[[[").1, 6);
    }
}
