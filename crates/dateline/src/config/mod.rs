//! The configuration of a server: flags over environment over file over defaults.

mod given;
mod setting;

use std::fmt;
use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use dateline_graphql::{
    Documents, Limits, LiveLimits, Options, RateLimit, RateLimits, Readiness, ServeLimits,
};
use toml::{Table, Value};

use crate::cli::ConfigFile;
use crate::exit::{Exit, Failure};
pub(crate) use given::Given;
use setting::{SETTINGS, Setting, listed};

/// Name of the file in the data directory that is read when no other is named.
const FILE: &str = "dateline.toml";

/// All settings with the values that hold.
#[derive(Debug)]
pub(crate) struct Config(Vec<Held>);

/// The value that holds for a setting.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) setting: &'static Setting,
    /// As it is written.
    pub(crate) text: String,
    pub(crate) origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It was typed.
    Flag,
    /// A variable of the environment.
    Environment(String),
    /// A file.
    File(PathBuf),
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag"),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

impl Config {
    /// What holds for a server of `data`.
    pub(crate) fn read(given: &Given, file: &ConfigFile, data: &Path) -> Result<Self, Failure> {
        let (path, table) = table(file, data)?;
        let mut held = Vec::with_capacity(SETTINGS.len());
        for setting in SETTINGS {
            let (text, origin) = if let Some(typed) = given.get(setting) {
                (typed.to_owned(), Origin::Flag)
            } else if let Some(text) = in_environment(setting) {
                (text, Origin::Environment(setting.variable()))
            } else if let Some(value) = table.get(setting.name) {
                (written(value), Origin::File(path.clone()))
            } else {
                (setting.default.to_owned(), Origin::Default)
            };
            if let Err(wanted) = setting.check(&text) {
                let name = setting.name;
                let message = format_args!("`{name}` is `{text}`, from {origin}; {wanted}");
                return Err(Failure::message(Exit::Input, message));
            }
            held.push(Held { setting, text, origin });
        }
        Ok(Self(held))
    }

    /// The settings in their order.
    pub(crate) fn held(&self) -> &[Held] {
        &self.0
    }

    /// Where to listen.
    pub(crate) fn listen(&self) -> Result<SocketAddr, Failure> {
        Ok(self.text(&setting::LISTEN).parse()?)
    }

    /// Where traces go; `None` where nobody collects them.
    pub(crate) fn collector(&self) -> Option<&str> {
        Some(self.text(&setting::OTLP_ENDPOINT)).filter(|it| !it.is_empty())
    }

    /// What holds for connections.
    pub(crate) fn serve_limits(&self) -> ServeLimits {
        ServeLimits {
            connections: self.size(&setting::CONNECTIONS),
            stop_deadline: self.seconds(&setting::STOP_DEADLINE),
            ..ServeLimits::default()
        }
    }

    /// `options` with what is set here.
    ///
    /// # Errors
    /// When the manifest of documents cannot be read.
    pub(crate) fn apply(&self, options: Options) -> Result<Options, Failure> {
        let list = |it: &Setting| listed(self.text(it)).map(str::to_owned).collect::<Vec<_>>();
        let addresses = list(&setting::TRUSTED_PROXIES);
        Ok(Options {
            documents: self.documents()?,
            kept_bytes: self.size(&setting::KEPT_BYTES),
            limits: Limits {
                body_bytes: self.size(&setting::BODY_BYTES),
                ingest_body_bytes: self.size(&setting::INGEST_BODY_BYTES),
                ..options.limits
            },
            deadline: self.seconds(&setting::DEADLINE),
            catch_up: self.seconds(&setting::CATCH_UP),
            live: LiveLimits { streams: self.size(&setting::STREAMS), ..options.live },
            origins: list(&setting::ORIGINS),
            reading_is_open: self.is_on(&setting::OPEN_READING),
            rates: RateLimits {
                key: self.rate(&setting::KEY_RATE, &setting::KEY_BURST),
                address: self.rate(&setting::ADDRESS_RATE, &setting::ADDRESS_BURST),
            },
            proxies: addresses.iter().filter_map(|it| it.parse::<IpAddr>().ok()).collect(),
            readiness: Readiness {
                lag_events: self.number(&setting::READY_LAG_EVENTS),
                lag: self.seconds(&setting::READY_LAG),
            },
            ..options
        })
    }

    fn documents(&self) -> Result<Documents, Failure> {
        let (path, only) = (self.text(&setting::DOCUMENTS), self.is_on(&setting::DOCUMENTS_ONLY));
        if path.is_empty() {
            if only {
                let message = "`documents-only` is on, and `documents` names no manifest";
                return Err(Failure::message(Exit::Input, message));
            }
            return Ok(Documents::default());
        }
        let named =
            |why: &dyn fmt::Display| Failure::message(Exit::Input, format_args!("{path}: {why}"));
        let json = fs::read(path).map_err(|why| named(&why))?;
        Documents::of_manifest(&json, only).map_err(|why| named(&why))
    }

    fn is_on(&self, setting: &Setting) -> bool {
        self.text(setting) == "true"
    }

    fn text(&self, setting: &Setting) -> &str {
        let held = self.0.iter().find(|it| it.setting.name == setting.name);
        held.map_or(setting.default, |it| it.text.as_str())
    }

    /// Checked when it was read, so this is never the zero of a text that is no number.
    fn number(&self, setting: &Setting) -> u64 {
        self.text(setting).parse().unwrap_or_default()
    }

    fn size(&self, setting: &Setting) -> usize {
        usize::try_from(self.number(setting)).unwrap_or(usize::MAX)
    }

    fn seconds(&self, setting: &Setting) -> Duration {
        Duration::from_secs(self.number(setting))
    }

    fn rate(&self, per_second: &Setting, burst: &Setting) -> RateLimit {
        let number = |it| u32::try_from(self.number(it)).unwrap_or(u32::MAX);
        RateLimit { per_second: number(per_second), burst: number(burst) }
    }
}

/// What the environment says of `setting`.
#[expect(clippy::disallowed_methods, reason = "settings are what the environment is read for")]
fn in_environment(setting: &Setting) -> Option<String> {
    std::env::var(setting.variable()).ok()
}

/// The file that is named, which must be there; else that of the data directory, if there is one.
fn table(file: &ConfigFile, data: &Path) -> Result<(PathBuf, Table), Failure> {
    let path = file.config.clone().unwrap_or_else(|| data.join(FILE));
    let broken = |why: &dyn fmt::Display| {
        Failure::message(Exit::Input, format_args!("{}: {why}", path.display()))
    };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(why) if why.kind() == io::ErrorKind::NotFound && file.config.is_none() => String::new(),
        Err(why) => return Err(broken(&why)),
    };
    let table: Table = text.parse().map_err(|why: toml::de::Error| broken(&why.message()))?;
    let is_known = |name: &str| SETTINGS.iter().any(|it| it.name == name);
    if let Some(unknown) = table.keys().find(|it| !is_known(it)) {
        let hint = "`dateline config` lists the settings";
        return Err(broken(&format_args!("there is no setting `{unknown}`; {hint}")));
    }
    Ok((path, table))
}

/// A value of the file as it would be typed. What no setting takes is refused by its check then.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(it) => it.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Datetime(instant) => instant.to_string(),
        Value::Array(items) => items.iter().map(written).collect::<Vec<_>>().join(","),
        Value::Table(_) => "{…}".to_owned(),
    }
}
