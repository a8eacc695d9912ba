//! The page that people get at `/graphql`: it shows how to ask, and asks. It loads nothing from anywhere; the policy
//! names its one script and its one style by their digests, so a browser runs nothing else.

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const PAGE: &str = include_str!("explorer.html");
const SCRIPT: &str = include_str!("explorer.js");
const STYLE: &str = include_str!("explorer.css");

/// The page with its policy.
pub(crate) struct Explorer {
    html: String,
    policy: HeaderValue,
}

impl Explorer {
    /// Puts the page together.
    ///
    /// # Panics
    /// Never: the policy is made of fixed words and base64.
    pub(crate) fn new() -> Self {
        let policy = format!(
            "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            digest(SCRIPT),
            digest(STYLE)
        );
        Self {
            html: PAGE.replace("/*style*/", STYLE).replace("/*script*/", SCRIPT),
            policy: HeaderValue::from_str(&policy).expect("words and base64 fit a header"),
        }
    }

    /// The response with the page.
    pub(crate) fn page(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.html.clone()));
        let headers = response.headers_mut();
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, html);
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        response
    }
}

fn digest(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}
