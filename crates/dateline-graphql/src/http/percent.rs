//! Percent-encoding in addresses (RFC 3986, section 2.1), and query strings in the form of HTML forms.

use std::fmt::Write as _;

/// Names and values of a query string; `None` where it is not percent-encoded UTF-8.
pub(crate) fn form_pairs(text: &str) -> Option<Vec<(String, String)>> {
    let value = |it: &str| decoded(&it.replace('+', " "));
    let pairs = text.split('&').filter(|it| !it.is_empty());
    pairs
        .map(|pair| {
            let (name, behind) = pair.split_once('=').unwrap_or((pair, ""));
            Some((value(name)?, value(behind)?))
        })
        .collect()
}

/// `text` without percent-encoding; `None` where that is broken, or not UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        rest = behind;
        if first != b'%' {
            bytes.push(first);
            continue;
        }
        let (digits, behind) = rest.split_first_chunk::<2>()?;
        // `from_str_radix` would take a sign.
        let digits = digits.iter().all(u8::is_ascii_hexdigit).then_some(digits)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = behind;
    }
    String::from_utf8(bytes).ok()
}

/// `text` with all but unreserved characters percent-encoded.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes all that is written");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_through_an_address_unchanged() {
        for name in ["ara-ket", "Q42/a b", "талар", "50%", "a+b"] {
            assert_eq!(decoded(&encoded(name)).as_deref(), Some(name));
        }
        for broken in ["%", "%4", "%zz", "%+5", "%ff"] {
            assert_eq!(decoded(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_plus_is_a_space_in_a_form_alone() {
        let pairs = form_pairs("a=b+c&d=%2B").unwrap();
        assert_eq!(pairs, [("a".into(), "b c".into()), ("d".into(), "+".to_owned())]);
        assert_eq!(decoded("b+c").as_deref(), Some("b+c"));
    }
}
