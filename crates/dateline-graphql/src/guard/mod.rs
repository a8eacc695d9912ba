//! Refuses hostile documents before validation, at the price of reading them once.
//!
//! async-graphql walks fragment spreads without memory: a document of 600 bytes whose fragments spread each other
//! twice holds a core for seconds before its own limits act. Here each fragment is weighed once. The order is: bytes,
//! tokens and brackets (lexer), parser, weights of the whole document with fragments expanded.

mod lexer;
mod limits;
mod shape;
mod variables;
mod weight;

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Pos, parser};
use thiserror::Error;

pub use limits::Limits;
pub(crate) use shape::Shape;
pub(crate) use variables::{Extent, fill_defaults, has_one_field, missing, operation};
pub(crate) use weight::{Weigher, Weight};

/// Why a document is refused before validation.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Refused {
    /// It is not GraphQL.
    #[error("{message}")]
    Syntax {
        /// What is wrong, in the words of the parser.
        message: String,
        /// Where.
        at: Option<Pos>,
    },
    /// It goes beyond a limit.
    #[error("`{limit}` of the request is {found}, at most {max} is allowed")]
    Limit {
        /// Name of the limit, as in [`Limits`].
        limit: &'static str,
        /// The limit.
        max: u64,
        /// What was found; a saturated count where it is astronomical.
        found: u64,
    },
    /// A fragment spreads itself.
    #[error("the fragment `{0}` spreads itself")]
    Cycle(String),
}

/// Reads a document, within the limits on its text. Gives the number of its tokens with it.
pub(crate) fn read(query: &str, limits: &Limits) -> Result<(ExecutableDocument, usize), Refused> {
    within("document_bytes", limits.document_bytes, query.len())?;
    let Some(tokens) = lexer::count(query) else {
        let message = "a block string is not closed".to_owned();
        return Err(Refused::Syntax { message, at: None });
    };
    within("tokens", limits.tokens, tokens.count)?;
    within("nesting", limits.nesting, tokens.nesting)?;
    let document = parser::parse_query(query)
        .map_err(|why| Refused::Syntax { message: why.to_string(), at: why.positions().next() })?;
    within("operations", limits.operations, document.operations.iter().count())?;
    within("fragments", limits.fragments, document.fragments.len())?;
    Ok((document, tokens.count))
}

/// Checks `found` against the limit named `limit`.
pub(crate) fn within(limit: &'static str, max: usize, found: usize) -> Result<(), Refused> {
    let count = |it| u64::try_from(it).unwrap_or(u64::MAX);
    within_count(limit, count(max), count(found))
}

fn within_count(limit: &'static str, max: u64, found: u64) -> Result<(), Refused> {
    if found > max { Err(Refused::Limit { limit, max, found }) } else { Ok(()) }
}

/// Checks the weight of a whole document, all operations and fragments counted.
pub(crate) fn check(weight: Weight, limits: &Limits) -> Result<(), Refused> {
    for (limit, max, found) in [
        ("depth", limits.depth, weight.depth),
        ("fields", limits.fields, weight.fields),
        ("spreads", limits.spreads, weight.spreads),
        ("aliases", limits.aliases, weight.aliases),
        ("directives", limits.directives, weight.directives),
        ("introspection", limits.introspection, weight.introspection),
        ("cost", limits.cost, weight.cost),
    ] {
        within_count(limit, max, found)?;
    }
    Ok(())
}
