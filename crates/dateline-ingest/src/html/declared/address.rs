//! The address of a page: which one is its own, without what is added for counting readers, and the
//! day that its path names.

use std::ops::Range;

use dateline_event::date::{Day, Edtf};

/// Parameters that say where a reader came from and change nothing of the page.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "ref_src",
    "xtor",
    "cmpid",
    "ncid",
    "smid",
    "yclid",
    "_ga",
    "at_medium",
    "at_campaign",
    "wt_mc",
    "ocid",
];

/// `address` without fragment, tracking parameters and the signs of a default port; `None` where it
/// is no absolute address of the web.
pub(super) fn normalised(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") || rest.contains(char::is_whitespace) {
        return None;
    }
    let rest = rest.split('#').next()?;
    let (before_query, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = match before_query.split_once('/') {
        Some((host, path)) => (host, path),
        None => (before_query, ""),
    };
    let host = host.to_ascii_lowercase();
    let port = if scheme == "http" { ":80" } else { ":443" };
    let host = host.strip_suffix(port).unwrap_or(&host);
    if !host.contains('.') {
        return None;
    }
    let kept: Vec<&str> =
        query.split('&').filter(|it| !it.is_empty() && !is_tracking(it)).collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    Some(format!("{scheme}://{host}/{path}{mark}{}", kept.join("&")))
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

/// The host of an address, without `www.` and the like.
pub(super) fn site(address: &str) -> Option<&str> {
    let host = address.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let bare = ["www.", "m.", "amp.", "mobile."].iter().find_map(|it| host.strip_prefix(it));
    Some(bare.unwrap_or(host))
}

/// Whether two addresses are of one site: one host is the other or lies below it.
pub(super) fn same_site(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (site(one), site(other)) else { return false };
    let below = |it: &str, of: &str| it.strip_suffix(of).is_some_and(|it| it.ends_with('.'));
    one.eq_ignore_ascii_case(other) || below(one, other) || below(other, one)
}

/// The address that an archive of the web keeps a copy of, where `address` is that of a copy.
fn archived(address: &str) -> Option<&str> {
    let copy = address.split_once("/web/")?.1;
    let (stamp, original) = copy.split_once('/')?;
    let is_copy = stamp.len() >= 14 && stamp.bytes().take(14).all(|it| it.is_ascii_digit());
    (is_copy && original.contains("://")).then_some(original)
}

/// The month in the path of an address, `/2017/05/`, as `2017-05`.
pub(super) fn month_in_path(address: &str) -> Option<String> {
    let address = archived(address).unwrap_or(address);
    let mut parts = address.split('/').skip(3).peekable();
    while let Some(part) = parts.next() {
        let month = parts.peek().copied().unwrap_or_default();
        let figures = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        if part.len() == 4 && month.len() == 2 && figures(part) && figures(month) {
            return of_parts(part, month, "01").map(|_| format!("{part}-{month}"));
        }
    }
    None
}

/// The day in the path of an address, and how it is written there: `/2017/05/23/`, `/2017-05-23-…`,
/// `/20170523/`, `…-20170523.html`.
pub(super) fn day_in_path(address: &str) -> Option<(Edtf, &str)> {
    let address = archived(address).unwrap_or(address);
    let path_at = address.find("://").map_or(0, |it| it + 3);
    let bytes = address.as_bytes();
    let mut at = path_at;
    while at < bytes.len() {
        let run = bytes.get(at..)?.iter().take_while(|it| it.is_ascii_digit()).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let found = match run {
            1 | 2 => day_first(address, at),
            4 => parted(address, at),
            8 => whole(address, at),
            _ => None,
        };
        if let Some((edtf, range)) = found {
            return Some((edtf, address.get(range)?));
        }
        at += run;
    }
    None
}

/// `2017/05/23`, with one mark between the parts and no figure behind.
fn parted(address: &str, at: usize) -> Option<(Edtf, Range<usize>)> {
    let rest = address.get(at..)?;
    let mark = rest.get(4..5)?;
    if !matches!(mark, "/" | "-" | "_" | ".") {
        return None;
    }
    let mut parts = rest.splitn(3, mark);
    let year = parts.next()?;
    let month = parts.next()?;
    let day_text = parts.next()?;
    let digits = day_text.bytes().take_while(u8::is_ascii_digit).count();
    let day = day_text.get(..digits)?;
    if !(1..=2).contains(&month.len()) || !(1..=2).contains(&digits) {
        return None;
    }
    let edtf = of_parts(year, month, day)?;
    Some((edtf, at..at + 4 + 1 + month.len() + 1 + digits))
}

/// `23-05-2017`.
fn day_first(address: &str, at: usize) -> Option<(Edtf, Range<usize>)> {
    let rest = address.get(at..)?;
    let length = rest.bytes().take_while(|it| it.is_ascii_digit() || *it == b'-').count();
    let mut parts = rest.get(..length)?.trim_end_matches('-').splitn(3, '-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if month.len() != 2 || day.len() != 2 || year.len() != 4 {
        return None;
    }
    Some((of_parts(year, month, day)?, at..at + 10))
}

/// `20170523`.
fn whole(address: &str, at: usize) -> Option<(Edtf, Range<usize>)> {
    let digits = address.get(at..at + 8)?;
    let edtf = of_parts(digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?)?;
    Some((edtf, at..at + 8))
}

fn of_parts(year: &str, month: &str, day: &str) -> Option<Edtf> {
    let year = year.parse::<i32>().ok().filter(|it| (1990..2100).contains(it))?;
    Day::new(Some(year), Some(month.parse().ok()?), Some(day.parse().ok()?)).map(Edtf::day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_readers_is_taken_off() {
        for (address, expected) in [
            ("https://Arvash.example/a/b?utm_source=x&id=7#top", "https://arvash.example/a/b?id=7"),
            ("http://arvash.example:80", "http://arvash.example/"),
            (" https://arvash.example/a?fbclid=1 ", "https://arvash.example/a"),
        ] {
            assert_eq!(normalised(address).as_deref(), Some(expected));
        }
        for address in
            ["", "/a/b", "mailto:a@b.example", "https://a b.example/", "http://localhost/"]
        {
            assert_eq!(normalised(address), None, "{address}");
        }
    }

    #[test]
    fn hosts_below_a_site_belong_to_it() {
        assert!(same_site("https://www.arvash.example/a", "http://news.arvash.example"));
        assert!(!same_site("https://arvash.example/a", "https://garvash.example/a"));
    }

    #[test]
    fn a_path_names_a_day_in_several_forms() {
        for (address, expected) in [
            ("https://ket.example/2017/05/23/envoys", Some("2017-05-23")),
            ("https://ket.example/news/2017-05-23-envoys", Some("2017-05-23")),
            ("https://ket.example/a-20170523.html", Some("2017-05-23")),
            ("https://ket.example/news/23-05-2017", Some("2017-05-23")),
            ("https://ket.example/2017/5/3/x", Some("2017-05-03")),
            ("https://ket.example/2017/05/envoys", None),
            ("https://ket.example/12345678", None),
            ("https://ket.example/2017/13/23/", None),
            ("https://ket.example/2017/05/2345", None),
        ] {
            let found = day_in_path(address).map(|it| it.0.to_string());
            assert_eq!(found.as_deref(), expected, "{address}");
        }
    }
}
