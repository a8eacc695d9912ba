//! What can be typed behind `dateline keys`.

use clap::{Args, Subcommand, ValueEnum};
use dateline_event::SourceId;
use dateline_graphql::KeyScope;

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Without any key everybody may read, and nobody may change anything. As soon as there is one, reading wants a key with the
scope `read` too, unless the server runs with --open-reading. A server that runs is told at once.")]
pub(crate) enum KeysCommand {
    /// Make a key and print it; it is shown this once
    New(KeysNewArgs),
    /// List the keys: name, scopes, when each was made, start of its digest
    List(KeysListArgs),
    /// Take a key away; whoever uses it is let go
    Revoke(KeysRevokeArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline keys new dashboard --scope read
  dateline keys new scraper --scope ingest
  dateline keys new chief-editor --scope read --scope ingest --scope editor
Clients send it as `Authorization: Bearer KEY`; over WebSocket also as `authorization` in the payload of
`connection_init`; readers of feeds as the password of HTTP Basic, with any name.")]
pub(crate) struct KeysNewArgs {
    /// What to call it; it stands in the events that it brings about
    #[arg(value_name = "NAME")]
    pub(crate) name: SourceId,
    /// What it allows; may be given several times
    #[arg(long, required = true, value_enum, value_name = "SCOPE")]
    pub(crate) scope: Vec<Scope>,
}

#[derive(Debug, Args)]
pub(crate) struct KeysListArgs {
    /// One JSON object a key and line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct KeysRevokeArgs {
    /// Its name
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}

/// What a key allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scope {
    /// Ask, and listen
    Read,
    /// Hand in pages and stories
    Ingest,
    /// Retract stories, make rulings, keep registry and topics
    Editor,
    /// All of it, and rebuilds
    Admin,
}

impl From<Scope> for KeyScope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Read => Self::Read,
            Scope::Ingest => Self::Ingest,
            Scope::Editor => Self::Editor,
            Scope::Admin => Self::Admin,
        }
    }
}
