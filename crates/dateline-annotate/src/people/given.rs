//! Given names that are common in the news, to see where an office ends and an unknown person's name begins.

use super::fold;

/// Given names of many languages, in a usual English spelling. Any other spelling with the same key counts too.
const COMMON: &str = include_str!("given_names.txt");

/// The keys of all common given names.
pub(crate) fn keys() -> impl Iterator<Item = String> {
    COMMON.split_whitespace().map(fold::key)
}

/// Whether the key ends like an East Slavic or Turkic patronymic.
pub(crate) fn is_patronymic(key: &str) -> bool {
    const ENDINGS: &[&str] =
        &["ovic", "evic", "ilic", "inicna", "ovna", "evna", "iniсna", "ogli", "ogl", "uli", "kizi"];
    let may_end = key.bytes().next_back().is_some_and(|it| matches!(it, b'a' | b'c' | b'i' | b'l'));
    may_end && key.len() > 5 && ENDINGS.iter().any(|it| key.ends_with(it))
}
