//! Which media type an answer gets, by the header `Accept` (RFC 9110, section 12.5.1), and whether a body is JSON.

use axum::http::{HeaderMap, header};

/// Media types of answers to GraphQL requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/graphql-response+json`: the status tells whether the request could be executed.
    GraphqlResponse,
    /// `application/json`: the older form. Every well-formed request is answered with 200.
    Json,
}

impl Media {
    /// The header `Content-Type` of such an answer.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// What a client would take, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A page for people.
    Page,
    /// An answer for programs.
    Answer(Media),
    /// A stream of events.
    Events,
    /// Nothing that we have.
    Nothing,
}

/// Quality in thousandths, and how closely the range names the type: 2 by name, 1 by `application/*`, 0 by `*/*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Rank {
    quality: u16,
    closeness: u8,
}

/// What the header `Accept` asks for. Without the header, or where it takes anything, it is `application/json`, since
/// clients that know the newer type ask for it.
pub(crate) fn wanted(headers: &HeaderMap) -> Wanted {
    let accept: Vec<&str> =
        headers.get_all(header::ACCEPT).iter().filter_map(|it| it.to_str().ok()).collect();
    let accept = accept.join(",");
    if accept.trim().is_empty() {
        return Wanted::Answer(Media::Json);
    }
    let response = rank(&accept, "application", "graphql-response+json");
    let json = rank(&accept, "application", "json");
    let html = rank(&accept, "text", "html");
    let events = rank(&accept, "text", "event-stream");
    let events = if events.closeness == 2 { events.quality } else { 0 };
    let page = if html.closeness == 2 { html.quality } else { 0 };
    match () {
        () if events > page.max(response.quality).max(json.quality) => Wanted::Events,
        () if page > response.quality.max(json.quality) => Wanted::Page,
        () if response.quality.max(json.quality) == 0 => Wanted::Nothing,
        () if response > json => Wanted::Answer(Media::GraphqlResponse),
        () if response == json && response.closeness == 2 => Wanted::Answer(Media::GraphqlResponse),
        () => Wanted::Answer(Media::Json),
    }
}

/// How much `accept` wants `kind/subtype`: what its closest range says.
fn rank(accept: &str, kind: &str, subtype: &str) -> Rank {
    let mut best = Rank::default();
    let mut closest = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let Some((range_kind, range_subtype)) = parts.next().and_then(|it| it.split_once('/'))
        else {
            continue;
        };
        let closeness = match (range_kind, range_subtype) {
            ("*", "*") => 0,
            (it, "*") if it.eq_ignore_ascii_case(kind) => 1,
            (it, sub) if it.eq_ignore_ascii_case(kind) && sub.eq_ignore_ascii_case(subtype) => 2,
            _ => continue,
        };
        let quality = parts.find_map(quality).unwrap_or(1000);
        if closest.is_none_or(|it| closeness > it) {
            closest = Some(closeness);
            best = Rank { quality, closeness };
        }
    }
    best
}

/// The quality in thousandths, where `parameter` is one: `q=0.8`.
fn quality(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let thousandths = format!("{fraction:0<3}").get(..3)?.parse::<u16>().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" => Some(1000),
        _ => None,
    }
}

/// Whether the header `Content-Type` says JSON in UTF-8.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let Some(content_type) = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok())
    else {
        return false;
    };
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|it| it.eq_ignore_ascii_case("application/json"));
    let utf8 = parts.all(|it| match it.split_once('=') {
        Some((name, charset)) if name.trim().eq_ignore_ascii_case("charset") => {
            charset.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    });
    json && utf8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: &str) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        wanted(&headers)
    }

    #[test]
    fn the_best_of_what_the_client_takes_is_chosen() {
        let response = Wanted::Answer(Media::GraphqlResponse);
        let json = Wanted::Answer(Media::Json);
        for (accept, wanted) in [
            ("*/*", json),
            ("application/*", json),
            ("application/json", json),
            ("application/graphql-response+json", response),
            ("application/graphql-response+json, application/json;q=0.9", response),
            ("application/graphql-response+json;q=0.5, application/json", json),
            ("application/json, application/graphql-response+json", response),
            ("application/graphql-response+json; charset=utf-8, */*;q=0.1", response),
            ("APPLICATION/JSON;Q=0.3", json),
            ("application/json;q=0, */*", response),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Wanted::Page),
            ("text/html, application/json", json),
            ("text/event-stream", Wanted::Events),
            ("text/event-stream, */*;q=0.5", Wanted::Events),
            ("application/json, text/event-stream", json),
            ("text/*", Wanted::Nothing),
            ("image/png", Wanted::Nothing),
            ("application/json;q=0", Wanted::Nothing),
            ("nonsense", Wanted::Nothing),
        ] {
            assert_eq!(asked(accept), wanted, "{accept}");
        }
        assert_eq!(super::wanted(&HeaderMap::new()), json);
    }
}
