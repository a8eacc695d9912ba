//! Addresses of pages: which of their spellings are one.

/// Parts of a query that say where a reader came from, and not what is read. Those that end in an
/// underscore are the starts of names.
const TRACKING: &[&str] = &[
    "utm_", "fbclid", "gclid", "yclid", "ysclid", "dclid", "msclkid", "gbraid", "wbraid", "igshid",
    "mkt_tok", "_ga", "mc_cid", "mc_eid", "ref",
];

/// An address without scheme, user, usual port, fragment, `www.`, tracking and the slash at its
/// end; the host in lower case. Hosts for telephones and other copies of a page are not guessed.
pub(crate) fn canonical(address: &str) -> String {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let (path, query) = rest.split_once('?').map_or((rest, ""), |(path, query)| (path, query));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.rsplit('@').next().unwrap_or(host).to_lowercase();
    let port = match scheme.to_ascii_lowercase().as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    let host = if port.is_empty() { &host } else { host.strip_suffix(port).unwrap_or(&host) };
    let host = host.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let kept = query.split('&').filter(|it| {
        let name = it.split('=').next().unwrap_or_default();
        !name.is_empty() && !is_tracking(name)
    });
    let query = kept.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{host}/{}{mark}{query}", path.trim_end_matches('/'))
}

fn is_tracking(name: &str) -> bool {
    let known = |it: &&str| name == *it || (it.ends_with('_') && name.starts_with(*it));
    TRACKING.iter().any(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_one_address_are_one() {
        for address in [
            "https://herald.example/news/1",
            "http://www.HERALD.example:80/news/1/",
            "HTTPS://herald.example.:443/news/1?utm_source=mail&fbclid=x#top",
            "  https://reader@herald.example/news/1?  ",
            "herald.example/news/1",
        ] {
            assert_eq!(canonical(address), "herald.example/news/1", "{address}");
        }
    }

    #[test]
    fn what_may_be_another_page_stays_another() {
        let one = canonical("https://herald.example/news?id=1");
        for address in [
            "https://herald.example/news?id=2",
            "https://herald.example/News?id=1",
            "https://m.herald.example/news?id=1",
            "https://herald.example:8080/news?id=1",
            "https://herald.example/news?id=1&refer=2",
        ] {
            assert_ne!(canonical(address), one, "{address}");
        }
    }
}
