//! What can be set of a server: each setting with its unit, its limits and its default, in one table.

use std::net::{IpAddr, SocketAddr};

/// Something that can be set.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Its name in the file, and as a flag behind `--`.
    pub(crate) name: &'static str,
    /// What its value is.
    pub(crate) kind: Kind,
    /// Its value where nobody says anything.
    pub(crate) default: &'static str,
    /// What it does, in a sentence.
    pub(crate) help: &'static str,
}

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// An address with a port.
    Listen,
    /// `true` or `false`.
    Switch,
    /// A whole number of a unit, within limits.
    Number { unit: &'static str, min: u64, max: u64 },
    /// Origins such as `https://desk.example`, with commas between them.
    Origins,
    /// Addresses, with commas between them.
    Addresses,
    /// The path of a file; empty for none.
    File,
    /// The address of a collector of traces; empty for none.
    Collector,
}

macro_rules! settings {
    ($($id:ident: $name:literal, $kind:expr, $default:literal, $help:literal;)*) => {
        $(
            #[doc = $help]
            pub(crate) static $id: Setting =
                Setting { name: $name, kind: $kind, default: $default, help: $help };
        )*

        /// All settings, in the order in which people read about them.
        pub(crate) static SETTINGS: &[&Setting] = &[$(&$id),*];
    };
}

const fn number(unit: &'static str, min: u64, max: u64) -> Kind {
    Kind::Number { unit, min, max }
}

settings! {
    LISTEN: "listen", Kind::Listen, "127.0.0.1:8080", "Where to listen; port 0 takes a free one";
    OPEN_READING: "open-reading", Kind::Switch, "false", "Let everybody read, also while there are keys";
    ORIGINS: "origins", Kind::Origins, "", "Origins whose pages may use the service from a browser, beside its own";
    TRUSTED_PROXIES: "trusted-proxies", Kind::Addresses, "", "Addresses of proxies whose X-Forwarded-For is believed";
    DEADLINE: "deadline", number("seconds", 1, 600), "10", "Longest time for one request";
    CATCH_UP: "catch-up", number("seconds", 0, 60), "5", "Longest time for which an answer waits for the position that the client names";
    BODY_BYTES: "body-bytes", number("bytes", 1024, 67_108_864), "262144", "Largest body of a request";
    INGEST_BODY_BYTES: "ingest-body-bytes", number("bytes", 1024, 268_435_456), "25165824", "Largest body of a request of who may hand in pages";
    KEY_RATE: "key-rate", number("requests a second", 0, 1_000_000), "1000", "How often the holder of a key may ask; 0 for no limit";
    KEY_BURST: "key-burst", number("requests", 1, 1_000_000), "5000", "How many requests the holder of a key may send at once";
    ADDRESS_RATE: "address-rate", number("requests a second", 0, 1_000_000), "200", "How often an address without a key may ask; 0 for no limit";
    ADDRESS_BURST: "address-burst", number("requests", 1, 1_000_000), "1000", "How many requests an address without a key may send at once";
    DOCUMENTS: "documents", Kind::File, "", "Manifest of trusted documents, which clients name by documentId";
    DOCUMENTS_ONLY: "documents-only", Kind::Switch, "false", "Execute no other documents than those of the manifest";
    KEPT_BYTES: "kept-bytes", number("bytes", 0, 17_179_869_184), "67108864", "Answers that are kept while the view stands; 0 keeps none";
    CONNECTIONS: "connections", number("connections", 1, 1_000_000), "10000", "Connections that are open at once";
    STREAMS: "streams", number("streams", 0, 1_000_000), "20000", "WebSockets and streams of events that are open at once";
    STOP_DEADLINE: "stop-deadline", number("seconds", 0, 600), "5", "Longest time for open requests after the stop";
    READY_LAG_EVENTS: "ready-lag-events", number("events", 0, 1_000_000_000), "10000", "Events by which the view may be behind while /readyz says ready";
    READY_LAG: "ready-lag", number("seconds", 0, 86_400), "300", "Time for which the view may be behind while /readyz says ready";
    OTLP_ENDPOINT: "otlp-endpoint", Kind::Collector, "", "Collector of OpenTelemetry (OTLP over HTTP) that gets the traces of requests";
}

impl Setting {
    /// The variable of the environment that sets it.
    pub(crate) fn variable(&self) -> String {
        format!("DATELINE_{}", self.name.replace('-', "_").to_uppercase())
    }

    /// What stands for the value in a help text.
    pub(crate) const fn value_name(&self) -> &'static str {
        match self.kind {
            Kind::Listen => "ADDR:PORT",
            Kind::Switch => "BOOL",
            Kind::Number { .. } => "N",
            Kind::Origins => "ORIGIN,…",
            Kind::Addresses => "ADDR,…",
            Kind::File => "FILE",
            Kind::Collector => "URL",
        }
    }

    /// What a value is, for people: the unit and the limits.
    pub(crate) fn range(&self) -> String {
        match self.kind {
            Kind::Listen => "address and port".to_owned(),
            Kind::Switch => "true or false".to_owned(),
            Kind::Number { unit, min, max } => format!("{min} to {max} {unit}"),
            Kind::Origins => "origins like https://desk.example, with commas".to_owned(),
            Kind::Addresses => "addresses, with commas".to_owned(),
            Kind::File => "path of a file".to_owned(),
            Kind::Collector => "address like http://127.0.0.1:4318".to_owned(),
        }
    }

    /// Its line in a help text.
    pub(crate) fn long_help(&self) -> String {
        let default = if self.default.is_empty() { "none" } else { self.default };
        format!("{} [{}; default: {default}; env: {}]", self.help, self.range(), self.variable())
    }

    /// Whether `text` can be its value; else what is wanted.
    pub(crate) fn check(&self, text: &str) -> Result<(), String> {
        let is_good = match self.kind {
            Kind::Listen => text.parse::<SocketAddr>().is_ok(),
            Kind::Switch => text.parse::<bool>().is_ok(),
            Kind::Number { min, max, .. } => {
                text.parse::<u64>().is_ok_and(|it| (min..=max).contains(&it))
            }
            Kind::Origins => listed(text).all(is_origin),
            Kind::Addresses => listed(text).all(|it| it.parse::<IpAddr>().is_ok()),
            Kind::File => true,
            Kind::Collector => text.is_empty() || is_collector(text),
        };
        if is_good { Ok(()) } else { Err(format!("wanted {}", self.range())) }
    }
}

/// The parts of a list.
pub(crate) fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|it| !it.is_empty())
}

/// Whether `text` is an origin as browsers send it: scheme and host, and nothing behind.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|it| !it.is_empty() && !it.contains(['/', ' ', '*', '?', '#']))
}

/// Whether `text` is an address without TLS, which is the affair of a collector on the same machine or network.
fn is_collector(text: &str) -> bool {
    text.starts_with("http://") && is_origin(text.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_good_value_and_every_name_is_used_once() {
        for setting in SETTINGS {
            assert_eq!(setting.check(setting.default), Ok(()), "{}", setting.name);
            assert_eq!(SETTINGS.iter().filter(|it| it.name == setting.name).count(), 1);
        }
    }

    #[test]
    fn a_value_beyond_its_limits_is_refused_with_what_is_wanted() {
        for (setting, bad) in [
            (&DEADLINE, "0"),
            (&DEADLINE, "601"),
            (&DEADLINE, "ten"),
            (&LISTEN, "8080"),
            (&OPEN_READING, "yes"),
            (&ORIGINS, "desk.example"),
            (&ORIGINS, "*"),
            (&ORIGINS, "https://desk.example/"),
            (&TRUSTED_PROXIES, "localhost"),
            (&OTLP_ENDPOINT, "127.0.0.1:4318"),
            (&OTLP_ENDPOINT, "https://collector.example"),
            (&OTLP_ENDPOINT, "http://collector.example/v1/traces"),
        ] {
            assert!(setting.check(bad).is_err(), "{} {bad}", setting.name);
        }
        assert_eq!(DEADLINE.check("0"), Err("wanted 1 to 600 seconds".to_owned()));
        assert_eq!(ORIGINS.check("https://a.example, http://b.example:8080"), Ok(()));
    }
}
