//! Where a link of a page leads.

/// Longest address that is kept, in bytes.
const MAX_BYTES: usize = 2048;

/// The full address of `href` on a page at `page`, without its fragment; `None` for what leads to no
/// other page, and where the page's own address would be needed and is not known.
pub(super) fn resolved(page: Option<&str>, href: &str) -> Option<String> {
    let href = href.trim();
    let href = href.split_once('#').map_or(href, |(it, _)| it);
    if href.is_empty() || href.len() > MAX_BYTES || href.contains(char::is_whitespace) {
        return None;
    }
    let lower = href.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Some(href.to_owned());
    }
    let (scheme, rest) = page?.split_once("://")?;
    if let Some(host) = href.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    // `mailto:`, `javascript:` and the like.
    let before_path = href.split(['/', '?']).next().unwrap_or_default();
    if before_path.contains(':') {
        return None;
    }
    let path_at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(path_at);
    if href.starts_with('/') {
        return Some(format!("{scheme}://{host}{href}"));
    }
    let folder = path.split('?').next().and_then(|it| it.rsplit_once('/')).map_or("", |it| it.0);
    Some(format!("{scheme}://{host}{folder}/{href}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_resolved_against_its_page() {
        let page = Some("https://arpo.example/news/2025/drill.html?x=1");
        let to = |href| resolved(page, href);
        assert_eq!(to("/a").as_deref(), Some("https://arpo.example/a"));
        assert_eq!(to("b.html#top").as_deref(), Some("https://arpo.example/news/2025/b.html"));
        assert_eq!(to("//ket.example/c").as_deref(), Some("https://ket.example/c"));
        assert_eq!(to("http://ket.example/c").as_deref(), Some("http://ket.example/c"));
        assert_eq!(to("#top"), None);
        assert_eq!(to("mailto:press@arpo.example"), None);
        assert_eq!(resolved(None, "/a"), None);
    }
}
